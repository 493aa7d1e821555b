"""Quotation marks of every make."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.entries import Part, Report
from dragoman.reading.quotes import find_quotes


def quotes(*paragraphs: str) -> list[str]:
    text = "\n\n".join(paragraphs)
    parts, start = [], 0
    for paragraph in paragraphs:
        parts.append(Part("prose", start, start + len(paragraph)))
        start += len(paragraph) + 2
    report = Report(id="r", text=text, parts=tuple(parts))
    return [text[one.inner_start : one.inner_end] for one in find_quotes(report)]


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (['"Peace first," he said.'], ["Peace first,"]),
        (["“Peace first,” he said."], ["Peace first,"]),
        (["«Peace first», he said."], ["Peace first"]),
        (["„Peace first“, he said."], ["Peace first"]),
        (["‘We shall see,’ she said."], ["We shall see,"]),
        (["The minister’s words and the king’s."], []),
        (['He said "we agree" and "we sign".'], ["we agree", "we sign"]),
        (["“He told me ‘no’ twice,” she said."], ["He told me ‘no’ twice,"]),
        (["“First part.", "“Second part,” he said."], ["First part.", "Second part,"]),
        (['"First part.', '"Second part," he said.'], ["First part.", "Second part,"]),
        (['An odd 5" gun was shown.'], []),
        (['He said: "We will not go'], ["We will not go"]),
        (["“” Nothing is quoted."], []),
        (['A "so-called" truce.'], ["so-called"]),
        (["''Peace first,'' he said."], ["Peace first,"]),
        (["``Peace first,'' he said."], ["Peace first,"]),
        (["'Peace first,' said the ministers' envoy."], ["Peace first,"]),
        (["The ministers' plan and the kings' plan."], []),
        (["”Peace first,” he said."], ["Peace first,"]),
        (["»Peace first«, he said."], ["Peace first"]),
        # two closing marks set the wrong way round, the first without its opening one
        (["The share is 51.“ He said “we agree.“ Then he left."], ["we agree."]),
        # left open: the next opening mark ends it
        (['"We agree, he said. "We sign," she said.'], ["We agree, he said.", "We sign,"]),
    ],
)
def test_pairs_the_marks(paragraphs: list[str], expected: list[str]) -> None:
    assert quotes(*paragraphs) == expected


@given(st.text(alphabet="abC.,:!? \n\"'“”‘’«»„‹›「」", max_size=150))
def test_never_fails_and_stays_inside(text: str) -> None:
    report = Report(id="r", text=text, parts=(Part("prose", 0, len(text)),))
    last = 0
    for one in find_quotes(report):
        assert last <= one.start < one.inner_start <= one.inner_end <= one.end <= len(text)
        last = one.end
