"""Events of texts of which every event is labelled: real reports (training/labels/full.jsonl), and what we wrote.

``--data`` is the folder with the reports (``sample/``, ``statements/``, ``ties/``). An event is right where its
type is a labelled one's and both sides overlap it (the parties of a reciprocal event stand on either side; a
side that the label leaves empty may hold anything that is no party). The shipped weights have learned from
these labels: an honest figure comes from weights of ``training.events --hold 0`` and ``--fold 0 5`` here, which
scores the reports that these weights have not seen. ``--held`` scores the sentences of ``training/held`` instead, which no
weights have learned from: hard ones, with many rare words.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.common import f1, note, overlap, reader, show
from benchmarks.labels import HELD, fold_of, labelled_texts, written_texts
from dragoman.entries import Part, Report

if TYPE_CHECKING:
    from dragoman.entries import Actor, Event

LABELS = Path(__file__).parents[1] / "training" / "labels" / "full.jsonl"


def _touch(actors: tuple[Actor, ...], spans: list[list[int]], start: int) -> bool:
    return any(
        overlap((one.span.start - start, one.span.end - start), (s, e))
        for one in actors
        for s, e in spans
    )


def fits(event: Event, label: dict[str, Any], start: int) -> bool:
    """Whether both sides overlap, in the label's direction."""
    if label["actor"] and not label["recipient"] and len(label["actor"]) > 1:
        both = (*event.actor, *event.recipient)
        return sum(_touch(both, [span], start) for span in label["actor"]) > 1
    if not event.recipient and len(event.actor) > 1 and label["recipient"]:
        return _touch(event.actor, label["actor"], start) and _touch(
            event.actor, label["recipient"], start
        )
    actor = _touch(event.actor, label["actor"], start) if label["actor"] else not event.actor
    if label["recipient"]:
        return actor and _touch(event.recipient, label["recipient"], start)
    return actor and not any(one.entity_code for one in event.recipient)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--held", action="store_true", help="the sentences that were held back")
    parser.add_argument("--labels", type=Path, default=LABELS)
    parser.add_argument("--model", type=Path, default=None)
    parser.add_argument("--fold", type=int, nargs=2, default=None, help="only part N of M")
    parser.add_argument("--errors", type=int, default=0)
    args = parser.parse_args()
    reading = reader(args.model)
    told = right = wanted = placed = errors = 0
    by: Counter[tuple[str, str]] = Counter()
    if not args.data and not args.held:
        parser.error("--data FOLDER or --held is needed")
    texts = written_texts(HELD) if args.held else labelled_texts(args.data, args.labels)
    for one_text in texts:
        text = one_text.text
        if args.fold and fold_of(one_text.group, args.fold[1]) != args.fold[0]:
            continue
        report = Report(
            id=one_text.name,
            text=text,
            published=one_text.published,
            parts=(Part("prose", 0, len(text)),),
        )
        events = reading.read(report).events
        for row in one_text.labels:
            start, end = row["start"], row["end"]
            mine = [one for one in events if start <= one.trigger.start < end]
            open_labels = list(row["events"])
            wanted += len(open_labels)
            told += len(mine)
            spare = []
            for event in mine:
                kind = "rule" if event.coder.startswith("rule") else "model"
                hits = [one for one in row["events"] if fits(event, one, start)]
                placed += bool(hits)
                good = [one for one in hits if one["event"] == event.event]
                by[kind, "right" if good else "typed wrong" if hits else "wrong"] += 1
                if good:
                    right += 1
                    open_labels = [one for one in open_labels if one is not good[0]]
                else:
                    spare.append(event)
            if (spare or open_labels) and errors < args.errors:
                errors += 1
                sentence = text[start:end]
                note("\n#", " ".join(sentence.split()))
                for one in open_labels:
                    sides = [[sentence[s:e] for s, e in one[x]] for x in ("actor", "recipient")]
                    note("   missed", one["event"], *sides, one["auxiliary"])
                for event in spare:
                    note(
                        "   spare ",
                        event.event,
                        [one.span.text for one in event.actor],
                        [one.span.text for one in event.recipient],
                        f"“{event.trigger.text}”",
                        event.coder,
                        event.confidence,
                    )
    precision, recall, both = f1(right, told, wanted)
    note({" ".join(key): count for key, count in sorted(by.items())})
    show(
        {
            "precision": precision,
            "recall": min(recall, 1.0),
            "f1": both,
            "placed": placed / told if told else 0.0,
            "told": told,
            "wanted": wanted,
        }
    )


if __name__ == "__main__":
    main()
