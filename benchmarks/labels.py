"""Where the labels without text (training/labels/) point, and in which fold a report is."""

from __future__ import annotations

import hashlib

# The sets of the data folder, by the name that the labels give them.
TEXTS = {
    "sample": ("sample/wikinews.jsonl", "sample/voa.jsonl"),
    "re3d": ("ties/re3d.jsonl",),
    "polnear_train": ("statements/polnear_train.jsonl",),
    "pairs": ("events/pairs.jsonl",),
    "spans": ("events/spans.jsonl",),
}
# Of these a line is a sentence, and some sentences stand in several lines and files.
SENTENCES = frozenset({"pairs", "spans"})


def fold_of(text: str, folds: int) -> int:
    """The fold that a sentence or a report belongs to."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % folds


def group_of(source: str, report: str, text: str) -> str:
    """What stays together when folds are made: a report, or a sentence that stands alone.

    Of a sentence only the letters count: the sets space the same one in different ways.
    """
    if source not in SENTENCES:
        return report
    return "".join(char for char in text.lower() if char.isalnum())
