"""What stands between the app and the network: allowed hosts, the token, and the headers of safety.

Methods: the Content-Security-Policy (W3C, level 3) forbids every script, style, frame and request
that is not this app's own; checking the Host header keeps other sites' pages from reaching a server
on the loopback address through a name that they control (DNS rebinding).
"""

from __future__ import annotations

import hashlib
import hmac
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]", "::1"})
EVERYWHERE = frozenset({"0.0.0.0", "::", "[::]"})  # noqa: S104 - names to compare with, not to bind

COOKIE = "dragoman_token"

# Pico draws its arrows and ticks from data: images inside the style sheet; nothing else may.
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), interest-cohort=()",
}

NO_HOST = (
    "This address is not served. Open the app under the address that `dragoman serve` printed, "
    "or start it with --host NAME --token WORD."
)
UNKNOWN = (
    "A token is needed. Open the address that `dragoman serve` printed (it ends with ?token=...), "
    "or send the header: Authorization: Bearer TOKEN."
)


class Guard:
    """ASGI middleware around the app.

    Args:
        app: the app.
        token: the word that every request must carry (cookie, bearer header, or ``?token=`` once);
            None asks for none.
        host: the name that the server listens on; loopback names are always allowed.
    """

    def __init__(self, app: ASGIApp, *, token: str | None, host: str) -> None:
        self.app = app
        self.token = token
        self.digest = hashlib.sha256((token or "").encode()).hexdigest()
        # With a token, a page of another site gains nothing by a name of its own: it lacks the token.
        self.hosts = None if token and host in EVERYWHERE else LOOPBACK | {host.lower()}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        headers = Headers(scope=scope)
        if self.hosts is not None and bare_host(headers.get("host", "")) not in self.hosts:
            await PlainTextResponse(NO_HOST, 421)(scope, receive, guarded)
        elif self.token is None or self._carries(headers):
            await self.app(scope, receive, guarded)
        else:
            await self._ask(scope, receive, guarded)

    def _carries(self, headers: Headers) -> bool:
        bearer = headers.get("authorization", "").partition(" ")
        if bearer[0].lower() == "bearer" and self._is_token(bearer[2]):
            return True
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        except CookieError:
            return False
        return cookie is not None and hmac.compare_digest(
            cookie.value.encode(), self.digest.encode()
        )

    def _is_token(self, word: str) -> bool:
        return hmac.compare_digest(word.encode(), (self.token or "").encode())

    async def _ask(self, scope: Scope, receive: Receive, send: Send) -> None:
        query = scope["query_string"].decode("latin-1")
        given = parse_qs(query).get("token", [""])[0]
        if scope["method"] != "GET" or not self._is_token(given):
            await PlainTextResponse(UNKNOWN, 401)(scope, receive, send)
            return
        # The token leaves the address at once, so that it stays out of history and bookmarks. The
        # target begins with one slash: two would name another host.
        rest = urlencode([pair for pair in parse_qsl(query) if pair[0] != "token"])
        target = "/" + scope["path"].lstrip("/\\") + (f"?{rest}" if rest else "")
        answer = RedirectResponse(target, 303)
        answer.set_cookie(COOKIE, self.digest, httponly=True, samesite="strict")
        await answer(scope, receive, send)


def bare_host(host: str) -> str:
    """A Host header without its port."""
    host = host.lower()
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0]
