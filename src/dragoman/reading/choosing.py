"""Which row of the catalogue a name in a report means."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from dragoman.reading.coding import choose

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.reading.catalogued import Found
    from dragoman.reading.mentions import Candidate
    from dragoman.reading.tree import Page
    from dragoman.rulebook import Catalogue, Entry
    from dragoman.rulebook.catalogue import How


class Choosing:
    """Chooses between the rows that bear a name, by the report's day and by what else it names.

    Args:
        page: the report.
        catalogue: all rows.
        order: its noun phrases in the order of the text.

    Attributes:
        countries: the countries that the report names.
        named: those that it names by a form which no other country bears.
    """

    def __init__(self, page: Page, catalogue: Catalogue, order: tuple[Candidate, ...]) -> None:
        self.day = page.report.day
        self.catalogue = catalogue
        self.trees = {tree.sentence.index: tree for tree in page.trees}
        self.order = order
        self._at = {(one.sentence, one.head): one for one in order}
        self.countries = self._countries()
        self.named = self._named()
        self.own_forms = self._own_forms()

    def chosen(self, candidate: Candidate) -> tuple[Found, Entry, How] | None:
        """The catalogue name that covers the head (the last of those inside, else none)."""
        for found in reversed(candidate.found):
            if not found.first <= candidate.head < found.last:
                continue
            rows = found.rows
            inner = self._inner_country(candidate)
            if inner and any(entry.ambiguous for entry, _ in rows):
                rows = tuple(r for r in rows if r[0].country_code == inner) or ()
            row = choose(rows, self.day, self.named)
            words = self.trees[candidate.sentence].span_of(found.first, found.last)
            if row and row[0].ambiguous and self._part_of_longer(candidate, found):
                continue
            if row and row[1] in {"capital", "metonym"} and _gone(row[0], self.day):
                continue
            if row and self._means(row[0], words):
                return found, self._homonym(candidate, row[0]), row[1]
        return None

    def meant(self) -> tuple[Candidate, ...]:
        """The noun phrases without the names of organs that may be another state's, where nothing says whose."""
        made = []
        for one in self.order:
            tree = self.trees[one.sentence]
            kept = tuple(
                found
                for found in one.found
                if any(
                    self._means(row, tree.span_of(found.first, found.last)) for row, _ in found.rows
                )
            )
            made.append(one if len(kept) == len(one.found) else replace(one, found=kept))
        return tuple(made)

    def _means(self, entry: Entry, words: str) -> bool:
        """Whether the words mean this row, by what else the report names."""
        return not _doubtful(entry, words) or self._supported(entry)

    def _countries(self) -> frozenset[str]:
        return (
            frozenset(
                entry.country_code
                for candidate in self.order
                for found in candidate.found
                for entry, _ in found.rows
                # What may be many a state's ("Congress") is no witness of one.
                if entry.country_code
                and (
                    entry.kind == "state"
                    or (
                        entry.kind == "organ"
                        and not _doubtful(
                            entry, self.trees[candidate.sentence].span_of(found.first, found.last)
                        )
                    )
                )
            )
            | self.led
        )

    @cached_property
    def led(self) -> frozenset[str]:
        """The countries whose leaders the report names by their surnames."""
        return frozenset(self._led())

    def _led(self) -> Iterator[str]:
        """The countries whose leaders the report names."""
        for one in self.order:
            if one.name is None:
                continue
            words = self.trees[one.sentence].span_of(*one.name)
            leaders = {
                row.country_code
                for row in self.catalogue.by_surname(words.split()[-1])
                if row.leads
                and row.country_code
                and (self.day is None or row.vouched_on(self.day))
                and (" " not in words or row.name == words)
            }
            if len(leaders) == 1:
                yield from (code for code in leaders if code)

    def _named(self) -> frozenset[str]:
        """The countries that the report names by a form which no other country bears."""
        made = set()
        for candidate in self.order:
            for found in candidate.found:
                codes = {entry.country_code for entry, _ in found.rows if entry.kind == "state"}
                if len(codes) == 1:
                    made |= codes
        return frozenset(code for code in made if code)

    def _own_forms(self) -> dict[str, int]:
        """By how many different forms the report names each state that has a namesake elsewhere."""
        forms: dict[str, set[str]] = {}
        for candidate in self.order:
            tree = self.trees[candidate.sentence]
            for found in candidate.found:
                for entry, _ in found.rows:
                    if entry.homonym:
                        text = tree.span_of(found.first, found.last)
                        forms.setdefault(entry.id, set()).add(text)
        return {key: len(words) for key, words in forms.items()}

    def _homonym(self, candidate: Candidate, entry: Entry) -> Entry:
        """The part of another state that bears a state's name, where only its neighbours are named."""
        other = entry.homonym
        if other is None or self.own_forms.get(entry.id, 0) > 1:
            return entry
        near = any(
            one.sentence == candidate.sentence
            and one is not candidate
            and self.catalogue.places.get(
                self.trees[one.sentence].span_of(one.first, one.last).partition(",")[0]
            )
            == other
            for one in self.order
        )
        if not near and self.named != {entry.country_code, other}:
            return entry
        return replace(
            entry,
            id=f"place:{entry.name}",
            name=f"{entry.name} ({other})",
            entity_code=other,
            country_code=other,
        )

    def _inner_country(self, candidate: Candidate) -> str | None:
        """The state whose it is by the phrase: "Brazil's Congress", "the Senate of Nigeria"."""
        codes = [
            entry.country_code
            for found in (*candidate.found, *self._owning(candidate))
            if not found.first <= candidate.head < found.last
            for entry, _ in found.rows
            if entry.kind == "state"
        ]
        return codes[0] if codes else None

    def _part_of_longer(self, candidate: Candidate, found: Found) -> bool:
        """Whether the tagger sees a longer name ("the Pan Africanist Congress")."""
        tree = self.trees[candidate.sentence]
        inner = [other for other in candidate.found if other is not found]
        return any(
            name.label == "ORG"
            and name.first < found.first
            and found.last <= name.last
            and not any(name.first <= other.first for other in inner)
            for name in tree.tags.names
        )

    def _owning(self, candidate: Candidate) -> tuple[Found, ...]:
        """The names right before a phrase as its owner, and behind it with "of"."""
        tree = self.trees[candidate.sentence]
        heads = [kid for kid in tree.kids(candidate.head, "nmod") if tree.case(kid) in {"of", "in"}]
        if candidate.first > 1 and tree.tokens[candidate.first - 1].text in {"'s", "’s"}:
            heads.append(candidate.first - 2)
        return tuple(
            found
            for one in heads
            if (other := self._at.get((candidate.sentence, one))) is not None
            for found in other.found
            if found.first <= one < found.last
        )

    def _supported(self, entry: Entry) -> bool:
        """An ambiguous organ needs its state named in the report; a state's name is taken as it is.

        Where its row lists the states that have such a thing too, it is enough that none of these is named.
        """
        if entry.kind == "state" or entry.country_code is None:
            return True
        others = set(entry.note.partition("elsewhere: ")[2].split())
        return entry.country_code in self.countries or (
            bool(others) and not others & self.countries
        )


def _gone(entry: Entry, day: str | None) -> bool:
    """Whether a state had ended by then: its capital stands for no government any more."""
    return bool(entry.until and day and entry.until < day[: len(entry.until)])


def _doubtful(entry: Entry, words: str) -> bool:
    """Whether these very words may name another's organ or party too ("Congress", not "US Congress")."""
    if not entry.ambiguous:
        return False
    marked = entry.note.split("ambiguous: ")[1:]
    names = {one.partition(" = ")[0] for one in marked}
    return words.removeprefix("the ").removeprefix("The ") in names or not names
