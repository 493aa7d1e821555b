"""Days, weeks, months and years named by their words: the resolvers behind the patterns of dates."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dragoman.reading.calendar import (
    MONTH_NUMBER,
    SEASONS,
    WEEKDAY_NUMBER,
    day_of,
    iso,
    shift_month,
    valid,
    weekday,
)
from dragoman.reading.feasts import feast

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
        return None
    return Value(iso(year_told, month, day), why=_year_why(reference, year_told))


def _year_why(reference: Reference, year: int) -> str:
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
    # A date some weeks ahead told in the past tense is that of the year before; a near one is an
    # announcement whose tense was not seen.
    ahead = _days_apart(here, there)
    limit = 150 if reference.tense == "present" else 45
    return year if ahead <= limit else year - 1


def _days_apart(first: tuple[int, int], second: tuple[int, int]) -> int:
    return (second[0] - first[0]) * 30 + second[1] - first[1]


def numeric(match: re.Match[str], reference: Reference) -> Value | None:
    """ "2016-01-03", "3.1.2016"; between slashes the order of day and month is known only from a
    number above twelve."""
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
    if word == "today" and (
        re.match(r"['’]s (?:world|youth|generation|society|young|era)", reference.after)
        or reference.before.lower().endswith(" of ")
    ):
        return Value(None, why="“today” in the sense of nowadays")
    if reference.day is None:
        return Value(None, why=f"“{match[0]}”, {NO_DAY}")
    if word == "overnight":
        night = reference.day - timedelta(1)
        return Value(night.isoformat(), reference.day.isoformat(), why="the night to the report's day")
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
    elif reference.future or (which == "this" and reference.tense != "past"):
        made = ahead
    elif reference.tense == "present" and (ahead - day) <= (day - back):
        made = ahead
    else:
        made = back
    side = "to come" if made > day else "past"
    return Value(made.isoformat(), why=f"weekday next to the report's day {day}, {side}")


def anchored(match: re.Match[str], reference: Reference) -> Value | None:
    """ "the following day", "the same month", "the year before": counted from what was told before."""
    unit = match["unit"].lower()
    size = {"day": 10, "evening": 10, "morning": 10, "afternoon": 10, "night": 10, "month": 7, "year": 4}
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


# -- months, years -------------------------------------------------------------------------------


def month_year(match: re.Match[str], reference: Reference) -> Value | None:
    month = month_of(match)
    if group(match, "year"):
        return Value(iso(int(match["year"]), month), why="month and year are told")
    year = when_year(group(match, "when"), reference)
    if year is None:
        return Value(None, why=f"no year is told, {NO_DAY}")
    return Value(iso(year, month), why=near(reference))


def month_alone(match: re.Match[str], reference: Reference) -> Value | None:
    month = month_of(match)
    which = group(match, "which")
    year = year_for(reference, month, None)
    if year is None or (which and reference.day is None):
        return Value(None, why=f"no year is told, {NO_DAY}")
    if reference.day is not None:
        here = reference.day
        if which == "last":
            year = here.year - (month >= here.month)
        elif which == "next":
            year = here.year + (month <= here.month)
        elif which == "this":
            year = here.year
    return Value(iso(year, month), why=_year_why(reference, year))


def when_year(words: str, reference: Reference) -> int | None:
    """The year that "2016", "last year", "the same year" name; None where it cannot be known."""
    words = words.strip().lower()
    if words.isdigit():
        return int(words)
    if "same" in words or "that" in words:
        return int(reference.anchor[:4]) if reference.anchor else None
    if reference.day is None:
        return None
    if "last" in words or "previous" in words:
        return reference.day.year - 1
    if "next" in words or "following" in words:
        return reference.day.year + 1
    return reference.day.year


def plain_year(match: re.Match[str], reference: Reference) -> Value | None:
    if re.search(
        r"\b(?:some|about|nearly|almost|than|least|roughly|approximately|estimated|resolution|no\.?|number|article|"
        r"flight|highway|room|page|paragraph|vision|agenda|[$€£])\s?$",
        reference.before,
        re.IGNORECASE,
    ):
        return None
    return Value(match["year"], why="the year is told")


def short_year(match: re.Match[str], reference: Reference) -> Value | None:
    number = int(match["short"])
    return Value(iso(1900 + number if number > 30 else 2000 + number), why="the year is told in short")


def decade(match: re.Match[str], reference: Reference) -> Value | None:
    words = match["decade"]
    names = ("twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties")
    if words.lower() in names:
        start = 1920 + 10 * names.index(words.lower())
    else:
        figures = re.sub(r"\D", "", words)
        start = int(figures) if len(figures) == 4 else 1900 + int(figures)
    return Value(iso(start), iso(start + 9), why="the decade is told")


def century(match: re.Match[str], reference: Reference) -> Value | None:
    words = match["number"].lower()
    ordinals = {"eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21}
    number = ordinals.get(words) or int(re.sub(r"\D", "", words))
    return Value(iso(number * 100 - 99), iso(number * 100), why="the century is told")


def fiscal(match: re.Match[str], reference: Reference) -> Value | None:
    year = int(match["year"])
    year += 2000 if year < 100 else 0
    return Value(iso(year), why="a fiscal year, whose first day differs from land to land")


def quarter(match: re.Match[str], reference: Reference) -> Value | None:
    """ "the third quarter of 2005", "Q3", "the second half of last year"."""
    number = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4, "final": 4}.get(
        match["number"].lower()
    ) or int(match["number"])
    half = group(match, "unit") == "half"
    if half and number > 2:
        number = 2
    length = 6 if half else 3
    first = number * length - length + 1
    if words := group(match, "when"):
        year = when_year(words, reference)
    elif reference.day is not None:
        year = reference.day.year
        if first > reference.day.month and not reference.future:
            year -= 1
    else:
        year = None
    if year is None:
        return Value(None, why=f"no year is told, {NO_DAY}")
    return Value(iso(year, first), iso(year, first + length - 1), why="a part of the year told")


def season(match: re.Match[str], reference: Reference) -> Value | None:
    name = match["season"].lower()
    if words := group(match, "when"):
        year = when_year(words, reference)
        return season_of(name, year) if year else Value(None, why=f"no year is told, {NO_DAY}")
    if reference.day is None:
        return Value(None, why=f"no year is told, {NO_DAY}")
    which = group(match, "which")
    first = SEASONS[name][0]
    year = reference.day.year
    begun = reference.day.month >= first
    if which == "last" or (not which and not reference.future):
        ended = reference.day.month > SEASONS[name][1] if SEASONS[name][1] > first else False
        year -= (not ended) if which == "last" else (not begun)
        if which == "last" and name == "winter":
            year = reference.day.year - 1
    elif which == "next" or reference.future:
        year += begun if which == "next" else reference.day.month > first + 2
    return season_of(name, year)


def season_of(name: str, year: int) -> Value:
    first, last = SEASONS[name]
    return Value(iso(year, first), iso(year + (last < first), last), why="season and year")


def feast_day(match: re.Match[str], reference: Reference) -> Value | None:
    name = match["name"].lower()
    if words := group(match, "when"):
        year = when_year(words, reference)
        found = feast(name, year) if year else None
    else:
        found = None
        if reference.day is not None:
            years = (reference.day.year - 1, reference.day.year, reference.day.year + 1)
            known = [one for year in years if (one := feast(name, year))]
            ahead = [one for one in known if one.last >= reference.day]
            back = [one for one in known if one.first <= reference.day]
            soon = ahead and (ahead[0].first - reference.day).days <= 45
            if reference.future or (soon and reference.tense != "past"):
                found = ahead[0] if ahead else None
            else:
                found = back[-1] if back else None
    if found is None:
        return Value(None, why="a feast whose day is not known")
    end = found.last.isoformat() if found.last != found.first else None
    return Value(found.first.isoformat(), end, why=found.why)
