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


def key_table(
    cards: Sequence[Card], known: tuple[NDArray[np.uint64], NDArray[np.int32]] | None = None
) -> KeyTable:
    """The keys of `cards`.

    Args:
        cards: in the order of their ids.
        known: sorted keys and the true sizes of their blocks, where `cards` are not all cards.
    """
    made = [keys_of(card) for card in cards]
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
    sizes = np.repeat(counts, counts)
    if known is not None and len(known[0]):
        at = np.minimum(np.searchsorted(known[0], keys), len(known[0]) - 1)
        sizes = np.where(known[0][at] == keys, known[1][at], sizes).astype(np.int32)
    return KeyTable(keys, owners, sizes)


def key_terms(card: Card) -> NDArray[np.uint64]:
    """The weightiest terms of a card, whose pairs are its keys; sorted."""
    heaviest = np.lexsort((card.terms, -card.weights))[:KEY_TERMS]
    return np.sort(card.terms[heaviest]).astype(np.uint64)


def keys_of(card: Card) -> NDArray[np.uint64]:
    """The keys of a card, sorted."""
    terms = key_terms(card)
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


def keys_among(
    terms: NDArray[np.uint64],
    owners: NDArray[np.int64],
    days: NDArray[np.int64],
    wanted: NDArray[np.uint64],
) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Which of the `wanted` keys cards have, of which some key terms are given: (key, owner), sorted.

    Args:
        terms, owners, days: a row for each term of a card; the day is negative where none is known.
        wanted: all keys of some cards, sorted, made of no other terms than those given.
    """
    order = np.lexsort((terms, owners))
    terms, owners, days = terms[order], owners[order], days[order]
    found: list[tuple[NDArray[np.uint64], NDArray[np.int64]]] = []
    rows = np.arange(len(terms))
    for distance in range(1, KEY_TERMS):
        rows = rows[rows + distance < len(terms)]
        rows = rows[owners[rows] == owners[rows + distance]]
        pairs = _mix(terms[rows] << np.uint64(32) | terms[rows + distance], 0)
        # Who has a key has the same pair's key that no day narrows.
        met = _among(pairs & ~np.uint64(1), wanted)
        pairs, having, when = pairs[met], owners[rows][met], days[rows][met]
        found.append((pairs & ~np.uint64(1), having))
        dated = when >= 0
        window = (when[dated] // (WINDOW // 2)).astype(np.uint64)
        found.extend(
            (_mix(pairs[dated], window + later) | np.uint64(1), having[dated])
            for later in (np.uint64(0), np.uint64(1))
        )
    keys = np.concatenate([key for key, _ in found])
    having = np.concatenate([owner for _, owner in found])
    hit = _among(keys, wanted)
    keys, having = keys[hit], having[hit]
    order = np.lexsort((having, keys))
    keys, having = keys[order], having[order]
    new = np.ones(len(keys), dtype=bool)
    new[1:] = (keys[1:] != keys[:-1]) | (having[1:] != having[:-1])
    return keys[new], having[new]


def caps(keys: NDArray[np.uint64]) -> NDArray[np.int32]:
    """How many cards the block of each key may have to be compared."""
    narrowed = (keys & np.uint64(1)).astype(bool)
    return np.where(narrowed, LARGEST, LARGEST_EVER).astype(np.int32)


def _among(keys: NDArray[np.uint64], wanted: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Which keys are among some that are sorted."""
    if not len(wanted):
        return np.zeros(len(keys), dtype=bool)
    at = np.minimum(np.searchsorted(wanted, keys), len(wanted) - 1)
    made: NDArray[np.bool_] = wanted[at] == keys
    return made


def _mix(keys: NDArray[np.uint64], salt: int | NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spreads keys over 64 bits (the finaliser of splitmix64, Steele et al. 2014)."""
    if isinstance(salt, int):
        made = keys + np.uint64((salt * 0x9E3779B97F4A7C15) % 2**64)
    else:
        made = keys + salt * np.uint64(0x9E3779B97F4A7C15)
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
