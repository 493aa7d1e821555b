"""Actors may be asked for by any name that the catalogue knows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dragoman.cli.app import app
from dragoman.run_local import read_paths

EXAMPLES = Path(__file__).parents[2] / "examples" / "reports"


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("alias") / "r.db"
    read_paths([str(EXAMPLES / "gulf-courier-2024-05-23-moscow.txt")], path, jobs=1)
    return path


@pytest.mark.parametrize("name", ["King Hamad", "Hamad bin Isa", "Hamad bin Isa Al Khalifa"])
def test_a_speaker_by_an_alias(record: Path, name: str) -> None:
    done = CliRunner().invoke(app, ["statements", "--speaker", name, "--record", str(record)])
    assert done.exit_code == 0, done.output
    speakers = {
        json.loads(line)["speaker"]["entity_name"]
        for line in done.output.splitlines()
        if line.startswith("{")
    }
    assert speakers == {"Hamad bin Isa Al Khalifa"}
