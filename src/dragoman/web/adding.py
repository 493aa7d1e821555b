"""Adding reports from the browser: kept beside the record, then read as ``dragoman read`` reads them."""

from __future__ import annotations

import hashlib
import io
import re
import secrets
import shutil
import threading
import unicodedata
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from dragoman.errors import DragomanError, InputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from dragoman.run_local import Progress, RunSummary

# Jobs remembered after they have ended.
KEPT = 50


@dataclass(slots=True)
class Job:
    """A reading under way or done.

    Attributes:
        id: a random word, made here.
        files: how many files were given; names: theirs.
        progress: how far it is; None before the first report.
        summary: what it did; None while it runs.
        error: why it stopped, in words.
    """

    id: str
    files: int
    names: tuple[str, ...]
    progress: Progress | None = None
    summary: RunSummary | None = None
    error: str = ""

    @property
    def done(self) -> bool:
        """Whether it has ended, well or not."""
        return self.summary is not None or bool(self.error)


@dataclass(slots=True)
class Jobs:
    """Readings of this server, one after the other: the record has one writer at a time."""

    _jobs: dict[str, Job] = field(default_factory=dict)
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def get(self, id_: str) -> Job | None:
        """The job of an id."""
        return self._jobs.get(id_)

    def start(self, paths: Sequence[Path], record_path: Path) -> Job:
        """Read files into the record in a thread of its own."""
        job = Job(secrets.token_urlsafe(9), len(paths), tuple(path.name for path in paths))
        for old in list(self._jobs)[: max(0, len(self._jobs) - KEPT)]:
            if self._jobs[old].done:
                del self._jobs[old]
        self._jobs[job.id] = job
        thread = threading.Thread(
            target=self._run, args=(job, paths, record_path), name=f"read-{job.id}", daemon=True
        )
        thread.start()
        return job

    def _run(self, job: Job, paths: Sequence[Path], record_path: Path) -> None:
        from dragoman.run_local import read_paths

        def note(progress: Progress) -> None:
            job.progress = progress

        with self._turn:
            try:
                # One process: the server's own threads must not be copied into others.
                job.summary = read_paths(
                    [str(path) for path in paths], record_path, jobs=1, progress=note
                )
            except DragomanError as error:
                job.error = str(error)
            except OSError as error:
                job.error = f"cannot be read: {error.strerror or error}"
            finally:
                if not job.done:
                    job.error = "the reading stopped; what was reported as read is kept"


def folder_of(record_path: Path) -> Path:
    """Where given reports are kept, so that they can be read again: beside the record."""
    return record_path.with_name(f"{record_path.name}.added")


def keep(record_path: Path, name: str, write: Callable[[IO[bytes]], None]) -> Path:
    """Keep a given file beside the record, under a name that only looks like the one given.

    Args:
        record_path: the record's file.
        name: as given from outside; it decides no folder.
        write: writes the content to a stream.

    Returns:
        Where it lies. The same content under the same name lies in the same place.

    Raises:
        InputError: if it cannot be written.
    """
    folder = folder_of(record_path)
    part = folder / f".{secrets.token_hex(8)}.part"
    try:
        folder.mkdir(exist_ok=True)
        with part.open("wb") as stream:
            write(stream)
        with part.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()[:10]
        path = folder / f"{digest}-{harmless_name(name)}"
        part.replace(path)
    except OSError as error:
        raise InputError(
            f"cannot be kept beside the record: {error.strerror}; make room or allow writing there",
            source=harmless_name(name),
        ) from error
    finally:
        part.unlink(missing_ok=True)
    return path


def keep_stream(record_path: Path, name: str, source: IO[bytes]) -> Path:
    """Keep an uploaded file."""
    return keep(record_path, name, lambda target: shutil.copyfileobj(source, target))


def keep_text(record_path: Path, name: str, text: str) -> Path:
    """Keep pasted text.

    Raises:
        UsageError: if there is none.
    """
    if not text.strip():
        raise UsageError("nothing was given: paste the text of a report, or choose files")
    data = io.BytesIO(text.replace("\r\n", "\n").encode("utf-8", "replace"))
    return keep_stream(record_path, name, data)


def harmless_name(name: str) -> str:
    """The last part of a file's name, in letters, digits and ``._-`` alone, 80 characters at most."""
    last = re.split(r"[/\\]", name)[-1]
    plain = unicodedata.normalize("NFKD", last).encode("ascii", "ignore").decode()
    safe = re.sub(r"[^A-Za-z0-9._-]+", "_", plain).strip("._-")
    stem, dot, suffix = safe.rpartition(".")
    return f"{stem[:70]}{dot}{suffix[:9]}" if dot else safe[:80] or "report.txt"
