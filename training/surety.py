"""Fits how likely a statement is right: ``python -m training.surety --data DATA --out src/dragoman/rules/surety.csv``.

Learns from the statements that were judged one by one (``benchmarks/judged``: ``speakers.jsonl`` and ``statements.jsonl``)
and that the program still gives with the same words, the same speaker's words, and where they were noted the same name and
code. Prints how well the chances part right from wrong: those of the draws ``--draws`` by a fit on ``speakers.jsonl`` alone,
whose reports they are not from, and all of them by a fit on other reports. ``--kept FILE`` keeps what was read.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from benchmarks.common import lines, reader
from benchmarks.judged_speakers import SETS, is_judged
from benchmarks.labels import TEXTS, fold_of

from dragoman.reading import Reader
from dragoman.reading.surety import Company, features
from dragoman.sources import read_sources
from training import weigh

if TYPE_CHECKING:
    from numpy.typing import NDArray


JUDGED = Path(__file__).parents[1] / "benchmarks" / "judged"
FOLDS = 8
SEEN = 5  # a feature of fewer judged statements is left out
STRENGTH = 3.0  # how strongly weights are held at nothing, as good as 1.5 and 5
LATE = 12  # from this draw on two strict judges each
LEVELS = (0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9)


def judged() -> dict[str, list[dict[str, Any]]]:
    """The verdicts by report; ``set`` says from which file."""
    made: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for name in ("speakers", "statements"):
        for row in lines(JUDGED / f"{name}.jsonl"):
            made[row["report"]].append({**row, "set": name})
    return made


def read_judged(data: Path) -> list[dict[str, Any]]:
    """The judged statements that the program still gives, with their features as the witnesses left them."""
    wanted = judged()
    shipped = reader()
    # Without weights the witnesses' own confidence stays.
    reading = Reader(replace(shipped.rulebook, surety={}), shipped.model)
    files = [str(data / name) for one in SETS for name in TEXTS[one]]
    made = []
    for report in read_sources(files):
        if report.id not in wanted:
            continue
        found = reading.read(report)
        company = Company(found.statements, found.mentions)
        for row in wanted[report.id]:
            own = [one for one in found.statements if is_judged(one, row)]
            if own:
                made.append(
                    {
                        "set": row["set"],
                        "draw": row.get("draw", row.get("round")),
                        "group": report.id,
                        "features": features(own[0], company),
                        "right": row["verdict"] == "right",
                    }
                )
    return made


def fit(rows: list[dict[str, Any]], strength: float = STRENGTH) -> dict[str, float]:
    """The weights of a ridge-held logistic regression."""
    counts = Counter(name for row in rows for name in row["features"])
    names = {n: at for at, n in enumerate(sorted(n for n in counts if counts[n] >= SEEN))}
    found = weigh.fit(rows, 1 / (2 * strength), names)
    weights = dict(zip(names, found.coef_[0].tolist(), strict=True))
    return {"": float(found.intercept_[0]), **weights}


def chances(rows: list[dict[str, Any]], table: dict[str, float]) -> NDArray[np.float64]:
    """The chance of each by a table."""
    total = [
        table[""] + sum(v * table.get(n, 0.0) for n, v in row["features"].items()) for row in rows
    ]
    return 1 / (1 + np.exp(-np.array(total)))


def told(name: str, rows: list[dict[str, Any]], chance: NDArray[np.float64]) -> None:
    """Print at each level which share is left, and how many of them are right."""
    right = np.array([row["right"] for row in rows])
    ranks = np.argsort(np.argsort(chance))
    area = (ranks[right].sum() - right.sum() * (right.sum() - 1) / 2) / (
        right.sum() * (~right).sum()
    )
    levels = {
        level: [
            round(float((chance >= level).mean()), 3),
            round(float(right[chance >= level].mean()), 3),
        ]
        for level in LEVELS
    }
    print(name, len(rows), f"right {right.mean():.3f} area {area:.3f}", json.dumps(levels))


def main() -> None:
    """Read, fit, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--kept", type=Path, default=None, help="where what was read is kept")
    parser.add_argument("--strength", type=float, default=STRENGTH)
    parser.add_argument("--draws", type=int, default=LATE, help="from which draw on to print")
    parser.add_argument("--out", type=Path, default=None)
    args = parser.parse_args()
    if args.kept is not None and args.kept.exists():
        rows = list(lines(args.kept))
    else:
        rows = read_judged(args.data)
        if args.kept is not None:
            args.kept.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    apart = [row for row in rows if row["set"] == "speakers"]
    late = [row for row in rows if row["set"] == "statements" and row["draw"] >= args.draws]
    told("draws of other reports", late, chances(late, fit(apart, args.strength)))
    part = np.array([fold_of("surety " + row["group"], FOLDS) for row in rows])
    chance = np.zeros(len(rows))
    for number in range(FOLDS):
        others = [row for row, own in zip(rows, part, strict=True) if own != number]
        held = [row for row, own in zip(rows, part, strict=True) if own == number]
        chance[part == number] = chances(held, fit(others, args.strength))
    told("left out of the fit", rows, chance)
    if args.out:
        weigh.write_table(args.out, fit(rows, args.strength))


if __name__ == "__main__":
    main()
