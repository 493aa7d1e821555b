"""Every entry quotes its words: checked over all that is read from the sample reports."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from dragoman.sources import read_sources
from dragoman.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.entries import ReadReport
    from dragoman.reading import Reader

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"


@pytest.fixture(scope="module")
def readings(reader: Reader) -> list[ReadReport]:
    return [reader.read(report) for report in read_sources([str(EXAMPLES)])]


def spans(thing: Any) -> Iterator[Span]:
    if isinstance(thing, Span):
        yield thing
    elif is_dataclass(thing):
        for field in fields(thing):
            yield from spans(getattr(thing, field.name))
    elif isinstance(thing, tuple):
        for one in thing:
            yield from spans(one)


def test_every_span_quotes_its_words(readings: list[ReadReport]) -> None:
    seen = 0
    for read in readings:
        for part in (read.sentences, read.mentions, read.moments, read.events, read.statements):
            for span in spans(part):
                seen += 1
                assert read.report.text[span.start : span.end] == span.text
                assert span.text.strip()
    assert seen > 1000


def test_ids_are_unique_and_made_from_content(readings: list[ReadReport], reader: Reader) -> None:
    ids = [entry.id for read in readings for entry in (*read.events, *read.statements)]
    assert len(ids) == len(set(ids))
    again = [reader.read(read.report) for read in readings]
    assert again == readings


def test_furniture_tells_nothing(readings: list[ReadReport]) -> None:
    for read in readings:
        silent = [
            part for part in read.report.parts if part.kind not in {"title", "caption", "prose"}
        ]
        for event in read.events:
            assert not any(
                part.start < event.span.end and event.span.start < part.end for part in silent
            )


def test_events_follow_the_ontology(readings: list[ReadReport], reader: Reader) -> None:
    types = reader.rulebook.ontology.types
    for read in readings:
        for event in read.events:
            plover = types[event.event]
            assert event.quad_code == plover.quad
            assert event.event_scale == plover.scale
            assert set(event.mode) <= set(plover.modes)
            assert set(event.context) <= set(reader.rulebook.ontology.contexts)
            assert 0.0 <= event.confidence <= 1.0
            assert event.coder
            assert event.actor or event.recipient
