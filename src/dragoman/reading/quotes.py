"""Quotation marks of every make, paired within a paragraph; an odd mark never swallows the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from unicodedata import category

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.entries import Report

# Opening marks of one make and what may close them. “ and » close too where a writer set them the
# wrong way round or in the German and Nordic manner.
_CLOSERS = {
    "“": ("”", '"', "“"),
    "”": ("”",),
    "„": ("“", "”", '"'),
    "«": ("»",),
    "»": ("«", "»"),
    "‹": ("›",),
    "「": ("」",),
    "‘": ("’",),
    "''": ("''",),
    "``": ("''",),
    '"': ('"', "”"),
    "'": ("'",),
}
_SINGLE = frozenset({"‘", "'"})
_OPENERS = re.compile("''|``|[" + "".join(mark for mark in _CLOSERS if len(mark) == 1) + "]")
_PARAGRAPH = re.compile(r"\n[ \t\r\f\v]*\n")
_STOP = re.compile(r"[.!?…]+(?=\s)")
_SENTENCE_END = ".!?…,;:"
_BEFORE_OPENING = "([{—–-/:‒―"
# The end of a paragraph that is one quotation with a name behind a dash (“...” — Maria Lopes).
_SIGNED = re.compile(
    r"[”\"](?=[ \xa0]{0,2}(?:[—–―‒]|--?)[ \xa0]*[^\W\d_a-z][\w.'’-]*(?:[ \xa0][\w.'’-]+){0,5}[ \xa0]*$)"
)
# Words that a title leaves small.
_SMALL = frozenset(
    "a an the of and or for in on at to by from with as is not vs de la le el al".split()
)
# A single quotation mark that is the ' of a plural ("the ministers' plan") opens nothing; one that opens
# must close within so many characters, since most of these marks are apostrophes.
_SINGLE_REACH = 600


@dataclass(frozen=True, slots=True)
class Quote:
    """A quoted stretch of the text.

    Attributes:
        start, end: from the opening mark to behind the closing one (or the paragraph's end).
        inner_start, inner_end: without the marks.
        closed: whether the closing mark stands; a quotation that goes on in the next paragraph is
            left open and opened anew there.
        continues: whether it takes up the quotation of the paragraph before.
    """

    start: int
    end: int
    inner_start: int
    inner_end: int
    closed: bool
    continues: bool = False


def find_quotes(report: Report) -> tuple[Quote, ...]:
    """The quotations of a report's news text in the order of the text; they do not overlap.

    A quotation inside another is part of it and no quotation of its own here.
    """
    made: list[Quote] = []
    open_before = False
    for part in report.parts:
        if part.kind not in {"title", "caption", "prose"}:
            continue
        for start, end in _paragraphs(report.text, part.start, part.end):
            quotes = _in_paragraph(report.text, start, end)
            if quotes and open_before and not report.text[start : quotes[0].start].strip():
                quotes[0] = replace(quotes[0], continues=True)
            made.extend(quotes)
            open_before = bool(quotes) and not quotes[-1].closed
    return tuple(made)


def is_name(words: str) -> bool:
    """Whether quoted words look like a title or the name of a forum: every word of weight is capital.

    "Strategic Vision Group" is one; "No" and "We agree," are not.
    """
    parts = words.split()
    if len(parts) < 2 or words.rstrip()[-1:] in {",", ".", "!", "?", "…"}:
        return False
    weighty = [part for part in parts if part.lower().strip("\"'‘’“”,:;()") not in _SMALL]
    return len(weighty) >= 2 and all(
        part.lstrip("\"'‘“(")[:1].isupper() or part[:1].isdigit() for part in weighty
    )


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for match in _PARAGRAPH.finditer(text, start, end):
        yield begin, match.start()
        begin = match.end()
    yield begin, end


def _signed(text: str, start: int, end: int) -> Quote | None:
    """A paragraph that is one quotation with its name, whatever marks stand inside it."""
    first = next((at for at in range(start, end) if not text[at].isspace()), end)
    if text[first : first + 1] not in {"“", "”", '"'}:
        return None
    match = _SIGNED.search(text, first + 1, end)
    if match is None or not text[first + 1 : match.start()].strip():
        return None
    if "\n" in text[first : match.start()]:
        return None  # several lines, each perhaps with a name of its own
    return Quote(first, match.end(), first + 1, match.start(), closed=True)


def _in_paragraph(text: str, start: int, end: int) -> list[Quote]:
    signed = _signed(text, start, end)
    if signed:
        return [signed]
    made: list[Quote] = []
    position = start
    while True:
        found = _OPENERS.search(text, position, end)
        if found is None:
            return made
        mark, begin = found.group(), found.start()
        position = found.end()
        if not _opens(text, mark, begin, start, end):
            continue
        close = _closing(text, mark, found.end(), end)
        if close is not None:
            if text[found.end() : close[0]].strip():
                made.append(Quote(begin, close[1], found.end(), close[0], closed=True))
            position = close[1]
        elif mark not in _SINGLE and _may_run_on(text, begin, start):
            # Left open: believed only where it begins the paragraph or a clause; it runs to the end of
            # the paragraph, or to the end of the last sentence before the next opening mark.
            stop = _runs_to(text, mark, found.end(), end)
            if stop > found.end():
                made.append(Quote(begin, stop, found.end(), stop, closed=False))
                position = stop


def _opens(text: str, mark: str, position: int, start: int, end: int) -> bool:
    before = text[position - 1] if position > start else " "
    if category(before) == "Cf":
        before = " "  # a mark of the writing's direction is not seen
    after = text[position + len(mark) : min(end, position + len(mark) + 1)]
    if mark == "“" and not before.isspace() and before not in _BEFORE_OPENING and after.isspace():
        return False  # a closing mark set the wrong way round
    if mark in {"“", "„", "«", "‹", "「", "``"}:
        return True
    if mark in {"»", "”"}:
        # The Danish and German manner »so«, the Swedish ”so”; behind a word they close.
        return before.isspace() and bool(after) and not after.isspace()
    if mark == "‘":
        return before.isspace() or before in '(—–“"'
    clear = before.isspace() or before in _BEFORE_OPENING or before in "“‘„«"
    if mark == '"':
        return clear or not (before.isalnum() or before in ".,!?…’”")
    return clear and bool(after) and (after.isalnum() or after in '"“.…$£€')


def _closing(text: str, mark: str, begin: int, end: int) -> tuple[int, int] | None:
    """Start and end of the mark that closes a quotation whose words begin at `begin`."""
    closers = _CLOSERS[mark]
    limit = min(end, begin + _SINGLE_REACH) if mark in _SINGLE else end
    depth = 0
    position = begin
    while position < limit:
        closer = next((one for one in closers if text.startswith(one, position)), None)
        if closer is None:
            if text.startswith(mark, position) and mark not in closers:
                depth += 1
            position += 1
            continue
        if not _closes(text, mark, closer, position, begin):
            if closer == mark and mark in {"“", "»"}:
                depth += 1
            elif closer == mark == '"':
                return None
            position += len(closer)
            continue
        if depth == 0:
            return position, position + len(closer)
        depth -= 1
        position += len(closer)
    return None


def _runs_to(text: str, mark: str, begin: int, end: int) -> int:
    stop = end
    following = text.find(mark, begin, end)
    if following > begin:
        ends = [match.end() for match in _STOP.finditer(text, begin, following)]
        stop = ends[-1] if ends else following
    while stop > begin and text[stop - 1].isspace():
        stop -= 1
    return stop


def _closes(text: str, mark: str, closer: str, position: int, begin: int) -> bool:
    before = text[position - 1]
    after = text[position + len(closer) : position + len(closer) + 1]
    if closer in {"’", "'"}:
        if after.isalnum() or text.startswith("''", position):
            return False
        # "the ministers' plan": behind a plural without a stop the mark may be an apostrophe.
        if before.lower() == "s" and after.isspace():
            return not _closed_later(text, closer, position + 1)
        return position > begin + 1  # not the middle letter of "rock 'n' roll"
    if closer == mark and closer in {"“", "»", "”"}:
        # The opening make closes only where it hugs the word before it and nothing behind.
        return not before.isspace() and position > begin and not after.isalnum()
    if closer == mark == '"' and before.isspace() and after and not after.isspace():
        return False  # an opening mark: the one before it was left open
    if closer == '"' and mark in {"“", "„"}:
        # A straight mark closes a curly one only at the end of words, not where it opens its own.
        return not before.isspace() and not after.isalnum()
    return True


def _closed_later(text: str, closer: str, position: int) -> bool:
    """Whether another mark that must close stands before the next opening one in the paragraph."""
    rest = _PARAGRAPH.split(text[position : position + _SINGLE_REACH], maxsplit=1)[0]
    for at, char in enumerate(rest):
        if char == "‘" or (char == "'" and (at == 0 or rest[at - 1].isspace())):
            return False
        if char == closer and not rest[at + 1 : at + 2].isalnum():
            return True
    return False


def _may_run_on(text: str, position: int, start: int) -> bool:
    before = text[start:position].rstrip()
    return not before or before[-1] in _SENTENCE_END
