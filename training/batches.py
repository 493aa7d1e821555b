"""Examples to padded batches of about equal cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor

from dragoman.language.pieces import LOWER, Pieces, to_pieces
from training.data import ATTRIBUTION_TAGS, COARSE, FINE, MISSING, Example, Labels, bio
from training.model import Batch

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

    from tokenizers import Tokenizer

CHUNK = 2000  # sentences sorted by length together
PIECES = 1000  # word pieces a batch, padding included
LONGEST = 160  # longer sentences are left out of training
NO_CASE = 0.04  # share of sentences shown without their capitals, as in careless headlines


@dataclass(slots=True)
class Ready:
    """An example with its pieces and its labels as numbers."""

    example: Example
    pieces: Pieces
    teacher: np.ndarray | None = None
    low: Tensor | None = None  # states after the frozen layers, kept once they are known


def name_sets(labels: Labels) -> tuple[dict[tuple[str, str], int], Tensor]:
    """What a name tag of each set may be, in the fine tags: numbers, and a mask a number."""
    numbers: dict[tuple[str, str], int] = {}
    masks: list[list[float]] = []

    def add(source: str, tag: str, allowed: list[str]) -> None:
        numbers[source, tag] = len(masks)
        masks.append([float(name in allowed) for name in labels.ner])

    for source in ("ewt", "conll"):
        known = [name for name in COARSE if source == "conll" or name != "MISC"]
        outside = ["O"]
        if source == "ewt":  # EWT has no such class: a word outside may well be of it
            outside += [f"{mark}-{fine}" for fine in COARSE["MISC"] for mark in "BI"]
        add(source, "O", outside)
        for name in known:
            for mark in "BI":
                add(source, f"{mark}-{name}", [f"{mark}-{fine}" for fine in COARSE[name]])
    add("crossner", "O", ["O"])
    for fine in FINE:
        for mark in "BI":
            add("crossner", f"{mark}-{fine}", [f"{mark}-{fine}"])
    return numbers, torch.tensor(masks)


def prepare(examples: list[Example], tokenizer: Tokenizer) -> list[Ready]:
    ready = []
    for example in examples:
        pieces = to_pieces(tokenizer, example.words)
        if len(pieces.first) == len(example.words) and len(pieces.ids) <= LONGEST:
            ready.append(Ready(example, pieces))
    return ready


def batched(items: list[Ready], rng: random.Random, pieces: int = PIECES) -> list[list[Ready]]:
    """Shuffles, sorts by length within chunks, cuts into batches of about ``pieces``."""
    order = list(items)
    rng.shuffle(order)
    groups: list[list[Ready]] = []
    for begin in range(0, len(order), CHUNK):
        chunk = sorted(order[begin : begin + CHUNK], key=lambda item: len(item.pieces.ids))
        group: list[Ready] = []
        for item in chunk:
            if group and len(item.pieces.ids) * (len(group) + 1) > pieces:
                groups.append(group)
                group = []
            group.append(item)
        if group:
            groups.append(group)
    rng.shuffle(groups)
    return groups


class Collator:
    """Numbers for the labels, and batches of tensors."""

    def __init__(self, labels: Labels, device: str = "cpu") -> None:
        self.device = device
        index = lambda names: {name: place for place, name in enumerate(names)}  # noqa: E731
        self.upos = index(labels.upos)
        self.deprel = index(labels.deprel)
        self.scripts = index(labels.scripts)
        self.roles = index(labels.role_tags)
        self.role_names = set(labels.roles)
        self.attribution = index(ATTRIBUTION_TAGS)
        self.names, masks = name_sets(labels)
        self.name_masks = masks.to(device)

    def __call__(self, group: list[Ready], rng: random.Random | None = None) -> Batch:
        size = len(group)
        length = max(len(item.pieces.ids) for item in group)
        width = max(len(item.pieces.first) for item in group)
        ids = np.zeros((size, length), np.int64)
        kinds = np.zeros((size, length), np.int64)
        first = np.zeros((size, width), np.int64)
        last = np.zeros((size, width), np.int64)
        words = np.zeros((size, width), bool)
        for row, item in enumerate(group):
            pieces = item.pieces
            ids[row, : len(pieces.ids)] = pieces.ids
            if rng is None or rng.random() >= NO_CASE:
                kinds[row, : len(pieces.ids)] = pieces.kinds
            else:
                kinds[row, : len(pieces.ids)] = LOWER
            first[row, : len(pieces.first)] = pieces.first
            last[row, : len(pieces.last)] = pieces.last
            words[row, : len(pieces.first)] = True
        tensor = lambda array: torch.from_numpy(array).to(self.device)  # noqa: E731
        batch = Batch(
            group[0].example.source,
            tensor(ids),
            tensor(kinds),
            tensor(first),
            tensor(last),
            tensor(words),
        )
        self._labels(batch, [item.example for item in group], width)
        if any(item.teacher is not None for item in group):
            blank = np.zeros(384, np.float16)  # a sentence without a teacher counts for nothing
            rows = [blank if item.teacher is None else item.teacher for item in group]
            batch.teacher = tensor(np.stack(rows).astype(np.float32))
        return batch

    def _labels(self, batch: Batch, group: list[Example], width: int) -> None:
        def pad(rows: list[list[int] | None]) -> Tensor | None:
            if all(row is None for row in rows):
                return None
            array = np.full((len(rows), width), MISSING, np.int64)
            for place, row in enumerate(rows):
                if row is not None:
                    array[place, : len(row)] = row
            return torch.from_numpy(array).to(self.device)

        def coded(values: list[str] | None, table: dict[str, int]) -> list[int] | None:
            return None if values is None else [table.get(value, MISSING) for value in values]

        batch.upos = pad([coded(one.upos, self.upos) for one in group])
        batch.heads = pad([one.heads for one in group])
        batch.deprel = pad([coded(one.deprel, self.deprel) for one in group])
        batch.lemma = pad([coded(one.lemma, self.scripts) for one in group])
        batch.ner = pad(
            [
                None if one.ner is None else [self.names[one.source, tag] for tag in one.ner]
                for one in group
            ]
        )
        batch.predicate = pad(
            [
                None
                if one.predicates is None
                else [int(place in set(one.predicates)) for place in range(len(one.words))]
                for one in group
            ]
        )
        batch.cue = pad(
            [
                None
                if one.cues is None
                else coded(
                    [tag[0] for tag in bio(len(one.words), [(s, e, "") for s, e in one.cues])],
                    {"O": 0, "B": 1, "I": 2},
                )
                for one in group
            ]
        )
        batch.frames = self._rows([one.frames for one in group], group, pad, self.roles)
        batch.attributions = self._rows(
            [one.attributions for one in group], group, pad, self.attribution
        )

    def _rows(self, found, group, pad, table):  # type: ignore[no-untyped-def]
        sentence, position, tags = [], [], []
        for place, anchored in enumerate(found):
            for anchor, spans in anchored or ():
                kept = [span for span in spans if f"B-{span[2]}" in table]
                sentence.append(place)
                position.append(anchor)
                tags.append([table[tag] for tag in bio(len(group[place].words), kept)])
        if not sentence:
            return None
        as_long = lambda values: torch.tensor(values, device=self.device)  # noqa: E731
        return as_long(sentence), as_long(position), pad(tags)


def rounds(
    items: list[Ready], rng: random.Random, keep: float = 1.0, pieces: int = PIECES
) -> Iterator[list[Ready]]:
    """Batches for ever, reshuffled each epoch; ``keep`` is the share of sentences without any
    attribution that an epoch sees (PolNeAR has as many of them as of the others)."""
    while True:
        chosen = [
            item
            for item in items
            if keep >= 1.0
            or item.example.extra.get("rows")
            or item.example.extra.get("loose")
            or rng.random() < keep
        ]
        yield from batched(chosen, rng, pieces)
