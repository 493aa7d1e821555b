"""The record's file: opening, connections, and bringing an older file up to date.

A file carries SQLite's ``application_id`` (it is a record) and ``user_version`` (of which shape). A
newer shape than this program knows is refused; an older one is brought up to date in one
transaction, the first time that it is opened for writing.
"""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from importlib import resources
from queue import Empty, LifoQueue
from typing import TYPE_CHECKING

from dragoman.errors import RecordError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

APPLICATION_ID = 0x44524147  # "DRAG"

# The scripts that lead from one version to the next: the first makes version 1 from an empty file.
MIGRATIONS = (
    "schema.sql",
    "schema-2.sql",
    "schema-3.sql",
    "schema-4.sql",
    "schema-5.sql",
    "schema-6.sql",
)
VERSION = len(MIGRATIONS)

# How long a writer waits for another one before it gives up. One report's transaction takes
# milliseconds, gathering of a large record some seconds.
BUSY_SECONDS = 60.0


class Connections:
    """Connections to one record file: each use has one to itself, so any thread may ask.

    Idle connections are kept for the next use, since opening one costs a reading of the schema.
    """

    def __init__(self, path: Path, *, readonly: bool) -> None:
        self.path = path
        self.readonly = readonly
        self._idle: LifoQueue[sqlite3.Connection] = LifoQueue()
        self._closed = False
        self._wrote = False

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection that sees the record as it stands now, whatever is written meanwhile.

        Raises:
            RecordError: if the file cannot be read.
        """
        with self._borrowed() as connection:
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.rollback()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection inside one transaction: all of it is kept when the block ends, or nothing.

        Raises:
            RecordError: if the record is opened for reading only, or cannot be written.
        """
        if self.readonly:
            raise RecordError(
                f"{self.path} is opened for reading only; open it without readonly to write",
                path=str(self.path),
            )
        with self._borrowed() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.commit()
                self._wrote = True
            finally:
                if connection.in_transaction:
                    connection.rollback()

    def close(self) -> None:
        """Bring all that was written to the disk and close all idle connections.

        Those in use close when they are given back.
        """
        if self._wrote and not self._closed:
            with self._borrowed() as connection:
                connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        self._closed = True
        while True:
            try:
                self._idle.get_nowait().close()
            except Empty:
                return

    def _give_back(self, connection: sqlite3.Connection) -> None:
        if self._closed:
            connection.close()
        else:
            self._idle.put(connection)

    @contextmanager
    def _borrowed(self) -> Iterator[sqlite3.Connection]:
        if self._closed:
            raise RecordError(
                f"the record {self.path} is closed; open it again", path=str(self.path)
            )
        try:
            try:
                connection = self._idle.get_nowait()
            except Empty:
                connection = connect(self.path, readonly=self.readonly)
            try:
                yield connection
            finally:
                self._give_back(connection)
        except sqlite3.Error as error:
            raise RecordError(_advice(self.path, error), path=str(self.path)) from error


def connect(path: Path, *, readonly: bool) -> sqlite3.Connection:
    """A connection with the settings that every use of the record needs."""
    # as_uri quotes what has a meaning in an address (?, #, %).
    address = f"{path.absolute().as_uri()}?mode={'ro' if readonly else 'rwc'}"
    connection = sqlite3.connect(
        address, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    connection.execute("PRAGMA foreign_keys = ON")
    # NORMAL: what is committed outlives a killed program at once, and a power cut from the next
    # checkpoint on, which :meth:`Connections.close` makes at the latest: before a run reports that it
    # is done. FULL would wait for the disk at each report, some 3 to 16 ms.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA temp_store = MEMORY")
    # 64 MiB of pages, so that the indexes of a large record stay in memory while it grows.
    connection.execute("PRAGMA cache_size = -65536")
    # Pages in a map count as the process's memory: 128 MiB are enough for the inner pages.
    connection.execute("PRAGMA mmap_size = 134217728")
    return connection


def prepare(path: Path, *, readonly: bool) -> None:
    """Make the file, or bring it up to date, or refuse it.

    Raises:
        RecordError: if the file is missing (reading only), is no record, is of a newer version, or
            is of an older one and may not be written.
    """
    if path.is_dir():
        raise RecordError(f"{path} is a folder; name a file for the record", path=str(path))
    if readonly and not path.exists():
        raise RecordError(
            f"there is no record {path}; make one with: dragoman read PATH --record {path}",
            path=str(path),
        )
    if not path.parent.is_dir():
        raise RecordError(f"the folder {path.parent} does not exist; make it first", path=str(path))
    try:
        connection = connect(path, readonly=readonly)
        try:
            _check(connection, path)
            if _version(connection) < VERSION:
                _migrate(connection, path, readonly=readonly)
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise RecordError(_advice(path, error), path=str(path)) from error


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _check(connection: sqlite3.Connection, path: Path) -> None:
    mark = int(connection.execute("PRAGMA application_id").fetchone()[0])
    version = _version(connection)
    empty = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    if mark != APPLICATION_ID and not (empty and mark == 0 and version == 0):
        raise RecordError(
            f"{path} is a database of another program, not a record; name another file",
            path=str(path),
        )
    if version > VERSION:
        raise RecordError(
            f"{path} is a record of version {version}, and this program knows versions up to "
            f"{VERSION}; update dragoman, or name another file",
            path=str(path),
        )


def _migrate(connection: sqlite3.Connection, path: Path, *, readonly: bool) -> None:
    if readonly:
        raise RecordError(
            f"{path} is empty or of an older version; open it once for writing "
            f"(dragoman read PATH --record {path})",
            path=str(path),
        )
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    # Another process may have done it while this one waited.
    for number in range(_version(connection), VERSION):
        script = resources.files(__package__).joinpath(MIGRATIONS[number]).read_text("utf-8")
        for command in commands(script):
            connection.execute(command)
        connection.execute(f"PRAGMA user_version = {number + 1}")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.commit()


def commands(script: str) -> Iterator[str]:
    """The single commands of an SQL script. ``executescript`` would end the transaction."""
    lines: list[str] = []
    for line in script.splitlines():
        lines.append(line)
        command = "\n".join(lines)
        if line.rstrip().endswith(";") and sqlite3.complete_statement(command):
            yield command
            lines.clear()


def _advice(path: Path, error: sqlite3.Error) -> str:
    """What went wrong with the file, and what to do about it."""
    words = str(error)
    if "not a database" in words:
        return f"{path} is not a record (it is no SQLite file); name another file"
    if "locked" in words or "busy" in words:
        return (
            f"{path} is being written by another program; try again when it has finished "
            f"({BUSY_SECONDS:.0f} s waited)"
        )
    if "full" in words:
        return f"no space left where {path} lies; nothing recorded is lost, make room and run again"
    if "readonly" in words or "unable to open" in words:
        return f"{path} cannot be opened ({words}); check that you may read and write it"
    if "malformed" in words:
        return f"{path} is damaged ({words}); restore it from a copy, or read the reports anew"
    return f"{path}: {words}"
