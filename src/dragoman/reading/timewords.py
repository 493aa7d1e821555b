"""The patterns of time expressions, in the order in which they are tried.

Each pattern names the kinds of words without which it cannot match, so that a sentence without a month
or a weekday does not pay for the patterns of months and weekdays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.reading import resolving as day
from dragoman.reading import stretches as stretch
from dragoman.reading.calendar import MONTHS, NUMBERS, SEASONS, WEEKDAYS
from dragoman.reading.feasts import NAMES

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.reading.resolving import Reference, Value

    Resolver = Callable[[re.Match[str], Reference], Value | None]

_MONTH = (
    r"(?:"
    + "|".join(name.capitalize() for name in MONTHS)
    + r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
_FULL_DAY = "(?:" + "|".join(name.capitalize() for name in WEEKDAYS) + ")"
_DAYNAME = rf"(?:{_FULL_DAY}|Mon\.|Tues?\.|Wed\.|Thurs?\.|Fri\.|Sat\.|Sun\.)"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_NUMBER = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,4}}|half an?|an?(?: couple of| hundred| few| dozen)?|(?:{_ONES})(?: and a half| hundred)?|ten|"
    r"eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|"
    rf"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:{_ONES}))?|"
    r"several|few|many|some|a number of|dozens of)"
)
_UNIT = r"(?:seconds?|minutes?|hours?|days?|weeks?|weekends?|fortnights?|months?|quarters?|years?|decades?|century|centuries)"
_ABOUT = r"(?:about |around |nearly |almost |more than |over |some |at least |less than |just |only |roughly |the )?"
_YEAR = r"(?:1[5-9]\d\d|20\d\d)"
_DD = r"(?:[0-3]?\d)"
_TH = r"(?:st|nd|rd|th)?"
_WHEN = rf"(?:{_YEAR}|(?:the )?(?:last|next|this|previous|following|same) year|that year)"
_EARLY = r"(?:[Tt]he )?(?:(?:[Ee]arly|[Ll]ate|[Mm]id|[Ee]arlier|[Ll]ater)[- ](?:in )?)?(?:(?:[Tt]he )?(?:very )?(?:[Bb]eginning|[Ss]tart|[Ee]nd|[Mm]iddle|close|turn|course|rest) of )?"
_PART = r"(?: (?:morning|afternoon|evening|night|midday|noon))?"
_RANGE = r"(?: ?[-–—] ?| to | until | till | through )"
_SEASON = "|".join(SEASONS)
_FEAST = "|".join(re.escape(name) for name in NAMES)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A pattern, the kinds of words it cannot do without, and who resolves what it finds.

    A pattern without a resolver takes its words away from those after it. A group ``all`` is the
    expression where the pattern also looks at words around it.
    """

    needs: frozenset[str]
    regex: re.Pattern[str]
    resolve: Resolver | None


def _p(needs: str, regex: str, resolve: Resolver | None) -> Pattern:
    return Pattern(frozenset(needs.split()), re.compile(regex), resolve)


def _i(needs: str, regex: str, resolve: Resolver | None) -> Pattern:
    return Pattern(frozenset(needs.split()), re.compile(regex, re.IGNORECASE), resolve)


_CLOCK = r"\d{1,2}(?:[:.]\d\d)? ?(?:a\.m\.|p\.m\.|am\b|pm\b)|(?:\d{1,2}:\d\d|\d{4})(?= (?:GMT|UTC|CET|EST|EDT|BST|MSK|local time|hours))|\d{1,2}:\d\d(?!\d)|(?:\d{1,2} )o['’]clock"
_ZONE = r"(?:,? \(?(?:GMT|UTC|CET|EST|EDT|BST|MSK|ET|[Ll]ocal time|[Ll]ocal)(?: ?[+-] ?\d{1,2}(?::\d\d)?)?\)?)?"

# -- what looks like a time and is none ------------------------------------------------------------
_NONE = (
    _i("number", r"\b(?:resolutions?|agenda|vision|cop|expo|law|article|flight|boeing|airbus|windows|area|room|highway|act no\.?|no\.|number|protocol|unscr|decree) ?(?:no\.? ?)?\d[\d/-]*\b(?! (?:january|february|march|april|may|june|july|august))", None),
    _i("number", r"\b\d{1,3}[- ]years?[- ](?:olds?|of[- ]age)\b|\baged? (?:between )?\d{1,3}(?: (?:and|to) \d{1,3})?(?! days)\b|\b(?:age|ages) of \d{1,3}\b", None),
    _i("year unit", rf"\b(?:{_NUMBER})[- ]years?[- ]old\b", None),
    _p("year", rf"\b{_YEAR} (?:Toyota|Honda|Ford|BMW|Mercedes|Nissan|Hyundai|Chevrolet|Volkswagen|Kia|Mazda|Audi|Jeep|Lexus)\b", None),
    _p("weekday", r"\b(?:(?:Black|Bloody|Super|Cyber|Maundy|Ruby) (?:Friday|Sunday|Tuesday|Monday|Thursday|Saturday|Wednesday)|Sunday (?:Times|Telegraph|Mirror|Express|Herald|Mail|Post)|Mail on Sunday|Friday Times)\b", None),
    _i("season", r"\b(?:arab|prague|african|berber|new) spring\b|\bfall (?:of|to|in|by|from)\b", None),
    _p("fixed", r"\b24/7\b", None),
)  # fmt: skip

# -- figures ---------------------------------------------------------------------------------------
_FIGURES = (
    _p("year", r"\b(?P<year>20\d\d|19\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?(?!\d)", day.numeric),
    _p("number", r"\b(?P<day>\d{1,2})(?:\.(?P<month>\d{1,2})\.|(?P<slash>/)(?P<month2>\d{1,2})/)(?P<year>20\d\d|19\d\d|\d\d)\b", None),
    _p("number", r"\b9/11\b|\b7/7\b", stretch.vague),
)  # fmt: skip
_FIGURES = (
    _FIGURES[0],
    _p("number", r"\b(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>20\d\d|19\d\d)\b", day.numeric),
    _p("number", r"\b(?P<day>\d{1,2})(?P<slash>/)(?P<month>\d{1,2})/(?P<year>20\d\d|19\d\d|\d\d)\b", day.numeric),
    _FIGURES[2],
)

# -- days and months -------------------------------------------------------------------------------
_DAYS = (
    _p("month number", rf"\b(?:(?:[Ff]rom|[Bb]etween) )?(?:{_DAYNAME},? )?(?P<day1>{_DD}){_TH}(?: of)?(?: (?P<month1>{_MONTH}))?{_RANGE}(?:{_DAYNAME},? )?(?P<day>{_DD}){_TH}(?: of)? (?P<month>{_MONTH})(?:,? (?P<year>{_YEAR}))?(?!\w)", stretch.days_range),
    _p("month number", rf"\b[Bb]etween (?:the )?(?P<day1>{_DD}){_TH}(?: (?P<month1>{_MONTH}))? and (?:the )?(?P<day>{_DD}){_TH}(?: of)? (?P<month>{_MONTH})(?:,? (?P<year>{_YEAR}))?(?!\w)", stretch.days_range),
    _p("month number", rf"\b(?:(?:[Ff]rom|[Bb]etween) )?(?P<month1>{_MONTH}) (?P<day1>{_DD}){_TH}(?:{_RANGE}|(?<=\d) and )(?P<month>{_MONTH}) (?P<day>{_DD}){_TH}(?:,? (?P<year>{_YEAR}))?(?![\d%:])\b", stretch.days_range),
    _p("month number", rf"\b(?:[Ff]rom )?(?P<month>{_MONTH}) (?P<day1>{_DD}){_TH}{_RANGE}(?P<day>{_DD}){_TH}(?:,? (?P<year>{_YEAR}))?(?![\d%:])\b", stretch.days_range),
    _p("month number", rf"\b[Bb]etween (?P<month>{_MONTH}) (?P<day1>{_DD}){_TH} and (?P<day>{_DD}){_TH}(?:,? (?P<year>{_YEAR}))?(?![\d%:])\b", stretch.days_range),
    _p("month number", rf"\b(?P<all>(?P<day>{_DD}){_TH})(?=(?:, {_DD}{_TH})*,? (?:and|or) {_DD}{_TH}(?: of)? (?P<month>{_MONTH})(?:,? (?P<year>{_YEAR}))?(?!\w))", day.full),
    _p("month number", rf"\b(?:(?P<dayname>{_DAYNAME})(?: (?:morning|afternoon|evening|night))?,? (?:on )?\(?(?:the )?)?(?:the )?(?P<day>{_DD}){_TH}(?: of)? (?P<month>{_MONTH})(?:,? (?P<year>{_YEAR}))?(?!\w)\)?", day.full),
    _p("month number", rf"\b(?:(?P<dayname>{_DAYNAME})(?: (?:morning|afternoon|evening|night))?,? (?:on )?\(?)?(?P<month>{_MONTH}) (?P<day>{_DD}){_TH}(?:,? (?P<year>{_YEAR}))?(?![\d%:]|,\d| (?:million|billion|percent))\b", day.full),
    _p("month", rf"\b(?:[Tt]he )?(?P<which>first|second|third|fourth|last|final) week (?:of|in) (?P<month>{_MONTH})(?:,? (?P<year>{_YEAR}))?\b", stretch.part_of_month),
    _p("month", rf"\b(?:(?:[Ff]rom|[Bb]etween) )?(?P<month1>{_MONTH})(?: (?P<year1>{_YEAR}))?{_RANGE}(?P<month>{_MONTH})(?: of|,)? (?P<year>{_YEAR})\b", stretch.months_range),
    _p("month", rf"\b(?:[Bb]etween (?P<month1>{_MONTH})(?: (?P<year1>{_YEAR}))? and|[Ff]rom (?P<month2>{_MONTH}) (?:to|until|through)) (?P<month>{_MONTH})(?:(?: of|,)? (?P<year>{_YEAR}))?\b", None),
    _p("month year", rf"\b(?P<all>{_EARLY}(?P<month>{_MONTH}))(?=(?:, {_MONTH})*,? (?:and|or) {_MONTH} (?P<year>{_YEAR})\b)", day.month_year),
    _p("month", rf"\b{_EARLY}(?P<month>{_MONTH})(?:(?: of|,)? (?P<year>{_YEAR})\b(?!,?\d)|,?(?: of| in)? (?P<when>(?:the )?(?:last|next|this|previous|following|same) year|that year)\b)", day.month_year),
)  # fmt: skip
_DAYS = tuple(
    one
    if "month2" not in one.regex.groupindex
    else _p("month", rf"\b(?:[Bb]etween|[Ff]rom) (?P<month1>{_MONTH})(?: (?P<year1>{_YEAR}))? (?:and|to|until|through) (?P<month>{_MONTH})(?:(?: of|,)? (?P<year>{_YEAR}))?\b", stretch.months_range)
    for one in _DAYS
)

# -- parts of years --------------------------------------------------------------------------------
_YEARS = (
    _i("unit", rf"\b(?:the )?(?:(?:early|late) (?:in )?(?:the )?)?(?P<number>first|second|third|fourth|final|last)[- ](?P<unit>quarter|half)(?: (?:of|in))? (?P<when>{_WHEN}|the year)\b", day.quarter),
    _i("unit", r"\b(?:the )?(?P<number>first|second|third|fourth)[- ](?P<unit>quarter)\b(?! of)", day.quarter),
    _p("number", r"\bQ(?P<number>[1-4])(?:(?: of)?,? (?P<when>(?:19|20)\d\d))?\b", day.quarter),
    _p("number", r"\bH(?P<number>[12]) (?P<when>(?:19|20)\d\d)(?P<unit>)\b", day.quarter),
    _p("number", r"\bFY ?['’]?(?P<year>20\d\d|\d\d)\b|\b[Ff](?:iscal|inancial) (?:year )?(?P<year2>20\d\d)\b", None),
    _i("season", rf"\b{_EARLY}(?:the )?(?P<season>{_SEASON})(?:,? of| in|,)? (?P<when>{_WHEN})\b", day.season),
    _i("season", rf"\b(?:late |early |later |earlier )?(?P<which>this|last|next) (?P<season>{_SEASON})\b", day.season),
    _i("season", rf"\b(?:in|by|during|since|until|late|early|mid)[- ](?:the )?(?P<all>(?P<season>spring|summer|autumn|winter))\b(?! (?:olympic|games|camp|school|palace))", day.season),
    _i("feast", rf"\b(?P<name>{_FEAST})\b(?:,?(?: in| of)? (?P<when>{_WHEN}))?", day.feast_day),
    _p("year", rf"\b(?:[Ff]rom |[Bb]etween )?(?P<first>{_YEAR})(?:\s?[-–/]\s?| to | until | through )(?P<second>{_YEAR}|(?:1[3-9]|[2-9]\d))\b(?!-)", stretch.years_range),
    _p("year", rf"\b[Bb]etween (?P<first>{_YEAR}) and (?P<second>{_YEAR})\b", stretch.years_range),
    _p("year", r"\b(?P<first>(?:1[5-9]|20)\d\d)[-–](?P<second>(?:0\d|1[0-2]))\b(?!-)", None),
    _i("number", rf"\b{_EARLY}(?P<decade>(?:1[5-9]|20)\d0['’]?s|['’]?[2-9]0s)\b", day.decade),
    _i("decade", rf"\b{_EARLY}(?:the )(?P<decade>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b", day.decade),
    _i("century", rf"\b{_EARLY}(?:the )?(?:late |early |mid-)?(?P<number>(?:1[5-9]|20|21)(?:th|st)|eighteenth|nineteenth|twentieth|twenty-first)[- ]century\b", day.century),
)  # fmt: skip


def _fiscal(match: re.Match[str], reference: Reference) -> Value | None:
    return day.fiscal(match, reference)


def _year_pair(match: re.Match[str], reference: Reference) -> Value | None:
    """ "2010-11" is a pair of years where the second follows the first, else year and month."""
    from dragoman.reading.resolving import Value as Made

    first, second = int(match["first"]), int(match["second"])
    if (first + 1) % 100 == second:
        return Made(str(first), str(first + 1), why="both years are told")
    return Made(f"{first}-{second:02d}", why="year and month are told") if 1 <= second <= 12 else None


def _mended(patterns: tuple[Pattern, ...]) -> tuple[Pattern, ...]:
    made: list[Pattern] = []
    for one in patterns:
        if "year2" in one.regex.groupindex:
            made.append(_p("number", r"\bFY ?['’]?(?P<year>20\d\d|\d\d)\b", _fiscal))
            made.append(_i("number", r"\b(?:fiscal|financial) (?:year )?(?P<year>20\d\d)\b", _fiscal))
        elif one.resolve is None and "second" in one.regex.groupindex:
            made.append(Pattern(one.needs, one.regex, _year_pair))
        else:
            made.append(one)
    return tuple(made)


_YEARS = _mended(_YEARS)
