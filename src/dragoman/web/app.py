"""The app: routes, errors, and what guards them."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from dragoman.errors import (
    DragomanError,
    InputError,
    NotFoundError,
    RecordError,
    RuleError,
    UsageError,
)
from dragoman.web.ask import Site
from dragoman.web.guard import Guard
from dragoman.web.page import add, wants_twin
from dragoman.web.pages import (
    acting,
    find,
    networks,
    parties,
    reasons,
    reports,
    stories,
    tables,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import Scope

# What the framework's own limit on a form's field means to a visitor.
LONG = "A pasted text may have one megabyte; give a longer one as a file."

STATIC = Path(__file__).parent / "static"

PAGES: Mapping[str, object] = {
    "/": stories.front,
    "/stories": stories.stories,
    "/story": stories.story,
    "/story/{id}": stories.story,
    "/pair": parties.pair,
    "/pair/{a}/{b}": parties.pair,
    "/actor": parties.actor,
    "/actor/{key}": parties.actor,
    "/events": tables.events,
    "/statements": tables.statements,
    "/ties": tables.ties,
    "/reports": tables.reports,
    "/actors": tables.actors,
    "/happenings": tables.happenings,
    "/network": networks.network,
    "/map": networks.map,
    "/report": reports.report,
    "/report/{id}": reports.report,
    "/why": reasons.why,
    "/why/{id}": reasons.why,
    "/search": find.search,
    "/suggest": find.suggest,
    "/about": find.about,
    "/add": acting.add_form,
    "/added/{id}": acting.added,
}


def create_app(
    record_path: str | Path,
    *,
    token: str | None = None,
    readonly_corrections: bool = False,
    host: str = "127.0.0.1",
) -> FastAPI:
    """The app for one record.

    Args:
        record_path: the record; opened anew, for reading, for each request.
        token: the word that every request must carry; None asks for none.
        readonly_corrections: take no corrections and no new reports.
        host: the name it is served under, besides this machine's own.
    """
    app = FastAPI(
        title="Dragoman",
        description="What outlets report about the dealings between states; every page is also "
        "there as .json and .csv.",
        docs_url=None,
        redoc_url=None,
        swagger_ui_oauth2_redirect_url=None,
    )
    app.state.site = Site(Path(record_path), secrets.token_urlsafe(24), not readonly_corrections)
    router = APIRouter()
    for path, function in PAGES.items():
        assert callable(function)
        add(router, path, function)
    for path, change in (("/correct", acting.correct), ("/add", acting.add)):
        router.add_api_route(path, change, methods=["POST"], response_model=None)
    app.include_router(router)
    app.mount("/static", Lasting(directory=STATIC), name="static")
    for kind in (DragomanError, HTTPException, RequestValidationError):
        app.add_exception_handler(kind, sorry)
    app.add_middleware(Guard, token=token, host=host)
    return app


class Lasting(StaticFiles):
    """Static files: those with a version in their name may be kept for good."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, with how long it may be kept."""
        answer = await super().get_response(path, scope)
        lasting = any(character.isdigit() for character in path)
        answer.headers["Cache-Control"] = (
            "public, max-age=31536000, immutable" if lasting else "no-cache"
        )
        return answer


def status_of(error: Exception) -> int:
    """The HTTP status that fits an error."""
    if isinstance(error, HTTPException):
        return error.status_code
    if isinstance(error, acting.ForbiddenError):
        return 403
    if isinstance(error, NotFoundError):
        return 404
    if isinstance(error, UsageError | RuleError):
        return 400
    if isinstance(error, RequestValidationError | InputError):
        return 422
    return 503 if isinstance(error, RecordError) else 500


def words_of(error: Exception) -> str:
    """What to tell the visitor."""
    if isinstance(error, RequestValidationError):
        parts = [f"{item['loc'][-1]}: {item['msg']}" for item in error.errors()]
        return "; ".join(parts) or "the request does not fit"
    if isinstance(error, HTTPException):
        if error.status_code == 404:
            return "there is no such page"
        words = str(error.detail)
        return f"{words} {LONG}" if "maximum size" in words else words
    return str(error)


def sorry(request: Request, error: Exception) -> Response:
    """An error as a page, or as JSON or text for the twins."""
    status, message = status_of(error), words_of(error)
    ending = wants_twin(request)
    if ending == ".json":
        return JSONResponse({"error": message}, status)
    if ending == ".csv":
        return PlainTextResponse(message, status)
    site: Site = request.app.state.site
    page = site.templates.get_template("error.html").render(
        message=message, status=status, site=site
    )
    return Response(page, status, media_type="text/html")
