"""The name in a speaker's own words: whose it is among titles, bodies and people that stand there too."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.entries import Actor
from dragoman.reading.coding import DEMONYM
from dragoman.reading.sourcenames import BY_NAME, before_a_person, is_bracketed, is_own, leads_on
from dragoman.reading.tree import base
from dragoman.spans import cut

if TYPE_CHECKING:
    from dragoman.language.tags import Name
    from dragoman.reading.parties import Parties
    from dragoman.reading.saying import Place, Saying
    from dragoman.reading.tree import Page, Tree

# Relations of a name to its own title or description.
_NAMING = frozenset({"appos", "flat", "nmod:desc", "compound", "flat:name"})
# What a name is of whose last word is one of these: a body of its own, and not the state before it
# ("the Thai Sunrise Party").
_BODIES = frozenset(
    "party movement front alliance coalition league union association federation society club "
    "institute university college company church foundation".split()
)
# What speaks for somebody and is not he; of whom a part is told.
_AROUND_SOMEBODY = frozenset({"office", "campaign", "team", "staff", "entourage"})
_PARTS = frozenset(
    "some many most majority minority few half percent one none several dozen hundred thousand million".split()
)
_OF_A_STATE = frozenset({"GOV", "LEG", "JUD", "COP", "MIL", "SPY"})
# What is written; a study is nobody, whoever's name stands in its words.
PAPERS = frozenset(
    "study report notice letter statement survey poll article document email post".split()
)
_STUDIES = frozenset("study survey poll".split())
# As what a body is told of, and how many sentences before "the party" its name may stand.
_TOLD_OF = frozenset({"nsubj", "obj", "root", "appos"})
_NEAR = 3


class Naming:
    """Finds who bears the name that stands in a source; made once for a report."""

    def __init__(self, page: Page, parties: Parties) -> None:
        self._report = page.report
        self._text = page.report.text
        self._parties = parties
        self._trees = {tree.sentence.index: tree for tree in page.trees}

    def named(self, tree: Tree, saying: Saying, found: Actor | None) -> Actor | None:
        """The party behind a source once the names in it are heard; `found` is what its head gives.

        A study stays a study, whoever conducted it.
        """
        for head in saying.heads:
            if tree.lemma(head) in _STUDIES:
                own = found and found.span.start <= tree.offset + tree.tokens[head].start
                return found if own else None
        own = self._own_name(tree, saying)
        named = _titled(own, found) if own else self._named_inside(tree, saying, found)
        if named and named.name:
            found = named
        found = self._known_by(tree, saying, found) or found
        if found is None or not found.name:
            found = self._of_kind(tree, saying, found) or found
        if found is None or not found.name:
            found = self._bodily(tree, saying, found) or found
        if found is None or not (found.name or found.entity_code):
            found = self._of_somebody(tree, saying, found) or found
        if found and found.name and _is_part_told(tree, saying, found):
            found = replace(found, name=None, catalogue_id=None)
        return found

    def _of_somebody(self, tree: Tree, saying: Saying, found: Actor | None) -> Actor | None:
        """Whose office or campaign speaks: of his state, and not he ("her office said")."""
        if len(saying.heads) != 1 or tree.lemma(saying.heads[0]) not in _AROUND_SOMEBODY:
            return None
        for owner in tree.kids(saying.heads[0], "nmod:poss", "compound"):
            party = self._party(tree, range(owner, owner + 1))
            if party and party.entity_code:
                words = tree.span_of(*tree.core(saying.heads[0]))
                sector = (found.sector_code if found else None) or party.sector_code
                why = f"“{words}”: of {party.name or party.span.text}; {party.why}"
                return replace(party, name=None, catalogue_id=None, sector_code=sector, why=why)
        return None

    def _bodily(self, tree: Tree, saying: Saying, found: Actor | None) -> Actor | None:
        """A body that nobody knows, or only by its kind, under its own name ("The Harbour Foundation", "PortOnline")."""
        if len(saying.heads) != 1 or tree.tokens[saying.heads[0]].upos != "PROPN":
            return None
        head = saying.heads[0]
        if not tree.tokens[head].text[:1].isupper():
            return None
        if found is None:
            return self._body(tree, head, head + 1) if head and tree.core(head)[0] == head else None
        name = next((n for n in tree.tags.names if n.first <= head < n.last), None)
        if name is None or name.label != "ORG" or found.sector_code in _OF_A_STATE:
            return None
        if name.last - name.first < 2 or not tree.tokens[name.first].text[:1].isupper():
            return None
        words = tree.span_of(name.first, name.last)
        return replace(found, name=words, why=f"“{words}”: not in the catalogue; {found.why}")

    def _of_kind(self, tree: Tree, saying: Saying, found: Actor | None) -> Actor | None:
        """The body named before of whose kind "the party" or "the institute" is; "which" stands for it too."""
        for place in saying.heads:
            which = tree.tokens[place].text.lower() in {"which", "that", "who"}
            head = tree.tokens[saying.verb].head if which and saying.verb is not None else place
            if head < 1 or tree.core(head) != (head - 1, head + 1):
                continue
            if tree.tokens[head - 1].text.lower() != "the":
                continue
            word, start = tree.tokens[head].text, tree.offset + tree.tokens[head].start
            if word not in _BODIES:
                continue
            before = self._bodies_before(tree.sentence.index, start, f" {word.capitalize()}")
            if before:
                last = before[-1]
                sector = last.sector_code or (found.sector_code if found else None)
                name = last.name or last.span.text.removeprefix("the ").removeprefix("The ")
                why = f"“the {word}” named before: {last.why}"
                return replace(last, name=name, sector_code=sector, why=why)
        return None

    def _bodies_before(self, sentence: int, start: int, named: str) -> list[Actor]:
        """Bodies named so as a subject or object shortly before a place, the nearest last.

        Named so in the report itself: "Democratic" alone names no party. What a body was founded as, or
        whose candidate somebody is, is told beside.
        """
        made = [
            actor
            for at, head, actor in self._parties.placed()
            if sentence - _NEAR <= at <= sentence
            and actor.span.end < start
            and actor.span.text.endswith(named)
            and base(self._trees[at].tokens[head].deprel) in _TOLD_OF
        ]
        return sorted(made, key=lambda one: one.span.start)

    def _party(self, tree: Tree, places: range) -> Actor | None:
        for place in places:
            found = self._parties.at(tree.sentence.index, (place,))
            if found:
                return found[0]
        return None

    def by_surname(self, words: str) -> Actor | None:
        """The one person of the report whose name ends with the same word, whatever its capitals."""
        last = words.rsplit(maxsplit=1)[-1].casefold()
        people = {
            actor.key: actor
            for actor in self._parties.everybody()
            if actor.name
            and " " in actor.name
            and actor.name.split()[-1].casefold() == last
            and all(not word[0].islower() for word in actor.name.split()[:-1])
        }
        return next(iter(people.values())) if len(people) == 1 else None

    def _known_by(self, tree: Tree, saying: Saying, found: Actor | None) -> Actor | None:
        """The person of that surname whom the report names, where the surname is a people's name too."""
        if saying.source is None or (found and (found.catalogue_id or " " in (found.name or ""))):
            return None
        names = self._names(tree, saying.source)
        if len(names) != 1 or names[0].label != "PER" or names[0].last - names[0].first != 1:
            return None
        word = tree.span_of(names[0].first, names[0].last)
        known = self.by_surname(word) if cut(self._text, *saying.source).text == word else None
        if known and found and found.sector_code and not known.sector_code and found.name == word:
            # The title that stood beside the surname alone is his as well; a people's sector is not.
            people = found.entity_code is not None and not found.catalogue_id
            return known if people else replace(found, name=known.name)
        return known

    def _names(self, tree: Tree, source: Place) -> list[Name]:
        """The names of people and bodies that stand in a source as a whole."""
        start, end = source[0] - tree.offset, source[1] - tree.offset
        return [
            name
            for name in tree.tags.names
            if name.label in {"PER", "ORG"}
            and start <= tree.tokens[name.first].start
            and tree.tokens[name.last - 1].end <= end
        ]

    def _own_name(self, tree: Tree, saying: Saying) -> Actor | None:
        """The one person named in the source, where the name stands as his who speaks."""
        if saying.source is None:
            return None
        people = [one for one in self._names(tree, saying.source) if one.label == "PER"]
        # Whoever is named in brackets is told of beside.
        people = [one for one in people if not is_bracketed(tree, saying.source, one)]
        if len(people) > 1:  # "Lind's wife Ann Lind", "Lind campaign chairman Ann Lee"
            people = [one for one in people if not leads_on(tree, one)] or people
        if len(people) != 1 or not is_own(tree, saying.source, people[0]):
            return None
        name = people[0]
        words = tree.span_of(name.first, name.last)
        if name.first and tree.tokens[name.first - 1].text.lower() in BY_NAME:
            # "A student named Lee": no Lee whom anybody knows.
            return self._body(tree, name.first, name.last)
        found = self._party(tree, range(name.first, name.last))
        if found and _holds_name(words, found):
            return found
        return self._body(tree, name.first, name.last) if name.last - name.first > 1 else None

    def _named_inside(self, tree: Tree, saying: Saying, found: Actor | None) -> Actor | None:
        """The person or body whose name stands in the source itself, beside its title or description.

        None where the party found already bears a name that stands there.
        """
        if saying.source is None:
            return None
        said = cut(self._text, *saying.source).text
        for name in self._names(tree, saying.source):
            places = tuple(range(name.first, name.last))
            head = tree.head_of(places)
            words = tree.span_of(name.first, name.last)
            if head is None:
                continue
            beside = head in saying.heads or (
                tree.tokens[head].deprel in _NAMING and tree.tokens[head].head in saying.heads
            )
            if not beside or before_a_person(tree, name, head):
                continue
            whole = tree.tokens[name.last - 1].upos in {"PROPN", "NOUN"}
            bare = (found.name or "").removeprefix("The ").removeprefix("the ") if found else ""
            part = found and bare and bare != words and not found.catalogue_id and bare in words
            if whole and part and found and name.label == "ORG":
                return replace(found, name=words)
            if found and found.name and _holds_name(said, found):
                continue
            other = self._party(tree, range(name.first, name.last))
            if other and whole and _is_body(words) and _is_state(other):
                # "the Thai Sunrise Party" is no state, though a party of that state
                why = f"“{words}”: not in the catalogue; {other.why}"
                sector = found.sector_code if found else None
                return replace(other, name=words, catalogue_id=None, sector_code=sector, why=why)
            if other and whole and _is_part(other, words):
                return replace(found or other, name=words)
            # "Lind's partner, the Green Front (GF),": the letters may be known where the name is not.
            if other and (other.name or tree.tokens[head].deprel != "appos"):
                return other
            if (
                found is None
                and other is None
                and whole
                and head in saying.heads
                and len(places) > 1
            ):
                return self._body(tree, name.first, name.last)
        return None

    def _body(self, tree: Tree, first: int, last: int) -> Actor:
        """A person or body that the catalogue does not know, under the whole of the name."""
        span = tree.span(self._report, first, last)
        return Actor(span, name=span.text, why=f"“{span.text}”: not in the catalogue")


def _is_body(words: str) -> bool:
    return words[:1].isupper() and words.rsplit(maxsplit=1)[-1].lower() in _BODIES


def _is_state(actor: Actor) -> bool:
    return (actor.catalogue_id or "").startswith("state:")


def _is_part(actor: Actor, words: str) -> bool:
    """Whether a party of no catalogue bears a part of a longer name ("Reform" of "... and Reform Committee")."""
    name = actor.name or ""
    return not actor.catalogue_id and bool(name) and name != words and name in words


def _titled(person: Actor, title: Actor | None) -> Actor:
    """A person whom the catalogue does not know, with the codes of the title that stands beside him."""
    if title and title.name and _plain(person.name or "") <= _plain(title.name):
        return title  # the whole name of whom the words name in part
    if person.entity_code or person.sector_code or title is None or not title.sector_code:
        return person
    office = (title.catalogue_id or "").startswith(("organ:", "body:", "group:"))
    if title.name and not office:
        return person
    return replace(
        person,
        entity_code=title.entity_code,
        country_code=title.country_code,
        sector_code=title.sector_code,
        why=f"{person.why}; {title.why}",
    )


def _plain(name: str) -> set[str]:
    """The words of a name without capitals and accents."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return set("".join(one for one in letters if not unicodedata.combining(one)).split())


def _is_part_told(tree: Tree, saying: Saying, found: Actor) -> bool:
    """Whether a part of a body or people speaks, and not the whole ("some in the Front", "a majority of Danes")."""
    if len(saying.heads) != 1 or (found.catalogue_id or "").startswith("person:"):
        return False
    head = tree.tokens[saying.heads[0]]
    if f"{DEMONYM} of" in found.why and head.text.lower() == head.lemma.lower():
        return True  # "the Brit" is one of them
    return head.lemma.lower() in _PARTS and found.span.start > tree.offset + head.start


def _holds_name(words: str, actor: Actor) -> bool:
    """Whether the words themselves give the last part of the party's name."""
    return bool(actor.name) and (actor.name or "").split()[-1].lower() in words.lower()
