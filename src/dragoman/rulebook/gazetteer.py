"""The gazetteer: countries, cities, regions and waters by their names."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import ahocorasick_rs

from dragoman.errors import RuleError
from dragoman.rulebook.tables import Row, read_csv

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_CLASSES = (
    "country", "capital", "over 10 million", "over 1 million", "over 100 thousand", "smaller", "region",
    "disputed region", "island", "sea", "strait", "canal", "river", "lake", "continent", "border", "place",
)  # fmt: skip
_SETTLED = frozenset(
    {"capital", "over 10 million", "over 1 million", "over 100 thousand", "smaller"}
)


@dataclass(frozen=True, slots=True)
class Location:
    """A row of the gazetteer.

    Attributes:
        name: its standard name.
        country_code: ISO 3166-1 alpha-3; None for seas and what lies in several states.
        classes: what it is ("capital", "over 1 million", "region", ...).
        latitude, longitude: degrees; None for countries.
        forms: the names by which it is found.
    """

    name: str
    country_code: str | None
    classes: tuple[str, ...]
    latitude: float | None = None
    longitude: float | None = None
    forms: tuple[str, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether it is a town or city."""
        return bool(_SETTLED & set(self.classes))

    @property
    def weight(self) -> int:
        """How much it is in the news by its size alone: less is more."""
        return min((_CLASSES.index(one) for one in self.classes), default=len(_CLASSES))


@dataclass(frozen=True, slots=True)
class LocationHit:
    """A place name found in a text: where, and the rows that bear it."""

    start: int
    end: int
    rows: tuple[Location, ...]


@dataclass(frozen=True)
class Gazetteer:
    """All places, with the look-up of their names in a text."""

    locations: tuple[Location, ...]
    _forms: dict[str, tuple[Location, ...]] = field(repr=False)

    @cached_property
    def _automaton(self) -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...]]:
        forms = tuple(sorted(self._forms))
        kind = ahocorasick_rs.MatchKind.LeftmostLongest
        return ahocorasick_rs.AhoCorasick(forms, matchkind=kind), forms

    def find(self, text: str) -> Iterator[LocationHit]:
        """The place names in `text`, longest first at each place, at word borders only."""
        automaton, forms = self._automaton
        position = 0
        # As in the catalogue: a match that ends inside a word may hide a shorter one that does not.
        while position < len(text):
            again = False
            for pattern, start, end in automaton.find_matches_as_indexes(text[position:]):
                first, last = position + start, position + end
                if _bounded(text, first, last):
                    yield LocationHit(first, last, self._forms[forms[pattern]])
                    continue
                position = first + 1
                while position < len(text) and text[position].isalnum():
                    position += 1
                again = True
                break
            if not again:
                return

    def rows(self, form: str) -> tuple[Location, ...]:
        """The rows that bear exactly this name."""
        return self._forms.get(form, ())


def _bounded(text: str, start: int, end: int) -> bool:
    before = start == 0 or not text[start - 1].isalnum()
    after = end == len(text) or not text[end].isalnum()
    return before and after


def load_gazetteer(folders: tuple[Path, ...]) -> Gazetteer:
    """Reads ``places/cities.csv`` and the countries of ``actors/states.csv`` of each rules folder.

    A row of a later folder replaces that of the same name and country.

    Raises:
        RuleError: naming file, line and value: a coordinate that is none, an unknown class, or a
            place that stands twice.
    """
    made: dict[tuple[str, str | None, bool], Location] = {}
    for folder in folders:
        for row in read_csv(folder / "actors" / "states.csv"):
            location = _country(row)
            made.setdefault((location.name, location.country_code, False), location)
        seen: dict[tuple[str, str | None, bool], int] = {}
        for row in read_csv(folder / "places" / "cities.csv"):
            location = _city(row)
            # A town and the region around it may share their name ("Cabinda").
            key = (row.need("name"), location.country_code, location.settled)
            if key in seen:
                message = f"{location.name!r} stands twice (first in line {seen[key]})"
                raise RuleError(message, file=row.file, line=row.line, value=location.name)
            seen[key] = row.line
            made[key] = location
    locations = tuple(made.values())
    return Gazetteer(locations, _by_form(locations))


def _by_form(locations: Iterable[Location]) -> dict[str, tuple[Location, ...]]:
    made: dict[str, list[Location]] = {}
    for location in locations:
        for form in dict.fromkeys(location.forms):
            made.setdefault(form, []).append(location)
    return {form: tuple(rows) for form, rows in made.items()}


def _country(row: Row) -> Location:
    name = row.need("name")
    # "the South", "the North" are countries only in company, and would hide "the South China Sea".
    aliases = tuple(form for form in row.many("aliases") if not form.lower().startswith("the "))
    return Location(name, row.need("code"), ("country",), forms=(name, *aliases))


def _city(row: Row) -> Location:
    name = row.need("name")
    classes = row.many("population_class")
    for one in classes:
        if one not in _CLASSES:
            allowed = ", ".join(_CLASSES)
            message = f"population_class {one!r} is not known; write one of: {allowed}"
            raise RuleError(message, file=row.file, line=row.line, value=one)
    return Location(
        # What stands in brackets tells namesakes apart in the table, and is not in the news.
        name=name.split(" (", 1)[0],
        country_code=row.text("country") or None,
        classes=classes,
        latitude=_degrees(row, "lat", 90.0),
        longitude=_degrees(row, "lon", 180.0),
        forms=tuple(form.split(" (", 1)[0] for form in (name, *row.many("aliases"))),
    )


def _degrees(row: Row, column: str, limit: float) -> float | None:
    text = row.text(column)
    if not text:
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not -limit <= value <= limit:
        message = (
            f"column {column!r}: {text!r} is not a number of degrees from -{limit:g} to {limit:g}"
        )
        raise RuleError(message, file=row.file, line=row.line, value=text)
    return value
