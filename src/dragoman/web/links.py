"""Addresses: of the app's own pages, and of the reports' pages elsewhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

# Ids and names come from outside. What could be taken for a path, or for the ending of a twin, is
# written as a parameter instead, where no browser or proxy gives it a meaning.
_PLAIN = re.compile(r"[\w~:'()-][\w~:'().\- ]*")
_TWINS = (".json", ".csv")


def link(page: str, *names: str, **query: object) -> str:
    """The address of a page: ``link("pair", "BHR", "IRN")`` is ``/pair/BHR/IRN``.

    Args:
        page: story, report, why, actor, pair, or a table.
        names: the ids or names in the address; hostile ones become ``?name=`` parameters.
        query: further parameters; None and empty ones are left out.
    """
    pairs = [
        (name, value)
        for name, given in query.items()
        for value in (given if isinstance(given, list | tuple) else [given])
        if value not in (None, "", False)
    ]
    if all(_PLAIN.fullmatch(name) and not name.lower().endswith(_TWINS) for name in names):
        path = "/".join(["", page, *(quote(name, safe=":~()'") for name in names)])
    else:
        path = f"/{page}"
        pairs = [("name", name) for name in names] + pairs
    return path + (f"?{urlencode(pairs)}" if pairs else "")


def twin(path: str, query: str, ending: str) -> str:
    """The address of the same page as JSON or CSV."""
    base = "/index" if path == "/" else path
    return f"{quote(base)}.{ending}" + (f"?{query}" if query else "")


def outside(url: str | None, words: str = "") -> str | None:
    """A report's own address, if it is one of the web; None for anything else.

    Args:
        url: as given with the report.
        words: exact words to scroll to (a text fragment; browsers that do not know it ignore it).
    """
    if not url or any(ord(character) < 33 for character in url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not host:
        return None
    if words and "#" not in url:
        # A comma and a hyphen have a meaning in a text fragment.
        return f"{url}#:~:text={quote(words[:120], safe='').replace('-', '%2D')}"
    return url


def with_query(path: str, pairs: Iterable[tuple[str, str]], **changes: object) -> str:
    """A path with its query, some parameters set anew; None takes one away."""
    kept = [(name, value) for name, value in pairs if name not in changes and value]
    kept += [(name, str(value)) for name, value in changes.items() if value not in (None, "")]
    return quote(path) + (f"?{urlencode(kept)}" if kept else "")
