"""A report with everything marked that was read from it."""

from __future__ import annotations

import shlex
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import Query

from dragoman.entries import Report, Statement, Story
from dragoman.errors import NotFoundError
from dragoman.exchange.rows import report_row, statement_row
from dragoman.exchange.tables import event_rows
from dragoman.record import Where
from dragoman.web import words
from dragoman.web.ask import Ask  # noqa: TC001 - FastAPI looks the types up at run time
from dragoman.web.page import Page
from dragoman.web.pages import Name  # noqa: TC001 - as above
from dragoman.web.text import SHOWN, Block, Mark, blocks

if TYPE_CHECKING:
    from dragoman.web.views import Told

# Entries whose notes stand beside one page of a report.
NOTES = 400


@dataclass(frozen=True, slots=True)
class Note:
    """What was read from a paragraph: an event or a statement."""

    key: str
    told: Told | None
    statement: Statement | None


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A report.

    Attributes:
        report: it; reader: what read it.
        stories: those it belongs to.
        lines: paragraphs, each with the notes on what was read from it.
        events, statements, mentions: how many in the whole report.
        begin, before, after: which characters are shown, and where the neighbours begin.
    """

    report: Report
    reader: str
    stories: tuple[Story, ...]
    lines: list[tuple[Block, list[Note]]]
    events: int
    statements: int
    mentions: int
    begin: int
    before: int | None
    after: int | None


def report(
    ask: Ask,
    id: str = "",  # noqa: A002
    name: Name = None,
    begin: Annotated[int, Query(ge=0, le=10**9)] = 0,
) -> Page:
    """A report's text with every event, statement and actor marked."""
    id_ = id or next(iter(name or ()), "")
    entry = ask.record.find(id_)
    if not isinstance(entry, Report):
        raise NotFoundError("report", id_)
    read = ask.record.read_report(entry.id, corrected=True)
    told = ask.views.told(read.events)
    end = begin + SHOWN
    shown = [
        Mark(mention.span.start, mention.span.end, "actor", "")
        for mention in read.mentions
        if mention.actor is not None
    ]
    for one in told:
        shown.append(Mark(one.event.span.start, one.event.span.end, "event", one.event.id))
        trigger = one.event.trigger
        shown.append(Mark(trigger.start, trigger.end, "trigger", one.event.id))
    for statement in read.statements:
        content = statement.content
        shown.append(Mark(content.start, content.end, "statement", statement.id))
    shown = [mark for mark in shown if mark.start < end and mark.end > begin]
    notes = [Note(one.event.id, one, None) for one in told]
    notes += [Note(one.id, None, one) for one in read.statements]
    lines = _with_notes(blocks(entry.text, entry.parts, shown, begin, end), notes[: NOTES * 10])
    return Page(
        "report.html", entry.title or words.short(entry.text, 80) or entry.id,
        ReportPage(
            entry, read.reader, ask.record.stories(Where(report=entry.id)), lines,
            len(read.events), len(read.statements), len(read.mentions), begin,
            max(0, begin - SHOWN) if begin else None, end if end < len(entry.text) else None,
        ),
        rows=lambda: event_rows(ask.record, read.events), table="events",
        head={
            "report": report_row(entry),
            "statements": [statement_row(one, None) for one in read.statements],
        },
        command=f"dragoman events --report {shlex.quote(entry.id)} --record {ask.file}",
        python=f"open_record({ask.file!r}).read_report({entry.id!r}, corrected=True)",
    )  # fmt: skip


def _with_notes(found: list[Block], notes: list[Note]) -> list[tuple[Block, list[Note]]]:
    """Each note at the paragraph in which its words begin."""
    starts = [block.start for block in found]
    made: list[tuple[Block, list[Note]]] = [(block, []) for block in found]
    if not starts:
        return made
    total = 0
    for note in notes:
        at = note.told.event.span.start if note.told else 0
        if note.statement:
            at = note.statement.span.start
        place = bisect_right(starts, at) - 1
        last = found[-1]
        end = last.start + sum(len(piece.text) for piece in last.pieces)
        if place >= 0 and at < end and total < NOTES:
            made[place][1].append(note)
            total += 1
    return made
