"""Plain words for what the record holds: types, parties, dates, counts."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from dragoman.rulebook import load_rulebook
from dragoman.rulebook.book import BUILT_IN
from dragoman.rulebook.ontology import load_ontology
from dragoman.rulebook.tables import read_csv

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dragoman.entries import Actor, Event
    from dragoman.rulebook import PloverType, PredicateRule

QUADS: Mapping[int, str] = {
    1: "cooperation in words", 2: "cooperation in deeds",
    3: "conflict in words", 4: "conflict in deeds",
}  # fmt: skip

# What the actor does to the recipient, and what it does where none is told.
PHRASES: Mapping[str, tuple[str, str]] = {
    "AGREE": ("agrees with or promises", "agrees or promises"),
    "CONSULT": ("meets or talks with", "meet or talk"),
    "SUPPORT": ("supports or betters relations with", "supports"),
    "CONCEDE": ("gives way in words to", "gives way in words"),
    "COOPERATE": ("cooperates with", "cooperates"),
    "AID": ("gives aid to", "gives aid"),
    "RETREAT": ("yields to or withdraws from", "yields or withdraws"),
    "REQUEST": ("asks or demands of", "asks or demands"),
    "ACCUSE": ("accuses or condemns", "accuses or condemns"),
    "REJECT": ("refuses or rejects", "refuses or rejects"),
    "THREATEN": ("threatens", "threatens"),
    "PROTEST": ("protests against", "protests"),
    "SANCTION": ("cuts or reduces relations with", "cuts or reduces relations"),
    "MOBILIZE": ("moves forces against", "moves forces"),
    "COERCE": ("coerces", "coerces"),
    "ASSAULT": ("attacks", "attacks"),
}

AUXILIARIES: Mapping[str, str] = {
    "historical": "told as history", "future": "still to come",
    "hypothetical": "only possible", "negation": "said not to happen",
}  # fmt: skip

# Parties named in one line; a report may name a thousand.
NAMED = 5


@cache
def types() -> Mapping[str, PloverType]:
    """PLOVER's types by name, with what each means and an example."""
    return load_ontology(BUILT_IN / "plover").types


@cache
def states() -> Mapping[str, str]:
    """The names of states by ISO 3166-1 alpha-3 code."""
    rows = read_csv(BUILT_IN / "actors" / "states.csv")
    return {row.need("code"): row.need("name") for row in rows}


@cache
def rules() -> Mapping[str, PredicateRule]:
    """The built-in event rules by id; takes about a second, the first time."""
    return {rule.id: rule for rule in load_rulebook().predicates}


def state_name(code: str) -> str:
    """The name of a state's code; other names as they are."""
    return states().get(code, code.partition(":")[2] or code)


def name_of(actor: Actor) -> str:
    """What to call a party: its standard name, else the report's words."""
    return actor.name or actor.span.text


def page_key(actor: Actor) -> str:
    """What a party's page is found by: a state's code, else what identifies the party."""
    return actor.key.removeprefix("state:")


def pair_key(actor: Actor) -> str:
    """Whose dealings an act belongs to: the state's where the party has one."""
    return actor.country_code or page_key(actor)


def parties(actors: Sequence[Actor]) -> tuple[Sequence[Actor], int]:
    """The parties to name in one line, and how many more there are."""
    return actors[:NAMED], max(0, len(actors) - NAMED)


def phrase(event: Event) -> str:
    """What is done, in words that show who does it to whom."""
    to, alone = PHRASES.get(event.event, (event.event.lower(), event.event.lower()))
    return to if event.recipient else alone


def auxiliary(event: Event) -> str:
    """How the act is told, where it is not simply told as having happened."""
    return ", ".join(AUXILIARIES.get(name, name) for name in event.auxiliary)


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its noun: "1 report", "7 reports"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def told(reports: int, happenings: int) -> str:
    """Both counts, always together: reports are not happenings."""
    return f"{plural(reports, 'report')}, {plural(happenings, 'happening')}"


def short(text: str | None, most: int = 200) -> str:
    """Text on one line, cut at a word where it is long."""
    line = " ".join((text or "").split())
    if len(line) <= most:
        return line
    return line[:most].rsplit(" ", 1)[0] + " …"
