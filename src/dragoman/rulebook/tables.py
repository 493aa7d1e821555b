"""Reading CSV and YAML rule files, with errors that name file, line, value and the nearest allowed."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import yaml

from dragoman.errors import RuleError, UnknownValueError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

_PARTIAL_DATE = re.compile(r"^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a CSV file: its cells by column name, and where it stands."""

    file: str
    line: int
    cells: Mapping[str, str]

    def text(self, column: str) -> str:
        """The cell, without white space around it; empty where the column is missing."""
        return (self.cells.get(column) or "").strip()

    def need(self, column: str) -> str:
        """The cell, which must not be empty."""
        value = self.text(column)
        if not value:
            raise RuleError(f"column {column!r} must not be empty", file=self.file, line=self.line)
        return value

    def many(self, column: str) -> tuple[str, ...]:
        """The cell's values, parted by ";"."""
        return tuple(part.strip() for part in self.text(column).split(";") if part.strip())

    def date(self, column: str) -> str | None:
        """The cell as an ISO date as far as known, or None."""
        value = self.text(column)
        if value and not _PARTIAL_DATE.match(value):
            message = f"column {column!r}: {value!r} is no date; write 2016, 2016-01 or 2016-01-04"
            raise RuleError(message, file=self.file, line=self.line, value=value)
        return value or None

    def one_of(self, column: str, allowed: Iterable[str], *, empty: bool = True) -> str | None:
        """The cell, which must be one of `allowed` (or empty)."""
        value = self.text(column)
        if not value and empty:
            return None
        if value not in set(allowed):
            raise UnknownValueError(value, allowed, what=column, file=self.file, line=self.line)
        return value


def read_csv(path: Path) -> Iterator[Row]:
    """The rows of a CSV file with a header; an absent file has none."""
    if not path.is_file():
        return
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        header = reader.fieldnames or ()
        for cells in reader:
            if None in cells:
                message = (
                    f"more cells than the header's {len(header)}; quote a cell that holds a comma"
                )
                raise RuleError(message, file=path.name, line=reader.line_num)
            yield Row(path.name, reader.line_num, cells)


class _Lines(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """A YAML loader that notes on each mapping the line it begins at."""


def _mapping(loader: Any, node: Any) -> dict[Any, Any]:
    loader.flatten_mapping(node)
    made: dict[Any, Any] = loader.construct_mapping(node, deep=True)
    made["__line__"] = node.start_mark.line + 1
    return made


_Lines.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def read_yaml(path: Path) -> Any:
    """What a YAML file holds; each mapping carries its line as ``__line__``.

    Raises:
        RuleError: if the file is no YAML.
    """
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Lines)  # noqa: S506 - a SafeLoader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise RuleError(f"not YAML: {error.problem}", file=path.name, line=line) from error
