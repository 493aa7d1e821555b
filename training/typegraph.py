"""The graph of the branch for events: from the states that the tags' graph gives to the types of pairs."""

from __future__ import annotations

import numpy as np
from onnx import TensorProto

from training.branch import LOOKS, NEAR, REACH, SEEN
from training.graph import MICROSOFT, Graph, State
from training.model import HEADS, WIDTH


def typer(state: State, levels: int | None, layers: int) -> bytes:
    """The graph that types the pairs of one sentence, from the states the tagger gives."""
    graph = Graph(state, levels)
    x = graph.op("Unsqueeze", "states", graph.ints(0))
    for index in range(layers):
        x = graph.layer(x, f"layers.{index}.", WIDTH, HEADS)
    pieces = graph.op("Squeeze", x, graph.ints(0))
    # Means are taken after the product, not before: so the range of the 8-bit product is that of
    # the sentence, and a pair's answer does not depend on the other pairs asked for with it.
    ask, ask_bias = graph.weight("ask")
    key, key_bias = graph.weight("key")
    mix, mix_bias = graph.weight("mix")
    asks, mixes = np.split(ask, 3), np.split(mix, 5)
    near, near_bias = graph.weight("near")
    anchor, anchor_bias = graph.weight("anchor")
    matrix = np.concatenate([*asks, *mixes[:3], key, mixes[4], near, anchor], 1)
    bias = np.zeros(matrix.shape[1], np.float32)
    bias[6 * WIDTH : 7 * WIDTH] = key_bias
    bias[8 * WIDTH : 8 * WIDTH + NEAR] = near_bias + anchor_bias
    *projected, keys, whole, around, anchors = graph.split(
        graph.linear(pieces, matrix, bias), [*[WIDTH] * 8, NEAR, NEAR]
    )
    asked, mixing = projected[:3], projected[3:]
    question = sides(graph, graph.const(ask_bias), asked, asks)
    seen = looked(graph, question, keys, pieces)
    total = graph.op(
        "Add", graph.op("ReduceMean", whole, graph.ints(0), keepdims=1), graph.const(mix_bias)
    )
    total = sides(graph, total, mixing, mixes)
    total = graph.op("Add", total, graph.op("MatMul", seen, graph.half(mixes[3])))
    told = from_acts(graph, around, anchors, graph.state["absent"][2:3] @ anchor)
    total = graph.op("Add", total, graph.op("MatMul", told, graph.kept_whole("told.weight")))
    mixed = graph.op("Tanh", total)
    # The last products stay float: they are small, and their scores are kept as probabilities.
    graph.levels = None
    graph.name(graph.op("Softmax", graph.dense(mixed, "kind"), axis=-1), "types")
    graph.name(graph.op("Sigmoid", graph.dense(mixed, "auxiliary")), "auxiliary")
    real, integer = TensorProto.FLOAT, TensorProto.INT64
    return graph.model(
        {
            "acts": (real, ["acts", "pieces"]),
            "starts": (integer, ["acts"]),
            "which": (integer, ["pairs"]),
            **{name: (integer, ["acts", "pieces"]) for name in SEEN},
            "states": (real, ["pieces", WIDTH]),
            "actor": (real, ["pairs", "pieces"]),
            "recipient": (real, ["pairs", "pieces"]),
            "act": (real, ["pairs", "pieces"]),
        },
        ["types", "auxiliary"],
    )


def from_acts(graph: Graph, around: str, anchors: str, absent: np.ndarray) -> str:
    """Of each pair the means over its sides in the sentence as it is read from its act, (pairs, 3 NEAR).

    Its products are float: the range of an 8-bit one would be that of all acts asked for together.
    """
    present = graph.op("ReduceSum", "acts", graph.ints(1), keepdims=1)
    missing = graph.op("Sub", graph.const(np.float32(1)), present)
    anchor = graph.op(
        "Add",
        graph.op("MatMul", "acts", anchors),
        graph.op("MatMul", missing, graph.const(absent)),
    )
    count = graph.op("Squeeze", graph.op("Shape", around, end=1), graph.ints(0))
    zero, one = (graph.const(np.int64(value)) for value in (0, 1))
    places = graph.op("Unsqueeze", graph.op("Range", zero, count, one), graph.ints(0))
    starts = graph.op("Unsqueeze", "starts", graph.ints(1))
    offset = graph.op("Sub", places, starts)
    edges = (graph.const(np.int64(value)) for value in (-REACH, REACH))
    bucket = graph.op("Add", graph.op("Clip", offset, *edges), graph.const(np.int64(REACH)))
    untold = graph.op("Less", starts, zero)
    bucket = graph.op("Where", untold, graph.const(np.int64(2 * REACH + 1)), bucket)
    distance = graph.gather(graph.kept("distance.weight"), bucket)
    x = graph.op("Add", around, graph.op("Unsqueeze", anchor, graph.ints(1)))
    x = graph.op("Add", x, distance)
    for name in SEEN:
        x = graph.op("Add", x, graph.gather(graph.kept(f"seen.{name}.weight"), name))
    x = graph.norm(graph.gelu(x), "near_norm")
    x = graph.gather(float_layer(graph, x, "near_layer.", NEAR, 4), "which")
    means = [
        graph.op(
            "Squeeze",
            graph.op("MatMul", graph.op("Unsqueeze", side, graph.ints(1)), x),
            graph.ints(1),
        )
        for side in ("actor", "recipient", "act")
    ]
    return graph.op("Concat", *means, axis=-1)


def float_layer(graph: Graph, x: str, prefix: str, width: int, heads: int) -> str:
    """A transformer layer whose weights are kept in half the space, and whose products are float."""

    def dense(x: str, name: str) -> str:
        product = graph.op("MatMul", x, graph.kept(f"{prefix}{name}.weight"))
        return graph.op("Add", product, graph.const(graph.state[f"{prefix}{name}.bias"]))

    parts = graph.split(dense(x, "qkv"), [width] * 3)
    mixed = graph.op("MultiHeadAttention", *parts, domain=MICROSOFT, num_heads=heads)
    x = graph.skip_norm(dense(mixed, "out"), x, f"{prefix}norm1")
    return graph.skip_norm(dense(graph.gelu(dense(x, "up")), "down"), x, f"{prefix}norm2")


def sides(graph: Graph, total: str, projected: list[str], blocks: list[np.ndarray]) -> str:
    """Adds the mean over each side's words, or what stands for a side that is not there."""
    for row, side in enumerate(("actor", "recipient", "act")):
        present = graph.op("ReduceSum", side, graph.ints(1), keepdims=1)
        missing = graph.op("Sub", graph.const(np.float32(1)), present)
        absent = graph.const(graph.state["absent"][row : row + 1] @ blocks[row])
        total = graph.op("Add", total, graph.op("MatMul", side, projected[row]))
        total = graph.op("Add", total, graph.op("MatMul", missing, absent))
    return total


def looked(graph: Graph, question: str, keys: str, pieces: str) -> str:
    """What each pair's question finds in the sentence, (pairs, 384)."""
    width = WIDTH // LOOKS
    apart = graph.ints(-1, LOOKS, width)

    def heads_first(x: str, *order: int) -> str:
        return graph.op("Transpose", graph.op("Reshape", x, apart), perm=list(order))

    scores = graph.op("MatMul", heads_first(question, 1, 0, 2), heads_first(keys, 1, 2, 0))
    scores = graph.op("Mul", scores, graph.const(np.float32(width**-0.5)))
    weights = graph.op("Softmax", scores, axis=-1)
    found = graph.op("MatMul", weights, heads_first(pieces, 1, 0, 2))
    together = graph.op("Transpose", found, perm=[1, 0, 2])
    return graph.op("Reshape", together, graph.ints(-1, WIDTH))
