"""What lies around the cards of reports, who keeps it, and how it changes when cards come and go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from dragoman.entries import Story
    from dragoman.gathering.cards import Card

    Keys: TypeAlias = NDArray[np.uint64]
    Numbers: TypeAlias = NDArray[np.int64]

# What is around each card: other cards with their likeness.
Around: TypeAlias = "dict[int, dict[int, float]]"
Pair: TypeAlias = tuple[int, int]


class CardShelf(Protocol):
    """Who keeps the cards of all reports as they are now, each under a number.

    What lies around them it keeps as it was before.
    """

    def posted(self, terms: Sequence[int]) -> tuple[Keys, Numbers, Numbers]:
        """Which cards have which of these among their key terms: (term, number, day or -1)."""

    def cards(self, numbers: Iterable[int]) -> Mapping[int, Card]:
        """Cards by number."""

    def edges(self, numbers: Iterable[int]) -> Around:
        """The cards near each of these, with their likeness."""

    def neighbours(self, numbers: Iterable[int]) -> Around:
        """The cards that sharpen each of these."""

    def linked(self, numbers: Iterable[int]) -> Around:
        """The cards that may share a story with each of these."""

    def stories_of(self, report_ids: Iterable[str]) -> Sequence[Story]:
        """The stories, as they were before, that hold one of these reports."""


@dataclass(frozen=True, slots=True)
class StoryChange:
    """Stories before and after, among those that new cards touch, and what lies around these now.

    Attributes:
        before, after: stories.
        edges: pairs of cards with their likeness; None where it is no more.
        neighbours: for each card whose neighbours are others now.
        links: as `edges`.
    """

    before: tuple[Story, ...] = ()
    after: tuple[Story, ...] = ()
    edges: tuple[tuple[Pair, float | None], ...] = ()
    neighbours: tuple[tuple[int, tuple[tuple[int, float], ...]], ...] = ()
    links: tuple[tuple[Pair, float | None], ...] = ()
