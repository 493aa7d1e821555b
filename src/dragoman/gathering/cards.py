"""A card: what finding stories needs of one report, a few hundred bytes to a kilobyte in place of its text."""

from __future__ import annotations

import math
import zlib
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from dragoman.gathering.words import EMPTY, WORD, WordTable, default_table, stem

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dragoman.entries import ReadReport, Report

# The figures below were chosen on the two development sets of stories together, by moving one at a
# time (benchmarks/stories.py): none changes the mean F1 by more than 0.01 within the range noted.
TERMS = 80  # the weightiest terms kept of a report; 60 to 150
TITLE_WEIGHT = 3.0  # a term of the title counts as so many; 2 to 5
LEAD = 600  # characters of prose that count as the lead; 300 to 1500
LEAD_WEIGHT = 0.5  # added for a term of the lead; 0 to 1
NAME_WEIGHT = 1.5  # a word with a capital letter; 1.25 to 2

# Runs of four words mark a text: two reports that tell the same in their own words share quotations
# and names of offices, but few other runs of that length (Broder 1997, "On the resemblance and
# containment of documents").
SHINGLE = 4
# At most so many runs are kept of a text, those with the smallest hashes.
SHINGLES = 256
_HASHES = 2**32
_READ = ("title", "caption", "prose")


@dataclass(frozen=True, slots=True, eq=False)
class Card:
    """What is kept of a report for grouping.

    Attributes:
        id: the report's.
        day: of publication, as a number of days (``date.toordinal``); None if not known.
        outlet, wire: as in the report.
        title: of the report; the first sentence where it has none; never made up.
        titled: whether `title` is a title.
        length: words of title, captions and prose.
        terms: hashes of the weightiest stems, sorted, uint32.
        weights: of the terms, float32, the whole of unit length.
        title_terms: hashes of the title's stems, sorted, uint32.
        shingles: hashes of runs of words, those under `reach`, sorted, uint32.
        reach: the limit under which runs were kept.
    """

    id: str
    day: int | None
    outlet: str | None
    wire: str | None
    title: str
    titled: bool
    length: int
    terms: NDArray[np.uint32]
    weights: NDArray[np.float32]
    title_terms: NDArray[np.uint32]
    shingles: NDArray[np.uint32]
    reach: int

    def containment(self, other: Card) -> float:
        """The share of the shorter text's runs of words that stand in the other too, 0 to 1."""
        reach = min(self.reach, other.reach)
        mine = self.shingles[: np.searchsorted(self.shingles, reach)]
        theirs = other.shingles[: np.searchsorted(other.shingles, reach)]
        least = min(len(mine), len(theirs))
        # Too few runs to tell: a text of a sentence or two.
        if least < 8:
            return 0.0
        return len(np.intersect1d(mine, theirs, assume_unique=True)) / least


@lru_cache(maxsize=500_000)
def term_hash(word: str) -> int:
    """A number for a stem: the same on every machine, unlike Python's own hash."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def make_card(read: ReadReport, table: WordTable | None = None) -> Card | None:
    """The card of a report, or None where it has no words (set aside as unreadable)."""
    table = table or default_table()
    report = read.report
    title, prose = _texts(report)
    if not title and not prose:
        return None
    foreign = report.language not in {None, "en"}
    words = WORD.findall(prose)
    weighed = _weigh(title, prose[:LEAD], words, table, names_only=foreign)
    norm = math.sqrt(sum(weight * weight for _, weight in weighed)) or 1.0
    order = sorted((term_hash(word), weight / norm) for word, weight in weighed)
    shingles, reach = _shingles(words)
    return Card(
        id=report.id,
        day=_ordinal(report.day),
        outlet=report.outlet,
        wire=report.wire,
        title=(report.title or title or _first_sentence(read, prose)).strip(),
        titled=bool(report.title or title),
        length=len(words),
        terms=np.array([term for term, _ in order], dtype=np.uint32),
        weights=np.array([weight for _, weight in order], dtype=np.float32),
        title_terms=np.array(
            sorted({term_hash(stem(word)) for word in WORD.findall(title)} - _EMPTY_HASHES),
            dtype=np.uint32,
        ),
        shingles=shingles,
        reach=reach,
    )


def _texts(report: Report) -> tuple[str, str]:
    """The title, and captions and prose as one text; a report without parts is read whole."""
    if not report.parts:
        return report.title or "", report.text if report.status == "read" else ""
    pieces: dict[str, list[str]] = {kind: [] for kind in _READ}
    for part in report.parts:
        if part.kind in pieces:
            pieces[part.kind].append(report.text[part.start : part.end])
    title = report.title or "\n".join(pieces["title"])
    return title, "\n".join(pieces["prose"] or pieces["caption"])


def _weigh(
    title: str, lead: str, words: list[str], table: WordTable, *, names_only: bool
) -> list[tuple[str, float]]:
    """The weightiest stems: log frequency times inverse document frequency (Salton, Buckley 1988).

    Of a text in another language only names and numbers can meet those of an English one.
    """
    counts: Counter[str] = Counter()
    for source, weight in ((words, 1.0), (WORD.findall(lead), LEAD_WEIGHT)):
        for word, times in Counter(source).items():
            capital = not word[0].islower()
            if names_only and not capital:
                continue
            named = word[0].isupper()
            counts[stem(word)] += times * weight * (NAME_WEIGHT if named else 1.0)  # type: ignore[assignment]
    for word in WORD.findall(title):
        if not names_only or not word[0].islower():
            counts[stem(word)] += TITLE_WEIGHT  # type: ignore[assignment]
    weighed = [
        (word, (1.0 + math.log(count) if count > 1 else count) * weight)
        for word, count in counts.items()
        if len(word) > 1 and (weight := table.weight(word)) > 0
    ]
    return sorted(weighed, key=lambda pair: (-pair[1], pair[0]))[:TERMS]


_EMPTY_HASHES = {term_hash(word) for word in EMPTY}


def _shingles(words: list[str]) -> tuple[NDArray[np.uint32], int]:
    if len(words) < SHINGLE:
        return np.zeros(0, dtype=np.uint32), _HASHES
    numbers = np.array([term_hash(word.lower()) for word in words], dtype=np.uint64)
    count = len(numbers) - SHINGLE + 1
    made = np.zeros(count, dtype=np.uint64)
    for place in range(SHINGLE):
        # Multiplication by an odd constant and a shift: Fibonacci hashing (Knuth, vol. 3, 6.4).
        made = (made ^ numbers[place : place + count]) * np.uint64(0x9E3779B97F4A7C15)
        made ^= made >> np.uint64(29)
    hashes = np.unique((made >> np.uint64(32)).astype(np.uint32))
    reach = _HASHES
    while len(hashes) > SHINGLES:
        reach //= 2
        hashes = hashes[: np.searchsorted(hashes, reach)]
    return hashes, reach


def _ordinal(day: str | None) -> int | None:
    from datetime import date

    return date.fromisoformat(day).toordinal() if day else None


def _first_sentence(read: ReadReport, prose: str) -> str:
    for sentence in read.sentences:
        if sentence.kind == "prose":
            return sentence.span.text
    return prose.strip().split("\n", 1)[0][:200]
