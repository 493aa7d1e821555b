"""A report with everything marked that was read from it, and why an entry stands in the record."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import Query

from dragoman.entries import Actor, Event, Report, Statement, Story, Tie
from dragoman.errors import NotFoundError
from dragoman.exchange.rows import event_row, report_row, statement_row, tie_row
from dragoman.exchange.tables import event_rows
from dragoman.record import Correction, Where
from dragoman.record.corrections import FIELDS
from dragoman.show import why as reasons
from dragoman.web import words
from dragoman.web.ask import Ask  # noqa: TC001 - FastAPI looks the types up at run time
from dragoman.web.page import Page
from dragoman.web.pages import Name  # noqa: TC001 - as above
from dragoman.web.text import SHOWN, Block, Mark, Piece, blocks, pieces

if TYPE_CHECKING:
    from dragoman.rulebook import PloverType, PredicateRule
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
        rows=list(event_rows(ask.record, read.events)), table="events",
        head={
            "report": report_row(entry),
            "statements": [statement_row(one, None) for one in read.statements],
        },
        command=f"dragoman events --record {ask.file} # of report {entry.id}",
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


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a report with what matters in them marked."""

    report_id: str
    outlet: str | None
    published: str | None
    url: str | None
    words: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A field that a person may amend: its name, its value now, what may be chosen."""

    name: str
    value: str
    choices: tuple[str, ...]
    help: str


@dataclass(frozen=True, slots=True)
class WhyPage:
    """Why an entry stands in the record.

    Attributes:
        why: headline and facts, the same as `dragoman why`.
        kind: event, statement, tie, ...; event: it, if it is one.
        passages: the words that it rests on.
        rule: the rule that spoke; type: what its PLOVER type means.
        corrections: what people decided; rejected: whether it is rejected now.
        fields: what may be amended; empty where nothing may.
        said: a message about what was just done; error: what went wrong with it.
        given: what was typed into the form, where it is shown again.
    """

    why: reasons.Why
    kind: str
    event: Event | None
    passages: tuple[Passage, ...]
    rule: PredicateRule | None
    type: PloverType | None
    corrections: tuple[Correction, ...]
    rejected: bool
    fields: tuple[Field, ...]
    said: str = ""
    error: str = ""


HELP = {
    "event": "the PLOVER type",
    "mode": "modes of the type, set apart by ;",
    "context": "contexts, set apart by ;",
    "auxiliary": "historical; future; hypothetical; negation",
    "quad_code": "1 to 4",
    "event_scale": "-10 to 10",
    "date": "2016, 2016-01 or 2016-01-04",
    "enddate": "the last day, if it went on",
    "actor": "names or codes (IRN GOV), set apart by ;",
    "recipient": "names or codes (IRN GOV), set apart by ;",
    "speaker": "a name or codes (IRN GOV)",
    "addressee": "a name or codes",
    "since": "2016, 2016-01 or 2016-01-04",
    "until": "2016, 2016-01 or 2016-01-04",
}  # fmt: skip


def why(
    ask: Ask,
    id: str = "",  # noqa: A002
    name: Name = None,
    done: Annotated[str, Query(max_length=20)] = "",
) -> Page:
    """Why an entry stands in the record: its words, the rule or model, the coding, the date."""
    return why_page(ask, id or next(iter(name or ()), ""), done=done)


def why_page(ask: Ask, id_: str, *, done: str = "", error: str = "", status: int = 200) -> Page:
    """The page of :func:`why`, with a message about a correction."""
    entry = ask.record.find(id_)
    found = reasons.why(ask.record, entry.id)
    event = entry if isinstance(entry, Event) else None
    rule = words.rules().get(event.coder.removeprefix("rule:")) if event else None
    decided = ask.record.corrections(entry.id)
    # What one verdict says of whether the entry stands is overruled by the next.
    rejected = bool(decided) and decided[-1].verdict == "reject"
    data: dict[str, object] = {}
    if event is not None:
        data = dict(event_row(event, ask.record.settings([event])[event.id]))
    elif isinstance(entry, Statement):
        data = dict(statement_row(entry, ask.record.utterances_of([entry.id]).get(entry.id)))
    elif isinstance(entry, Tie):
        data = dict(tie_row(entry))
    return Page(
        "why.html", f"Why: {words.short(found.headline, 120)}",
        WhyPage(
            found, found.kind, event, tuple(_passage(ask, one) for one in found.passages), rule,
            words.types().get(event.event) if event else None, decided, rejected,
            fields_of(entry) if isinstance(entry, Event | Statement | Tie) else (),
            SAID.get(done, ""), error,
        ),
        rows=[{"label": label, "words": text} for label, text in found.facts],
        columns=("label", "words"),
        head={
            "id": found.id, "kind": found.kind, "headline": found.headline, "entry": data,
            "rejected": rejected, "corrections": [asdict(one) for one in decided],
            "passages": [
                {"report_id": one.report_id, "outlet": one.outlet, "published": one.published,
                 "start": one.span.start, "end": one.span.end, "text": one.span.text}
                for one in found.passages
            ],
        },
        command=f"dragoman why {found.id} --record {ask.file}",
        python=f"open_record({ask.file!r}).find({found.id!r})",
        status=status,
    )  # fmt: skip


SAID = {
    "reject": "Rejected. It is hidden from lists and drawings, and kept here.",
    "amend": "Amended. What was read before is kept beneath it.",
    "confirm": "Confirmed.",
}


def fields_of(entry: Event | Statement | Tie) -> tuple[Field, ...]:
    """What a person may amend, as it is now."""
    kind = type(entry).__name__.lower()
    made = []
    for name in FIELDS[kind]:
        choices: tuple[str, ...] = ()
        if kind == "event" and name == "event":
            choices = tuple(words.types())
        elif kind == "statement" and name == "kind":
            choices = ("direct", "indirect", "mixed")
        made.append(Field(name, value_of(entry, name), choices, HELP.get(name, "")))
    return tuple(made)


def value_of(entry: Event | Statement | Tie, name: str) -> str:
    """A field as a person would type it."""
    value = getattr(entry, name, None)
    if value is None:
        return ""
    if name in {"actor", "recipient"}:
        return "; ".join(_typed(actor) for actor in value)
    if name in {"speaker", "addressee"}:
        return _typed(value)
    if isinstance(value, tuple):
        return "; ".join(value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _typed(actor: Actor) -> str:
    codes = " ".join(code for code in (actor.entity_code, actor.sector_code) if code)
    return actor.name or codes or actor.span.text


def _passage(ask: Ask, one: reasons.Passage) -> Passage:
    text = one.span.text
    shift = one.span.start
    marks = [
        Mark(mark.start - shift, mark.end - shift, mark.role, "")
        for mark in one.marks
        if mark.start >= shift and mark.end <= one.span.end
    ]
    # A report may name a thousand parties in one sentence: the first hundred are marked.
    told = pieces(text, 0, len(text), marks[:100])
    report_ = next(iter(ask.views.reports([one.report_id])), None)
    url = report_.url if report_ else None
    return Passage(one.report_id, one.outlet, one.published, url, text, told)
