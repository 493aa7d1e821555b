"""Whose rebels, crowds and critics these are: those of the one state that the sentence tells to rule over them.

"Sudan's government signed a truce with rebel groups" and "Venezuela freed 12 activists" tell it; "China thanked
protesters" and "Ghana's envoy met rebels" do not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.reading.tree import base

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.entries import Actor
    from dragoman.reading.catalogued import Found
    from dragoman.reading.mentions import Candidate
    from dragoman.reading.tree import Tree

Belonged = tuple[str | None, str]
# Who faces the state that rules over them, whatever is told between the two.
_OPPOSED = frozenset({"OPP", "REB", "LAB"})
# Who does so where the state uses its power on them.
_RULED = frozenset({"OPP", "REB", "SOC", "JRN", "PTY", "LEG", "LAB", "EDU"})
# Civilians whom only a state that rules over them can free or pardon.
_HELD = frozenset("prisoner inmate detainee convict".split())
_POWER = frozenset(
    """free release arrest detain jail imprison sentence convict acquit pardon execute torture charge try
    prosecute ban evict disperse round repress suppress silence persecute harass beat intimidate censor gag amnesty
    let outlaw""".split()
)
_NOUNS_OF_POWER = frozenset(
    "release arrest detention jailing imprisonment pardon crackdown amnesty repression persecution".split()
)
_RULING = frozenset(
    """government authority authorities regime junta president king queen emir sultan monarch parliament police
    court cabinet state premier minister prime army military ruler security troop soldier paratrooper commando
    navy warplane gunship""".split()
)
# What a state does for the rebels and critics of another.
_HELPING = frozenset(
    """support back arm fund finance train supply host shelter recognize recognise equip sponsor help assist
    harbor harbour aid praise urge recruit deploy""".split()
)
# Whose work is among the people of their own land.
_POLICING = frozenset(
    """police policeman policewoman gendarme gendarmerie court judge prosecutor magistrate tribunal jailer
    warder""".split()
)
# Whom they deal with there.
POLICED = frozenset({"CVL", "OPP", "LAB", "AGR", "EDU", "REL", "MED", "SOC", "JRN", "UNK"})
_ARRESTS = frozenset("arrest detain jail imprison sentence convict indict".split())
# States whose police work among another people, too.
_OCCUPYING = frozenset({"ISR"})
_AGAINST_ANOTHER = frozenset({"embassy", "consulate", "ambassador", "mission", "envoy", "visit"})
# States whose forces and governments deal with the rebels of many others.
ABROAD = frozenset("USA RUS FRA GBR ISR TUR SAU ARE IRN CHN DEU RWA UGA ETH KEN TCD".split())


def facing(
    tree: Tree,
    candidate: Candidate,
    sector: str | None,
    named: list[tuple[Candidate, Found, str]],
) -> Belonged:
    """The country whose people a party of no told country is; none where that is not plain.

    Args:
        tree: the sentence.
        candidate: the party.
        sector: its sector.
        named: the states that the sentence names, each with its phrase, its words, and its code.
    """
    if not named:
        return None, ""
    policed = _policed(tree, candidate, named) if sector in POLICED else (None, "")
    held = sector == "CVL" and tree.lemma(candidate.head) in _HELD
    taken = sector == "CVL" and _taken(tree, candidate.head)
    if policed[0] or (sector not in _RULED and not held and not taken):
        return policed
    if any(_AGAINST_ANOTHER & _words(tree, one.first, one.last) for one, _, _ in named):
        return None, ""
    told = {
        code: f"“{tree.span_of(found.first, found.last)}”, in whose power they are told to be"
        for one, found, code in named
        if _uses_power(tree, one.head, candidate.head)
    }
    if not told and len({code for _, _, code in named}) == 1 and sector in _OPPOSED:
        told = {
            code: f"“{tree.span_of(found.first, found.last)}”, whose rule they face"
            for one, found, code in named
            if code not in ABROAD
            and _rules(tree, one, found)
            and _meet(tree, one.head, candidate.head)
        }
    if len(told) != 1 or (taken and told.keys() <= ABROAD):
        return None, ""
    return next(iter(told.items()))


def _taken(tree: Tree, position: int) -> bool:
    """Whether somebody arrests or tries them ("Indian officials arrested a man"): that is done at home."""
    token = tree.tokens[position]
    return (
        token.head >= 0
        and token.deprel in {"obj", "nsubj:pass"}
        and tree.lemma(token.head) in _ARRESTS
    )


def policing(
    tree: Tree, candidate: Candidate, others: Iterable[tuple[Candidate, tuple[Actor, ...]]]
) -> Belonged:
    """The state whose police, named without it, act on a party: "the security forces arrested 2,400 people"."""
    told = {
        actor.country_code: f"“{actor.span.text}”, who act on them"
        for one, actors in others
        for actor in actors
        if actor.sector_code in {"COP", "JUD"}
        and actor.country_code
        and actor.country_code not in _OCCUPYING
        and _acts_on(tree, one.head, candidate.head)
    }
    return next(iter(told.items())) if len(told) == 1 else (None, "")


def _policed(
    tree: Tree, candidate: Candidate, named: list[tuple[Candidate, Found, str]]
) -> Belonged:
    """The state whose police or courts act on a party: "Chadian police beat women"."""
    told = {
        code: f"“{tree.span_of(found.first, found.last)}”, whose {tree.lemma(head)} acts on them"
        for _, found, code in named
        for head in _up(tree, found.last - 1)
        if tree.lemma(head) in _POLICING
        and code not in _OCCUPYING
        and _acts_on(tree, head, candidate.head)
    }
    return next(iter(told.items())) if len(told) == 1 else (None, "")


def _acts_on(tree: Tree, subject: int, other: int) -> bool:
    """Whether one does, as subject or behind "by", what is told at a word in whose other places the other stands."""
    word = tree.tokens[tree.first_conjunct(subject)].head
    verbal = word >= 0 and tree.tokens[word].upos in {"VERB", "AUX"}
    if word < 0 or not (verbal or tree.case(subject) == "by"):
        return False
    path = _path(tree, other)
    for one in (word, *tree.kids(word, "conj", "xcomp")):
        if one in path[1:] and subject not in path:
            below = path[path.index(one) - 1]
            return base(tree.tokens[below].deprel) in {"obj", "iobj", "obl", "nsubj", "nmod"}
    return False


def _words(tree: Tree, first: int, last: int) -> set[str]:
    return {tree.lemma(at) for at in range(first, last)}


def _rules(tree: Tree, one: Candidate, found: Found) -> bool:
    """Whether the phrase names who rules the state, and not the state alone ("Sudan's government")."""
    above = tree.tokens[one.head].head
    words = _words(tree, found.last, one.last)
    if base(tree.tokens[one.head].deprel) in {"nmod", "compound", "amod"} and above >= 0:
        words = words | {tree.lemma(above)}
    return bool(words & _RULING)


def _meet(tree: Tree, ruler: int, other: int) -> bool:
    """Whether both stand under one verb that tells of no help."""
    above = set(tree.ancestors(ruler))
    for verb in tree.ancestors(other):
        if tree.tokens[verb].upos in {"VERB", "AUX", "NOUN"} and verb in above:
            between = {tree.lemma(at) for at in tree.ancestors(other) if at not in above}
            return not (_HELPING & (between | {tree.lemma(verb)}))
    return False


def _uses_power(tree: Tree, ruler: int, other: int) -> bool:
    """Whether the one frees, arrests or bans the other."""
    subject = _up(tree, ruler)
    for verb in tree.ancestors(other):
        if tree.lemma(verb) not in _POWER | _NOUNS_OF_POWER:
            continue
        if base(tree.tokens[verb].deprel) in {"acl", "relcl"}:
            return False
        acting = (*tree.kids(verb, "nsubj"), *tree.kids(verb, "obl", "nmod", "nmod:poss"))
        above = tree.tokens[verb].head
        if tree.tokens[verb].upos == "NOUN" and above >= 0:
            # "Announced an amnesty for prisoners": by who announced it.
            acting = (*acting, *tree.kids(above, "nsubj"))
        if subject & set(acting) and not subject & set(_path(tree, other)):
            return True
    return False


def _up(tree: Tree, position: int) -> set[int]:
    """A word and the nouns that it belongs to ("Sudan" of "Sudan's courts")."""
    made = {position}
    here = position
    while base(tree.tokens[here].deprel) in {"nmod", "compound", "amod", "flat"}:
        here = tree.tokens[here].head
        if here < 0 or here in made:
            break
        made.add(here)
    return made


def _path(tree: Tree, position: int) -> tuple[int, ...]:
    return (position, *tree.ancestors(position))
