"""Stories: the reports about the same happening or group of happenings.

Method: reports are cards of weighted terms; near-copies are put together first and speak with one
voice; the rest is clustered by average linkage over the cosine of their terms, damped by the days
between them. The grouping is a function of the set of cards alone: cards are taken in the order of
their ids, and a story depends on its own neighbourhood only, so unrelated reports cannot change it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from dragoman.entries import Story
from dragoman.gathering.blocks import KeyTable, candidate_pairs, key_table
from dragoman.ids import content_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from dragoman.gathering.cards import Card

# Reports belong to one story from this mean likeness on. Chosen on both development sets together.
THRESHOLD = 0.18
# Days apart that do not count against two reports: news travels, and outlets date by their zone.
GRACE = 2
# By how many days more the part of likeness that depends on dates falls to 1/e.
FADE = 5.0
# What is left of the likeness of two reports that are far apart in time.
FAR = 0.6
# Where a report has no date, the words alone must carry it: as if the two were a few days apart.
UNDATED = 0.8
# A text of which so much stands in another is its copy.
COPY = 0.6
# Copies are printed within days, and a text that was rewritten for another happening (other names,
# other places) shares runs of words but not the weighty terms.
COPY_DAYS = 14
COPY_LIKENESS = 0.5
# The largest group that is clustered as a whole; a larger one is first parted at higher likeness.
LARGEST_GROUP = 2000
_STEP = 0.02


@dataclass(frozen=True, slots=True, eq=False)
class Grouping:
    """All cards with their stories, ready for more cards.

    Attributes:
        cards: in the order of their ids.
        groups: the ids of each story's reports, reports alone included, sorted.
        copies: (copy, original) pairs, sorted.
    """

    cards: tuple[Card, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    copies: tuple[tuple[str, str], ...] = ()
    table: KeyTable = field(default_factory=lambda: key_table(()))

    def stories(self) -> tuple[Story, ...]:
        """The groups of two or more reports as stories, in order of id."""
        by_id = {card.id: card for card in self.cards}
        original = dict(self.copies)
        made = [
            _story([by_id[id_] for id_ in group], original)
            for group in self.groups
            if len(group) > 1
        ]
        return tuple(sorted(made, key=lambda story: story.id))


def find_stories(cards: Iterable[Card]) -> tuple[Story, ...]:
    """The stories of two or more reports among `cards`, whatever their order."""
    return group_cards(cards).stories()


def group_cards(cards: Iterable[Card]) -> Grouping:
    """Groups cards from scratch."""
    ordered = tuple(sorted(cards, key=lambda card: card.id))
    table = key_table(ordered)
    groups, copies = _group(ordered, table, None)
    return Grouping(ordered, tuple(sorted(groups)), tuple(sorted(copies)), table)


def join(grouping: Grouping, cards: Iterable[Card]) -> Grouping:
    """The grouping with further cards: the same as grouping all from scratch.

    Only the neighbourhoods that a new card touches are clustered anew. A card whose id is there
    already takes the old one's place, and then all is grouped anew.
    """
    new = {card.id: card for card in cards}
    if not new:
        return grouping
    known = {card.id for card in grouping.cards}
    if known & new.keys():
        kept = [card for card in grouping.cards if card.id not in new]
        return group_cards([*kept, *new.values()])
    ordered = tuple(sorted((*grouping.cards, *new.values()), key=lambda card: card.id))
    table = key_table(ordered)
    place = {card.id: number for number, card in enumerate(ordered)}
    label = np.full(len(ordered), -1, dtype=np.int64)
    for number, group in enumerate(grouping.groups):
        label[[place[id_] for id_ in group]] = number
    affected = _affected(ordered, table, label)
    groups, copies = _group(ordered, table, affected)
    untouched = {card.id for card, hit in zip(ordered, affected, strict=True) if not hit}
    groups += [group for group in grouping.groups if group[0] in untouched]
    copies += [pair for pair in grouping.copies if pair[0] in untouched]
    return Grouping(ordered, tuple(sorted(groups)), tuple(sorted(copies)), table)


def _affected(
    cards: Sequence[Card], table: KeyTable, label: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """The cards whose group may be another with the new ones (those of label -1)."""
    fresh = label < 0
    # A key that a new card bears may have outgrown its block: its old cards may have lost pairs.
    hit = np.unique(table.keys[fresh[table.owners]])
    touched = fresh.copy()
    touched[table.owners[np.isin(table.keys, hit)]] = True
    while True:
        # Groups that hold a touched card, and all that is linked to them, however far.
        linked = _linked(cards, table, touched)
        if (linked == touched).all():
            return touched
        touched = linked


def _linked(
    cards: Sequence[Card], table: KeyTable, touched: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    keys = np.unique(table.keys[touched[table.owners]])
    near = touched.copy()
    near[table.owners[np.isin(table.keys, keys)]] = True
    left, right = candidate_pairs(table, near)
    crossing = touched[left] != touched[right]
    left, right = left[crossing], right[crossing]
    strong = _likeness(cards, left, right) >= THRESHOLD
    made = touched.copy()
    made[left[strong]] = True
    made[right[strong]] = True
    return made


def _group(
    cards: Sequence[Card], table: KeyTable, among: NDArray[np.bool_] | None
) -> tuple[list[tuple[str, ...]], list[tuple[str, str]]]:
    left, right = candidate_pairs(table, among)
    likeness = _likeness(cards, left, right)
    strong = likeness >= THRESHOLD
    left, right, likeness = left[strong], right[strong], likeness[strong]
    members = range(len(cards)) if among is None else np.flatnonzero(among).tolist()
    groups: list[tuple[str, ...]] = []
    copies: list[tuple[str, str]] = []
    for part, edges in _components(members, left, right, likeness, THRESHOLD):
        original = _originals(cards, edges)
        copies += [(cards[copy].id, cards[source].id) for copy, source in original.items()]
        voices = [card for card in part if card not in original]
        with_copies = defaultdict(list)
        for copy, source in original.items():
            with_copies[source].append(copy)
        for cluster in _average_linkage([cards[voice] for voice in voices]):
            ids = [
                cards[card].id
                for voice in cluster
                for card in (voices[voice], *with_copies[voices[voice]])
            ]
            groups.append(tuple(sorted(ids)))
    return groups, copies


Edges = list[tuple[int, int, float]]


def _components(
    members: Iterable[int],
    left: NDArray[np.int32],
    right: NDArray[np.int32],
    likeness: NDArray[np.float64],
    threshold: float,
) -> Iterator[tuple[list[int], Edges]]:
    """The connected parts of the likeness graph, each sorted, with its edges.

    Average linkage joins two clusters only where some pair across them reaches the threshold, so
    clustering each part on its own gives what clustering the whole would.
    """
    parent = {card: card for card in members}

    def top(card: int) -> int:
        while parent[card] != card:
            parent[card] = parent[parent[card]]
            card = parent[card]
        return card

    edges = list(zip(left.tolist(), right.tolist(), likeness.tolist(), strict=True))
    for one, other, _ in edges:
        first, second = top(one), top(other)
        parent[max(first, second)] = min(first, second)
    parts: dict[int, list[int]] = defaultdict(list)
    for card in sorted(parent):
        parts[top(card)].append(card)
    inner: dict[int, Edges] = defaultdict(list)
    for edge in edges:
        inner[top(edge[0])].append(edge)
    for number in sorted(parts):
        part, own = parts[number], inner[number]
        if len(part) <= LARGEST_GROUP or threshold + _STEP >= 1:
            yield part, own
            continue
        higher = threshold + _STEP
        strong = [edge for edge in own if edge[2] >= higher]
        columns = [np.array(column) for column in zip(*strong, strict=True)] or [np.zeros(0)] * 3
        yield from _components(
            part, columns[0].astype(np.int32), columns[1].astype(np.int32), columns[2], higher
        )


def _originals(cards: Sequence[Card], edges: Edges) -> dict[int, int]:
    """Each copy with the report whose text it reprints, by number."""
    parent: dict[int, int] = {}

    def top(card: int) -> int:
        while parent.get(card, card) != card:
            card = parent[card]
        return card

    for one, other, likeness in edges:
        if likeness < COPY_LIKENESS * FAR:
            continue
        a, b = cards[one], cards[other]
        near = a.day is None or b.day is None or abs(a.day - b.day) <= COPY_DAYS
        if near and a.containment(b) >= COPY:
            first, second = top(one), top(other)
            parent[max(first, second)] = min(first, second)
    groups: dict[int, list[int]] = defaultdict(list)
    for card in {card for edge in edges for card in edge[:2]}:
        groups[top(card)].append(card)
    made: dict[int, int] = {}
    for group in groups.values():
        if len(group) > 1:
            wires = {cards[card].wire.lower() for card in group if cards[card].wire}  # type: ignore[union-attr]
            source = min(group, key=lambda card: _rank(cards[card], wires))
            made.update({card: source for card in group if card != source})
    return made


def _rank(card: Card, wires: set[str]) -> tuple[bool, bool, float, int, str]:
    """The original comes first: the agency itself, then who does not name one, the earliest, the longest."""
    agency = card.outlet is not None and card.outlet.lower() in wires
    return (
        not agency,
        card.wire is not None and not agency,
        card.day if card.day is not None else math.inf,
        -card.length,
        card.id,
    )


def _likeness(
    cards: Sequence[Card], left: NDArray[np.int32], right: NDArray[np.int32]
) -> NDArray[np.float64]:
    """The likeness of each pair: cosine of terms times what the dates leave of it."""
    from scipy.sparse import csr_array

    used, where = np.unique(np.concatenate((left, right)), return_inverse=True)
    terms = [cards[card].terms for card in used]
    if not terms:
        return np.zeros(0)
    columns, column = np.unique(np.concatenate(terms), return_inverse=True)
    lengths = np.cumsum([0, *(len(row) for row in terms)])
    values = np.concatenate([cards[card].weights for card in used]).astype(np.float64)
    matrix = csr_array((values, column, lengths), shape=(len(used), len(columns)))
    rows, others = where[: len(left)], where[len(left) :]
    made = np.zeros(len(left))
    # A hundred thousand pairs at a time take about 100 MB.
    for start in range(0, len(left), 100_000):
        some = slice(start, start + 100_000)
        made[some] = matrix[rows[some]].multiply(matrix[others[some]]).sum(axis=1)
    days = np.array([_day(cards[card]) for card in used])
    return made * _closeness(days[rows], days[others])


def _day(card: Card) -> float:
    return math.nan if card.day is None else float(card.day)


def _closeness(one: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float64]:
    apart = np.maximum(0.0, np.abs(one - other) - GRACE)
    return np.where(np.isnan(apart), UNDATED, FAR + (1 - FAR) * np.exp(-apart / FADE))


def _average_linkage(cards: Sequence[Card]) -> list[list[int]]:
    """Clusters of card numbers: hierarchical, by mean likeness (UPGMA, Sokal and Michener 1958)."""
    if len(cards) < 2:
        return [[number] for number in range(len(cards))]
    from scipy.cluster.hierarchy import fcluster, linkage

    left, right = np.triu_indices(len(cards), 1)
    distance = 1.0 - np.clip(
        _likeness(cards, left.astype(np.int32), right.astype(np.int32)), 0.0, 1.0
    )
    # Rounding keeps the result free of the order in which sums were made.
    labels = fcluster(linkage(np.round(distance, 9), "average"), 1 - THRESHOLD, "distance")
    clusters: dict[int, list[int]] = defaultdict(list)
    for number, label in enumerate(labels.tolist()):
        clusters[label].append(number)
    return sorted(clusters.values())


def _story(cards: Sequence[Card], original: dict[str, str]) -> Story:
    ordered = sorted(cards, key=lambda c: (c.day if c.day is not None else math.inf, c.id))
    copies = tuple(sorted((c.id, original[c.id]) for c in cards if c.id in original))
    days = [c.day for c in ordered if c.day is not None]
    voices = len(cards) - len(copies)
    why = f"{len(cards)} reports, {voices} voices" if copies else f"{len(cards)} reports"
    return Story(
        # The first report names the story, so that it keeps its id when later reports join it.
        id=content_id("y", ordered[0].id),
        title=_title(ordered, original),
        report_ids=tuple(c.id for c in ordered),
        date=date.fromordinal(min(days)).isoformat() if days else None,
        copies=copies,
        why=f"{why} that share their weighty words: {_shared(ordered)}",
    )


def _title(cards: Sequence[Card], original: dict[str, str]) -> str:
    """The title of the report whose title says most of what all the story's reports tell."""
    total: dict[int, float] = defaultdict(float)
    for card in cards:
        if card.id not in original:
            for term, weight in zip(card.terms.tolist(), card.weights.tolist(), strict=True):
                total[term] += weight

    def worth(card: Card) -> float:
        told = sum(total.get(term, 0.0) for term in card.title_terms.tolist())
        return round(told / math.sqrt(len(card.title_terms) + 4), 9)

    best = min(
        (card for card in cards if card.title),
        key=lambda c: (not c.titled, -worth(c), c.id in original, c.title, c.id),
        default=None,
    )
    return best.title if best else ""


def _shared(cards: Sequence[Card]) -> str:
    """How alike the reports are, as a figure for people."""
    if len(cards) < 2:
        return "1.00"
    left, right = np.triu_indices(len(cards), 1)
    likeness = _likeness(cards, left.astype(np.int32), right.astype(np.int32))
    return f"mean likeness {float(likeness.mean()):.2f} (at least {THRESHOLD} is asked for)"
