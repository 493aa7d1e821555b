"""Verdicts on events drawn from real reports (``judged/events.jsonl``): what is kept there, and what still comes.

``--data`` is the folder with the reports (``sample/``). For each draw the share of right verdicts, and of the newest the
same by the program as it is: how many of the judged events it still gives (same report, word and type), how
many of these are right, and of those of a confidence of at least 0.65. What it gives anew is not judged.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from pathlib import Path

from benchmarks.common import lines, reader, show
from benchmarks.labels import TEXTS
from dragoman.sources import read_sources

JUDGED = Path(__file__).parent / "judged" / "events.jsonl"
SURE = 0.65


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--judged", type=Path, default=JUDGED)
    args = parser.parse_args()
    rows = list(lines(args.judged))
    draws: dict[int, list[bool]] = defaultdict(list)
    for row in rows:
        draws[row["draw"]].append(row["verdict"] == "right")
    newest = [row for row in rows if row["draw"] == max(draws)]
    wanted = {row["report"] for row in newest}
    reading = reader()
    given: dict[tuple[str, int, str], float] = {}
    for report in read_sources([str(args.data / name) for name in TEXTS["sample"]]):
        if report.id in wanted:
            for event in reading.read(report).events:
                given[report.id, event.trigger.start, event.event] = event.confidence
    still: list[tuple[float, bool]] = []
    for row in newest:
        chance = given.get((row["report"], row["start"], row["event"]))
        if chance is not None:
            still.append((chance, row["verdict"] == "right"))
    sure = [right for chance, right in still if chance >= SURE]
    share = [right for _, right in still]
    show(
        {
            **{f"right_{draw}": sum(own) / len(own) for draw, own in sorted(draws.items())},
            "judged": len(rows),
            "newest": len(newest),
            "still_given": len(still),
            "right_of_still_given": sum(share) / len(share) if share else 0.0,
            "sure": len(sure),
            "right_of_sure": sum(sure) / len(sure) if sure else 0.0,
        }
    )


if __name__ == "__main__":
    main()
