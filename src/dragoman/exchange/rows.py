"""Entries as the objects that are exported: fixed keys, in fixed order, ready for JSON.

These keys are a promise to those who read the exports; see the codebook. Dates are ISO 8601 as far as
known; what is not known is None. Offsets count characters of the report's text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from dragoman.entries import (
        Actor,
        Event,
        Happening,
        Occasion,
        Place,
        Position,
        Report,
        Statement,
        Story,
        Tie,
        Utterance,
    )
    from dragoman.record import Setting
    from dragoman.spans import Span


class SpanRow(TypedDict):
    """A stretch of a report's text and its exact words."""

    start: int
    end: int
    text: str


class ActorRow(TypedDict):
    """A party and the words that name it.

    Attributes:
        raw_text, start, end: the exact words in the report's text.
        entity_name: the party's standard name.
        entity_code: ISO 3166-1 alpha-3 of the state whose party it is, or IGO, UNO, EUR, NGO, ISM,
            IMG, MNC; null if it cannot be coded.
        country_code: ISO 3166-1 alpha-3; null where it belongs to no state.
        sector_code: PLOVER sector (GOV, MIL, REB, ...).
        other_sector_codes: further sectors.
    """

    raw_text: str
    start: int
    end: int
    entity_name: str | None
    entity_code: str | None
    country_code: str | None
    sector_code: str | None
    other_sector_codes: list[str]


class PlaceRow(TypedDict):
    """Where an event happened, and the words that say so."""

    raw_text: str
    start: int
    end: int
    name: str
    country_code: str | None


class ReportRow(TypedDict):
    """A report; keys of the input that are not listed here are kept in the record only.

    Attributes:
        id: as given with the report, or made from its content.
        outlet: who published it.
        published: ISO date or date-time, as the report gives it.
        updated: when it was changed last, likewise.
        language: ISO 639-1 code.
        source: the name of the file it came from, as given.
        status: ``read`` or ``set aside``.
        reason: why it was set aside; empty if it was read.
        text: the whole text as received; all offsets count its characters.
    """

    id: str
    outlet: str | None
    title: str | None
    url: str | None
    published: str | None
    updated: str | None
    language: str | None
    source: str
    status: str
    reason: str
    text: str


class EventRow(TypedDict):
    """One telling, in one report, of who did what to whom.

    Attributes:
        start, end, text: the exact words of the telling in the report's text.
        date: when it happened, as told, as far as known.
        date_precision: ``day``, ``month``, ``year`` or ``none``.
        enddate: the last day, for what lasted.
        actor: who did it; all parties of a mutual event.
        recipient: to whom; empty for mutual events.
        event: PLOVER type, a list of one as in PLOVER's own files.
        mode: PLOVER modes.
        context: PLOVER contexts.
        quad_code: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material
            conflict.
        event_scale: PLOVER score, -10 to +10.
        auxiliary: of ``historical``, ``future``, ``hypothetical``, ``negation``: what is negated or
            hypothetical did not happen.
        event_loc: where, if told.
        said_by: id of the statement in which it stands; null for the outlet's own voice.
        confidence: 0 to 1, of the coding as a whole.
        happening_id: the happening that joins it with other tellings; null if it is told once.
        story_id: the story of its report, if any.
        coder: the rule or the model that spoke.
    """

    id: str
    report_id: str
    outlet: str | None
    published: str | None
    start: int
    end: int
    text: str
    date: str | None
    date_precision: str
    enddate: str | None
    actor: list[ActorRow]
    recipient: list[ActorRow]
    event: list[str]
    mode: list[str]
    context: list[str]
    quad_code: int
    event_scale: float
    auxiliary: list[str]
    event_loc: PlaceRow | None
    said_by: str | None
    confidence: float
    happening_id: str | None
    story_id: str | None
    coder: str


class OccasionRow(TypedDict):
    """On what occasion words were spoken: its kind and its words in the report's text."""

    kind: str
    start: int
    end: int
    text: str


class PositionRow(TypedDict):
    """What a speaker holds in a statement.

    Attributes:
        kind: ``supports``, ``opposes``, ``demands``, ``offers``, ``threatens``, ``denies`` or
            ``regrets``.
        start, end, text: the words that carry it.
        toward: the parties that it is toward or about.
        tie: the kind of tie that it concerns; null if none is told.
        coder: the word, phrase, event type or tie that says so.
    """

    kind: str
    start: int
    end: int
    text: str
    toward: list[ActorRow]
    tie: str | None
    coder: str


class StatementRow(TypedDict):
    """Words attributed to a speaker.

    Attributes:
        start, end: from the first to the last character of speaker, cue and content.
        kind: ``direct`` (in quotation marks), ``indirect`` or ``mixed``.
        speaker: who speaks; null where the report does not say.
        cue: the words of saying ("said", "according to").
        content: what is said.
        addressee: to whom, if told.
        via: who passes the words on ("the agency reported that the king said ...").
        occasion: the meeting, broadcast, post ... at which they were spoken, if told.
        position: what the speaker holds in them, towards whom; never from a mood score.
        date: when, if known.
        utterance_id: what joins it with the same words in other reports; null if given once.
        confidence: 0 to 1, that it is a statement and that its speaker is the right one.
        coder: what found it: a word of saying, an attitude ("stance:"), the model.
    """

    id: str
    report_id: str
    start: int
    end: int
    kind: str
    speaker: ActorRow | None
    cue: SpanRow | None
    content: SpanRow
    addressee: ActorRow | None
    date: str | None
    utterance_id: str | None
    via: ActorRow | None
    occasion: OccasionRow | None
    position: list[PositionRow]
    confidence: float
    coder: str


class EvidenceRow(TypedDict):
    """The words that a tie rests on; `event_id` is the event that they tell, if any."""

    report_id: str
    start: int
    end: int
    text: str
    event_id: str | None


# "from" is a word of the language and cannot be a field of a class body.
TieRow = TypedDict(
    "TieRow",
    {
        "id": str,
        "members": list[str],
        "kind": str,
        "state": str,
        "from": str | None,
        "from_precision": str,
        "until": str | None,
        "said_by": str | None,
        "evidence": list[EvidenceRow],
    },
)


class StoryRow(TypedDict):
    """The reports about the same happenings."""

    id: str
    title: str
    report_ids: list[str]


class MembersRow(TypedDict):
    """A happening and its events, or an utterance and its statements."""

    id: str
    member_ids: list[str]


def report_row(report: Report) -> ReportRow:
    """A report as it is exported."""
    return {
        "id": report.id,
        "outlet": report.outlet,
        "title": report.title,
        "url": report.url,
        "published": report.published,
        "updated": report.updated,
        "language": report.language,
        "source": report.source,
        "status": report.status,
        "reason": report.reason,
        "text": report.text,
    }


def event_row(event: Event, setting: Setting) -> EventRow:
    """An event as it is exported; `setting` tells where it stands."""
    return {
        "id": event.id,
        "report_id": event.report_id,
        "outlet": setting.outlet,
        "published": setting.published,
        "start": event.span.start,
        "end": event.span.end,
        "text": event.span.text,
        "date": event.date,
        "date_precision": event.date_precision,
        "enddate": event.enddate,
        "actor": [actor_row(actor) for actor in event.actor],
        "recipient": [actor_row(actor) for actor in event.recipient],
        "event": [event.event],
        "mode": list(event.mode),
        "context": list(event.context),
        "quad_code": event.quad_code,
        "event_scale": event.event_scale,
        "auxiliary": list(event.auxiliary),
        "event_loc": place_row(event.event_loc),
        "said_by": event.said_by,
        "confidence": event.confidence,
        "happening_id": setting.happening_id,
        "story_id": setting.story_id,
        "coder": event.coder,
    }


def statement_row(statement: Statement, utterance_id: str | None) -> StatementRow:
    """A statement as it is exported."""
    return {
        "id": statement.id,
        "report_id": statement.report_id,
        "start": statement.span.start,
        "end": statement.span.end,
        "kind": statement.kind,
        "speaker": actor_row(statement.speaker) if statement.speaker else None,
        "cue": span_row(statement.cue) if statement.cue else None,
        "content": span_row(statement.content),
        "addressee": actor_row(statement.addressee) if statement.addressee else None,
        "date": statement.date,
        "utterance_id": utterance_id,
        "via": actor_row(statement.via) if statement.via else None,
        "occasion": occasion_row(statement.occasion),
        "position": [position_row(one) for one in statement.positions],
        "confidence": statement.confidence,
        "coder": statement.coder,
    }


def occasion_row(occasion: Occasion | None) -> OccasionRow | None:
    """An occasion as it is exported."""
    if occasion is None:
        return None
    span = occasion.span
    return {"kind": occasion.kind, "start": span.start, "end": span.end, "text": span.text}


def position_row(position: Position) -> PositionRow:
    """A position as it is exported."""
    return {
        "kind": position.kind,
        "start": position.span.start,
        "end": position.span.end,
        "text": position.span.text,
        "toward": [actor_row(actor) for actor in position.toward],
        "tie": position.tie,
        "coder": position.coder,
    }


def tie_row(tie: Tie) -> TieRow:
    """A tie as it is exported."""
    return {
        "id": tie.id,
        "members": list(tie.members),
        "kind": tie.kind,
        "state": tie.state,
        "from": tie.since,
        "from_precision": tie.since_precision,
        "until": tie.until,
        "said_by": tie.said_by,
        "evidence": [
            {
                "report_id": item.report_id,
                "start": item.span.start,
                "end": item.span.end,
                "text": item.span.text,
                "event_id": item.event_id,
            }
            for item in tie.evidence
        ],
    }


def story_row(story: Story) -> StoryRow:
    """A story as it is exported."""
    return {"id": story.id, "title": story.title, "report_ids": list(story.report_ids)}


def members_row(entry: Happening | Utterance) -> MembersRow:
    """A happening or an utterance as it is exported."""
    return {"id": entry.id, "member_ids": list(entry.member_ids)}


def actor_row(actor: Actor) -> ActorRow:
    """A party as it is exported."""
    return {
        "raw_text": actor.span.text,
        "start": actor.span.start,
        "end": actor.span.end,
        "entity_name": actor.name,
        "entity_code": actor.entity_code,
        "country_code": actor.country_code,
        "sector_code": actor.sector_code,
        "other_sector_codes": list(actor.other_sector_codes),
    }


def place_row(place: Place | None) -> PlaceRow | None:
    """A place as it is exported."""
    if place is None:
        return None
    return {
        "raw_text": place.span.text,
        "start": place.span.start,
        "end": place.span.end,
        "name": place.name,
        "country_code": place.country_code,
    }


def span_row(span: Span) -> SpanRow:
    """A span as it is exported."""
    return {"start": span.start, "end": span.end, "text": span.text}
