"""Neither the order of the reports nor the number of parts or processes changes the record."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from dragoman.gathering import gather
from dragoman.record import open_record
from dragoman.rulebook import load_rulebook
from dragoman.run_local import read_paths

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"


def paths() -> list[str]:
    return [str(path) for path in sorted(EXAMPLES.iterdir())]


def content(path: Path) -> tuple[object, ...]:
    with open_record(path, readonly=True) as record:
        gathered = record.gathered()
        reads = sorted(record.each_read_report(), key=lambda read: read.report.id)
        return (
            tuple(reads),
            frozenset(gathered.stories),
            frozenset(gathered.happenings),
            frozenset(gathered.utterances),
            frozenset(gathered.ties),
        )


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[object, ...]:
    path = tmp_path_factory.mktemp("whole") / "r.db"
    summary = read_paths(paths(), path, jobs=1)
    assert (summary.reports, summary.read, len(summary.set_aside)) == (14, 13, 1)
    return content(path)


def test_gathering_needs_no_mentions_and_no_dates(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    read_paths(paths(), path, jobs=1)
    rulebook = load_rulebook()
    with open_record(path, readonly=True) as record:
        whole = gather(record.each_read_report(), rulebook)
        assert whole.ties
        assert whole == gather(record.each_read_report(whole=False), rulebook)


@pytest.mark.parametrize("seed", [1, 2])
def test_shuffled_in_three_parts(whole: tuple[object, ...], tmp_path: Path, seed: int) -> None:
    names = paths()
    random.Random(seed).shuffle(names)
    path = tmp_path / "parts.db"
    for start in range(3):
        read_paths(names[start::3], path, jobs=1)
    assert content(path) == whole


def test_in_several_processes(
    whole: tuple[object, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dragoman.run_local._PARALLEL_FROM", 4)
    path = tmp_path / "processes.db"
    read_paths(paths(), path, jobs=2)
    assert content(path) == whole


def test_reading_again_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "again.db"
    read_paths(paths(), path, jobs=1)
    before = content(path)
    summary = read_paths(paths(), path, jobs=1)
    assert (summary.read, summary.reread, summary.known) == (0, 0, 13)
    assert content(path) == before
