"""Ties as a ledger: what all reports tell of two parties, as dated intervals with their evidence.

Tellings are grouped by their members and kind; each group is worked out alone, so the step runs by key.
Within a group the tellings of one state are one tie where their dates can be the same day. Where they cannot,
each date is a tie of its own, and `why` says which leads: the one that more voices tell (a reprint is
the voice of its source), then the more exact, then the one told first. What is only wanted, planned or
denied never becomes the fact (see ``TieBook.as_told``).
"""

from __future__ import annotations

import itertools
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.entries import Evidence, Tie
from dragoman.ids import content_id
from dragoman.reading.surroundings import member_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dragoman.entries import Happening, Precision, ReadReport, Story
    from dragoman.rulebook import Rulebook
    from dragoman.rulebook.tierules import TieBook
    from dragoman.spans import Span

# What an event implies of a tie where no telling of the report covers it: (type, mode, context).
_IMPLIED = {
    ("SANCTION", "discontinue", "diplomatic"): ("diplomatic relations", "severed"),
    ("SANCTION", "withdraw", "diplomatic"): ("ambassador", "recalled"),
    ("SANCTION", "expel", "diplomatic"): ("ambassador", "expelled"),
}
# States that say by themselves that something went before.
_AGAIN = frozenset({"restored", "reopened", "returned", "lifted"})
# Kinds that come about by an agreement of the two, if nothing else is told.
_BY_AGREEMENT = frozenset({"diplomatic relations"})
_FIRST_ENVOY = "rule:embassy.first-envoy"
_PRECISION: dict[int, Precision] = {4: "year", 7: "month", 10: "day"}


@dataclass(frozen=True, slots=True, order=True)
class Told:
    """One telling as the ledger takes it: members as keys, the state as it counts.

    ``voice`` is the report whose words they are: the source's where a report reprints another.
    """

    members: tuple[str, ...]
    kind: str
    state: str
    date: str
    end: str
    day: str
    report_id: str
    voice: str
    start: int
    stop: int
    words: Span
    said_by: str
    event_id: str
    coder: str


def find_ties(
    reads: Iterable[ReadReport],
    stories: Iterable[Story],
    happenings: Iterable[Happening],
    rulebook: Rulebook,
) -> tuple[Tie, ...]:
    """All ties that the reports tell, sorted by members, kind and date.

    Args:
        reads: the read reports, in any order.
        stories: for which reports reprint others.
        happenings: taken for the line's sake; a happening adds no tie that its events do not.
        rulebook: the tie kinds.
    """
    del happenings
    sources = {copy: source for story in stories for copy, source in story.copies}
    return ties_of(
        (told for read in reads for told in tellings_of(read, rulebook.ties, sources)),
        rulebook.ties,
    )


def ties_of(told: Iterable[Told], book: TieBook) -> tuple[Tie, ...]:
    """The ties of all that is told, sorted by members, kind and date."""
    groups: dict[tuple[tuple[str, ...], str], list[Told]] = defaultdict(list)
    for one in told:
        groups[one.members, one.kind].append(one)
    return tuple(tie for key in sorted(groups) for tie in ledger(groups[key], book))


def tellings_of(read: ReadReport, book: TieBook, sources: Mapping[str, str]) -> Iterator[Told]:
    """What one report tells, ready for the ledger; talk counts as talk, a denial as nothing."""
    report = read.report
    voice = sources.get(report.id, report.id)
    covered: set[tuple[int, str]] = set()
    for one in read.tellings:
        covered.add((one.sentence, one.kind))
        state = book.as_told(one.kind, one.state, one.auxiliary)
        names = [member_of(actor) for actor in one.members]
        if state is None or any(name is None for name in names):
            continue
        yield Told(
            members=_ordered([name for name in names if name], directed=book.directed(one.kind)),
            kind=one.kind, state=state, date=one.date or "", end=one.end or "",
            day=report.day or "", report_id=report.id, voice=voice, start=one.span.start,
            stop=one.span.end, words=one.span, said_by=one.said_by or "", event_id="",
            coder=one.coder,
        )  # fmt: skip
    yield from _implied(read, book, voice, covered)


def _implied(
    read: ReadReport, book: TieBook, voice: str, covered: set[tuple[int, str]]
) -> Iterator[Told]:
    for event in read.events:
        if event.auxiliary and set(event.auxiliary) - {"historical"}:
            continue
        keys = [(event.event, mode, context) for mode in event.mode for context in event.context]
        meant = next((_IMPLIED[key] for key in keys if key in _IMPLIED), None)
        if meant is None or any(sentence == event.sentence for sentence, _ in covered):
            continue
        kind, state = meant
        if kind == "ambassador" and not _of_envoys(event.span.text, book):
            continue
        for actor in event.actor:
            for recipient in event.recipient:
                pair = [member_of(actor), member_of(recipient)]
                if None in pair or pair[0] == pair[1]:
                    continue
                if state == "expelled":
                    pair.reverse()
                yield Told(
                    members=_ordered([n for n in pair if n], directed=book.directed(kind)),
                    kind=kind, state=state, date=event.date or "", end="",
                    day=read.report.day or "", report_id=read.report.id, voice=voice,
                    start=event.span.start, stop=event.span.end, words=event.span,
                    said_by=event.said_by or "", event_id=event.id, coder=event.coder,
                )  # fmt: skip


def _of_envoys(words: str, book: TieBook) -> bool:
    """Whether words name an envoy or diplomats: one may withdraw from much else."""
    lower = words.lower()
    return any(word in lower for word in book.lists.get("envoys", frozenset()))


def _ordered(members: list[str], *, directed: bool) -> tuple[str, ...]:
    """Sorted; for a kind with a direction the giver first, the others sorted behind it."""
    if not directed:
        return tuple(sorted(members))
    return (members[0], *sorted(members[1:]))


# -- one group -----------------------------------------------------------------------------------


@dataclass(slots=True)
class _Row:
    """The tellings that can be of one change: their date as exactly as one of them has it."""

    kind: str
    state: str
    date: str
    told: list[Told]
    agreed: bool = False

    @property
    def voices(self) -> int:
        return len({one.voice for one in self.told})

    @property
    def day(self) -> str:
        return min((one.day for one in self.told if one.day), default="")

    @property
    def strength(self) -> tuple[int, int, str, str]:
        """Sorts the leading row first."""
        return (-self.voices, -len(self.date), self.day or "9999", self.date)


class _Kind:
    """All rows of one kind of one group, with what each question about them needs made once."""

    def __init__(self, rows: list[_Row], book: TieBook) -> None:
        self.rows = rows
        self.book = book
        self.strength = {id(row): row.strength for row in rows}
        best: dict[tuple[str, str], _Row] = {}
        self.dated: dict[str, list[_Row]] = defaultdict(list)
        for row in rows:
            if not row.date:
                continue
            self.dated[row.state].append(row)
            key = (row.state, row.date[:4])
            if key not in best or self.strength[id(row)] < self.strength[id(best[key])]:
                best[key] = row
        # What ends a state: the dates of such changes; those that lead in their year by themselves.
        self.ending: dict[str, list[str]] = {}
        self.closing: dict[str, list[str]] = {}
        for state in {row.state for row in rows}:
            enders = [
                row
                for other, own in self.dated.items()
                if state in book.kinds[own[0].kind, other].ends
                for row in own
            ]
            self.ending[state] = sorted(row.date for row in enders)
            self.closing[state] = sorted(
                row.date for row in enders if best[row.state, row.date[:4]] is row
            )

    def until(self, row: _Row) -> str | None:
        """The date of the first change that ends the state after it began (or was told)."""
        ends = [one.end for one in row.told if one.end]
        start = row.date or row.day
        if start:
            dates = self.closing[row.state]
            later = range(bisect_right(dates, start), len(dates))
            ends += [
                dates[at]
                for at in itertools.islice((n for n in later if _after(dates[n], start)), 1)
            ]
        return min(ends, default=None)

    def rivals(self, row: _Row) -> list[_Row]:
        """Other dates told for what can only be the same change: nothing ended it in between."""
        if self.book.kinds[row.kind, row.state].talk or not row.date:
            return []
        made = []
        for other in self.dated[row.state]:
            if other is row:
                continue
            first, second = sorted((row.date, other.date))
            if not self._ended_between(row.state, first, second):
                made.append(other)
        return made

    def _ended_between(self, state: str, first: str, second: str) -> bool:
        """Whether a change that ends the state lies surely between two dates."""
        dates = self.ending[state]
        between = range(bisect_right(dates, first), bisect_left(dates, second))
        return any(_after(dates[at], first) and _after(second, dates[at]) for at in between)


def ledger(told: Iterable[Told], book: TieBook) -> tuple[Tie, ...]:
    """The ties of one group of members, from all that is told of them; of each kind by itself."""
    by_state: dict[tuple[str, str], list[Told]] = defaultdict(list)
    every = sorted(set(told))
    for one in every:
        if not _a_later_envoy(one, every, book):
            by_state[one.kind, one.state].append(one)
    rows: list[_Row] = []
    for kind, state in sorted(by_state):
        rows.extend(_rows(by_state[kind, state], standing=book.kinds[kind, state].standing))
    for row in rows:
        _take_day_of_agreement(row, rows, book)
    made: list[Tie] = []
    for kind in sorted({row.kind for row in rows}):
        own = _Kind([row for row in rows if row.kind == kind], book)
        made.extend(_tie(row, own) for row in own.rows)
    return tuple(
        sorted(made, key=lambda tie: (tie.kind, tie.since or tie.told or "", tie.state, tie.id))
    )


def _rows(told: list[Told], *, standing: bool) -> list[_Row]:
    """The tellings of one state, joined where their dates can be the same."""
    made: list[_Row] = []
    first = told[0]
    for one in sorted(told, key=lambda t: (-len(t.date), t)):
        if not one.date:
            continue
        fitting = [row for row in made if row.date.startswith(one.date)]
        if fitting:
            min(fitting, key=lambda row: row.strength).told.append(one)
        else:
            made.append(_Row(first.kind, first.state, one.date, [one]))
    loose = [one for one in told if not one.date]
    alone: list[Told] = []
    for one in loose:
        # Words without a date mean the last such change before they were told.
        before = [row for row in made if not one.day or row.date[:10] <= one.day]
        if before and not standing:
            last = max(row.date[:4] for row in before)
            near = [row for row in before if row.date[:4] == last]
            min(near, key=lambda row: row.strength).told.append(one)
        else:
            alone.append(one)
    if alone:
        made.append(_Row(first.kind, first.state, "", alone))
    return made


def _a_later_envoy(one: Told, all_told: list[Told], book: TieBook) -> bool:
    """Whether a mission is told to begin by a first envoy alone ("first Minister") though it was there.

    An envoy of a higher rank, or the first to live there, opens no second mission.
    """
    if not one.date or one.coder != _FIRST_ENVOY:
        return False
    ended = [
        other.date
        for other in all_told
        if other.kind == one.kind and one.state in book.kinds[one.kind, other.state].ends
    ]
    return any(
        other.date
        and (other.kind, other.state) == (one.kind, one.state)
        and _after(one.date, other.date)
        and not any(_after(date, other.date) and _after(one.date, date) for date in ended)
        for other in all_told
    )


def _take_day_of_agreement(row: _Row, rows: list[_Row], book: TieBook) -> None:
    """Gives a change that is told to the month or year alone the one day in it on which it was agreed."""
    sought = book.kinds[row.kind, row.state].sought
    if row.kind not in _BY_AGREEMENT or not sought or len(row.date) not in {4, 7}:
        return
    words = book.lists.get("agreeing", frozenset())
    days = {
        other.date
        for other in rows
        if (other.kind, other.state) == (row.kind, sought)
        and len(other.date) == 10
        and other.date.startswith(row.date)
        and any(word in one.words.text.lower() for one in other.told for word in words)
    }
    if len(days) == 1:
        row.date, row.agreed = days.pop(), True


def _tie(row: _Row, own: _Kind) -> Tie:
    told = sorted(row.told, key=lambda one: (one.day or "9999", one.report_id, one.start))
    kind = own.book.kinds[row.kind, row.state]
    voiced = [one for one in told if not one.said_by]
    said = None if voiced and not kind.talk else next((t.said_by for t in told if t.said_by), None)
    members = told[0].members
    since = row.date or None
    return Tie(
        id=content_id("t", row.kind, row.state, *members, since),
        members=members,
        kind=row.kind,
        state=row.state,
        since=since,
        since_precision=_PRECISION.get(len(row.date), "none"),
        until=own.until(row),
        told=row.day or None,
        said_by=said,
        evidence=_evidence(told),
        directed=kind.directed,
        why=_why(row, own),
    )


def _evidence(told: list[Told]) -> tuple[Evidence, ...]:
    made = [
        Evidence(one.report_id, one.words, one.event_id or None, one.said_by or None)
        for one in told
    ]
    return tuple(dict.fromkeys(made))


def _after(later: str, earlier: str) -> bool:
    """Whether a date is surely later than another, each known as far as written."""
    shared = min(len(later), len(earlier))
    return later[:shared] > earlier[:shared]


def _why(row: _Row, own: _Kind) -> str:
    rules = sorted({one.coder for one in row.told})
    voices = row.voices
    made = [f"{voices} {'voice' if voices == 1 else 'voices'}; {', '.join(rules)}"]
    if row.agreed:
        made.append(f"told to the month or year; {row.date} is the day on which it was agreed")
    rivals = own.rivals(row)
    if rivals:
        lead = min([row, *rivals], key=lambda one: own.strength[id(one)])
        rule = "more voices, then the more exact date, then the one told first"
        if lead is row:
            others = ", ".join(sorted(one.date for one in rivals))
            made.append(f"also told as {others}; this date leads ({rule})")
        else:
            made.append(f"{lead.date} leads ({rule})")
    follows = own.book.kinds[row.kind, row.state].follows
    if row.date and row.state in _AGAIN:
        before = (one.date for state in follows for one in own.dated.get(state, ()))
        if not any(_after(row.date, date) for date in before):
            made.append(f"nothing is told of when it was {' or '.join(follows)}")
    return "; ".join(made)


def known_on(
    ties: Iterable[Tie], days: Mapping[str, str | None], day: str, book: TieBook
) -> tuple[Tie, ...]:
    """The ties as they could be known on `day`: by reports of that day or before.

    A date that a later report made more exact stays exact; for the very wording of that day run
    :func:`find_ties` over the reports up to it.

    Args:
        ties: ties of any members.
        days: the day of each report; a report without a day counts as never known.
        day: ISO date.
        book: the tie kinds, for what ends what.
    """
    kept: list[Tie] = []
    for tie in ties:
        evidence = tuple(one for one in tie.evidence if (days.get(one.report_id) or "9999") <= day)
        if evidence:
            told = days.get(evidence[0].report_id)
            kept.append(replace(tie, evidence=evidence, told=told, until=None))
    return tuple(replace(tie, until=_closed_by(tie, kept, book)) for tie in kept)


def _closed_by(tie: Tie, ties: list[Tie], book: TieBook) -> str | None:
    start = tie.since or tie.told
    if start is None:
        return None
    closing = [
        other.since
        for other in ties
        if other.kind == tie.kind
        and other.members == tie.members
        and other.since
        and tie.state in book.kinds[other.kind, other.state].ends
        and _after(other.since, start)
    ]
    return min(closing, default=None)
