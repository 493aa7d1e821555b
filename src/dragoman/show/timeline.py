"""What happened between two parties, in order of date: what many reports tell is one line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from dragoman.show.words import event_words, tie_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.entries import Event
    from dragoman.record import Record, Where


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a timeline.

    Attributes:
        date: ISO date as far as known; None if it is not.
        kind, id: the happening (or the event, where it has none) or the tie.
        what: it, in words.
        reports: how many reports tell it.
        words: the exact words of the earliest telling.
        report_id: the report they stand in.
    """

    date: str | None
    kind: Literal["happening", "event", "tie"]
    id: str
    what: str
    reports: int
    words: str
    report_id: str


def timeline(record: Record, where: Where) -> tuple[Line, ...]:
    """Happenings and the beginnings of ties between two parties; what has no date comes last.

    Negated and hypothetical events are left out: they tell what did not happen.
    """
    return timeline_and_rest(record, where)[0]


def timeline_and_rest(record: Record, where: Where) -> tuple[tuple[Line, ...], int]:
    """The timeline, and how many happenings more there are that are less sure than asked for."""
    told = list(_happenings(record, where))
    sure = [line for line, confidence in told if confidence >= (where.sure or 0.0)]
    lines = sorted(
        [*sure, *_ties(record, where)], key=lambda line: (line.date or "9999", line.kind, line.id)
    )
    return tuple(lines), len(told) - len(sure)


def _happenings(record: Record, where: Where) -> Iterator[tuple[Line, float]]:
    """What happened, each with how sure it is: as its surest telling."""
    groups: dict[str, list[Event]] = {}
    kinds: dict[str, Literal["happening", "event", "tie"]] = {}
    found = [
        event
        for event in record.each_event(replace(where, sure=None))
        if not {"negation", "hypothetical"} & set(event.auxiliary)
    ]
    happening = record.happenings_of([event.id for event in found])
    for event in found:
        key = happening.get(event.id, event.id)
        kinds[key] = "happening" if event.id in happening else "event"
        groups.setdefault(key, []).append(event)
    for key, tellings in groups.items():
        # The best known date, then the surest telling, stands for all.
        best = max(tellings, key=lambda event: (len(event.date or ""), event.confidence, event.id))
        line = Line(
            best.date, kinds[key], key, event_words(replace(best, date=None)),
            len({event.report_id for event in tellings}), best.span.text, best.report_id,
        )  # fmt: skip
        yield line, max(event.confidence for event in tellings)


def _ties(record: Record, where: Where) -> Iterator[Line]:
    for tie in record.ties(where):
        told = tie.evidence[0] if tie.evidence else None
        yield Line(
            tie.since, "tie", tie.id, tie_words(replace(tie, since=None)),
            len({item.report_id for item in tie.evidence}),
            told.span.text if told else "", told.report_id if told else "",
        )  # fmt: skip
