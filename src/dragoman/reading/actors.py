"""Coding the parties of a report, and following pronouns and descriptions back to them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.entries import Actor, Mention
from dragoman.reading.acronyms import spelled_out
from dragoman.reading.belonging import Belonging
from dragoman.reading.bridging import Bridging
from dragoman.reading.calendar import MONTH_NUMBER, WEEKDAY_NUMBER
from dragoman.reading.choosing import Choosing
from dragoman.reading.coding import (
    VENUE,
    Known,
    code,
)
from dragoman.reading.describing import Describing
from dragoman.reading.following import Memory
from dragoman.reading.learning import Learning, shares
from dragoman.reading.lending import lend
from dragoman.reading.pairing import Pairing
from dragoman.reading.towns import stands_for_a_place, struck, town

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.reading.catalogued import Found
    from dragoman.reading.mentions import Candidate
    from dragoman.reading.tree import Page, Tree
    from dragoman.rulebook import Catalogue, Entry
    from dragoman.rulebook.catalogue import How
    from dragoman.spans import Span


# Prepositions behind which a capital is a place and no government; "anger at Tehran" is at the government.
_AT = frozenset("in near outside inside around across throughout off".split())
# What marks a name as an owner's ("the zoo's") is no part of it.
_OWNING = re.compile(r"['’]s?$")
_GATHERINGS = frozenset("meeting talk conference summit session embassy mission".split())


def resolve(
    page: Page, candidates: tuple[Candidate, ...], catalogue: Catalogue
) -> tuple[Mention, ...]:
    """Each candidate with the actor it stands for; several mentions where it stands for several.

    Returns:
        Mentions in the order of the text; a phrase that cannot be coded keeps its words, and an
        actor without codes if it is a name, or None if it is not.
    """
    return _Resolver(page, candidates, catalogue).run()


class _Resolver:
    """The state of one report while its mentions are read in order."""

    def __init__(self, page: Page, candidates: tuple[Candidate, ...], catalogue: Catalogue) -> None:
        self.page = page
        self.day = page.report.day
        self.catalogue = catalogue
        self.trees = {tree.sentence.index: tree for tree in page.trees}
        self.done: dict[tuple[int, int], tuple[Actor, ...]] = {}
        self.busy: set[tuple[int, int]] = set()
        self.known: dict[str, Known] = {}
        self.choosing = Choosing(page, catalogue, candidates)
        self.order = self.choosing.meant()
        self.candidates = {(one.sentence, one.head): one for one in self.order}
        self.belonging = Belonging(page, catalogue, self.candidates, self._actors)
        self.describing = Describing(
            catalogue,
            self.day,
            self.belonging,
            lambda: self.memory,
            lambda: self.bridging,
            self.known,
        )
        self.learning = Learning(
            page,
            catalogue,
            self.candidates,
            self.choosing,
            self.belonging,
            self.describing.titles,
            self.known,
            self._actors,
        )
        self.memory = Memory(page, self.candidates, catalogue, self._actors)
        self.pairing = Pairing(self.memory)
        self.bridging = Bridging(
            page, catalogue, self.candidates, self.memory, self._actors, self.choosing.led
        )

    def run(self) -> tuple[Mention, ...]:
        # Full names first: "Khan" is the Khan whom the report names, not the one the catalogue knows.
        named = [one for one in self.order if one.name or one.offices]
        for candidate in sorted(
            named, key=lambda one: not one.name or one.name[1] - one.name[0] < 2
        ):
            self.learning.learn(candidate)
        told: list[tuple[Candidate, Mention]] = []
        for candidate in self.order:
            actors = self._actors(candidate)
            self.memory.note(candidate, actors)
            span = self._span(candidate)
            told.extend(
                (
                    candidate,
                    Mention(candidate.sentence, candidate.kind, span, actor, candidate.head),
                )
                for actor in actors or (None,)
            )
        home = self.bridging.homeland
        return lend(told, self.trees, home.titled, home.of_a_body)

    # -- coding one phrase ------------------------------------------------------------------------

    def _actors(self, candidate: Candidate) -> tuple[Actor, ...]:
        key = (candidate.sentence, candidate.head)
        if key in self.done:
            return self.done[key]
        if key in self.busy:
            return ()
        self.busy.add(key)
        made = self._code(candidate)
        self.busy.discard(key)
        self.done[key] = made
        return made

    def _code(self, candidate: Candidate) -> tuple[Actor, ...]:
        if candidate.kind == "pronoun":
            return self.memory.pronoun(candidate, self._span(candidate))
        tree = self.trees[candidate.sentence]
        span = self._span(candidate)
        chosen = self.choosing.chosen(candidate)
        namesake = self._namesake(candidate, chosen) if chosen else None
        if namesake:
            return (replace(namesake, span=span),)
        if chosen and chosen[1].kind != "person" and _covers(chosen[0], candidate):
            return (self._coded(candidate, chosen[1], chosen[2], span),)
        person = self._person(candidate, tree, span)
        if person:
            return (person,)
        body = self._named_after(candidate, tree, chosen) if chosen else None
        if body:
            return (body,)
        if chosen and chosen[0].first <= candidate.head < chosen[0].last:
            return (self._coded(candidate, chosen[1], chosen[2], span),)
        leaders = self.describing.leaders(candidate, tree, span)
        if leaders and not self.pairing.named_together(candidate):
            return leaders
        pair = self.pairing.pair(candidate, tree, span)
        if pair:
            return pair
        described = self.describing.actors(candidate, tree, span)
        if described:
            return described
        return self._unknown(candidate, tree, span, known=chosen is not None)

    def _coded(self, candidate: Candidate, entry: Entry, how: How, span: Span) -> Actor:
        """A catalogue name, with the country that stands with it; a capital may be a mere place."""
        actor = self._of_country(candidate, entry, code(entry, how, span, self.day))
        tree = self.trees[candidate.sentence]
        at = _happens_there(tree, candidate) or _of_an_institute(tree, candidate)
        if entry.kind == "state" and how in {"capital", "metonym"} and at:
            return replace(actor, sector_code=entry.sector, why=f"{actor.why}{VENUE}")
        return actor

    def _named_after(
        self, candidate: Candidate, tree: Tree, chosen: tuple[Found, Entry, How]
    ) -> Actor | None:
        """The body whose name ends with its state's ("Sustainable Australia"): of that state, and not the state."""
        found, entry, how = chosen
        name = next(
            (n for n in tree.tags.names if n.first < found.first and n.last == found.last), None
        )
        if name is None or name.label != "ORG" or entry.kind != "state" or how != "name":
            return None
        before = tree.tokens[found.first - 1]
        if before.upos not in {"ADJ", "PROPN"} or not before.text[:1].isupper():
            return None
        words = tree.span_of(name.first, name.last)
        return Actor(
            self._span(candidate),
            name=words,
            entity_code=entry.country_code,
            country_code=entry.country_code,
            why=f"“{words}”: not in the catalogue; country {entry.country_code} from “{entry.name}”",
        )

    def _namesake(self, candidate: Candidate, chosen: tuple[Found, Entry, How]) -> Actor | None:
        """The person whom the report has named in full, where his surname is also a firm's or paper's."""
        found, entry, how = chosen
        seat = how in {"capital", "metonym"} and entry.kind == "state"
        named = seat or entry.kind in {"outlet", "body", "people"}
        if not named or found.last - found.first != 1:
            return None
        tree = self.trees[candidate.sentence]
        word = tree.span_of(found.first, found.last)
        known = self.known.get(word)
        if known is None or not (known.actor.name or "").endswith(f" {word}"):
            return None
        apart = tree.kids(candidate.head, "det") or (seat and tree.case(candidate.head) in _AT)
        return None if apart else known.actor

    def _unknown(
        self, candidate: Candidate, tree: Tree, span: Span, *, known: bool
    ) -> tuple[Actor, ...]:
        """A name that the catalogue does not know keeps its words, and the country told with it."""
        word = tree.lemma(candidate.head)
        timed = word in WEEKDAY_NUMBER or word in MONTH_NUMBER
        full = None if known else spelled_out(span.text, self._named_before(candidate))
        if full is not None:
            why = f"“{span.text}”: the letters of “{full.span.text}”; {full.why}"
            return (replace(full, span=span, why=why),)
        named = candidate.kind == "name" and not candidate.label and not known
        place = town(tree, candidate, self.catalogue, span)
        if place is not None and not known and not self._of_a_person(candidate, span.text):
            return (place,)
        if timed or stands_for_a_place(tree, candidate.head, span.text, self.catalogue):
            return ()
        if candidate.label in {"PER", "ORG"} or named:
            country, why = self.belonging.country(candidate)
            return (
                Actor(
                    span=span,
                    name=_OWNING.sub("", span.text),
                    entity_code=country,
                    country_code=country,
                    why=f"“{span.text}”: not in the catalogue"
                    + (f"; country {country} from {why}" if country else ""),
                ),
            )
        return ()

    def _named_before(self, candidate: Candidate) -> Iterator[Actor]:
        """Whom the report has named by here."""
        here = candidate.sentence, candidate.head
        return (one for at, actors in self.done.items() if at < here for one in actors)

    def _of_a_person(self, candidate: Candidate, name: str) -> bool:
        """Whether a town's name is here a person's or body's: the tagger says so, and the tables do not deny it."""
        if candidate.label == "ORG" and struck(self.trees[candidate.sentence], candidate.head):
            return False
        if candidate.label == "ORG" or " " in name:
            return candidate.label in {"PER", "ORG"}
        taken = name in self.catalogue.given or bool(self.catalogue.by_surname(name))
        return candidate.label == "PER" and taken

    def _of_country(self, candidate: Candidate, entry: Entry, actor: Actor) -> Actor:
        """What many states have ("Parliament", "Red Cross", "Kurds") takes the country that stands with it."""
        national = entry.entity_code == "NGO" and any(
            how == "adjective" for found in candidate.found for _, how in found.rows
        )
        if entry.country_code or not (entry.kind in {"organ", "people", "group"} or national):
            return actor
        country, why = self.belonging.country(candidate)
        if country is None and entry.kind == "organ":
            country, why = self.bridging.of_an_organ(candidate)
        if country is None:
            return actor
        return replace(
            actor,
            entity_code=country if entry.kind != "group" else actor.entity_code or country,
            country_code=country,
            why=f"{actor.why}; country {country} from {why}",
        )

    def _person(self, candidate: Candidate, tree: Tree, span: Span) -> Actor | None:
        name = candidate.name
        if name is None:
            return self._surname(candidate, tree, span)
        # A title that heads the phrase may have the name hanging on it.
        if not name[0] <= candidate.head < name[1] and not candidate.offices:
            return self._surname(candidate, tree, span)
        words = [tree.tokens[position].text for position in range(*name)]
        text = tree.tags.text[tree.tokens[name[0]].start : tree.tokens[name[1] - 1].end]
        for form in (text, " ".join(words[-2:]), words[-1], words[0]):
            known = self.known.get(form)
            if known and (form == text or len(words) == 1 or shares(known.actor.name or "", words)):
                return replace(known.actor, span=span)
        called = self._by_given_name(words[0]) if len(words) == 1 else None
        if called:
            return replace(called, span=span)
        country = self.belonging.country(candidate)[0]
        entry = self.learning.row_inside(candidate, name, country) or self.learning.person_entry(
            text, words, country, titled=False
        )
        if entry:
            return code(entry, "surname", span, self.day)
        place = text in self.catalogue.places and not self._of_a_person(candidate, text)
        if place or stands_for_a_place(tree, candidate.head, text, self.catalogue):
            return None
        return Actor(span, name=text, why=f"“{text}”: a person the catalogue does not know")

    def _by_given_name(self, word: str) -> Actor | None:
        """The one person whom the report names in full and whose given name this is ("Debbie" of "Debbie Lind")."""
        if word not in self.catalogue.given:
            return None
        found = {
            known.actor.key: known.actor
            for known in self.known.values()
            if (known.actor.name or "").split()[:1] == [word] and " " in (known.actor.name or "")
        }
        return next(iter(found.values())) if len(found) == 1 else None

    def _surname(self, candidate: Candidate, tree: Tree, span: Span) -> Actor | None:
        """A name that the tagger did not see as a person's but that the report has taught."""
        token = tree.tokens[candidate.head]
        if token.upos != "PROPN" or candidate.found:
            return None
        whole = tree.span_of(candidate.first, candidate.last)
        known = self.known.get(whole) or self.known.get(token.text)
        return replace(known.actor, span=span) if known else None

    def _span(self, candidate: Candidate) -> Span:
        tree = self.trees[candidate.sentence]
        return tree.span(self.page.report, candidate.first, candidate.last)


def _happens_there(tree: Tree, candidate: Candidate) -> bool:
    """Whether a seat is named as the place of something ("in Paris", "talks at Geneva")."""
    case, above = tree.case(candidate.head), tree.tokens[candidate.head].head
    return case in _AT or (case == "at" and above >= 0 and tree.lemma(above) in _GATHERINGS)


def _of_an_institute(tree: Tree, candidate: Candidate) -> bool:
    """Whether a seat stands in the name of another body ("the University of Washington")."""
    return tree.case(candidate.head) == "of" and any(
        name.label == "ORG" and name.first < candidate.first and candidate.last <= name.last
        for name in tree.tags.names
    )


def _covers(found: Found, candidate: Candidate) -> bool:
    """Whether a catalogue name takes in the whole of what the tagger held for a person's name."""
    name = candidate.name
    return name is not None and found.first <= name[0] and name[1] <= found.last
