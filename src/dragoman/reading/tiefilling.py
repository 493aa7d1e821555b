"""The parties of a tie that its clause leaves out: taken from what stands around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.reading.surroundings import SENT, keys_of, member_of
from dragoman.reading.tiephrases import BODIES_OF, HELP, PLACES, partial, phrase, related
from dragoman.reading.tieslots import Members, can_be, objects, subject

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dragoman.entries import Actor
    from dragoman.reading.surroundings import Surroundings
    from dragoman.reading.tieslots import Place
    from dragoman.reading.tree import Tree

# Words that open a part of the sentence that tells of something else.
_ELSEWHERE = frozenset(
    "when after before since following where although while but upon ; who which with".split()
)
# Nouns for a state told of before.
_GENERAL = frozenset(
    "country nation authority administration regime side party land island".split()
)
_MODIFIERS = frozenset({"amod", "compound", "nmod:poss", "nmod:desc", "nmod"})


@dataclass(frozen=True, slots=True)
class Named:
    """A party named in the sentence.

    Attributes:
        holds: it stands before a noun ("the American embassy").
        located: it stands as a place ("in London").
        target: it stands behind "to", or its government does ("to the Government of Peru").
    """

    actor: Actor
    holds: bool
    located: bool
    target: bool


def filled(place: Place, known: tuple[Actor, ...], *, first_known: bool) -> Members | None:
    """The members with what is left out, or None where it cannot be known.

    Args:
        place: the trigger in its sentence and report.
        known: what the clause tells, one party or none.
        first_known: whether that is the first member.
    """
    if _stranger(place) or _unknown_object(place) or _with_a_stranger(place):
        return None
    tree, around = place.tree, place.around
    sentence = tree.sentence.index
    speaker = around.speaker(tree, place.trigger.position)
    near, far = in_sentence(place)
    made = list(known)
    why: list[str] = []
    last = _last_of(known, around, sentence)
    barred = _barred(place)
    sender = place.directed and bool(known) and not first_known
    # Where a thing is done does not say who does it.
    own = tuple(one.actor for one in near if not (sender and one.located))
    rest = tuple(one.actor for one in far if not (sender and one.located))
    # Two parties named elsewhere in the sentence mean more than the pair told before; one alone less.
    both = rest if len(keys_of((*known, *own, *rest))) >= 2 else ()
    for name, offered in (
        ("who says it", (speaker,) if speaker and member_of(speaker) else ()),
        ("the clause", own),
        ("the sentence", () if known else both),
        ("the pair told before", last),
        ("the sentence", rest),
        ("the pair told before", around.last(sentence)),
        ("what the report is about", around.about()),
    ):
        for actor in offered:
            if len(made) < 2 and member_of(actor) not in keys_of(made) | barred:
                made.append(actor)
                why.append(f"“{actor.span.text}” from {name}")
    if len(made) < 2:
        return None
    holders: set[str | None] = {member_of(one.actor) for one in (*near, *far) if one.holds}
    holders &= keys_of(made)
    if known and not first_known:
        # "the American legation was raised to an embassy": who stands before the noun is the sender.
        if not (place.directed and holders == keys_of(known)):
            made.reverse()
    elif not known and place.directed:
        # The sender stands before the noun ("the American embassy"), the host behind "in" or "to".
        targets = {member_of(one.actor) for one in (*near, *far) if one.target} & keys_of(made)
        if len(holders) != 1 and len(targets) == 1:
            holders = {member_of(one) for one in made} - targets
        elif len(holders) != 1:
            holders = {around.giver(made, place.trigger.rule.kind)}
        if not holders & keys_of(made):
            return None
        made.sort(key=lambda one: member_of(one) not in holders)
    if not can_be(place.trigger.rule.kind, made[0], made[1]):
        return None
    return Members(made[0], (made[1],), "; ".join(why))


def _last_of(known: tuple[Actor, ...], around: Surroundings, sentence: int) -> tuple[Actor, ...]:
    """The pair told before, if what is known, or one that the report is about, is of it."""
    last = around.last(sentence)
    if known:
        return last if keys_of(known) <= keys_of(last) else ()
    return last if keys_of(last) & set(around.focus[:2]) else ()


def in_sentence(place: Place) -> tuple[list[Named], list[Named]]:
    """The parties named in the trigger's own part of the sentence, and those in other parts.

    Those first that the report is about. In other parts only what the report is about counts.
    """
    tree, position = place.tree, place.trigger.position
    order = {name: number for number, name in enumerate(place.around.focus)}
    best: dict[str, tuple[tuple[bool, int, int], Named]] = {}
    named = place.around.named(tree)
    nobody = _by_nobody(place)
    barred = _barred(place)
    for at, actor in named.items():
        member = member_of(actor)
        if member is None or (nobody and order.get(member, 3) > 1):
            continue
        if member in barred:
            continue
        left, right = sorted((at, position))
        away = any(tree.tokens[one].text.lower() in _ELSEWHERE for one in range(left + 1, right))
        apart = _in_another_clause(tree, at, position)
        away = away or apart
        weight = min(order.get(member, 3), 3)
        head, case = _head(tree, at, actor, named)
        # "..., and its work was done by the embassy in Oslo": another act has its own place.
        sent = place.trigger.rule.kind in SENT
        if sent and _house(place, head):
            # "in the Swiss embassy": the section is not with Switzerland.
            continue
        if case == "from" and not sent:
            # "after its independence from France": not with France.
            continue
        if case == "to" and place.trigger.rule.kind == "ambassador" and _title(place, at):
            # "the ambassador to Chad presented his letters": where he is already does not count.
            continue
        if case in PLACES and not sent and weight > 1:
            # "signed in Geneva": not with Switzerland, unless the report is about it.
            continue
        if away and (weight > 2 or (apart and place.directed and case in PLACES)):
            continue
        holds = tree.tokens[head].deprel in _MODIFIERS and not case and not _aimed(tree, head)
        key = (away, min(weight, 2), abs(at - position))
        if member not in best or key < best[member][0]:
            best[member] = (
                key,
                Named(actor, holds=holds, located=case in PLACES, target=_target(tree, head, case)),
            )
    ranked = [row for _, row in sorted(best.items(), key=lambda item: (item[1][0], item[0]))]
    return [one for key, one in ranked if not key[0]], [one for key, one in ranked if key[0]]


def _title(place: Place, at: int) -> bool:
    """Whether a name is of the title of who does what the verb tells ("the ambassador to Chad, Ana Ruiz, presented")."""
    tree = place.tree
    tops = set(place.clauses.surface(place.trigger.position)) if place.trigger.verbal else set()
    return any(
        tree.lemma(above) in place.around.posts
        and (above in tops or tree.tokens[above].head in tops)
        for above in tree.ancestors(at)
    )


def _house(place: Place, head: int) -> bool:
    """Whether a name stands before a mission in which something of another is done."""
    tree = place.tree
    noun = tree.tokens[head].head
    return (
        noun >= 0
        and noun != place.trigger.theme
        and tree.lemma(noun).lower() in {"embassy", "legation", "consulate"}
        and tree.case(noun) in PLACES | {"of", "within"}
    )


def _barred(place: Place) -> frozenset[str]:
    """Parties named as those to whom another stands ("with the former British colony", "with American allies")."""
    tree, named = place.tree, place.around.named(place.tree)
    return frozenset(
        key
        for at, actor in named.items()
        if tree.tokens[at].head >= 0
        and tree.tokens[at].head not in named
        and related(tree, tree.tokens[at].head)
        and not tree.case(at)
        and (key := member_of(actor))
        and sum(member_of(other) == key for other in named.values()) == 1
    )


def _by_nobody(place: Place) -> bool:
    """Whether recognition is told without who gave it ("the state was recognised in 1993")."""
    trigger = place.trigger
    return (
        trigger.rule.kind == "recognition"
        and trigger.verbal
        and place.clauses.passive(trigger.position)
        and not any(place.tree.case(k) == "by" for k in place.tree.kids(trigger.position, "obl"))
    )


def _head(tree: Tree, at: int, actor: Actor, named: Mapping[int, Actor]) -> tuple[int, str]:
    """The head of the name that a word belongs to ("Republic" in "the Former Yugoslav Republic"), its case.

    The preposition may hang on any word of the name.
    """
    here = at
    while named.get(tree.tokens[here].head) == actor:
        here = tree.tokens[here].head
    words = sorted(one for one, other in named.items() if other == actor)
    return here, next((case for one in (here, *words) if (case := tree.case(one))), "")


def _target(tree: Tree, head: int, case: str) -> bool:
    """Whether a name stands behind "to", by itself or as whose government stands there."""
    if case == "to":
        return True
    above = tree.tokens[head].head
    return (
        case == "of" and above >= 0 and tree.lemma(above) in BODIES_OF and tree.case(above) == "to"
    )


def _aimed(tree: Tree, head: int) -> bool:
    """Whether the noun that a name stands before is itself aimed at ("to the Peruvian authorities")."""
    noun = tree.tokens[head].head
    return noun >= 0 and tree.case(noun) in {"to", "with", "from", "before"}


def _in_another_clause(tree: Tree, at: int, position: int) -> bool:
    """Whether a word stands in a clause beside the trigger's with a subject of its own that the trigger does not share."""
    chain = {position, *tree.ancestors(position)}
    for here in (at, *tree.ancestors(at)):
        if here in chain:
            return False
        token = tree.tokens[here]
        if (
            token.deprel in {"conj", "parataxis"}
            and token.upos in {"VERB", "AUX"}
            and tree.kids(here, "nsubj", "csubj")
        ):
            return True
    return False


def _stranger(place: Place) -> bool:
    """Whether a person or group that is not known does what the verb tells ("Ruiz broke off relations")."""
    tree, trigger = place.tree, place.trigger
    if not trigger.verbal:
        return False
    if place.clauses.passive(trigger.position):
        # "was recognised by several states"
        agents = [k for k in tree.kids(trigger.position, "obl") if tree.case(k) == "by"]
        return trigger.rule.kind == "recognition" and any(
            tree.tokens[one].upos in {"NOUN", "PROPN"}
            and place.around.at(tree, one) is None
            and not set(phrase(tree, one)) & place.around.named(tree).keys()
            for one in agents
        )
    if place.trigger.rule.kind in SENT:
        return False
    named = place.around.named(tree)
    if trigger.rule.kind == "recognition" and any(
        tree.tokens[one].upos in {"NOUN", "PROPN"}
        or tree.tokens[one].text.lower() in {"which", "that"}
        for one in tree.kids(trigger.position, "nsubj")
        if place.around.at(tree, one) is None
    ):
        # "the treaty recognised its independence": a paper does, and nobody else in the sentence.
        return True
    return any(
        _is_name(tree, head) and head not in named and place.around.at(tree, head) is None
        for head in subject(place)
        if head != trigger.theme
    )


def _with_a_stranger(place: Place) -> bool:
    """Whether the clause names the other side and it is nobody known ("an armistice with the Allies")."""
    tree, trigger = place.tree, place.trigger
    if place.directed:
        return False
    hosts = {trigger.position} | ({trigger.theme} if trigger.theme is not None else set())
    return any(
        tree.case(kid) == "with"
        and tree.tokens[kid].upos in {"NOUN", "PROPN"}
        and tree.lemma(kid) not in HELP | BODIES_OF | _GENERAL
        and not _is_name(tree, kid, "PER")
        and not any(tree.tokens[kid].text in (one.name or "") for one in place.around.about()[:2])
        and all(token.upos != "PUNCT" for token in tree.tokens[host:kid])
        and place.around.at(tree, kid) is None
        and not set(phrase(tree, kid)) & place.around.named(tree).keys()
        for host in hosts
        for kid in tree.kids(host, "nmod", "obl")
    )


def _unknown_object(place: Place) -> bool:
    """Whether what is recognised is a person, a part of something, or bears a name that is not known."""
    tree, trigger = place.tree, place.trigger
    if trigger.rule.kind != "recognition" or trigger.theme is not None:
        return False
    named = place.around.named(tree)
    heads = objects(place)
    if any(_is_name(tree, head, "PER") or partial(tree, head) for head in heads):
        return True
    words = [one for head in heads for one in phrase(tree, head)]
    names = [one for one in words if tree.tokens[one].upos == "PROPN" and tree.case(one) != "from"]
    return bool(names) and not any(one in named or place.around.at(tree, one) for one in words)


def _is_name(tree: Tree, position: int, *labels: str) -> bool:
    return any(
        name.first <= position < name.last and name.label in (labels or ("PER", "ORG"))
        for name in tree.tags.names
    )
