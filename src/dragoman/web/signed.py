"""The signed network of states as it is drawn: who stands well or badly with whom, and where each lies.

How two stand, the camps and what fits no division into camps come from :mod:`dragoman.analysis.network`.
Places come from the whole record, so that a state keeps its place whatever the day: the signed
Laplacian's (:mod:`dragoman.analysis.positions`), then a fixed number of steps that push names apart.
No randomness: the same record gives the same picture.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from dragoman.analysis.network import network as stand
from dragoman.analysis.positions import positions
from dragoman.record import Where
from dragoman.rulebook.book import BUILT_IN
from dragoman.rulebook.tables import read_csv
from dragoman.show.networks import network_words
from dragoman.web import words
from dragoman.web.drawings import day_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy.typing as npt

    from dragoman.analysis.network import Edge as Stand
    from dragoman.analysis.network import Network as Stands
    from dragoman.entries import Event, Tie
    from dragoman.record import Record

    Places = npt.NDArray[np.float64]

# Days before the day shown whose happenings count, and events read in them at most: where there are
# more, the days are fewer, and the page says how many.
WINDOW = 365
READ = 1_500
# Events that decide the places, the latest, and states drawn at most: those with most dealings.
PLACED = 5_000
DRAWN = 60
# Pairs drawn and listed at most: those of which most is told. The camps rest on all.
PAIRS = 250
# Seconds for the exact count of what fits no division into camps; past it the page says so.
EXACT = 0.1

WIDTH, HEIGHT = 960.0, 600.0
MARGIN = 84.0
# The room that a state's name takes: a letter's across, a line's with its dot down.
LETTER, ROOM = 7.4, 38.0
# Steps of pushing apart.
STEPS = 200


@dataclass(frozen=True, slots=True)
class Node:
    """A state: its code, name, place in the drawing and on the globe, and its camp (1, 2, or 0).

    `camp` is that of the day; 0 where the day's ties and deeds part nobody.
    """

    code: str
    name: str
    x: float
    y: float
    lon: float | None
    lat: float | None
    camp: int = 0


@dataclass(frozen=True, slots=True)
class Edge:
    """How two states stand: score from -1 (hostile) to +1 (friendly), and what it rests on.

    `strained` ones stand against the division into camps.
    """

    a: str
    b: str
    score: float
    sign: str
    happenings: int
    ties: tuple[str, ...]
    strained: bool = False

    @property
    def weight(self) -> float:
        """How much is told of the two, and how clearly: what a reader should see first."""
        return (self.happenings + len(self.ties)) * (0.2 + abs(self.score))


@dataclass(frozen=True, slots=True)
class Frame:
    """What does not change with the day: where each state lies, the days on which much changed, the ties."""

    days: tuple[str, ...]
    nodes: tuple[Node, ...]
    ties: tuple[Tie, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """The states and how they stand on a day.

    Attributes:
        on: the day; days: those on which something changed.
        since: the first day whose happenings count.
        edges: how pairs stand, those first of which most is told; pairs: how many there are in all.
        words: what stands out, in sentences.
        camps: the two sides, by name, of the largest part that knows enmity.
    """

    on: str | None
    days: tuple[str, ...]
    since: str | None
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    pairs: int
    words: tuple[str, ...]
    camps: tuple[tuple[str, ...], tuple[str, ...]]


def frame(record: Record) -> Frame:
    """Places and days, of the whole record: what takes a second where it is large, and is kept."""
    ties = record.ties()
    events = record.events(Where(latest=True, limit=PLACED))
    ids = [event.id for event in events]
    every = stand(
        ties, events, record.happenings_among(ids), words.rulebook().ties,
        parties=_busiest(ties, events), seconds=0.0,
    )  # fmt: skip
    return Frame(days_of(ties, events), _nodes(every.edges), ties)


def _busiest(ties: Iterable[Tie], events: Iterable[Event]) -> frozenset[str]:
    """The states with most ties and dealings."""
    weight: Counter[str] = Counter()
    for tie in ties:
        weight.update(member for member in tie.members if member in words.states())
    for event in events:
        codes = {party.country_code for party in (*event.actor, *event.recipient)}
        weight.update(code for code in codes if code and code in words.states())
    return frozenset(sorted(weight, key=lambda code: (-weight[code], code))[:DRAWN])


def network(record: Record, place: Frame, on: str | None, last: str | None) -> Network:
    """The signed network on a day.

    Args:
        record: to read.
        place: of the same record.
        on: the day, ISO; None for the last day of the record.
        last: the last day of the record.
    """
    on = on or last or (place.days[-1] if place.days else None)
    since, events = _before(record, on)
    found = stand(
        place.ties, events, record.happenings_among([event.id for event in events]),
        words.rulebook().ties, since=since, until=on, seconds=EXACT,
        parties={node.code for node in place.nodes},
    )  # fmt: skip
    states = {tie.id: f"{tie.kind}: {tie.state}" for tie in place.ties}
    sides = {node.name: node.camp for node in found.nodes if node.part == _divided(found)}
    nodes = tuple(
        Node(one.code, one.name, one.x, one.y, one.lon, one.lat, sides.get(one.code, 0))
        for one in place.nodes
    )
    days = tuple(sorted({*place.days, on})) if on else place.days
    names = words.states()
    camps = found.camps[0] if found.camps else ((), ())
    edges = sorted(
        (_edge(edge, states) for edge in found.edges),
        key=lambda edge: (-edge.weight, edge.a, edge.b),
    )
    return Network(
        on, days, since, nodes, tuple(edges[:PAIRS]), len(edges),
        tuple(network_words(found, names)),
        (tuple(names[code] for code in camps[0]), tuple(names[code] for code in camps[1])),
    )  # fmt: skip


def _before(record: Record, on: str | None) -> tuple[str | None, Sequence[Event]]:
    """The events of the year before a day, or of as many days as hold what can be read at once."""
    number = day_number(on)
    if on is None or number is None:
        return None, record.events(Where(limit=READ))
    found = record.events(Where(until=on, latest=True, limit=READ))
    oldest = min((day_number(event.date) or number for event in found), default=number)
    first = number - WINDOW if len(found) < READ else max(number - WINDOW, oldest)
    kept = [
        event
        for event in found
        if (day_number(event.enddate or event.date, last=True) or 0) >= first
    ]
    return date.fromordinal(max(1, first)).isoformat(), kept


def _divided(found: Stands) -> int:
    """The largest part of the network that knows enmity; -1 if none does."""
    return min((node.part for node in found.nodes if node.camp), default=-1)


def _edge(one: Stand, states: Mapping[str, str]) -> Edge:
    sign = "good" if one.sign > 0 else "bad" if one.sign < 0 else "between"
    ties = tuple(states[id_] for id_ in one.tie_ids if id_ in states)
    return Edge(one.a, one.b, one.score, sign, len(one.happening_ids), ties, one.strained)


def days_of(ties: Iterable[Tie], events: Iterable[Event]) -> tuple[str, ...]:
    """Days on which a tie began or ended, or something happened; sixty at most, evenly chosen."""
    days = {day for tie in ties for day in (tie.since, tie.until) if day and len(day) == 10}
    days |= {event.date for event in events if event.date and len(event.date) == 10}
    ordered = sorted(days)
    step = -(-len(ordered) // 60) or 1
    return tuple(sorted({*ordered[::step], *ordered[-1:]}))


def _nodes(edges: Sequence[Stand]) -> tuple[Node, ...]:
    weight: Counter[str] = Counter()
    for edge in edges:
        for code in (edge.a, edge.b):
            weight[code] += len(edge.happening_ids) + len(edge.tie_ids)
    codes = sorted(sorted(weight, key=lambda code: (-weight[code], code))[:DRAWN])
    if not codes:
        return ()
    scores = {(edge.a, edge.b): edge.score for edge in edges if edge.a in codes and edge.b in codes}
    places = _places(codes, scores)
    spots = capitals()
    made = []
    for code, place in zip(codes, places, strict=True):
        x, y = (round(float(part), 1) for part in place)
        lon, lat = spots.get(code) or (None, None)
        made.append(Node(code, words.state_name(code), x, y, lon, lat))
    return tuple(made)


def _places(codes: Sequence[str], scores: Mapping[tuple[str, str], float]) -> Places:
    """Places in the drawing."""
    count = len(codes)
    if count == 1:
        return np.array([[WIDTH / 2, HEIGHT / 2]])
    begun = positions(scores, codes)
    index = {code: number for number, code in enumerate(codes)}
    friends = np.zeros((count, count))
    for (one, other), score in scores.items():
        friends[index[one], index[other]] = friends[index[other], index[one]] = max(0.0, score)
    # A ring of places by number keeps equal ones apart from the beginning.
    angle = 2 * np.pi * np.arange(count) / count
    at = np.array([begun[code] for code in codes], dtype=float)
    at += 0.2 * np.column_stack([np.cos(angle), np.sin(angle)])
    near = 2.4 / np.sqrt(count)
    for step in range(STEPS):
        apart = at[:, None, :] - at[None, :, :]
        distance = np.maximum(np.linalg.norm(apart, axis=2), 0.01)
        push = (near**2 / distance)[:, :, None] * apart / distance[:, :, None]
        pull = (friends * distance / near)[:, :, None] * apart
        move = push.sum(axis=1) - pull.sum(axis=1)
        length = np.maximum(np.linalg.norm(move, axis=1, keepdims=True), 1e-9)
        at += move / length * np.minimum(length, 0.1 * (1 - step / STEPS))
    low, high = at.min(axis=0), at.max(axis=0)
    box = np.array([WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN])
    scaled = MARGIN + (at - low) / np.maximum(high - low, 1e-6) * box
    return _apart(scaled, [len(words.state_name(code)) for code in codes])


def _apart(at: Places, lengths: Sequence[int]) -> Places:
    """Places pushed apart until no name covers another, as far as there is room."""
    count = len(at)
    size = np.array(lengths, dtype=float)
    across = np.maximum(76.0, LETTER * (size[:, None] + size[None, :]) / 2 + 14)
    # Equal places part by their numbers.
    rank = np.sign(np.arange(count)[:, None] - np.arange(count)[None, :])
    for _ in range(300):
        gap = at[:, None, :] - at[None, :, :]
        over = np.stack([across, np.full_like(across, ROOM)], axis=2) - np.abs(gap)
        close = (over > 0).all(axis=2) & ~np.eye(count, dtype=bool)
        if not close.any():
            break
        # The shorter way out; a little less than half each, since all move at once.
        down = over[:, :, 0] / across > over[:, :, 1] / ROOM
        for way, chosen in ((0, close & ~down), (1, close & down)):
            side = np.where(gap[:, :, way] == 0, rank, np.sign(gap[:, :, way]))
            at[:, way] += (chosen * side * (0.45 * over[:, :, way] + 0.5)).sum(axis=1)
        at[:, 0] = np.clip(at[:, 0], MARGIN, WIDTH - MARGIN)
        at[:, 1] = np.clip(at[:, 1], MARGIN / 2, HEIGHT - MARGIN / 3)
    return at


@cache
def capitals() -> Mapping[str, tuple[float, float]]:
    """Longitude and latitude of each state's capital."""
    found: dict[str, tuple[float, float]] = {}
    for row in read_csv(BUILT_IN / "places" / "cities.csv"):
        if "capital" in row.many("population_class"):
            found.setdefault(row.need("country"), (float(row.need("lon")), float(row.need("lat"))))
    return found
