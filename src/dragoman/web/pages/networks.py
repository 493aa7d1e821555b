"""The network of states, and the same on a map."""

from __future__ import annotations

import shlex
from dataclasses import asdict, dataclass
from typing import Annotated

from fastapi import Query

from dragoman.errors import UsageError
from dragoman.record.days import first_day
from dragoman.web.ask import Ask  # noqa: TC001 - FastAPI looks the types up at run time
from dragoman.web.page import Page
from dragoman.web.signed import Edge, Network, Node, frame
from dragoman.web.signed import network as drawn

EDGE_COLUMNS = ("a", "b", "score", "sign", "happenings", "ties", "strained")

Day = Annotated[str, Query(max_length=10)]


@dataclass(frozen=True, slots=True)
class NetworkPage:
    """The states and how they stand on a day.

    Attributes:
        network: it; by_code: its states.
        lines: how pairs stand, those first of which most is told.
        active: states that stand in one of them.
    """

    network: Network
    by_code: dict[str, Node]
    lines: tuple[Edge, ...]
    active: frozenset[str]


def network(ask: Ask, on: Day = "") -> Page:
    """The signed network of states on a day."""
    return _page(ask, on, "network.html", "Network")


def map(ask: Ask, on: Day = "") -> Page:  # noqa: A001 - its name in the address
    """The signed network of states on a map."""
    return _page(ask, on, "map.html", "Map")


def _page(ask: Ask, on: str, template: str, title: str) -> Page:
    if on and (first_day(on) is None or len(on) != 10):
        raise UsageError(f"on: {on!r} is no day; write 2016-01-04")
    last = ask.summary.last
    place = ask.site.kept("frame", ask.record, lambda: frame(ask.record))
    found = ask.site.kept(
        f"network {on}", ask.record, lambda: drawn(ask.record, place, on or None, last)
    )
    lines = found.edges
    return Page(
        template, title,
        NetworkPage(
            found, {node.code: node for node in found.nodes}, lines,
            frozenset(code for edge in lines for code in (edge.a, edge.b)),
        ),
        rows=lambda: [asdict(edge) for edge in lines], columns=EDGE_COLUMNS,
        head={
            "on": found.on, "since": found.since, "words": list(found.words), "days": list(found.days), "nodes": [asdict(one) for one in found.nodes],
        },
        command=shlex.join(
            ["dragoman", "network", *_within("--since", found.since), *_within("--until", found.on),
             "--record", ask.file]
        ),
        python=f"network_of(open_record({ask.file!r}), since={found.since!r}, until={found.on!r})",
    )  # fmt: skip


def _within(option: str, day: str | None) -> tuple[str, ...]:
    return (option, day) if day else ()
