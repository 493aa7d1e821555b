"""Leaders since 1950 from the REIGN list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from holders import Holder
from tables import HAND, read_bars, read_csv, unique

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# The list of leaders is of March 2021.
REIGN_GOOD_FOR = "2021-03"
# Leaders in the list who were foreign occupiers.
REIGN_SKIP = frozenset(
    {
        ("KUW", "Saddam Hussein"),
        ("IRQ", "Tommy Ray Franks"),
        ("IRQ", "Jay Garner"),
        ("IRQ", "Paul Bremer"),
        ("JPN", "MacArthur"),
        ("JPN", "Matthew Bunker Ridgway"),
    }
)
REIGN_SPELLING = {"Saca Gonzšlez": "Saca Gonzalez", "Duvalier, Jean-": "Duvalier"}
# States whose leader in the list is the head of government, or of state, in all its years.
REIGN_PARLIAMENTARY = frozenset(
    "CAN BHM JAM TRI BAR GRN SLU SVG AAB SKN BLZ UKG IRE NTH BEL LUX "
    "AUS ITA NOR SWD DEN ICE ISR JPN AUL NEW GMY GFR IND MAL SIN PNG "
    "SOL TUV VAN CZR SLO".split()
)
REIGN_PRESIDENTIAL = frozenset(
    "USA MEX VEN COL ECU BRA ARG CHL URU PAR COS HON GUA DOM PHI INS PAL MSI FSM KIR NAU".split()
)
REIGN_MONARCHIES = frozenset("SAU BAH KUW QAT OMA JOR MOR BRU LIE MNC SWA".split())


def reign_holders(facts: Path) -> Iterator[Holder]:
    """Leaders since 1950; names mostly surnames as the source has them."""
    codes = {row["abbreviation"]: row["iso3"] for row in read_csv(HAND / "reign_codes.csv")}
    known = {
        (country, name): (full, tuple(unique(aliases.split(";"))))
        for country, name, full, aliases in read_bars(HAND / "reign_names.psv", 4)
    }
    for row in read_csv(facts / "reign_leaders.csv"):
        state, leader = row["stateabb"], re.sub(r"\s+", " ", row["leader"]).strip()
        if (state, leader) in REIGN_SKIP:
            continue
        begun = f"{int(row['syear']):04d}-{int(row['smonth']):02d}-{int(row['sdate']):02d}"
        until = f"{int(row['eyear']):04d}-{int(row['emonth']):02d}" if row["eyear"] else ""
        for name in reign_names(leader):
            country = reign_country(codes[state], begun)
            full, aliases = known.get((country, name)) or known.get(
                (country, f"{name}@{begun[:4]}"), (name, ())
            )
            yield Holder(
                full,
                name,
                aliases,
                country,
                reign_office(state),
                "leader",
                "GOV",
                begun,
                until,
                "" if until else REIGN_GOOD_FOR,
                "REIGN",
            )


def reign_country(code: str, day: str) -> str:
    """The list runs through changes of state under one code; take the state of the day."""
    if code == "RUS" and day < "1991-07-10":
        return "SUN"
    if code == "YUG" and day >= "1992-04-27":
        return "SCG" if day < "2006-06-03" else "SRB"
    return code


def reign_office(state: str) -> str:
    """The office of a state's leaders where it is the same through all years, or nothing."""
    if state in REIGN_PARLIAMENTARY:
        return "head_of_government"
    if state in REIGN_PRESIDENTIAL:
        return "head_of_state"
    return "monarch" if state in REIGN_MONARCHIES else ""


def reign_names(leader: str) -> list[str]:
    """The names in one cell: remarks cut off, "X, Y" turned round, pairs divided."""
    leader = REIGN_SPELLING.get(leader, leader)
    leader = re.sub(r"\s*\((?:[^)]*)\)?", "", leader)
    leader = re.sub(r"\s+", " ", leader).strip()
    last, comma, first = leader.partition(",")
    if comma and not first.startswith(" Jr"):
        leader = f"{first.strip()} {last}"
    return [part.strip() for part in re.split(r" & | and ", leader)]
