"""What can go wrong, as one tree.

::

    DragomanError
    ├── InputError            a report or file that cannot be read; it is set aside, the rest goes on
    ├── RuleError             a line of the rulebook that does not hold
    │   └── UnknownValueError a value outside the allowed ones; names the nearest
    ├── ModelError            weights that are missing, damaged or of another format
    ├── RecordError           a record file that cannot be opened, or is of another version
    │   └── NotFoundError     no entry, report, story or actor of that name
    └── UsageError            arguments that do not go together

Every error keeps its data as attributes, survives ``pickle`` (so it can cross a process border),
and its message says what, where, and what to do next.
"""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


class DragomanError(Exception):
    """Root of all errors that Dragoman raises on purpose."""

    def __init__(self, message: str, **data: Any) -> None:
        super().__init__(message)
        self.message = message
        self.data = data

    def __str__(self) -> str:
        return self.message

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.message, self.data)


def _rebuild(kind: type[DragomanError], message: str, data: dict[str, Any]) -> DragomanError:
    error = kind.__new__(kind)
    DragomanError.__init__(error, message, **data)
    return error


class InputError(DragomanError):
    """A report or a file that cannot be read.

    Args:
        message: what is wrong with it.
        source: the file's name as given.
        place: where in the file ("line 12", "record 3"), empty for the whole file.
    """

    def __init__(self, message: str, *, source: str = "", place: str = "") -> None:
        super().__init__(message, source=source, place=place)

    def __str__(self) -> str:
        where = ", ".join(part for part in (self.data["source"], self.data["place"]) if part)
        return f"{where}: {self.message}" if where else self.message


class RuleError(DragomanError):
    """A line of the rulebook that does not hold."""

    def __init__(self, message: str, *, file: str = "", line: int = 0, value: str = "") -> None:
        super().__init__(message, file=file, line=line, value=value)

    def __str__(self) -> str:
        place = f"{self.data['file']}:{self.data['line']}" if self.data["file"] else ""
        return f"{place}: {self.message}" if place else self.message


class UnknownValueError(RuleError):
    """A value outside the allowed ones."""

    def __init__(
        self, value: str, allowed: Iterable[str], *, what: str, file: str = "", line: int = 0
    ) -> None:
        known = tuple(allowed)
        super().__init__(
            f"{what} {value!r} is not known{nearest(value, known)}",
            file=file,
            line=line,
            value=value,
        )
        self.data["allowed"] = known


class ModelError(DragomanError):
    """Weights that are missing, damaged, or of another format than this version reads."""

    def __init__(self, message: str, *, path: str = "") -> None:
        super().__init__(message, path=path)


class RecordError(DragomanError):
    """A record file that cannot be opened or written."""

    def __init__(self, message: str, *, path: str = "") -> None:
        super().__init__(message, path=path)


class NotFoundError(RecordError):
    """Nothing of that name is in the record or the catalogue."""

    def __init__(self, what: str, name: str, known: Iterable[str] = ()) -> None:
        super().__init__(f"no {what} {name!r}{nearest(name, tuple(known))}")
        self.data["name"] = name


class UsageError(DragomanError):
    """Arguments that do not go together."""


def nearest(value: str, allowed: Iterable[str]) -> str:
    """The words "; did you mean X?" for the nearest allowed value, or what is allowed, or nothing."""
    known = sorted(set(allowed))
    close = get_close_matches(value, known, n=1, cutoff=0.6)
    if not close:
        by_lower = {name.lower(): name for name in known}
        close = [
            by_lower[hit] for hit in get_close_matches(value.lower(), by_lower, n=1, cutoff=0.6)
        ]
    if close:
        return f"; did you mean {close[0]!r}?"
    if known and len(known) <= 40:
        return f"; allowed: {', '.join(known)}"
    return ""
