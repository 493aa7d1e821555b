"""The places around a trigger where the parties of a tie stand (docs/tie-rules.md), by the tree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.reading.surroundings import SENT, member_of
from dragoman.reading.tiephrases import (
    HELP,
    PLACES,
    apart,
    is_paper,
    of_a_stranger,
    of_another,
    owner,
    partial,
    phrase,
    where,
)
from dragoman.reading.tree import base
from dragoman.rulebook.ontology import BODIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.entries import Actor
    from dragoman.reading.clauses import Clauses
    from dragoman.reading.surroundings import Surroundings
    from dragoman.reading.tiewords import TieTrigger
    from dragoman.reading.tree import Tree

# Kinds whose members are states (or the European Union), no other bodies.
_BETWEEN_STATES = frozenset(
    {
        "diplomatic relations", "recognition", "embassy", "ambassador", "consular relations",
        "interests section",
    }
)  # fmt: skip
_MISSIONS = frozenset({"embassy", "legation", "mission", "consulate"})
# Prepositions of names inside a phrase that are not its party: "the ambassador to Qatar" is not Qatar.
_APART = {
    "subject": frozenset({"from", "by", "to", "in", "at", "with"}),
    "with": frozenset({"from", "by", "in", "at"}),
}
_BECOMING = frozenset("become be act serve remain".split())


@dataclass(frozen=True, slots=True)
class Members:
    """The parties of a tie in its order, and how they were found."""

    first: Actor
    others: tuple[Actor, ...]
    why: str

    @property
    def all(self) -> tuple[Actor, ...]:
        return (self.first, *self.others)


@dataclass(frozen=True, slots=True)
class Place:
    """A trigger in its sentence and report, and whether its kind gives the members an order."""

    clauses: Clauses
    trigger: TieTrigger
    around: Surroundings
    directed: bool

    @property
    def tree(self) -> Tree:
        return self.clauses.tree


def can_be(kind: str, first: Actor, second: Actor) -> bool:
    """Whether parties of their sorts can have a tie of that kind."""
    if kind == "membership":
        return [one.entity_code in BODIES for one in (first, second)] == [False, True]
    if kind in _BETWEEN_STATES:
        return not any(one.entity_code in BODIES - {"EUR"} for one in (first, second))
    return True


def slots(
    place: Place, slots: tuple[str, ...], taken: frozenset[str]
) -> tuple[str, tuple[Actor, ...]]:
    """The first slot that holds a party not taken yet, and its parties, each once."""
    for slot in slots:
        if slot == "speaker":
            speaker = place.around.speaker(place.tree, place.trigger.position)
            actors: Iterable[Actor] = (speaker,) if speaker else ()
        else:
            actors = (*parties_at(place, _heads(place, slot), slot), *_beside(place, slot))
        found: dict[str, Actor] = {}
        for actor in actors:
            member = member_of(actor)
            if member and member not in taken:
                found.setdefault(member, actor)
        if found:
            return slot, tuple(found.values())
    return "", ()


def _beside(place: Place, slot: str) -> tuple[Actor, ...]:
    """The party right behind the preposition or the verb, or before it, where the tree links none."""
    tree, trigger = place.tree, place.trigger
    start = trigger.position if trigger.theme is None else trigger.theme
    size = len(tree.tokens)
    if parties_at(place, _heads(place, slot), slot):
        return ()
    if slot == "object" and trigger.verbal and trigger.theme is None:
        places: Iterable[int] = range(trigger.position + 1, min(trigger.position + 5, size))
    elif slot == "subject" and trigger.verbal and not tree.kids(trigger.position, "nsubj"):
        if trigger.theme is not None and trigger.theme < trigger.position:
            return ()
        places = range(trigger.position - 1, max(-1, trigger.position - 5), -1)
    elif slot == "holder" and tree.tokens[start - 1].deprel == "case" and start > 1:
        places = range(start - 2, start - 3, -1)
    elif slot in {"with", "between", "against", "toward", "towards"}:
        after = range(start + 1, min(start + 6, size))
        found = next((one for one in after if tree.tokens[one].text.lower() == slot), None)
        between = tree.tokens[start + 1 : found]
        if found is None or any(one.upos == "VERB" for one in between):
            # "support for mending relations with Chad" is no support for Chad.
            return ()
        places = range(found + 1, min(found + 6, size))
    else:
        return ()
    for at in places:
        token = tree.tokens[at]
        if place.around.at(tree, at):
            if slot == "subject" and _has_case(place, at):
                return ()
            above = _above(place, at)
            if above >= 0 and (of_another(tree, above, slot) or partial(tree, above)):
                return ()
            return parties_at(place, (at,), slot)
        if token.upos in {"VERB", "ADP", "SCONJ", "PUNCT"} or token.text.lower() in HELP:
            return ()
    return ()


def _has_case(place: Place, at: int) -> bool:
    """Whether a name stands behind a preposition ("a treaty with the Kingdom of Hawaii recognising ...")."""
    return bool(_case_of_name(place, at))


def _case_of_name(place: Place, at: int) -> str:
    """The preposition of the whole name that a word belongs to ("with" of both words of "with the Kingdom of Peru")."""
    tree, named = place.tree, place.around.named(place.tree)
    while at in named and named.get(tree.tokens[at].head) == named[at]:
        at = tree.tokens[at].head
    return tree.case(at)


def _heads(place: Place, slot: str) -> tuple[int, ...]:
    """The heads of the phrases in a slot (docs/rules.md), by the tree."""
    clauses, tree, trigger = place.clauses, place.tree, place.trigger
    hosts = [trigger.position] if trigger.theme is None else [trigger.theme]
    if not trigger.verbal:
        hosts.append(trigger.position)
    if slot == "holder":
        named = place.around.named(tree)
        return tuple(
            one
            for host in dict.fromkeys(hosts)
            for kid in tree.kids(host, "nmod:poss", "amod", "compound", "nmod:desc", "flat")
            for one in (kid, *tree.conjuncts(kid))
            if one == kid or {one, kid} <= named.keys()
        )
    if slot == "inside":
        found = [
            kid
            for host in (*hosts, *objects(place))
            if not partial(tree, host)
            for kid in phrase(tree, host)
            if kid != host and tree.case(kid) not in {"from", "by"}
            if not apart(tree, kid, host)
        ]
    elif slot == "subject":
        found = list(subject(place))
    elif slot == "object":
        found = list(objects(place))
    elif slot == "indirect":
        found = list(clauses.indirect(trigger.position))
    elif slot == "to" and tree.tokens[trigger.position].text.lower().startswith("accredit"):
        # "accredited its ambassador to Chad to serve Mali": where he is already does not count.
        found = _own_phrases(tree, trigger.position, slot)
    elif trigger.verbal and (own := _own_phrases(tree, trigger.position, slot)):
        # "the ambassador to Chad was accredited to Mali": the verb's own word means more.
        found = own
    else:
        found = [
            *(
                one
                for one in clauses.phrases(trigger.position, slot)
                if not _of_the_verb(place, one)
            ),
            *(
                one
                for host in dict.fromkeys((*hosts, *trigger.words))
                for kid in tree.kids(host, "nmod", "obl")
                if tree.case(kid).split(" ")[-1] == slot
                for one in tree.conjuncts(kid)
            ),
        ]
    found = [
        one
        for one in found
        if tree.lemma(one) not in HELP and not (slot == "of" and _of_a_part(place, one))
    ]
    left_out = set(trigger.words) | (set() if slot == "object" else {trigger.theme})
    return tuple(dict.fromkeys(one for one in found if one not in left_out))


def _of_a_part(place: Place, head: int) -> bool:
    """Whether "of" names the whole of a part that is meant ("recognised the members of the union")."""
    above = place.tree.tokens[place.tree.first_conjunct(head)].head
    return above >= 0 and above != place.trigger.position and partial(place.tree, above)


def _of_the_verb(place: Place, head: int) -> bool:
    """Whether a phrase is of the verb far above a noun ("severed ties with Peru in the wake of the war")."""
    tree, position = place.tree, place.trigger.position
    if place.trigger.verbal or base(tree.tokens[position].deprel) != "nmod":
        return False
    first = tree.first_conjunct(head)
    above = tree.tokens[first].head
    return first != position and above >= 0 and tree.tokens[above].upos in {"VERB", "AUX"}


def _own_phrases(tree: Tree, position: int, slot: str) -> list[int]:
    """The phrases with "to" that hang on a verb itself."""
    if slot != "to":
        return []
    own = [kid for kid in tree.kids(position, "obl") if tree.case(kid) == slot]
    return [one for kid in own for one in tree.conjuncts(kid)]


def subject(place: Place) -> tuple[int, ...]:
    clauses, tree, trigger = place.clauses, place.tree, place.trigger
    position = trigger.position
    if not trigger.verbal:
        # "Oman is a member of the League": the subject of a predicate noun is its own.
        copular = tree.kids(position, "nsubj")
        if copular:
            return tree.conjuncts(copular[0])
        above = tree.tokens[position].head
        if above >= 0 and tree.lemma(above) in _BECOMING:
            return clauses.subject(above)
        return clauses.noun_subject(position) or _through_nouns(clauses, position)
    if trigger.theme is not None and _only_own(tree, trigger.theme, position):
        # "the embassy closed", "relations were broken off": the theme is the subject, nobody else is.
        return _by(tree, position)
    own = [
        kid
        for kid in tree.kids(position, "nsubj")
        if tree.tokens[kid].deprel != "nsubj:pass"
        and not any(tree.tokens[one].upos == "VERB" for one in range(kid, position))
    ]
    if own and not clauses.passive(position):
        return tree.conjuncts(own[0])
    if clauses.passive(position) and trigger.rule.kind in SENT:
        # "was recalled after a threat by the authorities": who threatens does not recall.
        return _by(tree, position)
    return clauses.subject(position)


def _by(tree: Tree, position: int) -> tuple[int, ...]:
    """Who does what a passive verb tells, as the verb itself has it."""
    return tuple(
        one
        for kid in tree.kids(position, "obl", "nmod")
        if tree.case(kid) == "by"
        for one in tree.conjuncts(kid)
    )


def _through_nouns(clauses: Clauses, position: int) -> tuple[int, ...]:
    """The subject of the verb whose object holds a noun ("reached an agreement on the resumption of ...")."""
    tree = clauses.tree
    here = position
    while base(tree.tokens[here].deprel) == "nmod" and tree.tokens[here].head >= 0:
        here = tree.tokens[here].head
    above = tree.tokens[here].head
    if here == position or above < 0 or base(tree.tokens[here].deprel) != "obj":
        return ()
    return clauses.subject(above)


def _only_own(tree: Tree, theme: int, position: int) -> bool:
    """Whether a theme stands before its verb with nothing but its own phrase between."""
    if theme > position or base(tree.tokens[position].deprel) == "acl":
        return False
    between = tree.tokens[theme + 1 : position]
    return not any(
        one.upos in {"VERB", "SCONJ"} or one.deprel.startswith("nsubj") or one.text == ","
        for one in between
    )


def objects(place: Place) -> tuple[int, ...]:
    clauses, trigger = place.clauses, place.trigger
    if trigger.verbal:
        theme = () if trigger.theme is None else (trigger.theme,)
        return (*clauses.object(trigger.position), *theme)
    return tuple(
        one
        for preposition in ("of", "on", "against")
        for one in clauses.phrases(trigger.position, preposition)
    )


def parties_at(place: Place, heads: tuple[int, ...], slot: str) -> tuple[Actor, ...]:
    """The parties at these heads; where a head is none itself, the one named inside its phrase."""
    tree, around = place.tree, place.around
    if slot == "subject" and heads and is_paper(tree, heads[0]):
        return _signers(place, heads[0])
    made: list[Actor] = []
    for head in _in_a_row(place, heads):
        if slot in PLACES and tree.lemma(head) in _MISSIONS:
            # "in the Dutch embassy at Lima" is in Peru.
            made.extend(where(tree, around, head))
            continue
        if of_a_stranger(tree, around, head):
            continue
        if head not in around.named(tree) and (
            of_another(tree, head, slot) or (slot != "subject" and partial(tree, head))
        ):
            continue
        own = owner(tree, around, head) or around.at(tree, head)
        if own is None and slot != "of" and not of_another(tree, head, slot):
            named = around.named(tree)
            apart = _APART.get(slot, frozenset({"from", "by"}))
            inner = (
                one
                for one in phrase(tree, head)
                if _case_of_name(place, one) not in apart
                and not (slot == "subject" and _deep(place, one, head))
            )
            own = next((named[one] for one in inner if one in named), None)
        if own is not None:
            made.append(own)
    return tuple(made)


def _above(place: Place, at: int) -> int:
    """What the whole name that a word belongs to hangs on."""
    tree, named = place.tree, place.around.named(place.tree)
    while at in named and named.get(tree.tokens[at].head) == named[at]:
        at = tree.tokens[at].head
    return tree.tokens[at].head


def _deep(place: Place, at: int, head: int) -> bool:
    """Whether a name stands far down in a phrase ("by the issue of papers to a Peruvian consul")."""
    tree = place.tree
    above = _above(place, at)
    return above not in {head, tree.tokens[head].head} and tree.tokens[above].head != head


def _signers(place: Place, paper: int) -> tuple[Actor, ...]:
    """Who signs a paper that does something ("Peru signed a treaty with Chile recognising ..."), if the clause says it."""
    tree = place.tree
    above = tree.tokens[paper].head
    if base(tree.tokens[paper].deprel) != "obj" or above < 0:
        return ()
    return parties_at(place, place.clauses.subject(above), "of")


def _in_a_row(place: Place, heads: tuple[int, ...]) -> tuple[int, ...]:
    """The heads, and the parties that follow one in a row ("Chad, Mali and the Sudan")."""
    tree, named = place.tree, place.around.named(place.tree)
    made = list(heads)
    for head in heads:
        if head not in named:
            continue
        here, joined = head + 1, False
        while here < len(tree.tokens):
            text = tree.tokens[here].text.lower()
            if text in {",", "and", "or", "&"}:
                joined = True
            elif here in named and joined and tree.tokens[here].deprel != "nmod:poss":
                # A party with a verb of its own ("Chad sent troops and Mali sent arms") ends the row.
                if base(tree.tokens[here].deprel) == "nsubj" and head not in {
                    tree.first_conjunct(here),
                    here,
                }:
                    break
                made.append(here)
            elif here not in named and text not in {"the", "both"}:
                break
            here += 1
    return tuple(dict.fromkeys(made))
