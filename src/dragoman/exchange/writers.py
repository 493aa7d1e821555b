"""Export objects to JSON Lines, CSV and Parquet."""

from __future__ import annotations

import csv
import importlib
import io
import json
import os
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Literal, TypeAlias, get_args, get_type_hints

from dragoman.errors import InputError, UnknownValueError, UsageError
from dragoman.exchange import rows
from dragoman.exchange.tables import TABLES, export_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dragoman.exchange.tables import ExportRow
    from dragoman.record import Record, Where

Format = Literal["jsonl", "csv", "parquet"]
FORMATS: tuple[Format, ...] = get_args(Format)
Target: TypeAlias = "IO[bytes] | str | Path"

# A spreadsheet takes a cell that begins so for a formula, or drops the sign (OWASP, "CSV Injection").
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")

# Rows that are turned into columns at once for Parquet.
_BATCH = 5_000

# What a nested object becomes in CSV: the suffix of each column, and the key it is taken from.
ACTOR_CELLS = {
    "names": "entity_name", "codes": "entity_code", "countries": "country_code",
    "sectors": "sector_code", "words": "raw_text",
}  # fmt: skip
EVIDENCE_CELLS = {"reports": "report_id", "words": "text"}
SPAN_CELLS = ("start", "end", "text")
OCCASION_CELLS = ("kind", "start", "end", "text")
POSITION_CELLS = {"kinds": "kind", "toward": "toward", "ties": "tie", "words": "text"}
PLACE_CELLS = ("name", "country_code", "raw_text")

_OBJECT_CELLS: Mapping[Any, tuple[str, ...]] = {
    rows.SpanRow: SPAN_CELLS, rows.PlaceRow: PLACE_CELLS, rows.OccasionRow: OCCASION_CELLS,
}  # fmt: skip
SHAPES: Mapping[str, type] = {
    "reports": rows.ReportRow, "events": rows.EventRow, "statements": rows.StatementRow,
    "ties": rows.TieRow, "stories": rows.StoryRow, "utterances": rows.MembersRow,
    "happenings": rows.MembersRow,
}  # fmt: skip


def export(
    record: Record, table: str, format_: str, target: Target, where: Where | None = None
) -> int:
    """Write a table of a record.

    Args:
        record: an open record.
        table: reports, events, statements, ties, stories, utterances or happenings.
        format_: jsonl, csv or parquet.
        target: an open binary stream, or the path of a file. A file is replaced only when the
            export is complete.
        where: filters.

    Returns:
        How many rows were written.

    Raises:
        UnknownValueError: for another table or format.
        UsageError: for Parquet without the extra "tables".
        InputError: if the file cannot be written.
    """
    if table not in TABLES:
        raise UnknownValueError(table, TABLES, what="the table")
    if format_ not in FORMATS:
        raise UnknownValueError(format_, FORMATS, what="the format")
    made = export_rows(record, table, where)
    write = {"jsonl": write_jsonl, "csv": write_csv, "parquet": write_parquet}[format_]
    with _opened(target) as stream:
        return write(made, table, stream)


def write_jsonl(made: Iterable[ExportRow], table: str, stream: IO[bytes]) -> int:  # noqa: ARG001
    """One JSON object a line, UTF-8."""
    count = 0
    for row in made:
        stream.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
        count += 1
    return count


def write_csv(made: Iterable[ExportRow], table: str, stream: IO[bytes]) -> int:
    """A header and one line a row; lists joined by "; ", parties as columns of names and codes.

    A text cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    text = io.TextIOWrapper(stream, encoding="utf-8", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(csv_columns(table))
    count = 0
    for row in made:
        writer.writerow([harmless(cell) for cell in flat(row, table).values()])
        count += 1
    text.detach()
    return count


def write_parquet(made: Iterable[ExportRow], table: str, stream: IO[bytes]) -> int:
    """Columns as in JSON Lines, with lists and objects as Parquet has them; through Polars.

    Raises:
        UsageError: if Polars is not installed.
    """
    polars = _polars()
    schema = {
        name: polar_type(polars, hint) for name, hint in get_type_hints(SHAPES[table]).items()
    }
    frames = [polars.DataFrame([], schema=schema)]
    iterator = iter(made)
    while batch := list(islice(iterator, _BATCH)):
        frames.append(polars.DataFrame(batch, schema=schema))
    frame = polars.concat(frames)
    frame.write_parquet(stream)
    return int(frame.height)


def csv_columns(table: str) -> tuple[str, ...]:
    """The header of a table's CSV."""
    columns: list[str] = []
    for name, hint in get_type_hints(SHAPES[table]).items():
        columns.extend(_column_names(name, hint))
    return tuple(columns)


def flat(row: ExportRow, table: str) -> dict[str, Any]:
    """A row as CSV cells: no lists, no objects."""
    cells: dict[str, Any] = {}
    found: list[Any]
    for name, hint in get_type_hints(SHAPES[table]).items():
        names = _column_names(name, hint)
        value = row[name]
        shape = _shape(hint)
        if shape is rows.ActorRow or shape is rows.EvidenceRow:
            items = value if isinstance(value, list) else [value] if value else []
            keys = ACTOR_CELLS if shape is rows.ActorRow else EVIDENCE_CELLS
            found = ["; ".join(_word(item[key]) for item in items) for key in keys.values()]
        elif shape is rows.PositionRow:
            found = ["; ".join(_cell(one[key]) for one in value) for key in POSITION_CELLS.values()]
        elif shape in _OBJECT_CELLS:
            keys_ = _OBJECT_CELLS[shape]
            found = [value[key] if value else None for key in keys_]
        elif isinstance(value, list):
            found = ["; ".join(value)]
        else:
            found = [value]
        cells.update(zip(names, found, strict=True))
    return cells


def harmless(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula. Numbers are ours and stay numbers."""
    if isinstance(cell, str) and cell.startswith(DANGEROUS):
        return f"'{cell}"
    return cell


def polar_type(polars: Any, hint: Any) -> Any:
    """The Polars type of a field of an export object."""
    simple = {str: polars.String, int: polars.Int64, float: polars.Float64}
    arguments = [part for part in get_args(hint) if part is not type(None)]
    if hint in simple:
        return simple[hint]
    if getattr(hint, "__origin__", None) is list:
        return polars.List(polar_type(polars, arguments[0]))
    if arguments:
        return polar_type(polars, arguments[0])
    return polars.Struct(
        {name: polar_type(polars, part) for name, part in get_type_hints(hint).items()}
    )


def _column_names(name: str, hint: Any) -> tuple[str, ...]:
    shape = _shape(hint)
    if shape is rows.ActorRow:
        return tuple(f"{name}_{suffix}" for suffix in ACTOR_CELLS)
    if shape is rows.EvidenceRow:
        return tuple(f"{name}_{suffix}" for suffix in EVIDENCE_CELLS)
    if shape is rows.PositionRow:
        return tuple(f"{name}_{suffix}" for suffix in POSITION_CELLS)
    if shape in _OBJECT_CELLS:
        return tuple(f"{name}_{suffix}" for suffix in _OBJECT_CELLS[shape])
    return (name,)


def _shape(hint: Any) -> Any:
    """The object that a field holds, or a list of, or perhaps; None for plain values."""
    parts = [part for part in get_args(hint) if part is not type(None)]
    inner = parts[0] if parts else hint
    return inner if inner in {
        rows.ActorRow, rows.EvidenceRow, rows.SpanRow, rows.PlaceRow, rows.OccasionRow,
        rows.PositionRow,
    } else None  # fmt: skip


def _cell(value: Any) -> str:
    """What a position holds, as text: parties by their names, joined by commas."""
    if isinstance(value, list):
        return ", ".join(_word(one["entity_name"] or one["raw_text"]) for one in value)
    return _word(value)


def _word(value: str | None) -> str:
    return "" if value is None else value


def _polars() -> Any:
    try:
        return importlib.import_module("polars")
    except ModuleNotFoundError as error:
        raise UsageError(
            'Parquet needs the extra "tables"; install it with: pip install "dragoman[tables]", '
            "or take jsonl or csv"
        ) from error


@contextmanager
def _opened(target: Target) -> Iterator[IO[bytes]]:
    """The stream, or a file that takes its name only when all is written."""
    if not isinstance(target, str | Path):
        yield target
        return
    path = Path(target)
    part = path.with_name(f"{path.name}.part{os.getpid()}")
    try:
        stream = part.open("wb")
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", source=str(path)) from error
    try:
        with stream:
            yield stream
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
