"""Spans of actor and recipient of the main event of a sentence (events/spans.jsonl)."""

from __future__ import annotations

from typing import Any

from benchmarks.common import arguments, f1, lines, overlap, read_text, reader, show


def main() -> None:
    args = arguments(__doc__ or "")
    reading = reader(args.model)
    counts = {side: [0, 0, 0, 0] for side in ("actor", "recipient")}
    for line in lines(args.data):
        read = read_text(reading, line["text"], name=line["id"])
        found: dict[str, set[tuple[int, int]]] = {"actor": set(), "recipient": set()}
        for event in read.events:
            for actor in event.actor:
                found["actor"].add((actor.span.start, actor.span.end))
            for actor in event.recipient:
                found["recipient"].add((actor.span.start, actor.span.end))
        for side, count in counts.items():
            gold = _marks(line, side)
            both = _marks(line, "reciprocal")
            spans = found[side]
            count[0] += sum(any(overlap(one, other) for other in spans) for one in gold)
            count[1] += len([s for s in spans if not any(overlap(s, b) for b in both)])
            count[2] += len(gold)
            count[3] += len(set(gold) & spans)
    result: dict[str, object] = {}
    exact = f1(
        counts["actor"][3] + counts["recipient"][3],
        counts["actor"][1] + counts["recipient"][1],
        counts["actor"][2] + counts["recipient"][2],
    )[2]
    for side, (right, got, wanted, _) in counts.items():
        result[f"{side}_f1"] = f1(min(right, got), got, wanted)[2]
    result["exact_f1"] = exact
    show(result)


def _marks(line: dict[str, Any], side: str) -> list[tuple[int, int]]:
    return [(mark["start"], mark["end"]) for mark in line.get(side, [])]


if __name__ == "__main__":
    main()
