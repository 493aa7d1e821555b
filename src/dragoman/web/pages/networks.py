"""The network of states, and the same on a map."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Annotated

from fastapi import Query

from dragoman.errors import UsageError
from dragoman.record.days import first_day
from dragoman.web.ask import Ask  # noqa: TC001 - FastAPI looks the types up at run time
from dragoman.web.page import Page
from dragoman.web.signed import Edge, Network, Node
from dragoman.web.signed import network as drawn

EDGE_COLUMNS = ("a", "b", "score", "sign", "happenings", "ties")

Day = Annotated[str, Query(max_length=10)]


@dataclass(frozen=True, slots=True)
class NetworkPage:
    """The states and how they stand on a day.

    Attributes:
        network: it; by_code: its states.
        lines: how pairs stand, those first of which most is told.
        active: states that stand in one of them.
        camps: the two sides, by name.
    """

    network: Network
    by_code: dict[str, Node]
    lines: list[Edge]
    active: frozenset[str]
    camps: tuple[tuple[str, ...], tuple[str, ...]]


def network(ask: Ask, on: Day = "") -> Page:
    """The signed network of states on a day."""
    return _page(ask, on, "network.html", "Network")


def map(ask: Ask, on: Day = "") -> Page:  # noqa: A001 - its name in the address
    """The signed network of states on a map."""
    return _page(ask, on, "map.html", "Map")


def _page(ask: Ask, on: str, template: str, title: str) -> Page:
    if on and (first_day(on) is None or len(on) != 10):
        raise UsageError(f"on: {on!r} is no day; write 2016-01-04")
    found = drawn(ask.record, on or None, ask.summary.last)
    lines = sorted(found.edges, key=lambda edge: (-edge.weight, edge.a, edge.b))
    sides = tuple(tuple(node.name for node in found.nodes if node.camp == camp) for camp in (1, 2))
    return Page(
        template, title,
        NetworkPage(
            found, {node.code: node for node in found.nodes}, lines,
            frozenset(code for edge in lines for code in (edge.a, edge.b)), (sides[0], sides[1]),
        ),
        rows=[asdict(edge) for edge in lines], columns=EDGE_COLUMNS,
        head={
            "on": found.on, "days": list(found.days), "nodes": [asdict(one) for one in found.nodes],
        },
        command=f"dragoman export ties --format jsonl --record {ask.file}",
        python=f"open_record({ask.file!r}).ties(on={found.on!r})",
    )  # fmt: skip
