"""Of the drafts of one sentence those that are told: one a word, one an act, and nothing that is another's content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.reading.tree import base

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.entries import Actor
    from dragoman.reading.clauses import Clauses
    from dragoman.reading.triggers import Trigger

# At one word a rule's claim is taken before one of the model alone that is likelier by less than this: of
# the labelled sentences as many come out right.
RULED = 0.2
# "Were released by Putin himself": by how much a claim without the doer must be likelier than one with him.
DOERLESS = 0.25
# From this chance on a verb with a subject of its own tells an act of its own, though a likelier one of another type is between
# the same parties.
APART = 0.45
# Clauses that tell something beside what the verb above tells; "at restoring" behind "hinted" is none.
_OF_A_VERB = frozenset({"at", "of", "on", "about"})
_CLAUSES_APART = frozenset({"conj", "advcl", "acl", "parataxis", "appos"})
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


def choose(clauses: Clauses, drafts: list[Draft]) -> list[Draft]:
    """Of each word and of each act the likeliest draft, without the content of others."""
    best: dict[int, Draft] = {}
    for draft in sorted(drafts, key=lambda one: (-_rank(one), one.position, one.coder)):
        best.setdefault(draft.position, draft)
    told = [one for one in best.values() if not _mere_prospect(clauses, one, best.values())]
    content = [(one, content_of(clauses, one)) for one in told]
    kept: list[Draft] = []
    for draft in sorted(told, key=lambda one: (-_rank(one), one.position)):
        # What the model alone takes for a promise or charge hides no surer act inside it.
        if any(
            draft.position in inside and (one.trigger is not None or one.weight > draft.weight)
            for one, inside in content
        ):
            continue
        alike = [one for one in kept if _same_act(draft, one) and not _apart(clauses, draft, one)]
        if alike and all(_tells_more(draft, one) for one in alike):
            kept = [one for one in kept if one not in alike]
            alike = []
        if not alike:
            kept.append(draft)
    return kept


def _mere_prospect(clauses: Clauses, draft: Draft, drafts: Iterable[Draft]) -> bool:
    """Whether the model alone takes a verb for an act that only holds out another one ("hinted at restoring relations")."""
    lemma = clauses.tree.lemma(draft.position)
    if draft.trigger is not None or lemma not in clauses.grammar.future_governors:
        return False
    return any(
        one.trigger is not None
        and one.event != draft.event
        and _between(draft, one)
        and _governs(clauses, draft.position, one.position)
        for one in drafts
    )


def _tells_more(draft: Draft, kept: Draft) -> bool:
    """Whether a draft tells on whom the act is that another tells as done by the same party alone."""
    doers = [{actor.span.start for actor in one.actor} for one in (draft, kept)]
    return (
        draft.event == kept.event
        and not kept.recipient
        and states_of(kept.actor) < 2
        and states_of(draft.recipient) > 0
        and bool(doers[0] & doers[1])
        and len(kept.actor) <= len(draft.actor)
    )


def _rank(draft: Draft) -> float:
    """The chance of a draft, for its choice at a word: a rule's tells more, its mode and its reasons.

    One that knows no doer tells less than one that is kept with him.
    """
    told = all(
        any(one.entity_code for one in side) for side in (draft.actor, draft.recipient) if side
    )
    ruled = RULED if draft.trigger is not None and told else 0.0
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
    both = all(one.actor and (one.recipient or states_of(one.actor) > 1) for one in (draft, kept))
    return shared > 0 and not (ruled and both)


def _apart(clauses: Clauses, draft: Draft, kept: Draft) -> bool:
    """Whether a verb tells another act of its own subject: "praised Chad and urged it to go on".

    What only governs the act told is none: "hinted at restoring relations with Iran".
    """
    if draft.event == kept.event or not draft.verbal or draft.weight < APART:
        return False
    tree = clauses.tree
    if draft.trigger is None and _governs(clauses, draft.position, kept.position):
        return False
    doers = {tree.position_at(one.span.end - tree.offset - 1) for one in draft.actor}
    return bool(doers & set(clauses.subject(draft.position)))


def _governs(clauses: Clauses, verb: int, position: int) -> bool:
    """Whether a word stands in what a verb governs, and in no clause that tells something of its own."""
    tree = clauses.tree
    for place in (position, *tree.ancestors(position)):
        if place == verb:
            return True
        marks = {tree.tokens[kid].text.lower() for kid in tree.kids(place, "mark")}
        if base(tree.tokens[place].deprel) in _CLAUSES_APART and not marks & _OF_A_VERB:
            return False
    return False


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


def fuller(drafts: list[Draft]) -> list[Draft]:
    """Without the drafts that tell no recipient where another tells the same act with one.

    "Jets raided the rebels, hitting targets in the hills" is one raid.
    """
    told = {
        (draft.event, frozenset(one.key for one in draft.actor))
        for draft in drafts
        if known(draft.recipient)
    }
    return [
        draft
        for draft in drafts
        if len(draft.actor) > 1
        or known(draft.recipient)
        or (draft.event, frozenset(one.key for one in draft.actor)) not in told
    ]


def known(actors: tuple[Actor, ...]) -> bool:
    return any(one.entity_code or one.sector_code or one.name for one in actors)


def states_of(actors: tuple[Actor, ...]) -> int:
    return len({one.entity_code for one in actors if one.entity_code})


def closed(clauses: Clauses, trigger: Trigger) -> set[int]:
    tree = clauses.tree
    event = trigger.rule.event
    made: set[int] = set()
    if event in clauses.grammar.closed_types or trigger.rule.closed:
        if trigger.complement is not None:
            made |= _governed(clauses, trigger.complement)
        if event in _OBJECT_CLOSED:
            heads = clauses.object(trigger.position) if trigger.verbal else ()
            for head in heads:
                made |= _governed(clauses, head)
            for kid in tree.kids(trigger.position, "nmod", "obl", "acl"):
                if tree.case(kid) in {"for", "of", "on", "to"}:
                    made |= _governed(clauses, kid)
    if trigger.theme is not None:
        made.add(trigger.theme)
    made |= set(trigger.words)
    made.discard(trigger.position)
    return made


def _governed(clauses: Clauses, top: int) -> set[int]:
    """What stands under a word, without what is told there as a fact of its own.

    "Urged Iran to free the sailors whom it had seized, a step that led Oman to close its embassy and said ...": the seizure and
    what follows the comma are told, and the saying is not urged.
    """
    tree = clauses.tree
    made = set(tree.subtree(top))
    for place in tuple(made):
        relation = tree.tokens[place].deprel
        fact = relation in {"acl:relcl", "parataxis"} and tree.tokens[place].upos == "VERB"
        aside = relation == "appos" and tree.kids(place, "acl:relcl", "acl")
        said = relation == "conj" and tree.lemma(place) in clauses.grammar.reporting
        if place != top and (fact or aside or said):
            made -= set(tree.subtree(place))
    return made


def content_of(clauses: Clauses, draft: Draft) -> set[int]:
    """What the act governs and is therefore no event of its own."""
    if draft.trigger is not None:
        return closed(clauses, draft.trigger)
    if draft.event in clauses.grammar.closed_types and draft.complement is not None:
        return set(clauses.tree.subtree(draft.complement)) - {draft.position}
    return set()
