"""ISO dates, as far as known, as the first and last day that they can mean.

A day is an integer YYYYMMDD, which sorts as dates do. ``2016`` runs from 20160101 to 20161231 (a
month ends on its 31st: only the order counts).
"""

from __future__ import annotations

import re

UNDATED_FIRST = 99_999_999
UNDATED_LAST = 0

# A date, as far as known; a time of day may follow it.
_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2})(?=$|[T ]))?)?(?=$|[T ])")


def first_day(date: str | None) -> int | None:
    """The first day that `date` can mean; None if it is no ISO date."""
    match = _ISO.match(date) if date else None
    if match is None:
        return None
    year, month, day = match.groups()
    return int(year) * 10_000 + int(month or 1) * 100 + int(day or 1)


def last_day(date: str | None) -> int | None:
    """The last day that `date` can mean; None if it is no ISO date."""
    match = _ISO.match(date) if date else None
    if match is None:
        return None
    year, month, day = match.groups()
    return int(year) * 10_000 + int(month or 12) * 100 + int(day or 31)


def bounds(date: str | None, end: str | None = None) -> tuple[int, int]:
    """First and last day of a stretch of time; (99999999, 0) where it has no date."""
    first = first_day(date)
    if first is None:
        return UNDATED_FIRST, UNDATED_LAST
    last = last_day(end) or last_day(date) or first
    return first, max(first, last)
