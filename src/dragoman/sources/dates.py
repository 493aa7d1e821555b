"""Dates of publication: as pages, tables and time lines write them, to ISO 8601 as far as known.

Nothing is filled in: a day without a year, or 03/04/2024 (March or April?), is no date. A time's zone
is kept where it is given and clear; IST, BST and the like, which stand for more than one zone, are
dropped, the local time stays.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun",
            "july jul", "august aug", "september sept sep", "october oct", "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
# Zones with one meaning in English news; offsets from RFC 5322 and the IANA tz database.
_ZONES = {
    "gmt": "Z", "utc": "Z", "z": "Z", "ut": "Z", "est": "-05:00", "edt": "-04:00",
    "pst": "-08:00", "pdt": "-07:00", "mst": "-07:00", "mdt": "-06:00", "cdt": "-05:00",
    "cet": "+01:00", "cest": "+02:00", "eet": "+02:00", "eest": "+03:00", "msk": "+03:00",
    "sgt": "+08:00", "jst": "+09:00", "kst": "+09:00", "hkt": "+08:00", "pkt": "+05:00",
    "trt": "+03:00", "irst": "+03:30", "aest": "+10:00", "aedt": "+11:00",
}  # fmt: skip
_MONTH = r"(?P<{0}>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|wed|thu(?:rs)?|fri|sat|sun)\b"
_YEAR = r"(?P<{0}>(?:1[89]|20)\d\d)(?!\d)"
_DAY = r"(?P<{0}>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])"

_DATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        _YEAR.format("y") + r"[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})(?!\d)",
        _MONTH.format("mon") + r"\s+" + _DAY.format("d") + r",?\s+" + _YEAR.format("y"),
        _DAY.format("d")
        + r"(?:\s+of)?[\s-]+"
        + _MONTH.format("mon")
        + r",?[\s-]+"
        + _YEAR.format("y"),
        r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\." + _YEAR.format("y"),
        r"(?P<a>\d{1,2})[/-](?P<b>\d{1,2})[/-]" + _YEAR.format("y"),
    )
)
_TIME = re.compile(
    r"(?P<h>\d{1,2})[:.](?P<mi>\d\d)(?::(?P<s>\d\d)(?:\.\d+)?)?(?!\d)\s?(?P<ap>[ap]\.?m\b\.?)?"
    r"|(?P<h2>\d{1,2})\s?(?P<ap2>[ap]\.?m\b\.?)",
    re.IGNORECASE,
)
_ZONE = re.compile(
    r"\(?(?:(?P<off>(?:GMT|UTC)?\s?[+-]\d{1,2}(?::?\d\d)?)(?!\d)|(?P<name>[A-Z]{1,5})\b)\)?",
    re.IGNORECASE,
)
_KNOWN_ZONE = re.compile(
    r"(?:" + "|".join(_ZONES) + r"|ist|bst|cst|et|pt|ct|mt|ast|local time|hrs|hours)\b",
    re.IGNORECASE,
)
_ISO = re.compile(
    r"(?P<date>(?:1[89]|20)\d\d(?:-\d\d(?:-\d\d)?)?)"
    r"(?:[T ](?P<time>\d\d:\d\d(?::\d\d)?)(?:[.,]\d+)?\s?(?P<zone>Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?)?"
)
_COMPACT = re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?:T?(?P<t>\d{6})Z?)?")
_LABEL = re.compile(
    r"(?P<updated>(?:last |first )?(?:updated?|modified|edited|changed|revised)(?: (?:on|at))?)\b"
    r"|(?:first |originally )?(?:published|posted|issued|created|date(?:line)?|release date|filed|"
    r"publication date|added|time|released)(?: (?:on|at))?\b",
    re.IGNORECASE,
)
_FILLER = re.compile(
    r"(?:\s|T(?=\d\d:)|[|,;:()\[\]•·–—/]|-(?!\d\d:?\d\d\b)|\bat\b|\bon\b|\.|" + _WEEKDAY + r")+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class TimeLine:
    """What a time line says: ISO dates, and whether a label ("Published") names what they are."""

    published: str | None
    updated: str | None
    labelled: bool = False


def read_date(given: str) -> str | None:
    """`given` as ISO date or date-time, as far as known; None where it cannot be read for sure."""
    words = " ".join(given.split())
    iso = _ISO.fullmatch(words)
    if iso:
        return _iso(iso)
    compact = _COMPACT.fullmatch(words)
    if compact:
        day = _day(int(compact["y"]), int(compact["m"]), int(compact["d"]))
        time = compact["t"]
        if day is None or not time:
            return day
        clock = _clock(int(time[:2]), int(time[2:4]), int(time[4:]))
        return f"{day}T{clock}Z" if clock else day
    line = read_time_line(words)
    return (line.published or line.updated) if line else None


def read_time_line(line: str) -> TimeLine | None:
    """What a line says that holds nothing but dates, times, zones, weekdays and labels; else None."""
    if len(line) > 160 or not re.search(r"\d", line):
        return None
    published, updated, labelled, current = _Stamp(), _Stamp(), False, "published"
    at = 0
    while at < len(line):
        filler = _FILLER.match(line, at)
        if filler:
            at = filler.end()
            continue
        label = _LABEL.match(line, at)
        if label:
            current = "updated" if label["updated"] else "published"
            labelled, at = True, label.end()
            continue
        stamp = updated if current == "updated" else published
        if stamp.full:
            return None
        end = stamp.take(line, at)
        if end is None:
            return None
        at = end
    if not (published.date or updated.date):
        return None
    return TimeLine(published.iso(), updated.iso(), labelled)


def leading_date(line: str) -> tuple[str, int] | None:
    """A date in front of a title, and where it ends: ("2024-05-23", 16) in "date 2024-05-23 King ..."."""
    lead = re.match(
        r"\s*(?:\[|\()?(?:date:?\s+)?(?:" + _WEEKDAY + r"[,.]?\s+)?", line, re.IGNORECASE
    )
    start = lead.end() if lead else 0
    for pattern in _DATES:
        hit = pattern.match(line, start)
        if hit:
            day = _from_match(hit)
            tail = re.compile(r"[\])]?\s*[:|–—-]?\s*").match(line, hit.end())
            return (day, tail.end() if tail else hit.end()) if day else None
    return None


def find_day(line: str) -> str | None:
    """The first full date anywhere in a short line, as ISO day."""
    for pattern in _DATES:
        hit = pattern.search(line)
        if hit:
            return _from_match(hit)
    return None


class _Stamp:
    """A date, a time and a zone, as they are met."""

    def __init__(self) -> None:
        self.date: str | None = None
        self.clock: str | None = None
        self.zone = ""
        self.zoned = False

    @property
    def full(self) -> bool:
        return bool(self.date and self.clock and self.zoned)

    def take(self, line: str, at: int) -> int | None:
        """Where the date, time or zone at `at` ends; None where there is none, or one too many."""
        for pattern in _DATES:
            hit = pattern.match(line, at)
            if hit:
                day = None if self.date else _from_match(hit)
                self.date = day
                return hit.end() if day else None
        time = _TIME.match(line, at)
        if time and not self.clock:
            self.clock = _time(time)
            return time.end() if self.clock else None
        return self._take_zone(line, at)

    def _take_zone(self, line: str, at: int) -> int | None:
        if not self.clock or self.zoned:
            return None
        named = _KNOWN_ZONE.match(line, at)
        if named:
            self.zone = _ZONES.get(named.group().lower(), "")
            self.zoned = True
            offset = re.compile(r"\s?[+-]\d{1,2}(?::?\d\d)?(?!\d)").match(line, named.end())
            if offset and self.zone == "Z":
                self.zone = _offset(offset.group())
                return offset.end()
            return named.end()
        hit = _ZONE.match(line, at)
        if hit and hit["off"]:
            self.zone, self.zoned = _offset(hit["off"]), True
            return hit.end()
        return None

    def iso(self) -> str | None:
        if self.date is None:
            return None
        return f"{self.date}T{self.clock}{self.zone}" if self.clock else self.date


def _offset(words: str) -> str:
    digits = re.sub(r"\D", "", words)
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, "00")
    if int(hours or 0) > 14 or int(minutes) > 59:
        return ""
    return f"{'-' if '-' in words else '+'}{int(hours or 0):02}:{minutes}"


def _iso(hit: re.Match[str]) -> str | None:
    parts = [int(part) for part in hit["date"].split("-")]
    if len(parts) >= 2 and not 1 <= parts[1] <= 12:
        return None
    if len(parts) == 3 and _day(*parts) is None:
        return None
    if not hit["time"]:
        return hit["date"]
    hours, minutes, *seconds = (int(part) for part in hit["time"].split(":"))
    if len(parts) < 3 or hours > 23 or minutes > 59 or any(second > 60 for second in seconds):
        return None
    zone = hit["zone"] or ""
    if zone in {"UTC", "GMT"}:
        zone = "Z"
    elif zone not in {"", "Z"}:
        zone = _offset(zone)
    return f"{hit['date']}T{hit['time']}{zone}"


def _from_match(hit: re.Match[str]) -> str | None:
    groups = hit.groupdict()
    year = int(groups["y"])
    if groups.get("a"):
        first, second = int(groups["a"]), int(groups["b"])
        if first == second:
            return _day(year, first, second)
        if first <= 12 and second <= 12:
            return None  # March the 4th or April the 3rd: the page does not say.
        return _day(year, *((second, first) if first > 12 else (first, second)))
    month = _MONTHS[groups["mon"].lower()] if groups.get("mon") else int(groups["m"])
    return _day(year, month, int(groups["d"]))


def _day(year: int, month: int, day: int) -> str | None:
    if not (1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return f"{year:04}-{month:02}-{day:02}"


def _time(hit: re.Match[str]) -> str | None:
    half = (hit["ap"] or hit["ap2"] or "").replace(".", "").lower()
    hours, minutes = int(hit["h"] or hit["h2"]), int(hit["mi"] or 0)
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half == "pm" else 0)
    seconds = int(hit["s"]) if hit["s"] else None
    return _clock(hours, minutes, seconds)


def _clock(hours: int, minutes: int, seconds: int | None) -> str | None:
    if hours > 23 or minutes > 59 or (seconds or 0) > 60:
        return None
    return f"{hours:02}:{minutes:02}" + (f":{seconds:02}" if seconds is not None else "")
