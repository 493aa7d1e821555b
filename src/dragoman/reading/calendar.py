"""Sums with days, months and years that are known only in part."""

from __future__ import annotations

from datetime import date, timedelta

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
MONTH_NUMBER = (
    {name: number for number, name in enumerate(MONTHS, 1)}
    | {name[:3]: number for number, name in enumerate(MONTHS, 1) if name != "may"}
    | {"sept": 9}
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
WEEKDAY_NUMBER = {name: number for number, name in enumerate(WEEKDAYS)} | {
    "mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen eighteen nineteen twenty".split()
    )
} | {
    "a": 1, "an": 1, "couple": 2, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90, "hundred": 100, "half": 0,
}  # fmt: skip
SEASONS = {
    "spring": (3, 5),
    "summer": (6, 8),
    "autumn": (9, 11),
    "fall": (9, 11),
    "winter": (12, 2),
}


def day_of(value: str | None) -> date | None:
    """The day that an ISO date begins with, or None where it is not known to the day."""
    if value is None or len(value) < 10:
        return None
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def valid(year: int, month: int, day: int) -> bool:
    """Whether such a day exists."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def iso(year: int, month: int | None = None, day: int | None = None) -> str:
    """ISO text, as far as given."""
    made = f"{year:04d}"
    if month is not None:
        made += f"-{month:02d}"
        if day is not None:
            made += f"-{day:02d}"
    return made


def shift_month(year: int, month: int, by: int) -> tuple[int, int]:
    """Year and month, `by` months on."""
    total = year * 12 + month - 1 + by
    return total // 12, total % 12 + 1


def last_day(year: int, month: int) -> int:
    """The number of the month's last day."""
    following = date(*shift_month(year, month, 1), 1)
    return (following - timedelta(days=1)).day


def weekday(reference: date, number: int, *, direction: int) -> date:
    """That weekday on (0) or before (-1), or after (+1), the reference; 0 takes the nearest past one."""
    back = (reference.weekday() - number) % 7
    if direction > 0:
        return reference + timedelta(days=(number - reference.weekday()) % 7)
    if direction < 0:
        return reference - timedelta(days=back or 7)
    return reference - timedelta(days=back)


def number_of(words: str) -> int | None:
    """A number in figures or words ("35", "thirty-five", "a couple of"); None if it is vague."""
    plain = words.lower().replace(",", "").replace("-", " ").split()
    if len(plain) == 1 and plain[0].isdigit():
        return int(plain[0])
    total, seen = 0, False
    for word in plain:
        if word in {"of", "and"}:
            continue
        if word.isdigit():
            total += int(word)
        elif word in NUMBERS:
            value = NUMBERS[word]
            total = total * 100 if word == "hundred" and total else total + value
        else:
            return None
        seen = True
    return total if seen else None
