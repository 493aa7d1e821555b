"""Rows of the record to entries, and entries to rows: the one place that knows both.

A row of a span holds its offsets, and mostly its words as well, so that the record can be read with
any tool. Lists stand as JSON.
"""

# ruff: noqa: S608 (only names of this package are written into SQL; values are parameters)

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeAlias

from dragoman.entries import (
    Actor,
    Event,
    Evidence,
    Mention,
    Moment,
    Occasion,
    Part,
    Place,
    Position,
    Report,
    Sentence,
    Statement,
    Tie,
)
from dragoman.ids import content_id
from dragoman.record.days import UNDATED_FIRST, bounds, first_day, last_day
from dragoman.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Row: TypeAlias = tuple[Any, ...]

REPORT_COLUMNS = (
    "outlet", "title", "url", "published", "updated", "language", "source", "status", "reason",
    "wire", "first", "last", "parts", "extra", "embedding", "text",
)  # fmt: skip
EVENT_COLUMNS = (
    "id", "layer", "report", "ord", "sentence", "start", "end", "text", "trigger_start",
    "trigger_end", "trigger_text", "event", "mode", "context", "auxiliary", "quad_code",
    "event_scale", "date", "date_precision", "enddate", "date_why", "place_start", "place_end",
    "place_text", "place_name", "place_country", "said_by", "confidence", "coder", "why", "first",
    "last",
)  # fmt: skip
STATEMENT_COLUMNS = (
    "id", "layer", "report", "ord", "sentence", "start", "end", "text", "kind", "cue_start",
    "cue_end", "cue_text", "content_start", "content_end", "content", "date", "date_precision",
    "confidence", "coder", "why", "embedding", "first", "last", "occasion_kind", "occasion_start",
    "occasion_end", "occasion_text", "positions",
)  # fmt: skip
TIE_COLUMNS = (
    "id", "layer", "kind", "state", "since", "since_precision", "until", "told", "said_by",
    "directed", "why", "first", "last", "told_first", "members",
)  # fmt: skip


def insert(table: str, columns: Sequence[str]) -> str:
    """The command that adds one row to `table`."""
    marks = ", ".join("?" * len(columns))
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"


def report_digest(report: Report) -> str:
    """A digest of all that came with the report from outside: what reading adds is left out.

    `source` is left out as well: a report stays the same when its file is moved.
    """
    return content_id(
        "", report.id, report.text, report.outlet, report.title, report.url, report.published,
        report.updated, report.extra,
    )  # fmt: skip


def text_digest(report: Report) -> str:
    """A digest of the report's text alone."""
    return content_id("", report.text)


def report_row(report: Report, embedding: bytes) -> Row:
    """The values of REPORT_COLUMNS."""
    return (
        report.outlet, report.title, report.url, report.published, report.updated, report.language,
        report.source, report.status, report.reason, report.wire, *bounds(report.published),
        as_json([(part.kind, part.start, part.end) for part in report.parts]),
        as_json(report.extra), embedding, report.text,
    )  # fmt: skip


def report_of(report_id: str, row: Row) -> Report:
    """The report of an id and the values of REPORT_COLUMNS."""
    (outlet, title, url, published, updated, language, source, status, reason, wire) = row[:10]
    parts, extra, _, text = row[12:16]
    return Report(
        id=report_id, text=text, outlet=outlet, title=title, url=url, published=published,
        updated=updated, language=language, source=source,
        parts=tuple(Part(*part) for part in json.loads(parts)), status=status, reason=reason,
        extra=tuple((key, value) for key, value in json.loads(extra)), wire=wire,
    )  # fmt: skip


def event_row(event: Event, *, layer: int, report: int, order: int) -> Row:
    """The values of EVENT_COLUMNS."""
    place = event.event_loc
    spot = (None,) * 5 if place is None else (*_offsets(place.span), place.name, place.country_code)
    return (
        event.id, layer, report, order, event.sentence, *_offsets(event.span),
        *_offsets(event.trigger), event.event, as_json(event.mode), as_json(event.context),
        as_json(event.auxiliary), event.quad_code, event.event_scale, event.date,
        event.date_precision, event.enddate, event.date_why, *spot, event.said_by,
        event.confidence, event.coder, event.why, *bounds(event.date, event.enddate),
    )  # fmt: skip


def event_of(row: Row, report_id: str, parties: Mapping[str, Sequence[Actor]]) -> Event:
    """The event of the values of EVENT_COLUMNS, its report's id, and its parties by role."""
    (
        id_, _, _, _, sentence, start, end, text, trigger_start, trigger_end, trigger_text, event,
        mode, context, auxiliary, quad_code, event_scale, date, date_precision, enddate, date_why,
        place_start, place_end, place_text, place_name, place_country, said_by, confidence, coder,
        why, _, _,
    ) = row  # fmt: skip
    place = None
    if place_name is not None:
        place = Place(Span(place_start, place_end, place_text), place_name, place_country)
    return Event(
        id=id_, report_id=report_id, sentence=sentence, span=Span(start, end, text),
        trigger=Span(trigger_start, trigger_end, trigger_text), event=event,
        actor=tuple(parties.get("actor", ())), recipient=tuple(parties.get("recipient", ())),
        mode=_words(mode), context=_words(context), auxiliary=_words(auxiliary),
        quad_code=quad_code, event_scale=event_scale, date=date, date_precision=date_precision,
        enddate=enddate, date_why=date_why, event_loc=place, said_by=said_by,
        confidence=confidence, coder=coder, why=why,
    )  # fmt: skip


def statement_row(
    statement: Statement, *, layer: int, report: int, order: int, told: str | None
) -> Row:
    """The values of STATEMENT_COLUMNS; `told` is the report's day, which stands in for no date."""
    first, last = bounds(statement.date)
    if first == UNDATED_FIRST:
        first, last = bounds(told)
    cue = (None,) * 3 if statement.cue is None else _offsets(statement.cue)
    occasion = statement.occasion
    where = (None,) * 4 if occasion is None else (occasion.kind, *_offsets(occasion.span))
    return (
        statement.id, layer, report, order, statement.sentence, *_offsets(statement.span),
        statement.kind, *cue, *_offsets(statement.content), statement.date,
        statement.date_precision, statement.confidence, statement.coder, statement.why,
        statement.embedding, first, last, *where,
        as_json([_position_object(one) for one in statement.positions]),
    )  # fmt: skip


def statement_of(row: Row, report_id: str, parties: Mapping[str, Actor]) -> Statement:
    """The statement of the values of STATEMENT_COLUMNS, its report's id, and its parties by role."""
    (
        id_, _, _, _, sentence, start, end, text, kind, cue_start, cue_end, cue_text, content_start,
        content_end, content, date, date_precision, confidence, coder, why, embedding, _, _,
        occasion, at, until, words, positions,
    ) = row  # fmt: skip
    return Statement(
        id=id_, report_id=report_id, sentence=sentence, span=Span(start, end, text), kind=kind,
        speaker=parties.get("speaker"),
        cue=None if cue_start is None else Span(cue_start, cue_end, cue_text),
        content=Span(content_start, content_end, content), addressee=parties.get("addressee"),
        via=parties.get("via"), date=date, date_precision=date_precision, confidence=confidence,
        coder=coder, why=why, embedding=embedding,
        occasion=None if occasion is None else Occasion(occasion, Span(at, until, words)),
        positions=() if positions == "[]" else tuple(map(_position_of, json.loads(positions))),
    )  # fmt: skip


def _position_object(position: Position) -> dict[str, object]:
    return {
        "kind": position.kind, "span": _offsets(position.span), "tie": position.tie,
        "coder": position.coder,
        "toward": [
            [
                *_offsets(one.span), one.name, one.entity_code, one.country_code, one.sector_code,
                as_json(one.other_sector_codes), one.catalogue_id, one.why,
            ]
            for one in position.toward
        ],
    }  # fmt: skip


def _position_of(stored: Mapping[str, Any]) -> Position:
    return Position(
        kind=stored["kind"], span=Span(*stored["span"]), tie=stored["tie"], coder=stored["coder"],
        toward=tuple(
            actor_of(tuple(coding), start, end, text)
            for start, end, text, *coding in stored["toward"]
        ),
    )  # fmt: skip


def tie_row(tie: Tie, layer: int) -> Row:
    """The values of TIE_COLUMNS."""
    return (
        tie.id, layer, tie.kind, tie.state, tie.since, tie.since_precision, tie.until, tie.told,
        tie.said_by, int(tie.directed), tie.why, first_day(tie.since) or UNDATED_FIRST,
        last_day(tie.until) or UNDATED_FIRST, first_day(tie.told) or UNDATED_FIRST,
        members_key(tie.members),
    )  # fmt: skip


def members_key(members: Iterable[str]) -> str:
    """Members as one string: all ties of the same ones are found by it."""
    return as_json(list(members))


@lru_cache(maxsize=4096)
def members_of(key: str) -> tuple[str, ...]:
    """The members of :func:`members_key`."""
    return tuple(json.loads(key))


def tie_of(row: Row, evidence: Iterable[Evidence]) -> Tie:
    """The tie of the values of TIE_COLUMNS and its evidence."""
    id_, _, kind, state, since, precision, until, told, said_by, directed, why = row[:11]
    return Tie(
        id=id_, members=members_of(row[-1]), kind=kind, state=state, since=since,
        since_precision=precision, until=until, told=told, said_by=said_by,
        evidence=tuple(evidence), directed=bool(directed), why=why,
    )  # fmt: skip


# The columns of a tie `t` and a piece of its evidence `v`, after those that say which it is.
TOLD_TIE = (
    "v.ord, t.members, t.kind, t.state, t.since, t.since_precision, t.until, t.told, t.said_by, t.directed, "
    "t.why, v.report_id, v.start, v.end, v.text, v.event_id, v.statement_id"
)


def ties_told(rows: Sequence[Row]) -> list[Tie]:
    """The ties of rows of (first, id, layer) and TOLD_TIE, those of one tie together and in order."""
    made: list[Tie] = []
    evidence: list[Evidence] = []
    # From the last on: a tie's first row closes it, and its evidence is put together once.
    for row in reversed(rows):
        (
            _, id_, _, order, members, kind, state, since, precision, until, told, said_by, directed, why,
            report, start, end, text, event, statement,
        ) = row  # fmt: skip
        if report is not None:
            evidence.append(Evidence(report, Span(start, end, text), event, statement))
        if not order:
            made.append(
                Tie(
                    id_, members_of(members), kind, state, since, precision, until, told, said_by,
                    tuple(evidence[::-1]), bool(directed), why,
                )
            )  # fmt: skip
            evidence.clear()
    made.reverse()
    return made


def coding_row(actor: Actor) -> Row:
    """How a party was coded: a digest, and the values that it is made from."""
    others = as_json(actor.other_sector_codes)
    values = (
        actor.name, actor.entity_code, actor.country_code, actor.sector_code, others,
        actor.catalogue_id, actor.why,
    )  # fmt: skip
    return content_id("", *values), *values


def actor_of(coding: Row, start: int, end: int, text: str) -> Actor:
    """The actor of a row of `codings` (without its number and digest) and its words."""
    name, entity, country, sector, others, catalogue_id, why = coding
    return Actor(
        span=Span(start, end, text), name=name, entity_code=entity, country_code=country,
        sector_code=sector, other_sector_codes=_words(others), catalogue_id=catalogue_id, why=why,
    )  # fmt: skip


def actor_keys(actor: Actor) -> tuple[str, ...]:
    """What a party can be asked for by: its own key, and the codes that it belongs to, sorted."""
    keys = {actor.key, actor.entity_code, actor.country_code}
    return tuple(sorted(key for key in keys if key))


def sentence_of(row: Row, text: str) -> Sentence:
    """The sentence of number, kind, start, end."""
    number, kind, start, end = row
    return Sentence(number, kind, Span(start, end, text[start:end]))


def moment_row(moment: Moment) -> Row:
    """Start, end, value, until, precision, kind, why."""
    return (
        moment.span.start, moment.span.end, moment.value, moment.end, moment.precision,
        moment.kind, moment.why,
    )  # fmt: skip


def moment_of(row: Row, text: str) -> Moment:
    """The moment of the values of :func:`moment_row`."""
    start, end, value, until, precision, kind, why = row
    return Moment(Span(start, end, text[start:end]), value, until, precision, kind, why)


def mention_of(row: Row, text: str, actor: Actor | None) -> Mention:
    """The mention of sentence, kind, start, end, head, and the party it was followed back to."""
    sentence, kind, start, end, head = row
    return Mention(sentence, kind, Span(start, end, text[start:end]), actor, head)


def as_json(value: object) -> str:
    """`value` as JSON without needless spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=4096)
def _words(value: str) -> tuple[str, ...]:
    return () if value == "[]" else tuple(json.loads(value))


def _offsets(span: Span) -> tuple[int, int, str]:
    return span.start, span.end, span.text
