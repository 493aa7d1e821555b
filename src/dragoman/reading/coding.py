"""From a catalogue row, on a day, to a coded actor; and what a report teaches about its people."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.entries import Actor

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.rulebook import Catalogue, Entry, Office
    from dragoman.rulebook.catalogue import How
    from dragoman.spans import Span

# How the reasons of a capital end that is a mere place ("met in Paris") and does not stand for its state.
VENUE = "; here a place"
_ORDER = ("state", "body", "organ", "group", "people", "person", "region", "outlet")
# Sectors of a group that its own people share, whatever the noun says ("Hamas official").
_OWN = frozenset({"REB", "UAF", "PRM", "CRM", "PTY", "OPP"})
_GIVEN_BY_GROUP = frozenset({None, "GOV", "UAF", "REB", "PRM", "MIL", "PTY", "OPP", "UNK"})
_FORCE = frozenset({"UAF", "REB", "PRM", "MIL"})
# Titles that an international body gives itself, as against the ministers of its members.
_OF_THE_BODY = frozenset(
    "official spokesperson envoy deputy head_of_state head_of_government ambassador other".split()
)
# How `why` tells that somebody was coded by the name of his people ("the Brit").
DEMONYM = "people's name"
_HOW: dict[str, str] = {
    "name": "name",
    "adjective": "adjective",
    "demonym": DEMONYM,
    "capital": "capital, standing for the government,",
    "metonym": "seat, standing for the government,",
    "surname": "surname",
    "rare": "less common meaning, taken because its country is named,",
}


@dataclass(frozen=True, slots=True)
class Known:
    """A person as a report has taught him: the coding, the kind and id of his title, and his country."""

    actor: Actor
    kind: str
    country: str | None
    office: str = ""


def choose(
    rows: Iterable[tuple[Entry, How]], day: str | None, countries: frozenset[str] = frozenset()
) -> tuple[Entry, How] | None:
    """The row that a form means on `day`.

    One that holds then goes before one that has ended, and that before one to come; then by kind, by the
    countries that are known to be spoken of, then the latest term first.
    """
    ranked = sorted(
        rows,
        key=lambda row: (
            _when(row[0], day),
            _ORDER.index(row[0].kind),
            bool(countries) and row[0].country_code not in countries,
            row[1] not in {"name", "adjective"},
            _negative(row[0].since),
            row[0].id,
        ),
    )
    return ranked[0] if ranked else None


def _when(entry: Entry, day: str | None) -> int:
    """0 if the row holds on `day`, 1 if it ended before, 2 if it is to come; without a day, as of now."""
    if day is None:
        return 1 if entry.until else 0
    if entry.holds_on(day):
        return 0
    return 2 if entry.since and day and day < entry.since[: len(day)] else 1


def _negative(day: str | None) -> tuple[int, ...]:
    """A sort key that puts later days first and no day last."""
    return tuple(-ord(char) for char in day) if day else (1,)


def sector_with(owner: Entry, sector: str | None, kind: str) -> str | None:
    """The sector of a title or noun ("official", "fighters") beside the body or group it belongs to.

    Args:
        owner: the body or group.
        sector, kind: what the title or noun alone gives.
    """
    if owner.kind == "group":
        if owner.sector == "MIL" and sector in _FORCE:
            return "MIL"
        if owner.sector not in _OWN or sector not in _GIVEN_BY_GROUP:
            return sector
        if owner.sector == "PTY" and kind == "government":
            return sector  # a government of that party
        # A party's gunmen are gunmen.
        return sector if owner.sector == "PTY" and sector in _FORCE else owner.sector
    if sector == "UNK" or (sector == "GOV" and kind in _OF_THE_BODY):
        return owner.sector
    return sector


def code(entry: Entry, how: How, span: Span, day: str | None) -> Actor:
    """The actor that a catalogue row gives on `day`."""
    why = f"“{span.text}”: {_HOW[how]} of {entry.name} in the catalogue ({entry.id})"
    sector = entry.sector
    if entry.kind == "people":
        return _people(entry, span, why)
    if entry.kind == "state" and how in {"capital", "metonym"}:
        sector = "GOV"
    entity, country = entry.entity_code, entry.country_code
    if entry.kind == "person":
        return _person(entry, span, day, why)
    if not entry.holds_on(day):
        why += f"; the row holds {entry.since or '…'} to {entry.until or '…'}, not on {day}"
    return Actor(
        span=span,
        name=entry.name,
        entity_code=entity,
        country_code=country,
        sector_code=sector,
        other_sector_codes=entry.other_sectors,
        catalogue_id=entry.id,
        why=why,
    )


def _people(entry: Entry, span: Span, why: str) -> Actor:
    """A people ("the Kurds") is civilians, of its country where it has one."""
    return Actor(
        span=span,
        name=entry.name,
        entity_code=entry.entity_code,
        country_code=entry.country_code,
        sector_code=entry.sector,
        why=f"{why}; a people, so {entry.sector}",
    )


# Who led rebels has left no office behind.
_NO_OFFICE = frozenset({"REB", "UAF", "CRM"})


def _person(entry: Entry, span: Span, day: str | None, why: str) -> Actor:
    sector: str | None = entry.sector
    if entry.since and day and day < entry.since[: len(day)]:
        sector = None
        why += f"; took office as {entry.office} only on {entry.since}"
    elif entry.until and day and day > entry.until and "died" in entry.note:
        why += f"; {entry.office} until {entry.until}, when he died"
    elif entry.until and day and day[: len(entry.until)] > entry.until and sector not in _NO_OFFICE:
        # PLOVER codes who has left office as ELI.
        sector = "ELI"
        why += f"; {entry.office} until {entry.until}, so a former official on {day}"
    else:
        why += f"; {entry.office} since {entry.since or 'a day not known'}"
    return Actor(
        span=span,
        name=entry.name,
        entity_code=entry.entity_code,
        country_code=entry.country_code,
        sector_code=sector,
        catalogue_id=f"person:{entry.name}",
        why=why,
    )


def by_surname(
    catalogue: Catalogue,
    surname: str,
    *,
    day: str | None,
    country: str | None,
    countries: frozenset[str],
) -> Entry | None:
    """The one person of that surname whom the report can mean; None where two could be meant.

    Args:
        country: the country that the phrase itself gives ("Russian ... Lavrov").
        countries: the countries that the report names; a surname alone needs its country there.
    """
    rows = [row for row in catalogue.by_surname(surname) if row.holds_on(day)]
    if country:
        rows = [row for row in rows if row.country_code == country]
    else:
        near = [row for row in rows if row.country_code in countries]
        # A leader whose surname no other leader of the day shares needs no country beside it.
        leading = [row for row in rows if row.leads and row.vouched_on(day)]
        rows = near or leading
    if day is None:
        rows = [row for row in rows if row.until is None] or rows
        if len({row.name for row in rows}) != 1:
            rows = _ever(catalogue, surname)
    if len({row.name for row in rows}) != 1:
        return None
    return max(rows, key=lambda row: row.since or "")


def _ever(catalogue: Catalogue, surname: str) -> list[Entry]:
    """The latest leader of that surname, for a text without a day, where all are of one country."""
    rows = [row for row in catalogue.by_surname(surname) if row.leads]
    # Of many the tables know no more than the one name ("Stephen"): too little without a day.
    if len({row.country_code for row in rows}) != 1 or not any(" " in row.name for row in rows):
        return []
    return [max(rows, key=lambda row: row.since or "")]


def fits_title(entry: Entry, office: Office) -> bool:
    """Whether a title may be that of a leader whom a text without a day names by his surname."""
    leading = {"head_of_state", "head_of_government", "monarch", "foreign_minister", "former"}
    return not entry.leads or office.kind in leading or office.kind == entry.office_kind


def country_led_by(catalogue: Catalogue, surname: str, day: str | None) -> str | None:
    """The country of the leader of that surname, on `day` or before it, if but one is known."""
    leaders = [row for row in catalogue.by_surname(surname) if row.leads and row.country_code]
    now = {row.country_code for row in leaders if row.vouched_on(day)}
    before = {row.country_code for row in leaders if not day or (row.since or "9999") <= day}
    found = now or before
    return next(iter(found)) if len(found) == 1 else None


# Who holds an office for the time being bears its title.
_PROVISIONAL = re.compile(r"^(acting|interim|transitional|caretaker) ")


def office_holder(
    catalogue: Catalogue, office: Office, country: str | None, day: str | None
) -> Entry | None:
    """Who bore that office in `country` on `day`, if the catalogue knows exactly one."""
    if country is None or day is None:
        return None
    found = {
        entry.name: entry
        for entry in catalogue.people_of(country)
        if holds_office(entry, office, day)
    }
    return next(iter(found.values())) if len(found) == 1 else None


def holds_office(entry: Entry, office: Office, day: str) -> bool:
    """Whether the catalogue says that somebody bears a title on a day."""
    return bool(
        entry.holds_on(day)
        and entry.since
        and (entry.until or (entry.good_for and day <= entry.good_for))
        and _PROVISIONAL.sub("", entry.office.lower()) in office.titles
    )


# Who left such an office is ELI; a former candidate or journalist is not.
_OFFICE = frozenset({None, "GOV", "LEG", "JUD", "MIL", "COP", "SPY", "ELI"})


# Where the chief executive is no head of a firm.
_UNDER_CHIEF_EXECUTIVES = frozenset({"HKG", "MAC"})


def from_title(
    span: Span,
    name: str | None,
    office: Office,
    country: str | None,
    country_why: str,
    *,
    former: bool,
    owner: Entry | None = None,
) -> Actor:
    """A person not in the catalogue, coded from the title the report gives.

    Args:
        owner: the body or group whose title it is ("UN envoy", "Hamas leader"), if one is named.
    """
    sector = office.sector
    why = f"“{span.text}”: the title {office.titles[0]!r} gives sector {sector}"
    if owner:
        sector = sector_with(owner, sector, office.kind)
        why = f"“{span.text}”: {office.titles[0]!r} of {owner.name} ({owner.id}), sector {sector}"
        country, country_why = owner.country_code or None, owner.name
    if country in _UNDER_CHIEF_EXECUTIVES and "chief executive" in office.titles:
        sector = "GOV"
    if former and office.sector in _OFFICE:
        sector = "ELI"
        why += "; a former one, so ELI"
    why += f"; country {country} from {country_why}" if country else "; no country told"
    return Actor(
        span=span,
        name=name,
        entity_code=owner.entity_code if owner else country,
        country_code=country,
        sector_code=sector,
        why=why,
    )


def in_other_office(actor: Actor, entry: Entry, office: Office) -> Actor:
    """A person whom the catalogue knows from other times, with the office that the report gives him now.

    "Nuclear chief Ali Akbar Salehi" is an official though he is no longer foreign minister; "Prime Minister
    Abe" two years after his last term is a former one, whatever his title in the report.
    """
    if actor.sector_code not in {None, "ELI"} or office.sector in {None, "ELI"}:
        return actor
    if actor.sector_code == "ELI" and office.sector in {"PTY", "CVL", "SOC", "EDU", "JRN"}:
        # A politician, author or analyst who once held office is known for it.
        return actor
    if actor.sector_code == "ELI" and office.kind == entry.office_kind:
        return actor
    if actor.sector_code == "ELI" and office.titles[0] in entry.office.lower():
        return actor
    why = f"{actor.why}; the report gives the title {office.titles[0]!r}: {office.sector}"
    return replace(actor, sector_code=office.sector, why=why)


def moved(actor: Actor, span: Span, why: str) -> Actor:
    """The same party at another place of the text, with how it was followed back."""
    return replace(actor, span=span, why=f"“{span.text}”: {why}; {actor.why}")
