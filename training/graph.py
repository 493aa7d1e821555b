"""Writes the network as ONNX graphs by hand: one sentence a run, no padding, 8-bit weights.

Why one sentence a run: 8-bit products need the range of the activations, which is found while
running. Over a padded batch that range, and with it each answer, would depend on the other
sentences. One sentence at a time it depends on nothing else, and without padding it is no slower.

Weights are 8-bit per output column, word embeddings 4-bit with a scale for each 12 values; norms and biases stay float.
"""

from __future__ import annotations

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from dragoman.language.pieces import MAX_PIECES
from training.model import ARC as ARC_WIDTH
from training.model import DISTANCE, HEADS, LAYERS, PAIR, SPAN, WIDTH
from training.rounding import MIDDLE, to_bytes

MICROSOFT = "com.microsoft"
NIBBLES = 12  # values of a row of the word table that share a scale
UNKNOWN = 100  # the number of "[UNK]" in the vocabulary
State = dict[str, torch.Tensor]
# The heads' projections in the order in which they stand in the one product of all.
OF_WORDS = ("upos", "ner", "predicate", "cue", "roles.word", "attribution.word")
DEPENDENT, ABOVE = ("arc_dep", "rel_dep"), ("arc_head", "rel_head")
ANCHORS = ("roles.anchor", "attribution.anchor")


class Graph:
    """Collects nodes and weights."""

    def __init__(self, state: State, levels: int | None) -> None:
        """``levels``: largest 8-bit weight (127), or None for a float graph."""
        self.state = {name: value.float().cpu().numpy() for name, value in state.items()}
        self.levels = levels
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self.named: dict[bytes, str] = {}
        self.output_names: dict[str, str] = {}

    def const(self, array: np.ndarray) -> str:
        array = np.ascontiguousarray(array)
        key = array.tobytes() + str((array.dtype, array.shape)).encode()
        if key not in self.named:
            self.named[key] = f"w{len(self.weights)}"
            self.weights.append(numpy_helper.from_array(array, self.named[key]))
        return self.named[key]

    def half(self, array: np.ndarray) -> str:
        """A table kept in half the space where the graph is 8-bit."""
        if self.levels is None:
            return self.const(array.astype(np.float32))
        return self.op("Cast", self.const(array.astype(np.float16)), to=TensorProto.FLOAT)

    def kept(self, name: str) -> str:
        """A weight of the state under its own name, in half the space where the graph is 8-bit."""
        value = self.state[name]
        table = name.startswith(("distance", "seen"))
        value = value.T if value.ndim == 2 and not table else value
        half = self.levels is not None
        if name not in self.named.values():
            held = np.ascontiguousarray(value, np.float16 if half else np.float32)
            self.weights.append(numpy_helper.from_array(held, name))
            self.named[name.encode()] = name
        return self.op("Cast", name, to=TensorProto.FLOAT) if half else name

    def kept_whole(self, name: str) -> str:
        """A matrix of the state under its own name, in 8 bits a column where the graph is; the product with it is float."""
        if self.levels is None:
            return self.kept(name)
        matrix = self.state[name].T
        scale = np.maximum(np.abs(matrix).max(0), 1e-8) / self.levels
        whole = np.clip(np.round(matrix / scale), -self.levels, self.levels).astype(np.int8)
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(whole), name))
        self.weights.append(numpy_helper.from_array(scale.astype(np.float32), f"{name}.scale"))
        return self.op("Mul", self.op("Cast", name, to=TensorProto.FLOAT), f"{name}.scale")

    def ints(self, *values: int) -> str:
        return self.const(np.asarray(values, np.int64))

    def op(self, kind: str, *inputs: str, domain: str = "", **attributes: object) -> str:
        return self.ops(kind, *inputs, count=1, domain=domain, **attributes)[0]

    def ops(
        self, kind: str, *inputs: str, count: int, domain: str = "", **attributes: object
    ) -> list[str]:
        outputs = [f"{kind.lower()}_{len(self.nodes)}_{place}" for place in range(count)]
        self.nodes.append(
            helper.make_node(kind, list(inputs), outputs, domain=domain, **attributes)
        )
        return outputs

    def name(self, value: str, output: str) -> None:
        """Makes a value an output of the graph (in ``model``, so that no copy of it is needed)."""
        self.output_names[value] = output

    def weight(self, *names: str) -> tuple[np.ndarray, np.ndarray]:
        """Matrices side by side as (in, out), and their biases."""
        matrix = np.concatenate([self.state[f"{name}.weight"].T for name in names], 1)
        bias = np.concatenate([self.state[f"{name}.bias"] for name in names])
        return matrix, bias

    def linear(self, x: str, matrix: np.ndarray, bias: np.ndarray) -> str:
        if self.levels is None:
            return self.op("Add", self.op("MatMul", x, self.const(matrix)), self.const(bias))
        whole, scale = to_bytes(matrix, self.levels)
        zero = np.full(matrix.shape[1], MIDDLE, np.uint8)
        return self.op(
            "DynamicQuantizeMatMul",
            x,
            self.const(whole),
            self.const(scale),
            self.const(zero),
            self.const(bias),
            domain=MICROSOFT,
        )

    def dense(self, x: str, *names: str) -> str:
        return self.linear(x, *self.weight(*names))

    def norm(self, x: str, name: str) -> str:
        return self.op(
            "LayerNormalization",
            x,
            self.const(self.state[f"{name}.weight"]),
            self.const(self.state[f"{name}.bias"]),
            axis=-1,
            epsilon=1e-12,
        )

    def skip_norm(self, x: str, skip: str, name: str) -> str:
        """The norm of a sum, in two steps: onnxruntime's one step for both takes five times as
        long on a CPU (the loader keeps it from joining them)."""
        return self.norm(self.op("Add", x, skip), name)

    def gelu(self, x: str) -> str:
        return self.op("Gelu", x, domain=MICROSOFT)

    def rows(self, x: str, first: int | str) -> str:
        """All rows from ``first`` on."""
        begin = first if isinstance(first, str) else self.ints(first)
        return self.op("Slice", x, begin, self.ints(1 << 30), self.ints(0))

    def gather(self, table: str, places: str, axis: int = 0) -> str:
        return self.op("Gather", table, places, axis=axis)

    def split(self, x: str, sizes: list[int]) -> list[str]:
        return self.ops("Split", x, self.ints(*sizes), count=len(sizes), axis=-1)

    def layer(self, x: str, prefix: str, width: int, heads: int) -> str:
        """A transformer layer on (batch, length, width) without padding."""
        parts = self.split(self.dense(x, f"{prefix}qkv"), [width] * 3)
        mixed = self.op("MultiHeadAttention", *parts, domain=MICROSOFT, num_heads=heads)
        x = self.skip_norm(self.dense(mixed, f"{prefix}out"), x, f"{prefix}norm1")
        inner = self.gelu(self.dense(x, f"{prefix}up"))
        return self.skip_norm(self.dense(inner, f"{prefix}down"), x, f"{prefix}norm2")

    def model(self, inputs: dict[str, tuple[int, list[object]]], outputs: list[str]) -> bytes:
        for node in self.nodes:
            for names in (node.input, node.output):
                names[:] = [self.output_names.get(name, name) for name in names]
        graph = helper.make_graph(
            self.nodes,
            "dragoman",
            [helper.make_tensor_value_info(n, t, s) for n, (t, s) in inputs.items()],
            [helper.make_empty_tensor_value_info(name) for name in outputs],
            self.weights,
        )
        opsets = [helper.make_opsetid("", 18), helper.make_opsetid(MICROSOFT, 1)]
        model = helper.make_model(graph, opset_imports=opsets, ir_version=9)
        return bytes(model.SerializeToString())


def embed(graph: Graph, dropped: np.ndarray) -> str:
    """Input of the first layer, (1, pieces, 384).

    ``dropped`` are pieces that get the row of the unknown piece instead of one of their own.
    """
    table = graph.state["encoder.word.weight"]
    ids = graph.op("Unsqueeze", "ids", graph.ints(0))
    if graph.levels is not None and len(dropped):
        row = np.zeros(len(table), np.int16)
        kept = np.setdiff1d(np.arange(len(table)), dropped)
        row[kept] = np.arange(len(kept))
        row[dropped] = row[UNKNOWN]
        table = table[kept]
        ids = graph.op("Cast", graph.gather(graph.const(row), ids), to=TensorProto.INT64)
    if graph.levels is None:
        words = graph.gather(graph.const(table), ids)
    else:
        words = halved(graph, table, ids)
    positions = graph.half(graph.state["encoder.position.weight"][:MAX_PIECES])
    length = graph.op("Shape", "ids")
    place = graph.op("Slice", positions, graph.ints(0), length, graph.ints(0))
    kinds = graph.gather(graph.const(graph.state["encoder.kind.weight"]), "kinds")
    total = graph.op("Add", graph.op("Add", words, place), kinds)
    return graph.norm(total, "encoder.norm")


def halved(graph: Graph, table: np.ndarray, ids: str) -> str:
    """Rows of a table kept in 4 bits, each ``NIBBLES`` values of a row with a scale of their own.

    A byte holds a value of the first half of the row and one of the second. The scale is the one of several that leaves the least error.
    """
    rows, width = table.shape
    apart = table.reshape(rows, width // NIBBLES, NIBBLES)
    most = np.abs(apart).max(2, keepdims=True)
    best, scales, error = (np.zeros_like(one) for one in (apart, most, most))
    error += np.inf
    for share in np.linspace(0.6, 1.0, 17):
        scale = np.maximum(most * share, 1e-6) / 7
        scale = scale.astype(np.float16).astype(np.float32)
        whole = np.clip(np.round(apart / scale), -7, 7)
        now = ((whole * scale - apart) ** 2).sum(2, keepdims=True)
        better = now < error
        best, scales, error = (
            np.where(better, new, old)
            for new, old in ((whole, best), (scale, scales), (now, error))
        )
    digits = (best.reshape(rows, width) + 8).astype(np.uint8)
    packed = digits[:, : width // 2] | digits[:, width // 2 :] << 4
    found = graph.gather(graph.const(packed), ids)
    low = graph.op("BitwiseAnd", found, graph.const(np.uint8(15)))
    high = graph.op("BitShift", found, graph.const(np.uint8(4)), direction="RIGHT")
    both = graph.op("Cast", graph.op("Concat", low, high, axis=-1), to=TensorProto.FLOAT)
    both = graph.op("Sub", both, graph.const(np.float32(8)))
    both = graph.op("Reshape", both, graph.ints(1, -1, width // NIBBLES, NIBBLES))
    scale_of = graph.gather(graph.half(scales.reshape(rows, -1)), ids)
    words = graph.op("Mul", both, graph.op("Unsqueeze", scale_of, graph.ints(-1)))
    return graph.op("Reshape", words, graph.ints(1, -1, width))


def tagger(state: State, levels: int | None, low: int, dropped: np.ndarray) -> bytes:
    """The graph that tags one sentence. ``low``: the layer whose states the type branch reads."""
    graph = Graph(state, levels)
    x = embed(graph, dropped)
    for index in range(LAYERS):
        x = graph.layer(x, f"encoder.layers.{index}.", WIDTH, HEADS)
        if index + 1 == low:
            graph.name(graph.op("Squeeze", x, graph.ints(0)), "states")
    pieces = graph.op("Squeeze", x, graph.ints(0))
    pooled = graph.op("ReduceMean", pieces, graph.ints(0), keepdims=1)
    graph.name(
        graph.op("LpNormalization", graph.dense(pooled, "embedding"), axis=-1, p=2), "embedding"
    )
    both = graph.op("Add", graph.gather(pieces, "first"), graph.gather(pieces, "last"))
    words = graph.op("Mul", both, graph.const(np.float32(0.5)))
    whole = graph.gather(pieces, graph.ints(0))
    nodes = graph.op("Concat", whole, words, axis=0)  # row 0 the sentence, then its words
    heads(graph, nodes, state)
    integer, real = TensorProto.INT64, TensorProto.FLOAT
    inputs = {
        "ids": (integer, ["pieces"]),
        "kinds": (integer, ["pieces"]),
        "first": (integer, ["words"]),
        "last": (integer, ["words"]),
        "forced": (real, ["words"]),
    }
    outputs = [
        "upos",
        "ner",
        "arcs",
        "relation",
        "dep",
        "head",
        "predicates",
        "roles",
        "cue",
        "anchors",
        "attribution",
        "embedding",
        "states",
    ]
    return graph.model(inputs, outputs)


def heads(graph: Graph, nodes: str, state: State) -> None:
    """Every head's projection of the words in one product, then each head's own part.

    ``nodes`` are the sentence and then its words; what only words have is cut once.
    """

    def width(*names: str) -> int:
        return sum(state[f"{name}.bias"].shape[0] for name in names)

    left, right = graph.split(
        graph.dense(nodes, *OF_WORDS, *DEPENDENT, *ABOVE, *ANCHORS),
        [width(*OF_WORDS, *DEPENDENT), width(*ABOVE, *ANCHORS)],
    )
    *parts, deps = graph.split(
        graph.rows(left, 1), [*(width(name) for name in OF_WORDS), width(*DEPENDENT)]
    )
    upos, ner, predicate, cue, role_words, source_words = parts
    above, role_anchors, source_anchors = graph.split(
        right, [width(*ABOVE), *(width(name) for name in ANCHORS)]
    )
    trees(graph, graph.gelu(deps), graph.gelu(above))
    graph.name(graph.op("ArgMax", upos, axis=-1, keepdims=0), "upos")
    graph.name(graph.op("LogSoftmax", ner, axis=-1), "ner")
    graph.name(graph.op("LogSoftmax", cue, axis=-1), "cue")

    no, yes = graph.split(predicate, [1, 1])
    margin = graph.op("Add", graph.op("Squeeze", graph.op("Sub", yes, no), graph.ints(1)), "forced")
    predicates = places_over(graph, margin)
    # The sentence itself (-1) goes in only where there is no predicate: there must be a row.
    last = graph.op("Sub", graph.op("Shape", predicates), graph.ints(1))
    predicates = graph.rows(predicates, graph.op("Min", last, graph.ints(1)))
    graph.name(predicates, "predicates")
    graph.name(spans(graph, "roles", role_words, role_anchors, predicates), "roles")

    other_cue, begin, inside = graph.split(cue, [1, 1, 1])
    rest = graph.op("Max", other_cue, inside)
    cues = places_over(graph, graph.op("Squeeze", graph.op("Sub", begin, rest), graph.ints(1)))
    graph.name(cues, "anchors")
    attribution = spans(graph, "attribution", source_words, source_anchors, cues)
    graph.name(graph.op("LogSoftmax", attribution, axis=-1), "attribution")


def trees(graph: Graph, deps: str, heads: str) -> None:
    """Scores of heads, and each word's relation to its best head."""
    dep, own = graph.split(deps, [ARC_WIDTH, PAIR])
    head, other = graph.split(heads, [ARC_WIDTH, PAIR])
    flipped = graph.op("Transpose", head, perm=[1, 0])
    arcs = graph.op(
        "Mul",
        graph.op("MatMul", graph.dense(dep, "arc"), flipped),
        graph.const(np.float32(ARC_WIDTH**-0.5)),
    )
    graph.name(arcs, "arcs")
    graph.name(own, "dep")
    graph.name(other, "head")
    chosen = graph.gather(other, graph.op("ArgMax", arcs, axis=-1, keepdims=0))
    relation = graph.dense(graph.op("Mul", own, chosen), "rel")
    graph.name(graph.op("ArgMax", relation, axis=-1, keepdims=0), "relation")


def places_over(graph: Graph, margin: str) -> str:
    """Word numbers whose margin is over 0, after -1 (the whole sentence)."""
    over = graph.op("Greater", margin, graph.const(np.float32(0)))
    places = graph.op("Reshape", graph.op("NonZero", over), graph.ints(-1))
    return graph.op("Concat", graph.ints(-1), places, axis=0)


def spans(graph: Graph, name: str, words: str, anchors: str, places: str) -> str:
    """The span tagger's scores, (places, words, tags)."""
    # Node numbers are word numbers plus one, so the sentence's -1 falls on node 0.
    nodes = graph.op("Add", places, graph.ints(1))
    count = graph.op("Shape", words, end=1)
    buckets = graph.op(
        "Slice", graph.gather(graph.const(distances()), nodes), graph.ints(0), count, graph.ints(1)
    )
    buckets = graph.op("Cast", buckets, to=TensorProto.INT32)
    distance = graph.gather(graph.const(graph.state[f"{name}.distance.weight"]), buckets)
    anchor = graph.op("Unsqueeze", graph.gather(anchors, nodes), graph.ints(1))
    x = graph.op("Add", graph.op("Add", words, anchor), distance)
    x = graph.norm(graph.gelu(x), f"{name}.norm")
    x = graph.layer(x, f"{name}.layer.", SPAN, 4)
    return graph.dense(x, f"{name}.tag")


def distances() -> np.ndarray:
    """The bucket of each word's distance from each node; node 0 is the sentence."""
    offset = np.arange(MAX_PIECES)[None] - np.arange(-1, MAX_PIECES)[:, None]
    bucket = np.clip(offset, -DISTANCE, DISTANCE) + DISTANCE
    bucket[0] = 2 * DISTANCE + 1
    return bucket.astype(np.int8)
