"""Departs from the weights of possible events: ``python -m training.reweigh --weights FOLDER --out rules/weighing.csv``.

``training.weigh`` fits the table from nothing, with weights that have not learned from whole folds. When only the branch or the
rules are others, the sentences held back (``training/held``) tell how the table should change: a logistic regression whose offset
is what the table gives, and whose own weights are held near nothing. Its constant is left out, since the sentences are of our
writing and denser than news. Prints what it reaches on fifths of the sentences that it has not seen.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from benchmarks.common import reader
from benchmarks.labels import HELD, fold_of, written_texts

from training.weigh import KEPT, claims_of_texts, curve, matrix

if TYPE_CHECKING:
    from numpy.typing import NDArray

TABLE = Path(__file__).parents[1] / "src" / "dragoman" / "rules" / "weighing.csv"
SEEN = 15  # a feature of fewer claims keeps its weight


def read_table(path: Path) -> dict[str, float]:
    with path.open(encoding="utf-8") as stream:
        return {row["feature"]: float(row["weight"]) for row in csv.DictReader(stream)}


def depart(
    rows: Any, right: NDArray[np.float64], offset: NDArray[np.float64], strength: float
) -> NDArray[np.float64]:
    """The constant and the weights to be added, by penalised likelihood (L2, scikit-learn's C)."""
    from scipy.optimize import minimize

    def cost(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total = offset + rows @ weights[1:] + weights[0]
        wrong = 1 / (1 + np.exp(-total)) - right
        loss = np.sum(np.logaddexp(0, total) - right * total) + np.sum(weights[1:] ** 2) / (
            2 * strength
        )
        slope = rows.T @ wrong + weights[1:] / strength
        return float(loss), np.concatenate([[wrong.sum()], slope])

    start = np.zeros(rows.shape[1] + 1)
    found = minimize(cost, start, jac=True, method="L-BFGS-B", options={"maxiter": 2000})
    made: NDArray[np.float64] = found.x
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--weights", type=Path, default=None, help="of the model, if not the shipped"
    )
    parser.add_argument("--table", type=Path, default=TABLE, help="to depart from")
    parser.add_argument("--strength", type=float, default=0.02, help="of the fit: scikit-learn's C")
    parser.add_argument("--out", type=Path, default=None)
    args = parser.parse_args()
    found = list(claims_of_texts(reader(args.weights), written_texts(HELD)))
    rows = [row for row in found if "features" in row]
    events = sum(row["events"] for row in found if "events" in row)
    table = read_table(args.table)
    right = np.array([float(bool(row["right"])) for row in rows])
    offset = np.array(
        [
            table.get("", 0.0)
            + sum(value * table.get(name, 0.0) for name, value in row["features"].items())
            for row in rows
        ]
    )
    counts = Counter(name for row in rows for name in row["features"])
    names = {
        name: place
        for place, name in enumerate(sorted(n for n, count in counts.items() if count >= SEEN))
    }
    whole = matrix(rows, names)
    part = np.array([fold_of("reweigh " + row["group"], 5) for row in rows])
    total = np.zeros(len(rows))
    for number in range(5):
        learn, test = part != number, part == number
        added = depart(whole[learn], right[learn], offset[learn], args.strength)
        total[test] = offset[test] + whole[test] @ added[1:] + added[0]
    for what, values in (("before", offset), ("after", total)):
        print(what, f"log loss {np.mean(np.logaddexp(0, values) - right * values):.4f}")
        for row in curve(rows, 1 / (1 + np.exp(-values)), events):
            print(json.dumps({key: round(value, 3) for key, value in row.items()}))
    if args.out:
        added = depart(whole, right, offset, args.strength)
        for name, place in names.items():
            table[name] = table.get(name, 0.0) + float(added[1 + place])
        with args.out.open("w", newline="", encoding="utf-8") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(("feature", "weight"))
            writer.writerows(
                (name, f"{value:.3f}")
                for name, value in sorted(table.items())
                if not name or abs(value) >= KEPT
            )


if __name__ == "__main__":
    main()
