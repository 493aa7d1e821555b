"""Following pronouns back to the parties that a report has named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.reading.coding import moved
from dragoman.reading.quotes import find_quotes
from dragoman.reading.referring import (
    JOINT,
    holds,
    is_person,
    is_plural,
    is_subject,
    of_the_catalogue,
    says_of_a_matter,
)
from dragoman.reading.tree import base

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dragoman.entries import Actor
    from dragoman.reading.mentions import Candidate
    from dragoman.reading.tree import Page, Tree
    from dragoman.rulebook import Catalogue
    from dragoman.spans import Span

# How many sentences back "he" and "the king" are followed, and "it" and "they".
REACH = 4
_THING_REACH = 1
# Of how many words a quotation is speech, and not a name or a word in marks.
_SPEECH = 4
# Words that tell of whom they are said ("Queen", "spokeswoman").
_SHE = frozenset(
    """mrs ms miss madam madame mme queen princess duchess countess lady dame baroness sister
    spokeswoman congresswoman chairwoman businesswoman policewoman woman girl wife mother widow daughter
    actress sheikha senora señora frau empress begum""".split()
)
_HE = frozenset(
    """mr king prince duke count lord sir baron brother spokesman congressman chairman businessman
    policeman gunman man boy husband father widower son actor emperor sultan emir sheikh pope cardinal
    archbishop bishop imam mullah ayatollah rabbi señor senor herr""".split()
)
_OBJECTS = frozenset({"obj", "iobj", "obl", "nmod"})
_CONTROLLED = frozenset({"xcomp", "advcl"})
_POSSESSIVE = frozenset(
    {"its", "their", "his", "her", "itself", "themselves", "himself", "herself"}
)


class Memory:
    """Who has been spoken of so far in a report, and whether as a subject.

    Args:
        page: the report.
        candidates: its noun phrases by sentence and head position.
        catalogue: all rows.
        actors_of: codes a candidate (each once).
    """

    def __init__(
        self,
        page: Page,
        candidates: dict[tuple[int, int], Candidate],
        catalogue: Catalogue,
        actors_of: Callable[[Candidate], tuple[Actor, ...]],
    ) -> None:
        self.page = page
        self.trees = {tree.sentence.index: tree for tree in page.trees}
        self.candidates = candidates
        self.catalogue = catalogue
        self.actors_of = actors_of
        self.persons: list[tuple[int, int, Actor, bool]] = []
        self.states: list[tuple[int, int, Actor, bool]] = []
        self.sexes: dict[str, str] = {}
        text = page.report.text
        self._quoted = tuple(
            (quote.start, quote.end)
            for quote in find_quotes(page.report)
            if len(text[quote.inner_start : quote.inner_end].split()) >= _SPEECH
        )

    def _in_quotes(self, sentence: int, position: int) -> bool:
        """Whether a word stands in words that somebody is quoted with."""
        tree = self.trees[sentence]
        place = tree.offset + tree.tokens[position].start
        return any(start <= place < end for start, end in self._quoted)

    def note(self, candidate: Candidate, actors: tuple[Actor, ...]) -> None:
        """Remembers who was spoken of, and whether as a subject."""
        if candidate.kind == "adjective":
            return
        tree = self.trees[candidate.sentence]
        named = self._name_beside(candidate)
        if named is not None:
            # "Ana Ruiz, a port official": one person, told by her name, be it that no tagger saw one.
            told = self.actors_of(named)
            if named.name is None and len(told) == 1 and is_person(tree, candidate, told[0]):
                subject = is_subject(tree, named.head)
                self.persons.append((named.sentence, named.head, told[0], subject))
            return
        subject = is_subject(tree, candidate.head)
        for actor in actors:
            if len(actors) > 1 and candidate.kind == "description":
                continue
            if is_person(tree, candidate, actor):
                self.persons.append((candidate.sentence, candidate.head, actor, subject))
                self._learn_sex(tree, candidate, actor)
            elif actor.entity_code and not _is_thing(candidate):
                self.states.append((candidate.sentence, candidate.head, actor, subject))

    def _name_beside(self, candidate: Candidate) -> Candidate | None:
        """The name to which a description stands in apposition."""
        token = self.trees[candidate.sentence].tokens[candidate.head]
        if candidate.kind != "description" or token.deprel != "appos":
            return None
        named = self.candidates.get((candidate.sentence, token.head))
        return named if named is not None and named.kind == "name" and not named.found else None

    def _learn_sex(self, tree: Tree, candidate: Candidate, actor: Actor) -> None:
        if actor.key in self.sexes or candidate.kind == "pronoun":
            return
        words = [tree.tokens[at].text for at in range(candidate.first, candidate.last)]
        lower = {word.lower().rstrip(".") for word in words}
        if lower & _SHE and not lower & _HE:
            self.sexes[actor.key] = "she"
        elif lower & _HE and not lower & _SHE:
            self.sexes[actor.key] = "he"
        elif actor.name and " " in actor.name:
            sex = self.catalogue.given.get(actor.name.split()[0])
            if sex:
                self.sexes[actor.key] = sex

    def pronoun(self, candidate: Candidate, span: Span) -> tuple[Actor, ...]:
        """Whom a pronoun stands for; none where it cannot be told."""
        if candidate.pronoun == "who":
            return self._relative(candidate, span)
        if candidate.pronoun in {"he", "she"}:
            found = self._nearest_person(candidate)
            return (self._back(found, span),) if found else ()
        if candidate.pronoun == "it":
            found = self._it(candidate)
            return (self._back(found, span),) if found else ()
        if candidate.pronoun == "they":
            return self._they(candidate, span)
        return ()

    def _back(self, found: Actor, span: Span) -> Actor:
        """The party behind a pronoun: its own words where they stand in the same sentence."""
        tree = next(
            tree
            for tree in self.page.trees
            if tree.sentence.span.start <= span.start < tree.sentence.span.end
        )
        if tree.sentence.span.holds(found.span):
            return moved(found, found.span, f"“{span.text}” stands for it")
        return moved(found, span, f"followed back to {found.name or found.span.text}")

    def _relative(self, candidate: Candidate, span: Span) -> tuple[Actor, ...]:
        """ "the king, who arrived on Monday": the noun that the relative clause hangs on."""
        tree = self.trees[candidate.sentence]
        for above in tree.ancestors(candidate.head):
            if tree.tokens[above].deprel == "acl:relcl":
                noun = self.candidates.get((candidate.sentence, tree.tokens[above].head))
                if noun and noun is not candidate:
                    return tuple(self._back(actor, span) for actor in self.actors_of(noun))
        return ()

    # -- he and she -------------------------------------------------------------------------------

    def _nearest_person(self, candidate: Candidate) -> Actor | None:
        """Whom "he" most likely stands for: subjects before others, the same sentence first."""
        tree = self.trees[candidate.sentence]
        sex = candidate.pronoun
        memory = [one for one in self.persons if self.sexes.get(one[2].key, sex) == sex]
        if not self._in_quotes(candidate.sentence, candidate.head):
            # Whoever is spoken of in another's words is seldom "he" outside of them.
            memory = [one for one in memory if not self._in_quotes(*one[:2])] or memory
        for noun in self._governing(tree, candidate.head):
            for one in memory:
                if one[:2] == (candidate.sentence, noun):
                    return one[2]
        same = [one for one in memory if one[0] == candidate.sentence and one[1] < candidate.head]
        subject_here = base(tree.tokens[candidate.head].deprel) == "nsubj"
        if same:
            subjects = [one for one in same if one[3]]
            # A subject pronoun of the main clause seldom stands for something inside the same clause.
            pool = subjects or ([] if subject_here else same)
            if pool:
                return pool[0][2] if subjects else pool[-1][2]
        for back in range(1, REACH + 1):
            before = [one for one in memory if one[0] == candidate.sentence - back]
            subjects = [one for one in before if one[3]]
            if subjects:
                return next((one for one in subjects if self._of_main_clause(one)), subjects[0])[2]
            if before:
                return before[0][2] if back == 1 else before[-1][2]
        return same[-1][2] if same else None

    def _of_main_clause(self, told: tuple[int, int, Actor, bool]) -> bool:
        tree = self.trees[told[0]]
        above = tree.tokens[tree.first_conjunct(told[1])].head
        return above >= 0 and tree.tokens[above].deprel == "root"

    # -- it ---------------------------------------------------------------------------------------

    def _it(self, candidate: Candidate) -> Actor | None:
        """The party "it" stands for: the subject above it or of the sentence before, and no thing."""
        tree = self.trees[candidate.sentence]
        word = tree.tokens[candidate.head]
        owned = word.text.lower() in _POSSESSIVE
        if not owned and (word.deprel == "expl" or says_of_a_matter(tree, candidate.head)):
            return None
        told = False
        for noun in self._governing(tree, candidate.head):
            party = self._single(candidate.sentence, noun)
            if party == "person":
                continue
            if party is None or (owned and self._other_between(candidate, noun, party)):
                return None
            if not isinstance(party, str):
                return party
            told = True
        if told or not (owned or base(word.deprel) == "nsubj"):
            return None
        for back in range(1, _THING_REACH + 1):
            found = self._main_party(candidate.sentence - back)
            if found:
                return found
        return None

    def _governing(self, tree: Tree, position: int) -> Iterator[int]:
        """The nouns that a pronoun may stand for in its own sentence: what governs its clause, upward."""
        below = position
        word = tree.tokens[position]
        # "Iran accused it": not of what it is itself.
        skipped = word.text.lower() not in _POSSESSIVE and base(word.deprel) in _OBJECTS
        for above in tree.ancestors(position):
            if skipped and tree.kid(above, "nsubj") is not None:
                skipped, below = False, above
                continue
            subject = tree.kid(above, "nsubj")
            if subject is not None and subject < position and subject != below:
                if not holds(tree, subject, position):
                    yield subject
            elif (
                below != position
                and tree.tokens[below].deprel in _CONTROLLED
                and (held := tree.kid(above, "obj", "iobj")) is not None
                and held < position
                and not holds(tree, held, position)
            ):
                yield held
            below = above

    def _single(self, sentence: int, noun: int) -> Actor | str | None:
        """The one party of a singular noun; "person" for people and plurals, None for a thing."""
        tree = self.trees[sentence]
        candidate = self.candidates.get((sentence, noun))
        if candidate is None or candidate.kind == "pronoun":
            word = tree.tokens[noun].text.lower()
            if candidate is not None and candidate.pronoun == "it":
                actors = self.actors_of(candidate)
                return actors[0] if len(actors) == 1 and actors[0].entity_code else None
            return "person" if word not in {"it", "this", "that", "which"} else None
        actors = self.actors_of(candidate)
        if is_plural(tree, noun) and not (actors and of_the_catalogue(actors[0])):
            return "person"
        if candidate.name or len(tree.conjuncts(noun)) > 1:
            return "person"
        if len(actors) != 1:
            return None
        if is_person(tree, candidate, actors[0]):
            return "person"
        return actors[0] if actors[0].entity_code else None

    def _other_between(self, candidate: Candidate, noun: int, party: Actor | str) -> bool:
        """Whether another party stands between a subject and "its": then either may be meant."""
        key = party if isinstance(party, str) else party.key
        tree = self.trees[candidate.sentence]
        verb = next(
            (at for at in tree.ancestors(candidate.head) if tree.tokens[at].upos == "VERB"), -1
        )
        # "Halted its aid to Chad and called home its envoy": Chad stands in another clause of the same subject.
        first = verb if verb > noun and tree.tokens[verb].deprel == "conj" else noun
        return any(
            sentence == candidate.sentence
            and first < head < candidate.head
            # "Norway, which cut its aid to Chad, recalled its envoy": Chad stands inside Norway's phrase.
            and noun not in tree.ancestors(head)
            and (actor.country_code or actor.key) != getattr(party, "country_code", None)
            and actor.key != key
            for sentence, head, actor, _ in self.states
        )

    def _main_party(self, sentence: int) -> Actor | None:
        """The party that a sentence is about: its main subject, else the only one where people act."""
        tree = self.trees.get(sentence)
        if tree is None:
            return None
        root = next((at for at, token in enumerate(tree.tokens) if token.deprel == "root"), None)
        subject = tree.kid(root, "nsubj") if root is not None else None
        if subject is None:
            return None
        party = self._single(sentence, subject)
        if party is None or not isinstance(party, str):
            return party
        named = {one[2].key: one[2] for one in self.states if one[0] == sentence}
        return next(iter(named.values())) if len(named) == 1 else None

    # -- they -------------------------------------------------------------------------------------

    def _they(self, candidate: Candidate, span: Span) -> tuple[Actor, ...]:
        """The plural subject nearest before, a coordination of parties, or a body that is a subject."""
        for sentence in range(candidate.sentence, candidate.sentence - 3, -1):
            tree = self.trees.get(sentence)
            if tree is None:
                continue
            limit = candidate.head if sentence == candidate.sentence else len(tree.tokens)
            subjects = [at for at in range(limit) if base(tree.tokens[at].deprel) == "nsubj"]
            if not self._in_quotes(candidate.sentence, candidate.head):
                subjects = [at for at in subjects if not self._in_quotes(sentence, at)]
            if sentence == candidate.sentence:
                own = [at for at in self._governing(tree, candidate.head) if at in subjects]
                subjects = own or [at for at in subjects if not holds(tree, at, candidate.head)]
            for position in subjects:
                group = self._group(sentence, position)
                if group is None:
                    if sentence == candidate.sentence and not isinstance(
                        self._single(sentence, position), str
                    ):
                        # "Turkey justified the claim by their shoreline": it may be its own.
                        return ()
                    continue
                return tuple(
                    moved(actor, span, f"followed back to “{actor.span.text}”") for actor in group
                )
        return ()

    def _group(self, sentence: int, position: int) -> tuple[Actor, ...] | None:
        """The parties of a subject that "they" may stand for; () if not known, None if it cannot be."""
        tree = self.trees[sentence]
        group = tree.conjuncts(position)
        found = [self.candidates.get((sentence, one)) for one in group]
        if len(group) == 1:
            first = found[0]
            if first is None:
                return None
            actors = self.actors_of(first)
            if first.kind == "pronoun":
                return actors if first.pronoun == "they" else None
            if is_plural(tree, position) or len(actors) > 1:
                return actors
            kind = (actors[0].catalogue_id or "").partition(":")[0] if actors else ""
            if first.name or f"{kind}:" not in JOINT:
                return None
            return actors if kind == "group" or not self._many(sentence) else None
        made: list[Actor] = []
        for one in found:
            actors = self.actors_of(one) if one else ()
            if not actors:
                return ()
            made.extend(actors)
        return tuple(made)

    def _many(self, sentence: int) -> bool:
        """Whether a sentence names people or things in the plural, which "they" may be as well."""
        tree = self.trees[sentence]
        return any(
            token.upos == "NOUN"
            and is_plural(tree, at)
            and base(token.deprel) in {"nsubj", "obj", "iobj", "obl"}
            for at, token in enumerate(tree.tokens)
        )


def _is_thing(candidate: Candidate) -> bool:
    """Whether a phrase names a thing that is no party by itself ("a Greek ship")."""
    return (
        candidate.role is not None
        and not candidate.role.sector
        and (candidate.role.kind == "equipment")
    )
