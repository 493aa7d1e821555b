"""Between whom a tie stands: the parties of its clause, and what its surroundings fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.reading.envoys import person_at
from dragoman.reading.surroundings import SENT, keys_of, member_of
from dragoman.reading.tiefilling import filled, in_sentence
from dragoman.reading.tiephrases import PLACES
from dragoman.reading.tieslots import Members, Place, can_be, slots

if TYPE_CHECKING:
    from dragoman.entries import Actor
    from dragoman.reading.clauses import Clauses
    from dragoman.reading.envoys import Post
    from dragoman.reading.surroundings import Surroundings
    from dragoman.reading.tiewords import TieTrigger

__all__ = ["IN_CLAUSE", "Members", "find_members"]

IN_CLAUSE = "told in the clause"
# Kinds whose first member sends a mission, and the nouns for what it sends.
_SENT = frozenset({"embassy", "interests section"})
# Slots of the second member that say the two do something with each other.
_JOINT = frozenset({"with", "between", "among", "inside", "to", "of"})
_MISSIONS = frozenset({"embassy", "legation", "office", "section", "mission", "post"})


def find_members(
    clauses: Clauses, trigger: TieTrigger, around: Surroundings, *, directed: bool
) -> tuple[Members, ...]:
    """The members of each tie that a trigger tells; none where they cannot be known."""
    rule = trigger.rule
    place = Place(clauses, trigger, around, directed)
    _, first = slots(place, rule.words.actor, frozenset())
    if rule.kind == "mediation":
        return _mediated(place, first)
    post = _post(place) if rule.kind in SENT and not first else None
    if post and post.sender:
        first = (post.sender,)
    slot, second = slots(place, rule.words.recipient, keys_of(first))
    if (
        post
        and post.host
        and (not second or slot != "to")
        and not keys_of((post.host,)) & keys_of(first)
    ):
        slot, second = "to", (post.host,)
    if rule.kind == "ambassador" and slot in PLACES and not _meant_there(place, second):
        return ()
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
    return tuple(_sender_first(place, one) for one in made if one)


def _post(place: Place) -> Post | None:
    """The post of the person who does what the verb tells, or to whom it is done."""
    tree, trigger = place.tree, place.trigger
    if not trigger.verbal:
        return None
    heads = place.clauses.surface(trigger.position)
    if not place.clauses.passive(trigger.position) and trigger.theme in place.clauses.object(
        trigger.position
    ):
        # "The president named Ana Ruiz ambassador": he is not the envoy. Who presents letters is.
        theme = tree.lemma(trigger.theme) if trigger.theme is not None else ""
        heads = heads if theme not in place.around.posts else ()
    for head in heads:
        person = person_at(tree, place.around, head)
        if person and (post := place.around.post(person, tree.sentence.index)):
            return post
    return None


def _meant_there(place: Place, hosts: tuple[Actor, ...]) -> bool:
    """Whether the land in which an envoy acts is one that the report is about, and not just his residence."""
    return bool(keys_of(hosts) & set(place.around.focus[:2]))


def _sender_first(place: Place, found: Members) -> Members:
    """A filled pair with who sends the mission first: it stands in the other's land ("Embassy Khartoum")."""
    if place.trigger.rule.kind not in _SENT or len(found.others) != 1:
        return found
    hosts = _hosts(place, place.trigger.theme) or _hosts(place)
    if hosts == {member_of(found.first)}:
        return Members(found.others[0], (found.first,), f"{found.why}; the mission stands there")
    return found


def _hosts(place: Place, only: int | None = None) -> set[str | None]:
    """The lands in which the sentence places missions (or the `only` one), by a town behind their nouns."""
    tree, made = place.tree, set[str | None]()
    for at, token in enumerate(tree.tokens[:-2]):
        if only not in {None, at} or tree.lemma(at) not in _MISSIONS:
            continue
        behind = tree.tokens[at + 1]
        if behind.text.lower() in {"in", "at"}:
            here = at + 2
        elif behind.upos == "PROPN" and token.text[0].isupper():
            here = at + 1
        else:
            continue
        if tree.tokens[min(here + 1, len(tree.tokens) - 1)].text.lower() == "and":
            return set()
        if actor := place.around.at(tree, here):
            made.add(member_of(actor))
    return made


def _pairs(
    place: Place, first: tuple[Actor, ...], second: tuple[Actor, ...], slot: str
) -> list[tuple[Actor, Actor]]:
    """Each of the one side with each of the other; a side alone makes pairs where it is "X and Y"."""
    joint = not place.directed and len(first) > 1 and slot in {"inside", "to", "of"}
    if first and second and not joint:
        return [(one, two) for one in first for two in second]
    both: tuple[Actor, ...] = ()
    if not place.directed and _JOINT & set(place.trigger.rule.words.recipient):
        # "Peru and Chile fought"; but both may "work to defeat" somebody else.
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
