"""Why an entry stands in the record: its words, what decided, and what people decided since."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import Query

from dragoman.entries import Actor, Event, Happening, Statement, Story, Tie
from dragoman.errors import NotFoundError
from dragoman.exchange.rows import event_row, statement_row, tie_row
from dragoman.record import Correction, Where
from dragoman.record.corrections import FIELDS
from dragoman.show import why as reasons
from dragoman.web import words
from dragoman.web.ask import Ask  # noqa: TC001 - FastAPI looks the types up at run time
from dragoman.web.links import link
from dragoman.web.page import Page
from dragoman.web.pages import Name  # noqa: TC001 - as above
from dragoman.web.text import Mark, Piece, pieces

if TYPE_CHECKING:
    from dragoman.record import Record
    from dragoman.record.lookup import Entry
    from dragoman.rulebook import PloverType, PredicateRule
    from dragoman.web.views import Told

# Characters before and after quoted words that tell them from the same words elsewhere.
AROUND = 32


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a report with what matters in them marked."""

    report_id: str
    voice: str
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
class Beside:
    """The entries before and after one in its report, in the order of the text."""

    before: str | None
    after: str | None
    place: int
    of: int


@dataclass(frozen=True, slots=True)
class Part:
    """Words of a fact; with an address, where they name another entry."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class WhyPage:
    """Why an entry stands in the record.

    Attributes:
        why: what `dragoman why` prints.
        kind: event, statement, tie, ...; told, statement: it, if it is one.
        title: it, in words; facts: label and words, those that name entries as links.
        passages: the words that it rests on.
        beside: its neighbours in the report.
        rule: the rule that spoke; type: what its PLOVER type means.
        corrections: what people decided; rejected: whether it is rejected now.
        fields: what may be amended; empty where nothing may.
        said: a message about what was just done; error: what went wrong with it.
    """

    why: reasons.Why
    kind: str
    told: Told | None
    statement: Statement | None
    title: str
    facts: tuple[tuple[str, tuple[Part, ...]], ...]
    passages: tuple[Passage, ...]
    rule: PredicateRule | None
    type: PloverType | None
    corrections: tuple[Correction, ...]
    rejected: bool
    fields: tuple[Field, ...]
    beside: Beside | None = None
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
    title = in_words(ask, entry) or found.headline
    facts = tuple((label, tuple(_parts(ask.record, text))) for label, text in found.facts)
    return Page(
        "why.html", f"Why: {words.short(title, 120)}",
        WhyPage(
            found, found.kind, ask.views.told([event])[0] if event else None,
            entry if isinstance(entry, Statement) else None, title, facts,
            tuple(_passage(ask, one) for one in found.passages), rule,
            words.types().get(event.event) if event else None, decided, rejected,
            fields_of(entry) if isinstance(entry, Event | Statement | Tie) else (),
            beside(ask.record, entry), SAID.get(done, ""), error,
        ),
        rows=[{"label": label, "words": text} for label, text in found.facts],
        columns=("label", "words"),
        head={
            "id": found.id, "kind": found.kind, "headline": found.headline, "entry": data,
            "rejected": rejected, "corrections": [asdict(one) for one in decided],
            "passages": [
                {"report_id": one.report_id, "outlet": one.outlet, "published": one.published,
                 "start": one.span.start, "end": one.span.end, "text": one.span.text,
                 "selector": selectors(ask, one)}
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


def in_words(ask: Ask, entry: Entry) -> str:
    """An entry in a sentence that shows who does what to whom; empty where it has none."""
    if isinstance(entry, Event):
        return words.sentence(entry)
    if isinstance(entry, Statement):
        speaker = words.name_of(entry.speaker) if entry.speaker else "Somebody"
        return f"{speaker}: {words.in_marks(words.short(entry.content.text, 160))}"
    if isinstance(entry, Tie):
        (view,) = ask.views.ties([entry])
        since = f" since {entry.since}" if entry.since else ""
        until = f" until {entry.until}" if entry.until else ""
        return f"{view.who}: {entry.kind} {entry.state}{since}{until}"
    if isinstance(entry, Happening):
        found = ask.views.occurrences([entry])
        if found:
            date = f", {entry.date}" if entry.date else ""
            return (
                f"{words.sentence(found[0].first.event)}{date}: {words.told(found[0].reports, 1)}"
            )
    return ""


def beside(record: Record, entry: Entry) -> Beside | None:
    """The neighbours of an event or a statement, to go through a report entry by entry."""
    if not isinstance(entry, Event | Statement):
        return None
    where = Where(report=entry.report_id, rejected=True)
    all_: list[Event | Statement] = [*record.events(where), *record.statements(where)]
    ids = [one.id for one in sorted(all_, key=lambda one: (one.span.start, one.span.end, one.id))]
    ids = list(dict.fromkeys(ids))
    if entry.id not in ids:
        return None
    at = ids.index(entry.id)
    return Beside(
        ids[at - 1] if at else None, ids[at + 1] if at + 1 < len(ids) else None, at + 1, len(ids)
    )


def selectors(ask: Ask, passage: reasons.Passage) -> list[dict[str, object]]:
    """Where words stand, as the W3C's Web Annotation Data Model writes it (2017, section 4.2).

    By place, and by the words with those around them: so they are found again where the report's
    text has moved.
    """
    span = passage.span
    made: list[dict[str, object]] = [
        {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    ]
    report = next(iter(ask.views.reports([passage.report_id])), None)
    if report is not None:
        made.append(
            {
                "type": "TextQuoteSelector", "exact": span.text,
                "prefix": report.text[max(0, span.start - AROUND) : span.start],
                "suffix": report.text[span.end : span.end + AROUND],
            }
        )  # fmt: skip
    return made


_NAMED = re.compile(r"^([erstyhu][0-9a-f]{14}): (.+)$", re.DOTALL)


def _parts(record: Record, text: str) -> list[Part]:
    """A fact in pieces: an id with its words becomes a link of these words."""
    named = _NAMED.match(text)
    if named and _entry(record, named[1]):
        return [Part(named[2], link("why", named[1]))]
    return [
        Part(_label(record, piece), link("why", piece)) if is_id else Part(piece)
        for piece, is_id in words.with_ids(text)
    ]


def _label(record: Record, id_: str) -> str:
    """What to call an entry in a line: a story's title, else what kind of entry it is."""
    entry = _entry(record, id_)
    if isinstance(entry, Story):
        return entry.title
    return f"this {type(entry).__name__.lower()}" if entry else id_


def _entry(record: Record, id_: str) -> Entry | None:
    try:
        return record.find(id_)
    except NotFoundError:
        return None


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
    report = next(iter(ask.views.reports([one.report_id])), None)
    voice = words.voice(one.outlet, report.source if report else "")
    url = report.url if report else None
    return Passage(one.report_id, voice, one.published, url, text, told)
