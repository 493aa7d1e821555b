"""Days of feasts as they were kept: tables, and the spring equinox.

Muslim feasts are those announced in Saudi Arabia, which most states of the news follow; others may differ by
a day. Diwali is the day of the lamps (Lakshmi Puja) as kept in most of India. Sources: common knowledge,
checked against the arithmetical Islamic calendar, from which no day differs by more than two.
"""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta

# First day of Ramadan, Eid al-Fitr and Eid al-Adha, month and day, from 2005.
_ANNOUNCED_FROM = 2005
_RAMADAN = (
    "1004 0923 0913 0901 0822 0811 0801 0720 0710 0629 0618 0606 0527 0517 0506 0424 0413 0402 0323 0311 "
    "0301 0218"
).split()
_FITR = (
    "1103 1023 1012 0930 0920 0910 0830 0819 0808 0728 0717 0706 0625 0615 0604 0524 0513 0502 0421 0410 "
    "0330 0320"
).split()
# 2006 had two: 10 January and 30 December.
_ADHA = (
    "0120 ---- 1219 1208 1127 1116 1106 1026 1015 1004 0924 0912 0901 0821 0811 0731 0720 0709 0628 0616 "
    "0606 0527"
).split()
_EARLIER = {("eid al-adha", 2003): "0211", ("eid al-adha", 2004): "0201"}
_TABLES = {"ramadan": _RAMADAN, "eid al-fitr": _FITR, "eid al-adha": _ADHA}

_DIWALI_FROM = 2000
_DIWALI = (
    "1026 1114 1104 1025 1112 1101 1021 1109 1028 1017 1105 1026 1113 1103 1023 1111 1030 1019 1107 1027 "
    "1114 1104 1024 1112 1031 1020"
).split()

_LUNAR_FROM = 1960
_LUNAR = (
    "0128 0215 0205 0125 0213 0202 0121 0209 0130 0217 "
    "0206 0127 0215 0203 0123 0211 0131 0218 0207 0128 "
    "0216 0205 0125 0213 0202 0220 0209 0129 0217 0206 "
    "0127 0215 0204 0123 0210 0131 0219 0207 0128 0216 "
    "0205 0124 0212 0201 0122 0209 0129 0218 0207 0126 "
    "0214 0203 0123 0210 0131 0219 0208 0128 0216 0205 "
    "0125 0212 0201 0122 0210 0129 0217"
).split()

# The 24 largest periodic terms of the equinox (J. Meeus, "Astronomical Algorithms", chapter 27).
_TERMS = (
    (485, 324.96, 1934.136), (203, 337.23, 32964.467), (199, 342.08, 20.186), (182, 27.85, 445267.112),
    (156, 73.14, 45036.886), (136, 171.52, 22518.443), (77, 222.54, 65928.934), (74, 296.72, 3034.906),
    (70, 243.58, 9037.513), (58, 119.81, 33718.147), (52, 297.17, 150.678), (50, 21.02, 2281.226),
    (45, 247.54, 29929.562), (44, 325.15, 31555.956), (29, 60.93, 4443.417), (18, 155.12, 67555.328),
    (17, 288.79, 4562.452), (16, 198.04, 62894.029), (14, 199.76, 31436.921), (12, 95.39, 14577.848),
    (12, 287.11, 31931.756), (12, 320.81, 34777.259), (9, 227.73, 1222.114), (8, 15.45, 16859.074),
)  # fmt: skip
_TEHRAN = timedelta(hours=3, minutes=30)


def announced(name: str, year: int) -> date | None:
    """The first day of a Muslim feast as announced in Saudi Arabia; None where the table has none."""
    if text := _EARLIER.get((name, year)):
        return _day(year, text)
    return _in(_TABLES.get(name, []), _ANNOUNCED_FROM, year)


def diwali(year: int) -> date | None:
    """The day of Diwali, by a table."""
    return _in(_DIWALI, _DIWALI_FROM, year)


def lunar_new_year(year: int) -> date | None:
    """The first day of the Chinese and Vietnamese year, by a table."""
    return _in(_LUNAR, _LUNAR_FROM, year)


def _in(table: list[str], first: int, year: int) -> date | None:
    place = year - first
    if not 0 <= place < len(table) or not table[place].isdigit():
        return None
    return _day(year, table[place])


def _day(year: int, text: str) -> date:
    return date(year, int(text[:2]), int(text[2:]))


def equinox(year: int) -> date:
    """The day in Tehran on which spring begins, right to a few minutes from 1900 to 2100."""
    part = (year - 2000) / 1000
    mean = 2451623.80984 + 365242.37404 * part + 0.05169 * part**2 - 0.00411 * part**3
    century = (mean - 2451545.0) / 36525
    sun = math.radians(35999.373 * century - 2.47)
    stretch = 1 + 0.0334 * math.cos(sun) + 0.0007 * math.cos(2 * sun)
    terms = sum(a * math.cos(math.radians(b + c * century)) for a, b, c in _TERMS)
    # Julian day 2451544.5 is the midnight that began the year 2000; the clocks' delay is about a minute.
    passed = mean + 0.00001 * terms / stretch - 2451544.5
    return (datetime(2000, 1, 1) + timedelta(days=passed) - timedelta(minutes=1) + _TEHRAN).date()  # noqa: DTZ001
