from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests import factory

if TYPE_CHECKING:
    from pathlib import Path

CUT_OFF, LET, BAHRAIN = factory.rupture().events
BAHRAIN_TOO, OFFER = factory.voices().events
SAID = factory.rupture().statements[0]


def why(dragoman: Any, *ids: str) -> dict[str, Any]:
    answer = dragoman("why", *ids)
    assert answer.code == 0, answer.err
    found: dict[str, Any] = json.loads(answer.out)
    return found


def facts(found: dict[str, Any]) -> dict[str, str]:
    return dict(found["facts"])


def test_why_an_event(dragoman: Any) -> None:
    found = why(dragoman, CUT_OFF.id)
    (passage,) = found["passages"]
    assert passage["span"]["text"] == factory.RUPTURE.split("\n")[1]
    for mark in passage["marks"]:
        if mark["role"] == "trigger":
            words = factory.RUPTURE[mark["start"] : mark["end"]]
            assert words == "severed diplomatic relations"
    told = facts(found)
    assert "rule:test" in told["decided by"]
    assert "0.75" in told["decided by"]
    assert told["because"] == CUT_OFF.why
    assert (
        told["actor"] == "'Saudi Arabia' is Saudi Arabia (SAU): 'Saudi Arabia' is in the catalogue"
    )
    assert told["date"] == "2016-01-03 (day): Sunday before 2016-01-04"
    assert "h-saudi" in told["happening"]


def test_why_an_event_that_somebody_says(dragoman: Any) -> None:
    told = facts(why(dragoman, LET.id))
    assert told["said by"] == f"Adel al-Jubeir ({SAID.id})"
    assert told["date"] == "not known (none)" or told["date"].startswith("not known")


@pytest.mark.parametrize("id_", [SAID.id, "t-bahrain", "y-one", "h-bahrain", "u-one", "r-rupture"])
def test_why_of_every_kind(dragoman: Any, id_: str) -> None:
    found = why(dragoman, id_)
    assert found["id"] == id_
    assert found["headline"]
    assert found["facts"]
    text = {"r-rupture": factory.RUPTURE, "r-voices": factory.VOICES}
    for passage in found["passages"]:
        span = passage["span"]
        assert text[passage["report_id"]][span["start"] : span["end"]] == span["text"]


def test_why_two_were_joined(dragoman: Any) -> None:
    found = why(dragoman, BAHRAIN.id, BAHRAIN_TOO.id)
    assert found["headline"] == "joined"
    assert facts(found)["why"] == "same parties, same type, dates one day apart"
    assert len(found["passages"]) == 2


def test_why_two_were_not_joined(dragoman: Any) -> None:
    found = why(dragoman, CUT_OFF.id, BAHRAIN_TOO.id)
    assert found["headline"] == "not joined"
    told = facts(found)
    assert told["type"] == "the same (SANCTION)"
    assert told["actors"] == "Saudi Arabia / Bahrain"
    assert told["date"] == "2016-01-03 / 2016-01"
    assert told["parties"]
    assert "one happening from" in told["likeness"]
    assert why(dragoman, CUT_OFF.id, SAID.id)["headline"] == "not joined"


def test_why_two_reports_are_one_story(dragoman: Any) -> None:
    found = why(dragoman, "r-rupture", "r-voices")
    assert facts(found)["joined in story"] == "y-one"
    assert facts(found)["why"] == "both tell that Bahrain severed relations"


def test_on_a_terminal_the_words_are_shown_in_their_sentence(dragoman: Any, terminal: None) -> None:
    answer = dragoman("why", BAHRAIN.id)
    assert factory.RUPTURE.split("\n")[3] in answer.out
    assert "rule:test, confidence 0.75" in answer.out
    assert "The Gulf Courier, 2016-01-04" in answer.out


def test_a_correction_is_shown_and_counts(dragoman: Any) -> None:
    answer = dragoman(
        "correct", BAHRAIN.id[:9], "amend", "--set", "event=REJECT", "--set", "recipient=IRQ GOV",
        "--who", "a reader", "--when", "2016-02-01", "--note", "seen in the text",
    )  # fmt: skip
    assert answer.code == 0, answer.err
    found = why(dragoman, BAHRAIN.id)
    assert found["headline"].startswith("Bahrain: REJECT toward Iran")
    corrected = [words for label, words in found["facts"] if label == "corrected"]
    assert corrected[0] == "amend event = REJECT (a reader, 2016-02-01, seen in the text)"
    shown = dragoman("correct", BAHRAIN.id)
    assert len(shown.out.splitlines()) == 2
    assert dragoman("correct", BAHRAIN.id, "reject").code == 0
    assert BAHRAIN.id not in dragoman("events").out
    assert BAHRAIN.id in dragoman("events", "--rejected").out


def test_compare_two_reports(dragoman: Any, terminal: None) -> None:
    answer = dragoman("compare", "r-rupture", "r-voices")
    assert answer.code == 0, answer.err
    assert answer.out.startswith("A  2016-01-04  The Gulf Courier: Saudi Arabia cuts ties")
    assert "told by all" in answer.out
    lines = dragoman("compare", "y-one", "--json").out.splitlines()
    kinds = {json.loads(line)["kind"] for line in lines}
    assert kinds <= {"told by all", "told by some", "differ", "against reference"}
    assert "told by all" in kinds


def test_compare_as_one_page(dragoman: Any, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    answer = dragoman("compare", "y-one", "--html", str(page))
    assert answer.code == 0, answer.err
    assert answer.out.startswith(str(page))
    text = page.read_text(encoding="utf-8")
    assert "The Gulf Courier" in text
    assert "<script" not in text
    assert "http:" not in text
    assert "https:" not in text
    nowhere = dragoman("compare", "y-one", "--html", str(tmp_path / "none" / "page.html"))
    assert nowhere.code == 1
    assert "cannot be written" in nowhere.err


def test_compare_takes_a_story_or_reports(dragoman: Any) -> None:
    answer = dragoman("compare", BAHRAIN.id)
    assert answer.code == 2
    assert "one story, or two reports" in answer.err
