"""Time expressions of a report, resolved against its day, its own dates and the tense of the clause.

Every expression is kept; one that cannot be known ("recently", "Thursday" in a report without a date)
has no value. Nothing is guessed: the reason stands in `why`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.entries import Moment
from dragoman.reading.calendar import MONTH_NUMBER, MONTHS, SEASONS, WEEKDAY_NUMBER, day_of
from dragoman.reading.feasts import NAMES
from dragoman.reading.resolving import Reference, Value
from dragoman.reading.stretches import clock
from dragoman.reading.tense import tense_at
from dragoman.reading.timephrases import PATTERNS
from dragoman.reading.yearparts import feast_day
from dragoman.spans import cut

if TYPE_CHECKING:
    from datetime import date

    from dragoman.entries import Precision
    from dragoman.reading.timewords import Resolver
    from dragoman.reading.tree import Page, Tree
    from dragoman.spans import Span

# How many sentences after it a date still is what "the following day" is counted from.
_ANCHOR_HOLDS = 3
# In how many characters a sentence says its year first ("Back in early 2011, ...").
_BEGINS = 15
_PRECISION: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}
_WORDS = re.compile(r"[a-z]+|\d+|:")


def _kinds() -> dict[str, frozenset[str]]:
    """Which kinds of patterns a word may start: the words are those that the patterns ask for."""
    made: dict[str, set[str]] = {}

    def add(kind: str, words: object) -> None:
        for word in words:  # type: ignore[attr-defined]
            made.setdefault(word, set()).add(kind)

    units = (
        "second minute hour day week weekend fortnight month quarter year decade century".split()
    )
    add(
        "unit",
        [*units, *(f"{unit}s" for unit in units), "centuries", "night", "evening", "morning"],
    )
    add("unit", ["afternoon", *SEASONS, "half"])
    add("month", [*MONTHS, *MONTH_NUMBER])
    add("weekday", [*WEEKDAY_NUMBER, *(f"{name}s" for name in WEEKDAY_NUMBER)])
    add("season", SEASONS)
    for name in NAMES:  # one word of each will do: the longest that is no weekday
        words = [word for word in re.findall(r"[a-z]+", name) if word not in WEEKDAY_NUMBER]
        add("feast", [max(words, key=len)])
    add("near", "yesterday today tomorrow tonight overnight".split())
    add(
        "way", "ago now hence earlier later before after afterwards following next previous".split()
    )
    add("way", ["preceding", "same"])
    add("set", "annually annual yearly monthly weekly daily quarterly every each per".split())
    add("clock", "gmt utc midnight noon dawn dusk midday m am pm clock cet est edt : msk".split())
    add("century", ["century"])
    add("decade", "twenties thirties forties fifties sixties seventies eighties nineties".split())
    add(
        "vague",
        """recently lately recent past last next coming nowadays now currently present future soon term
        time times far once formerly day days those these previously meantime shortly later earlier
        afterwards ago before after other""".split(),
    )
    return {word: frozenset(kinds) for word, kinds in made.items()}


_KINDS = _kinds()


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    match: re.Match[str]
    resolve: Resolver


def find_moments(page: Page) -> tuple[Moment, ...]:
    """The time expressions of a report, in the order of the text.

    Args:
        page: the report, whose day of publication is what "yesterday" is counted from, and its
            sentences with their trees; flat trees do, but then the tense of a clause is not seen.
    """
    day = day_of(page.report.published)
    made: list[Moment] = []
    anchor: str | None = None
    told_at = -_ANCHOR_HOLDS - 1
    year: int | None = None
    for number, tree in enumerate(page.trees):
        if number - told_at > _ANCHOR_HOLDS:
            anchor = None
        # Against a dated report only a year of the same sentence counts.
        year = year if day is None else None
        here: str | None = None
        first = len(made)
        # Times of day come last: "at 16:15, June 1st" takes the day that the sentence tells.
        for one in sorted(_matches(tree.tags.text), key=lambda one: one.resolve is clock):
            if _is_name(tree, one):
                continue
            reference = _reference(tree, one, day, anchor, year, here)
            value = one.resolve(one.match, reference)
            if value is None:
                continue
            moment = _moment(
                cut(page.report.text, tree.offset + one.start, tree.offset + one.end), value
            )
            made.append(moment)
            if moment.value is None or moment.kind != "date":
                continue
            if moment.end is None:
                anchor, told_at = moment.value, number
                here = moment.value if len(moment.value) == 10 else here
            # "In 2011, ... on March 14": against a dated report a year holds for its sentence where the
            # sentence begins with it.
            if re.search(r"\d{4}", moment.span.text) and (day is None or one.start <= _BEGINS):
                year = int(moment.value[:4])
        made[first:] = sorted(made[first:], key=lambda moment: moment.span.start)
    return tuple(made)


def _reference(
    tree: Tree,
    one: _Found,
    day: date | None,
    anchor: str | None,
    year: int | None,
    here: str | None,
) -> Reference:
    text = tree.tags.text
    return Reference(
        day=day,
        anchor=anchor,
        year=year,
        tense=tense_at(tree, one.start),
        before=text[max(0, one.start - 30) : one.start],
        after=text[one.end : one.end + 40],
        clock_day=here,
    )


_NO_DAY = Reference(None)


def _matches(text: str) -> list[_Found]:
    """What the patterns find in a sentence, in the order of the words; an earlier pattern goes first."""
    kinds: set[str] = set()
    for word in _WORDS.findall(text.lower()):
        if word[0].isdigit():
            kinds.add("number")
            if len(word) >= 4:
                kinds.update(("year", "clock"))
            kinds.add("fixed")
        else:
            kinds.update(_KINDS.get(word, ()))
    if not kinds:
        return []
    taken: list[tuple[int, int]] = []
    found: list[_Found] = []
    for pattern in PATTERNS:
        if not pattern.needs <= kinds:
            continue
        for match in pattern.regex.finditer(text):
            start, end = match.span("all" if "all" in pattern.regex.groupindex else 0)
            if start == end or any(start < right and left < end for left, right in taken):
                continue
            if pattern.resolve is None:
                taken.append((start, end))
            # A day that does not exist ("30 February") leaves its words to the later patterns.
            elif pattern.resolve(match, _NO_DAY) is not None:
                taken.append((start, end))
                found.append(_Found(start, end, match, pattern.resolve))
    return sorted(found, key=lambda one: (one.start, one.end))


def _is_name(tree: Tree, one: _Found) -> bool:
    """Whether a month's or feast's word is a person here ("May said", "April Ryan")."""
    if one.end - one.start == len(tree.tags.text) or any(mark.isdigit() for mark in one.match[0]):
        return False
    if one.resolve is feast_day and " " in one.match[0]:
        # "Eid al-Fitr" looks like somebody's name to a tagger.
        return False
    inside = set(tree.within(one.start, one.end))
    return any(
        name.label == "PER" and inside & set(range(name.first, name.last))
        for name in tree.tags.names
    )


def _moment(span: Span, value: Value) -> Moment:
    precision: Precision = "none"
    if value.start and value.kind in {"date", "time"}:
        precision = _PRECISION.get(len(value.start), "none")
    kind = value.kind if value.kind in {"date", "duration", "set", "time"} else "date"
    return Moment(span, value.start, value.end, precision, kind, value.why)  # type: ignore[arg-type]
