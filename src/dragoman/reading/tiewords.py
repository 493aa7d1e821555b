"""Where the tie rules apply: the words that open, change, end or describe a tie."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from dragoman.reading.tree import base

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dragoman.reading.clauses import Clauses
    from dragoman.reading.tree import Tree
    from dragoman.rulebook import Rulebook, TieRule

_IRREGULAR = {
    "be": "is are was were been being", "become": "became", "begin": "began begun",
    "break": "broke broken", "bring": "brought", "come": "came", "cut": "cut", "draw": "drew drawn",
    "fight": "fought", "find": "found", "freeze": "froze frozen", "get": "got", "give": "gave given",
    "go": "goes went gone", "grow": "grew grown", "have": "has had", "hold": "held", "keep": "kept",
    "lay": "laid", "leave": "left", "make": "made", "put": "put", "quit": "quit", "see": "saw seen",
    "send": "sent", "set": "set", "shut": "shut", "stand": "stood", "take": "took taken",
    "throw": "threw thrown", "win": "won", "withdraw": "withdrew withdrawn",
}  # fmt: skip
# Past forms that are base forms of other verbs.
_TWO_VERBS = {"found": frozenset({"found", "find"}), "felt": frozenset({"felt", "feel"})}
# Words between a verb and the noun that it is about across which the two do not belong together.
_BORDERS = frozenset(
    "; : — – when after before since although though but who which while because".split()
)
_IN_TIME = frozenset({"before", "prior to", "after", "since", "until", "during", "following"})
# Prepositions of the place in which something is done.
_THERE = frozenset({"in", "at", "near", "within", "inside"})
# What is opened or begins before that to which it leads ("opened the way for relations").
_TOWARD = frozenset("way road door path process talk negotiation possibility prospect".split())
_PARTICLES = frozenset("off up out down back home together closer open".split())
# How far a noun may stand from the verb that it belongs to where the tree does not link the two:
# most such gaps hold a name or a place ("closed its tiny and long disputed embassy").
_REACH = 18


def forms_of(word: str) -> frozenset[str]:
    """The written forms of an English base form, regular and listed ones, lower case.

    It holds forms of both classes (``cuts``, ``cutting``), and a few that do not exist: it serves
    to recognise words, never to write them.
    """
    made = {word, f"{word}s"}
    made.update(_IRREGULAR.get(word, "").split())
    if not word.isalpha():
        return frozenset(made)
    if word.endswith("e"):
        made |= {f"{word}d", f"{word[:-1]}ing"}
    elif word.endswith("y") and word[-2:-1] not in set("aeiou"):
        made |= {f"{word[:-1]}ies", f"{word[:-1]}ied", f"{word}ing"}
    else:
        made |= {f"{word}ed", f"{word}ing"}
        if word.endswith(("s", "x", "z", "ch", "sh")):
            made.add(f"{word}es")
        if len(word) < 5 or word.endswith(("mit", "fer", "pel", "bel", "gin", "vel")):
            made |= {f"{word}{word[-1]}ed", f"{word}{word[-1]}ing"}
    return frozenset(made)


@dataclass(frozen=True, slots=True)
class TieTrigger:
    """A tie rule that fits at a word.

    Attributes:
        rule: the rule.
        position: the word that carries the tie or its change.
        verbal: whether it stands as a verb.
        words: positions of all words of the trigger.
        theme: position of the noun that the rule is about ("relations"), if it asks for one.
    """

    rule: TieRule
    position: int
    verbal: bool
    words: tuple[int, ...]
    theme: int | None

    @property
    def weight(self) -> int:
        """How narrow the rule is; of two of one kind at one word the narrower speaks."""
        rule = self.rule
        return (
            rule.words.weight + 2 * bool(rule.company) + 2 * bool(rule.near) + 2 * len(self.words)
        )


class TieIndex:
    """The tie rules by the forms of their words; made once for a rulebook."""

    def __init__(self, rulebook: Rulebook) -> None:
        self.book = rulebook.ties
        self._bases: dict[str, set[str]] = defaultdict(set)
        # The same few words come again and again.
        self._known = lru_cache(maxsize=32_768)(self._bases_of)
        self._verbs: dict[str, list[tuple[tuple[str, ...], TieRule]]] = defaultdict(list)
        self._nouns: dict[str, list[tuple[tuple[str, ...], TieRule]]] = defaultdict(list)
        for rule in rulebook.ties.rules:
            for phrase in (*rule.words.verb, *rule.words.adjective):
                words = phrase.lower().split()
                self._verbs[words[0]].append((tuple(words[1:]), rule))
            for phrase in rule.words.noun:
                words = phrase.lower().split()
                self._nouns[words[-1]].append((tuple(words[:-1]), rule))
            for phrase in (
                *rule.words.verb, *rule.words.noun, *rule.words.adjective, *rule.words.about,
                *rule.words.not_about, *rule.company, *rule.without, *rule.near, *rule.not_near,
            ):  # fmt: skip
                self._learn(phrase.lower().split())
        for listed in rulebook.ties.lists.values():
            for phrase in listed:
                self._learn(phrase.lower().split())

    def _learn(self, words: Iterable[str]) -> None:
        for word in words:
            for form in forms_of(word):
                self._bases[form].add(word)

    def bases(self, tree: Tree, position: int) -> frozenset[str]:
        """The base forms that a word may have: the tagger's, and those of the rules' own words."""
        return self._known(tree.tokens[position].text.lower(), tree.lemma(position))

    def _bases_of(self, text: str, lemma: str) -> frozenset[str]:
        made = {lemma, text} | self._bases.get(text, set())
        # "found" is of "find" and of "found": there the tagger knows.
        return frozenset(made - _TWO_VERBS.get(text, frozenset()) | {lemma})

    def triggers(self, clauses: Clauses, before: Tree | None = None) -> tuple[TieTrigger, ...]:
        """The rules that fit in a sentence, the narrowest of each kind at each word.

        Args:
            clauses: the sentence.
            before: the sentence before it, whose words still count where this one begins with a
                pronoun ("She was the first envoy to Fiji. She presented her letters in May.").
        """
        tree = clauses.tree
        bases = tuple(self.bases(tree, position) for position in range(len(tree.tokens)))
        if not any(one in self._verbs or one in self._nouns for own in bases for one in own):
            return ()
        earlier: tuple[frozenset[str], ...] = ()
        if (
            before is not None
            and tree.tokens
            and tree.tokens[0].text.lower() in {"he", "she", "they"}
        ):
            earlier = tuple(self.bases(before, position) for position in range(len(before.tokens)))
        sight = _Sight(clauses, bases, earlier)
        best: dict[tuple[int, str], TieTrigger] = {}
        for trigger in self._all(sight):
            key = (trigger.position, trigger.rule.kind)
            if key not in best or _rank(trigger) > _rank(best[key]):
                best[key] = trigger
        return _without_nested(tuple(best[key] for key in sorted(best)))

    def _all(self, sight: _Sight) -> Iterator[TieTrigger]:
        for position, token in enumerate(sight.tree.tokens):
            verbal = token.upos in {"VERB", "AUX"} or (
                token.upos in {"ADJ", "NOUN"} and token.text.lower().endswith("ed")
            )
            # "the Allies" is a name.
            name = token.upos == "PROPN" and position > 0 and token.text.endswith("s")
            nominal = not name and (
                token.upos in {"NOUN", "PROPN"} or token.text.lower().endswith("ing")
            )
            for own in sorted(sight.bases[position]):
                if verbal:
                    for rest, rule in self._verbs.get(own, ()):
                        yield from _fit(sight, rule, position, rest, verbal=True)
                if nominal:
                    for rest, rule in self._nouns.get(own, ()):
                        yield from _fit(sight, rule, position, rest, verbal=False)


def _rank(trigger: TieTrigger) -> tuple[int, str]:
    return trigger.weight, trigger.rule.id


def _without_nested(triggers: tuple[TieTrigger, ...]) -> tuple[TieTrigger, ...]:
    """Without noun triggers that another trigger is about ("strengthened their close ties")."""
    themes = {one.theme for one in triggers if one.theme is not None}
    inner = {word for one in triggers for word in one.words if word != one.position}
    for one in triggers:
        if one.rule.anniversary and one.theme is not None:
            # "35 years of establishing relations" tells one beginning, not two.
            inner |= set(range(one.position + 1, one.theme + 1))
    return tuple(
        one
        for one in triggers
        if one.position not in inner and (one.verbal or one.position not in themes)
    )


@lru_cache(maxsize=1024)
def _by_last(phrases: frozenset[str]) -> dict[str, list[tuple[str, ...]]]:
    """The words of each phrase but the last, by the last."""
    made: dict[str, list[tuple[str, ...]]] = {}
    for phrase in sorted(phrases):
        words = phrase.lower().split()
        made.setdefault(words[-1], []).append(tuple(words[:-1]))
    return made


@dataclass(frozen=True, slots=True)
class _Sight:
    """A sentence with the base forms of its words."""

    clauses: Clauses
    bases: tuple[frozenset[str], ...]
    earlier: tuple[frozenset[str], ...] = ()
    found: dict[frozenset[str], tuple[int, ...]] = field(default_factory=dict)

    @property
    def tree(self) -> Tree:
        return self.clauses.tree

    def ends(self, phrases: frozenset[str]) -> tuple[int, ...]:
        """The words at which one of the phrases ends ("interests section" at "section")."""
        found = self.found.get(phrases)
        if found is None:
            by_last = _by_last(phrases)
            found = self.found[phrases] = tuple(
                position
                for position, own in enumerate(self.bases)
                if any(
                    self._stands(position, rest) for word in own for rest in by_last.get(word, ())
                )
            )
        return found

    def _stands(self, position: int, rest: tuple[str, ...]) -> bool:
        """Whether these words stand right before a place, the nearest last."""
        first = position - len(rest)
        return first >= 0 and all(
            word in self.bases[first + number] for number, word in enumerate(rest)
        )

    def verb_between(self, left: int, right: int) -> bool:
        """Whether a verb or a word that opens a clause stands between two words."""
        tokens = self.tree.tokens
        return any(
            tokens[one].upos == "VERB" or tokens[one].text.lower() in _BORDERS
            for one in range(left + 1, right)
        )


def _fit(
    sight: _Sight, rule: TieRule, position: int, rest: tuple[str, ...], *, verbal: bool
) -> Iterator[TieTrigger]:
    words = _words(sight, position, rest, verbal=verbal)
    if words is None or (rule.unfinished and not _unfinished(sight.tree, position)):
        return
    if (rule.near and not _near(sight, rule.near)) or (rule.not_near and sight.ends(rule.not_near)):
        return
    theme: int | None = None
    if rule.words.about:
        # "agreed to establish relations": the noun hangs on the last verb of the trigger.
        for host in dict.fromkeys((position, words[-1])):
            theme = _theme(sight, rule, host, words, verbal=verbal)
            if theme is not None:
                break
        else:
            return
    if rule.words.not_about and any(
        sight.bases[one] & rule.words.not_about
        for one in (*sight.clauses.object(position), *sight.tree.kids(position, "nmod"))
    ):
        return
    modifiers = _modifiers(sight, position if theme is None else theme)
    if theme is not None:
        modifiers |= _modifiers(sight, position)
    if rule.company and not modifiers & rule.company:
        return
    if (modifiers | _whose(sight, position)) & rule.without:
        return
    yield TieTrigger(rule, position, verbal, words, theme)


def _unfinished(tree: Tree, position: int) -> bool:
    """Whether a verb stands in its base form or with -ing, and so tells nothing as done."""
    text = tree.tokens[position].text.lower()
    return text == tree.lemma(position) or text.endswith("ing")


def _words(
    sight: _Sight, position: int, rest: tuple[str, ...], *, verbal: bool
) -> tuple[int, ...] | None:
    """Positions of all words of a trigger, or None where one is missing."""
    made = [position]
    if not verbal:
        for back, word in enumerate(reversed(rest), 1):
            if position - back < 0 or word not in sight.bases[position - back]:
                return None
            made.append(position - back)
        return tuple(sorted(made))
    for word in rest:
        # "break relations off": a particle may stand behind the object; other words follow at once.
        reach = 4 if word in _PARTICLES else 2
        after = range(made[-1] + 1, min(made[-1] + reach, len(sight.bases)))
        found = next((one for one in after if word in sight.bases[one]), None)
        if found is None:
            return None
        made.append(found)
    return tuple(made)


def _near(sight: _Sight, words: frozenset[str]) -> bool:
    if any(own & words for own in sight.earlier):
        return True
    return bool(sight.ends(words))


def _theme(
    sight: _Sight, rule: TieRule, position: int, words: tuple[int, ...], *, verbal: bool
) -> int | None:
    """The noun that the rule is about: linked by the tree, else the nearest in the same clause."""
    own = [one for one in sight.ends(rule.words.about) if one not in words]
    if verbal and sight.tree.lemma(position) == "become":
        # "the embassy became a consulate": what it became is not what changed.
        own = [one for one in own if one in sight.tree.kids(position, "nsubj")]
    linked = [one for one in own if _linked(sight, position, one, verbal=verbal)]
    if linked:
        return min(linked, key=lambda one: (abs(one - position), one))
    close = [one for one in own if _close(sight, position, one, verbal=verbal)]
    return min(close, key=lambda one: (abs(one - position), one)) if close else None


def _linked(sight: _Sight, position: int, noun: int, *, verbal: bool) -> bool:
    tree = sight.tree
    if any(tree.lemma(kid) in _TOWARD for kid in tree.kids(position, "obj")):
        return False
    here = noun
    for _ in range(4):
        token = tree.tokens[here]
        above, relation = token.head, base(token.deprel)
        if above == position:
            if not verbal:
                return relation in {"nmod", "compound", "amod", "acl", "nsubj"}
            if relation == "nsubj":
                return sight.clauses.passive(position) or not tree.kids(position, "obj")
            # "prior to the establishment of relations a shop opened": another act in time.
            if relation == "obl" and _only_there(tree, position, here):
                return False
            return relation in {"obj", "obl", "xcomp", "nmod"} and tree.case(here) not in _IN_TIME
        if above < 0 or tree.lemma(above) in _TOWARD:
            return False
        if above == noun or relation in {"advcl", "ccomp", "parataxis"}:
            return False
        if relation == "acl" and not tree.tokens[here].text.lower().endswith("ing"):
            return False
        if relation in {"obj", "nsubj", "obl"} and not _gerund(sight, above):
            return False
        here = above
    # "the relations that Chad severed", "relations severed in 1990"
    token = tree.tokens[position]
    return (
        verbal and base(token.deprel) == "acl" and noun in {token.head, *tree.conjuncts(token.head)}
    )


def _only_there(tree: Tree, position: int, noun: int) -> bool:
    """Whether a noun is the place where something else was done ("a section was opened in the embassy")."""
    done = tree.kids(position, "obj", "nsubj:pass")
    return tree.case(noun) in _THERE and bool(done) and noun not in done


def _gerund(sight: _Sight, position: int) -> bool:
    return sight.tree.tokens[position].text.lower().endswith("ing")


def _close(sight: _Sight, position: int, noun: int, *, verbal: bool) -> bool:
    tree = sight.tree
    if abs(noun - position) > _REACH or (verbal and _only_there(tree, position, noun)):
        return False
    left, right = sorted((position, noun))
    if verbal and noun < position and tree.kids(position, "obj", "nsubj"):
        # "told the embassy to establish relations": the verb has a party or an object of its own.
        return noun in tree.kids(position, "nsubj")
    if verbal and all(
        tree.tokens[one].upos in {"ADJ", "ADV", "AUX", "DET", "PART"}
        or tree.tokens[one].deprel == "nmod:poss"
        for one in range(left + 1, right)
    ):
        # Nothing but its own company stands between the two, whatever the tree says.
        return True
    if tree.tokens[noun].head == position or sight.verb_between(left, right):
        return False
    if any(tree.lemma(one) in _TOWARD for one in range(left + 1, right)):
        return False
    if noun > position and any(
        tree.tokens[one].text.lower() in {",", "and"} for one in range(left + 1, right)
    ):
        return False
    if verbal:
        # A noun of the list that is the object of another verb belongs to that one.
        head = tree.tokens[noun].head
        return not (
            base(tree.tokens[noun].deprel) == "obj"
            and head >= 0
            and tree.tokens[head].upos == "VERB"
        )
    return noun > position and noun - position <= 6


def _whose(sight: _Sight, position: int) -> frozenset[str]:
    """Base forms of the noun that a noun hangs on ("treaty" for "a treaty of friendship")."""
    token = sight.tree.tokens[position]
    if base(token.deprel) in {"nmod", "compound", "conj"} and token.head >= 0:
        return sight.bases[token.head]
    return frozenset()


def _modifiers(sight: _Sight, position: int) -> frozenset[str]:
    """Base forms of what stands with a word: its adjectives, adverbs and the words before it."""
    tree = sight.tree
    kids = tree.kids(position, "amod", "compound", "advmod", "nmod:desc", "det")
    made = set(kids)
    here = position - 1
    while (
        here >= 0
        and position - here <= 4
        and tree.tokens[here].upos in {"ADJ", "NOUN", "PROPN", "ADV", "DET", "VERB", "PUNCT"}
        and tree.tokens[here].text not in {",", ";", ":", "."}
    ):
        if tree.tokens[here].upos in {"ADJ", "NOUN", "PROPN", "ADV", "DET"}:
            made.add(here)
        elif tree.tokens[here].upos == "VERB":
            break
        here -= 1
    return frozenset(form for one in made for form in sight.bases[one])
