"""Matrices in 8 bits, what their products round, and by which factors they round less; see ``training.smooth``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# The factors tried are ``most_input ** a / most_weight ** (1 - a)``, as Xiao et al. (2023) have them, for these ``a``.
SHARES = (0.5, 0.65, 0.75, 0.8, 0.85, 0.9, 1.0)
LEVELS = 127
STEPS = 255
# Weights are bytes without sign, this one standing for zero: products of bytes with and without sign are added up in 16 bits on
# processors without 8-bit dot products (AVX512-VNNI, AVX-VNNI), where the sum may not fit, and answers would differ from others'.
MIDDLE = 128


def rounded(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """A sentence's inputs as an 8-bit product sees them: one range, zero in it."""
    low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
    scale = max(high - low, 1e-12) / STEPS
    zero = np.clip(np.round(-low / scale), 0, STEPS)
    return ((np.clip(np.round(values / scale) + zero, 0, STEPS) - zero) * scale).astype(np.float32)


def to_bytes(
    matrix: NDArray[np.float32], levels: int = LEVELS
) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """A matrix in 8 bits without sign, ``levels`` the largest, and the scale of each column."""
    scale = np.maximum(np.abs(matrix).max(0), 1e-8) / levels
    whole = np.clip(np.round(matrix / scale), -levels, levels) + MIDDLE
    return whole.astype(np.uint8), scale.astype(np.float32)


def from_bytes(whole: NDArray[np.uint8], scale: NDArray[np.float32]) -> NDArray[np.float32]:
    """The matrix that the bytes stand for."""
    return (whole.astype(np.float32) - MIDDLE) * scale


def factors(
    matrix: NDArray[np.float32], seen: list[NDArray[np.float32]]
) -> tuple[NDArray[np.float32] | None, float]:
    """By what to multiply the rows of a product's matrix, None for nothing; and which share of the error is left.

    Args:
        matrix: the product's weights, (channels, columns).
        seen: its inputs, (rows, channels) a sentence.
    """
    most = np.maximum(np.max([np.abs(one).max(0) for one in seen], axis=0), 1e-5)
    weight = np.maximum(np.abs(matrix).max(1), 1e-5)
    wanted = [one @ matrix for one in seen]

    def error(factor: NDArray[np.float32]) -> float:
        held = from_bytes(*to_bytes(matrix * factor[:, None]))
        return sum(
            float(((rounded(one / factor) @ held - right) ** 2).sum())
            for one, right in zip(seen, wanted, strict=True)
        )

    before = error(np.ones(len(matrix), np.float32))
    best, left = None, before
    for share in SHARES:
        factor = most**share / weight ** (1 - share)
        factor = (factor / np.exp(np.log(factor).mean())).astype(np.float32)
        now = error(factor)
        if now < left:
            best, left = factor, now
    return best, left / max(before, 1e-12)
