"""From scores to tags, trees and spans, with numpy alone.

Sources: the tree decoder is Chu and Liu 1965 / Edmonds 1967 in the recursive form of McDonald et
al. 2005; the tag decoder is the Viterbi algorithm under the one rule that an inside tag follows a
tag of its own kind.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

# Far below any score the network gives, small enough to add without overflow.
NEVER = -1e4


def best_tags(rows: Sequence[NDArray[np.float32]]) -> list[NDArray[np.int64]]:
    """Best legal tag sequence of each row.

    Args:
        rows: one array (words, 1 + 2k) a row: scores of "O", then of B and I of each of k kinds.

    Returns:
        tag numbers, one array (words,) a row. Each depends on its own row alone.
    """
    if not rows:
        return []
    width = max(len(row) for row in rows)
    tags = rows[0].shape[1]
    scores = np.full((width, len(rows), tags), NEVER, np.float32)
    scores[:, :, 0] = 0
    for place, row in enumerate(rows):
        scores[: len(row), place] = row
    best = scores[0].copy() if width else np.zeros((len(rows), tags), np.float32)
    best[:, 2::2] = NEVER
    back = np.zeros((width, len(rows), tags), np.int64)
    inside = np.arange(2, tags, 2)
    for step in range(1, width):
        top = best.argmax(1)
        reach = np.repeat(best.max(1)[:, None], tags, 1)
        origin = np.repeat(top[:, None], tags, 1)
        begun = best[:, 1::2] > best[:, 2::2]
        reach[:, 2::2] = np.where(begun, best[:, 1::2], best[:, 2::2])
        origin[:, 2::2] = np.where(begun, inside - 1, inside)
        back[step] = origin
        best = reach + scores[step]
    found = np.zeros((len(rows), width), np.int64)
    if width:
        found[:, -1] = best.argmax(1)
    every = np.arange(len(rows))
    for step in range(width - 1, 0, -1):
        found[:, step - 1] = back[step, every, found[:, step]]
    return [found[place, : len(row)] for place, row in enumerate(rows)]


def spans_of(tags: NDArray[np.int64]) -> list[tuple[int, int, int]]:
    """Spans in a legal tag sequence as (first, end, kind), kinds counted from 0."""
    if not tags.any():
        return []
    spans: list[tuple[int, int, int]] = []
    for place, tag in enumerate(tags.tolist()):
        if not tag:
            continue
        kind, begins = (tag - 1) // 2, tag % 2 == 1
        if begins or not spans or spans[-1][1] != place or spans[-1][2] != kind:
            spans.append((place, place + 1, kind))
        else:
            spans[-1] = (spans[-1][0], place + 1, kind)
    return spans


def is_tree(heads: Sequence[int]) -> bool:
    """Whether heads (-1 the root) form one tree with one root."""
    if sum(head < 0 for head in heads) != 1:
        return False
    state = [0] * len(heads)  # 0 not seen, 1 on the present path, 2 leads to the root
    for begin in range(len(heads)):
        path = []
        place = begin
        while place >= 0 and state[place] == 0:
            state[place] = 1
            path.append(place)
            place = heads[place]
        if place >= 0 and state[place] == 1:
            return False
        for passed in path:
            state[passed] = 2
    return True


def best_tree(scores: NDArray[np.float32]) -> list[int]:
    """Heads of the best tree with exactly one root word.

    Args:
        scores: (words, 1 + words); column 0 scores the root, column h + 1 the head h.

    Returns:
        head of each word, -1 for the root.
    """
    words = len(scores)
    if not words:
        return []
    own = np.arange(words)
    scores = scores.astype(np.float64)
    scores[own, own + 1] = NEVER
    heads: list[int] = [int(head) - 1 for head in scores.argmax(1)]
    if is_tree(heads):
        return heads
    # One root: taking off this much from every root score makes a second one never pay.
    scores[:, 0] -= 2 * words * (scores.max() - scores[scores > NEVER / 2].min() + 1.0)
    full = np.full((words + 1, words + 1), -np.inf)
    full[1:] = scores
    full[own + 1, own + 1] = -np.inf
    return [head - 1 for head in _arborescence(full)[1:]]


def _arborescence(scores: NDArray[np.float64]) -> list[int]:
    """Best arborescence from node 0; ``scores[d, h]``; entry 0 of the result means nothing."""
    heads = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle([int(head) for head in heads])
    if not cycle:
        return [int(head) for head in heads]
    inside = np.zeros(len(scores), bool)
    members = np.asarray(cycle)
    inside[members] = True
    rest = np.flatnonzero(~inside)
    kept = scores[members, heads[members]]
    smaller = np.full((len(rest) + 1, len(rest) + 1), -np.inf)
    smaller[:-1, :-1] = scores[np.ix_(rest, rest)]
    out = scores[np.ix_(rest, members)]
    smaller[:-1, -1] = out.max(1)
    into = scores[np.ix_(members, rest)] - kept[:, None]
    smaller[-1, :-1] = into.max(0)
    found = _arborescence(smaller)
    heads = heads.copy()
    for place, head in enumerate(found[:-1]):
        if place:
            node = rest[place]
            heads[node] = cycle[int(out[place].argmax())] if head == len(rest) else rest[head]
    entry = found[-1]
    broken = int(into[:, entry].argmax())
    heads[cycle[broken]] = rest[entry]
    return [int(head) for head in heads]


def _cycle(heads: list[int]) -> list[int]:
    """Nodes of one cycle that does not hold node 0; empty if there is none."""
    state = [0] * len(heads)
    state[0] = 2
    for begin in range(1, len(heads)):
        path: list[int] = []
        place = begin
        while state[place] == 0:
            state[place] = 1
            path.append(place)
            place = heads[place]
        if state[place] == 1:
            return path[path.index(place) :]
        for passed in path:
            state[passed] = 2
    return []


def span_head(first: int, last: int, heads: Sequence[int]) -> int:
    """The word of a span whose head lies outside it; the first such, else the first word."""
    for place in range(first, last):
        if not first <= heads[place] < last:
            return place
    return first
