"""The course of cooperation and conflict between two parties, and the days on which it turned.

The course is counted in happenings, not reports: each counts its PLOVER score once. Turning days are
found by exact change-point search (the mean of a series changes; PELT of Killick, Fearnhead and Eckley
2012, in the library ruptures) with a penalty for each change that grows with the logarithm of the
length (Yao 1988). The series is that of the periods (days, weeks or months) where at least half of them
hold a happening, and else that of the happening days one after the other: silence in the news is no
neutral dealing. Happenings whose date is not known to the day are counted and left out.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from dragoman.analysis.dealings import dealings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.analysis.dealings import Dealing
    from dragoman.entries import Event, Happening

Unit = Literal["day", "week", "month"]
Series = Literal["periods", "happening days", "none"]
Toward = Literal["cooperation", "conflict"]

# The penalty of one change, in variances, is this often the logarithm of the series' length. Chosen so
# that of shuffled series (no change, heavy tails) at most about one in twenty shows a turning day; see
# tests/analysis/test_changes.py.
PENALTY = 4.0
# Neither side of a change may be shorter.
_SHORTEST = 2
# Fewer points tell nothing of a change.
_FEWEST = 5
# Happenings named for a turning day at most.
_NAMED = 5
# The longest stretch that is shown by day and by week.
_BY_DAY = 120
_BY_WEEK = 6 * 366


@dataclass(frozen=True, slots=True)
class Period:
    """A day, week (from Monday) or month, both ends included.

    Attributes:
        happenings, reports: how many, and in how many reports they are told.
        cooperation, conflict, net: the sums of the positive scores, the negative, and of all.
    """

    start: str
    end: str
    happenings: int
    reports: int
    cooperation: float
    conflict: float
    net: float


@dataclass(frozen=True, slots=True)
class Turn:
    """A day on which the course turned.

    Attributes:
        day: the first happening day of the new course.
        toward: where to.
        before, after: the mean net score of a point of the series, on either side up to the next turn.
        happening_ids, event_ids: the happenings that made it, and the events that tell them.
        words: the turn in words for people.
    """

    day: str
    toward: Toward
    before: float
    after: float
    happening_ids: tuple[str, ...]
    event_ids: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Rank:
    """The latest period that holds a happening among all before it.

    Attributes:
        period: it. earlier: how many periods are before it, empty ones too.
        friendlier, harsher: how many of these have a higher, and a lower net score.
        words: in words for people ("more hostile than in 118 of the 131 weeks since ...").
    """

    period: Period
    earlier: int
    friendlier: int
    harsher: int
    words: str


@dataclass(frozen=True, slots=True)
class Course:
    """The course between two parties.

    Attributes:
        pair: the two members, sorted.
        since, until: the window, as asked for.
        unit: what a period is.
        series: in what the turning days were looked for.
        periods: from the first happening to the last, empty ones too.
        turns: in order of date.
        rank: None where there is one period only.
        undated: happenings left out because their day is not known.
        dealings: the happenings in order of date, undated ones last.
    """

    pair: tuple[str, str]
    since: str | None
    until: str | None
    unit: Unit
    series: Series
    periods: tuple[Period, ...]
    turns: tuple[Turn, ...]
    rank: Rank | None
    undated: int
    dealings: tuple[Dealing, ...]


def changes(
    pair: tuple[str, str],
    events: Iterable[Event],
    happenings: Iterable[Happening],
    *,
    since: str | None = None,
    until: str | None = None,
    unit: Unit | None = None,
) -> Course:
    """The course between two parties in a window.

    Args:
        pair: two codes or names, in any order.
        events: of any parties, in any order.
        happenings: which events are one occurrence: it counts once.
        since, until: ISO dates as far as known; None leaves the window open.
        unit: what a period is; None takes days up to four months, weeks up to six years, then months.
    """
    members = (min(pair), max(pair))
    found = dealings(events, happenings, since=since, until=until).get(members, ())
    dated = [(date.fromisoformat(one.day), one) for one in found if one.day]
    if not dated:
        return Course(
            members, since, until, unit or "week", "none", (), (), None, len(found), found
        )
    unit = unit or _unit(dated[0][0], dated[-1][0])
    groups = _grouped(dated, unit)
    periods = tuple(_period(start, unit, group) for start, group in groups)
    series, turns = _turns(groups, periods)
    return Course(
        pair=members,
        since=since,
        until=until,
        unit=unit,
        series=series,
        periods=periods,
        turns=turns,
        rank=_rank(periods, unit),
        undated=len(found) - len(dated),
        dealings=found,
    )


# -- periods -------------------------------------------------------------------------------------


def _unit(first: date, last: date) -> Unit:
    days = (last - first).days
    return "day" if days <= _BY_DAY else "week" if days <= _BY_WEEK else "month"


def _start(day: date, unit: Unit) -> date:
    if unit == "day":
        return day
    return day - timedelta(day.weekday()) if unit == "week" else day.replace(day=1)


def _next(start: date, unit: Unit) -> date:
    if unit == "month":
        return (start + timedelta(31)).replace(day=1)
    return start + timedelta(1 if unit == "day" else 7)


_Groups = list[tuple[date, list["Dealing"]]]


def _grouped(dated: Sequence[tuple[date, Dealing]], unit: Unit) -> _Groups:
    """Every period from the first to the last, with its happenings."""
    held: dict[date, list[Dealing]] = defaultdict(list)
    for day, one in dated:
        held[_start(day, unit)].append(one)
    made: _Groups = []
    start = min(held)
    while start <= max(held):
        made.append((start, held.get(start, [])))
        start = _next(start, unit)
    return made


def _period(start: date, unit: Unit, group: Sequence[Dealing]) -> Period:
    scores = [one.score for one in group]
    return Period(
        start=start.isoformat(),
        end=(_next(start, unit) - timedelta(1)).isoformat(),
        happenings=len(group),
        reports=len({report for one in group for report in one.report_ids}),
        cooperation=round(sum(score for score in scores if score > 0), 2),
        conflict=round(sum(score for score in scores if score < 0), 2),
        net=round(sum(scores), 2),
    )


# -- turning days --------------------------------------------------------------------------------


def _turns(groups: _Groups, periods: Sequence[Period]) -> tuple[Series, tuple[Turn, ...]]:
    filled = sum(bool(group) for _, group in groups)
    signal: list[tuple[float, ...]]
    if 2 * filled >= len(groups):
        series: Series = "periods"
        points = [(start.isoformat(), group) for start, group in groups]
        signal = [(period.cooperation, period.conflict) for period in periods]
    else:
        series = "happening days"
        by_day: dict[str, list[Dealing]] = defaultdict(list)
        for _, group in groups:
            for dealing in group:
                by_day[dealing.day or ""].append(dealing)
        points = sorted(by_day.items())
        signal = [(_mean([dealing.score for dealing in group]),) for _, group in points]
    breaks = [0, *_breaks(signal), len(points)]
    net = [sum(row) for row in signal]
    turns = tuple(
        _turn(points[at:end], _mean(net[begin:at]), _mean(net[at:end]))
        for begin, at, end in zip(breaks, breaks[1:], breaks[2:], strict=False)
    )
    return series if len(points) >= _FEWEST else "none", turns


def _breaks(signal: Sequence[tuple[float, ...]]) -> list[int]:
    """Where the mean changes: the index of the first point of each new stretch, the first left out."""
    if len(signal) < _FEWEST:
        return []
    import numpy as np
    import ruptures

    points = np.array(signal, dtype=float)
    # The spread from one point to the next, which a lasting change hardly touches.
    spread = np.sqrt((np.diff(points, axis=0) ** 2).mean(axis=0) / 2)
    moving = spread > 0
    if not moving.any():
        return []
    scaled = points[:, moving] / spread[moving]
    search = ruptures.KernelCPD(kernel="linear", min_size=_SHORTEST).fit(scaled)
    found = search.predict(pen=PENALTY * scaled.shape[1] * float(np.log(len(scaled))))
    return [int(at) for at in found[:-1]]


def _turn(points: Sequence[tuple[str, list[Dealing]]], before: float, after: float) -> Turn:
    """The turn at the first of the points, from which the new course goes on."""
    toward: Toward = "cooperation" if after > before else "conflict"
    way = 1 if toward == "cooperation" else -1
    # What points the way at the beginning of the new course; without it, the old dealings ceased.
    fitting = ([one for one in group if one.score * way > 0] for _, group in points[:_SHORTEST])
    made = next(filter(None, fitting), [])
    chosen = sorted(made, key=lambda one: (-abs(one.score), -len(one.report_ids), one.date, one.id))
    chosen = sorted(chosen[:_NAMED], key=lambda one: (one.date or "", one.id))
    day = min((one.day for one in made if one.day), default=points[0][0])
    beginning = f"{_count(len(made), 'happening')} began it" if made else "what was before ceased"
    return Turn(
        day=day,
        toward=toward,
        before=round(before, 2),
        after=round(after, 2),
        happening_ids=tuple(one.id for one in chosen),
        event_ids=tuple(id_ for one in chosen for id_ in one.event_ids),
        words=f"toward {toward} from {day}: the mean net score went from {before:+.1f} to "
        f"{after:+.1f}; {beginning}",
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


# -- the latest period ---------------------------------------------------------------------------


def _rank(periods: Sequence[Period], unit: Unit) -> Rank | None:
    """How the latest period compares with those before it."""
    if len(periods) < 2:
        return None
    *earlier, last = periods
    friendlier = sum(one.net > last.net for one in earlier)
    harsher = sum(one.net < last.net for one in earlier)
    word, count = ("hostile", friendlier) if friendlier >= harsher else ("friendly", harsher)
    share = 10 * count // len(earlier)
    tenth = f", {share} of 10" if 0 < share < 10 and len(earlier) > 10 else ""
    filled = sum(one.happenings > 0 for one in earlier)
    quiet = f" ({filled} of them with a happening)" if 2 * filled < len(earlier) else ""
    words = (
        f"the {unit} of {last.start} was more {word} than {count} of the {_count(len(earlier), unit)} "
        f"since {earlier[0].start}{tenth}{quiet}"
    )
    return Rank(last, len(earlier), friendlier, harsher, words)
