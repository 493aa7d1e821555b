"""Whom "the leaders" means where a report tells of the summit of an international body."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dragoman.entries import Part, Report

if TYPE_CHECKING:
    from dragoman.reading import Reader

CODED = [
    ("Arab leaders met at an Arab League summit in Cairo. The leaders condemned Israel.", "IGO"),
    ("EU leaders met in Brussels on Friday. The leaders condemned Belarus.", "EUR"),
    ("Leaders of African Union member states met in Niamey. The leaders condemned Mali.", "IGO"),
]
UNCODED = [
    "The Arab League has 22 members. Arab leaders condemned Israel.",
    "African Union officials visited Mali. The leaders of the two parties condemned Niger.",
]


def accusers(reader: Reader, text: str) -> list[str | None]:
    parts = (Part("prose", 0, len(text)),)
    read = reader.read(Report(id="r", text=text, published="2024-05-23", parts=parts))
    mention = next(
        one
        for one in read.mentions
        if one.actor
        and one.span.text.lower().endswith("leaders")
        and one.span.start > text.index(".")
    )
    assert mention.actor is not None
    return [mention.actor.entity_code]


@pytest.mark.parametrize(("text", "code"), CODED)
def test_the_leaders_are_the_bodys(reader: Reader, text: str, code: str) -> None:
    assert accusers(reader, text) == [code]


@pytest.mark.parametrize("text", UNCODED)
def test_no_summit_no_body(reader: Reader, text: str) -> None:
    assert accusers(reader, text) == [None]


def test_two_leaders_named_together_are_the_leaders(reader: Reader) -> None:
    text = (
        "President Emmanuel Macron and Chancellor Olaf Scholz met in Paris after the EU summit. "
        "The leaders condemned Belarus."
    )
    read = reader.read(
        Report(id="r", text=text, published="2024-05-23", parts=(Part("prose", 0, len(text)),))
    )
    leaders = [one.actor for one in read.mentions if one.span.text == "The leaders" and one.actor]
    assert {one.entity_code for one in leaders} == {"FRA", "DEU"}
