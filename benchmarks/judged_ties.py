"""Ties judged by hand, and the drawing of such lists: precision where the data list no facts.

Takes the format of ties/rdcr_dev.jsonl. With ``--draw SEED`` prints a hundred ties drawn at random from what
the program gives on these articles, as lines for ``judged/ties.jsonl`` without a verdict. Without it, scores
the verdicts kept there (see ``judged/README.md``).
"""

from __future__ import annotations

import argparse
import json
import random
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.common import lines, reader, show
from benchmarks.ties import read_ties

if TYPE_CHECKING:
    from dragoman.entries import Tie

JUDGED = Path(__file__).parent / "judged" / "ties.jsonl"


def given(data: Path) -> dict[tuple[str, str], Tie]:
    """All ties of all articles, by article and id."""
    reading = reader()
    return {
        (str(line["id"]), tie.id): tie for line in lines(data) for tie in read_ties(reading, line)
    }


def draw(ties: dict[tuple[str, str], Tie], seed: int, number: int) -> None:
    """Print `number` ties drawn at random."""
    for report, id_ in random.Random(seed).sample(sorted(ties), min(number, len(ties))):
        tie = ties[report, id_]
        row = {
            "seed": seed, "report": report, "tie": id_, "members": list(tie.members),
            "kind": tie.kind, "state": tie.state, "since": tie.since,
        }  # fmt: skip
        print(json.dumps(row, ensure_ascii=False))


def main() -> None:
    """Draw, or score the verdicts that are kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--draw", type=int, metavar="SEED")
    parser.add_argument("--number", type=int, default=100)
    parser.add_argument("--judged", type=Path, default=JUDGED)
    args = parser.parse_args()
    ties = given(args.data)
    if args.draw is not None:
        draw(ties, args.draw, args.number)
        return
    rows = list(lines(args.judged))
    draws: dict[str, list[bool]] = defaultdict(list)
    still: list[bool] = []
    for row in rows:
        draws[str(row["seed"])].append(bool(row["right"]))
        if (row["report"], row["tie"]) in ties:
            still.append(bool(row["right"]))
    wrong_gone = sum(not row["right"] and (row["report"], row["tie"]) not in ties for row in rows)
    show(
        {
            **{f"right_{seed}": sum(own) / len(own) for seed, own in sorted(draws.items())},
            "judged": len(rows),
            "still_given": len(still),
            "wrong_no_longer_given": wrong_gone,
            "right_of_still_given": sum(still) / len(still) if still else 0.0,
            "given": len(ties),
        }
    )


if __name__ == "__main__":
    main()
