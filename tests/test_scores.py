"""The floors of scores.toml: accuracy may rise, and may not fall.

The sample reports are always there. Development data that are no part of the project are scored where
they lie: the folder named by DRAGOMAN_DATA, or ../shared/data beside the checkout.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DATA = Path(os.environ.get("DRAGOMAN_DATA", ROOT.parent / "shared" / "data"))
FLOORS = tomllib.loads((ROOT / "scores.toml").read_text(encoding="utf-8"))


def cases() -> list[tuple[str, Path, dict[str, float]]]:
    made = []
    for name, files in FLOORS.items():
        for file, floors in files.items():
            path = ROOT / file if file.startswith("examples") else DATA / file
            if path.exists():
                made.append((name, path, floors))
    return made


@pytest.mark.parametrize(("name", "path", "floors"), cases(), ids=lambda value: str(value)[-40:])
def test_no_score_falls_under_its_floor(name: str, path: Path, floors: dict[str, float]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}", "--data", str(path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    scores = json.loads(done.stdout.strip().splitlines()[-1])
    under = {
        key: (scores.get(key), floor)
        for key, floor in floors.items()
        if scores.get(key, -1.0) < floor
    }
    assert not under, f"under the floor (score, floor): {under}"


def test_the_sample_reports_are_always_scored() -> None:
    assert any(name == "examples" for name, _, _ in cases())
