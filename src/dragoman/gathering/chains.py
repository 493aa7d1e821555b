"""Chains of given mentions: which stretches of the reports of one story mean the same happening.

The happenings of the record are made of coded events (:mod:`dragoman.gathering.happenings`). Here any
stretch counts, a verb ("agreed") or a noun phrase ("the Muscat talks"), as annotators mark them. Two
mentions are held against each other by what the language model makes of their words and by who acts
on whom; chains are then joined by the mean likeness of their mentions (average linkage).
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from dragoman.gathering.likeness import dice
from dragoman.gathering.marked import Key, Marked, mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from dragoman.entries import ReadReport
    from dragoman.language.tags import LanguageModel

# How much each sign speaks for two mentions being one happening: a logistic regression fitted on the
# mentions marked for this project (benchmarks/judged/coref.jsonl), rounded by hand.
_BIAS = -4.9
_HEAD = 1.7  # the same word at the head, times how much it tells
_WORDS = 1.1  # the mentions' words in common
_PHRASE = 0.7  # cosine of the mentions by themselves
_FAR_PHRASE = -5.5  # how far that lies under FAR
_CORE, _STATE = 3.0, 2.3  # cosine of the heads, of the mentions, as they stand in their sentences
_SETTING = 1.5  # cosine of the sentences
_CONTEXT = 0.9  # the sentences' words in common
_SAME_SENTENCE = -1.1
_WHO, _OTHER_WHO = 0.5, -0.4  # who acts
_WHOM = 0.8  # what is acted on
_NO_PARTY = -0.3  # both name somebody, and nobody in common
_VERBS = -0.8  # both are verbs
_SAYING, _SAYING_SETTING = -3.1, 5.3  # both are verbs of saying; times the cosine of the sentences
_OTHER_KIND = -2.0  # the given kinds differ
FAR = 0.4
# Chains join from this mean likeness on. How wide a chain is meant to be shows in how many of the acts
# told are marked at all: where nearly every verb is marked, most acts stand alone; where few are, what
# is marked are the few happenings that a story is about.
SPARSE, AT_SPARSE, STEEPNESS = 0.33, 0.06, 5.3
LEAST, MOST = 0.04, 0.3


def chain_mentions(
    marked: Iterable[tuple[ReadReport, Sequence[tuple[int, int, str]]]], model: LanguageModel
) -> dict[Key, int]:
    """Puts the mentions of one story's reports into chains.

    Args:
        marked: each report with its mentions: start, end, kind (may be empty; two kinds speak
            against one chain).
        model: the language model.

    Returns:
        The number of each mention's chain, by (report id, start, end).
    """
    markings = [mark(read, spans, model) for read, spans in marked]
    mentions = sorted((m for marking in markings for m in marking.mentions), key=lambda m: m.key)
    acts = sum(marking.acts for marking in markings)
    share = sum(marking.marked for marking in markings) / max(1, acts)
    labels = _clusters(likeness_matrix(mentions), threshold(share))
    return {mention.key: label for mention, label in zip(mentions, labels, strict=True)}


def threshold(share: float) -> float:
    """From which mean likeness on chains join where `share` of the acts told are marked."""
    return min(MOST, max(LEAST, AT_SPARSE * math.exp(STEEPNESS * (share - SPARSE))))


def _clusters(likeness: NDArray[np.float64], least: float) -> list[int]:
    """Average linkage (UPGMA); the first mention's number names its chain."""
    size = len(likeness)
    if size < 2:
        return list(range(size))
    from scipy.cluster.hierarchy import fcluster, linkage

    # Rounding keeps the result free of the last bits of a processor's sums.
    distance = np.round(1.0 - likeness[np.triu_indices(size, 1)], 6)
    labels = fcluster(linkage(distance, "average"), 1.0 - least, "distance").tolist()
    first: dict[int, int] = {}
    for number, label in enumerate(labels):
        first.setdefault(label, number)
    return [first[label] for label in labels]


def likeness_matrix(mentions: Sequence[Marked]) -> NDArray[np.float64]:
    """How likely each two mentions are one happening, 0 to 1."""
    size = len(mentions)
    if not size:
        return np.zeros((0, 0))
    phrase, core, state, setting = (
        _cosines([getattr(mention, name) for mention in mentions])
        for name in ("phrase", "core", "state", "setting")
    )
    saying = np.array([mention.saying for mention in mentions])
    verb = np.array([mention.verb for mention in mentions])
    both_say = np.logical_and.outer(saying, saying)
    total = (
        _PHRASE * phrase
        + _FAR_PHRASE * np.maximum(0.0, FAR - phrase)
        + _CORE * core
        + _STATE * state
        + _SETTING * setting
        + _VERBS * np.logical_and.outer(verb, verb)
        + both_say * (_SAYING + _SAYING_SETTING * setting)
        + _by_words(mentions)
        + _BIAS
    )
    made = 1.0 / (1.0 + np.exp(-total))
    return np.asarray(made, dtype=np.float64)


def _cosines(vectors: Sequence[NDArray[np.float32]]) -> NDArray[np.float64]:
    rows = np.stack(vectors).astype(np.float64)
    return np.asarray(rows @ rows.T)


def _by_words(mentions: Sequence[Marked]) -> NDArray[np.float64]:
    """What words and parties say of each two, symmetric."""
    made = np.zeros((len(mentions), len(mentions)))
    contexts: dict[tuple[object, object], float] = {}
    for one, first in enumerate(mentions):
        for other in range(one + 1, len(mentions)):
            second = mentions[other]
            places = (first.place, second.place)
            if places not in contexts:
                contexts[places] = dice(first.context, second.context)
            value = _pair(first, second) + _CONTEXT * contexts[places]
            made[one, other] = made[other, one] = value
    return made


def _pair(one: Marked, other: Marked) -> float:
    total = _WORDS * dice(one.words, other.words)
    if one.head == other.head:
        total += _HEAD * max(one.rarity, other.rarity)
    if one.place == other.place:
        total += _SAME_SENTENCE
    if one.who and other.who:
        total += _WHO if one.who & other.who else _OTHER_WHO
    if one.whom & other.whom:
        total += _WHOM
    mine, theirs = one.who | one.whom, other.who | other.whom
    if mine and theirs and not mine & theirs:
        total += _NO_PARTY
    if one.kind and other.kind and one.kind != other.kind:
        total += _OTHER_KIND
    return total
