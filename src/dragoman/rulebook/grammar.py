"""The word lists that the grammar of events rests on (``rules/grammar.yaml``)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from dragoman.errors import RuleError, UnknownValueError
from dragoman.rulebook.tables import read_yaml

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Grammar:
    """Each field is the list of the same name; base forms, lower case."""

    light: frozenset[str]
    object_control: frozenset[str]
    future_governors: frozenset[str]
    hypothetical_governors: frozenset[str]
    negative_governors: frozenset[str]
    undergone: frozenset[str]
    blows: frozenset[str]
    arms: frozenset[str]
    violence: frozenset[str]
    occasions: frozenset[str]
    blow_verbs: frozenset[str]
    future_modifiers: frozenset[str]
    hypothetical_modifiers: frozenset[str]
    closed_types: frozenset[str]
    reporting: frozenset[str]
    sport: frozenset[str]
    campaign: frozenset[str]


def load_grammar(path: Path) -> Grammar:
    """Reads the lists; a missing or unknown list is an error that names it."""
    loaded = read_yaml(path)
    names = tuple(field.name for field in fields(Grammar))
    for key in loaded:
        if key not in names and key != "__line__":
            raise UnknownValueError(str(key), names, what="list", file=path.name)
    for name in names:
        if name not in loaded:
            raise RuleError(f"list {name!r} is missing", file=path.name)
    return Grammar(**{name: frozenset(map(str, loaded[name])) for name in names})
