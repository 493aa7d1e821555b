"""The land that a report is about: the only one that it names, or the one beside which others are named in passing."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

from dragoman.reading.referring import definite

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.reading.catalogued import Found
    from dragoman.reading.mentions import Candidate
    from dragoman.reading.tree import Page, Tree
    from dragoman.rulebook import Catalogue

HYPHENS = frozenset("-‑–")
# From how many namings on, and what share of them, one land is plainly what a report is about.
_ENOUGH = 4
_TITLED = 0.7
_UNTITLED = 0.85
# Whose government or police acts, without more, where the title names one state alone: the state, if it is named most.
_RULED = 0.4
# A report on the Holy See tells of its church, whose schools and authorities are in all lands.
_OF_A_CHURCH = frozenset({"VAT"})

_BODIES = frozenset({"UNO", "IGO", "EUR", "NGO"})

# Of no one land, or of others than the one that is spoken of.
_WORLD = frozenset("world region continent globe planet earth".split())
_FOREIGN = frozenset(
    "foreign international world global other neighboring neighbouring allied multinational".split()
)
# Titles of all kinds of bodies, which need an article to be a state's ("a speaker", "bond department head").
_OF_ANY_GATHERING = frozenset(
    """speaker head chief director chairman leader president secretary commissioner spokesman spokeswoman
    spokesperson""".split()
)


class Homeland:
    """Which country a report tells of at home.

    Args:
        page: the report.
        catalogue: all rows.
        candidates: its noun phrases.
        led: the countries whose leaders it names.
    """

    def __init__(
        self,
        page: Page,
        catalogue: Catalogue,
        candidates: Iterable[Candidate],
        led: frozenset[str],
    ) -> None:
        self.title = page.report.title or ""
        self.catalogue = catalogue
        self.trees = {tree.sentence.index: tree for tree in page.trees}
        self.candidates = tuple(candidates)
        self.led = led

    @cached_property
    def only(self) -> str | None:
        """The only country that the report names, by any of its names, towns or people."""
        codes: set[str] = set(self.led)
        if len(codes) > 1:
            return None
        for one in self.candidates:
            tree = self.trees[one.sentence]
            for found in one.found:
                if hyphened(tree, found):
                    continue
                own = self.countries_of(tree, found)
                if len(own) == 1 or (own and not own & codes):
                    codes.add(min(own))
            town = self._town(one, tree)
            if town:
                codes.add(town)
            if len(codes) > 1:
                return None
        return next(iter(codes)) if codes else None

    @cached_property
    def about(self) -> str | None:
        """The country that the report is plainly about, though it names others: the title says so, or nearly all."""
        named = self._counted()
        if not named:
            return None
        (first, times), total = named.most_common(1)[0], sum(named.values())
        titled = self.titled()
        if first in _OF_A_CHURCH or times < _ENOUGH or (titled and first not in titled):
            return None
        return first if times / total >= (_TITLED if titled == {first} else _UNTITLED) else None

    @cached_property
    def ruled(self) -> str | None:
        """The one state that the title names, where the report names it most: "the government" is its own."""
        named = self._counted()
        states = {
            row.country_code
            for hit in self.catalogue.find(self.title)
            for row, _ in hit.rows
            if row.kind == "state" and row.country_code
        }
        if not named or self.of_a_body() or self.titled() != states:
            return None
        (first, times), total = named.most_common(1)[0], sum(named.values())
        plain = times >= _ENOUGH and times / total >= _RULED
        return first if plain and states == {first} and first not in _OF_A_CHURCH else None

    def _counted(self) -> Counter[str]:
        """How often the report names each country, each place of the text once."""
        named: Counter[str] = Counter()
        seen: set[tuple[int, int]] = set()
        surnames = {
            self.trees[one.sentence].tokens[one.name[1] - 1].text
            for one in self.candidates
            if one.name and one.name[1] - one.name[0] > 1
        }
        for one in self.candidates:
            tree = self.trees[one.sentence]
            for found in one.found:
                if tree.span_of(found.first, found.last) in surnames:
                    continue
                own = self.countries_of(tree, found)
                if len(own) == 1 and (one.sentence, found.first) not in seen:
                    named[min(own)] += 1
                    seen.add((one.sentence, found.first))
            town = self._town(one, tree)
            if town:
                named[town] += 1
        return named

    def titled(self) -> set[str]:
        """The countries that the title names."""
        return {
            row.country_code
            for hit in self.catalogue.find(self.title)
            for row, _ in hit.rows
            if row.country_code and row.kind != "outlet"
        }

    def of_a_body(self) -> bool:
        """Whether the title names a body of several states or of none ("UN Chief: ...")."""
        return any(
            row.kind == "body" and row.entity_code in _BODIES
            for hit in self.catalogue.find(self.title)
            for row, _ in hit.rows
        )

    def _town(self, one: Candidate, tree: Tree) -> str | None:
        if one.kind == "name" and not one.found and not one.name:
            return self.catalogue.places.get(tree.span_of(one.first, one.last))
        return None

    def countries_of(self, tree: Tree, found: Found) -> set[str]:
        """The countries that a catalogue name may mean, its own or that of a word in it."""
        own = {
            row.country_code for row, _ in found.rows if row.country_code and row.kind != "outlet"
        }
        if own or any(row.kind in {"outlet", "state"} for row, _ in found.rows):
            return own
        return {
            row.country_code
            for at in range(found.first, found.last)
            for row, _ in self.catalogue.rows(tree.tokens[at].text)
            if row.kind == "state" and row.country_code
        }


def hyphened(tree: Tree, found: Found) -> bool:
    """Whether a name is a part of "pro-Russian" or "Iran-backed"."""
    text = tree.tags.text
    before, after = text[max(found.start - 1, 0) : found.start], text[found.end : found.end + 1]
    return before in HYPHENS or after in HYPHENS


def of_all_lands(tree: Tree, candidate: Candidate) -> bool:
    """Whether a phrase, or the list that it stands in, is of no one land ("kings and presidents of the world")."""
    words = {tree.lemma(at) for at in range(candidate.first, candidate.head)}
    if words & _FOREIGN:
        return True
    group = {candidate.head, tree.first_conjunct(candidate.head)}
    return any(
        tree.case(kid) in {"of", "in"}
        and tree.tokens[kid].upos == "NOUN"
        and tree.lemma(kid) in _WORLD
        for head in group
        for kid in tree.kids(head, "nmod")
    )


def one_of_the_land(tree: Tree, candidate: Candidate) -> bool:
    """Whether the report's land may give a phrase its country: not "a king", "several speakers", "tech leaders"."""
    if candidate.name or not candidate.offices or candidate.offices[-1][0] != candidate.head:
        return True
    office = candidate.offices[-1][1]
    if "head" in office.titles:
        return False
    if definite(tree, candidate) or tree.kid(candidate.head, "nmod:poss"):
        return True
    return office.kind != "monarch" and not set(office.titles) & _OF_ANY_GATHERING
