"""The statements that the program reads in a text of ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entries import Part, Report

if TYPE_CHECKING:
    from dragoman.entries import Statement
    from dragoman.reading import Reader


def statements(reader: Reader, text: str) -> tuple[Statement, ...]:
    """The statements of a text whose paragraphs are its parts."""
    parts, start = [], 0
    for paragraph in text.split("\n\n"):
        parts.append(Part("prose", start, start + len(paragraph)))
        start += len(paragraph) + 2
    return reader.read(
        Report(id="r", text=text, published="2024-05-23", parts=tuple(parts))
    ).statements


def said(reader: Reader, text: str, words: str) -> Statement:
    """The shortest statement whose content holds these words."""
    found = [one for one in statements(reader, text) if words in one.content.text]
    assert found, f"{words!r} is said by nobody"
    return min(found, key=lambda one: len(one.content.text))
