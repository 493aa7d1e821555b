"""Utterances: statements of different reports that give the same words spoken on the same occasion.

Two outlets that report one remark rarely print it alike: one quotes it whole, one trims it, one turns
it into indirect speech, one has it translated. What stays is the speaker, the names, the numbers and
most of the sense. Statements are compared within one story only, since the occasion must be one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.entries import Utterance
from dragoman.gathering.likeness import Words, containment, cosine, dice, words_of
from dragoman.gathering.words import WORD, fold
from dragoman.ids import content_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.entries import Actor, ReadReport, Statement

# From this score on two statements are one utterance.
THRESHOLD = 0.5
_EMPTY_NAMES = frozenset(
    "the a an of and al el bin ibn de van von mr mrs ms president minister king".split()
)


@dataclass(frozen=True, slots=True, eq=False)
class Saying:
    """A statement, ready to be compared.

    Attributes:
        id, report_id: of the statement.
        order: where it stands: the day and id of its report, then its place.
        speaker: the speaker's key; None if not known.
        person: whether the speaker is a person of the catalogue.
        names: words of the speaker's name.
        code: the speaker's country or body code.
        direct: whether there are quotation marks.
        words: the content's.
    """

    id: str
    report_id: str
    order: tuple[str, str, int]
    speaker: str | None
    person: bool
    names: frozenset[str]
    code: str | None
    direct: bool
    words: Words


def sayings_of(read: ReadReport) -> tuple[Saying, ...]:
    """A report's statements, ready to be compared."""
    return tuple(_saying(read, statement) for statement in read.statements)


def _saying(read: ReadReport, statement: Statement) -> Saying:
    speaker = statement.speaker
    return Saying(
        id=statement.id,
        report_id=statement.report_id,
        order=(read.report.day or "9999", statement.report_id, statement.content.start),
        speaker=speaker.key if speaker else None,
        person=bool(speaker and speaker.key.startswith("person:")),
        names=_names(speaker),
        code=(speaker.country_code or speaker.entity_code) if speaker else None,
        direct=statement.kind != "indirect",
        words=words_of(statement.content.text, statement.embedding),
    )


def _names(speaker: Actor | None) -> frozenset[str]:
    if speaker is None:
        return frozenset()
    text = f"{speaker.name or ''} {speaker.span.text}"
    return frozenset(fold(word) for word in WORD.findall(text) if word[0].isupper()) - _EMPTY_NAMES


def find_utterances(sayings: Iterable[Saying], story_id: str | None) -> tuple[Utterance, ...]:
    """The utterances of one story that at least two of its reports give, in order of id.

    Pairs are joined from the most alike down; two statements of one report are never the same
    utterance, and a statement joins a group only where it fits the group's statements on average.
    """
    ordered = sorted(sayings, key=lambda s: s.order)
    scores: dict[tuple[int, int], float] = {}
    for one, first in enumerate(ordered):
        for other in range(one + 1, len(ordered)):
            if first.report_id != ordered[other].report_id:
                score = round(likeness(first, ordered[other]), 6)
                if score > 0:
                    scores[one, other] = score
    groups = _join(ordered, scores)
    made = [
        _utterance([ordered[number] for number in group], story_id, scores, group)
        for group in groups
        if len(group) > 1
    ]
    return tuple(sorted(made, key=lambda utterance: utterance.id))


def _join(ordered: Sequence[Saying], scores: dict[tuple[int, int], float]) -> list[tuple[int, ...]]:
    group_of: dict[int, tuple[int, ...]] = {n: (n,) for n in range(len(ordered))}
    strong = sorted(
        ((pair, score) for pair, score in scores.items() if score >= THRESHOLD),
        key=lambda row: (-row[1], row[0]),
    )
    for (one, other), _ in strong:
        mine, theirs = group_of[one], group_of[other]
        if mine == theirs:
            continue
        reports = [ordered[number].report_id for number in (*mine, *theirs)]
        if len(set(reports)) < len(reports):
            continue
        across = [scores.get((min(a, b), max(a, b)), 0.0) for a in mine for b in theirs]
        if sum(across) / len(across) >= THRESHOLD:
            joined = tuple(sorted((*mine, *theirs)))
            group_of.update(dict.fromkeys(joined, joined))
    return sorted(set(group_of.values()))


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
    least = min(scores[a, b] for a in numbers for b in numbers if (a, b) in scores)
    return Utterance(
        id=content_id("u", members[0].id),
        story_id=story_id,
        member_ids=tuple(saying.id for saying in members),
        speaker=known[0] if known else None,
        why=f"{len(members)} reports give words alike (at least {least:.2f}; {THRESHOLD} is asked for)",
    )


def likeness(one: Saying, other: Saying) -> float:
    """How far two statements give the same words, about 0 to 1."""
    speakers = same_speaker(one, other)
    a, b = one.words, other.words
    overlap = 0.5 * dice(a, b) + 0.5 * containment(a, b)
    near = cosine(a.embedding, b.embedding)
    score = overlap if near is None else 0.5 * overlap + 0.5 * max(0.0, near)
    if a.numbers and b.numbers:
        score += 0.05 if a.numbers & b.numbers else -0.1
    # The very words in quotation marks count for more than a speaker who could not be followed back.
    if one.direct and other.direct and overlap >= 0.8:
        return score if speakers > -1 else score - 0.2
    return score + (0.12 if speakers == 1 else 0.0 if speakers == 0 else -0.3)


def same_speaker(one: Saying, other: Saying) -> int:
    """1 if the speakers are the same, 0 if they may be, -1 if they are not."""
    if one.speaker is None or other.speaker is None:
        return 0
    if one.speaker == other.speaker or one.names & other.names:
        return 1
    if one.person and other.person:
        return -1
    return 0 if one.code is None or other.code is None or one.code == other.code else -1
