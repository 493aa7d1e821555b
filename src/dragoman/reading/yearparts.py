"""Months, quarters, seasons, years, centuries and feasts named by their words: more resolvers."""
# ruff: noqa: ARG001 - resolvers share one signature

from __future__ import annotations

import re

from dragoman.reading.calendar import SEASONS, iso, valid
from dragoman.reading.feasts import feast
from dragoman.reading.resolving import (
    NO_DAY,
    Reference,
    Value,
    group,
    month_of,
    near,
    year_for,
    year_why,
)


def month_year(match: re.Match[str], reference: Reference) -> Value | None:
    month = month_of(match)
    if group(match, "year"):
        return Value(iso(int(match["year"]), month), why="month and year are told")
    year = when_year(group(match, "when"), reference)
    if year is None:
        return Value(None, why=f"no year is told, {NO_DAY}")
    told = re.search("same|that|following|previous", group(match, "when").lower())
    counted = f"the year {year}, counted from what was told before"
    return Value(iso(year, month), why=counted if told and reference.anchor else near(reference))


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
    return Value(iso(year, month), why=year_why(reference, year))


def that_month(match: re.Match[str], reference: Reference) -> Value | None:
    """ "That August": of the year told before."""
    if not reference.anchor:
        return Value(None, why="no year was told before")
    year = int(reference.anchor[:4])
    return Value(iso(year, month_of(match)), why=f"the year {year} told before")


def day_of_year(match: re.Match[str], reference: Reference) -> Value | None:
    """ "5 September of the same year"."""
    month, day = month_of(match), int(match["day"])
    year = when_year(match["when"], reference)
    if year is None:
        return Value(None, why="no year was told before")
    if not valid(year, month, day):
        return Value(None, why=f"no such day in {year}")
    return Value(iso(year, month, day), why=f"the year {year}, counted from what was told before")


def when_year(words: str, reference: Reference) -> int | None:
    """The year that "2016", "last year", "the same year" name; None where it cannot be known."""
    words = words.strip().lower()
    if words.isdigit():
        return int(words)
    if "same" in words or "that" in words:
        return int(reference.anchor[:4]) if reference.anchor else None
    if reference.anchor and re.match(r"(?:the )?(?:following|previous)|the next", words):
        # "The following year" follows one that was told; "next year" follows the report's own.
        return int(reference.anchor[:4]) + (-1 if "previous" in words else 1)
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
    return Value(
        iso(1900 + number if number > 30 else 2000 + number), why="the year is told in short"
    )


def decade(match: re.Match[str], reference: Reference) -> Value | None:
    words = match["decade"]
    names = (
        "twenties",
        "thirties",
        "forties",
        "fifties",
        "sixties",
        "seventies",
        "eighties",
        "nineties",
    )
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
    is_half = group(match, "unit") == "half"
    return _part_of_year(
        match, reference, min(number, 2) if is_half else number, 6 if is_half else 3
    )


def half(match: re.Match[str], reference: Reference) -> Value | None:
    """ "H1 2023"."""
    return _part_of_year(match, reference, int(match["number"]), 6)


def _part_of_year(match: re.Match[str], reference: Reference, number: int, length: int) -> Value:
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
