"""A card: what finding stories needs of one report, a few hundred bytes to a kilobyte in place of its text."""

from __future__ import annotations

import heapq
import math
import zlib
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from dragoman.gathering.words import EMPTY, WORD, WordTable, default_table, stem

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dragoman.entries import ReadReport, Report

# The figures below were chosen on the two development sets of stories and the sample reports together,
# by a search that moved one to three at a time (benchmarks/stories.py).
TERMS = 40  # the weightiest terms kept of a report
TITLE_WEIGHT = 12.0  # a word of the title counts as so many
TOP, TOP_WEIGHT = (
    300,
    2.0,
)  # characters of prose that are its top, and what their words count besides
LEAD, LEAD_WEIGHT = 900, 1.0  # the same for the rest of the lead
NAME_WEIGHT = 1.0  # how often a word that is always written with a capital counts
RARITY = 1.0  # the power of the inverse document frequency
PLAIN_RARE = 1.0  # a rare word without a capital, against one with it
PAIR_WEIGHT = 0.3  # two words in a row ("peace conference"), of their mean weight
NUMBER_WEIGHT = 0.5  # a number

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
    weighed = _weighed(*_counted(title, prose, names_only=foreign), table)
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


def weighty_words(read: ReadReport, table: WordTable | None = None) -> tuple[str, ...]:
    """The stems, and pairs of stems, by which a report is compared, the weightiest first."""
    title, prose = _texts(read.report)
    foreign = read.report.language not in {None, "en"}
    counted = _counted(title, prose, names_only=foreign)
    return tuple(word for word, _ in _weighed(*counted, table or default_table()))


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


def _counted(
    title: str, prose: str, *, names_only: bool
) -> tuple[dict[str, float], dict[str, float], dict[str, float]]:
    """Stems and pairs of stems: counts in the prose, in the title, and how often with a capital.

    Of a text in another language only names and numbers can meet those of an English one.
    """
    counts: dict[str, float] = {}
    titled: dict[str, float] = {}
    seen: dict[str, int] = {}
    capitals: dict[str, int] = {}
    for text, is_title in ((prose, False), (title, True)):
        before, ended = "", -2
        for match in WORD.finditer(text):
            word = match.group()
            key = stem(word)
            lower = word[0].islower()
            if len(key) < 2 or key in EMPTY or (names_only and lower):
                before = ""
                continue
            start = match.start()
            if is_title:
                worth = TITLE_WEIGHT
            else:
                worth = 1.0 + (TOP_WEIGHT if start < TOP else LEAD_WEIGHT if start < LEAD else 0.0)
            keys = (key, f"{before} {key}") if before and start - ended <= 1 else (key,)
            for each in keys:
                if is_title:
                    titled[each] = titled.get(each, 0.0) + worth
                else:
                    counts[each] = counts.get(each, 0.0) + worth
                    seen[each] = seen.get(each, 0) + 1
                    capitals[each] = capitals.get(each, 0) + word[0].isupper()
            before, ended = key, match.end()
    return counts, titled, {key: capitals[key] / seen[key] for key in seen}


def _weighed(
    counts: dict[str, float], titled: dict[str, float], named: dict[str, float], table: WordTable
) -> list[tuple[str, float]]:
    """The weightiest: the root of the frequency times a power of the inverse document frequency."""
    weighed = []
    for key in counts.keys() | titled.keys():
        capital = named.get(key, 0.0)
        count = counts.get(key, 0.0) * (1 + (NAME_WEIGHT - 1) * capital) + titled.get(key, 0.0)
        one, _, other = key.partition(" ")
        if other:
            weight = PAIR_WEIGHT * ((table.weight(one) + table.weight(other)) / 2) ** RARITY
        else:
            weight = table.weight(key) ** RARITY
            if one[0].isdigit():
                weight *= NUMBER_WEIGHT
            if not table.knows(key) and capital < 0.5:
                weight *= PLAIN_RARE
        if weight > 0:
            weighed.append((key, math.sqrt(count) * weight))
    return heapq.nsmallest(TERMS, weighed, key=lambda pair: (-pair[1], pair[0]))


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
