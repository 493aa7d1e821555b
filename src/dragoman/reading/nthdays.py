"""What is counted out: "in three days", "a year ago today", "two Fridays ago", "the first Sunday of March"."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from dragoman.reading.calendar import (
    WEEKDAY_NUMBER,
    iso,
    last_day,
    number_of,
    shift_month,
    valid,
    weekday,
)
from dragoman.reading.resolving import NO_DAY, Reference, Value, group, month_of, near, year_for
from dragoman.reading.stretches import TIMES, length, shifted, unit_of
from dragoman.reading.yearparts import when_year

if TYPE_CHECKING:
    import re

_PLACE = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1, "final": -1}


def ahead(match: re.Match[str], reference: Reference) -> Value | None:
    """ "in three days" of what is to come; of what was done it is a length of time."""
    number = number_of(match["number"].lower())
    if number is None or not reference.future:
        return length(match, reference)
    if reference.day is None:
        return Value(None, why="counted from a day that is not known")
    return shifted(reference.day.isoformat(), unit_of(match["unit"]), number, half=False)


def to_the_day(match: re.Match[str], reference: Reference) -> Value | None:
    """ "a year ago today", "ten years ago this month": counted to the day, week or month."""
    number = number_of(match["number"].lower())
    if number is None or reference.day is None:
        return Value(None, why="counted from a day that is not known")
    day, unit = reference.day, unit_of(match["unit"])
    number *= TIMES.get(unit, 1)
    why = f"counted back from {day} to the day"
    if unit in {"week", "fortnight", "day"}:
        return Value((day - timedelta(number * (1 if unit == "day" else 7))).isoformat(), why=why)
    months = number if unit == "month" else 12 * number
    year, month = shift_month(day.year, day.month, -months)
    if match["mark"].lower() == "this month":
        return Value(iso(year, month), why=why)
    if match["mark"].lower() == "this week":
        return Value(iso(year, month), why=f"{why}; the week is not known to the day")
    if not valid(year, month, day.day):
        return Value(iso(year, month), why=why)
    return Value(iso(year, month, day.day), why=why)


def weekday_counted(match: re.Match[str], reference: Reference) -> Value | None:
    """ "two Fridays ago", "a week from Monday", "Monday week", "a week ago Monday"."""
    if reference.day is None:
        return Value(None, why=f"a weekday, {NO_DAY}")
    name = match["name"].rstrip(".").lower().removesuffix("s")
    weekday_number = WEEKDAY_NUMBER[name]
    way = group(match, "way")
    number = number_of(group(match, "number")) if group(match, "number") else 1
    if number is None:
        return Value(None, why="the number is vague")
    why = f"weeks counted from the weekday next to the report's day {reference.day}"
    if way == "ago" and not group(match, "unit"):
        first = weekday(reference.day, weekday_number, direction=-1)
        return Value((first - timedelta(7 * (number - 1))).isoformat(), why=why)
    if way == "ago":
        last = weekday(reference.day, weekday_number, direction=-1)
        return Value((last - timedelta(7 * number)).isoformat(), why=why)
    next_one = weekday(reference.day + timedelta(1), weekday_number, direction=1)
    return Value((next_one + timedelta(7 * number)).isoformat(), why=why)


def nth_weekday(match: re.Match[str], reference: Reference) -> Value | None:
    """ "the first Sunday of March 2012", "the last Friday in May"."""
    month = month_of(match)
    year = int(match["year"]) if group(match, "year") else year_for(reference, month, None)
    if year is None:
        return Value(None, why=f"no year is told, {NO_DAY}")
    number = WEEKDAY_NUMBER[match["name"].rstrip(".").lower()]
    which = _PLACE[group(match, "which")]
    if which < 0:
        made = weekday(date(year, month, last_day(year, month)), number, direction=0)
    else:
        made = weekday(date(year, month, 1), number, direction=1) + timedelta(7 * (which - 1))
    return Value(made.isoformat(), why="counted in its month")


def first_days(match: re.Match[str], reference: Reference) -> Value | None:
    """ "the first ten days of January": from the month's first day."""
    month, number = month_of(match), number_of(match["number"].lower())
    year = int(match["year"]) if group(match, "year") else year_for(reference, month, None)
    if year is None or number is None or not valid(year, month, number):
        return Value(None, why=f"no year is told, {NO_DAY}" if year is None else "no such days")
    return Value(iso(year, month, 1), iso(year, month, number), why="the month's first days")


def first_months(match: re.Match[str], reference: Reference) -> Value | None:
    """ "the first nine months of 2013": from January on."""
    number = number_of(match["number"].lower())
    year = when_year(group(match, "when"), reference)
    if year is None:
        return Value(None, why=f"no year is told, {NO_DAY}")
    if number is None or not 1 < number <= 12:
        return None
    return Value(iso(year, 1), iso(year, number), why="the year's first months")


def before_last(match: re.Match[str], reference: Reference) -> Value | None:
    """ "the year before last", "the week after next": two away from the report's."""
    if reference.day is None:
        return Value(None, why=f"“{match[0]}”, {NO_DAY}")
    day, step = reference.day, 2 if group(match, "way") == "after next" else -2
    unit = match["unit"].lower()
    if unit == "year":
        return Value(iso(day.year + step), why=near(reference))
    if unit == "month":
        return Value(iso(*shift_month(day.year, day.month, step)), why=near(reference))
    monday = day - timedelta(day.weekday()) + timedelta(7 * step)
    return Value(monday.isoformat(), (monday + timedelta(6)).isoformat(), why=near(reference))
