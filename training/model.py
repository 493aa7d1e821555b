"""The network: one encoder (all-MiniLM-L6-v2), several heads on the states of its words.

The encoder is written out here, so that training needs torch alone and the export knows every
matrix by name. Sizes are those of the checkpoint: 6 layers, 384 wide, 12 heads.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from torch.nn import functional

from dragoman.language.pieces import CASE_CLASSES
from training.data import ATTRIBUTION_TAGS, CUE_TAGS, Labels

if TYPE_CHECKING:
    from pathlib import Path

WIDTH = 384
LAYERS = 6
HEADS = 12
ARC = 256  # width of the arc scorer
PAIR = 256  # rank of the label scorer
SPAN = 160  # width of the span taggers
DISTANCE = 32  # words further from the anchor than this count as this far


class Layer(nn.Module):
    """One transformer layer as in BERT (attention, then feed-forward, norm after each)."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """x (batch, length, width); mask (batch, 1, 1, length), true where a piece is."""
        batch, length, width = x.shape
        parts = self.qkv(x).view(batch, length, 3, self.heads, width // self.heads)
        query, key, value = parts.permute(2, 0, 3, 1, 4)
        # Written out: on a CPU the fused kernel with a mask takes several times as long.
        scores = query @ key.transpose(2, 3) * (width // self.heads) ** -0.5
        mixed = scores.masked_fill(~mask, -1e4).softmax(-1).to(value.dtype) @ value
        mixed = mixed.transpose(1, 2).reshape(batch, length, width)
        x = self.norm1(x + self.out(mixed))
        return self.norm2(x + self.dropout(self.down(functional.gelu(self.up(x)))))


class Encoder(nn.Module):
    """Word pieces to states. The word embeddings are never trained."""

    def __init__(self, vocabulary: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.word = nn.Embedding(vocabulary, WIDTH)
        self.position = nn.Embedding(512, WIDTH)
        self.kind = nn.Embedding(CASE_CLASSES, WIDTH)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(WIDTH, HEADS, 4 * WIDTH, dropout) for _ in range(LAYERS))
        self.word.weight.requires_grad = False
        self.frozen = 0  # how many of the lowest layers stay as they are

    def embed(self, ids: Tensor, kinds: Tensor) -> Tensor:
        positions = torch.arange(ids.shape[1], device=ids.device)
        total = self.word(ids) + self.position(positions) + self.kind(kinds)
        return self.dropout(self.norm(total))

    def lower(self, ids: Tensor, kinds: Tensor) -> Tensor:
        """What the frozen layers give, (batch, length, 384)."""
        x = self.embed(ids, kinds)
        for layer in self.layers[: self.frozen]:
            x = layer(x, (ids != 0)[:, None, None, :])
        return x

    def forward(self, ids: Tensor, kinds: Tensor, low: Tensor | None = None) -> Tensor:
        """ids and kinds (batch, length), 0 padded; ``low`` what ``lower`` gave for them, if it
        is known; returns (batch, length, 384)."""
        x = self.lower(ids, kinds) if low is None else low
        for layer in self.layers[self.frozen :]:
            x = layer(x, (ids != 0)[:, None, None, :])
        return x


def load_encoder(folder: Path, dropout: float = 0.1) -> Encoder:
    """The encoder with the weights of all-MiniLM-L6-v2 (``model.safetensors`` in ``folder``)."""
    from safetensors.torch import load_file

    raw = {k.removeprefix("bert."): v for k, v in load_file(folder / "model.safetensors").items()}
    encoder = Encoder(raw["embeddings.word_embeddings.weight"].shape[0], dropout)
    state = {
        "word.weight": raw["embeddings.word_embeddings.weight"],
        "position.weight": raw["embeddings.position_embeddings.weight"],
        # Every case class starts as BERT's first segment, so the start is the checkpoint itself.
        "kind.weight": raw["embeddings.token_type_embeddings.weight"][:1].repeat(CASE_CLASSES, 1),
        "norm.weight": raw["embeddings.LayerNorm.weight"],
        "norm.bias": raw["embeddings.LayerNorm.bias"],
    }
    for index in range(LAYERS):
        old, new = f"encoder.layer.{index}.", f"layers.{index}."
        for part in ("weight", "bias"):
            state[f"{new}qkv.{part}"] = torch.cat(
                [raw[f"{old}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            )
            for target, origin in (
                ("out", "attention.output.dense"),
                ("norm1", "attention.output.LayerNorm"),
                ("up", "intermediate.dense"),
                ("down", "output.dense"),
                ("norm2", "output.LayerNorm"),
            ):
                state[f"{new}{target}.{part}"] = raw[f"{old}{origin}.{part}"]
    encoder.load_state_dict(state)
    return encoder


class SpanTagger(nn.Module):
    """Tags the words of a sentence as seen from an anchor (a predicate, a cue).

    The sum of the word's state, the anchor's state and the distance between them goes through one
    narrow transformer layer over the sentence's words; one row per anchor.
    """

    def __init__(self, tags: int) -> None:
        super().__init__()
        self.word = nn.Linear(WIDTH, SPAN)
        self.anchor = nn.Linear(WIDTH, SPAN)
        # Buckets -DISTANCE..DISTANCE, and one for the whole sentence as anchor.
        self.distance = nn.Embedding(2 * DISTANCE + 2, SPAN)
        self.norm = nn.LayerNorm(SPAN, eps=1e-12)
        self.layer = Layer(SPAN, 4, 2 * SPAN, 0.1)
        self.tag = nn.Linear(SPAN, tags)

    def forward(
        self, words: Tensor, mask: Tensor, anchor: Tensor, sentence: Tensor, position: Tensor
    ) -> Tensor:
        """words (batch, w, 384); mask (batch, w); anchor (rows, 384) states; sentence (rows,)
        index into the batch; position (rows,) word of the anchor, -1 the sentence itself.
        Returns (rows, w, tags)."""
        offset = torch.arange(words.shape[1], device=words.device)[None] - position[:, None]
        bucket = offset.clamp(-DISTANCE, DISTANCE) + DISTANCE
        bucket = torch.where(position[:, None] < 0, 2 * DISTANCE + 1, bucket)
        x = self.word(words)[sentence] + self.anchor(anchor)[:, None] + self.distance(bucket)
        x = self.layer(self.norm(functional.gelu(x)), mask[sentence][:, None, None, :])
        return self.tag(x)


@dataclass(slots=True)
class Batch:
    """Padded tensors of one batch; label tensors are None where the set has none."""

    source: str
    ids: Tensor
    kinds: Tensor
    first: Tensor
    last: Tensor
    words: Tensor  # mask (batch, w)
    upos: Tensor | None = None
    heads: Tensor | None = None
    deprel: Tensor | None = None
    lemma: Tensor | None = None
    ner: Tensor | None = None
    predicate: Tensor | None = None
    cue: Tensor | None = None
    frames: tuple[Tensor, Tensor, Tensor] | None = None  # sentence, position, tags (rows, w)
    attributions: tuple[Tensor, Tensor, Tensor] | None = None
    teacher: Tensor | None = None
    low: Tensor | None = None  # states after the frozen layers, once there are such


class Tagger(nn.Module):
    """Encoder and heads."""

    def __init__(self, encoder: Encoder, labels: Labels, dropout: float = 0.2) -> None:
        super().__init__()
        self.encoder = encoder
        self.drop = nn.Dropout(dropout)
        self.upos = nn.Linear(WIDTH, len(labels.upos))
        self.lemma = nn.Linear(WIDTH, len(labels.scripts))
        self.ner = nn.Linear(WIDTH, len(labels.ner))
        self.predicate = nn.Linear(WIDTH, 2)
        self.cue = nn.Linear(WIDTH, len(CUE_TAGS))
        self.arc_dep = nn.Linear(WIDTH, ARC)
        self.arc_head = nn.Linear(WIDTH, ARC)
        self.arc = nn.Linear(ARC, ARC)  # its bias scores a head by itself
        self.rel_dep = nn.Linear(WIDTH, PAIR)
        self.rel_head = nn.Linear(WIDTH, PAIR)
        self.rel = nn.Linear(PAIR, len(labels.deprel))
        self.roles = SpanTagger(len(labels.role_tags))
        self.attribution = SpanTagger(len(ATTRIBUTION_TAGS))
        self.embedding = nn.Linear(WIDTH, WIDTH)
        nn.init.eye_(self.embedding.weight)
        nn.init.zeros_(self.embedding.bias)

    def states(self, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
        """Piece states, word states (mean of a word's first and last piece), whole sentence."""
        pieces = self.encoder(batch.ids, batch.kinds, batch.low)
        rows = torch.arange(pieces.shape[0], device=pieces.device)[:, None]
        words = (pieces[rows, batch.first] + pieces[rows, batch.last]) / 2
        return pieces, self.drop(words), self.drop(pieces[:, 0])

    def embed(self, pieces: Tensor, ids: Tensor) -> Tensor:
        mask = (ids != 0)[..., None].to(pieces.dtype)
        pooled = (pieces * mask).sum(1) / mask.sum(1)
        return functional.normalize(self.embedding(pooled).float(), dim=-1)

    def arcs(self, words: Tensor, whole: Tensor, mask: Tensor) -> Tensor:
        """Scores (batch, w, 1 + w): column 0 is the root, column h + 1 the word h."""
        nodes = torch.cat([whole[:, None], words], 1)
        dep = self.drop(functional.gelu(self.arc_dep(words)))
        head = self.drop(functional.gelu(self.arc_head(nodes)))
        scores = self.arc(dep) @ head.transpose(1, 2) / ARC**0.5
        full = torch.cat([mask.new_ones(mask.shape[0], 1), mask], 1)
        return scores.float().masked_fill(~full[:, None], -1e4)

    def relations(self, words: Tensor, whole: Tensor, heads: Tensor) -> Tensor:
        """Label scores (batch, w, labels) given each word's head (-1 the root)."""
        nodes = torch.cat([whole[:, None], words], 1)
        rows = torch.arange(words.shape[0], device=words.device)[:, None]
        chosen = functional.gelu(self.rel_head(nodes))[rows, heads + 1]
        return self.rel(self.drop(functional.gelu(self.rel_dep(words)) * chosen))

    def spans(
        self,
        tagger: SpanTagger,
        words: Tensor,
        whole: Tensor,
        mask: Tensor,
        sentence: Tensor,
        position: Tensor,
    ) -> Tensor:
        anchor = torch.where(
            (position < 0)[:, None], whole[sentence], words[sentence, position.clamp(min=0)]
        )
        return tagger(words, mask, anchor, sentence, position)
