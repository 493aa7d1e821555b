"""Reports and sentences a second, against the bare model on the same sentences; start-up; memory.

Everything is measured in one run: the whole line (sources, reading, record, gathering) in one process,
then in two, and the model alone over the same sentences, report by report, in one process with one
thread: half of the reports before the line and half after it, so that a machine that grows slower
does not favour either. ``over_model`` compares processor time, which other programs of the machine
change less than the clock; ``over_model_clock`` is by the clock. The line loads model and rulebook
within the time that is measured, the model alone does not.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from benchmarks.common import arguments, show
from dragoman.reading.sentences import find_sentences
from dragoman.run_local import make_reader, read_paths
from dragoman.sources import read_sources

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.run_local import RunSummary

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds by the clock, and of the processor."""

    clock: float
    cpu: float

    def __add__(self, other: Spent) -> Spent:
        return Spent(self.clock + other.clock, self.cpu + other.cpu)


def timed(work: Callable[[], T]) -> tuple[T, Spent]:
    """What the work gives, and what it took (processor time of this process alone)."""
    clock, cpu = time.perf_counter(), time.process_time()
    made = work()
    return made, Spent(time.perf_counter() - clock, time.process_time() - cpu)


def spent(work: Callable[[], object]) -> Spent:
    """What the work took."""
    return timed(work)[1]


def main() -> None:
    args = arguments(__doc__ or "")
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "dragoman", "explain", "CONSULT"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    startup = time.perf_counter() - begun
    model = make_reader(model=args.model, threads=1).model
    texts = [
        [sentence.span.text for sentence in find_sentences(report)]
        for report in read_sources([str(args.data)])
        if report.status == "read"
    ]

    def tag(chosen: list[list[str]]) -> None:
        for sentences in chosen:
            model.tag(sentences)

    bare = spent(lambda: tag(texts[::2]))
    with tempfile.TemporaryDirectory() as folder:

        def read(name: str, jobs: int) -> RunSummary:
            path = Path(folder) / name
            return read_paths([str(args.data)], path, model=args.model, jobs=jobs)

        summary, alone = timed(lambda: read("speed.db", 1))
        both, parallel = timed(lambda: read("both.db", 2))
    bare += spent(lambda: tag(texts[1::2]))
    peak = max(
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
        resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss,
    )
    total = sum(map(len, texts))
    show(
        {
            "reports_per_s": summary.read / alone.clock,
            "reports_per_s_two_processes": both.read / parallel.clock,
            "sentences_per_s": total / alone.clock,
            "sentences_per_s_two_processes": total / parallel.clock,
            "sentences_per_cpu_s": total / alone.cpu,
            "over_model": alone.cpu / bare.cpu if texts else 0.0,
            "over_model_clock": alone.clock / bare.clock if texts else 0.0,
            "startup_s": startup,
            "peak_mb": peak / 1024,
            "reports": summary.read,
            "sentences": total,
        }
    )


if __name__ == "__main__":
    main()
