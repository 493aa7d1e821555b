"""From what the rules and the language model say of one sentence to its events in the making."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.language.tags import NO_EVENT
from dragoman.reading.filling import fill, to_be_dealt_with
from dragoman.reading.proposals import asked_pair, candidates
from dragoman.reading.selecting import Draft, choose, closed, fuller, known, states_of
from dragoman.reading.weighing import (
    SUREST,
    Claim,
    Company,
    faint,
    features,
    likeliest,
    weigh,
)

if TYPE_CHECKING:
    from dragoman.language.tags import LanguageModel, TypeGuess
    from dragoman.reading.clauses import Clauses
    from dragoman.reading.parties import Parties
    from dragoman.reading.tree import Page
    from dragoman.reading.triggers import RuleIndex
    from dragoman.rulebook import Rulebook

# A claim less likely than this is not kept. Of what is kept of reports that the weights were not fitted with 56 in 100 are right
# in type, parties and codes, of that of 0.6 and more 67, of 0.7 and more 78 (docs/decisions/0008).
LEAST = 0.43
# A report with so many words of sport, and such a share of its nouns, tells of a game.
SPORT_WORDS, SPORT_SHARE = 5, 0.12
# A report with so many words of a campaign tells of one.
CAMPAIGN_WORDS = 4
_ORGANS = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY"})
# What is said to or asked of a news outlet is an interview.
_SPOKEN = frozenset({"CONSULT", "REQUEST", "AGREE"})
# "Is" and "are" with a participle of these types tell a standing fact.
_STATES = frozenset({"SUPPORT", "COERCE", "SANCTION", "AID", "COOPERATE"})
_PRESENT = frozenset({"is", "are", "'s", "’s", "'re", "’re"})
# What the model alone sees of these types is told of both sides: PLOVER has both as actors.
_TOGETHER = frozenset({"CONSULT", "COOPERATE"})
_AMONG = frozenset({"AGREE", *_TOGETHER})


def claims_of(
    page: Page,
    clauses: Clauses,
    parties: Parties,
    index: RuleIndex,
    rulebook: Rulebook,
    model: LanguageModel,
) -> tuple[list[tuple[Claim, TypeGuess]], Company]:
    """All that a rule or the model claims of a sentence, and in what company.

    Without a coded party in the sentence only the rules are asked.
    """
    triggers = tuple(index.triggers(clauses))
    filled = [f for t in triggers if (f := fill(page, clauses, parties, t)) is not None]
    coded = parties.coded(clauses.tree.sentence.index)
    found = candidates(page, clauses, parties, index.nouns) if coded else ()
    # One question for all pairs of the sentence: its states are then read once.
    pairs = [asked_pair(clauses, f.trigger.position, f.actor, f.recipient) for f in filled]
    pairs += [asked_pair(clauses, c.position, c.actor, c.recipient) for c in found]
    guesses = model.type_pairs(clauses.tree.tags, pairs) if pairs else []
    claims = [
        Claim(
            f.trigger.position,
            f.trigger.verbal,
            f.actor,
            f.recipient,
            f.trigger.rule.event,
            f.trigger,
            f.doubtful,
        )
        for f in filled
    ]
    claims += [
        Claim(c.position, c.verbal, c.actor, c.recipient, _likeliest(guess), wide=c.wide)
        for c, guess in zip(found, guesses[len(filled) :], strict=True)
    ]
    if not claims:
        return [], Company({}, frozenset(), {}, 0, {})
    known: dict[int, set[str]] = {}
    content: set[int] = set()
    for trigger in triggers:
        known.setdefault(trigger.position, set()).add(trigger.rule.event)
        if clauses.tree.lemma(trigger.position) not in clauses.grammar.reporting:
            content |= closed(clauses, trigger)
    futures = {name: plover.future for name, plover in rulebook.ontology.types.items()}
    told = list(zip(claims, guesses, strict=True))
    company = Company(
        {place: frozenset(types) for place, types in known.items()},
        frozenset(content),
        futures,
        len(claims),
        likeliest(told, futures),
        _of_sport(parties, rulebook),
        parties.share_of(rulebook.grammar.campaign)[0] >= CAMPAIGN_WORDS,
    )
    return told, company


def _likeliest(guess: TypeGuess) -> str:
    return next(name for name, _ in guess.probabilities if name != NO_EVENT)


def drafts_of(
    page: Page,
    clauses: Clauses,
    parties: Parties,
    index: RuleIndex,
    rulebook: Rulebook,
    model: LanguageModel,
) -> list[Draft]:
    """The drafts of one sentence, in the order of the text.

    Each claim of a rule or of the model is weighed (``weighing``). Of one word the likeliest is kept, of
    one act told twice the likeliest telling, and nothing of what is the content of another act.
    """
    told, company = claims_of(page, clauses, parties, index, rulebook, model)
    drafts = []
    for claim, guess in told:
        if not claim.coded or _unwhole(claim) or _one_name(claim):
            continue
        if faint(claim, guess, company):
            continue
        if claim.event == "REQUEST" and any(
            to_be_dealt_with(clauses.tree, one) for one in claim.recipient
        ):
            continue
        if _interview(claim) or _left_open(clauses, claim.position) or _standing(clauses, claim):
            continue
        chance = weigh(features(clauses, parties, claim, guess, company), rulebook.weighing)
        if chance >= LEAST:
            drafts.append(_draft(clauses, claim, guess, chance, index, model.name))
    return sorted(fuller(choose(clauses, drafts)), key=lambda draft: draft.position)


def _one_name(claim: Claim) -> bool:
    """Whether the two halves of a name that nobody knows were taken for two parties ("La Riva")."""
    if len(claim.actor) != 1 or len(claim.recipient) != 1:
        return False
    one, other = sorted((claim.actor[0], claim.recipient[0]), key=lambda party: party.span.start)
    return (
        other.span.start - one.span.end == 1
        and one.span.text[:1].isupper()
        and other.span.text[:1].isupper()
        and one.catalogue_id is None
        and other.catalogue_id is None
    )


def _interview(claim: Claim) -> bool:
    """Whether somebody speaks with a news outlet ("spoke with Wikinews", "approached the BBC"), which is no dealing with it."""
    return claim.event in _SPOKEN and any(
        one.sector_code == "JRN" and (one.catalogue_id or claim.event == "CONSULT")
        for one in (*claim.actor, *claim.recipient)
    )


def _standing(clauses: Clauses, claim: Claim) -> bool:
    """Whether prose tells how things stand, and no act: "the rebels are backed by Iran", "the party is banned"."""
    tree = clauses.tree
    if claim.event not in _STATES or tree.sentence.kind == "title" or not claim.verbal:
        return False
    helpers = {
        tree.tokens[kid].text.lower() for kid in tree.kids(claim.position, "aux:pass", "aux")
    }
    return bool(tree.kids(claim.position, "aux:pass")) and helpers <= _PRESENT


def _left_open(clauses: Clauses, position: int) -> bool:
    """Whether a clause asks what nobody answers: "whether he also asked Russia, the Kremlin did not say"."""
    tree = clauses.tree
    return any(tree.tokens[kid].text.lower() == "whether" for kid in tree.kids(position, "mark"))


def _of_sport(parties: Parties, rulebook: Rulebook) -> bool:
    """Whether a report tells of a game."""
    count, share = parties.share_of(rulebook.grammar.sport)
    return count >= SPORT_WORDS and share >= SPORT_SHARE


def _unwhole(claim: Claim) -> bool:
    """Whether a claim tells nothing: the same parties on both sides, or an inquiry into nobody.

    So where the model alone has a state's own organ do something to the state ("its foreign ministry called the raid ...").
    """
    theirs = {one.key for one in claim.recipient}
    if theirs and theirs == {one.key for one in claim.actor}:
        return len(claim.actor) > 1
    own = {one.country_code for one in claim.actor if one.sector_code in _ORGANS}
    states = {one.country_code for one in claim.recipient if one.key.startswith("state:")}
    if claim.wide and theirs and len(states) == len(theirs) and states <= own:
        return True
    rule = claim.trigger.rule if claim.trigger else None
    return rule is not None and rule.mode == ("investigate",) and not known(claim.recipient)


def _draft(
    clauses: Clauses,
    claim: Claim,
    guess: TypeGuess,
    chance: float,
    index: RuleIndex,
    model: str,
) -> Draft:
    chances = dict(guess.probabilities)
    none = chances.get(NO_EVENT, 0.0)
    says = f"{model} gives this pair {claim.event} {chances.get(claim.event, 0.0):.2f}, no event {none:.2f}"
    other = "" if guess.best == claim.event else f", most {guess.best} {guess.confidence:.2f}"
    trigger = claim.trigger
    actor, recipient = claim.actor, claim.recipient
    if trigger is not None:
        rule = trigger.rule
        mode, context, complement = rule.mode, rule.context, trigger.complement
        coder = f"rule:{rule.id}"
        why = f"rule {rule.id} ({rule.file}:{rule.line}) says {rule.event}; {says}{other}"
    else:
        # A rule that knows the verb and the type lends its mode.
        mode = index.mode(clauses.tree.lemma(claim.position), claim.event, verbal=claim.verbal)
        context = ()
        complement = clauses.complement(claim.position) if claim.verbal else None
        coder = f"model:{model}"
        why = f"{says}{other}; no rule speaks of it"
        if claim.event in _TOGETHER and "visit" not in mode and actor and known(recipient):
            actor, recipient = (*actor, *recipient), ()
    if claim.event in _AMONG and states_of(actor) > 1 and not states_of(recipient):
        # "India and China agreed to pull back troops": with one another, and on troops.
        recipient = ()
    return Draft(
        position=claim.position,
        verbal=claim.verbal,
        complement=complement,
        event=claim.event,
        mode=mode,
        context=context,
        trigger=trigger,
        wide=claim.wide,
        actor=actor,
        recipient=recipient,
        confidence=round(min(SUREST, chance), 3),
        weight=chance,
        coder=coder,
        why=f"{why}; all weighed, right with a chance of {min(SUREST, chance):.2f}",
    )
