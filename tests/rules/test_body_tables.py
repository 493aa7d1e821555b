"""The tables of bodies, members, groups, regions and places agree with themselves and with facts."""

from __future__ import annotations

import csv
import itertools
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

RULES = Path(__file__).parents[2] / "src" / "dragoman" / "rules"
ENTITY_CODES = {"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"}
SECTORS = set(
    "GOV MIL LEG JUD COP SPY OPP PTY PRM REB UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF REL"
    " SOC".split()
)
STATUSES = {"member", "observer", "associate", "suspended", "partner"}
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
COUNTRY = re.compile(r"[A-Z]{3}")
HEADERS = {
    "actors/bodies.csv": (
        "id,name,aliases,entity_code,sector,kind,parent,from,until,seat,note,source,country"
    ),
    "actors/members.csv": "body,country,from,until,status,note,source",
    "actors/groups.csv": (
        "id,name,aliases,entity_code,country,sector,other_sectors,from,until,note,source"
    ),
    "actors/regions.csv": "id,name,aliases,adjectives,countries,kind,note",
    "places/cities.csv": "name,country,admin,lat,lon,population_class,aliases",
}
WITH_ALIASES = [name for name in HEADERS if "members" not in name]
Row = dict[str, str]


def rows_of(name: str) -> list[Row]:
    with (RULES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


BODIES = rows_of("actors/bodies.csv")
MEMBERS = rows_of("actors/members.csv")
GROUPS = rows_of("actors/groups.csv")
REGIONS = rows_of("actors/regions.csv")
CITIES = rows_of("places/cities.csv")


def first_day(date: str) -> str:
    """The earliest day that a partial date can mean; nothing given: before all days."""
    return (date + "-01-01"[len(date) - 4 :]) if date else "0000-00-00"


def last_day(date: str) -> str:
    """The latest day that a partial date can mean; nothing given: after all days."""
    return (date + "-12-31"[len(date) - 4 :]) if date else "9999-12-31"


def members(body: str, day: str, status: str = "member") -> list[str]:
    """Countries with the status on the day; a `from` in the future of the day does not count."""
    return sorted(
        row["country"]
        for row in MEMBERS
        if row["body"] == body
        and row["status"] == status
        and first_day(row["from"]) <= day <= last_day(row["until"])
    )


def cells(text: str) -> list[str]:
    return text.split(";") if text else []


@pytest.mark.parametrize("name", list(HEADERS))
def test_header_and_every_row_is_whole(name: str) -> None:
    with (RULES / name).open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file, strict=True)
        header = next(reader)
        assert header == HEADERS[name].split(",")
        for number, row in enumerate(reader, start=2):
            assert len(row) == len(header), f"{name}:{number}"
            assert all(cell == cell.strip() for cell in row), f"{name}:{number}"


def test_sizes() -> None:
    assert len(BODIES) >= 110
    assert len({row["body"] for row in MEMBERS}) >= 60
    assert len(GROUPS) >= 150
    assert len(CITIES) >= 1200


@pytest.mark.parametrize("table", [BODIES, GROUPS, REGIONS], ids=["bodies", "groups", "regions"])
def test_ids_are_unique_and_plain(table: list[Row]) -> None:
    assert [i for i, n in Counter(row["id"] for row in table).items() if n > 1] == []
    assert [
        row["id"] for row in table if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["id"])
    ] == []


def test_references_resolve() -> None:
    ids = {row["id"] for row in BODIES}
    assert {row["parent"] for row in BODIES if row["parent"]} <= ids
    assert {row["body"] for row in MEMBERS} <= ids
    assert [row["id"] for row in BODIES if row["parent"] == row["id"]] == []


def test_codes_are_well_formed() -> None:
    assert {row["entity_code"] for row in BODIES} <= {"IGO", "UNO", "EUR", "NGO", "MNC"}
    for row in GROUPS:
        assert row["entity_code"] in ENTITY_CODES or COUNTRY.fullmatch(row["entity_code"]), row
        assert not row["country"] or COUNTRY.fullmatch(row["country"]), row
        assert row["sector"] in SECTORS, row
        assert set(cells(row["other_sectors"])) <= SECTORS - {row["sector"]}, row
    assert {row["sector"] for row in BODIES} <= SECTORS | {""}
    assert {row["status"] for row in MEMBERS} <= STATUSES
    assert all(COUNTRY.fullmatch(row["country"]) for row in MEMBERS)
    assert all(COUNTRY.fullmatch(code) for row in REGIONS for code in cells(row["countries"]))
    assert all(not row["country"] or COUNTRY.fullmatch(row["country"]) for row in CITIES)


def test_codes_are_known_to_the_united_nations_table_or_named_here() -> None:
    # A mistyped country would pass the check of form; outside the UN only these stand.
    outside = set(
        "VAT PSE TWN XKX ESH HKG MAC COK NIU MSR TCA VGB CYM BMU AIA GUM ASM NCL PYF TKL WLF PRI"
        " GRL FRO GIB FLK IOT SJM MYT REU GUF CUW ABW".split()
    )
    known = {row["country"] for row in MEMBERS if row["body"] == "un"} | outside
    used = {
        row["country"] for table in (MEMBERS, GROUPS, CITIES) for row in table if row["country"]
    }
    used |= {code for row in REGIONS for code in cells(row["countries"])}
    used |= {row["entity_code"] for row in GROUPS} - ENTITY_CODES
    assert sorted(used - known) == []


@pytest.mark.parametrize("table", [BODIES, MEMBERS, GROUPS], ids=["bodies", "members", "groups"])
def test_dates_parse_and_are_in_order(table: list[Row]) -> None:
    for row in table:
        for date in (row["from"], row["until"]):
            assert not date or DATE.fullmatch(date), row
        assert first_day(row["from"]) <= last_day(row["until"]), row


def test_no_country_is_twice_the_same_on_one_day() -> None:
    spans: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
    for row in MEMBERS:
        key = (row["body"], row["country"], row["status"])
        spans.setdefault(key, []).append((first_day(row["from"]), last_day(row["until"])))
    for held, periods in spans.items():
        periods.sort()
        for (_, end), (start, _) in itertools.pairwise(periods):
            assert end < start, held


def test_a_suspended_country_is_a_member() -> None:
    for row in MEMBERS:
        if row["status"] == "suspended":
            assert row["country"] in members(row["body"], first_day(row["from"])), row


def names_of(row: Row) -> list[str]:
    return [row["name"], *cells(row["aliases"])]


@pytest.mark.parametrize("name", WITH_ALIASES)
def test_names_are_not_blank_and_not_repeated_in_a_row(name: str) -> None:
    for row in rows_of(name):
        names = names_of(row)
        assert all(text.strip() and text == text.strip() for text in names), row
        assert len(set(names)) == len(names), row


def overlapping(table: list[Row]) -> Iterator[tuple[str, str, str]]:
    """(name, id, id) of rows that bear the same name on the same day."""
    bearers: dict[str, list[Row]] = {}
    for row in table:
        for text in names_of(row):
            bearers.setdefault(text, []).append(row)
    for text, rows in bearers.items():
        ordered = sorted(rows, key=lambda row: first_day(row.get("from", "")))
        for one, other in itertools.pairwise(ordered):
            if last_day(one.get("until", "")) >= first_day(other.get("from", "")):
                yield text, one["id"], other["id"]


def test_a_name_means_one_row_of_a_table_on_any_day() -> None:
    assert list(overlapping(BODIES)) == []
    assert list(overlapping(GROUPS)) == []
    assert list(overlapping(REGIONS)) == []


def test_a_name_means_a_body_or_a_group_not_both() -> None:
    bodies = {text for row in BODIES for text in names_of(row)}
    groups = {text for row in GROUPS for text in names_of(row)}
    assert sorted(bodies & groups) == []


def test_a_place_name_means_one_place_of_a_country() -> None:
    seen = Counter((text, row["country"]) for row in CITIES for text in names_of(row))
    assert [key for key, n in seen.items() if n > 1] == []


def test_places_lie_on_the_globe() -> None:
    for row in CITIES:
        assert bool(row["lat"]) == bool(row["lon"]), row
        if row["lat"]:
            assert -90 <= float(row["lat"]) <= 90, row
            assert -180 <= float(row["lon"]) <= 180, row


@pytest.mark.parametrize(
    ("body", "day", "count"),
    [
        ("un", "1945-12-31", 51),
        ("un", "1950-12-31", 60),
        ("un", "1955-12-31", 76),
        ("un", "1970-12-31", 127),
        ("un", "1990-12-31", 159),
        ("un", "1994-12-31", 185),
        ("un", "2002-12-31", 191),
        ("un", "2024-05-23", 193),
        ("p5", "1960-01-01", 5),
        ("p5", "2024-05-23", 5),
        ("eu", "1972-12-31", 6),
        ("eu", "1995-06-01", 15),
        ("eu", "2004-06-01", 25),
        ("eu", "2007-06-01", 27),
        ("eu", "2016-01-01", 28),
        ("eu", "2020-01-31", 28),
        ("eu", "2021-01-01", 27),
        ("eurozone", "2024-01-01", 20),
        ("schengen", "2024-05-23", 29),
        ("nato", "1950-01-01", 12),
        ("nato", "1990-01-01", 16),
        ("nato", "2005-01-01", 26),
        ("nato", "2024-05-23", 32),
        ("coe", "2020-01-01", 47),
        ("coe", "2023-01-01", 46),
        ("osce", "1980-01-01", 35),
        ("osce", "2024-05-23", 57),
        ("arab-league", "2015-01-01", 22),
        ("arab-league", "2024-05-23", 22),
        ("gcc", "1990-01-01", 6),
        ("gcc", "2024-05-23", 6),
        ("oic", "2024-05-23", 57),
        ("au", "2010-01-01", 53),
        ("au", "2024-05-23", 55),
        ("ecowas", "2024-05-23", 15),
        ("ecowas", "2025-02-01", 12),
        ("aes", "2024-05-23", 3),
        ("sadc", "2024-05-23", 16),
        ("eac", "2024-05-23", 8),
        ("igad", "2024-05-23", 8),
        ("cemac", "2024-05-23", 6),
        ("eccas", "2024-05-23", 11),
        ("uemoa", "2024-05-23", 8),
        ("comesa", "2024-05-23", 21),
        ("amu", "2024-05-23", 5),
        ("asean", "2024-05-23", 10),
        ("apec", "2024-05-23", 21),
        ("saarc", "2024-05-23", 8),
        ("bimstec", "2024-05-23", 7),
        ("sco", "2016-01-01", 6),
        ("sco", "2024-01-01", 9),
        ("sco", "2024-08-01", 10),
        ("brics", "2010-01-01", 4),
        ("brics", "2020-01-01", 5),
        ("brics", "2024-05-23", 9),
        ("csto", "2024-05-23", 6),
        ("eaeu", "2024-05-23", 5),
        ("ots", "2024-05-23", 5),
        ("eco", "2024-05-23", 10),
        ("d8", "2024-05-23", 8),
        ("opec", "1960-12-31", 5),
        ("opec", "2019-06-01", 14),
        ("opec", "2024-05-01", 12),
        ("g7", "2024-05-23", 7),
        ("g8", "2013-01-01", 8),
        ("g8", "2015-01-01", 0),
        ("g20", "2024-05-23", 19),
        ("p5-plus-1", "2015-07-14", 6),
        ("quad", "2024-05-23", 4),
        ("aukus", "2024-05-23", 3),
        ("five-eyes", "2024-05-23", 5),
        ("commonwealth", "2024-05-23", 56),
        ("oas", "2020-01-01", 35),
        ("celac", "2024-05-23", 33),
        ("unasur", "2010-01-01", 12),
        ("caricom", "2024-05-23", 15),
        ("can", "2024-05-23", 4),
        ("pif", "2024-05-23", 18),
        ("visegrad", "1992-01-01", 3),
        ("visegrad", "2024-05-23", 4),
        ("nordic-council", "2024-05-23", 5),
        ("benelux", "2024-05-23", 3),
        ("warsaw-pact", "1960-01-01", 8),
        ("warsaw-pact", "1980-01-01", 7),
        ("warsaw-pact", "1992-01-01", 0),
        ("bsec", "2024-05-23", 13),
        ("guam", "2024-05-23", 4),
        ("cplp", "2024-05-23", 9),
        ("oecd", "2024-05-23", 38),
        ("saudi-coalition-yemen", "2015-04-01", 9),
        ("saudi-coalition-yemen", "2017-06-06", 9),
        ("cptpp", "2025-01-01", 12),
        ("rcep", "2024-05-23", 14),
    ],
)
def test_counts_of_members_on_a_day(body: str, day: str, count: int) -> None:
    assert len(members(body, day)) == count, members(body, day)


@pytest.mark.parametrize("year", range(2001, 2027))
def test_the_security_council_has_fifteen_seats_each_year(year: int) -> None:
    assert len(members("unsc", f"{year}-06-15")) == 15


def test_single_facts_of_membership() -> None:
    assert "GBR" in members("eu", "2020-01-31")
    assert "GBR" not in members("eu", "2020-02-01")
    assert "RUS" not in members("coe", "2022-03-17")
    assert members("arab-league", "2015-01-01", "suspended") == ["SYR"]
    assert members("arab-league", "2023-05-08", "suspended") == []
    assert members("gcc", "1981-05-24") == []
    assert "QAT" in members("saudi-coalition-yemen", "2017-06-05")
    assert "QAT" not in members("saudi-coalition-yemen", "2017-06-06")
    assert "TWN" in members("un", "1971-10-24")
    assert "CHN" not in members("un", "1971-10-24")
    assert "CHN" in members("un", "1971-10-25")


def taliban_sector(day: str) -> list[str]:
    return [
        row["sector"]
        for row in GROUPS
        if "Taliban" in names_of(row) and first_day(row["from"]) <= day <= last_day(row["until"])
    ]


def test_the_taliban_are_rebels_until_they_hold_kabul() -> None:
    assert taliban_sector("2021-08-14") == ["REB"]
    assert taliban_sector("2021-08-15") == ["GOV"]
    assert taliban_sector("2000-01-01") == ["GOV"]


def test_regions_name_only_settled_lists() -> None:
    listed = {row["id"]: set(cells(row["countries"])) for row in REGIONS}
    assert listed["west"] == set()
    assert listed["international-community"] == set()
    assert listed["gulf"] == set(members("gcc", "2024-05-23"))
    assert listed["arab"] == set(members("arab-league", "2024-05-23"))
    assert listed["southeast-asia"] == set(members("asean", "2025-12-31"))
