"""Between whom a tie stands: the parties of its clause, and what its surroundings fill in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.reading.surroundings import keys_of, member_of
from dragoman.reading.tree import base
from dragoman.rulebook.ontology import BODIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.entries import Actor
    from dragoman.reading.clauses import Clauses
    from dragoman.reading.surroundings import Surroundings
    from dragoman.reading.tiewords import TieTrigger
    from dragoman.reading.tree import Tree

# Words that open a part of the sentence that tells of something else.
_ELSEWHERE = frozenset(
    "when after before since following where although while but upon ; who which with".split()
)
# Kinds whose members are states (or the European Union), no other bodies.
_BETWEEN_STATES = frozenset(
    {
        "diplomatic relations", "recognition", "embassy", "ambassador", "consular relations",
        "interests section",
    }
)  # fmt: skip
# Heads of phrases that name who helped, not with whom something was done: "with the help of China".
_HELP = frozenset("help aid support assistance mediation backing blessing consent".split())
# Heads of phrases that name somebody by his relation to another, or another's house.
_OTHERS = frozenset(
    "ally allies partner enemy enemies friend rival counterpart embassy legation citizen".split()
)
_BECOMING = frozenset("become be act serve remain".split())
_MODIFIERS = frozenset({"amod", "compound", "nmod:poss", "nmod:desc", "nmod"})
IN_CLAUSE = "told in the clause"


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
class _Place:
    """A trigger in its sentence and report, and whether its kind gives the members an order."""

    clauses: Clauses
    trigger: TieTrigger
    around: Surroundings
    directed: bool

    @property
    def tree(self) -> Tree:
        return self.clauses.tree


def find_members(
    clauses: Clauses, trigger: TieTrigger, around: Surroundings, *, directed: bool
) -> tuple[Members, ...]:
    """The members of each tie that a trigger tells; none where they cannot be known."""
    rule = trigger.rule
    place = _Place(clauses, trigger, around, directed)
    _, first = _slots(place, rule.words.actor, frozenset())
    if rule.kind == "mediation":
        return _mediated(place, first)
    slot, second = _slots(place, rule.words.recipient, keys_of(first))
    pairs = [
        (one, two)
        for one, two in _pairs(place, first, second, slot)
        if _can_be(rule.kind, one, two)
    ]
    if pairs:
        return tuple(Members(one, (two,), IN_CLAUSE) for one, two in pairs)
    if not rule.fill or (first and second):
        return ()
    known = first or second
    made = [_filled(place, known[:1], first_known=bool(first))]
    if not first:
        # "relations were opened with Chile and Peru": the one left out has them with each.
        made += [_filled(place, (one,), first_known=False) for one in known[1:]]
    return tuple(one for one in made if one)


def _can_be(kind: str, first: Actor, second: Actor) -> bool:
    """Whether parties of their sorts can have a tie of that kind."""
    if kind == "membership":
        return [one.entity_code in BODIES for one in (first, second)] == [False, True]
    if kind in _BETWEEN_STATES:
        return not any(one.entity_code in BODIES - {"EUR"} for one in (first, second))
    return True


def _pairs(
    place: _Place, first: tuple[Actor, ...], second: tuple[Actor, ...], slot: str
) -> list[tuple[Actor, Actor]]:
    """Each of the one side with each of the other; a side alone makes pairs where it is "X and Y"."""
    if first and second:
        return [(one, two) for one in first for two in second]
    both: tuple[Actor, ...] = ()
    if not place.directed:
        both = first
    if slot in {"between", "among"}:
        both = both or second
    return [(one, two) for number, one in enumerate(both) for two in both[number + 1 :]]


# -- what the clause leaves out ------------------------------------------------------------------


def _filled(place: _Place, known: tuple[Actor, ...], *, first_known: bool) -> Members | None:
    tree, around = place.tree, place.around
    sentence = tree.sentence.index
    speaker = around.speaker(tree, place.trigger.position)
    near, far = _in_sentence(place)
    made = list(known)
    why: list[str] = []
    last = _last_of(known, around, sentence)
    rest = tuple(actor for actor, _ in far)
    # Two parties named elsewhere in the sentence mean more than the pair told before; one alone less.
    both = rest if len(keys_of((*known, *(actor for actor, _ in near), *rest))) >= 2 else ()
    for name, offered in (
        ("who says it", (speaker,) if speaker and member_of(speaker) else ()),
        ("the clause", tuple(actor for actor, _ in near)),
        ("the sentence", () if known else both),
        ("the pair told before", last),
        ("the sentence", rest),
        ("the pair told before", around.last(sentence)),
        ("what the report is about", around.about()),
    ):
        for actor in offered:
            if len(made) < 2 and member_of(actor) not in keys_of(made):
                made.append(actor)
                why.append(f"“{actor.span.text}” from {name}")
    if len(made) < 2:
        return None
    if known and not first_known:
        made.reverse()
    elif not known and place.directed:
        # The sender stands before the noun ("the American embassy"), the host behind "in" or "to".
        holders = {member_of(actor) for actor, holds in (*near, *far) if holds}
        holders = holders or {around.giver(made)}
        made.sort(key=lambda one: member_of(one) not in holders)
    if not _can_be(place.trigger.rule.kind, made[0], made[1]):
        return None
    return Members(made[0], (made[1],), "; ".join(why))


def _last_of(known: tuple[Actor, ...], around: Surroundings, sentence: int) -> tuple[Actor, ...]:
    """The pair told before, if what is known, or one that the report is about, is of it."""
    last = around.last(sentence)
    if known:
        return last if keys_of(known) <= keys_of(last) else ()
    return last if keys_of(last) & set(around.focus[:2]) else ()


def _in_sentence(
    place: _Place,
) -> tuple[list[tuple[Actor, bool]], list[tuple[Actor, bool]]]:
    """The parties named in the trigger's own part of the sentence, and those in other parts.

    Each with whether it stands as holder before a noun; those first that the report is about. In
    other parts only what the report is about counts.
    """
    tree, position = place.tree, place.trigger.position
    order = {name: number for number, name in enumerate(place.around.focus)}
    best: dict[str, tuple[bool, int, int, Actor, bool]] = {}
    for at, actor in place.around.named(tree).items():
        member = member_of(actor)
        if member is None:
            continue
        left, right = sorted((at, position))
        away = any(tree.tokens[one].text.lower() in _ELSEWHERE for one in range(left + 1, right))
        weight = min(order.get(member, 3), 3)
        if away and weight > 2:
            continue
        holds = tree.tokens[at].deprel in _MODIFIERS and not tree.case(at)
        row = (away, min(weight, 2), abs(at - position), actor, holds)
        if member not in best or row[:3] < best[member][:3]:
            best[member] = row
    ranked = [row for _, row in sorted(best.items(), key=lambda item: (*item[1][:3], item[0]))]
    near = [(row[3], row[4]) for row in ranked if not row[0]]
    return near, [(row[3], row[4]) for row in ranked if row[0]]


def _mediated(place: _Place, first: tuple[Actor, ...]) -> tuple[Members, ...]:
    if not first:
        return ()
    own = keys_of(first[:1])
    _, sides = _slots(place, place.trigger.rule.third, own)
    if len(sides) < 2 and place.trigger.rule.fill:
        near, far = _in_sentence(place)
        found: dict[str, Actor] = {}
        for actor in (
            *sides,
            *(one for one, _ in (*near, *far)),
            *place.around.last(place.tree.sentence.index),
        ):
            member = member_of(actor)
            if member and member not in own:
                found.setdefault(member, actor)
        sides = tuple(found.values())[:2]
    if len(sides) != 2:
        return ()
    return (Members(first[0], sides, "told with the sides between which it stands"),)


# -- the clause's own places ---------------------------------------------------------------------


def _slots(
    place: _Place, slots: tuple[str, ...], taken: frozenset[str]
) -> tuple[str, tuple[Actor, ...]]:
    """The first slot that holds a party not taken yet, and its parties, each once."""
    for slot in slots:
        if slot == "speaker":
            speaker = place.around.speaker(place.tree, place.trigger.position)
            actors: Iterable[Actor] = (speaker,) if speaker else ()
        else:
            actors = (*_at(place, _heads(place, slot), slot), *_beside(place, slot))
        found: dict[str, Actor] = {}
        for actor in actors:
            member = member_of(actor)
            if member and member not in taken:
                found.setdefault(member, actor)
        if found:
            return slot, tuple(found.values())
    return "", ()


def _beside(place: _Place, slot: str) -> tuple[Actor, ...]:
    """The party right behind the preposition or the verb, or before it, where the tree links none."""
    tree, trigger = place.tree, place.trigger
    start = trigger.position if trigger.theme is None else trigger.theme
    size = len(tree.tokens)
    if _at(place, _heads(place, slot), slot):
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
        if found is None:
            return ()
        places = range(found + 1, min(found + 6, size))
    else:
        return ()
    for at in places:
        token = tree.tokens[at]
        if place.around.at(tree, at):
            return _at(place, (at,), slot)
        if token.upos in {"VERB", "ADP", "SCONJ", "PUNCT"} or token.text.lower() in _HELP:
            return ()
    return ()


def _heads(place: _Place, slot: str) -> tuple[int, ...]:
    """The heads of the phrases in a slot (docs/rules.md), by the tree."""
    clauses, tree, trigger = place.clauses, place.tree, place.trigger
    hosts = [trigger.position] if trigger.theme is None else [trigger.theme]
    if not trigger.verbal:
        hosts.append(trigger.position)
    if slot == "holder":
        return tuple(
            kid
            for host in dict.fromkeys(hosts)
            for kid in tree.kids(host, "nmod:poss", "amod", "compound", "nmod:desc", "flat")
        )
    if slot == "inside":
        found = [
            kid
            for host in (*hosts, *_objects(place))
            for kid in _phrase(tree, host)
            if kid != host and tree.case(kid) not in {"from", "by"}
        ]
    elif slot == "subject":
        found = list(_subject(place))
    elif slot == "object":
        found = list(_objects(place))
    elif slot == "indirect":
        found = list(clauses.indirect(trigger.position))
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


def _subject(place: _Place) -> tuple[int, ...]:
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
        return clauses.noun_subject(position)
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


def _only_own(tree: Tree, theme: int, position: int) -> bool:
    """Whether a theme stands before its verb with nothing but its own phrase between."""
    if theme > position or base(tree.tokens[position].deprel) == "acl":
        return False
    between = tree.tokens[theme + 1 : position]
    return not any(
        one.upos in {"VERB", "SCONJ"} or one.deprel.startswith("nsubj") or one.text == ","
        for one in between
    )


def _objects(place: _Place) -> tuple[int, ...]:
    clauses, trigger = place.clauses, place.trigger
    if trigger.verbal:
        theme = () if trigger.theme is None else (trigger.theme,)
        return (*clauses.object(trigger.position), *theme)
    return tuple(
        one
        for preposition in ("of", "on", "against")
        for one in clauses.phrases(trigger.position, preposition)
    )


def _at(place: _Place, heads: tuple[int, ...], slot: str) -> tuple[Actor, ...]:
    """The parties at these heads; where a head is none itself, the one named inside its phrase."""
    tree, around = place.tree, place.around
    made: list[Actor] = []
    for head in _in_a_row(place, heads):
        own = around.at(tree, head)
        if own is None and slot != "of" and not _of_another(tree, head, slot):
            named = around.named(tree)
            own = next((named[one] for one in _phrase(tree, head) if one in named), None)
        if own is not None:
            made.append(own)
    return tuple(made)


def _of_another(tree: Tree, head: int, slot: str) -> bool:
    """Whether a phrase names a party other than the one inside it ("with American allies")."""
    return slot not in {"object", "inside", "subject"} and tree.lemma(head) in _OTHERS


def _in_a_row(place: _Place, heads: tuple[int, ...]) -> tuple[int, ...]:
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


def _phrase(tree: Tree, head: int) -> tuple[int, ...]:
    """The positions of a phrase without the clauses and coordinated phrases in it."""
    made = [head]
    for kid in tree.children[head]:
        relation = base(tree.tokens[kid].deprel)
        if relation in {"nmod", "compound", "amod", "flat", "appos"}:
            made.extend(_phrase(tree, kid))
    return tuple(sorted(made))
