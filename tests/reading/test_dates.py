"""Time expressions, resolved on flat sentences (no tree is needed for most of them)."""

from __future__ import annotations

import numpy as np
import pytest

from dragoman.entries import Moment, Part, Report, Sentence
from dragoman.language.tags import Tags, Token
from dragoman.reading.dates import find_moments
from dragoman.reading.tree import Page, Tree
from dragoman.spans import Span


def moments(text: str, published: str | None = "2024-05-23") -> list[Moment]:
    tokens, place = [], 0
    for word in text.split():
        start = text.index(word, place)
        place = start + len(word)
        tokens.append(Token(start, place, word, word.lower(), "X", -1 if not tokens else 0, "dep"))
    empty = np.zeros(0, dtype=np.float32)
    tags = Tags(text, tuple(tokens), (), (), (), empty, empty, None)  # type: ignore[arg-type]
    report = Report(
        id="r", text=text, published=published, parts=(Part("prose", 0, len(text)),)
    )
    tree = Tree(Sentence(0, "prose", Span(0, len(text), text)), tags)
    return list(find_moments(Page(report, (tree,))))


@pytest.mark.parametrize(
    ("text", "value", "end"),
    [
        ("They met on 3 January 2016 in Riyadh.", "2016-01-03", None),
        ("They met on January 3, 2016 in Riyadh.", "2016-01-03", None),
        ("The pact of 10.03.2023 holds.", "2023-03-10", None),
        ("They met on Thursday in Moscow.", "2024-05-23", None),
        ("They met on Tuesday in Moscow.", "2024-05-21", None),
        ("They met last Thursday in Moscow.", "2024-05-16", None),
        ("They met yesterday in Moscow.", "2024-05-22", None),
        ("Ties ended in 2016 after the attack.", "2016", None),
        ("Ties ended in January 2016 after the attack.", "2016-01", None),
        ("They met in March in Beijing.", "2024-03", None),
        ("They met in November in Beijing.", "2023-11", None),
        ("It opened 35 years ago in Manama.", "1989", None),
        ("It opened two days ago in Manama.", "2024-05-21", None),
        ("It will open next year in Manama.", "2025", None),
        ("It opened last month in Manama.", "2024-04", None),
        ("It opened last week in Manama.", "2024-05-13", "2024-05-19"),
        ("Trade fell in the third quarter of 2005 in Asia.", "2005-07", "2005-09"),
        ("War went on in the 1990s there.", "1990", "1999"),
        ("War lasted 1980-1988 there.", "1980", "1988"),
        ("The revolt of spring 2011 failed.", "2011-03", "2011-05"),
    ],
)
def test_value(text: str, value: str, end: str | None) -> None:
    found = [one for one in moments(text) if one.kind == "date"]
    assert [(one.value, one.end) for one in found] == [(value, end)]


@pytest.mark.parametrize(
    "text", ["They met on Thursday.", "They met yesterday.", "It opened two years ago.", "In March it fell."]
)
def test_without_a_date_nothing_is_guessed(text: str) -> None:
    (found,) = moments(text, published=None)
    assert found.value is None
    assert "no date" in found.why or "not known" in found.why


def test_the_following_day_follows_the_day_told_before() -> None:
    found = moments("On 3 January 2016 they left; the following day they came back.")
    assert [one.value for one in found] == ["2016-01-03", "2016-01-04"]


def test_a_length_of_time_is_no_date() -> None:
    (found,) = moments("The two-day visit ended.")
    assert (found.kind, found.value, found.precision) == ("duration", "P2D", "none")


def test_numbers_are_not_years() -> None:
    assert moments("Some 2016 troops and $2,000 were sent; 1,999 came back.") == []
