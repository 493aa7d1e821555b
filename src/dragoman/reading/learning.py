"""What a report teaches about its people: the titles, callings and countries that stand with their names."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.reading.coding import (
    Known,
    by_surname,
    choose,
    code,
    fits_title,
    from_title,
    in_other_office,
)
from dragoman.reading.strangers import stranger
from dragoman.reading.titles import former

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dragoman.entries import Actor
    from dragoman.reading.belonging import Belonging
    from dragoman.reading.choosing import Choosing
    from dragoman.reading.mentions import Candidate
    from dragoman.reading.titles import Titles
    from dragoman.reading.tree import Page, Tree
    from dragoman.rulebook import Catalogue, Entry, Office
    from dragoman.rulebook.catalogue import How

# What follows a surname and is none ("Charles Testwood Jr.").
_SUFFIXES = frozenset({"Jr", "Sr", "II", "III", "IV"})
# Callings of private persons: lawyers are of the courts as a profession, and no one of them is a court.
_PRIVATE = frozenset({"lawyer", "attorney", "human rights lawyer", "solicitor", "barrister"})


class Learning:
    """Notes the people of a report with what it says of them.

    Args:
        page: the report.
        catalogue: all rows.
        candidates: its noun phrases by sentence and head position.
        choosing: which countries the report names.
        belonging: finds whose a phrase is.
        titles: codes its titles.
        known: the people learned, by the forms of their names; filled here.
        actors_of: codes a candidate (each once).
    """

    def __init__(
        self,
        page: Page,
        catalogue: Catalogue,
        candidates: Mapping[tuple[int, int], Candidate],
        choosing: Choosing,
        belonging: Belonging,
        titles: Titles,
        known: dict[str, Known],
        actors_of: Callable[[Candidate], tuple[Actor, ...]],
    ) -> None:
        self.page = page
        self.day = page.report.day
        self.catalogue = catalogue
        self.trees = {tree.sentence.index: tree for tree in page.trees}
        self.candidates = candidates
        self.countries = choosing.countries
        self.named = choosing.named
        self.belonging = belonging
        self.titles = titles
        self.known = known
        self.actors_of = actors_of

    def learn(self, candidate: Candidate) -> None:
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
        entry = self.row_inside(candidate, name, country) or self.person_entry(
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
                country, why = self.titles.unsaid(country_of, office)
            if owner is None and self.titles.of_unknown_body(country_of, office):
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
        if entry is None and offices and len(words) == 1 and actor.country_code:
            self._complete(text, actor)
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
            return self.actors_of(other)
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
            if before is None or (
                not before.actor.entity_code
                and known.actor.entity_code
                and len(words) > 1
                # A second Jackson who has a title is not the Jackson whom the report is about.
                and shares(before.actor.name or "", words)
            ):
                self.known[form] = known
            elif known.kind and not before.kind and before.actor.key == known.actor.key:
                # Named without a title first: what he bears is learned when it is told.
                self.known[form] = replace(before, kind=known.kind, office=known.office)

    def _complete(self, surname: str, told: Actor) -> None:
        """Gives who was named in full without a country the one told with his surname ("U.S. Attorney Bash")."""
        before = self.known.get(surname)
        if (
            before is None
            or before.actor.entity_code
            or before.actor.sector_code != told.sector_code
        ):
            return
        actor = replace(
            before.actor,
            entity_code=told.entity_code,
            country_code=told.country_code,
            why=f"{before.actor.why}; {told.why}",
        )
        made = replace(before, actor=actor, country=told.country_code)
        self.known.update({form: made for form, one in self.known.items() if one is before})

    def row_inside(
        self, candidate: Candidate, name: tuple[int, int], country: str | None
    ) -> Entry | None:
        """The catalogue's person whose name stands inside the phrase's name."""
        for found in candidate.found:
            if found.first < name[1] and found.last > name[0]:
                chosen = self._chosen_person(found.rows, country)
                whole = found.last - found.first >= name[1] - name[0]
                if chosen and (whole or self._is_near(chosen)):
                    return chosen
        return None

    def _is_near(self, entry: Entry) -> bool:
        """Whether a person of the catalogue may be meant by a longer name.

        A ruler known by one name alone is no Peter of that name in another land.
        """
        return " " in entry.name or entry.country_code in self.countries

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

    def person_entry(
        self, text: str, words: list[str], country: str | None, *, titled: bool
    ) -> Entry | None:
        found_whole = self._chosen_person(self.catalogue.rows(text), country)
        if found_whole:
            return found_whole
        for surname in dict.fromkeys((words[-1], " ".join(words[-2:]), words[0])):
            found = by_surname(
                self.catalogue, surname, day=self.day, country=country, countries=self.countries
            )
            if found and (titled or len(words) == 1 or shares(found.name, words)):
                if len(words) > 1 and not shares(found.name, words):
                    continue
                if len(words) > 1 and not self._is_near(found):
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


def shares(name: str, words: list[str]) -> bool:
    """Whether a catalogue name and a name of the report agree in a given name, not the surname alone."""
    left = {part.lower() for part in name.replace("-", " ").split()}
    right = {part.lower() for word in words for part in word.replace("-", " ").split()}
    return len(left & right) >= 2 or len(left) == 1
