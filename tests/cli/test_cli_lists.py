from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from tests import factory

from dragoman.entries import ReadReport
from dragoman.record import open_record
from dragoman.record.where import LIKELY

if TYPE_CHECKING:
    from pathlib import Path

CUT_OFF, LET, BAHRAIN = factory.rupture().events


def lines(answer: Any) -> list[dict[str, Any]]:
    assert answer.code == 0, answer.err
    return [json.loads(line) for line in answer.out.splitlines()]


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        (["reports"], 3),
        (["reports", "--status", "aside"], 1),
        (["reports", "--actor", "Iraq"], 1),
        (["events"], 5),
        (["events", "--actor", "Bahrain"], 2),
        (["events", "--between", "Bahrain", "IRN"], 2),
        (["events", "--type", "sanction"], 3),
        (["events", "--since", "2016-01-04", "--until", "2016-01-04"], 2),
        (["events", "--outlet", "Northern Wire"], 2),
        (["events", "--said-by", "SAU"], 1),
        (["events", "--limit", "2"], 2),
        (["events", "--actor", "BHR", "--type", "AID"], 0),
        (["statements"], 1),
        (["statements", "--speaker", "Adel al-Jubeir"], 1),
        (["statements", "--about", "Iran", "--type", "direct"], 1),
        (["statements", "--position", "opposes"], 1),
        (["statements", "--position", "oppose", "--about", "Iran", "--since", "2016"], 1),
        (["statements", "--position", "supports"], 0),
        (["stories"], 1),
        (["stories", "--actor", "IRQ"], 1),
        (["actors", "--limit", "2"], 2),
        (["ties", "Bahrain", "Iran"], 1),
        (["ties", "Iran"], 3),
        (["ties", "SAU", "IRN", "--on", "2016-01-03"], 1),
        (["ties", "SAU", "IRN", "--as-known-on", "2016-01-04"], 1),
        (["timeline", "Bahrain", "Iran"], 2),
        (["search", "embassy"], 1),
        (["search", "--statements", "security"], 1),
    ],
)
def test_a_pipe_gets_json_lines(dragoman: Any, arguments: list[str], count: int) -> None:
    assert len(lines(dragoman(*arguments))) == count


def test_events_in_a_pipe_are_the_export_objects(dragoman: Any) -> None:
    assert dragoman("events").out == dragoman("export", "events").out


def test_what_is_less_sure_is_told_when_asked_for(path: Path, dragoman: Any) -> None:
    doubted = factory.rupture()
    events = (replace(doubted.events[0], confidence=0.6), *doubted.events[1:])
    statements = (replace(doubted.statements[0], confidence=0.3), *doubted.statements[1:])
    with open_record(path) as record:
        record.write(replace(doubted, events=events, statements=statements, reader="another"))
    asked = ("events",), ("statements",), ("export", "events"), ("export", "statements")
    for command in (*asked, ("timeline", "SAU", "IRN")):
        usual, every = dragoman(*command), dragoman(*command, "--all")
        assert len(lines(every)) == len(lines(usual)) + 1
        assert "1 more is less sure: --all" in usual.err
        assert "less sure" not in every.err
        assert lines(dragoman(*command, "--sure", "0.2")) == lines(every)
        assert all(one.get("confidence", 1.0) >= LIKELY for one in lines(usual))
        # The help tells the line as a number.
        assert str(LIKELY) in dragoman(*command, "--help").out
    assert len(lines(dragoman("events", "--sure", "0.99"))) == 0
    both = dragoman("events", "--all", "--sure", "0.5")
    assert both.code == 2
    assert "--all and --sure" in both.err


def test_a_terminal_gets_a_table(dragoman: Any, terminal: None) -> None:
    answer = dragoman("events", "--between", "Bahrain", "Iran")
    assert answer.code == 0
    assert "Bahrain" in answer.out
    assert "SANCTION" in answer.out
    assert "who did what to whom" in answer.out.splitlines()[0]
    assert not answer.out.lstrip().startswith("{")
    for arguments in (
        ["reports"], ["statements"], ["stories"], ["actors"], ["ties", "Iran"], ["search", "embassy"],
        ["timeline", "BHR", "IRN"], ["story", "y-one"],
    ):  # fmt: skip
        answer = dragoman(*arguments)
        assert answer.code == 0, answer.err
        assert len(answer.out.splitlines()) > 2
    assert dragoman("events", "--json").out.startswith('{"id"')


def test_a_terminal_is_told_that_the_list_was_cut(dragoman: Any, terminal: None) -> None:
    answer = dragoman("events", "--limit", "2")
    assert "--limit" in answer.err
    assert dragoman("events").err == ""


def test_an_empty_list_says_so(dragoman: Any) -> None:
    answer = dragoman("events", "--since", "2030")
    assert (answer.code, answer.out) == (0, "")
    assert "no events" in answer.err


def test_stories_tell_both_counts(dragoman: Any, terminal: None) -> None:
    answer = dragoman("stories")
    assert "2 reports" in answer.out
    assert "3 happenings, 1 utterance" in " ".join(answer.out.split())


def test_one_happening_is_one_line_of_the_timeline(dragoman: Any) -> None:
    first, second = lines(dragoman("timeline", "BHR", "IRN"))
    assert (first["kind"], first["id"], first["reports"]) == ("happening", "h-bahrain", 2)
    assert first["date"] == "2016-01-04"
    assert "Bahrain: SANCTION toward Iran" in first["what"]
    assert second["kind"] == "tie"


def test_what_did_not_happen_is_not_on_the_timeline(dragoman: Any) -> None:
    found = lines(dragoman("timeline", "SAU", "IRN"))
    assert not [line for line in found if "REJECT" in line["what"]]
    assert [line for line in found if "SANCTION" in line["what"]]


def test_a_story_with_what_belongs_to_it(dragoman: Any) -> None:
    (view,) = lines(dragoman("story", "y-o"))
    assert [report["copy_of"] for report in view["reports"]] == [None, "r-rupture"]
    assert len(view["happenings"]) == 3
    assert len(view["utterances"]) == 1


def test_names_of_the_catalogue_are_understood(dragoman: Any) -> None:
    # The record of the tests does not know this form of the name.
    assert len(lines(dragoman("events", "--actor", "Islamic Republic of Iran"))) == 5


def test_text_from_outside_cannot_command_the_terminal(
    dragoman: Any, path: Path, terminal: None
) -> None:
    from dragoman.record import open_record

    title = "\x1b[31m[bold]Red[/bold]\x07 \u202e evil [link=file:///etc]x"
    with open_record(path) as record:
        told = factory.report("r-evil", f"{title}\nText.", title=title)
        record.write(ReadReport(told, reader="x"))
    out = dragoman("reports").out
    assert "\x1b[31m" not in out
    assert "\x07" not in out
    assert "\u202e" not in out
    assert "[bold]Red[/bold]" in out


def test_export_to_a_file(dragoman: Any, path: Path) -> None:
    answer = dragoman("export", "ties", "--format", "csv", "--out", "ties.csv")
    assert (answer.code, answer.out) == (0, "")
    assert "3 ties written" in answer.err
    assert (path.parent / "ties.csv").read_text().startswith("id,members")


def test_export_takes_filters(dragoman: Any) -> None:
    assert len(lines(dragoman("export", "happenings", "--type", "AGREE"))) == 1
    assert len(lines(dragoman("export", "ties", "--type", "mediation"))) == 1
    assert len(lines(dragoman("export", "statements", "--type", "indirect"))) == 0
