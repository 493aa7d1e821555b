"""Two parties spoken of together: "the two leaders", "both countries", "their ministers"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entries import Actor
from dragoman.reading.coding import moved
from dragoman.reading.following import REACH
from dragoman.reading.referring import is_plural

if TYPE_CHECKING:
    from dragoman.reading.following import Memory
    from dragoman.reading.mentions import Candidate
    from dragoman.reading.tree import Tree
    from dragoman.spans import Span

_PAIR_NOUNS = frozenset(
    "country side leader nation state party neighbor neighbour government minister president "
    "capital official delegation rival power ally diplomat counterpart".split()
)
_LANDS = frozenset("country nation state neighbor neighbour capital".split())
_PAIR_WORDS = frozenset({"two", "both"})
_NUMBERS = {"three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}


class Pairing:
    """Follows a pair back to the two parties that a report named together last.

    Args:
        memory: who has been spoken of so far.
    """

    def __init__(self, memory: Memory) -> None:
        self.memory = memory

    def pair(self, candidate: Candidate, tree: Tree, span: Span) -> tuple[Actor, ...]:
        """ "the two leaders", "both countries": the two parties named together last."""
        if tree.lemma(candidate.head) not in _PAIR_NOUNS:
            return ()
        words = {
            tree.tokens[position].text.lower()
            for position in range(candidate.first, candidate.head)
        }
        number = next((_NUMBERS[word] for word in words if word in _NUMBERS), 0)
        if number and "the" in words and tree.lemma(candidate.head) in _LANDS:
            return self._listed(candidate, span, number)
        possessor = tree.kid(candidate.head, "nmod:poss")
        plural = is_plural(tree, candidate.head)
        theirs = possessor is not None and tree.tokens[possessor].text.lower() == "their"
        plain = plural and tree.lemma(candidate.head) in {"leader", "side"} and "the" in words
        if not words & _PAIR_WORDS and not (plural and theirs) and not plain:
            return ()
        if any(found.first < candidate.head for found in candidate.found):
            return ()
        # "The leaders" are two people who were named, not one and a state that he spoke of.
        people = plain and tree.lemma(candidate.head) == "leader"
        return self._last_two(
            candidate, span, "the two parties named together before", people=people
        )

    def _listed(self, candidate: Candidate, span: Span, number: int) -> tuple[Actor, ...]:
        """ "The three countries" are those of the last list of three."""
        lists: dict[tuple[int, int], dict[str, Actor]] = {}
        for sentence, head, actor, _ in self.memory.states:
            here = candidate.sentence - REACH, 0
            if not here <= (sentence, head) < (candidate.sentence, candidate.head):
                continue
            first = self.memory.trees[sentence].first_conjunct(head)
            if actor.country_code:
                lists.setdefault((sentence, first), {}).setdefault(actor.country_code, actor)
        fitting = [told for _, told in sorted(lists.items()) if len(told) == number]
        if not fitting:
            return ()
        why = f"the {number} states listed before"
        return tuple(moved(self._land(actor), span, why) for actor in fitting[-1].values())

    def named_together(self, candidate: Candidate) -> bool:
        """Whether persons of two countries were named in one of the sentences just before."""
        lands: dict[int, set[str]] = {}
        for sentence, head, actor, _ in self.memory.persons:
            near = candidate.sentence - REACH <= sentence <= candidate.sentence
            if (
                near
                and (sentence, head) < (candidate.sentence, candidate.head)
                and actor.country_code
            ):
                lands.setdefault(sentence, set()).add(actor.country_code)
        return any(len(told) > 1 for told in lands.values())

    def _last_two(
        self, candidate: Candidate, span: Span, why: str, *, people: bool = False
    ) -> tuple[Actor, ...]:
        for back in range(REACH + 1):
            seen: dict[str, Actor] = {}
            named = self.memory.persons if people else self.memory.persons + self.memory.states
            for sentence, _, actor, _ in sorted(named, key=lambda one: one[:2]):
                if candidate.sentence - back <= sentence and actor.country_code:
                    if sentence > candidate.sentence:
                        continue
                    seen.setdefault(actor.country_code, actor)
            if len(seen) == 2:
                lands = self._tree_of(candidate).lemma(candidate.head) in _LANDS
                return tuple(
                    moved(self._land(actor) if lands else actor, span, why)
                    for actor in seen.values()
                )
            if len(seen) > 2:
                return ()
        return ()

    def _land(self, actor: Actor) -> Actor:
        """The state of a party: "both countries" after a king and a refugee are their countries."""
        entry = self.memory.catalogue.entries.get(f"state:{actor.country_code}")
        if entry is None or not actor.sector_code:
            return actor
        return Actor(
            span=actor.span,
            name=entry.name,
            entity_code=entry.entity_code,
            country_code=entry.country_code,
            catalogue_id=entry.id,
            why=actor.why,
        )

    def _tree_of(self, candidate: Candidate) -> Tree:
        return self.memory.trees[candidate.sentence]
