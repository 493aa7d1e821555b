"""Coding what is described and not named: "the Bahraini monarch", "Russian troops", "a Hamas official"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.entries import Actor
from dragoman.reading.coding import code, from_title, moved, office_holder, sector_with
from dragoman.reading.following import STATE_NOUNS

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.reading.belonging import Belonging
    from dragoman.reading.coding import Known
    from dragoman.reading.following import Memory
    from dragoman.reading.mentions import Candidate
    from dragoman.reading.tree import Tree
    from dragoman.rulebook import Catalogue, Entry, Office
    from dragoman.spans import Span

_LEADING = frozenset({"head_of_state", "monarch", "head_of_government"})
_FORMER = frozenset(
    "former ex ex- late then onetime one-time ousted deposed toppled overthrown retired erstwhile".split()
)
_LAND = frozenset({"country", "kingdom", "republic", "nation", "state", "emirate", "sultanate"})


class Describing:
    """Codes the descriptions of a report.

    Args:
        catalogue: all rows.
        day: the report's day.
        belonging: finds whose a phrase is.
        memory: who has been spoken of so far.
        known: the people whom the report has taught, by the forms of their names.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        day: str | None,
        belonging: Belonging,
        memory: Callable[[], Memory],
        known: dict[str, Known],
    ) -> None:
        self.catalogue = catalogue
        self.day = day
        self.belonging = belonging
        self._memory = memory
        self.known = known

    @property
    def memory(self) -> Memory:
        return self._memory()

    def actors(self, candidate: Candidate, tree: Tree, span: Span) -> tuple[Actor, ...]:
        """The parties that a description stands for; none where it describes no party."""
        owner = self.belonging.owner(candidate)
        countries = self.belonging.countries(candidate) or ((None, ""),)
        if candidate.offices and candidate.offices[-1][0] == candidate.head:
            return tuple(
                actor
                for country, why in countries
                if (actor := self._office(candidate, tree, span, country, why, owner))
            )
        made = (self._role(candidate, tree, span, country, why) for country, why in countries)
        if owner and candidate.role:
            return (self._owned(candidate, tree, span, owner),)
        return tuple(actor for actor in made if actor)

    def _owned(self, candidate: Candidate, tree: Tree, span: Span, owner: Entry) -> Actor:
        """The officials, troops or board of an international body or a group."""
        noun, role = tree.lemma(candidate.head), candidate.role
        sector = sector_with(owner, role.sector, role.kind) if role else owner.sector
        return replace(
            code(owner, "name", span, self.day),
            sector_code=sector,
            why=f"“{span.text}”: {noun!r} of {owner.name} ({owner.id}), sector {sector}",
        )

    def _role(
        self, candidate: Candidate, tree: Tree, span: Span, country: str | None, why: str
    ) -> Actor | None:
        noun, role = tree.lemma(candidate.head), candidate.role
        if role is None and noun not in STATE_NOUNS:
            return None
        if country is None and definite(tree, candidate):
            country, why = self.memory.bridged(candidate, noun)
        if noun in _LAND and candidate.kind == "description":
            return self._state(span, country, why) if country else None
        sector = role.sector if role else None
        text = f"“{span.text}”: {noun!r} gives sector {sector}"
        text += f"; country {country} from {why}" if country else "; no country told"
        return Actor(
            span=span, entity_code=country, country_code=country, sector_code=sector, why=text
        )

    def _state(self, span: Span, country: str, why: str) -> Actor:
        entry = self.catalogue.entries.get(f"state:{country}")
        return Actor(
            span=span,
            name=entry.name if entry else None,
            entity_code=country,
            country_code=country,
            catalogue_id=entry.id if entry else None,
            why=f"“{span.text}”: country {country} from {why}",
        )

    def _office(
        self,
        candidate: Candidate,
        tree: Tree,
        span: Span,
        country: str | None,
        why: str,
        owner: Entry | None,
    ) -> Actor | None:
        office = candidate.offices[-1][1]
        plural = tree.tokens[candidate.head].text.lower() != tree.lemma(candidate.head)
        gone = former(tree, candidate)
        if not plural and not gone:
            back = self._back_to(office, country, owner)
            if back:
                return moved(back, span, f"followed back to {back.name}")
            holder = None if owner else office_holder(self.catalogue, office, country, self.day)
            if holder:
                return moved(code(holder, "name", span, self.day), span, f"the {office.titles[0]}")
        if owner is None and country is None and definite(tree, candidate):
            country, why = self.memory.bridged(candidate, tree.lemma(candidate.head))
        return from_title(span, None, office, country, why, former=gone, owner=owner)

    def _back_to(self, office: Office, country: str | None, owner: Entry | None) -> Actor | None:
        """The person of that office whom the report has named, nearest before, else anywhere."""
        kinds = (
            _LEADING if office.kind == "head_of_state" and not _single(office) else {office.kind}
        )
        known = {
            known.actor.key: known
            for known in self.known.values()
            if known.kind
            and known.kind in kinds
            and (country is None or known.country == country)
            and (owner is None or known.actor.entity_code == owner.entity_code)
        }
        for _, _, actor, _ in reversed(self.memory.persons):
            if actor.key in known:
                return actor
        return next(iter(known.values())).actor if len(known) == 1 else None


def former(tree: Tree, candidate: Candidate) -> bool:
    """Whether the phrase says that its title is one of the past."""
    words = (
        tree.tokens[position].text.lower() for position in range(candidate.first, candidate.last)
    )
    return any(word in _FORMER or word.startswith("ex-") for word in words)


def definite(tree: Tree, candidate: Candidate) -> bool:
    """Whether the phrase points back: "the", "its", "that", or no article before a mass noun."""
    kids = tree.kids(candidate.head, "det")
    if any(tree.tokens[kid].text.lower() in {"the", "this", "that"} for kid in kids):
        return True
    return not kids and tree.lemma(candidate.head) in {"police", "authorities", "parliament"}


def _single(office: Office) -> bool:
    """Whether a title names one office ("president") rather than any leader ("head of state")."""
    return not {"leader", "ruler", "head of state", "strongman"} & set(office.titles)
