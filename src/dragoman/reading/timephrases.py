"""The patterns of what is told against another day: weekdays, "last week", "two years ago", "later"."""

from __future__ import annotations

from dragoman.reading import nthdays as count
from dragoman.reading import resolving as day
from dragoman.reading import stretches as stretch
from dragoman.reading import yearparts as year
from dragoman.reading.timewords import (
    ABOUT,
    CALENDAR_PATTERNS,
    CLOCK,
    DAYNAME,
    EARLY,
    FULL_DAY,
    MONTH,
    NUMBER,
    PART,
    SEASON,
    UNIT,
    YEAR,
    ZONE,
    Pattern,
    exact,
    loose,
)

_COUNTED = rf"{ABOUT}(?P<number>{NUMBER})(?: and a half)?(?: more)? (?P<unit>{UNIT})"
_BEFORE_MONTH = (
    r"(?:[Ii]n|[Ss]ince|[Dd]uring|[Bb]y|[Uu]ntil|[Tt]ill|[Ff]rom|[Tt]o|[Oo]f|[Tt]hrough|[Ff]or|[Bb]efore|[Aa]fter|"
    r"[Ll]ate|[Ee]arly|[Ee]arlier|[Ll]ater|[Bb]etween|[Tt]hroughout|[Bb]ack in|[Tt]his|[Ee]very) |[Mm]id-"
)
_CLOCKS = (
    exact("clock", rf"\b(?:{CLOCK}){ZONE}(?:,? (?:on )?(?P<name>{FULL_DAY}|today|yesterday|tomorrow)\b)", stretch.clock),
    exact("clock", rf"\b(?:{CLOCK}){ZONE}", stretch.clock),
    loose("clock", r"\b(?:at|by|before|until|around|from) (?P<all>midnight|noon|dawn|dusk|midday)\b", stretch.clock),
)  # fmt: skip

_COUNTS = (
    loose("unit vague", r"\bthe (?P<unit>week|month|year) (?P<way>before last|after next)\b", count.before_last),
    loose("unit way near", rf"\b{ABOUT}(?P<number>{NUMBER}) (?P<unit>{UNIT}) ago (?P<mark>today|this week|this month)\b", count.to_the_day),
    loose("unit way", rf"\b{ABOUT}(?P<number>{NUMBER}) (?P<unit>{UNIT}) ago (?P<mark>this week|this month)\b", count.to_the_day),
    exact("weekday way", rf"\b(?P<number>[Tt]wo|[Tt]hree|[Ff]our|\d) (?P<name>{FULL_DAY}s) (?P<way>ago)\b", count.weekday_counted),
    exact("weekday unit", rf"\b(?P<number>[Aa]|[Oo]ne|[Tt]wo|[Tt]hree) (?P<unit>weeks?) (?P<way>ago) (?:on )?(?P<name>{FULL_DAY})\b", count.weekday_counted),
    exact("weekday unit", rf"\b(?P<number>[Aa]|[Oo]ne|[Tt]wo|[Tt]hree) (?P<unit>weeks?) (?:from|on) (?P<name>{FULL_DAY})\b", count.weekday_counted),
    exact("weekday unit", rf"\b(?P<name>{FULL_DAY}) week\b(?! of)", count.weekday_counted),
    loose("unit way", rf"\b{ABOUT}(?P<number>half an?|half) (?P<unit>century|decade|year) (?P<way>ago|earlier|later)\b", stretch.counted),
    loose("unit", rf"\bin (?:about |around |roughly |just )?(?P<number>(?!the\b){NUMBER}) (?P<unit>days?|weeks?|fortnights?|months?|years?)(?:['’] time)?\b(?! (?:of|ago|or|to))", count.ahead),
    loose("unit way", rf"\b{_COUNTED}(?:['’])? (?P<way>ago|from now|from today|hence)\b", stretch.counted),
    loose("unit way", rf"\b{_COUNTED}(?:['’])? (?P<way>earlier|later|afterwards)\b(?! than\b)", stretch.counted),
    loose("unit way", rf"\b{_COUNTED} (?P<way>before|after)(?=[.,;]|$)", stretch.counted),
    loose("unit way", r"\b(?:the )?(?P<which>following|next|previous|preceding|same) (?P<unit>day|evening|morning|afternoon|night)\b", day.anchored),
    loose("unit way", r"\bthe (?P<which>following|previous|preceding|same) (?P<unit>week|month|year)\b", day.anchored),
    loose("unit way", r"\bthe (?P<unit>day|week|month|year) (?P<way>before|after|earlier|previous)\b(?! (?:yesterday|tomorrow))", day.anchored),
    loose("unit", r"\b(?:(?:late|later|earlier|early) (?:in|on) |(?:start|end|course) of |during |throughout )the (?P<unit>day)\b", day.anchored),
    loose("unit", r"\bthat (?:day|hour)(?= (?:(?:has|have|had|will|would|may|might|must|is|was|has not|will not|never|finally|now|yet|one) ){0,3}(?:come|came|comes|coming|arrived?|arrives)\b)", stretch.vague),
    loose("unit", r"\bthat (?P<which>same )?(?P<unit>day|evening|morning|afternoon|night|week|month|year)\b", day.anchored),
)  # fmt: skip

_DAYS = (
    loose("near", r"\b(?P<word>the day before yesterday|the day after tomorrow|yesterday|today|tomorrow|tonight|overnight)\b(?: (?:morning|afternoon|evening|night))?", day.near_day),
    loose("unit", r"\b(?:early |late |later |earlier )?(?P<word>last (?:night|evening)|this (?:morning|afternoon|evening))\b", day.near_day),
    loose("weekday", rf"\b(?:every|each|on) (?:{FULL_DAY}s, )*(?P<unit>monday|tuesday|wednesday|thursday|friday|saturday|sunday)s\b", stretch.again),
    loose("weekday", r"\b(?:every|each) (?P<unit>monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b", stretch.again),
    exact("weekday", rf"\b(?:[Ff]rom|[Bb]etween) (?P<name1>{FULL_DAY}){PART} (?:to|until|through|and) (?P<name>{FULL_DAY}){PART}\b", stretch.weekdays_range),
    exact("weekday", rf"\b(?P<name>{FULL_DAY}){PART},? (?:of )?(?P<week>last|this|next|the following|the previous) week\b", day.named_weekday),
    exact("weekday", rf"\b(?P<which>[Ll]ast|[Nn]ext|[Tt]his coming|[Tt]he coming|[Tt]his|[Tt]his past|[Pp]ast|[Cc]oming|[Pp]revious) (?P<name>{DAYNAME}){PART}(?!\w)", day.named_weekday),
    exact("weekday", rf"\b(?P<name>{FULL_DAY}){PART}(?!\w)", day.named_weekday),
    exact("weekday", rf"\b(?:[Oo]n|[Bb]y|[Uu]ntil|[Ss]ince|[Ll]ate|[Ee]arly|[Ff]rom) (?P<all>(?P<name>{DAYNAME}))(?!\w)", day.named_weekday),
)  # fmt: skip

_NEAR = (
    loose("unit", r"\b(?:by |at |before )?(?:the )?(?P<unit>year|month)(?:['’]s|-)[ ]?end\b", stretch.unit_near),
    loose("unit", r"\b(?:earlier|later|late|early) in the (?P<unit>week|month|year)\b", stretch.unit_near),
    loose("unit", rf"\b(?:(?:over|in|during|for|within) )?(?:the )?(?P<which>past|last|next|coming|following) (?P<number>(?!few|several|many|some){NUMBER}) (?:straight |consecutive |trading |working )?(?P<unit>{UNIT})\b", stretch.up_to_now),
    loose("unit", r"\b(?:(?:over|in|during|for|within) )?(?:the|this) (?P<which>past) (?P<unit>day|week|month|year|quarter|decade|century)\b", stretch.up_to_now),
    loose("unit", r"\b(?:over|during|within) the (?P<which>last|next|coming) (?P<unit>day|week|month|year|decade)\b", stretch.up_to_now),
    loose("unit", r"\bthe (?P<which>last) (?P<unit>decade)\b", stretch.up_to_now),
    loose("unit", rf"\b{EARLY}(?P<which>last|this|next|past|previous|the coming|the current|the last|the) (?P<unit>weekend)\b", stretch.unit_near),
    loose("unit", rf"\b{EARLY}(?P<which>last|this|next|the coming|the current|the last) (?P<unit>week|month|quarter|year|decade|century|{SEASON})\b", stretch.unit_near),
    loose("unit", r"\b(?:the )?(?:very )?(?:beginning|start|end|middle|course|rest|turn|remainder) of the (?P<unit>week|month|year|decade|century)\b", stretch.unit_near),
)  # fmt: skip

_MONTHS = (
    exact("month", rf"\b(?:[Ee]arly |[Ll]ate(?:r)? )?(?:(?:in|by|until|since|during) )?[Tt]hat (?P<month>{MONTH})(?= [a-z]|[,.;)]|$)(?! (?:had|has|is|was|would|will|could|can|may|did)\b)", year.that_month),
    exact("month", rf"\b(?P<which>[Ll]ast|[Nn]ext|[Tt]his|[Tt]his past) (?P<month>{MONTH})(?!\w|['’]s government)", year.month_alone),
    exact("month", rf"\b(?:{_BEFORE_MONTH})(?P<all>(?:(?:[Ee]arly|[Ll]ate|[Mm]id)[- ])?(?P<month>{MONTH}))(?![\w-]| \d)(?!(?<=May)['’]s)", year.month_alone),
    exact("month", rf"\b(?P<all>(?:[Tt]he )?(?:[Bb]eginning|[Ss]tart|[Ee]nd|[Mm]iddle) of (?P<month>{MONTH}))(?![\w-]| \d)", year.month_alone),
    exact("month", rf"\b(?:[Tt]he|[Aa]n?|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|\w['’]s) (?P<all>(?P<month>{MONTH}))(?= [a-z]+)(?!(?<=May) (?:said|government|and))", year.month_alone),
    exact("month", rf"\b(?P<all>(?P<month>{MONTH}))(?=(?:, {MONTH})*,? (?:and|or) {MONTH}\b)", year.month_alone),
    exact("month", rf"(?:(?<= and )|(?<= or ))(?P<all>(?P<month>{MONTH}))(?=[,.;]|$)", year.month_alone),
    exact("month", rf"\A(?:(?:[Ee]arly|[Ll]ate|[Mm]id)[- ])?(?P<month>{MONTH})\Z", year.month_alone),
)  # fmt: skip

_VAGUE = (
    loose("vague", r"\b(?:(?:more |most )?recently|lately|(?:in )?recent (?:days|weeks|months|years|decades|times)|(?:in |over )?the (?:last|past|next|coming) (?:few|several|many) (?:hours|days|weeks|months|years|decades)|nowadays|now(?!-)|currently|at present|until recently|the (?:recent |distant )?past|(?:the )?(?:near |foreseeable )future|(?:very )?soon(?!-)|(?:in )?the coming (?:days|weeks|months|years)|(?:the )?(?:long|short|near) term|the time being|so far|some day|one day|the other day|these days|those days|at the time|at that time|in the meantime|shortly)\b", stretch.vague),
    loose("unit", r"\b(?:in|over) (?:the )?(?:coming|recent|past) (?:hours|days|weeks|months|years|decades)\b", stretch.vague),
    loose("vague", r"(?:^|(?<=[.;,] )|(?<=[“\"]))(?:later|earlier|afterwards)\b(?! (?:than|in|on|this|today|that|stages?))|\b(?:shortly|soon) (?:after|before)(?:wards)?\b|\bat a later (?:date|time)\b", stretch.vague),
)  # fmt: skip

_LENGTHS = (
    loose("set", r"\b(?P<unit>annually|annual|yearly|monthly|weekly|daily|quarterly)\b", stretch.again),
    loose("set unit", rf"\b(?:every|each|per) (?:(?P<number>{NUMBER}) )?(?P<unit>day|week|month|year|hour|quarter|decade)s?\b", stretch.again),
    loose("unit number", r"(?<=\d )(?P<all>a (?P<unit>day|week|month|year))\b(?! (?:ago|later|earlier|before))", stretch.again),
    loose("unit", rf"\b{ABOUT}(?!(?:a|the) (?:second|quarter|minute)\b(?! ago))(?P<number>{NUMBER})(?: and a half)?[- ](?:straight |consecutive |full |whole |long |trading |working )?(?P<unit>{UNIT})(?:['’]|-long)?(?!\w)(?! (?:old|olds)\b)", stretch.length),
    loose("vague", r"\b(?:days|weeks|months|years|decades|hours|moments|centuries) (?:ago|later|earlier|before|after)\b", stretch.vague),
    loose("unit", r"\b(?:over the |for (?:many )?|in |within |after )?(?P<unit>seconds|minutes|hours|days|weeks|months|years|decades|centuries)(?<!early hours)(?:-long)?\b(?! of age)", stretch.length),
)  # fmt: skip

_LAST = (
    exact("year", rf"(?<![\d.,$€£/-])(?:\b{EARLY}(?<!the )|\b)(?:(?<=the )year )?(?P<year>{YEAR})\b(?![\d,.]*\d|-\d|%| (?:people|troops|soldiers|men|women|children|civilians|dollars|euros|million|billion|tons|tonnes|km|kilomet|miles|barrels|met(?:er|re)s|feet|homes|houses|families|refugees|migrants|prisoners|detainees|fighters|militants|rebels|police|officers|workers|employees|jobs|delegates|students|votes|seats|megawatts|hectares|acres|pounds|rubles|roubles|rupees|yuan|rials|riyals|dinars|dirhams|square|deaths|victims|passengers|vehicles|tanks|missiles|rockets|drones|warheads|centrifuges))", year.plain_year),
    exact("number", r"(?:(?<=in )|(?<=of )|(?<=since ))['’](?P<short>\d\d)\b", year.short_year),
)  # fmt: skip

PATTERNS: tuple[Pattern, ...] = (
    *CALENDAR_PATTERNS, *_CLOCKS, *_COUNTS, *_DAYS, *_NEAR, *_MONTHS, *_VAGUE, *_LENGTHS, *_LAST,
)  # fmt: skip
