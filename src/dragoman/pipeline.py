"""The steps as data: what each reads, what it writes, by which key, and the function that does it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the line.

    Attributes:
        name: how it is called in logs and docs.
        reads, writes: kinds of entries.
        key: ``report`` (each report alone), ``block``, ``story`` or ``pair`` (all rows of one key).
        function: dotted path of the pure function that does it.
    """

    name: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    key: str
    function: str


STEPS = (
    Step("sources", (), ("reports",), "report", "dragoman.sources.read_sources"),
    Step(
        "reading",
        ("reports",),
        ("sentences", "mentions", "moments", "events", "statements", "tellings"),
        "report",
        "dragoman.reading.Reader.read",
    ),
    Step(
        "stories",
        ("reports", "events"),
        ("stories",),
        "block",
        "dragoman.gathering.stories.find_stories",
    ),
    Step(
        "comparison",
        ("stories", "events", "statements"),
        ("happenings", "utterances", "findings"),
        "story",
        "dragoman.gathering.comparison.compare",
    ),
    Step(
        "ties",
        ("tellings", "stories", "happenings"),
        ("ties",),
        "pair",
        "dragoman.gathering.ties.find_ties",
    ),
)
