"""How likely it is that what a rule or the language model tells of a sentence is an event of the record.

The model gives the probability of a type for a word and two parties that it is handed; whether these are the
right word and the right parties it can hardly know. What speaks for that (where the parties stand, how they are
named, whether a rule agrees, whether the clause is another's content) is put into features, and a logistic
regression weighs them. Its weights are a readable table (``rules/weighing.csv``), fitted by ``training.weigh``
on fully labelled sentences with models that had not learned from them, and moved by ``training.depart`` to what real
news says that no weights have learned from.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.language.tags import NO_EVENT
from dragoman.reading.lending import LENT
from dragoman.reading.status import auxiliary
from dragoman.reading.tree import base

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dragoman.entries import Actor
    from dragoman.language.tags import TypeGuess
    from dragoman.reading.clauses import Clauses
    from dragoman.reading.parties import Parties
    from dragoman.reading.triggers import Trigger

# A claim of whose type the model gives the pair less than this is not weighed: of the claims that come out as
# right with a chance of one half, 2 in 1,000 are among them, and 82 in 100 of all claims.
FAINT = 0.1
# From this probability on the model is sure that a word tells an act, whoever the parties are.
PLAIN = 0.5
_EDGE = 1e-3  # probabilities are held this far from 0 and 1
_POLITICIANS = frozenset({"GOV", "LEG", "PTY", "OPP", "ELI"})
_WORDS = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "AGREE", "SUPPORT", "CONCEDE"})
_CLAUSES = frozenset({"ccomp", "advcl", "acl", "xcomp", "csubj", "parataxis", "conj"})


# No event is held for surer than this: of 53 judged ones with a chance of 0.9 and more 47 were right.
SUREST = 0.93


@dataclass(frozen=True, slots=True)
class Claim:
    """What may be told at a word: an act of a type, by whom, to whom.

    Attributes:
        position: the word's position.
        verbal: whether it stands as a verb.
        actor, recipient: the parties.
        event: the PLOVER type.
        trigger: the rule that says so; None where the model alone does.
        doubtful: whether the rule found no known party in the recipient's place.
        wide: whether a party stands in none of the word's places.
    """

    position: int
    verbal: bool
    actor: tuple[Actor, ...]
    recipient: tuple[Actor, ...]
    event: str
    trigger: Trigger | None = None
    doubtful: bool = False
    wide: bool = False

    @property
    def coded(self) -> bool:
        """Whether a party has a code; of a rule's claim it is enough that people of a known kind act."""
        everyone = (*self.actor, *self.recipient)
        if any(one.entity_code for one in everyone):
            return True
        return self.trigger is not None and any(one.sector_code for one in everyone)


@dataclass(frozen=True, slots=True)
class Company:
    """What else is told in the sentence.

    Attributes:
        known: the types that some rule has for each word that carries a rule.
        content: positions inside what a demand, charge, threat or promise governs.
        futures: the type that each type is coded as when it is still to come.
        claims: how many claims the sentence has.
        likeliest: of each word the highest probability that the model gives any claim at it.
        game: whether the report tells of a game.
        campaign: whether it tells of an election campaign.
    """

    known: Mapping[int, frozenset[str]]
    content: frozenset[int]
    futures: Mapping[str, str]
    claims: int
    likeliest: Mapping[int, float]
    game: bool = False
    campaign: bool = False


def weigh(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The probability, 0 to 1, that a claim is right in word, parties and type."""
    total = weights.get("", 0.0) + sum(
        value * weights[name] for name, value in features.items() if name in weights
    )
    return 1.0 / (1.0 + math.exp(-total))


def faint(claim: Claim, guess: TypeGuess, company: Company) -> bool:
    """Whether the model sees so little of the type that weighing can be saved.

    Where it is sure of an act at the word, it doubts a rule's parties only, and they are weighed.
    """
    if claim.trigger is not None and company.likeliest.get(claim.position, 0.0) >= PLAIN:
        return False
    return _own(claim, dict(guess.probabilities), company.futures) < FAINT


def likeliest(
    claims: Iterable[tuple[Claim, TypeGuess]], futures: Mapping[str, str]
) -> dict[int, float]:
    """Of each word the highest probability that the model gives the type of a claim at it."""
    made: dict[int, float] = {}
    for claim, guess in claims:
        own = _own(claim, dict(guess.probabilities), futures)
        made[claim.position] = max(own, made.get(claim.position, 0.0))
    return made


def _own(claim: Claim, chance: dict[str, float], futures: Mapping[str, str]) -> float:
    """The model's probability of the type; of a rule's type that of the act to come counts, too.

    The model types "will meet" as AGREE outright; a rule comes there by the clause's tense.
    """
    own = chance.get(claim.event, 0.0)
    if claim.trigger is not None:
        own += chance.get(futures.get(claim.event, ""), 0.0)
    return own


def _coding(claim: Claim) -> str:
    """Whether the parties of a claim have codes: of one state or several, all, some, none of them.

    A word without a code in a party's place is often no party, and a code that the report makes plain is missed.
    """
    sides = claim.actor, claim.recipient
    coded = [bool(one.entity_code) for side in sides for one in side]
    if not any(coded):
        return "none"
    if not claim.actor or (not claim.recipient and len(claim.actor) < 2):
        return "single"
    if not all(coded):
        return "some"
    states = [{one.entity_code for one in side} for side in sides]
    if not claim.recipient:
        return "together" if len(states[0]) > 1 else "all"
    return "all" if states[0] & states[1] else "states"


def features(
    clauses: Clauses, parties: Parties, claim: Claim, guess: TypeGuess, company: Company
) -> dict[str, float]:
    """The features of a claim, by name; what is not there is 0."""
    chance = dict(guess.probabilities)
    ruled = claim.trigger is not None
    own = _logit(_own(claim, chance, company.futures))
    short = _logit(company.likeliest.get(claim.position, 0.0)) - own
    none = _logit(chance.get(NO_EVENT, 0.0))
    kind = "rule" if ruled else "wide" if claim.wide else "model"
    made = {f"own {kind}": own, f"none {kind}": none, "best": _logit(guess.confidence)}
    sides = f"{bool(claim.actor):d}{bool(claim.recipient):d}"
    made[f"own sides {sides}"] = own
    made[f"short of likeliest {kind}"] = short
    for name in (
        *_of_rule(clauses, claim, guess, company),
        *_of_sides(clauses, parties, claim),
        *_of_codes(parties, claim, "rule" if ruled else "model"),
        *_of_report(claim, company),
        *_of_word(clauses, parties, claim, company),
    ):
        made[name] = 1.0
    made[f"{kind} {claim.event}"] = 1.0
    made[f"{kind} sides {sides}"] = 1.0
    return made


def _logit(chance: float) -> float:
    held = min(max(chance, _EDGE), 1.0 - _EDGE)
    return math.log(held / (1.0 - held))


def _of_rule(clauses: Clauses, claim: Claim, guess: TypeGuess, company: Company) -> Iterator[str]:
    trigger = claim.trigger
    if trigger is None:
        known = company.known.get(claim.position, frozenset())
        answer = "agree" if claim.event in known else "differ" if known else "are silent"
        yield f"rules {answer}"
        return
    yield f"rule {trigger.rule.id}"
    yield f"rule of weight {trigger.rule.weight}"
    yield f"rule {'with' if guess.best == claim.event else 'against'} model"
    if claim.doubtful:
        yield "rule doubtful"
        yield f"rule doubtful {claim.event}"
    if trigger.theme is not None:
        yield "rule with theme"
    if trigger.complement is not None:
        kind = clauses.complement_kind(trigger.complement)
        yield f"rule with {kind} clause"
        yield f"{claim.event} with {kind} clause"
    if trigger.rule.reciprocal:
        yield "rule reciprocal"


def _of_sides(clauses: Clauses, parties: Parties, claim: Claim) -> Iterator[str]:
    for name, side in (("actor", claim.actor), ("recipient", claim.recipient)):
        rule = claim.trigger.rule if claim.trigger is not None else None
        if name == "recipient" and not side and rule is not None and not rule.recipient:
            # "The premier resigned": there is nobody to whom it could be done.
            yield "recipient none by nature"
            continue
        yield from (f"{name} {one}" for one in _of_side(clauses, parties, claim, side))
    coded = tuple(any(one.entity_code for one in side) for side in (claim.actor, claim.recipient))
    yield f"coded {coded[0]:d}{coded[1]:d}"
    states = [
        {one.country_code for one in side} - {None} for side in (claim.actor, claim.recipient)
    ]
    sectors = [
        "-" if not side else side[0].sector_code or ("state" if side[0].entity_code else "none")
        for side in (claim.actor, claim.recipient)
    ]
    yield f"sectors {sectors[0]} {sectors[1]}"
    if states[0] & states[1]:
        yield "same state"
        yield f"same state {claim.event}"


def _of_codes(parties: Parties, claim: Claim, kind: str) -> Iterator[str]:
    """What is known of the parties' codes, and how: a pronoun followed back, the report's own country."""
    coding = _coding(claim)
    yield f"coding {coding}"
    yield f"{kind} coding {coding}"
    if parties.alone:
        # Nothing else could have told who an unnamed party is.
        yield f"coding {coding} alone"
    sides = claim.actor, claim.recipient
    lent = [any(LENT in one.why for one in side) for side in sides]
    for name, side, given in zip(("actor", "recipient"), sides, lent, strict=True):
        kinds = {parties.kind(one) for one in side}
        if given:
            yield f"{name} lent"
        if "pronoun" in kinds:
            yield "followed pronoun"
        elif "description" in kinds:
            yield "followed description"
    if all(lent):
        yield "both lent"
    if any(lent):
        yield f"lent {claim.event}"


def _of_report(claim: Claim, company: Company) -> Iterator[str]:
    """What else the report tells of: a game, a campaign in which politicians say something of one another."""
    if company.game:
        yield "report of a game"
    if company.campaign:
        yield "report of a campaign"
        yield f"campaign {claim.event}"
        if _among_politicians(claim):
            yield "campaign talk"


def _among_politicians(claim: Claim) -> bool:
    """Whether politicians of one state say something of one another."""
    sides = claim.actor, claim.recipient
    lands = {one.country_code for side in sides for one in side}
    named = all(side and all(one.sector_code in _POLITICIANS for one in side) for side in sides)
    return claim.event in _WORDS and named and len(lands) == 1


def _of_side(
    clauses: Clauses, parties: Parties, claim: Claim, side: tuple[Actor, ...]
) -> Iterator[str]:
    if not side:
        yield "none"
        yield f"none {claim.event}"
        return
    first = side[0]
    kind = parties.kind(first)
    yield f"kind {kind}"
    if kind == "stranger":
        yield f"stranger {claim.event}"
    yield f"count {min(3, len(side))}"
    code = "coded" if first.entity_code else "sector" if first.sector_code else "no code"
    yield f"{kind} {code}"
    if first.sector_code:
        yield f"sector {first.sector_code}"
    if not all(one.entity_code for one in side):
        yield "not all coded"
    yield from _of_place(clauses, claim.position, first)


def _of_place(clauses: Clauses, position: int, party: Actor) -> Iterator[str]:
    """How a party hangs on the word in the tree."""
    tree = clauses.tree
    at = tree.position_at(party.span.end - tree.offset - 1)
    if at is None:
        yield "elsewhere"
        return
    path = [at, *tree.ancestors(at)]
    if position in path:
        steps = [
            one for one in path[: path.index(position)] if not _of_name(tree.tokens[one].deprel)
        ]
        top = steps[-1] if steps else at
        relation = base(tree.tokens[top].deprel)
        yield f"as {relation}"
        case = tree.case(top).split(" ")[0]
        if case:
            yield f"as {relation} {case}"
        yield f"depth {min(4, len(steps))}"
        yield from (f"through {base(tree.tokens[one].deprel)}" for one in steps[:-1])
        return
    up = [position, *tree.ancestors(position)]
    meet = next((one for one in up if one in path), None)
    if meet is None:
        yield "apart"
        return
    climbed = [base(tree.tokens[one].deprel) for one in up[: up.index(meet)]]
    down = [base(tree.tokens[one].deprel) for one in path[: path.index(meet)]]
    yield f"above {' '.join(climbed[:2])}"
    yield f"over as {down[-1] if down else 'governor'}"
    yield f"over {min(4, len(climbed))} {min(4, len(down))}"


def _of_name(relation: str) -> bool:
    return base(relation) in {"flat", "compound"}


def _of_word(clauses: Clauses, parties: Parties, claim: Claim, company: Company) -> Iterator[str]:
    tree = clauses.tree
    position = claim.position
    token = tree.tokens[position]
    yield f"word {token.upos}"
    yield f"word as {base(token.deprel)}"
    if claim.verbal and clauses.passive(position):
        yield "word passive"
    lemma = tree.lemma(position)
    above = next((one for one in tree.ancestors(position) if tree.tokens[one].upos == "VERB"), None)
    if above is not None:
        yield f"under {tree.lemma(above)}"
    if lemma in clauses.grammar.reporting:
        yield "word reporting"
        yield f"word reporting {claim.event}"
    if lemma in clauses.grammar.light:
        yield "word light"
    for one in sorted(auxiliary(clauses, position, verbal=claim.verbal)):
        yield f"status {one}"
    yield from _of_clause(
        _relations(tree.tokens[one].deprel for one in (position, *tree.ancestors(position)))
    )
    voice = parties.voice(tree, position)
    yield f"voice {voice}"
    if position in company.content:
        yield "content"
        yield f"content {claim.event}"
    yield f"words {min(6, len(tree.tokens) // 10)}"
    yield f"claims {min(6, company.claims // 8)}"
    yield f"title {tree.sentence.kind == 'title':d}"


def _relations(relations: Iterable[str]) -> tuple[str, ...]:
    """The relations of clauses among these, without subtypes."""
    return tuple(one for one in map(base, relations) if one in _CLAUSES)


def _of_clause(relations: tuple[str, ...]) -> Iterator[str]:
    yield f"clause {' '.join(relations[:2]) or 'main'}"
    yield f"clauses above {min(4, len(relations))}"
