"""From a line of an actor table to a row of the catalogue, with the forms by which it is found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dragoman.rulebook.entry import Entry, How
from dragoman.rulebook.ontology import BODIES, SECTORS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dragoman.rulebook.tables import Row

Rows = dict[tuple[str, How], tuple[Entry, How]]


def by_form(entries: Iterable[Entry]) -> dict[str, tuple[tuple[Entry, How], ...]]:
    made: dict[str, Rows] = {}
    for entry in entries:
        for form, how in entry.forms:
            for spelling in spellings(form):
                made.setdefault(spelling, {}).setdefault((entry.id, how), (entry, how))
    return {form: tuple(rows.values()) for form, rows in made.items()}


_ARTICLE = re.compile(r"(?<!\w)[Aa]l[- ](?=[A-Z])")


def spellings(form: str) -> tuple[str, ...]:
    """A form and how newsrooms also write it: "al-Nusra", "Al-Nusra", "al Nusra", "Al Nusra"; "Qaida"."""
    made = [form]
    if _ARTICLE.match(form):
        rest = form[3:]
        made += [f"{article}{rest}" for article in ("al-", "Al-", "al ", "Al ")]
    if form.endswith(" Party"):
        made.append(f"{form[:-5]}party")
    for name, other in (("Qaeda", "Qaida"), ("Shabaab", "Shabab"), ("Hezbollah", "Hizbullah")):
        made += [one.replace(name, other) for one in made if name in one]
    return tuple(dict.fromkeys(made))


def by_surname(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    made: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.kind == "person":
            for surname in entry.surnames:
                made.setdefault(surname, []).append(entry)
    return {surname: tuple(rows) for surname, rows in made.items()}


_PREFIX = re.compile(r"^(?:[Aa]l|[Ee]l)[- ](?=[A-Z])")


def _surnames(surname: str, aliases: Iterable[str]) -> tuple[str, ...]:
    """A surname as newsrooms write it: "al-Assad", "Assad", and the row's other names of one word."""
    other = [form for form in aliases if " " not in form]
    forms = [form for one in (surname, *other) for form in (one, _PREFIX.sub("", one))]
    return tuple(dict.fromkeys(form for form in forms if form))


def sector_in(row: Row, column: str = "sector") -> str | None:
    return row.one_of(column, SECTORS)


def _forms(*groups: tuple[Iterable[str], How]) -> tuple[tuple[str, How], ...]:
    seen: dict[str, How] = {}
    for words, how in groups:
        for word in words:
            if len(word) > 1:
                seen.setdefault(word, how)
    return tuple(seen.items())


def _state(row: Row) -> Entry:
    code = row.need("code")
    name = row.need("name")
    return Entry(
        id=f"state:{code}",
        kind="state",
        name=name,
        entity_code=code,
        country_code=code,
        since=row.date("from"),
        until=row.date("until"),
        note=row.text("note"),
        status=row.text("status"),
        forms=_forms(
            (_rare(row), "rare"),
            ([name, *row.many("official"), *row.many("aliases")], "name"),
            (row.many("adjectives"), "adjective"),
            (row.many("demonyms"), "demonym"),
            (row.many("seats"), "metonym"),
            (row.many("metonyms"), "metonym"),
            (row.many("capital"), "capital"),
        ),
    )


def _rare(row: Row) -> tuple[str, ...]:
    """Forms that mostly mean another state ("Congolese" of Congo-Brazzaville): "rare: A, B" in the note."""
    found = [part.removeprefix("rare:") for part in row.many("note") if part.startswith("rare:")]
    return tuple(form.strip() for part in found for form in part.split(",") if form.strip())


def _organ(row: Row) -> Entry:
    return Entry(
        id=f"organ:{row.need('id')}",
        kind="organ",
        name=row.need("name"),
        entity_code=row.text("code") or None,
        country_code=row.text("code") or None,
        sector=sector_in(row),
        other_sectors=row.many("other_sectors"),
        since=row.date("from"),
        until=row.date("until"),
        ambiguous="ambiguous" in row.text("note"),
        note=row.text("note"),
        forms=_forms(([row.need("name"), *row.many("aliases")], "name")),
    )


def _body(row: Row) -> Entry:
    return Entry(
        id=f"body:{row.need('id')}",
        kind="body",
        name=row.need("name"),
        entity_code=row.one_of("entity_code", BODIES, empty=False),
        country_code=row.text("country") or None,
        sector=sector_in(row),
        since=row.date("from"),
        until=row.date("until"),
        ambiguous="ambiguous" in row.text("note"),
        note=row.text("note"),
        forms=_forms(([row.need("name"), *row.many("aliases")], "name")),
    )


def _group(row: Row) -> Entry:
    entity = row.text("entity_code") or row.text("country") or None
    return Entry(
        id=f"group:{row.need('id')}",
        kind="group",
        name=row.need("name"),
        entity_code=entity,
        country_code=row.text("country") or None,
        sector=sector_in(row),
        other_sectors=row.many("other_sectors"),
        since=row.date("from"),
        until=row.date("until"),
        ambiguous="ambiguous" in row.text("note"),
        note=row.text("note"),
        forms=_forms(([row.need("name"), *row.many("aliases")], "name")),
    )


def _people(row: Row) -> Entry:
    """A people or community: civilians, of one state where it lives in one."""
    country = row.text("country") or None
    return Entry(
        id=f"people:{row.need('id')}",
        kind="people",
        name=row.need("name"),
        entity_code=country,
        country_code=country,
        sector=sector_in(row) or "CVL",
        note=row.text("note"),
        countries=row.many("countries"),
        forms=_forms(
            ([row.need("name"), *row.many("aliases")], "demonym"),
            (row.many("adjectives"), "adjective"),
        ),
    )


# What an office says of its bearer's sector where the row does not say it.
_SECTOR_OF = {
    **dict.fromkeys(
        "head_of_state head_of_government foreign_minister defence_minister minister monarch deputy "
        "ambassador envoy spokesperson local heir official central_bank".split(),
        "GOV",
    ),
    "legislator": "LEG", "military": "MIL", "intelligence": "SPY", "opposition": "OPP",
    "party": "PTY", "judge": "JUD", "police": "COP", "religious": "REL", "former": "ELI",
}  # fmt: skip


def _person(row: Row) -> Entry:
    country = row.text("country") or None
    name = row.need("name")
    surname = row.text("surname") or name.split()[-1]
    office = row.text("office")
    full = [form for form in (name, *row.many("aliases")) if " " in form]
    return Entry(
        id=f"person:{row.need('id')}",
        kind="person",
        name=name,
        entity_code=country,
        country_code=country,
        sector=sector_in(row) or (_SECTOR_OF.get(office) if country else None),
        since=row.date("from"),
        until=row.date("until"),
        good_for=row.date("good_for"),
        office=row.text("title") or office,
        office_kind=office,
        surname=surname,
        surnames=_surnames(surname, row.many("aliases")),
        note=row.text("note"),
        body=row.text("body"),
        # One-word names are looked up as surnames, where the report supports them.
        forms=_forms((full, "name")),
    )


def _region(row: Row) -> Entry:
    return Entry(
        id=f"region:{row.need('id')}",
        kind="region",
        name=row.need("name"),
        entity_code=None,
        country_code=None,
        note=row.text("note"),
        countries=row.many("countries"),
        forms=_forms(
            ([row.need("name"), *row.many("aliases")], "name"),
            (row.many("adjectives"), "adjective"),
        ),
    )


def _outlet(row: Row) -> Entry:
    country = row.text("country") or None
    return Entry(
        id=f"outlet:{row.need('id')}",
        kind="outlet",
        name=row.need("name"),
        entity_code=country,
        country_code=country,
        sector="JRN",
        note=row.text("owner_note"),
        forms=_forms(([row.need("name"), *row.many("aliases")], "name")),
    )


TABLES: tuple[tuple[Callable[[Row], Entry], str], ...] = (
    (_state, "states.csv"),
    (_organ, "organs.csv"),
    (_body, "bodies.csv"),
    (_group, "groups.csv"),
    (_people, "peoples.csv"),
    (_person, "people.csv"),
    (_region, "regions.csv"),
    (_outlet, "outlets.csv"),
)
