"""A stretch of a report's text, with its exact words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters ``start`` to ``end`` (exclusive) of a report's text, and the words that stand there.

    ``report.text[span.start:span.end] == span.text`` holds for every span that Dragoman keeps.
    """

    start: int
    end: int
    text: str

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


def cut(text: str, start: int, end: int) -> Span:
    """The span of ``text[start:end]``, without white space at its edges.

    Raises:
        ValueError: if nothing but white space would be left, or the offsets lie outside the text.
    """
    if not 0 <= start <= end <= len(text):
        message = f"span {start}:{end} lies outside a text of {len(text)} characters"
        raise ValueError(message)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start == end:
        message = f"span at {start} holds no words"
        raise ValueError(message)
    return Span(start, end, text[start:end])
