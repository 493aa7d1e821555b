"""A page and its twins: one function makes the page, the JSON and the CSV out of the same rows."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import wraps
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse

from dragoman.exchange.writers import csv_columns, flat, harmless

if TYPE_CHECKING:
    from dragoman.web.ask import Ask

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """What a page function gives.

    Attributes:
        template: the file in templates/.
        title: of the page.
        it: what the template shows, a dataclass.
        rows: the page's lines as data: the ``rows`` of the JSON, the lines of the CSV; or what makes them,
            where the page itself has no use for them.
        table: the export table whose shape the rows have, if they have one; else they are flat, with
            text, numbers, None or lists of text.
        columns: the header of the CSV where there may be no rows, for flat rows.
        head: further keys of the JSON.
        command, python: what gives the same on the command line and in Python.
        status: of the response.
        wide: whether the page takes the whole width of a large screen.
    """

    template: str
    title: str
    it: object
    rows: Sequence[Row] | Callable[[], Iterable[Row]] = ()
    table: str | None = None
    columns: tuple[str, ...] = ()
    head: Row = field(default_factory=dict)
    command: str = ""
    python: str = ""
    status: int = 200
    wide: bool = False

    def lines(self) -> list[Row]:
        """The rows, made if need be."""
        return list(self.rows() if callable(self.rows) else self.rows)


PageFunction = Callable[..., Page]


def add(router: APIRouter, path: str, function: PageFunction) -> None:
    """Serve a page function at `path`, `path`.json and `path`.csv."""
    base = "/index" if path == "/" else path
    name = function.__name__
    for ending, response in ((".json", Response), (".csv", Response), ("", HTMLResponse)):
        router.add_api_route(
            (base + ending) if ending else path,
            _answering(function, ending),
            methods=["GET"],
            response_model=None,
            response_class=response,
            name=name + ending,
            operation_id=f"{name}_{path.strip('/').replace('/', '_')}{ending.replace('.', '_')}",
        )


def _answering(function: PageFunction, ending: str) -> Callable[..., Response]:
    @wraps(function)
    def answer(ask: Ask, **given: Any) -> Response:
        return respond(ask, function(ask, **given), ending)

    return answer


def respond(ask: Ask, page: Page, ending: str = "") -> Response:
    """The page in the form that was asked for."""
    if ending == ".json":
        body = {"title": page.title, **page.head, "rows": page.lines()}
        text = json.dumps(body, ensure_ascii=False, indent=1)
        return Response(text, page.status, media_type="application/json")
    if ending == ".csv":
        return Response(as_csv(page), page.status, media_type="text/csv; charset=utf-8")
    return HTMLResponse(ask.render(page), page.status)


def as_csv(page: Page) -> str:
    """The rows with a header; a cell that a spreadsheet would take for a formula is made harmless."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    rows = page.lines()
    if page.table:
        writer.writerow(csv_columns(page.table))
        for row in rows:
            writer.writerow([harmless(cell) for cell in flat(row, page.table).values()])
        return stream.getvalue()
    header = page.columns or (tuple(rows[0]) if rows else ())
    writer.writerow(header)
    for row in rows:
        writer.writerow([harmless(_cell(row.get(name))) for name in header])
    return stream.getvalue()


def _cell(value: object) -> object:
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else value


def wants_twin(request: Request) -> str:
    """The ending of the address asked for, empty for a page."""
    path = request.url.path
    return next((ending for ending in (".json", ".csv") if path.endswith(ending)), "")
