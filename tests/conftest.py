"""Shared by all tests: one reader with the shipped rules and weights, and which sources child processes run."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import dragoman

if TYPE_CHECKING:
    from dragoman.reading import Reader


def pytest_configure() -> None:
    """Let every process that a test starts run the sources that are tested, whatever its folder.

    A relative path, or none, would lead it to the installed package: perhaps another version, with another
    record's schema.
    """
    sources = Path(dragoman.__file__).resolve().parents[1]
    folders = (sources, Path(__file__).resolve().parents[1])
    os.environ["PYTHONPATH"] = os.pathsep.join(map(str, folders))


@pytest.fixture(scope="session")
def reader() -> Reader:
    from dragoman.run_local import make_reader

    return make_reader(threads=2)
