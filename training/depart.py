"""Moves the weights of possible events to what real news says: ``python -m training.depart``.

The table of ``training.weigh`` is fitted on everything that is labelled, most of it learned by the weights in use or written by us. On
real news that they have not learned from, it is too sure. So the claims of ``benchmarks/judged/real.jsonl`` are weighed with it, and a
regression fits what has to be added to each weight, as little as may be (ridge, ``--strength``); the sum goes into the table. A claim
counts as right only if the codes of its parties are, too, where the text around could tell them. Prints how the table and the moved one
do on reports that the fit has not seen.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from benchmarks.common import lines, reader
from benchmarks.labels import SENTENCES, fold_of, texts_of
from benchmarks.real import label_of
from scipy.optimize import minimize

from training.weigh import claims_of_texts, curve, matrix, met, write_table

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from dragoman.reading.weighing import Claim

LABELS = Path(__file__).parents[1] / "benchmarks" / "judged" / "real.jsonl"
TABLE = Path(__file__).parents[1] / "src" / "dragoman" / "rules" / "weighing.csv"
FOLDS = 8
SEEN = 4  # a feature of fewer claims is left as it is
# What had no weight before is held back less: whether the parties have codes, and whence.
NEW = (
    "coding",
    "rule coding",
    "model coding",
    "actor lent",
    "recipient lent",
    "both lent",
    "lent ",
    "followed",
    "report of",
    "campaign",
)
FREE = 0.15


def coded(claim: Claim, labels: list[dict[str, Any]], start: int, future: str) -> list[int]:
    """Which labels a claim meets in type, sides and codes."""
    made = []
    for number in met(claim, labels, start, future):
        label = label_of(labels[number], start)
        sides = label.sides(claim)
        if all(side.coded(parties) for side, parties in sides):
            made.append(number)
    return made


def read_claims(data: Path, labels: Path, model: Path | None = None) -> list[dict[str, Any]]:
    """The claims of all labelled sentences; of sentences that stand alone the codes are not asked for."""
    reading = reader(model)
    texts = list(texts_of(data, labels))
    alone = [one for one in texts if one.source in SENTENCES]
    within = [one for one in texts if one.source not in SENTENCES]
    return [*claims_of_texts(reading, alone), *claims_of_texts(reading, within, coded)]


def departure(
    features: Any, before: NDArray[np.float64], right: NDArray[np.bool_], held: NDArray[np.float64]
) -> tuple[NDArray[np.float64], float, float]:
    """What to add to each weight, to the constant, and by what to multiply what was there.

    Args:
        features: one row a claim (sparse).
        before: the log-odds that the table gives.
        right: whether each is right.
        held: how strongly each weight is held where it is.
    """
    signs = np.where(right, 1.0, -1.0)

    def loss(values: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        moved, constant, scale = values[:-2], values[-2], values[-1]
        margin = signs * (scale * before + features @ moved + constant)
        slope = -signs / (1 + np.exp(np.clip(margin, -30, 30)))
        total = (
            np.logaddexp(0, -margin).sum() + (held * moved**2).sum() + held.max() * (scale - 1) ** 2
        )
        gradient = np.concatenate(
            [
                features.T @ slope + 2 * held * moved,
                [slope.sum(), slope @ before + 2 * held.max() * (scale - 1)],
            ]
        )
        return float(total), gradient

    start = np.zeros(features.shape[1] + 2)
    start[-1] = 1.0
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 500}).x
    return found[:-2], float(found[-2]), float(found[-1])


def main() -> None:
    """Weigh, fit, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--labels", type=Path, default=LABELS)
    parser.add_argument("--claims", type=Path, required=True, help="where they are kept, or found")
    parser.add_argument("--model", type=Path, default=None, help="other weights than the shipped")
    parser.add_argument("--table", type=Path, default=TABLE)
    parser.add_argument(
        "--strength", type=float, default=400.0, help="how strongly weights are held"
    )
    parser.add_argument("--out", type=Path, default=None)
    args = parser.parse_args()
    if not args.claims.exists():
        rows = read_claims(args.data, args.labels, args.model)
        args.claims.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    kept = list(lines(args.claims))
    rows = [row for row in kept if "features" in row and row["coded"] and not row["faint"]]
    events = sum(row["events"] for row in kept if "events" in row)
    with args.table.open(encoding="utf-8", newline="") as stream:
        table = {row["feature"]: float(row["weight"]) for row in csv.DictReader(stream)}
    counts = Counter(name for row in rows for name in row["features"])
    names = {n: place for place, n in enumerate(sorted(n for n in counts if counts[n] >= SEEN))}
    held = np.array([args.strength * (FREE if n.startswith(NEW) else 1.0) for n in names])
    before = np.array(
        [table[""] + sum(v * table.get(n, 0.0) for n, v in row["features"].items()) for row in rows]
    )
    right = np.array([bool(row["right"]) for row in rows])
    features = matrix(rows, names)
    print(f"{len(rows)} claims, {right.sum()} right, {events} events, {len(names)} features")
    chance = np.zeros(len(rows))
    part = np.array([fold_of("depart " + row["group"], FOLDS) for row in rows])
    for number in range(FOLDS):
        test = part == number
        moved, constant, scale = departure(features[~test], before[~test], right[~test], held)
        chance[test] = 1 / (1 + np.exp(-(scale * before[test] + features[test] @ moved + constant)))
    for name, one in (("table", 1 / (1 + np.exp(-before))), ("moved", chance)):
        for line in curve(rows, one, events):
            print(name, json.dumps({key: round(value, 3) for key, value in line.items()}))
    if args.out:
        moved, constant, scale = departure(features, before, right, held)
        made = {name: scale * value for name, value in table.items()}
        made[""] += constant
        for name, place in names.items():
            made[name] = made.get(name, 0.0) + float(moved[place])
        write_table(args.out, made)


if __name__ == "__main__":
    main()
