"""Scores the PLOVER type of marked actor-recipient pairs.

    python -m benchmarks.event_types --data FILE

FILE has one pair a line: ``text``, ``actor`` and ``recipient`` (lists of ``{start, end}``) and
``event``. The type answered is the most probable of the 16, "no event" left out, since every line
has one. ``YIELD`` is right with CONCEDE or RETREAT. The last line printed is one JSON object:
``macro_f1`` (mean over the classes that the file has), ``accuracy``, ``n``, the same with prefix
``clean_`` over lines that have ``"clean": true``, ``none_share`` (how often the model would have
answered "no event"), and accuracy over the surest 90 and 80 percent.

The shipped weights were trained on events/pairs.jsonl: on that file this figure says nothing. The
honest one is ``python -m training.events --folds 5`` (see docs/model.md).
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from dragoman.language import EVENT_TYPES, LanguageModel, Pair, TypeGuess, load

_YIELD = {"CONCEDE", "RETREAT"}
_CHUNK = 256


def answer(guess: TypeGuess, *, merge: bool) -> tuple[str, float]:
    """The best of the 16 types, and its share of what is not "no event".

    With ``merge`` the two types of the class YIELD are one, with the sum of their chances.
    """
    kept = {name: value for name, value in guess.probabilities if name in EVENT_TYPES}
    if merge:
        kept["YIELD"] = sum(kept.pop(name) for name in sorted(_YIELD))
    best = max(kept, key=lambda name: kept[name])
    return best, kept[best] / max(1e-9, sum(kept.values()))


def figures(gold: list[str], given: list[str]) -> dict[str, float]:
    """Macro-F1 over the classes of ``gold``, accuracy, count."""
    f1 = []
    for name in sorted(set(gold)):
        right = sum(g == a == name for g, a in zip(gold, given, strict=True))
        f1.append(2 * right / (gold.count(name) + given.count(name)))
    accuracy = sum(g == a for g, a in zip(gold, given, strict=True)) / len(gold)
    return {"macro_f1": sum(f1) / len(f1), "accuracy": accuracy, "n": len(gold)}


def guesses(rows: list[dict[str, Any]], model: LanguageModel) -> list[TypeGuess]:
    """The model's answer for each row's pair."""
    found = []
    for begin in range(0, len(rows), _CHUNK):
        chunk = rows[begin : begin + _CHUNK]
        for row, tags in zip(chunk, model.tag([row["text"] for row in chunk]), strict=True):
            sides = [
                tuple((s["start"], s["end"]) for s in row.get(side) or ())
                for side in ("actor", "recipient")
            ]
            found += model.type_pairs(tags, [Pair(*sides)])
    return found


def score(rows: list[dict[str, Any]], model: LanguageModel) -> dict[str, float]:
    """Figures over all rows; see the module's docstring for the keys."""
    found = guesses(rows, model)
    gold = [row["event"] for row in rows]
    merge = any(row["event"] == "YIELD" for row in rows)
    answers = [answer(guess, merge=merge) for guess in found]
    result = figures(gold, [name for name, _ in answers])
    clean = [place for place, row in enumerate(rows) if row.get("clean") is True]
    if clean:
        part = figures([gold[place] for place in clean], [answers[place][0] for place in clean])
        result |= {f"clean_{key}": value for key, value in part.items()}
    result["none_share"] = sum(guess.best == "NONE" for guess in found) / len(found)
    order = sorted(range(len(rows)), key=lambda place: -answers[place][1])
    for share in (90, 80):
        kept = order[: max(1, len(order) * share // 100)]
        part = figures([gold[place] for place in kept], [answers[place][0] for place in kept])
        result[f"accuracy_surest_{share}"] = part["accuracy"]
    return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=None, help="folder of other weights")
    args = parser.parse_args()
    with args.data.open(encoding="utf-8") as handle:
        rows = [json.loads(line) for line in handle if line.strip()]
    result = score(rows, load(args.model, threads=2))
    print(json.dumps({key: round(value, 4) for key, value in result.items()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
