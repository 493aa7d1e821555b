"""Makes checkpoints from shipped weights: ``python -m training.restore --out FILE --types FILE``.

A float checkpoint has 96 MB and is not kept in the repository. The 8-bit weights times their scales
are within rounding of it (0.1 points in every head), so that training can go on from what is
shipped: ``python -m training.train --start FILE`` and ``training.events --from FILE``. The lemma head, which is not
shipped, starts anew.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from dragoman.language.tags import AUXILIARY
from training.batches import prepare
from training.branch import NEAR, SEEN, Branch
from training.data import collect_labels, read_ewt
from training.graph import ABOVE, ANCHORS, DEPENDENT, OF_WORDS
from training.model import LAYERS, WIDTH, Tagger, load_encoder
from training.pairs import NAMES
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


def product(held: dict[str, np.ndarray], node: Any) -> tuple[np.ndarray, np.ndarray]:
    """The matrix and the bias of an 8-bit product, without the factors of ``training.smooth``."""
    whole, scale, zero, bias = (held[name] for name in node.input[1:5])
    matrix = (whole.astype(np.float32) - zero.astype(np.float32)) * scale
    by = held.get(f"{node.input[0]}_by")
    return matrix if by is None else matrix * by[:, None], bias


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
        matrix, bias = product(held, node)
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
    places = next(one for one in halves if one.dtype == np.float16 and one.shape[1] == WIDTH)
    state["encoder.position.weight"][: len(places)] = torch.from_numpy(places.astype(np.float32))
    model.load_state_dict(state)


def restore_branch(path: Path) -> dict[str, Any]:
    """The checkpoint of the branch whose graph is at ``path``, as ``training.events`` keeps it."""
    graph = onnx.load(str(path)).graph
    held = {one.name: numpy_helper.to_array(one) for one in graph.initializer}
    attentions = [node for node in graph.node if node.op_type == "MultiHeadAttention"]
    near = (
        "near_layer.qkv.weight" in held
    )  # branches of before have no layer that reads from the act
    layers = len(attentions) - near
    state = Branch(layers).state_dict()
    names = [f"layers.{index}.{part}" for index in range(layers) for part in PARTS]
    products = [node for node in graph.node if node.op_type == "DynamicQuantizeMatMul"]
    matrices, biases = [], []
    for node in products:
        matrix, bias = product(held, node)
        matrices.append(matrix)
        biases.append(bias)
    for name, matrix, bias in zip(names, matrices, biases, strict=False):
        state[f"{name}.weight"], state[f"{name}.bias"] = tensor(matrix.T), tensor(bias)
    norms = [node for node in graph.node if node.op_type == "LayerNormalization"]
    named = [f"layers.{place // 2}.norm{place % 2 + 1}" for place in range(2 * layers)]
    named += ["near_norm", "near_layer.norm1", "near_layer.norm2"] if near else []
    for name, node in zip(named, norms, strict=True):
        for part, held_as in (("weight", node.input[1]), ("bias", node.input[2])):
            state[f"{name}.{part}"] = tensor(held[held_as])
    cuts = [3 * WIDTH, 6 * WIDTH, 7 * WIDTH, 8 * WIDTH, 8 * WIDTH + NEAR]
    asks, mixes, key, last, around, anchor = np.split(matrices[-1], cuts, 1)
    if near:
        restore_near(state, graph, held, around, anchor, biases[-1][8 * WIDTH : 8 * WIDTH + NEAR])
    asked, mixed = np.split(asks, 3, 1), np.split(mixes, 3, 1)
    half = next(v for v in held.values() if v.dtype == np.float16 and v.shape == (WIDTH, WIDTH))
    state["key.weight"], state["key.bias"] = (
        tensor(key.T),
        tensor(biases[-1][6 * WIDTH : 7 * WIDTH]),
    )
    state["ask.weight"] = tensor(np.concatenate(asked, 0).T)
    state["mix.weight"] = tensor(np.concatenate([*mixed, half, last], 0).T)
    # After the layers: the bias of each sum, and what stands for a missing side times its blocks.
    used = [(n.op_type, held[name]) for n in graph.node for name in n.input if name in held]
    sums = [value for kind, value in used if kind == "Add" and value.shape == (WIDTH,)]
    state["ask.bias"], state["mix.bias"] = map(tensor, sums)
    rows = [value[0] for kind, value in used if kind == "MatMul" and value.shape == (1, WIDTH)]
    for row in range(3):
        blocks = np.concatenate([asked[row], mixed[row]], 1)
        both = np.concatenate([rows[row], rows[row + 3]])
        state["absent"][row] = tensor(np.linalg.lstsq(blocks.T, both, rcond=None)[0])
    for name, width in (("kind", len(NAMES)), ("auxiliary", len(AUXILIARY))):
        for _, value in used:
            if value.shape == (WIDTH, width):
                state[f"{name}.weight"] = tensor(value.T)
            elif value.shape == (width,):
                state[f"{name}.bias"] = tensor(value)
    return {"model": state, "layers": layers, "low": 3}


def deepened(branch: dict[str, Any], tags: dict[str, torch.Tensor], low: int) -> dict[str, Any]:
    """A branch whose own layers begin at ``low``: the tags' layers from there on stand before its own."""
    added = branch["low"] - low
    state = {}
    for name, value in branch["model"].items():
        kind, _, rest = name.partition(".")
        number, _, part = rest.partition(".")
        state[f"layers.{int(number) + added}.{part}" if kind == "layers" else name] = value
    for index in range(low, branch["low"]):
        start = f"encoder.layers.{index}."
        state |= {
            f"layers.{index - low}.{name.removeprefix(start)}": value
            for name, value in tags.items()
            if name.startswith(start)
        }
    return {"model": state, "layers": branch["layers"] + added, "low": low}


def restore_near(
    state: dict[str, Any],
    graph: Any,
    held: dict[str, np.ndarray],
    around: np.ndarray,
    anchor: np.ndarray,
    bias: np.ndarray,
) -> None:
    """Fills in the layer that reads from the act; the two biases that are summed there stand in one."""
    state["near.weight"], state["near.bias"] = tensor(around.T), tensor(bias)
    state["anchor.weight"], state["anchor.bias"] = tensor(anchor.T), tensor(np.zeros(NEAR))
    for name in ("distance.weight", *(f"seen.{one}.weight" for one in SEEN)):
        state[name] = tensor(held[name])
    told = held["told.weight"].astype(np.float32) * held.get("told.weight.scale", np.float32(1))
    state["told.weight"] = tensor(told.T)
    made = {node.output[0]: node for node in graph.node}
    for node in graph.node:
        if node.op_type == "Add" and node.input[0] in made and node.input[1] in held:
            product = made[node.input[0]]
            cast = made.get(product.input[1]) if product.op_type == "MatMul" else None
            if cast is not None and cast.input[0].startswith("near_layer."):
                name = cast.input[0].removesuffix(".weight")
                state[f"{name}.weight"] = tensor(held[cast.input[0]].T)
                state[f"{name}.bias"] = tensor(held[node.input[1]])


def tensor(values: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(np.ascontiguousarray(values, np.float32))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="for the labels of the lemma head")
    parser.add_argument("--weights", type=Path, default=Path("src/dragoman/language/weights"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--types", type=Path, default=None, help="for the branch, too")
    parser.add_argument(
        "--low", type=int, default=3, help="from which layer on the branch has its own"
    )
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
    if args.types:
        branch = restore_branch(args.weights / "types.onnx")
        torch.save(deepened(branch, model.state_dict(), args.low), args.types)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save({"model": model.state_dict(), "step": 0}, args.out)
    print(f"{args.out}: {sum(p.numel() for p in model.parameters()) / 1e6:.1f} M parameters")


if __name__ == "__main__":
    main()
