"""From places in a sentence to the parties that stand there."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.reading.coding import VENUE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dragoman.entries import Actor, Mention, Statement
    from dragoman.reading.clauses import Clauses
    from dragoman.reading.tree import Page, Tree
    from dragoman.reading.triggers import Trigger

# Nouns that count or gather what they are "of": the party is what stands behind the "of".
_COLLECTIVE = frozenset(
    "thousand hundred dozen score million group band gang column number member majority handful crowd ten some one many "
    "most several part leader representative head chief people citizen resident foreign minister "
    "delegation all both either each half rest side pair couple".split()
)
# Phrases on the act that may name a party inside ("to its border with Azerbaijan").
_INNER = frozenset(
    {"for", "of", "on", "with", "over", "to", "at", "near", "along", "toward", "towards", "against"}
)
_OWNERS = frozenset({"his", "her", "its", "their", "our", "my", "your"})
_SPEAKER = frozenset({"i", "me", "my", "mine", "we", "us", "our", "ours", "ourselves", "myself"})


class Parties:
    """The parties of a report by sentence and head position."""

    def __init__(
        self, page: Page, mentions: tuple[Mention, ...], statements: tuple[Statement, ...]
    ) -> None:
        self._at: dict[tuple[int, int], list[Actor]] = defaultdict(list)
        self._names: dict[int, list[tuple[int, int, list[Actor]]]] = defaultdict(list)
        self._coded: set[int] = set()
        self._heads: dict[int, list[int]] = defaultdict(list)
        self._kinds = {mention.span: mention.kind for mention in mentions}
        self._contents = tuple((one.content, one.kind == "direct") for one in statements)
        trees = {tree.sentence.index: tree for tree in page.trees}
        for mention in mentions:
            if mention.head is None:
                continue
            key = (mention.sentence, mention.head)
            actor = mention.actor
            if actor is None and mention.span.text.lower() in _SPEAKER:
                actor = _speaker(mention, statements)
            if actor is not None:
                self._at[key].append(actor)
                self._heads[mention.sentence].append(mention.head)
                if actor.entity_code:
                    self._coded.add(mention.sentence)
                if mention.kind == "name" and " " in mention.span.text:
                    self._names[mention.sentence].append(
                        (mention.span.start, mention.span.end, self._at[key])
                    )
        self._trees = trees
        self._venues = {one.span for one in mentions if one.actor and one.actor.why.endswith(VENUE)}
        self.alone = len(trees) < 2  # whether the text is one sentence
        self._words = {
            tree.lemma(at)
            for tree in page.trees
            for at, token in enumerate(tree.tokens)
            if token.upos == "NOUN"
        }

    def share_of(self, words: frozenset[str]) -> tuple[int, float]:
        """How many of some nouns the report has, and what share of all its nouns they are."""
        found = len(self._words & words)
        return found, found / max(1, len(self._words))

    def at(self, sentence: int, heads: Iterable[int]) -> tuple[Actor, ...]:
        """The parties at these heads, each once, in order; "thousands of Syrians" gives the Syrians."""
        made: dict[tuple[str, int], Actor] = {}
        tree = self._trees[sentence]
        for head in heads:
            actors = self._at.get((sentence, head)) or self._name_over(sentence, head)
            if tree.lemma(head) in _COLLECTIVE and not any(map(_says_who, actors)):
                actors = self._counted(tree, sentence, head) or actors
            for actor in (*actors, *self._partners(sentence, head, actors)):
                made.setdefault((actor.key, actor.span.start), actor)
        # A party named inside another's words ("Russian" in "the Russian army") is no party beside it.
        return tuple(
            one
            for one in made.values()
            if not any(
                other.span != one.span and other.span.holds(one.span) for other in made.values()
            )
        )

    def _counted(self, tree: Tree, sentence: int, head: int) -> list[Actor]:
        """Who is counted or gathered: the men of "a group of armed men", also of "tens of thousands of men"."""
        for kid in tree.kids(head, "nmod"):
            if tree.case(kid) not in {"of", "from", "in"}:
                continue
            made = [
                actor for one in tree.conjuncts(kid) for actor in self._at.get((sentence, one), [])
            ]
            counts = tree.lemma(kid) in _COLLECTIVE and not any(map(_says_who, made))
            return (self._counted(tree, sentence, kid) or made) if counts else made
        return []

    def everybody(self) -> Iterator[Actor]:
        """All parties of the report, mention by mention."""
        for actors in self._at.values():
            yield from actors

    def placed(self) -> Iterator[tuple[int, int, Actor]]:
        """All parties of the report with sentence and position of their heads."""
        for (sentence, head), actors in self._at.items():
            for actor in actors:
                yield sentence, head, actor

    def all(self, sentence: int) -> tuple[Actor, ...]:
        """All parties of a sentence, in order; the words inside another party's are none beside it."""
        return self.at(sentence, self._heads.get(sentence, ()))

    def venue(self, party: Actor) -> bool:
        """Whether a capital is named as the place only ("met in Paris")."""
        return party.span in self._venues

    def kind(self, party: Actor) -> str:
        """How a party is named: name, adjective, description or pronoun; "stranger" if by no mention."""
        return self._kinds.get(party.span, "stranger")

    def voice(self, tree: Tree, position: int) -> str:
        """Whose words a word stands in: "outlet", "quoted" or "reported"."""
        place = tree.offset + tree.tokens[position].start
        for content, quoted in self._contents:
            if content.start <= place < content.end:
                return "quoted" if quoted else "reported"
        return "outlet"

    def coded(self, sentence: int) -> bool:
        """Whether a party of the sentence has a code."""
        return sentence in self._coded

    def _partners(self, sentence: int, head: int, actors: list[Actor]) -> tuple[Actor, ...]:
        """Of "the navies of China and India", coded as the first one's, the other ones."""
        if len(actors) != 1 or not actors[0].sector_code or not actors[0].country_code:
            return ()
        (one,) = actors
        tree = self._trees[sentence]
        made: dict[str, Actor] = {}
        for kid in tree.kids(head, "nmod", "amod", "compound"):
            group = tree.conjuncts(kid)
            # "US and British forces" bear the name of the one army, and are both states'.
            before = kid < head and len(group) > 1
            if not before and tree.case(kid) not in {"of", "from"}:
                continue
            for other in group:
                for state in self._at.get((sentence, other), ()):
                    code = state.country_code
                    if (
                        (state.catalogue_id or "").startswith("state:")
                        and code
                        and code != one.country_code
                    ):
                        made[code] = replace(
                            state,
                            sector_code=one.sector_code,
                            other_sector_codes=one.other_sector_codes,
                            why=f"{state.why}; sector of “{one.span.text}”",
                        )
        return tuple(made.values())

    def _name_over(self, sentence: int, position: int) -> list[Actor]:
        """The party whose name of several words the word is part of."""
        tree = self._trees[sentence]
        place = tree.offset + tree.tokens[position].start
        over = [
            actors
            for start, end, actors in self._names.get(sentence, ())
            if start <= place < end and tree.tokens[position].upos == "PROPN"
        ]
        return over[0] if over else []

    def slot(
        self, clauses: Clauses, trigger: Trigger, slot: str, *, beside: frozenset[str] = frozenset()
    ) -> tuple[Actor, ...]:
        """The parties in a rule's slot, those with a key in `beside` left out.

        Where a slot has several places, the first that holds such a party gives it.
        """
        sentence = clauses.tree.sentence.index
        if slot in {"complement", "doer"}:
            places = complement_heads(clauses, trigger, deep=slot == "complement")
        elif slot == "inside":
            places = inside_heads(clauses, trigger)
        else:
            places = iter((heads_of(clauses, trigger, slot),))
        for heads in places:
            # "Threatened to break their truce": whose, the sentence has told already.
            mine = slot in {"inside", "complement"}
            others = [one for one in heads if not (mine and _owner(clauses, one))]
            found = tuple(one for one in self.at(sentence, others) if one.key not in beside)
            if found:
                return found
        return ()


def _says_who(actor: Actor) -> bool:
    """Whether it tells more of a party than that there is one ("a group")."""
    return bool(actor.name) or actor.sector_code not in {None, "UNK"}


def _owner(clauses: Clauses, position: int) -> bool:
    """Whether a word is a possessive pronoun."""
    return clauses.tree.tokens[position].text.lower() in _OWNERS


def heads_of(clauses: Clauses, trigger: Trigger, slot: str) -> tuple[int, ...]:
    """The phrase heads that stand in a slot of a trigger."""
    position = trigger.position
    if slot == "subject":
        if trigger.verbal:
            return clauses.subject(position)
        return clauses.noun_subject(position, wide=trigger.rule.event == "CONSULT")
    if slot == "object":
        if trigger.verbal:
            return clauses.object(position)
        return clauses.undergoer(position) or tuple(
            one
            for preposition in ("of", "on", "against", "upon")
            for one in clauses.phrases(position, preposition)
        )
    if slot == "indirect":
        return clauses.indirect(position)
    return clauses.phrases(position, slot)


def inside_heads(clauses: Clauses, trigger: Trigger) -> Iterator[tuple[int, ...]]:
    """Parties named inside the object's phrase: whose it is first, then what it concerns."""
    tree = clauses.tree
    position = trigger.position
    hosts: tuple[int, ...] = (position,)
    if trigger.verbal:
        hosts = (
            *clauses.object(position),
            *(
                kid
                for kid in tree.kids(position, "obl", "xcomp", "ccomp")
                if kid == trigger.theme or tree.case(kid) in _INNER
            ),
        )
    # "Condemned the attack on the Saudi mission" charges nobody inside "on".
    charge = trigger.rule.event == "ACCUSE"
    yield clauses.inside(hosts, owners=True, deep=not charge)
    if not charge:
        yield clauses.inside(hosts, owners=False)


def complement_heads(
    clauses: Clauses, trigger: Trigger, *, deep: bool
) -> Iterator[tuple[int, ...]]:
    """Where a governed clause may name the other side, the likeliest place first.

    Its own subject ("demanded that Iran stop"), the object that controls it ("urged Iran to stop"),
    then the clause's object, what stands inside that, and its prepositional phrases ("pledged to double
    its help for Haitian schools").
    """
    tree = clauses.tree
    clause = trigger.complement
    if clause is None:
        return
    yield clauses.surface(clause) if tree.kids(clause, "nsubj") else ()
    yield clauses.object(trigger.position)
    if not deep:
        return
    objects = clauses.object(clause)
    yield objects
    yield clauses.inside(objects, owners=True)
    yield clauses.inside(objects, owners=False)
    for kid in tree.kids(clause, "obl", "nmod", "xcomp"):
        yield (kid,)
        yield clauses.inside((kid,), owners=True)
        yield clauses.inside((kid,), owners=False)


def _speaker(mention: Mention, statements: tuple[Statement, ...]) -> Actor | None:
    """Who says "we" or "I": the speaker of the statement that the pronoun stands in."""
    for statement in statements:
        if statement.content.holds(mention.span) and statement.speaker is not None:
            why = f"“{mention.span.text}” in words of {statement.speaker.span.text}"
            return replace(
                statement.speaker, span=mention.span, why=f"{why}; {statement.speaker.why}"
            )
    return None
