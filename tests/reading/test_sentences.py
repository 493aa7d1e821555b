"""Cutting prose into sentences."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.entries import Part, Report
from dragoman.reading.sentences import find_sentences


def cut(text: str) -> list[str]:
    report = Report(id="r", text=text, parts=(Part("prose", 0, len(text)),) if text.strip() else ())
    return [sentence.span.text for sentence in find_sentences(report)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left. She stayed.", ["He left.", "She stayed."]),
        ("Gen. Haddad met Dr. Sato on Jan. 4. They agreed.",
         ["Gen. Haddad met Dr. Sato on Jan. 4.", "They agreed."]),
        ("The U.S. Navy sailed. It returned.", ["The U.S. Navy sailed.", "It returned."]),
        ("He flew to the U.S. The visit was short.", ["He flew to the U.S.", "The visit was short."]),
        ('"We want peace. We want it now," the king said. He then left.',
         ['"We want peace. We want it now," the king said.', "He then left."]),
        ("“Stop. Go home,” she said.", ["“Stop. Go home,” she said."]),
        ("Prices rose 3.5 percent. Wages fell.", ["Prices rose 3.5 percent.", "Wages fell."]),
        ("She ran. “[...] I knew it,” he said.", ["She ran.", "“[...] I knew it,” he said."]),
        ("He asked: why? Nobody knew!", ["He asked: why?", "Nobody knew!"]),
        ('An odd " mark stands here. The next sentence is its own.',
         ['An odd " mark stands here.', "The next sentence is its own."]),
        ("The old flag of Peru\n\nPeru left the league. All rose.",
         ["The old flag of Peru", "Peru left the league.", "All rose."]),
        ("A line\nthat goes on. Then another.", ["A line\nthat goes on.", "Then another."]),
        ("J. Smith arrived. All rose.", ["J. Smith arrived.", "All rose."]),
    ],
)  # fmt: skip
def test_cuts_as_a_reader_would(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


@given(st.text(alphabet="aB.!?\"“”'‘’ \n«»", max_size=200))
def test_sentences_quote_the_text_and_lose_nothing(text: str) -> None:
    report = Report(id="r", text=text, parts=(Part("prose", 0, len(text)),))
    sentences = find_sentences(report)
    for one in sentences:
        assert text[one.span.start : one.span.end] == one.span.text
    kept = "".join("".join(one.span.text.split()) for one in sentences)
    assert kept == "".join(text.split())


def test_only_news_is_cut_into_sentences() -> None:
    text = "Title here\nFollow our channel for updates. Now.\nThe king left."
    first, second = text.index("\n"), text.rindex("\n")
    report = Report(
        id="r",
        text=text,
        parts=(
            Part("title", 0, first),
            Part("furniture", first + 1, second),
            Part("prose", second + 1, len(text)),
        ),
    )
    assert [one.span.text for one in find_sentences(report)] == ["Title here", "The king left."]
