"""A record with the sample in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests import factory

from dragoman.record import Record, open_record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Record]:
    with open_record(tmp_path / "r.db") as record:
        yield record


@pytest.fixture
def record(empty: Record) -> Record:
    for read in factory.sample():
        empty.write(read)
    empty.replace_gathered(factory.gathered())
    return empty
