"""Quotation marks of every make, paired within a report; an odd mark never swallows the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.entries import Report

_CURLY = {"“": "”", "«": "»", "„": "“”", "‹": "›", "「": "」", "‘": "’"}
_SENTENCE_END = ".!?…,;:"


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted stretch of the text.

    Attributes:
        start, end: from the opening mark to behind the closing one (or the paragraph's end).
        inner_start, inner_end: without the marks.
        closed: whether the closing mark stands; a quotation that goes on in the next paragraph is
            left open and opened anew there.
        continues: whether it takes up the quotation of the paragraph before.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool
    continues: bool = False


def find_quotes(report: Report) -> tuple[Quote, ...]:
    """The double quotations (and single curly ones of several words) in a report's news text."""
    made: list[Quote] = []
    open_before = False
    for part in report.parts:
        if part.kind not in {"title", "caption", "prose"}:
            continue
        quotes = _in_part(report.text, part.start, part.end)
        for number, quote in enumerate(quotes):
            if number == 0 and open_before and quote.start <= part.start + 2:
                made.append(
                    Quote(
                        quote.start,
                        quote.end,
                        quote.inner_start,
                        quote.inner_end,
                        quote.closed,
                        continues=True,
                    )
                )
            else:
                made.append(quote)
        open_before = bool(quotes) and not quotes[-1].closed
    return tuple(made)


def _in_part(text: str, start: int, end: int) -> list[Quote]:
    made: list[Quote] = []
    position = start
    while position < end:
        char = text[position]
        if char in _CURLY and (char != "‘" or _single_opens(text, position, start)):
            close = _closing(text, position, end, _CURLY[char])
        elif char == '"' and _straight_opens(text, position, start):
            close = _closing(text, position, end, '"')
        else:
            position += 1
            continue
        if close is not None:
            if text[position + 1 : close].strip():
                made.append(Quote(position, close + 1, position + 1, close, closed=True))
            position = close + 1
            continue
        # Left open: believed only where it begins the paragraph or a clause and runs to its end.
        if char != "‘" and _may_run_on(text, position, start):
            stop = end
            while stop > position and text[stop - 1].isspace():
                stop -= 1
            if stop > position + 1:
                made.append(Quote(position, stop, position + 1, stop, closed=False))
                return made
        position += 1
    return made


def _closing(text: str, opened: int, end: int, marks: str) -> int | None:
    depth = 0
    for position in range(opened + 1, end):
        char = text[position]
        if char == text[opened] and char not in marks:
            depth += 1
        elif char in marks:
            if marks == "’" and not _single_closes(text, position):
                continue
            if depth == 0:
                return position
            depth -= 1
    return None


def _straight_opens(text: str, position: int, start: int) -> bool:
    return position == start or not (text[position - 1].isalnum() or text[position - 1] in ".,!?…")


def _single_opens(text: str, position: int, start: int) -> bool:
    return position == start or text[position - 1].isspace() or text[position - 1] in '(—–“"'


def _single_closes(text: str, position: int) -> bool:
    after = text[position + 1 : position + 2]
    return not after.isalnum()


def _may_run_on(text: str, position: int, start: int) -> bool:
    before = text[start:position].rstrip()
    return not before or before[-1] in _SENTENCE_END
