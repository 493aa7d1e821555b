"""Who could stand between two parties: third parties by standing, contact and mediation told.

The order is plain and made to be checked by eye, not a forecast: mediation told counts first, then how
well the third stands with the worse of the two sides (a go-between needs both), then how often it met,
helped or agreed with the less met of the two in the window. Every figure names the lines behind it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.reading.surroundings import member_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.entries import Event, Happening, Tie
    from dragoman.rulebook import TieBook

# Quad codes 1 and 2 are PLOVER's verbal and material cooperation.
_COOPERATION = frozenset({1, 2})


@dataclass(frozen=True, slots=True)
class Mediator:
    """A third party between two.

    Attributes:
        name: its code or name.
        told: the sign of the furthest mediation told of it between the two, 0 for none.
        standing: with the first and the second side, -1 to 1 each; None where nothing is told.
        contacts: cooperative happenings with the first and the second side in the window.
        tie_ids, event_ids: the lines of the record behind it, sorted.
    """

    name: str
    told: float
    standing: tuple[float | None, float | None]
    contacts: tuple[int, int]
    tie_ids: tuple[str, ...]
    event_ids: tuple[str, ...]

    @property
    def rank(self) -> tuple[float, float, int]:
        """What the order goes by; more is better."""
        known = [0.0 if one is None else one for one in self.standing]
        return (self.told, min(known), min(self.contacts))


def mediators(
    sides: tuple[str, str],
    ties: Iterable[Tie],
    events: Iterable[Event],
    happenings: Iterable[Happening],
    book: TieBook,
    *,
    since: str | None = None,
    until: str | None = None,
) -> tuple[Mediator, ...]:
    """Third parties that stand well with both sides, or of which mediation is told; the best first.

    Args:
        sides: two codes or names.
        ties: ties of any members; those that no longer hold on `until` are left out.
        events: events of any parties; an event without a date does not count as contact.
        happenings: which events are one occurrence: it counts once.
        book: the tie kinds, for how good a state is.
        since, until: the window for contacts, ISO dates; None leaves it open.
    """
    ties = tuple(ties)
    signs: dict[tuple[str, str], list[tuple[float, str]]] = defaultdict(list)
    told: dict[str, list[tuple[float, str]]] = defaultdict(list)
    for tie in ties:
        if not _holds(tie, until):
            continue
        sign = book.kinds[tie.kind, tie.state].sign
        if tie.kind == "mediation":
            if set(tie.members[1:]) == set(sides):
                told[tie.members[0]].append((sign, tie.id))
            continue
        for side in sides:
            if side in tie.members and len(tie.members) == 2:
                other = tie.members[1 - tie.members.index(side)]
                signs[other, side].append((sign, tie.id))
    met = _contacts(events, happenings, sides, since, until)
    names = {name for name, _ in signs} | {name for name, _ in met} | set(told)
    made = [_mediator(name, sides, signs, told, met) for name in sorted(names - set(sides))]
    useful = [
        one
        for one in made
        if one.told > 0 or (min(one.rank[1:]) >= 0 and (one.rank[1] > 0 or one.rank[2] > 0))
    ]
    return tuple(sorted(useful, key=lambda one: (*(-part for part in one.rank), one.name)))


def _holds(tie: Tie, day: str | None) -> bool:
    if tie.until is None:
        return True
    return day is not None and tie.until > day[: len(tie.until)]


def _mediator(
    name: str,
    sides: tuple[str, str],
    signs: dict[tuple[str, str], list[tuple[float, str]]],
    told: dict[str, list[tuple[float, str]]],
    met: dict[tuple[str, str], dict[str, tuple[str, ...]]],
) -> Mediator:
    first, second = (signs.get((name, side), []) for side in sides)
    contacts = [met.get((name, side), {}) for side in sides]
    return Mediator(
        name=name,
        told=max((sign for sign, _ in told.get(name, [])), default=0.0),
        standing=(_mean(first), _mean(second)),
        contacts=(len(contacts[0]), len(contacts[1])),
        tie_ids=tuple(sorted({one for _, one in (*first, *second, *told.get(name, []))})),
        event_ids=tuple(sorted({one for side in contacts for ids in side.values() for one in ids})),
    )


def _mean(signs: list[tuple[float, str]]) -> float | None:
    return round(sum(sign for sign, _ in signs) / len(signs), 3) if signs else None


def _contacts(
    events: Iterable[Event],
    happenings: Iterable[Happening],
    sides: tuple[str, str],
    since: str | None,
    until: str | None,
) -> dict[tuple[str, str], dict[str, tuple[str, ...]]]:
    """For each third party and side the cooperative happenings in the window, with their events."""
    happening = {event: one.id for one in happenings for event in one.member_ids}
    made: dict[tuple[str, str], dict[str, tuple[str, ...]]] = defaultdict(dict)
    for event in events:
        if event.quad_code not in _COOPERATION or not event.date:
            continue
        if set(event.auxiliary) & {"negation", "hypothetical"}:
            continue
        if (since and event.date < since[: len(event.date)]) or (
            until and event.date > until[: len(event.date)]
        ):
            continue
        parties = {member_of(actor) for actor in (*event.actor, *event.recipient)} - {None}
        key = happening.get(event.id, event.id)
        for side in sides:
            if side not in parties:
                continue
            for other in sorted(str(party) for party in parties if party not in sides):
                held = made[other, side].get(key, ())
                made[other, side][key] = tuple(sorted({*held, event.id}))
    return made
