"""The parts of the graph of likeness that are clustered one by one, and which of them are not what they were."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

# Reports belong to one story from this mean likeness on. Chosen on both development sets together.
THRESHOLD = 0.333
# The largest group that is clustered as a whole; a larger one is first parted at higher likeness.
LARGEST_GROUP = 2000
_STEP = 0.02

Edges: TypeAlias = "list[tuple[int, int, float]]"
# A part of the likeness graph that is clustered on its own: its cards, sorted, and their links.
Linked: TypeAlias = "tuple[list[int], Edges]"


def parts_of(
    members: Iterable[int],
    left: NDArray[np.int32],
    right: NDArray[np.int32],
    likeness: NDArray[np.float64],
) -> Iterator[Linked]:
    """The parts of the likeness graph (:func:`part_numbers`), each sorted, with its edges."""
    cards = np.unique(np.fromiter(members, dtype=np.int64))
    numbers = part_numbers(cards, left, right, likeness)
    yield from select_parts(cards, numbers, None, left, right, likeness)


def part_numbers(
    cards: NDArray[np.int64],
    left: NDArray[np.int32],
    right: NDArray[np.int32],
    likeness: NDArray[np.float64],
) -> NDArray[np.int64]:
    """Which connected part of the likeness graph each of some cards (sorted) is in.

    Average linkage joins two clusters only where some pair across them reaches the threshold, so
    clustering each part on its own gives what clustering the whole would. A part of more than
    :data:`LARGEST_GROUP` cards is parted again at a higher threshold.
    """
    one, other = np.searchsorted(cards, left), np.searchsorted(cards, right)
    made = _connected(len(cards), one, other)
    threshold = THRESHOLD
    while threshold + _STEP < 1:
        threshold += _STEP
        large = np.bincount(made, minlength=1)[made] > LARGEST_GROUP
        if not large.any():
            break
        kept = large[one] & (likeness >= threshold)
        inner = _connected(len(cards), one[kept], other[kept])
        made = np.where(large, inner + len(cards), made)
        made = np.unique(made, return_inverse=True)[1].astype(np.int64)
    return made


def select_parts(
    cards: NDArray[np.int64],
    numbers: NDArray[np.int64],
    wanted: NDArray[np.bool_] | None,
    left: NDArray[np.int32],
    right: NDArray[np.int32],
    likeness: NDArray[np.float64],
) -> Iterator[Linked]:
    """Parts with their cards and edges, by the first card; only those of `wanted` cards if given."""
    one, other = np.searchsorted(cards, left), np.searchsorted(cards, right)
    inside = numbers[one] == numbers[other]
    if wanted is not None:
        inside &= wanted[one]
    edges: dict[int, Edges] = defaultdict(list)
    rows = (column[inside].tolist() for column in (numbers[one], left, right, likeness))
    for number, first, second, alike in zip(*rows, strict=True):
        edges[number].append((first, second, alike))
    parts: dict[int, list[int]] = defaultdict(list)
    chosen = slice(None) if wanted is None else wanted
    for number, card in zip(numbers[chosen].tolist(), cards[chosen].tolist(), strict=True):
        parts[number].append(card)
    for number, part in parts.items():
        yield part, edges[number]


def _connected(count: int, left: NDArray[np.int64], right: NDArray[np.int64]) -> NDArray[np.int64]:
    """The number of each card's connected part."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    graph = coo_array((np.ones(len(left), dtype=np.int8), (left, right)), shape=(count, count))
    made: NDArray[np.int64] = connected_components(graph, directed=False)[1].astype(np.int64)
    return made


def changed_parts(
    parts: NDArray[np.int64],
    turned: NDArray[np.bool_],
    old: NDArray[np.int64],
    places: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """Which cards are in a part that holds a turned card, or that was no part of the same size before.

    Args:
        parts: the part of each card now.
        turned: whether it is new or lies otherwise than before.
        old: the part of each card of before.
        places: where each card of now, unless it is turned, stands among those.
    """
    if not len(parts):
        return turned
    hit = np.zeros(parts.max() + 1, dtype=bool)
    hit[parts[turned]] = True
    kept = ~turned
    was = old[places[kept]]
    lowest = np.full(len(hit), np.iinfo(np.int64).max)
    highest = np.full(len(hit), -1)
    np.minimum.at(lowest, parts[kept], was)
    np.maximum.at(highest, parts[kept], was)
    sizes = np.bincount(parts, minlength=len(hit))
    whole = ~hit & (lowest == highest)
    former = np.bincount(old, minlength=1)
    hit |= ~whole
    hit[whole] |= former[lowest[whole]] != sizes[whole]
    made: NDArray[np.bool_] = hit[parts]
    return made
