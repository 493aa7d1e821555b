"""Compressed files and web archives, read as a stream that ends before it can flood the memory."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import IO, TYPE_CHECKING

from dragoman.errors import InputError
from dragoman.sources.html import read_page
from dragoman.sources.text import REPORT_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.sources.build import Raw

# News text shrinks to a third or a fifth, tables to a twentieth; deflate ends at about 1030.
MOST_RATIO = 200
# Below 1 MB out the ratio says nothing: a few blank lines shrink well too.
_RATIO_FROM = 1_000_000
# What must stand in memory whole: one page, one text, one feed.
WHOLE_LIMIT = 200_000_000


class _Counting(io.RawIOBase):
    """The compressed file, with a count of the bytes taken from it."""

    def __init__(self, raw: IO[bytes]) -> None:
        super().__init__()
        self.raw, self.taken = raw, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self.raw.read(len(view))
        view[: len(data)] = data
        self.taken += len(data)
        return len(data)


class _FloodError(InputError):
    """The stream itself cannot be read on; what stands in it has no say."""


class Unpacked(io.RawIOBase):
    """The bytes inside a gzip file; its members one after the other.

    Raises (from ``read``):
        InputError: damaged or cut short, or more than `MOST_RATIO` times its own size.
    """

    def __init__(self, raw: IO[bytes], *, source: str) -> None:
        super().__init__()
        self.source, self.given = source, 0
        self.packed = _Counting(raw)
        self.plain = gzip.GzipFile(fileobj=io.BufferedReader(self.packed, 65536))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        try:
            data = self.plain.read1(min(len(view), 65536))
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise _FloodError(
                f"gzip file cut short or damaged after {self.given:,} bytes of content: {error}; "
                "fetch it again",
                source=self.source,
            ) from error
        self.given += len(data)
        if self.given > _RATIO_FROM and self.given > MOST_RATIO * max(1, self.packed.taken):
            raise _FloodError(
                f"unpacks to more than {MOST_RATIO} times its size: a zip bomb, not read on",
                source=self.source,
            )
        view[: len(data)] = data
        return len(data)


def unpack(raw: IO[bytes], *, source: str) -> io.BufferedReader:
    """A gzip file as a stream of its content."""
    return io.BufferedReader(Unpacked(raw, source=source), 65536)


def read_whole(stream: IO[bytes], *, source: str, limit: int = REPORT_LIMIT) -> bytes:
    """All bytes of a stream that must stand in memory at once.

    Raises:
        InputError: there are more than `limit`.
    """
    pieces: list[bytes] = []
    size = 0
    while piece := stream.read(1 << 20):
        pieces.append(piece)
        size += len(piece)
        if size > limit:
            raise InputError(
                f"more than {limit // 1_000_000} MB for one report; split the file", source=source
            )
    return b"".join(pieces)


def read_warc(stream: IO[bytes], *, source: str) -> Iterator[Raw | InputError]:
    """The HTML answers of a web archive, each a report; the records are counted from 1."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    plain = io.BufferedReader(_Counting(stream), 65536)
    if not plain.peek(5).startswith(b"WARC/"):
        yield InputError("no web archive: it does not begin with a WARC record", source=source)
        return
    number = 0
    try:
        # What a response's own compression hides is bounded by reading no more than the limit.
        for record in ArchiveIterator(plain):
            number += 1
            if record.rec_type != "response" or not _is_page(record.http_headers):
                continue
            yield _page(record, source=source, place=f"record {number}")
    except (ArchiveLoadFailed, EOFError, zlib.error, ValueError) as error:
        yield InputError(
            f"no web archive, or damaged: {error}", source=source, place=f"record {number + 1}"
        )


def _is_page(headers: object) -> bool:
    get = getattr(headers, "get_header", None)
    status = getattr(headers, "get_statuscode", None)
    if get is None or status is None or not str(status()).startswith("2"):
        return False
    return "html" in (get("Content-Type") or "").lower()


def _page(record: object, *, source: str, place: str) -> Raw | InputError:
    stream = record.content_stream()  # type: ignore[attr-defined]
    try:
        data = read_whole(stream, source=source)
        url = record.rec_headers.get_header("WARC-Target-URI")  # type: ignore[attr-defined]
        kind = record.http_headers.get_header("Content-Type") or ""  # type: ignore[attr-defined]
        return read_page(data, source=source, place=place, url=url, content_type=kind)
    except _FloodError:
        raise
    except InputError as error:
        return InputError(error.message, source=source, place=place)
    except (EOFError, zlib.error, ValueError) as error:
        return InputError(f"the page is damaged: {error}", source=source, place=place)
