"""Which file is read how; folders, standard input, and ids that are given twice."""

from __future__ import annotations

import hashlib
import io
import os
import stat
import sys
from pathlib import Path
from typing import IO, TYPE_CHECKING

from dragoman.errors import InputError
from dragoman.sources.archives import WHOLE_LIMIT, read_warc, read_whole, unpack
from dragoman.sources.build import Raw, build, other_id, set_aside
from dragoman.sources.feeds import looks_like_feed, read_feed
from dragoman.sources.html import looks_like_page, read_page
from dragoman.sources.tables import read_csv, read_json, read_jsonl
from dragoman.sources.text import decode, normal_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from dragoman.entries import Report

    Found = Iterator[Raw | InputError]
    Reader = Callable[[IO[bytes], str], Found]

_HEAD = 8192


def read_sources(
    paths: Iterable[str | os.PathLike[str]], *, stdin: IO[bytes] | None = None
) -> Iterator[Report]:
    """Reports of files, folders and "-" (standard input), one after the other.

    What cannot be read is a report with status "set aside" and a reason that names file and place;
    the rest goes on. Folders are read with all folders in them, in order of names, without hidden
    files. Memory stays flat: rows and records are read one at a time.

    Args:
        paths: names as given; ``Report.source`` holds them, with the place for files of many reports.
        stdin: what "-" reads; by default the process's own standard input.

    Raises:
        InputError: at once, before anything is read, if a path does not exist.
    """
    names = [os.fspath(path) for path in paths]
    for name in names:
        if name != "-" and not os.path.lexists(name):
            raise InputError("no such file or folder; check the name", source=name)
    return _distinct(_reports(names, stdin))


def _reports(names: list[str], stdin: IO[bytes] | None) -> Iterator[Report]:
    for name in names:
        found = _read_stream(stdin or sys.stdin.buffer, "-") if name == "-" else _read_path(name)
        yield from _built(found, name)


def _built(found: Found, name: str) -> Iterator[Report]:
    try:
        for item in found:
            yield set_aside(item) if isinstance(item, InputError) else build(item)
    except InputError as error:
        yield set_aside(error)
    except OSError as error:
        yield set_aside(InputError(f"cannot be read: {error.strerror or error}", source=name))


def _distinct(reports: Iterator[Report]) -> Iterator[Report]:
    """A second text under an id already given gets an id of its own; 16 bytes a report are kept."""
    seen: dict[bytes, bytes] = {}
    for report in reports:
        key = hashlib.blake2b(report.id.encode(), digest_size=8).digest()
        text = hashlib.blake2b(report.text.encode(), digest_size=8).digest()
        yield report if seen.setdefault(key, text) == text else other_id(report)


def _read_path(name: str) -> Found:
    path = Path(name)
    if path.is_dir():
        yield from _read_folder(name, (os.path.realpath(name),))
    elif path.is_symlink() and not path.exists():
        yield InputError("a link that leads nowhere, or to itself", source=name)
    elif path.exists() and not path.is_file():
        # A named pipe or /dev/fd/N, given by name: read once, like standard input.
        with path.open("rb") as stream:
            yield from _read_stream(stream, name)
    else:
        yield from _read_file(name, in_folder=False)


def _read_folder(folder: str, above: tuple[str, ...]) -> Found:
    names = sorted(name for name in os.listdir(folder) if name[:1] != ".")  # noqa: PTH208
    if not names and len(above) == 1:
        yield InputError("a folder with nothing to read in it", source=folder)
    for name in names:
        inner = os.path.join(folder, name)  # noqa: PTH118 - names stay as given
        try:
            yield from _read_inner(inner, above)
        except InputError as error:
            yield error
        except OSError as error:
            yield InputError(f"cannot be read: {error.strerror or error}", source=inner)


def _read_inner(inner: str, above: tuple[str, ...]) -> Found:
    if Path(inner).is_dir():
        real = os.path.realpath(inner)
        if real in above:
            yield InputError("a link back to a folder above it; not followed", source=inner)
        else:
            yield from _read_folder(inner, (*above, real))
        return
    if not os.path.exists(inner):  # noqa: PTH110 - a link in a circle raises in pathlib
        yield InputError("a link that leads nowhere, or to itself", source=inner)
    elif not stat.S_ISREG(os.stat(inner).st_mode):  # noqa: PTH116
        yield InputError("not a regular file", source=inner)
    else:
        yield from _read_file(inner, in_folder=True)


def _read_file(name: str, *, in_folder: bool) -> Found:
    with open(name, "rb") as raw:  # noqa: PTH123
        if os.fstat(raw.fileno()).st_size == 0:
            yield InputError("empty file", source=name)
            return
        kind = name.lower()
        stream: IO[bytes] = raw
        if kind.endswith(".gz"):
            kind, stream = kind[:-3], unpack(raw, source=name)
        suffix = os.path.splitext(kind)[1]  # noqa: PTH122
        reader = _READERS.get(suffix)
        if reader:
            yield from reader(stream, name)
        elif in_folder and suffix:
            yield from _sniffed(stream, name, otherwise=suffix)
        else:
            yield from _read_stream(stream, name)


def _read_stream(stream: IO[bytes], name: str) -> Found:
    """Standard input, or a file whose name does not tell its kind."""
    yield from _sniffed(stream, name, otherwise="")


def _sniffed(stream: IO[bytes], name: str, *, otherwise: str) -> Found:
    """By its first bytes: JSON Lines, feed, page; else plain text, or set aside as `otherwise`."""
    head = stream.read(_HEAD)
    whole = io.BufferedReader(_Rejoined(head, stream), 65536)
    if head.startswith(b"\x1f\x8b"):
        yield from _sniffed(unpack(whole, source=name), name, otherwise=otherwise)
        return
    start = head.decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
    if start.startswith("{"):
        yield from read_jsonl(whole, source=name)
    elif head.startswith(b"WARC/"):
        yield from read_warc(whole, source=name)
    elif looks_like_page(start):
        yield from _page(whole, name)
    elif start.startswith("<") and looks_like_feed(start):
        yield from _feed(whole, name)
    elif otherwise:
        yield InputError(
            f"{otherwise!r} is no kind of file that is read; save it as .txt, .html, .jsonl or .csv",
            source=name,
        )
    else:
        yield from _text(whole, name)


class _Rejoined(io.RawIOBase):
    """A stream with the bytes in front that were already taken from it."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        super().__init__()
        self.head, self.rest = head, rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self.head[: len(view)]
        self.head = self.head[len(data) :]
        if not data:
            data = self.rest.read(len(view)) or b""
        view[: len(data)] = data
        return len(data)


def _text(stream: IO[bytes], name: str) -> Found:
    data = read_whole(stream, source=name)
    if not data:
        raise InputError("empty: no text at all", source=name)
    text = normal_lines(decode(data, source=name))
    yield Raw(text=text, source=name)


def _page(stream: IO[bytes], name: str) -> Found:
    yield read_page(read_whole(stream, source=name), source=name)


def _feed(stream: IO[bytes], name: str) -> Found:
    yield from read_feed(read_whole(stream, source=name, limit=WHOLE_LIMIT), source=name)


def _json(stream: IO[bytes], name: str) -> Found:
    yield from read_json(read_whole(stream, source=name, limit=WHOLE_LIMIT), source=name)


def _xml(stream: IO[bytes], name: str) -> Found:
    yield from _sniffed(stream, name, otherwise=".xml")


_READERS: dict[str, Reader] = {
    ".txt": _text,
    ".text": _text,
    ".html": _page,
    ".htm": _page,
    ".xhtml": _page,
    ".jsonl": lambda stream, name: read_jsonl(stream, source=name),
    ".json": _json,
    ".ndjson": lambda stream, name: read_jsonl(stream, source=name),
    ".csv": lambda stream, name: read_csv(stream, source=name),
    ".tsv": lambda stream, name: read_csv(stream, source=name),
    ".warc": lambda stream, name: read_warc(stream, source=name),
    ".rss": _feed,
    ".atom": _feed,
    ".xml": _xml,
}
