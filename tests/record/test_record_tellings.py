"""Tellings of ties in the record: they come back as they went in, and go with their report."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.factory import party, rupture, span

from dragoman.entries import TieTelling
from dragoman.errors import RecordError
from dragoman.record import open_record
from dragoman.spans import Span

if TYPE_CHECKING:
    from pathlib import Path

    from dragoman.entries import ReadReport


def told() -> ReadReport:
    read = rupture()
    text = read.report.text
    words = span(text, "Bahrain severed its relations with Iran")
    telling = TieTelling(
        "l-one", read.report.id, 3, words, (party(text, "Bahrain"), party(text, "Iran", 3)),
        "diplomatic relations", "severed", "2016-01-04", "day", None, read.statements[0].id,
        ("historical",), "rule:test", "told in the clause",
    )  # fmt: skip
    return replace(read, tellings=(telling,))


def test_round_trip(tmp_path: Path) -> None:
    read = told()
    with open_record(tmp_path / "r.db") as record:
        record.write(read)
        assert next(iter(record.each_read_report())).tellings == read.tellings


def test_a_new_reading_replaces_them(tmp_path: Path) -> None:
    read = told()
    changed = replace(read.tellings[0], id="l-two", state="suspended")
    with open_record(tmp_path / "r.db") as record:
        record.write(read)
        assert record.write(replace(read, reader="other", tellings=(changed,))) == "reread"
        assert next(iter(record.each_read_report())).tellings == (changed,)


def test_words_that_are_not_the_reports_are_refused(tmp_path: Path) -> None:
    read = told()
    wrong = replace(read.tellings[0], span=Span(0, 5, "wrong"))
    with (
        open_record(tmp_path / "r.db") as record,
        pytest.raises(RecordError, match="telling l-one"),
    ):
        record.write(replace(read, tellings=(wrong,)))
