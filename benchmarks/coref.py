"""Event mentions that tell one happening: lines {id, mentions: [{start, end, chain, type}]}.

The mentions are given; the program puts them into chains, across all reports of a story. Scored are
MUC (Vilain et al. 1995), B-cubed (Bagga and Baldwin 1998) and CEAFe (Luo 2005, with phi 4); CoNLL F1
is the mean of the three (Pradhan et al. 2012).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.common import arguments, lines, note, reader, show
from benchmarks.utterances import read_wanted
from dragoman.gathering.cards import make_card
from dragoman.gathering.chains import chain_mentions
from dragoman.gathering.marked import mark
from dragoman.gathering.stories import group_cards

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

    from dragoman.entries import ReadReport
    from dragoman.language.tags import LanguageModel

Key = tuple[str, int, int]
Clusters = list[set[Key]]
# The chain and the kind of each mention.
Gold = dict[Key, tuple[str, str]]


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
    args = arguments(
        __doc__ or "", reports="the reports, JSON Lines; several files: a folder of them"
    )
    rows = list(lines(args.data))
    reading = reader(args.model)
    wanted = {str(row["id"]) for row in rows}
    files = sorted(args.reports.glob("*.jsonl")) if args.reports.is_dir() else [args.reports]
    reads = {
        id_: read for file in files for id_, read in read_wanted(file, wanted, reading).items()
    }
    gold = _given(rows)
    groups = _stories(reads[id_] for id_ in sorted(reads))
    heads: dict[Key, Hashable] = {}
    for number, group in enumerate(groups):
        for id_ in group:
            marking = mark(reads[id_], _spans(gold, id_), reading.model)
            heads.update({mention.key: (number, mention.head) for mention in marking.mentions})
    found = _chains(gold, groups, reads, reading.model)
    chains = {key: str(chain) for key, (chain, _) in gold.items()}
    note("one head, one chain of a story:", _rounded(scores(chains, heads)))
    for half in sorted({str(row["half"]) for row in rows if "half" in row}):
        ids = {str(row["id"]) for row in rows if row.get("half") == half}
        for least in (1, 2, 5):
            some = _some(gold, ids, least)
            own = _chains(some, groups, reads, reading.model)
            by_head = {key: heads[key] for key in some}
            right = {key: chain for key, (chain, _) in some.items()}
            note(
                f"{half}, chains of {least} or more:",
                f"{scores(right, own)['conll_f1']:.3f},",
                f"by heads {scores(right, by_head)['conll_f1']:.3f}",
            )
    show({**scores(chains, found), "n": len(gold), "chains": len(set(chains.values()))})


def _given(rows: Iterable[Mapping[str, Any]]) -> Gold:
    return {
        (str(row["id"]), m["start"], m["end"]): (str(m["chain"]), str(m.get("type") or ""))
        for row in rows
        for m in row["mentions"]
    }


def _spans(gold: Gold, id_: str) -> list[tuple[int, int, str]]:
    return [(key[1], key[2], kind) for key, (_, kind) in gold.items() if key[0] == id_]


def _some(gold: Gold, ids: set[str], least: int) -> Gold:
    """The mentions of some reports whose chains have so many mentions at least."""
    sizes = Counter(chain for chain, _ in gold.values())
    return {key: row for key, row in gold.items() if key[0] in ids and sizes[row[0]] >= least}


def _chains(
    gold: Gold,
    groups: Iterable[tuple[str, ...]],
    reads: Mapping[str, ReadReport],
    model: LanguageModel,
) -> dict[Key, Hashable]:
    """The chain that the program puts each mention in, story by story."""
    made: dict[Key, Hashable] = {}
    for number, group in enumerate(groups):
        marked = [(reads[id_], _spans(gold, id_)) for id_ in group]
        made.update({key: (number, chain) for key, chain in chain_mentions(marked, model).items()})
    return made


def _rounded(figures: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 3) for name, value in figures.items()}


def _stories(reads: Iterable[ReadReport]) -> list[tuple[str, ...]]:
    """The stories that the program makes of the reports; those that stand alone included."""
    known = list(reads)
    cards = [card for read in known if (card := make_card(read))]
    groups = list(group_cards(cards).groups)
    placed = {id_ for group in groups for id_ in group}
    return [*groups, *((read.report.id,) for read in known if read.report.id not in placed)]


if __name__ == "__main__":
    main()
