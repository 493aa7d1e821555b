"""Forecasting who does what to whom, on a folder of ICEWS14 in the format of outlook/icews14.

Single step: each day is asked by all days before it, those of the part asked included. Both questions, (s, r, ?, t)
and (?, r, o, t), over all parties; ranks are time-aware filtered, and equal scores take the mean rank of
their group. Asks the last part that the folder has: test.txt, else valid.txt. `baseline_mrr` is the same with
counts of all days alike.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.common import show
from dragoman.analysis.outlook import Act, Outlook, Weights

if TYPE_CHECKING:
    from collections.abc import Sequence

# Nothing fades, and only the same in the same manner counts.
COUNTS = Weights(
    exact=(1e9, 1.0), long=(1e9, 0.0), pair=(1e9, 0.0), back=(1e9, 0.0), kind=(1e9, 0.0)
)


def acts(path: Path) -> list[Act]:
    """The acts of a part, in order of days."""
    if not path.exists():
        return []
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines() if line.strip())
    made = [Act(int(s), int(r), int(o), int(t) // 24) for s, r, o, t, *_ in rows]
    return sorted(made, key=lambda act: act.day)


def ranks(
    before: Sequence[Act], asked: Sequence[Act], parties: int, weights: Weights
) -> list[float]:
    """The rank of the true party for each question."""
    memory = Outlook(weights)
    memory.add(before)
    made: list[float] = []
    for day, group in groupby(asked, key=lambda act: act.day):
        today = list(group)
        true: dict[tuple[object, ...], set[int]] = defaultdict(set)
        for act in today:
            true[act.subject, act.kind, "object"].add(int(act.object))
            true[act.object, act.kind, "subject"].add(int(act.subject))
        for key, answers in true.items():
            known, kind, way = key
            scores = np.zeros(parties)
            told = memory.scores(known, kind, str(way), day)  # type: ignore[arg-type]
            scores[np.fromiter(told.keys(), int, len(told))] = np.fromiter(
                told.values(), float, len(told)
            )
            others = np.ones(parties, dtype=bool)
            others[sorted(answers)] = False
            for act in today:
                here = (act.subject, act.kind, "object"), (act.object, act.kind, "subject")
                for question, answer in zip(here, (act.object, act.subject), strict=True):
                    if question == key:
                        own = scores[int(answer)]
                        better = np.count_nonzero(scores[others] > own)
                        made.append(1 + better + np.count_nonzero(scores[others] == own) / 2)
        memory.add(today)
    return made


def main() -> None:
    """Ask, rank, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    args = parser.parse_args()
    begun = time.perf_counter()
    train, valid, test = (acts(args.data / f"{part}.txt") for part in ("train", "valid", "test"))
    parties = sum(1 for line in (args.data / "entity2id.txt").open("rb") if line.strip())
    before, asked = (train + valid, test) if test else (train, valid)
    found = np.array(ranks(before, asked, parties, Weights()))
    seconds = time.perf_counter() - begun
    plain = np.array(ranks(before, asked, parties, COUNTS))
    show(
        {
            "mrr": float((1 / found).mean()),
            **{f"hits{most}": float((found <= most).mean()) for most in (1, 3, 10)},
            "seconds": round(seconds, 1),
            "n": len(found),
            "part": "test" if test else "valid",
            "setting": "single step",
            "baseline_mrr": float((1 / plain).mean()),
        }
    )


if __name__ == "__main__":
    main()
