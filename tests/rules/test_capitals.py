"""Letters that stand for a name and spell a common word are read as the name, where the report means it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dragoman.entries import Part, ReadReport, Report
from dragoman.errors import RuleError
from dragoman.rulebook import load_rulebook
from dragoman.rulebook.capitals import load_capitals

if TYPE_CHECKING:
    from pathlib import Path

    from dragoman.reading import Reader

HEAD = "letters,shown,names\n"


def read(reader: Reader, text: str) -> ReadReport:
    return reader.read(
        Report("r", text, published="2025-03-14", parts=(Part("prose", 0, len(text)),))
    )


def named(found: ReadReport, words: str) -> list[str | None]:
    told = [one for one in found.mentions if one.span.text.removesuffix("'s") == words]
    return [one.actor.name if one.actor else None for one in told]


@pytest.mark.parametrize(
    ("text", "letters", "name"),
    [
        ("Islamic State was weak. Officials believe IS is behind the bombing.", "IS", "Islamic State"),
        ("Islamic State is strong in Syria. IS has claimed the attack.", "IS", "Islamic State"),
        ("The World Health Organization met. WHO accused China of hiding data.", "WHO", "World Health Organization"),
        ("Chad borders the Central African Republic. Rwanda sent troops to CAR.", "CAR", "Central African Republic"),
    ],
)  # fmt: skip
def test_read_as_the_name(reader: Reader, text: str, letters: str, name: str) -> None:
    found = read(reader, text)
    assert named(found, letters) == [name]
    for one in found.mentions:
        assert text[one.span.start : one.span.end] == one.span.text


def test_an_act_on_it_is_told_of_it(reader: Reader) -> None:
    text = (
        "The Islamic State group is weaker. U.S. forces carried out a series of airstrikes against IS in "
        "Syria. IS has claimed an attack on Iraq."
    )
    strike, claim = read(reader, text).events
    assert [one.span.text for one in strike.recipient] == ["IS"]
    assert [one.entity_code for one in claim.actor] == ["IMG"]
    assert claim.trigger.text == text[claim.trigger.start : claim.trigger.end] == "claimed"


@pytest.mark.parametrize(
    "text",
    [
        "He IS guilty, the senator wrote. The court met.",  # no report on the group
        "Islamic State lost. This IS a defeat, the general wrote.",  # stressed
        "ISLAMIC STATE: ISIS IS WEAK.",  # all in capitals
        "Islamic State said: who is the emir?",
    ],
)
def test_left_as_a_word(reader: Reader, text: str) -> None:
    assert named(read(reader, text), "IS") == []


def test_letters_shown_are_free_of_others_names() -> None:
    rows = load_rulebook().capitals
    assert {one.letters for one in rows} & {one.shown for one in rows} == set()
    assert all(len(one.letters) == len(one.shown) for one in rows)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("IS,ISIS,Islamic State", "not as long as 'IS'"),
        ("Is,AQ,Islamic State", "not all capitals"),
        ("IS,AQ,Islamic State\nIS,EU,Islamic State", "'IS' stands twice"),
        ("IS,AQ,", "names"),
    ],
)
def test_a_broken_row_is_refused(tmp_path: Path, row: str, told: str) -> None:
    path = tmp_path / "capitals.csv"
    path.write_text(HEAD + row + "\n", encoding="utf-8")
    with pytest.raises(RuleError, match=told) as raised:
        load_capitals(path)
    assert "capitals.csv:" in str(raised.value)
