"""Structural balance of a signed graph: the exact frustration index, and triads under strain.

A signed graph is in balance if its parties fall into two camps with friends inside and enemies across
(Harary 1953). The frustration index is the least number of ties that stand against any such division
(Harary 1959); it is found exactly as a mixed integer programme (Aref, Mason and Wilson 2020), with a
cut for each unbalanced triad, one connected part of the graph at a time.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Pair = tuple[str, str]

# Cuts for unbalanced triads that are given to the solver at most.
_CUTS = 20_000


@dataclass(frozen=True, slots=True)
class Triad:
    """Three parties whose ties do not fit together.

    Attributes:
        members: sorted. scores: of the ties first-second, first-third and second-third.
        kind: "friend of an enemy" (one tie hostile) or "three enemies".
        strength: the weakest of the three ties, 0 to 1: as much is at strain.
    """

    members: tuple[str, str, str]
    scores: tuple[float, float, float]
    kind: str
    strength: float


@dataclass(frozen=True, slots=True)
class Balance:
    """How far a signed graph is from balance.

    Attributes:
        index: the ties against the best division into two camps.
        bound: no division has fewer; the same as `index` where it is exact.
        strained: those ties; of equally good sets one of the least total weight.
        camps: the side of each party, 1 or 2, within its part; 0 where its part knows no enmity.
        parts: the connected part of each party, the largest being 1.
    """

    index: int
    bound: int
    strained: tuple[Pair, ...]
    camps: dict[str, int]
    parts: dict[str, int]

    @property
    def exact(self) -> bool:
        """Whether the index is proved."""
        return self.bound == self.index


def balance(scores: Mapping[Pair, float], *, seconds: float = 60.0) -> Balance:
    """The frustration index of a graph, and the camps that reach it.

    Args:
        scores: of each pair (sorted within), from -1 to 1 and not 0.
        seconds: the longest time for one connected part; past it the index is an upper bound.
    """
    index = bound = 0
    strained: list[Pair] = []
    camps: dict[str, int] = {}
    numbers: dict[str, int] = {}
    for number, part in enumerate(parts_of(scores), start=1):
        own = {pair: scores[pair] for pair in sorted(scores) if pair[0] in part}
        numbers.update(dict.fromkeys(part, number))
        if all(score > 0 for score in own.values()):
            camps.update(dict.fromkeys(part, 0))
            continue
        sides, lowest = _divide(part, own, seconds)
        against = [
            (one, other)
            for (one, other), score in own.items()
            if (sides[one] == sides[other]) != (score > 0)
        ]
        index += len(against)
        bound += min(lowest, len(against))
        strained += against
        camps.update(sides)
    return Balance(index, bound, tuple(sorted(strained)), camps, numbers)


def parts_of(pairs: Iterable[Pair]) -> list[tuple[str, ...]]:
    """The connected parts of a graph, each sorted; the largest first, equal ones by name."""
    near: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        near[one].add(other)
        near[other].add(one)
    left = set(near)
    made: list[tuple[str, ...]] = []
    while left:
        found: set[str] = set()
        open_ = [min(left)]
        while open_:
            one = open_.pop()
            if one not in found:
                found.add(one)
                open_.extend(near[one] - found)
        left -= found
        made.append(tuple(sorted(found)))
    return sorted(made, key=lambda part: (-len(part), part))


def triads(scores: Mapping[Pair, float]) -> tuple[Triad, ...]:
    """The unbalanced triads, those under most strain first."""
    near: dict[str, set[str]] = defaultdict(set)
    for one, other in scores:
        near[one].add(other)
    made: list[Triad] = []
    for one, other in sorted(scores):
        # Each triad is met once, from its first pair in order.
        for third in sorted(near[one] & near[other]):
            three = (scores[one, other], scores[one, third], scores[other, third])
            hostile = sum(score < 0 for score in three)
            if hostile % 2:
                kind = "friend of an enemy" if hostile == 1 else "three enemies"
                strength = min(abs(score) for score in three)
                made.append(Triad((one, other, third), three, kind, strength))
    return tuple(sorted(made, key=lambda triad: (-triad.strength, triad.members)))


def _divide(
    part: Sequence[str], own: Mapping[Pair, float], seconds: float
) -> tuple[dict[str, int], int]:
    """The best division of one connected part into sides 1 and 2, and the proved lower bound."""
    import numpy as np
    from scipy import sparse
    from scipy.optimize import Bounds, LinearConstraint, milp

    number = {name: at for at, name in enumerate(part)}
    pairs = list(own)
    edge = {pair: len(part) + at for at, pair in enumerate(pairs)}
    rows: list[int] = []
    columns: list[int] = []
    values: list[float] = []
    lower: list[float] = []

    def at_least(terms: Sequence[tuple[int, float]], least: float) -> None:
        for column, value in terms:
            rows.append(len(lower))
            columns.append(column)
            values.append(value)
        lower.append(least)

    for pair in pairs:
        (one, other), strain = (number[name] for name in pair), edge[pair]
        if own[pair] > 0:
            at_least(((strain, 1), (one, -1), (other, 1)), 0)
            at_least(((strain, 1), (one, 1), (other, -1)), 0)
        else:
            at_least(((strain, 1), (one, -1), (other, -1)), -1)
            at_least(((strain, 1), (one, 1), (other, 1)), 1)
    for triad in triads(own)[:_CUTS]:
        at_least([(edge[pair], 1) for pair in combinations(triad.members, 2)], 1)
    # The number of strained ties first; among equal numbers the least weight, too small to add one.
    weight = np.array([abs(own[pair]) for pair in pairs])
    small = 0.5 / (weight.sum() + 1.0)
    cost = np.concatenate([np.zeros(len(part)), 1.0 + small * weight])
    matrix = sparse.csr_array((values, (rows, columns)), shape=(len(lower), len(cost)))
    whole = np.concatenate([np.ones(len(part)), np.zeros(len(pairs))])
    upper = np.ones(len(cost))
    degree = [sum(name in pair for pair in pairs) for name in part]
    fixed = np.zeros(len(cost))
    # The two sides are alike: the party with most ties stands on the first.
    fixed[int(np.argmax(degree))] = 1.0
    done = milp(
        cost,
        integrality=whole,
        bounds=Bounds(fixed, upper),
        constraints=LinearConstraint(matrix, np.array(lower, dtype=float), np.inf),
        options={"time_limit": seconds, "mip_rel_gap": 0.0},
    )
    if done.x is None:
        # Nothing was found in the time: everybody on one side, and no better bound than none.
        return dict.fromkeys(part, 1), 0
    sides = {name: 1 if done.x[at] > 0.5 else 2 for name, at in number.items()}
    proved = done.fun if done.status == 0 else done.mip_dual_bound
    # The weights add less than one half: the whole number below is the count of ties.
    return sides, max(
        0, int(np.floor(proved + 1e-6)) if done.status == 0 else int(np.ceil(proved - 0.5))
    )
