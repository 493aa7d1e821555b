"""What is told as history joins the happening of its date: the happenings over all stories.

A group of tellings (:func:`dragoman.gathering.happenings.group_tellings`) is held as a `Part`. Each part
told as history is linked to the parts of other stories that it may retell; it joins the best of them,
unless several fit. What hangs together in this way is one happening. The links are kept, so that after
new reports only what they touch is worked out anew (:mod:`dragoman.gathering.rejoining`).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from dragoman.entries import Happening
from dragoman.gathering.happenings import THRESHOLD, Group, best_date, likeness
from dragoman.ids import content_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Key: TypeAlias = tuple[str, str, str]
# A part told as history, one that it may retell, and how alike they are.
Link: TypeAlias = tuple[str, str, float]

# Less than this behind the best, another fits as well.
RIVAL = 0.02


@dataclass(frozen=True, slots=True)
class Part:
    """A group of tellings as it is kept.

    Attributes:
        id: of its first telling.
        story_id: of its story; None for a report in no story.
        historical: whether it is told as history.
        day: the date that most tellings give.
        order: of its first telling.
        members: the tellings, each with its report.
        best: the part that it retells, if it is known which.
    """

    id: str
    story_id: str | None
    historical: bool
    day: str | None
    order: tuple[str, str, int]
    members: tuple[tuple[str, str], ...]
    best: str | None = None

    @property
    def report_ids(self) -> frozenset[str]:
        """The reports that tell it."""
        return frozenset(report for _, report in self.members)


@dataclass(frozen=True, slots=True)
class Retold:
    """All parts that can be linked or are told twice, by what they are found, and their links."""

    parts: tuple[Part, ...] = ()
    keys: tuple[tuple[Key, str], ...] = ()
    links: tuple[Link, ...] = ()


def part_of(group: Group) -> Part:
    """A group as it is kept."""
    first = group.tellings[0]
    return Part(
        first.id, group.story_id, group.historical, best_date(group.tellings, {}), first.order,
        tuple((telling.id, telling.report_id) for telling in group.tellings),
    )  # fmt: skip


def keys_of(group: Group) -> list[Key]:
    """By what a group is found: an actor, a recipient and a year that its tellings give."""
    actors, recipients = group.parties
    years = {telling.date[:4] for telling in group.tellings if telling.date}
    return sorted({(a, r, year) for a in actors for r in recipients for year in years})


def join_history(
    groups: Sequence[Group], voices: Mapping[str, str] | None = None
) -> tuple[Happening, ...]:
    """All happenings of two or more tellings, what is told as history joined to when it was news.

    Args:
        groups: of all stories and lone reports, in any order.
        voices: the voice of each report (a copy has its original's), to count support by voices.

    Returns:
        In order of id.
    """
    return join_kept(groups, voices)[0]


def join_kept(
    groups: Sequence[Group], voices: Mapping[str, str] | None = None
) -> tuple[tuple[Happening, ...], Retold]:
    """As :func:`join_history`, and what is kept so that new reports can be joined later."""
    by_id = {group.tellings[0].id: group for group in groups}
    parts = {id_: part_of(group) for id_, group in by_id.items()}
    keys = {id_: keys_of(group) for id_, group in by_id.items()}
    having: dict[Key, list[str]] = defaultdict(list)
    for id_, own in keys.items():
        for key in own:
            having[key].append(id_)
    links: list[Link] = []
    for id_, group in by_id.items():
        if not group.historical:
            continue
        others = {other for key in keys[id_] for other in having[key]} - {id_}
        own_links = [
            (id_, other, score)
            for other in sorted(others)
            if (score := retold(group, by_id[other])) is not None
        ]
        links.extend(own_links)
        best = best_of((parts[other], score) for _, other, score in own_links)
        parts[id_] = replace(parts[id_], best=best)
    happenings = [
        happening_of([by_id[id_] for id_ in ids], voices or {})
        for ids in together(parts)
        if sum(len(parts[id_].members) for id_ in ids) > 1
    ]
    kept = sorted(id_ for id_, part in parts.items() if keys[id_] or len(part.members) > 1)
    shelved = Retold(
        tuple(parts[id_] for id_ in kept),
        tuple(sorted((key, id_) for id_ in kept for key in keys[id_])),
        tuple(sorted(links)),
    )
    return tuple(sorted(happenings, key=lambda happening: happening.id)), shelved


def retold(history: Group, other: Group) -> float | None:
    """How well what is told as history fits what another story tells; None if it cannot be the same."""
    if history.story_id == other.story_id and history.story_id is not None:
        return None
    scores = [likeness(a, b) for a in history.tellings for b in other.tellings]
    mean = sum(scores) / len(scores)
    return round(mean, 6) if mean >= THRESHOLD else None


def best_of(linked: Iterable[tuple[Part, float]]) -> str | None:
    """The part that a part told as history belongs to: the likest, news before history."""
    ranked = sorted(linked, key=lambda row: (row[0].historical, -row[1], row[0].order, row[0].id))
    if not ranked:
        return None
    best, score = ranked[0]
    # A year alone fits several occurrences of its kind: then it is not known which is meant.
    days = {
        part.day
        for part, other in ranked
        if part.historical == best.historical and (part is best or other > score - RIVAL)
    }
    return best.id if len(days) == 1 else None


def together(parts: Mapping[str, Part]) -> list[list[str]]:
    """The ids of parts that hang together by what they retell, in order of their first tellings."""
    parent = {id_: id_ for id_ in parts}

    def top(id_: str) -> str:
        while parent[id_] != id_:
            parent[id_] = parent[parent[id_]]
            id_ = parent[id_]
        return id_

    for id_, part in parts.items():
        if part.best is not None:
            parent[top(id_)] = top(part.best)
    joined: dict[str, list[str]] = defaultdict(list)
    for id_ in sorted(parts, key=lambda id_: (parts[id_].order, id_)):
        joined[top(id_)].append(id_)
    return list(joined.values())


def happening_of(parts: Sequence[Group], voices: Mapping[str, str]) -> Happening:
    """The happening of some groups, in order of their first tellings."""
    tellings = sorted(
        (telling for part in parts for telling in part.tellings), key=lambda t: (t.order, t.id)
    )
    when = best_date(tellings, voices)
    kinds: dict[str, int] = defaultdict(int)
    for telling in tellings:
        kinds[telling.event] += 1
    current = [part for part in parts if not part.historical and part.story_id]
    home = min(
        current or [part for part in parts if part.story_id] or parts,
        key=lambda part: (-len(part.tellings), part.tellings[0].order),
    )
    reports = len({telling.report_id for telling in tellings})
    past = sum(telling.historical for telling in tellings)
    why = f"{len(tellings)} tellings in {reports} report{'s' if reports > 1 else ''}"
    return Happening(
        id=content_id("h", tellings[0].id),
        story_id=home.story_id,
        member_ids=tuple(telling.id for telling in tellings),
        event=min(kinds, key=lambda kind: (-kinds[kind], kind)),
        date=when,
        why=f"{why}, {past} of them as history" if past else why,
    )
