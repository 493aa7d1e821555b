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
from dragoman.gathering.facts import (
    TIME_UNITS,
    Fact,
    agree,
    around,
    dates,
    days_apart,
    figures,
    same_count,
    same_thing,
)
from dragoman.gathering.likeness import Words, dice, words_of
from dragoman.gathering.parties import codes
from dragoman.gathering.words import WORD, root
from dragoman.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dragoman.entries import Event, Mention, Moment, ReadReport, Statement

# Words that raise or lower a claim. Two reports of the same words that differ in one of them say
# something else: "the first to call" and "for the first time of one mind".
CLAIMS = {
    "first": "first", "only": "only", "never": "never", "always": "always", "unanimous": "unanimous",
    "unanimity": "unanimous", "unanimously": "unanimous", "largest": "largest", "biggest": "largest",
    "highest": "highest", "worst": "worst", "record": "record", "unprecedented": "unprecedented",
    "historic": "historic", "immediate": "at once", "immediately": "at once", "permanent": "for good",
    "permanently": "for good",
}  # fmt: skip
# "the first hours", "the first round" put in order and claim nothing.
_ORDER = frozenset(
    "hour hours day days week month months half quarter round lady minister part step phase".split()
)
# Words that put a step between an agreement and the act: "agreed to talk about how to resume".
STEPS = frozenset(
    """talks talk negotiations negotiate discuss discussion discussions consider explore study how whether
    might may could possibly possible plan plans planned propose proposed seek seeking start prepare hope
    hopes aim intend want wants towards toward""".split()
)
# Acts of agreeing, after which a step counts.
_AGREEING = frozenset(root(word) for word in "agree decide promise pledge offer vow accept".split())
_ACT = re.compile(r"\bto\s+(?P<act>[a-z]+)", re.IGNORECASE)
# Two quotations of one utterance whose words are less alike are quoted otherwise.
_QUOTED_ALIKE = 0.5
# Words that tell what has been so for long.
_LONG = re.compile(
    r"\b(?:ha(?:s|ve|d) long|long been|for (?:many|several|some|\w+) (?:years|decades)|decades(?:-old| of)|"
    r"(?:in|over) (?:the )?(?:last|past|recent) (?:few |\w+ )?(?:years|decades)|historically|traditionally)\b",
    re.IGNORECASE,
)
# Dates of one thing further apart than this are more likely dates of two things.
_FARTHEST = 400


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
    numbers: tuple[Fact, ...]
    dates: tuple[Fact, ...]
    background: bool


def lines_of(read: ReadReport, day: str | None = None) -> list[Line]:
    """A report's sentences as lines; captions are left out, since they tell a picture.

    Args:
        read: the report.
        day: of its story, for a report that is undated itself.
    """
    day = read.report.day or day
    events: dict[int, list[Event]] = defaultdict(list)
    statements: dict[int, list[Statement]] = defaultdict(list)
    named: dict[int, list[tuple[Mention, str]]] = defaultdict(list)
    for event in read.events:
        events[event.sentence].append(event)
    for statement in read.statements:
        statements[statement.sentence].append(statement)
    for mention in read.mentions:
        if mention.actor is not None:
            named[mention.sentence] += [(mention, code) for code in codes((mention.actor,))]
    made = []
    for sentence in read.sentences:
        if sentence.kind == "caption":
            continue
        own = tuple(events[sentence.index])
        moments = tuple(m for m in read.moments if sentence.span.holds(m.span))
        said = tuple(statements[sentence.index])
        who = named[sentence.index]
        made.append(
            Line(
                report_id=read.report.id,
                day=read.report.day,
                index=sentence.index,
                kind=sentence.kind,
                span=sentence.span,
                words=words_of(sentence.span.text, _embedding(sentence.span, said)),
                parties=frozenset(code for _, code in who),
                events=own,
                statements=said,
                moments=moments,
                numbers=figures(sentence.span, moments, who),
                dates=dates(sentence.span, moments, who),
                background=_background(sentence.span.text, own, moments, day),
            )
        )
    return made


def _embedding(span: Span, statements: Sequence[Statement]) -> bytes:
    """The embedding of a statement that fills most of the sentence, else none."""
    for statement in statements:
        if 2 * len(statement.content.text) > len(span.text):
            return statement.embedding
    return b""


def _background(
    text: str, events: Sequence[Event], moments: Sequence[Moment], day: str | None
) -> bool:
    """Whether a line tells what was before, or has long been: by its words, or an earlier month or year."""
    if events and all("historical" in event.auxiliary for event in events):
        return True
    if _LONG.search(text) and not any(m.value and len(m.value) >= 10 for m in moments):
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


def differ(
    lines: Sequence[Line], aligned: Iterable[tuple[int, int]], copies: Mapping[str, str]
) -> list[Finding]:
    """The differences of aligned lines, and of figures and dates of other lines about the same.

    Args:
        lines: of all reports.
        aligned: pairs of line numbers, of two reports, that tell the same.
        copies: each reprint with its original.
    """
    made: dict[tuple[object, ...], Finding] = {}
    together = {(min(pair), max(pair)) for pair in aligned}
    for a, b in combinations(range(len(lines)), 2):
        one, other = lines[a], lines[b]
        if not comparable(one, other, copies):
            continue
        near = (a, b) in together
        found = [
            *(("figure", *pair) for pair in _figures_differ(one, other, aligned=near)),
            *(("date", *pair) for pair in _dates_differ(one, other, aligned=near)),
            *(("wording", *pair) for pair in _steps_differ(one, other)),
        ]
        if near:
            found += [("wording", *pair) for pair in _claims_differ(one, other)]
        for kind, left, right, why in found:
            what = f"{kind}: “{_short(left.text)}” or “{_short(right.text)}”"
            evidence = (Evidence(one.report_id, left), Evidence(other.report_id, right))
            # The same words against the same words of one report are one difference.
            key = (kind, one.report_id, other.report_id, left.text.lower(), right.text.lower())
            made.setdefault(key, Finding("differ", what, evidence, why=why))
    return list(made.values())


def comparable(one: Line, other: Line, copies: Mapping[str, str]) -> bool:
    """Whether two lines are of two reports, and not of a reprint and a third report."""
    return _held_against(one.report_id, other.report_id, copies)


def _held_against(a: str, b: str, copies: Mapping[str, str]) -> bool:
    if a == b:
        return False
    return (a not in copies or copies[a] == b) and (b not in copies or copies[b] == a)


Pairs = list[tuple[Span, Span, str]]


def _figures_differ(one: Line, other: Line, *, aligned: bool) -> Pairs:
    """Figures that count the same and are not the same."""
    equal = {fact.value for fact in one.numbers} & {fact.value for fact in other.numbers}
    return [
        (mine.span, theirs.span, _figure_why(mine, theirs))
        for mine in one.numbers
        for theirs in other.numbers
        if mine.value not in equal
        and theirs.value not in equal
        and same_count(mine, theirs, aligned=aligned)
    ]


def _figure_why(mine: Fact, theirs: Fact) -> str:
    if mine.unit in TIME_UNITS and theirs.unit in TIME_UNITS:
        first = float(mine.value) * TIME_UNITS[mine.unit]
        second = float(theirs.value) * TIME_UNITS[theirs.unit]
        if abs(first - second) <= 0.05 * max(first, second):
            return "about the same length of time, given otherwise"
    return "the same is counted, the figures are not the same"


def _dates_differ(one: Line, other: Line, *, aligned: bool) -> Pairs:
    """Dates of the same thing that exclude each other.

    A date is held against those whose clause tells the same thing; where no clause does, the only
    dates of two aligned lines are held against each other.
    """
    made: Pairs = []
    for fact in one.dates:
        rivals = [rival for rival in other.dates if same_thing(fact, rival)]
        if not rivals and aligned and len(one.dates) == len(other.dates) == 1:
            rivals = list(other.dates)
        if not rivals or any(agree(str(fact.value), str(rival.value)) for rival in rivals):
            continue
        apart = [(days_apart(str(fact.value), str(r.value)), r.span.start, r) for r in rivals]
        days, _, best = min(apart, key=lambda row: row[:2])
        if days <= _FARTHEST:
            made.append((fact.span, best.span, f"{fact.value} and {best.value} for the same"))
    return made


def _claims_differ(one: Line, other: Line) -> Pairs:
    """Claims ("first", "only", "unanimous") that both make of the same, in other terms."""
    mine, theirs = _marked(one), _marked(other)
    if not mine or not theirs or set(mine) == set(theirs):
        return []
    left = mine[min(set(mine) - set(theirs) or mine)]
    right = theirs[min(set(theirs) - set(mine) or theirs)]
    return [(left, right, f"{', '.join(sorted(mine))} and {', '.join(sorted(theirs))}")]


def _marked(line: Line) -> dict[str, Span]:
    made: dict[str, Span] = {}
    matches = list(WORD.finditer(line.span.text))
    for place, match in enumerate(matches):
        claim = CLAIMS.get(match.group().lower())
        after = matches[place + 1].group().lower() if place + 1 < len(matches) else ""
        if claim and claim not in made and after not in _ORDER:
            made[claim] = around(line.span, match.start(), match.end(), 5)
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


def quotations_differ(
    utterances: Iterable[Sequence[Statement]], copies: Mapping[str, str]
) -> list[Finding]:
    """One utterance in quotation marks in two reports, and not in the same words.

    Args:
        utterances: the statements of each, from all reports.
        copies: each reprint with its original.
    """
    made: list[Finding] = []
    for members in utterances:
        direct = [statement for statement in members if statement.kind == "direct"]
        best: dict[tuple[str, str], tuple[float, Statement, Statement]] = {}
        for one, other in combinations(direct, 2):
            if not _held_against(one.report_id, other.report_id, copies):
                continue
            alike = dice(words_of(one.content.text), words_of(other.content.text))
            key = (one.report_id, other.report_id)
            if key not in best or alike > best[key][0]:
                best[key] = (alike, one, other)
        made += [
            Finding(
                "differ",
                f"quotation: {_short(one.content.text)} or {_short(other.content.text)}",
                (
                    Evidence(one.report_id, one.content, statement_id=one.id),
                    Evidence(other.report_id, other.content, statement_id=other.id),
                ),
                why=f"one utterance, quoted in other words (alike by {alike:.2f})",
            )
            for alike, one, other in best.values()
            if alike < _QUOTED_ALIKE
        ]
    return made


def _done_or_agreed(title: Line, line: Line) -> tuple[Span, Span] | None:
    """A title that names the very act that the line only agrees to do ("agreed to resume")."""
    if line.kind == "title" or _agreed(title) is not None:
        return None
    agreed = _agreed(line)
    act = _ACT.search(agreed[0].text) if agreed else None
    if agreed is None or act is None or not title.parties & line.parties:
        return None
    (key,) = words_of(act["act"]).roots or ("",)
    common = agreed[2] & title.words.roots.keys()
    return (title.span, agreed[0]) if key in common and len(common) >= 2 else None


def _short(text: str, limit: int = 90) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else text[:limit].rsplit(" ", 1)[0] + " …"
