"""Event mentions that tell one happening: lines {id, mentions: [{start, end, chain, type}]}.

The mentions are given; the program puts them into chains, across all reports of a story. Scored are
MUC (Vilain et al. 1995), B-cubed (Bagga and Baldwin 1998) and CEAFe (Luo 2005, with phi 4); CoNLL F1
is the mean of the three (Pradhan et al. 2012).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.common import arguments, lines, note, reader, show
from benchmarks.utterances import read_wanted
from dragoman.gathering.cards import make_card
from dragoman.gathering.chains import chain_mentions
from dragoman.gathering.stories import group_cards

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from dragoman.entries import ReadReport

Key = tuple[str, int, int]
Clusters = list[set[Key]]


def clusters(labels: Mapping[Key, Hashable]) -> Clusters:
    """The sets of mentions of one label."""
    made: dict[Hashable, set[Key]] = defaultdict(set)
    for key, label in labels.items():
        made[label].add(key)
    return list(made.values())


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def muc(gold: Clusters, found: Clusters) -> float:
    """F1 of links: how many links of each chain the other side keeps."""
    return _f1(_links(found, gold), _links(gold, found))


def _links(whole: Clusters, parts: Clusters) -> float:
    part_of = {key: number for number, part in enumerate(parts) for key in part}
    kept = total = 0
    for chain in whole:
        pieces = {part_of.get(key, -1 - place) for place, key in enumerate(sorted(chain))}
        kept += len(chain) - len(pieces)
        total += len(chain) - 1
    return kept / total if total else 0.0


def b_cubed(gold: Clusters, found: Clusters) -> float:
    """F1 of the mean precision and recall of the chains that mentions were put in."""
    of_gold = {key: chain for chain in gold for key in chain}
    of_found = {key: chain for chain in found for key in chain}
    both = [len(of_gold[key] & of_found[key]) for key in of_gold]
    precision = sum(n / len(of_found[key]) for n, key in zip(both, of_gold, strict=True))
    recall = sum(n / len(of_gold[key]) for n, key in zip(both, of_gold, strict=True))
    return _f1(precision / len(of_gold), recall / len(of_gold))


def ceaf(gold: Clusters, found: Clusters) -> float:
    """F1 of the best one-to-one match of chains, each pair weighed by its Dice overlap."""
    from scipy.optimize import linear_sum_assignment

    overlap = np.array(
        [[2 * len(a & b) / (len(a) + len(b)) for b in found] for a in gold], dtype=np.float64
    )
    rows, columns = linear_sum_assignment(-overlap)
    total = float(overlap[rows, columns].sum())
    return _f1(total / len(found), total / len(gold))


def scores(gold: Mapping[Key, Hashable], found: Mapping[Key, Hashable]) -> dict[str, float]:
    """All figures for labels of the same mentions."""
    a, b = clusters(gold), clusters(found)
    made = {"muc_f1": muc(a, b), "b3_f1": b_cubed(a, b), "ceafe_f1": ceaf(a, b)}
    return {"conll_f1": sum(made.values()) / 3, **made}


def main() -> None:
    args = arguments(__doc__ or "", reports="the reports, JSON Lines")
    rows = list(lines(args.data))
    reads = read_wanted(args.reports, {str(row["id"]) for row in rows}, reader(args.model))
    gold: dict[Key, Hashable] = {}
    spans: dict[str, list[tuple[int, int, str]]] = {}
    for row in rows:
        id_ = str(row["id"])
        spans[id_] = [(m["start"], m["end"], str(m.get("type", ""))) for m in row["mentions"]]
        gold.update({(id_, m["start"], m["end"]): str(m["chain"]) for m in row["mentions"]})
    found: dict[Key, Hashable] = {}
    for number, group in enumerate(_stories(reads[id_] for id_ in spans)):
        chains = chain_mentions([(reads[id_], spans[id_]) for id_ in group])
        found.update({key: (number, chain) for key, chain in chains.items()})
    heads = {key: reads[key[0]].report.text[key[1] : key[2]].split()[-1].lower() for key in gold}
    note(
        "one word at the end, one chain:", {k: round(v, 4) for k, v in scores(gold, heads).items()}
    )
    show({**scores(gold, found), "n": len(gold), "chains": len(set(gold.values()))})


def _stories(reads: Iterable[ReadReport]) -> list[tuple[str, ...]]:
    cards = [card for read in reads if (card := make_card(read))]
    return list(group_cards(cards).groups)


if __name__ == "__main__":
    main()
