"""The leaders of a body at its meeting: "Arab leaders" and "the leaders" in a report of an Arab League summit."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from dragoman.reading.coding import choose
from dragoman.reading.referring import is_plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dragoman.reading.mentions import Candidate
    from dragoman.reading.tree import Tree
    from dragoman.rulebook import Entry

_LEADERS = frozenset({"leader", "head", "king", "ruler", "monarch"})
_MEETINGS = frozenset({"summit", "leader"})
# What may stand before "leaders" without saying whose they are.
_PLAIN = frozenset({"the", "these", "those", "all"})


@dataclass(frozen=True)
class Summits:
    """Which international bodies' summits or leaders a report tells of, and where.

    Attributes:
        candidates: the report's noun phrases.
        trees: its sentences by number.
        day: the report's day.
    """

    candidates: Iterable[Candidate]
    trees: Mapping[int, Tree]
    day: str | None

    @cached_property
    def _told(self) -> tuple[tuple[int, int, Entry], ...]:
        """Sentence, place and body of each summit, in the order of the text."""
        made = []
        for candidate in self.candidates:
            tree = self.trees[candidate.sentence]
            for found in candidate.found:
                row = choose(found.rows, self.day)
                among_states = row and row[0].kind == "body" and not row[0].country_code
                if row and among_states and _meets(tree, candidate, found.first, found.last):
                    made.append((candidate.sentence, found.first, row[0]))
        return tuple(sorted(made, key=lambda one: one[:2]))

    def body(self, candidate: Candidate, tree: Tree) -> Entry | None:
        """The body whose leaders a phrase means: that of the region it names, or the one told of last."""
        if tree.lemma(candidate.head) not in _LEADERS or not is_plural(tree, candidate.head):
            return None
        words = {tree.tokens[at].text for at in range(candidate.first, candidate.head)}
        regions = {
            tree.span_of(found.first, found.last)
            for found in candidate.found
            if any(entry.kind == "region" for entry, _ in found.rows)
        }
        if regions:
            named = {
                entry.id: entry
                for _, _, entry in self._told
                if any(region in form for region in regions for form, _ in entry.forms)
            }
            return next(iter(named.values())) if len(named) == 1 else None
        if {word.lower() for word in words} - _PLAIN or tree.kids(
            candidate.head, "nmod", "nmod:poss"
        ):
            return None
        place = (candidate.sentence, candidate.head)
        before = [entry for sentence, at, entry in self._told if (sentence, at) < place]
        return before[-1] if before else None


def _meets(tree: Tree, candidate: Candidate, first: int, last: int) -> bool:
    """Whether a body's name hangs on a summit or on leaders, or holds the word ("NATO leaders")."""
    head = next(
        (at for at in range(first, last) if not first <= tree.tokens[at].head < last), first
    )
    above = tree.tokens[head].head
    # "Leaders of African Union member states": the body's name hangs on its states.
    near = {at for at in (candidate.head, above, tree.tokens[candidate.head].head) if at >= 0}
    return any(tree.lemma(at) in _MEETINGS for at in (*near, *range(first, last)))
