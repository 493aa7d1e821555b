"""The catalogue of actors: states, their organs, international bodies, groups, people, offices, roles.

A surface form ("Moscow", "Saudis", "the Revolutionary Guards") leads to the rows that bear it, each
with *how* it bears it: as a name, an adjective, a people's name, a capital or seat that stands for the
government. Which row is meant on a given day is decided by the reader, not here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

import ahocorasick_rs

from dragoman.errors import RuleError, UnknownValueError
from dragoman.rulebook.actorrows import TABLES, by_form, by_surname, sector_in
from dragoman.rulebook.entry import Entry, Hit, How, Kind, Membership, Office, Role
from dragoman.rulebook.tables import Row, read_csv

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = [
    "Catalogue", "Entry", "Hit", "How", "Kind", "Membership", "Office", "Role", "load_catalogue",
]  # fmt: skip

_MONEY = re.compile(r"\$|\s(?:dollar|pound|franc|peso)s?\b", re.IGNORECASE)
# All are written for one another in names; each is one character, so that places stay.
_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bb\u02bc\u0060\u00b4", "'"))
# A name hidden behind "the" reaches at most so many characters further.
_LONGER = 24


@dataclass(frozen=True)
class Catalogue:
    """All rows, with the look-ups that the reader needs."""

    entries: dict[str, Entry]
    offices: dict[str, Office]
    roles: dict[str, Role]
    honorifics: frozenset[str]
    memberships: tuple[Membership, ...]
    places: dict[str, str]
    given: dict[str, str]
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
    # "US$1 million" and "two Canadian dollars" name a currency and no state.
    return before and after and _MONEY.match(text, end) is None


def load_catalogue(folders: tuple[Path, ...]) -> Catalogue:
    """Reads the actor tables of `folders`; a row of a later folder replaces that of the same id."""
    entries: dict[str, Entry] = {}
    for make, file in TABLES:
        for folder in folders:
            seen: dict[str, int] = {}
            for row in read_csv(folder / file):
                entry = _with_body(make(row), entries, row)
                _check_country(entry, entries, row)
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
    given: dict[str, str] = {}
    for folder in folders:
        for row in read_csv(folder / "offices.csv"):
            office = Office(
                row.need("id"),
                row.many("titles"),
                sector_in(row),
                row.text("kind"),
                row.text("country") or None,
            )
            offices.update(dict.fromkeys((title.lower() for title in office.titles), office))
        for row in read_csv(folder / "roles.csv"):
            role = Role(row.many("words"), sector_in(row), row.text("kind"))
            roles.update(dict.fromkeys((word.lower() for word in role.words), role))
        honorifics |= {row.need("word") for row in read_csv(folder / "honorifics.csv")}
        for row in read_csv(folder / "givennames.csv"):
            given[row.need("name")] = row.one_of("pronoun", ("he", "she"), empty=False) or ""
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
        given=given,
        _forms=by_form(entries.values()),
        _surnames=by_surname(entries.values()),
    )


def _check_country(entry: Entry, entries: dict[str, Entry], row: Row) -> None:
    """Refuses a country that no row of states.csv has, and a code of a state of another form.

    Raises:
        RuleError: naming file, line and value.
    """
    code = entry.country_code
    if code is None:
        return
    if entry.kind == "state":
        if not re.fullmatch(r"[A-Z]{3}", code):
            message = f"code {code!r} is no country code; write three capital letters (ISO 3166)"
            raise RuleError(message, file=row.file, line=row.line, value=code)
        return
    if f"state:{code}" not in entries:
        codes = sorted(key.partition(":")[2] for key in entries if key.startswith("state:"))
        raise UnknownValueError(
            code,
            [one for one in codes if ":" not in one],
            what="country",
            file=row.file,
            line=row.line,
        )


def _with_body(entry: Entry, entries: dict[str, Entry], row: Row) -> Entry:
    """An office of a body or group with the code of that body or group."""
    if not entry.body:
        return entry
    owner = entries.get(f"body:{entry.body}") or entries.get(f"group:{entry.body}")
    if owner is None:
        message = f"column 'body': {entry.body!r} is neither a body nor a group of the tables"
        raise RuleError(message, file=row.file, line=row.line, value=entry.body)
    return replace(
        entry,
        entity_code=owner.entity_code,
        country_code=owner.country_code,
        sector=entry.sector or owner.sector,
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
