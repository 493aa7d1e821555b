"""Whose people a phrase names: its state ("Bahraini police"), its body ("UN envoy"), its group ("Hamas official")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dragoman.reading.coding import choose

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.entries import Actor
    from dragoman.reading.catalogued import Found
    from dragoman.reading.mentions import Candidate
    from dragoman.reading.tree import Page, Tree
    from dragoman.rulebook import Catalogue, Entry

# A country and the words that say so.
Belonged = tuple[str, str]
_GIVING = frozenset({"state", "organ", "group", "people"})
# "Iran-backed militias" are not Iran's, and "pro-Russian", "anti-American" crowds stand elsewhere.
_NOT_OF = re.compile(
    r"[-‑–](?:backed|allied|aligned|linked|affiliated|sponsored|trained|funded|financed|supported|armed|"
    r"inspired|friendly|bound|made|supplied|brokered|mediated|sanctioned|listed|designated)\b",
    re.IGNORECASE,
)
# A veteran of the Iraq War need not be Iraqi.
_WAR = re.compile(r"\s+(?:[Ww]ar|[Cc]risis|[Dd]eal|[Pp]olicy|expert|analyst|specialist|watcher)\b")
_FOR_OR_AGAINST = re.compile(r"\b(?:pro|anti|non)[-‑–]$", re.IGNORECASE)
_PREPOSITIONS = frozenset({"of", "for", "from", "in", "to", "at"})
_TOWNS = frozenset(
    "city town village province region district state county capital area port".split()
)
_MEMBERS = frozenset({"state", "country", "nation", "member", "government"})
_OTHERS = frozenset("rival ally enemy foe adversary neighbor neighbour counterpart partner".split())
_RECALLING = frozenset({"recall", "withdraw", "call", "pull", "bring", "summon", "remove"})
_MISSIONS = frozenset({"embassy", "consulate", "mission", "legation", "ministry"})
# Lands whose parts are called counties in English.
_WITH_COUNTIES = frozenset(
    "USA GBR IRL KEN LBR SSD NOR SWE DNK EST HRV HUN ROU LTU CHN TWN IRN JAM".split()
)
_APOSTROPHE = frozenset({"'s", "’s", "'", "’"})
_JOINING = frozenset({"and", "or", "&", ","})


class Belonging:
    """Finds the state, body or group that a noun phrase belongs to.

    Args:
        page: the report.
        catalogue: all rows.
        candidates: the report's noun phrases by sentence and head position.
        actors_of: codes a candidate (each once).
    """

    def __init__(
        self,
        page: Page,
        catalogue: Catalogue,
        candidates: dict[tuple[int, int], Candidate],
        actors_of: Callable[[Candidate], tuple[Actor, ...]],
    ) -> None:
        self.page = page
        self.day = page.report.day
        self.catalogue = catalogue
        self.trees = {tree.sentence.index: tree for tree in page.trees}
        self.candidates = candidates
        self.actors_of = actors_of

    # -- states -----------------------------------------------------------------------------------

    def country(self, candidate: Candidate) -> tuple[str | None, str]:
        """The country that a phrase itself gives, and from which words."""
        found = self.countries(candidate)
        return found[0] if found else (None, "")

    def countries(self, candidate: Candidate) -> tuple[Belonged, ...]:
        """The same for a phrase that belongs to several: "Russian and Syrian warplanes"."""
        tree = self.trees[candidate.sentence]
        inside = self._inside(candidate, tree)
        others = tree.lemma(candidate.head) in _OTHERS
        if inside and not (others and _owned(tree, inside[0])):
            found, one = inside
            return (*self._joined(tree, found.first), one)
        before = self._ending_at(tree, candidate.first) if candidate.kind == "description" else None
        if before and self._adjectival(tree, before):
            # "Russian and Syrian warplanes", where the tree hangs the second on the first.
            row = choose(before.rows, self.day)
            if row and row[0].country_code and not self._only_near(tree, before):
                one = row[0].country_code, self._quoted(tree, before.first, before.last)
                return (*self._joined(tree, before.first), one)
        finds = [self._leading, self._possessor, self._town, self._hanging, self._adjoining]
        if others:
            # A land's rivals and allies are of other lands.
            finds = [self._leading, self._town]
        for find in finds:
            given = find(candidate, tree)
            if given:
                return (given,)
        return ()

    def _inside(self, candidate: Candidate, tree: Tree) -> tuple[Found, Belonged] | None:
        """The catalogue name inside the phrase that gives its country: a state's before another's."""
        best: tuple[Found, Belonged] | None = None
        for found in candidate.found:
            if found.first <= candidate.head < found.last or _in_name(found, candidate):
                continue
            row = choose(found.rows, self.day)
            if row is None or row[0].kind not in _GIVING or not row[0].country_code:
                continue
            if self._only_near(tree, found):
                continue
            made = found, (row[0].country_code, self._quoted(tree, found.first, found.last))
            if row[0].kind == "state":
                return made
            best = best or made
        return best

    def _only_near(self, tree: Tree, found: Found) -> bool:
        """ "Iran-backed", "pro-Russian": the state helps or is meant, and has no part in who they are."""
        text = tree.tags.text
        near = text[max(0, found.start - 6) : found.start]
        if _WAR.match(text, found.end):
            return True
        return bool(_FOR_OR_AGAINST.search(near) or _NOT_OF.match(text, found.end))

    def _joined(self, tree: Tree, first: int) -> tuple[Belonged, ...]:
        """The adjectives coordinated before a position: the "Russian and" of "Russian and Syrian warplanes"."""
        made: list[Belonged] = []
        position = first
        while position > 1 and tree.tokens[position - 1].text.lower() in _JOINING:
            found = self._ending_at(tree, position - 1)
            if found is None or not self._adjectival(tree, found):
                break
            row = choose(found.rows, self.day)
            if row is None or not row[0].country_code:
                break
            made.insert(0, (row[0].country_code, self._quoted(tree, found.first, found.last)))
            position = found.first
        # "Russia and Syrian warplanes" are two parties: the first of a row must be an adjective too.
        return tuple(made)

    def joined(self, candidate: Candidate) -> tuple[Belonged, ...]:
        """The states coordinated before a body's name: the "U.S. and" of "U.S. and NATO troops"."""
        tree = self.trees[candidate.sentence]
        for found in candidate.found:
            row = choose(found.rows, self.day)
            if row and row[0].kind in {"body", "group"} and found.last <= candidate.head:
                return self._joined(tree, found.first)
        before = self._body_before(tree, candidate)
        return self._joined(tree, before[0].first) if before else ()

    def _body_before(self, tree: Tree, candidate: Candidate) -> tuple[Found, Entry] | None:
        """The body right before a noun, where the tree hangs it elsewhere: "U.S. and NATO | troops"."""
        last = candidate.first
        # "The United Nations' | highest court"
        owned = last > 1 and tree.tokens[last - 1].text in _APOSTROPHE
        found = self._ending_at(tree, last - owned)
        if candidate.kind != "description" or found is None:
            return None
        row = choose(found.rows, self.day)
        return (found, row[0]) if row and row[0].kind in {"body", "group"} else None

    def _ending_at(self, tree: Tree, last: int) -> Found | None:
        other = self.candidates.get((tree.sentence.index, last - 1))
        if other is None:
            return None
        return next((found for found in other.found if found.last == last), None)

    def _adjectival(self, tree: Tree, found: Found) -> bool:
        if any(how == "adjective" and row.kind == "state" for row, how in found.rows):
            return True
        text = tree.tags.text[found.start : found.end]
        bare = found.first == 0 or tree.tokens[found.first - 1].text.lower() != "the"
        letters = text.replace(".", "")
        return bare and letters.isupper() and any(row.kind == "state" for row, _ in found.rows)

    def _leading(self, candidate: Candidate, tree: Tree) -> Belonged | None:
        """ "US-led forces": theirs who leads them."""
        first = candidate.first
        if first < 2 or tree.tokens[first].text.lower() != "led":
            return None
        found = self._ending_at(tree, first - 1)
        row = choose(found.rows, self.day) if found else None
        if found is None or row is None or not row[0].country_code:
            return None
        return row[0].country_code, self._quoted(tree, found.first, found.last)

    def _possessor(self, candidate: Candidate, tree: Tree) -> Belonged | None:
        """ "Bhutan's" right before the phrase, where the tree hangs it elsewhere."""
        first = candidate.first
        if first < 2 or tree.tokens[first - 1].text not in _APOSTROPHE:
            return None
        for head in range(first - 2, max(first - 5, -1), -1):
            other = self.candidates.get((candidate.sentence, head))
            if other and other.head != candidate.head and other.last >= first - 1:
                return self._of_actors(other)
        return None

    def _of_actors(self, other: Candidate) -> Belonged | None:
        for actor in self.actors_of(other):
            if actor.country_code:
                return actor.country_code, f"“{actor.span.text}”"
        return None

    def _hanging(self, candidate: Candidate, tree: Tree) -> Belonged | None:
        """What hangs on the phrase: "of Bahrain", "in Manama", "for Iran"."""
        for other, preposition in self._hangers(candidate, tree):
            # An ambassador to a country is not of that country.
            if preposition == "to":
                continue
            if preposition == "in" and candidate.role and candidate.role.kind == "body":
                continue
            if preposition == "for" and _sent_to(candidate):
                continue
            if preposition == "from" and candidate.offices and self._recalled(candidate, tree):
                continue
            if preposition == "in" and _fights(candidate) and self._seat(other, tree):
                continue
            found = self._of_actors(other)
            if found is None and tree.lemma(other.head) in _TOWNS:
                # "the mayor of the West Bank city of Nablus"
                found = next(iter(self.countries(other)), None)
            if found:
                return found
        return None

    def _recalled(self, candidate: Candidate, tree: Tree) -> bool:
        """Whether a phrase names who is called back: "its envoy from Chad" is nobody of Chad."""
        above = tree.tokens[candidate.head].head
        return above >= 0 and tree.lemma(above) in _RECALLING

    def _seat(self, other: Candidate, tree: Tree) -> bool:
        """Whether a phrase names a capital: who negotiates there need not be of that land."""
        return tree.lemma(other.head) == "capital" or any(
            how in {"capital", "metonym"} for found in other.found for _, how in found.rows
        )

    def _adjoining(self, candidate: Candidate, tree: Tree) -> Belonged | None:
        """ "of Minnesota" right behind a title and name, where the tree hangs it elsewhere."""
        behind = candidate.last
        if not candidate.offices or behind + 1 >= len(tree.tokens):
            return None
        if tree.tokens[behind].text.lower() not in {"of", "from"}:
            return None
        for last in (behind + 3, behind + 2):
            place = self._place(tree, behind + 1, last) if last <= len(tree.tokens) else None
            if place:
                return place
        for head in range(behind + 2, min(behind + 6, len(tree.tokens))):
            # "A second secretary from the Russian embassy"
            mission = self.candidates.get((candidate.sentence, head))
            if mission and mission.first == behind + 1 and tree.lemma(head) in _MISSIONS:
                return next(iter(self.countries(mission)), None)
        other = self.candidates.get((candidate.sentence, behind + 1))
        named = other is not None and any(
            row.kind == "state" for f in other.found for row, _ in f.rows
        )
        return self._of_actors(other) if other is not None and named else None

    def _hangers(self, candidate: Candidate, tree: Tree) -> list[tuple[Candidate, str]]:
        heads = [candidate.head, *tree.kids(candidate.head, "nmod:desc")]
        heads += [position for position, _ in candidate.offices if position != candidate.head]
        made = []
        for head in heads:
            for kid in tree.kids(head, "nmod:poss", "nmod"):
                preposition = tree.case(kid)
                possessor = tree.tokens[kid].deprel == "nmod:poss"
                other = self.candidates.get((candidate.sentence, kid))
                if other and (possessor or preposition in _PREPOSITIONS):
                    made.append((other, "" if possessor else preposition))
        return made

    def _town(self, candidate: Candidate, tree: Tree) -> Belonged | None:
        """The country of a town or province named in the phrase ("a California man")."""
        for position in range(candidate.first, candidate.last):
            token = tree.tokens[position]
            named = token.upos == "PROPN" or (token.upos == "ADJ" and token.text[:1].isupper())
            if position == candidate.head or not named:
                continue
            if candidate.name and candidate.name[0] <= position < candidate.name[1]:
                continue
            for last in (min(position + 2, candidate.last), position + 1):
                place = self._place(tree, position, last)
                if place:
                    return place
        body = candidate.role is not None and candidate.role.kind == "body"
        back = bool(candidate.offices) and self._recalled(candidate, tree)
        behind = {"of"} if body else {"of", "in"} if back else {"of", "in", "from"}
        for kid in tree.kids(candidate.head, "nmod"):
            if tree.case(kid) in behind:
                place = self._place(tree, *tree.core(kid))
                if place:
                    return place
        return None

    def _place(self, tree: Tree, first: int, last: int) -> Belonged | None:
        text = tree.tags.text[tree.tokens[first].start : tree.tokens[last - 1].end]
        country = self.catalogue.places.get(text)
        county = last < len(tree.tokens) and tree.tokens[last].text == "County"
        if county and country not in _WITH_COUNTIES:
            return None  # Athens County is not in Greece
        return (country, f"“{text}”, a place there") if country else None

    # -- bodies and groups ------------------------------------------------------------------------

    def owner(self, candidate: Candidate) -> Entry | None:
        """The international body or group whose officials, fighters or board the phrase names."""
        tree = self.trees[candidate.sentence]
        inside = self._inside(candidate, tree)
        # "Russia's UN envoy" is Russia's.
        national = inside is not None and any(row.kind == "state" for row, _ in inside[0].rows)
        for found in candidate.found:
            if _in_name(found, candidate) or self._only_near(tree, found):
                continue
            row = choose(found.rows, self.day)
            if row and row[0].kind in {"body", "group"} and row[0].entity_code:
                return None if national and row[0].kind == "body" else row[0]
        if national:
            return None
        before = self._body_before(tree, candidate)
        if before and before[1].entity_code:
            return before[1]
        for other, preposition in self._hangers(candidate, tree):
            if preposition in {"", "of", "for", "at", "from"}:
                members = self._of_members(other)
                if members:
                    return members
                for actor in self.actors_of(other):
                    entry = self.catalogue.entries.get(actor.catalogue_id or "")
                    if entry and entry.kind in {"body", "group"} and entry.entity_code:
                        return entry
        return None

    def _of_members(self, other: Candidate) -> Entry | None:
        """The body whose members a phrase names ("African Union member states")."""
        if self.trees[other.sentence].lemma(other.head) not in _MEMBERS:
            return None
        rows = (choose(found.rows, self.day) for found in other.found)
        bodies = (row[0] for row in rows if row and row[0].kind == "body")
        return next((row for row in bodies if row.entity_code and not row.country_code), None)

    def _quoted(self, tree: Tree, first: int, last: int) -> str:
        return f"“{tree.span(self.page.report, first, last).text}”"


def _owned(tree: Tree, found: Found) -> bool:
    """Whether a name owns what follows ("Russia's allies")."""
    return found.last < len(tree.tokens) and tree.tokens[found.last].text in _APOSTROPHE


def _in_name(found: Found, candidate: Candidate) -> bool:
    """Whether a catalogue name stands inside a person's name ("Jordan Smith")."""
    name = candidate.name
    return name is not None and found.first < name[1] and found.last > name[0]


def _fights(candidate: Candidate) -> bool:
    """Whether the phrase names rebels or gunmen."""
    return candidate.role is not None and candidate.role.sector in {"REB", "UAF"}


def _sent_to(candidate: Candidate) -> bool:
    """Whether the phrase names an envoy, whose "for Syria" says where he is sent."""
    return any(office.kind == "envoy" for _, office in candidate.offices)
