"""The patterns of time expressions, in the order in which they are tried.

Each pattern names the kinds of words without which it cannot match, so that a sentence without a month
or a weekday does not pay for the patterns of months and weekdays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.reading import nthdays as count
from dragoman.reading import resolving as day
from dragoman.reading import stretches as stretch
from dragoman.reading import yearparts as year
from dragoman.reading.calendar import MONTHS, SEASONS, WEEKDAYS
from dragoman.reading.feasts import NAMES

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.reading.resolving import Reference, Value

    Resolver = Callable[[re.Match[str], Reference], Value | None]

MONTH = (
    r"(?:"
    + "|".join(name.capitalize() for name in MONTHS)
    + r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
FULL_DAY = "(?:" + "|".join(name.capitalize() for name in WEEKDAYS) + ")"
DAYNAME = rf"(?:{FULL_DAY}|Mon\.|Tues?\.|Wed\.|Thurs?\.|Fri\.|Sat\.|Sun\.)"
_ONES = "one|two|three|four|five|six|seven|eight|nine"
NUMBER = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,4}}|half an?|an?(?: couple of| hundred| few| dozen)?|(?:{_ONES})(?: and a half| hundred)?|ten|"
    r"eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|"
    rf"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ](?:{_ONES}))?|"
    r"several|few|many|some|a number of|dozens of)"
)
UNIT = r"(?:seconds?|minutes?|hours?|days?|weeks?|weekends?|fortnights?|months?|quarters?|years?|decades?|century|centuries)"
ABOUT = r"(?:about |around |nearly |almost |more than |over |some |at least |less than |just |only |roughly |the )?"
YEAR = r"(?:1[5-9]\d\d|20\d\d)"
DD = r"(?:[0-3]?\d)"
TH = r"(?:st|nd|rd|th)?"
_TOLD_YEAR = r"(?:the |that )(?:same|following|next|previous) year|that year"
WHEN = rf"(?:{YEAR}|(?:the )?(?:last|next|this|previous|following|same) year|that year)"
EARLY = r"(?:[Tt]he )?(?:(?:[Ee]arly|[Ll]ate|[Mm]id|[Ee]arlier|[Ll]ater)[- ](?:in )?)?(?:(?:[Tt]he )?(?:very )?(?:[Bb]eginning|[Ss]tart|[Ee]nd|[Mm]iddle|close|turn|course|rest) of )?"
PART = r"(?: (?:morning|afternoon|evening|night|midday|noon))?"
RANGE = r"(?: ?[-–—] ?| to | until | till | through )"
SEASON = "|".join(SEASONS)
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


def exact(needs: str, regex: str, resolve: Resolver | None) -> Pattern:
    return Pattern(frozenset(needs.split()), re.compile(regex), resolve)


def loose(needs: str, regex: str, resolve: Resolver | None) -> Pattern:
    return Pattern(frozenset(needs.split()), re.compile(regex, re.IGNORECASE), resolve)


CLOCK = r"\d{1,2}(?:[:.]\d\d)? ?(?:a\.m\.|p\.m\.|am\b|pm\b)|(?:\d{1,2}:\d\d|\d{4})(?= (?:GMT|UTC|CET|EST|EDT|BST|MSK|local time|hours))|\d{1,2}:\d\d(?!\d)|(?:\d{1,2} )o['’]clock"
ZONE = r"(?:,? \(?(?:GMT|UTC|CET|EST|EDT|BST|MSK|ET|[Ll]ocal time|[Ll]ocal)(?: ?[+-] ?\d{1,2}(?::\d\d)?)?\)?)?"

# -- what looks like a time and is none ------------------------------------------------------------
_NONE = (
    loose("number", r"\b(?:resolutions?|agenda|vision|cop|expo|law|article|flight|boeing|airbus|windows|area|room|highway|act no\.?|no\.|number|protocol|unscr|decree) ?(?:no\.? ?)?\d[\d/-]*\b(?! (?:january|february|march|april|may|june|july|august))", None),
    loose("number", r"\b\d{1,3}[- ]years?[- ](?:olds?|of[- ]age)\b|\baged? (?:between )?\d{1,3}(?: (?:and|to) \d{1,3})?(?! days)\b|\b(?:age|ages) of \d{1,3}\b", None),
    loose("year unit", rf"\b(?:{NUMBER})[- ]years?[- ]old\b", None),
    exact("year", rf"\b{YEAR} (?:Toyota|Honda|Ford|BMW|Mercedes|Nissan|Hyundai|Chevrolet|Volkswagen|Kia|Mazda|Audi|Jeep|Lexus)\b", None),
    exact("weekday", r"\b(?:(?:Black|Bloody|Super|Cyber|Maundy|Ruby) (?:Friday|Sunday|Tuesday|Monday|Thursday|Saturday|Wednesday)|Sunday (?:Times|Telegraph|Mirror|Express|Herald|Mail|Post)|Mail on Sunday|Friday Times)\b", None),
    loose("season", r"\b(?:arab|prague|african|berber|new) spring\b|\bfall (?:of|to|in|by|from)\b", None),
    exact("fixed", r"\b24/7\b", None),
)  # fmt: skip

# -- figures ---------------------------------------------------------------------------------------
_FIGURES = (
    exact("year", r"\b(?P<year>20\d\d|19\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?(?!\d)", day.numeric),
    exact("year", r"\b(?P<year>20\d\d|19\d\d)/(?P<month>\d\d?)/(?P<day>\d\d?)(?![\d/])", day.numeric),
    exact("number", r"\b(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>20\d\d|19\d\d)\b", day.numeric),
    exact("number", r"\b(?P<day>\d{1,2})(?P<slash>/)(?P<month>\d{1,2})/(?P<year>20\d\d|19\d\d|\d\d)\b", day.numeric),
    exact("number", r"\b9/11\b|\b7/7\b", stretch.vague),
)  # fmt: skip
# -- days and months -------------------------------------------------------------------------------
_DAYS = (
    exact("weekday month", rf"\b(?:[Tt]he )?(?P<which>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|[Ll]ast|[Ff]inal) (?P<name>{FULL_DAY}) (?:of|in) (?P<month>{MONTH})(?:,? (?P<year>{YEAR}))?(?!\w)", count.nth_weekday),
    exact("month unit", rf"\b(?:[Tt]he )?first (?P<number>{NUMBER}) days (?:of|in) (?P<month>{MONTH})(?:,? (?P<year>{YEAR}))?(?!\w)", count.first_days),
    loose("unit", rf"\b(?:the )?first (?P<number>{NUMBER}) months of (?P<when>{WHEN}|the year)\b", count.first_months),
    exact("month number", rf"\b(?:(?:[Ff]rom|[Bb]etween) )?(?:{DAYNAME},? )?(?P<day1>{DD}){TH}(?: of)?(?: (?P<month1>{MONTH}))?{RANGE}(?:{DAYNAME},? )?(?P<day>{DD}){TH}(?: of)? (?P<month>{MONTH})(?:,? (?P<year>{YEAR}))?(?!\w)", stretch.days_range),
    exact("month number", rf"\b[Bb]etween (?:the )?(?P<day1>{DD}){TH}(?: (?P<month1>{MONTH}))? and (?:the )?(?P<day>{DD}){TH}(?: of)? (?P<month>{MONTH})(?:,? (?P<year>{YEAR}))?(?!\w)", stretch.days_range),
    exact("month number", rf"\b(?:(?:[Ff]rom|[Bb]etween) )?(?P<month1>{MONTH}) (?P<day1>{DD}){TH}(?:{RANGE}|(?<=\d) and )(?P<month>{MONTH}) (?P<day>{DD}){TH}(?:,? (?P<year>{YEAR}))?(?![\d%:])\b", stretch.days_range),
    exact("month number", rf"\b(?:[Ff]rom )?(?P<month>{MONTH}) (?P<day1>{DD}){TH}{RANGE}(?P<day>{DD}){TH}(?:,? (?P<year>{YEAR}))?(?![\d%:])\b", stretch.days_range),
    exact("month number", rf"\b[Bb]etween (?P<month>{MONTH}) (?P<day1>{DD}){TH} and (?P<day>{DD}){TH}(?:,? (?P<year>{YEAR}))?(?![\d%:])\b", stretch.days_range),
    exact("month number", rf"\b(?P<all>(?P<day>{DD}){TH})(?=(?:, {DD}{TH})*,? (?:and|or) {DD}{TH}(?: of)? (?P<month>{MONTH})(?:,? (?P<year>{YEAR}))?(?!\w))", day.full),
    exact("month number", rf"\b(?P<day>{DD}){TH}(?: of)? (?P<month>{MONTH}),? (?:of |in )?(?P<when>{_TOLD_YEAR})\b", year.day_of_year),
    exact("month number", rf"\b(?P<month>{MONTH}) (?P<day>{DD}){TH},? (?:of |in )?(?P<when>{_TOLD_YEAR})\b", year.day_of_year),
    exact("month number", rf"\b(?:(?P<dayname>{DAYNAME})(?: (?:morning|afternoon|evening|night))?,? (?:on )?\(?(?:the )?)?(?:the )?(?P<day>{DD}){TH}(?: of)? (?P<month>{MONTH})(?:,? (?P<year>{YEAR}))?(?!\w)\)?", day.full),
    exact("month number", rf"\b(?:(?P<dayname>{DAYNAME})(?: (?:morning|afternoon|evening|night))?,? (?:on )?\(?)?(?P<month>{MONTH}) (?P<day>{DD}){TH}(?:,? (?P<year>{YEAR}))?(?![\d%:]|,\d| (?:million|billion|percent))\b", day.full),
    exact("month", rf"\b(?:[Tt]he )?(?P<which>first|second|third|fourth|last|final) week (?:of|in) (?P<month>{MONTH})(?:,? (?P<year>{YEAR}))?\b", stretch.part_of_month),
    exact("month", rf"\b(?:(?:[Ff]rom|[Bb]etween) )?(?P<month1>{MONTH})(?: (?P<year1>{YEAR}))?{RANGE}(?P<month>{MONTH})(?: of|,)? (?P<year>{YEAR})\b", stretch.months_range),
    exact("month", rf"\b(?:[Bb]etween|[Ff]rom) (?P<month1>{MONTH})(?: (?P<year1>{YEAR}))? (?:and|to|until|through) (?P<month>{MONTH})(?:(?: of|,)? (?P<year>{YEAR}))?\b", stretch.months_range),
    exact("month", rf"\b(?P<month1>{MONTH}) through (?P<month>{MONTH})\b(?! \d)", stretch.months_range),
    exact("month year", rf"\b(?P<all>{EARLY}(?P<month>{MONTH}))(?=(?:, {MONTH})*,? (?:and|or) {MONTH} (?P<year>{YEAR})\b)", year.month_year),
    exact("month", rf"\b{EARLY}(?P<month>{MONTH})(?:(?: of|,)? (?P<year>{YEAR})\b(?!,?\d)|,?(?: of| in)? (?P<when>(?:the )?(?:last|next|this|previous|following|same) year|that year)\b)", year.month_year),
)  # fmt: skip
# -- parts of years --------------------------------------------------------------------------------
_YEARS = (
    loose("unit", rf"\b(?:the )?(?:(?:early|late) (?:in )?(?:the )?)?(?P<number>first|second|third|fourth|final|last)[- ](?P<unit>quarter|half)(?: (?:of|in))? (?P<when>{WHEN}|the year)\b", year.quarter),
    loose("unit", r"\b(?:the )?(?P<number>first|second|third|fourth)[- ](?P<unit>quarter)\b(?! of)", year.quarter),
    exact("number", r"\bQ(?P<number>[1-4])(?:(?: of)?,? (?P<when>(?:19|20)\d\d))?\b", year.quarter),
    exact("number", r"\bH(?P<number>[12]) (?P<when>(?:19|20)\d\d)\b", year.half),
    exact("number", r"\bFY ?['’]?(?P<year>20\d\d|\d\d)\b", year.fiscal),
    loose("number", r"\b(?:fiscal|financial) (?:year )?(?P<year>20\d\d)\b", year.fiscal),
    loose("season", rf"\b{EARLY}(?:the )?(?P<season>{SEASON})(?:,? of| in|,)? (?P<when>{WHEN})\b", year.season),
    loose("season", rf"\b(?:late |early |later |earlier )?(?P<which>this|last|next) (?P<season>{SEASON})\b", year.season),
    loose("season", r"\b(?:in|by|during|since|until|late|early|mid)[- ](?:the )?(?P<all>(?P<season>spring|summer|autumn|winter))\b(?! (?:olympic|games|camp|school|palace))", year.season),
    loose("feast", rf"\b(?P<name>{_FEAST})\b(?:,?(?: in| of)? (?P<when>{WHEN}))?", year.feast_day),
    exact("year", rf"\b(?:[Ff]rom |[Bb]etween )?(?P<first>{YEAR})(?:\s?[-–/]\s?| to | until | through )(?P<second>{YEAR}|(?:1[3-9]|[2-9]\d))\b(?!-)", stretch.years_range),
    exact("year", rf"\b[Bb]etween (?P<first>{YEAR}) and (?P<second>{YEAR})\b", stretch.years_range),
    exact("year", r"\b(?P<first>(?:1[5-9]|20)\d\d)[-–](?P<second>(?:0\d|1[0-2]))\b(?!-)", stretch.year_pair),
    loose("number", rf"\b{EARLY}(?P<decade>(?:1[5-9]|20)\d0['’]?s|['’]?[2-9]0s)\b", year.decade),
    loose("decade", rf"\b{EARLY}(?:the )(?P<decade>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)\b", year.decade),
    loose("century", rf"\b{EARLY}(?:the )?(?:late |early |mid-)?(?P<number>(?:1[5-9]|20|21)(?:th|st)|eighteenth|nineteenth|twentieth|twenty-first)[- ]century\b", year.century),
)  # fmt: skip


CALENDAR_PATTERNS = (*_NONE, *_FIGURES, *_DAYS, *_YEARS)
