"""Stories after a few reports have come or changed, from their neighbourhood alone.

What grouping all cards from scratch gives, without all cards at hand: whoever keeps them is asked for
those that share a block with the cards that are touched, and so on as far as the touch reaches.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from dragoman.gathering.blocks import caps, key_terms, keys_among, keys_of
from dragoman.gathering.space import Space
from dragoman.gathering.stories import grouped, links, story_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from dragoman.entries import Story
    from dragoman.gathering.cards import Card

    Keys = NDArray[np.uint64]
    Numbers = NDArray[np.int64]


class CardShelf(Protocol):
    """Who keeps the cards of all reports as they are now, each under a number."""

    def posted(self, terms: Sequence[int]) -> tuple[Keys, Numbers, Numbers]:
        """Which cards have which of these among their key terms: (term, number, day or -1)."""

    def cards(self, numbers: Iterable[int]) -> Mapping[int, Card]:
        """Cards by number."""

    def numbers(self, report_ids: Iterable[str]) -> Mapping[str, int]:
        """The numbers of reports that have a card."""

    def stories_of(self, report_ids: Iterable[str]) -> Sequence[Story]:
        """The stories, as they were before, that hold one of these reports."""


@dataclass(frozen=True, slots=True)
class StoryChange:
    """Stories before and after, among those that the new cards touch."""

    before: tuple[Story, ...]
    after: tuple[Story, ...]


class _Neighbourhood:
    """The cards met so far; a card is whole once all that are near it are here.

    Attributes:
        known: the cards by number.
        whole: the numbers of the whole ones.
        order: the numbers in the order of the space's rows.
    """

    def __init__(self, shelf: CardShelf) -> None:
        self.shelf = shelf
        self.known: dict[int, Card] = {}
        self.whole: set[int] = set()
        self.order: list[int] = []
        self._met: dict[int, Card] = {}
        self._sizes: dict[int, int] = {}
        self._space: Space | None = None

    def add(self, numbers: Iterable[int]) -> None:
        """Makes cards known by their numbers."""
        lacking = sorted(set(numbers) - self.known.keys())
        if lacking:
            self.known.update(self._cards(lacking))
            self._space = None

    def _cards(self, numbers: Collection[int]) -> dict[int, Card]:
        lacking = sorted(set(numbers) - self._met.keys())
        if lacking:
            self._met.update(self.shelf.cards(lacking))
        return {number: self._met[number] for number in numbers}

    def complete(self, numbers: Iterable[int]) -> None:
        """Makes known all cards that are near these, and the sizes of the blocks of these."""
        lacking = sorted(set(numbers) - self.whole)
        if not lacking:
            return
        self.add(lacking)
        keys, owners, sizes = self.blocks([self.known[number] for number in lacking])
        self._sizes.update(zip(keys.tolist(), sizes.tolist(), strict=True))
        self._space = None
        self.whole.update(lacking)
        # Of those that share a block only the near ones matter.
        mates = self._cards(np.unique(owners).tolist())
        order = sorted({*mates, *lacking}, key=lambda number: self._met[number].id)
        space = Space([self._met[number] for number in order], (keys, sizes))
        left, right, _ = space.edges(np.isin(np.array(order), np.array(lacking)))
        self.add(order[row] for row in np.unique(np.concatenate((left, right))).tolist())

    def blocks(
        self, cards: Iterable[Card], least: Mapping[int, int] | None = None
    ) -> tuple[Keys, Numbers, NDArray[np.int32]]:
        """All keys of some cards with the sizes of their blocks, and who is in blocks under the cap.

        Args:
            cards: whose keys.
            least: sizes of blocks at another time: a block that was under the cap then counts too.
        """
        cards = list(cards)
        wanted = np.unique(np.concatenate([keys_of(card) for card in cards]))
        terms = np.unique(np.concatenate([key_terms(card) for card in cards]))
        keys, owners = keys_among(*self.shelf.posted(terms.tolist()), wanted)
        sizes = (np.searchsorted(keys, wanted, "right") - np.searchsorted(keys, wanted)).astype(
            np.int32
        )
        smallest = sizes
        if least is not None:
            other = [least.get(key, size) for key, size in zip(wanted.tolist(), sizes.tolist(), strict=True)]  # fmt: skip
            smallest = np.minimum(sizes, np.array(other, dtype=np.int32))
        open_ = wanted[smallest <= caps(wanted)]
        return wanted, owners[np.isin(keys, open_)], sizes

    def space(self) -> Space:
        """The known cards as a space, with the true sizes of the blocks of the whole ones."""
        if self._space is None:
            self.order = sorted(self.known, key=lambda number: self.known[number].id)
            known = np.array(sorted(self._sizes), dtype=np.uint64)
            sizes = np.array([self._sizes[key] for key in known.tolist()], dtype=np.int32)
            self._space = Space([self.known[number] for number in self.order], (known, sizes))
        return self._space

    def mask(self, numbers: Collection[int]) -> NDArray[np.bool_]:
        """Which rows of the space some cards are."""
        self.space()
        return np.isin(np.array(self.order), np.array(sorted(numbers)))

    def near(self, numbers: Collection[int]) -> set[int]:
        """Some cards and all that are near them."""
        self.complete(numbers)
        left, right, _ = self.space().edges(self.mask(numbers))
        ends = np.unique(np.concatenate((left, right))).tolist()
        return set(numbers) | {self.order[row] for row in ends}

    def linked(self, numbers: Collection[int]) -> set[int]:
        """Some cards and all that may share a story with them; their surroundings become whole."""
        self.complete(self.near(self.near(numbers)))
        left, right, _ = links(self.space(), self.mask(numbers))
        ends = np.unique(np.concatenate((left, right))).tolist()
        return set(numbers) | {self.order[row] for row in ends}


def regroup(shelf: CardShelf, fresh: Collection[int], removed: Sequence[Card]) -> StoryChange:
    """The stories that new and changed cards touch, before and after.

    Args:
        shelf: the cards as they are now.
        fresh: the numbers of the new ones, and of those that changed.
        removed: the cards that those which changed had before.
    """
    here = _Neighbourhood(shelf)
    # Whose own list of near cards may be another, then whom those lists count as near both ways.
    touched = here.near(_seeds(here, fresh, removed) | _near_before(here, fresh, removed))
    touched = here.near(touched)
    ids = {card.id for card in removed}
    while True:
        before = len(touched)
        ids |= {here.known[number].id for number in touched}
        stories = shelf.stories_of(sorted(ids))
        members = {id_ for story in stories for id_ in story.report_ids}
        touched |= set(shelf.numbers(sorted(members)).values())
        here.add(touched)
        touched = here.linked(touched)
        if len(touched) == before:
            break
    space = here.space()
    groups, copies = grouped(space, here.mask(touched))
    by_id = {card.id: card for card in space.cards}
    original = dict(copies)
    after = [
        story_of([by_id[id_] for id_ in group], original) for group in groups if len(group) > 1
    ]
    return StoryChange(
        tuple(sorted(stories, key=lambda story: story.id)),
        tuple(sorted(after, key=lambda story: story.id)),
    )


def _counts(cards: Iterable[Card]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for card in cards:
        for key in keys_of(card).tolist():
            counts[key] = counts.get(key, 0) + 1
    return counts


def _crossed(here: _Neighbourhood, fresh: Collection[int], removed: Sequence[Card]) -> set[int]:
    """The keys whose blocks came over their cap, or under it."""
    here.add(fresh)
    new = [here.known[number] for number in fresh]
    came, went = _counts(new), _counts(removed)
    keys, _, sizes = here.blocks([*new, *removed])
    most = caps(keys).tolist()
    return {
        key
        for key, size, cap in zip(keys.tolist(), sizes.tolist(), most, strict=True)
        if (size > cap) != (size - came.get(key, 0) + went.get(key, 0) > cap)
    }


def _seeds(here: _Neighbourhood, fresh: Collection[int], removed: Sequence[Card]) -> set[int]:
    """The new cards, and those whose block was compared before and is no more, or the other way round."""
    crossed = _crossed(here, fresh, removed)
    if not crossed:
        return set(fresh)
    cards = [*(here.known[number] for number in fresh), *removed]
    keys = np.array(sorted(crossed), dtype=np.uint64)
    terms = np.unique(np.concatenate([key_terms(card) for card in cards]))
    _, owners = keys_among(*here.shelf.posted(terms.tolist()), keys)
    return set(fresh) | set(np.unique(owners).tolist())


def _near_before(here: _Neighbourhood, fresh: Collection[int], removed: Sequence[Card]) -> set[int]:
    """The cards of today that shared a block with one that is gone."""
    if not removed:
        return set()
    came, went = _counts(here.known[number] for number in fresh), _counts(removed)
    keys, _, sizes = here.blocks(removed)
    then = {
        key: size - came.get(key, 0) + went.get(key, 0)
        for key, size in zip(keys.tolist(), sizes.tolist(), strict=True)
    }
    _, owners, _ = here.blocks(removed, then)
    return set(np.unique(owners).tolist())
