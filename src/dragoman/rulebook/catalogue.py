"""The catalogue of actors: states, their organs, international bodies, groups, people, offices, roles.

A surface form ("Moscow", "Saudis", "the Revolutionary Guards") leads to the rows that bear it, each
with *how* it bears it: as a name, an adjective, a people's name, a capital or seat that stands for the
government. Which row is meant on a given day is decided by the reader, not here.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import ahocorasick_rs

from dragoman.errors import RuleError
from dragoman.rulebook.ontology import BODIES, SECTORS
from dragoman.rulebook.tables import Row, read_csv

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

_LEADING = frozenset({"head_of_state", "head_of_government", "monarch", "foreign_minister"})

# All are written for one another in names; each is one character, so that places stay.
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bb\u02bc\u0060\u00b4", "'"))
# A name hidden behind "the" reaches at most so many characters further.
_LONGER = 24

How = Literal["name", "adjective", "demonym", "capital", "metonym", "surname"]
Kind = Literal["state", "organ", "body", "group", "person", "region", "outlet"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the catalogue.

    Attributes:
        id: kind and row id, "state:BHR", "body:un", "person:putin-2012".
        entity_code, country_code, sector, other_sectors: PLOVER codes; None where there is none.
        since, until: when the row holds (an office's term), ISO dates as far as known.
        good_for: the day to which the source vouches for a term without end.
        ambiguous: a name that also means something else; taken only with support in the report.
        forms: surface forms, each with how it stands for the row.
    """

    id: str
    kind: Kind
    name: str
    entity_code: str | None
    country_code: str | None
    sector: str | None = None
    other_sectors: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    good_for: str | None = None
    office: str = ""
    office_kind: str = ""
    surname: str = ""
    ambiguous: bool = False
    note: str = ""
    countries: tuple[str, ...] = ()
    status: str = ""
    forms: tuple[tuple[str, How], ...] = ()

    @property
    def leads(self) -> bool:
        """Whether the office is that of a head of state or government or a foreign minister."""
        return self.office_kind in _LEADING

    def vouched_on(self, day: str | None) -> bool:
        """Whether the source vouches for the row on `day` (an unknown day: for the row as current)."""
        last = self.until or self.good_for
        if day is None:
            return self.until is None
        return bool(self.since and last) and self.holds_on(day) and day <= (last or "")

    def holds_on(self, day: str | None) -> bool:
        """Whether the row holds on `day`; an unknown day or bound does not exclude it."""
        if day is None:
            return True
        if self.since and day < self.since[: len(day)]:
            return False
        return not (self.until and day[: len(self.until)] > self.until)


@dataclass(frozen=True, slots=True)
class Office:
    """A title as the head of a noun phrase ("foreign minister") and the sector of who bears it."""

    id: str
    titles: tuple[str, ...]
    sector: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class Role:
    """A generic noun for persons or collectives ("troops", "protesters") and its sector."""

    words: tuple[str, ...]
    sector: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class Membership:
    """A state's membership of a body, with its dates and status."""

    body: str
    country: str
    since: str | None
    until: str | None
    status: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A catalogue name found in a text: where, and the rows that bear it, each with how."""

    start: int
    end: int
    rows: tuple[tuple[Entry, How], ...]


@dataclass(frozen=True)
class Catalogue:
    """All rows, with the look-ups that the reader needs."""

    entries: dict[str, Entry]
    offices: dict[str, Office]
    roles: dict[str, Role]
    honorifics: frozenset[str]
    memberships: tuple[Membership, ...]
    places: dict[str, str]
    _forms: dict[str, tuple[tuple[Entry, How], ...]] = field(repr=False)
    _surnames: dict[str, tuple[Entry, ...]] = field(repr=False)

    @cached_property
    def _plain(self) -> dict[str, tuple[tuple[Entry, How], ...]]:
        """The rows by their forms, all apostrophes alike."""
        made: dict[str, tuple[tuple[Entry, How], ...]] = {}
        for form, rows in self._forms.items():
            plain = form.translate(_APOSTROPHES)
            made[plain] = tuple(dict.fromkeys((*made.get(plain, ()), *rows)))
        return made

    @cached_property
    def _automaton(self) -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...]]:
        forms = tuple(sorted(self._plain))
        kind = ahocorasick_rs.MatchKind.LeftmostLongest
        return ahocorasick_rs.AhoCorasick(forms, matchkind=kind), forms

    def find(self, text: str) -> Iterator[Hit]:
        """The catalogue names in `text`, longest first at each place, at word borders only."""
        automaton, forms = self._automaton
        text = text.translate(_APOSTROPHES)
        position = 0
        # A match that ends inside a word hides a shorter one that does not ("Niger" in "Nigerian"),
        # so the search is taken up again one character further on.
        while position < len(text):
            found = automaton.find_matches_as_indexes(text[position:])
            moved = False
            for pattern, start, end in found:
                first, last = position + start, position + end
                longer = self._behind_article(text, first, last)
                if longer:
                    yield longer
                    position, moved = longer.end, True
                    break
                if _bounded(text, first, last):
                    yield Hit(first, last, self._plain[forms[pattern]])
                else:
                    position = first + 1
                    while position < len(text) and text[position].isalnum():
                        position += 1
                    moved = True
                    break
            if not moved:
                return

    def _behind_article(self, text: str, first: int, last: int) -> Hit | None:
        """The longer name that a name with "the" hides: "South African" in "the South African army"."""
        if text[first : first + 4].lower() != "the ":
            return None
        start = first + 4
        for end in range(min(len(text), last + _LONGER), last, -1):
            rows = self._plain.get(text[start:end])
            if rows and _bounded(text, start, end):
                return Hit(start, end, rows)
        return None

    def rows(self, form: str) -> tuple[tuple[Entry, How], ...]:
        """The rows that bear exactly this form."""
        return self._forms.get(form, ())

    def by_surname(self, surname: str) -> tuple[Entry, ...]:
        """The people of that surname, over all times."""
        return self._surnames.get(surname, ())

    def people_of(self, country: str) -> tuple[Entry, ...]:
        """The people of that country, over all times."""
        return self._people.get(country, ())

    @cached_property
    def _people(self) -> dict[str, tuple[Entry, ...]]:
        made: dict[str, list[Entry]] = {}
        for entry in self.entries.values():
            if entry.kind == "person" and entry.country_code:
                made.setdefault(entry.country_code, []).append(entry)
        return {country: tuple(rows) for country, rows in made.items()}

    @cached_property
    def titles(self) -> frozenset[str]:
        """Honorifics in lower case without a final stop."""
        return frozenset(word.lower().rstrip(".") for word in self.honorifics)

    def members(self, body: str, day: str | None, *, status: str = "member") -> tuple[str, ...]:
        """Country codes of a body's members of that status on `day`, sorted."""
        return tuple(
            sorted(
                {
                    m.country
                    for m in self.memberships
                    if m.body == body and m.status == status and _within(m.since, m.until, day)
                }
            )
        )


def _within(since: str | None, until: str | None, day: str | None) -> bool:
    if day is None:
        return until is None
    return not (since and day < since[: len(day)]) and not (until and day[: len(until)] > until)


def _bounded(text: str, start: int, end: int) -> bool:
    before = start == 0 or not (text[start - 1].isalnum() and text[start].isalnum())
    after = end == len(text) or not (text[end].isalnum() and text[end - 1].isalnum())
    return before and after


def load_catalogue(folders: tuple[Path, ...]) -> Catalogue:
    """Reads the actor tables of `folders`; a row of a later folder replaces that of the same id."""
    entries: dict[str, Entry] = {}
    for make, file in _TABLES:
        for folder in folders:
            seen: dict[str, int] = {}
            for row in read_csv(folder / file):
                entry = make(row)
                if entry.id in seen and entry.kind == "state":
                    # Parts and former states are coded with the code of the state they belong to.
                    entry = replace(entry, id=f"{entry.id}:{entry.name.lower().replace(' ', '-')}")
                if entry.id in seen:
                    message = f"id {entry.id!r} stands twice (first in line {seen[entry.id]})"
                    raise RuleError(message, file=row.file, line=row.line, value=entry.id)
                seen[entry.id] = row.line
                entries[entry.id] = entry
    offices: dict[str, Office] = {}
    roles: dict[str, Role] = {}
    honorifics: set[str] = set()
    memberships: list[Membership] = []
    for folder in folders:
        for row in read_csv(folder / "offices.csv"):
            office = Office(row.need("id"), row.many("titles"), _sector(row), row.text("kind"))
            offices.update(dict.fromkeys((title.lower() for title in office.titles), office))
        for row in read_csv(folder / "roles.csv"):
            role = Role(row.many("words"), _sector(row), row.text("kind"))
            roles.update(dict.fromkeys((word.lower() for word in role.words), role))
        honorifics |= {row.need("word") for row in read_csv(folder / "honorifics.csv")}
        memberships.extend(
            Membership(
                row.need("body"),
                row.need("country"),
                row.date("from"),
                row.date("until"),
                row.text("status") or "member",
            )
            for row in read_csv(folder / "members.csv")
        )
    return Catalogue(
        entries=entries,
        offices=offices,
        roles=roles,
        honorifics=frozenset(honorifics),
        memberships=tuple(memberships),
        places=_places(folders),
        _forms=_by_form(entries.values()),
        _surnames=_by_surname(entries.values()),
    )


def _places(folders: tuple[Path, ...]) -> dict[str, str]:
    """Country codes by the names of towns and provinces that stand for one country only."""
    found: dict[str, set[str]] = {}
    for folder in folders:
        for row in read_csv(folder.parent / "places" / "cities.csv"):
            country = row.text("country")
            for name in (row.need("name"), *row.many("aliases")):
                found.setdefault(name, set()).add(country)
    return {name: min(codes) for name, codes in found.items() if len(codes) == 1 and min(codes)}


def _by_form(entries: Iterable[Entry]) -> dict[str, tuple[tuple[Entry, How], ...]]:
    made: dict[str, dict[tuple[str, How], tuple[Entry, How]]] = {}
    for entry in entries:
        for form, how in entry.forms:
            made.setdefault(form, {}).setdefault((entry.id, how), (entry, how))
    return {form: tuple(rows.values()) for form, rows in made.items()}


def _by_surname(entries: Iterable[Entry]) -> dict[str, tuple[Entry, ...]]:
    made: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.kind == "person" and entry.surname:
            made.setdefault(entry.surname, []).append(entry)
    return {surname: tuple(rows) for surname, rows in made.items()}


def _sector(row: Row, column: str = "sector") -> str | None:
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
            ([name, *row.many("official"), *row.many("aliases")], "name"),
            (row.many("adjectives"), "adjective"),
            (row.many("demonyms"), "demonym"),
            (row.many("seats"), "metonym"),
            (row.many("metonyms"), "metonym"),
            (row.many("capital"), "capital"),
        ),
    )


def _organ(row: Row) -> Entry:
    return Entry(
        id=f"organ:{row.need('id')}",
        kind="organ",
        name=row.need("name"),
        entity_code=row.text("code") or None,
        country_code=row.text("code") or None,
        sector=_sector(row),
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
        country_code=None,
        sector=_sector(row),
        since=row.date("from"),
        until=row.date("until"),
        ambiguous="ambiguous" in row.text("note"),
        note=row.text("note"),
        forms=_forms(([row.need("name"), *row.many("aliases")], "name")),
    )


def _group(row: Row) -> Entry:
    entity = row.text("entity_code") or None
    return Entry(
        id=f"group:{row.need('id')}",
        kind="group",
        name=row.need("name"),
        entity_code=entity,
        country_code=row.text("country") or None,
        sector=_sector(row),
        other_sectors=row.many("other_sectors"),
        since=row.date("from"),
        until=row.date("until"),
        ambiguous="ambiguous" in row.text("note"),
        note=row.text("note"),
        forms=_forms(([row.need("name"), *row.many("aliases")], "name")),
    )


def _person(row: Row) -> Entry:
    country = row.text("country") or None
    name = row.need("name")
    surname = row.text("surname")
    full = [form for form in (name, *row.many("aliases")) if " " in form]
    return Entry(
        id=f"person:{row.need('id')}",
        kind="person",
        name=name,
        entity_code=country,
        country_code=country,
        sector=_sector(row),
        since=row.date("from"),
        until=row.date("until"),
        good_for=row.date("good_for"),
        office=row.text("title") or row.text("office"),
        office_kind=row.text("office"),
        surname=surname,
        note=row.text("note"),
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


_TABLES: tuple[tuple[Callable[[Row], Entry], str], ...] = (
    (_state, "states.csv"),
    (_organ, "organs.csv"),
    (_body, "bodies.csv"),
    (_group, "groups.csv"),
    (_person, "people.csv"),
    (_region, "regions.csv"),
    (_outlet, "outlets.csv"),
)
