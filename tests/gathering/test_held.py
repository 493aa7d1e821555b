"""Why two were joined or not: what is told in words is what the grouping itself reckons with."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.gathering.made_up import actor, plain, say, tell

from dragoman.gathering.happenings import THRESHOLD, likeness, tellings_of
from dragoman.gathering.held import events_held, reports_held, statements_held
from dragoman.gathering.utterances import likeness as words_likeness
from dragoman.gathering.utterances import saying_of

if TYPE_CHECKING:
    from dragoman.entries import ReadReport


def cut(id_: str, verb: str, whom: str, **given: object) -> ReadReport:
    read = plain(id_, "Break", f"Ostland {verb} relations with {whom}.", "2031-01-05")
    return tell(read, f"Ostland {verb} relations with {whom}", verb, "SANCTION",
                (actor(read, "Ostland", "state:OST", "OST"),),
                (actor(read, whom, f"state:{whom[:3].upper()}", whom[:3].upper()),), **given)  # fmt: skip


def spoken(id_: str, who: str, words: str) -> ReadReport:
    read = plain(id_, "Talks", f"{who} said {words}.", "2031-05-01")
    return say(read, words, actor(read, who, f"person:{who}", "OST"))


def held(one: ReadReport, other: ReadReport) -> dict[str, str]:
    return dict(events_held((one, one.events[0]), (other, other.events[0]), same_story=True))


def test_events_that_are_joined() -> None:
    one, other = cut("a", "severed", "Westmark"), cut("b", "cut", "Westmark")
    score = likeness(tellings_of(one)[0], tellings_of(other)[0])
    told = held(one, other)
    assert told["likeness"].startswith(f"{score:.2f}; one happening from {THRESHOLD:.2f}")
    assert score >= THRESHOLD
    assert told["types"] == "the same"
    assert "the same word tells the act" in told["words"]


def test_events_whose_parties_dates_or_modes_exclude_each_other() -> None:
    one = cut("a", "severed", "Westmark", date="2031-01-05", date_precision="day")
    assert held(one, cut("b", "severed", "Northland"))["parties"] == "exclude each other"
    later = cut("b", "severed", "Westmark", date="2031-06-05", date_precision="day")
    assert held(one, later)["dates"] == "exclude each other"
    denied = cut("b", "severed", "Westmark", auxiliary=("negation",))
    assert held(one, denied)["told as"] == "done / negation"
    apart = dict(events_held((one, one.events[0]), (later, later.events[0]), same_story=False))
    assert "not one story" in apart["stories"]


def test_statements_sign_by_sign() -> None:
    one = spoken("a", "Vance", "we see no reason to delay the return of relations with Westmark")
    other = spoken("b", "Hale", "the harvest would be good")
    told = dict(
        statements_held((one, one.statements[0]), (other, other.statements[0]), same_story=False)
    )
    score = words_likeness(saying_of(one, one.statements[0]), saying_of(other, other.statements[0]))
    assert told["likeness"].startswith(f"{score:.2f}; ")
    assert "other speakers" in told["against it"]
    assert "one of the two denies" in told["against it"]
    assert "not one story" in told["stories"]


def test_reports_by_words_days_and_copied_text() -> None:
    one = plain("a", "Selm bridge fire", "Fire closed the Selm bridge for a night. Boats waited.", "2031-05-01")  # fmt: skip
    other = plain("b", "Selm bridge", "The Selm bridge burned and boats waited for hours.", "2031-05-11")  # fmt: skip
    told = dict(reports_held(one, other))
    assert {"selm", "bridge"} <= set(told["weighty words in common"].split(", "))
    assert told["days"].startswith("10 apart")
    far = dict(reports_held(one, plain("c", "Harvest", "Apples came to town.", None)))
    assert far["weighty words in common"] == "none"
    assert far["days"].startswith("not both known")
    empty = replace(one, report=replace(one.report, text="", title=None, parts=()))
    assert dict(reports_held(one, empty)) == {"words": "one of the two has no words to compare"}
