"""Where reports that tell the same tell it otherwise: figures, dates, names, wording.

Only lines that tell one thing are compared. A later day is a change and no contradiction: dates are
compared as dates of the thing told, never as days of the reports.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from dragoman.entries import Evidence, Finding
from dragoman.gathering.likeness import Words, find_numbers, words_of
from dragoman.gathering.parties import codes
from dragoman.gathering.words import EMPTY, WORD, root, stem
from dragoman.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dragoman.entries import Event, Moment, ReadReport, Statement

# Words that raise or lower a claim. Two reports of the same words that differ in one of them say
# something else: "the first to call" and "for the first time of one mind".
CLAIMS = {
    "first": "first", "last": "last", "only": "only", "never": "never", "always": "always", "all": "all",
    "unanimous": "unanimous", "unanimity": "unanimous", "unanimously": "unanimous", "largest": "largest",
    "biggest": "largest", "highest": "highest", "most": "most", "worst": "worst", "record": "record",
    "unprecedented": "unprecedented", "historic": "historic", "immediate": "at once",
    "immediately": "at once", "permanent": "for good", "permanently": "for good",
}  # fmt: skip
# Words that put a step between an agreement and the act: "agreed to talk about how to resume".
STEPS = frozenset(
    """talks talk negotiations negotiate discuss discussion discussions consider explore study how whether
    might may could possibly possible plan plans planned propose proposed seek seeking start prepare hope
    hopes aim intend want wants towards toward""".split()
)
# Acts of agreeing, after which a step counts.
_AGREEING = frozenset(root(word) for word in "agree decide promise pledge offer vow accept".split())
_PARTIES_OF_TIME = {"hour": 1 / 24, "day": 1.0, "week": 7.0, "month": 30.0, "year": 365.0}
_UNIT_STOP = frozenset(
    "the a an of in on at to for from by with and or nor per more than about some other".split()
)
_DATE_WORDS = re.compile(
    r"(?i)\b(january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts: its value, the root of its unit, the roots about it, its place."""

    value: float
    unit: str
    near: frozenset[str]
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A sentence of a report with what was read from it."""

    report_id: str
    day: str | None
    index: int
    kind: str
    span: Span
    words: Words
    parties: frozenset[str]
    events: tuple[Event, ...]
    statements: tuple[Statement, ...]
    moments: tuple[Moment, ...]
    numbers: tuple[Figure, ...]
    background: bool


def lines_of(read: ReadReport) -> list[Line]:
    """A report's sentences as lines; captions are left out, since they tell a picture."""
    events: dict[int, list[Event]] = defaultdict(list)
    statements: dict[int, list[Statement]] = defaultdict(list)
    parties: dict[int, frozenset[str]] = defaultdict(frozenset)
    for event in read.events:
        events[event.sentence].append(event)
    for statement in read.statements:
        statements[statement.sentence].append(statement)
    for mention in read.mentions:
        if mention.actor is not None:
            parties[mention.sentence] |= codes((mention.actor,))
    made = []
    for sentence in read.sentences:
        if sentence.kind == "caption":
            continue
        own = tuple(events[sentence.index])
        moments = tuple(m for m in read.moments if sentence.span.holds(m.span))
        said = tuple(statements[sentence.index])
        made.append(
            Line(
                report_id=read.report.id,
                day=read.report.day,
                index=sentence.index,
                kind=sentence.kind,
                span=sentence.span,
                words=words_of(sentence.span.text, _embedding(sentence.span, said)),
                parties=frozenset(parties[sentence.index]),
                events=own,
                statements=said,
                moments=moments,
                numbers=figures(sentence.span, moments),
                background=_background(own, moments, read.report.day),
            )
        )
    return made


def _embedding(span: Span, statements: Sequence[Statement]) -> bytes:
    """The embedding of a statement that fills most of the sentence, else none."""
    for statement in statements:
        if 2 * len(statement.content.text) > len(span.text):
            return statement.embedding
    return b""


def _background(events: Sequence[Event], moments: Sequence[Moment], day: str | None) -> bool:
    """Whether a line tells what was before: marked as history, or dated in an earlier month or year."""
    if events and all("historical" in event.auxiliary for event in events):
        return True
    if day is None:
        return False
    dates = [m.value for m in moments if m.value and m.kind == "date"]
    return bool(dates) and all(
        value[:7] < day[: len(value[:7])] and _months(value, day) > 1 for value in dates
    )


def _months(value: str, day: str) -> int:
    year, month = int(day[:4]), int(day[5:7])
    if len(value) < 7:
        return (year - int(value[:4])) * 12
    return (year - int(value[:4])) * 12 + month - int(value[5:7])


def figures(span: Span, moments: Iterable[Moment] = ()) -> tuple[Figure, ...]:
    """The numbers of a sentence that count something; those of dates, years and hours are left out."""
    text = span.text
    dated = [
        (m.span.start - span.start, m.span.end - span.start)
        for m in moments
        if m.kind in {"date", "time"}
    ]
    made = []
    for number in find_numbers(text):
        if any(start <= number.start < end for start, end in dated):
            continue
        word = text[number.start : number.end]
        if (
            re.fullmatch(r"(1[89]|20)\d\d", word)
            or _DATE_WORDS.search(text[number.end : number.end + 11])
            or _DATE_WORDS.search(text[max(0, number.start - 11) : number.start])
        ):
            continue
        # "one" is mostly no count: "one of them", "that one".
        if not word[0].isdigit() and number.value < 2:
            continue
        after = [m.group() for m in WORD.finditer(text, number.end)][:6]
        before = [m.group() for m in WORD.finditer(text[: number.start])][-6:]
        unit = next((root(w) for w in after if w.lower() not in _UNIT_STOP and w[0].isalpha()), "")
        near = {root(w) for w in (*before, *after) if stem(w) not in EMPTY and w[0].isalpha()}
        made.append(Figure(number.value, unit, frozenset(near), number.start, number.end))
    return tuple(made)


def differ(
    lines: Sequence[Line], told_groups: Sequence[tuple[int, ...]], copies: Mapping[str, str]
) -> list[Finding]:
    """The differences within groups of aligned lines, and between figures that count the same.

    Args:
        lines: of all reports.
        told_groups: numbers of lines that tell the same.
        copies: each reprint with its original.
    """
    made: list[Finding] = []
    seen: set[tuple[object, ...]] = set()

    def add(kind: str, one: Line, other: Line, left: Span, right: Span, why: str) -> None:
        key = (kind, one.report_id, left, other.report_id, right)
        if key not in seen:
            seen.add(key)
            what = f"{kind}: “{_short(left.text)}” or “{_short(right.text)}”"
            evidence = (Evidence(one.report_id, left), Evidence(other.report_id, right))
            made.append(Finding("differ", what, evidence, why=why))

    aligned = {
        (a, b)
        for group in told_groups
        for a, b in combinations(sorted(group), 2)
        if comparable(lines[a], lines[b], copies)
    }
    for a, b in sorted(aligned):
        one, other = lines[a], lines[b]
        for left, right, why in _figures_differ(one, other):
            add("figure", one, other, left, right, why)
        for left, right, why in _dates_differ(one, other):
            add("date", one, other, left, right, why)
        for left, right, why in _claims_differ(one, other):
            add("wording", one, other, left, right, why)
    for a, b in combinations(range(len(lines)), 2):
        one, other = lines[a], lines[b]
        if not comparable(one, other, copies) or (a, b) in aligned:
            continue
        for left, right, why in _loose_figures(one, other):
            add("figure", one, other, left, right, why)
        for left, right, why in _steps_differ(one, other):
            add("wording", one, other, left, right, why)
    for a, b in sorted(aligned):
        for left, right, why in _steps_differ(lines[a], lines[b]):
            add("wording", lines[a], lines[b], left, right, why)
    return made


def comparable(one: Line, other: Line, copies: Mapping[str, str]) -> bool:
    """Whether two lines are of two reports, and not of a reprint and a third report."""
    a, b = one.report_id, other.report_id
    if a == b:
        return False
    return (a not in copies or copies[a] == b) and (b not in copies or copies[b] == a)


Pairs = list[tuple[Span, Span, str]]


def _figures_differ(one: Line, other: Line) -> Pairs:
    """Figures of aligned lines that count the same and are not the same."""
    equal = {figure.value for figure in one.numbers} & {figure.value for figure in other.numbers}
    made: Pairs = []
    for mine in one.numbers:
        for theirs in other.numbers:
            if mine.value in equal or theirs.value in equal:
                continue
            if _same_unit(mine, theirs):
                made.append((*_figure_spans(one, mine, other, theirs), _figure_why(mine, theirs)))
    return made


def _loose_figures(one: Line, other: Line) -> Pairs:
    """Figures of lines that are not aligned, but that count the same by the words about them."""
    if not one.parties & other.parties and one.parties and other.parties:
        return []
    equal = {figure.value for figure in one.numbers} & {figure.value for figure in other.numbers}
    made: Pairs = []
    for mine in one.numbers:
        for theirs in other.numbers:
            if {mine.value, theirs.value} & equal or not mine.near & theirs.near:
                continue
            # A shared unit word, or the one's unit is what the other's number happened to.
            if (
                mine.unit
                and (
                    (mine.unit == theirs.unit and len(mine.near & theirs.near) > 1)
                    or mine.unit in theirs.near
                    or theirs.unit in mine.near
                )
                and mine.unit not in _PARTIES_OF_TIME
            ):
                made.append((*_figure_spans(one, mine, other, theirs), _figure_why(mine, theirs)))
    return made


def _same_unit(mine: Figure, theirs: Figure) -> bool:
    if mine.unit in _PARTIES_OF_TIME and theirs.unit in _PARTIES_OF_TIME:
        return True
    return mine.unit == theirs.unit or bool({mine.unit} & theirs.near or {theirs.unit} & mine.near)


def _figure_why(mine: Figure, theirs: Figure) -> str:
    if mine.unit in _PARTIES_OF_TIME and theirs.unit in _PARTIES_OF_TIME:
        first = mine.value * _PARTIES_OF_TIME[mine.unit]
        second = theirs.value * _PARTIES_OF_TIME[theirs.unit]
        if abs(first - second) <= 0.05 * max(first, second):
            return "about the same length of time, given otherwise"
    return "the same is counted, the figures are not the same"


def _figure_spans(one: Line, mine: Figure, other: Line, theirs: Figure) -> tuple[Span, Span]:
    return _around(one.span, mine.start, mine.end), _around(other.span, theirs.start, theirs.end)


def _around(span: Span, start: int, end: int, words: int = 3) -> Span:
    """The words at a place and a few after it, as a span of the report."""
    text = span.text
    ends = [m.end() for m in WORD.finditer(text, end)][:words]
    stop = ends[-1] if ends else end
    return Span(span.start + start, span.start + stop, text[start:stop])


def _dates_differ(one: Line, other: Line) -> Pairs:
    """Dates of aligned lines, each the only one of its line, that exclude each other."""
    mine = {m.value: m for m in one.moments if m.value and m.kind == "date"}
    theirs = {m.value: m for m in other.moments if m.value and m.kind == "date"}
    left = [m for value, m in mine.items() if not any(_agree(value, v) for v in theirs)]
    right = [m for value, m in theirs.items() if not any(_agree(value, v) for v in mine)]
    if not left or not right:
        return []
    made: Pairs = []
    for a in left:
        b = min(right, key=lambda m: (_apart(a.value or "", m.value or ""), m.span.start))
        made.append((a.span, b.span, f"{a.value} and {b.value} for the same"))
    return made


def _agree(one: str, other: str) -> bool:
    width = min(len(one), len(other), 10)
    return one[:width] == other[:width]


def _apart(one: str, other: str) -> int:
    return abs(
        int(one[:4]) * 372
        + int(one[5:7] or 1) * 31
        + int(one[8:10] or 1)
        - int(other[:4]) * 372
        - int(other[5:7] or 1) * 31
        - int(other[8:10] or 1)
    )


def _claims_differ(one: Line, other: Line) -> Pairs:
    """Words that raise or lower a claim and that only one of two aligned lines has."""
    mine, theirs = _marked(one), _marked(other)
    if (
        not mine
        or not theirs
        or (set(mine) == set(theirs) and one.words.roots.keys() == other.words.roots.keys())
    ):
        return _one_sided(one, mine, other, theirs)
    made: Pairs = []
    if set(mine) != set(theirs):
        left = mine[min(set(mine) - set(theirs) or mine)]
        right = theirs[min(set(theirs) - set(mine) or theirs)]
        made.append((left, right, f"{', '.join(sorted(mine))} and {', '.join(sorted(theirs))}"))
    return made


def _one_sided(one: Line, mine: dict[str, Span], other: Line, theirs: dict[str, Span]) -> Pairs:
    strong = {"first", "only", "never", "unanimous", "last"}
    if bool(strong & set(mine)) == bool(strong & set(theirs)):
        return []
    name = min(strong & (set(mine) | set(theirs)))
    return [(one.span, other.span, f"only one of them says “{name}”")]


def _marked(line: Line) -> dict[str, Span]:
    made: dict[str, Span] = {}
    for match in WORD.finditer(line.span.text):
        claim = CLAIMS.get(match.group().lower())
        if claim and claim not in made:
            made[claim] = _around(line.span, match.start(), match.end(), 5)
    return made


def _steps_differ(one: Line, other: Line) -> Pairs:
    """An act agreed on in one line, and in the other only a step towards it."""
    mine, theirs = _agreed(one), _agreed(other)
    if mine is None or theirs is None or one.report_id == other.report_id:
        return []
    (left, left_steps, left_roots), (right, right_steps, right_roots) = mine, theirs
    common = {key for key in left_roots & right_roots if key not in _AGREEING}
    if bool(left_steps) == bool(right_steps) or len(common) < 2:
        return []
    step = min(left_steps or right_steps)
    return [(left, right, f"the act itself, or only a step towards it (“{step}”)")]


def _agreed(line: Line) -> tuple[Span, frozenset[str], frozenset[str]] | None:
    """What stands after a word of agreeing: the span, the words of steps in it, its roots."""
    matches = list(WORD.finditer(line.span.text))
    for place, match in enumerate(matches):
        if root(match.group()) not in _AGREEING:
            continue
        after = matches[place + 1 : place + 13]
        if not after:
            return None
        words = [m.group().lower() for m in after]
        span = Span(
            line.span.start + match.start(),
            line.span.start + after[-1].end(),
            line.span.text[match.start() : after[-1].end()],
        )
        roots = words_of(" ".join(words)).roots
        return span, frozenset(words) & STEPS, frozenset(roots)
    return None


def titles_differ(lines: Sequence[Line], copies: Mapping[str, str]) -> list[Finding]:
    """Titles that tell as done what another report tells as agreed, planned or denied."""
    made: list[Finding] = []
    for title in (line for line in lines if line.kind == "title"):
        for line in lines:
            found = _done_or_agreed(title, line) if comparable(title, line, copies) else None
            if found:
                left, right = found
                made.append(
                    Finding(
                        "differ",
                        f"wording: “{_short(left.text)}” or “{_short(right.text)}”",
                        (Evidence(title.report_id, left), Evidence(line.report_id, right)),
                        why="told as done in a title, as agreed in the text",
                    )
                )
                break
    return made


def _done_or_agreed(title: Line, line: Line) -> tuple[Span, Span] | None:
    if line.kind == "title" or line.report_id == title.report_id or _agreed(title) is not None:
        return None
    agreed = _agreed(line)
    if agreed is None:
        return None
    span, _, roots = agreed
    common = {key for key in roots & title.words.roots.keys() if key not in _AGREEING}
    return (title.span, span) if len(common) >= 2 and title.parties & line.parties else None


def _short(text: str, limit: int = 90) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"
