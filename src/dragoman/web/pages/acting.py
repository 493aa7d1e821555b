"""What the browser may change: corrections, and reports added. Both only ever add."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import Form, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from dragoman.entries import Event, Statement, Tie
from dragoman.errors import DragomanError, NotFoundError, RuleError, UsageError
from dragoman.record import open_record
from dragoman.web import adding
from dragoman.web.ask import Ask, Site  # noqa: TC001 - FastAPI looks the types up at run time
from dragoman.web.links import link
from dragoman.web.page import Page, respond
from dragoman.web.pages.reasons import fields_of, why_page

if TYPE_CHECKING:
    from pathlib import Path

    from dragoman.web.adding import Job


class ForbiddenError(DragomanError):
    """A form that did not come from this app's own page, or an app that takes none."""


def check_form(site: Site, request: Request, csrf: str) -> None:
    """See that a form comes from a page of this app, and that it may be sent.

    Raises:
        ForbiddenError: if not.
    """
    if not site.editable:
        raise ForbiddenError("this record is served for reading only; corrections are not taken")
    foreign = request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}
    if foreign or not hmac.compare_digest(csrf.encode(), site.csrf.encode()):
        raise ForbiddenError(
            "the form is from another site or from before the server was started anew; "
            "go back, reload the page and send it again"
        )


def correct(
    request: Request,
    ask: Ask,
    id: Annotated[str, Form(max_length=400)],  # noqa: A002
    verdict: Annotated[Literal["reject", "amend", "confirm"], Form()],
    csrf: Annotated[str, Form(max_length=200)] = "",
    who: Annotated[str, Form(max_length=200)] = "",
    note: Annotated[str, Form(max_length=2000)] = "",
    fields: Annotated[list[str] | None, Form()] = None,
    values: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Add what a person decided about an entry; nothing is ever overwritten."""
    check_form(ask.site, request, csrf)
    try:
        amend = changed(ask, id, fields or [], values or []) if verdict == "amend" else {}
        with open_record(ask.site.record_path) as record:
            record.correct(
                id, verdict, amend=amend or None, who=who.strip() or None,
                when=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), note=note.strip(),
            )  # fmt: skip
    except (UsageError, RuleError) as error:
        return respond(ask, why_page(ask, id, error=str(error), status=422))
    return RedirectResponse(link("why", id, done=verdict) + "#decided", 303)


def changed(ask: Ask, id_: str, names: list[str], values: list[str]) -> dict[str, str | None]:
    """The fields that were typed otherwise than they are.

    Raises:
        UsageError: if none was.
    """
    entry = ask.record.find(id_)
    if not isinstance(entry, Event | Statement | Tie):
        raise UsageError("corrections are made to events, statements and ties")
    now = {field.name: field.value for field in fields_of(entry)}
    typed = dict(zip(names, (value.strip() for value in values), strict=False))
    found = {name: value or None for name, value in typed.items() if value != now.get(name, "")}
    if not found:
        raise UsageError("nothing was changed; type the new value into a field, then press Amend")
    return found


@dataclass(frozen=True, slots=True)
class AddPage:
    """The form for adding reports; `folder` is where they are kept."""

    folder: str
    error: str = ""


def add_form(ask: Ask) -> Page:
    """The form for adding reports."""
    return _form(ask)


def _form(ask: Ask, error: str = "", status: int = 200) -> Page:
    folder = adding.folder_of(ask.site.record_path).name
    return Page(
        "add.html", "Add reports", AddPage(folder, error),
        command=f"dragoman read PATH... --record {ask.file}",
        python=f"read_paths(['PATH'], {ask.file!r})", status=status,
    )  # fmt: skip


def add(
    request: Request,
    ask: Ask,
    csrf: Annotated[str, Form(max_length=200)] = "",
    text: Annotated[str, Form()] = "",
    files: list[UploadFile] | None = None,
) -> Response:
    """Keep pasted text or uploaded files beside the record, and begin to read them."""
    check_form(ask.site, request, csrf)
    path = ask.site.record_path
    kept: list[Path] = []
    try:
        kept.extend(
            adding.keep_stream(path, upload.filename, upload.file)
            for upload in files or ()
            if upload.filename
        )
        if text.strip() or not kept:
            kept.append(adding.keep_text(path, "pasted.txt", text))
    except DragomanError as error:
        return respond(ask, _form(ask, str(error), 422))
    job = ask.site.jobs.start(kept, path)
    return RedirectResponse(link("added", job.id), 303)


@dataclass(frozen=True, slots=True)
class JobPage:
    """How far a reading is."""

    job: Job


def added(ask: Ask, id: str) -> Page:  # noqa: A002
    """How far a reading is, and what it did."""
    job = ask.site.jobs.get(id)
    if job is None:
        raise NotFoundError("reading", id)
    summary = job.summary
    row = {
        "done": job.done, "files": job.files, "error": job.error,
        "seen": summary.reports if summary else job.progress.seen if job.progress else 0,
        "read": summary.read if summary else job.progress.read if job.progress else 0,
        "reread": summary.reread if summary else 0, "known": summary.known if summary else 0,
        "set_aside": len(summary.set_aside) if summary else 0,
    }  # fmt: skip
    return Page(
        "added.html", "Reading", JobPage(job), rows=[row], columns=tuple(row),
        command=f"dragoman read {adding.folder_of(ask.site.record_path).name} --record {ask.file}",
        python=f"read_paths([{adding.folder_of(ask.site.record_path).name!r}], {ask.file!r})",
    )  # fmt: skip
