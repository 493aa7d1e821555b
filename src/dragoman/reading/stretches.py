"""Stretches, lengths of time, what is counted from a day, and what cannot be known: more resolvers."""
# ruff: noqa: ARG001 - resolvers share one signature

from __future__ import annotations

import re
from datetime import date, timedelta

from dragoman.reading.calendar import (
    WEEKDAY_NUMBER,
    day_of,
    iso,
    last_day,
    number_of,
    shift_month,
    valid,
    weekday,
)
from dragoman.reading.resolving import (
    NO_DAY,
    Reference,
    Value,
    group,
    month_of,
    near,
    year_for,
)
from dragoman.reading.yearparts import season_of

_LETTER = {
    "second": "S", "minute": "M", "hour": "H", "day": "D", "week": "W", "weekend": "WE",
    "fortnight": "W", "month": "M", "quarter": "Q", "year": "Y", "decade": "Y", "century": "Y",
}  # fmt: skip
_HALVES = {"year": (6, "month"), "decade": (5, "year"), "century": (50, "year")}
_BOUND = re.compile(r"(?:more than|over|at least|less than)\b", re.IGNORECASE)
TIMES = {"fortnight": 2, "decade": 10, "century": 100}


def unit_of(word: str) -> str:
    word = word.lower()
    return "century" if word.startswith("centur") else word.rstrip("s")


def days_range(match: re.Match[str], reference: Reference) -> Value | None:
    """ "from 12 to 15 May 2024", "May 12-15", "30 May to 2 June"."""
    last_month = month_of(match)
    first_month = month_of(match, "month1") if group(match, "month1") else last_month
    first, last = int(match["day1"]), int(match["day"])
    year = int(match["year"]) if group(match, "year") else year_for(reference, last_month, last)
    if year is None:
        ok = valid(2000, first_month, first) and valid(2000, last_month, last)
        return Value(None, why=f"no year is told, {NO_DAY}") if ok else None
    first_year = year - (first_month > last_month)
    if not (valid(first_year, first_month, first) and valid(year, last_month, last)):
        return None
    begin, end = date(first_year, first_month, first), date(year, last_month, last)
    if end < begin:
        return None
    return Value(begin.isoformat(), end.isoformat(), why="first and last day are told")


def months_range(match: re.Match[str], reference: Reference) -> Value | None:
    first, last = month_of(match, "month1"), month_of(match)
    year = int(match["year"]) if group(match, "year") else year_for(reference, last, None)
    if year is None:
        return Value(None, why=f"no year is told, {NO_DAY}")
    begin = int(match["year1"]) if group(match, "year1") else year - (first > last)
    return Value(iso(begin, first), iso(year, last), why="first and last month are told")


def years_range(match: re.Match[str], reference: Reference) -> Value | None:
    second = match["second"]
    if len(second) == 2:
        second = match["first"][:2] + second
    if second <= match["first"]:
        return None
    return Value(match["first"], second, why="both years are told")


def year_pair(match: re.Match[str], reference: Reference) -> Value | None:
    """ "2010-11" is a pair of years where the second follows the first, else year and month."""
    first, second = int(match["first"]), int(match["second"])
    if (first + 1) % 100 == second:
        return Value(iso(first), iso(first + 1), why="both years are told")
    return Value(iso(first, second), why="year and month are told") if 1 <= second <= 12 else None


def weekdays_range(match: re.Match[str], reference: Reference) -> Value | None:
    """ "from Monday to Thursday"."""
    if reference.day is None:
        return Value(None, why=f"weekdays, {NO_DAY}")
    first = WEEKDAY_NUMBER[match["name1"].rstrip(".").lower()]
    last = WEEKDAY_NUMBER[match["name"].rstrip(".").lower()]
    end = weekday(reference.day, last, direction=1 if reference.future else 0)
    begin = weekday(end, first, direction=-1)
    return Value(begin.isoformat(), end.isoformat(), why=near(reference))


def counted(match: re.Match[str], reference: Reference) -> Value | None:
    """ "two years ago", "three days later", "a month earlier", "ten days from now"."""
    number = number_of(re.sub(r" and a half", "", match["number"].lower()))
    unit = unit_of(match["unit"])
    if _BOUND.match(match[0]):
        return Value(None, why="only a bound is told")
    half = "and a half" in match[0].lower()
    if match["number"].lower().startswith("half"):
        if unit not in _HALVES:
            return Value(None, why="half of it cannot be counted to a day")
        number, unit = _HALVES[unit]
    way = group(match, "way")
    back = 1 if way in {"later", "after", "afterwards", "from now", "from today", "hence"} else -1
    if number is None:
        return Value(None, why="the number is vague")
    if way in {"ago", "from now", "from today", "hence"}:
        if reference.day is None:
            return Value(None, why="counted from a day that is not known")
        return shifted(reference.day.isoformat(), unit, back * number, half=half)
    if reference.anchor is None:
        return Value(None, why="counted from a day that is not known")
    return shifted(reference.anchor, unit, back * number, half=half)


def shifted(origin: str, unit: str, number: int, *, half: bool) -> Value | None:
    why = f"counted from {origin}"
    year = int(origin[:4])
    if unit in {"decade", "century"}:
        number, unit = number * TIMES[unit], "year"
    if unit == "year" and not half:
        return Value(iso(year + number), why=why) if 0 < year + number < 3000 else None
    if unit in {"month", "year"} and len(origin) >= 7:
        months = number * 12 + (6 if number > 0 else -6) if unit == "year" else number
        if abs(months) > 12000:
            return None
        return Value(iso(*shift_month(year, int(origin[5:7]), months)), why=why)
    day = day_of(origin)
    if day is None or abs(number) > 40000:
        return Value(None, why="counted from a date that is not known closely enough")
    if unit == "day":
        return Value((day + timedelta(days=number)).isoformat(), why=why)
    if unit in {"week", "fortnight"}:
        return Value(
            (day + timedelta(days=number * (7 if unit == "week" else 14))).isoformat(), why=why
        )
    if unit == "hour" and abs(number) >= 24:
        hours = abs(number) // 24
        return Value((day + timedelta(days=hours if number > 0 else -hours)).isoformat(), why=why)
    if unit in {"hour", "minute", "second"} and (unit != "hour" or abs(number) <= 3):
        return Value(day.isoformat(), why=why)
    return Value(None, why=f"a {unit} cannot be counted to a day")


def up_to_now(match: re.Match[str], reference: Reference) -> Value | None:
    """ "the past two years", "the last decade", "the next three days": a stretch from or to today."""
    words = group(match, "number")
    number = number_of(words) if words else 1
    if number is None:
        return Value(None, why="the number is vague")
    if reference.day is None:
        return Value(None, why=f"“{match[0]}”, {NO_DAY}")
    unit = unit_of(match["unit"])
    ahead = group(match, "which") in {"next", "coming", "following"}
    step = number if ahead else -number
    day = reference.day
    if unit in {"decade", "century", "year"}:
        other = (
            iso(day.year + step * TIMES.get(unit, 1))
            if day.year + step * TIMES.get(unit, 1) > 0
            else None
        )
    elif unit in {"month", "quarter"}:
        other = iso(*shift_month(day.year, day.month, step * (3 if unit == "quarter" else 1)))
    elif unit in {"day", "week", "fortnight"} and number < 5000:
        other = (
            day + timedelta(days=step * {"day": 1, "week": 7, "fortnight": 14}[unit])
        ).isoformat()
    elif unit == "hour" and number % 24 == 0:
        other = (day + timedelta(days=step // 24)).isoformat()
    else:
        other = None
    if other is None:
        return Value(None, why="no first day can be told")
    here = day.isoformat()
    why = f"a stretch {'from' if ahead else 'up to'} the report's day {day}"
    return Value(here, other, why=why) if ahead else Value(other, here, why=why)


def unit_near(match: re.Match[str], reference: Reference) -> Value | None:
    """ "last week", "this month", "next year", "earlier this year", "the weekend"."""
    unit = match["unit"].lower()
    which = group(match, "which")
    if reference.day is None:
        return Value(None, why=f"“{match[0]}”, {NO_DAY}")
    if "turn of" in match[0].lower():
        return Value(None, why="some years around it")
    step = {
        "last": -1,
        "past": -1,
        "previous": -1,
        "the last": -1,
        "this": 0,
        "the current": 0,
        "the": 0,
        "": 0,
    }.get(which, 1)
    day = reference.day
    if unit == "weekend":
        return _weekend(which, step, reference)
    if unit == "week":
        monday = day - timedelta(days=day.weekday()) + timedelta(days=7 * step)
        return Value(
            monday.isoformat(), (monday + timedelta(days=6)).isoformat(), why=near(reference)
        )
    if unit == "month":
        return Value(iso(*shift_month(day.year, day.month, step)), why=near(reference))
    if unit == "quarter":
        year, first = shift_month(day.year, 1, ((day.month - 1) // 3 + step) * 3)
        return Value(iso(year, first), iso(*shift_month(year, first, 2)), why=near(reference))
    if unit == "decade":
        start = day.year // 10 * 10 + 10 * step
        return Value(iso(start), iso(start + 9), why=near(reference))
    if unit == "century":
        # In common speech "this century" began with 2000.
        start = day.year // 100 * 100 + 100 * step
        return Value(iso(start), iso(start + 99), why=near(reference))
    if unit == "year":
        return Value(iso(day.year + step), why=near(reference))
    return season_of(unit, day.year + step)


def _weekend(which: str, step: int, reference: Reference) -> Value:
    assert reference.day is not None
    day = reference.day
    saturday = day - timedelta(days=(day.weekday() - 5) % 7)
    inside = day.weekday() >= 5
    if which == "this":
        ahead = not inside and (reference.tense in {"future", "present", "open"})
    elif which in {"the", ""}:
        ahead = not inside and reference.future
    else:
        ahead = step > 0
    if ahead:
        saturday += timedelta(7)
    elif step < 0 and inside:
        saturday -= timedelta(7)
    return Value(saturday.isoformat(), (saturday + timedelta(1)).isoformat(), why=near(reference))


def length(match: re.Match[str], reference: Reference) -> Value | None:
    """ "four years", "two-day", "two and a half years", "decades": a length of time, and no date."""
    words = group(match, "number")
    unit = unit_of(match["unit"])
    number = number_of(re.sub(r" and a half", "", words)) if words else None
    if words in {"a", "an"} and match["unit"].lower().endswith("s"):
        number = None  # "a decades-long feud"
    if "half" in words and "and a half" not in words:
        number, unit = {
            "hour": (30, "minute"),
            "year": (6, "month"),
            "century": (50, "year"),
            "decade": (5, "year"),
        }.get(unit, (None, unit))
    letter = _LETTER[unit]
    if number is None:
        amount = "X"
    else:
        amount = str(number * TIMES.get(unit, 1))
        if "and a half" in words:
            amount = f"{number}.5" if unit not in TIMES else str(int((number + 0.5) * TIMES[unit]))
    time = "T" if unit in {"second", "minute", "hour"} else ""
    return Value(f"P{time}{amount}{letter}", kind="duration", why="a length of time")


def again(match: re.Match[str], reference: Reference) -> Value | None:
    """ "every year", "weekly", "on Fridays": what comes again and again."""
    word = match["unit"].lower()
    unit = {
        "annual": "year", "annually": "year", "yearly": "year", "daily": "day", "weekly": "week",
        "monthly": "month", "quarterly": "quarter",
    }.get(word, unit_of(word))  # fmt: skip
    if unit in WEEKDAY_NUMBER:
        return Value(f"XXXX-WXX-{WEEKDAY_NUMBER[unit] + 1}", kind="set", why="told as coming again")
    if unit not in _LETTER:
        return None
    words = group(match, "number")
    number = number_of(words) if words else 1
    return Value(f"P{number or 'X'}{_LETTER[unit]}", kind="set", why="told as coming again")


def part_of_month(match: re.Match[str], reference: Reference) -> Value | None:
    """ "the first week of May": its first seven days; the last week is the last from Monday to Sunday."""
    made = year_for(reference, month_of(match), None)
    year = int(match["year"]) if group(match, "year") else made
    if year is None:
        return Value(None, why=f"no year is told, {NO_DAY}")
    month = month_of(match)
    if group(match, "which") in {"last", "final"}:
        end = date(year, month, last_day(year, month))
        sunday = end - timedelta((end.weekday() + 1) % 7)
        monday = sunday - timedelta(6)
        return Value(monday.isoformat(), sunday.isoformat(), why="the month's last whole week")
    place = {"first": 0, "second": 1, "third": 2, "fourth": 3}[group(match, "which")]
    first = date(year, month, 7 * place + 1)
    return Value(
        first.isoformat(), (first + timedelta(6)).isoformat(), why="seven days of that month"
    )


def clock(match: re.Match[str], reference: Reference) -> Value | None:
    """A time of day, on the day told beside it, else on the report's."""
    if name := group(match, "name"):
        if reference.day is not None and name in {"today", "yesterday", "tomorrow"}:
            shift = {"yesterday": -1, "tomorrow": 1}.get(name, 0)
            made = reference.day + timedelta(shift)
            return Value(made.isoformat(), kind="time", why=near(reference))
        if reference.day is None:
            return Value(None, kind="time", why=f"a weekday, {NO_DAY}")
        number = WEEKDAY_NUMBER[name.rstrip(".")]
        day = weekday(reference.day, number, direction=1 if reference.future else 0)
        return Value(day.isoformat(), kind="time", why=near(reference))
    if reference.clock_day:
        return Value(
            reference.clock_day, kind="time", why=f"on {reference.clock_day}, told with it"
        )
    if reference.day is None:
        return Value(None, kind="time", why=f"a time of day, {NO_DAY}")
    return Value(reference.day.isoformat(), kind="time", why=f"on the report's day {reference.day}")


def vague(match: re.Match[str], reference: Reference) -> Value | None:
    return Value(None, why="no day can be told from these words")
