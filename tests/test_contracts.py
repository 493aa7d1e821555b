"""The import directions of design.md, as a test."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_import_contracts_hold() -> None:
    folder = Path(__file__).parents[1]
    script = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([script], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
