"""A record with the sample in it, and a client for the app that shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient
from tests import factory

from dragoman.record import open_record
from dragoman.web import create_app

if TYPE_CHECKING:
    from pathlib import Path

BASE = "http://127.0.0.1:8765"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The file of a record with three reports, one of them set aside."""
    file = tmp_path / "sample.db"
    with open_record(file) as record:
        for read in factory.sample():
            record.write(read)
        record.replace_gathered(factory.gathered())
    return file


@pytest.fixture
def client(path: Path) -> TestClient:
    return TestClient(create_app(path), base_url=BASE)


def csrf_of(client: TestClient) -> str:
    """The word that the forms of an app bring back."""
    return str(client.app.state.site.csrf)  # type: ignore[attr-defined]
