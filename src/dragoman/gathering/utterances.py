"""Utterances: statements of different reports that give the same words spoken on the same occasion.

Two outlets that report one remark rarely print it alike: one quotes it whole, one trims it, one turns
it into indirect speech, one has it translated. What stays is the speaker, the names, the numbers and
most of the sense. Statements are compared within one story only, since the occasion must be one.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.entries import Utterance
from dragoman.gathering.likeness import Words, containment, cosine, dice, shared, words_of
from dragoman.gathering.words import WORD, fold, stem
from dragoman.ids import content_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.entries import Actor, ReadReport, Statement

# From this likeness on two statements are one utterance.
THRESHOLD = 0.5
# Less is enough where the speaker is surely the same person and each statement is by far the likest to
# the other in the other's report: a translation shares few words with what was translated. "By far":
# no rival reaches this share of the likeness. Without embeddings words must say more.
LIKELY, LIKELY_BY_WORDS, RIVAL = 0.07, 0.3, 0.5
# Two statements of one speaker in one report this much alike give the same words twice, and are no rivals.
REPEATED = 0.2
# A quotation that follows other words of its speaker so near (in characters: "..., the king said. ...")
# goes on with them; another outlet may give both in one piece.
ADJACENT = 150
# A scrap ("restoring relations with Iran") is like much else that is said.
SCRAP = 5

# How much each sign speaks for two statements being the same words: a logistic regression fitted on
# the pairs judged for this project (benchmarks/judged/utterances.jsonl), rounded by hand. The cosine
# weighs more than those pairs, nearly all in one language, give it: a translation keeps little else.
_BIAS = -7.6
_CONTAINMENT = 2.55  # share of the shorter's weight that stands in the other
_AMOUNT = 1.8  # weight of the words that both have, full at the shorter's or at ENOUGH
_COSINE = 4.0  # of the sentence embeddings
_RUN = 3.3  # the longest run of words in common, full at LONGEST words
_RUN_SHARE = 2.65  # the same as a share of the shorter
_QUOTED = 0.7  # both in quotation marks
_SPEAKER = 1.1  # the same speaker
_OTHER_SPEAKER = -1.8  # another; not where the very words are the same, since then it was misread
_OTHER_NUMBERS = -0.8  # both name numbers, and not the same
_NEGATED = -0.4  # one of the two denies
_SHORT = -1.5  # one of the two is a scrap, unless both are quoted
ENOUGH = 30.0  # ten weighty words
LONGEST = 12
_EMPTY_NAMES = frozenset(
    "the a an of and al el bin ibn de van von mr mrs ms president minister king".split()
)


@dataclass(frozen=True, slots=True, eq=False)
class Saying:
    """A statement, ready to be compared.

    Attributes:
        id, report_id: of the statement.
        order: where it stands: the day and id of its report, then its place.
        end: where the content ends in its report.
        speaker: the speaker's key; None if not known.
        person: whether the speaker is a person of the catalogue.
        names: words of the speaker's name.
        code: the speaker's country or body code.
        direct: whether there are quotation marks.
        words: the content's, weighed.
        tokens: the content's stems, in order.
    """

    id: str
    report_id: str
    order: tuple[str, str, int]
    end: int
    speaker: str | None
    person: bool
    names: frozenset[str]
    code: str | None
    direct: bool
    words: Words
    tokens: tuple[str, ...]


def sayings_of(read: ReadReport) -> tuple[Saying, ...]:
    """A report's statements, ready to be compared."""
    return tuple(saying_of(read, statement) for statement in read.statements)


def saying_of(read: ReadReport, statement: Statement) -> Saying:
    """One statement, ready to be compared."""
    speaker = statement.speaker
    return Saying(
        id=statement.id,
        report_id=statement.report_id,
        order=(read.report.day or "9999", statement.report_id, statement.content.start),
        end=statement.content.end,
        speaker=speaker.key if speaker else None,
        person=bool(speaker and speaker.key.startswith("person:")),
        names=_names(speaker),
        code=(speaker.country_code or speaker.entity_code) if speaker else None,
        direct=statement.kind != "indirect",
        words=words_of(statement.content.text, statement.embedding),
        tokens=tuple(stem(word) for word in WORD.findall(statement.content.text)),
    )


def _names(speaker: Actor | None) -> frozenset[str]:
    if speaker is None:
        return frozenset()
    text = f"{speaker.name or ''} {speaker.span.text}"
    return frozenset(fold(word) for word in WORD.findall(text) if word[0].isupper()) - _EMPTY_NAMES


def find_utterances(sayings: Iterable[Saying], story_id: str | None) -> tuple[Utterance, ...]:
    """The utterances of one story that at least two of its reports give, in order of id.

    Pairs are joined from the most alike down. Two statements of one report are not the same
    utterance unless they are neighbouring parts of one quotation, and groups join only where half of
    their pairs of reports or more are linked.
    """
    ordered = sorted(sayings, key=lambda s: s.order)
    scores: dict[tuple[int, int], float] = {}
    for one, first in enumerate(ordered):
        for other in range(one + 1, len(ordered)):
            if first.report_id != ordered[other].report_id and _may_be_alike(first, ordered[other]):
                score = round(likeness(first, ordered[other]), 6)
                if score >= 0.01:
                    scores[one, other] = score
    groups = _join(ordered, scores)
    made = [
        _utterance([ordered[number] for number in group], story_id, scores, group)
        for group in groups
        if len(group) > 1
    ]
    return tuple(sorted(made, key=lambda utterance: utterance.id))


def _may_be_alike(one: Saying, other: Saying) -> bool:
    """Whether the likeness can matter at all: a word in common, or the same speaker."""
    return same_speaker(one, other) == 1 or not one.words.roots.keys().isdisjoint(other.words.roots)


def _join(ordered: Sequence[Saying], scores: dict[tuple[int, int], float]) -> list[tuple[int, ...]]:
    group_of: dict[int, tuple[int, ...]] = {n: (n,) for n in range(len(ordered))}
    links = {pair: score for pair, score in scores.items() if score >= THRESHOLD}
    links |= _likely(ordered, scores)

    def rank(row: tuple[tuple[int, int], float]) -> tuple[bool, float, tuple[int, int]]:
        # A scrap is like much that is said: what is told in full finds its counterpart first.
        scrap = any(len(ordered[n].tokens) < SCRAP for n in row[0])
        return scrap, -row[1], row[0]

    for (one, other), _ in sorted(links.items(), key=rank):
        mine, theirs = group_of[one], group_of[other]
        if mine == theirs:
            continue
        if _clash(ordered, mine, theirs) or not _linked(ordered, mine, theirs, links):
            continue
        joined = tuple(sorted((*mine, *theirs)))
        group_of.update(dict.fromkeys(joined, joined))
    return sorted(set(group_of.values()))


def _clash(ordered: Sequence[Saying], mine: tuple[int, ...], theirs: tuple[int, ...]) -> bool:
    """Whether a report has two statements among them that are not parts of one quotation."""
    return any(
        ordered[a].report_id == ordered[b].report_id and not adjacent(ordered[a], ordered[b])
        for a in mine
        for b in theirs
    )


def adjacent(one: Saying, other: Saying) -> bool:
    """Whether two statements are neighbouring parts of one speaker's words in one report."""
    if one.report_id != other.report_id or one.speaker != other.speaker or one.speaker is None:
        return False
    first, second = sorted((one, other), key=lambda s: s.order)
    return second.direct and 0 <= second.order[2] - first.end <= ADJACENT


def _same_again(one: Saying, other: Saying) -> bool:
    """Whether two statements of one report are parts of one quotation, or give its words twice."""
    return adjacent(one, other) or (
        same_speaker(one, other) == 1 and likeness(one, other) >= REPEATED
    )


def _linked(
    ordered: Sequence[Saying],
    mine: tuple[int, ...],
    theirs: tuple[int, ...],
    links: dict[tuple[int, int], float],
) -> bool:
    """Whether half of the pairs of reports across two groups, or more, share a link."""
    pairs: dict[tuple[str, str], bool] = defaultdict(bool)
    for a in mine:
        for b in theirs:
            if ordered[a].report_id != ordered[b].report_id:
                reports = (ordered[a].report_id, ordered[b].report_id)
                pairs[reports] |= (min(a, b), max(a, b)) in links
    return bool(pairs) and 2 * sum(pairs.values()) >= len(pairs)


def _likely(
    ordered: Sequence[Saying], scores: dict[tuple[int, int], float]
) -> dict[tuple[int, int], float]:
    """Pairs of one speaker that are by far the likest to each other of their two reports."""
    best: dict[tuple[int, str], list[tuple[float, int]]] = defaultdict(list)
    for (one, other), score in scores.items():
        best[one, ordered[other].report_id].append((score, -other))
        best[other, ordered[one].report_id].append((score, -one))
    made: dict[tuple[int, int], float] = {}
    for (one, other), score in scores.items():
        if not _may_be_likely(ordered[one], ordered[other], score):
            continue
        rivals = [
            rival
            for here, there in ((one, other), (other, one))
            for rival, number in best[here, ordered[there].report_id]
            if -number != there
            and not _same_again(ordered[-number], ordered[there])
            and not _taken(best[-number, ordered[here].report_id], here)
        ]
        if max(rivals, default=0.0) <= RIVAL * score:
            made[one, other] = score
    return made


def _taken(links: list[tuple[float, int]], here: int) -> bool:
    """Whether a rival surely gives the words of another statement than `here`."""
    score, number = max(links)
    return score >= THRESHOLD and -number != here


def _may_be_likely(one: Saying, other: Saying, score: float) -> bool:
    embedded = one.words.embedding and other.words.embedding
    return (
        score >= (LIKELY if embedded else LIKELY_BY_WORDS)
        and same_speaker(one, other) == 1
        and all(s.person or s.names for s in (one, other))
        and all(len(s.tokens) >= SCRAP for s in (one, other))
    )


def _utterance(
    members: Sequence[Saying],
    story_id: str | None,
    scores: dict[tuple[int, int], float],
    numbers: tuple[int, ...],
) -> Utterance:
    speakers: dict[str, int] = defaultdict(int)
    for saying in members:
        if saying.speaker:
            speakers[saying.speaker] += 1
    known = sorted(speakers, key=lambda key: (not key.startswith("person:"), -speakers[key], key))
    reports = {saying.report_id for saying in members}
    # The weakest of each statement's best links is what holds the group together.
    least = min(
        max(scores.get((min(a, b), max(a, b)), 0.0) for b in numbers if b != a) for a in numbers
    )
    return Utterance(
        id=content_id("u", members[0].id),
        story_id=story_id,
        member_ids=tuple(saying.id for saying in members),
        speaker=known[0] if known else None,
        why=f"{len(reports)} reports give words alike: likeness {least:.2f} or more (sure from {THRESHOLD})",
    )


def likeness(one: Saying, other: Saying) -> float:
    """How likely two statements give the same words, 0 to 1."""
    return 1 / (1 + math.exp(-_BIAS - sum(value for _, value in signs(one, other))))


def signs(one: Saying, other: Saying) -> tuple[tuple[str, float], ...]:
    """What speaks for (over 0) or against (under 0) two statements giving the same words, in words."""
    a, b = one.words, other.words
    within = min(1.0, containment(a, b))
    near = cosine(a.embedding, b.embedding)
    if near is None:
        # What the cosine is on average where the words overlap so much (judged pairs).
        near = 0.7 * (within + dice(a, b)) / 2
    run = longest_run(one.tokens, other.tokens)
    least = max(4, min(len(one.tokens), len(other.tokens)))
    speakers = same_speaker(one, other)
    amount = shared(a, b) / max(ENOUGH, min(a.total, b.total))
    quoted = one.direct and other.direct
    numbered = a.numbers and b.numbers and not a.numbers & b.numbers
    return (
        (f"{within:.0%} of the shorter's words stand in the other", _CONTAINMENT * within),
        (f"they share {shared(a, b):.0f} points of weighty words", _AMOUNT * amount),
        (f"sense alike by {near:.2f}", _COSINE * max(0.0, near)),
        (f"{run} words in a row", _RUN * min(run, LONGEST) / LONGEST + _RUN_SHARE * min(1.0, run / least)),
        ("both in quotation marks", _QUOTED * quoted),
        ("one is a scrap", _SHORT * (least <= SCRAP and not quoted)),
        ("the same speaker", _SPEAKER * (speakers == 1)),
        ("other speakers", _OTHER_SPEAKER * (speakers == -1 and run < LONGEST)),
        ("one of the two denies", _NEGATED * (bool(a.negations) != bool(b.negations))),
        ("other numbers", _OTHER_NUMBERS * bool(numbered)),
    )  # fmt: skip


def longest_run(one: Sequence[str], other: Sequence[str]) -> int:
    """The length of the longest run of words that both have."""
    best = 0
    before = [0] * (len(other) + 1)
    for word in one:
        here = [0] * (len(other) + 1)
        for place, second in enumerate(other, 1):
            if word == second:
                here[place] = before[place - 1] + 1
                best = max(best, here[place])
        before = here
    return best


def same_speaker(one: Saying, other: Saying) -> int:
    """1 if the speakers are the same, 0 if they may be, -1 if they are not."""
    if one.speaker is None or other.speaker is None:
        return 0
    if one.speaker == other.speaker or one.names & other.names:
        return 1
    if one.person and other.person:
        return -1
    return 0 if one.code is None or other.code is None or one.code == other.code else -1
