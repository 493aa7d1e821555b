"""Trains the branch for the PLOVER type of a marked pair: ``python -m training.events``.

The branch reads the states that the tags' encoder has after its lowest, frozen layers, runs a few
layers of its own over them, and scores any pair of parties (``training.branch``). So it changes
nothing for the tags, and further pairs of a sentence cost almost nothing.

``--folds 5`` writes no ``types.pt``: it trains on four fifths of ``events/pairs.jsonl`` and of the
fully labelled sentences (all pairs of one sentence, all sentences of one report in one part) and
scores the fifth, five times, keeps each as ``types_N.pt`` (what ``training.weigh`` learns from), and
prints one line of JSON. That is the honest figure, since the
shipped weights have seen all of the files.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from benchmarks.labels import fold_of

from dragoman.language.tags import EVENT_TYPES
from training import exchange
from training.branch import SEED, Branch, answers, fill, given_of, look, train_branch
from training.model import Encoder
from training.pairs import (
    WRITTEN,
    YIELD,
    Candidates,
    read_full,
    read_own,
    read_pairs,
    read_rules,
    read_typed,
)

if TYPE_CHECKING:
    from training.pairs import Marked, Sentence

NONE = len(EVENT_TYPES)


def score(gold: list[str], given: list[str]) -> dict[str, float]:
    """Macro-F1 over the classes in ``gold``, and accuracy."""
    f1 = {}
    for name in sorted(set(gold)):
        right = sum(g == a == name for g, a in zip(gold, given, strict=True))
        f1[name] = 2 * right / (gold.count(name) + given.count(name))
    accuracy = sum(g == a for g, a in zip(gold, given, strict=True)) / len(gold)
    return {"macro_f1": sum(f1.values()) / len(f1), "accuracy": accuracy, **f1}


def named(pair: Marked) -> str:
    return "YIELD" if pair.allowed == YIELD else pair.allowed[0]


def marked(one: Sentence) -> list[Marked]:
    """The pairs that the file marks, without the words that carry the act."""
    return [pair for pair in one.pairs if not pair.act]


def found_of(sentences: list[Sentence], given: list[np.ndarray]) -> dict[str, float]:
    """How well the candidates of fully labelled sentences are told apart.

    Of each word the surest candidate counts. ``best`` is the highest F1 over the thresholds, with the
    type right, against the events that some candidate has.
    """
    rows: list[tuple[float, bool]] = []
    wanted = 0
    for one, values in zip(sentences, given, strict=True):
        wanted += len({(pair.act, pair.allowed) for pair in one.pairs})
        best: dict[Any, tuple[float, bool]] = {}
        for pair, row in zip([*one.pairs, *one.nones], values, strict=True):
            place = int(row[:NONE].argmax())
            chance = float(row[place]), EVENT_TYPES[place] in pair.allowed
            best[pair.act] = max(best.get(pair.act, (0.0, False)), chance)
        rows.extend(best.values())
    rows.sort(reverse=True)
    top: dict[str, float] = {"best": 0.0, "wanted": wanted, "words": len(rows)}
    right = 0
    for count, (chance, typed) in enumerate(rows, 1):
        right += typed
        f1 = 2 * right / (count + wanted)
        if f1 > top["best"]:
            top.update(best=f1, at=chance, precision=right / count, recall=right / wanted)
        for level in (0.4, 0.5, 0.6, 0.7, 0.8):
            if chance >= level:
                top[f"p{level}"] = right / count
                top[f"r{level}"] = right / wanted
    return top


def keep(branch: Branch, args: argparse.Namespace, path: Path) -> None:
    torch.save({"model": branch.state_dict(), "layers": args.layers, "low": args.low}, path)


def cross_validate(
    pairs: list[Sentence],
    full: list[Sentence],
    typed: list[Sentence],
    others: list[Sentence],
    args: argparse.Namespace,
    encoder: Encoder,
    base: Branch,
) -> dict[str, Any]:
    gold: list[str] = []
    given: list[str] = []
    kept: list[np.ndarray] = []
    held_full: list[Sentence] = []
    full_given: list[np.ndarray] = []
    for fold in range(args.only_folds or args.folds):
        held = [one for one in pairs if fold_of(one.group, args.folds) == fold]
        held_out = [one for one in full if fold_of(one.group, args.folds) == fold]
        everything = [*pairs, *full, *typed]
        learn = [one for one in everything if fold_of(one.group, args.folds) != fold]
        branch = train_branch(
            learn,
            encoder,
            args.low,
            args.layers,
            args.epochs,
            args.device,
            args.seed,
            note=f"fold {fold}",
            start=base,
            also=others,
            share=args.share,
            exchanged=args.exchanged,
        )
        keep(branch, args, args.out / f"types_{fold}.pt")
        found = answers(branch, [(one, marked(one)) for one in held], args.device)
        rows = np.concatenate(found)
        part = [named(pair) for one in held for pair in marked(one)]
        mine = [given_of(row) for row in rows]
        kept.append(rows)
        gold += part
        given += mine
        values = answers(branch, [(o, [*o.pairs, *o.nones]) for o in held_out], args.device)
        held_full += held_out
        full_given += values
        print(f"fold {fold}", {k: round(v, 3) for k, v in score(part, mine).items()}, flush=True)
        print(f"fold {fold} found", found_of(held_out, values), flush=True)
    wrong = Counter((g, a) for g, a in zip(gold, given, strict=True) if g != a)
    print("confused", wrong.most_common(25))
    np.save(args.out / "folds.npy", np.concatenate(kept))
    result: dict[str, Any] = score(gold, given)
    result.update({f"found_{k}": v for k, v in found_of(held_full, full_given).items()})
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--own", type=Path, default=Path(__file__).parent / "sentences")
    parser.add_argument("--labels", type=Path, default=Path(__file__).parent / "labels")
    parser.add_argument("--start", type=Path, required=True, help="checkpoint of the tags")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--from", dest="begin", type=Path, help="a branch to go on from")
    parser.add_argument("--candidates", type=Path, required=True, help="see training.candidates")
    parser.add_argument("--low", type=int, default=3)
    parser.add_argument("--layers", type=int, default=3)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--only-folds", type=int, default=0, help="so many of them, for trying")
    parser.add_argument("--hold", type=int, default=None, help="learn without this fold of five")
    parser.add_argument("--own-epochs", type=int, default=4)
    parser.add_argument("--share", type=float, default=0.3, help="of our own in the second stage")
    parser.add_argument(
        "--less-written",
        action="store_true",
        help="of the written news, too, see only that share in an epoch",
    )
    parser.add_argument(
        "--exchanged", type=float, default=0.6, help="of sentences shown with other states in them"
    )
    parser.add_argument("--seed", type=int, default=SEED, help="another one for a mean of several")
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
    known = Candidates(args.candidates)
    pairs = read_pairs(args.data / "events" / "pairs.jsonl", known)
    typed = read_typed(
        args.data / "events" / "spans.jsonl", args.labels / "spans.jsonl", pairs, known
    )
    full = read_full(args.data, args.labels / "full.jsonl", known)
    own = [*read_own(args.own, known), *read_rules(known)]
    if args.less_written:
        own = [*(one for one in full if one.source == WRITTEN), *own]
        full = [one for one in full if one.source != WRITTEN]
    print("pairs", len(pairs), "typed", len(typed), "full", len(full), "own", len(own))
    fill(
        [*pairs, *typed, *full, *own],
        encoder,
        args.low,
        tokenizer,
        args.start.with_name(f"{args.start.stem}_low{args.low}.pt"),
    )
    if args.exchanged:
        rng = random.Random(exchange.SEED)
        for one in [*pairs, *typed, *full, *own]:
            one.twin = exchange.twin_of(one, rng)
        twins = [one.twin for one in [*pairs, *typed, *full, *own] if one.twin is not None]
        fill(
            twins,
            encoder,
            args.low,
            tokenizer,
            args.start.with_name(f"{args.start.stem}_low{args.low}_twins.pt"),
        )
    everything = [*pairs, *typed, *full, *own]
    everything += [one.twin for one in everything if one.twin is not None]
    look(everything, args.start.with_name(f"{args.start.stem}_trees.pkl"))
    print(f"states kept after {time.time() - began:.0f} s", flush=True)
    # First our own sentences, which no fold holds out; then the rest with a share of them.
    if args.begin:
        base = Branch(args.layers).to(args.device)
        # A branch of before has no layer that reads from the act.
        base.load_state_dict(
            torch.load(args.begin, map_location=args.device)["model"], strict=False
        )
    else:
        base = train_branch(
            own, encoder, args.low, args.layers, args.own_epochs, args.device, note="own"
        )
    rows = np.concatenate(answers(base, [(one, marked(one)) for one in pairs], args.device))
    alone = score(
        [named(pair) for one in pairs for pair in marked(one)], [given_of(row) for row in rows]
    )
    print(
        "own sentences alone:", json.dumps({k: round(v, 4) for k, v in alone.items()}), flush=True
    )
    if args.folds:
        result = cross_validate(pairs, full, typed, own, args, encoder, base)
        result["own_alone_macro_f1"] = alone["macro_f1"]
        result["own_alone_accuracy"] = alone["accuracy"]
        print(json.dumps({k: round(v, 4) for k, v in result.items()}))
        return
    learn = [
        one
        for one in [*pairs, *full, *typed]
        if args.hold is None or fold_of(one.group, 5) != args.hold
    ]
    branch = train_branch(
        learn,
        encoder,
        args.low,
        args.layers,
        args.epochs,
        args.device,
        args.seed,
        start=base,
        also=own,
        share=args.share,
        exchanged=args.exchanged,
    )
    keep(branch, args, args.out / "types.pt")
    print(f"done after {time.time() - began:.0f} s")


if __name__ == "__main__":
    main()
