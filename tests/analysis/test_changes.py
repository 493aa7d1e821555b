from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.analysis.made import SCORES, event, happening

from dragoman.analysis.changes import changes

if TYPE_CHECKING:
    from dragoman.entries import Event


def weekly(kinds: list[str], start: str = "2020-01-06", step: int = 7) -> list[Event]:
    first = date.fromisoformat(start)
    return [
        event(f"e{n:03}", kind, "ARG", "CHL", (first + timedelta(step * n)).isoformat())
        for n, kind in enumerate(kinds)
    ]


def test_a_turn_toward_conflict_has_its_day_and_its_happenings() -> None:
    events = weekly(["CONSULT", "SUPPORT"] * 10 + ["SANCTION", "ACCUSE"] * 10)
    course = changes(("CHL", "ARG"), events, ())
    assert (course.pair, course.unit, course.series) == (("ARG", "CHL"), "week", "periods")
    (turn,) = course.turns
    assert (turn.day, turn.toward, turn.event_ids) == ("2020-05-25", "conflict", ("e020",))
    assert turn.before > 0 > turn.after


def test_sparse_dealings_are_taken_one_after_the_other() -> None:
    days = (
        "2011-03-01",
        "2013-05-05",
        "2016-01-04",
        "2016-01-05",
        "2023-05-23",
        "2024-06-23",
        "2024-09-01",
        "2024-09-09",
    )
    kinds = ("ACCUSE", "ACCUSE", "SANCTION", "SANCTION", "AGREE", "SUPPORT", "CONSULT", "AGREE")
    events = [
        event(f"e{n}", kind, "ARG", "CHL", day)
        for n, (day, kind) in enumerate(zip(days, kinds, strict=True))
    ]
    course = changes(("ARG", "CHL"), events, ())
    assert (course.unit, course.series) == ("month", "happening days")
    assert [(turn.day, turn.toward) for turn in course.turns] == [("2023-05-23", "cooperation")]
    assert "2023-05-23" in course.turns[0].words


def test_many_reports_of_one_happening_weigh_as_one() -> None:
    quiet = weekly(["CONSULT"] * 12)
    loud = [event(f"x{n}", "ASSAULT", "CHL", "ARG", "2020-02-03") for n in range(40)]
    course = changes(("ARG", "CHL"), quiet + loud, [happening("h", *(one.id for one in loud))])
    week = next(period for period in course.periods if period.start == "2020-02-03")
    assert (week.happenings, week.reports, week.conflict) == (2, 41, -9.3)
    assert week.net == pytest.approx(2.1 - 9.3)


def test_dealings_that_cease_are_a_turn_from_the_first_quiet_week() -> None:
    busy = weekly(["SUPPORT"] * 20)
    busy += [event(f"f{n}", "COOPERATE", "ARG", "CHL", one.date) for n, one in enumerate(busy)]
    busy += [event("late", "CONSULT", "ARG", "CHL", "2020-09-07")]
    (turn,) = changes(("ARG", "CHL"), busy, ()).turns
    assert (turn.day, turn.toward, turn.happening_ids) == ("2020-05-25", "conflict", ())
    assert turn.words.endswith("what was before ceased")


def test_no_change_no_turn() -> None:
    assert changes(("ARG", "CHL"), weekly(["CONSULT"] * 30), ()).turns == ()
    assert changes(("ARG", "CHL"), weekly(["CONSULT", "ASSAULT"]), ()).series == "none"


def test_shuffled_series_rarely_turn() -> None:
    chance = random.Random(3)
    found = 0
    for _ in range(200):
        weights = [chance.random() ** 2 for _ in SCORES]
        kinds = chance.choices(list(SCORES), weights, k=chance.randint(6, 60))
        found += bool(changes(("ARG", "CHL"), weekly(kinds), ()).turns)
    assert found <= 16


def test_a_shift_among_noise_is_found_near_its_day() -> None:
    near = 0
    for seed in range(40):
        chance = random.Random(seed)
        kinds = chance.choices(["CONSULT", "SUPPORT", "ACCUSE"], [3, 2, 1], k=25)
        kinds += chance.choices(["ASSAULT", "SANCTION", "CONSULT"], [3, 2, 1], k=25)
        turns = changes(("ARG", "CHL"), weekly(kinds), ()).turns
        shift = date(2020, 1, 6) + timedelta(7 * 25)
        near += any(abs((date.fromisoformat(turn.day) - shift).days) <= 14 for turn in turns)
    assert near >= 36


def test_the_latest_period_is_ranked_among_all_before() -> None:
    course = changes(("ARG", "CHL"), weekly(["ACCUSE"] + ["CONSULT"] * 19 + ["SANCTION"]), ())
    assert course.rank
    assert (course.rank.earlier, course.rank.friendlier, course.rank.harsher) == (20, 20, 0)
    assert course.rank.words == (
        "the week of 2020-05-25 was more hostile than 20 of the 20 weeks since 2020-01-06"
    )
    kinds = ["SANCTION"] * 2 + ["CONSULT"] * 18 + ["ACCUSE"]
    assert changes(("ARG", "CHL"), weekly(kinds), ()).rank.words.endswith(  # type: ignore[union-attr]
        "was more hostile than 18 of the 20 weeks since 2020-01-06, 9 of 10"
    )


def test_the_rank_says_how_many_periods_were_quiet() -> None:
    events = [
        event("a", "ACCUSE", "ARG", "CHL", "2020-01-06"),
        event("b", "CONSULT", "ARG", "CHL", "2020-06-01"),
    ]
    rank = changes(("ARG", "CHL"), events, (), unit="week").rank
    assert rank
    assert rank.words.endswith("since 2020-01-06 (1 of them with a happening)")


def test_window_units_and_what_has_no_day() -> None:
    events = [*weekly(["CONSULT"] * 10), event("y", "ACCUSE", "ARG", "CHL", "2020-02")]
    course = changes(("ARG", "CHL"), events, (), since="2020-01", until="2020-02-10")
    assert (course.undated, course.unit, len(course.periods)) == (1, "day", 36)
    months = changes(("ARG", "CHL"), events, (), unit="month")
    assert [(one.start, one.end) for one in months.periods][:2] == [
        ("2020-01-01", "2020-01-31"), ("2020-02-01", "2020-02-29"),
    ]  # fmt: skip
    nothing = changes(("ARG", "PER"), events, ())
    assert (nothing.periods, nothing.turns, nothing.rank) == ((), (), None)


@pytest.mark.parametrize("seed", range(5))
def test_order_does_not_matter(seed: int) -> None:
    events = weekly(["CONSULT", "SUPPORT"] * 10 + ["SANCTION", "ACCUSE"] * 10)
    mixed = list(events)
    random.Random(seed).shuffle(mixed)
    assert changes(("ARG", "CHL"), mixed, ()) == changes(("CHL", "ARG"), events, ())
