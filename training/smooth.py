"""Makes the 8-bit products of exported weights surer: ``python -m training.smooth --data DATA --weights FOLDER --out FOLDER``.

The range of an 8-bit product's input is found over the whole sentence, and a few channels of BERT's states are ten times as
large as the rest, so that most of the 256 steps are spent on them. Dividing each channel by a factor before the product and
multiplying the weights' rows by it changes nothing but the rounding (SmoothQuant, Xiao et al. 2023). Each product takes the
factors that leave the least error in its outputs on sentences of the training part (``training.rounding``), or stays as it is.
Costs one multiplication of the states a product.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import onnx
import onnxruntime
from onnx import helper, numpy_helper

from dragoman.entries import Part, Report
from dragoman.language.card import weights_digest
from dragoman.language.onnx_model import OnnxModel
from dragoman.reading import Reader
from dragoman.rulebook import load_rulebook
from training.card import size_of, write_card
from training.data import lines
from training.rounding import factors, from_bytes, to_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

PRODUCT = "DynamicQuantizeMatMul"
ARTICLES = 24  # of PolNeAR's training part, enough for the sentences below
SENTENCES = 240
SEED = 20


@dataclass
class Heard:
    """A session that notes what it is asked."""

    session: Any
    feeds: list[dict[str, NDArray[Any]]] = field(default_factory=list)

    def run(self, outputs: Sequence[str] | None, feed: dict[str, NDArray[Any]]) -> Any:
        """As the session's."""
        self.feeds.append(feed)
        return self.session.run(outputs, feed)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.session, name)


def feeds_of(weights: Path, data: Path) -> dict[str, list[dict[str, NDArray[Any]]]]:
    """What both graphs are asked when the program reads some articles, a random part of it."""
    model = OnnxModel(weights)
    heard = {"model": Heard(model._tagger), "types": Heard(model._typer)}  # noqa: SLF001 - to hear what they are asked
    model._tagger, model._typer = heard["model"], heard["types"]  # type: ignore[assignment]  # noqa: SLF001
    reading = Reader(load_rulebook(), model)
    for line in lines(data / "statements" / "polnear_train.jsonl")[:ARTICLES]:
        text = line["text"]
        reading.read(Report(line["id"], text, parts=(Part("prose", 0, len(text)),)))
    made = {}
    for name, one in heard.items():
        random.Random(SEED).shuffle(one.feeds)
        made[name] = one.feeds[:SENTENCES]
    return made


def inputs_of(
    model: onnx.ModelProto, feeds: list[dict[str, NDArray[Any]]]
) -> dict[str, list[NDArray[np.float32]]]:
    """The inputs of each product, (rows, channels) a sentence."""
    wide = onnx.ModelProto()
    wide.CopyFrom(model)
    names = [node.input[0] for node in model.graph.node if node.op_type == PRODUCT]
    known = {one.name for one in wide.graph.output}
    wide.graph.output.extend(
        helper.make_empty_tensor_value_info(name)
        for name in dict.fromkeys(names)
        if name not in known
    )
    session = onnxruntime.InferenceSession(
        wide.SerializeToString(), providers=["CPUExecutionProvider"]
    )
    made: dict[str, list[NDArray[np.float32]]] = {name: [] for name in names}
    for feed in feeds:
        for name, found in zip(made, session.run(list(made), feed), strict=True):
            if found.size:
                made[name].append(found.reshape(-1, found.shape[-1]))
    return made


def smooth(model: onnx.ModelProto, feeds: list[dict[str, NDArray[Any]]]) -> list[float]:
    """Rewrites the graph's products in place; returns which share of each one's error is left."""
    held = {one.name: one for one in model.graph.initializer}
    inputs = inputs_of(model, feeds)
    nodes, left = [], []
    for node in model.graph.node:
        if node.op_type == PRODUCT:
            values = [numpy_helper.to_array(held[name]) for name in node.input[1:3]]
            matrix = from_bytes(*values)
            factor, share = factors(matrix, inputs[node.input[0]])
            left.append(share)
            if factor is not None:
                scaled = f"{node.output[0]}_smooth"
                whole, scale = to_bytes(matrix * factor[:, None])
                added = {"by": (1 / factor).astype(np.float32), "whole": whole, "scale": scale}
                for name, array in added.items():
                    model.graph.initializer.append(
                        numpy_helper.from_array(array, f"{scaled}_{name}")
                    )
                nodes.append(helper.make_node("Mul", [node.input[0], f"{scaled}_by"], [scaled]))
                node.input[0] = scaled
                node.input[1], node.input[2] = f"{scaled}_whole", f"{scaled}_scale"
        nodes.append(node)
    used = {name for node in nodes for name in node.input}
    kept = [one for one in model.graph.initializer if one.name in used]
    copied = [onnx.NodeProto.FromString(node.SerializeToString()) for node in nodes]
    del model.graph.node[:]
    model.graph.node.extend(copied)
    tensors = [onnx.TensorProto.FromString(one.SerializeToString()) for one in kept]
    del model.graph.initializer[:]
    model.graph.initializer.extend(tensors)
    return left


def main() -> None:
    """Read, smooth, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--version", required=True)
    parser.add_argument("--figures", type=Path, default=None)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    feeds = feeds_of(args.weights, args.data)
    for name, own in feeds.items():
        model = onnx.load(str(args.weights / f"{name}.onnx"))
        left = smooth(model, own)
        (args.out / f"{name}.onnx").write_bytes(model.SerializeToString())
        print(f"{name}: {len(left)} products, error left", [round(one, 2) for one in left])
    if args.out != args.weights:
        shutil.copy(args.weights / "tokenizer.json", args.out / "tokenizer.json")
    written(args.weights / "card.json", args.out, args.version, args.figures)


def written(old: Path, folder: Path, version: str, figures: Path | None) -> None:
    """Writes the card of smoothed weights: that of before with another digest, size and version."""
    card = json.loads(old.read_text(encoding="utf-8"))
    labels = card.pop("labels")
    card |= {"version": version, "digest": weights_digest(folder), "bytes": size_of(folder)}
    added = "; channels evened out before each product (SmoothQuant)"
    if added not in card["quantisation"]:
        card["quantisation"] += added
    if figures is not None:
        card["figures"] = json.loads(figures.read_text(encoding="utf-8"))
    write_card(folder, card, labels)


if __name__ == "__main__":
    main()
