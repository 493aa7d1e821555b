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
    sizes = np.array([len(row) for row in rows])
    ends = sizes.cumsum()
    scores = np.concatenate(rows)
    tags: NDArray[np.int64] = scores.argmax(1)
    starts = np.zeros(len(tags) + 1, bool)
    starts[ends - sizes] = True
    starts = starts[:-1]
    inside = (tags > 0) & (tags % 2 == 0)
    before = np.concatenate([[0], tags[:-1]])
    wrong = inside & (starts | ((before != tags) & (before != tags - 1)))
    if wrong.any():
        _mend(tags, scores, starts, inside, wrong)
    return [tags[end - size : end] for end, size in zip(ends.tolist(), sizes.tolist(), strict=True)]


def _mend(
    tags: NDArray[np.int64],
    scores: NDArray[np.float32],
    starts: NDArray[np.bool_],
    inside: NDArray[np.bool_],
    wrong: NDArray[np.bool_],
) -> None:
    """Makes the best tag of each word the best legal sequence, in place.

    The sequence falls into pieces that each begin with a tag that may follow anything. Only a piece
    with a wrong tag is decoded, its first tag being free. If the answer begins with an inside tag it
    is decoded anew together with the piece before; if not, no choice before it can better it.
    """
    begins = np.flatnonzero(starts | ~inside).tolist()
    number = {begin: place for place, begin in enumerate(begins)}
    bounds = [*begins, len(tags)]
    fixed = set(np.flatnonzero(starts).tolist())
    of = (np.searchsorted(begins, np.flatnonzero(wrong), side="right") - 1).tolist()
    todo = sorted({(begins[place], bounds[place + 1]) for place in of})
    done: list[tuple[int, int]] = []
    while todo:
        found = _viterbi([scores[a:b] for a, b in todo], [a in fixed for a, _ in todo])
        longer = []
        for (a, b), best in zip(todo, found, strict=True):
            if a not in fixed and best[0] and best[0] % 2 == 0:
                longer.append((begins[number[a] - 1], b))
            else:
                tags[a:b] = best
                done.append((a, b))
        todo, done = _joined(longer, done)


def _joined(
    longer: list[tuple[int, int]], done: list[tuple[int, int]]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Stretches that have grown, joined with those that they now touch; the finished ones left over."""
    todo: list[tuple[int, int]] = []
    rest: list[tuple[int, int]] = []
    grown = set(longer)
    for a, b in sorted([*longer, *done]):
        held = todo if (a, b) in grown else rest
        if todo and a < todo[-1][1]:
            todo[-1] = (todo[-1][0], max(b, todo[-1][1]))
        elif held is todo and rest and a < rest[-1][1]:
            first, last = rest.pop()
            todo.append((first, max(b, last)))
        else:
            held.append((a, b))
    return todo, rest


def _viterbi(
    rows: Sequence[NDArray[np.float32]], strict: Sequence[bool]
) -> list[NDArray[np.int64]]:
    """Best legal tags of each row; where not ``strict`` a row may begin with an inside tag."""
    width = max(len(row) for row in rows)
    tags = rows[0].shape[1]
    scores = np.full((width, len(rows), tags), NEVER, np.float32)
    scores[:, :, 0] = 0
    for place, row in enumerate(rows):
        scores[: len(row), place] = row
    best = scores[0].copy()
    best[np.flatnonzero(strict), 2::2] = NEVER
    back = np.zeros((width, len(rows), tags), np.int64)
    inner = np.arange(2, tags, 2)
    for step in range(1, width):
        reach = np.repeat(best.max(1)[:, None], tags, 1)
        begun = best[:, 1::2] > best[:, 2::2]
        reach[:, 2::2] = np.where(begun, best[:, 1::2], best[:, 2::2])
        back[step] = best.argmax(1)[:, None]
        back[step, :, 2::2] = np.where(begun, inner - 1, inner)
        best = reach + scores[step]
    found = np.zeros((len(rows), width), np.int64)
    found[:, -1] = best.argmax(1)
    every = np.arange(len(rows))
    for step in range(width - 1, 0, -1):
        found[:, step - 1] = back[step, every, found[:, step]]
    return [found[place, : len(row)] for place, row in enumerate(rows)]


def spans_of(tags: NDArray[np.int64]) -> list[tuple[int, int, int]]:
    """Spans in a legal tag sequence as (first, end, kind), kinds counted from 0."""
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
    heads: list[int] = (scores.argmax(1) - 1).tolist()
    if is_tree(heads):
        return heads
    full = np.full((words + 1, words + 1), -np.inf)
    full[1:] = scores
    full[own + 1, own + 1] = -np.inf
    heads = [head - 1 for head in _arborescence(full)[1:]]
    return heads if heads.count(-1) == 1 else _one_root(full)


def _one_root(full: NDArray[np.float64]) -> list[int]:
    """Heads of the best tree with one root word, where the best of all has several.

    Each word is tried as the root, in the order of what its tree could reach at most.
    """
    words = len(full) - 1
    rows = np.arange(1, words + 1)
    most = full[1:, 1:].max(1)
    bound = full[1:, 0] + (most.sum() - most)
    best: list[int] = []
    reached = -np.inf
    for root in np.argsort(-bound, kind="stable").tolist():
        if bound[root] <= reached:
            break
        tried = full.copy()
        tried[1:, 0] = -np.inf
        tried[root + 1] = -np.inf
        tried[root + 1, 0] = full[root + 1, 0]
        heads = _arborescence(tried)
        total = float(full[rows, heads[1:]].sum())
        if total > reached:
            best, reached = [head - 1 for head in heads[1:]], total
    return best


def _arborescence(scores: NDArray[np.float64]) -> list[int]:
    """Best arborescence from node 0; ``scores[d, h]``; entry 0 of the result means nothing."""
    heads = scores.argmax(1)
    heads[0] = 0
    cycle = _cycle(heads.tolist())
    if not cycle:
        return list(heads.tolist())
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
    return list(heads.tolist())


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
