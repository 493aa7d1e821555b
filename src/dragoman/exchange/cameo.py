"""CAMEO codes as PLOVER events (openeventdata/PLOVER, CAMEO2PLOVER-2021; Goldstein values: andybega/icews)."""

from __future__ import annotations

from functools import cache

from dragoman.rulebook.book import BUILT_IN
from dragoman.rulebook.tables import Row, read_csv


@cache
def _table() -> dict[str, Row]:
    return {row.need("cameo"): row for row in read_csv(BUILT_IN / "plover" / "cameo.csv")}


def plover_types(cameo: str) -> set[str]:
    """The PLOVER types of a CAMEO code of two to four digits.

    A code that the table does not list takes the types of the codes that begin with it, or, failing
    that, of the shorter code that it begins with.
    """
    table = _table()
    if cameo in table:
        return {table[cameo].text("event")}
    below = {row.text("event") for code, row in table.items() if code.startswith(cameo)}
    if below:
        return below
    for length in (3, 2):
        if len(cameo) > length and cameo[:length] in table:
            return {table[cameo[:length]].text("event")}
    return set()


def goldstein(cameo: str) -> float | None:
    """Goldstein's conflict/cooperation value, -10 to +10; None where the table has none."""
    row = _table().get(cameo)
    return float(row.text("goldstein")) if row and row.text("goldstein") else None
