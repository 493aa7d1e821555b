"""The weights with which the claims of a sentence (``rules/weighing.csv``) and statements (``rules/surety.csv``) are weighed."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from dragoman.errors import RuleError
from dragoman.rulebook.tables import read_csv

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def load_weighing(path: Path) -> Mapping[str, float]:
    """Weights by the name of their feature; the row without a name is added to all.

    Raises:
        RuleError: a weight is no number, or a feature stands twice.
    """
    made: dict[str, float] = {}
    for row in read_csv(path):
        name, weight = row.text("feature"), row.need("weight")
        if name in made:
            raise RuleError(f"feature {name!r} stands twice", file=path.name, line=row.line)
        try:
            made[name] = float(weight)
        except ValueError:
            raise RuleError(
                f"weight {weight!r} of {name!r} is no number", file=path.name, line=row.line
            ) from None
    return MappingProxyType(made)
