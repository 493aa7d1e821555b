from __future__ import annotations

import os
import resource
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from tests import factory

import dragoman
from dragoman.entries import ReadReport
from dragoman.record import open_record

if TYPE_CHECKING:
    from pathlib import Path

# Another name for the interpreter's own entry point, as the installed script calls it.
COMMAND = [sys.executable, "-c", "from dragoman.cli import main; main()"]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["events", "--actor", "Bahran"], 1, "did you mean 'Bahrain'"),
        (["events", "--between", "Bahrain", "Irann"], 1, "did you mean 'Iran'"),
        (["ties", "Bahran", "Iran"], 1, "did you mean 'Bahrain'"),
        (["events", "--type", "SANCTON"], 2, "did you mean 'SANCTION'"),
        (["statements", "--type", "dirct"], 2, "did you mean 'direct'"),
        (["explain", "COERSE"], 2, "did you mean 'COERCE'"),
        (["events", "--since", "last week"], 2, "ISO date"),
        (["events", "--since", "2017", "--until", "2016"], 2, "lies after"),
        (["events", "--limit", "0"], 2, "--limit"),
        (["events", "--tpe", "AID"], 2, "--type"),
        (["event"], 2, "events"),
        (["export", "event"], 2, "events"),
        (["export", "events", "--format", "xml"], 2, "jsonl"),
        (["why", "nothing"], 1, "nothing"),
        (["why", "r-"], 2, "r-rupture"),
        (["story", "r-rupture"], 1, "no story"),
        (["search", "  "], 2, "nothing to search for"),
        (["events", "--record", "none.db"], 1, "dragoman read"),
        (["correct", "nothing", "reject"], 1, "nothing"),
        (["correct", "y-one", "reject"], 2, "story"),
        (["correct", "y-one", "amend", "--set", "event"], 2, "FIELD=VALUE"),
        (["read", "no-such-file"], 1, "no-such-file"),
        (["rules"], 2, "check"),
    ],
)
def test_errors_are_plain_words_and_a_code(
    dragoman: Any, arguments: list[str], code: int, words: str
) -> None:
    answer = dragoman(*arguments)
    assert answer.code == code, answer.err
    assert words in answer.err
    assert answer.out == ""
    assert "Traceback" not in answer.err
    if arguments != ["rules"]:
        assert answer.err.startswith("dragoman: ")
        assert answer.err.count("\n") == 1


def test_a_file_that_is_no_record(dragoman: Any, path: Path) -> None:
    path.with_name("text.db").write_text("no database " * 100)
    answer = dragoman("events", "--record", "text.db")
    assert (answer.code, answer.out) == (1, "")
    assert "not a record" in answer.err


def test_the_record_can_be_named_by_the_environment(
    dragoman: Any, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path.rename(path.with_name("elsewhere.db"))
    assert dragoman("events").code == 1
    monkeypatch.setenv("DRAGOMAN_RECORD", "elsewhere.db")
    assert dragoman("events").code == 0


def test_asking_makes_no_file(dragoman: Any, path: Path) -> None:
    dragoman("correct", "x", "reject", "--record", "typo.db")
    dragoman("events", "--record", "typo.db")
    assert not path.with_name("typo.db").exists()


def test_a_started_process_runs_the_tested_sources(path: Path) -> None:
    code = "import dragoman; print(dragoman.__file__)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=path.parent, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == dragoman.__file__


def test_a_broken_pipe_is_quiet(path: Path) -> None:
    with open_record(path) as record:
        for number in range(300):
            text = factory.VOICES + f"\nNumber {number}. " + "More words. " * 100
            told = factory.report(f"r{number}", text)
            record.write(ReadReport(told, reader="x"))
    process = subprocess.Popen(
        [*COMMAND, "reports", "--record", str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    complaint = process.stderr.read()
    process.stderr.close()
    assert (process.wait(), complaint) == (0, b"")


def test_without_a_command_the_help_is_shown(dragoman: Any) -> None:
    answer = dragoman()
    assert answer.code == 0
    for command in ("read", "events", "ties", "why", "serve", "demo"):
        assert f"  {command}" in answer.out


def test_start_up_is_quick(path: Path) -> None:
    # The design allows 1.5 s. Processor time leaves out what else the machine does.
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [*COMMAND, "events", "--limit", "1"], cwd=path.parent, capture_output=True, check=False,
        env={**os.environ, "DRAGOMAN_RECORD": str(path)},
    )  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, done.stderr
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 1.5


def test_listing_loads_nothing_heavy(path: Path) -> None:
    code = (
        "import sys; from dragoman.cli import run; run(['events', '--record', sys.argv[1]]);"
        "heavy = {'onnxruntime', 'numpy', 'scipy', 'trafilatura', 'fastapi', 'polars', 'networkx'};"
        "sys.exit(', '.join(heavy & set(sys.modules)) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_a_party_that_only_the_catalogue_knows(dragoman: Any) -> None:
    answer = dragoman("events", "--actor", "New Zealand")
    assert answer.code == 1
    assert "no mention in this record of 'New Zealand'" in answer.err


def test_a_misspelt_position_is_named_with_the_nearest(dragoman: Any) -> None:
    answer = dragoman("statements", "--position", "suports")
    assert answer.code == 2
    assert "did you mean 'supports'" in answer.err
