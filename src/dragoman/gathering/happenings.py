"""Happenings: the events of several reports, or several tellings in one, that tell one occurrence.

Within a story, tellings are joined where kind, parties, date and words agree. Then what is told as
history ("ended its relations in 2016") joins the happening of that date in whatever story told it
when it was news: :mod:`dragoman.gathering.retelling`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dragoman.gathering.likeness import Words, dice, synonyms, words_of
from dragoman.gathering.parties import codes, vague
from dragoman.gathering.words import root

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dragoman.entries import Event, Precision, ReadReport

# From this mean score on, two groups of tellings are one happening.
THRESHOLD = 0.6
# Where the word of the act is another, so much of the words must be the same; more within one report,
# which tells several acts of the same parties one after the other.
LEAST_WORDS, OWN_WORDS = 0.2, 0.5
# A telling whose date lies so many days before its report is history there, not news.
HISTORY_DAYS = 21

# PLOVER types that outlets use for the same act, by how an act may be seen: as words or as a deed, as
# a promise or as its keeping. Types in no common set are never one happening.
FAMILIES = (
    frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE"}),
    frozenset({"AGREE", "CONCEDE", "RETREAT"}),
    frozenset({"SUPPORT", "COOPERATE", "AID"}),
    frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN"}),
    frozenset({"REJECT", "SANCTION", "COERCE", "THREATEN"}),
    frozenset({"PROTEST", "ASSAULT", "COERCE", "MOBILIZE"}),
    frozenset({"SANCTION", "RETREAT"}),
)
# Acts in which both sides do the same, so that either may be told first.
RECIPROCAL = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE"})


@dataclass(frozen=True, slots=True, eq=False)
class Telling:
    """An event, ready to be compared.

    Attributes:
        id, report_id: of the event.
        order: the day and id of its report, then its place.
        event: PLOVER type; mode: its modes.
        actors, recipients: codes of states and bodies, or names where there is no code.
        trigger: root of the word that carries the act.
        words: of the telling.
        date, precision: as told.
        historical: told as history, by its words or because its date is long past.
        unreal: told as future, hypothetical or negated.
        vague: those of `actors` and `recipients` that are descriptions only ("the leaders").
    """

    id: str
    report_id: str
    order: tuple[str, str, int]
    event: str
    mode: tuple[str, ...]
    actors: frozenset[str]
    recipients: frozenset[str]
    trigger: str
    words: Words
    date: str | None
    precision: Precision
    historical: bool
    unreal: frozenset[str]
    vague: frozenset[str] = frozenset()


def tellings_of(read: ReadReport, day: str | None = None) -> tuple[Telling, ...]:
    """A report's events, ready to be compared.

    Args:
        read: the report.
        day: of its story, for a report that is undated itself.
    """
    return tuple(telling_of(event, read.report.day, day) for event in read.events)


def telling_of(event: Event, own: str | None, story: str | None) -> Telling:
    """An event, ready to be compared.

    Args:
        event: the event.
        own: the day of its report.
        story: the day of its story, for a report that is undated itself.
    """
    day = own or story
    return Telling(
        id=event.id,
        report_id=event.report_id,
        order=(own or "9999", event.report_id, event.trigger.start),
        event=event.event,
        mode=event.mode,
        actors=codes(event.actor),
        recipients=codes(event.recipient),
        trigger=_root(event.trigger.text),
        words=words_of(event.span.text),
        date=event.date,
        precision=event.date_precision,
        historical="historical" in event.auxiliary or _long_past(event.date, day),
        unreal=frozenset(event.auxiliary) - {"historical"},
        vague=codes(actor for actor in (*event.actor, *event.recipient) if vague(actor)),
    )


def _root(trigger: str) -> str:
    """The root of the first word, or of its synonym class ("cut", "severed", "broke" are one)."""
    key = root(trigger.split(maxsplit=1)[0]) if trigger.split() else ""
    return synonyms().get(key, key)


def _long_past(told: str | None, day: str | None) -> bool:
    if told is None or day is None:
        return False
    if len(told) < 10:
        return told < day[: len(told)]
    return (date.fromisoformat(day) - date.fromisoformat(told[:10])).days > HISTORY_DAYS


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Tellings of one story, or of one report alone, that tell one occurrence."""

    story_id: str | None
    tellings: tuple[Telling, ...]

    @property
    def historical(self) -> bool:
        """Whether it is told as history: by half of the tellings or more."""
        return 2 * sum(telling.historical for telling in self.tellings) >= len(self.tellings)

    @property
    def parties(self) -> tuple[frozenset[str], frozenset[str]]:
        """All actors and all recipients."""
        actors = frozenset().union(*(telling.actors for telling in self.tellings))
        recipients = frozenset().union(*(telling.recipients for telling in self.tellings))
        return actors, recipients


def group_tellings(tellings: Iterable[Telling], story_id: str | None) -> tuple[Group, ...]:
    """The happenings of one story, tellings that stand alone included.

    Joined from the most alike down; a join must hold on average over all tellings of both groups
    (average linkage), and never joins two dates that exclude each other.

    Args:
        tellings: of all the story's reports.
        story_id: of the story; None for a report that belongs to none.
    """
    ordered = sorted(tellings, key=lambda t: (t.order, t.id))
    scores: dict[tuple[int, int], float] = {}
    for one, first in enumerate(ordered):
        for other in range(one + 1, len(ordered)):
            score = round(likeness(first, ordered[other]), 6)
            if score > 0:
                scores[one, other] = score
    group_of: dict[int, tuple[int, ...]] = {n: (n,) for n in range(len(ordered))}
    for (one, other), score in sorted(scores.items(), key=lambda row: (-row[1], row[0])):
        if score < THRESHOLD:
            break
        mine, theirs = group_of[one], group_of[other]
        if mine == theirs:
            continue
        across = [scores.get((min(a, b), max(a, b)), 0.0) for a in mine for b in theirs]
        if sum(across) / len(across) >= THRESHOLD:
            joined = tuple(sorted((*mine, *theirs)))
            group_of.update(dict.fromkeys(joined, joined))
    return tuple(
        Group(story_id, tuple(ordered[number] for number in group))
        for group in sorted(set(group_of.values()))
    )


def likeness(one: Telling, other: Telling) -> float:
    """How far two tellings tell one occurrence, about 0 to 1; 0 where they cannot."""
    kind = kind_likeness(one.event, other.event)
    if kind == 0 or one.unreal != other.unreal:
        return 0.0
    parties = party_likeness(one, other)
    when = date_likeness(one, other)
    if parties == 0 or when is None:
        return 0.0
    words = dice(one.words, other.words)
    same_act = one.trigger == other.trigger
    if not same_act and words < (OWN_WORDS if one.report_id == other.report_id else LEAST_WORDS):
        return 0.0
    return 0.3 * kind + 0.3 * parties + 0.15 * same_act + 0.25 * min(1.0, 2 * words) + when


def kind_likeness(one: str, other: str) -> float:
    """1 for the same type, 0.6 for types of one family, else 0."""
    if one == other:
        return 1.0
    return 0.6 if any(one in family and other in family for family in FAMILIES) else 0.0


def party_likeness(one: Telling, other: Telling) -> float:
    """1 where both sides agree, less where a side is not told, 0 where they exclude each other."""
    direct = _sides(one, other)
    if one.event in RECIPROCAL or other.event in RECIPROCAL:
        mine, theirs = one.actors | one.recipients, other.actors | other.recipients
        both = len(mine & theirs) / max(1, min(len(mine), len(theirs)))
        return max(direct, both if len(mine & theirs) > 1 else 0.5 * both)
    return direct


def _sides(one: Telling, other: Telling) -> float:
    score = 0.0
    known = guessed = False
    for mine, theirs in ((one.actors, other.actors), (one.recipients, other.recipients)):
        if not mine or not theirs:
            score += 0.25 if mine or theirs else 0.4
        elif mine & theirs:
            known = True
            score += 0.5
        elif mine <= one.vague or theirs <= other.vague:
            # "The heads" may be the "Arab leaders", if the other side is the same.
            guessed = True
            score += 0.1
        else:
            return 0.0
    return score if known or not guessed else 0.0


def date_likeness(one: Telling, other: Telling) -> float | None:
    """What the dates add or take; None where they exclude each other.

    A day apart may be the hour or the time zone; further apart it takes the same words (then the
    reports differ on the date), and weeks apart it is another occurrence.
    """
    if one.date is None or other.date is None:
        return 0.0
    width = min(len(one.date), len(other.date))
    if width < 10:
        return 0.05 if one.date[:width] == other.date[:width] else None
    apart = abs((date.fromisoformat(one.date[:10]) - date.fromisoformat(other.date[:10])).days)
    if apart == 0:
        return 0.1
    if apart == 1:
        return 0.0
    return -0.15 if apart <= 7 else -0.25 if apart <= HISTORY_DAYS else None


def best_date(tellings: Sequence[Telling], voices: Mapping[str, str]) -> str | None:
    """The date that most voices give, days before months before years; a vaguer date supports a finer one."""
    told = {
        (voices.get(telling.report_id, telling.report_id), telling.date)
        for telling in tellings
        if telling.date
    }
    if not told:
        return None
    support = {
        given: len({voice for voice, other in told if given.startswith(other)}) for _, given in told
    }
    own = {given: sum(other == given for _, other in told) for given in support}
    return min(support, key=lambda given: (-support[given], -own[given], -len(given), given))
