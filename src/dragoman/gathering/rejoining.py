"""Happenings after a few reports have come or changed: only what their tellings touch is joined anew."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from dragoman.gathering.happenings import Group
from dragoman.gathering.retelling import (
    Retold,
    best_of,
    happening_of,
    keys_of,
    part_of,
    retold,
    together,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from dragoman.entries import Happening
    from dragoman.gathering.happenings import Telling
    from dragoman.gathering.retelling import Key, Link, Part


@dataclass(frozen=True, slots=True)
class RetoldChange:
    """What becomes of parts, links and happenings with new reports.

    Attributes:
        gone: parts that are no more, with all their keys and links.
        come: new parts, with their keys and links.
        best: for parts that stay, what they retell now.
        tellings: whose happenings are replaced.
        happenings: by these.
    """

    gone: tuple[str, ...]
    come: Retold
    best: tuple[tuple[str, str | None], ...]
    tellings: tuple[str, ...]
    happenings: tuple[Happening, ...]


class PartShelf(Protocol):
    """Who keeps the parts of all reports, as they were before."""

    def parts_told_in(self, report_ids: Iterable[str]) -> Sequence[Part]:
        """Parts with a telling in one of these reports."""

    def parts_with(self, keys: Iterable[Key]) -> Collection[str]:
        """The parts that have one of these keys."""

    def parts(self, ids: Iterable[str]) -> Mapping[str, Part]:
        """Parts by id."""

    def retelling(self, ids: Iterable[str]) -> Sequence[str]:
        """The parts that retell one of these."""

    def links(self, ids: Iterable[str]) -> Sequence[Link]:
        """The links with one of these at either end."""

    def tellings(self, ids: Iterable[str]) -> Mapping[str, Telling]:
        """Tellings by id, with the stories as they are now."""

    def voices(self, report_ids: Iterable[str]) -> Mapping[str, str]:
        """The originals of those reports that reprint others, as it is now."""


def rejoin(
    shelf: PartShelf,
    groups: Sequence[Group],
    report_ids: Collection[str],
    changed: Collection[str],
) -> RetoldChange:
    """What the new groups of some reports make of the happenings.

    Args:
        shelf: what was kept before.
        groups: all groups of `report_ids` as they are now.
        report_ids: whole stories, as they were and as they are, and reports that are in none.
        changed: those of them that are new or were read anew.
    """
    return _Rejoining(shelf, groups, report_ids, changed).change()


class _Rejoining:
    """One run of :func:`rejoin`.

    Attributes:
        groups: the groups given, by id; parts: the same as parts.
        before: the parts of the same reports that were kept.
        gone: those of them that are no more as they were; new: ids of groups that were not there so.
        keys: of the new ones.
        links: those that the new ones add.
        best: what each part retells whose links have changed.
    """

    def __init__(
        self,
        shelf: PartShelf,
        groups: Sequence[Group],
        report_ids: Collection[str],
        changed: Collection[str],
    ) -> None:
        self.shelf = shelf
        self.groups = {group.tellings[0].id: group for group in groups}
        self.parts = {id_: part_of(group) for id_, group in self.groups.items()}
        self.before = {part.id: part for part in shelf.parts_told_in(report_ids)}
        stay = {
            id_
            for id_, part in self.before.items()
            if replace(part, best=None) == self.parts.get(id_)
            and part.report_ids.isdisjoint(changed)
        }
        self.gone = self.before.keys() - stay
        self.new = self.groups.keys() - stay
        # A group that nobody can find and that is told once was never kept, and need not be.
        self.keys = {id_: keys_of(self.groups[id_]) for id_ in self.new}
        self.links = self._new_links()
        self.best = self._best()

    def change(self) -> RetoldChange:
        """All that becomes of it."""
        kept = sorted(id_ for id_ in self.new if self.keys[id_] or len(self.parts[id_].members) > 1)
        come = Retold(
            tuple(replace(self.parts[id_], best=self.best.get(id_)) for id_ in kept),
            tuple(sorted((key, id_) for id_ in kept for key in self.keys[id_])),
            tuple(sorted(self.links)),
        )
        turned = {one: best for one, best in self.best.items() if one not in self.new}
        reached = self._reached()
        members = (*self.before.values(), *reached.values())
        return RetoldChange(
            gone=tuple(sorted(self.gone)),
            come=come,
            best=tuple(sorted(turned.items())),
            tellings=tuple(sorted({id_ for part in members for id_, _ in part.members})),
            happenings=self._happenings(reached),
        )

    def _new_links(self) -> list[Link]:
        """Links from or to a new part."""
        found = {id_: self.shelf.parts_with(self.keys[id_]) for id_ in self.new}
        having: dict[Key, set[str]] = defaultdict(set)
        for id_, keys in self.keys.items():
            for key in keys:
                having[key].add(id_)
        others = {
            id_: (set(found[id_]) - self.gone).union(*(having[key] for key in self.keys[id_]))
            - {id_}
            for id_ in self.new
        }
        old = self.shelf.parts({other for own in others.values() for other in own} - self.new)
        wanted: dict[str, set[str]] = {}
        for id_, own in others.items():
            historical = self.parts[id_].historical
            wanted[id_] = {
                other
                for other in own
                if historical or (other in old and old[other].historical) or other in self.new
            }
        groups = self._groups(
            {other: old[other] for own in wanted.values() for other in own if other in old}
        )
        groups.update((id_, self.groups[id_]) for id_ in self.new)
        pairs = {
            pair
            for id_, own in wanted.items()
            for other in own
            for pair in ((id_, other), (other, id_))
            if groups[pair[0]].historical
        }
        return [
            (one, other, score)
            for one, other in sorted(pairs)
            if (score := retold(groups[one], groups[other])) is not None
        ]

    def _best(self) -> dict[str, str | None]:
        """What each part retells that has won or lost a link."""
        lost = self.shelf.links(self.gone)
        asked = {one for one, _, _ in (*self.links, *lost)} - (self.gone - self.new)
        own: dict[str, dict[str, float]] = {one: {} for one in asked}
        for one, other, score in self.shelf.links(asked - self.new):
            if one in own and other not in self.gone:
                own[one][other] = score
        for one, other, score in self.links:
            own[one][other] = score
        needed = {other for linked in own.values() for other in linked}
        held = {**self.shelf.parts(needed - self.new), **self.parts}
        return {
            one: best_of((held[other], score) for other, score in linked.items())
            for one, linked in sorted(own.items())
        }

    def _reached(self) -> dict[str, Part]:
        """All parts, as they are now, that hang together with one that is given, new or changed."""
        asked = self.shelf.parts(self.best.keys() - self.new)
        was = {part.best for part in (*self.before.values(), *asked.values())}
        found = {
            *self.groups, *self.best, *was, *self.best.values(), *self.shelf.retelling(self.gone)
        }  # fmt: skip
        frontier = {id_ for id_ in found if id_ is not None}
        followers: dict[str, set[str]] = defaultdict(set)
        for one, best in self.best.items():
            if best is not None:
                followers[best].add(one)
        reached: dict[str, Part] = {}
        while frontier:
            known = self.shelf.parts(frontier - self.gone - self.new)
            here = {**known, **{id_: self.parts[id_] for id_ in frontier if id_ in self.new}}
            here = {
                id_: replace(part, best=self.best.get(id_, part.best)) for id_, part in here.items()
            }
            reached.update(here)
            ahead = {part.best for part in here.values() if part.best is not None}
            for id_ in here:
                ahead |= followers[id_]
            behind = set(self.shelf.retelling(here)) - self.best.keys()
            frontier = (ahead | behind) - reached.keys()
        return reached

    def _happenings(self, reached: Mapping[str, Part]) -> tuple[Happening, ...]:
        whole = [
            ids for ids in together(reached) if sum(len(reached[id_].members) for id_ in ids) > 1
        ]
        groups = self._groups({id_: reached[id_] for ids in whole for id_ in ids})
        voices = self.shelf.voices({one for group in groups.values() for one in _told_in(group)})
        made = [happening_of([groups[id_] for id_ in ids], voices) for ids in whole]
        return tuple(sorted(made, key=lambda happening: happening.id))

    def _groups(self, parts: Mapping[str, Part]) -> dict[str, Group]:
        """The groups of parts: those given, and those of other reports as they were kept."""
        lacking = {id_: part for id_, part in parts.items() if id_ not in self.groups}
        tellings = self.shelf.tellings(id_ for part in lacking.values() for id_, _ in part.members)
        groups = {
            id_: Group(part.story_id, tuple(tellings[one] for one, _ in part.members))
            for id_, part in lacking.items()
        }
        groups.update((id_, self.groups[id_]) for id_ in parts if id_ in self.groups)
        return groups


def _told_in(group: Group) -> set[str]:
    return {telling.report_id for telling in group.tellings}
