"""Grouping into stories: lines {id, story, outlet, published, title, text}, scored by B-cubed.

B-cubed after Bagga and Baldwin (1998): the mean over reports of the precision and of the recall of
the cluster a report was put in.
"""

from __future__ import annotations

import random
import time
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.common import arguments, lines, note, show
from dragoman.entries import ReadReport
from dragoman.gathering.blocks import candidate_pairs, key_table
from dragoman.gathering.cards import make_card
from dragoman.gathering.stories import group_cards
from dragoman.reading.sentences import find_sentences
from dragoman.sources import read_sources

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

    from dragoman.gathering.cards import Card
    from dragoman.gathering.stories import Grouping


def b_cubed(
    gold: Mapping[str, Hashable], found: Mapping[str, Hashable]
) -> tuple[float, float, float]:
    """Precision, recall and F1 over the keys of `gold`."""
    golden: dict[Hashable, set[str]] = defaultdict(set)
    made: dict[Hashable, set[str]] = defaultdict(set)
    for key in gold:
        golden[gold[key]].add(key)
        made[found[key]].add(key)
    precision = recall = 0.0
    for key in gold:
        right = len(golden[gold[key]] & made[found[key]])
        precision += right / len(made[found[key]])
        recall += right / len(golden[gold[key]])
    precision, recall = precision / len(gold), recall / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def main() -> None:
    args = arguments(__doc__ or "")
    stories = [str(line["story"]) for line in lines(args.data)]
    begun = time.perf_counter()
    cards: list[Card] = []
    gold: dict[str, str] = {}
    # The reports come in the order of the lines; a line whose id was seen already gets one of its own.
    for story, report in zip(stories, read_sources([str(args.data)]), strict=True):
        gold[report.id] = story
        card = make_card(ReadReport(report, find_sentences(report)))
        if card:
            cards.append(card)
    made = time.perf_counter()
    grouping = group_cards(cards)
    ended = time.perf_counter()
    found = {id_: number for number, group in enumerate(grouping.groups) for id_ in group}
    precision, recall, f1 = b_cubed(gold, found | {id_: id_ for id_ in gold if id_ not in found})
    shuffled = list(cards)
    random.Random(7).shuffle(shuffled)
    note(
        f"cards {made - begun:.2f} s, grouping {ended - made:.2f} s,",
        f"shuffled the same: {group_cards(shuffled).groups == grouping.groups},",
        f"pairs of one story that meet in a block: {_meeting(grouping, cards, gold):.3f},",
        f"copies: {len(grouping.copies)}",
    )
    if args.errors:
        _explain(grouping, cards, gold)
    show(
        {
            "b3_f1": f1,
            "b3_precision": precision,
            "b3_recall": recall,
            "seconds": ended - begun,
            "stories": len(grouping.groups),
            "n": len(gold),
        }
    )


def _meeting(grouping: Grouping, cards: list[Card], gold: Mapping[str, str]) -> float:
    left, right = candidate_pairs(key_table(grouping.cards))
    ids = [card.id for card in grouping.cards]
    met = sum(gold[ids[a]] == gold[ids[b]] for a, b in zip(left, right, strict=True))
    sizes = np.unique([gold[card.id] for card in cards], return_counts=True)[1]
    return met / max(1, int((sizes * (sizes - 1) // 2).sum()))


def _explain(grouping: Grouping, cards: list[Card], gold: Mapping[str, str]) -> None:
    by_id = {card.id: card for card in cards}
    wholes: dict[str, set[str]] = defaultdict(set)
    for id_, story in gold.items():
        wholes[story].add(id_)
    for group in grouping.groups:
        stories = {gold[id_] for id_ in group}
        if len(stories) > 1 or set(group) != wholes[next(iter(stories))]:
            note("--", len(group))
            for id_ in group:
                note(
                    "    ",
                    gold[id_][:40],
                    by_id[id_].day,
                    by_id[id_].outlet,
                    "|",
                    by_id[id_].title[:80],
                )


if __name__ == "__main__":
    main()
