"""Small readers and writers shared by the builders of the actor tables."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

HAND = Path(__file__).parent / "hand"


def read_bars(path: Path, cells: int) -> Iterator[tuple[str, ...]]:
    """Rows of a hand table whose cells are divided by bars; lines with # are remarks.

    Raises ValueError with file and line when a row has not the given number of cells.
    """
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line or line.startswith("#"):
            continue
        row = tuple(cell.strip() for cell in line.split("|"))
        if len(row) != cells:
            raise ValueError(f"{path}:{number}: {len(row)} cells where {cells} are due: {line!r}")
        yield row


def read_csv(path: Path) -> list[dict[str, str]]:
    """All rows of a CSV file with a header; bytes that are no UTF-8 stand in remarks only."""
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        return [{k: (v or "").strip() for k, v in row.items() if k} for row in csv.DictReader(file)]


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> int:
    """Write the rows, sorted as given, and return how many there were."""
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        for row in rows:
            writer.writerow(row)
            count += 1
    return count


def plain(text: str) -> str:
    """The text without accents, for comparison and as a spelling found in news."""
    special = str.maketrans(
        {"ı": "i", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "’": "'", "ə": "a"}
    )
    folded = unicodedata.normalize("NFKD", text.translate(special))
    return "".join(c for c in folded if not unicodedata.combining(c))


def slug(text: str) -> str:
    """A short name for identifiers: lower-case letters, digits and hyphens."""
    kept = "".join(c if c.isalnum() else "-" for c in plain(text).lower().replace("'", ""))
    return "-".join(part for part in kept.split("-") if part)


def unique(values: Iterable[str]) -> list[str]:
    """The values once each, in their order, without empty ones."""
    return list(dict.fromkeys(v for v in values if v))
