"""Writes the weights folder of the package: ``python -m training.export``.

Takes the checkpoints of ``training.train`` and ``training.events`` and writes the two graphs, the
tokenizer and ``card.json``. Figures already in ``--figures`` (one JSON object) go into the card.
"""

from __future__ import annotations

import argparse
import json
import unicodedata
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import torch

from dragoman.language.card import FORMAT, weights_digest
from training.card import DATA, WEAKNESSES, size_of, write_card
from training.graph import NIBBLES, tagger
from training.train import base_folder
from training.typegraph import typer

LEVELS = 127


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tags", type=Path, required=True, help="checkpoint of the tags")
    parser.add_argument("--types", type=Path, required=True, help="checkpoint of the type branch")
    parser.add_argument("--labels", type=Path, required=True)
    parser.add_argument("--figures", type=Path, default=None)
    parser.add_argument("--version", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--float", action="store_true", help="without 8-bit, for comparison")
    parser.add_argument("--levels", type=int, default=LEVELS)
    args = parser.parse_args()
    levels = None if args.float else args.levels
    args.out.mkdir(parents=True, exist_ok=True)
    tags = torch.load(args.tags, map_location="cpu")["model"]
    branch = torch.load(args.types, map_location="cpu")
    (args.out / "model.onnx").write_bytes(tagger(tags, levels, branch["low"], foreign_pieces()))
    (args.out / "types.onnx").write_bytes(typer(branch["model"], levels, branch["layers"]))
    write_tokenizer(args.out / "tokenizer.json")
    labels = json.loads(args.labels.read_text(encoding="utf-8"))
    del labels["scripts"]  # the lemma head is not shipped, see docs/model.md
    labels["relation"] = round_all(tags["rel.weight"].T)
    labels["relation_bias"] = round_all(tags["rel.bias"])
    size = size_of(args.out)
    card = {
        "name": "dragoman-language",
        "version": args.version,
        "format": FORMAT,
        "digest": weights_digest(args.out),
        "made": datetime.now(UTC).date().isoformat(),
        "licence": "CC BY-SA 4.0",
        "bytes": size,
        "quantisation": "none"
        if levels is None
        else "8-bit weights without sign per output column, 4-bit word embeddings with a scale for each "
        f"{NIBBLES} values, activations 8-bit with the range of the one sentence",
        "data": DATA,
        "weaknesses": WEAKNESSES,
        "figures": json.loads(args.figures.read_text()) if args.figures else {},
    }
    write_card(args.out, card, labels)
    print(f"{args.out}: {size / 1e6:.1f} MB, {card['digest'][:12]}")


def foreign_pieces() -> np.ndarray:
    """Pieces that English news does without: free places of the vocabulary, other scripts."""
    held = json.loads((base_folder() / "tokenizer.json").read_text(encoding="utf-8"))
    found = []
    for piece, number in held["model"]["vocab"].items():
        letters = [char for char in piece.removeprefix("##") if char.isalpha() and ord(char) > 127]
        latin = all(unicodedata.name(char, "").startswith("LATIN") for char in letters)
        if piece.startswith("[unused") or not latin:
            found.append(number)
    return np.array(sorted(found), np.int64)


def write_tokenizer(path: Path) -> None:
    held = json.loads((base_folder() / "tokenizer.json").read_text(encoding="utf-8"))
    held["truncation"] = held["padding"] = None
    path.write_text(json.dumps(held, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def round_all(values: torch.Tensor) -> list[object]:
    """Numbers short enough for a readable card."""
    rounded: list[object] = (values.double() * 1e4).round().div(1e4).tolist()
    return rounded


if __name__ == "__main__":
    main()
