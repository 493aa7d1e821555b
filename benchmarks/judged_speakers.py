"""Verdicts on speakers of statements (``judged/speakers.jsonl``): what the program as it is still gives of them.

``--data`` is the folder with the reports; ``--set`` names one of them (sample, basil, giveme5w1h), all if left out. A judged statement is
**kept** where the program gives the same content with a speaker of the same words, name and code; then the verdict stands. ``changed`` is another
speaker, ``gone`` no such content. Prints how many right and wrong ones were kept, changed and lost, and ``right_of_kept``. The verdicts served to find
faults, so that the figure is kind; it shows what a change breaks.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.common import lines, note, reader, show
from benchmarks.labels import TEXTS
from dragoman.sources import read_sources

if TYPE_CHECKING:
    from dragoman.entries import Statement

JUDGED = Path(__file__).parent / "judged" / "speakers.jsonl"
SETS = ("sample", "basil", "giveme5w1h")


def has_place(statement: Statement, row: dict[str, Any]) -> bool:
    """Whether a statement has the content that a verdict is about."""
    return [statement.content.start, statement.content.end] == [row["start"], row["end"]]


def is_judged(statement: Statement, row: dict[str, Any]) -> bool:
    """Whether a verdict holds for a statement: the same content and speaker, with name and code where these were noted."""
    who = statement.speaker
    if not has_place(statement, row):
        return False
    if row["speaker"] != (None if who is None else [who.span.start, who.span.end]):
        return False
    coded = (who.name, who.entity_code) if who else (None, None)
    return "name" not in row or (row["name"], row["code"]) == coded


def fate(row: dict[str, Any], told: list[Statement]) -> str:
    """What became of a judged statement among those that its report has now: kept, changed or gone."""
    if any(is_judged(one, row) for one in told):
        return "kept"
    return "changed" if any(has_place(one, row) for one in told) else "gone"


def main() -> None:
    """Read, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--judged", type=Path, default=JUDGED)
    parser.add_argument("--set", choices=SETS, action="append", default=None)
    args = parser.parse_args()
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in lines(args.judged):
        rows[row["report"]].append(row)
    reading = reader()
    files = [str(args.data / name) for one in args.set or SETS for name in TEXTS[one]]
    fates: Counter[tuple[str, str]] = Counter()
    for report in read_sources(files):
        if report.id not in rows:
            continue
        told = list(reading.read(report).statements)
        for row in rows[report.id]:
            fates[row["verdict"], fate(row, told)] += 1
            if row["verdict"] == "right" and fate(row, told) != "kept":
                note("right before:", report.id, report.text[row["start"] : row["end"]][:90])
    kept = {verdict: fates[verdict, "kept"] for verdict in ("right", "wrong")}
    show(
        {
            **{f"{verdict}_{what}": count for (verdict, what), count in sorted(fates.items())},
            "judged": sum(fates.values()),
            "right_of_kept": kept["right"] / max(1, sum(kept.values())),
        }
    )


if __name__ == "__main__":
    main()
