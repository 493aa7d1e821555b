"""Where the event rules apply: the words that carry an act, and the company they keep."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

from dragoman.reading.calendar import MONTH_NUMBER, WEEKDAY_NUMBER
from dragoman.reading.tree import base

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dragoman.reading.clauses import Clauses
    from dragoman.reading.tree import Tree
    from dragoman.rulebook import PredicateRule, Rulebook

# Nouns that only measure or shape what they are "of": the thing meant stands behind the "of".
_TRANSPARENT = frozenset(
    "series round number range set wave lot kind type sort group part start end beginning resumption "
    "level process possibility course state sign package amount way means normalization restoration".split()
)
_AT_A_TIME = frozenset({"on", "in", "at"})

# The themes of a word by the words of its trigger, each with its written and its base form.
_Themes: TypeAlias = "dict[tuple[int, ...], dict[int, set[str]]]"


@dataclass(frozen=True, slots=True)
class Trigger:
    """A rule that fits at a word.

    Attributes:
        rule: the rule.
        position: the word that carries the act.
        verbal: whether it stands as a verb (or predicate adjective) rather than as a noun.
        words: positions of all words of the trigger, particle included.
        complement: position of the governed clause's verb, if there is one.
        theme: position of the object noun that the rule asks for ("ties"), if any.
    """

    rule: PredicateRule
    position: int
    verbal: bool
    words: tuple[int, ...]
    complement: int | None
    theme: int | None


class RuleIndex:
    """The rules by the base form of their first word."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.verbs = _index((rule, rule.verb) for rule in rulebook.predicates)
        self.nouns = _index((rule, rule.noun) for rule in rulebook.predicates)
        self.adjectives = _index((rule, rule.adjective) for rule in rulebook.predicates)

    def mode(self, lemma: str, event: str, *, verbal: bool) -> tuple[str, ...]:
        """The mode that rules of that type give a word, whatever else they ask for; none where they differ.

        Whom one seizes is arrested, and what one seizes is seized.
        """
        table = self.verbs if verbal else self.nouns
        modes = {rule.mode for _, rule in table.get(lemma, ()) if rule.event == event} - {()}
        return modes.pop() if len(modes) == 1 else ()

    def triggers(self, clauses: Clauses) -> Iterator[Trigger]:
        """All rules that fit somewhere in a sentence, in the order of the words."""
        tree = clauses.tree
        for position, token in enumerate(tree.tokens):
            lemma = token.lemma.lower()
            if token.upos in {"VERB", "AUX"}:
                yield from self._at(clauses, position, self.verbs.get(lemma, ()), verbal=True)
                if base(token.deprel) in {"amod", "nmod", "obj", "obl"}:
                    yield from self._at(clauses, position, self.nouns.get(lemma, ()), verbal=False)
                    yield from self._at(
                        clauses, position, self.nouns.get(token.text.lower(), ()), verbal=False
                    )
            elif _event_noun(clauses, position):
                yield from self._at(clauses, position, self.nouns.get(lemma, ()), verbal=False)
                if lemma != token.text.lower():
                    yield from self._at(
                        clauses, position, self.nouns.get(token.text.lower(), ()), verbal=False
                    )
            elif token.upos == "ADJ" and tree.kids(position, "cop", "nsubj"):
                yield from self._at(clauses, position, self.adjectives.get(lemma, ()), verbal=True)

    def _at(
        self,
        clauses: Clauses,
        position: int,
        entries: tuple[tuple[tuple[str, ...], PredicateRule], ...],
        *,
        verbal: bool,
    ) -> Iterator[Trigger]:
        themes: _Themes = {}
        for rest, rule in entries:
            words = _words(clauses, position, rest, verbal=verbal)
            if words is None:
                continue
            trigger = _fits(clauses, rule, position, words, themes, verbal=verbal)
            if trigger:
                yield trigger


def _event_noun(clauses: Clauses, position: int) -> bool:
    """Whether a word may name an act: a noun, or in a headline any capitalised one.

    In running text a capitalised one is part of a name ("the Syrian Civil War").
    """
    tree = clauses.tree
    token = tree.tokens[position]
    if base(token.deprel) in {"compound", "flat"}:
        return False
    return token.upos == "NOUN" or (token.upos == "PROPN" and tree.sentence.kind == "title")


def _index(
    pairs: Iterator[tuple[PredicateRule, tuple[str, ...]]],
) -> Mapping[str, tuple[tuple[tuple[str, ...], PredicateRule], ...]]:
    made: dict[str, list[tuple[tuple[str, ...], PredicateRule]]] = {}
    for rule, phrases in pairs:
        for phrase in phrases:
            words = phrase.lower().split()
            # A noun phrase is indexed by its last word ("state visit"), a verb by its first.
            made.setdefault(words[0], []).append((tuple(words[1:]), rule))
            if phrase in rule.noun and len(words) > 1:
                made[words[0]].pop()
                made.setdefault(words[-1], []).append((tuple(words[:-1]), rule))
    return {word: tuple(found) for word, found in made.items()}


def _timed(tree: Tree, position: int) -> bool:
    """Whether a word names a day or a month."""
    lemma = tree.lemma(position)
    return lemma in WEEKDAY_NUMBER or lemma in MONTH_NUMBER or lemma in {"eve", "day", "morning"}


def _words(
    clauses: Clauses, position: int, rest: tuple[str, ...], *, verbal: bool
) -> tuple[int, ...] | None:
    """Positions of the trigger's further words, or None where one is missing."""
    tree = clauses.tree
    made = [position]
    for word in rest:
        found = None
        for kid in tree.children[position]:
            token = tree.tokens[kid]
            if word in {token.text.lower(), token.lemma.lower()} and (
                not verbal or base(token.deprel) not in {"nsubj", "conj", "aux"}
            ):
                found = kid
                break
            if verbal and base(token.deprel) in {"obl", "obj", "advcl", "xcomp"}:
                if word in _AT_A_TIME and _timed(tree, kid):
                    # "Called home its envoy on Tuesday" calls on nobody.
                    continue
                inner = [
                    k for k in tree.kids(kid, "case", "mark") if tree.tokens[k].text.lower() == word
                ]
                if inner:
                    found = inner[0]
                    break
        if found is None and not verbal and position > 0:
            before = tree.tokens[position - 1]
            found = position - 1 if before.text.lower() == word else None
        if found is None and verbal:
            found = _adjacent(clauses, made, word)
        if found is None:
            return None
        made.append(found)
    return tuple(sorted(made))


def _adjacent(clauses: Clauses, made: list[int], word: str) -> int | None:
    following = made[-1] + 1
    tree = clauses.tree
    if following < len(tree.tokens) and word in {
        tree.tokens[following].text.lower(),
        tree.tokens[following].lemma.lower(),
    }:
        return following
    return None


def _fits(
    clauses: Clauses,
    rule: PredicateRule,
    position: int,
    words: tuple[int, ...],
    known: _Themes,
    *,
    verbal: bool,
) -> Trigger | None:
    """The trigger, if the rule fits; `known` are the themes found for other rules at this word."""
    theme: int | None = None
    if rule.who and not (
        verbal and any(rule.who & _forms(clauses, one) for one in clauses.subject(position))
    ):
        return None
    if rule.about or rule.not_about:
        forms = known.get(words)
        if forms is None:
            themes = _themes(clauses, position, words, verbal=verbal)
            forms = known[words] = {one: _forms(clauses, one) for one in themes}
        if any(rule.not_about & words for words in forms.values()):
            return None
        if rule.about:
            hits = [one for one, own in forms.items() if rule.about & own]
            hits = hits or _phrase_themes(clauses, tuple(forms), rule.about)
            if not hits:
                return None
            theme = hits[0]
    complement = clauses.complement(position)
    if rule.complement:
        if complement is None or clauses.complement_kind(complement) not in rule.complement:
            return None
        if rule.then and not rule.then & _verbs(clauses, complement):
            return None
    return Trigger(rule, position, verbal, words, complement, theme)


def _forms(clauses: Clauses, position: int) -> set[str]:
    """The word as it stands and its base form: lists may name either ("goods")."""
    return {clauses.tree.lemma(position), clauses.tree.tokens[position].text.lower()}


def _verbs(clauses: Clauses, clause: int) -> set[str]:
    """The governed clause's verb and its auxiliaries, base forms."""
    tree = clauses.tree
    return {tree.lemma(clause), *(tree.lemma(kid) for kid in tree.kids(clause, "aux"))}


@lru_cache(maxsize=4096)
def _phrases(about: frozenset[str]) -> frozenset[tuple[str, ...]]:
    """The entries of a rule's list that are of several words."""
    return frozenset(tuple(phrase.split()) for phrase in about if " " in phrase)


def _phrase_themes(clauses: Clauses, themes: tuple[int, ...], about: frozenset[str]) -> list[int]:
    """Themes of two words in a rule's list ("peace agreement", "death penalty")."""
    phrases = _phrases(about)
    tree = clauses.tree
    return [
        one
        for one in themes
        for phrase in phrases
        if tree.lemma(one) == phrase[-1]
        and one >= len(phrase) - 1
        and all(
            phrase[-2 - back]
            in {tree.lemma(one - 1 - back), tree.tokens[one - 1 - back].text.lower()}
            for back in range(len(phrase) - 1)
        )
    ]


def _themes(
    clauses: Clauses, position: int, words: tuple[int, ...], *, verbal: bool
) -> tuple[int, ...]:
    """What the act is about: the object, or what a noun is "of", and what stands behind "of" there."""
    tree = clauses.tree
    made: list[int] = []
    if verbal:
        made.extend(clauses.object(position))
        made.extend(
            kid
            for kid in tree.kids(position, "obl", "xcomp", "obj", "nsubj:pass")
            if kid not in made
        )
    else:
        made.extend(tree.kids(position, "nmod", "compound", "amod"))
    for one in tuple(made):
        made.extend(tree.conjuncts(one)[1:])
        if verbal or tree.lemma(one) in _TRANSPARENT:
            made.extend(tree.kids(one, "nmod"))
        made.extend(kid for kid in tree.kids(one, "compound"))
    made = [one for one in made if one not in words or one == position]
    return tuple(dict.fromkeys(made))
