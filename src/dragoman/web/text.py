"""A report's text with the words of entries marked, as pieces that a template can escape and show."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.entries import Part

# Characters of one report shown on one page; the rest is a click away, and whole in the JSON.
SHOWN = 60_000


@dataclass(frozen=True, slots=True)
class Mark:
    """Words to be marked: `kind` decides the look, `key` what lights up together."""

    start: int
    end: int
    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Text under the same marks throughout: their kinds and keys, set apart by spaces."""

    text: str
    kinds: str = ""
    keys: str = ""
    first: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph: what it is (prose, title, furniture, ...), where it begins, its pieces."""

    kind: str
    start: int
    pieces: tuple[Piece, ...]


def pieces(text: str, start: int, end: int, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """``text[start:end]`` cut wherever a mark begins or ends.

    Args:
        text: the report's whole text.
        start, end: the stretch to show.
        marks: in any order; they may overlap.
    """
    inside = sorted(
        (mark for mark in marks if mark.start < end and mark.end > start),
        key=lambda mark: (mark.start, -mark.end, mark.key),
    )
    cuts = sorted(
        {start, end}
        | {mark.start for mark in inside if start < mark.start < end}
        | {mark.end for mark in inside if start < mark.end < end}
    )
    made = []
    active: list[Mark] = []
    seen: set[str] = set()
    at = 0
    for left, right in pairwise(cuts):
        while at < len(inside) and inside[at].start <= left:
            active.append(inside[at])
            at += 1
        active = [mark for mark in active if mark.end > left]
        kinds = " ".join(dict.fromkeys(mark.kind for mark in active))
        keys = " ".join(dict.fromkeys(mark.key for mark in active if mark.key))
        # The first piece of each entry carries the place that links jump to.
        first = next((mark.key for mark in active if mark.key and mark.key not in seen), "")
        seen.update(mark.key for mark in active)
        made.append(Piece(text[left:right], kinds, keys, first))
    return tuple(made)


def blocks(
    text: str, parts: Sequence[Part], marks: Sequence[Mark], start: int = 0, end: int | None = None
) -> list[Block]:
    """The paragraphs of a stretch of a report, with the marks in them."""
    end = len(text) if end is None else min(end, len(text))
    made = []
    for kind, left, right in _stretches(text, parts):
        if right <= start or left >= end:
            continue
        for one, other in _paragraphs(text, max(left, start), min(right, end)):
            near = [mark for mark in marks if mark.start < other and mark.end > one]
            made.append(Block(kind, one, pieces(text, one, other, near)))
    return made


def _stretches(text: str, parts: Sequence[Part]) -> list[tuple[str, int, int]]:
    """The parts, and as prose whatever lies between them (an older record may lack parts)."""
    made = []
    at = 0
    for part in parts:
        if text[at : part.start].strip():
            made.append(("prose", at, part.start))
        made.append((part.kind, part.start, part.end))
        at = max(at, part.end)
    if text[at:].strip():
        made.append(("prose", at, len(text)))
    return made


def _paragraphs(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the lines of a stretch lie, without empty ones."""
    made = []
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if text[start:stop].strip():
            made.append((start, stop))
        start = stop + 1
    return made
