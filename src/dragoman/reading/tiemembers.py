"""Between whom a tie stands: the parties of its clause, and what its surroundings fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.reading.surroundings import keys_of, member_of
from dragoman.reading.tiefilling import filled, in_sentence
from dragoman.reading.tieslots import Members, Place, can_be, slots

if TYPE_CHECKING:
    from dragoman.entries import Actor
    from dragoman.reading.clauses import Clauses
    from dragoman.reading.surroundings import Surroundings
    from dragoman.reading.tiewords import TieTrigger

__all__ = ["IN_CLAUSE", "Members", "find_members"]

IN_CLAUSE = "told in the clause"


def find_members(
    clauses: Clauses, trigger: TieTrigger, around: Surroundings, *, directed: bool
) -> tuple[Members, ...]:
    """The members of each tie that a trigger tells; none where they cannot be known."""
    rule = trigger.rule
    place = Place(clauses, trigger, around, directed)
    _, first = slots(place, rule.words.actor, frozenset())
    if rule.kind == "mediation":
        return _mediated(place, first)
    slot, second = slots(place, rule.words.recipient, keys_of(first))
    pairs = [
        (one, two) for one, two in _pairs(place, first, second, slot) if can_be(rule.kind, one, two)
    ]
    if pairs:
        return tuple(Members(one, (two,), IN_CLAUSE) for one, two in pairs)
    if not rule.fill or (first and second):
        return ()
    known = first or second
    made = [filled(place, known[:1], first_known=bool(first))]
    if not first:
        # "relations were opened with Chile and Peru": the one left out has them with each.
        made += [filled(place, (one,), first_known=False) for one in known[1:]]
    return tuple(one for one in made if one)


def _pairs(
    place: Place, first: tuple[Actor, ...], second: tuple[Actor, ...], slot: str
) -> list[tuple[Actor, Actor]]:
    """Each of the one side with each of the other; a side alone makes pairs where it is "X and Y"."""
    joint = not place.directed and len(first) > 1 and slot in {"inside", "to", "of"}
    if first and second and not joint:
        return [(one, two) for one in first for two in second]
    both: tuple[Actor, ...] = ()
    if not place.directed:
        both = first
    if slot in {"between", "among"}:
        both = both or second
    return [(one, two) for number, one in enumerate(both) for two in both[number + 1 :]]


def _mediated(place: Place, first: tuple[Actor, ...]) -> tuple[Members, ...]:
    if not first:
        return ()
    own = keys_of(first)
    _, sides = slots(place, place.trigger.rule.third, own)
    if len(sides) < 2 and place.trigger.rule.fill:
        near, far = in_sentence(place)
        found: dict[str, Actor] = {}
        for actor in (
            *sides,
            *(one.actor for one in (*near, *far)),
            *place.around.last(place.tree.sentence.index),
        ):
            member = member_of(actor)
            if member and member not in own:
                found.setdefault(member, actor)
        sides = tuple(found.values())[:2]
    if len(sides) != 2:
        return ()
    why = "told with the sides between which it stands"
    return tuple(Members(one, sides, why) for one in first)
