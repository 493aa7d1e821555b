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


def cases() -> list[tuple[str, list[Path], dict[str, float]]]:
    """Each benchmark with its file, and the reports it is about where those are another file."""
    made = []
    for name, files in FLOORS.items():
        for file, given in files.items():
            own = file.startswith(("examples", "benchmarks"))
            paths = [ROOT / file if own else DATA / file]
            floors = {key: value for key, value in given.items() if key != "reports"}
            if "reports" in given:
                paths.append(DATA / given["reports"])
            if all(path.exists() for path in paths):
                made.append((name, paths, floors))
    return made


@pytest.mark.parametrize(("name", "paths", "floors"), cases(), ids=lambda value: str(value)[-40:])
def test_no_score_falls_under_its_floor(
    name: str, paths: list[Path], floors: dict[str, float]
) -> None:
    options = ["--data", str(paths[0]), *(f"--reports={path}" for path in paths[1:])]
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{name}", *options],
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
