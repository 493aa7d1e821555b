"""Where the labels without text (training/labels/) point, and in which fold a report is."""

from __future__ import annotations

import hashlib

# The sets of the data folder, by the name that the labels give them.
TEXTS = {
    "sample": ("sample/wikinews.jsonl", "sample/voa.jsonl"),
    "re3d": ("ties/re3d.jsonl",),
    "polnear_train": ("statements/polnear_train.jsonl",),
}


def fold_of(text: str, folds: int) -> int:
    """The fold that a sentence or a report belongs to."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % folds
