"""The network of states and the course of a pair in sentences."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.entries import Event
from dragoman.show.words import event_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dragoman.analysis.balance import Triad
    from dragoman.analysis.changes import Course, Turn
    from dragoman.analysis.network import Edge, Network
    from dragoman.record import Record

# Triads and happenings told in sentences at most.
_SHOWN = 5


def network_words(found: Network, names: Mapping[str, str]) -> Iterator[str]:
    """How many, how far from balance and why, who stands with whom."""
    signs = [edge.sign for edge in found.edges]
    yield (
        f"{_count(len(found.nodes), 'state')}, {_count(len(signs), 'pair')}: "
        f"{signs.count(1)} friendly, {signs.count(-1)} hostile, {signs.count(0)} neither."
    )
    if not found.edges:
        return
    if found.frustration:
        proved = "exact" if found.exact else f"at least {found.bound}, not proved"
        strained = "; ".join(_edge(edge, names) for edge in found.strained)
        yield f"Frustration index {found.frustration} ({proved}). Without balance because of: {strained}."
    else:
        yield "In balance: no tie stands against the division into camps."
    for one, other in found.camps:
        yield f"Camps: {_list(one, names)}; against {_list(other, names)}."
    for triad in found.triads[:_SHOWN]:
        yield _triad(triad, names)
    if len(found.triads) > _SHOWN:
        yield f"... and {len(found.triads) - _SHOWN} more triads that do not fit together."


def _edge(edge: Edge, names: Mapping[str, str]) -> str:
    how = "friendly" if edge.sign > 0 else "hostile"
    return f"{_list((edge.a, edge.b), names, ' and ')} ({how}, {edge.score:+.2f})"


def _triad(triad: Triad, names: Mapping[str, str]) -> str:
    one, other, third = triad.members
    if triad.kind == "three enemies":
        return f"Three enemies: {_list(triad.members, names)}."
    # The tie that is hostile, and who is the friend of both.
    hostile = next(at for at, score in enumerate(triad.scores) if score < 0)
    friend, left, right = ((third, one, other), (other, one, third), (one, other, third))[hostile]
    return (
        f"The friend of an enemy: {_list((friend,), names)} stands well with both "
        f"{_list((left, right), names, ' and ')}, which are enemies."
    )


def turn_words(record: Record, course: Course) -> list[str]:
    """Each turn in a sentence, with the happenings that made it."""
    ids = [id_ for turn in course.turns for id_ in turn.event_ids]
    entries = record.entries(ids)
    events = {id_: entry for id_, entry in entries.items() if isinstance(entry, Event)}
    reports = {dealing.id: len(dealing.report_ids) for dealing in course.dealings}
    of = {dealing.id: dealing.event_ids for dealing in course.dealings}
    return [_turn(turn, of, events, reports) for turn in course.turns]


def _turn(
    turn: Turn,
    of: Mapping[str, Sequence[str]],
    events: Mapping[str, Event],
    reports: Mapping[str, int],
) -> str:
    told = []
    for happening in turn.happening_ids[:_SHOWN]:
        event = next((events[id_] for id_ in of[happening] if id_ in events), None)
        if event is not None:
            count = _count(reports[happening], "report")
            told.append(f"{event_words(replace(event, date=None, auxiliary=()))} ({count})")
    made = f": {'; '.join(told)}" if told else ""
    return f"Turn {turn.words}{made}."


def _list(codes: Sequence[str], names: Mapping[str, str], joint: str = ", ") -> str:
    return joint.join(names.get(code, code) for code in codes)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
