"""Coding what is described and not named: "the Bahraini monarch", "Russian troops", "a Hamas official"."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from dragoman.entries import Actor
from dragoman.reading.bridging import LAND
from dragoman.reading.coding import (
    code,
    country_led_by,
    moved,
    sector_with,
)
from dragoman.reading.referring import is_plural
from dragoman.reading.summits import Summits
from dragoman.reading.titles import Titles, former

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.reading.belonging import Belonging
    from dragoman.reading.bridging import Bridging
    from dragoman.reading.coding import Known
    from dragoman.reading.following import Memory
    from dragoman.reading.mentions import Candidate
    from dragoman.reading.tree import Tree
    from dragoman.rulebook import Catalogue, Entry, Role
    from dragoman.spans import Span

_NOWHERE: tuple[tuple[str | None, str], ...] = ((None, ""),)
# Whose it is is told by a name that nobody knows: then it is not of the report's country either.
_UNKNOWN: tuple[tuple[str | None, str], ...] = ((None, "a name that is not known"),)
_RULES = frozenset({"administration", "government", "regime", "cabinet"})
_PEOPLE_OF = frozenset({"member", "supporter", "follower", "figure"})
_ABSTRACT = frozenset({"justice", "exile", "resistance", "division"})
_CRAFT = frozenset({"aircraft", "helicopter", "pilot", "rocket"})
_MARTIAL = frozenset(
    "military combat war attack army navy fighter armed government air bomber surveillance".split()
)
_OF_A_CONFLICT = frozenset(
    "warring conflicting third interested concerned opposing rival belligerent contracting other".split()
)
_OF_POLITICS = frozenset(
    "ruling governing opposition government conservative liberal socialist left-wing right-wing nationalist "
    "centre-left centre-right center-left center-right electoral".split()
)
_STATES = frozenset({"state", *LAND})
_OF_A_STATE = frozenset({"GOV", "LEG", "JUD", "COP", "MIL", "SPY"})
_GATHERED = frozenset({"state", "assembly"})


class Describing:
    """Codes the descriptions of a report.

    Args:
        catalogue: all rows.
        day: the report's day.
        belonging: finds whose a phrase is.
        memory: who has been spoken of so far.
        bridging: gives the country or party that a description leaves unsaid.
        known: the people whom the report has taught, by the forms of their names.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        day: str | None,
        belonging: Belonging,
        memory: Callable[[], Memory],
        bridging: Callable[[], Bridging],
        known: dict[str, Known],
    ) -> None:
        self.catalogue = catalogue
        self.day = day
        self.belonging = belonging
        self.titles = Titles(catalogue, day, belonging, memory, bridging, known)
        self._bridging = bridging
        self.known = known

    @cached_property
    def summits(self) -> Summits:
        """The bodies whose leaders the report tells of."""
        return Summits(tuple(self.belonging.candidates.values()), self.belonging.trees, self.day)

    @property
    def bridging(self) -> Bridging:
        return self._bridging()

    def actors(self, candidate: Candidate, tree: Tree, span: Span) -> tuple[Actor, ...]:
        """The parties that a description stands for; none where it describes no party."""
        if tree.lemma(candidate.head) in _ABSTRACT and not (
            is_plural(tree, candidate.head)
            or tree.kids(candidate.head, "det", "nummod", "nmod:poss")
        ):
            return ()
        owner = self.belonging.owner(candidate)
        countries = self.belonging.countries(candidate) or self._led(candidate, tree) or _NOWHERE
        if tree.lemma(candidate.head) == "counterpart" and not (
            candidate.found or any(map(tree.case, tree.kids(candidate.head, "nmod")))
        ):
            # "His counterpart" is anybody's but his own country's.
            countries, owner = _UNKNOWN, None
        if tree.lemma(candidate.head) == "officer" and countries == _NOWHERE and owner is None:
            again = self.bridging.again.named_before(candidate, "officer")
            if again:
                return (moved(again, span, f"speaks again of {again.span.text}"),)
        if self._by_title(candidate, tree):
            return tuple(
                actor
                for country, why in countries
                if (actor := self.titles.actor(candidate, tree, span, country, why, owner))
            )
        if owner and candidate.role:
            beside = (
                self._role(candidate, tree, span, country, why)
                for country, why in self.belonging.joined(candidate)
            )
            return (
                *(actor for actor in beside if actor),
                self._owned(candidate, tree, span, owner),
            )
        if countries == _NOWHERE and owner is None:
            again = self.bridging.again.named_before(candidate, tree.lemma(candidate.head))
            if again:
                return (moved(again, span, f"speaks again of {again.name or again.span.text}"),)
        made = (self._role(candidate, tree, span, country, why) for country, why in countries)
        return tuple(actor for actor in made if actor)

    def _by_title(self, candidate: Candidate, tree: Tree) -> bool:
        """Whether the head is a title, and no longer noun of which it is a part ("church leaders")."""
        if not candidate.offices or candidate.offices[-1][0] != candidate.head:
            return False
        words = tree.span_of(max(candidate.first, candidate.head - 1), candidate.head + 1).lower()
        office, role = candidate.offices[-1][1], candidate.role
        longer = " " in words and role is not None and words in role.words
        return not longer or any(" " in title for title in office.titles)

    def _led(self, candidate: Candidate, tree: Tree) -> tuple[tuple[str | None, str], ...]:
        """The country of who leads it: "the Trump administration"."""
        role = candidate.role
        campaign = role is not None and tree.lemma(candidate.head) == "campaign"
        if role is None or not (campaign or role.kind in {"government", "official"}):
            return ()
        name, told = self._leader(candidate, tree)
        if name is None:
            return ()
        between = {tree.lemma(at) for at in range(name[1], candidate.head)}
        if role.kind == "official" and not _RULES & between:
            return ()
        if between - _RULES - {"'s", "’s"}:
            return ()
        text = tree.span_of(*name)
        known = self.known.get(text)
        country = known.country if known else None
        country = country or country_led_by(self.catalogue, text, self.day)
        if country:
            return ((country, f"“{text}”, who leads it"),)
        # Whose government it is the name says, and nothing else: better none than the report's.
        return _UNKNOWN if told else ()

    def _leader(self, candidate: Candidate, tree: Tree) -> tuple[tuple[int, int] | None, bool]:
        """The name before a noun ("the Trump administration"), and whether it is surely a person's."""
        for name in tree.tags.names:
            if (
                name.label == "PER"
                and candidate.first <= name.first
                and name.last <= candidate.head
            ):
                return (name.first, name.last), True
        before = candidate.head - 1
        if before >= candidate.first and tree.tokens[before].upos == "PROPN":
            return (before, candidate.head), False
        return None, False

    def leaders(self, candidate: Candidate, tree: Tree, span: Span) -> tuple[Actor, ...]:
        """Those who lead the members of a body, where "the leaders" means them."""
        body = self.summits.body(candidate, tree)
        if body is None or self.belonging.countries(candidate) or self.belonging.owner(candidate):
            return ()
        why = f"“{span.text}”: the leaders of {body.name} ({body.id}), whose summit the report tells of"
        return (replace(code(body, "name", span, self.day), sector_code=body.sector, why=why),)

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
        if role is None and noun not in _STATES:
            return None
        told = country is not None
        if country is None and not why:
            country, why = self.bridging.country(candidate, noun)
        if noun in _GATHERED and any(
            tree.case(kid) == "of" and tree.tokens[kid].upos == "NOUN"
            for kid in tree.kids(candidate.head, "nmod")
        ):
            # A state of emergency is no state, and an assembly of ministers no parliament.
            return None
        if noun in _STATES and candidate.kind == "description":
            if is_plural(tree, candidate.head) and not told:
                return None
            return self._state(span, country, why) if country else None
        sector = _sector(tree, candidate, role, country)
        if noun in _PEOPLE_OF:
            sector = self.titles.modified(candidate, tree) or sector
        if (
            sector == "GOV"
            and role is not None
            and role.kind == "official"
            and former(tree, candidate)
        ):
            sector = "ELI"
        text = f"“{span.text}”: {noun!r} gives sector {sector}"
        text += f"; country {country} from {why}" if country else "; no country told"
        return Actor(
            span=span,
            name=_proper_name(tree, candidate, sector),
            entity_code=country,
            country_code=country,
            sector_code=sector,
            why=text,
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


def _proper_name(tree: Tree, candidate: Candidate, sector: str | None) -> str | None:
    """The name of a body that the catalogue does not know, but for its kind ("the Harbour Foundation").

    An organ of a state ("the Interior Ministry") is told by its state and sector.
    """
    if candidate.kind != "name" or candidate.label != "ORG" or sector in _OF_A_STATE:
        return None
    first = candidate.first + (tree.tokens[candidate.first].upos == "DET")
    words = [tree.tokens[at].text for at in range(first, candidate.head + 1)]
    if len(words) < 2 or not all(word[:1].isupper() for word in words):
        return None
    return tree.span_of(first, candidate.head + 1)


def _sector(tree: Tree, candidate: Candidate, role: Role | None, country: str | None) -> str | None:
    """The sector of a noun; "warring parties" and coalitions of states are no political parties."""
    if role is None or role.sector == "UNK":
        return role.sector if role else None
    words = {tree.tokens[at].text.lower() for at in range(candidate.first, candidate.head)}
    lemma = tree.lemma(candidate.head)
    if lemma == "party" and (
        words & _OF_A_CONFLICT or (is_plural(tree, candidate.head) and words & {"all", "both"})
    ):
        return None
    if lemma in _CRAFT and not words & _MARTIAL and not country:
        return None
    if lemma == "coalition" and not words & _OF_POLITICS:
        return None
    return role.sector
