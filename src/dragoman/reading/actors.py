"""Coding the parties of a report, and following pronouns and descriptions back to them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.entries import Actor, Mention
from dragoman.reading.belonging import Belonging
from dragoman.reading.bridging import Bridging
from dragoman.reading.calendar import MONTH_NUMBER, WEEKDAY_NUMBER
from dragoman.reading.choosing import Choosing
from dragoman.reading.coding import (
    VENUE,
    Known,
    by_surname,
    choose,
    code,
    fits_title,
    from_title,
    in_other_office,
)
from dragoman.reading.describing import Describing, former
from dragoman.reading.following import Memory
from dragoman.reading.strangers import stranger
from dragoman.reading.towns import town

if TYPE_CHECKING:
    from dragoman.reading.mentions import Candidate, Found
    from dragoman.reading.tree import Page, Tree
    from dragoman.rulebook import Catalogue, Entry, Office
    from dragoman.rulebook.catalogue import How
    from dragoman.spans import Span


# What follows a surname and is none ("Charles Testwood Jr.").
_SUFFIXES = frozenset({"Jr", "Sr", "II", "III", "IV"})
# Callings of private persons: lawyers are of the courts as a profession, and no one of them is a court.
_PRIVATE = frozenset({"lawyer", "attorney", "human rights lawyer", "solicitor", "barrister"})
# Prepositions behind which a capital is a place and no government.
_AT = frozenset("in at near outside inside around across throughout off".split())


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
        self.countries = self.choosing.countries
        self.named = self.choosing.named
        self.belonging = Belonging(page, catalogue, self.candidates, self._actors)
        self.describing = Describing(
            catalogue,
            self.day,
            self.belonging,
            lambda: self.memory,
            lambda: self.bridging,
            self.known,
        )
        self.memory = Memory(page, self.candidates, catalogue, self._actors)
        self.bridging = Bridging(
            page, catalogue, self.candidates, self.memory, self._actors, self.choosing.led
        )

    def run(self) -> tuple[Mention, ...]:
        # Full names first: "Khan" is the Khan whom the report names, not the one the catalogue knows.
        named = [one for one in self.order if one.name or one.offices]
        for candidate in sorted(
            named, key=lambda one: not one.name or one.name[1] - one.name[0] < 2
        ):
            self._learn(candidate)
        mentions: list[Mention] = []
        for candidate in self.order:
            actors = self._actors(candidate)
            self.memory.note(candidate, actors)
            span = self._span(candidate)
            mentions.extend(
                Mention(candidate.sentence, candidate.kind, span, actor, candidate.head)
                for actor in actors or (None,)
            )
        return tuple(mentions)

    # -- what the report teaches ------------------------------------------------------------------

    def _learn(self, candidate: Candidate) -> None:
        """Notes a person's name with the title and country that stand with it."""
        tree = self.trees[candidate.sentence]
        name = candidate.name
        offices = candidate.offices
        country_of = candidate
        if name is None:
            name = self._apposed_name(tree, candidate)
        elif not offices:
            partner = self._apposed_office(tree, candidate)
            if partner:
                offices, country_of = partner.offices, partner
            else:
                offices = self._shared_title(tree, candidate)
        if name is None:
            return
        words = [tree.tokens[position].text for position in range(*name)]
        text = tree.tags.text[tree.tokens[name[0]].start : tree.tokens[name[1] - 1].end]
        country, why = self.belonging.country(country_of)
        entry = self._row_inside(candidate, name, country) or self._person_entry(
            text, words, country, titled=bool(offices)
        )
        if entry and offices and self.day is None and not fits_title(entry, offices[-1][1]):
            entry = None
        span = tree.span(self.page.report, *name)
        if entry:
            actor = code(entry, "name", span, self.day)
            if offices and not (entry.body or former(tree, country_of)):
                actor = in_other_office(actor, entry, offices[-1][1])
        elif offices:
            owner = self.belonging.owner(country_of)
            office = offices[-1][1]
            if set(office.titles) & _PRIVATE:
                office = replace(office, sector="CVL")
            if country is None and owner is None:
                country, why = self.describing.unsaid(country_of, office)
            if owner is None and self.describing.of_unknown_body(country_of, office):
                office = replace(office, sector=None)
            actor = from_title(
                span,
                text,
                office,
                country,
                why,
                former=former(tree, country_of),
                owner=owner,
            )
        elif len(words) > 1:
            actor = stranger(
                tree,
                candidate,
                text,
                span,
                self.catalogue,
                lambda at: self._beside(candidate.sentence, at),
                (country, why),
            )
        else:
            return
        kind = offices[-1][1].kind if offices else ""
        monarch = any(office.kind == "monarch" for _, office in offices)
        self._keep(
            text,
            words,
            Known(actor, kind, actor.country_code, offices[-1][1].id if offices else ""),
            first=monarch or bool(entry),
        )

    def _beside(self, sentence: int, position: int) -> tuple[Actor, ...]:
        """The parties of a description that stands beside a name."""
        other = self.candidates.get((sentence, position))
        if other and other.kind == "description" and other.name is None and other.role:
            return self._actors(other)
        return ()

    def _keep(self, text: str, words: list[str], known: Known, *, first: bool) -> None:
        if len(words) > 2 and words[-1].rstrip(".") in _SUFFIXES:
            words = words[:-1]
        forms = [text, words[-1]]
        if len(words) > 2:
            forms.append(" ".join(words[-2:]))
        rest = text.partition(" ")[2]
        if rest and rest not in forms:
            # "al-Assad", in several tokens.
            forms.append(rest)
        if first and len(words) > 1:
            forms.append(words[0])
        for form in forms:
            before = self.known.get(form)
            better = not before or (not before.actor.entity_code and known.actor.entity_code)
            if before is None or (better and len(words) > 1):
                self.known[form] = known

    def _row_inside(
        self, candidate: Candidate, name: tuple[int, int], country: str | None
    ) -> Entry | None:
        """The catalogue's person whose name stands inside the phrase's name."""
        for found in candidate.found:
            if found.first < name[1] and found.last > name[0]:
                chosen = self._chosen_person(found.rows, country)
                if chosen:
                    return chosen
        return None

    def _chosen_person(
        self, rows: tuple[tuple[Entry, How], ...], country: str | None
    ) -> Entry | None:
        """The person meant by a full name: of the country beside it, else of one the report names."""
        persons = [row for row in rows if row[0].kind == "person"]
        own = [row for row in persons if country and row[0].country_code == country]
        if country and not own and len({row[0].name for row in persons}) > 1:
            # "King Abdullah" of a third country: neither of the two that the catalogue knows.
            persons = [row for row in persons if row[0].country_code is None]
        chosen = choose(own or persons, self.day, self.named)
        return chosen[0] if chosen else None

    def _person_entry(
        self, text: str, words: list[str], country: str | None, *, titled: bool
    ) -> Entry | None:
        found_whole = self._chosen_person(self.catalogue.rows(text), country)
        if found_whole:
            return found_whole
        for surname in dict.fromkeys((words[-1], " ".join(words[-2:]), words[0])):
            found = by_surname(
                self.catalogue, surname, day=self.day, country=country, countries=self.countries
            )
            if found and (titled or len(words) == 1 or _shares(found.name, words)):
                if len(words) > 1 and not _shares(found.name, words):
                    continue
                return found
        return None

    def _apposed_name(self, tree: Tree, candidate: Candidate) -> tuple[int, int] | None:
        """The name beside a title: "the foreign minister of Bahrain, Abdullatif al-Zayani"."""
        for kid in tree.kids(candidate.head, "appos", "flat", "nmod:desc"):
            other = self.candidates.get((candidate.sentence, kid))
            if other and other.name:
                return other.name
        for name in tree.tags.names:
            if name.label == "PER" and tree.tokens[name.first].head == candidate.head:
                return name.first, name.last
        return None

    def _shared_title(self, tree: Tree, candidate: Candidate) -> tuple[tuple[int, Office], ...]:
        """The title in the plural that stands before the first of several names ("Senators X and Y")."""
        first = self.candidates.get((candidate.sentence, tree.first_conjunct(candidate.head)))
        if first is None or first is candidate or not first.offices or not first.name:
            return ()
        position = first.offices[-1][0]
        plural = tree.tokens[position].text.lower().endswith("s")
        return first.offices[-1:] if plural and position < first.name[0] else ()

    def _apposed_office(self, tree: Tree, candidate: Candidate) -> Candidate | None:
        """The title beside a name: "Abdullatif al-Zayani, Bahrain's foreign minister"."""
        beside = [*tree.kids(candidate.head, "appos")]
        if tree.tokens[candidate.head].deprel == "appos":
            beside.append(tree.tokens[candidate.head].head)
        for position in beside:
            other = self.candidates.get((candidate.sentence, position))
            if other and other.offices and not other.name:
                return other
        return None

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
        if chosen and chosen[0].first <= candidate.head < chosen[0].last:
            return (self._coded(candidate, chosen[1], chosen[2], span),)
        leaders = self.describing.leaders(candidate, tree, span)
        if leaders and not self.memory.named_together(candidate):
            return leaders
        pair = self.memory.pair(candidate, tree, span)
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
        at = tree.case(candidate.head) in _AT or _of_an_institute(tree, candidate)
        if entry.kind == "state" and how in {"capital", "metonym"} and at:
            return replace(actor, sector_code=entry.sector, why=f"{actor.why}{VENUE}")
        return actor

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
        named = candidate.kind == "name" and not candidate.label and not known
        if timed:
            return ()
        place = town(tree, candidate, self.catalogue, span)
        if place is not None and candidate.label not in {"PER", "ORG"} and not known:
            return (place,)
        if candidate.label in {"PER", "ORG"} or named:
            country, why = self.belonging.country(candidate)
            return (
                Actor(
                    span=span,
                    name=span.text,
                    entity_code=country,
                    country_code=country,
                    why=f"“{span.text}”: not in the catalogue"
                    + (f"; country {country} from {why}" if country else ""),
                ),
            )
        return ()

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
            if known and (
                form == text or len(words) == 1 or _shares(known.actor.name or "", words)
            ):
                return replace(known.actor, span=span)
        country = self.belonging.country(candidate)[0]
        entry = self._row_inside(candidate, name, country) or self._person_entry(
            text, words, country, titled=False
        )
        if entry:
            return code(entry, "surname", span, self.day)
        return Actor(span, name=text, why=f"“{text}”: a person the catalogue does not know")

    def _surname(self, candidate: Candidate, tree: Tree, span: Span) -> Actor | None:
        """A name that the tagger did not see as a person's but that the report has taught."""
        token = tree.tokens[candidate.head]
        if token.upos != "PROPN" or candidate.found:
            return None
        known = self.known.get(token.text)
        return replace(known.actor, span=span) if known else None

    def _span(self, candidate: Candidate) -> Span:
        tree = self.trees[candidate.sentence]
        return tree.span(self.page.report, candidate.first, candidate.last)


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


def _shares(name: str, words: list[str]) -> bool:
    """Whether a catalogue name and a name of the report agree in a given name, not the surname alone."""
    left = {part.lower() for part in name.replace("-", " ").split()}
    right = {part.lower() for word in words for part in word.replace("-", " ").split()}
    return len(left & right) >= 2 or len(left) == 1
