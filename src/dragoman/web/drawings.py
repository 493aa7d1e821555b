"""Drawings as numbers: where each line and dot of a picture lies, to be written as SVG by a template.

Computed here rather than in the browser, so that a picture is there without JavaScript, prints, is the
same each time, and can be tested. Each has its table on the same page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dragoman.web.links import link
from dragoman.web.words import QUADS, name_of, tie_look, told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from dragoman.web.views import Occurrence, TieView

# Across, places are percentages of the drawing's width, so that it fits a phone and a desk with
# letters of the same size; down, they are pixels.
LEFT, RIGHT = 1.5, 98.5
HALF = 62  # pixels from the middle line to the best or the worst score
SCALE = 10.0  # PLOVER's scores run from -10 to +10
BARS = 24  # ties drawn at most: the latest; the table has all
TICKS = 6


@dataclass(frozen=True, slots=True)
class Tick:
    """A line for a date under a drawing."""

    x: float
    words: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A tie's stretch of time: the drawing of one row of the timeline."""

    x: float
    width: float
    view: TieView
    href: str
    look: str
    open: bool


@dataclass(frozen=True, slots=True)
class Dot:
    """A happening."""

    x: float
    y: float
    radius: float
    quad: int
    words: str
    href: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Ties as bars over happenings as dots: above the line cooperation, below it conflict.

    `turns` are the days on which the course turned; `left_out` counts the earliest ties, where there are
    too many to draw.
    """

    height: float
    middle: float
    ticks: tuple[Tick, ...]
    bars: tuple[Bar, ...]
    dots: tuple[Dot, ...]
    turns: tuple[Tick, ...]
    left_out: int


def day_number(day: str | None, *, last: bool = False) -> int | None:
    """An ISO date as far as known as the ordinal of its first day (or last); None if it is none."""
    if not day:
        return None
    parts = [int(part) for part in day[:10].split("-") if part.isdigit()]
    try:
        if not parts:
            return None
        if last and len(parts) < 3:
            year, month = (parts[0], 12) if len(parts) == 1 else (parts[0], parts[1])
            following = date(year + month // 12, month % 12 + 1, 1)
            return following.toordinal() - 1
        return date(*[*parts, 1, 1][:3]).toordinal()
    except ValueError:
        return None


def timeline(
    ties: Sequence[TieView], occurrences: Sequence[Occurrence], turns: Sequence[str] = ()
) -> Timeline | None:
    """The course of a pair; None where nothing has a date."""
    dated = [(view, number) for view in ties if (number := day_number(view.tie.since)) is not None]
    left_out = max(0, len(dated) - BARS)
    dated = dated[left_out:]
    happened = [(one, n) for one in occurrences if (n := day_number(one.date)) is not None]
    ends = [number for view, _ in dated if (number := day_number(view.tie.until)) is not None]
    days = [number for _, number in dated] + [number for _, number in happened] + ends
    if not days:
        return None
    first, last = min(days), max(days)
    # A margin on the right, so that a tie that still holds is seen to go on.
    span = max(last - first, 30) * 1.06

    def x(number: int) -> float:
        return round(LEFT + (number - first) / span * (RIGHT - LEFT), 2)

    bars = []
    for view, number in dated:
        end = day_number(view.tie.until)
        left, right = x(number), RIGHT if end is None else x(end)
        look = tie_look(view.tie.kind, view.tie.state)
        width = max(0.6, round(right - left, 2))
        bars.append(Bar(left, width, view, link("why", view.tie.id), look, end is None))
    middle = HALF + 14
    dots = tuple(_dot(one, x(number), middle) for one, number in happened)
    turned = tuple(Tick(x(n), day) for day in turns if (n := day_number(day)) is not None)
    return Timeline(2 * middle, middle, ticks(first, last, x), tuple(bars), dots, turned, left_out)


def _dot(one: Occurrence, x: float, middle: float) -> Dot:
    event = one.first.event
    actors = " and ".join(name_of(actor) for actor in event.actor[:3]) or "somebody"
    recipients = ", ".join(name_of(actor) for actor in event.recipient[:3])
    words = (
        f"{one.date}: {actors} {one.first.phrase} {recipients} ({event.event}, "
        f"{QUADS.get(event.quad_code, '')}; {told(one.reports, 1)})"
    )
    y = round(middle - event.event_scale / SCALE * HALF, 1)
    radius = min(12.0, 4.0 + 1.5 * one.reports)
    return Dot(x, y, radius, event.quad_code, words, link("why", event.id))


def ticks(first: int, last: int, x: Callable[[int], float]) -> tuple[Tick, ...]:
    """Years, or months where the whole is under two years: few enough for a phone."""
    one, other = date.fromordinal(first), date.fromordinal(last)
    if last - first > 730:
        days = [date(year, 1, 1) for year in range(one.year, other.year + 2)]
        names = [str(day.year) for day in days]
    else:
        count = (other.year - one.year) * 12 + other.month - one.month + 2
        months = [(one.year * 12 + one.month - 1 + step) for step in range(count)]
        days = [date(month // 12, month % 12 + 1, 1) for month in months]
        names = [f"{day:%Y-%m}" for day in days]
    step = -(-len(days) // TICKS)
    found = [
        Tick(x(day.toordinal()), name)
        for day, name in list(zip(days, names, strict=True))[::step]
        if LEFT <= x(day.toordinal()) < RIGHT - 4
    ]
    return tuple(found) or (Tick(x(first), one.isoformat()),)


@dataclass(frozen=True, slots=True)
class Stretch:
    """The happenings of one stretch of time (a month or a year), and their PLOVER scores added up."""

    name: str
    happenings: int
    reports: int
    cooperation: float
    conflict: float


def course(occurrences: Sequence[Occurrence]) -> tuple[Stretch, ...]:
    """Cooperation and conflict by month, or by year where they span more than three years.

    Counted in happenings, not reports: one occurrence told by forty outlets counts once. Stretches
    between the first and the last in which nothing is told to have happened stand there as well.
    """
    dated = [(one.date or "", one) for one in occurrences if one.date and len(one.date) >= 4]
    if not dated:
        return ()
    years = {day[:4] for day, _ in dated}
    length = 4 if int(max(years)) - int(min(years)) > 3 else 7
    found: dict[str, list[Occurrence]] = {}
    for day, one in dated:
        if len(day) >= length:
            found.setdefault(day[:length], []).append(one)
    made = []
    for name in _between(min(found), max(found)) if found else ():
        group = found.get(name, [])
        scores = [one.first.event.event_scale for one in group]
        made.append(
            Stretch(name, len(group), sum(one.reports for one in group),
                    round(sum(score for score in scores if score > 0), 1),
                    round(sum(score for score in scores if score < 0), 1))
        )  # fmt: skip
    return tuple(made)


def _between(first: str, last: str) -> Iterator[str]:
    """The years, or months, from one to another."""
    if len(first) == 4:
        yield from (f"{year:04}" for year in range(int(first), int(last) + 1))
        return
    start, end = (int(name[:4]) * 12 + int(name[5:]) - 1 for name in (first, last))
    yield from (f"{month // 12:04}-{month % 12 + 1:02}" for month in range(start, end + 1))


@dataclass(frozen=True, slots=True)
class Column:
    """A stretch's bars: cooperation above the line, conflict below it."""

    x: float
    width: float
    up: float
    down: float
    stretch: Stretch
    label: bool


def columns(stretches: Sequence[Stretch], half: float = HALF) -> tuple[Column, ...]:
    """Bars for :func:`course`; `half` is the height of either side."""
    if not stretches:
        return ()
    most = max(max(one.cooperation, -one.conflict) for one in stretches) or 1.0
    step = min(12.0, (RIGHT - LEFT) / len(stretches))
    every = -(-len(stretches) // TICKS)
    return tuple(
        Column(round(LEFT + number * step, 2), round(step * 0.7, 2),
               round(one.cooperation / most * half, 1), round(-one.conflict / most * half, 1), one,
               number % every == 0)
        for number, one in enumerate(stretches)
    )  # fmt: skip
