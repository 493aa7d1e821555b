"""Factors that even out the channels of an 8-bit product's input: the sum stays, and less is rounded away."""

from __future__ import annotations

import numpy as np
from training.rounding import factors, from_bytes, rounded, to_bytes


def test_bytes_stand_for_the_matrix() -> None:
    matrix = np.random.default_rng(1).normal(size=(8, 5)).astype(np.float32)
    whole, scale = to_bytes(matrix)
    assert whole.dtype == np.uint8
    assert np.abs(from_bytes(whole, scale) - matrix).max() <= scale.max() / 2 + 1e-6


def test_zero_stays_zero_and_the_ends_stay() -> None:
    values = np.array([[-1.0, 0.0, 3.0]], np.float32)
    made = rounded(values)
    assert made[0, 1] == 0.0
    assert np.abs(made - values).max() <= 4.0 / 255


def test_a_large_channel_is_evened_out() -> None:
    rng = np.random.default_rng(2)
    matrix = rng.normal(size=(64, 16)).astype(np.float32)
    seen = [rng.normal(size=(20, 64)).astype(np.float32) for _ in range(4)]
    for one in seen:
        one[:, 3] *= 40
    found, left = factors(matrix, seen)
    assert found is not None
    assert found[3] == found.max()
    assert left < 0.3
    whole, scale = to_bytes(matrix * found[:, None])
    exact, now = seen[0] @ matrix, rounded(seen[0] / found) @ from_bytes(whole, scale)
    before = rounded(seen[0]) @ from_bytes(*to_bytes(matrix))
    assert np.abs(now - exact).mean() < np.abs(before - exact).mean()


def test_what_needs_no_factors_gets_none() -> None:
    # Inputs and weights that 8 bits hold exactly leave no error to lessen.
    matrix = np.full((4, 3), 127.0, np.float32)
    found, left = factors(matrix, [np.full((2, 4), 255.0, np.float32)])
    assert found is None
    assert left in {0.0, 1.0}
