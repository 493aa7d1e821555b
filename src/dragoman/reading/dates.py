"""Time expressions of a report, resolved against its day, its own dates and the tense of the clause.

Every expression is kept; one that cannot be known ("recently", "Thursday" in a report without a date)
has no value. Nothing is guessed: the reason stands in `why`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dragoman.entries import Moment
from dragoman.reading.calendar import (
    MONTH_NUMBER,
    MONTHS,
    SEASONS,
    WEEKDAY_NUMBER,
    WEEKDAYS,
    day_of,
    iso,
    number_of,
    shift_month,
    valid,
    weekday,
)
from dragoman.spans import cut

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.entries import Precision
    from dragoman.reading.tree import Page, Tree
    from dragoman.spans import Span

_MONTH = (
    r"(?:"
    + "|".join(name.capitalize() for name in MONTHS)
    + (r"|Jan\.?|Feb\.?|Mar\.?|Apr\.?|Jun\.?|Jul\.?|Aug\.?|Sept\.?|Sep\.?|Oct\.?|Nov\.?|Dec\.?)")
)
_DAYNAME = (
    r"(?:"
    + "|".join(name.capitalize() for name in WEEKDAYS)
    + (r"|Mon\.|Tues?\.|Wed\.|Thurs?\.|Fri\.|Sat\.|Sun\.)")
)
_NUMBER = (
    r"(?:\d{1,3}(?:,\d{3})*|an?(?: couple of| hundred)?|half an?|one|two|three|four|five|six|seven|eight|nine|ten|"
    r"eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|"
    r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|"
    r"several|few|a few|many|some)"
)
_UNIT = r"(?:second|minute|hour|day|week|weekend|fortnight|month|quarter|year|decade|century|centurie)s?"
_ABOUT = (
    r"(?:about |around |nearly |almost |more than |over |some |at least |less than |just |only )?"
)
_YEAR = r"(?:1[5-9]\d\d|20\d\d)"
_UNIT_LETTER = {
    "second": "S", "minute": "M", "hour": "H", "day": "D", "week": "W", "weekend": "WE",
    "fortnight": "W", "month": "M", "quarter": "Q", "year": "Y", "decade": "E", "century": "C",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reference:
    """Against what an expression is resolved.

    Attributes:
        day: the report's day; None if it has none.
        anchor: the day last told in the report, for "the following day".
        future: whether the clause tells what is to come.
    """

    day: date | None
    anchor: date | None
    year: int | None
    future: bool


_ANY_DAY = Reference(date(2000, 1, 1), date(2000, 1, 1), 2000, future=False)


@dataclass(frozen=True, slots=True)
class Value:
    """A resolved value: ISO start, ISO end for a stretch, and why."""

    start: str | None
    end: str | None = None
    kind: str = "date"
    why: str = ""


if TYPE_CHECKING:
    Resolver = Callable[[re.Match[str], Reference], Value | None]
    Match = tuple[int, int, re.Match[str], Resolver]


def find_moments(page: Page) -> tuple[Moment, ...]:
    """The time expressions of a report, in the order of the text, longest first at each place."""
    day = day_of(page.report.published)
    made: list[Moment] = []
    anchor: date | None = None
    year: int | None = None
    for tree in page.trees:
        for start, end, match, resolve in _matches(tree.tags.text):
            value = resolve(match, Reference(day, anchor, year, _future(tree, start)))
            if value is None:
                continue
            span = cut(page.report.text, tree.offset + start, tree.offset + end)
            moment = _moment(span, value)
            made.append(moment)
            told = day_of(moment.value)
            if told and moment.kind == "date":
                anchor = told
            if moment.value and moment.kind == "date" and moment.value[:4].isdigit():
                year = int(moment.value[:4])
    return tuple(made)


def _matches(text: str) -> list[Match]:
    """What the patterns find in a sentence, in the order of the words, an earlier pattern first."""
    found: list[Match] = []
    for pattern, resolve in _PATTERNS:
        for match in pattern.finditer(text):
            start, end = match.span("all") if "all" in match.groupdict() else match.span()
            if any(start < right and left < end for left, right, _, _ in found):
                continue
            # A day that does not exist ("30 February") leaves its words to the later patterns.
            if resolve(match, _ANY_DAY) is not None:
                found.append((start, end, match, resolve))
    return sorted(found, key=lambda one: one[:2])


def _moment(span: Span, value: Value) -> Moment:
    precision: Precision = "none"
    if value.start and value.kind in {"date", "time"}:
        precision = {4: "year", 7: "month", 10: "day"}.get(min(len(value.start), 10), "none")  # type: ignore[assignment]
    kind = value.kind if value.kind in {"date", "duration", "set", "time"} else "date"
    return Moment(span, value.start, value.end, precision, kind, value.why)  # type: ignore[arg-type]


def _future(tree: Tree, start: int) -> bool:
    """Whether the clause around a place tells what is to come ("will", "to meet", "plans to")."""
    position = tree.position_at(start)
    if position is None:
        return False
    for above in (position, *tree.ancestors(position)):
        token = tree.tokens[above]
        if token.upos not in {"VERB", "AUX", "NOUN", "ADJ"}:
            continue
        if token.upos in {"NOUN", "ADJ"} and not tree.kids(above, "cop", "aux"):
            continue
        helpers = {tree.tokens[kid].text.lower() for kid in tree.kids(above, "aux", "mark")}
        if helpers & {
            "will",
            "shall",
            "'ll",
            "’ll",
            "would",
            "may",
            "might",
            "could",
            "should",
            "must",
        }:
            return True
        if "to" in helpers:
            governor = tree.tokens[above].head
            lemma = tree.lemma(governor) if governor >= 0 else ""
            return lemma in {
                "", "plan", "expect", "set", "schedule", "due", "intend", "hope", "aim", "agree", "vow",
                "prepare", "want", "promise", "pledge", "slate", "go", "poise", "invite", "decide",
            }  # fmt: skip
        return False
    return False


# -- resolvers -----------------------------------------------------------------------------------


def _full(match: re.Match[str], reference: Reference) -> Value | None:
    """Day, month and year; the year may be left out."""
    month = MONTH_NUMBER[match["month"].rstrip(".").lower()]
    day = int(match["day"])
    if match["year"]:
        year = int(match["year"])
        return Value(iso(year, month, day), why="told in full") if valid(year, month, day) else None
    if reference.day is None:
        if reference.year and valid(reference.year, month, day):
            return Value(
                iso(reference.year, month, day), why=f"the year {reference.year} told before"
            )
        return Value(None, why="no year is told, and the report has no date")
    year = _year_for(reference, month, day)
    if not valid(year, month, day):
        return None
    return Value(iso(year, month, day), why=f"the year next to the report's day {reference.day}")


def _year_for(reference: Reference, month: int, day: int | None) -> int:
    """The year that a month without one means: before the report's day, or after it in the future."""
    assert reference.day is not None
    year = reference.day.year
    here = (reference.day.month, reference.day.day)
    there = (month, day or reference.day.day)
    if reference.future:
        return year if there >= here else year + 1
    if there <= here:
        return year
    # A date some weeks ahead told in the past tense is that of the year before; a near one is an
    # announcement whose tense was not seen.
    ahead = (month - reference.day.month) * 30 + (day or 15) - reference.day.day
    return year if ahead <= 45 else year - 1


def _numeric(match: re.Match[str], reference: Reference) -> Value | None:
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    if month > 12 >= day:
        month, day = day, month
    return Value(iso(year, month, day), why="told in full") if valid(year, month, day) else None


def _month_year(match: re.Match[str], reference: Reference) -> Value | None:
    month = MONTH_NUMBER[match["month"].rstrip(".").lower()]
    return Value(iso(int(match["year"]), month), why="month and year are told")


def _month(match: re.Match[str], reference: Reference) -> Value | None:
    name = match["month"].rstrip(".").lower()
    month = MONTH_NUMBER[name]
    which = (match["which"] or "").lower()
    if reference.day is None:
        if reference.year and not which:
            return Value(iso(reference.year, month), why=f"the year {reference.year} told before")
        return Value(None, why="no year is told, and the report has no date")
    year = _year_for(reference, month, None)
    if which == "last" and month >= reference.day.month:
        year = reference.day.year - 1
    elif which == "next":
        year = reference.day.year + (month <= reference.day.month)
    return Value(iso(year, month), why=f"the year next to the report's day {reference.day}")


def _plain_year(match: re.Match[str], reference: Reference) -> Value | None:
    return Value(match["year"], why="the year is told")


def _years(match: re.Match[str], reference: Reference) -> Value | None:
    second = match["second"]
    if len(second) == 2:
        second = match["first"][:2] + second
    return (
        Value(match["first"], second, why="both years are told")
        if second >= match["first"]
        else None
    )


def _decade(match: re.Match[str], reference: Reference) -> Value | None:
    start = int(match["decade"][:4] if len(match["decade"]) > 3 else "19" + match["decade"][:2])
    return Value(iso(start), iso(start + 9), why="the decade is told")


def _weekday(match: re.Match[str], reference: Reference) -> Value | None:
    if reference.day is None:
        return Value(None, why="a weekday, and the report has no date")
    number = WEEKDAY_NUMBER[match["name"].rstrip(".").lower()]
    which = (match["which"] or "").lower()
    direction = (
        1 if which in {"next", "coming", "this coming"} or (not which and reference.future) else 0
    )
    if which in {"last", "past", "previous"}:
        direction = -1
    made = weekday(reference.day, number, direction=direction)
    if which in {"next", "coming"} and made == reference.day:
        made += timedelta(days=7)
    tense = "to come" if direction > 0 else "past"
    return Value(made.isoformat(), why=f"weekday next to the report's day {reference.day}, {tense}")


def _near_day(match: re.Match[str], reference: Reference) -> Value | None:
    word = match["word"].lower()
    if reference.day is None:
        return Value(None, why=f"“{word}”, and the report has no date")
    shift = {"yesterday": -1, "tomorrow": 1}.get(word.split()[0], 0)
    if "day before yesterday" in word:
        shift = -2
    elif "day after tomorrow" in word:
        shift = 2
    elif word == "last night":
        shift = -1
    made = reference.day + timedelta(days=shift)
    return Value(made.isoformat(), why=f"against the report's day {reference.day}")


def _ago(match: re.Match[str], reference: Reference) -> Value | None:
    number = number_of(match["number"])
    unit = match["unit"].lower().rstrip("s")
    origin = reference.day
    back = -1
    way = (match["way"] or "").lower()
    if way in {"later", "earlier", "before", "after", "afterwards"}:
        origin = reference.anchor
        back = 1 if way in {"later", "after", "afterwards"} else -1
    if way in {"from now", "hence"}:
        back = 1
    if number is None:
        return Value(None, why="the number is vague")
    if origin is None:
        return Value(None, why="counted from a day that is not known")
    return _shifted(origin, unit, back * number, half="half" in match["number"].lower())


def _shifted(origin: date, unit: str, number: int, *, half: bool = False) -> Value | None:
    why = f"counted from {origin}"
    if unit == "day":
        return Value((origin + timedelta(days=number)).isoformat(), why=why)
    if unit in {"hour", "minute", "second"}:
        return Value(origin.isoformat(), why=why)
    if unit in {"week", "fortnight"}:
        days = number * (7 if unit == "week" else 14)
        return Value((origin + timedelta(days=days)).isoformat(), why=why)
    if unit == "month":
        return Value(iso(*shift_month(origin.year, origin.month, number)), why=why)
    if unit == "year":
        return Value(iso(origin.year + number), why=why) if origin.year + number > 0 else None
    if unit == "decade":
        return Value(iso(origin.year + 10 * number), why=why)
    return Value(None, why=f"a {unit} is too wide to count from")


def _unit_near(match: re.Match[str], reference: Reference) -> Value | None:
    """ "last week", "this month", "next year", "earlier this year", "late last month"."""
    unit = match["unit"].lower()
    which = match["which"].lower()
    if reference.day is None:
        return Value(None, why=f"“{match[0]}”, and the report has no date")
    step = {"last": -1, "past": -1, "previous": -1, "this": 0, "the current": 0}.get(which, 1)
    why = f"against the report's day {reference.day}"
    day = reference.day
    if unit == "week":
        monday = day - timedelta(days=day.weekday()) + timedelta(days=7 * step)
        return Value(monday.isoformat(), (monday + timedelta(days=6)).isoformat(), "date", why)
    if unit == "weekend":
        saturday = day - timedelta(days=(day.weekday() - 5) % 7)
        if step >= 0:
            saturday += timedelta(days=7 * (step if day.weekday() >= 5 or step else 0))
        return Value(saturday.isoformat(), (saturday + timedelta(days=1)).isoformat(), "date", why)
    if unit == "month":
        return Value(iso(*shift_month(day.year, day.month, step)), why=why)
    if unit == "quarter":
        quarter = (day.month - 1) // 3 + step
        year, first = shift_month(day.year, 1, quarter * 3)
        return Value(iso(year, first), iso(*shift_month(year, first, 2)), "date", why)
    if unit in SEASONS:
        return _season(unit, day.year + step)
    if unit == "decade":
        start = day.year // 10 * 10 + 10 * step
        return Value(iso(start), iso(start + 9), "date", why)
    if unit == "night":
        return Value((day + timedelta(days=min(step, 0))).isoformat(), why=why)
    if unit == "year":
        return Value(iso(day.year + step), why=why)
    return Value(None, why="too wide to tell")


def _season(name: str, year: int) -> Value:
    first, last = SEASONS[name]
    return Value(iso(year, first), iso(year + (last < first), last), "date", "season and year")


def _season_year(match: re.Match[str], reference: Reference) -> Value | None:
    return _season(match["season"].lower(), int(match["year"]))


def _quarter(match: re.Match[str], reference: Reference) -> Value | None:
    number = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1": 1, "2": 2, "3": 3, "4": 4}[
        match["number"].lower()
    ]
    year = int(match["year"]) if match["year"] else None
    if year is None:
        if reference.day is None:
            return Value(None, why="no year is told, and the report has no date")
        year = reference.day.year
        if number * 3 - 2 > reference.day.month and not reference.future:
            year -= 1
    first = number * 3 - 2
    return Value(iso(year, first), iso(year, first + 2), "date", "quarter and year")


def _anchored(match: re.Match[str], reference: Reference) -> Value | None:
    """ "the following day", "the next day", "the day before", "the same day"."""
    if reference.anchor is None:
        return Value(None, why="no day was told before it")
    word = match["word"].lower()
    shift = 0
    if any(part in word for part in ("following", "next", "after")):
        shift = 1
    elif any(part in word for part in ("previous", "before")):
        shift = -1
    made = reference.anchor + timedelta(days=shift)
    return Value(made.isoformat(), why=f"counted from {reference.anchor}, told before")


def _vague(match: re.Match[str], reference: Reference) -> Value | None:
    return Value(None, why="no day can be told from these words")


def _duration(match: re.Match[str], reference: Reference) -> Value | None:
    number = number_of(match["number"])
    unit = match["unit"].lower()
    unit = "century" if unit.startswith("centur") else unit.rstrip("s")
    amount = "X" if number is None else str(number)
    letter = _UNIT_LETTER[unit]
    if unit == "fortnight" and number is not None:
        amount = str(number * 2)
    if unit == "decade" and number is not None:
        amount, letter = str(number * 10), "Y"
    if unit == "century" and number is not None:
        amount, letter = str(number * 100), "Y"
    time = "T" if letter in {"S", "H"} or unit == "minute" else ""
    return Value(f"P{time}{amount}{letter}", kind="duration", why="a length of time")


def _clock(match: re.Match[str], reference: Reference) -> Value | None:
    if reference.day is None:
        return Value(None, kind="time", why="a time of day, and the report has no date")
    return Value(reference.day.isoformat(), kind="time", why=f"on the report's day {reference.day}")


def _holiday(match: re.Match[str], reference: Reference) -> Value | None:
    month, day = {
        "christmas day": (12, 25), "christmas": (12, 25), "christmas eve": (12, 24),
        "new year's day": (1, 1), "new year’s day": (1, 1), "new year's eve": (12, 31),
        "new year’s eve": (12, 31), "may day": (5, 1),
    }[match["name"].lower()]  # fmt: skip
    year = int(match["year"]) if match["year"] else None
    if year is None:
        if reference.day is None:
            return Value(None, why="no year is told, and the report has no date")
        year = _year_for(reference, month, day)
    return Value(iso(year, month, day), why="a feast on a fixed day")


def _p(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _i(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


# Tried in this order; what an earlier pattern has taken is not read again.
_PATTERNS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Reference], Value | None]], ...] = (
    (_p(r"\b(?P<year>20\d\d|19\d\d)-(?P<month>\d\d)-(?P<day>\d\d)\b"), _numeric),
    (_p(r"\b(?P<day>\d{1,2})[./](?P<month>\d{1,2})[./](?P<year>20\d\d|19\d\d)\b"), _numeric),
    (_p(rf"\b(?:{_DAYNAME},? (?:the )?)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month>{_MONTH})(?:,? (?P<year>{_YEAR}))?(?!\w)"), _full),
    (_p(rf"\b(?:{_DAYNAME},? )?(?P<month>{_MONTH}) (?P<day>[0-3]?\d)(?:st|nd|rd|th)?(?:,? (?P<year>{_YEAR}))?(?![\d%:]| (?:million|billion|percent))\b"), _full),
    (_p(rf"\b(?:(?:early|late|mid)[- ])?(?P<month>{_MONTH})(?: of|,)? (?P<year>{_YEAR})\b"), _month_year),
    (_i(r"\b(?:the )?(?P<number>first|second|third|fourth) quarter(?: of)?(?: (?P<year>(?:19|20)\d\d))?\b"), _quarter),
    (_p(r"\bQ(?P<number>[1-4])(?:,? (?P<year>(?:19|20)\d\d))?\b"), _quarter),
    (_i(rf"\b(?P<season>spring|summer|autumn|fall|winter)(?: of)? (?P<year>{_YEAR})\b"), _season_year),
    (_i(r"\b(?P<name>christmas eve|christmas day|christmas|new year['’]s (?:day|eve)|may day)(?:,? (?P<year>(?:19|20)\d\d))?\b"), _holiday),
    (_p(rf"\b(?P<first>{_YEAR})\s?(?:-|–|to|and)\s?(?P<second>{_YEAR}|\d\d)\b(?!-)"), _years),
    (_p(r"\b(?:early |late |mid-|the )?(?P<decade>(?:1[5-9]|20)\d0['’]?s|[2-9]0s)\b"), _decade),
    (_i(rf"\b{_ABOUT}(?P<number>{_NUMBER})(?: more)? (?P<unit>{_UNIT})(?:['’])? (?P<way>ago|earlier|later|before|afterwards|after|from now|hence)\b(?! (?:the|a|an|he|she|it|they|being|his|her|its)\b)"), _ago),
    (_i(r"\b(?P<word>the day before yesterday|the day after tomorrow|yesterday|today|tomorrow|tonight|last night)\b"), _near_day),
    (_p(rf"\b(?P<which>[Ll]ast|[Nn]ext|[Tt]his|[Pp]ast|[Cc]oming|[Tt]his coming|[Pp]revious)? ?(?P<name>{_DAYNAME})(?: (?:morning|afternoon|evening|night))?(?!\w)"), _weekday),
    (_i(r"\b(?P<word>(?:the )?(?:following|next|previous|same) day|the day (?:before|after)|that (?:same )?day|a day (?:after|before))\b"), _anchored),
    (_i(r"\b(?:earlier |later |late |early )?(?P<which>last|this|next|past|previous|the coming|the following|the current) (?P<unit>week|weekend|month|quarter|year|decade|spring|summer|autumn|fall|winter|night)\b"), _unit_near),
    (_p(rf"\b(?:[Tt]his |(?P<which>[Ll]ast|[Nn]ext) |[Ii]n |[Ss]ince |[Dd]uring |[Bb]y |[Uu]ntil |[Ll]ate |[Ee]arly |[Mm]id-|[Ff]rom |[Tt]o |[Oo]f |[Tt]hrough )(?P<all>(?P<month>{_MONTH}))(?!\w)"), _month),
    (_i(r"\b(?:recently|lately|in recent (?:days|weeks|months|years|decades)|in the (?:last|past) few (?:days|weeks|months|years)|nowadays|now|currently|at present|until recently|the (?:recent )?past|the (?:near )?future|soon|in the coming (?:days|weeks|months|years)|(?:in )?the coming (?:days|weeks|months|years))\b"), _vague),
    (_i(rf"\b{_ABOUT}(?P<number>{_NUMBER})[- ](?P<unit>{_UNIT})(?:['’-](?:long|old))?(?!\w)"), _duration),
    (_p(r"\b\d{1,2}(?::\d\d)? ?(?:a\.m\.|p\.m\.|am\b|pm\b|GMT|UTC|local time)"), _clock),
    (_p(rf"(?<![\d.,$€£/-])\b(?P<year>{_YEAR})\b(?![\d,.]*\d|-\d|%| (?:people|troops|soldiers|men|women|dollars|million|tons|tonnes|km|kilomet|miles|barrels|meters|metres))"), _plain_year),
)  # fmt: skip
