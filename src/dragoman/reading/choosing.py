"""Which row of the catalogue a name in a report means."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.reading.coding import choose

if TYPE_CHECKING:
    from dragoman.reading.mentions import Candidate, Found
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
            if row and (not row[0].ambiguous or self._supported(row[0])):
                return found, self._homonym(candidate, row[0]), row[1]
        return None

    def _countries(self) -> frozenset[str]:
        return frozenset(
            entry.country_code
            for candidate in self.order
            for found in candidate.found
            for entry, _ in found.rows
            if entry.country_code and entry.kind in {"state", "organ"}
        )

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
        codes = [
            entry.country_code
            for found in candidate.found
            if not found.first <= candidate.head < found.last
            for entry, _ in found.rows
            if entry.kind == "state"
        ]
        return codes[0] if codes else None

    def _supported(self, entry: Entry) -> bool:
        """An ambiguous organ needs its state named in the report; a state's name is taken as it is."""
        known = entry.country_code is None or entry.country_code in self.countries
        return entry.kind == "state" or known
