"""A report with all that was read from it, out of the record again."""

# ruff: noqa: S608 (only names of this package are written into SQL; values are parameters)

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entries import Mention, ReadReport
from dragoman.errors import NotFoundError
from dragoman.record import codec, queries
from dragoman.record.tellings import tellings_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from dragoman.entries import Event, Statement
    from dragoman.record.where import Where


def read_report(
    connection: sqlite3.Connection,
    report_id: str,
    *,
    corrected: bool = False,
    whole: bool = True,
) -> ReadReport:
    """All that was read from a report: as it was read, or with people's corrections laid over it.

    Without its mentions and moments if not ``whole``.

    Raises:
        NotFoundError: if there is no such report.
    """
    columns = ", ".join(codec.REPORT_COLUMNS)
    row = connection.execute(
        f"SELECT seq, reader, {columns} FROM reports WHERE id = ?",
        (report_id,),
    ).fetchone()
    if row is None:
        raise NotFoundError("report", report_id)
    seq, reader, *values = row
    report = codec.report_of(report_id, tuple(values))
    embedding = values[codec.REPORT_COLUMNS.index("embedding")]
    sentences = connection.execute(
        "SELECT number, kind, start, end FROM sentences WHERE report = ? ORDER BY ord", (seq,)
    )
    moments = connection.execute(
        "SELECT start, end, value, until, precision, kind, why FROM moments "
        "WHERE report = ? ORDER BY ord",
        (seq,),
    )
    shown = "hidden = 0" if corrected else "layer = 0"
    return ReadReport(
        report=report,
        sentences=tuple(codec.sentence_of(item, report.text) for item in sentences),
        mentions=tuple(_mentions(connection, seq, report.text)) if whole else (),
        moments=tuple(codec.moment_of(item, report.text) for item in moments) if whole else (),
        events=tuple(_events(connection, seq, report_id, shown)),
        statements=tuple(_statements(connection, seq, report_id, shown)),
        embedding=embedding,
        reader=reader,
        tellings=tuple(tellings_of(connection, seq, report_id)),
    )


def read_reports(
    connection: sqlite3.Connection, where: Where, *, corrected: bool, whole: bool
) -> Iterator[ReadReport]:
    """Reports with all that was read from them, one after the other, in order of publication."""
    for id_ in queries.report_ids(connection, where):
        yield read_report(connection, id_, corrected=corrected, whole=whole)


def _mentions(connection: sqlite3.Connection, seq: int, text: str) -> Iterator[Mention]:
    rows = connection.execute(
        "SELECT m.actor_start, m.actor_end, m.coding, m.sentence, m.kind, m.start, m.end, m.head, "
        "c.name, c.entity_code, c.country_code, c.sector_code, c.other_sector_codes, "
        "c.catalogue_id, c.why FROM mentions m LEFT JOIN codings c ON c.seq = m.coding "
        "WHERE m.report = ? ORDER BY m.ord",
        (seq,),
    )
    for start, end, coding, *rest in rows:
        actor = None
        if coding is not None:
            actor = codec.actor_of(tuple(rest[5:]), start, end, text[start:end])
        yield codec.mention_of(tuple(rest[:5]), text, actor)


def _events(
    connection: sqlite3.Connection, seq: int, report_id: str, shown: str
) -> Iterator[Event]:
    columns = ", ".join(codec.EVENT_COLUMNS)
    rows = connection.execute(
        f"SELECT seq, ?, {columns} FROM events WHERE report = ? AND {shown} ORDER BY ord",
        (report_id, seq),
    )
    while chunk := rows.fetchmany(queries.CHUNK):
        yield from queries.event_entries(connection, chunk)


def _statements(
    connection: sqlite3.Connection, seq: int, report_id: str, shown: str
) -> Iterator[Statement]:
    columns = ", ".join(codec.STATEMENT_COLUMNS)
    rows = connection.execute(
        f"SELECT seq, ?, {columns} FROM statements WHERE report = ? AND {shown} ORDER BY ord",
        (report_id, seq),
    )
    while chunk := rows.fetchmany(queries.CHUNK):
        yield from queries.statement_entries(connection, chunk)
