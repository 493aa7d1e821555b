"""A record with the sample in it, and a client for the app that shows it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from tests import factory

from dragoman.record import open_record
from dragoman.web import create_app

BASE = "http://127.0.0.1:8765"


@pytest.fixture(scope="session")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a record with three reports, one of them set aside; not to be changed."""
    file = tmp_path_factory.mktemp("web") / "sample.db"
    with open_record(file) as record:
        for read in factory.sample():
            record.write(read)
        record.replace_gathered(factory.gathered())
    return file


@pytest.fixture(scope="session")
def client(path: Path) -> TestClient:
    """The app that shows it; not to be sent forms that it takes."""
    return TestClient(create_app(path), base_url=BASE)


@pytest.fixture
def own_path(path: Path, tmp_path: Path) -> Path:
    """A copy of the record, to be changed."""
    return Path(shutil.copy(path, tmp_path / "sample.db"))


@pytest.fixture
def own(own_path: Path) -> TestClient:
    """The app that shows the copy."""
    return TestClient(create_app(own_path), base_url=BASE)


def csrf_of(client: TestClient) -> str:
    """The word that the forms of an app bring back."""
    return str(client.app.state.site.csrf)  # type: ignore[attr-defined]
