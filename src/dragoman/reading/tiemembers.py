"""Between whom a tie stands: the parties of its clause, and what its surroundings fill in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.reading.coding import choose, code
from dragoman.reading.parties import Parties
from dragoman.reading.tree import base
from dragoman.rulebook.ontology import BODIES
from dragoman.spans import cut

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.entries import Actor, Mention, Statement
    from dragoman.reading.clauses import Clauses
    from dragoman.reading.tiewords import TieTrigger
    from dragoman.reading.tree import Page, Tree
    from dragoman.rulebook import Rulebook

# Sectors whose parties stand for their state; of the others only a group of a name is a member.
_FOR_THE_STATE = frozenset({None, "GOV", "MIL", "LEG", "JUD", "SPY", "ELI", "COP", "UNK"})
# Kinds of catalogue rows that a name inside a phrase may stand for.
_KINDS = frozenset({"state", "body", "organ", "group"})
# Words that open a part of the sentence that tells of something else.
_ELSEWHERE = frozenset(
    "when after before since following where although while but upon ; who which".split()
)
# Kinds whose members are states (or the European Union), no other bodies.
_BETWEEN_STATES = frozenset(
    {
        "diplomatic relations", "recognition", "embassy", "ambassador", "consular relations",
        "interests section",
    }
)  # fmt: skip
# Heads of phrases that name who helped, not with whom something was done: "with the help of China".
_HELP = frozenset("help aid support assistance mediation backing blessing consent".split())
_BECOMING = frozenset("become be act serve remain".split())
# How many sentences back the pair of the last telling is still the one that "relations" means.
_MEMORY = 3


def member_of(actor: Actor) -> str | None:
    """The member that a party stands for: a state's code, a body's or a group's name; None for none."""
    if actor.entity_code in BODIES or (actor.catalogue_id or "").startswith(("body:", "group:")):
        return actor.name
    if actor.sector_code in _FOR_THE_STATE:
        return actor.country_code
    return None


@dataclass(frozen=True, slots=True)
class Members:
    """The parties of a tie in its order, and how they were found."""

    first: Actor
    others: tuple[Actor, ...]
    why: str

    @property
    def all(self) -> tuple[Actor, ...]:
        return (self.first, *self.others)


class Surroundings:
    """What a report tells around a telling: its parties by place, and the states it is about."""

    def __init__(
        self,
        page: Page,
        mentions: tuple[Mention, ...],
        statements: tuple[Statement, ...],
        rulebook: Rulebook,
    ) -> None:
        self.parties = Parties(page, mentions, statements)
        self.statements = statements
        self._page = page
        self._catalogue = rulebook.catalogue
        self._seen: dict[int, dict[int, Actor]] = {}
        self._last: tuple[int, tuple[Actor, ...]] | None = None
        titles = {tree.sentence.index for tree in page.trees if tree.sentence.kind == "title"}
        count = Counter[str]()
        self._example: dict[str, Actor] = {}
        for mention in mentions:
            member = member_of(mention.actor) if mention.actor else None
            if mention.actor is None or member is None or mention.kind == "pronoun":
                continue
            # A title names what a report is about: it weighs as much as five mentions.
            count[member] += 5 if mention.sentence in titles else 1
            self._example.setdefault(member, mention.actor)
        self.focus = tuple(sorted(count, key=lambda one: (-count[one], one)))

    def states(self, tree: Tree) -> dict[int, Actor]:
        """The parties named in a sentence by position, names inside other names' phrases too."""
        index = tree.sentence.index
        if index not in self._seen:
            made: dict[int, Actor] = {}
            for hit in self._catalogue.find(tree.tags.text):
                rows = tuple(row for row in hit.rows if row[0].kind in _KINDS)
                chosen = choose(rows, self._page.report.day)
                if chosen is None or len(rows) < len(hit.rows):
                    continue
                start, end = tree.offset + hit.start, tree.offset + hit.end
                span = cut(self._page.report.text, start, end)
                actor = code(*chosen, span, self._page.report.day)
                made.update(dict.fromkeys(tree.within(hit.start, hit.end), actor))
            for position in range(len(tree.tokens)):
                for actor in self.parties.at(index, (position,)):
                    if member_of(actor):
                        made.setdefault(position, actor)
            self._seen[index] = made
        return self._seen[index]

    def speaker(self, trigger: TieTrigger, tree: Tree) -> Actor | None:
        """Who says the telling, if somebody does."""
        at = tree.offset + tree.tokens[trigger.position].start
        for statement in self.statements:
            if statement.content.start <= at < statement.content.end:
                return statement.speaker
        return None

    def remember(self, sentence: int, members: tuple[Actor, ...]) -> None:
        """Keeps the pair told last, for "relations" further on."""
        if len(members) == 2:
            self._last = (sentence, members)

    def last(self, sentence: int) -> tuple[Actor, ...]:
        """The pair told in the last sentences."""
        if self._last and sentence - self._last[0] <= _MEMORY:
            return self._last[1]
        return ()

    def about(self) -> tuple[Actor, ...]:
        """One mention of each party that the report is about, the weightiest first."""
        return tuple(self._example[one] for one in self.focus)


def find_members(
    clauses: Clauses, trigger: TieTrigger, around: Surroundings
) -> tuple[Members, ...]:
    """The members of each tie that a trigger tells; none where they cannot be known."""
    rule = trigger.rule
    first = _slots(clauses, trigger, rule.words.actor, around, frozenset())
    if rule.third or (rule.kind == "mediation"):
        return _mediated(clauses, trigger, around, first)
    second = _slots(clauses, trigger, rule.words.recipient, around, _keys(first))
    pairs = [(one, two) for one, two in _pairs(first, second) if _can_be(rule.kind, one, two)]
    if pairs:
        return tuple(Members(one, (two,), "told in the clause") for one, two in pairs)
    known = first or second
    if not rule.fill or len(known) > 1:
        return ()
    return _filled(clauses, trigger, around, known, first_known=bool(first))


def _can_be(kind: str, first: Actor, second: Actor) -> bool:
    """Whether parties of their sorts can have a tie of that kind."""
    bodies = [one.entity_code in BODIES for one in (first, second)]
    if kind == "membership":
        return bodies == [False, True]
    if kind in _BETWEEN_STATES:
        return not any(one.entity_code in BODIES - {"EUR"} for one in (first, second))
    return True


def _last_of(known: tuple[Actor, ...], around: Surroundings, sentence: int) -> tuple[Actor, ...]:
    """The pair told before, if what is known is one of it."""
    last = around.last(sentence)
    return last if known and _keys(known) <= _keys(last) else ()


def _keys(actors: Iterable[Actor]) -> frozenset[str]:
    return frozenset(key for one in actors if (key := member_of(one)))


def _pairs(first: tuple[Actor, ...], second: tuple[Actor, ...]) -> list[tuple[Actor, Actor]]:
    if first and second:
        return [(one, two) for one in first for two in second]
    both = first or second
    return [(one, two) for number, one in enumerate(both) for two in both[number + 1 :]]


def _filled(
    clauses: Clauses,
    trigger: TieTrigger,
    around: Surroundings,
    known: tuple[Actor, ...],
    *,
    first_known: bool,
) -> tuple[Members, ...]:
    tree = clauses.tree
    made = list(known)
    why: list[str] = []
    for name, offered in (
        ("who says it", _speakers(trigger, tree, around)),
        ("the pair told before", _last_of(known, around, tree.sentence.index)),
        ("the sentence", _in_sentence(trigger, tree, around)),
        ("the pair told before", around.last(tree.sentence.index)),
        ("what the report is about", around.about()),
    ):
        for actor in offered:
            if len(made) < 2 and member_of(actor) not in _keys(made):
                made.append(actor)
                why.append(f"“{actor.span.text}” from {name}")
    if len(made) < 2:
        return ()
    if known and not first_known:
        made.reverse()
    if not _can_be(trigger.rule.kind, made[0], made[1]):
        return ()
    return (Members(made[0], (made[1],), "; ".join(why)),)


def _speakers(trigger: TieTrigger, tree: Tree, around: Surroundings) -> tuple[Actor, ...]:
    speaker = around.speaker(trigger, tree)
    return (speaker,) if speaker and member_of(speaker) else ()


def _in_sentence(trigger: TieTrigger, tree: Tree, around: Surroundings) -> tuple[Actor, ...]:
    """The parties of a sentence, those first that the report is about, then the nearest."""
    order = {name: number for number, name in enumerate(around.focus)}
    best: dict[str, tuple[int, int, Actor]] = {}
    for position, actor in around.states(tree).items():
        member = member_of(actor)
        if member is None:
            continue
        weight = min(order.get(member, 2), 2)
        left, right = sorted((position, trigger.position))
        between = {tree.tokens[one].text.lower() for one in range(left + 1, right)}
        if weight > 1 and between & _ELSEWHERE:
            continue
        row = (weight, abs(position - trigger.position), actor)
        if member not in best or row[:2] < best[member][:2]:
            best[member] = row
    ranked = sorted(best.items(), key=lambda item: (*item[1][:2], item[0]))
    return tuple(row[2] for _, row in ranked)


def _mediated(
    clauses: Clauses, trigger: TieTrigger, around: Surroundings, first: tuple[Actor, ...]
) -> tuple[Members, ...]:
    if not first:
        return ()
    helper = first[0]
    own = _keys((helper,))
    sides = _slots(clauses, trigger, trigger.rule.third, around, own)
    if len(sides) < 2 and trigger.rule.fill:
        offered = (
            *sides,
            *_in_sentence(trigger, clauses.tree, around),
            *around.last(clauses.tree.sentence.index),
        )
        found: dict[str, Actor] = {}
        for actor in offered:
            member = member_of(actor)
            if member and member not in own:
                found.setdefault(member, actor)
        sides = tuple(found.values())[:2]
    if len(sides) != 2:
        return ()
    return (Members(helper, sides, "told with the sides between which it stands"),)


def _slots(
    clauses: Clauses,
    trigger: TieTrigger,
    slots: tuple[str, ...],
    around: Surroundings,
    taken: frozenset[str],
) -> tuple[Actor, ...]:
    """The parties of the first slot that holds one not taken yet, each once."""
    for slot in slots:
        found: dict[str, Actor] = {}
        if slot == "speaker":
            speaker = around.speaker(trigger, clauses.tree)
            actors: tuple[Actor, ...] = (speaker,) if speaker else ()
        else:
            actors = _at(clauses, _heads(clauses, trigger, slot), around, slot)
        for actor in actors:
            member = member_of(actor)
            if member and member not in taken:
                found.setdefault(member, actor)
        if found:
            return tuple(found.values())
    for slot in slots:
        beside = _beside(clauses, trigger, slot, around, taken)
        if beside:
            return beside
    return ()


def _beside(
    clauses: Clauses,
    trigger: TieTrigger,
    slot: str,
    around: Surroundings,
    taken: frozenset[str],
) -> tuple[Actor, ...]:
    """The party right behind the preposition, or behind the verb, where the tree links none."""
    tree = clauses.tree
    states = around.states(tree)
    start = trigger.position if trigger.theme is None else trigger.theme
    if slot == "object" and trigger.verbal and trigger.theme is None:
        places = range(trigger.position + 1, min(trigger.position + 5, len(tree.tokens)))
    elif slot in {"with", "between", "against", "toward", "towards"}:
        after = range(start + 1, min(start + 6, len(tree.tokens)))
        found = next((one for one in after if tree.tokens[one].text.lower() == slot), None)
        if found is None:
            return ()
        places = range(found + 1, min(found + 6, len(tree.tokens)))
    else:
        return ()
    for place in places:
        token = tree.tokens[place]
        if place in states:
            made: dict[str, Actor] = {}
            for one in _in_a_row(tree, (place,), states):
                member = member_of(states[one])
                if member and member not in taken:
                    made.setdefault(member, states[one])
            return tuple(made.values())
        if token.upos in {"VERB", "ADP", "SCONJ", "PUNCT"} or token.text.lower() in _HELP:
            return ()
    return ()


def _heads(clauses: Clauses, trigger: TieTrigger, slot: str) -> tuple[int, ...]:
    tree = clauses.tree
    hosts = [trigger.position] if trigger.theme is None else [trigger.theme]
    if not trigger.verbal:
        hosts.append(trigger.position)
    if slot == "holder":
        return tuple(
            kid
            for host in dict.fromkeys(hosts)
            for kid in tree.kids(host, "nmod:poss", "amod", "compound", "nmod:desc", "flat")
        )
    if slot == "inside":
        found = [
            kid
            for host in (*hosts, *_objects(clauses, trigger))
            for kid in _phrase(tree, host)
            if kid != host and tree.case(kid) not in {"from", "by"}
        ]
    elif slot == "subject":
        found = list(_subject(clauses, trigger))
    elif slot == "object":
        found = list(_objects(clauses, trigger))
    elif slot == "indirect":
        found = list(clauses.indirect(trigger.position))
    else:
        found = [
            *clauses.phrases(trigger.position, slot),
            *(
                one
                for host in hosts
                for kid in tree.kids(host, "nmod", "obl")
                if tree.case(kid).split(" ")[-1] == slot
                for one in tree.conjuncts(kid)
            ),
        ]
    found = [one for one in found if tree.lemma(one) not in _HELP]
    left_out = set(trigger.words) | (set() if slot == "object" else {trigger.theme})
    return tuple(dict.fromkeys(one for one in found if one not in left_out))


def _subject(clauses: Clauses, trigger: TieTrigger) -> tuple[int, ...]:
    tree = clauses.tree
    if trigger.verbal:
        own = [
            kid
            for kid in tree.kids(trigger.position, "nsubj")
            if tree.tokens[kid].deprel != "nsubj:pass"
            and not any(tree.tokens[one].upos == "VERB" for one in range(kid, trigger.position))
        ]
        if own and not clauses.passive(trigger.position):
            return tree.conjuncts(own[0])
        return clauses.subject(trigger.position)
    # "Oman is a member of the League": the subject of a predicate noun is its own.
    copular = tree.kids(trigger.position, "nsubj")
    if copular:
        return tree.conjuncts(copular[0])
    above = tree.tokens[trigger.position].head
    if above >= 0 and tree.lemma(above) in _BECOMING:
        return clauses.subject(above)
    return clauses.noun_subject(trigger.position)


def _objects(clauses: Clauses, trigger: TieTrigger) -> tuple[int, ...]:
    if trigger.verbal:
        theme = () if trigger.theme is None else (trigger.theme,)
        return (*clauses.object(trigger.position), *theme)
    return tuple(
        one
        for preposition in ("of", "on", "against")
        for one in clauses.phrases(trigger.position, preposition)
    )


def _at(
    clauses: Clauses, heads: tuple[int, ...], around: Surroundings, slot: str
) -> tuple[Actor, ...]:
    """The parties at these heads; where a head is none itself, the state named inside its phrase."""
    tree = clauses.tree
    states = around.states(tree)
    made: list[Actor] = []
    for head in _in_a_row(tree, heads, states):
        own = [one for one in around.parties.at(tree.sentence.index, (head,)) if member_of(one)]
        if not own and head in states:
            own = [states[head]]
        if not own and slot != "of":
            own = [states[one] for one in _phrase(tree, head) if one in states][:1]
        made.extend(own)
    return tuple(made)


def _in_a_row(tree: Tree, heads: tuple[int, ...], states: dict[int, Actor]) -> tuple[int, ...]:
    """The heads, and the parties that follow one in a row ("Chad, Mali and the Sudan")."""
    made = list(heads)
    for head in heads:
        if head not in states:
            continue
        here = head + 1
        joined = False
        while here < len(tree.tokens):
            text = tree.tokens[here].text.lower()
            if text in {",", "and", "or", "&"}:
                joined = True
            elif here in states and joined and tree.tokens[here].deprel != "nmod:poss":
                # A party with a verb of its own ("Chad sent troops and Mali sent arms") ends the row.
                if base(tree.tokens[here].deprel) == "nsubj":
                    break
                made.append(here)
            elif here not in states and text not in {"the", "both"}:
                break
            here += 1
    return tuple(dict.fromkeys(made))


def _phrase(tree: Tree, head: int) -> tuple[int, ...]:
    """The positions of a phrase without the clauses and coordinated phrases in it."""
    made = [head]
    for kid in tree.children[head]:
        relation = base(tree.tokens[kid].deprel)
        if relation in {"nmod", "compound", "amod", "flat", "appos"}:
            made.extend(_phrase(tree, kid))
    return tuple(sorted(made))
