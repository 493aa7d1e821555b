from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import threading
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests import factory

from dragoman.entries import ReadReport
from dragoman.errors import RecordError
from dragoman.record import Record, Where, open_record, schema

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(factory.__file__).parents[1]


@pytest.fixture
def raw(record: Record) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(record.path)
    yield connection
    connection.close()


def test_a_file_that_is_not_there_is_not_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(RecordError, match="dragoman read"):
        open_record(tmp_path / "none.db", readonly=True)
    assert list(tmp_path.iterdir()) == []


def test_a_newer_version_is_refused_and_left_alone(record: Record, raw: sqlite3.Connection) -> None:
    raw.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    raw.commit()
    for readonly in (True, False):
        with pytest.raises(RecordError, match="update dragoman"):
            open_record(record.path, readonly=readonly)
    assert raw.execute("SELECT count(*) FROM reports").fetchone() == (3,)


def test_a_database_of_another_program_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE mine (x)")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(RecordError, match="another program"):
        open_record(path)
    assert path.read_bytes() == before


def test_what_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("Bahrain and Iran agreed to talk. " * 50)
    with pytest.raises(RecordError, match=r"report\.txt is not a record"):
        open_record(path)
    with pytest.raises(RecordError, match="folder"):
        open_record(tmp_path)
    with pytest.raises(RecordError, match="does not exist"):
        open_record(tmp_path / "no" / "r.db")


def test_a_name_with_signs_that_mean_something_in_addresses(tmp_path: Path) -> None:
    path = tmp_path / "a?mode=memory#1%20.db"
    with open_record(path) as record:
        record.write(factory.voices())
    assert path.exists()
    with open_record(path, readonly=True) as record:
        assert record.summary().reports == 1


def test_the_file_is_as_promised(record: Record, raw: sqlite3.Connection) -> None:
    assert raw.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert raw.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
    assert raw.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert raw.execute("PRAGMA foreign_key_check").fetchall() == []


def test_full_text_fits_the_texts_after_many_changes(
    record: Record, raw: sqlite3.Connection
) -> None:
    for number in range(3):
        with open_record(record.path) as later:
            report = factory.report("r-rupture", f"Title {number}\nWords number {number}.")
            later.write(ReadReport(report, reader=str(number)))
    for table in ("report_words", "statement_words"):
        raw.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")


def test_a_closed_record_says_so(record: Record) -> None:
    record.close()
    with pytest.raises(RecordError, match="closed"):
        record.events()


def test_many_threads_read_while_one_writes(record: Record) -> None:
    failures: list[BaseException] = []
    counts: set[int] = set()

    def ask() -> None:
        try:
            for _ in range(20):
                events = record.events()
                # A transaction is seen as a whole: a report's two events are there together.
                counts.add(len(events))
                record.search("relations")
        except BaseException as error:  # noqa: BLE001
            failures.append(error)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(20):
        read = factory.voices()
        text = f"{read.report.text}\nNumber {number}."
        report = factory.report(f"r-{number}", text, source=f"{number}")
        told = ReadReport(
            report,
            events=tuple(
                factory.event(
                    report, 1, "broke off", kind, (factory.party(text, "Bahrain", 1),), ()
                )
                for kind in ("SANCTION", "COERCE")
            ),
            reader="x",
        )
        assert record.write(told) == "new"
    for thread in threads:
        thread.join()
    assert failures == []
    assert {count % 2 for count in counts} == {1}
    assert record.summary().events == 45


def test_an_iteration_sees_one_state_while_others_write(record: Record) -> None:
    stream = record.each_event(Where())
    first = next(stream)
    record.write(ReadReport(factory.report("r-late", "Late\nNews."), reader="x"))
    record.correct(first.id, "reject")
    assert len(list(stream)) == 4
    assert len(record.events()) == 4


WRITER = """
import sys
from tests import factory
from dragoman.record import open_record
with open_record(sys.argv[1]) as record:
    for number in range(100_000):
        text = factory.VOICES + f"\\nNumber {number}."
        report = factory.report(f"r{number}", text)
        event = factory.event(report, 1, "broke off", "SANCTION", (factory.party(text, "Bahrain", 1),), ())
        record.write(factory.ReadReport(report, factory.sentences(text), events=(event,), reader="x"))
        print(number, flush=True)
"""


def test_killed_while_writing_loses_nothing_that_was_reported_as_done(tmp_path: Path) -> None:
    path = tmp_path / "killed.db"
    done = -1
    for reports in (5, 17):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)], cwd=ROOT, stdout=subprocess.PIPE, text=True,
        ) as writer:  # fmt: skip
            assert writer.stdout is not None
            seen = [int(writer.stdout.readline() or -1) for _ in range(reports)]
            writer.send_signal(signal.SIGKILL)
            # What it had reported before the kill took effect counts as well.
            seen += [int(line) for line in writer.stdout.read().split("\n") if line.strip()]
        assert writer.returncode == -signal.SIGKILL
        assert min(seen) >= 0
        done = max(done, *seen)
        with open_record(path) as record:
            kept = {report.id for report in record.reports()}
            assert {f"r{number}" for number in range(done + 1)} <= kept
            # A report and what was read from it are there together, or neither is.
            for id_ in kept:
                read = record.read_report(id_)
                assert (len(read.sentences), len(read.events)) == (4, 1)
    check = sqlite3.connect(path)
    assert check.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    check.close()


def test_a_record_of_version_1_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    script = resources.files("dragoman.record").joinpath("schema.sql").read_text("utf-8")
    with sqlite3.connect(path) as old:
        old.executescript(script)
        old.execute("PRAGMA user_version = 1")
        old.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    with open_record(path) as record:
        for read in factory.sample():
            record.write(read)
        assert record.statements() == factory.rupture().statements


def test_ties_of_an_older_record_are_found_by_their_members(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with open_record(path) as record:
        for read in factory.sample():
            record.write(read)
        record.replace_gathered(factory.gathered())
        wanted = record.ties(Where(between=("iran", "Saudi Arabia")))
    assert len(wanted) == 2
    with sqlite3.connect(path) as old:
        for table in ("tie_pairs", "ungathered", "cards", "card_terms", "card_edges", "card_neighbours",
                      "card_links", "parts", "part_members", "part_keys", "part_links", "told"):  # fmt: skip
            old.execute(f"DROP TABLE {table}")
        for index in (
            "ties_members", "story_copies_copy", "utterances_story", "events_confidence",
            "statements_confidence",
        ):  # fmt: skip
            old.execute(f"DROP INDEX {index}")
        old.execute("ALTER TABLE ties DROP COLUMN members")
        old.execute("PRAGMA user_version = 3")
    with open_record(path) as record:
        assert record.ties(Where(between=("iran", "Saudi Arabia"))) == wanted
        assert record.ungathered("any") is None
