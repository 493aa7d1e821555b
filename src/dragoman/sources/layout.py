"""What the stretches of a report are: title, time line, byline, caption, heading, furniture, prose.

Method: the text is cut into lines (hard-wrapped lines are joined into their paragraph); each line
is asked against the rules of ``rules/layout.yaml`` and the time lines of :mod:`.dates`; then title,
captions and headings are told by where a line stands. A line that nothing speaks for is prose. Only
offsets are made: the text itself is never changed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from dragoman.entries import Part, PartKind
from dragoman.sources.datelines import find_dateline, wire_in
from dragoman.sources.dates import find_day, leading_date, read_time_line
from dragoman.sources.layout_rules import default_rules

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.sources.layout_rules import LayoutRules

_LINE = re.compile("[^\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]+")
_ODD = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad\u202a-\u202e\u2066-\u2069]")
_TERMINAL = frozenset(".!?…:;,”\"’'）)]»")
# A title is no longer than this: the longest of the development reports had 166 characters.
_LONGEST_TITLE = 220
# Title without a stop; a heading has at most 12 words and 90 characters.
_HEADING_WORDS, _LONGEST_HEADING = 12, 90
# As many lines without a stop in a row are a list of links, not headings.
_LINKS = 4
_HARD_WRAP = 100
_QUESTION = re.compile(
    r"(what|who|why|how|when|where|which|is|are|will|can|does|did|do|should)\b.*\?", re.IGNORECASE
)
# A quotation with its name behind a dash is news, however short.
_SIGNED = re.compile(r"[.!?…][”\"’'][ \xa0]?[—–―‒-]{1,2}[ \xa0]?[^\W\d_a-z]")
_LABELS = re.compile(
    r"(?P<label>title|headline|source|outlet|publisher|publication|newspaper|url|link|address)"
    r"\s?:\s+(?=\S)",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r"\b(is|are|was|were|has|have|had|will|said|says|did|does|can|could|would|may|must|told|"
    r"announced|reported|met|agreed|added|called|warned)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Layout:
    """A text laid out.

    Attributes:
        parts: in order, not overlapping, all that is not white space being covered.
        title, outlet, url: as the text itself gives them; None where it does not.
        published, updated: ISO dates from time lines, datelines or the title's date.
        wire: the agency that signs the text.
    """

    parts: tuple[Part, ...]
    title: str | None = None
    published: str | None = None
    updated: str | None = None
    outlet: str | None = None
    wire: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    """A line or hard-wrapped paragraph: where it stands, its words with single spaces, its kind."""

    start: int
    end: int
    words: str
    gap: bool
    kind: PartKind | None = None
    rule: str = ""

    @property
    def open(self) -> bool:
        """Whether it ends without a stop."""
        return bool(self.words) and self.words[-1] not in _TERMINAL


class _Found:
    """What is learnt of the report on the way; the first finding of each kind stays."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}

    def note(self, name: str, value: str | None) -> None:
        if value:
            self.values.setdefault(name, value)

    def get(self, *names: str) -> str | None:
        return next((self.values[name] for name in names if name in self.values), None)


def lay_out(
    text: str, given_title: str | None = None, *, rules: LayoutRules | None = None
) -> Layout:
    """Tell title, time lines, bylines, captions, headings and furniture of `text` from its prose.

    Args:
        text: the text as received; offsets count its characters.
        given_title: the title that came with the text; if its first lines repeat it, that line is
            the title. Without it the first line is the title if it is built like one.
        rules: other rules than those of the package.
    """
    rules = rules or default_rules()
    found = _Found()
    lines = _known_lines(_lines(text), rules)
    lines, front = _with_title(lines, text, given_title, found)
    lines = _timed(lines, found)
    lines = _told_by_place(lines, rules)
    parts = front + _cut(lines, text, rules, found)
    parts.sort(key=lambda part: part.start)
    for line in lines:
        if line.kind == "byline":
            found.note("wire", wire_in(line.words, rules))
            found.note("byline_day", find_day(line.words))
    return Layout(
        tuple(parts),
        title=found.get("title"),
        published=found.get("published", "late", "dateline_day", "byline_day", "title_day"),
        updated=found.get("updated"),
        outlet=found.get("outlet"),
        wire=found.get("wire"),
        url=found.get("url"),
    )


def _lines(text: str) -> list[_Line]:
    """The lines that hold more than white space; hard-wrapped ones joined."""
    raw: list[_Line] = []
    last = 0
    for hit in _LINE.finditer(text):
        words = hit.group()
        stripped = words.strip()
        if not stripped:
            continue
        start = hit.start() + len(words) - len(words.lstrip())
        end = start + len(stripped)
        raw.append(_Line(start, end, _single(stripped), text.count("\n", last, start) > 1))
        last = end
    return _joined(raw)


def _single(words: str) -> str:
    """The words with single plain spaces and without zero-width characters, for matching only."""
    return " ".join(_ODD.sub("", words[:1000]).split()) + ("…" * (len(words) > 1000))


def _joined(lines: list[_Line]) -> list[_Line]:
    width = max((line.end - line.start for line in lines), default=0)
    links = [_continues(first, second, width) for first, second in pairwise(lines)]
    near = sum(not line.gap for line in lines[1:])
    # Lines that end with a stop are only joined in a text that is clearly wrapped.
    wrapped = width <= _HARD_WRAP and sum(links) >= 3 and sum(links) >= 0.4 * near
    joined = lines[:1]
    for index, line in enumerate(lines[1:]):
        full = wrapped and not line.gap and _no_room(lines[index], line, width)
        if links[index] or full:
            whole = joined[-1]
            joined[-1] = replace(whole, end=line.end, words=f"{whole.words} {line.words}"[:1001])
        else:
            joined.append(line)
    return joined


def _continues(first: _Line, second: _Line, width: int) -> bool:
    """Whether `second` goes on with the sentence of `first`."""
    if second.gap or len(first.words) < 40 or not (first.open or first.words[-1] == ","):
        return False
    if second.words[:1].islower():
        return True
    return width <= _HARD_WRAP and _no_room(first, second, width) and len(first.words) >= 55


def _no_room(first: _Line, second: _Line, width: int) -> bool:
    word = second.words.split(" ", 1)[0]
    return first.end - first.start + 1 + len(word) > width


def _known_lines(lines: list[_Line], rules: LayoutRules) -> list[_Line]:
    """Each line with the kind that time lines and rules give it."""
    first = next((i for i, line in enumerate(lines) if _is_running(line)), len(lines))
    last = max((i for i, line in enumerate(lines) if _is_running(line)), default=-1)
    known = []
    for index, line in enumerate(lines):
        where = "start" if index < first else "end" if index > last else "middle"
        known.append(_known(line, where, rules))
    return known


def _is_running(line: _Line) -> bool:
    return len(line.words) > 120 and not line.open


def _known(line: _Line, where: str, rules: LayoutRules) -> _Line:
    if not line.words:
        return replace(line, kind="furniture", rule="zero-width")
    if read_time_line(line.words):
        return replace(line, kind="time", rule="time-line")
    rule = rules.rule_for(line.words, where)
    return replace(line, kind=rule.kind, rule=rule.id) if rule else line


def _with_title(
    lines: list[_Line], text: str, given: str | None, found: _Found
) -> tuple[list[_Line], list[Part]]:
    """The lines with the title marked, and the parts that stand before it on its own line."""
    front: list[Part] = []
    for index, line in enumerate(lines[:8]):
        label = _LABELS.match(text, line.start, line.end)
        if label:
            front.append(Part("furniture", line.start, _trim(text, line.start, label.end())))
            rest = replace(line, start=label.end(), words=_single(text[label.end() : line.end]))
            lines[index] = _labelled(rest, label["label"].lower(), found)
    if found.get("title"):
        return lines, front
    for index, line in enumerate(lines[:6]):
        dated = leading_date(text[line.start : min(line.end, line.start + 400)])
        start = line.start + dated[1] if dated else line.start
        words = _single(text[start : line.end]) if start < line.end else ""
        if not _is_title(line, words, lines[index + 1 :], given):
            if line.kind is None:
                break
            continue
        if dated and start > line.start:
            front.append(Part("time", line.start, _trim(text, line.start, start)))
            found.note("title_day", dated[0])
        found.note("title", words)
        lines[index] = replace(line, start=start, kind="title", rule="title")
        break
    return lines, front


def _trim(text: str, start: int, end: int) -> int:
    return start + len(text[start:end].rstrip())


def _labelled(line: _Line, label: str, found: _Found) -> _Line:
    """A line of a header ("Title: ...", "Source: ...")."""
    if label in {"title", "headline"}:
        found.note("title", line.words)
        return replace(line, kind="title", rule="label")
    name = "url" if label in {"url", "link", "address"} else "outlet"
    found.note(name, line.words)
    return replace(line, kind="byline", rule="label")


def _is_title(line: _Line, words: str, rest: Sequence[_Line], given: str | None) -> bool:
    if not words or len(words) > _LONGEST_TITLE:
        return False
    if given is not None:
        return _bare(words) == _bare(given)
    if line.kind is not None or not rest or not words[0].isprintable():
        return False
    if len(words.split()) < 2 or words[0].islower():
        return False
    if not line.open and words[-1] not in "?!”\"’'…)":
        # "The king is in Moscow." is a title only where a time line or byline follows at once.
        return words[-1] == "." and len(words) <= 120 and rest[0].kind in {"time", "byline"}
    return not (words[-1] in "”\"’'" and words[-2:-1] in {".", ",", "!", "?"})


def _bare(words: str) -> str:
    return re.sub(r"\W+", "", _single(words)).lower()


def _timed(lines: list[_Line], found: _Found) -> list[_Line]:
    """Notes what the time lines say: those above the prose, and labelled ones anywhere."""
    above = True
    for line in lines:
        if line.kind is None and (len(line.words) > 60 or not line.open):
            above = False
        if line.kind != "time":
            continue
        said = read_time_line(line.words)
        if said is None:
            continue
        if above:
            found.note("published", said.published)
            found.note("updated", said.updated)
        elif said.labelled:
            found.note("late", said.published)
            found.note("updated", said.updated)
    return lines


def _told_by_place(lines: list[_Line], rules: LayoutRules) -> list[_Line]:
    """Captions and headings, which are told by their neighbours; the rest is prose."""
    lines = _link_lists(lines)
    told: list[_Line] = []
    for index, line in enumerate(lines):
        if line.kind is not None:
            told.append(line)
            continue
        kind = _by_place(line, told, lines[index + 1 : index + 2], rules)
        told.append(replace(line, kind=kind))
    return told


def _by_place(
    line: _Line,
    told: Sequence[_Line],
    after: Sequence[_Line],
    rules: LayoutRules,
) -> PartKind:
    if after and _is_caption(line, told, rules):
        return "caption"
    if not after or after[0].kind not in {None, "caption", "time", "byline"}:
        return "prose"
    following = after[0]
    if following.kind is None and following.open and len(following.words) <= _LONGEST_HEADING:
        return "prose"
    return "heading" if _is_heading(line) else "prose"


def _is_caption(line: _Line, told: Sequence[_Line], rules: LayoutRules) -> bool:
    words = line.words
    if len(words) > 300 or re.search(r"[.!?] [A-Z]", words) or _FINITE.search(words):
        return False
    if rules.posed.fullmatch(words) and len(words.split()) <= 25:
        return True
    above = told and all(one.kind not in {"prose", "heading"} for one in told)
    limit = 300 if above else 160
    return len(words) <= limit and rules.caption.fullmatch(words) is not None


def _is_heading(line: _Line) -> bool:
    words = line.words
    if len(words) > _LONGEST_HEADING or len(words.split()) > _HEADING_WORDS:
        return False
    first = words[0]
    if re.search(r"\b(said|says|told)\b", words) or _SIGNED.search(words):
        return False
    if _QUESTION.fullmatch(words):
        return True
    if first in "‘“\"'" and words[-1] in "’”\"'":
        return words[-2:-1] not in {".", ",", "!"} and "said" not in words
    return line.open and (first.isupper() or first.isdigit() or first in "‘“\"'")


def _link_lists(lines: list[_Line]) -> list[_Line]:
    """Runs of short lines without a stop, after the first prose, made furniture."""
    marked = list(lines)
    run: list[int] = []
    seen_prose = False
    for index, line in enumerate([*lines, _Line(0, 0, "x.", gap=False)]):
        if line.kind is None and line.open and len(line.words) <= 110 and seen_prose:
            run.append(index)
            continue
        # The last of a run that prose follows may be that prose's heading.
        last = run[-1] if run and line.kind is None and index < len(lines) else None
        if len(run) >= _LINKS:
            for at in run:
                if at != last:
                    marked[at] = replace(lines[at], kind="furniture", rule="links")
        run = []
        seen_prose = seen_prose or (line.kind is None and not line.open)
    return marked


def _cut(lines: Iterable[_Line], text: str, rules: LayoutRules, found: _Found) -> list[Part]:
    """Parts of the lines; datelines and furniture at the ends of prose become parts of their own."""
    parts: list[Part] = []
    prose = 0
    for line in lines:
        kind = line.kind or "prose"
        if kind != "prose":
            parts.append(Part(kind, line.start, line.end))
            continue
        prose += 1
        start = line.start
        if prose <= 2:
            start = _cut_dateline(line, text, rules, found, parts)
        parts.extend(_cut_tail(start, line.end, text, rules))
    return parts


def _cut_dateline(
    line: _Line, text: str, rules: LayoutRules, found: _Found, parts: list[Part]
) -> int:
    """Where the prose of `line` begins; a dateline before it is added to `parts`."""
    dateline = find_dateline(text[line.start : min(line.end, line.start + 200)], rules)
    if dateline is None or line.start + dateline.end >= line.end:
        return line.start
    start = line.start + dateline.end
    parts.append(Part("byline", line.start, _trim(text, line.start, start)))
    found.note("wire", dateline.wire)
    found.note("dateline_day", dateline.day)
    return start


def _cut_tail(start: int, end: int, text: str, rules: LayoutRules) -> list[Part]:
    tail_from = max(start, end - 260)
    tail = text[tail_from:end].replace("\u00a0", " ")
    for rule in rules.phrases:
        hit = rule.pattern.search(tail)
        if hit and tail_from + hit.start() > start:
            at = tail_from + hit.start()
            return [Part("prose", start, _trim(text, start, at)), Part(rule.kind, at, end)]
    return [Part("prose", start, end)]
