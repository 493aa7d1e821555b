"""Dragoman reads what news outlets report about the dealings between states, and keeps the record.

    import dragoman

    summary = dragoman.read_paths(["reports/"], "dragoman.db")
    with dragoman.open_record("dragoman.db") as record:
        for event in record.events(dragoman.Where(between=("BHR", "IRN"))):
            print(event.event, event.span.text)

The names here are the public face; they are loaded when first used, so that importing the package
costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.entries import (
        Actor,
        Comparison,
        Event,
        Evidence,
        Happening,
        ReadReport,
        Report,
        Statement,
        Story,
        Tie,
        Utterance,
    )
    from dragoman.errors import DragomanError
    from dragoman.exchange import export
    from dragoman.reading import Reader
    from dragoman.record import Record, Where, open_record
    from dragoman.rulebook import Rulebook, load_rulebook
    from dragoman.run_local import RunSummary, make_reader, read_paths
    from dragoman.sources import read_sources
    from dragoman.spans import Span

__version__ = "0.1.0"

__all__ = [
    "Actor",
    "Comparison",
    "DragomanError",
    "Event",
    "Evidence",
    "Happening",
    "ReadReport",
    "Reader",
    "Record",
    "Report",
    "Rulebook",
    "RunSummary",
    "Span",
    "Statement",
    "Story",
    "Tie",
    "Utterance",
    "Where",
    "export",
    "load_rulebook",
    "make_reader",
    "open_record",
    "read_paths",
    "read_sources",
]

_HOMES = {
    "dragoman.entries": (
        "Actor Comparison Event Evidence Happening ReadReport Report Statement Story Tie Utterance"
    ),
    "dragoman.errors": "DragomanError",
    "dragoman.exchange": "export",
    "dragoman.reading": "Reader",
    "dragoman.record": "Record Where open_record",
    "dragoman.rulebook": "Rulebook load_rulebook",
    "dragoman.run_local": "RunSummary make_reader read_paths",
    "dragoman.sources": "read_sources",
    "dragoman.spans": "Span",
}
_HOME = {name: module for module, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(import_module(_HOME[name]), name)
    message = f"module 'dragoman' has no attribute {name!r}"
    raise AttributeError(message)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
