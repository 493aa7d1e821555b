"""Builds states.csv and people.csv of the actor rules from the folder of facts.

    python training/catalogue/build_states.py FACTS [--out FOLDER]

FACTS holds country-codes.csv (PDDL), factbook_governments.jsonl (CC0), states_gw.csv (MIT,
copyright 2017 Andreas Beger) and reign_leaders.csv (REIGN: Bell, One Earth Future, MIT). Names in
news usage, adjectives, seats and notes come from the hand tables beside this file.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

if __package__ in (None, ""):  # run as a file: make the sibling modules importable
    sys.path.insert(0, str(Path(__file__).parent))

import people
from tables import HAND, read_bars, read_csv, unique, write_csv

HEADER = (
    "code",
    "name",
    "official",
    "aliases",
    "adjectives",
    "demonyms",
    "capital",
    "metonyms",
    "seats",
    "from",
    "until",
    "status",
    "note",
    "source",
)
OUT = Path(__file__).parents[2] / "src" / "dragoman" / "rules" / "actors"
# The lists of states begin at this day, so it is no founding date.
LIST_START = "1816-01-01"
STATUS = {"VAT": "observer", "PSE": "observer", "TWN": "disputed", "XKX": "disputed"}


def demonyms(cell: str) -> str:
    """Write out the short form: "Bahraini+s" is singular and plural."""
    forms: list[str] = []
    for form in cell.split(";"):
        forms += [form[:-2], form[:-2] + "s"] if form.endswith("+s") else [form]
    return ";".join(unique(forms))


def official_names(facts: Path) -> dict[str, str]:
    """Formal names by alpha-3 code, as the terminology of the United Nations has them."""
    names = {}
    for row in read_csv(facts / "country-codes.csv"):
        formal = row["UNTERM English Formal"].strip(" *")
        names[row["ISO3166-1-Alpha-3"]] = formal.removeprefix("the ")
    return names


def starts(facts: Path) -> dict[str, str]:
    """First day of the present state by code: Gleditsch and Ward, then our own corrections."""
    codes = {row["abbreviation"]: row["iso3"] for row in read_csv(HAND / "reign_codes.csv")}
    days: dict[str, str] = {}
    for row in read_csv(facts / "states_gw.csv"):
        code = codes.get(row["gwc"], "")
        if code and row["end"].startswith("9999"):
            days[code] = "" if row["start"] == LIST_START else row["start"]
    for row in read_csv(HAND / "state_dates.csv"):
        days[row["code"]] = row["from"]
    return days


def state_rows(facts: Path) -> list[tuple[str, ...]]:
    """All rows of states.csv: members first by code, then the other entities."""
    official, first_day = official_names(facts), starts(facts)
    rows: list[tuple[str, ...]] = []
    for code, name, aliases, adjectives, people_, capital, metonyms, seats, note in read_bars(
        HAND / "states.psv", 9
    ):
        formal = official.get(code, "")
        names = unique(a for a in [formal, *aliases.split(";")] if a != name)
        source = "country-codes; factbook; own" if formal else "factbook; own"
        day = first_day.get(code, "")
        if day and day != hand_day(code):
            source = source.replace("; own", "; states_gw; own")
        rows.append(
            (
                code,
                name,
                formal,
                ";".join(names),
                adjectives,
                demonyms(people_),
                capital,
                metonyms,
                seats,
                day,
                "",
                STATUS.get(code, "member"),
                note,
                source,
            )
        )
    rows.sort()
    others = []
    for row in read_bars(HAND / "entities.psv", 13):
        code, name, formal, aliases, adjectives, people_, *rest = row
        *middle, note = rest
        names = unique(a for a in aliases.split(";") if a != name)
        others.append(
            (
                code,
                name,
                formal,
                ";".join(names),
                adjectives,
                demonyms(people_),
                *middle,
                note,
                "own",
            )
        )
    return rows + sorted(others)


def hand_day(code: str) -> str:
    """The day which our own table gives for a state, or nothing."""
    days = {row["code"]: row["from"] for row in read_csv(HAND / "state_dates.csv")}
    return days.get(code, "")


def main(arguments: list[str]) -> int:
    """Write both tables and say how many rows they have."""
    parser = argparse.ArgumentParser(description="Build states.csv and people.csv.")
    parser.add_argument("facts", type=Path, help="folder of facts")
    parser.add_argument("--out", type=Path, default=OUT, help="folder for the tables")
    options = parser.parse_args(arguments)
    states = write_csv(options.out / "states.csv", HEADER, state_rows(options.facts))
    persons = write_csv(options.out / "people.csv", people.HEADER, people.rows(options.facts))
    sys.stdout.write(f"states.csv {states} rows, people.csv {persons} rows\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
