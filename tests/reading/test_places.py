"""Where an event happened, on hand-made trees and a small gazetteer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.reading.trees import tree_of

from dragoman.errors import RuleError
from dragoman.language.tags import Name
from dragoman.reading.places import event_place
from dragoman.rulebook.gazetteer import Gazetteer, load_gazetteer

if TYPE_CHECKING:
    from pathlib import Path

CITIES = """name,country,admin,lat,lon,population_class,aliases
Doha,QAT,,25.29,51.53,capital;over 1 million,
Tehran,IRN,,35.69,51.39,capital,Teheran
Moscow,RUS,,55.76,37.62,capital,
Kabul,AFG,,34.53,69.17,capital,
Hyderabad,IND,,17.38,78.46,over 1 million,
Hyderabad,PAK,,25.38,68.37,over 1 million,
South China Sea,,,12.0,113.0,sea,
Kharkiv,UKR,,50.0,36.2,over 1 million,Kharkov
"""
STATES = "code,name,aliases\nCHN,China,\nKOR,South Korea,the South\nQAT,Qatar,\n"


def write(folder: Path, cities: str = CITIES) -> Path:
    (folder / "places").mkdir(exist_ok=True)
    (folder / "actors").mkdir(exist_ok=True)
    (folder / "places" / "cities.csv").write_text(cities, encoding="utf-8")
    (folder / "actors" / "states.csv").write_text(STATES, encoding="utf-8")
    return folder


@pytest.fixture
def gazetteer(tmp_path: Path) -> Gazetteer:
    return load_gazetteer((write(tmp_path),))


def place(
    gazetteer: Gazetteer, lines: str, position: int, *countries: str, names: tuple[Name, ...] = ()
) -> tuple[str, str | None] | None:
    tree = tree_of(lines, names)
    found = event_place(tree, position, gazetteer, frozenset(countries))
    if found is None:
        return None
    text = tree.sentence.span.text
    assert text[found.span.start : found.span.end] == found.span.text
    return found.name, found.country_code


MET = """
Envoys envoy NOUN 2 nsubj
met meet VERB 0 root
{case} {case} ADP 4 case
{place} {place} PROPN 2 obl
"""


@pytest.mark.parametrize("case", ["in", "near", "outside", "at"])
def test_a_phrase_of_place_on_the_verb(gazetteer: Gazetteer, case: str) -> None:
    assert place(gazetteer, MET.format(case=case, place="Teheran"), 1) == ("Tehran", "IRN")


@pytest.mark.parametrize("case", ["with", "from", "after", "against"])
def test_other_phrases_are_no_place(gazetteer: Gazetteer, case: str) -> None:
    assert place(gazetteer, MET.format(case=case, place="Tehran"), 1) is None


def test_a_capital_that_stands_for_its_government_is_no_place(gazetteer: Gazetteer) -> None:
    lines = """
    Moscow Moscow PROPN 2 nsubj
    met meet VERB 0 root
    envoys envoy NOUN 2 obj
    """
    assert place(gazetteer, lines, 1) is None


def test_a_name_of_two_places_takes_that_of_the_reports_countries(gazetteer: Gazetteer) -> None:
    lines = MET.format(case="in", place="Hyderabad")
    assert place(gazetteer, lines, 1, "PAK") == ("Hyderabad", "PAK")
    assert place(gazetteer, lines, 1, "IND", "CHN") == ("Hyderabad", "IND")
    assert place(gazetteer, lines, 1, "FRA") is None


def test_the_city_goes_before_its_country(gazetteer: Gazetteer) -> None:
    lines = """
    Envoys envoy NOUN 2 nsubj
    met meet VERB 0 root
    in in ADP 4 case
    Doha Doha PROPN 2 obl
    Qatar Qatar PROPN 4 appos
    """
    assert place(gazetteer, lines, 1) == ("Doha", "QAT")


def test_a_long_name_is_not_cut_up(gazetteer: Gazetteer) -> None:
    lines = """
    China China PROPN 2 nsubj
    held hold VERB 0 root
    drills drill NOUN 2 obj
    in in ADP 8 case
    the the DET 8 det
    South South PROPN 8 compound
    China China PROPN 8 compound
    Sea Sea PROPN 3 nmod
    """
    assert place(gazetteer, lines, 1) == ("South China Sea", None)


def test_what_is_condemned_elsewhere_gives_no_place(gazetteer: Gazetteer) -> None:
    lines = """
    France France PROPN 2 nsubj
    {verb} {lemma} VERB 0 root
    the the DET 4 det
    raid raid NOUN 2 obj
    in in ADP 6 case
    Kabul Kabul PROPN 4 nmod
    """
    assert place(gazetteer, lines.format(verb="condemned", lemma="condemn"), 1) is None
    assert place(gazetteer, lines.format(verb="launched", lemma="launch"), 1) == ("Kabul", "AFG")


def test_a_place_of_an_earlier_act_is_not_this_acts(gazetteer: Gazetteer) -> None:
    lines = """
    They they PRON 2 nsubj
    left leave VERB 0 root
    after after ADP 4 case
    talks talk NOUN 2 obl
    in in ADP 6 case
    Doha Doha PROPN 4 nmod
    """
    assert place(gazetteer, lines, 1) is None
    assert place(gazetteer, lines, 3) == ("Doha", "QAT")


def test_a_place_that_is_struck_is_where_it_happened(gazetteer: Gazetteer) -> None:
    lines = """
    Troops troop NOUN 2 nsubj
    shelled shell VERB 0 root
    Kharkiv Kharkiv PROPN 2 obj
    """
    assert place(gazetteer, lines, 1) == ("Kharkiv", "UKR")


def test_part_of_a_longer_persons_name_is_no_place(gazetteer: Gazetteer) -> None:
    lines = """
    Envoys envoy NOUN 2 nsubj
    met meet VERB 0 root
    near near ADP 4 case
    Doha Doha PROPN 2 obl
    Smith Smith PROPN 4 flat
    """
    assert place(gazetteer, lines, 1, names=(Name(3, 5, "PER", "person"),)) is None


def test_names_inside_words_are_not_found(gazetteer: Gazetteer) -> None:
    assert [hit.rows[0].name for hit in gazetteer.find("Tehranis, in Doha; in Tehran.")] == [
        "Doha",
        "Tehran",
    ]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("Doha,QAT,,x,51.5,capital,", "lat"),
        ("Doha,QAT,,95,51.5,capital,", "-90 to 90"),
        ("Doha,QAT,,25,51.5,metropolis,", "metropolis"),
        (",QAT,,25,51.5,capital,", "name"),
        ("Doha,QAT,,25,51.5,capital,\nDoha,QAT,,25,51.5,capital,", "twice"),
    ],
)
def test_a_faulty_row_is_named(tmp_path: Path, row: str, says: str) -> None:
    header = CITIES.split("\n", 1)[0]
    with pytest.raises(RuleError, match=says) as caught:
        load_gazetteer((write(tmp_path, f"{header}\n{row}\n"),))
    assert "cities.csv" in str(caught.value)


def test_the_shipped_table_loads() -> None:
    from dragoman.rulebook.book import BUILT_IN

    shipped = load_gazetteer((BUILT_IN,))
    assert {row.country_code for row in shipped.rows("Manama")} == {"BHR"}
    assert any(row.classes == ("country",) for row in shipped.rows("Iran"))
