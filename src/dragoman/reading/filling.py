"""Who stands in a trigger's slots: actor and recipient of an event in the making."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.reading.calendar import MONTH_NUMBER, WEEKDAY_NUMBER
from dragoman.reading.parties import heads_of
from dragoman.reading.status import auxiliary
from dragoman.reading.things import stranger
from dragoman.reading.tree import base

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.entries import Actor
    from dragoman.reading.clauses import Clauses
    from dragoman.reading.parties import Parties
    from dragoman.reading.tree import Page, Tree
    from dragoman.reading.triggers import Trigger

# Types that are told with an unnamed actor often enough to be kept without one ("four were held").
_ACTORLESS = frozenset({"ASSAULT", "COERCE", "SANCTION", "ACCUSE", "AID", "RETREAT"})
# Types that are told without a recipient often enough to be kept without one.
_ALONE = frozenset({"PROTEST", "MOBILIZE", "RETREAT", "COERCE", "ASSAULT", "CONCEDE"})
# Types between two parties: a thing cannot stand for the other side.
_BETWEEN = frozenset({"CONSULT", "COOPERATE", "AGREE", "AID", "MOBILIZE"})
# Verbs of papers and words: a capital named as their place has no part in them.
_SIGNING = frozenset(
    "sign ink initial conclude reach agree announce declare meet negotiate discuss say warn urge call".split()
)
_TIME_NOUNS = frozenset(
    {
        *WEEKDAY_NUMBER,
        *MONTH_NUMBER,
        "year",
        "month",
        "week",
        "day",
        "hour",
        "decade",
        "anniversary",
    }
)
# Things through which a party speaks or acts: "a UN report accused", "a Kremlin statement warned".
_SPEAKING_THINGS = frozenset(
    "report statement communique letter resolution note declaration document side strike raid airstrike "
    "missile drone rocket artillery aircraft jet warplane warship ship vessel convoy patrol".split()
)
# Prepositions under which a blow is that of which people die.
_IN_BLOWS = frozenset({"in", "by", "during", "from", ""})
# Words that open the clause of the blow: "was killed when jets bombed".
_WHEN = frozenset({"when", "as", "after"})
# Types whose parties mostly belong where it happens.
_AT_HOME = frozenset({"PROTEST", "COERCE", "ASSAULT"})
# Types whose place tells the other side ("moved tanks to", "declared a truce in").
_PLACED = frozenset({"MOBILIZE", "CONCEDE", "RETREAT", "PROTEST", "ASSAULT", "COERCE"})
_THING_SLOTS = frozenset(
    {"object", "against", "on", "for", "with", "of", "to", "at", "over", "from", "into"}
)
# What is done to somebody in a court is done by it.
_JUDGING = frozenset("sentence convict try jail imprison indict arraign acquit fine charge".split())
_IN_COURT = frozenset({"in", "at", "before"})


@dataclass(frozen=True, slots=True)
class Filled:
    """A trigger with its parties.

    ``doubtful`` tells that the recipient is no party the catalogue or the report knows, but the words
    that stand in its place ("condemned the attacks"), that there is none, or that neither side has a
    code: it speaks against the claim when that is weighed.
    """

    trigger: Trigger
    actor: tuple[Actor, ...]
    recipient: tuple[Actor, ...]
    doubtful: bool = False


def fill(page: Page, clauses: Clauses, parties: Parties, trigger: Trigger) -> Filled | None:
    """Actor and recipient of a trigger, or None where the words tell no event between parties."""
    rule = trigger.rule
    actor = _actors(clauses, parties, trigger)
    if actor is None:
        return None
    actor = _placed(clauses, parties, trigger, actor)
    recipient: tuple[Actor, ...] = ()
    taken = frozenset(one.key for one in actor)
    for slot in rule.recipient:
        recipient = parties.slot(clauses, trigger, slot, beside=taken)
        if clauses.tree.lemma(trigger.position) in _SIGNING:
            # "Signed a truce in Havana": where it was signed.
            recipient = tuple(one for one in recipient if not parties.venue(one))
        if recipient:
            break
    recipient = _placed(clauses, parties, trigger, recipient)
    if rule.event == "REQUEST":
        recipient = tuple(one for one in recipient if not to_be_dealt_with(clauses.tree, one))
    if rule.reciprocal and not _one_sided(clauses, trigger, actor, recipient):
        return _reciprocal(page, clauses, parties, trigger, actor, recipient)
    if not recipient and actor and rule.event in _PLACED and "resign" not in rule.mode:
        recipient = _where(clauses, parties, trigger, taken)
    doubtful = False
    if not recipient and actor and rule.event not in _BETWEEN:
        recipient = _thing(page, clauses, parties, trigger)
        doubtful = True
    # "The war in Yemen", "the attack on the embassy": an act named without its actor is background.
    silent = not trigger.verbal or rule.event not in _ACTORLESS
    if not actor and (silent or not coded(recipient)):
        return None
    if not coded((*actor, *recipient)):
        if doubtful or not _persons(actor) or not _persons(recipient):
            return None
        doubtful = True
    together = len({one.key for one in actor if one.entity_code}) > 1
    if rule.recipient and not recipient and not together and not _may_stand_alone(trigger, actor):
        return None
    return Filled(trigger, actor, recipient, doubtful)


def to_be_dealt_with(tree: Tree, party: Actor) -> bool:
    """Whether something is asked to be done to a party, and nothing of it: "called for the guards to be withdrawn"."""
    last = tree.position_at(party.span.end - tree.offset - 1)
    if last is None or last + 3 >= len(tree.tokens):
        return False
    behind = [tree.tokens[last + step] for step in (1, 2, 3)]
    passive = [one.text.lower() for one in behind[:2]] == ["to", "be"]
    before = tree.tokens[tree.core(last)[0] - 1].text.lower() if tree.core(last)[0] else ""
    return passive and behind[2].upos == "VERB" and before in {"for", "of"}


def coded(actors: Iterable[Actor]) -> bool:
    """Whether one of them has a code."""
    return any(actor.entity_code for actor in actors)


def _persons(actors: Iterable[Actor]) -> bool:
    """Whether they are people or bodies of a known kind, though without a code."""
    return any(actor.sector_code for actor in actors)


def _actors(clauses: Clauses, parties: Parties, trigger: Trigger) -> tuple[Actor, ...] | None:
    """The acting parties; none where they are not told; None where something else acts."""
    sentence = clauses.tree.sentence.index
    strangers: list[int] = []
    for slot in trigger.rule.actor:
        heads = heads_of(clauses, trigger, slot)
        tools = {head for head in heads if clauses.tree.lemma(head) in _SPEAKING_THINGS}
        found = parties.at(sentence, [head for head in heads if head not in tools])
        if found:
            return found
        strangers += [head for head in heads if head in tools or _noun(clauses.tree, head)]
    if not strangers:
        return _strikers(clauses, parties, trigger) or _court(clauses, parties, trigger)
    # "A Saudi air raid killed ten", "a UN report accused": whose the acting thing is.
    # Whom an attack is on is not whose it is: "a rebel attack on the Chadian base killed ten".
    blows = all(clauses.tree.lemma(head) in clauses.grammar.blows for head in strangers)
    inside = clauses.inside(tuple(strangers), owners=True, deep=not blows)
    owners = parties.at(sentence, inside)
    things = [head for head in strangers if clauses.tree.lemma(head) in _SPEAKING_THINGS]
    if trigger.verbal and (trigger.rule.event == "ASSAULT" or things):
        # "Iran launched missiles targeting the base": who sends the thing.
        owners = owners or parties.at(sentence, _senders(clauses, things))
        if owners:
            return owners
    # A subject that is no party ("the storm", "shares") does nothing in PLOVER's sense.
    return None


def _court(clauses: Clauses, parties: Parties, trigger: Trigger) -> tuple[Actor, ...]:
    """In which court somebody was tried or sentenced: it is the court's act."""
    tree = clauses.tree
    if not trigger.verbal or tree.lemma(trigger.position) not in _JUDGING:
        return ()
    places = [one for one in tree.kids(trigger.position, "obl") if tree.case(one) in _IN_COURT]
    found = parties.at(tree.sentence.index, places)
    return tuple(one for one in found if one.sector_code == "JUD")


def _strikers(clauses: Clauses, parties: Parties, trigger: Trigger) -> tuple[Actor, ...]:
    """Whose blow it was: "four were killed in Chadian shelling", "hit by a strike of the army"."""
    tree = clauses.tree
    if trigger.rule.event != "ASSAULT" or not trigger.verbal:
        return ()
    for kid in tree.kids(trigger.position, "obl"):
        blow = tree.lemma(kid) in clauses.grammar.blows | clauses.grammar.arms
        if not blow or tree.case(kid) not in _IN_BLOWS:
            continue
        before = [one for one in clauses.inside((kid,), owners=True) if one < kid]
        heads = clauses.noun_subject(kid)
        return parties.at(tree.sentence.index, (*before, *heads))
    # "Six were killed when Chadian jets bombed a market": the jets' army did both.
    for kid in tree.kids(trigger.position, "advcl"):
        marks = {tree.tokens[one].text.lower() for one in tree.kids(kid, "mark", "advmod")}
        if marks & _WHEN and tree.lemma(kid) in clauses.grammar.blow_verbs:
            doers = clauses.subject(kid)
            found = parties.at(tree.sentence.index, doers)
            return found or parties.at(tree.sentence.index, clauses.inside(doers, owners=True))
    return ()


def _senders(clauses: Clauses, things: list[int]) -> tuple[int, ...]:
    """The subject of the verb whose object one of these things is."""
    tree = clauses.tree
    for thing in things:
        token = tree.tokens[tree.first_conjunct(thing)]
        if token.head >= 0 and (
            base(token.deprel) == "obj" or (token.deprel == "nsubj:pass" and token.head != thing)
        ):
            return clauses.subject(token.head)
        for kid in tree.kids(thing, "acl"):
            # "Hit by a missile fired by the rebels".
            if clauses.passive(kid) and (doers := clauses.subject(kid)):
                return doers
    return ()


def _one_sided(
    clauses: Clauses, trigger: Trigger, actor: tuple[Actor, ...], recipient: tuple[Actor, ...]
) -> bool:
    """Whether one side alone looks to what both would do: "hinted at restoring relations with Iran".

    A meeting to come is arranged by both.
    """
    if trigger.rule.event == "CONSULT" or not coded(actor) or not coded(recipient):
        return False
    if {one.key for one in actor} & {one.key for one in recipient}:
        return False
    told = auxiliary(clauses, trigger.position, verbal=trigger.verbal)
    return bool(told & {"future", "hypothetical"})


def _reciprocal(
    page: Page,
    clauses: Clauses,
    parties: Parties,
    trigger: Trigger,
    actor: tuple[Actor, ...],
    recipient: tuple[Actor, ...],
) -> Filled | None:
    """All parties of a meeting are actors; one alone meets nobody."""
    everyone = {one.key: one for one in (*actor, *recipient)}
    both = tuple(everyone.values())
    if not coded(both):
        return None
    if len(both) > 1:
        return Filled(trigger, both, ())
    # The party's own words are no second one: "landed for talks with his counterparts", whoever landed.
    own = both[0].span
    other = tuple(
        one
        for one in _thing(page, clauses, parties, trigger)
        if not (one.span.start < own.end and own.start < one.span.end)
    )
    return Filled(trigger, (*both, *other), (), doubtful=True) if other else None


def _where(
    clauses: Clauses, parties: Parties, trigger: Trigger, taken: frozenset[str]
) -> tuple[Actor, ...]:
    """The state where forces move or a truce holds, as the other side, where no other is told."""
    tree = clauses.tree
    own = {key.split(":")[1] for key in taken if key.startswith("state:")}
    for preposition in ("to", "into", "in", "near", "at"):
        found = parties.at(tree.sentence.index, clauses.phrases(trigger.position, preposition))
        others = tuple(one for one in found if one.entity_code and one.entity_code not in own)
        if tree.lemma(trigger.position) in _SIGNING:
            others = tuple(one for one in others if not parties.venue(one))
        if others and not {one.key for one in others} & taken:
            return others
    return ()


def _thing(page: Page, clauses: Clauses, parties: Parties, trigger: Trigger) -> tuple[Actor, ...]:
    """The words in the recipient's place where no party stands there."""
    tree = clauses.tree
    for slot in trigger.rule.recipient:
        if slot not in _THING_SLOTS:
            continue
        for head in heads_of(clauses, trigger, slot):
            if head in trigger.words or head == trigger.theme or not _noun(tree, head):
                continue
            if tree.lemma(head) in _TIME_NOUNS:
                continue
            return (stranger(page, tree, parties, head),)
    return ()


def _placed(
    clauses: Clauses, parties: Parties, trigger: Trigger, actors: tuple[Actor, ...]
) -> tuple[Actor, ...]:
    """Uncoded parties of a known sector take the country of the place: "protesters ... in Lima"."""
    if trigger.rule.event not in _AT_HOME:
        return actors
    if all(actor.entity_code or not actor.sector_code or actor.name for actor in actors):
        return actors
    tree = clauses.tree
    for preposition in ("in", "at", "across", "outside", "near"):
        near = (trigger.position, *clauses.object(trigger.position))
        hosts = (*near, *(kid for one in near for kid in tree.kids(one, "obl", "nmod")))
        heads = [
            place
            for host in hosts
            for kid in tree.kids(host, "obl", "nmod")
            if tree.case(kid) == preposition
            for place in _within(tree, kid)
        ]
        places = parties.at(tree.sentence.index, heads)
        # "at the Saudi embassy" is no place of those who stand there, "in Tehran" is.
        places = tuple(one for one in places if (one.catalogue_id or "").startswith("state:"))
        countries = {place.country_code for place in places if place.country_code}
        if len(countries) == 1:
            where = places[0].span.text
            return tuple(_in_country(actor, countries.copy().pop(), where) for actor in actors)
    return actors


def _within(tree: Tree, place: int) -> tuple[int, ...]:
    """A place and those that it lies in: "her home in La Paz, Bolivia"."""
    made = [place]
    for one in made:
        made += [
            kid
            for kid in tree.kids(one, "nmod", "appos", "list")
            if tree.tokens[kid].deprel != "nmod" or tree.case(kid) in {"in", "of"}
        ]
    return tuple(made)


def _in_country(actor: Actor, country: str, where: str) -> Actor:
    if actor.entity_code or not actor.sector_code or actor.name:
        return actor
    why = f"{actor.why}; country {country} from the place, “{where}”"
    return replace(actor, entity_code=country, country_code=country, why=why)


def _may_stand_alone(trigger: Trigger, actor: tuple[Actor, ...]) -> bool:
    return coded(actor) and trigger.rule.event in _ALONE


def _noun(tree: Tree, head: int) -> bool:
    return tree.tokens[head].upos in {"NOUN", "PROPN"} and base(tree.tokens[head].deprel) not in {
        "amod",
        "compound",
    }
