"""Scores a weights folder on the development data: ``python -m training.score --data DATA``.

Everything runs through the package's own run-time code, so a figure is that of what is shipped.
Writes one JSON object (``--out``) that ``training.export --figures`` puts into the model card.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path
from typing import Any

import numpy as np
from benchmarks.language import Counts
from benchmarks.language import score as score_language

from dragoman.language.card import WEIGHTS
from dragoman.language.onnx_model import OnnxModel, load
from training.data import lines, sentence_spans

FILES = {
    "ewt": "ud_ewt_srl_dev.jsonl",
    "conllpp": "conllpp_dev.jsonl",
    "crossner_politics": "crossner_politics_dev.jsonl",
}


def attribution(rows: list[dict[str, Any]], model: OnnxModel) -> dict[str, float]:
    """Exact F1 of each role's spans over whole articles, cut by training's own sentence rule.

    A role's pieces are compared one by one; content that goes on in a next sentence is another
    piece there, so what crosses a sentence's end counts as missed. ``content_inside_f1`` leaves
    out the gold contents that do so, or whose cue stands in another sentence."""
    counts = {role: Counts() for role in ("source", "cue", "content")}
    inside = Counts()
    for row in rows:
        cuts = sentence_spans(row["text"])
        given: dict[str, set[tuple[int, int]]] = {role: set() for role in counts}
        for (start, _), tags in zip(
            cuts, model.tag([row["text"][s:e] for s, e in cuts]), strict=True
        ):
            move = lambda span, start=start: (span[0] + start, span[1] + start)  # noqa: E731
            for one in tags.attributions:
                if one.cue is None:
                    continue
                given["cue"].add(move(one.cue))
                if one.source:
                    given["source"].add(move(one.source))
                given["content"].update(move(span) for span in one.content)
        for role, count in counts.items():
            gold = {tuple(span) for told in row["attributions"] for span in told[role]}
            count.add(gold, given[role])
        held = {
            tuple(span)
            for told in row["attributions"]
            for span in told["content"]
            if any(
                s <= span[0] and span[1] <= e and any(s <= c[0] < e for c in told["cue"])
                for s, e in cuts
            )
        }
        inside.add(held, given["content"])
    found = {"content_inside_f1": inside.f1}
    return found | {f"{role}_f1": count.f1 for role, count in counts.items()}


def speed(rows: list[dict[str, Any]], folder: Path, threads: int) -> dict[str, float]:
    """Sentences a second, all heads and decoding, on sentences of 25 to 30 words."""
    chosen = []
    for row in rows:
        for start, end in sentence_spans(row["text"]):
            if 25 <= len(row["text"][start:end].split()) <= 30:
                chosen.append(row["text"][start:end])
    chosen = chosen[:400]
    model = load(folder, threads=threads)
    model.tag(chosen[:20])
    began = time.perf_counter()
    for begin in range(0, len(chosen), 40):
        model.tag(chosen[begin : begin + 40])
    return {f"sentences_per_s_{threads}": len(chosen) / (time.perf_counter() - began)}


def embedding(rows: list[dict[str, Any]], model: OnnxModel, teacher: Path | None) -> dict[str, Any]:
    """How near the embedding stays to that of the untouched encoder (needs torch)."""
    if teacher is None:
        return {}
    import torch
    from torch.nn import functional

    from dragoman.language.pieces import to_pieces
    from training.model import load_encoder
    from training.train import load_tokenizer

    encoder, tokenizer = load_encoder(teacher, 0.0).eval(), load_tokenizer(teacher)
    texts = [row["text"] for row in rows[:300]]
    mine = np.stack([tags.embedding for tags in model.tag(texts)])
    theirs = []
    for text in texts:
        words = [t.text for t in model.tag([text])[0].tokens]
        ids = torch.from_numpy(to_pieces(tokenizer, words).ids)[None]
        with torch.no_grad():
            theirs.append(
                functional.normalize(encoder(ids, torch.zeros_like(ids)).mean(1), dim=-1)[0].numpy()
            )
    other = np.stack(theirs)
    upper = np.triu_indices(len(texts), 1)
    return {
        "cosine_to_original": float((mine * other).sum(1).mean()),
        "similarity_correlation": float(
            np.corrcoef((mine @ mine.T)[upper], (other @ other.T)[upper])[0, 1]
        ),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path, default=WEIGHTS)
    parser.add_argument("--teacher", type=Path, default=None, help="folder of all-MiniLM-L6-v2")
    parser.add_argument("--folds", type=Path, help="what training.events --folds printed")
    parser.add_argument("--limit", type=int, default=0, help="so many lines of each file")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--no-speed", action="store_true")
    parser.add_argument("--out", type=Path, default=None)
    args = parser.parse_args()
    model = load(args.model, threads=args.threads)
    limit = args.limit or None
    result: dict[str, Any] = {"model": model.digest[:12]}
    for name, file in FILES.items():
        rows = lines(args.data / "language" / file)[:limit]
        result[name] = score_language(rows, model)
        print(name, rounded(result[name]), flush=True)
    articles = lines(args.data / "statements" / "polnear_dev.jsonl")[:limit]
    result["polnear"] = attribution(articles, model)
    print("polnear", rounded(result["polnear"]), flush=True)
    if args.folds:
        last = args.folds.read_text(encoding="utf-8").strip().splitlines()[-1]
        result["types_5_fold"] = json.loads(last)
    rows = lines(args.data / "language" / FILES["ewt"])
    result["embedding"] = embedding(rows, model, args.teacher)
    if not args.no_speed:
        result["speed"] = speed(articles, args.model, 1) | speed(articles, args.model, 2)
    result = {key: rounded(value) for key, value in result.items()}
    if args.out:
        args.out.write_text(json.dumps(result, indent=1), encoding="utf-8")
    print(json.dumps(result))


def rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: rounded(one) for key, one in value.items()}
    return round(value, 4) if isinstance(value, float) else value


if __name__ == "__main__":
    main()
