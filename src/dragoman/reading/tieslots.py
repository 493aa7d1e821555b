"""The places around a trigger where the parties of a tie stand (docs/tie-rules.md), by the tree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.reading.surroundings import member_of
from dragoman.reading.tree import base
from dragoman.rulebook.ontology import BODIES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
# Heads of phrases that name who helped, not with whom something was done: "with the help of China".
_HELP = frozenset("help aid support assistance mediation backing blessing consent".split())
_PLACES = frozenset({"in", "at"})
_MISSIONS = frozenset({"embassy", "legation", "mission", "consulate"})
# Prepositions of names inside a phrase that are not its party: "the ambassador to Qatar" is not Qatar.
_APART = {
    "subject": frozenset({"from", "by", "to", "in", "at", "with"}),
    "with": frozenset({"from", "by", "in", "at"}),
}
# Heads of phrases that stand for the state that "of" names.
BODIES_OF = frozenset("government people kingdom republic state president king queen court".split())
# Heads of phrases that name somebody by his relation to another, or another's house.
_OTHERS = frozenset(
    "ally allies partner enemy enemies friend rival counterpart embassy legation citizen".split()
)
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
            if token.head >= 0 and _of_another(tree, token.head, slot):
                return ()
            return parties_at(place, (at,), slot)
        if token.upos in {"VERB", "ADP", "SCONJ", "PUNCT"} or token.text.lower() in _HELP:
            return ()
    return ()


def _has_case(place: Place, at: int) -> bool:
    """Whether a name stands behind a preposition ("a treaty with the Kingdom of Hawaii recognising ...")."""
    tree, named = place.tree, place.around.named(place.tree)
    while tree.tokens[at].head in named:
        at = tree.tokens[at].head
    return bool(tree.case(at))


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
            for kid in phrase(tree, host)
            if kid != host and tree.case(kid) not in {"from", "by"}
        ]
    elif slot == "subject":
        found = list(subject(place))
    elif slot == "object":
        found = list(objects(place))
    elif slot == "indirect":
        found = list(clauses.indirect(trigger.position))
    elif trigger.verbal and (own := _own_phrases(tree, trigger.position, slot)):
        # "the ambassador to Chad was accredited to Mali": the verb's own word means more.
        found = own
    else:
        found = [
            *clauses.phrases(trigger.position, slot),
            *(
                one
                for host in dict.fromkeys((*hosts, *trigger.words))
                for kid in tree.kids(host, "nmod", "obl")
                if tree.case(kid).split(" ")[-1] == slot
                for one in tree.conjuncts(kid)
            ),
        ]
    found = [one for one in found if tree.lemma(one) not in _HELP]
    left_out = set(trigger.words) | (set() if slot == "object" else {trigger.theme})
    return tuple(dict.fromkeys(one for one in found if one not in left_out))


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
        return tuple(
            one
            for kid in tree.kids(position, "obl", "nmod")
            if tree.case(kid) == "by"
            for one in tree.conjuncts(kid)
        )
    own = [
        kid
        for kid in tree.kids(position, "nsubj")
        if tree.tokens[kid].deprel != "nsubj:pass"
        and not any(tree.tokens[one].upos == "VERB" for one in range(kid, position))
    ]
    if own and not clauses.passive(position):
        return tree.conjuncts(own[0])
    return clauses.subject(position)


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
    made: list[Actor] = []
    for head in _in_a_row(place, heads):
        if slot in _PLACES and tree.lemma(head) in _MISSIONS:
            # "in the Dutch embassy at Lima" is in Peru.
            made.extend(_where(tree, around, head))
            continue
        own = _owner(tree, around, head) or around.at(tree, head)
        if own is None and slot != "of" and not _of_another(tree, head, slot):
            named = around.named(tree)
            apart = _APART.get(slot, frozenset({"from", "by"}))
            inner = (one for one in phrase(tree, head) if tree.case(one) not in apart)
            own = next((named[one] for one in inner if one in named), None)
        if own is not None:
            made.append(own)
    return tuple(made)


def _where(tree: Tree, around: Surroundings, head: int) -> Iterator[Actor]:
    """The party in whose city a mission stands."""
    named = around.named(tree)
    for one in phrase(tree, head):
        if one != head and one in named and tree.case(one) in _PLACES:
            yield named[one]


def _owner(tree: Tree, around: Surroundings, head: int) -> Actor | None:
    """Whose government, people or kingdom a phrase means ("the Government of Peru in exile")."""
    if tree.lemma(head).lower() not in BODIES_OF or head in around.named(tree):
        return None
    named = around.named(tree)
    return next(
        (named[kid] for kid in tree.kids(head, "nmod") if tree.case(kid) == "of" and kid in named),
        None,
    )


def _of_another(tree: Tree, head: int, slot: str) -> bool:
    """Whether a phrase names a party other than the one inside it ("with American allies")."""
    return slot not in {"object", "inside", "subject"} and tree.lemma(head) in _OTHERS


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


def phrase(tree: Tree, head: int) -> tuple[int, ...]:
    """The positions of a phrase without the clauses and coordinated phrases in it."""
    made = [head]
    for kid in tree.children[head]:
        relation = base(tree.tokens[kid].deprel)
        if relation in {"nmod", "compound", "amod", "flat", "appos"}:
            made.extend(phrase(tree, kid))
    return tuple(sorted(made))
