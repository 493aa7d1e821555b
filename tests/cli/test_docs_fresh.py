from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def build() -> dict[str, str]:
    """The pages as the code makes them now, by name."""
    code = (
        "import sys, json; sys.path.insert(0, 'docs'); import build;"
        "print(json.dumps({name: make() for name, make in build.PAGES.items()}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    import json

    pages: dict[str, str] = json.loads(done.stdout)
    return pages


@pytest.mark.parametrize("name", ["cli.md", "codebook.md"])
def test_the_page_is_as_the_code_makes_it(build: dict[str, str], name: str) -> None:
    kept = (ROOT / "docs" / name).read_text("utf-8")
    assert kept == build[name], f"run: python docs/build.py  (docs/{name} is old)"


def test_every_command_and_filter_is_there(build: dict[str, str]) -> None:
    page = build["cli.md"]
    for command in (
        "demo", "read", "stories", "story", "reports", "events", "statements", "actors", "ties",
        "timeline", "compare", "why", "search", "export", "rules check", "catalogue add",
        "catalogue check", "explain", "correct", "serve",
    ):  # fmt: skip
        assert f"## dragoman {command}\n" in page
    for option in (
        "--actor", "--between", "--type", "--since", "--until", "--outlet", "--said-by",
        "--speaker", "--about", "--limit", "--on", "--as-known-on", "--record",
    ):  # fmt: skip
        assert option in page


def test_every_key_of_the_promise_is_explained(build: dict[str, str]) -> None:
    page = build["codebook.md"]
    for key in ("happening_id", "date_precision", "other_sector_codes", "utterance_id", "from"):
        assert f"| `{key}` |" in page
    events = page.split("### events")[1].split("### statements")[0]
    for line in events.splitlines():
        if line.startswith("| `") and not line.startswith(
            ("| `id`", "| `report_id`", "| `outlet`", "| `published`")
        ):
            assert not line.endswith("|  |"), line
