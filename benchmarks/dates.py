"""Finding and resolving time expressions.

Two formats of lines:

* reports as in dates/meantime.jsonl: ``{id, published, title, text, annotated_to, timex: [{start, end,
  text, type, value}]}``. The date line is left out, and so is everything after ``annotated_to``.
* expressions alone: ``{id, expression, reference, expect}``; ``reference`` is the report's day (or null),
  ``expect`` an ISO date, an interval ``a/b``, a TIMEX3 value, or null where nothing can be known. With a
  key ``text`` the expression is read in that sentence.

An expression is found where the spans share a character (one to one). Two values are the same where
they name the same first and last day ("2005-Q4" is 2005-10-01 to 2005-12-31), so it does not matter how
they are written; a time of day is compared by its day, since the record keeps days. A length of time
is the same as a stretch of that length. ``PAST_REF``, ``XXXX-XX-XX`` and their like name no day: right is
to give none.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.common import arguments, f1, lines, note, overlap, show
from dragoman.entries import Part, Report, Sentence
from dragoman.language.tags import Tags, Token
from dragoman.reading.dates import find_moments
from dragoman.reading.tree import Page, Tree
from dragoman.run_local import make_reader
from dragoman.spans import Span

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dragoman.entries import Moment

Days = tuple[date, date]
_SEASON = {"SP": 3, "SU": 6, "FA": 9, "AU": 9, "WI": 12}
_LENGTH = re.compile(r"P(T?)([\d.]+|X)([A-Z]+)")
_VAGUE = re.compile(r".*_REF|XXXX")


@dataclass
class Score:
    """What has been counted so far."""

    found: int = 0
    made: int = 0
    gold: int = 0
    right: int = 0
    unknowable: int = 0
    invented: int = 0

    def value(self, gold: str | None, mine: Moment | None) -> bool:
        """Counts one expression's value and says whether it is right."""
        if gold is None or _VAGUE.match(gold):
            self.unknowable += 1
            self.invented += bool(mine and mine.value and mine.kind in {"date", "time"})
        if mine is None:
            return gold is None
        right = same(gold, mine)
        self.right += right
        return right


def days(value: str) -> Days | None:
    """First and last day of an ISO or TIMEX3 value; None where it names none."""
    value = value.strip().removeprefix("FY")
    if "/" in value:
        first, last = (days(part) for part in value.split("/", 1))
        return (first[0], last[1]) if first and last else None
    value = re.sub(r"(?<=\d)T.*$", "", value)
    value = re.sub(r"(-XX)+$", "", value)
    try:
        return _days(value)
    except ValueError:
        return None


def _days(value: str) -> Days | None:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        day = date.fromisoformat(value)
        return day, day
    if found := re.fullmatch(r"(\d{4})-W(\d\d)(-WE|-\d)?", value):
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        if found[3] == "-WE":
            return monday + timedelta(5), monday + timedelta(6)
        if found[3]:
            day = monday + timedelta(int(found[3][1]) - 1)
            return day, day
        return monday, monday + timedelta(6)
    if found := re.fullmatch(r"(\d{4})-(\d\d)", value):
        return _months(int(found[1]), int(found[2]), 1)
    if found := re.fullmatch(r"(\d{4})-Q([1-4])", value):
        return _months(int(found[1]), int(found[2]) * 3 - 2, 3)
    if found := re.fullmatch(r"(\d{4})-H([12])", value):
        return _months(int(found[1]), int(found[2]) * 6 - 5, 6)
    if found := re.fullmatch(r"(\d{4})-(SP|SU|FA|AU|WI)", value):
        return _months(int(found[1]), _SEASON[found[2]], 3)
    if re.fullmatch(r"\d{2,4}", value):
        wide: int = 10 ** (4 - len(value))
        first = int(value) * wide
        return date(first, 1, 1), date(first + wide - 1, 12, 31)
    return None


def _months(year: int, month: int, count: int) -> Days:
    after = year * 12 + month - 1 + count
    return date(year, month, 1), date(after // 12, after % 12 + 1, 1) - timedelta(1)


def same(gold: str | None, mine: Moment) -> bool:
    """Whether a gold value and a moment of ours say the same."""
    if gold is None or _VAGUE.match(gold):
        return mine.value is None or mine.kind in {"duration", "set"}
    if gold.startswith("P"):
        return _same_length(gold, mine)
    if mine.value is None or mine.kind in {"duration", "set"}:
        return False
    wanted, first = days(gold), days(mine.value)
    last = days(mine.end) if mine.end else first
    if wanted is None or first is None or last is None:
        return False
    if re.fullmatch(r"\d\d", gold):  # a century: counted from 1900 or from 1901
        return last[1].year - first[0].year == 99 and first[0].year // 100 == int(gold)
    return wanted == (first[0], last[1])


def _same_length(gold: str, mine: Moment) -> bool:
    wanted = _LENGTH.fullmatch(gold)
    if mine.kind in {"duration", "set"}:
        if mine.value is None:
            return "X" in gold
        own = _LENGTH.fullmatch(mine.value)
        if wanted and own and wanted[2] == own[2] == "X":
            return True
        return gold == mine.value
    if not (wanted and mine.value and mine.end) or wanted[2] == "X" or wanted[1]:
        return False
    first, last = days(mine.value), days(mine.end)
    if not first or not last:
        return False
    count, unit = float(wanted[2]), wanted[3]
    length = {
        "Y": float(last[1].year - first[0].year),
        "M": float((last[1].year - first[0].year) * 12 + last[1].month - first[0].month),
        "W": (last[1] - first[0]).days / 7,
        "D": float((last[1] - first[0]).days),
        "E": (last[1].year - first[0].year) / 10,
    }.get(unit)
    return length == count


def flat_tree(index: int, text: str, offset: int, kind: str = "prose") -> Tree:
    """A sentence whose words hang on its first: what there is without a language model."""
    tokens: list[Token] = []
    for found in re.finditer(r"\w+|[^\w\s]", text):
        head = 0 if tokens else -1
        tokens.append(
            Token(found.start(), found.end(), found[0], found[0].lower(), "X", head, "dep")
        )
    empty = np.zeros(0, dtype=np.float32)
    tags = Tags(text, tuple(tokens), (), (), (), empty, empty, None)  # type: ignore[arg-type]
    part: Any = kind
    return Tree(Sentence(index, part, Span(offset, offset + len(text), text)), tags)


def _flat(report: Report) -> tuple[Moment, ...]:
    trees = [
        flat_tree(number, found[0], found.start())
        for number, found in enumerate(re.finditer(r"[^\n]+", report.text))
    ]
    return find_moments(Page(report, tuple(trees)))


def _reading(model: Path | None) -> Callable[[Report], tuple[Moment, ...]]:
    """The program as it stands: with the language model where its weights are there."""
    from dragoman.language.card import WEIGHTS

    if model is None and not any(WEIGHTS.glob("*.onnx")):
        return _flat
    reading = make_reader(model=model, threads=2)
    return lambda report: reading.read(report).moments


def _report(line: dict[str, Any]) -> Report:
    text, title = line["text"], line.get("title") or ""
    parts = [Part("prose", 0, len(text))]
    if title and text.startswith(title):
        parts = [Part("title", 0, len(title)), Part("prose", len(title), len(text))]
    published = str(line["published"])
    if found := re.fullmatch(r"(\d\d)-(\d\d)-(\d{4})", published):
        # Four articles carry their day as month-day-year; the text's date line bears that out.
        published = f"{found[3]}-{found[2]}-{found[1]}"
    return Report(id=str(line["id"]), text=text, published=published, parts=tuple(parts))


def _article(line: dict[str, Any], moments: tuple[Moment, ...], score: Score) -> list[str]:
    limit = line.get("annotated_to") or len(line["text"])
    skipped = [(one["start"], one["end"]) for one in line["timex"] if one.get("dateline")]
    gold = [one for one in line["timex"] if not one.get("dateline") and one["start"] < limit]
    mine = [
        one
        for one in moments
        if one.span.start < limit
        and not any(overlap((one.span.start, one.span.end), place) for place in skipped)
    ]
    score.gold += len(gold)
    score.made += len(mine)
    left = list(mine)
    said: list[str] = []
    for one in sorted(gold, key=lambda g: (g["start"] - g["end"], g["start"])):
        place = (one["start"], one["end"])
        hits = [m for m in left if overlap(place, (m.span.start, m.span.end))]
        hit = min(
            hits,
            key=lambda m: abs(m.span.start - place[0]) + abs(m.span.end - place[1]),
            default=None,
        )
        if hit:
            left.remove(hit)
            score.found += 1
        right = score.value(one["value"], hit)
        if not right:
            line_of = line["text"].rfind("\n", 0, place[0]) + 1
            around = line["text"][max(line_of, place[0] - 70) : place[1] + 40].replace("\n", " | ")
            said.append(
                f"{line['published']} {one['text']!r} {one['value']} got {_shown(hit)} … {around}"
            )
    said.extend(
        f"{line['published']} spare {_shown(one)} … {line['text'][max(0, one.span.start - 40) : one.span.end + 30]!r}"
        for one in left
    )
    return said


def _expression(
    line: dict[str, Any], read: Callable[[Report], tuple[Moment, ...]], score: Score
) -> list[str]:
    words = str(line["expression"])
    text = str(line.get("text") or words)
    start = max(text.find(words), 0)
    report = Report(
        id=str(line["id"]),
        text=text,
        published=line.get("reference"),
        parts=(Part("prose", 0, len(text)),),
    )
    hits = [
        m for m in read(report) if overlap((start, start + len(words)), (m.span.start, m.span.end))
    ]
    hit = max(hits, key=lambda m: m.span.end - m.span.start, default=None)
    score.gold += 1
    score.made += bool(hit)
    score.found += bool(hit)
    right = score.value(line.get("expect"), hit)
    if right and hit is None:
        # Nothing was to be known, and nothing was said.
        score.made += 1
        score.found += 1
        score.right += 1
    return (
        []
        if right
        else [f"{line.get('reference')} {words!r} {line.get('expect')} got {_shown(hit)}"]
    )


def _shown(moment: Moment | None) -> str:
    if moment is None:
        return "-"
    return f"[{moment.span.text}] {moment.kind} {moment.value} {moment.end or ''}".rstrip()


def main() -> None:
    args = arguments(__doc__ or "")
    read = _reading(args.model)
    score = Score()
    kinds = Counter[str]()
    said: list[str] = []
    for line in lines(args.data):
        if "timex" in line:
            said += _article(line, read(_report(line)), score)
        else:
            said += _expression(line, read, score)
        kinds["lines"] += 1
    for words in said[: args.errors]:
        note(words)
    precision, recall, both = f1(score.found, score.made, score.gold)
    show(
        {
            "found_f1": both,
            "found_precision": precision,
            "found_recall": recall,
            "value_accuracy": score.right / score.found if score.found else 0.0,
            "wrong_when_unknowable": score.invented / score.unknowable if score.unknowable else 0.0,
            "expressions": score.gold,
            "lines": kinds["lines"],
        }
    )


if __name__ == "__main__":
    main()
