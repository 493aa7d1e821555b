"""Reports and sentences a second, against the bare model on the same sentences; start-up; memory.

Everything is measured in one run: the whole line (sources, reading, record) and then the model alone
over the same sentences, report by report, with the same number of processes (one) and threads.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.common import arguments, show
from dragoman.reading.sentences import find_sentences
from dragoman.run_local import make_reader, read_paths
from dragoman.sources import read_sources


def main() -> None:
    args = arguments(__doc__ or "")
    begun = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "dragoman", "explain", "CONSULT"],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    startup = time.perf_counter() - begun
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        summary = read_paths([str(args.data)], Path(folder) / "speed.db", jobs=1)
        alone = time.perf_counter() - begun
        begun = time.perf_counter()
        both = read_paths([str(args.data)], Path(folder) / "both.db")
        parallel = time.perf_counter() - begun
    model = make_reader(threads=1).model
    texts = [
        [sentence.span.text for sentence in find_sentences(report)]
        for report in read_sources([str(args.data)])
        if report.status == "read"
    ]
    begun = time.perf_counter()
    for sentences in texts:
        model.tag(sentences)
    bare = time.perf_counter() - begun
    peak = max(
        resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
        resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss,
    )
    total = sum(map(len, texts))
    show(
        {
            "reports_per_s": summary.read / alone,
            "reports_per_s_two_processes": both.read / parallel,
            "sentences_per_s": total / alone,
            "over_model": alone / bare if bare else 0.0,
            "startup_s": startup,
            "peak_mb": peak / 1024,
            "reports": summary.read,
            "sentences": total,
        }
    )


if __name__ == "__main__":
    main()
