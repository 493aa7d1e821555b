"""The actor tables are whole: codes, dates, identifiers, sectors, and names that do not clash."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dragoman.rulebook.catalogue import load_catalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLES = Path(__file__).parents[2] / "src" / "dragoman" / "rules" / "actors"
HEADERS = {
    "states": "code name official aliases adjectives demonyms capital metonyms seats from until "
    "status note source",
    "organs": "id name aliases code sector other_sectors from until note",
    "offices": "id titles sector kind other_sectors note country",
    "honorifics": "word kind note",
    "roles": "words sector kind note",
    "people": "id name surname aliases country office title sector from until good_for source body "
    "note",
    "peoples": "id name aliases adjectives country countries sector note source",
    "outlets": "id name aliases country kind owner_note",
}
LEAST = {
    "peoples": 80,
    "states": 260,
    "organs": 250,
    "offices": 150,
    "honorifics": 50,
    "roles": 250,
    "people": 2500,
    "outlets": 120,
}
SECTORS = set(
    "GOV MIL LEG JUD COP SPY OPP PTY PRM REB UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED "
    "REF REL SOC".split()
)
KINDS = set(
    "head_of_state head_of_government foreign_minister defence_minister minister deputy "
    "legislator judge ambassador spokesperson envoy military police intelligence party "
    "opposition central_bank monarch heir religious local former business media official "
    "other".split()
)
# The 193 members of the United Nations, by ISO 3166-1 alpha-3 code.
MEMBERS = """
AFG AGO ALB AND ARE ARG ARM ATG AUS AUT AZE BDI BEL BEN BFA BGD BGR BHR BHS BIH BLR BLZ BOL BRA BRB
BRN BTN BWA CAF CAN CHE CHL CHN CIV CMR COD COG COL COM CPV CRI CUB CYP CZE DEU DJI DMA DNK DOM DZA
ECU EGY ERI ESP EST ETH FIN FJI FRA FSM GAB GBR GEO GHA GIN GMB GNB GNQ GRC GRD GTM GUY HND HRV HTI
HUN IDN IND IRL IRN IRQ ISL ISR ITA JAM JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO LBN LBR LBY LCA
LIE LKA LSO LTU LUX LVA MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG MOZ MRT MUS MWI MYS NAM
NER NGA NIC NLD NOR NPL NRU NZL OMN PAK PAN PER PHL PLW PNG POL PRK PRT PRY QAT ROU RUS RWA SAU SDN
SEN SGP SLB SLE SLV SMR SOM SRB SSD STP SUR SVK SVN SWE SWZ SYC SYR TCD TGO THA TJK TKM TLS TON TTO
TUN TUR TUV TZA UGA UKR URY USA UZB VCT VEN VNM VUT WSM YEM ZAF ZMB ZWE
""".split()
DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
Row = dict[str, str]


def table(name: str) -> list[Row]:
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cells(value: str) -> list[str]:
    return value.split(";") if value else []


def marked(row: Row) -> set[str]:
    """The names which a row's note marks as ambiguous: segments "ambiguous: NAME = why"."""
    return {
        segment.removeprefix("ambiguous: ").partition(" = ")[0]
        for segment in row["note"].split(";")
        if segment.startswith("ambiguous: ")
    }


def names(row: Row, *columns: str) -> Iterator[str]:
    for column in columns:
        yield from cells(row[column])


@pytest.mark.parametrize("name", sorted(HEADERS))
def test_header_size_and_cells(name: str) -> None:
    with (TABLES / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        header, *rows = list(csv.reader(file))
    assert header == HEADERS[name].split()
    assert len(rows) >= LEAST[name]
    assert len({tuple(row) for row in rows}) == len(rows)
    for row in rows:
        assert len(row) == len(header), row
        for cell in row:
            assert not re.search(r"^\s|\s$|\s\s|[\n\t\u00a0\ufffd]", cell), row
    for entry in table(name):
        listed = set(entry) & {
            "aliases",
            "adjectives",
            "demonyms",
            "metonyms",
            "seats",
            "titles",
            "words",
            "other_sectors",
        }
        for column in listed:
            values = cells(entry[column])
            assert len(values) == len(set(values)), (entry, column)
            assert all(v and v == v.strip() for v in values), (entry, column)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("organs", "id"),
        ("offices", "id"),
        ("people", "id"),
        ("outlets", "id"),
        ("honorifics", "word"),
        ("roles", "words"),
    ],
)
def test_identifiers_are_unique(name: str, key: str) -> None:
    seen = [row[key] for row in table(name)]
    assert len(seen) == len(set(seen)), [k for k in set(seen) if seen.count(k) > 1]
    if key == "id":
        assert all(re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", k) for k in seen), [
            k for k in seen if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", k)
        ]


@pytest.mark.parametrize("name", ["states", "organs", "people"])
def test_dates_are_iso_and_in_order(name: str) -> None:
    for row in table(name):
        for column in {"from", "until", "good_for"} & set(row):
            assert not row[column] or DATE.fullmatch(row[column]), row
        if row["from"] and row["until"]:
            shared = min(len(row["from"]), len(row["until"]))
            assert row["from"][:shared] <= row["until"][:shared], row


def test_every_member_of_the_united_nations_is_there_once() -> None:
    assert len(MEMBERS) == len(set(MEMBERS)) == 193
    found = [row["code"] for row in table("states") if row["status"] == "member"]
    assert sorted(found) == sorted(MEMBERS)


def test_observers_and_others() -> None:
    rows = table("states")
    assert {r["code"] for r in rows if r["status"] == "observer"} == {"VAT", "PSE"}
    assert {r["status"] for r in rows} <= {"member", "observer", "disputed", "dependent", "former"}
    assert {"XKX", "TWN", "ESH"} <= {r["code"] for r in rows if r["status"] == "disputed"}
    assert {"SUN", "YUG", "CSK", "DDR"} <= {r["code"] for r in rows if r["status"] == "former"}
    for row in rows:
        assert re.fullmatch(r"[A-Z]{3}", row["code"]), row
        if row["status"] in {"disputed", "dependent", "former"}:
            assert row["note"], row
    pairs = [(r["code"], r["name"]) for r in rows]
    assert len(pairs) == len(set(pairs))


@pytest.mark.parametrize(
    "columns",
    [("name", "official", "aliases"), ("adjectives",), ("demonyms",), ("metonyms",), ("seats",)],
)
def test_names_of_states_clash_only_where_marked(columns: tuple[str, ...]) -> None:
    owners: dict[str, list[Row]] = defaultdict(list)
    for row in table("states"):
        for name in set(names(row, *columns)):
            owners[name].append(row)
    for name, rows in owners.items():
        if len({row["code"] for row in rows}) > 1:
            base = name.removesuffix("s")
            for row in rows:
                known = marked(row)
                assert name in known or base in known or name.removeprefix("the ") in known, (
                    name,
                    row["code"],
                    row["name"],
                )


def test_marks_speak_of_a_name_in_the_row_or_of_one_left_out() -> None:
    for row in table("states"):
        own = set(
            names(
                row,
                "name",
                "official",
                "aliases",
                "adjectives",
                "demonyms",
                "capital",
                "metonyms",
                "seats",
            )
        )
        for name in marked(row):
            assert (
                name in own
                or "not given as a metonym" in row["note"]
                or any(name in n for n in own)
            ), (row["code"], name)


def test_names_of_organs_clash_only_where_marked() -> None:
    owners: dict[str, list[Row]] = defaultdict(list)
    for row in table("organs"):
        for name in {row["name"], *cells(row["aliases"])}:
            owners[name].append(row)
    for name, rows in owners.items():
        if len(rows) > 1:
            assert all(name in marked(row) for row in rows), (name, [r["id"] for r in rows])


def test_codes_are_those_of_states() -> None:
    codes = {row["code"] for row in table("states")}
    for row in table("organs"):
        assert row["code"] in codes or (not row["code"] and marked(row)), row
    for name in ("people", "outlets"):
        for row in table(name):
            country = row["country"]
            assert country in codes or (name == "people" and not country and bool(row["body"])), row


@pytest.mark.parametrize("name", ["organs", "offices", "roles", "people"])
def test_sectors_are_of_the_ontology(name: str) -> None:
    for row in table(name):
        free = (name == "people" and not row["country"]) or (
            name == "offices" and row["kind"] == "other"
        )
        free = free or (name == "people" and row["office"] == "other")
        free = free or (name == "roles" and row["kind"] in {"body", "equipment"})
        assert row["sector"] in SECTORS or (free and not row["sector"]), row
        assert set(cells(row.get("other_sectors", ""))) <= SECTORS, row


def test_offices_and_titles() -> None:
    rows = table("offices")
    assert {row["kind"] for row in rows} <= KINDS
    assert {row["office"] for row in table("people")} <= KINDS | {""}
    owner: dict[str, str] = {}
    for row in rows:
        for title in cells(row["titles"]):
            assert owner.setdefault(title, row["id"]) == row["id"], (title, owner[title])
            first = title.split()[0]
            assert first == first.lower() or first.isupper(), title
    for title, kind in {
        "king": "monarch",
        "prime minister": "head_of_government",
        "foreign minister": "foreign_minister",
        "secretary of state": "foreign_minister",
        "ambassador": "ambassador",
        "defense minister": "defence_minister",
        "ayatollah": "religious",
    }.items():
        assert next(r["kind"] for r in rows if r["id"] == owner[title]) == kind


def test_words_of_roles_stand_once() -> None:
    owner: dict[str, str] = {}
    for row in table("roles"):
        for word in cells(row["words"]):
            assert word not in owner, (word, owner[word], row["sector"])
            owner[word] = row["sector"]
    for word, sector in {
        "troops": "MIL",
        "police": "COP",
        "rebels": "REB",
        "lawmakers": "LEG",
        "gunmen": "UAF",
        "refugees": "REF",
        "embassy": "GOV",
        "farmers": "AGR",
        "company": "BUS",
        "doctors": "MED",
        "prosecutors": "JUD",
    }.items():
        assert owner[word] == sector


def test_people_say_until_when_they_are_known() -> None:
    rows = table("people")
    for row in rows:
        assert all(row[column] for column in ("name", "surname", "source")), row
        assert bool(row["until"]) != bool(row["good_for"]), row
        if row["good_for"] and row["from"]:
            shared = min(len(row["from"]), len(row["good_for"]))
            assert row["from"][:shared] <= row["good_for"][:shared], row
        assert not re.search(r"\b[A-Z]{4,}\b", row["name"]), row
    full = [r for r in rows if " " in r["name"] and (r["until"] or "9999") >= "1990"]
    assert len(full) >= 400


@pytest.mark.parametrize(
    ("day", "country", "office", "surname"),
    [
        ("2016-01-03", "SAU", "foreign_minister", "al-Jubeir"),
        ("2016-01-03", "IRN", "foreign_minister", "Zarif"),
        ("2016-01-04", "BHR", "monarch", "Hamad"),
        ("1998-06-01", "USA", "head_of_state", "Clinton"),
        ("2011-06-01", "USA", "foreign_minister", "Clinton"),
        ("2024-06-15", "RUS", "foreign_minister", "Lavrov"),
        ("1985-01-01", "GBR", "head_of_government", "Thatcher"),
        ("2023-03-10", "CHN", "head_of_state", "Xi"),
    ],
)
def test_office_holder_on_a_day(day: str, country: str, office: str, surname: str) -> None:
    held = [
        r["surname"]
        for r in table("people")
        if r["country"] == country
        and r["office"] == office
        and r["from"] <= day <= (r["until"] or r["good_for"])
    ]
    assert held == [surname]


def test_adjectives_and_metonyms_needed_most() -> None:
    rows = {r["code"]: r for r in table("states") if r["status"] in {"member", "observer"}}
    for code, column, word in [
        ("BHR", "adjectives", "Bahraini"),
        ("BHR", "demonyms", "Bahrainis"),
        ("SAU", "adjectives", "Saudi"),
        ("ARE", "adjectives", "Emirati"),
        ("USA", "aliases", "U.S."),
        ("TUR", "demonyms", "Turks"),
        ("NLD", "demonyms", "Dutch"),
        ("RUS", "seats", "the Kremlin"),
        ("GBR", "seats", "Downing Street"),
        ("IRN", "metonyms", "Tehran"),
        ("UKR", "metonyms", "Kiev"),
        ("NLD", "aliases", "Holland"),
    ]:
        assert word in cells(rows[code][column])
    assert "Brussels" not in cells(rows["BEL"]["metonyms"])


def test_a_name_behind_the_article_is_the_longer_one() -> None:
    catalogue = load_catalogue((TABLES,))

    def found(text: str) -> list[tuple[str, str]]:
        return [
            (text[hit.start : hit.end], str(hit.rows[0][0].country_code))
            for hit in catalogue.find(text)
        ]

    assert found("the South African army") == [("South African", "ZAF")]
    assert found("the South and Peru") == [("the South", "KOR"), ("Peru", "PER")]


def test_apostrophes_are_written_for_one_another() -> None:
    catalogue = load_catalogue((TABLES,))
    for mark in "'\u2018\u2019\u02bb":
        text = f"ships left Nuku{mark}alofa"
        (hit,) = catalogue.find(text)
        assert text[hit.start : hit.end] == f"Nuku{mark}alofa"
        assert hit.rows[0][0].country_code == "TON"
