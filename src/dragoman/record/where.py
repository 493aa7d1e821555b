"""What to ask the record for: one frozen value, the same for the command line, the web and Python."""

# ruff: noqa: S608 (only names of this package are written into SQL; values are parameters)

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dragoman.entries import PositionKind, Status  # noqa: TC001
from dragoman.errors import NotFoundError, UsageError
from dragoman.record.days import first_day, last_day

if TYPE_CHECKING:
    import sqlite3


# What the pages and commands tell unless asked for all: events and statements of at least this confidence. Of judged
# events at this line and over it some eight in ten are right, of statements nine (docs/decisions/0009).
LIKELY = 0.75


@dataclass(frozen=True, slots=True)
class Where:
    """Filters; all that are given must hold.

    Attributes:
        actor: a code, a catalogue id or a name; a state's code (or its name) finds its parties too.
        between: two of these that deal with one another, in either direction.
        type: a PLOVER type; the kind for ties and statements.
        since, until: ISO dates, as far as known. Events by the day on which they happened, statements
            by the day on which they were made (else published), reports by the day of publication.
            What has no date is left out.
        outlet: the outlet's name.
        said_by, speaker: who says so: an event that stands in a statement of that party, or a
            statement of that party.
        about: a party mentioned in what is said.
        position: what the speaker holds: supports, opposes, demands, ...; with `about` towards that
            party.
        story, report: ids.
        status: reading status of reports.
        sure: events and statements of at least this confidence, 0 to 1; None for all that the record holds.
        rejected: show what people rejected as well.
        latest: events, statements and stories with the latest first; undated ones stay last.
        limit: at most so many; None for all. offset: leave out so many first; not with `latest`.
    """

    actor: str | None = None
    between: tuple[str, str] | None = None
    type: str | None = None
    since: str | None = None
    until: str | None = None
    outlet: str | None = None
    said_by: str | None = None
    speaker: str | None = None
    about: str | None = None
    position: PositionKind | None = None
    story: str | None = None
    report: str | None = None
    status: Status | None = None
    sure: float | None = None
    rejected: bool = False
    latest: bool = False
    limit: int | None = None
    offset: int = 0

    def __post_init__(self) -> None:
        """Refuse what cannot be meant.

        Raises:
            UsageError: for a date that is none, dates the wrong way round, a confidence that is none, a
                negative number, or an offset among the latest.
        """
        for name, value in (("since", self.since), ("until", self.until)):
            if value is not None and first_day(value) is None:
                raise UsageError(
                    f"{name}: {value!r} is no ISO date; write 2016, 2016-01 or 2016-01-04"
                )
        since, until = first_day(self.since), last_day(self.until)
        if since and until and since > until:
            raise UsageError(f"since ({self.since}) lies after until ({self.until})")
        if self.sure is not None and not 0.0 <= self.sure <= 1.0:
            raise UsageError(f"sure: {self.sure} is no confidence; give a number from 0 to 1")
        if (self.limit is not None and self.limit < 0) or self.offset < 0:
            raise UsageError("limit and offset must not be negative")
        if self.latest and self.offset:
            raise UsageError("the latest are asked for without an offset; give a limit")


class Conditions:
    """Conditions of a query and their parameters, grown together."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.parts: list[str] = []
        self.values: list[Any] = []

    def add(self, part: str, *values: Any) -> None:
        """One more condition that must hold."""
        self.parts.append(part)
        self.values.extend(values)

    def keys(self, words: str) -> tuple[int, ...]:
        """The numbers of the keys that `words` stand for.

        Raises:
            NotFoundError: if the record knows no such actor.
        """
        return actor_keys(self.connection, words)

    @property
    def sql(self) -> str:
        """All conditions as one."""
        return " AND ".join(self.parts) or "1"


def names_of(connection: sqlite3.Connection, words: str) -> tuple[str, ...]:
    """The keys (codes, catalogue ids, names) that `words` stand for, sorted; empty if none.

    A state's name means what its code means: the state and all its parties.
    """
    found = set()
    for key in (words, words.upper() if len(words) == 3 else words):
        if connection.execute("SELECT 1 FROM keys WHERE key = ?", (key,)).fetchone():
            found.add(key)
    # A code or an id is meant as such; only a name is looked up among the names.
    if not found or not (words.isupper() or ":" in words):
        rows = connection.execute(
            "SELECT DISTINCT catalogue_id, name FROM codings WHERE name = ? COLLATE NOCASE",
            (words,),
        )
        for catalogue_id, name in rows:
            if catalogue_id and catalogue_id.startswith("state:"):
                found.update({catalogue_id.removeprefix("state:"), catalogue_id})
            else:
                found.add(catalogue_id or name)
    return tuple(sorted(found or _by_alias(connection, words) or _by_part(connection, words)))


def _by_alias(connection: sqlite3.Connection, words: str) -> set[str]:
    """Keys of this record that the catalogue knows by another name ("King Hamad", "the Kremlin")."""
    # Only a name that the record itself does not hold costs the loading of the catalogue.
    from dragoman.rulebook import load_rulebook

    found = set()
    for entry, _ in load_rulebook().catalogue.rows(words):
        named = f"person:{entry.name}" if entry.kind == "person" else entry.id
        keys = {named, entry.country_code} if entry.kind == "state" else {named}
        found |= {
            key
            for key in keys
            if key and connection.execute("SELECT 1 FROM keys WHERE key = ?", (key,)).fetchone()
        }
    return found


def _by_part(connection: sqlite3.Connection, words: str) -> set[str]:
    """The key of the one actor whose name holds the words ("Hamad"); none where several do."""
    found = {key for _, key in _bearers(connection, words)}
    return found if len(found) == 1 else set()


def _bearers(connection: sqlite3.Connection, words: str) -> list[tuple[str, str]]:
    """Names and keys of the actors whose names hold the words as whole words, sorted."""
    plain = words.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    if not plain:
        return []
    rows = connection.execute(
        "SELECT DISTINCT name, coalesce(catalogue_id, name) FROM codings "
        "WHERE ' ' || name || ' ' LIKE ? ESCAPE '\\' ORDER BY 1, 2",
        (f"% {plain} %",),
    )
    return [(name, key) for name, key in rows]


def actor_keys(connection: sqlite3.Connection, words: str) -> tuple[int, ...]:
    """The numbers of the keys that `words` stand for.

    Raises:
        NotFoundError: if the record knows no such actor; names the nearest.
    """
    names = names_of(connection, words)
    marks = ", ".join("?" * len(names))
    rows = connection.execute(
        f"SELECT seq FROM keys WHERE key IN ({marks}) ORDER BY seq",
        names,
    ).fetchall()
    if not rows:
        bearers = [name for name, _ in _bearers(connection, words)]
        raise NotFoundError("actor", words, bearers or known_names(connection))
    return tuple(row[0] for row in rows)


def known_names(connection: sqlite3.Connection) -> tuple[str, ...]:
    """All names and codes by which the record knows actors."""
    rows = connection.execute(
        "SELECT name FROM codings WHERE name IS NOT NULL UNION "
        "SELECT entity_code FROM codings WHERE entity_code IS NOT NULL UNION "
        "SELECT country_code FROM codings WHERE country_code IS NOT NULL"
    )
    return tuple(row[0] for row in rows)
