"""The rulebook: everything under ``rules/`` as one immutable value with a digest."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.errors import RuleError
from dragoman.rulebook.capitals import Capitals, load_capitals
from dragoman.rulebook.catalogue import Catalogue, load_catalogue
from dragoman.rulebook.cues import Cues, load_cues
from dragoman.rulebook.gazetteer import Gazetteer, load_gazetteer
from dragoman.rulebook.grammar import Grammar, load_grammar
from dragoman.rulebook.ontology import Ontology, load_ontology
from dragoman.rulebook.positions import PositionBook, load_positions
from dragoman.rulebook.predicates import PredicateRule, load_predicates
from dragoman.rulebook.tierules import TieBook, load_ties
from dragoman.rulebook.weighing import load_weighing

if TYPE_CHECKING:
    from collections.abc import Mapping

BUILT_IN = Path(str(files("dragoman"))) / "rules"


@dataclass(frozen=True)
class Rulebook:
    """All knowledge that the steps are given.

    Attributes:
        ontology: PLOVER's tables.
        catalogue: the actors.
        predicates: the event rules, sorted by id.
        grammar: the word lists that the grammar of events rests on.
        cues: the words that attribute words to a speaker.
        ties: the kinds of ties and the rules for their tellings.
        positions: by which words and types a speaker holds what.
        gazetteer: countries, cities and regions by their names.
        capitals: letters that stand for a name and spell a common word.
        weighing: what each feature of a possible event speaks for or against it.
        surety: what each feature of a statement speaks for or against it and its speaker.
        digest: SHA-256 over every rule file's name and bytes; the record keeps it.
        folders: the folders it was read from, the built-in one first.
    """

    ontology: Ontology
    catalogue: Catalogue
    predicates: tuple[PredicateRule, ...]
    grammar: Grammar
    cues: Cues
    ties: TieBook
    positions: PositionBook
    gazetteer: Gazetteer
    capitals: tuple[Capitals, ...]
    weighing: Mapping[str, float]
    surety: Mapping[str, float]
    digest: str
    folders: tuple[Path, ...]


def load_rulebook(*extra: Path) -> Rulebook:
    """Loads and checks the built-in rules, with the folders `extra` laid over them in order.

    Raises:
        RuleError: naming file, line, value, and the nearest allowed value.
    """
    for folder in extra:
        if not folder.is_dir():
            raise RuleError(f"no rules folder at {folder}; give a folder laid out like rules/")
    folders = (BUILT_IN, *extra)
    ontology = load_ontology(BUILT_IN / "plover")
    ties = load_ties(tuple(folder / "ties" for folder in folders))
    return Rulebook(
        ontology=ontology,
        catalogue=load_catalogue(tuple(folder / "actors" for folder in folders)),
        predicates=load_predicates(tuple(folder / "predicates" for folder in folders), ontology),
        grammar=load_grammar(BUILT_IN / "grammar.yaml"),
        cues=load_cues(BUILT_IN / "statements.yaml"),
        ties=ties,
        positions=load_positions(
            BUILT_IN / "positions.yaml", ontology.types, (kind for kind, _ in ties.kinds)
        ),
        gazetteer=load_gazetteer(folders),
        capitals=load_capitals(BUILT_IN / "capitals.csv"),
        weighing=load_weighing(BUILT_IN / "weighing.csv"),
        surety=load_weighing(BUILT_IN / "surety.csv"),
        digest=_digest(folders),
        folders=folders,
    )


def _digest(folders: tuple[Path, ...]) -> str:
    made = hashlib.sha256()
    for number, folder in enumerate(folders):
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.suffix in {".csv", ".yaml"}:
                made.update(f"{number}:{path.relative_to(folder).as_posix()}\n".encode())
                made.update(path.read_bytes())
    return made.hexdigest()
