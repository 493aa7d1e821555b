"""What the foot of each page says gives the same on the command line and in Python does run."""

from __future__ import annotations

import html
import re
import shlex
import shutil
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from dragoman import Where, open_record
from dragoman.cli.app import app
from dragoman.show.analyses import network_of
from web.test_pages import PAGES

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi.testclient import TestClient

# The pages for adding reports name commands with places to fill in.
ADDRESSES = [
    *(address for address in PAGES if address != "/add"),
    "/events?between=Bahrain&between=Iran&since=2016&type=SANCTION", "/events?story=y-one",
    "/statements?report=r-rupture", "/statements?about=Iran&type=direct", "/reports?status=set+aside",
    "/ties?actor=Iran&type=mediation", "/happenings?since=2016-01-04", "/events?rejected=yes",
    "/stories?outlet=Northern+Wire", "/network?on=2016-01-05",
]  # fmt: skip


def foot(client: TestClient, address: str, label: str) -> str:
    found = re.search(rf"{label}: <code>(.*?)</code>", client.get(address).text, re.DOTALL)
    assert found, f"{address} does not say what gives the same: {label}"
    return html.unescape(found[1])


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_command_runs(
    client: TestClient, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    words = shlex.split(foot(client, address, "on the command line"))
    assert words[0] == "dragoman"
    shutil.copy(path, tmp_path / path.name)
    monkeypatch.chdir(tmp_path)
    answer = CliRunner().invoke(app, words[1:])
    empty = "search" in words and words[words.index("search") + 1].startswith("-")
    assert empty or answer.exit_code == 0, (words, answer.output, answer.exception)


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_python_runs(
    client: TestClient, path: Path, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.chdir(path.parent)
    code = foot(client, address, "In Python")
    names = {"open_record": lambda file: open_record(file, readonly=True), "Where": Where}
    assert eval(code, names | {"network_of": network_of}) is not None


def test_pages_for_adding_say_it_too(client: TestClient) -> None:
    assert "dragoman read PATH..." in foot(client, "/add", "on the command line")
