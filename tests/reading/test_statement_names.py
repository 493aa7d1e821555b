"""By which name a speaker is told, by whole readings of our own sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.reading.told import said, statements

from dragoman.entries import Part, Report

if TYPE_CHECKING:
    from dragoman.reading import Reader


def test_a_surname_that_is_a_peoples_name_is_hers(reader: Reader) -> None:
    text = "Amina Baloch wrote a book on ports. “As sailors we must stand together,” Baloch wrote in May."
    speaker = said(reader, text, "stand together").speaker
    assert speaker is not None
    assert speaker.name == "Amina Baloch"


def test_a_name_that_ends_in_one_letter_ends_its_sentence(reader: Reader) -> None:
    text = "Oman welcomed the envoy Hassan Rufay'i. Karimi, speaking in Doha, said that the road was open."
    found = reader.read(Report(id="r", text=text, parts=(Part("prose", 0, len(text)),)))
    assert len(found.sentences) == 2


def test_whose_spokesman_speaks_is_not_who_speaks(reader: Reader) -> None:
    speaker = said(reader, "“Russia will wait,” Putin's spokesman said.", "will wait").speaker
    assert speaker is not None
    assert speaker.name is None
    assert speaker.entity_code == "RUS"


def test_a_body_has_the_whole_of_its_name(reader: Reader) -> None:
    text = "The House Oversight and Reform Committee said on Tuesday that the papers were late."
    speaker = said(reader, text, "papers were late").speaker
    assert speaker is not None
    assert speaker.name is not None
    assert "Oversight and Reform Committee" in speaker.name


def test_whose_widow_she_is_does_not_speak(reader: Reader) -> None:
    text = "Olav Berg's widow, Hana Brook, said that the bridge was not safe."
    speaker = said(reader, text, "not safe").speaker
    assert speaker is not None
    assert speaker.name == "Hana Brook"


def test_a_name_before_a_thing_is_no_label(reader: Reader) -> None:
    assert not statements(reader, "Hana Brook Image: The Council of Ports and Harbours.")
    told = said(reader, "Hana Brook: We want calm in the port.", "calm in the port")
    assert told.speaker is not None
    assert told.speaker.name == "Hana Brook"


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        (
            "In Pretoria, Professor Anne-Marie Dube said the work would go on. Dube did not say when.",
            "Dube",
            "Anne-Marie Dube",
        ),
        (
            "The Thai Sunrise Party said on Monday it would contest the vote.",
            "The Thai Sunrise Party",
            "Thai Sunrise Party",
        ),
        (
            "Rovers half back Jarrod Quill praised the win.",
            "Rovers half back Jarrod Quill",
            "Jarrod Quill",
        ),
        (
            "Lena Hall founded the Harvest Party. The party, which describes itself as new, will stand again.",
            "which",
            "Harvest Party",
        ),
    ],
)
def test_names_are_whole(reader: Reader, text: str, words: str, name: str) -> None:
    found = [
        one.speaker
        for one in statements(reader, text)
        if one.speaker and one.speaker.span.text == words
    ]
    assert [one.name for one in found] == [name]


def test_a_name_told_beside_is_not_the_party(reader: Reader) -> None:
    text = (
        "Lena Hall founded the Harvest Party in 2004 with friends of Omar Reed, once the candidate of the "
        "Labour Party. The party said it would stand again."
    )
    names = {one.speaker.name for one in statements(reader, text) if one.speaker}
    assert names == {"Harvest Party"}


def test_a_study_is_nobody_whoever_made_it(reader: Reader) -> None:
    text = "A study by Dr. Sara Lind concluded that the reefs are dying."
    speaker = said(reader, text, "reefs").speaker
    assert speaker is not None
    assert speaker.name is None


def test_no_day_says_anything(reader: Reader) -> None:
    text = "Tuesday's announcement that the port would close came late. The Sun said that it would open."
    speakers = {one.speaker.span.text for one in statements(reader, text) if one.speaker}
    assert speakers == {"The Sun"}
