"""From what the rules and the language model say of one sentence to its events in the making."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.reading.filling import Filled, fill
from dragoman.reading.proposals import Proposal, asked_pair, candidates, surest

if TYPE_CHECKING:
    from dragoman.entries import Actor
    from dragoman.language.tags import LanguageModel, TypeGuess
    from dragoman.reading.clauses import Clauses
    from dragoman.reading.parties import Parties
    from dragoman.reading.tree import Page
    from dragoman.reading.triggers import RuleIndex, Trigger
    from dragoman.rulebook import Rulebook

# The following were set as a set, by eye over the events of a fifth of the labelled reports, read with
# weights that had not learned from them (training.events --hold 0, benchmarks.labelled --fold 0).
#
# Where the model holds with at least this probability that the pair do nothing to one another, no
# event is made; a narrow rule (with about, then or a complement) is believed a little longer.
NONE_VETO = 0.60
NARROW_VETO = 0.80
# A rule's type with less than this probability from the model is not believed,
TYPE_FLOOR = 0.08
NARROW_FLOOR = 0.02
# nor with less than this where only one side is known.
THING_FLOOR = 0.35
# or where nobody is told to do it, though somebody may be.
ACTORLESS_FLOOR = 0.60
# An event of less confidence than this is more often wrong than right, and is not kept.
LEAST = 0.15
# What the model alone sees of these types is told of both sides: PLOVER has both as actors.
_TOGETHER = frozenset({"CONSULT", "COOPERATE"})
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
        score: of two drafts on one word the higher stays.
        confidence: 0 to 1.
        coder, why: who says so, and the reasons in words for people.
        trigger: the rule at work; None where the model alone speaks.
    """

    position: int
    verbal: bool
    complement: int | None
    event: str
    mode: tuple[str, ...]
    context: tuple[str, ...]
    actor: tuple[Actor, ...]
    recipient: tuple[Actor, ...]
    score: float
    confidence: float
    coder: str
    why: str
    trigger: Trigger | None = None


def drafts_of(
    page: Page,
    clauses: Clauses,
    parties: Parties,
    index: RuleIndex,
    rulebook: Rulebook,
    model: LanguageModel,
) -> list[Draft]:
    """The drafts of one sentence, in the order of the text.

    The rules speak first. What the model tells of pairs that no rule has brought together is added
    where it is sure (``proposals``), and not inside the content of another act.
    """
    triggers = tuple(index.triggers(clauses))
    filled = [f for t in triggers if (f := fill(page, clauses, parties, t)) is not None]
    coded = parties.coded(clauses.tree.sentence.index)
    found = candidates(page, clauses, parties) if coded else ()
    offered = tuple(one for one in found if one.coded and (filled or one.both))
    if not filled and not offered:
        return []
    # One question for all pairs of the sentence: its states are then read once.
    pairs = [asked_pair(clauses, f.trigger.position, f.actor, f.recipient) for f in filled]
    pairs += [asked_pair(clauses, c.position, c.actor, c.recipient) for c in offered]
    guesses = model.type_pairs(clauses.tree.tags, pairs)
    futures = {name: plover.future for name, plover in rulebook.ontology.types.items()}
    ruled = [
        draft
        for f, guess in zip(filled, guesses, strict=False)
        if (draft := _judge(f, guess, model.name, futures[f.trigger.rule.event]))
    ]
    chosen, closed = _choose(clauses, triggers, ruled)
    for one in surest(offered, guesses[len(filled) :]):
        place = one.candidate.position
        if place not in closed and not any(_same_parties(one, held) for held in chosen):
            draft = _proposed(clauses, one, index, model.name)
            chosen.append(draft)
            closed |= _content(clauses, draft)
    return sorted(chosen, key=lambda draft: draft.position)


def _judge(filled: Filled, guess: TypeGuess, model: str, future: str) -> Draft | None:
    """Whether the model bears out a rule's event; a narrow rule is believed against a doubtful model."""
    rule = filled.trigger.rule
    chance = dict(guess.probabilities)
    # The model types "will meet" as AGREE outright; the rule comes there by the clause's tense.
    own, none = chance.get(rule.event, 0.0) + chance.get(future, 0.0), chance.get("NONE", 0.0)
    # Without two known sides the words of the rule alone are not enough.
    both = not filled.doubtful
    narrow = rule.weight >= 3 and both
    if none > (NARROW_VETO if narrow else NONE_VETO):
        return None
    if own < (NARROW_FLOOR if narrow else TYPE_FLOOR if both else THING_FLOOR):
        return None
    if not filled.actor and own < ACTORLESS_FLOOR:
        return None
    confidence = round(max(own, 0.5 if narrow else 0.0) * (1.0 - 0.5 * none), 3)
    if confidence < LEAST:
        return None
    why = (
        f"rule {rule.id} ({rule.file}:{rule.line}) says {rule.event}; {model} gives this pair "
        f"{rule.event} {chance.get(rule.event, 0.0):.2f}, no event {none:.2f}"
        + ("" if guess.best == rule.event else f", most {guess.best} {guess.confidence:.2f}")
    )
    trigger = filled.trigger
    return Draft(
        position=trigger.position,
        verbal=trigger.verbal,
        complement=trigger.complement,
        event=rule.event,
        mode=rule.mode,
        context=rule.context,
        trigger=trigger,
        actor=filled.actor,
        recipient=filled.recipient,
        score=rule.weight + 3.0 * own,
        confidence=confidence,
        coder=f"rule:{rule.id}",
        why=why,
    )


def _choose(
    clauses: Clauses, triggers: tuple[Trigger, ...], drafts: list[Draft]
) -> tuple[list[Draft], set[int]]:
    """One draft a word and pair; what stands inside the content of another is no event of its own."""
    best: dict[int, Draft] = {}
    for draft in drafts:
        position = draft.position
        if position not in best or draft.score > best[position].score:
            best[position] = draft
    closed: set[int] = set()
    for trigger in triggers:
        # Content is content, whether or not the parties of the demand or threat itself are known.
        if trigger.position not in best or best[trigger.position].trigger is trigger:
            closed |= _closed(clauses, trigger)
    kept: dict[tuple[str, frozenset[str], frozenset[str]], Draft] = {}
    for position in sorted(best):
        draft = best[position]
        if position in closed:
            continue
        key = (
            draft.event,
            frozenset(actor.key for actor in draft.actor),
            frozenset(actor.key for actor in draft.recipient),
        )
        if key not in kept or draft.score > kept[key].score:
            kept[key] = draft
    return list(kept.values()), closed


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


def _same_parties(proposal: Proposal, draft: Draft) -> bool:
    """Whether a draft already tells something of this word, or between these parties."""
    one = proposal.candidate
    mine = _words_of(one.actor, one.recipient)
    theirs = _words_of(draft.actor, draft.recipient)
    return one.position == draft.position or len(mine & theirs) > 1


def _words_of(*sides: tuple[Actor, ...]) -> set[int]:
    return {actor.span.start for side in sides for actor in side}


def _proposed(clauses: Clauses, proposal: Proposal, index: RuleIndex, model: str) -> Draft:
    """A draft from the model's word alone; a rule that knows the verb and the type lends its mode."""
    one = proposal.candidate
    mode = index.mode(clauses.tree.lemma(one.position), proposal.event, verbal=one.verbal)
    none = dict(proposal.guess.probabilities).get("NONE", 0.0)
    actor, recipient = one.actor, one.recipient
    if proposal.event in _TOGETHER and "visit" not in mode and actor and recipient:
        actor, recipient = (*actor, *recipient), ()
    return Draft(
        position=one.position,
        verbal=one.verbal,
        complement=clauses.complement(one.position) if one.verbal else None,
        event=proposal.event,
        mode=mode,
        context=(),
        actor=actor,
        recipient=recipient,
        score=3.0 * proposal.chance,
        confidence=round(proposal.chance, 3),
        coder=f"model:{model}",
        why=f"{model} gives this pair {proposal.event} {proposal.chance:.2f}, no event {none:.2f}; "
        "no rule speaks of it",
    )


def _content(clauses: Clauses, draft: Draft) -> set[int]:
    """What the act governs and is therefore no event of its own."""
    if draft.event in clauses.grammar.closed_types and draft.complement is not None:
        return set(clauses.tree.subtree(draft.complement)) | {draft.position}
    return {draft.position}
