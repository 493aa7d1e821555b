"""One person in one office, and the rows of our own table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tables import HAND, plain, read_bars, unique

if TYPE_CHECKING:
    from collections.abc import Iterator

# Until when our own table is sure of holders whose end it does not give.
HAND_GOOD_FOR = "2025-01"
SECTORS = {
    "legislator": "LEG",
    "military": "MIL",
    "intelligence": "SPY",
    "party": "PTY",
    "opposition": "OPP",
    "religious": "REL",
    "other": "",
}


@dataclass(frozen=True, slots=True)
class Holder:
    """One person in one office."""

    name: str
    surname: str
    aliases: tuple[str, ...]
    country: str
    office: str
    title: str
    sector: str
    begun: str
    until: str
    good_for: str
    source: str
    note: str = ""
    body: str = ""


def hand_holders() -> Iterator[Holder]:
    """The rows of our own table."""
    for country, name, surname, office, title, begun, until, aliases in read_bars(
        HAND / "people.psv", 8
    ):
        kind, _, given = office.partition("/")
        sector = given if "/" in office else SECTORS.get(kind, "GOV")
        state, _, body = country.partition(":")
        good = "" if until else max(HAND_GOOD_FOR, begun)
        known = unique([plain(name) if plain(name) != name else "", *aliases.split(";")])
        yield Holder(
            name,
            surname,
            tuple(known),
            "" if body else state,
            kind,
            title,
            sector,
            begun,
            until,
            good,
            "own",
            body=body,
        )
