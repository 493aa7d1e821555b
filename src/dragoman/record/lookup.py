"""Entries by their ids."""

# ruff: noqa: S608 (only names of this package are written into SQL; values are parameters)

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from dragoman.entries import Event, Happening, Report, Statement, Story, Tie, Utterance
from dragoman.errors import NotFoundError, UsageError
from dragoman.record import codec
from dragoman.record.gathered import members, story_of, tie_of
from dragoman.record.queries import CHUNK, event_entries, marks, statement_entries

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

Entry: TypeAlias = Report | Event | Statement | Story | Happening | Utterance | Tie


# Where to look for an id, and what is found there. The order decides nothing: ids differ in kind.
_TABLES = (
    ("report", "SELECT id FROM reports"),
    ("event", "SELECT id FROM events WHERE layer = 0"),
    ("statement", "SELECT id FROM statements WHERE layer = 0"),
    ("story", "SELECT id FROM stories"),
    ("happening", "SELECT id FROM happenings"),
    ("utterance", "SELECT id FROM utterances"),
    ("tie", "SELECT id FROM ties WHERE layer = 0"),
)  # fmt: skip


def find(connection: sqlite3.Connection, id_: str) -> Entry:
    """The entry of an id, or of the beginning of one if only one begins so; of any kind.

    A rejected entry is found as well; an amended one is given as amended.

    Raises:
        NotFoundError: if no entry has that id, or several begin so.
    """
    kind, whole = _place(connection, id_)
    return _entry(connection, kind, whole)


def _place(connection: sqlite3.Connection, id_: str) -> tuple[str, str]:
    for kind, source in _TABLES:
        if connection.execute(f"SELECT 1 FROM ({source}) WHERE id = ?", (id_,)).fetchone():
            return kind, id_
    found: list[tuple[str, str]] = []
    for kind, source in _TABLES if id_ else ():
        # All ids that begin with it lie between it and it with the last code point behind.
        rows = connection.execute(
            f"SELECT id FROM ({source}) WHERE id >= ? AND id < ? ORDER BY id LIMIT 5",
            (id_, id_ + "\U0010ffff"),
        )
        found.extend((kind, row[0]) for row in rows)
    if not found:
        raise NotFoundError("entry with the id", id_)
    if len(found) > 1:
        raise UsageError(
            f"several ids begin with {id_!r}; write more of it: "
            + ", ".join(whole for _, whole in found[:5])
        )
    return found[0]


def _entry(connection: sqlite3.Connection, kind: str, id_: str) -> Entry:
    if kind == "report":
        columns = ", ".join(codec.REPORT_COLUMNS)
        row = connection.execute(f"SELECT {columns} FROM reports WHERE id = ?", (id_,)).fetchone()
        return codec.report_of(id_, row)
    if kind == "story":
        return story_of(
            connection,
            connection.execute(
                "SELECT id, title, date, why FROM stories WHERE id = ?", (id_,)
            ).fetchone(),
        )
    if kind == "happening":
        story_id, event, date, why = connection.execute(
            "SELECT story_id, event, date, why FROM happenings WHERE id = ?", (id_,)
        ).fetchone()
        return Happening(id_, story_id, members(connection, kind, id_), event, date, why)
    if kind == "utterance":
        story_id, speaker, why = connection.execute(
            "SELECT story_id, speaker, why FROM utterances WHERE id = ?", (id_,)
        ).fetchone()
        return Utterance(id_, story_id, members(connection, kind, id_), speaker, why)
    if kind == "tie":
        columns = ", ".join(codec.TIE_COLUMNS)
        row = connection.execute(
            f"SELECT {columns} FROM ties WHERE id = ? ORDER BY layer DESC LIMIT 1",
            (id_,),
        ).fetchone()
        return tie_of(connection, row)
    found = entries_by_id(connection, [id_])
    return found[id_]


def entries_by_id(
    connection: sqlite3.Connection, ids: Sequence[str], *, layer: int = 1
) -> dict[str, Event | Statement]:
    """Events and statements by id, as amended (layer 1) or as read (layer 0); unknown ids lack."""
    found: dict[str, Event | Statement] = {}
    for start in range(0, len(ids), CHUNK):
        part = list(ids[start : start + CHUNK])
        columns = ", ".join(f"e.{column}" for column in codec.EVENT_COLUMNS)
        rows = connection.execute(
            f"SELECT e.seq, r.id, {columns} FROM events e JOIN reports r ON r.seq = e.report "
            f"WHERE e.layer <= ? AND e.id IN ({marks(part)}) ORDER BY e.layer",
            (layer, *part),
        ).fetchall()
        found.update({event.id: event for event in event_entries(connection, rows)})
        columns = ", ".join(f"s.{column}" for column in codec.STATEMENT_COLUMNS)
        rows = connection.execute(
            f"SELECT s.seq, r.id, {columns} FROM statements s JOIN reports r ON r.seq = s.report "
            f"WHERE s.layer <= ? AND s.id IN ({marks(part)}) ORDER BY s.layer",
            (layer, *part),
        ).fetchall()
        found.update({entry.id: entry for entry in statement_entries(connection, rows)})
    return found
