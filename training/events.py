"""Trains the branch for the PLOVER type of a marked pair: ``python -m training.events``.

The branch reads the states that the tags' encoder has after its lowest, frozen layers, runs a few
layers of its own over them, and scores a pair from the mean state of the actor's words, of the
recipient's words and of the sentence. So it changes nothing for the tags, and further pairs of a
sentence cost almost nothing.

``--folds 5`` does not write weights: it trains on four fifths of ``events/pairs.jsonl`` (all pairs
of one sentence in one part) and scores the fifth, five times, and prints one line of JSON. That is
the honest figure, since the shipped weights have seen all of the file.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from dragoman.language.pieces import Pieces, to_pieces
from dragoman.language.tags import AUXILIARY, EVENT_TYPES, NO_EVENT
from dragoman.language.words import split_words
from training.data import lines
from training.model import HEADS, WIDTH, Encoder, Layer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tokenizers import Tokenizer

NAMES = (*EVENT_TYPES, NO_EVENT)
YIELD = ("CONCEDE", "RETREAT")  # one class in pairs.jsonl
SMOOTHING = 0.1
RATE, HEAD_RATE = 2e-4, 1e-3
BATCH = 32
EMA = 0.99
SEED = 20


@dataclass(slots=True)
class PairExample:
    """A marked pair. ``allowed`` are the types that the line's label may mean."""

    source: str
    text: str
    actor: list[tuple[int, int]]
    recipient: list[tuple[int, int]]
    allowed: tuple[str, ...]
    auxiliary: tuple[str, ...] | None = None
    weight: float = 1.0
    states: Tensor | None = None
    sides: tuple[np.ndarray, np.ndarray] | None = field(default=None)


def read_pairs(path: Path) -> list[PairExample]:
    spans = lambda row, side: [(s["start"], s["end"]) for s in row[side]]  # noqa: E731
    return [
        PairExample(
            "pairs",
            row["text"],
            spans(row, "actor"),
            spans(row, "recipient"),
            YIELD if row["event"] == "YIELD" else (row["event"],),
        )
        for row in lines(path)
    ]


def read_own(folder: Path, weight: float) -> list[PairExample]:
    """The project's own sentences, every ``*.jsonl`` in the folder."""
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        for row in lines(path):
            if row["event"] not in NAMES:
                raise SystemExit(f"{path}: {row['id']} has no PLOVER type: {row['event']}")
            actor = [tuple(span) for span in row["actor"]]
            recipient = [tuple(span) for span in row["recipient"]]
            found.append(
                PairExample(
                    "own",
                    row["text"],
                    actor,
                    recipient,
                    (row["event"],),
                    tuple(row["auxiliary"] or ()),
                    weight,
                )
            )
    return found


def read_spans(path: Path, weight: float) -> list[PairExample]:
    """Main actors and recipients without a type: all that is known is that something happens."""
    found = []
    for row in lines(path):
        actor = [(s["start"], s["end"]) for s in row["actor"] + row["reciprocal"]]
        recipient = [(s["start"], s["end"]) for s in row["recipient"]]
        if actor and (recipient or row["reciprocal"]):
            found.append(
                PairExample("spans", row["text"], actor, recipient, EVENT_TYPES, None, weight)
            )
    return found


class Branch(nn.Module):
    """Layers of its own, then the pair's head."""

    def __init__(self, layers: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.layers = nn.ModuleList(Layer(WIDTH, HEADS, 4 * WIDTH, dropout) for _ in range(layers))
        self.absent = nn.Parameter(torch.zeros(2, WIDTH))  # stands for a side that is not there
        self.mix = nn.Linear(3 * WIDTH, WIDTH)
        self.kind = nn.Linear(WIDTH, len(NAMES))
        self.auxiliary = nn.Linear(WIDTH, len(AUXILIARY))
        self.drop = nn.Dropout(0.2)

    def forward(self, states: Tensor, mask: Tensor, actor: Tensor, recipient: Tensor):  # type: ignore[no-untyped-def]
        """states (batch, pieces, 384); mask, actor, recipient (batch, pieces), the sides as
        weights that sum to 1, or all 0. Returns scores of the types and of the auxiliaries."""
        for layer in self.layers:
            states = layer(states, mask[:, None, None, :])
        parts = []
        for row, side in enumerate((actor, recipient)):
            mean = (side[:, None] @ states)[:, 0]
            parts.append(mean + (1 - side.sum(1, keepdim=True)) * self.absent[row])
        weights = mask.to(states.dtype)
        parts.append((weights[:, None] @ states)[:, 0] / weights.sum(1, keepdim=True))
        mixed = self.drop(torch.tanh(self.mix(self.drop(torch.cat(parts, -1)))))
        return self.kind(mixed).float(), self.auxiliary(mixed).float()


def side_weights(
    words: Sequence[tuple[int, int]], pieces: Pieces, spans: Sequence[tuple[int, int]]
) -> np.ndarray:
    weights = np.zeros(len(pieces.ids), np.float32)
    for (start, end), first, last in zip(words, pieces.first, pieces.last, strict=False):
        if any(start < e and end > s for s, e in spans):
            weights[first : last + 1] = 1
    return weights / weights.sum() if weights.any() else weights


@torch.no_grad()
def fill(
    examples: list[PairExample], encoder: Encoder, low: int, tokenizer: Tokenizer, file: Path
) -> None:
    """Runs the frozen layers once over every sentence and keeps what they give, in ``file``
    too, which holds for one checkpoint: delete it when the checkpoint changes."""
    cache: dict[str, Tensor] = torch.load(file) if file.exists() else {}
    known = len(cache)
    device = encoder.word.weight.device
    for example in examples:
        words = split_words(example.text)
        pieces = to_pieces(tokenizer, [example.text[s:e] for s, e in words])
        if example.text not in cache:
            ids = torch.from_numpy(pieces.ids)[None].to(device)
            x = encoder.embed(ids, torch.from_numpy(pieces.kinds)[None].to(device))
            mask = torch.ones_like(ids, dtype=torch.bool)[:, None, None, :]
            with torch.autocast(device.type, torch.bfloat16):
                for layer in encoder.layers[:low]:
                    x = layer(x, mask)
            cache[example.text] = x[0].to(torch.bfloat16)
        example.states = cache[example.text]
        example.sides = (
            side_weights(words, pieces, example.actor),
            side_weights(words, pieces, example.recipient),
        )
    if len(cache) > known:
        torch.save(cache, file)


def collate(group: list[PairExample], device: str) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    length = max(len(one.states) for one in group)
    states = torch.zeros(len(group), length, WIDTH, device=device)
    mask = torch.zeros(len(group), length, dtype=torch.bool, device=device)
    sides = np.zeros((2, len(group), length), np.float32)
    for row, one in enumerate(group):
        states[row, : len(one.states)] = one.states.float()
        mask[row, : len(one.states)] = True
        sides[0, row, : len(one.states)], sides[1, row, : len(one.states)] = one.sides
    actor, recipient = torch.from_numpy(sides).to(device)
    return states, mask, actor, recipient


def loss_of(group: list[PairExample], types: Tensor, auxiliary: Tensor) -> Tensor:
    scores = functional.log_softmax(types, -1)
    allowed = torch.tensor(
        [[float(name in one.allowed) for name in NAMES] for one in group], device=types.device
    )
    weight = torch.tensor([one.weight for one in group], device=types.device)
    right = -torch.logsumexp(scores + (allowed - 1) * 1e4, -1)
    smooth = (1 - SMOOTHING) * right - SMOOTHING * scores.mean(-1)
    weak = torch.tensor([len(one.allowed) > 2 for one in group], device=types.device)
    loss = (torch.where(weak, right, smooth) * weight).mean()
    told = [row for row, one in enumerate(group) if one.auxiliary is not None]
    if told:
        target = torch.tensor(
            [[float(name in (group[row].auxiliary or ())) for name in AUXILIARY] for row in told],
            device=types.device,
        )
        loss = loss + 0.5 * functional.binary_cross_entropy_with_logits(auxiliary[told], target)
    return loss


def epochs_of(examples: list[PairExample], rng: random.Random) -> list[list[PairExample]]:
    order = sorted(examples, key=lambda one: len(one.states) + rng.random() * 8)
    groups = [order[begin : begin + BATCH] for begin in range(0, len(order), BATCH)]
    rng.shuffle(groups)
    return groups


def train_branch(
    examples: list[PairExample],
    encoder: Encoder,
    low: int,
    layers: int,
    epochs: int,
    device: str,
    seed: int = SEED,
    note: str = "",
    start: Branch | None = None,
    also: Sequence[PairExample] = (),
    share: float = 1.0,
) -> Branch:
    """``layers`` of the branch start as the encoder's own above ``low``, or all as ``start``.

    Each epoch sees all ``examples`` and a share of ``also``, drawn anew.
    """
    torch.manual_seed(seed)
    rng = random.Random(seed)
    branch = Branch(layers).to(device)
    for index, layer in enumerate(branch.layers):
        layer.load_state_dict(encoder.layers[low + index].state_dict())
    if start is not None:
        branch.load_state_dict(start.state_dict())
    # Every sentence without an event is seen in each epoch: the pairs' file has none.
    always = [one for one in also if one.allowed == (NO_EVENT,)]
    rest = [one for one in also if one.allowed != (NO_EVENT,)]
    drawn = len(always) + int(share * len(rest))
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
    steps = epochs * -(-(len(examples) + drawn) // BATCH)
    step = 0
    branch.train()
    average = {name: value.detach().clone() for name, value in branch.state_dict().items()}
    for epoch in range(epochs):
        seen = 0.0
        chosen = always + rng.sample(rest, drawn - len(always))
        for group in epochs_of(examples + chosen, rng):
            step += 1
            progress = step / steps
            for held, rate in zip(optimizer.param_groups, rates, strict=True):
                held["lr"] = rate * min(progress / 0.1, (1 - progress) / 0.9)
            with torch.autocast(device, torch.bfloat16):
                types, auxiliary = branch(*collate(group, device))
            loss = loss_of(group, types, auxiliary)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(branch.parameters(), 1.0)
            optimizer.step()
            with torch.no_grad():
                keep = min(EMA, (1 + step) / (10 + step))
                for name, value in branch.state_dict().items():
                    average[name].lerp_(value, 1 - keep)
            seen += loss.item() * len(group)
        print(f"{note} epoch {epoch + 1} loss {seen / (len(examples) + drawn):.3f}", flush=True)
    branch.load_state_dict(average)
    return branch.eval()


@torch.no_grad()
def answers(branch: Branch, examples: list[PairExample], device: str) -> np.ndarray:
    """Probabilities, (examples, 17)."""
    found = np.zeros((len(examples), len(NAMES)), np.float32)
    order = sorted(range(len(examples)), key=lambda place: len(examples[place].states))
    for begin in range(0, len(order), 64):
        part = order[begin : begin + 64]
        types, _ = branch(*collate([examples[place] for place in part], device))
        found[part] = types.softmax(-1).cpu().numpy()
    return found


def score(gold: list[str], given: list[str]) -> dict[str, float]:
    """Macro-F1 over the classes in ``gold``, and accuracy."""
    f1 = {}
    for name in sorted(set(gold)):
        right = sum(g == a == name for g, a in zip(gold, given, strict=True))
        f1[name] = 2 * right / (gold.count(name) + given.count(name))
    accuracy = sum(g == a for g, a in zip(gold, given, strict=True)) / len(gold)
    return {"macro_f1": sum(f1.values()) / len(f1), "accuracy": accuracy, **f1}


def named(example: PairExample) -> str:
    return "YIELD" if example.allowed == YIELD else example.allowed[0]


def given_of(row: np.ndarray) -> str:
    """The best type; a pair of pairs.jsonl always has one, so "NONE" is not answered."""
    best = EVENT_TYPES[int(row[: len(EVENT_TYPES)].argmax())]
    return "YIELD" if best in YIELD else best


def fold_of(text: str, folds: int) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % folds


def cross_validate(
    pairs: list[PairExample],
    others: list[PairExample],
    args: argparse.Namespace,
    encoder: Encoder,
    base: Branch,
) -> dict[str, Any]:
    found = np.zeros((len(pairs), len(NAMES)), np.float32)
    for fold in range(args.folds):
        if args.only_folds and fold >= args.only_folds:
            continue
        held = [place for place, one in enumerate(pairs) if fold_of(one.text, args.folds) == fold]
        kept = [one for one in pairs if fold_of(one.text, args.folds) != fold]
        branch = train_branch(
            kept,
            encoder,
            args.low,
            args.layers,
            args.epochs,
            args.device,
            note=f"fold {fold}",
            start=base,
            also=others,
            share=args.share,
        )
        found[held] = answers(branch, [pairs[place] for place in held], args.device)
        part = score([named(pairs[p]) for p in held], [given_of(found[p]) for p in held])
        print(f"fold {fold}", {k: round(v, 3) for k, v in part.items()}, flush=True)
    done = [p for p, one in enumerate(pairs) if found[p].any()]
    gold = [named(pairs[place]) for place in done]
    given = [given_of(found[place]) for place in done]
    wrong = Counter((g, a) for g, a in zip(gold, given, strict=True) if g != a)
    print("confused", wrong.most_common(25))
    np.save(args.out / "folds.npy", found)
    return score(gold, given)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--own", type=Path, default=Path(__file__).parent / "sentences")
    parser.add_argument("--start", type=Path, required=True, help="checkpoint of the tags")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--low", type=int, default=3)
    parser.add_argument("--layers", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--only-folds", type=int, default=0, help="so many of them, for trying")
    parser.add_argument("--own-weight", type=float, default=1.0)
    parser.add_argument("--spans-weight", type=float, default=0.0)
    parser.add_argument("--own-epochs", type=int, default=4)
    parser.add_argument("--share", type=float, default=0.3, help="of our own in the second stage")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)
    from training.train import base_folder, load_tokenizer

    tokenizer = load_tokenizer(base_folder())
    state = torch.load(args.start, map_location=args.device)["model"]
    encoder = Encoder(state["encoder.word.weight"].shape[0], 0.0).to(args.device).eval()
    encoder.load_state_dict(
        {k.removeprefix("encoder."): v for k, v in state.items() if k.startswith("encoder.")}
    )
    began = time.time()
    pairs = read_pairs(args.data / "events" / "pairs.jsonl")
    others = read_own(args.own, args.own_weight)
    if args.spans_weight:
        others += read_spans(args.data / "events" / "spans.jsonl", args.spans_weight)
    print("pairs", len(pairs), "others", len(others), Counter(o.allowed[0] for o in others))
    fill(
        pairs + others,
        encoder,
        args.low,
        tokenizer,
        args.start.with_name(f"{args.start.stem}_low{args.low}.pt"),
    )
    print(f"states kept after {time.time() - began:.0f} s", flush=True)
    # First our own sentences alone, which no fold holds out; then the pairs with a share of them.
    base = train_branch(
        others, encoder, args.low, args.layers, args.own_epochs, args.device, note="own"
    )
    found = answers(base, pairs, args.device)
    alone = score([named(one) for one in pairs], [given_of(row) for row in found])
    print(
        "own sentences alone:", json.dumps({k: round(v, 4) for k, v in alone.items()}), flush=True
    )
    if args.folds:
        result = cross_validate(pairs, others, args, encoder, base)
        result["own_alone_macro_f1"] = alone["macro_f1"]
        result["own_alone_accuracy"] = alone["accuracy"]
        print(json.dumps({k: round(v, 4) for k, v in result.items()}))
        return
    branch = train_branch(
        pairs,
        encoder,
        args.low,
        args.layers,
        args.epochs,
        args.device,
        start=base,
        also=others,
        share=args.share,
    )
    torch.save(
        {"model": branch.state_dict(), "layers": args.layers, "low": args.low},
        args.out / "types.pt",
    )
    print(f"done after {time.time() - began:.0f} s")


if __name__ == "__main__":
    main()
