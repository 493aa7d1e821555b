"""Which party of a report a noun speaks of again: "the group", "the court", "the company", "the consulate"."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from dragoman.entries import Actor
from dragoman.reading.referring import is_plural
from dragoman.spans import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dragoman.reading.mentions import Candidate
    from dragoman.reading.tree import Tree

# Nouns by which a report speaks again of a party that it has named, and what may be meant.
_GROUPS = frozenset(
    {"group", "militia", "movement", "faction", "organization", "organisation", "network"}
)
_ARMED = frozenset(
    "insurgent rebel militant guerrilla jihadist extremist militiaman separatist".split()
)
_BODIES = frozenset({"organization", "organisation", "bloc", "alliance", "union", "agency", "body"})
_BY_NAME = frozenset(
    """court tribunal party council committee commission ministry department agency parliament assembly
    congress senate bank company union alliance front army league fund""".split()
)
_BY_FULL_NAME = _BY_NAME - {"army", "front", "company", "fund", "league"}
_BROADCASTERS = frozenset(
    "network broadcaster channel station newspaper outlet publication magazine daily weekly tabloid".split()
)
_FIRMS = frozenset({"company", "firm", "manufacturer", "airline", "carmaker", "retailer", "giant"})
_PLAIN = frozenset(
    "armed militant rebel terror terrorist islamist insurgent extremist jihadist sunni "
    "shiite regional world global international aid tech technology internet media".split()
)
_WINDOW = 4


class Again:
    """Follows nouns back to the parties that they name again.

    Args:
        trees: the sentences of the report by number.
        candidates: its noun phrases by sentence and head position.
        by_sentence: the same by sentence.
        actors_of: codes a candidate (each once).
    """

    def __init__(
        self,
        trees: Mapping[int, Tree],
        candidates: Mapping[tuple[int, int], Candidate],
        by_sentence: Mapping[int, list[Candidate]],
        actors_of: Callable[[Candidate], tuple[Actor, ...]],
    ) -> None:
        self.trees = trees
        self.candidates = candidates
        self.actors_of = actors_of
        self._by_sentence = by_sentence

    def named_before(self, candidate: Candidate, noun: str) -> Actor | None:
        """The party that "the group", "the court", "the company" speaks of again, if only one can be meant."""
        tree = self.trees[candidate.sentence]
        if not _pointing(tree, candidate):
            return None
        if is_plural(tree, candidate.head):
            if noun in _ARMED:
                return self._group_before(candidate) or self._told_before(candidate, noun)
            return self._told_before(candidate, noun)
        found: dict[str, Actor] = {}
        for sentence, head, actor in self._names_before(candidate):
            other = self.candidates[sentence, head]
            if self._may_be(noun, actor, self.trees[sentence].lemma(other.head)):
                found.setdefault(actor.key, actor)
        if found:
            return next(iter(found.values())) if len(found) == 1 else None
        called = self._called(candidate, noun)
        if called:
            return called
        return self._told_before(candidate, noun) or self._armed_before(candidate, noun)

    def _called(self, candidate: Candidate, noun: str) -> Actor | None:
        """The one body of the report so far whose name ends with a noun, or that it has called so.

        "The zoo" after "Oslo Zoo", "the firm" after "the accounting firm Lind & Lee", "the group" after
        "the Truckers' Union, an industry group".
        """
        found: dict[str, Actor] = {}
        for one in self._by_noun.get(noun, ()):
            if (one.sentence, one.head) >= (candidate.sentence, candidate.head):
                continue
            named = self._so_named(one, noun)
            for actor in self._named(named) if named else ():
                if actor.name and not _is_of_a_person(actor):
                    found.setdefault(actor.key, actor)
        return next(iter(found.values())) if len(found) == 1 else None

    @cached_property
    def _by_noun(self) -> dict[str, list[Candidate]]:
        """The noun phrases of the report by their last word: as it stands in names, else its base form."""
        made: dict[str, list[Candidate]] = defaultdict(list)
        for one in self.candidates.values():
            tree = self.trees[one.sentence]
            if one.kind in {"name", "description"}:
                word = tree.tokens[one.head].text.lower()
                made[word if one.kind == "name" else tree.lemma(one.head)].append(one)
        return made

    def _named(self, one: Candidate) -> tuple[Actor, ...]:
        """The parties of a name; a body under its own words where nobody knows it."""
        known = self.actors_of(one)
        if known:
            return known
        tree = self.trees[one.sentence]
        first = one.first + (tree.tokens[one.first].upos == "DET")
        words = tree.span_of(first, one.head + 1)
        start = tree.offset + tree.tokens[first].start
        span = Span(start, start + len(words), words)
        return (Actor(span, name=words, why=f"“{words}”: not in the catalogue"),)

    def _so_named(self, one: Candidate, noun: str) -> Candidate | None:
        """The named phrase that is called by a noun at a phrase, if it is."""
        tree = self.trees[one.sentence]
        token = tree.tokens[one.head]
        if one.kind == "name" and one.name is None:
            last = token.text.lower() == noun and token.text[:1].isupper()
            return one if last and _has_words(tree, one) else None
        if one.kind != "description" or tree.lemma(one.head) != noun:
            return None
        beside = list(tree.kids(one.head, "appos", "flat", "nmod:desc"))
        if token.deprel in {"appos", "nmod:desc"}:
            beside.append(token.head)
        others = (self.candidates.get((one.sentence, at)) for at in beside)
        return next((o for o in others if o and o.kind == "name" and o.name is None), None)

    def _group_before(self, candidate: Candidate) -> Actor | None:
        """ "The insurgents" after "the Taliban": the only armed group named."""
        found = {
            actor.key: actor
            for _, _, actor in self._names_before(candidate)
            if (actor.catalogue_id or "").startswith("group:")
            and actor.sector_code in {"REB", "UAF", "PRM"}
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def _armed_before(self, candidate: Candidate, noun: str) -> Actor | None:
        """ "The group" after "rebels": the only armed party told of."""
        if noun not in {"group", "militia", "faction"}:
            return None
        found: dict[str, Actor] = {}
        for back in range(_WINDOW + 1):
            sentence = candidate.sentence - back
            for one in self._by_sentence.get(sentence, ()):
                if one.kind == "pronoun" or one.name or (not back and one.head >= candidate.head):
                    continue
                for actor in self.actors_of(one):
                    if actor.sector_code in {"REB", "UAF", "PRM"}:
                        found.setdefault(f"{actor.entity_code} {actor.sector_code}", actor)
        return next(iter(found.values())) if len(found) == 1 else None

    def _told_before(self, candidate: Candidate, noun: str) -> Actor | None:
        """ "The consulate" after "the Saudi consulate": the one party of that noun with a country."""
        found: dict[str, Actor] = {}
        for back in range(_WINDOW + 1):
            sentence = candidate.sentence - back
            for one in self._by_sentence.get(sentence, ()):
                if one.kind == "pronoun" or (not back and one.head >= candidate.head):
                    continue
                if one.name or self.trees[sentence].lemma(one.head) != noun:
                    continue
                for actor in self.actors_of(one):
                    found.setdefault(f"{actor.entity_code} {actor.sector_code}", actor)
        # A noun told once without its country speaks of who knows whom.
        coded = [actor for actor in found.values() if actor.entity_code]
        return coded[0] if len(coded) == 1 else None

    def _names_before(self, candidate: Candidate) -> list[tuple[int, int, Actor]]:
        made: list[tuple[int, int, Actor]] = []
        for back in range(_WINDOW + 1):
            sentence = candidate.sentence - back
            for one in self._by_sentence.get(sentence, ()):
                if not one.found and (one.name or one.kind != "name"):
                    continue
                if not back and one.head >= candidate.head:
                    continue
                made.extend((sentence, one.head, actor) for actor in self.actors_of(one))
        return made

    def _may_be(self, noun: str, actor: Actor, head: str) -> bool:
        kind = (actor.catalogue_id or "").partition(":")[0]
        said = actor.span.text.lower().replace("-", " ").split()
        full = (actor.name or "").lower().replace("-", " ").split()
        if noun in _BY_NAME and (noun in said or head == noun):
            return True
        if noun in _BY_FULL_NAME and noun in full:
            return True
        if noun in _GROUPS and kind == "group":
            return actor.sector_code != "PTY" or noun in {"movement", "faction"}
        if noun in _BROADCASTERS and kind == "outlet":
            return True
        if noun in _FIRMS and (actor.entity_code == "MNC" or actor.sector_code == "BUS"):
            return True
        return (
            noun in _BODIES and kind == "body" and actor.entity_code in {"IGO", "UNO", "EUR", "NGO"}
        )


def _has_words(tree: Tree, one: Candidate) -> bool:
    """Whether a name has a word of its own before its last ("Oslo Zoo")."""
    return any(
        tree.tokens[at].text[:1].isupper()
        for at in range(one.first, one.head)
        if tree.tokens[at].upos != "DET"
    )


def _is_of_a_person(actor: Actor) -> bool:
    return (actor.catalogue_id or "").startswith("person:")


def _pointing(tree: Tree, candidate: Candidate) -> bool:
    """Whether a phrase is "the group", "this court", "the militant group", and nothing more."""
    inside = [tree.tokens[at].text.lower() for at in range(candidate.first, candidate.head)]
    if not inside or inside[0] not in {"the", "this", "that"}:
        return False
    hanging = tree.kids(candidate.head, "nmod", "acl", "appos")
    return not hanging and all(word in _PLAIN for word in inside[1:])
