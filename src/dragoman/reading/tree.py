"""A tagged sentence as a tree of words, with the questions that reading asks of it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from dragoman.spans import Span, cut

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.entries import Report, Sentence
    from dragoman.language.tags import Tags, Token

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "SYM", "X"})
# Relations that belong to the name or noun itself, not to a party of their own beside it.
CORE = frozenset(
    {
        "compound", "flat", "amod", "det", "det:predet", "nummod", "nmod:poss", "nmod:desc", "goeswith",
        "fixed", "case", "nmod:unmarked",
    }
)  # fmt: skip


@lru_cache(maxsize=1024)
def base(relation: str) -> str:
    """The relation without its subtype: ``nsubj:pass`` gives ``nsubj``."""
    return relation.split(":", 1)[0]


@dataclass(frozen=True)
class Tree:
    """One sentence of a report with its tags; token positions count from 0."""

    sentence: Sentence
    tags: Tags

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        return self.tags.tokens

    @cached_property
    def _relations(self) -> tuple[tuple[str, str], ...]:
        """Each position's relation, with and without its subtype."""
        return tuple((token.deprel, base(token.deprel)) for token in self.tokens)

    @cached_property
    def _ends(self) -> list[int]:
        return [token.end for token in self.tokens]

    @cached_property
    def _cases(self) -> dict[int, str]:
        return {}

    @cached_property
    def _lemmas(self) -> tuple[str, ...]:
        return tuple(token.lemma.lower() for token in self.tokens)

    @property
    def offset(self) -> int:
        """What is added to an offset in the sentence to get one in the report."""
        return self.sentence.span.start

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """The positions that hang on each position."""
        made: list[list[int]] = [[] for _ in self.tokens]
        for position, token in enumerate(self.tokens):
            if 0 <= token.head < len(self.tokens) and token.head != position:
                made[token.head].append(position)
        return tuple(map(tuple, made))

    def kids(self, position: int, *relations: str) -> tuple[int, ...]:
        """The children of `position` in one of these relations (with or without subtype)."""
        children = self.children[position]
        if not children:
            return ()
        of = self._relations
        # A list is made in one step of the interpreter, a generator in one step a child.
        return tuple(
            [kid for kid in children if of[kid][0] in relations or of[kid][1] in relations]
        )

    def kid(self, position: int, *relations: str) -> int | None:
        """The first such child."""
        found = self.kids(position, *relations)
        return found[0] if found else None

    def case(self, position: int) -> str:
        """The preposition of a phrase ("with", "according to"), lower case; empty if none."""
        held = self._cases.get(position)
        if held is not None:
            return held
        made = []
        # The preposition of "in Costa Rica" may hang on either word of the name.
        hosts = (position, *(kid for kid in self.kids(position, "flat") if kid == position + 1))
        for kid in [kid for host in hosts for kid in self.kids(host, "case")]:
            words = [kid, *self.kids(kid, "fixed")]
            text = " ".join(self.tokens[word].text.lower() for word in sorted(words))
            if text not in {"'s", "’s", "'", "’"}:
                made.append(text)
        found = self._cases[position] = made[-1] if made else ""
        return found

    def lemma(self, position: int) -> str:
        """Base form, lower case."""
        return self._lemmas[position]

    def subtree(self, position: int) -> tuple[int, ...]:
        """All positions under `position`, itself included, sorted."""
        made: list[int] = []
        stack = [position]
        seen = set()
        while stack:
            here = stack.pop()
            if here in seen:
                continue
            seen.add(here)
            made.append(here)
            stack.extend(self.children[here])
        return tuple(sorted(made))

    def ancestors(self, position: int) -> Iterator[int]:
        """The heads above `position`, nearest first."""
        seen = {position}
        here = self.tokens[position].head
        while 0 <= here < len(self.tokens) and here not in seen:
            yield here
            seen.add(here)
            here = self.tokens[here].head

    def conjuncts(self, position: int) -> tuple[int, ...]:
        """The position and what is coordinated with it ("A, B and C": all three from the first)."""
        made = [position]
        for kid in self.kids(position, "conj"):
            made.extend(self.conjuncts(kid) if kid > position else ())
        return tuple(made)

    def first_conjunct(self, position: int) -> int:
        """The first of a coordination that `position` is part of."""
        here = position
        for above in self.ancestors(position):
            if self.tokens[here].deprel != "conj":
                break
            here = above
        return here

    def core(self, position: int) -> tuple[int, int]:
        """First and last (exclusive) position of the noun phrase proper around a nominal head.

        Titles, adjectives, possessors and parts of names belong to it; prepositional phrases,
        relative clauses and coordinated parties do not.
        """
        taken = {position}
        stack = [position]
        while stack:
            here = stack.pop()
            for kid in self.children[here]:
                relation = self.tokens[kid].deprel
                if relation not in CORE or kid in taken:
                    continue
                if relation == "case" and self.tokens[here].deprel != "nmod:poss":
                    continue
                taken.add(kid)
                stack.append(kid)
        first = last = position
        while first - 1 in taken:
            first -= 1
        while last + 1 in taken or (
            last + 2 in taken and self.tokens[last + 1].text in {"-", "‑", "–", '"', "“", "”"}
        ):
            last += 1
        while first - 2 in taken and self.tokens[first - 1].text in {"-", "‑", "–"}:
            first -= 2
            while first - 1 in taken:
                first -= 1
        return first, last + 1

    def span(self, report: Report, first: int, last: int) -> Span:
        """The report's words from position `first` to before `last`."""
        return cut(
            report.text,
            self.offset + self.tokens[first].start,
            self.offset + self.tokens[last - 1].end,
        )

    def span_of(self, first: int, last: int) -> str:
        """The sentence's words from position `first` to before `last`."""
        return self.tags.text[self.tokens[first].start : self.tokens[last - 1].end]

    def position_at(self, offset: int) -> int | None:
        """The token that holds the character `offset` of the sentence."""
        position = bisect_right(self._ends, offset)
        if position < len(self.tokens) and self.tokens[position].start <= offset:
            return position
        return None

    def within(self, start: int, end: int) -> tuple[int, ...]:
        """Tokens that lie in the characters `start` to `end` of the sentence, at least in part."""
        position = bisect_right(self._ends, start)
        made = []
        while position < len(self.tokens) and self.tokens[position].start < end:
            made.append(position)
            position += 1
        return tuple(made)

    def head_of(self, positions: tuple[int, ...]) -> int | None:
        """The position among `positions` whose head lies outside them."""
        inside = set(positions)
        for position in positions:
            if self.tokens[position].head not in inside:
                return position
        return positions[-1] if positions else None


@dataclass(frozen=True)
class Page:
    """A report's sentences with their trees: what the reading steps work on."""

    report: Report
    trees: tuple[Tree, ...]
