"""What parties did to one another, counted in happenings: shared by the analyses.

One happening counts once for a pair, however many reports tell it. What is denied, only possible or
still to come did not happen and is left out.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.reading.surroundings import member_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.entries import Event, Happening

_NOT_DONE = frozenset({"negation", "hypothetical", "future"})
# Event, report, date, type and score.
_Telling = tuple[str, str, str | None, str, float]


@dataclass(frozen=True, slots=True)
class Dealing:
    """One happening between two parties.

    Attributes:
        id: the happening's; the event's own where it belongs to no happening.
        pair: the two members (codes or names), sorted.
        date: as most of its reports tell it, the more exact first; None if none does.
        event: its PLOVER type.
        score: its PLOVER score, as most of its reports tell it.
        event_ids: the events that tell it, sorted.
        report_ids: the reports that tell it, sorted.
    """

    id: str
    pair: tuple[str, str]
    date: str | None
    event: str
    score: float
    event_ids: tuple[str, ...]
    report_ids: tuple[str, ...]

    @property
    def day(self) -> str | None:
        """The date where it is known to the day."""
        return self.date if self.date and len(self.date) == 10 else None


def pairs_of(event: Event) -> frozenset[tuple[str, str]]:
    """The pairs that deal with one another in an event, sorted within.

    Those who act on a recipient deal with it and not with each other; where there is no recipient (a
    meeting), all who take part deal with each other.
    """
    actors = {member_of(actor) for actor in event.actor} - {None}
    recipients = {member_of(actor) for actor in event.recipient} - {None}
    others = recipients if event.recipient else actors
    return frozenset(
        (min(one, other), max(one, other))
        for one in actors
        for other in others
        if one and other and one != other
    )


def dealings(
    events: Iterable[Event],
    happenings: Iterable[Happening],
    *,
    since: str | None = None,
    until: str | None = None,
) -> dict[tuple[str, str], tuple[Dealing, ...]]:
    """Each pair's happenings in order of date, undated ones last.

    Args:
        events: of any parties, in any order.
        happenings: which events are one occurrence; an event of none is an occurrence of its own.
        since, until: ISO dates as far as known; what may lie within them is taken. With either, what
            has no date is left out.
    """
    occurrence = {event: one.id for one in happenings for event in one.member_ids}
    told: dict[tuple[tuple[str, str], str], set[_Telling]] = defaultdict(set)
    for event in events:
        if _NOT_DONE & set(event.auxiliary):
            continue
        # Little is kept of each event: there may be a million.
        telling = (event.id, event.report_id, event.date, event.event, event.event_scale)
        for pair in pairs_of(event):
            told[pair, occurrence.get(event.id, event.id)].add(telling)
    made: dict[tuple[str, str], list[Dealing]] = defaultdict(list)
    for (pair, key), group in told.items():
        one = _dealing(key, pair, group)
        if within(one.date, since, until):
            made[pair].append(one)
    return {
        pair: tuple(sorted(made[pair], key=lambda one: (one.date or "9999-99", one.id)))
        for pair in sorted(made)
    }


def within(date: str | None, since: str | None, until: str | None) -> bool:
    """Whether a date as far as known may lie in a stretch that may be open on either side."""
    if date is None:
        return since is None and until is None
    return not (
        (since is not None and date[: len(since)] < since[: len(date)])
        or (until is not None and date[: len(until)] > until[: len(date)])
    )


def _dealing(key: str, pair: tuple[str, str], tellings: set[_Telling]) -> Dealing:
    dates = Counter(date for _, _, date, _, _ in tellings if date)
    date = min(dates, key=lambda one: (-len(one), -dates[one], one), default=None)
    kinds = Counter((event, score) for _, _, _, event, score in tellings)
    kind, score = min(kinds, key=lambda one: (-kinds[one], one))
    return Dealing(
        id=key,
        pair=pair,
        date=date,
        event=kind,
        score=score,
        event_ids=tuple(sorted(id_ for id_, *_ in tellings)),
        report_ids=tuple(sorted({report_id for _, report_id, *_ in tellings})),
    )
