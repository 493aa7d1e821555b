"""Stories: the reports about the same happening or group of happenings.

Method: reports are cards of weighted terms; each is sharpened by its nearest neighbours
(:mod:`dragoman.gathering.space`); near-copies are put together first and speak with one voice; the
rest is clustered by average linkage. The grouping is a function of the set of cards alone: cards are
taken in the order of their ids, and a story depends on its own neighbourhood only, so unrelated
reports cannot change it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from dragoman.entries import Story
from dragoman.gathering.blocks import caps
from dragoman.gathering.parting import THRESHOLD, parts_of
from dragoman.gathering.space import Space, paired
from dragoman.ids import content_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_array

    from dragoman.gathering.cards import Card
    from dragoman.gathering.parting import Edges, Linked

# Where the new reports are this share of all, grouping all anew is quicker than finding what they touch.
ANEW = 0.1


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

    def stories(self) -> tuple[Story, ...]:
        """The groups of two or more reports as stories, in order of id."""
        by_id = {card.id: card for card in self.cards}
        original = dict(self.copies)
        made = [
            story_of([by_id[id_] for id_ in group], original)
            for group in self.groups
            if len(group) > 1
        ]
        return tuple(sorted(made, key=lambda story: story.id))


@dataclass(frozen=True, slots=True, eq=False)
class Surroundings:
    """What lies around each card, so that later ones change only what they must.

    Attributes:
        ids: of the cards, sorted; all numbers below are places in it.
        edges: pairs of cards that share a block and are near, with their likeness by themselves.
        neighbours: each card with those that sharpen it, and their likeness.
        links: pairs that may share a story, with their likeness once sharpened; 2 for copies.
    """

    ids: tuple[str, ...] = ()
    edges: tuple[tuple[int, int, float], ...] = ()
    neighbours: tuple[tuple[int, int, float], ...] = ()
    links: tuple[tuple[int, int, float], ...] = ()


def find_stories(cards: Iterable[Card]) -> tuple[Story, ...]:
    """The stories of two or more reports among `cards`, whatever their order."""
    return group_cards(cards).stories()


def group_cards(cards: Iterable[Card]) -> Grouping:
    """Groups cards from scratch."""
    ordered = tuple(sorted(cards, key=lambda card: card.id))
    groups, copies = _group(Space(ordered), None)
    return Grouping(ordered, tuple(sorted(groups)), tuple(sorted(copies)))


def group_kept(cards: Iterable[Card]) -> tuple[Grouping, Surroundings]:
    """As :func:`group_cards`, and what is kept so that later cards can be joined."""
    ordered = tuple(sorted(cards, key=lambda card: card.id))
    space = Space(ordered)
    neighbours = space.neighbours()
    matrix = space.taken_together(*neighbours)
    linked = strong(space, matrix, *space.edges())
    groups, copies = clustered(space, matrix, parts_of(range(len(ordered)), *linked))
    around = Surroundings(
        tuple(card.id for card in ordered),
        _rows(space.edges()),
        _rows(neighbours),
        _rows(linked),
    )
    return Grouping(ordered, tuple(sorted(groups)), tuple(sorted(copies))), around


def _rows(
    columns: tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]],
) -> tuple[tuple[int, int, float], ...]:
    return tuple(zip(*(column.tolist() for column in columns), strict=True))


def join(grouping: Grouping, cards: Iterable[Card]) -> Grouping:
    """The grouping with further cards: the same as grouping all from scratch.

    Only the neighbourhoods that a new card touches are clustered anew. A card whose id is there
    already takes the old one's place, and then all is grouped anew.
    """
    new = {card.id: card for card in cards}
    if not new:
        return grouping
    if any(card.id in new for card in grouping.cards):
        kept = [card for card in grouping.cards if card.id not in new]
        return group_cards([*kept, *new.values()])
    if len(new) >= ANEW * (len(grouping.cards) + len(new)):
        return group_cards([*grouping.cards, *new.values()])
    ordered = tuple(sorted((*grouping.cards, *new.values()), key=lambda card: card.id))
    place = {card.id: number for number, card in enumerate(ordered)}
    label = np.full(len(ordered), -1, dtype=np.int64)
    for number, group in enumerate(grouping.groups):
        label[[place[id_] for id_ in group]] = number
    space = Space(ordered)
    affected = _affected(space, label)
    groups, copies = _group(space, affected)
    untouched = {card.id for card, hit in zip(ordered, affected, strict=True) if not hit}
    groups += [group for group in grouping.groups if group[0] in untouched]
    copies += [pair for pair in grouping.copies if pair[0] in untouched]
    return Grouping(ordered, tuple(sorted(groups)), tuple(sorted(copies)))


def _affected(space: Space, label: NDArray[np.int64]) -> NDArray[np.bool_]:
    """The cards whose group may be another with the new ones (those of label -1).

    These are the new ones; those whose block grew over the cap with them; those to which either may
    have become, or may have been, a neighbour; the groups of all these; and whatever is now linked
    to them, however far.
    """
    fresh = label < 0
    keys = space.keys
    own = fresh[keys.owners]
    found, new_in = np.unique(keys.keys[own], return_counts=True)
    sizes = keys.sizes[np.searchsorted(keys.keys, found)]
    most = caps(found)
    outgrown = found[(sizes > most) & (sizes - new_in <= most)]
    touched = fresh.copy()
    touched[keys.owners[np.isin(keys.keys, outgrown)]] = True
    # Their neighbours' own lists may have changed, and so whom those count as near both ways.
    for _ in range(2):
        left, right, _likeness = space.edges(touched)
        touched[left] = touched[right] = True
    while True:
        before = touched.copy()
        groups = np.unique(label[touched & ~fresh])
        touched |= np.isin(label, groups) & ~fresh
        left, right, _likeness = links(space, touched)
        touched[left] = touched[right] = True
        if (touched == before).all():
            return touched


def links(
    space: Space, mask: NDArray[np.bool_] | None
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]:
    """The pairs with an end among `mask` that are copies, or alike enough for one story."""
    return strong(space, space.sharpened(space.around(mask)), *space.edges(mask))


def strong(
    space: Space,
    matrix: csr_array,
    left: NDArray[np.int32],
    right: NDArray[np.int32],
    plain: NDArray[np.float64],
) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.float64]]:
    """Those of some edges that are copies, or alike enough in `matrix`, with that likeness."""
    likeness = paired(matrix, left, right) * space.closeness(left, right)
    copies = np.array(
        [
            space.is_copy(one, other, alike)
            for one, other, alike in zip(left.tolist(), right.tolist(), plain.tolist(), strict=True)
        ],
        dtype=bool,
    )
    linked = copies | (likeness >= THRESHOLD)
    # A copy is linked beyond doubt; 2 marks it among the likenesses, which end at 1.
    return left[linked], right[linked], np.where(copies, 2.0, likeness)[linked]


def _group(
    space: Space, among: NDArray[np.bool_] | None
) -> tuple[list[tuple[str, ...]], list[tuple[str, str]]]:
    members = range(len(space.cards)) if among is None else np.flatnonzero(among).tolist()
    return clustered(space, space.sharpened(among), parts_of(members, *links(space, among)))


def clustered(
    space: Space, matrix: csr_array, parts: Iterable[Linked]
) -> tuple[list[tuple[str, ...]], list[tuple[str, str]]]:
    """The groups of some cards (whole parts of the likeness graph), and their copies.

    Args:
        space: the cards.
        matrix: their rows, sharpened.
        parts: which of them, by :func:`parts_of`.
    """
    cards = space.cards
    groups: list[tuple[str, ...]] = []
    copies: list[tuple[str, str]] = []
    for part, edges in parts:
        original = _originals(cards, edges)
        copies += [(cards[copy].id, cards[source].id) for copy, source in original.items()]
        voices = [card for card in part if card not in original]
        with_copies = defaultdict(list)
        for copy, source in original.items():
            with_copies[source].append(copy)
        for cluster in _average_linkage(space, matrix, voices):
            ids = [cards[card].id for voice in cluster for card in (voice, *with_copies[voice])]
            groups.append(tuple(sorted(ids)))
    return groups, copies


def _originals(cards: Sequence[Card], edges: Edges) -> dict[int, int]:
    """Each copy with the report whose text it reprints, by number."""
    parent: dict[int, int] = {}

    def top(card: int) -> int:
        while parent.get(card, card) != card:
            card = parent[card]
        return card

    for one, other, likeness in edges:
        if likeness > 1.5:
            first, second = top(one), top(other)
            parent[max(first, second)] = min(first, second)
    groups: dict[int, list[int]] = defaultdict(list)
    for card in {card for edge in edges for card in edge[:2]}:
        groups[top(card)].append(card)
    made: dict[int, int] = {}
    for group in groups.values():
        if len(group) > 1:
            wires = {wire.lower() for card in group if (wire := cards[card].wire)}
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


def _average_linkage(space: Space, matrix: csr_array, voices: Sequence[int]) -> list[list[int]]:
    """Clusters of cards: hierarchical, by mean likeness (UPGMA, Sokal and Michener 1958)."""
    if len(voices) < 2:
        return [list(voices)] if voices else []
    from scipy.cluster.hierarchy import fcluster, linkage

    left, right = np.triu_indices(len(voices), 1)
    numbers = np.array(voices, dtype=np.int32)
    own = matrix[numbers]
    alike = (own @ own.T).toarray()[left, right] * space.closeness(numbers[left], numbers[right])
    # Rounding keeps the result free of the order in which sums were made.
    distance = np.round(1.0 - np.clip(alike, 0.0, 1.0), 9)
    labels = fcluster(linkage(distance, "average"), 1 - THRESHOLD, "distance")
    clusters: dict[int, list[int]] = defaultdict(list)
    for voice, label in zip(voices, labels.tolist(), strict=True):
        clusters[label].append(voice)
    return sorted(clusters.values())


def story_of(cards: Sequence[Card], original: dict[str, str]) -> Story:
    """The story of some cards, some of which reprint others."""
    ordered = sorted(cards, key=lambda c: (c.day if c.day is not None else math.inf, c.id))
    copies = tuple(sorted((c.id, original[c.id]) for c in cards if c.id in original))
    days = [c.day for c in ordered if c.day is not None]
    voices = len(cards) - len(copies)
    return Story(
        # The first report names the story, so that it keeps its id when later reports join it.
        id=content_id("y", ordered[0].id),
        title=_title(ordered, original),
        report_ids=tuple(c.id for c in ordered),
        date=date.fromordinal(min(days)).isoformat() if days else None,
        copies=copies,
        why=_why(ordered, voices),
    )


def _why(cards: Sequence[Card], voices: int) -> str:
    space = Space(sorted(cards, key=lambda card: card.id))
    left, right = np.triu_indices(len(cards), 1)
    one, other = left.astype(np.int32), right.astype(np.int32)
    likeness = paired(space.matrix, one, other) * space.closeness(one, other)
    count = f"{len(cards)} reports" + (f", {voices} voices" if voices < len(cards) else "")
    return (
        f"{count} that share their weighty words: likeness {likeness.mean():.2f} by themselves, "
        f"and with their nearest reports at least {THRESHOLD:.2f} on average"
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
