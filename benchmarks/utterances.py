"""Whether two stretches give the same words: lines {a: {report, start, end}, b: {...}, same}.

``--reports FILE`` holds the reports ({id, text, ...} a line), which are read as the program reads
them. A stretch is judged as the statement that fills it best, with that statement's speaker; where
the reader found none there, as words without a speaker.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from benchmarks.common import arguments, f1, lines, note, overlap, reader, show
from dragoman.entries import Statement
from dragoman.gathering.utterances import THRESHOLD, likeness, saying_of
from dragoman.sources import read_sources
from dragoman.spans import cut

if TYPE_CHECKING:
    from pathlib import Path

    from dragoman.entries import ReadReport
    from dragoman.gathering.utterances import Saying
    from dragoman.reading import Reader


def read_wanted(path: Path, wanted: set[str], reading: Reader) -> dict[str, ReadReport]:
    """The reports of a file that are asked for, read, by id."""
    return {
        report.id: reading.read(report)
        for report in read_sources([str(path)])
        if report.id in wanted
    }


def _share(one: tuple[int, int], other: tuple[int, int]) -> float:
    common = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, common) / (max(one[1], other[1]) - min(one[0], other[0]))


def _saying(read: ReadReport, start: int, end: int, reading: Reader) -> Saying:
    span = cut(read.report.text, start, end)
    found = [
        statement
        for statement in read.statements
        if overlap((start, end), (statement.content.start, statement.content.end))
    ]
    best = max(
        found, key=lambda s: _share((start, end), (s.content.start, s.content.end)), default=None
    )
    if best is not None and _share((start, end), (best.content.start, best.content.end)) > 0.9:
        return saying_of(read, best)
    # The reader cut the stretch otherwise: its speaker, and an embedding of the words as given.
    made = Statement(
        id=f"{read.report.id}:{start}", report_id=read.report.id, sentence=0, span=span,
        kind="direct" if read.report.text[max(0, start - 1) : start + 1].strip(" ")[:1] in '"“‘' else "indirect",
        speaker=best.speaker if best else None, cue=None, content=span,
    )  # fmt: skip
    (tags,) = reading.model.tag([span.text])
    quantised = (tags.embedding * 127).round().clip(-127, 127).astype("int8").tobytes()
    return saying_of(read, replace(made, embedding=quantised))


def main() -> None:
    args = arguments(__doc__ or "", reports="the reports, JSON Lines")
    pairs = list(lines(args.data))
    reading = reader(args.model)
    reads = read_wanted(
        args.reports, {str(p[side]["report"]) for p in pairs for side in "ab"}, reading
    )
    right = found = wanted = 0
    for pair in pairs:
        a, b = (
            _saying(
                reads[str(pair[side]["report"])], pair[side]["start"], pair[side]["end"], reading
            )
            for side in "ab"
        )
        score = likeness(a, b)
        same = score >= THRESHOLD
        right += same and pair["same"]
        found += same
        wanted += pair["same"]
        if args.errors and same != pair["same"]:
            note(f"{score:.2f}", pair["same"], a.speaker, b.speaker, pair["a"], pair["b"])
    precision, recall, both = f1(right, found, wanted)
    show({"f1": both, "precision": precision, "recall": recall, "n": len(pairs)})


if __name__ == "__main__":
    main()
