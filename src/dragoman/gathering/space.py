"""Reports as vectors: how alike two are, which are the nearest to each, and vectors sharpened by them.

A short report shares few words with another of the same happening, since each tells its own part.
So each report's vector is taken together with those of its nearest neighbours (local query
expansion: Attar and Fraenkel 1977, "Local feedback in full-text retrieval systems"): two reports are
alike where their neighbourhoods are. Everything here depends on a report's neighbourhood alone, never
on the whole collection.
"""

from __future__ import annotations

import math
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from dragoman.gathering.blocks import KeyTable, candidate_pairs, key_table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from dragoman.gathering.cards import Card

    Numbers = NDArray[np.int32]
    Floats = NDArray[np.float64]
    Mask = NDArray[np.bool_]

# The figures below were chosen on both development sets of stories together with the sample reports
# (benchmarks/stories.py).
# Days apart that do not count against two reports: news travels, and outlets date by their zone.
GRACE = 2
# By how many days more the part of likeness that depends on days falls to 1/e, and what is left then.
FADE, FAR = 2.0, 0.6
# The same over weeks: how much is lost, and by how many days it falls to 1/e.
WEEKS_LOST, WEEKS = 0.25, 40.0
# Over seven years the likeness halves once more. Sites that store their pages anew give them false
# dates, so a year or two alone must not part two reports that tell the same.
LONG = 2500.0
# Where a report has no date, the words must carry it: as if the two were a few days apart.
UNDATED = 0.8
# How many neighbours sharpen a report, how alike they must be, and how much they weigh. A neighbour
# counts only where the report is among that one's nearest too: a report that stands alone must not
# be drawn into the story that happens to be the least unlike it.
NEIGHBOURS = 2
MUTUAL = 20
NEAR = 0.15
RELATIVE = 0.2  # of the neighbour's likeness to its own nearest
SHARE = 3.0
# A text of which so much stands in another is its copy, if it was printed within days and shares
# the weighty terms: a text rewritten for another happening has other names and places.
COPY = 0.6
COPY_DAYS = 14
COPY_LIKENESS = 0.3
# Pairs whose likeness is computed at a time: about 50 MB.
_CHUNK = 100_000


class Space:
    """All cards, in the order of their ids, as rows of a sparse matrix.

    Args:
        cards: sorted by id.
        known: where they are not all cards, sorted keys and the sizes of their blocks among all.
    """

    def __init__(
        self, cards: Sequence[Card], known: tuple[NDArray[np.uint64], Numbers] | None = None
    ) -> None:
        self.cards = cards
        self._known = known
        self.days = np.array([math.nan if c.day is None else float(c.day) for c in cards])
        self._edges: tuple[Numbers, Numbers, Floats] | None = None
        self._sharpened: csr_array | None = None

    @cached_property
    def keys(self) -> KeyTable:
        """The keys of all cards."""
        return key_table(self.cards, self._known)

    @cached_property
    def matrix(self) -> csr_array:
        """One row of unit length a card, one column a term."""
        from scipy.sparse import csr_array

        lengths = np.cumsum([0, *(len(card.terms) for card in self.cards)])
        if not lengths[-1]:
            return csr_array((len(self.cards), 1))
        terms = np.concatenate([card.terms for card in self.cards])
        columns, column = np.unique(terms, return_inverse=True)
        weights = np.concatenate([card.weights for card in self.cards]).astype(np.float64)
        return csr_array((weights, column, lengths), shape=(len(self.cards), len(columns)))

    def edges(self, mask: Mask | None = None) -> tuple[Numbers, Numbers, Floats]:
        """Pairs that share a block and are at least :data:`NEAR` alike, with their likeness.

        Args:
            mask: only pairs with an end among these cards; all if None.
        """
        if mask is None:
            if self._edges is None:
                self._edges = self._near(*candidate_pairs(self.keys))
            return self._edges
        hit = np.unique(self.keys.keys[mask[self.keys.owners]])
        around = mask.copy()
        around[self.keys.owners[np.isin(self.keys.keys, hit)]] = True
        left, right = candidate_pairs(self.keys, around)
        wanted = mask[left] | mask[right]
        return self._near(left[wanted], right[wanted])

    def _near(self, left: Numbers, right: Numbers) -> tuple[Numbers, Numbers, Floats]:
        likeness = paired(self.matrix, left, right) * self.closeness(left, right)
        near = likeness >= NEAR
        return left[near], right[near], likeness[near]

    def closeness(self, left: Numbers, right: Numbers) -> Floats:
        """What the dates leave of the likeness of each pair, 0 to 1."""
        apart = np.abs(self.days[left] - self.days[right])
        days = FAR + (1 - FAR) * np.exp(-np.maximum(0.0, apart - GRACE) / FADE)
        weeks = 1 - WEEKS_LOST + WEEKS_LOST * np.exp(-apart / WEEKS)
        return np.where(np.isnan(apart), UNDATED, days * weeks * 0.5 ** (apart / LONG))

    def is_copy(self, one: int, other: int, likeness: float) -> bool:
        """Whether one of two reports reprints the other."""
        a, b = self.cards[one], self.cards[other]
        near = a.day is None or b.day is None or abs(a.day - b.day) <= COPY_DAYS
        return near and likeness >= COPY_LIKENESS and a.containment(b) >= COPY

    def sharpened(self, mask: Mask | None = None) -> csr_array:
        """The matrix with each row of `mask` taken together with its neighbours' rows, unit length.

        Rows outside `mask` are left as they are.
        """
        if mask is None:
            if self._sharpened is None:
                self._sharpened = self.taken_together(*self.neighbours(None))
            return self._sharpened
        return self.taken_together(*self.neighbours(mask))

    def taken_together(self, rows: Numbers, columns: Numbers, values: Floats) -> csr_array:
        """The matrix with some rows taken together with others, each by its likeness; unit length."""
        from scipy.sparse import csr_array, diags_array

        size = len(self.cards)
        near = csr_array((values, (rows, columns)), shape=(size, size))
        made = self.matrix + SHARE * (near @ self.matrix)
        norms = np.sqrt(np.asarray(made.multiply(made).sum(axis=1)).ravel())
        return csr_array(diags_array(1.0 / np.maximum(norms, 1e-12)) @ made)

    def neighbours(self, mask: Mask | None = None) -> tuple[Numbers, Numbers, Floats]:
        """For each card of `mask` its nearest: (card, neighbour, likeness)."""
        ranked = self._ranked(self.around(mask))
        taken = [
            (card, other, alike)
            for card, near in ranked.items()
            if mask is None or mask[card]
            for other, alike in mutual(card, near, ranked, self._one_text)
        ]
        columns = list(zip(*taken, strict=True)) or [(), (), ()]
        return (
            np.array(columns[0], dtype=np.int32),
            np.array(columns[1], dtype=np.int32),
            np.array(columns[2], dtype=np.float64),
        )

    def around(self, mask: Mask | None) -> Mask | None:
        """`mask` with the cards that are near one of it."""
        if mask is None:
            return None
        left, right, _ = self.edges(mask)
        made = mask.copy()
        made[left] = made[right] = True
        return made

    def _ranked(self, mask: Mask | None) -> dict[int, list[tuple[int, float]]]:
        """For each card of `mask` the cards near it, the nearest first."""
        left, right, likeness = self.edges(mask)
        card = np.concatenate((left, right))
        other = np.concatenate((right, left))
        value = np.round(np.concatenate((likeness, likeness)), 9)
        if mask is not None:
            own = mask[card]
            card, other, value = card[own], other[own], value[own]
        order = np.lexsort((other, -value, card))
        ranked: dict[int, list[tuple[int, float]]] = {}
        rows = zip(card[order].tolist(), other[order].tolist(), value[order].tolist(), strict=True)
        for one, two, alike in rows:
            near = ranked.setdefault(one, [])
            if len(near) < MUTUAL:
                near.append((two, alike))
        return ranked

    def _one_text(self, one: int, other: int) -> bool:
        return self.is_copy(one, other, 1.0)


def mutual(
    card: int,
    near: Sequence[tuple[int, float]],
    ranked: Mapping[int, Sequence[tuple[int, float]]],
    one_text: Callable[[int, int], bool],
) -> list[tuple[int, float]]:
    """The first neighbours that are near both ways, no two of them, nor the card, one text.

    Args:
        card: whose neighbours.
        near: the :data:`MUTUAL` cards nearest to it with their likeness, the nearest first.
        ranked: the same of each of those.
        one_text: whether one card's text is a copy of another's.
    """
    made: list[tuple[int, float]] = []
    for other, alike in near:
        if len(made) == NEIGHBOURS:
            break
        theirs = ranked.get(other, ())
        if all(back != card for back, _ in theirs) or alike < RELATIVE * theirs[0][1]:
            continue
        if not any(one_text(other, known) for known in (card, *(k for k, _ in made))):
            made.append((other, alike))
    return made


def paired(matrix: csr_array, left: Numbers, right: Numbers) -> Floats:
    """The dot product of each pair of rows."""
    made = np.zeros(len(left))
    for start in range(0, len(left), _CHUNK):
        some = slice(start, start + _CHUNK)
        made[some] = matrix[left[some]].multiply(matrix[right[some]]).sum(axis=1)
    return made
