"""The record: one SQLite file that holds reports, all that was read from them, and what it makes.

The only place in the package that knows SQLite. Many may read while one writes; a report and all that
was read from it are one transaction; what was reported as done outlives a kill at any moment.

    with open_record("dragoman.db") as record:
        for event in record.events(Where(between=("Bahrain", "Iran"))):
            ...
"""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from dragoman.entries import Event, Report, Statement, Tie
from dragoman.errors import RecordError, UsageError
from dragoman.record import (
    corrections,
    gathered,
    lookup,
    overlay,
    overview,
    queries,
    reading_back,
    schema,
    search,
    where,
    writing,
)
from dragoman.record.codec import report_digest
from dragoman.record.corrections import Correction, Verdict
from dragoman.record.overview import ActorLine, Setting, Summary
from dragoman.record.search import Among, Hit
from dragoman.record.where import LIKELY, Where

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from types import TracebackType
    from typing import Self

    from dragoman.entries import Gathered, Happening, ReadReport, Story, Utterance
    from dragoman.gathering import Kept, Shelf
    from dragoman.record.lookup import Entry
    from dragoman.record.writing import Outcome

__all__ = [
    "LIKELY",
    "MANY",
    "ActorLine",
    "Correction",
    "Hit",
    "Readings",
    "Record",
    "Setting",
    "Summary",
    "Verdict",
    "Where",
    "open_record",
    "report_digest",
]

ALL = Where()
# So far is counted what is less sure than asked for.
MANY = 1_000


class Readings:
    """Reports of a record with all that was read from them; can be iterated any number of times."""

    def __init__(
        self, connections: schema.Connections, where: Where, *, corrected: bool, whole: bool
    ) -> None:
        self._connections = connections
        self._where = where
        self._corrected = corrected
        self._whole = whole

    def __iter__(self) -> Iterator[ReadReport]:
        with self._connections.reading() as connection:
            yield from reading_back.read_reports(
                connection, self._where, corrected=self._corrected, whole=self._whole
            )


def open_record(path: str | Path, *, readonly: bool = False) -> Record:
    """Open a record; for writing, it is made if it is not there.

    Raises:
        RecordError: if the file cannot be opened, is no record, or is of a newer version.
    """
    file = Path(path)
    schema.prepare(file, readonly=readonly)
    return Record(file, readonly=readonly)


class Record:
    """An open record. Any thread may use it: each use has a connection of its own.

    What gives an iterator sees the record as it stood when the iteration began, and holds a
    connection until it ends: read it to the end, or close it.

    Every question that names an actor raises NotFoundError, with the nearest name, if the record
    knows no such actor; and RecordError if the file cannot be read.
    """

    def __init__(self, path: Path, *, readonly: bool) -> None:
        self.path = path
        self.readonly = readonly
        self._connections = schema.Connections(path, readonly=readonly)
        self._seen: set[str] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file. What was written outlives a kill without it, and a power cut with it."""
        self._connections.close()

    # ------------------------------------------------------------ writing

    def write(self, read: ReadReport) -> Outcome:
        """Write a report and all that was read from it, as one transaction.

        Returns:
            new: it was not in the record; same: it was, read by the same reader, and nothing
            changed; reread: what was read before is replaced (corrections stay).

        A different text under an id that another source has given (or that was given twice in one
        run) is kept beside the first, under the id with a suffix made from its content; that is
        logged as a warning.

        Raises:
            RecordError: if a span does not quote the report, two entries have one id, or the file
                cannot be written. Nothing of the report is kept then.
        """
        try:
            with self._connections.writing() as connection:
                return writing.write(connection, read, self._seen)
        except UnicodeEncodeError as error:
            # Any of a report's many strings may hold it; SQLite is the first to look at them all.
            raise RecordError(
                f"report {read.report.id}: {error.object[error.start]!r} is half a character and "
                "cannot be kept; mend the report's encoding"
            ) from error

    def known(self, report_id: str, digest: str, reader: str) -> bool:
        """Whether a report of this id and :func:`report_digest` was read by this reader before."""
        with self._connections.reading() as connection:
            row = connection.execute(
                "SELECT id FROM reports WHERE (id = ? OR given_id = ?) AND digest = ? "
                "AND reader = ?",
                (report_id, report_id, digest, reader),
            ).fetchone()
        if row is None:
            return False
        self._seen.add(row[0])
        return True

    def replace_gathered(self, made: Gathered, kept: Kept | None = None, stamp: str = "") -> None:
        """Put what gathering made in the place of what it made before, as one transaction.

        Args:
            made: what it made.
            kept: what later runs need to gather only what has changed; None: they will gather all.
            stamp: what it was made with: another stamp later, and all is gathered anew.
        """
        with self._connections.writing() as connection:
            writing.replace_gathered(connection, made, kept, stamp)

    def ungathered(self, stamp: str) -> tuple[int, int] | None:
        """How many reports were written or corrected since the last gathering, and how many there are.

        Args:
            stamp: what they would be gathered with. None is given where all must be gathered anew.
        """
        with self._connections.reading() as connection:
            row = connection.execute(
                "SELECT value FROM meta WHERE key = 'gathered_with'"
            ).fetchone()
            if row is None or row[0] != stamp:
                return None
            (changed,) = connection.execute("SELECT count(*) FROM ungathered").fetchone()
            (reports,) = connection.execute("SELECT count(*) FROM reports").fetchone()
            return changed, reports

    @contextmanager
    def updating(self, stamp: str) -> Iterator[tuple[Shelf, tuple[str, ...]]]:
        """What gathering keeps, and the reports that it does not know as they are.

        All that is put on the shelf is one transaction, with the note that it is up to date.
        """
        from dragoman.record.shelf import RecordShelf

        with self._connections.writing() as connection:
            rows = connection.execute(
                "SELECT r.id FROM ungathered u JOIN reports r ON r.seq = u.report ORDER BY r.id"
            )
            yield RecordShelf(connection), tuple(id_ for (id_,) in rows.fetchall())
            connection.execute("DELETE FROM ungathered")
            writing.mark_fresh(connection, stamp)

    def needs_gathering(self) -> bool:
        """Whether reports were written, or corrected, since the last gathering."""
        with self._connections.reading() as connection:
            row = connection.execute("SELECT value FROM meta WHERE key = 'gathered'").fetchone()
            return row is not None and row[0] == "stale"

    def correct(
        self,
        entry_id: str,
        verdict: Verdict,
        *,
        amend: Mapping[str, str | None] | None = None,
        who: str | None = None,
        when: str | None = None,
        note: str = "",
    ) -> tuple[Correction, ...]:
        """Add what a person decided about an event, a statement or a tie.

        Args:
            entry_id: its id, or the beginning of it.
            verdict: reject, amend or confirm.
            amend: fields and their new values (for amend, and for nothing else); lists and parties
                set apart by ``;``; None clears a field.
            who: who decided.
            when: ISO date or date-time of the decision.
            note: why.

        Returns:
            What was added.

        Raises:
            NotFoundError, UsageError, UnknownValueError: for an entry that is not there, has no
                corrections, or a field or value that is not allowed.
        """
        if (verdict == "amend") != bool(amend):
            raise UsageError("amend needs a field and its value; reject and confirm take none")
        with self._connections.writing() as connection:
            entry = lookup.find(connection, entry_id)
            if not isinstance(entry, Event | Statement | Tie):
                raise UsageError(
                    f"{entry_id} is a {type(entry).__name__.lower()}; corrections are made to "
                    "events, statements and ties"
                )
            added = overlay.correct(
                connection, entry, verdict, amend or {}, who=who, when=when, note=note
            )
            if not isinstance(entry, Tie):
                # A tie rests on events and statements, never the other way round.
                (seq,) = connection.execute(
                    "SELECT seq FROM reports WHERE id = ?", (entry.report_id,)
                ).fetchone()
                writing.mark_changed(connection, seq)
            return added

    # ------------------------------------------------------------ questions

    def reports(self, where: Where = ALL) -> tuple[Report, ...]:
        """Reports in order of publication; undated ones last."""
        return tuple(self.each_report(where))

    def events(self, where: Where = ALL) -> tuple[Event, ...]:
        """Events in order of date; undated ones last."""
        return tuple(self.each_event(where))

    def statements(self, where: Where = ALL) -> tuple[Statement, ...]:
        """Statements in order of date, or of their report's where they have none."""
        return tuple(self.each_statement(where))

    def each_report(self, where: Where = ALL) -> Iterator[Report]:
        """As :meth:`reports`, one after the other."""
        with self._connections.reading() as connection:
            yield from queries.reports(connection, where)

    def each_event(self, where: Where = ALL) -> Iterator[Event]:
        """As :meth:`events`, one after the other: memory stays flat."""
        with self._connections.reading() as connection:
            yield from queries.events(connection, where)

    def each_statement(self, where: Where = ALL) -> Iterator[Statement]:
        """As :meth:`statements`, one after the other."""
        with self._connections.reading() as connection:
            yield from queries.statements(connection, where)

    def count_events(self, where: Where = ALL) -> int:
        """How many events there are, whatever the limit."""
        with self._connections.reading() as connection:
            return queries.count_events(connection, where)

    def less_sure(self, table: Literal["events", "statements"], where: Where) -> int:
        """How many fit all filters but that of confidence (`sure`), counted up to :data:`MANY`."""
        with self._connections.reading() as connection:
            return queries.less_sure(connection, table, where, MANY)

    def stories(self, where: Where = ALL) -> tuple[Story, ...]:
        """Stories in order of date that have a report which fits."""
        with self._connections.reading() as connection:
            return tuple(gathered.stories(connection, where))

    def happenings(self, where: Where = ALL) -> tuple[Happening, ...]:
        """Happenings in order of date that have a member which fits."""
        with self._connections.reading() as connection:
            return tuple(gathered.happenings(connection, where))

    def utterances(self, where: Where = ALL) -> tuple[Utterance, ...]:
        """Utterances by id that have a member which fits."""
        with self._connections.reading() as connection:
            return tuple(gathered.utterances(connection, where))

    def ties(
        self,
        where: Where = ALL,
        *,
        on: str | None = None,
        as_known_on: str | None = None,
        lasting: bool = False,
    ) -> tuple[Tie, ...]:
        """Ties in order of date; the arguments as in :func:`dragoman.record.gathered.ties`."""
        with self._connections.reading() as connection:
            return tuple(
                gathered.ties(connection, where, on=on, as_known_on=as_known_on, lasting=lasting)
            )

    def actors(self, where: Where = ALL) -> tuple[ActorLine, ...]:
        """Parties with a name, those that stand in most events and statements first."""
        with self._connections.reading() as connection:
            return tuple(overview.actors(connection, where))

    def actor_names(self, start: str = "", limit: int = 20) -> tuple[str, ...]:
        """Names of parties that begin with `start`, whatever the case, in order."""
        with self._connections.reading() as connection:
            return overview.names_from(connection, start, limit)

    def actor_keys(self, words: str) -> tuple[str, ...]:
        """The codes, catalogue ids and names that `words` stand for; empty if none is known."""
        with self._connections.reading() as connection:
            return where.names_of(connection, words)

    def known_names(self) -> tuple[str, ...]:
        """All names and codes by which the record knows actors."""
        with self._connections.reading() as connection:
            return where.known_names(connection)

    def happenings_told(self) -> dict[str, int]:
        """How many happenings each story tells, by story id; stories without any are left out."""
        with self._connections.reading() as connection:
            return overview.happenings_told(connection)

    def utterances_told(self) -> dict[str, int]:
        """How many utterances each story tells, by story id; stories without any are left out."""
        with self._connections.reading() as connection:
            return overview.utterances_told(connection)

    def outlets(self) -> tuple[tuple[str, int], ...]:
        """Outlets and their numbers of reports, by name."""
        with self._connections.reading() as connection:
            return overview.outlets(connection)

    def search(self, words: str, limit: int = 20, *, among: Among = "reports") -> tuple[Hit, ...]:
        """The best hits first, each with its passage; see :func:`dragoman.record.search.search`."""
        with self._connections.reading() as connection:
            return search.search(connection, words, limit, among)

    def summary(self) -> Summary:
        """How much the record holds."""
        with self._connections.reading() as connection:
            return overview.summary(connection)

    # ------------------------------------------------------------ by id

    def read_report(self, report_id: str, *, corrected: bool = False) -> ReadReport:
        """A report with all that was read from it: as written, or with corrections laid over it.

        Raises:
            NotFoundError: if there is no such report.
        """
        with self._connections.reading() as connection:
            return reading_back.read_report(connection, report_id, corrected=corrected)

    def each_read_report(
        self, where: Where = ALL, *, corrected: bool = True, whole: bool = True
    ) -> Readings:
        """Reports with all that was read from them, in order of publication: what gathering takes.

        Without their mentions and dates, which gathering does not ask for and which are most of
        their rows, if not ``whole``. They can be gone through again and again; each time the record is read anew, so that memory
        stays flat.
        """
        return Readings(self._connections, where, corrected=corrected, whole=whole)

    def gathered(self) -> Gathered:
        """All that gathering made, as it was given, each kind in order of id."""
        with self._connections.reading() as connection:
            return gathered.gathered(connection)

    def find(self, entry_id: str) -> Entry:
        """The entry of an id of any kind, or of the beginning of an id if only one begins so.

        Raises:
            NotFoundError: if there is none. UsageError: if several begin so.
        """
        with self._connections.reading() as connection:
            return lookup.find(connection, entry_id)

    def entries(self, ids: Sequence[str]) -> dict[str, Event | Statement]:
        """Events and statements by id, as amended; ids that are not there are left out."""
        with self._connections.reading() as connection:
            return lookup.entries_by_id(connection, ids)

    def settings(self, events: Sequence[Event]) -> dict[str, Setting]:
        """By event id: outlet and date of its report, its happening, its story."""
        with self._connections.reading() as connection:
            return overview.settings(connection, events)

    def utterances_of(self, ids: Sequence[str]) -> dict[str, str]:
        """The utterance of each of these statements that has one."""
        with self._connections.reading() as connection:
            return overview.groups(connection, "utterance", ids)

    def happenings_of(self, ids: Sequence[str]) -> dict[str, str]:
        """The happening of each of these events that has one."""
        with self._connections.reading() as connection:
            return overview.groups(connection, "happening", ids)

    def happenings_among(self, ids: Sequence[str]) -> tuple[Happening, ...]:
        """The happenings of these events, with only these as members, in order of id."""
        with self._connections.reading() as connection:
            return overview.happenings_among(connection, ids)

    def report_days(self, ids: Sequence[str]) -> dict[str, str | None]:
        """The day of publication of reports, by id; None where it is not known."""
        with self._connections.reading() as connection:
            return overview.report_days(connection, ids)

    def corrections(self, entry_id: str | None = None) -> tuple[Correction, ...]:
        """What people decided, oldest first; about one entry, or all."""
        with self._connections.reading() as connection:
            return corrections.listed(connection, entry_id)
