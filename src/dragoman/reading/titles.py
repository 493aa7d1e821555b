"""Who bears a title that a report gives without a name, and of whose state or body it is: "the minister"."""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from dragoman.reading.coding import (
    choose,
    code,
    from_title,
    holds_office,
    moved,
    office_holder,
)
from dragoman.reading.homeland import of_all_lands
from dragoman.reading.referring import is_plural

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.entries import Actor
    from dragoman.language.tags import Name
    from dragoman.reading.belonging import Belonging
    from dragoman.reading.bridging import Bridging
    from dragoman.reading.catalogued import Found
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
# Offices of which a state has one; of others only the very title is followed back.
_SINGLE = frozenset(
    {"head_of_state", "monarch", "head_of_government", "foreign_minister", "defence_minister"}
)
# One office under several names.
_ALIKE = frozenset({"representative", "congressman", "congresswoman"})
_ONCE = frozenset({"previously", "formerly", "once"})
# Titles that firms, clubs and offices of all kinds give as well.
_OF_ANY_BODY = frozenset(
    {
        "president",
        "chairman",
        "director",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "official",
        "leader",
        "head",
        "chief",
        "secretary",
        "vice president",
        "commissioner",
        "deputy",
        "executive director",
    }
)
_BESIDE = frozenset({"appos", "flat", "nmod:desc", "compound"})
_OF_A_STATE = frozenset({"GOV", "LEG", "JUD", "COP", "MIL", "OPP", "SPY", "ELI"})
_INDEFINITE = frozenset("a an another one some any no each every several many".split())
_GENERAL = frozenset({None, "GOV", "UNK", "CVL", "BUS"})


class Titles:
    """Codes the titles of a report.

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
        self._memory = memory
        self._bridging = bridging
        self.known = known
        self._borne: dict[tuple[str, str], frozenset[str]] = {}

    @property
    def memory(self) -> Memory:
        return self._memory()

    @property
    def bridging(self) -> Bridging:
        return self._bridging()

    def actor(
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
        office = self._sectored(candidate, tree, office)
        gone = former(tree, candidate)
        beside = self._beside(candidate, tree)
        if beside:
            return replace(beside, span=span)
        wanted = _wanted(tree, candidate)
        bare = candidate.first == candidate.head and office.kind not in _SINGLE
        bare = bare and tree.tokens[candidate.head].deprel != "appos"
        if not (plural or wanted or bare or _new(tree, candidate)):
            back = self._back_to(office, country, owner, gone=gone)
            if back:
                return moved(back, span, f"followed back to {back.name}")
            holder = (
                None if owner or gone else office_holder(self.catalogue, office, country, self.day)
            )
            if holder:
                return moved(code(holder, "name", span, self.day), span, f"the {office.titles[0]}")
        if owner is None and country is None:
            country, why = self.unsaid(candidate, office)
        if owner is None and self.of_unknown_body(candidate, office):
            office = replace(office, sector=None)
        return from_title(span, None, office, country, why, former=gone, owner=owner)

    def _sectored(self, candidate: Candidate, tree: Tree, office: Office) -> Office:
        """A title that any body gives, with the sector of whose it is ("police spokesman")."""
        if (
            office.titles[0] == "representative"
            and not candidate.name
            and not self._beside_any(candidate, tree)
        ):
            return replace(office, sector="GOV")
        if (
            office.titles[0] == "officer"
            and self.modified(candidate, tree) is None
            and self.of_police
        ):
            return replace(office, sector="COP")
        if not set(office.titles) & _OF_ANY_BODY:
            return office
        sector = self.modified(candidate, tree)
        return replace(office, sector=sector) if sector else office

    @cached_property
    def of_police(self) -> bool:
        """Whether the report speaks of police and of no army, so that its officers are the police's."""
        told = {
            one.role.sector
            for one in self.belonging.candidates.values()
            if one.role
            and "officer" not in {title for _, office in one.offices for title in office.titles}
        }
        return "COP" in told and "MIL" not in told

    def _beside_any(self, candidate: Candidate, tree: Tree) -> bool:
        """Whether a person's name stands right behind a title."""
        return any(
            name.label == "PER" and name.first == candidate.head + 1 for name in tree.tags.names
        )

    def _beside(self, candidate: Candidate, tree: Tree) -> Actor | None:
        """The person named right beside a title ("governor of the state Ann Smith"), if known."""
        for name in tree.tags.names:
            token = tree.tokens[name.first]
            # "A Brook adviser" is not Brook.
            hangs = token.head == candidate.head and token.deprel in _BESIDE
            hangs = hangs and not (token.deprel == "compound" and name.first < candidate.head)
            if name.label == "PER" and (hangs or name.first == candidate.head + 1):
                known = self.known.get(tree.span_of(name.first, name.last))
                if known and known.actor.entity_code:
                    return known.actor
        return None

    def unsaid(self, candidate: Candidate, office: Office) -> tuple[str | None, str]:
        """The country of a title that names none: the state just spoken of, the report's, the title's own."""
        if self.of_unknown_body(candidate, office) or of_a_region(candidate):
            return None, ""
        if office.sector not in _OF_A_STATE:
            return self.bridging.faced(candidate, office.sector)
        tree = self.belonging.trees[candidate.sentence]
        if of_all_lands(tree, candidate):
            return None, ""
        several = is_plural(tree, candidate.head) and not former(tree, candidate)
        if several and office.kind in _SINGLE and _single(office):
            # A land has one president: "presidents" are of several.
            return None, ""
        if not candidate.name:
            country, why = self.bridging.country(candidate, office.titles[0])
            if country:
                return country, why
        if office.kind != "other":
            if self.bridging.home:
                return self.bridging.home, "the only country that the report names"
            if not _wanted(tree, candidate):
                country, why = self.bridging.at_home(candidate, office.sector)
                if country:
                    return country, why
        if office.country:
            return office.country, f"{office.titles[0]!r}, an office of that country"
        return None, ""

    def of_unknown_body(self, candidate: Candidate, office: Office) -> bool:
        """Whether a title that firms and clubs give too stands with the name of one ("Acme president")."""
        if not set(office.titles) & _OF_ANY_BODY:
            return False
        tree = self.belonging.trees[candidate.sentence]
        for name in tree.tags.names:
            if name.label != "ORG" or self._of_a_state(tree, name.first, name.last):
                continue
            over = [one for one in candidate.found if _meet(one, name)]
            within = over and _named_after_a_state(over, name)
            if over and not within:
                continue
            head = tree.tokens[name.last - 1]
            inside = candidate.first <= name.first < candidate.last
            of = head.head in {position for position, _ in candidate.offices}
            if inside or (of and tree.case(name.last - 1) == "of"):
                return bool(within) or not self.belonging.country(candidate)[0]
        return self._behind_a_name(candidate, tree)

    def _behind_a_name(self, candidate: Candidate, tree: Tree) -> bool:
        """Whether a name that nobody knows stands right before a title ("Acme President Ann Testwood")."""
        if not candidate.offices:
            return False
        title, office = candidate.offices[-1]
        before = title - _length(tree, title, office)
        if before > 0 and tree.tokens[before].text == ")":
            # "The Rowers' Front (All Rivers Union) president"
            opened = (at for at in range(before, 0, -1) if tree.tokens[at].text == "(")
            before = next(opened, 0) - 1
        elif before < candidate.first:
            return False
        if before < 0:
            return False
        word = tree.tokens[before]
        known = any(one.first <= before < one.last for one in candidate.found)
        lower = word.text.lower()
        listed = word.text in self.catalogue.places or lower in self.catalogue.offices
        listed = listed or lower in self.catalogue.titles
        organ = lower != "congress" and self._of_a_state(tree, max(before - 1, 0), before + 1)
        return word.upos == "PROPN" and not (known or listed or organ)

    def _of_a_state(self, tree: Tree, first: int, last: int) -> bool:
        """Whether a name's own words tell of a state's organ ("the Coast Guard", "the Department of Rivers")."""
        words = [tree.lemma(at) for at in range(first, last)]
        roles = (self.catalogue.roles.get(word) for word in (*words, " ".join(words)))
        return any(role is not None and role.sector in _OF_A_STATE for role in roles)

    def _back_to(
        self, office: Office, country: str | None, owner: Entry | None, *, gone: bool
    ) -> Actor | None:
        """The person of that office whom the report has named, nearest before, else anywhere."""
        alike = _ALIKE if office.id in _ALIKE else {office.id}
        kinds = (
            _LEADING if office.kind == "head_of_state" and not _single(office) else {office.kind}
        )
        known = {
            known.actor.key: known
            for known in self.known.values()
            if known.kind
            and known.kind in kinds
            and (known.kind in _SINGLE or known.office in alike)
            and (country is None or known.country == country)
            and (owner is None or known.actor.entity_code == owner.entity_code)
            and (not gone or known.actor.sector_code == "ELI")
        }
        exact = {key for key, one in known.items() if one.office in alike}
        told = [actor for _, _, actor, _ in reversed(self.memory.persons)]
        # The president is not the president-elect where both are told of.
        bearers = [
            one
            for one in told
            if one.key in exact or (not gone and self._holds(office, country, one))
        ]
        found = next((one for one in (*bearers, *told) if one in bearers or one.key in known), None)
        if found:
            return found
        return next(iter(known.values())).actor if len(known) == 1 else None

    def _holds(self, office: Office, country: str | None, actor: Actor) -> bool:
        """Whether the catalogue knows somebody to bear a title on the report's day."""
        home = actor.country_code
        if home is None or country not in {None, home} or actor.name is None:
            return False
        if not (actor.catalogue_id or "").startswith("person:"):
            return False
        return actor.name in self._bearers(office, home)

    def _bearers(self, office: Office, country: str) -> frozenset[str]:
        """Who bore an office of a country on the report's day, by the catalogue; each worked out once."""
        day, key = self.day, (office.id, country)
        if key not in self._borne:
            self._borne[key] = frozenset(
                entry.name
                for entry in (self.catalogue.people_of(country) if day else ())
                if holds_office(entry, office, day or "")
            )
        return self._borne[key]

    def modified(self, candidate: Candidate, tree: Tree) -> str | None:
        """The sector of the noun that stands before a general one, or that it is "of"."""
        before = tree.tokens[candidate.head - 1] if candidate.head > candidate.first else None
        if before is not None and before.upos in {"NOUN", "ADJ"}:
            role = self.catalogue.roles.get(before.lemma.lower())
            if role and role.sector not in _GENERAL:
                return role.sector
        for kid in tree.kids(candidate.head, "nmod"):
            other = self.belonging.candidates.get((candidate.sentence, kid))
            if other and other.kind != "pronoun" and tree.case(kid) == "of":
                # The African Union is no trade union.
                named = any(entry.kind == "body" for one in other.found for entry, _ in one.rows)
                role = None if named else other.role
                if role and role.sector not in _GENERAL:
                    return role.sector
                for found in other.found:
                    row = choose(found.rows, self.day)
                    if row and row[0].kind == "organ" and row[0].sector not in _GENERAL:
                        return row[0].sector
        return None


def _meet(found: Found, name: Name) -> bool:
    return found.first < name.last and found.last > name.first


def _named_after_a_state(over: list[Found], name: Name) -> bool:
    """Whether a body that nobody knows has a state's name in its own ("the Malta Chess Union")."""
    return all(
        one.last - one.first < name.last - name.first
        and any(row.kind == "state" for row, _ in one.rows)
        for one in over
    )


def of_a_region(candidate: Candidate) -> bool:
    """Whether a phrase says of which region its people are ("Arab leaders"): no one country's, then."""
    return any(entry.kind == "region" for found in candidate.found for entry, _ in found.rows)


def former(tree: Tree, candidate: Candidate) -> bool:
    """Whether the phrase says that its title is one of the past."""
    words = (
        tree.tokens[position].text.lower() for position in range(candidate.first, candidate.last)
    )
    if any(word in _FORMER or word.startswith("ex-") for word in words):
        return True
    heads = (candidate.head, *(position for position, _ in candidate.offices))
    return any(
        tree.tokens[kid].text.lower() in _ONCE
        for head in heads
        for kid in tree.kids(head, "advmod")
    )


def _new(tree: Tree, candidate: Candidate) -> bool:
    """Whether a title brings somebody new ("a minister") or stands beside a name of its own."""
    words = {tree.tokens[at].text.lower() for at in range(candidate.first, candidate.head)}
    if words & _INDEFINITE:
        return True
    named = {name.first for name in tree.tags.names if name.label == "PER"}
    after = range(candidate.head + 1, min(candidate.head + 3, len(tree.tokens)))
    # "First Minister of Scotland Ann Brook"
    of = [kid for kid in tree.kids(candidate.head, "nmod") if tree.case(kid) == "of"]
    if any(max(tree.subtree(kid)) + 1 in named for kid in of):
        return True
    return (
        any(tree.tokens[at].head == candidate.head for at in named)
        or candidate.head + 1 in named
        or any(at in named and tree.tokens[at - 1].text == "," for at in after)
    )


def _wanted(tree: Tree, candidate: Candidate) -> bool:
    """Whether a title names an office and nobody who has it ("run for president")."""
    return candidate.first == candidate.head and tree.case(candidate.head) in {"for", "as"}


def _length(tree: Tree, last: int, office: Office) -> int:
    """Of how many words a title is that ends at a position ("Vice President")."""
    said = [tree.tokens[at].text.lower() for at in range(max(last - 3, 0), last + 1)]
    return max(
        (len(words) for title in office.titles if said[-len(words := title.split()) :] == words),
        default=1,
    )


def _single(office: Office) -> bool:
    """Whether a title names one office ("president") rather than any leader ("head of state")."""
    return not {"leader", "ruler", "head of state", "strongman"} & set(office.titles)
