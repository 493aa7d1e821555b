"""What the catalogue of actors is made of: rows, titles, nouns, memberships, and names found in a text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

_LEADING = frozenset({"head_of_state", "head_of_government", "monarch", "foreign_minister"})

How = Literal["name", "adjective", "demonym", "capital", "metonym", "surname", "rare"]
Kind = Literal["state", "organ", "body", "group", "people", "person", "region", "outlet"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the catalogue.

    Attributes:
        id: kind and row id, "state:BHR", "body:un", "person:putin-2012".
        entity_code, country_code, sector, other_sectors: PLOVER codes; None where there is none.
        since, until: when the row holds (an office's term), ISO dates as far as known.
        good_for: the day to which the source vouches for a term without end.
        body: id of the body or group that an office belongs to ("un"), empty for a state's.
        ambiguous: a name that also means something else; taken only with support in the report.
        surnames: the forms in which a person's surname stands alone.
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
    surnames: tuple[str, ...] = ()
    body: str = ""
    ambiguous: bool = False
    note: str = ""
    countries: tuple[str, ...] = ()
    status: str = ""
    forms: tuple[tuple[str, How], ...] = ()

    @property
    def homonym(self) -> str | None:
        """The state of which a part bears the same name ("homonym: USA" in the note)."""
        found = re.search(r"homonym: ([A-Z]{3})", self.note) if "homonym" in self.note else None
        return found[1] if found else None

    @property
    def leads(self) -> bool:
        """Whether the office is that of a head of state, government or body, or a foreign minister."""
        return self.office_kind in _LEADING or bool(self.body)

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
    """A title as the head of a noun phrase ("foreign minister") and the sector of who bears it.

    Attributes:
        country: whose office the bare title is in English-language news ("House Speaker" is
            American), taken only where neither the phrase nor the report tells another.
    """

    id: str
    titles: tuple[str, ...]
    sector: str | None
    kind: str
    country: str | None = None


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
