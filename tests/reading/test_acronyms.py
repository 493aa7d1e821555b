"""Letters that stand for a name which the report has spelled out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dragoman.entries import Actor, Part, Report
from dragoman.reading.acronyms import spelled_out
from dragoman.spans import Span

if TYPE_CHECKING:
    from dragoman.reading import Reader


def named(words: str, name: str | None = None) -> Actor:
    return Actor(Span(0, len(words), words), name or words)


OFFICE = named("The Harbour Safety Office")
BODIES = (OFFICE, named("Chad Energy Board"), named("Sara Lind"))


@pytest.mark.parametrize("words", ["HSO", "the HSO", "The H.S.O.", "the HSO's"])
def test_letters_are_the_name_that_begins_with_them(words: str) -> None:
    assert spelled_out(words, BODIES) is OFFICE


@pytest.mark.parametrize("words", ["HSOP", "Hso", "HS", "the office", "H"])
def test_other_letters_are_not(words: str) -> None:
    assert spelled_out(words, BODIES) is None


def test_a_description_is_no_name() -> None:
    assert spelled_out("N.Y.", (named("The four-term New York senator"),)) is None


def test_of_two_such_names_neither_is_meant() -> None:
    assert spelled_out("HSO", (*BODIES, named("Highland Sheep Order"))) is None


def test_a_report_s_own_letters_are_followed_back(reader: Reader) -> None:
    text = "The Islamic State terror group lost a leader. U.S. forces carried out airstrikes against IS in Syria."
    read = reader.read(
        Report(id="t", text=text, published="2019-12-05", parts=(Part("prose", 0, len(text)),))
    )
    (event,) = [one for one in read.events if one.event == "ASSAULT"]
    assert [one.name for one in event.recipient] == ["Islamic State"]
    assert "letters of" in event.recipient[0].why
