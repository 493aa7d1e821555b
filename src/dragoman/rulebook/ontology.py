"""PLOVER's tables: types, modes, contexts, sectors (openeventdata/PLOVER, manual 1.3, CC BY-SA 4.0)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.rulebook.tables import read_csv

if TYPE_CHECKING:
    from pathlib import Path

SECTORS = frozenset(
    "GOV MIL LEG JUD COP SPY OPP PTY PRM REB UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF REL SOC".split()
)
BODIES = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})


@dataclass(frozen=True, slots=True)
class PloverType:
    """A PLOVER event type.

    Attributes:
        name: ``AGREE`` ... ``ASSAULT``.
        quad: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
        scale: the score of the manual, -10 to +10.
        future: the type that the act has while it is still to come; empty where it keeps its own
            with the auxiliary mode ``future``.
        recipient: whether the manual demands a recipient.
        modes: allowed modes.
    """

    name: str
    quad: int
    scale: float
    future: str
    recipient: bool
    modes: tuple[str, ...]
    gloss: str
    example: str


@dataclass(frozen=True, slots=True)
class Ontology:
    """All PLOVER types by name, and the words that speak for each context."""

    types: dict[str, PloverType]
    contexts: dict[str, tuple[str, ...]]


def load_ontology(folder: Path) -> Ontology:
    """Reads ``types.csv`` and ``contexts.csv``."""
    types = {
        row.need("type"): PloverType(
            name=row.need("type"),
            quad=int(row.need("quad")),
            scale=float(row.need("scale")),
            future=row.text("future"),
            recipient=row.text("recipient") == "yes",
            modes=row.many("modes"),
            gloss=row.need("gloss"),
            example=row.need("example"),
        )
        for row in read_csv(folder / "types.csv")
    }
    contexts = {row.need("context"): row.many("words") for row in read_csv(folder / "contexts.csv")}
    return Ontology(types, contexts)
