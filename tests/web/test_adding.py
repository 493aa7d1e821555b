"""Adding reports from the browser: kept beside the record, read as on the command line."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

import dragoman.run_local
from dragoman.errors import InputError
from dragoman.run_local import Progress, RunSummary
from dragoman.web.adding import folder_of, harmless_name
from web.conftest import csrf_of
from web.test_pages import flat

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from fastapi.testclient import TestClient


@pytest.fixture
def reading(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Reading that only notes what it was given: the real one is the browser test's."""
    given: list[str] = []

    def read_paths(
        paths: Sequence[str], record: Path, *, jobs: int, progress: Callable[[Progress], None]
    ) -> RunSummary:
        given.extend(paths)
        progress(Progress(1, 1, 0.1))
        return RunSummary(reports=2, read=1, set_aside=(("x", "x: empty file"),), seconds=0.2)

    monkeypatch.setattr(dragoman.run_local, "read_paths", read_paths)
    return given


def wait(own: TestClient, address: str) -> str:
    for _ in range(100):
        if own.get(f"{address}.json").json()["rows"][0]["done"]:
            break
        time.sleep(0.02)
    return flat(own.get(address).text)


def test_pasted_text_is_kept_and_read(own: TestClient, own_path: Path, reading: list[str]) -> None:
    answer = own.post("/add", data={"csrf": csrf_of(own), "text": "Title\r\n\r\nText."})
    text = wait(own, str(answer.url.path))
    assert "2 reports: 1 read, 0 read anew, 0 known already, 1 set aside." in text
    assert "x: empty file" in text
    (kept,) = folder_of(own_path).iterdir()
    assert kept.read_bytes() == b"Title\n\nText."
    assert reading == [str(kept)]


def test_files_keep_harmless_names_in_one_folder(
    own: TestClient, own_path: Path, reading: list[str]
) -> None:
    names = ["../../evil.txt", "/etc/passwd", "ü b.html", "..", "a/b/c.jsonl", "x" * 300 + ".txt"]
    files = [("files", (name, b"text of %d" % number)) for number, name in enumerate(names)]
    answer = own.post("/add", data={"csrf": csrf_of(own)}, files=files)
    wait(own, str(answer.url.path))
    kept = sorted(folder_of(own_path).iterdir())
    assert len(kept) == len(names) == len(reading)
    assert all(file.parent == folder_of(own_path) for file in kept)
    assert sorted(file.name.split("-", 1)[1] for file in kept)[:4] == [
        "c.jsonl",
        "evil.txt",
        "passwd",
        "report.txt",
    ]
    assert not (own_path.parent.parent / "evil.txt").exists()
    again = own.post("/add", data={"csrf": csrf_of(own)}, files=files)
    wait(own, str(again.url.path))
    assert sorted(folder_of(own_path).iterdir()) == kept, "the same files were kept twice"


def test_harmless_names() -> None:
    assert harmless_name("../../etc/passwd") == "passwd"
    assert harmless_name("C:\\docs\\a b.txt") == "a_b.txt"
    assert harmless_name("...") == "report.txt"
    assert harmless_name(".hidden") == "hidden"
    assert len(harmless_name("y" * 500)) <= 80


def test_nothing_given_is_told(own: TestClient, own_path: Path) -> None:
    answer = own.post("/add", data={"csrf": csrf_of(own), "text": "  "})
    assert answer.status_code == 422
    assert "nothing was given" in answer.text
    assert not folder_of(own_path).exists()


def test_a_long_text_is_asked_for_as_a_file(
    own: TestClient, own_path: Path, reading: list[str]
) -> None:
    text = "Bahrain broke off relations with Iran on Monday.\n" * 50_000
    pasted = {"csrf": (None, csrf_of(own)), "text": (None, text)}
    answer = own.post("/add", files=pasted)
    assert answer.status_code == 400
    assert "give a longer one as a file" in answer.text
    assert not folder_of(own_path).exists()


def test_a_file_of_fifty_megabytes_is_taken(
    own: TestClient, own_path: Path, reading: list[str]
) -> None:
    text = b"Bahrain broke off relations with Iran on Monday.\n" * 1_020_408
    answer = own.post("/add", data={"csrf": csrf_of(own)}, files=[("files", ("long.txt", text))])
    wait(own, str(answer.url.path))
    (kept,) = folder_of(own_path).iterdir()
    assert kept.stat().st_size == len(text) > 49_000_000
    assert reading == [str(kept)]


def test_forms_of_other_sites_are_refused(own: TestClient, own_path: Path) -> None:
    assert own.post("/add", data={"text": "x"}).status_code == 403
    assert not folder_of(own_path).exists()


def test_errors_of_reading_are_told(own: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> RunSummary:
        raise InputError("weights are <missing>", source="x")

    monkeypatch.setattr(dragoman.run_local, "read_paths", fails)
    answer = own.post("/add", data={"csrf": csrf_of(own), "text": "a report"})
    assert "x: weights are <missing>" in wait(own, str(answer.url.path))


def test_unknown_reading_is_not_found(own: TestClient) -> None:
    assert own.get("/added/none").status_code == 404
