"""Plain words for what the record holds: types, parties, dates, counts."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from dragoman.rulebook import load_rulebook
from dragoman.rulebook.book import BUILT_IN
from dragoman.rulebook.ontology import load_ontology
from dragoman.rulebook.tables import read_csv
from dragoman.rulebook.tiekinds import load_tie_kinds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dragoman.entries import Actor, Event
    from dragoman.rulebook import PloverType, PredicateRule, Rulebook
    from dragoman.rulebook.tiekinds import TieKind

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
    found: dict[str, str] = {}
    for row in read_csv(BUILT_IN / "actors" / "states.csv"):
        # Regions and former states share the code of the state that they belong to.
        if row.text("status") in {"member", "observer"}:
            found[row.need("code")] = row.need("name")
        else:
            found.setdefault(row.need("code"), row.need("name"))
    return found


@cache
def rulebook() -> Rulebook:
    """The built-in rulebook; takes some seconds, the first time."""
    return load_rulebook()


@cache
def rules() -> Mapping[str, PredicateRule]:
    """The built-in event rules by id."""
    return {rule.id: rule for rule in rulebook().predicates}


@cache
def tie_kinds() -> Mapping[tuple[str, str], TieKind]:
    """The states of ties, by kind and state."""
    return load_tie_kinds((BUILT_IN / "ties",))


def tie_sign(kind: str, state: str) -> float:
    """How good (up to +1) or bad (down to -1) a tie is; 0 for mere talk and what is not known."""
    found = tie_kinds().get((kind, state))
    return 0.0 if found is None or found.talk else found.sign


def tie_look(kind: str, state: str) -> str:
    """good, bad or between: how a tie is coloured, dashed and labelled."""
    sign = tie_sign(kind, state)
    return "good" if sign > 0 else "bad" if sign < 0 else "between"


def tie_gloss(kind: str, state: str) -> str:
    """A tie's state in words."""
    found = tie_kinds().get((kind, state))
    return found.gloss if found else ""


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


OPENING = tuple("\"'“‘«„")


def in_marks(text: str) -> str:
    """Words in quotation marks, unless they bring their own."""
    return text if text.startswith(OPENING) else f"“{text}”"


_ID = re.compile(r"\b[erstyhu][0-9a-f]{14}\b")


def with_ids(text: str) -> list[tuple[str, bool]]:
    """Text in pieces, each with whether it is the id of an entry."""
    made: list[tuple[str, bool]] = []
    at = 0
    for match in _ID.finditer(text):
        made += [(text[at : match.start()], False), (match.group(), True)]
        at = match.end()
    return [*made, (text[at:], False)]


def short(text: str | None, most: int = 200) -> str:
    """Text on one line, cut at a word where it is long."""
    line = " ".join((text or "").split())
    if len(line) <= most:
        return line
    return line[:most].rsplit(" ", 1)[0] + " …"
