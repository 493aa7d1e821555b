"""What can be held side by side in two sentences: figures, dates, claims, and agreements."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.gathering.likeness import find_numbers, synonyms
from dragoman.gathering.words import EMPTY, WORD, root, stem
from dragoman.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.entries import Mention, Moment

# Days in each unit of time; a month and a year by their usual round lengths.
TIME_UNITS = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.0, "year": 365.0}
_CALENDAR = re.compile(
    r"\b(january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b|\b(1[5-9]|20)\d\d\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(1[5-9]|20)\d\d")
_CLAUSE_END = re.compile(r"[,;:()]|\s[–—-]\s|\b(?:and|but|while|after|before|when|since|because)\b")
_NO_UNIT = frozenset(
    "the a an of in on at to for from by with and or nor per more than about some other".split()
)
# "the two countries" counts nothing: it points back.
_POINTING = frozenset(root(word) for word in "countries sides nations states leaders ministers men women parties neighbours".split())  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure or a date with the words about it.

    Attributes:
        value: the number; or the ISO date as text.
        span: where it stands in the report.
        unit: the root of what a figure counts; empty for a date.
        near: roots (or their synonym classes) of the words of its clause, numbers and dates left out.
        parties: codes of the parties named in its clause.
    """

    value: float | str
    span: Span
    unit: str
    near: frozenset[str]
    parties: frozenset[str]


def figures(
    span: Span, moments: Iterable[Moment] = (), parties: Iterable[tuple[Mention, str]] = ()
) -> tuple[Fact, ...]:
    """The numbers of a sentence that count something; those of dates and the clock are left out."""
    text = span.text
    taken = [
        (m.span.start - span.start, m.span.end - span.start)
        for m in moments
        if m.kind == "time" or (m.kind == "date" and _CALENDAR.search(m.span.text))
    ]
    named = tuple(parties)
    made = []
    for number in find_numbers(text):
        word = text[number.start : number.end]
        if any(start <= number.start < end for start, end in taken) or _dated(
            text, number.start, number.end
        ):
            continue
        # "one" is mostly no count: "one of them", "that one".
        if not word[0].isdigit() and number.value < 2:
            continue
        after = [m.group() for m in WORD.finditer(text, number.end)][:5]
        unit = next((_key(w) for w in after if w.lower() not in _NO_UNIT and w[0].isalpha()), "")
        if not unit or (number.value == 2 and unit in _POINTING):
            continue
        near, codes = _clause(span, number.start, number.end, named)
        made.append(
            Fact(number.value, _around(span, number.start, number.end, 3), unit, near, codes)
        )
    return tuple(made)


def dates(
    span: Span, moments: Iterable[Moment], parties: Iterable[tuple[Mention, str]] = ()
) -> tuple[Fact, ...]:
    """The dates of a sentence that could be resolved."""
    named = tuple(parties)
    made = []
    for moment in moments:
        if moment.kind == "date" and moment.value and re.match(r"\d{4}", moment.value):
            start, end = moment.span.start - span.start, moment.span.end - span.start
            near, codes = _clause(span, start, end, named)
            made.append(Fact(moment.value, moment.span, "", near, codes))
    return tuple(made)


def _dated(text: str, start: int, end: int) -> bool:
    return bool(
        _YEAR.fullmatch(text[start:end])
        or _CALENDAR.match(text[end : end + 12].lstrip())
        or (
            re.search(r"[A-Z][a-z]{2,8}\.?\s*$", text[max(0, start - 11) : start])
            and _CALENDAR.search(text[max(0, start - 11) : start])
        )
    )


def _key(word: str) -> str:
    key = root(word)
    return synonyms().get(key, key)


def _clause(
    span: Span, start: int, end: int, parties: tuple[tuple[Mention, str], ...]
) -> tuple[frozenset[str], frozenset[str]]:
    """The roots and the parties of the clause about a place in a sentence."""
    text = span.text
    first = max((m.end() for m in _CLAUSE_END.finditer(text, 0, start)), default=0)
    rest = _CLAUSE_END.search(text, end)
    last = rest.start() if rest else len(text)
    words = (*WORD.findall(text[first:start]), *WORD.findall(text[end:last]))
    near = {_key(word) for word in words if word[0].isalpha() and stem(word) not in EMPTY}
    codes = {
        code
        for mention, code in parties
        if span.start + first <= mention.span.start < span.start + last and _coded(code)
    }
    return frozenset(near), frozenset(codes)


def _coded(code: str) -> bool:
    """Whether a party is a state or a body; "protesters" and "demonstrators" may be the same."""
    return code.startswith("body:") or (len(code) == 3 and code.isupper())


def _around(span: Span, start: int, end: int, words: int) -> Span:
    ends = [m.end() for m in WORD.finditer(span.text, end)][:words]
    stop = ends[-1] if ends else end
    return Span(span.start + start, span.start + stop, span.text[start:stop])


def around(span: Span, start: int, end: int, words: int) -> Span:
    """The words at a place of a sentence and a few after it, as a span of the report."""
    return _around(span, start, end, words)


def same_thing(one: Fact, other: Fact) -> bool:
    """Whether two facts of sentences that are not aligned speak of one thing, by their clauses.

    Two words or more in common, two thirds of the shorter clause's, and no parties of one clause
    that the other lacks while it names its own.
    """
    common = len(one.near & other.near)
    least = min(len(one.near), len(other.near))
    return (
        common >= 2
        and 3 * common >= 2 * least
        and (one.parties <= other.parties or other.parties <= one.parties)
    )


def same_count(one: Fact, other: Fact, *, aligned: bool) -> bool:
    """Whether two figures count the same."""
    timed = (one.unit in TIME_UNITS, other.unit in TIME_UNITS)
    if timed[0] != timed[1]:
        return False
    if timed[0]:
        share = len((one.near & other.near) - set(TIME_UNITS))
        return (aligned and share > 0) or (one.unit == other.unit and share > 0)
    if one.unit == other.unit:
        return aligned or same_thing(one, other)
    return one.unit in other.near or other.unit in one.near


def days_apart(one: str, other: str) -> int:
    """About how many days lie between two ISO dates; unknown parts count as the first."""
    return abs(_days(one) - _days(other))


def _days(value: str) -> int:
    return int(value[:4]) * 365 + int(value[5:7] or 1) * 30 + int(value[8:10] or 1)


def agree(one: str, other: str) -> bool:
    """Whether one of two ISO dates is the other, or a vaguer form of it."""
    width = min(len(one), len(other), 10)
    return one[:width] == other[:width]
