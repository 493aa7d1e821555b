"""Chains of given mentions: which stretches of the reports of one story mean the same happening.

The happenings of the record are made of coded events (:mod:`dragoman.gathering.happenings`). Here any
stretch counts, a verb ("agreed") or a noun phrase ("the Muscat talks"), as annotators mark them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.gathering.likeness import Words, dice, synonyms, words_of
from dragoman.gathering.parties import codes
from dragoman.gathering.words import EMPTY, WORD, root, stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.entries import ReadReport

Key = tuple[str, int, int]

# Two groups of mentions are one chain from this mean likeness on.
THRESHOLD = 0.5
# What speaks for it. The head word alone is enough, unless the rest speaks against it; one's head may
# stand within the other ("the truce", "agreed to a truce").
_HEAD, _HEAD_WITHIN, _WORDS, _PARTIES, _DATE = 0.5, 0.35, 0.35, 0.15, 0.1
_CONTRARY = -0.2
# A noun phrase or clause ends, for finding its head, at the first of these.
_AFTER_HEAD = re.compile(
    r"\s+(?:of|in|on|at|to|for|from|by|with|between|among|that|which|who|against|over|after|before|"
    r"about|during|into|as|when|where|while)\b|[,;:(]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, eq=False)
class _Marked:
    """A given mention: where it stands, its head's root, what is said with it, who is about."""

    key: Key
    kind: str
    head: str
    words: Words
    rest: frozenset[str]
    parties: frozenset[str]
    date: str | None


def chain_mentions(
    marked: Iterable[tuple[ReadReport, Sequence[tuple[int, int, str]]]],
) -> dict[Key, int]:
    """Puts the mentions of one story's reports into chains.

    Args:
        marked: each report with its mentions: start, end, kind (mentions of two kinds are never one
            chain; an empty kind goes with every other).

    Returns:
        The number of each mention's chain, by (report id, start, end).
    """
    mentions = sorted(
        (_mention(read, *span) for read, spans in marked for span in spans), key=lambda m: m.key
    )
    scores = {
        (one, other): round(_likeness(mentions[one], mentions[other]), 6)
        for one in range(len(mentions))
        for other in range(one + 1, len(mentions))
    }
    groups: dict[int, tuple[int, ...]] = {n: (n,) for n in range(len(mentions))}
    for (one, other), score in sorted(scores.items(), key=lambda row: (-row[1], row[0])):
        if score < THRESHOLD:
            break
        mine, theirs = groups[one], groups[other]
        if mine == theirs:
            continue
        across = [scores[min(a, b), max(a, b)] for a in mine for b in theirs]
        if sum(across) / len(across) >= THRESHOLD:
            joined = tuple(sorted((*mine, *theirs)))
            groups.update(dict.fromkeys(joined, joined))
    return {mentions[number].key: group[0] for number, group in groups.items()}


def _mention(read: ReadReport, start: int, end: int, kind: str) -> _Marked:
    text = read.report.text[start:end]
    inside = [e for e in read.events if start <= e.trigger.start and e.trigger.end <= end]
    head = root(inside[0].trigger.text.split()[0]) if inside else _head(text)
    sentence = next((s.index for s in read.sentences if s.span.start <= start < s.span.end), -1)
    parties = codes(m.actor for m in read.mentions if m.sentence == sentence and m.actor)
    words = words_of(text)
    return _Marked(
        key=(read.report.id, start, end),
        kind=kind,
        head=synonyms().get(head, head),
        words=words,
        rest=frozenset(words.roots) - {head, synonyms().get(head, head)},
        parties=parties,
        date=inside[0].date if inside else None,
    )


def _head(text: str) -> str:
    """The last word that tells something before the first preposition: "summit" of "the summit in Ulm"."""
    cut = _AFTER_HEAD.search(text, 1)
    for piece in (text[: cut.start()] if cut else text, text):
        words = [word for word in WORD.findall(piece) if stem(word) not in EMPTY]
        if words:
            return root(words[-1])
    return text.strip().lower()


def _likeness(one: _Marked, other: _Marked) -> float:
    if one.kind and other.kind and one.kind != other.kind:
        return 0.0
    within = one.head in other.words.roots or other.head in one.words.roots
    score = _HEAD if one.head == other.head else _HEAD_WITHIN if within else 0.0
    score += _WORDS * dice(one.words, other.words)
    if one.parties and other.parties:
        score += _PARTIES if one.parties & other.parties else -_PARTIES
    if one.rest and other.rest and not one.rest & other.rest:
        score += _CONTRARY
    if one.date and other.date:
        width = min(len(one.date), len(other.date))
        score += _DATE if one.date[:width] == other.date[:width] else _CONTRARY
    return max(0.0, score)
