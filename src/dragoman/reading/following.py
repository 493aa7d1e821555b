"""Following pronouns and descriptions back to the parties that a report has named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.reading.coding import moved
from dragoman.reading.tree import base

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.entries import Actor
    from dragoman.reading.mentions import Candidate
    from dragoman.reading.tree import Page, Tree
    from dragoman.spans import Span

# How many sentences back a pronoun or "the king" is followed.
_REACH = 4
_NATIONAL = frozenset(
    "country kingdom republic nation state emirate sultanate monarchy government authorities regime".split()
)
_PAIR_NOUNS = frozenset(
    "country side leader nation state party neighbor neighbour government minister president "
    "capital official delegation rival power ally diplomat counterpart".split()
)
_PAIR_WORDS = frozenset({"two", "both"})
STATE_NOUNS = frozenset(
    "country kingdom republic nation state emirate sultanate monarchy government authorities "
    "authority regime army military ministry parliament police court navy".split()
)


class Memory:
    """Who has been spoken of so far in a report, and whether as a subject.

    Args:
        page: the report.
        candidates: its noun phrases by sentence and head position.
        countries: the countries that it names.
        actors_of: codes a candidate (each once).
    """

    def __init__(
        self,
        page: Page,
        candidates: dict[tuple[int, int], Candidate],
        countries: frozenset[str],
        actors_of: Callable[[Candidate], tuple[Actor, ...]],
    ) -> None:
        self.page = page
        self.trees = {tree.sentence.index: tree for tree in page.trees}
        self.candidates = candidates
        self.countries = countries
        self.actors_of = actors_of
        self.persons: list[tuple[int, int, Actor, bool]] = []
        self.states: list[tuple[int, int, Actor, bool]] = []

    def note(self, candidate: Candidate, actors: tuple[Actor, ...]) -> None:
        """Remembers who was spoken of, and whether as a subject."""
        if candidate.kind == "adjective":
            return
        tree = self.trees[candidate.sentence]
        token = tree.tokens[candidate.head]
        subject = base(token.deprel) == "nsubj" or (
            token.deprel == "conj"
            and base(tree.tokens[tree.first_conjunct(candidate.head)].deprel) == "nsubj"
        )
        for actor in actors:
            if len(actors) > 1 and candidate.kind == "description":
                continue
            is_person = bool(candidate.name) or (
                candidate.kind == "pronoun" and candidate.pronoun in {"he", "she"}
            )
            is_person = is_person or (bool(candidate.offices) and actor.name is not None)
            memory = self.persons if is_person else self.states
            if is_person or actor.entity_code:
                memory.append((candidate.sentence, candidate.head, actor, subject))

    def bridged(self, candidate: Candidate, noun: str) -> tuple[str | None, str]:
        """The state spoken of just before, for "the government", "the kingdom", "police"."""
        if noun not in STATE_NOUNS and not (candidate.role and candidate.role.sector == "GOV"):
            return None, ""
        here = candidate.sentence
        # "The government" may be that of the sentence before; the police or a court rarely is.
        reach = 1 if noun in _NATIONAL else 0
        near = [one for one in self.states if here - one[0] <= reach]
        if not near and len(self.countries) == 1:
            return next(iter(self.countries)), "the only country that the report names"
        inside = [one for one in near if one[0] == here]
        for _, _, actor, _ in reversed(inside or near):
            if actor.country_code:
                return actor.country_code, f"“{actor.span.text}”, named just before"
        return None, ""

    def pair(self, candidate: Candidate, tree: Tree, span: Span) -> tuple[Actor, ...]:
        """ "the two leaders", "both countries": the two parties named together last."""
        if tree.lemma(candidate.head) not in _PAIR_NOUNS:
            return ()
        words = {
            tree.tokens[position].text.lower()
            for position in range(candidate.first, candidate.head)
        }
        possessor = tree.kid(candidate.head, "nmod:poss")
        plural = tree.tokens[candidate.head].text.lower() != tree.lemma(candidate.head)
        theirs = possessor is not None and tree.tokens[possessor].text.lower() in {"their", "our"}
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

    def _last_two(
        self, candidate: Candidate, span: Span, why: str, *, people: bool = False
    ) -> tuple[Actor, ...]:
        for back in range(_REACH + 1):
            seen: dict[str, Actor] = {}
            named = self.persons if people else self.persons + self.states
            for sentence, _, actor, _ in sorted(named, key=lambda one: one[:2]):
                if candidate.sentence - back <= sentence and actor.country_code:
                    if sentence > candidate.sentence:
                        continue
                    seen.setdefault(actor.country_code, actor)
            if len(seen) == 2:
                return tuple(moved(actor, span, why) for actor in seen.values())
            if len(seen) > 2:
                return ()
        return ()

    def pronoun(self, candidate: Candidate, span: Span) -> tuple[Actor, ...]:
        """Whom a pronoun stands for; none where it cannot be told."""
        if candidate.pronoun == "who":
            return self._relative(candidate, span)
        if candidate.pronoun in {"he", "she"}:
            found = self._nearest(self.persons, candidate)
            return (self._back(found, span),) if found else ()
        if candidate.pronoun == "it":
            found = self._nearest(self.states, candidate, possessive_inside=True)
            return (self._back(found, span),) if found else ()
        if candidate.pronoun == "they":
            return self._they(candidate, span)
        return ()

    def _back(self, found: Actor, span: Span) -> Actor:
        """The party behind a pronoun: its own words where they stand in the same sentence."""
        tree = next(
            tree
            for tree in self.page.trees
            if tree.sentence.span.start <= span.start < tree.sentence.span.end
        )
        if tree.sentence.span.holds(found.span):
            return moved(found, found.span, f"“{span.text}” stands for it")
        return moved(found, span, f"followed back to {found.name or found.span.text}")

    def _relative(self, candidate: Candidate, span: Span) -> tuple[Actor, ...]:
        """ "the king, who arrived on Monday": the noun that the relative clause hangs on."""
        tree = self.trees[candidate.sentence]
        for above in tree.ancestors(candidate.head):
            if tree.tokens[above].deprel == "acl:relcl":
                noun = self.candidates.get((candidate.sentence, tree.tokens[above].head))
                if noun and noun is not candidate:
                    return tuple(self._back(actor, span) for actor in self.actors_of(noun))
        return ()

    def _nearest(
        self,
        memory: list[tuple[int, int, Actor, bool]],
        candidate: Candidate,
        *,
        possessive_inside: bool = False,
    ) -> Actor | None:
        """The party a pronoun most likely stands for: subjects before others, the same sentence first."""
        tree = self.trees[candidate.sentence]
        same = [one for one in memory if one[0] == candidate.sentence and one[1] < candidate.head]
        subject_here = base(tree.tokens[candidate.head].deprel) == "nsubj"
        if same:
            subjects = [one for one in same if one[3]]
            # A subject pronoun of the main clause seldom stands for something inside the same clause.
            pool = subjects or ([] if subject_here and not possessive_inside else same)
            if pool:
                return pool[0][2] if subjects else pool[-1][2]
        for back in range(1, _REACH + 1):
            before = [one for one in memory if one[0] == candidate.sentence - back]
            subjects = [one for one in before if one[3]]
            if subjects:
                return subjects[0][2]
            if before:
                return before[0][2] if back == 1 else before[-1][2]
        return same[-1][2] if same else None

    def _they(self, candidate: Candidate, span: Span) -> tuple[Actor, ...]:
        """A coordination of parties before, else a plural party that was a subject."""
        for sentence in range(candidate.sentence, candidate.sentence - 3, -1):
            tree = self.trees.get(sentence)
            if tree is None:
                continue
            for position, token in enumerate(tree.tokens):
                if sentence == candidate.sentence and position >= candidate.head:
                    break
                if base(token.deprel) != "nsubj":
                    continue
                group = tree.conjuncts(position)
                actors = [
                    actor
                    for one in group
                    if (sentence, one) in self.candidates
                    for actor in self.actors_of(self.candidates[sentence, one])
                ]
                plural = token.text.lower() != tree.lemma(position)
                if actors and (len(group) > 1 or len(actors) > 1 or plural):
                    return tuple(
                        moved(actor, span, f"followed back to “{actor.span.text}”")
                        for actor in actors
                    )
        return ()
