"""Why an entry stands in the record: its words, the rule or model, and why two were joined or not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.entries import Event, Happening, Report, Statement, Story, Tie, Utterance
from dragoman.gathering.held import events_held, reports_held, statements_held
from dragoman.show.words import actor_words, event_words, position_words, statement_words, tie_words
from dragoman.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.entries import Actor
    from dragoman.record import Record
    from dragoman.record.lookup import Entry

# How many members of a story, happening, utterance or tie are shown with their words.
MOST = 12


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a passage and what it is: telling, trigger, actor, recipient, speaker, cue, content."""

    start: int
    end: int
    role: str


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a report, with the stretches that matter. Offsets count from the report's beginning."""

    report_id: str
    outlet: str | None
    published: str | None
    span: Span
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Why:
    """Why an entry stands in the record.

    Attributes:
        id, kind: the entry.
        headline: it, in words.
        passages: the words it rests on.
        facts: label and words, in the order to be shown.
    """

    id: str
    kind: str
    headline: str
    passages: tuple[Passage, ...]
    facts: tuple[tuple[str, str], ...]


def why(record: Record, entry_id: str) -> Why:
    """Why an entry stands in the record.

    Raises:
        NotFoundError: if there is no such entry. UsageError: if several ids begin so.
    """
    entry = record.find(entry_id)
    if isinstance(entry, Event):
        return _event(record, entry)
    if isinstance(entry, Statement):
        return _statement(record, entry)
    if isinstance(entry, Tie):
        return _tie(record, entry)
    if isinstance(entry, Report):
        return _report(record, entry)
    return _group(record, entry)


def why_two(record: Record, one_id: str, other_id: str) -> Why:
    """Why two events, statements or reports were joined, or were not.

    Raises:
        NotFoundError: if there is no such entry. UsageError: if several ids begin so.
    """
    one, other = record.find(one_id), record.find(other_id)
    facts = [("one", _headline(one)), ("other", _headline(other))]
    joined = _joined(record, one, other)
    if joined is not None:
        facts.append((f"joined in {type(joined).__name__.lower()}", joined.id))
        facts.append(("why", joined.why or "no reason was recorded"))
    else:
        facts.append(("joined", "no"))
        facts.extend(_differences(record, one, other))
    facts.extend(_held(record, one, other))
    return Why(
        id=f"{one.id} {other.id}",
        kind="pair",
        headline="joined" if joined else "not joined",
        passages=(*_words_of(record, one), *_words_of(record, other)),
        facts=tuple(facts),
    )


def _event(record: Record, event: Event) -> Why:
    setting = record.settings([event])[event.id]
    date = f"{event.date or 'not known'} ({event.date_precision})"
    facts = [
        ("coding", _coding(event)),
        ("decided by", f"{event.coder or 'not recorded'}, confidence {event.confidence:.2f}"),
        ("because", event.why or "no reason was recorded"),
    ]
    facts.extend(("actor", _party(actor)) for actor in event.actor)
    facts.extend(("recipient", _party(actor)) for actor in event.recipient)
    facts.append(("date", f"{date}: {event.date_why}" if event.date_why else date))
    if event.event_loc is not None:
        facts.append(("where", f"{event.event_loc.span.text!r}: {event.event_loc.name}"))
    facts.append(("said by", _speaker(record, event.said_by)))
    if setting.happening_id:
        happening = record.find(setting.happening_id)
        assert isinstance(happening, Happening)
        tellings = len(happening.member_ids)
        facts.append(("happening", f"{happening.id}, told {tellings} times: {happening.why}"))
    if setting.story_id:
        facts.append(("story", setting.story_id))
    return Why(
        event.id, "event", event_words(event), _words_of(record, event),
        (*facts, *_corrected(record, event.id)),
    )  # fmt: skip


def _statement(record: Record, statement: Statement) -> Why:
    facts = [
        ("kind", statement.kind),
        (
            "decided by",
            f"{statement.coder or 'not recorded'}, confidence {statement.confidence:.2f}",
        ),
        ("because", statement.why or "no reason was recorded"),
        ("speaker", _party(statement.speaker) if statement.speaker else "not told"),
    ]
    for label, actor in (("addressee", statement.addressee), ("passed on by", statement.via)):
        if actor is not None:
            facts.append((label, _party(actor)))
    if statement.occasion is not None:
        words = statement.occasion.span.text
        facts.append(("occasion", f"{statement.occasion.kind} (“{words}”)"))
    facts.extend(("holds", position_words(one)) for one in statement.positions)
    facts.append(("date", statement.date or "not known"))
    utterance = record.utterances_of([statement.id]).get(statement.id)
    if utterance:
        found = record.find(utterance)
        assert isinstance(found, Utterance)
        facts.append(("utterance", f"{found.id}, given {len(found.member_ids)} times: {found.why}"))
    return Why(
        statement.id, "statement", statement_words(statement), _words_of(record, statement),
        (*facts, *_corrected(record, statement.id)),
    )  # fmt: skip


def _tie(record: Record, tie: Tie) -> Why:
    since = f"{tie.since or 'not known'} ({tie.since_precision})"
    facts = [
        ("because", tie.why or "no reason was recorded"),
        ("since", since),
        ("until", tie.until or "no end is told"),
        ("first told", tie.told or "in an undated report"),
        ("said by", _speaker(record, tie.said_by)),
        ("rests on", f"{len(tie.evidence)} passages of {_reports(tie)} reports"),
        *_corrected(record, tie.id),
    ]
    passages = []
    for item in tie.evidence[:MOST]:
        mark = Mark(item.span.start, item.span.end, "telling")
        passages.append(_passage(record, item.report_id, item.span, (mark,)))
    return Why(tie.id, "tie", tie_words(tie), tuple(passages), tuple(facts))


def _report(record: Record, report: Report) -> Why:
    read = record.read_report(report.id, corrected=True)
    facts = [
        ("outlet", report.outlet or "not known"),
        ("published", report.published or "not told"),
        ("source", report.source or "not known"),
        ("status", f"{report.status}: {report.reason}" if report.reason else report.status),
        ("holds", f"{len(read.events)} events, {len(read.statements)} statements"),
        ("read by", read.reader or "not recorded"),
    ]
    facts.extend(
        ("story", f"{story.id} ({story.title}): {story.why}")
        for story in _stories_of(record, report.id)
    )
    return Why(report.id, "report", report.title or report.id, (), tuple(facts))


def _group(record: Record, entry: Story | Happening | Utterance) -> Why:
    kind = type(entry).__name__.lower()
    members = entry.report_ids if isinstance(entry, Story) else entry.member_ids
    facts = [("because", entry.why or "no reason was recorded"), ("members", str(len(members)))]
    passages: list[Passage] = []
    if isinstance(entry, Story):
        facts.extend(("copy", f"{copy} reprints {original}") for copy, original in entry.copies)
        facts.extend(("report", f"{id_}: {_headline(record.find(id_))}") for id_ in members[:MOST])
    else:
        found = record.entries(members[:MOST])
        for id_ in members[:MOST]:
            if id_ in found:
                passages.extend(_words_of(record, found[id_]))
                facts.append(("member", f"{id_}: {_headline(found[id_])}"))
    if len(members) > MOST:
        facts.append(("and", f"{len(members) - MOST} more"))
    return Why(entry.id, kind, _headline(entry), tuple(passages), tuple(facts))


def _headline(entry: Entry) -> str:
    if isinstance(entry, Event):
        return event_words(entry)
    if isinstance(entry, Statement):
        return statement_words(entry)
    if isinstance(entry, Tie):
        return tie_words(entry)
    if isinstance(entry, Report | Story):
        return entry.title or entry.id
    if isinstance(entry, Happening):
        return f"{entry.event}, {entry.date or 'no date'}"
    return f"words of {entry.speaker or 'a speaker not known'}"


def _joined(record: Record, one: Entry, other: Entry) -> Story | Happening | Utterance | None:
    """The happening, utterance or story that holds both."""
    ids = [one.id, other.id]
    groups: dict[str, str] = {}
    if isinstance(one, Event) and isinstance(other, Event):
        groups = record.happenings_of(ids)
    elif isinstance(one, Statement) and isinstance(other, Statement):
        groups = record.utterances_of(ids)
    elif isinstance(one, Report) and isinstance(other, Report):
        for story in _stories_of(record, one.id):
            if other.id in story.report_ids:
                return story
    if len(groups) == 2 and groups[one.id] == groups[other.id]:
        found = record.find(groups[one.id])
        assert isinstance(found, Happening | Utterance)
        return found
    return None


def _differences(record: Record, one: Entry, other: Entry) -> Iterable[tuple[str, str]]:
    """How two entries compare field by field, and where each stands instead."""
    if type(one) is not type(other):
        yield "why", f"a {type(one).__name__.lower()} and a {type(other).__name__.lower()}"
    elif isinstance(one, Event) and isinstance(other, Event):
        yield _same("type", one.event, other.event)
        yield _same("actors", _names(one.actor), _names(other.actor))
        yield _same("recipients", _names(one.recipient), _names(other.recipient))
        yield _same("date", one.date or "not known", other.date or "not known")
        yield _same("auxiliary", ", ".join(one.auxiliary), ", ".join(other.auxiliary))
        for entry in (one, other):
            happening = record.happenings_of([entry.id]).get(entry.id)
            if happening:
                found = record.find(happening)
                assert isinstance(found, Happening)
                yield f"happening of {entry.id}", f"{found.id}: {found.why}"
    elif isinstance(one, Statement) and isinstance(other, Statement):
        yield _same(
            "speaker",
            actor_words(one.speaker) if one.speaker else "not told",
            actor_words(other.speaker) if other.speaker else "not told",
        )
        yield _same("date", one.date or "not known", other.date or "not known")
    elif isinstance(one, Report) and isinstance(other, Report):
        yield _same("published", one.published or "not told", other.published or "not told")
        for report in (one, other):
            for story in _stories_of(record, report.id):
                yield f"story of {report.id}", f"{story.id} ({story.title}): {story.why}"


def _held(record: Record, one: Entry, other: Entry) -> Iterable[tuple[str, str]]:
    """How the grouping compares two entries, sign by sign: for those joined and those not."""
    if isinstance(one, Report) and isinstance(other, Report):
        return reports_held(record.read_report(one.id), record.read_report(other.id))
    if isinstance(one, Event) and isinstance(other, Event):
        reads = [record.read_report(entry.report_id) for entry in (one, other)]
        together = _one_story(record, one.report_id, other.report_id)
        return events_held((reads[0], one), (reads[1], other), same_story=together)
    if isinstance(one, Statement) and isinstance(other, Statement):
        reads = [record.read_report(entry.report_id) for entry in (one, other)]
        together = _one_story(record, one.report_id, other.report_id)
        return statements_held((reads[0], one), (reads[1], other), same_story=together)
    return ()


def _one_story(record: Record, one: str, other: str) -> bool:
    return one == other or any(other in story.report_ids for story in _stories_of(record, one))


def _same(label: str, one: str, other: str) -> tuple[str, str]:
    return label, f"the same ({one})" if one == other else f"{one or 'none'} / {other or 'none'}"


def _names(actors: tuple[Actor, ...]) -> str:
    return ", ".join(actor_words(actor) for actor in actors) or "none"


def _stories_of(record: Record, report_id: str) -> tuple[Story, ...]:
    from dragoman.record import Where

    return record.stories(Where(report=report_id))


def _words_of(record: Record, entry: Entry) -> tuple[Passage, ...]:
    """The sentence of an event or a statement, with its marks."""
    if isinstance(entry, Event):
        marks = [Mark(entry.span.start, entry.span.end, "telling")]
        marks.extend(Mark(who.span.start, who.span.end, "actor") for who in entry.actor)
        marks.extend(Mark(who.span.start, who.span.end, "recipient") for who in entry.recipient)
        marks.append(Mark(entry.trigger.start, entry.trigger.end, "trigger"))
    elif isinstance(entry, Statement):
        marks = [Mark(entry.content.start, entry.content.end, "content")]
        if entry.speaker:
            marks.append(Mark(entry.speaker.span.start, entry.speaker.span.end, "speaker"))
        if entry.cue:
            marks.append(Mark(entry.cue.start, entry.cue.end, "cue"))
    else:
        return ()
    return (_passage(record, entry.report_id, entry.span, tuple(marks)),)


def _passage(record: Record, report_id: str, span: Span, marks: tuple[Mark, ...]) -> Passage:
    """The sentences that a span and its marks lie in."""
    read = record.read_report(report_id)
    touched = [sentence.span for sentence in read.sentences if sentence.span.overlaps(span)] or [
        span
    ]
    start = min(span.start, *(part.start for part in touched))
    end = max(span.end, *(part.end for part in touched))
    whole = Span(start, end, read.report.text[start:end])
    return Passage(report_id, read.report.outlet, read.report.published, whole, marks)


def _coding(event: Event) -> str:
    parts = [event.event, *event.mode]
    words = " / ".join(parts)
    if event.context:
        words += f"; context {', '.join(event.context)}"
    if event.auxiliary:
        words += f"; {', '.join(event.auxiliary)}"
    return f"{words}; quad {event.quad_code}, scale {event.event_scale:+.1f}"


def _party(actor: Actor) -> str:
    codes = " ".join(
        code
        for code in (actor.entity_code, actor.sector_code, *actor.other_sector_codes)
        if code is not None
    )
    name = actor.name or "no name known"
    reason = f": {actor.why}" if actor.why else ""
    return f"{actor.span.text!r} is {name} ({codes or 'not coded'}){reason}"


def _speaker(record: Record, said_by: str | None) -> str:
    if said_by is None:
        return "the outlet itself"
    found = record.entries([said_by]).get(said_by)
    if not isinstance(found, Statement):
        return said_by
    return f"{actor_words(found.speaker) if found.speaker else 'a speaker not told'} ({said_by})"


def _reports(tie: Tie) -> int:
    return len({item.report_id for item in tie.evidence})


def _corrected(record: Record, entry_id: str) -> tuple[tuple[str, str], ...]:
    facts = []
    for item in record.corrections(entry_id):
        words: str = item.verdict
        if item.field:
            words += f" {item.field} = {item.value or 'none'}"
        by = ", ".join(part for part in (item.who, item.when, item.note) if part)
        facts.append(("corrected", f"{words} ({by})" if by else words))
    return tuple(facts)
