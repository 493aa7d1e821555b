"""Makes a checkpoint of the tags from shipped weights: ``python -m training.restore --out FILE``.

A float checkpoint has 96 MB and is not kept in the repository. The 8-bit weights times their scales
are within rounding of it (0.1 points in every head), so that training can go on from what is
shipped: ``python -m training.train --start FILE``. The lemma head, which is not shipped, starts anew.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from training.batches import prepare
from training.data import collect_labels, read_ewt
from training.graph import ABOVE, ANCHORS, DEPENDENT, OF_WORDS
from training.model import LAYERS, Tagger, load_encoder
from training.train import base_folder, load_tokenizer

PARTS = ("qkv", "out", "up", "down")


def matrices() -> list[tuple[str, ...]]:
    """The names of the 8-bit products in the order in which ``training.graph.tagger`` writes them."""
    found: list[tuple[str, ...]] = []
    for index in range(LAYERS):
        found += [(f"encoder.layers.{index}.{part}",) for part in PARTS]
    found += [("embedding",), (*OF_WORDS, *DEPENDENT, *ABOVE, *ANCHORS), ("arc",), ("rel",)]
    for name in ("roles", "attribution"):
        found += [(f"{name}.layer.{part}",) for part in PARTS]
        found.append((f"{name}.tag",))
    return found


def norms() -> list[str]:
    """The names of the norms in the order in which ``training.graph.tagger`` writes them."""
    found = ["encoder.norm"]
    for index in range(LAYERS):
        found += [f"encoder.layers.{index}.norm1", f"encoder.layers.{index}.norm2"]
    for name in ("roles", "attribution"):
        found += [f"{name}.norm", f"{name}.layer.norm1", f"{name}.layer.norm2"]
    return found


def restore(path: Path, model: Tagger) -> None:
    """Fills ``model`` with the weights of the graph at ``path``."""
    graph = onnx.load(str(path)).graph
    held = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    state = model.state_dict()

    def put(name: str, value: np.ndarray) -> None:
        if tuple(state[name].shape) != value.shape:
            raise SystemExit(f"{path}: {name} is {value.shape}, not {tuple(state[name].shape)}")
        state[name] = torch.from_numpy(value.astype(np.float32))

    products = [node for node in graph.node if node.op_type == "DynamicQuantizeMatMul"]
    for node, names in zip(products, matrices(), strict=True):
        whole, scale, _, bias = (held[name] for name in node.input[1:5])
        matrix = whole.astype(np.float32) * scale
        sizes = np.cumsum([state[f"{name}.bias"].shape[0] for name in names])[:-1]
        for name, part, own in zip(
            names, np.split(matrix, sizes, 1), np.split(bias, sizes), strict=True
        ):
            put(f"{name}.weight", np.ascontiguousarray(part.T))
            put(f"{name}.bias", own)
    normed = [node for node in graph.node if node.op_type == "LayerNormalization"]
    for node, name in zip(normed, norms(), strict=True):
        put(f"{name}.weight", held[node.input[1]])
        put(f"{name}.bias", held[node.input[2]])
    gathered = [
        held[n.input[0]] for n in graph.node if n.op_type == "Gather" and n.input[0] in held
    ]
    for name in ("encoder.kind.weight", "roles.distance.weight", "attribution.distance.weight"):
        fitting = [one for one in gathered if one.shape == tuple(state[name].shape)]
        put(name, fitting[-1 if name.startswith("attribution") else 0])
    halves = [held[n.input[0]] for n in graph.node if n.op_type == "Cast" and n.input[0] in held]
    places = next(one for one in halves if one.dtype == np.float16 and one.shape[1] > 1)
    state["encoder.position.weight"][: len(places)] = torch.from_numpy(places.astype(np.float32))
    model.load_state_dict(state)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="for the labels of the lemma head")
    parser.add_argument("--weights", type=Path, default=Path("src/dragoman/language/weights"))
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    torch.manual_seed(20)
    read = read_ewt(args.data / "language" / "ud_ewt_srl_train.jsonl")
    kept = prepare(read, load_tokenizer(base_folder()))  # as training.train does
    labels = collect_labels([item.example for item in kept])
    shipped = json.loads((args.weights / "card.json").read_text(encoding="utf-8"))["labels"]
    for name in ("upos", "deprel", "roles", "ner"):
        if asdict(labels)[name] != shipped[name]:
            raise SystemExit(f"the {name} labels of {args.weights} are not those of {args.data}")
    model = Tagger(load_encoder(base_folder()), labels)
    restore(args.weights / "model.onnx", model)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"model": model.state_dict(), "step": 0}, args.out)
    print(f"{args.out}: {sum(p.numel() for p in model.parameters()) / 1e6:.1f} M parameters")


if __name__ == "__main__":
    main()
