"""The runner for one machine: sources into the record, report by report, in one process or several."""

from __future__ import annotations

import os
import time
from collections import deque
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import TYPE_CHECKING

from dragoman.language import digest, load
from dragoman.reading import Reader, reader_name
from dragoman.record import open_record, report_digest
from dragoman.rulebook import load_rulebook
from dragoman.sources import read_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future
    from pathlib import Path
    from typing import IO

    from dragoman.entries import ReadReport, Report
    from dragoman.record import Record
    from dragoman.rulebook import Rulebook

# A second process costs about a second to start (model and rulebook are loaded again), so it pays
# only from some dozens of reports on.
_PARALLEL_FROM = 40
# From this share of changed reports on, gathering all anew is quicker.
_ANEW = 0.1
# Reports that may wait for the writer: bounds memory whatever the length of the input.
_WAITING = 32


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: reports seen and read, seconds spent."""

    seen: int
    read: int
    seconds: float


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run did.

    Attributes:
        reports: all that the sources gave.
        read: newly read; reread: read again because text, rules or model had changed.
        known: seen before, nothing changed.
        set_aside: (source, reason) of each report that was not read.
    """

    reports: int = 0
    read: int = 0
    reread: int = 0
    known: int = 0
    set_aside: tuple[tuple[str, str], ...] = ()
    seconds: float = 0.0


@dataclass(slots=True)
class _Count:
    reports: int = 0
    read: int = 0
    reread: int = 0
    known: int = 0
    aside: list[tuple[str, str]] = field(default_factory=list)


def make_reader(
    *, rules: tuple[Path, ...] = (), model: Path | None = None, threads: int = 1
) -> Reader:
    """A reader with the built-in rules and weights, or with others laid over or in their place."""
    return Reader(load_rulebook(*rules), load(model, threads=threads))


def read_paths(
    paths: Iterable[str],
    record_path: str | Path,
    *,
    rules: tuple[Path, ...] = (),
    model: Path | None = None,
    jobs: int | None = None,
    stdin: IO[bytes] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> RunSummary:
    """Reads files, folders or standard input into a record, then gathers anew what has changed.

    Args:
        paths: as ``read_sources`` takes them.
        record_path: the record; made if it does not exist.
        rules: folders laid over the built-in rules.
        model: a folder of weights in place of the shipped ones.
        jobs: processes; None takes one a core once there is enough to do.
        stdin: the stream behind "-".
        progress: called after each report.

    Returns:
        The counts, and each report set aside with its reason.
    """
    begun = time.monotonic()
    workers = jobs if jobs is not None else max(1, os.cpu_count() or 1)
    rulebook = load_rulebook(*rules)
    name = reader_name(digest(model), rulebook)
    count = _Count()
    with open_record(record_path) as record:
        fresh = _fresh(read_sources(paths, stdin=stdin), record, name, count)
        for read in _readings(fresh, rulebook, workers, rules, model):
            outcome = record.write(read)
            if read.report.status == "read":
                count.read += outcome == "new"
                count.reread += outcome == "reread"
                count.known += outcome == "same"
            if progress:
                progress(
                    Progress(count.reports, count.read + count.reread, time.monotonic() - begun)
                )
        gather_record(record, rulebook)
    return RunSummary(
        reports=count.reports,
        read=count.read,
        reread=count.reread,
        known=count.known,
        set_aside=tuple(count.aside),
        seconds=time.monotonic() - begun,
    )


def gather_record(record: Record, rulebook: Rulebook) -> None:
    """Brings stories, happenings, utterances and ties up to date with all that was read.

    A few reports are gathered by what they touch; what comes of it is the same.
    """
    from dragoman import __version__
    from dragoman.gathering import gather_kept, update

    if not record.needs_gathering():
        return
    stamp = f"{__version__} {rulebook.digest}"
    counts = record.ungathered(stamp)
    if counts is None or counts[0] >= _ANEW * counts[1]:
        made, kept = gather_kept(record.each_read_report(whole=False), rulebook)
        record.replace_gathered(made, kept, stamp)
        return
    with record.updating(stamp) as (shelf, changed):
        update(shelf, changed, rulebook)


def _fresh(
    reports: Iterator[Report], record: Record, reader: str, count: _Count
) -> Iterator[Report]:
    """The reports that are not in the record as they are; counts the others."""
    for report in reports:
        count.reports += 1
        if report.status != "read":
            reason = report.reason.removeprefix(f"{report.source}: ")
            count.aside.append((report.source, reason))
        if record.known(report.id, report_digest(report), reader):
            count.known += report.status == "read"
            continue
        yield report


def _readings(
    reports: Iterator[Report],
    rulebook: Rulebook,
    workers: int,
    rules: tuple[Path, ...],
    model: Path | None,
) -> Iterator[ReadReport]:
    """Reads in this process, or in others once the input proves long. Keeps the order.

    The model is loaded where it is needed: in neither place if nothing is new.
    """
    first: list[Report] = []
    if workers > 1:
        for report in reports:
            first.append(report)
            if len(first) >= _PARALLEL_FROM:
                break
    if len(first) < _PARALLEL_FROM:
        reader: Reader | None = None
        for report in first or reports:
            reader = reader or Reader(rulebook, load(model, threads=workers))
            yield reader.read(report)
        return
    # Fresh processes rather than forked ones: the model's threads do not survive a fork.
    with ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_start, initargs=(rules, model)
    ) as pool:
        waiting: deque[Future[ReadReport]] = deque()
        for report in _chain(first, reports):
            waiting.append(pool.submit(_read, report))
            if len(waiting) >= _WAITING:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _chain(first: list[Report], rest: Iterator[Report]) -> Iterator[Report]:
    yield from first
    yield from rest


_READER: list[Reader] = []


def _start(rules: tuple[Path, ...], model: Path | None) -> None:
    _READER.append(make_reader(rules=rules, model=model, threads=1))


def _read(report: Report) -> ReadReport:
    return _READER[0].read(report)
