from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from tests import factory

from dragoman.entries import ReadReport
from dragoman.errors import InputError, UnknownValueError, UsageError
from dragoman.exchange import FORMATS, TABLES, export, writers
from dragoman.record import Record, Where, open_record

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# The promise of the design, section 6: these keys, in this order.
KEYS = {
    "reports": "id outlet title url published updated language source status reason text",
    "events": "id report_id outlet published start end text date date_precision enddate actor "
    "recipient event mode context quad_code event_scale auxiliary event_loc said_by confidence "
    "happening_id story_id coder",
    "statements": "id report_id start end kind speaker cue content addressee date utterance_id "
    "via occasion position confidence coder",
    "ties": "id members kind state from from_precision until said_by evidence",
    "stories": "id title report_ids",
    "utterances": "id member_ids",
    "happenings": "id member_ids",
}
ACTOR_KEYS = (
    "raw_text start end entity_name entity_code country_code sector_code other_sector_codes"
)
COUNTS = {
    "reports": 3, "events": 5, "statements": 1, "ties": 3, "stories": 1, "utterances": 1,
    "happenings": 3,
}  # fmt: skip


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with open_record(tmp_path / "r.db") as record:
        for read in factory.sample():
            record.write(read)
        record.replace_gathered(factory.gathered())
        yield record


def lines(record: Record, table: str, where: Where | None = None) -> list[dict[str, Any]]:
    stream = io.BytesIO()
    count = export(record, table, "jsonl", stream, where)
    found = [json.loads(line) for line in stream.getvalue().decode().splitlines()]
    assert len(found) == count
    return found


@pytest.mark.parametrize("table", TABLES)
def test_keys_are_the_promised_ones_in_their_order(record: Record, table: str) -> None:
    found = lines(record, table)
    assert len(found) == COUNTS[table]
    assert {" ".join(row) for row in found} == {KEYS[table]}


def test_an_event_in_full(record: Record) -> None:
    (row,) = lines(record, "events", Where(between=("SAU", "IRN"), type="SANCTION"))
    event = factory.rupture().events[0]
    assert row["text"] == event.span.text
    assert row["event"] == ["SANCTION"]
    assert row["mode"] == ["discontinue"]
    assert row["date"] == "2016-01-03"
    assert row["enddate"] is None
    assert row["outlet"] == "The Gulf Courier"
    assert row["happening_id"] == "h-saudi"
    assert row["story_id"] == "y-one"
    assert row["actor"] == [{
        "raw_text": "Saudi Arabia", "start": 33, "end": 45, "entity_name": "Saudi Arabia",
        "entity_code": "SAU", "country_code": "SAU", "sector_code": None, "other_sector_codes": [],
    }]  # fmt: skip
    assert " ".join(row["actor"][0]) == ACTOR_KEYS
    assert row["event_loc"] == {
        "raw_text": "embassy", "start": 124, "end": 131, "name": "Tehran", "country_code": "IRN",
    }  # fmt: skip


def test_every_offset_quotes_the_report(record: Record) -> None:
    texts = {row["id"]: row["text"] for row in lines(record, "reports")}

    def spans(value: Any) -> Iterator[dict[str, Any]]:
        if isinstance(value, list):
            for item in value:
                yield from spans(item)
        elif isinstance(value, dict):
            if {"start", "end"} <= set(value) and ("text" in value or "raw_text" in value):
                yield value
            for item in value.values():
                yield from spans(item)

    count = 0
    for table in ("events", "statements", "ties"):
        for row in lines(record, table):
            for span in spans(row):
                report = texts[span.get("report_id") or row["report_id"]]
                words = span.get("text") or span.get("raw_text")
                assert report[span["start"] : span["end"]] == words
                count += 1
    assert count > 20


def test_a_statement_and_a_tie(record: Record) -> None:
    (said,) = lines(record, "statements")
    assert said["utterance_id"] == "u-one"
    assert said["speaker"]["entity_name"] == "Adel al-Jubeir"
    assert said["speaker"]["other_sector_codes"] == ["ELI"]
    assert said["cue"]["text"] == "said"
    assert said["addressee"] is None
    assert said["occasion"]["kind"] == "meeting"
    (position,) = said["position"]
    assert (position["kind"], position["text"], position["tie"]) == ("opposes", "let", None)
    assert [one["entity_code"] for one in position["toward"]] == ["IRN"]
    tie = next(row for row in lines(record, "ties") if row["id"] == "t-saudi")
    assert (tie["from"], tie["from_precision"], tie["until"]) == ("2016-01-03", "day", "2023-03-10")
    assert list(tie["evidence"][0]) == ["report_id", "start", "end", "text", "event_id"]


def read_csv(record: Record, table: str) -> list[dict[str, str]]:
    stream = io.BytesIO()
    export(record, table, "csv", stream)
    return list(csv.DictReader(io.StringIO(stream.getvalue().decode(), newline="")))


@pytest.mark.parametrize("table", TABLES)
def test_csv_has_a_line_for_each_row(record: Record, table: str) -> None:
    found = read_csv(record, table)
    assert len(found) == COUNTS[table]
    assert all(None not in row and None not in row.values() for row in found)


def test_csv_flattens_parties_and_joins_lists(record: Record) -> None:
    offer = next(row for row in read_csv(record, "events") if row["event"] == "AGREE")
    assert offer["recipient_codes"] == "SAU; IRN"
    assert offer["recipient_names"] == "Saudi Arabia; Iran"
    assert offer["recipient_words"] == "Riyadh; Tehran"
    assert offer["date"] == ""
    (said,) = read_csv(record, "statements")
    assert said["speaker_codes"] == "SAU"
    assert said["content_text"].startswith('"We will')
    tie = next(row for row in read_csv(record, "ties") if row["id"] == "t-bahrain")
    assert tie["evidence_reports"] == "r-rupture; r-voices"


def test_no_cell_is_a_formula(tmp_path: Path) -> None:
    with open_record(tmp_path / "f.db") as record:
        titles = ("=1+1", "+1", "-1", "@SUM(A1)", "\tcell", "\rcell", "fine", "a=b")
        for number, title in enumerate(titles):
            told = factory.report(f"r{number}", f"T\n{title}", title=title)
            record.write(ReadReport(told, reader="x"))
        cells = [row["title"] for row in read_csv(record, "reports")]
    assert cells == [f"'{title}" for title in titles[:6]] + ["fine", "a=b"]


def test_numbers_stay_numbers(record: Record) -> None:
    assert {row["event_scale"] for row in read_csv(record, "events")} == {"-5.2", "-4.2", "4.2"}


def test_text_of_all_kinds_survives_csv(tmp_path: Path) -> None:
    text = 'Title\nShe said "no", then — «نعم»\r\nNext; line'
    with open_record(tmp_path / "f.db") as record:
        record.write(ReadReport(factory.report("r", text), reader="x"))
        (row,) = read_csv(record, "reports")
    assert row["text"] == text


def test_a_file_is_replaced_only_when_all_is_written(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "events.jsonl"
    assert export(record, "events", "jsonl", target) == 5
    before = target.read_bytes()

    def broken(*_: object) -> int:
        raise OSError("disk full")

    monkeypatch.setattr(writers, "write_jsonl", broken)
    with pytest.raises(OSError, match="disk full"):
        export(record, "events", "jsonl", target)
    assert target.read_bytes() == before
    assert [path.name for path in tmp_path.glob("events*")] == ["events.jsonl"]


def test_what_is_not_allowed_is_said_with_the_nearest(record: Record, tmp_path: Path) -> None:
    with pytest.raises(UnknownValueError, match="'events'"):
        export(record, "event", "jsonl", io.BytesIO())
    with pytest.raises(UnknownValueError, match="'jsonl'"):
        export(record, "events", "json", io.BytesIO())
    with pytest.raises(InputError, match="nowhere"):
        export(record, "events", "jsonl", tmp_path / "nowhere" / "e.jsonl")


def test_parquet_without_polars_says_what_to_install(
    record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name)

    monkeypatch.setattr("importlib.import_module", missing)
    with pytest.raises(UsageError, match=r"dragoman\[tables\]"):
        export(record, "events", "parquet", io.BytesIO())


@pytest.mark.parametrize("table", TABLES)
def test_parquet_holds_the_same_as_json_lines(record: Record, table: str) -> None:
    polars = pytest.importorskip("polars")
    stream = io.BytesIO()
    assert export(record, table, "parquet", stream) == COUNTS[table]
    stream.seek(0)
    assert polars.read_parquet(stream).to_dicts() == lines(record, table)


def test_an_empty_table_is_an_empty_file_of_the_same_shape(tmp_path: Path) -> None:
    with open_record(tmp_path / "e.db") as record:
        for table in TABLES:
            for format_ in FORMATS:
                if format_ == "parquet":
                    pytest.importorskip("polars")
                stream = io.BytesIO()
                assert export(record, table, format_, stream) == 0
                lines_ = stream.getvalue().count(b"\n")
                assert format_ == "parquet" or lines_ == (format_ == "csv")
