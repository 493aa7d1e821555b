"""How far a run is, on standard error: a moving line on a terminal, now and then a line elsewhere."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType
    from typing import Self

# Seconds between two showings: on a terminal smooth enough, in a log seldom enough.
ON_TERMINAL, IN_LOG = 0.2, 10.0

# Suffixes of files with one report each, and with one report a line.
SINGLE = frozenset({".txt", ".html", ".htm", ".md"})
LINES = frozenset({".jsonl", ".ndjson", ".csv", ".tsv"})

# Bytes from which the number of lines of a file is estimated.
SAMPLE = 262_144


class Step(Protocol):
    """What a runner tells after each report: reports met so far, and seconds spent."""

    @property
    def seen(self) -> int: ...
    @property
    def seconds(self) -> float: ...


class Meter:
    """Shows count and time left.

    Args:
        total: about how many reports there are; None if that cannot be told, and then no time left
            is shown.
    """

    def __init__(self, total: int | None) -> None:
        self.total = total
        self._live = sys.stderr.isatty()
        self._every = ON_TERMINAL if self._live else IN_LOG
        self._shown = time.monotonic()
        self._wrote = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._live and self._wrote:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def step(self, at: Step) -> None:
        """Take note of a report; show it if it is time to."""
        now = time.monotonic()
        if now - self._shown < self._every:
            return
        self._shown = now
        words = progress_words(at.seen, at.seconds, self.total)
        sys.stderr.write(f"\r\x1b[K{words}" if self._live else f"{words}\n")
        sys.stderr.flush()
        self._wrote = True


def progress_words(seen: int, seconds: float, total: int | None) -> str:
    """ "120 of about 800 reports, 14.2 a second, about 48 s left"."""
    pace = seen / seconds if seconds > 0 else 0.0
    if not total or seen > total:
        return f"{seen} reports, {pace:.1f} a second"
    left = (total - seen) / pace if pace else 0.0
    return f"{seen} of about {total} reports, {pace:.1f} a second, about {_duration(left)} left"


def expected(paths: Sequence[str]) -> int | None:
    """About how many reports there are in these paths; None where it cannot be told cheaply."""
    total = 0
    for name in paths:
        path = Path(name)
        if name == "-":
            return None
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.suffix.lower() in SINGLE:
                total += 1
            elif file.suffix.lower() in LINES and file.is_file():
                total += _lines(file)
            elif file.is_file() and not file.name.startswith("."):
                return None
    return total or None


def _lines(file: Path) -> int:
    """About how many lines a file has, judged by its beginning."""
    size = file.stat().st_size
    with file.open("rb") as stream:
        sample = stream.read(SAMPLE)
    if not sample:
        return 0
    return max(1, round(sample.count(b"\n") * size / len(sample)))


def _duration(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds < 5400:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.1f} h"
