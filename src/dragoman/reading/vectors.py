"""Embeddings as the record keeps them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from dragoman.reading.tree import Tree


def embedding(tree: Tree) -> bytes:
    """The sentence's embedding in int8 steps of 1/127."""
    vector = np.asarray(tree.tags.embedding, dtype=np.float32)
    steps = np.clip(np.rint(vector * 127.0), -127, 127).astype(np.int8)
    return bytes(steps.tobytes())
