"""What the benchmarks share: reading lines, reading sentences as reports, printing one line of JSON."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.entries import Part, Report
from dragoman.run_local import make_reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dragoman.entries import ReadReport
    from dragoman.reading import Reader


def arguments(description: str, *, folds: bool = False, **more: str) -> argparse.Namespace:
    """``--data PATH`` and what a benchmark asks for besides."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--data", type=Path, required=True, help="a file in the development format")
    parser.add_argument("--model", type=Path, default=None, help="weights in place of the shipped")
    parser.add_argument("--errors", type=int, default=0, help="print so many errors to look at")
    if folds:
        parser.add_argument("--fold", type=int, nargs=2, default=None, help="only part N of M")
    for name, text in more.items():
        parser.add_argument(f"--{name}", type=Path, default=None, help=text)
    return parser.parse_args()


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The objects of a JSON Lines file."""
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            if line.strip():
                yield json.loads(line)


def reader(model: Path | None = None) -> Reader:
    """The program as it stands."""
    return make_reader(model=model, threads=2)


def read_text(reading: Reader, text: str, *, name: str = "", date: str | None = None) -> ReadReport:
    """One sentence or passage as a report of its own."""
    report = Report(id=name, text=text, published=date, parts=(Part("prose", 0, len(text)),))
    return reading.read(report)


def overlap(left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Whether two character spans share a character."""
    return left[0] < right[1] and right[0] < left[1]


def f1(right: float, found: float, wanted: float) -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean."""
    precision = right / found if found else 0.0
    recall = right / wanted if wanted else 0.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def show(result: Mapping[str, object]) -> None:
    """The last line that a benchmark prints."""
    print(json.dumps({k: round(v, 4) if isinstance(v, float) else v for k, v in result.items()}))


def note(*words: object) -> None:
    """What is for people goes to standard error."""
    print(*words, file=sys.stderr)
