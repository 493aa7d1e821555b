"""Parties without a country in reports that speak of one country nearly throughout."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dragoman.entries import Part, Report
from dragoman.reading.lending import LENT

if TYPE_CHECKING:
    from dragoman.entries import Actor
    from dragoman.reading import Reader

AT_HOME = (
    "Chad's parliament met in N'Djamena on Monday. Chadian President Idriss Deby opened the session, and Chad's army "
    "stood guard. The Chadian foreign ministry and the Chadian central bank sent delegates."
)


def party(reader: Reader, text: str, words: str) -> Actor:
    """The party of the mention with these words."""
    report = Report(id="t", text=text, published="2015-05-23", parts=(Part("prose", 0, len(text)),))
    found = [
        one.actor
        for one in reader.read(report).mentions
        if one.span.text == words and one.actor is not None
    ]
    assert found, f"{words!r} is no mention"
    return found[0]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Amadou Tall walked out.", "Amadou Tall"),
        ("Opposition lawmaker Amadou Tall walked out.", "Opposition lawmaker Amadou Tall"),
        ("The shopkeepers shut their stalls in protest.", "The shopkeepers"),
    ],
)
def test_a_party_of_no_told_country_is_of_the_one_that_the_report_speaks_of(
    reader: Reader, sentence: str, words: str
) -> None:
    found = party(reader, f"{AT_HOME} {sentence}", words)
    assert found.entity_code == found.country_code == "TCD"


def test_it_is_said_where_the_code_comes_from(reader: Reader) -> None:
    assert LENT in party(reader, f"{AT_HOME} Amadou Tall walked out.", "Amadou Tall").why


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Foreign observers were not let in.", "Foreign observers"),
        ("Migrants camped outside.", "Migrants"),
        ("Rebels shelled the outskirts.", "Rebels"),
        ("Abdou criticised any space agency as idle.", "any space agency"),
    ],
)
def test_who_goes_from_land_to_land_is_not(reader: Reader, sentence: str, words: str) -> None:
    text = f"{AT_HOME} {sentence}"
    report = Report(id="t", text=text, published="2015-05-23", parts=(Part("prose", 0, len(text)),))
    found = [one.actor for one in reader.read(report).mentions if one.span.text == words]
    assert found
    assert all(LENT not in one.why for one in found if one is not None)


def test_nor_is_a_name_in_a_report_about_a_body_of_states(reader: Reader) -> None:
    text = f"{AT_HOME} Amadou Tall walked out."
    parts = (Part("prose", 0, len(text)),)
    for title, code in (("UN Chief Deplores Violence in Chad", None), ("A Day in Chad", "TCD")):
        read = reader.read(
            Report(id="t", text=text, title=title, published="2015-05-23", parts=parts)
        )
        codes = {
            one.actor.entity_code
            for one in read.mentions
            if one.span.text == "Amadou Tall" and one.actor
        }
        assert codes == {code}, title


def test_where_several_countries_are_spoken_of_nobody_is_lent_one(reader: Reader) -> None:
    text = (
        "Chad and Niger met in Oman on Monday. Chadian and Nigerien ministers spoke with Sudan's envoy. "
        "Opposition lawmaker Amadou Tall walked out."
    )
    assert party(reader, text, "Opposition lawmaker Amadou Tall").entity_code is None


@pytest.mark.parametrize(
    ("whom", "code"), [("his Chadian counterpart", None), ("a colleague", "TCD")]
)
def test_who_meets_his_counterpart_is_of_another_state(
    reader: Reader, whom: str, code: str | None
) -> None:
    text = f"{AT_HOME} Ruehe met {whom} on Friday."
    assert party(reader, text, "Ruehe").entity_code == code


@pytest.mark.parametrize(
    ("title", "code"),
    [
        ("Chadian cabinet ends curfew", "TCD"),
        ("UN envoy says Chad ends curfew", None),
        ("Chad and Niger end curfews", None),
    ],
)
def test_the_rulers_of_the_one_state_of_the_title(
    reader: Reader, title: str, code: str | None
) -> None:
    text = (
        "Chad's curfew ended on Sunday. Doctors from France and a team from Kenya had come to Chad in May, and flights from "
        "Niger to Chad were resumed. Chad had 300 deaths.\n\nShops opened at noon. The prime minister thanked everybody."
    )
    report = Report(id="t", title=title, text=text, parts=(Part("prose", 0, len(text)),))
    (found,) = (m for m in reader.read(report).mentions if m.span.text == "The prime minister")
    assert found.actor is not None
    assert found.actor.entity_code == code
