"""Which reports are compared at all: those that share two of their weightiest terms.

Comparing every report with every other grows with the square of their number. Here a report gets a
key for each pair of its weightiest terms, and one for each such pair within a window of days; only
reports in one key's block are compared, and a block with more than :data:`LARGEST` reports is left
to the narrower keys. The work then grows with the number of reports times the cap, plus sorting.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dragoman.gathering.cards import Card

# Terms of a report that make keys. With 12, 98 % of the pairs of reports of one story in the
# development sets meet in a block (benchmarks/stories.py prints it).
KEY_TERMS = 16
# Reports in the largest block that is compared pair by pair.
LARGEST = 150
# The same for a key that no day narrows: over years the same words come together again and again.
LARGEST_EVER = 30
# Days in a window; windows overlap by half, so that reports two days apart always share one.
WINDOW = 4


@dataclass(frozen=True, slots=True, eq=False)
class KeyTable:
    """All keys of all cards.

    Attributes:
        keys: sorted, uint64.
        owners: the card of each key, int32; cards are counted in the order of their ids.
        sizes: the size of each key's block, int32.
    """

    keys: NDArray[np.uint64]
    owners: NDArray[np.int32]
    sizes: NDArray[np.int32]


def key_table(cards: Sequence[Card]) -> KeyTable:
    """The keys of `cards`."""
    made = [_keys(card) for card in cards]
    lengths = [len(keys) for keys in made]
    keys = np.concatenate(made) if made else np.zeros(0, dtype=np.uint64)
    owners = np.repeat(np.arange(len(made), dtype=np.int32), lengths)
    order = np.lexsort((owners, keys))
    keys, owners = keys[order], owners[order]
    first = (
        np.concatenate(([True], keys[1:] != keys[:-1])) if len(keys) else np.zeros(0, dtype=bool)
    )
    starts = np.flatnonzero(first)
    counts = np.diff(np.append(starts, len(keys))).astype(np.int32)
    return KeyTable(keys, owners, np.repeat(counts, counts))


def _keys(card: Card) -> NDArray[np.uint64]:
    heaviest = np.lexsort((card.terms, -card.weights))[:KEY_TERMS]
    terms = np.sort(card.terms[heaviest]).astype(np.uint64)
    left, right = np.triu_indices(len(terms), 1)
    pairs = _mix(terms[left] << np.uint64(32) | terms[right], 0)
    # The last bit of a key says whether days narrow it.
    ever = pairs & ~np.uint64(1)
    if card.day is None:
        return np.unique(ever)
    half = WINDOW // 2
    windows = (card.day // half, card.day // half + 1)
    narrowed = [_mix(pairs, window) | np.uint64(1) for window in windows]
    return np.unique(np.concatenate([ever, *narrowed]))


def caps(keys: NDArray[np.uint64]) -> NDArray[np.int32]:
    """How many cards the block of each key may have to be compared."""
    narrowed = (keys & np.uint64(1)).astype(bool)
    return np.where(narrowed, LARGEST, LARGEST_EVER).astype(np.int32)


def _mix(keys: NDArray[np.uint64], salt: int) -> NDArray[np.uint64]:
    """Spreads keys over 64 bits (the finaliser of splitmix64, Steele et al. 2014)."""
    made = keys + np.uint64((salt * 0x9E3779B97F4A7C15) % 2**64)
    made = (made ^ (made >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    made = (made ^ (made >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return made ^ (made >> np.uint64(31))


def candidate_pairs(
    table: KeyTable, among: NDArray[np.bool_] | None = None
) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The pairs of cards that share a block that is not too large (:func:`caps`), each pair once.

    Args:
        table: the keys of all cards.
        among: which cards to pair; all if None. The blocks' sizes are those among all cards.
    """
    keep = (table.sizes > 1) & (table.sizes <= caps(table.keys))
    if among is not None:
        keep &= among[table.owners]
    keys, owners = table.keys[keep], table.owners[keep].astype(np.int64)
    total = int(owners.max()) + 1 if len(owners) else 1
    found: list[NDArray[np.int64]] = []
    # All pairs at distance 1 in the sorted table, then at distance 2, ...: as many rounds as the
    # largest block has cards, each over the rows that still have a neighbour so far on.
    rows = np.arange(len(keys))
    distance = 1
    while len(rows):
        rows = rows[rows + distance < len(keys)]
        rows = rows[keys[rows] == keys[rows + distance]]
        found.append(np.unique(owners[rows] * total + owners[rows + distance]))
        distance += 1
        if len(found) > 16:
            found = [np.unique(np.concatenate(found))]
    pairs = np.unique(np.concatenate(found)) if found else np.zeros(0, dtype=np.int64)
    return (pairs // total).astype(np.int32), (pairs % total).astype(np.int32)
