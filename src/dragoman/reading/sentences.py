"""Cutting a report's prose into sentences; what stands inside one pair of quotation marks is not cut."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unicodedata import category

from dragoman.entries import Report, Sentence
from dragoman.spans import cut

if TYPE_CHECKING:
    from collections.abc import Iterator

READ_KINDS = ("title", "caption", "prose")

# A sentence may end at . ! ? or an ellipsis, with closing quotes or brackets, before white space.
_END = re.compile(r"([.!?…]+)([\"'”’»)\]]*)(?=\s|$)")
# ... and at a blank line in any case.
_BREAK = re.compile(rf"{_END.pattern}|[^\S\n]*\n[^\S\n]*\n")
_STARTS = re.compile(
    r"\s+[\"'“‘«„([\-–—]*\s*(?:(?:\.\.\.|…)[\])]\s*)?([A-Z0-9À-ÞĀ-Ž]|[^\x00-\u024f])"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“‘\-–—/]|(?<!\w)')("
    r"Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Cpl|Adm|Cmdr|Brig|Sen|Rep|Gov|Pres|Amb|Rev|Hon|St|Ste|Sr|Jr|Del|Supt|Det|Atty|Sens|Reps|Messrs|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Mt|Ft|No|Nos|vs|etc|approx|Inc|Ltd|Corp|Co|Bros|"
    r"cf|al|Art|Ave|Blvd|Dept|Univ|Assn|ca|esp|fig|vol|pp|ed|eds|e\.g|i\.e|a\.m|p\.m|U\.S|U\.K|U\.N|E\.U|U\.A\.E|"
    r"[A-Z]|(?:[A-Z]\.)+[A-Z]|[a-z])$"
)
# Abbreviations after which a new sentence often begins, so that a capital letter decides.
_MAY_END = re.compile(r"(?:a\.m|p\.m|U\.S|U\.K|U\.N|E\.U|U\.A\.E|etc|Inc|Ltd|Corp|Co|al|Jr|Sr)$")
# Words that begin a sentence and hardly ever follow an abbreviation inside one.
_SURE_STARTS = frozenset(
    "The A An In On At He She It They We I This That These Those But And However Meanwhile As After "
    "Before While When If For According His Her Their Its There Both Some Many Most Since".split()
)
# "“Is it peace?” President Haddad asked": the sentence goes on behind the closing mark.
_ASKS = re.compile(
    r"\s+(?:[A-Z][\w.'’-]*\s+){1,4}(?:said|says|asked|asks|added|told|wrote|cried|shouted)\b"
)
# Double marks and what closes them; writers mix the makes of one quotation ("... today,”).
_CLOSER = {"“": ("”",), "«": ("»",), "„": ("“", "”"), '"': ('"', "”"), "''": ("''",), "”": ("”",)}
_MARK = re.compile("''|[“”„«»\"]|\n\n")
# Marks that look the same where they open and where they close.
_PLAIN = frozenset({'"', "''", "”"})


def find_sentences(report: Report) -> tuple[Sentence, ...]:
    """The sentences of a report's title, captions and prose, in order of the text.

    Returns:
        Sentences that do not overlap; each span quotes its words, and lies inside one part.
    """
    made: list[Sentence] = []
    for part in report.parts:
        if part.kind not in READ_KINDS:
            continue
        for start, end in _pieces(report.text, part.start, part.end, whole=part.kind == "title"):
            made.append(Sentence(len(made), part.kind, cut(report.text, start, end)))
    return tuple(made)


def _pieces(text: str, start: int, end: int, *, whole: bool) -> Iterator[tuple[int, int]]:
    if whole:
        if text[start:end].strip():
            yield start, end
        return
    quoted = _quoted(text, start, end)
    begin = start
    for match in _BREAK.finditer(text, start, end):
        stop = match.end()
        if match.group(1) is None:
            # A blank line ends a heading or caption that has no full stop.
            if text[begin : match.start()].strip():
                yield begin, match.start()
            begin = match.start()
            continue
        # A mark that closes with the sentence's own end ("... in Gaza.” The king left") cuts nothing off.
        if any(left < match.start() and stop <= right for left, right in quoted):
            continue
        if match.group(2) and match.group(1) != "." and _ASKS.match(text, stop, end):
            continue
        if stop < end and not _is_end(text, begin, match, stop, end):
            continue
        if text[begin:stop].strip():
            yield begin, stop
        begin = stop
    if text[begin:end].strip():
        yield begin, end


def _is_end(text: str, begin: int, match: re.Match[str], stop: int, end: int) -> bool:
    following = text[stop : min(end, stop + 40)]
    if not _STARTS.match(following):
        # "he asked. \n\nthen" - a paragraph break ends a sentence whatever follows.
        return "\n\n" in following[: len(following) - len(following.lstrip())]
    if match.group(1) != ".":
        return True
    if match.group(2):
        return True
    before = text[max(begin, match.start() - 12) : match.start()]
    abbreviation = _ABBREVIATION.search(before)
    if not abbreviation:
        return True
    word = following.split(maxsplit=1)[0].strip("\"'“”‘’(") if following.split() else ""
    if _MAY_END.search(before):
        return word in _SURE_STARTS
    # A single capital is an initial ("J. Smith"), unless the next word cannot follow a name.
    return len(abbreviation.group(1)) == 1 and word in _SURE_STARTS and before[-1:].isupper()


def _quoted(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The stretches between a pair of double quotation marks within one paragraph.

    A mark without its partner in the paragraph opens nothing: an odd mark must not swallow the rest.
    """
    made: list[tuple[int, int]] = []
    opened: tuple[int, str] | None = None
    inner = 0  # curly quotations open inside a straight one
    for match in _MARK.finditer(text, start, end):
        mark, position = match.group(), match.start()
        if mark == "\n\n":
            opened = None
        elif opened is None:
            if mark in _CLOSER and (mark not in _PLAIN or _opens(text, position, start)):
                opened, inner = (position, mark), 0
        elif mark == "“" and opened[1] == '"':
            inner += 1
        elif mark == "”" and inner:
            inner -= 1
        elif mark in _CLOSER[opened[1]]:
            made.append((opened[0], position))
            opened = None
    return tuple(made)


def _opens(text: str, position: int, start: int) -> bool:
    """Whether a mark that may open or close opens here: behind white space or a bracket, not a word."""
    if position == start:
        return True
    before = text[position - 1]
    if text[position] == "”":
        return before.isspace() or category(before) == "Cf"
    return not (before.isalnum() or before in ".,!?…")
