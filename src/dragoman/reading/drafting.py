"""From what the rules and the language model say of one sentence to its events in the making."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.language.tags import NO_EVENT
from dragoman.reading.filling import fill
from dragoman.reading.proposals import asked_pair, candidates
from dragoman.reading.weighing import (
    SUREST,
    Claim,
    Company,
    faint,
    features,
    likeliest,
    surety,
    weigh,
)

if TYPE_CHECKING:
    from dragoman.entries import Actor
    from dragoman.language.tags import LanguageModel, TypeGuess
    from dragoman.reading.clauses import Clauses
    from dragoman.reading.parties import Parties
    from dragoman.reading.tree import Page
    from dragoman.reading.triggers import RuleIndex, Trigger
    from dragoman.rulebook import Rulebook

# A claim less likely than this is not kept. Of drawn events of this and more 72 in 100 are wholly right by two
# strict judges, of those of 0.6 and more 82 (docs/method.md, docs/decisions/0006).
LEAST = 0.45
# At one word a rule's claim is taken before one of the model alone that is likelier by less than this: of
# the labelled sentences as many come out right.
RULED = 0.1
# "Were released by Putin himself": by how much a claim without the doer must be likelier than one with him.
DOERLESS = 0.25
# What the model alone sees of these types is told of both sides: PLOVER has both as actors.
_TOGETHER = frozenset({"CONSULT", "COOPERATE"})
_AMONG = frozenset({"AGREE", *_TOGETHER})
_OBJECT_CLOSED = frozenset({"REQUEST", "REJECT", "THREATEN", "AGREE", "CONCEDE"})


@dataclass(frozen=True, slots=True)
class Draft:
    """An event in the making: a word that carries the act, its parties, and who says so.

    Attributes:
        position: the word's position.
        verbal: whether it stands as a verb.
        complement: position of the governed clause's verb, if there is one.
        event: the PLOVER type, as yet without the tense.
        mode, context: what the rule says of them.
        confidence: how likely it is right, 0 to 1.
        weight: the same before it is held below what any event is worth; for the choice among several.
        coder, why: who says so, and the reasons in words for people.
        trigger: the rule at work; None where the model alone speaks.
        wide: whether a party stands in none of the word's places.
    """

    position: int
    verbal: bool
    complement: int | None
    event: str
    mode: tuple[str, ...]
    context: tuple[str, ...]
    actor: tuple[Actor, ...]
    recipient: tuple[Actor, ...]
    confidence: float
    coder: str
    why: str
    trigger: Trigger | None = None
    wide: bool = False
    weight: float = 0.0


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
            content |= _closed(clauses, trigger)
    futures = {name: plover.future for name, plover in rulebook.ontology.types.items()}
    told = list(zip(claims, guesses, strict=True))
    company = Company(
        {place: frozenset(types) for place, types in known.items()},
        frozenset(content),
        futures,
        len(claims),
        likeliest(told, futures),
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
        if not claim.coded or _unwhole(claim) or faint(claim, guess, company):
            continue
        chance = weigh(features(clauses, parties, claim, guess, company), rulebook.weighing)
        chance *= surety(parties, claim)
        if chance >= LEAST:
            drafts.append(_draft(clauses, claim, guess, chance, index, model.name))
    return sorted(_fuller(_choose(clauses, drafts)), key=lambda draft: draft.position)


def _unwhole(claim: Claim) -> bool:
    """Whether a claim tells nothing: the same parties on both sides, or an inquiry into nobody."""
    theirs = {one.key for one in claim.recipient}
    if theirs and theirs == {one.key for one in claim.actor}:
        return len(claim.actor) > 1
    rule = claim.trigger.rule if claim.trigger else None
    return rule is not None and rule.mode == ("investigate",) and not _known(claim.recipient)


def _choose(clauses: Clauses, drafts: list[Draft]) -> list[Draft]:
    """Of each word and of each act the likeliest draft, without the content of others."""
    best: dict[int, Draft] = {}
    for draft in sorted(drafts, key=lambda one: (-_rank(one), one.position, one.coder)):
        best.setdefault(draft.position, draft)
    content: set[int] = set()
    for draft in best.values():
        content |= _content(clauses, draft)
    kept: list[Draft] = []
    for draft in sorted(best.values(), key=lambda one: (-one.weight, one.position)):
        if draft.position in content:
            continue
        alike = [one for one in kept if _same_act(draft, one)]
        if alike and all(_tells_more(draft, one) for one in alike):
            kept = [one for one in kept if one not in alike]
            alike = []
        if not alike:
            kept.append(draft)
    return kept


def _tells_more(draft: Draft, kept: Draft) -> bool:
    """Whether a draft tells on whom the act is that another tells as done by the same party alone."""
    doers = [{actor.span.start for actor in one.actor} for one in (draft, kept)]
    return (
        draft.event == kept.event
        and not kept.recipient
        and _states(draft.recipient) > 0
        and bool(doers[0] & doers[1])
        and len(kept.actor) <= len(draft.actor)
    )


def _rank(draft: Draft) -> float:
    """The chance of a draft, for its choice at a word: a rule's tells more, its mode and its reasons.

    One that knows no doer tells less than one that is kept with him.
    """
    ruled = RULED if draft.trigger is not None else 0.0
    return draft.weight + ruled - (0.0 if draft.actor else DOERLESS)


def _same_act(draft: Draft, kept: Draft) -> bool:
    """Whether a draft tells over again what a likelier one tells at another word.

    The model sees the act of "gave approval to deliver aid" at each of its words. Two acts of one type that
    share a party are two where a rule speaks of the second and both have both sides; acts of two types between the
    same parties where a rule speaks of the second.
    """
    mine, theirs = (
        {actor.span.start for actor in (*one.actor, *one.recipient)} for one in (draft, kept)
    )
    shared = len(mine & theirs)
    ruled = draft.trigger is not None
    if draft.event != kept.event:
        return not ruled and (shared > 0 if draft.wide else shared > 1 and _between(draft, kept))
    if _two_ways(draft, kept):
        return False
    if shared > 1 or _sides(draft) == _sides(kept):
        return True
    both = all(one.actor and one.recipient for one in (draft, kept))
    return shared > 0 and not (ruled and both)


def _two_ways(draft: Draft, kept: Draft) -> bool:
    """Whether two rules tell acts of one type in different ways: "cut its aid to Chad and recalled its envoy"."""
    modes = [set(one.mode) for one in (draft, kept) if one.trigger is not None and one.verbal]
    return len(modes) == 2 and all(modes) and not modes[0] & modes[1]


def _between(draft: Draft, kept: Draft) -> bool:
    """Whether some party of each side of a draft stands in the other, too; a list on one side is no pair."""
    theirs = {actor.span.start for actor in (*kept.actor, *kept.recipient)}
    sides = [side for side in (draft.actor, draft.recipient) if side]
    return all(any(actor.span.start in theirs for actor in side) for side in sides)


def _sides(draft: Draft) -> tuple[frozenset[str], frozenset[str]]:
    actor, recipient = (
        frozenset(one.key for one in side) for side in (draft.actor, draft.recipient)
    )
    return actor, recipient


def _fuller(drafts: list[Draft]) -> list[Draft]:
    """Without the drafts that tell no recipient where another tells the same act with one.

    "Jets raided the rebels, hitting targets in the hills" is one raid.
    """
    told = {
        (draft.event, frozenset(one.key for one in draft.actor))
        for draft in drafts
        if _known(draft.recipient)
    }
    return [
        draft
        for draft in drafts
        if len(draft.actor) > 1
        or _known(draft.recipient)
        or (draft.event, frozenset(one.key for one in draft.actor)) not in told
    ]


def _known(actors: tuple[Actor, ...]) -> bool:
    return any(one.entity_code or one.sector_code or one.name for one in actors)


def _states(actors: tuple[Actor, ...]) -> int:
    return len({one.entity_code for one in actors if one.entity_code})


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
        if claim.event in _TOGETHER and "visit" not in mode and actor and _known(recipient):
            actor, recipient = (*actor, *recipient), ()
    if claim.event in _AMONG and _states(actor) > 1 and not _states(recipient):
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


def _closed(clauses: Clauses, trigger: Trigger) -> set[int]:
    tree = clauses.tree
    event = trigger.rule.event
    made: set[int] = set()
    if event in clauses.grammar.closed_types or trigger.rule.closed:
        if trigger.complement is not None:
            made |= set(tree.subtree(trigger.complement))
        if event in _OBJECT_CLOSED:
            heads = clauses.object(trigger.position) if trigger.verbal else ()
            for head in heads:
                made |= set(tree.subtree(head))
            for kid in tree.kids(trigger.position, "nmod", "obl", "acl"):
                if tree.case(kid) in {"for", "of", "on", "to"}:
                    made |= set(tree.subtree(kid))
    if trigger.theme is not None:
        made.add(trigger.theme)
    made |= set(trigger.words)
    made.discard(trigger.position)
    return made


def _content(clauses: Clauses, draft: Draft) -> set[int]:
    """What the act governs and is therefore no event of its own."""
    if draft.trigger is not None:
        return _closed(clauses, draft.trigger)
    if draft.event in clauses.grammar.closed_types and draft.complement is not None:
        return set(clauses.tree.subtree(draft.complement)) - {draft.position}
    return set()
