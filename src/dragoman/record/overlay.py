"""Corrections laid over what the record holds, each time that something under them changes.

Every function works inside the one transaction of the connection that it is given.
"""

# ruff: noqa: S608 (only names of this package are written into SQL; values are parameters)

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entries import Event, Statement, Tie
from dragoman.record import corrections, gathered, reading_back
from dragoman.record.inserting import Codings, insert_event, insert_statement, insert_tie

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from dragoman.entries import Report
    from dragoman.record.corrections import Correction


def lay_over_report(
    connection: sqlite3.Connection,
    seq: int,
    report: Report,
    events: Sequence[Event],
    statements: Sequence[Statement],
) -> None:
    """Lay the corrections over a report's entries, in the place of what was laid over before."""
    decided = corrections.for_report(connection, report.id)
    for table in ("events", "statements"):
        connection.execute(f"DELETE FROM {table} WHERE report = ? AND layer = 1", (seq,))
        connection.execute(
            f"UPDATE {table} SET hidden = 0 WHERE report = ? AND hidden <> 0",
            (seq,),
        )
    if not decided:
        return
    entries: tuple[Event | Statement, ...] = (*events, *statements)
    aimed = corrections.aimed(decided, entries)
    codings = Codings(connection)
    for order, event in enumerate(events):
        laid = corrections.lay(event, aimed.get(event.id, ()))
        _hide(connection, "events", event.id, amended=laid.entry != event, rejected=laid.rejected)
        if laid.entry != event:
            assert isinstance(laid.entry, Event)
            insert_event(codings, laid.entry, seq, order, 1, hidden=int(laid.rejected))
    for order, statement in enumerate(statements):
        laid = corrections.lay(statement, aimed.get(statement.id, ()))
        _hide(
            connection,
            "statements",
            statement.id,
            amended=laid.entry != statement,
            rejected=laid.rejected,
        )
        if laid.entry != statement:
            assert isinstance(laid.entry, Statement)
            number = insert_statement(
                codings, laid.entry, seq, order, report.published, 1, hidden=int(laid.rejected)
            )
            _copy_about(connection, statement.id, number)


def lay_over_ties(connection: sqlite3.Connection, ties: Sequence[Tie]) -> None:
    """Lay the corrections over the ties, in the place of what was laid over before."""
    connection.execute("DELETE FROM ties WHERE layer = 1")
    connection.execute("UPDATE ties SET hidden = 0 WHERE hidden <> 0")
    decided = corrections.for_report(connection, None)
    aimed = corrections.aimed(decided, ties) if decided else {}
    for tie in ties:
        if tie.id not in aimed:
            continue
        laid = corrections.lay(tie, aimed[tie.id])
        _hide(connection, "ties", tie.id, amended=laid.entry != tie, rejected=laid.rejected)
        if laid.entry != tie:
            assert isinstance(laid.entry, Tie)
            insert_tie(connection, laid.entry, layer=1, hidden=int(laid.rejected))


def lay_over_changed_ties(connection: sqlite3.Connection) -> None:
    """Lay the corrections over the ties after some have changed: over all, if there are any.

    A correction follows its words to another tie, which may be any.
    """
    if corrections.for_report(connection, None):
        lay_over_ties(connection, gathered.gathered(connection).ties)


def correct(
    connection: sqlite3.Connection,
    entry: corrections.Entry,
    verdict: corrections.Verdict,
    amend: Mapping[str, str | None],
    *,
    who: str | None,
    when: str | None,
    note: str,
) -> tuple[Correction, ...]:
    """Add what a person decided about an entry, and lay it over the result.

    Raises:
        UnknownValueError, UsageError: for a field or a value that is not allowed.
    """
    kind = corrections.kind_of(entry)
    report_id = None if isinstance(entry, Tie) else entry.report_id
    changes = {
        field: corrections.checked(connection, kind, field, value) for field, value in amend.items()
    }
    decided: list[tuple[str | None, str | None]] = [*changes.items()] or [(None, None)]
    made = tuple(
        corrections.Correction(
            kind, entry.id, report_id, corrections.words_of(entry), corrections.coding_of(entry),
            verdict, field, value, who, when, note,
        )
        for field, value in decided
    )  # fmt: skip
    for correction in made:
        corrections.keep(connection, correction)
    if report_id is None:
        lay_over_ties(connection, gathered.gathered(connection).ties)
        return made
    read = reading_back.read_report(connection, report_id)
    (seq,) = connection.execute("SELECT seq FROM reports WHERE id = ?", (report_id,)).fetchone()
    lay_over_report(connection, seq, read.report, read.events, read.statements)
    return made


def _hide(
    connection: sqlite3.Connection,
    table: str,
    id_: str,
    *,
    amended: bool,
    rejected: bool,
) -> None:
    hidden = 2 if amended else int(rejected)
    if hidden:
        connection.execute(
            f"UPDATE {table} SET hidden = ? WHERE id = ? AND layer = 0",
            (hidden, id_),
        )


def _copy_about(connection: sqlite3.Connection, id_: str, number: int) -> None:
    connection.execute(
        "INSERT INTO statement_keys SELECT 'about', k.key, new.first, new.seq "
        "FROM statement_keys k JOIN statements old ON old.seq = k.statement, statements new "
        "WHERE old.id = ? AND old.layer = 0 AND k.role = 'about' AND new.seq = ?",
        (id_, number),
    )
