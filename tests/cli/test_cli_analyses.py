"""The analyses on the command line, over a record of a few states and some years."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests import factory

from dragoman.cli import run
from dragoman.entries import Evidence, Gathered, Happening, ReadReport, Tie
from dragoman.record import Where, open_record
from dragoman.show.analyses import course_of, mediators_of, network_of, ties_of

if TYPE_CHECKING:
    from pathlib import Path

PARTS = (
    ("2020-01-06", "CONSULT", 2.1), ("2020-01-13", "SUPPORT", 4.6), ("2020-01-20", "CONSULT", 2.1),
    ("2020-01-27", "SUPPORT", 4.6), ("2020-02-03", "CONSULT", 2.1), ("2020-02-10", "SUPPORT", 4.6),
    ("2020-02-17", "SANCTION", -5.2), ("2020-02-24", "SANCTION", -5.2),
    ("2020-03-02", "ACCUSE", -2.0), ("2020-03-09", "SANCTION", -5.2),
    ("2020-03-16", "ACCUSE", -2.0), ("2020-03-23", "SANCTION", -5.2),
)  # fmt: skip
TEXT = "Bahrain and Iran\nBahrain dealt with Iran.\nIraq talked to Iran and to Saudi Arabia."


def readings() -> list[ReadReport]:
    made = []
    for day, kind, scale in PARTS:
        told = factory.report(f"r{day}", TEXT, published=day)
        parties = (factory.party(TEXT, "Bahrain", 1),), (factory.party(TEXT, "Iran", 1),)
        event = factory.event(
            told, 1, "dealt", kind, *parties, date=day, date_precision="day", event_scale=scale,
            quad_code=1 if scale > 0 else 4,
        )  # fmt: skip
        made.append(ReadReport(told, factory.sentences(TEXT), (), (), (event,), (), b"", "x"))
    return made


def tie(id_: str, members: str, state: str, since: str, until: str | None, *days: str) -> Tie:
    words = factory.span(TEXT, "Bahrain dealt with Iran.")
    return Tie(
        id_, tuple(members.split()), "diplomatic relations", state, since, "day", until, days[0], None,
        tuple(Evidence(f"r{day}", words) for day in days),
    )  # fmt: skip


TIES = (
    tie("t1", "BHR IRN", "established", "2019-01-01", "2020-02-17", "2020-01-06", "2020-03-02"),
    tie("t2", "BHR IRN", "severed", "2020-02-17", None, "2020-02-24"),
    tie("t3", "IRN IRQ", "in force", "2010-01-01", None, "2020-01-06"),
    tie("t4", "BHR IRQ", "in force", "2010-01-01", None, "2020-01-06"),
)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COLUMNS", "140")
    file = tmp_path / "record.db"
    reads = readings()
    events = [read.events[0] for read in reads]
    with open_record(file) as record:
        for read in reads:
            record.write(read)
        group = Happening("h1", None, (events[0].id,), "CONSULT", "2020-01-06")
        record.replace_gathered(Gathered((), (group,), (), TIES))
    return file


def answer(capsys: Any, path: Path, *words: str) -> Any:
    assert run([*words, "--record", str(path)]) == 0
    return capsys.readouterr().out


def test_changes_in_a_pipe_and_on_a_terminal(path: Path, capsys: Any) -> None:
    course = json.loads(answer(capsys, path, "changes", "Iran", "Bahrain", "--by", "week"))
    assert (course["pair"], course["unit"]) == (["BHR", "IRN"], "week")
    assert [(turn["day"], turn["toward"]) for turn in course["turns"]] == [
        ("2020-02-17", "conflict")
    ]
    assert course["dealings"][0]["id"] == "h1"


@pytest.mark.usefixtures("terminal")
def test_changes_in_words(path: Path, capsys: Any) -> None:
    out = answer(capsys, path, "changes", "Iran", "Bahrain", "--by", "week")
    assert out.startswith(
        "The week of 2020-03-23 was more hostile than 8 of the 11 weeks since 2020-01-06, 7 of 10."
    )
    assert "Turn toward conflict from 2020-02-17" in out
    assert "Bahrain: SANCTION toward Iran (1 report)." in out


def test_network_in_a_pipe(path: Path, capsys: Any) -> None:
    found = json.loads(answer(capsys, path, "network", "--until", "2020-03-31"))
    assert found["frustration"] == found["bound"] == 1
    assert [triad["members"] for triad in found["triads"]] == [["BHR", "IRN", "IRQ"]]
    early = json.loads(answer(capsys, path, "network", "--until", "2020-01-31"))
    assert early["frustration"] == 0


@pytest.mark.usefixtures("terminal")
def test_network_in_words(path: Path, capsys: Any) -> None:
    out = answer(capsys, path, "network", "--until", "2020-03-31")
    assert "3 states, 3 pairs: 2 friendly, 1 hostile, 0 neither." in out
    assert "Frustration index 1 (exact). Without balance because of: Bahrain and I" in out
    assert "Iraq stands well with both Bahrain and Iran, which are enemies." in out


def test_wrong_units_dates_and_names(path: Path, capsys: Any) -> None:
    for words, code, said in (
        (("changes", "Iran", "Bahrain", "--by", "fortnight"), 2, "week"),
        (("changes", "Iran", "Bahran"), 1, "Bahrain"),
        (("network", "--since", "soon"), 2, "ISO date"),
    ):
        assert run([*words, "--record", str(path)]) == code
        assert said in capsys.readouterr().err


def test_as_known_on_leaves_out_the_end_that_was_told_later(path: Path) -> None:
    with open_record(path, readonly=True) as record:
        both = Where(between=("Bahrain", "Iran"))
        (first,) = ties_of(record, both, as_known_on="2020-02-01")
        assert (first.state, first.until, len(first.evidence)) == ("established", None, 1)
        later = ties_of(record, both, as_known_on="2020-03-31")
        assert [(one.state, one.until) for one in later] == [
            ("established", "2020-02-17"), ("severed", None),
        ]  # fmt: skip
        assert [one.state for one in ties_of(record, both, on="2020-01-01")] == ["established"]
        held = ties_of(record, both, on="2020-03-01", as_known_on="2020-02-01")
        assert [one.state for one in held] == ["established"]
        assert (
            ties_of(
                record,
                Where(between=("Bahrain", "Iran"), limit=1, offset=1),
                as_known_on="2020-03-31",
            )[0].state
            == "severed"
        )


def test_the_same_in_python(path: Path) -> None:
    with open_record(path, readonly=True) as record:
        assert course_of(record, "BHR", "IRN", unit="month").unit == "month"
        assert [node.name for node in network_of(record).nodes] == ["BHR", "IRN", "IRQ"]
        assert [one.name for one in mediators_of(record, "Bahrain", "Iran")] == ["IRQ"]
