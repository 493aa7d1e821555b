"""Days, weeks, months and years named by their words: the resolvers behind the patterns of dates."""
# ruff: noqa: ARG001 - resolvers share one signature

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dragoman.reading.calendar import (
    MONTH_NUMBER,
    WEEKDAY_NUMBER,
    day_of,
    iso,
    shift_month,
    valid,
    weekday,
)

if TYPE_CHECKING:
    from dragoman.reading.tense import Tense

NO_DAY = "and the report has no date"
# Days that are named without their year long after: the year is known only where it is told.
_WELL_KNOWN = {(10, 7): 2023, (1, 6): 2021, (9, 11): 2001}


@dataclass(frozen=True, slots=True)
class Reference:
    """Against what an expression is resolved.

    Attributes:
        day: the report's day; None if it has none.
        anchor: the date last told in the report as far as known, for "the following day".
        year: a year told before in the same sentence, or the last told in a report without a date.
        tense: what the clause around the expression tells.
        before, after: the sentence's words around it.
        clock_day: the day last told in the sentence, for a time of day.
    """

    day: date | None
    anchor: str | None = None
    year: int | None = None
    tense: Tense = "open"
    before: str = ""
    after: str = ""
    clock_day: str | None = None

    @property
    def future(self) -> bool:
        return self.tense == "future"


@dataclass(frozen=True, slots=True)
class Value:
    """A resolved value: ISO start, ISO end for a stretch, what it is, and why."""

    start: str | None
    end: str | None = None
    kind: str = "date"
    why: str = ""


def near(reference: Reference) -> str:
    return f"against the report's day {reference.day}"


def month_of(match: re.Match[str], group: str = "month") -> int:
    return MONTH_NUMBER[match[group].rstrip(".").lower()]


def group(match: re.Match[str], name: str) -> str:
    """A group's words, lower case; empty where the pattern has no such group or it took nothing."""
    return (match.groupdict().get(name) or "").lower()


# -- days ----------------------------------------------------------------------------------------


def full(match: re.Match[str], reference: Reference) -> Value | None:
    """Day, month and year; the year may be left out."""
    month, day = month_of(match), int(match["day"])
    if group(match, "year"):
        year = int(match["year"])
        return Value(iso(year, month, day), why="told in full") if valid(year, month, day) else None
    if not valid(2000, month, day):
        return None
    year_told = year_for(reference, month, day, weekday_name=group(match, "dayname"))
    if year_told is None:
        return Value(None, why=f"no year is told, {NO_DAY}")
    if _famous(month, day, reference, year_told):
        return Value(None, why="a well-known day told long after, and the year is not told")
    if not valid(year_told, month, day):
        return Value(None, why=f"no such day in {year_told}")
    return Value(iso(year_told, month, day), why=year_why(reference, year_told))


def year_why(reference: Reference, year: int) -> str:
    if reference.year == year and (reference.day is None or reference.day.year != year):
        return f"the year {year} told before"
    return f"the year next to the report's day {reference.day}"


def _famous(month: int, day: int, reference: Reference, year: int) -> bool:
    known = _WELL_KNOWN.get((month, day))
    if known is None or year <= known or reference.day is None:
        return False
    attributive = re.match(
        r"[’'s]* (?:\w+ )?(?:attack|massacre|assault|riot|insurrection|incursion|hostage|onslaught|storming)",
        reference.after,
    )
    return bool(attributive)


def year_for(
    reference: Reference, month: int, day: int | None, *, weekday_name: str = ""
) -> int | None:
    """The year that a month without one means: before the report's day, or after it in the future."""
    if reference.day is None:
        return reference.year
    if reference.year and reference.year < reference.day.year and reference.tense != "future":
        # "In 2011 troops crossed the causeway on March 14": the sentence has told its year.
        return reference.year
    year = reference.day.year
    if weekday_name and day:
        number = WEEKDAY_NUMBER[weekday_name.rstrip(".")]
        fitting = [
            y
            for y in (year, year - 1, year + 1)
            if valid(y, month, day) and date(y, month, day).weekday() == number
        ]
        if fitting:
            return fitting[0]
    here = (reference.day.month, reference.day.day)
    there = (month, day or reference.day.day)
    if reference.future:
        if there >= here:
            return year
        # "would" and "could" also stand in what is told afterwards; some weeks back is this year.
        return year + 1 if _days_apart(there, here) > 60 else year
    if there <= here:
        return year
    # A date ahead told in the past tense is that of the year before; where the tense was not seen, a
    # near one is an announcement.
    ahead = _days_apart(here, there)
    limit = {"present": 150, "past": 30}.get(reference.tense, 45)
    return year if ahead <= limit else year - 1


def _days_apart(first: tuple[int, int], second: tuple[int, int]) -> int:
    return (second[0] - first[0]) * 30 + second[1] - first[1]


def numeric(match: re.Match[str], reference: Reference) -> Value | None:
    """ "2016-01-03", "3.1.2016", "25/12/2016".

    Between slashes the order of day and month is known only from a number above twelve.
    """
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    if year < 100:
        year += 2000 if year < 50 else 1900
    if month > 12 >= day:
        month, day = day, month
    elif group(match, "slash") and day <= 12 and day != month:
        return Value(None, why="day and month cannot be told apart")
    return Value(iso(year, month, day), why="told in full") if valid(year, month, day) else None


def near_day(match: re.Match[str], reference: Reference) -> Value | None:
    word = match["word"].lower()
    if word == "today" and re.match(
        r"['’]s (?:world|youth|generation|society|young|era)", reference.after
    ):
        return Value(None, why="“today” in the sense of nowadays")
    if reference.day is None:
        return Value(None, why=f"“{match[0]}”, {NO_DAY}")
    if word == "overnight":
        night = reference.day - timedelta(1)
        return Value(
            night.isoformat(), reference.day.isoformat(), why="the night to the report's day"
        )
    shift = {"yesterday": -1, "tomorrow": 1}.get(word.split()[0], 0)
    if "day before yesterday" in word:
        shift = -2
    elif "day after tomorrow" in word:
        shift = 2
    elif word.startswith("last "):
        shift = -1
    return Value((reference.day + timedelta(days=shift)).isoformat(), why=near(reference))


def named_weekday(match: re.Match[str], reference: Reference) -> Value | None:
    if reference.day is None:
        return Value(None, why=f"a weekday, {NO_DAY}")
    number = WEEKDAY_NUMBER[match["name"].rstrip(".").lower()]
    which = group(match, "which")
    day = reference.day
    if of := group(match, "week"):
        step = {"last": -1, "previous": -1, "this": 0}.get(of, 1)
        monday = day - timedelta(day.weekday()) + timedelta(7 * step)
        return Value((monday + timedelta(number)).isoformat(), why=near(reference))
    ahead = weekday(day, number, direction=1)
    back = weekday(day, number, direction=0)
    if which in {"last", "past", "previous"}:
        made = weekday(day, number, direction=-1)
    elif which in {"next", "coming", "this coming", "the coming", "the next"}:
        made = ahead if ahead != day else ahead + timedelta(7)
    elif (
        reference.future
        or (which == "this" and reference.tense != "past")
        or reference.tense == "present"
    ):
        made = ahead
    else:
        made = back
    side = "to come" if made > day else "past"
    return Value(made.isoformat(), why=f"weekday next to the report's day {day}, {side}")


def anchored(match: re.Match[str], reference: Reference) -> Value | None:
    """ "the following day", "the same month", "the year before": counted from what was told before."""
    unit = match["unit"].lower()
    size = {
        "day": 10,
        "evening": 10,
        "morning": 10,
        "afternoon": 10,
        "night": 10,
        "month": 7,
        "year": 4,
    }
    anchor = reference.anchor
    if anchor is None or len(anchor) < size.get(unit, 10):
        return Value(None, why="no such day was told before it")
    words = f"{group(match, 'which')} {group(match, 'way')}"
    shift = 0
    if re.search(r"following|next|after|later", words):
        shift = 1
    elif re.search(r"previous|before|earlier|preceding", words):
        shift = -1
    why = f"counted from {anchor}, told before"
    if unit == "year":
        return Value(iso(int(anchor[:4]) + shift), why=why)
    if unit == "month":
        return Value(iso(*shift_month(int(anchor[:4]), int(anchor[5:7]), shift)), why=why)
    day = day_of(anchor)
    if day is None:
        return None
    if unit == "week":
        monday = day - timedelta(day.weekday()) + timedelta(7 * shift)
        return Value(monday.isoformat(), (monday + timedelta(6)).isoformat(), why=why)
    return Value((day + timedelta(days=shift)).isoformat(), why=why)
