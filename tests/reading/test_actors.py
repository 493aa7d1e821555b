"""Coding of parties: who it is on that day, of which state or body, in which sector, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dragoman.entries import Part, Report

if TYPE_CHECKING:
    from dragoman.entries import Actor
    from dragoman.reading import Reader

CODED = [
    # phrase, day, country (or the body's code), sector
    ("UN Secretary-General Kofi Annan", "2003-03-04", "UNO", None),
    ("NATO chief Mark Rutte", "2025-02-04", "IGO", None),
    ("Al-Qaeda leader Ayman al-Zawahiri", "2014-02-04", "IMG", "REB"),
    ("a UN envoy", "2014-02-04", "UNO", None),
    ("a Hezbollah official", "2014-02-04", "LBN", "REB"),
    ("peshmerga fighters", "2015-02-04", "IRQ", "MIL"),
    ("Jordan's King Abdullah", "2012-02-04", "JOR", "GOV"),
    ("Saudi King Abdullah", "2012-02-04", "SAU", "GOV"),
    ("King Abdullah of Jordan", "2012-02-04", "JOR", "GOV"),
    ("Donald Trump", "2022-02-04", "USA", "ELI"),
    ("Donald Trump", "2025-02-04", "USA", "GOV"),
    ("nuclear chief Ali Akbar Salehi", "2014-02-04", "IRN", "GOV"),
    ("Iran-backed gunmen", "2019-02-04", None, "UAF"),
    ("anti-American protesters", "2012-02-04", None, "OPP"),
    ("Saudi-led coalition", "2016-02-04", "IGO", "MIL"),
    ("Congolese troops", "2012-02-04", "COD", "MIL"),
    ("Congo-Brazzaville", "1997-06-08", "COG", None),
    ("the Gulf Cooperation Council", "2012-02-04", "IGO", None),
    ("Al Qaeda in the Arabian Peninsula", "2012-02-04", "YEM", "REB"),
    ("the Syrian Red Crescent", "2012-02-04", "SYR", "MED"),
    ("Hutu refugees", "1996-02-04", "RWA", "REF"),
    ("Rosneft", "2012-02-04", "RUS", "BUS"),
    ("ousted Thai premier", "2007-02-04", "THA", "ELI"),
]


def coded(reader: Reader, phrase: str, day: str | None) -> list[Actor]:
    text = f"{phrase} said so."
    report = Report(id="t", text=text, published=day, parts=(Part("prose", 0, len(text)),))
    made = [m.actor for m in reader.read(report).mentions if m.actor and m.kind != "adjective"]
    longest = max((len(one.span.text) for one in made), default=0)
    return [one for one in made if len(one.span.text) == longest]


@pytest.mark.parametrize(("phrase", "day", "country", "sector"), CODED)
def test_a_phrase_is_coded_on_its_day(
    reader: Reader, phrase: str, day: str, country: str | None, sector: str | None
) -> None:
    actor = coded(reader, phrase, day)[0]
    assert (actor.country_code or actor.entity_code, actor.sector_code) == (country, sector)
    assert actor.why.startswith("“")


def test_two_adjectives_before_one_noun_are_two_parties(reader: Reader) -> None:
    made = coded(reader, "Russian and Syrian warplanes", "2016-02-04")
    assert [(one.country_code, one.sector_code) for one in made] == [("RUS", "MIL"), ("SYR", "MIL")]


def test_why_tells_whose_official_it_is(reader: Reader) -> None:
    why = coded(reader, "a Hamas official", "2016-02-04")[0].why
    assert "Hamas" in why
    assert "REB" in why


def test_what_is_not_known_keeps_its_words_and_no_code(reader: Reader) -> None:
    actor = coded(reader, "Ulbrecht Sondervan", "2016-02-04")[0]
    assert actor.entity_code is None
    assert actor.sector_code is None
    assert "catalogue" in actor.why
