from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from dragoman.cli import seams
from dragoman.rulebook.book import BUILT_IN
from dragoman.rulebook.catalogue import load_catalogue
from dragoman.show import progress

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Summary:
    """As a runner's summary."""

    reports: int = 212
    read: int = 170
    reread: int = 4
    known: int = 30
    set_aside: tuple[tuple[str, str], ...] = tuple(
        (f"file-{number}.txt", "not English (fr)") for number in range(12)
    )
    seconds: float = 14.5


@dataclass(frozen=True)
class At:
    seen: int
    seconds: float


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Calls of the runner, which reads nothing."""
    calls: list[Any] = []

    def read_paths(paths: list[str], record: Path, **given: Any) -> Summary:
        calls.append((paths, record, given))
        return Summary(reports=0, set_aside=()) if "empty" in paths else Summary()

    monkeypatch.setattr(seams, "read_paths", read_paths)
    return calls


def test_the_closing_summary(dragoman: Any, called: list[Any], path: Path) -> None:
    (path.parent / "news").mkdir()
    answer = dragoman("read", "news", "-", "--jobs", "2", "--rules", "mine")
    assert answer.code == 0, answer.err
    shown = answer.err.splitlines()
    assert shown[0] == "212 reports: 170 read, 4 read anew, 30 seen before, 12 set aside"
    assert shown[1] == "  set aside: file-0.txt: not English (fr)"
    assert len(shown) == 12
    assert "2 more: dragoman reports --status aside" in shown[-1]
    line = json.loads(answer.out)
    assert (line["reports"], line["read"], line["seen_before"]) == (212, 170, 30)
    assert len(line["set_aside"]) == 12
    ((paths, record, given),) = called
    assert paths == ["news", "-"]
    assert record.name == "dragoman.db"
    assert given["jobs"] == 2
    assert [folder.name for folder in given["rules"]] == ["mine"]


def test_a_terminal_gets_no_json(dragoman: Any, called: list[Any], terminal: None) -> None:
    answer = dragoman("read", "-")
    assert answer.out == ""
    assert "212 reports" in answer.err


def test_no_reports_at_all_is_an_error(dragoman: Any, called: list[Any], path: Path) -> None:
    (path.parent / "empty").mkdir()
    answer = dragoman("read", "empty")
    assert answer.code == 2
    assert "there are no reports in empty" in answer.err


def test_nothing_is_read_if_one_path_is_missing(dragoman: Any, called: list[Any]) -> None:
    assert dragoman("read", "-", "missing.txt").code == 1
    assert called == []


def test_words_of_progress() -> None:
    assert (
        progress.progress_words(30, 10.0, 120)
        == "30 of about 120 reports, 3.0 a second, about 30 s left"
    )
    assert progress.progress_words(30, 10.0, None) == "30 reports, 3.0 a second"
    # An estimate that proved too low is dropped.
    assert progress.progress_words(130, 10.0, 120) == "130 reports, 13.0 a second"
    assert (
        progress.progress_words(1, 0.0, 1000)
        == "1 of about 1000 reports, 0.0 a second, about 0 s left"
    )
    assert progress.progress_words(10, 10.0, 10_000).endswith("about 2.8 h left")


def test_how_many_reports_are_expected(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One\ntwo.")
    (tmp_path / "b.HTML").write_text("<p>One")
    (tmp_path / "c.jsonl").write_text('{"text": "x"}\n' * 50)
    assert progress.expected([str(tmp_path)]) == 52
    (tmp_path / "long.jsonl").write_text('{"text": "xxxxxxxxxx"}\n' * 100_000)
    assert 99_000 < (progress.expected([str(tmp_path)]) or 0) < 101_000
    assert progress.expected(["-"]) is None
    (tmp_path / "d.warc.gz").write_bytes(b"\x1f\x8b")
    assert progress.expected([str(tmp_path)]) is None


def test_progress_goes_to_standard_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "IN_LOG", 0.0)
    with progress.Meter(10) as meter:
        meter.step(At(5, 1.0))
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "5 of about 10 reports, 5.0 a second, about 1 s left\n"


def test_an_own_actor_is_added_and_checked(dragoman: Any, path: Path) -> None:
    answer = dragoman(
        "catalogue", "add", "mine", "group", "Harbour Guard", "--set", "entity_code=BHR",
        "--set", "country=BHR", "--set", "sector=MIL", "--set", "aliases=the Harbour Guard",
    )  # fmt: skip
    assert answer.code == 0, answer.err
    assert "groups.csv" in answer.out
    assert "1 row" in dragoman("catalogue", "check", "mine").out
    table = path.parent / "mine" / "actors" / "groups.csv"
    before = table.read_bytes()
    answer = dragoman("catalogue", "add", "mine", "group", "X", "--set", "sektor=MIL")
    assert answer.code == 2
    assert "did you mean 'sector'" in answer.err
    answer = dragoman("catalogue", "add", "mine", "group", "Other", "--set", "from=long ago")
    assert answer.code == 1
    assert "long ago" in answer.err
    assert table.read_bytes() == before


def test_an_own_person_needs_no_more_than_name_country_and_office(
    dragoman: Any, path: Path
) -> None:
    def add(*fields: str) -> Any:
        given = [part for field in fields for part in ("--set", field)]
        return dragoman("catalogue", "add", "mine", "person", "Orla Testwood", *given)

    assert add("country=IRL", "office=foreign_minister", "from=2020-01-02").code == 0
    # A second office of the same person is a second row.
    assert add("country=IRL", "office=minister", "from=2010", "until=2019").code == 0
    assert "2 rows" in dragoman("catalogue", "check", "mine").out
    answer = add("country=IRE")
    assert answer.code == 2
    assert "country 'IRE' is not known" in answer.err
    assert "2 rows" in dragoman("catalogue", "check", "mine").out
    folder = path.parent / "mine" / "actors"
    entries = load_catalogue((BUILT_IN / "actors", folder)).entries
    found = entries["person:orla-testwood"]
    assert (found.surname, found.sector, found.country_code) == ("Testwood", "GOV", "IRL")
    assert entries["person:orla-testwood-2"].until == "2019"


def test_explain(dragoman: Any, terminal: None) -> None:
    answer = dragoman("explain", "sanction")
    assert answer.code == 0
    assert answer.out.startswith("SANCTION: ")
    assert "quad code 4" in answer.out
    assert "expel" in answer.out


def test_the_demo_shows_the_record_and_says_what_to_try(dragoman: Any, called: list[Any]) -> None:
    answer = dragoman("demo", "--record", "dragoman.db")
    assert answer.code == 0, answer.err
    ((paths, _, _),) = called
    assert paths[0].endswith("reports")
    assert '"id": "y-one"' in answer.out
    assert '"id": "t-bahrain"' in answer.out
    assert "Try next:" in answer.err
    assert "dragoman story y-one --record dragoman.db" in answer.err


def test_the_demo_opens_the_story_of_its_reports(
    dragoman: Any, called: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    served: list[Any] = []
    monkeypatch.setattr(seams, "serve", lambda *what, **how: served.append((what, how)))
    answer = dragoman("demo", "--record", "dragoman.db", "--open", "--port", "9000")
    assert answer.code == 0, answer.err
    (((record, host, port), how),) = served
    assert (str(record), host, port) == ("dragoman.db", "127.0.0.1", 9000)
    assert how["start"] == "/story/y-one"
    assert how["browser"] is True
    assert "http://127.0.0.1:9000/story/y-one" in answer.err
    assert dragoman("demo", "--record", "dragoman.db").code == 0
    assert len(served) == 1, "without --open nothing is served"
