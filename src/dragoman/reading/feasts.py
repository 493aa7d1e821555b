"""Days of feasts that move, by calendar arithmetic.

Sources of the methods: the arithmetical Islamic calendar (30-year cycle, civil epoch), the arithmetical
Hebrew calendar and the Julian day numbers after E. M. Reingold and N. Dershowitz, "Calendrical
Calculations"; Easter after the anonymous Gregorian computus (Nature, 1876) and Meeus' Julian one; Nowruz
by the 33-year cycle of leap years. Muslim feasts follow the sighting of the moon, which may differ by a
day from the arithmetic and from land to land: `why` says so. Lunar New Year is a table, since its
calendar is astronomical.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from dragoman.reading.calendar import valid

# Month and day, from 1980: as published by the Hong Kong Observatory.
_LUNAR_FROM = 1980
_LUNAR = (
    "0216 0205 0125 0213 0202 0220 0209 0129 0217 0206 "
    "0127 0215 0204 0123 0210 0131 0219 0207 0128 0216 "
    "0205 0124 0212 0201 0122 0209 0129 0218 0207 0126 "
    "0214 0203 0123 0210 0131 0219 0208 0128 0216 0205 "
    "0125 0212 0201 0122 0210 0129 0217"
).split()
_FIXED = {
    "christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24),
    "new year's day": (1, 1), "new year's eve": (12, 31), "may day": (5, 1), "boxing day": (12, 26),
    "bastille day": (7, 14), "valentine's day": (2, 14),
}  # fmt: skip
# Islamic month and day of the first day, and how many days it lasts.
_ISLAMIC = {
    "ramadan": (9, 1, 0), "eid al-fitr": (10, 1, 1), "eid al-adha": (12, 10, 1), "ashura": (1, 10, 1),
    "muharram": (1, 1, 0),
}  # fmt: skip
# Days from Easter Sunday.
_EASTER = {"easter": 0, "easter sunday": 0, "easter monday": 1, "good friday": -2, "palm sunday": -7, "ash wednesday": -46, "pentecost": 49}  # fmt: skip
# Hebrew feasts as days from the new year (1 Tishri) of the autumn in the same civil year.
_HEBREW = {"rosh hashanah": 0, "yom kippur": 9, "passover": -163}
_SPELLING = {
    "eid ul-fitr": "eid al-fitr", "eid al fitr": "eid al-fitr", "eid-al-fitr": "eid al-fitr",
    "eid ul-adha": "eid al-adha", "eid al adha": "eid al-adha", "eid-al-adha": "eid al-adha",
    "new year’s day": "new year's day", "new year’s eve": "new year's eve", "ramazan": "ramadan",
    "ramadhan": "ramadan", "norouz": "nowruz", "newroz": "nowruz", "hanukah": "hanukkah",
    "chanukah": "hanukkah", "chinese new year": "lunar new year", "yom kipur": "yom kippur",
    "rosh hashana": "rosh hashanah", "valentine’s day": "valentine's day",
}  # fmt: skip
NAMES = tuple(
    sorted(
        {*_FIXED, *_ISLAMIC, *_EASTER, *_HEBREW, *_SPELLING, "nowruz", "hanukkah", "lunar new year",
         "diwali", "eid", "holi", "orthodox easter"},
        key=lambda name: (-len(name), name),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Feast:
    """First and last day of a feast, and by what calendar."""

    first: date
    last: date
    why: str


@lru_cache(maxsize=512)
def feast(name: str, year: int) -> Feast | None:
    """The feast of that name that begins in a civil year; None where it cannot be computed.

    Where an Islamic feast begins twice in one civil year, the year does not tell which: None.
    """
    plain = _SPELLING.get(name.lower(), name.lower())
    if plain in _FIXED:
        month, day = _FIXED[plain]
        return _one(date(year, month, day), "a feast on a fixed day")
    if plain in _EASTER:
        return _one(_easter(year) + timedelta(_EASTER[plain]), "by the date of Easter (Western)")
    if plain == "orthodox easter":
        return _one(_orthodox(year), "by the date of Easter (Eastern)")
    if plain == "nowruz":
        return _one(_nowruz(year), "by the Persian calendar's 33-year cycle")
    if plain in _HEBREW:
        start = _tishri(year + 3761) + timedelta(_HEBREW[plain])
        length = 7 if plain == "passover" else 1
        return Feast(start, start + timedelta(length - 1), "by the arithmetical Hebrew calendar")
    if plain == "hanukkah":
        return _hanukkah(year)
    if plain == "lunar new year":
        return _lunar(year)
    if plain in _ISLAMIC:
        return _islamic(plain, year)
    return None


def _one(day: date, why: str) -> Feast:
    return Feast(day, day, why)


def _easter(year: int) -> date:
    golden, century = year % 19, year // 100
    rest = year % 100
    epact = (
        19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15
    ) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _orthodox(year: int) -> date:
    epact = (19 * (year % 19) + 15) % 30
    weekday = (2 * (year % 4) + 4 * (year % 7) - epact + 34) % 7
    month, day = divmod(epact + weekday + 114, 31)
    # From the Julian to the Gregorian calendar: 13 days in 1900 to 2099.
    return date(year, month, day + 1) + timedelta(year // 100 - year // 400 - 2)


def _nowruz(year: int) -> date:
    # The Persian year 1403 began on 20 March 2024; leap years after the 33-year cycle.
    made, here = date(2024, 3, 20), 1403
    target = year - 621
    while here < target:
        made += timedelta(366 if here % 33 in _LEAP else 365)
        here += 1
    while here > target:
        here -= 1
        made -= timedelta(366 if here % 33 in _LEAP else 365)
    return made


_LEAP = frozenset({1, 5, 9, 13, 17, 22, 26, 30})


def _tishri(year: int) -> date:
    """The first day of a Hebrew year."""
    return date.fromordinal(_elapsed(year) + _late(year) - 1373427)


def _elapsed(year: int) -> int:
    months = (235 * year - 234) // 19
    parts = 12084 + 13753 * months
    days = 29 * months + parts // 25920
    return days + 1 if 3 * (days + 1) % 7 < 3 else days


def _late(year: int) -> int:
    before, here, after = _elapsed(year - 1), _elapsed(year), _elapsed(year + 1)
    if after - here == 356:
        return 2
    return 1 if here - before == 382 else 0


def _hanukkah(year: int) -> Feast:
    start = _tishri(year + 3761)
    long_autumn = (_tishri(year + 3762) - start).days in {355, 385}
    # 25 Kislev: Tishri has 30 days, Marheshvan 29, in a full year 30.
    first = start + timedelta(30 + (30 if long_autumn else 29) + 24)
    return Feast(first, first + timedelta(7), "by the arithmetical Hebrew calendar")


def _lunar(year: int) -> Feast | None:
    place = year - _LUNAR_FROM
    if not 0 <= place < len(_LUNAR):
        return None
    text = _LUNAR[place]
    return _one(date(year, int(text[:2]), int(text[2:])), "by a table of Lunar New Years")


def _islamic(name: str, year: int) -> Feast | None:
    month, day, length = _ISLAMIC[name]
    # An Islamic year is about 354.37 days; year 1 began in July 622.
    about = int((year - 622) * 365.2425 / 354.367) + 1
    found = [
        first
        for hijri in range(about - 2, about + 3)
        if (first := _hijri(hijri, month, day)).year == year
    ]
    if len(found) != 1:
        return None
    last = found[0] + timedelta((29 if month in {1, 9} else 0) if not length else length - 1)
    why = "by the arithmetical Islamic calendar; the sighting of the moon may shift it by a day"
    return Feast(found[0], last, why)


def _hijri(year: int, month: int, day: int) -> date:
    passed = 354 * (year - 1) + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2
    return date.fromordinal(227014 + passed + day)


def fixed_day(name: str) -> tuple[int, int] | None:
    """Month and day of a feast that does not move."""
    found = _FIXED.get(_SPELLING.get(name.lower(), name.lower()))
    return found if found and valid(2000, *found) else None
