"""The branch for the PLOVER type of a pair: its network, and how it is trained."""

from __future__ import annotations

import pickle
import random
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from dragoman.language.onnx_model import load
from dragoman.language.paths import ARGUMENTS, PLACES, STEPS
from dragoman.language.pieces import to_pieces
from dragoman.language.tags import AUXILIARY, EVENT_TYPES, NO_EVENT
from dragoman.language.words import split_words
from training.model import HEADS, WIDTH, Encoder, Layer
from training.pairs import NAMES, YIELD, Marked, Sentence, side_weights

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tokenizers import Tokenizer

SMOOTHING = 0.1
RATE, HEAD_RATE = 2e-4, 1e-3
BATCH = 24  # sentences
EMA = 0.99
SEED = 20
NO_ACT = 0.15  # share of pairs with an event shown without the word that carries the act
LOOKS = 4  # heads with which a pair looks over the sentence
NEAR = 96  # width of the layer that reads the sentence from where the act stands
REACH = 24  # pieces further from the act than this count as this far
# What the tags tell of each word, seen from the act.
SEEN = {"places": PLACES, "steps": STEPS, "arguments": ARGUMENTS}


class Branch(nn.Module):
    """Layers of its own, then the pair's head.

    A pair is the mean state of its actor's words, of its recipient's words, of the words that carry
    the act, what the three together look for in the sentence (attention with one question a pair),
    and the sentence's mean. Beside that one narrow layer reads the sentence from where the act stands, as the
    tagger of arguments does from a predicate (``model.SpanTagger``), and the pair takes its words' means there, too.
    """

    def __init__(self, layers: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer(WIDTH, HEADS, 4 * WIDTH, dropout) for _ in range(layers))
        self.absent = nn.Parameter(torch.zeros(3, WIDTH))  # stands for a side that is not there
        self.ask = nn.Linear(3 * WIDTH, WIDTH)
        self.key = nn.Linear(WIDTH, WIDTH)
        self.mix = nn.Linear(5 * WIDTH, WIDTH)
        self.kind = nn.Linear(WIDTH, len(NAMES))
        self.auxiliary = nn.Linear(WIDTH, len(AUXILIARY))
        self.near = nn.Linear(WIDTH, NEAR)
        self.anchor = nn.Linear(WIDTH, NEAR)
        # Buckets -REACH..REACH, and one for a pair without its act.
        self.distance = nn.Embedding(2 * REACH + 2, NEAR)
        # How each word stands to the act by the tags' own tree and arguments (``dragoman.language.paths``).
        self.seen = nn.ModuleDict({name: nn.Embedding(size, NEAR) for name, size in SEEN.items()})
        self.near_norm = nn.LayerNorm(NEAR, eps=1e-12)
        self.near_layer = Layer(NEAR, 4, 2 * NEAR, dropout)
        self.told = nn.Linear(3 * NEAR, WIDTH, bias=False)
        nn.init.zeros_(self.told.weight)  # at first the branch is what it was without
        self.drop = nn.Dropout(0.2)

    def from_act(
        self,
        states: Tensor,
        mask: Tensor,
        sentence: Tensor,
        acts: Tensor,
        starts: Tensor,
        seen: Tensor,
    ) -> Tensor:
        """The sentence as it is read from each act, (acts, pieces, NEAR).

        sentence: each act's row of ``states``; acts (acts, pieces): weights that sum to 1, or all 0; starts:
        the first piece of each act, -1 where it is not told; seen (3, acts, pieces): how each piece's word
        stands to the act, in the order of :data:`SEEN`.
        """
        missing = 1 - acts.sum(1, keepdim=True)
        mean = (acts[:, None] @ states[sentence])[:, 0] + missing * self.absent[2]
        offset = torch.arange(states.shape[1], device=states.device)[None] - starts[:, None]
        bucket = offset.clamp(-REACH, REACH) + REACH
        bucket = torch.where(starts[:, None] < 0, 2 * REACH + 1, bucket)
        x = self.near(states)[sentence] + self.anchor(mean)[:, None] + self.distance(bucket)
        for table, numbers in zip(self.seen.values(), seen, strict=True):
            x = x + table(numbers)
        x = self.near_norm(functional.gelu(x))
        made: Tensor = self.near_layer(x, mask[sentence][:, None, None, :])
        return made

    def forward(  # type: ignore[no-untyped-def]
        self,
        states: Tensor,
        mask: Tensor,
        sentence: Tensor,
        sides: Tensor,
        acts: Tensor,
        which: Tensor,
        starts: Tensor,
        seen: Tensor,
    ):
        """states (sentences, pieces, 384), mask (sentences, pieces); of each pair the sentence's
        row, and actor, recipient and act as (3, pairs, pieces): weights that sum to 1, or all 0; of each act of the
        pairs its sentence's row, of each pair its act's row, of each act its first piece.
        Returns scores of the types and of the auxiliaries."""
        for layer in self.layers:
            states = layer(states, mask[:, None, None, :])
        own = states[sentence]
        parts = []
        for row, side in enumerate(sides):
            mean = (side[:, None] @ own)[:, 0]
            parts.append(mean + (1 - side.sum(1, keepdim=True)) * self.absent[row])
        count, length = mask.shape
        keys = self.key(states).view(count, length, LOOKS, -1)[sentence]
        asked = self.ask(torch.cat(parts, -1)).view(len(sentence), LOOKS, -1)
        scores = torch.einsum("phd,plhd->phl", asked, keys) * (WIDTH // LOOKS) ** -0.5
        weights = scores.float().masked_fill(~mask[sentence][:, None], -1e4).softmax(-1)
        values = own.view(len(sentence), length, LOOKS, -1)
        found = torch.einsum("phl,plhd->phd", weights.to(own.dtype), values)
        parts.append(found.reshape(len(sentence), WIDTH))
        whole = mask.to(states.dtype)
        mean = (whole[:, None] @ states)[:, 0] / whole.sum(1, keepdim=True)
        parts.append(mean[sentence])
        first = torch.zeros(len(acts), dtype=torch.long, device=acts.device)
        first[which] = torch.arange(len(which), device=acts.device)
        near = self.from_act(states, mask, acts, sides[2][first], starts, seen)[which]
        told = torch.cat([(side[:, None] @ near)[:, 0] for side in sides], -1)
        total = self.mix(self.drop(torch.cat(parts, -1))) + self.told(self.drop(told))
        mixed = self.drop(torch.tanh(total))
        return self.kind(mixed).float(), self.auxiliary(mixed).float()


@torch.no_grad()
def fill(
    sentences: list[Sentence], encoder: Encoder, low: int, tokenizer: Tokenizer, file: Path
) -> None:
    """Runs the frozen layers once over every sentence and keeps what they give, in ``file``
    too, which holds for one checkpoint: delete it when the checkpoint changes."""
    cache: dict[str, Tensor] = torch.load(file) if file.exists() else {}
    known = len(cache)
    device = encoder.word.weight.device
    for one in sentences:
        one.words = split_words(one.text)
        one.pieces = to_pieces(tokenizer, [one.text[s:e] for s, e in one.words])
        if one.text not in cache:
            ids = torch.from_numpy(one.pieces.ids)[None].to(device)
            x = encoder.embed(ids, torch.from_numpy(one.pieces.kinds)[None].to(device))
            mask = torch.ones_like(ids, dtype=torch.bool)[:, None, None, :]
            with torch.autocast(device.type, torch.bfloat16):
                for layer in encoder.layers[:low]:
                    x = layer(x, mask)
            cache[one.text] = x[0].to(torch.bfloat16)
        one.states = cache[one.text]
    if len(cache) > known:
        torch.save(cache, file)


def look(sentences: list[Sentence], file: Path) -> None:
    """Tags every sentence with the package's own weights, and keeps trees and arguments, in ``file`` too."""
    cache: dict[str, tuple[Any, Any]] = pickle.loads(file.read_bytes()) if file.exists() else {}
    lacking = list(dict.fromkeys(one.text for one in sentences if one.text not in cache))
    model = load(threads=2) if lacking else None
    for begin in range(0, len(lacking), 2000):
        part = lacking[begin : begin + 2000]
        for text, tags in zip(part, model.tag(part) if model else (), strict=True):
            cache[text] = (tags.tokens, tags.frames)
    if lacking:
        file.write_bytes(pickle.dumps(cache))
    for one in sentences:
        one.tokens, one.frames = cache[one.text]


Group = list[tuple[Sentence, list[Marked]]]


def collate(group: Group, device: str, rng: random.Random | None = None) -> tuple[Tensor, ...]:
    """With ``rng`` some pairs are shown without their act, as a caller may ask."""
    length = max(len(one.states) for one, _ in group)
    total = sum(len(pairs) for _, pairs in group)
    states = torch.zeros(len(group), length, WIDTH, device=device)
    mask = torch.zeros(len(group), length, dtype=torch.bool, device=device)
    sides = np.zeros((3, total, length), np.float32)
    rows: list[int] = []
    which: list[int] = []
    acts: dict[tuple[int, object], tuple[int, int]] = {}  # sentence and words: number, first piece
    for row, (one, pairs) in enumerate(group):
        count = len(one.states)
        states[row, :count] = one.states.float()
        mask[row, :count] = True
        for pair in pairs:
            # Without its act a pair may well have another: no event is never learned so.
            hidden = rng and pair.allowed != (NO_EVENT,) and rng.random() < NO_ACT
            act = () if hidden else pair.act
            for place, spans in enumerate((pair.actor, pair.recipient, act)):
                sides[place, len(rows), :count] = side_weights(
                    one.words, one.pieces.first, one.pieces.last, count, spans
                )
            told = np.flatnonzero(sides[2, len(rows)])
            start = int(told[0]) if len(told) else -1
            which.append(acts.setdefault((row, tuple(act)), (len(acts), start))[0])
            rows.append(row)
    places = [(row, start) for (row, _), (_, start) in acts.items()]
    numbers = (
        torch.tensor(one, device=device) for one in (rows, which, *zip(*places, strict=True))
    )
    sentence, of_act, act_rows, starts = numbers
    seen = np.zeros((len(SEEN), len(acts), length), np.int64)
    for (row, act), (number, _) in acts.items():
        one = group[row][0]
        seen[:, number, : len(one.states)] = one.seen_from(act)
    known = (
        torch.from_numpy(sides).to(device),
        act_rows,
        of_act,
        starts,
        torch.from_numpy(seen).to(device),
    )
    return states, mask, sentence, *known


def loss_of(pairs: list[Marked], types: Tensor, auxiliary: Tensor) -> Tensor:
    scores = functional.log_softmax(types, -1)
    allowed = torch.tensor(
        [[float(name in one.allowed) for name in NAMES] for one in pairs], device=types.device
    )
    weight = torch.tensor([one.weight for one in pairs], device=types.device)
    right = -torch.logsumexp(scores + (allowed - 1) * 1e4, -1)
    loss = ((1 - SMOOTHING) * right - SMOOTHING * scores.mean(-1)) * weight
    loss = loss.sum() / weight.sum()
    told = [row for row, one in enumerate(pairs) if one.auxiliary is not None]
    if told:
        target = torch.tensor(
            [[float(name in (pairs[row].auxiliary or ())) for name in AUXILIARY] for row in told],
            device=types.device,
        )
        loss = loss + 0.5 * functional.binary_cross_entropy_with_logits(auxiliary[told], target)
    return loss


def epoch_of(sentences: list[Sentence], rng: random.Random, exchanged: float = 0.0) -> list[Group]:
    """The batches of an epoch, a share of the sentences with their states ``exchanged``."""
    shown = [
        one.twin if one.twin is not None and rng.random() < exchanged else one for one in sentences
    ]
    order = sorted(shown, key=lambda one: len(one.states) + rng.random() * 8)
    drawn = [(one, one.drawn(rng)) for one in order]
    drawn = [(one, pairs) for one, pairs in drawn if pairs]
    groups = [drawn[begin : begin + BATCH] for begin in range(0, len(drawn), BATCH)]
    rng.shuffle(groups)
    return groups


def train_branch(
    sentences: list[Sentence],
    encoder: Encoder,
    low: int,
    layers: int,
    epochs: int,
    device: str,
    seed: int = SEED,
    note: str = "",
    start: Branch | None = None,
    also: Sequence[Sentence] = (),
    share: float = 1.0,
    exchanged: float = 0.0,
) -> Branch:
    """``layers`` of the branch start as the encoder's own above ``low``, or all as ``start``.

    Each epoch sees all ``sentences`` and a share of ``also``, drawn anew, and of both a share with their
    states ``exchanged``.
    """
    torch.manual_seed(seed)
    rng = random.Random(seed)
    branch = Branch(layers).to(device)
    for index, layer in enumerate(branch.layers):
        layer.load_state_dict(encoder.layers[low + index].state_dict())
    if start is not None:
        branch.load_state_dict(start.state_dict())
    drawn = int(share * len(also))
    head = [p for name, p in branch.named_parameters() if not name.startswith("layers.")]
    optimizer = torch.optim.AdamW(
        [
            {"params": list(branch.layers.parameters()), "lr": RATE},
            {"params": head, "lr": HEAD_RATE},
        ],
        weight_decay=0.01,
        fused=True,
    )
    rates = [group["lr"] for group in optimizer.param_groups]
    steps = epochs * -(-(len(sentences) + drawn) // BATCH)
    step = 0
    branch.train()
    average = {name: value.detach().clone() for name, value in branch.state_dict().items()}
    for epoch in range(epochs):
        seen = count = 0.0
        for group in epoch_of([*sentences, *rng.sample(list(also), drawn)], rng, exchanged):
            step += 1
            progress = min(1.0, step / steps)
            for held, rate in zip(optimizer.param_groups, rates, strict=True):
                held["lr"] = rate * min(progress / 0.1, (1 - progress) / 0.9)
            pairs = [pair for _, own in group for pair in own]
            with torch.autocast(device, torch.bfloat16):
                types, auxiliary = branch(*collate(group, device, rng))
            loss = loss_of(pairs, types, auxiliary)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(branch.parameters(), 1.0)
            optimizer.step()
            with torch.no_grad():
                keep = min(EMA, (1 + step) / (10 + step))
                for name, value in branch.state_dict().items():
                    average[name].lerp_(value, 1 - keep)
            seen += loss.item() * len(pairs)
            count += len(pairs)
        print(f"{note} epoch {epoch + 1} loss {seen / count:.3f} over {count:.0f}", flush=True)
    branch.load_state_dict(average)
    return branch.eval()


@torch.no_grad()
def answers(branch: Branch, asked: Group, device: str) -> list[np.ndarray]:
    """Probabilities of each sentence's pairs, each (pairs, 17)."""
    found: list[np.ndarray] = [np.zeros((len(pairs), len(NAMES)), np.float32) for _, pairs in asked]
    order = sorted(
        (place for place, (_, pairs) in enumerate(asked) if pairs),
        key=lambda place: len(asked[place][0].states),
    )
    for begin in range(0, len(order), 32):
        part = order[begin : begin + 32]
        types, _ = branch(*collate([asked[place] for place in part], device))
        values = types.softmax(-1).cpu().numpy()
        cursor = 0
        for place in part:
            size = len(asked[place][1])
            found[place] = values[cursor : cursor + size]
            cursor += size
    return found


def given_of(row: np.ndarray) -> str:
    """The best type; a pair of pairs.jsonl always has one, so "NONE" is not answered."""
    chances = {name: float(row[place]) for place, name in enumerate(EVENT_TYPES)}
    chances["YIELD"] = sum(chances.pop(name) for name in YIELD)
    return max(chances, key=lambda name: chances[name])
