"""Knowledge as readable files, loaded and checked into one immutable value."""

from dragoman.rulebook.book import Rulebook, load_rulebook
from dragoman.rulebook.catalogue import Catalogue, Entry, Membership, Office, Role
from dragoman.rulebook.cues import Cues
from dragoman.rulebook.gazetteer import Gazetteer, Location
from dragoman.rulebook.grammar import Grammar
from dragoman.rulebook.ontology import Ontology, PloverType
from dragoman.rulebook.predicates import Example, PredicateRule
from dragoman.rulebook.tiekinds import TieKind
from dragoman.rulebook.tierules import TieBook, TieExample, TieRule

__all__ = [
    "Catalogue",
    "Cues",
    "Entry",
    "Example",
    "Gazetteer",
    "Grammar",
    "Location",
    "Membership",
    "Office",
    "Ontology",
    "PloverType",
    "PredicateRule",
    "Role",
    "Rulebook",
    "TieBook",
    "TieExample",
    "TieKind",
    "TieRule",
    "load_rulebook",
]
