"""The signed network of states in a window of time: who stands well or badly with whom, and how it fits.

How two stand is the mean of two voices: the ties that hold at the end of the window (the mean of their
kinds' signs, wishes left out) and the happenings within it (the mean of their PLOVER scores). Where
only one is told, it stands alone. The frustration index, the strained ties and triads and the camps
follow from the signs (see :mod:`dragoman.analysis.balance`). Every pair names the lines behind it.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.analysis.balance import Triad, balance, triads
from dragoman.analysis.dealings import dealings
from dragoman.analysis.positions import positions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from dragoman.analysis.dealings import Dealing
    from dragoman.entries import Event, Happening, Tie
    from dragoman.rulebook import TieBook

# PLOVER's scores run from -10 to +10.
_SCALE = 10.0
# Under this a pair is neither friendly nor hostile.
_NEUTRAL = 0.05


@dataclass(frozen=True, slots=True)
class Edge:
    """How two states stand.

    Attributes:
        a, b: their codes, sorted.
        score: from -1 (hostile) to +1 (friendly).
        sign: +1, -1, or 0 where it is neither; 0 takes no part in the balance.
        ties_score, happenings_score: the two voices; None where nothing is told.
        tie_ids, happening_ids: the lines it rests on, in order of date.
        strained: whether it stands against the best division into camps.
    """

    a: str
    b: str
    score: float
    sign: int
    ties_score: float | None
    happenings_score: float | None
    tie_ids: tuple[str, ...]
    happening_ids: tuple[str, ...]
    strained: bool = False


@dataclass(frozen=True, slots=True)
class Node:
    """A state.

    Attributes:
        name: its code.
        x, y: its place for drawing, -1 to 1.
        camp: 1 or 2 within its part of the network; 0 where that part knows no enmity.
        part: which connected part it belongs to, the largest being 1; 0 for none.
        friends, enemies: how many it has.
    """

    name: str
    x: float
    y: float
    camp: int
    part: int
    friends: int
    enemies: int


@dataclass(frozen=True, slots=True)
class Network:
    """The signed network in a window.

    Attributes:
        since, until: the window, as asked for.
        nodes: by code. edges: by codes.
        frustration: the least number of ties that stand against any division into two camps.
        bound: no division has fewer; the same as `frustration` where it is exact.
        strained: the ties that explain it, the strongest first.
        triads: triads that do not fit together, those under most strain first.
        camps: the two sides of each part that knows enmity, the largest part first.
    """

    since: str | None
    until: str | None
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    frustration: int
    bound: int
    strained: tuple[Edge, ...]
    triads: tuple[Triad, ...]
    camps: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]

    @property
    def exact(self) -> bool:
        """Whether the frustration index is proved."""
        return self.frustration == self.bound


def network(
    ties: Iterable[Tie],
    events: Iterable[Event],
    happenings: Iterable[Happening],
    book: TieBook,
    *,
    since: str | None = None,
    until: str | None = None,
    parties: Collection[str] | None = None,
    places: Mapping[str, tuple[float, float]] | None = None,
    seconds: float = 60.0,
) -> Network:
    """The signed network of a window.

    Args:
        ties: of any members; those of two that hold on `until` count (all that still hold, if None).
        events: of any parties; those that happened within the window count.
        happenings: which events are one occurrence: it counts once.
        book: the tie kinds, for how good a state is.
        since, until: ISO dates as far as known; None leaves the window open.
        parties: the members that may stand in it (the codes of states); None for all.
        places: of an earlier drawing, to keep the new one alike.
        seconds: the longest time for the exact index of one connected part.
    """
    standing = _standing(ties, book, until)
    dealt = dealings(events, happenings, since=since, until=until)
    edges = [
        _edge(pair, standing.get(pair, []), dealt.get(pair, ()))
        for pair in sorted(standing.keys() | dealt.keys())
        if parties is None or set(pair) <= set(parties)
    ]
    scores = {(edge.a, edge.b): edge.score for edge in edges if edge.sign}
    found = balance(scores, seconds=seconds)
    against = set(found.strained)
    edges = [replace(edge, strained=(edge.a, edge.b) in against) for edge in edges]
    names = sorted({name for edge in edges for name in (edge.a, edge.b)})
    where = positions({(edge.a, edge.b): edge.score for edge in edges}, names, places)
    return Network(
        since=since,
        until=until,
        nodes=tuple(
            _node(name, where[name], edges, found.camps.get(name, 0), found.parts.get(name, 0))
            for name in names
        ),
        edges=tuple(edges),
        frustration=found.index,
        bound=found.bound,
        strained=tuple(
            sorted(
                (edge for edge in edges if edge.strained),
                key=lambda edge: (-abs(edge.score), edge.a, edge.b),
            )
        ),
        triads=triads(scores),
        camps=_camps(found.camps, found.parts),
    )


def _standing(
    ties: Iterable[Tie], book: TieBook, until: str | None
) -> dict[tuple[str, str], list[tuple[float, Tie]]]:
    """For each pair the leading tie of each kind (and direction) that holds, with its sign."""
    best: dict[tuple[tuple[str, ...], str], Tie] = {}
    for tie in ties:
        row = book.kinds.get((tie.kind, tie.state))
        if row is None or row.talk or len(set(tie.members)) != 2 or len(tie.members) != 2:
            continue
        if not _holds(tie, until):
            continue
        held = best.get((tie.members, tie.kind))
        if held is None or _lead(tie) > _lead(held):
            best[tie.members, tie.kind] = tie
    made: dict[tuple[str, str], list[tuple[float, Tie]]] = defaultdict(list)
    for (members, kind), tie in sorted(best.items(), key=lambda item: (_start(item[1]), item[0])):
        pair = (min(members), max(members))
        made[pair].append((book.kinds[kind, tie.state].sign, tie))
    return made


def _start(tie: Tie) -> str:
    return tie.since or tie.told or ""


def _lead(tie: Tie) -> tuple[str, int, str]:
    """The later state leads, then the one told more often."""
    return (_start(tie), len(tie.evidence), tie.id)


def _holds(tie: Tie, until: str | None) -> bool:
    if until is None:
        return tie.until is None
    start = _start(tie)
    began = start[: len(until)] <= until[: len(start)]
    return began and (tie.until is None or tie.until > until[: len(tie.until)])


def _edge(
    pair: tuple[str, str], standing: Sequence[tuple[float, Tie]], dealt: Sequence[Dealing]
) -> Edge:
    told = _mean([sign for sign, _ in standing])
    done = _mean([one.score / _SCALE for one in dealt])
    voices = [voice for voice in (told, done) if voice is not None]
    score = round(sum(voices) / len(voices), 3)
    return Edge(
        *pair,
        score=score,
        sign=0 if abs(score) < _NEUTRAL else 1 if score > 0 else -1,
        ties_score=told,
        happenings_score=done,
        tie_ids=tuple(tie.id for _, tie in standing),
        happening_ids=tuple(one.id for one in dealt),
    )


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 3) if values else None


def _node(name: str, at: tuple[float, float], edges: Iterable[Edge], camp: int, part: int) -> Node:
    signs = [edge.sign for edge in edges if name in (edge.a, edge.b)]
    return Node(name, *at, camp=camp, part=part, friends=signs.count(1), enemies=signs.count(-1))


def _camps(
    sides: Mapping[str, int], parts: Mapping[str, int]
) -> tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]:
    made: dict[int, tuple[list[str], list[str]]] = {}
    for name in sorted(sides):
        if sides[name]:
            made.setdefault(parts[name], ([], []))[sides[name] - 1].append(name)
    return tuple((tuple(one), tuple(other)) for _, (one, other) in sorted(made.items()))
