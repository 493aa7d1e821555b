"""Plain words for what the record holds: types, parties, dates, counts."""

from __future__ import annotations

import re
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from dragoman.rulebook import load_rulebook
from dragoman.rulebook.book import BUILT_IN
from dragoman.rulebook.ontology import load_ontology
from dragoman.rulebook.tables import read_csv
from dragoman.rulebook.tiekinds import load_tie_kinds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dragoman.entries import Actor, Event, Report
    from dragoman.rulebook import PloverType, PredicateRule, Rulebook
    from dragoman.rulebook.tiekinds import TieKind

QUADS: Mapping[int, str] = {
    1: "cooperation in words", 2: "cooperation in deeds",
    3: "conflict in words", 4: "conflict in deeds",
}  # fmt: skip

# What the actor does to the recipient, and what it does where none is told; ~ ends a verb: "attacks"
# of one party, "attack" of several.
PHRASES: Mapping[str, tuple[str, str]] = {
    "AGREE": ("agree~ with or promise~", "agree~ or promise~"),
    "CONSULT": ("meet~ or talk~ with", "meet~ or talk~"),
    "SUPPORT": ("support~ or better~ relations with", "support~ or better~ relations"),
    "CONCEDE": ("give~ way in words to", "give~ way in words"),
    "COOPERATE": ("cooperate~ with", "cooperate~"),
    "AID": ("give~ aid to", "give~ aid"),
    "RETREAT": ("yield~ to or withdraw~ from", "yield~ or withdraw~"),
    "REQUEST": ("ask~ or demand~ of", "ask~ or demand~"),
    "ACCUSE": ("accuse~ or condemn~", "accuse~ or condemn~"),
    "REJECT": ("refuse~ or reject~", "refuse~ or reject~"),
    "THREATEN": ("threaten~", "threaten~"),
    "PROTEST": ("protest~ against", "protest~"),
    "SANCTION": ("cut~ or reduce~ relations with", "cut~ or reduce~ relations"),
    "MOBILIZE": ("move~ forces against", "move~ forces"),
    "COERCE": ("coerce~", "coerce~"),
    "ASSAULT": ("attack~", "attack~"),
}

# The same where the mode of the act is known.
MODES: Mapping[tuple[str, str], tuple[str, str]] = {
    ("CONSULT", "visit"): ("visit~", "visit~"),
    ("CONSULT", "phone"): ("telephone~ with", "telephone~"),
    ("RETREAT", "withdraw"): ("withdraw~ from", "withdraw~"),
    ("RETREAT", "release"): ("release~", "release~"),
    ("RETREAT", "ceasefire"): ("keep~ a ceasefire with", "keep~ a ceasefire"),
    ("RETREAT", "resign"): ("resign~ before", "resign~"),
    ("ACCUSE", "disapprove"): ("condemn~ or criticise~", "condemn~ or criticise~"),
    ("ACCUSE", "investigate"): ("investigate~", "investigate~"),
    ("ACCUSE", "allege"): ("accuse~", "accuse~"),
    ("THREATEN", "violence"): ("threaten~ force against", "threaten~ force"),
    ("THREATEN", "relations"): ("threaten~ to cut relations with", "threaten~ to cut relations"),
    ("PROTEST", "demo"): ("demonstrate~ against", "demonstrate~"),
    ("PROTEST", "riot"): ("riot~ against", "riot~"),
    ("PROTEST", "strike"): ("strike~ against", "strike~"),
    ("PROTEST", "boycott"): ("boycott~", "boycott~"),
    ("SANCTION", "convict"): ("convict~", "convict~"),
    ("SANCTION", "expel"): ("expel~ people of", "expel~ people"),
    ("SANCTION", "withdraw"): ("break~ or lower~ ties with", "break~ or lower~ ties"),
    ("SANCTION", "discontinue"): ("halt~ dealings with", "halt~ dealings"),
    ("MOBILIZE", "troops"): ("move~ troops against", "move~ troops"),
    ("COERCE", "seize"): ("seize~", "seize~"),
    ("COERCE", "restrict"): ("restrict~", "restrict~"),
    ("COERCE", "ban"): ("ban~", "ban~"),
    ("COERCE", "arrest"): ("arrest~", "arrest~"),
    ("COERCE", "deport"): ("deport~", "deport~"),
    ("COERCE", "cyber"): ("hack~", "hack~"),
    ("ASSAULT", "abduct"): ("abduct~", "abduct~"),
    ("ASSAULT", "beat"): ("beat~", "beat~"),
    ("ASSAULT", "torture"): ("torture~", "torture~"),
    ("ASSAULT", "execute"): ("put~ to death", "put~ people to death"),
    ("ASSAULT", "aerial"): ("bomb~ from the air", "bomb~ from the air"),
    ("ASSAULT", "heavy-weapons"): ("shell~", "shell~"),
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
    """What to call a party: its standard name, else the report's words, unless those say nothing."""
    if not actor.name and actor.span.text.lower() in PRONOUNS and actor.country_code:
        return state_name(actor.country_code)
    return actor.name or actor.span.text


PRONOUNS = frozenset(
    "it its he his him she her they their them who which we our us i my me".split()
)


def page_key(actor: Actor) -> str:
    """What a party's page is found by: a state's code, else what identifies the party."""
    return actor.key.removeprefix("state:")


def pair_key(actor: Actor) -> str:
    """Whose dealings an act belongs to: the state's where the party has one."""
    return actor.country_code or page_key(actor)


def parties(actors: Sequence[Actor]) -> tuple[Sequence[Actor], int]:
    """The parties to name in one line, each name once, and how many more there are."""
    once = list({name_of(actor): actor for actor in reversed(actors)}.values())[::-1]
    return once[:NAMED], max(0, len(once) - NAMED)


def phrase(event: Event) -> str:
    """What is done, in words that show who does it to whom."""
    known = (MODES.get((event.event, mode)) for mode in event.mode)
    plain = event.event.lower()
    to, alone = next(filter(None, known), None) or PHRASES.get(event.event, (plain, plain))
    return (to if event.recipient else alone).replace("~", "" if several(event.actor) else "s")


def sentence(event: Event) -> str:
    """Who does what to whom: "Bahrain breaks or lowers ties with Iran"."""
    actors, more = parties(event.actor)
    named = [name_of(actor) for actor in actors] + ([f"{more:,} more"] if more else [])
    recipients, others = parties(event.recipient)
    whom = [name_of(actor) for actor in recipients] + ([f"{others:,} more"] if others else [])
    return " ".join(part for part in (both(named) or "somebody", phrase(event), both(whom)) if part)


def both(names: Sequence[str]) -> str:
    """Names in a line: "A, B and C"."""
    names = list(dict.fromkeys(names))
    return " and ".join([", ".join(names[:-1]), names[-1]] if names[1:] else names)


def several(actors: Sequence[Actor]) -> bool:
    """Whether a verb after these parties is in the plural."""
    if len(actors) != 1:
        return bool(actors)
    last = name_of(actors[0]).split()[-1:]
    # A description of people: "demonstrators", "the two countries"; a name keeps the singular.
    return (
        not actors[0].name
        and bool(last)
        and last[0].islower()
        and _PLURAL.search(last[0]) is not None
    )


_PLURAL = re.compile(r"(?:[^s]s|people|police|men|women)$")


def voice(outlet: str | None, source: str) -> str:
    """Whose report it is: the outlet, else the file that it came in."""
    return outlet or PurePath(source).stem[:40] or "outlet not known"


def auxiliary(event: Event) -> str:
    """How the act is told, where it is not simply told as having happened."""
    return ", ".join(AUXILIARIES.get(name, name) for name in event.auxiliary)


def reason(report: Report) -> str:
    """Why a report was set aside, with the name of its file rather than the way to it."""
    name = PurePath(report.source).name
    return report.reason.replace(report.source, name) if report.source else report.reason


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
