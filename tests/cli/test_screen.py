"""Tables on terminals of several widths."""

from __future__ import annotations

import pytest

from dragoman.show.screen import Column, rows

COLUMNS = (
    Column("from", lambda row: row["from"]),
    Column("members", lambda _: "BHR, IRN", wide=1),
    Column("tie", lambda _: "diplomatic relations", wide=1),
    Column("state", lambda row: row["state"], wide=1),
    Column("told in", lambda _: "4 reports"),
    Column("id", lambda _: "t37c8f47f205a63"),
)
ROWS = (
    {"from": "2016-01-04", "state": "severed"},
    {"from": "2024-05-23", "state": "restoration sought"},
)


@pytest.mark.parametrize("width", [80, 100, 132])
def test_no_word_is_cut_in_two(
    width: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    assert rows(ROWS, COLUMNS, as_json=False) == len(ROWS)
    printed = capsys.readouterr().out
    assert all(len(line) <= width for line in printed.splitlines())
    words = printed.split()
    for word in ("diplomatic", "relations", "restoration", "sought", "severed", "t37c8f47f205a63"):
        assert word in words


def test_nothing_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert rows((), COLUMNS, as_json=False) == 0
    assert not capsys.readouterr().out
