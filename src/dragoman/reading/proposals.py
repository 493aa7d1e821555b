"""Acts that may be told in a sentence, whatever the rules say: a word, who does it, to whom.

Every verb and every event noun with a party in one of its places is a candidate, also with another party of
the sentence. The language model, asked for the PLOVER type of each, answers mostly that there is none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.entries import Actor
from dragoman.language.tags import Pair
from dragoman.reading.things import stranger
from dragoman.reading.tree import base

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from dragoman.reading.clauses import Clauses
    from dragoman.reading.parties import Parties
    from dragoman.reading.tree import Page, Tree

_PREPOSITIONS = (
    "with", "to", "at", "against", "on", "from", "for", "of", "by", "into", "toward", "towards", "between", "over", "about",
)  # fmt: skip
_VERBAL = frozenset({"VERB", "AUX"})
Places = tuple[tuple[int, int], ...]
# Under these a noun is what somebody answers to, seldom his own act.
_BEFORE_AN_ACT = frozenset(
    {
        "after",
        "following",
        "over",
        "since",
        "despite",
        "amid",
        "because of",
        "in response to",
        "due to",
    }
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word with the parties in two of its places; one side may be empty.

    Attributes:
        position: the word's position.
        verbal: whether it stands as a verb.
        actor, recipient: who may do it, and to whom.
        wide: whether one of the sides stands elsewhere in the sentence.
    """

    position: int
    verbal: bool
    actor: tuple[Actor, ...]
    recipient: tuple[Actor, ...]
    wide: bool = False


def asked_pair(
    clauses: Clauses, position: int, actor: tuple[Actor, ...], recipient: tuple[Actor, ...]
) -> Pair:
    """The question for the model: both sides and the word that carries the act."""
    tree = clauses.tree
    token = tree.tokens[position]
    particles = (tree.tokens[kid] for kid in tree.kids(position, "compound:prt"))
    words = ((one.start, one.end) for one in (token, *particles))
    return Pair(_places(actor, tree.offset), _places(recipient, tree.offset), tuple(words))


def _places(actors: tuple[Actor, ...], offset: int) -> Places:
    return tuple((one.span.start - offset, one.span.end - offset) for one in actors)


def candidates(
    page: Page, clauses: Clauses, parties: Parties, nouns: Container[str] = ()
) -> tuple[Candidate, ...]:
    """All candidates of a sentence, in the order of the words.

    Args:
        nouns: base forms of nouns that may tell an act, besides those that the model marks as predicates.
    """
    tokens = clauses.tree.tokens
    words = {token.text.lower() for token in tokens}
    told = tuple(one for one in _PREPOSITIONS if one in words)
    return tuple(
        one
        for position in range(len(tokens))
        if _may_act(clauses, position, nouns)
        for one in _around(page, clauses, parties, position, told)
    )


def _may_act(clauses: Clauses, position: int, nouns: Container[str]) -> bool:
    tree = clauses.tree
    token = tree.tokens[position]
    relation = base(token.deprel)
    if token.upos == "VERB":
        return relation not in {"aux", "cop", "compound", "flat"}
    if token.upos == "NOUN":
        return relation not in {"compound", "flat"} and (
            tree.lemma(position) in nouns
            or any(frame.predicate == position for frame in tree.tags.frames)
        )
    return token.upos == "ADJ" and bool(tree.kids(position, "cop", "nsubj"))


def _around(
    page: Page, clauses: Clauses, parties: Parties, position: int, prepositions: tuple[str, ...]
) -> Iterator[Candidate]:
    tree = clauses.tree
    verbal = tree.tokens[position].upos != "NOUN"
    sentence = tree.sentence.index
    heads = clauses.subject(position) if verbal else _noun_subject(clauses, position)
    actor = _known(parties.at(sentence, heads))
    if verbal and not actor:
        # "Turkish inflation rose": as the one who acts, a thing is nobody's.
        actor = tuple(
            Actor(one.span, why=one.why) for one in _strangers(page, clauses, parties, heads)
        )
    seen = {one.span for one in actor}
    others: list[tuple[Actor, ...]] = []
    for places in _other_places(clauses, position, prepositions, verbal=verbal):
        found = tuple(
            one
            for one in _known(parties.at(sentence, places))
            if one.span not in seen and not parties.venue(one)
        )
        if found:
            seen.update(one.span for one in found)
            others.append(found)
    objects = clauses.object(position) if verbal else clauses.phrases(position, "of")
    alone = len(actor) == 1 and bool(_known(actor))
    held = _known(parties.at(sentence, objects))
    if alone and objects and not held:
        # "Shelled a fishing village in Chad": the village, and not Chad alone.
        others = [one for one in (_strangers(page, clauses, parties, objects), *others) if one]
    for other in others:
        if not actor or not _inside(actor, other):
            yield Candidate(position, verbal, actor, other)
    facing = held if verbal else tuple(one for other in others for one in other)
    if actor and not any(one.entity_code for one in facing):
        # "Massed troops on the bank of the river": by whom, and on nobody.
        yield Candidate(position, verbal, actor, ())
    yield from _wider(tree, parties, Candidate(position, verbal, actor, ()), others)


def _noun_subject(clauses: Clauses, position: int) -> tuple[int, ...]:
    """Who does what a noun tells; under "after" and the like only talks and visits are the subject's own."""
    tree = clauses.tree
    answered = tree.case(position) in _BEFORE_AN_ACT
    own = not answered or tree.lemma(position) in clauses.grammar.occasions
    # "An ultimatum from Riyadh", "the move drew a rebuke from Riyadh"
    told = clauses.phrases(position, "from") or _given(clauses, position)
    return told or clauses.noun_subject(position, wide=own)


def _given(clauses: Clauses, position: int) -> tuple[int, ...]:
    """From whom the object of a verb comes, where the tree hangs it on the verb."""
    tree = clauses.tree
    first = tree.first_conjunct(position)
    token = tree.tokens[first]
    if base(token.deprel) != "obj" or token.head < 0 or tree.kid(position, "nmod:poss") is not None:
        return ()
    return clauses.phrases(token.head, "from")


def _wider(
    tree: Tree, parties: Parties, one: Candidate, others: list[tuple[Actor, ...]]
) -> Iterator[Candidate]:
    """Candidates with a party that stands in none of the word's places, but in the sentence."""
    near = (*one.actor, *(party for other in others for party in other))
    far: dict[int, list[Actor]] = {}
    for party in _known(parties.all(tree.sentence.index)):
        if (
            not parties.venue(party)
            and not _inside((party,), near)
            and not _joined(tree, party, near)
        ):
            head = _head(tree, party)
            # Coordinated parties stand on one side together.
            key = -party.span.start if head is None else tree.first_conjunct(head)
            far.setdefault(key, []).append(party)
    if _known(one.actor):
        for group in far.values():
            yield replace(one, recipient=tuple(group), wide=True)
    elif not one.actor and not _apart(tree, one):
        # Where somebody else is the subject, nobody from elsewhere does it.
        for other in others:
            for group in far.values():
                yield replace(one, actor=tuple(group), recipient=other, wide=True)


def _apart(tree: Tree, one: Candidate) -> bool:
    """Whether a noun tells what was before another act: "cut ties after the attack" names no attacker."""
    return not one.verbal and tree.case(one.position) in _BEFORE_AN_ACT


def _joined(tree: Tree, party: Actor, others: tuple[Actor, ...]) -> bool:
    """Whether a party goes with one of the others: coordinated with it, or an adjective before its noun.

    "Support from Chad and Niger" is both's; the Syrian of "Syrian and Turkish officials" is an official.
    """
    head = _head(tree, party)
    if head is None:
        return False
    places = {place for place in (_head(tree, other) for other in others) if place is not None}
    first = tree.first_conjunct(head)
    before = base(tree.tokens[first].deprel) in {"amod", "compound"}
    return first in {tree.first_conjunct(place) for place in places} or (
        before and tree.tokens[first].head in places
    )


def _head(tree: Tree, party: Actor) -> int | None:
    return tree.position_at(party.span.end - tree.offset - 1)


def _known(actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Parties with a code, of a known kind, or named."""
    return tuple(one for one in actors if one.entity_code or one.sector_code or one.name)


def _strangers(
    page: Page, clauses: Clauses, parties: Parties, heads: tuple[int, ...]
) -> tuple[Actor, ...]:
    """The words in a place where no party that the catalogue or the report knows stands."""
    tree = clauses.tree
    return tuple(
        stranger(page, tree, parties, head)
        for head in heads
        if tree.tokens[head].upos in {"NOUN", "PROPN", "PRON"}
    )


def _inside(one: tuple[Actor, ...], other: tuple[Actor, ...]) -> bool:
    """Whether a party of one side stands inside a party of the other."""
    return any(a.span.start < b.span.end and b.span.start < a.span.end for a in one for b in other)


def _other_places(
    clauses: Clauses, position: int, prepositions: tuple[str, ...], *, verbal: bool
) -> Iterator[tuple[int, ...]]:
    """Where the other side may stand, the likeliest first."""
    tree = clauses.tree
    objects: tuple[int, ...] = ()
    if verbal:
        yield clauses.indirect(position)
        objects = clauses.object(position)
        yield objects
    for preposition in prepositions:
        yield clauses.phrases(position, preposition)
    hosts = objects or (() if verbal else (position,))
    yield clauses.inside(hosts, owners=True)
    yield clauses.inside(hosts, owners=False)
    phrases = tree.kids(position, "obl", "nmod")
    yield clauses.inside(phrases, owners=True)
    yield clauses.inside(phrases, owners=False)
    governed = clauses.complement(position) if verbal else None
    if governed is not None:
        subject = clauses.surface(governed) if tree.kids(governed, "nsubj") else ()
        yield subject
        yield clauses.inside(subject, owners=True)
        inner = clauses.object(governed)
        yield inner
        yield clauses.inside(inner, owners=True)
        yield clauses.inside(inner, owners=False)
        yield tree.kids(governed, "obl", "nmod")
