"""Scores the shipped language model on sentences whose words are given.

    python -m benchmarks.language --data FILE

FILE has one sentence a line, in either of two shapes: trees, names and roles
(``tokens`` as objects, ``ner``, ``frames``), or names alone (``tokens`` as words, ``ner``). The
last line printed is one JSON object with the keys that the file allows:

- ``upos``, ``uas``, ``las``: share of words, punctuation included, full relation labels; ``lemma``.
- ``srl_f1``: arguments with exact span and label, predicates given; ``predicate_f1``: predicates.
- ``ner_f1``: names with exact span and label. Labels that the file never uses are not counted
  against the model (EWT has no MISC). Where the file uses the nine classes of CrossNER politics,
  the model's finer classes are compared, and ``ner_coarse_f1`` is that over PER, ORG, LOC, MISC.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.language.assembly import COARSE
from dragoman.language.onnx_model import OnnxModel, load

if TYPE_CHECKING:
    from collections.abc import Iterable

_COARSE_OF = {fine: label for label, group in COARSE.items() for fine in group}
_CHUNK = 256


class Counts:
    """Right, gold and given, of things that are sets per sentence."""

    def __init__(self) -> None:
        self.right = self.gold = self.given = 0

    def add(self, gold: Iterable[Any], given: Iterable[Any]) -> None:
        gold_set, given_set = set(gold), set(given)
        self.right += len(gold_set & given_set)
        self.gold += len(gold_set)
        self.given += len(given_set)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, self.gold + self.given)


def score(rows: list[dict[str, Any]], model: OnnxModel) -> dict[str, float]:
    """Figures over all rows; see the module's docstring for the keys."""
    used = {span[2] for row in rows for span in row.get("ner") or ()}
    fine = bool(used & set(_COARSE_OF))
    words: Counter[str] = Counter()
    roles, predicates, names, coarse = Counts(), Counts(), Counts(), Counts()
    for begin in range(0, len(rows), _CHUNK):
        chunk = rows[begin : begin + _CHUNK]
        forms = [
            [word if isinstance(word, str) else word["text"] for word in row["tokens"]]
            for row in chunk
        ]
        free = model.tag_words(forms)
        framed = [place for place, row in enumerate(chunk) if row.get("frames") is not None]
        given = model.tag_words(
            [forms[place] for place in framed],
            [[frame["predicate"] for frame in chunk[place]["frames"]] for place in framed],
        )
        for place, tags in zip(framed, given, strict=True):
            frames = chunk[place]["frames"]
            roles.add(
                ((f["predicate"], *span) for f in frames for span in f["args"]),
                ((f.predicate, a.first, a.last, a.label) for f in tags.frames for a in f.arguments),
            )
            predicates.add(
                (f["predicate"] for f in frames), (f.predicate for f in free[place].frames)
            )
        for row, tags in zip(chunk, free, strict=True):
            if row["tokens"] and not isinstance(row["tokens"][0], str):
                for gold, token in zip(row["tokens"], tags.tokens, strict=True):
                    same = gold["head"] == token.head
                    words["n"] += 1
                    words["upos"] += gold["upos"] == token.upos
                    words["uas"] += same
                    words["las"] += same and gold["deprel"] == token.deprel
                    words["lemma"] += gold["lemma"] == token.lemma
            if row.get("ner") is not None:
                gold_names = [tuple(span) for span in row["ner"]]
                own = [(n.first, n.last, n.detail if fine else n.label) for n in tags.names]
                names.add(gold_names, [span for span in own if span[2] in used])
                if fine:
                    coarse.add(
                        [(a, b, _COARSE_OF[c]) for a, b, c in gold_names],
                        [(n.first, n.last, n.label) for n in tags.names],
                    )
    result: dict[str, float] = {"sentences": len(rows)}
    for key in ("upos", "uas", "las", "lemma"):
        if words["n"]:
            result[key] = words[key] / words["n"]
    if roles.gold:
        result |= {"srl_f1": roles.f1, "predicate_f1": predicates.f1}
    if names.gold:
        result["ner_f1"] = names.f1
    if fine:
        result["ner_coarse_f1"] = coarse.f1
    return result


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=None, help="folder of other weights")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    with args.data.open(encoding="utf-8") as handle:
        rows = [json.loads(line) for line in handle if line.strip()]
    model = load(args.model, threads=args.threads)
    began = time.perf_counter()
    result = score(rows, model)
    result["seconds"] = time.perf_counter() - began
    print(json.dumps({key: round(value, 4) for key, value in result.items()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
