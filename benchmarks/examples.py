"""The sample reports against what a careful reader finds in them (examples/expected.json).

An expected event is found where an event of that type (or of one that is right as well) overlaps its
words and shares an actor's and a recipient's code. An event found is right where it meets an expected
one; the expectation lists are not complete, so `event_precision` is a lower bound.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.common import arguments, note, reader, show
from dragoman.sources import read_sources

if TYPE_CHECKING:
    from dragoman.entries import Actor, Event, ReadReport


def codes(actors: tuple[Actor, ...]) -> set[str]:
    found: set[str] = set()
    for actor in actors:
        found |= {code for code in (actor.entity_code, actor.country_code) if code}
        if actor.catalogue_id:
            found.add(actor.catalogue_id.split(":")[1].upper())
    return found


def fits(expected: dict[str, Any], event: Event, start: int, end: int) -> bool:
    if event.event not in {expected["event"], *expected.get("also", ())}:
        return False
    if event.span.end <= start or end <= event.span.start:
        return False
    everyone = codes((*event.actor, *event.recipient))
    actors = everyone if not event.recipient else codes(event.actor)
    recipients = everyone if not event.recipient else codes(event.recipient)
    return (not expected["actor"] or bool(set(expected["actor"]) & actors)) and (
        not expected["recipient"] or bool(set(expected["recipient"]) & (recipients or everyone))
    )


def score(expected: dict[str, Any], read: ReadReport, *, errors: bool) -> dict[str, int]:
    text = read.report.text
    counts = dict.fromkeys(
        ("wanted", "found", "told", "right", "statements", "caught", "speaker"), 0
    )
    right: set[str] = set()
    for one in expected["events"]:
        start = text.find(one["words"])
        hits = [e for e in read.events if fits(one, e, start, start + len(one["words"]))]
        counts["wanted"] += 1
        counts["found"] += bool(hits)
        right |= {event.id for event in hits}
        if errors and not hits:
            note(
                "missed",
                expected["file"],
                one["event"],
                one["actor"],
                one["recipient"],
                one["words"],
            )
    counts["told"] = len(read.events)
    counts["right"] = len(right)
    for event in read.events:
        if errors and event.id not in right:
            note(
                "spare",
                expected["file"],
                event.event,
                codes(event.actor),
                codes(event.recipient),
                event.coder,
                event.span.text,
            )
    for one in expected["statements"]:
        counts["statements"] += 1
        start = text.find(one["content"])
        end = start + len(one["content"])
        near = [
            s
            for s in read.statements
            if min(s.content.end, end) - max(s.content.start, start) > (end - start) / 2
        ]
        counts["caught"] += bool(near)
        surname = str(one["speaker"]).split()[-1].lower()
        same = any(
            s.speaker
            and (
                surname in (s.speaker.name or s.speaker.span.text).lower()
                or str(one["speaker"]).lower() in s.speaker.span.text.lower()
                or (one.get("speaker_code") and s.speaker.entity_code == one["speaker_code"])
            )
            for s in near
        )
        counts["speaker"] += same
        if errors and not same:
            note(
                "statement",
                expected["file"],
                one["speaker"],
                "|",
                one["content"][:80],
                [(s.speaker.span.text if s.speaker else None) for s in near],
            )
    return counts


def main() -> None:
    args = arguments(__doc__ or "")
    folder = args.data if args.data.is_dir() else args.data.parent
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["reports"]
    reading = reader(args.model)
    by_source: dict[str, ReadReport] = {}
    for report in read_sources([str(folder / "reports")]):
        read = reading.read(report)
        by_source[Path(report.source.split("#")[0]).name] = read
        by_source[report.id] = read
    total: dict[str, int] = {}
    for one in expected:
        found = by_source.get(one["id"] or "") or by_source[Path(one["file"]).name]
        if found.report.status != "read":
            continue
        for key, value in score(one, found, errors=bool(args.errors)).items():
            total[key] = total.get(key, 0) + value
    show(
        {
            "event_recall": total["found"] / total["wanted"],
            "event_precision": total["right"] / max(1, total["told"]),
            "statement_recall": total["caught"] / total["statements"],
            "speaker_accuracy": total["speaker"] / total["statements"],
            "events": total["wanted"],
            "statements": total["statements"],
        }
    )


if __name__ == "__main__":
    main()
