"""The words that attribute words to a speaker (``rules/statements.yaml``)."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from dragoman.errors import RuleError, UnknownValueError
from dragoman.rulebook.tables import read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cues:
    """Each field is the list of the same name; base forms, lower case.

    ``occasions`` gives the kind of occasion that a noun names.
    """

    cue_verbs: frozenset[str]
    act_verbs: frozenset[str]
    either: frozenset[str]
    attitudes: frozenset[str]
    knowing: frozenset[str]
    attitude_nouns: frozenset[str]
    giving: frozenset[str]
    telling: frozenset[str]
    expressive: frozenset[str]
    cue_nouns: frozenset[str]
    according: frozenset[str]
    occasions: Mapping[str, str]


def load_cues(path: Path) -> Cues:
    """Reads the lists; a missing or unknown list is an error that names it."""
    loaded = read_yaml(path)
    names = tuple(field.name for field in fields(Cues))
    for key in loaded:
        if key not in names and key != "__line__":
            raise UnknownValueError(str(key), names, what="list", file=path.name)
    for name in names:
        if name not in loaded:
            raise RuleError(f"list {name!r} is missing", file=path.name)
    lists = {name: frozenset(map(str, loaded[name])) for name in names if name != "occasions"}
    occasions = {
        str(noun): str(kind)
        for kind, nouns in loaded["occasions"].items()
        if kind != "__line__"
        for noun in nouns
    }
    return Cues(occasions=occasions, **lists)
