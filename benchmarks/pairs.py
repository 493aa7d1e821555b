"""End to end on marked pairs: are actor, recipient and type found where the pair is not given?

A gold line is found where an event has overlapping actor and recipient spans and its type; YIELD is
CONCEDE or RETREAT. The parties of a reciprocal event (all actors, no recipient) stand on either side.
Precision is over events on the marked pair alone (their spans overlap the gold pair's in its
direction): lines mark one pair and leave others unlabelled, so events on other pairs are not judged.
The shipped weights have learned from the development file: its score flatters. ``--fold 0 5 --model FOLDER``
scores the first of five parts with weights of ``training.events`` that have not learned from it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.common import arguments, f1, lines, note, overlap, read_text, reader, show
from benchmarks.labels import fold_of, group_of

if TYPE_CHECKING:
    from dragoman.entries import Actor, Event

YIELD = {"CONCEDE", "RETREAT"}


def _touch(actors: tuple[Actor, ...], marks: list[dict[str, int]]) -> bool:
    if not marks:
        return True
    return any(
        overlap((actor.span.start, actor.span.end), (mark["start"], mark["end"]))
        for actor in actors
        for mark in marks
    )


def _sides(event: Event) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    if event.recipient or len(event.actor) < 2:
        return event.actor, event.recipient
    return event.actor, event.actor


def _same(gold: str, event: str) -> bool:
    return event in YIELD if gold == "YIELD" else gold == event


def main() -> None:
    args = arguments(__doc__ or "", folds=True)
    reading = reader(args.model)
    found = right = wanted = pair_found = 0
    errors = 0
    for line in lines(args.data):
        if args.fold and fold_of(group_of("pairs", "", line["text"]), args.fold[1]) != args.fold[0]:
            continue
        wanted += 1
        events = read_text(reading, line["text"], name=line["id"]).events
        on_pair = [
            event
            for event in events
            if _touch(_sides(event)[0], line["actor"])
            and (_touch(_sides(event)[1], line["recipient"]) or not _sides(event)[1])
            and (bool(_sides(event)[1]) or not line["recipient"])
        ]
        hits = [event for event in on_pair if _same(line["event"], event.event)]
        pair_found += bool(on_pair)
        right += bool(hits)
        found += 1 if hits else len(on_pair)
        if not hits and errors < args.errors:
            errors += 1
            note(line["id"], line["event"], "|", line["text"])
            note(
                "   gold:",
                [m["text"] for m in line["actor"]],
                "->",
                [m["text"] for m in line["recipient"]],
            )
            for event in events:
                note(
                    "   got:",
                    event.event,
                    [a.span.text for a in event.actor],
                    "->",
                    [a.span.text for a in event.recipient],
                    event.coder,
                    event.confidence,
                )
    precision, recall, both = f1(right, found, wanted)
    show(
        {
            "precision": precision,
            "recall": recall,
            "f1": both,
            "pair_found": pair_found / wanted if wanted else 0.0,
            "n": wanted,
        }
    )


if __name__ == "__main__":
    main()
