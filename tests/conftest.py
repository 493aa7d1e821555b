"""Shared by all tests: one reader with the shipped rules and weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from dragoman.reading import Reader


@pytest.fixture(scope="session")
def reader() -> Reader:
    from dragoman.run_local import make_reader

    return make_reader(threads=2)
