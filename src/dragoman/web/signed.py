"""The signed network of states as it is drawn: who stands well or badly with whom, and where each lies.

A pair's sign comes from the ties that hold on the day and the happenings of the year before it. Places
come from the signed Laplacian of the whole record (Kunegis et al. 2010; Galimberti et al. 2019), which
puts opposed camps on opposite sides, then from a fixed number of steps that push overlapping names
apart: no randomness, so that the same record gives the same picture, and a place does not change with
the day.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from dragoman.record import Where
from dragoman.rulebook.book import BUILT_IN
from dragoman.rulebook.tables import read_csv
from dragoman.web import words
from dragoman.web.drawings import SCALE, day_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy.typing as npt

    from dragoman.entries import Event, Tie
    from dragoman.record import Record

    Places = npt.NDArray[np.float64]

# Days before the day shown whose happenings count.
WINDOW = 365
# Events read for the drawing at most, and states drawn at most: those with most dealings.
EVENTS = 20_000
DRAWN = 80

WIDTH, HEIGHT = 960.0, 600.0
MARGIN = 84.0
# The room that a state's name takes: a letter's across, a line's with its dot down.
LETTER, ROOM = 7.4, 38.0


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
    """How two states stand: score from -1 (hostile) to +1 (friendly), and what it rests on."""

    a: str
    b: str
    score: float
    sign: str
    happenings: int
    ties: tuple[str, ...]

    @property
    def weight(self) -> float:
        """How much is told of the two, and how clearly: what a reader should see first."""
        return (self.happenings + len(self.ties)) * (0.2 + abs(self.score))


@dataclass(frozen=True, slots=True)
class Network:
    """The states and how they stand on a day; `days` are those on which something changed."""

    on: str | None
    days: tuple[str, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def network(record: Record, on: str | None, last: str | None) -> Network:
    """The signed network on a day.

    Args:
        record: to read.
        on: the day, ISO; None for the last day of the record.
        last: the last day of the record.
    """
    ties = [
        tie
        for tie in record.ties()
        if len(tie.members) == 2 and all(one in words.states() for one in tie.members)
    ]
    events = record.events(Where(limit=EVENTS))
    happenings = record.happenings_of([event.id for event in events])
    days = days_of(ties, events)
    on = on or last or (days[-1] if days else None)
    days = tuple(sorted({*days, on})) if on else days
    everything = _edges(ties, events, happenings)
    nodes = _nodes(everything)
    number = day_number(on)
    if number is not None:
        ties = [tie for tie in ties if _holds(tie, number)]
        events = tuple(
            event
            for event in events
            if (day := day_number(event.date, last=True)) is not None
            and number - WINDOW <= day <= number
        )
    shown = {node.code for node in nodes}
    edges = [
        edge for edge in _edges(ties, events, happenings) if edge.a in shown and edge.b in shown
    ]
    sides = camps(edges)
    nodes = tuple(replace(node, camp=sides.get(node.code, 0)) for node in nodes)
    return Network(on, days, nodes, tuple(edges))


def camps(edges: Sequence[Edge]) -> dict[str, int]:
    """The two camps of the largest group of states that are joined: 1 holds the most of them.

    Sides begin as the signs of the signed Laplacian's first vector; then whoever stands nearer to the
    other side goes over, until nobody does (a local optimum of the frustration count, Aref and Wilson
    2019). Without a hostile pair in the group there are no camps.
    """
    group = _largest([edge for edge in edges if edge.sign != "between"])
    inside = [edge for edge in edges if edge.a in group and edge.sign != "between"]
    if not any(edge.sign == "bad" for edge in inside):
        return {}
    codes = sorted(group)
    index = {code: number for number, code in enumerate(codes)}
    signed = np.zeros((len(codes), len(codes)))
    for edge in inside:
        one, other = index[edge.a], index[edge.b]
        signed[one, other] = signed[other, one] = edge.score
    first = _vectors(signed)[:, 0]
    side = np.where(first >= 0, 1.0, -1.0)
    for _ in range(len(codes)):
        against = side * (signed @ side)
        worst = int(np.argmin(against))
        if against[worst] >= 0:
            break
        side[worst] = -side[worst]
    if abs(side.sum()) == len(codes):
        return {}
    # The camp that holds more states comes first; of equals, that of the first code.
    leading = side.sum() > 0 or (side.sum() == 0 and side[0] > 0)
    return {code: 1 if (side[index[code]] > 0) == leading else 2 for code in codes}


def _largest(edges: Iterable[Edge]) -> set[str]:
    """The largest group of states that are joined by edges; the first by code of equals."""
    groups: list[set[str]] = []
    for edge in edges:
        joined = [group for group in groups if edge.a in group or edge.b in group]
        groups = [group for group in groups if group not in joined]
        groups.append({edge.a, edge.b}.union(*joined))
    return min(groups, key=lambda group: (-len(group), min(group)), default=set())


def days_of(ties: Iterable[Tie], events: Iterable[Event]) -> tuple[str, ...]:
    """Days on which a tie began or ended, or something happened; sixty at most, evenly chosen."""
    days = {day for tie in ties for day in (tie.since, tie.until) if day and len(day) == 10}
    days |= {event.date for event in events if event.date and len(event.date) == 10}
    ordered = sorted(days)
    step = -(-len(ordered) // 60) or 1
    return tuple(sorted({*ordered[::step], *ordered[-1:]}))


def _holds(tie: Tie, number: int) -> bool:
    since, until = day_number(tie.since), day_number(tie.until)
    return (since is None or since <= number) and (until is None or number < until)


def _edges(
    ties: Iterable[Tie], events: Iterable[Event], happenings: Mapping[str, str]
) -> list[Edge]:
    """Each pair once: the mean of its ties' signs (-1 to +1) and of its happenings' scores."""
    standing: dict[tuple[str, str], list[str]] = {}
    scores: dict[tuple[str, str], list[float]] = {}
    for tie in ties:
        pair = (min(tie.members), max(tie.members))
        standing.setdefault(pair, []).append(f"{tie.kind}: {tie.state}")
        scores.setdefault(pair, []).append(words.tie_sign(tie.kind, tie.state))
    dealt: dict[tuple[str, str], dict[str, float]] = {}
    for event in events:
        if {"negation", "hypothetical"} & set(event.auxiliary):
            continue
        for pair in pairs_in(event):
            # One happening counts once, however many reports tell it.
            dealt.setdefault(pair, {})[happenings.get(event.id, event.id)] = event.event_scale
    made = []
    for pair in sorted(standing.keys() | dealt.keys()):
        values = scores.get(pair, []) + [score / SCALE for score in dealt.get(pair, {}).values()]
        score = round(sum(values) / len(values), 2)
        sign = "good" if score > 0.05 else "bad" if score < -0.05 else "between"
        made.append(
            Edge(*pair, score, sign, len(dealt.get(pair, {})), tuple(standing.get(pair, ())))
        )
    return made


def pairs_in(event: Event) -> set[tuple[str, str]]:
    """The pairs of states that deal with one another in an event."""
    one = {actor.country_code for actor in event.actor if actor.country_code in words.states()}
    other = {actor.country_code for actor in event.recipient} if event.recipient else one
    other = {code for code in other if code in words.states()}
    return {(min(a, b), max(a, b)) for a in one for b in other if a and b and a != b}


def _nodes(edges: Sequence[Edge]) -> tuple[Node, ...]:
    weight: dict[str, int] = {}
    for edge in edges:
        for code in (edge.a, edge.b):
            weight[code] = weight.get(code, 0) + edge.happenings + len(edge.ties)
    codes = sorted(sorted(weight, key=lambda code: (-weight[code], code))[:DRAWN])
    if not codes:
        return ()
    index = {code: number for number, code in enumerate(codes)}
    signed = np.zeros((len(codes), len(codes)))
    for edge in edges:
        if edge.a in index and edge.b in index:
            signed[index[edge.a], index[edge.b]] = edge.score
            signed[index[edge.b], index[edge.a]] = edge.score
    places = _places(signed, [len(words.state_name(code)) for code in codes])
    spots = capitals()
    made = []
    for code, number in index.items():
        x, y = (round(float(part), 1) for part in places[number])
        lon, lat = spots.get(code) or (None, None)
        made.append(Node(code, words.state_name(code), x, y, lon, lat))
    return tuple(made)


def _vectors(signed: Places) -> Places:
    """The vectors of the signed Laplacian, the least first; each with its largest part positive."""
    degree = np.diag(np.abs(signed).sum(axis=1))
    _, vectors = np.linalg.eigh(degree - signed)
    # An eigenvector's sign is arbitrary.
    for column in range(vectors.shape[1]):
        part = vectors[np.argmax(np.abs(vectors[:, column])), column]
        vectors[:, column] *= 1.0 if part >= 0 else -1.0
    return np.asarray(vectors)


def _places(signed: Places, lengths: Sequence[int]) -> Places:
    """Places in the drawing; `lengths` are those of the names, so that they lie apart."""
    count = len(signed)
    vectors = _vectors(signed)
    spread = vectors[:, :2] if count > 1 else np.zeros((count, 2))
    if spread.shape[1] < 2:
        spread = np.column_stack([spread, np.zeros(count)])
    # A ring of places by number keeps equal ones apart from the beginning.
    angle = 2 * np.pi * np.arange(count) / max(count, 1)
    at = spread / (np.abs(spread).max() or 1.0) + 0.35 * np.column_stack(
        [np.cos(angle), np.sin(angle)]
    )
    strength = np.abs(signed)
    near = 2.4 / np.sqrt(count)
    for step in range(200):
        apart = at[:, None, :] - at[None, :, :]
        distance = np.maximum(np.linalg.norm(apart, axis=2), 0.01)
        push = (near**2 / distance)[:, :, None] * apart / distance[:, :, None]
        pull = (strength * distance / near * (signed > 0))[:, :, None] * apart
        move = push.sum(axis=1) - pull.sum(axis=1)
        length = np.maximum(np.linalg.norm(move, axis=1, keepdims=True), 1e-9)
        at += move / length * np.minimum(length, 0.1 * (1 - step / 200))
    low, high = at.min(axis=0), at.max(axis=0)
    span = np.maximum(high - low, 1e-6)
    box = np.array([WIDTH - 2 * MARGIN, HEIGHT - 2 * MARGIN])
    scaled = MARGIN + (at - low) / span * box
    if count == 1:
        scaled = np.array([[WIDTH / 2, HEIGHT / 2]])
    return _apart(scaled, lengths)


def _apart(at: Places, lengths: Sequence[int]) -> Places:
    """Places pushed apart until no name covers another, as far as there is room."""
    count = len(at)
    for _ in range(300):
        moved = False
        for one in range(count):
            for other in range(one + 1, count):
                gap = at[other] - at[one]
                across = max(76.0, LETTER * (lengths[one] + lengths[other]) / 2 + 14)
                over = np.array([across - abs(gap[0]), ROOM - abs(gap[1])])
                if (over <= 0).any():
                    continue
                moved = True
                # The shorter way out, half each; equal places part by their numbers.
                way = int(over[0] / across > over[1] / ROOM)
                step = (over[way] / 2 + 0.5) * (1.0 if gap[way] >= 0 else -1.0)
                at[one, way] -= step
                at[other, way] += step
        at[:, 0] = np.clip(at[:, 0], MARGIN, WIDTH - MARGIN)
        at[:, 1] = np.clip(at[:, 1], MARGIN / 2, HEIGHT - MARGIN / 3)
        if not moved:
            break
    return at


@cache
def capitals() -> Mapping[str, tuple[float, float]]:
    """Longitude and latitude of each state's capital."""
    found: dict[str, tuple[float, float]] = {}
    for row in read_csv(BUILT_IN / "places" / "cities.csv"):
        if "capital" in row.many("population_class"):
            found.setdefault(row.need("country"), (float(row.need("lon")), float(row.need("lat"))))
    return found
