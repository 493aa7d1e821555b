"""Stories after a few reports have come or changed, from what lies around them alone.

What grouping all cards from scratch gives, without all cards at hand. A new card has edges to the cards
that share a block with it and are near; whose nearest cards are others now, may be sharpened by others;
whose row is another now, may have other links; and only the parts of the graph of links in which a link
came or went are clustered anew. All that lies around a card is kept, so that nothing else is looked at.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from dragoman.gathering.around import StoryChange
from dragoman.gathering.blocks import caps, key_terms, keys_among, keys_of
from dragoman.gathering.parting import changed_parts, part_numbers, select_parts
from dragoman.gathering.space import MUTUAL, Space, mutual
from dragoman.gathering.stories import clustered, story_of, strong

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from numpy.typing import NDArray

    from dragoman.entries import Story
    from dragoman.gathering.around import Around, CardShelf, Keys, Numbers, Pair
    from dragoman.gathering.cards import Card
    from dragoman.gathering.parting import Linked


def regroup(shelf: CardShelf, fresh: Collection[int], removed: Mapping[int, Card]) -> StoryChange:
    """What new and changed cards make of the stories.

    Args:
        shelf: the cards as they are now, and what lay around them.
        fresh: the numbers of the new ones, and of those that changed.
        removed: the cards that those had before which changed or are no more.
    """
    return _Regrouping(shelf, fresh, removed).change()


class _Regrouping:
    """One run of :func:`regroup`."""

    def __init__(
        self, shelf: CardShelf, fresh: Collection[int], removed: Mapping[int, Card]
    ) -> None:
        self.shelf = shelf
        self.fresh = set(fresh)
        self.removed = removed
        self._cards: dict[int, Card] = {}
        self._old: Around = {}
        self._asked: tuple[Keys, NDArray[np.int32], tuple[Keys, Numbers]] | None = None
        self.edges = self._edge_changes()
        self._own: Around = defaultdict(dict)
        for (one, other), likeness in self.edges.items():
            if likeness is not None:
                self._own[one][other] = self._own[other][one] = likeness
        self.neighbours = self._neighbour_changes()
        self.links = self._link_changes()

    def change(self) -> StoryChange:
        """All that comes of it."""
        parts = self._parts()
        touched = {number for members, _ in parts for number in members}
        space, rows = self._space(touched)
        matrix = space.taken_together(*self._sharpening(touched, rows))
        cards = self.cards(touched)
        ids = {card.id for card in (*cards.values(), *self.removed.values())}
        before = self.shelf.stories_of(sorted(ids))
        groups, copies = clustered(space, matrix, (_in_rows(part, rows) for part in parts))
        by_id = {card.id: card for card in space.cards}
        original = dict(copies)
        settled = self._settled(before)
        after = [
            settled.get((group, _own(original, group)))
            or story_of([by_id[id_] for id_ in group], original)
            for group in groups
            if len(group) > 1
        ]
        return StoryChange(
            tuple(sorted(before, key=lambda story: story.id)),
            tuple(sorted(after, key=lambda story: story.id)),
            tuple(sorted(self.edges.items())),
            tuple(sorted((one, tuple(near)) for one, near in self.neighbours.items())),
            tuple(sorted(self.links.items())),
        )

    def _settled(self, before: Iterable[Story]) -> dict[tuple[object, object], Story]:
        """The stories that hold no new or changed card, by their reports and copies: told alike, they stay."""
        fresh = {card.id for card in self.cards(self.fresh - self._gone).values()}
        fresh |= {card.id for card in self.removed.values()}
        return {
            (tuple(sorted(story.report_ids)), story.copies): story
            for story in before
            if fresh.isdisjoint(story.report_ids)
        }

    def cards(self, numbers: Iterable[int]) -> dict[int, Card]:
        """Cards as they are now."""
        wanted = set(numbers)
        lacking = sorted(wanted - self._cards.keys())
        if lacking:
            self._cards.update(self.shelf.cards(lacking))
        return {number: self._cards[number] for number in sorted(wanted)}

    # -- edges

    def _edge_changes(self) -> dict[Pair, float | None]:
        """Edges of new cards, of cards that are gone, and in blocks that crossed their cap."""
        mine = self.fresh | self._crossed()
        before = self.shelf.edges(mine | self.removed.keys())
        changes: dict[Pair, float | None] = {
            _pair(one, other): None for one, near in before.items() for other in near
        }
        was = {
            _pair(one, other): likeness
            for one, near in before.items()
            for other, likeness in near.items()
        }
        changes.update(self._near(mine) if mine else {})
        # What a changed card had is of no account: its number stands for another card now.
        return {
            pair: likeness
            for pair, likeness in changes.items()
            if was.get(pair) != likeness or not self.fresh.isdisjoint(pair)
        }

    def _near(self, numbers: Collection[int]) -> dict[Pair, float]:
        """All edges of some cards."""
        own = self.cards(numbers)
        keys, sizes, owners = self._blocks(own.values())
        open_ = keys[sizes <= caps(keys)]
        mates = self.cards(np.unique(owners[1][np.isin(owners[0], open_)]).tolist())
        order = sorted({**mates, **own}.items(), key=lambda row: row[1].id)
        space = Space([card for _, card in order], (keys, sizes))
        numbered = [number for number, _ in order]
        mask = np.array([number in own for number in numbered], dtype=bool)
        return {
            _pair(numbered[left], numbered[right]): likeness
            for left, right, likeness in zip(
                *(column.tolist() for column in space.edges(mask)), strict=True
            )
        }

    def _blocks(
        self, cards: Iterable[Card]
    ) -> tuple[Keys, NDArray[np.int32], tuple[Keys, Numbers]]:
        """All keys of some cards, the sizes of their blocks, and who is in them: (key, number)."""
        cards = list(cards)
        wanted = np.unique(np.concatenate([keys_of(card) for card in cards]))
        if self._asked is not None and np.array_equal(self._asked[0], wanted):
            # Where no block crossed its cap, the same cards are asked about twice.
            return self._asked
        terms = np.unique(np.concatenate([key_terms(card) for card in cards]))
        keys, owners = keys_among(*self.shelf.posted(terms.tolist()), wanted)
        sizes = np.searchsorted(keys, wanted, "right") - np.searchsorted(keys, wanted)
        self._asked = wanted, sizes.astype(np.int32), (keys, owners)
        return self._asked

    def _crossed(self) -> set[int]:
        """The cards in blocks that were compared before and are no more, or the other way round."""
        new = list(self.cards(self.fresh).values())
        came, went = _counts(new), _counts(self.removed.values())
        keys, sizes, owners = self._blocks([*new, *self.removed.values()])
        most = caps(keys).tolist()
        crossed = [
            key
            for key, size, cap in zip(keys.tolist(), sizes.tolist(), most, strict=True)
            if (size > cap) != (size - came.get(key, 0) + went.get(key, 0) > cap)
        ]
        within = np.isin(owners[0], np.array(crossed, dtype=np.uint64))
        return set(np.unique(owners[1][within]).tolist())

    # -- neighbours

    def _ranked(self, numbers: Iterable[int], *, now: bool) -> dict[int, list[tuple[int, float]]]:
        """The nearest of some cards, the nearest first, now or before."""
        wanted = set(numbers)
        lacking = sorted(wanted - self._old.keys())
        if lacking:
            self._old.update({number: {} for number in lacking} | self.shelf.edges(lacking))
        made = {}
        for number in wanted:
            near = dict(self._old[number])
            if now:
                near = {o: v for o, v in near.items() if _pair(number, o) not in self.edges}
                near.update(self._own.get(number, {}))
            made[number] = near
        known = self.cards({other for near in made.values() for other in near} - self._gone)
        return {
            number: sorted(
                ((other, round(likeness, 9)) for other, likeness in near.items()),
                key=lambda row: (-row[1], known[row[0]].id if row[0] in known else ""),
            )[:MUTUAL]
            for number, near in made.items()
        }

    @property
    def _gone(self) -> set[int]:
        return self.removed.keys() - self.fresh

    def _neighbour_changes(self) -> dict[int, list[tuple[int, float]]]:
        """The neighbours of each card that has others now, new ones included."""
        ends = {number for pair in self.edges for number in pair} | self.fresh
        before, now = self._ranked(ends, now=False), self._ranked(ends, now=True)
        turned = {
            number
            for number in ends
            if before[number] != now[number]
            or number in self.fresh
            or any(other in self.fresh or other in self._gone for other, _ in before[number])
        }
        asked = self.fresh | turned
        for number in turned:
            asked |= {other for other, _ in (*before[number], *now[number])}
        asked -= self._gone
        ranked = self._ranked(asked, now=True)
        ranked.update(
            self._ranked({o for near in ranked.values() for o, _ in near} - asked, now=True)
        )
        old = self.shelf.neighbours(asked)
        made = {}
        for number in sorted(asked):
            near = mutual(number, ranked[number], ranked, self._one_text)
            if (
                number in self.fresh
                or dict(near) != old.get(number, {})
                or any(other in self.fresh for other, _ in near)
            ):
                made[number] = near
        return made | {number: [] for number in self._gone}

    def _one_text(self, one: int, other: int) -> bool:
        cards = self.cards((one, other))
        return Space([cards[one], cards[other]]).is_copy(0, 1, 1.0)

    # -- links

    def _space(self, numbers: Iterable[int]) -> tuple[Space, dict[int, int]]:
        """Some cards and their neighbours as a space, and the row of each."""
        wanted = set(numbers)
        near = self._neighbours_now(wanted)
        wanted.update(other for own in near.values() for other in own)
        order = sorted(self.cards(wanted).items(), key=lambda row: row[1].id)
        return Space([card for _, card in order]), {n: row for row, (n, _) in enumerate(order)}

    def _neighbours_now(self, numbers: Collection[int]) -> Around:
        made = self.shelf.neighbours(sorted(set(numbers) - self.neighbours.keys()))
        made.update((n, dict(self.neighbours[n])) for n in numbers if n in self.neighbours)
        return made

    def _sharpening(
        self, numbers: Collection[int], rows: Mapping[int, int]
    ) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]:
        """The neighbours of some cards as :meth:`Space.taken_together` takes them."""
        near = self._neighbours_now(numbers)
        return _columns(
            (rows[number], rows[other], likeness)
            for number in sorted(near)
            for other, likeness in near[number].items()
        )

    def _link_changes(self) -> dict[Pair, float | None]:
        """Links of cards whose row is another now, and along edges that came or went."""
        turned = set(self.neighbours) - self._gone
        ends = {number for pair in self.edges for number in pair}
        was = {
            _pair(one, other): likeness
            for one, linked in self.shelf.linked(ends | turned | self._gone).items()
            for other, likeness in linked.items()
        }
        known = turned | self._gone
        changes: dict[Pair, float | None] = {
            pair: None for pair in was if pair in self.edges or not known.isdisjoint(pair)
        }
        edges = {pair: likeness for pair, likeness in self.edges.items() if likeness is not None}
        for number, near in self.shelf.edges(turned).items():
            for other, likeness in near.items():
                if _pair(number, other) not in self.edges:
                    edges[_pair(number, other)] = likeness
        ends = {number for pair in edges for number in pair}
        space, rows = self._space(ends)
        matrix = space.taken_together(*self._sharpening(ends, rows))
        numbers = {row: number for number, row in rows.items()}
        columns = _columns(
            (rows[one], rows[other], value) for (one, other), value in sorted(edges.items())
        )
        found = strong(space, matrix, *columns)
        for left, right, likeness in zip(*(column.tolist() for column in found), strict=True):
            changes[_pair(numbers[left], numbers[right])] = likeness
        return {
            pair: likeness
            for pair, likeness in changes.items()
            if was.get(pair) != likeness or not self.fresh.isdisjoint(pair)
        }

    def _parts(self) -> list[Linked]:
        """What is clustered anew: the parts of the graph of links that are not what they were.

        A part that was one before, with the same links, none of whose cards is new or has another row, has the clusters
        that it had.
        """
        linked, was = self._linked()
        turned = {number for pair in self.links for number in pair}
        turned |= self.fresh | self.removed.keys() | self.neighbours.keys()
        cards, before = (np.array(sorted(graph), dtype=np.int64) for graph in (linked, was))
        now, then = _columns(_each(linked)), _columns(_each(was))
        parts, old = part_numbers(cards, *now), part_numbers(before, *then)
        wanted = changed_parts(
            parts, np.isin(cards, sorted(turned)), old, np.searchsorted(before, cards)
        )
        return list(select_parts(cards, parts, wanted, *now))

    def _linked(self) -> tuple[Around, Around]:
        """All links of all cards that links lead to from those that came or went; now, and before."""
        own: Around = defaultdict(dict)
        for (one, other), likeness in self.links.items():
            if likeness is not None:
                own[one][other] = own[other][one] = likeness
        frontier = {n for pair in self.links for n in pair} | set(self.neighbours)
        was: Around = {number: {} for number in self._gone}
        was.update(self.shelf.linked(self._gone))
        frontier -= self._gone
        linked: Around = {}
        while frontier:
            before = self.shelf.linked(frontier)
            for number in frontier:
                was[number] = old = before.get(number, {})
                linked[number] = {
                    o: v for o, v in old.items() if _pair(number, o) not in self.links
                }
                linked[number].update(own.get(number, {}))
            frontier = {o for n in frontier for o in linked[n]} - linked.keys()
        return linked, was


def _each(around: Around) -> list[tuple[int, int, float]]:
    """Each link once."""
    return [
        (one, other, likeness)
        for one, near in around.items()
        for other, likeness in near.items()
        if one < other
    ]


def _in_rows(part: Linked, rows: Mapping[int, int]) -> Linked:
    """A part by the rows of its cards in a space."""
    members, edges = part
    return sorted(rows[number] for number in members), [
        (rows[one], rows[other], likeness) for one, other, likeness in edges
    ]


def _own(original: Mapping[str, str], group: Collection[str]) -> tuple[tuple[str, str], ...]:
    """The copies of a group with what they reprint, as a story holds them."""
    return tuple(sorted((id_, original[id_]) for id_ in group if id_ in original))


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def _counts(cards: Iterable[Card]) -> dict[int, int]:
    counts: dict[int, int] = defaultdict(int)
    for card in cards:
        for key in keys_of(card).tolist():
            counts[key] += 1
    return counts


def _columns(
    rows: Iterable[tuple[int, int, float]],
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]:
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    return (
        np.array(columns[0], dtype=np.int32),
        np.array(columns[1], dtype=np.int32),
        np.array(columns[2], dtype=np.float64),
    )
