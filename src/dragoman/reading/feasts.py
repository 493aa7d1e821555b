"""Days of feasts that move, by calendar arithmetic.

Sources of the methods: the arithmetical Islamic calendar (30-year cycle, civil epoch), the arithmetical
Hebrew calendar and the Julian day numbers after E. M. Reingold and N. Dershowitz, "Calendrical
Calculations"; Easter after the anonymous Gregorian computus (Nature, 1876) and Meeus' Julian one; Nowruz
is the day of the spring equinox in Tehran. Muslim feasts follow the sighting of the moon: the days announced
in Saudi Arabia where `almanac` has them, else the arithmetic, which may differ by a day: `why` says so.
Lunar New Year and Diwali are tables, since their calendars are astronomical.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from dragoman.reading.almanac import announced, diwali, equinox, lunar_new_year
from dragoman.reading.calendar import valid, weekday

_FIXED = {
    "christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24),
    "new year's day": (1, 1), "new year's eve": (12, 31), "may day": (5, 1), "boxing day": (12, 26),
    "bastille day": (7, 14), "valentine's day": (2, 14), "halloween": (10, 31), "anzac day": (4, 25),
    "armistice day": (11, 11), "remembrance day": (11, 11), "veterans day": (11, 11),
    "fourth of july": (7, 4), "juneteenth": (6, 19), "international women's day": (3, 8),
    "orthodox christmas": (1, 7), "saint patrick's day": (3, 17),
}  # fmt: skip
# Islamic month and day of the first day, and how many days it lasts.
_ISLAMIC = {
    "ramadan": (9, 1, 0), "eid al-fitr": (10, 1, 1), "eid al-adha": (12, 10, 1), "ashura": (1, 10, 1),
    "muharram": (1, 1, 0),
}  # fmt: skip
# Month, weekday (Monday is 0) and which one of the month; -1 is the last. All of the United States.
_WEEKDAYS = {
    "thanksgiving": (11, 3, 4), "thanksgiving day": (11, 3, 4), "memorial day": (5, 0, -1),
    "martin luther king day": (1, 0, 3), "presidents' day": (2, 0, 3), "columbus day": (10, 0, 2),
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
    "chanukah": "hanukkah", "chinese new year": "lunar new year", "tet": "lunar new year",
    "spring festival": "lunar new year", "deepavali": "diwali", "eid-ul-fitr": "eid al-fitr",
    "eid-ul-adha": "eid al-adha", "st. patrick's day": "saint patrick's day", "the feast of sacrifice": "eid al-adha",
    "martin luther king jr. day": "martin luther king day", "presidents’ day": "presidents' day",
    "international women’s day": "international women's day", "veterans' day": "veterans day", "yom kipur": "yom kippur",
    "rosh hashana": "rosh hashanah", "valentine’s day": "valentine's day",
}  # fmt: skip
NAMES = tuple(
    sorted(
        {*_FIXED, *_ISLAMIC, *_EASTER, *_HEBREW, *_SPELLING, *_WEEKDAYS, "nowruz", "hanukkah", "lunar new year",
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
        return _one(equinox(year), "the day of the spring equinox in Tehran")
    if plain in _HEBREW:
        start = _tishri(year + 3761) + timedelta(_HEBREW[plain])
        length = 7 if plain == "passover" else 1
        return Feast(start, start + timedelta(length - 1), "by the arithmetical Hebrew calendar")
    if plain == "hanukkah":
        return _hanukkah(year)
    if plain == "lunar new year":
        moon = lunar_new_year(year)
        return _one(moon, "by a table of Lunar New Years") if moon else None
    if plain == "diwali":
        lamps = diwali(year)
        return _one(lamps, "by a table of Diwali's days in India") if lamps else None
    if plain in _WEEKDAYS:
        return _one(_nth(year, *_WEEKDAYS[plain]), "a weekday of its month, in the United States")
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


def _nth(year: int, month: int, number: int, which: int) -> date:
    """The first, second, ... or last (-1) weekday of a month."""
    if which < 0:
        return weekday(date(year, month + 1, 1) - timedelta(1), number, direction=0)
    return weekday(date(year, month, 1), number, direction=1) + timedelta(7 * (which - 1))


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


def _islamic(name: str, year: int) -> Feast | None:
    month, day, length = _ISLAMIC[name]
    if kept := announced(name, year):
        last = kept + timedelta(length - 1 if length else 29)
        feast_after = announced("eid al-fitr", year) if name == "ramadan" else None
        if feast_after:
            last = feast_after - timedelta(1)
        return Feast(kept, last, "as announced in Saudi Arabia; other lands may differ by a day")
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
