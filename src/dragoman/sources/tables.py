"""Reports as rows: JSON Lines and CSV, read a row at a time."""

from __future__ import annotations

import codecs
import csv
import io
import json
from typing import IO, TYPE_CHECKING, Any

from dragoman.errors import InputError, nearest
from dragoman.sources.build import Raw, as_extra
from dragoman.sources.text import REPORT_LIMIT, decode, has_surrogate

if TYPE_CHECKING:
    from collections.abc import Iterator

# The keys of the design; all others are kept as they are.
NAMES = ("id", "outlet", "title", "url", "published", "updated")
_KNOWN = frozenset((*NAMES, "text"))
_DELIMITERS = ",;\t|"


def read_jsonl(stream: IO[bytes], *, source: str) -> Iterator[Raw | InputError]:
    """Reports of a JSON Lines file; a line that is none gives the error that says why."""
    for number, line in _byte_lines(_as_utf8(stream, source)):
        place = f"line {number}"
        if line is None:
            yield InputError(
                f"line of more than {REPORT_LIMIT // 1_000_000} MB", source=source, place=place
            )
            continue
        try:
            words = decode(line, source=source, place=place)
            if words.strip():
                yield json_report(words, source=source, place=place)
        except InputError as error:
            yield error


def read_json(data: bytes, *, source: str) -> Iterator[Raw | InputError]:
    """Reports of one JSON object or one list of them; anything else is read as JSON Lines."""
    try:
        whole = json.loads(decode(data, source=source))
    except (ValueError, RecursionError):
        yield from read_jsonl(io.BytesIO(data), source=source)
        return
    rows = whole if isinstance(whole, list) else [whole]
    for number, row in enumerate(rows, start=1):
        place = f"item {number}"
        if not isinstance(row, dict):
            why = f"a JSON object is expected, this is {_kind(row)}"
            yield InputError(why, source=source, place=place)
            continue
        try:
            yield _raw(row, source=source, place=place)
        except InputError as error:
            yield error


def json_report(line: str, *, source: str, place: str) -> Raw:
    """The report of one line of JSON.

    Raises:
        InputError: not JSON, not an object, or without text.
    """
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(
            f"not valid JSON: {error.msg} (column {error.colno})", source=source, place=place
        ) from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"not readable as JSON: {error}", source=source, place=place) from error
    if not isinstance(row, dict):
        raise InputError(
            f"a JSON object is expected, this is {_kind(row)}", source=source, place=place
        )
    return _raw(row, source=source, place=place)


def read_csv(stream: IO[bytes], *, source: str) -> Iterator[Raw | InputError]:
    """Reports of a table with a header; ``text`` must be among its columns.

    The delimiter is the one of comma, semicolon, tab and bar that the header holds most of.
    """
    csv.field_size_limit(REPORT_LIMIT)
    lines = _text_lines(_as_utf8(stream, source))
    first = next(lines, "").lstrip("\ufeff")
    if not first.strip():
        yield InputError("empty: a table with a header is expected", source=source)
        return
    delimiter = max(_DELIMITERS, key=first.count)
    header = [name.strip().lower() for name in next(csv.reader([first], delimiter=delimiter))]
    if "text" not in header:
        hint = nearest("text", header)
        yield InputError(
            f"no column 'text' among {', '.join(header[:12])}{hint}", source=source, place="line 1"
        )
        return
    yield from _rows(csv.reader(lines, delimiter=delimiter, strict=True), header, source)


def _rows(reader: Any, header: list[str], source: str) -> Iterator[Raw | InputError]:
    while True:
        # The header is line 1; the reader has counted the lines after it.
        place = f"line {reader.line_num + 2}"
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield InputError(f"not valid CSV: {error}", source=source, place=place)
            continue
        if cells is None:
            return
        if any(cells):
            yield _row(cells, header, source, place)


def _text_lines(stream: io.BufferedReader) -> Iterator[str]:
    while line := stream.readline(REPORT_LIMIT):
        yield line.decode("utf-8", "surrogateescape")


def _row(cells: list[str], header: list[str], source: str, place: str) -> Raw | InputError:
    if len(cells) > len(header):
        return InputError(
            f"{len(cells)} cells, but the header names {len(header)} columns; "
            "put text that holds the delimiter in quotation marks",
            source=source,
            place=place,
        )
    try:
        whole = [_cell(cell, source, place) for cell in cells]
        row = {name: cell for name, cell in zip(header, whole, strict=False) if name}
        return _raw(row, source=source, place=place)
    except InputError as error:
        return error


def _cell(cell: str, source: str, place: str) -> str:
    """A cell that is not UTF-8 is decoded on its own, by the strict rules for all bytes."""
    if not has_surrogate(cell):
        return cell
    return decode(cell.encode("utf-8", "surrogateescape"), source=source, place=place)


def _raw(row: dict[str, Any], *, source: str, place: str) -> Raw:
    text = row.get("text")
    if not isinstance(text, str):
        why = "no 'text'" if "text" not in row else f"'text' is {_kind(text)}, not a string"
        raise InputError(why, source=source, place=place)
    names: dict[str, str | None] = {}
    extra = [(key, value) for key, value in row.items() if key not in _KNOWN]
    for name in NAMES:
        value = row.get(name)
        if isinstance(value, str):
            names[name] = value
        elif isinstance(value, int | float) and not isinstance(value, bool):
            names[name] = str(value)
        elif value is not None:
            extra.append((f"{name}_as_given", value))
    return Raw(text=text, source=f"{source}#{place}", extra=as_extra(extra), **names)


def _kind(value: object) -> str:
    names = {list: "a list", str: "a string", bool: "true or false", dict: "an object"}
    return "null" if value is None else names.get(type(value), "a number")


def _as_utf8(stream: IO[bytes], source: str) -> io.BufferedReader:
    """The stream, recoded if it begins with the byte order mark of UTF-16."""
    plain = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(_Raw(stream))
    if not plain.peek(2).startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return plain
    return io.BufferedReader(_Recoded(plain, source), 65536)


class _Raw(io.RawIOBase):
    """Any stream of bytes, as one that can be buffered."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__()
        self.stream = stream

    def readable(self) -> bool:
        return True

    def take(self, size: int) -> bytes:
        return self.stream.read(size)

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self.take(len(view))
        view[: len(data)] = data
        return len(data)


class _Recoded(_Raw):
    """UTF-16 with a byte order mark as UTF-8."""

    def __init__(self, stream: io.BufferedReader, source: str) -> None:
        super().__init__(stream)
        self.words = codecs.getincrementaldecoder("utf-16")()
        self.source = source
        self.left = b""

    def take(self, size: int) -> bytes:
        while not self.left and (data := self.stream.read(16384)):
            try:
                self.left = self.words.decode(data).encode("utf-8", "surrogatepass")
            except UnicodeDecodeError as error:
                raise InputError(
                    f"not valid UTF-16 ({error.reason}); save it again as UTF-8", source=self.source
                ) from error
        taken, self.left = self.left[:size], self.left[size:]
        return taken


def _byte_lines(stream: IO[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """The lines with their numbers from 1; None for one that is too long to be held."""
    number = 0
    while line := stream.readline(REPORT_LIMIT + 1):
        number += 1
        if len(line) <= REPORT_LIMIT:
            yield number, line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(1 << 20)
        yield number, None
