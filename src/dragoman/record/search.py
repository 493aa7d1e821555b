"""Full-text search: reports by title and text, statements by what is said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from dragoman.errors import UsageError
from dragoman.spans import Span, cut

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

Among = Literal["reports", "statements"]

# A word of the title counts as five of the text: a report is about what its title names.
TITLE_WEIGHT = 5.0

# Characters shown on either side of a match where there are no sentences to show (reports not read).
AROUND = 120

# What FTS5 puts around matches: control characters that no news text has in this order.
OPEN, CLOSE = "\x02\x1d\x02", "\x03\x1d\x03"

_TOKEN = re.compile(r'(-?)"([^"]*)"|(\S+)')


@dataclass(frozen=True, slots=True)
class Hit:
    """A report or a statement in which the words were found.

    Attributes:
        kind, id: what was found; `report_id` is the report it stands in.
        span: the passage to show: the sentence with most of the words.
        matches: the words found in that passage.
    """

    kind: Literal["report", "statement"]
    id: str
    report_id: str
    outlet: str | None
    published: str | None
    title: str | None
    span: Span
    matches: tuple[Span, ...]

    @property
    def snippet(self) -> str:
        """The passage on one line."""
        return " ".join(self.span.text.split())


def search(connection: sqlite3.Connection, words: str, limit: int, among: Among) -> tuple[Hit, ...]:
    """The best hits first.

    Args:
        connection: to the record.
        words: all must occur; "a phrase" in quotation marks, a beginning with ``*`` (sanction*),
            ``OR`` between two words, ``-word`` for what must not occur. No case, no accents, and
            an English word finds its other forms.
        limit: at most so many.
        among: reports, or statements.

    Raises:
        UsageError: if there is no word to search for.
    """
    query = match_query(words)
    if among == "statements":
        return _statements(connection, query, limit)
    rows = connection.execute(
        "SELECT r.id, r.seq, r.outlet, r.published, r.title, r.text, "
        "highlight(report_words, 1, ?, ?) FROM report_words JOIN reports r "
        "ON r.seq = report_words.rowid WHERE report_words MATCH ? "
        "ORDER BY bm25(report_words, ?, 1.0), r.id LIMIT ?",
        (OPEN, CLOSE, query, TITLE_WEIGHT, limit),
    )
    hits = []
    for id_, seq, outlet, published, title, text, marked in rows.fetchall():
        matches = marked_spans(marked, text)
        sentences = connection.execute(
            "SELECT start, end FROM sentences WHERE report = ? ORDER BY start, end", (seq,)
        ).fetchall()
        span = _passage(text, matches, sentences)
        inside = tuple(match for match in matches if span.holds(match))
        hits.append(Hit("report", id_, id_, outlet, published, title, span, inside))
    return tuple(hits)


def match_query(words: str) -> str:
    """What people type, as an FTS5 query in which every word stands in quotation marks.

    Raises:
        UsageError: if there is no word in it.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    either = False
    for minus, phrase, word in _TOKEN.findall(words):
        if word == "OR":
            either = bool(wanted)
            continue
        plain = phrase or word.lstrip("-").rstrip("*")
        if not any(character.isalnum() for character in plain):
            continue
        token = f'"{plain.replace(chr(34), " ")}"' + ("*" if word.endswith("*") else "")
        if minus or word.startswith("-"):
            unwanted.append(token)
        elif either:
            wanted[-1] = f"({wanted[-1]} OR {token})"
        else:
            wanted.append(token)
        either = False
    if not wanted:
        raise UsageError('nothing to search for; write one or more words, or a "phrase"')
    query = " AND ".join(wanted)
    return f"({query}) NOT ({' OR '.join(unwanted)})" if unwanted else query


def marked_spans(marked: str, text: str) -> list[Span]:
    """Where the marks of FTS5 stand in the text."""
    spans = []
    at = 0
    for number, piece in enumerate(re.split(f"{OPEN}|{CLOSE}", marked)):
        end = at + len(piece)
        if number % 2 and text[at:end] == piece:
            spans.append(Span(at, end, piece))
        at = end
    return spans


def _statements(connection: sqlite3.Connection, query: str, limit: int) -> tuple[Hit, ...]:
    rows = connection.execute(
        "SELECT s.id, r.id, r.outlet, r.published, r.title, s.start, s.end, s.text, "
        "s.content_start, s.content, highlight(statement_words, 0, ?, ?) "
        "FROM statement_words JOIN statements s ON s.seq = statement_words.rowid "
        "JOIN reports r ON r.seq = s.report "
        "WHERE statement_words MATCH ? AND s.hidden = 0 ORDER BY rank, s.id LIMIT ?",
        (OPEN, CLOSE, query, limit),
    )
    hits = []
    for row in rows:
        id_, report_id, outlet, published, title, start, end, text, offset, content, marked = row
        matches = tuple(
            Span(match.start + offset, match.end + offset, match.text)
            for match in marked_spans(marked, content)
        )
        span = Span(start, end, text)
        hits.append(Hit("statement", id_, report_id, outlet, published, title, span, matches))
    return tuple(hits)


def _passage(text: str, matches: Sequence[Span], sentences: Sequence[tuple[int, int]]) -> Span:
    """The sentence with the most different words found; the earliest of equals."""
    best, most = None, 0
    for start, end in sentences:
        found = {match.text.lower() for match in matches if start <= match.start < end}
        if len(found) > most:
            best, most = (start, end), len(found)
    if best is None:
        middle = matches[0].start if matches else 0
        start, end = max(0, middle - AROUND), min(len(text), middle + AROUND)
        while start > 0 and not text[start - 1].isspace() and middle - start < 2 * AROUND:
            start -= 1
        while end < len(text) and not text[end].isspace() and end - middle < 2 * AROUND:
            end += 1
        best = start, end
    if not text[best[0] : best[1]].strip():
        return Span(0, 0, "")
    return cut(text, *best)
