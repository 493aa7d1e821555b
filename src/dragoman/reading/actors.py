"""Coding the parties of a report, and following pronouns and descriptions back to them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.entries import Actor, Mention
from dragoman.reading.calendar import MONTH_NUMBER, WEEKDAY_NUMBER
from dragoman.reading.coding import (
    Known,
    by_surname,
    choose,
    code,
    from_title,
    moved,
    office_holder,
)
from dragoman.reading.following import STATE_NOUNS, Memory

if TYPE_CHECKING:
    from dragoman.reading.mentions import Candidate, Found
    from dragoman.reading.tree import Page, Tree
    from dragoman.rulebook import Catalogue, Entry, Office
    from dragoman.rulebook.catalogue import How
    from dragoman.spans import Span

_LEADING = frozenset({"head_of_state", "monarch", "head_of_government"})
_FORMER = frozenset({"former", "ex", "ex-", "late", "then", "onetime", "one-time"})


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
        self.candidates = {(one.sentence, one.head): one for one in candidates}
        self.order = candidates
        self.done: dict[tuple[int, int], tuple[Actor, ...]] = {}
        self.busy: set[tuple[int, int]] = set()
        self.known: dict[str, Known] = {}
        self.countries = self._countries()
        self.memory = Memory(page, self.candidates, self.countries, self._actors)

    def run(self) -> tuple[Mention, ...]:
        for candidate in self.order:
            if candidate.name or candidate.offices:
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

    def _countries(self) -> frozenset[str]:
        return frozenset(
            entry.country_code
            for candidate in self.order
            for found in candidate.found
            for entry, _ in found.rows
            if entry.country_code and entry.kind in {"state", "organ"}
        )

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
        if name is None:
            return
        words = [tree.tokens[position].text for position in range(*name)]
        text = tree.tags.text[tree.tokens[name[0]].start : tree.tokens[name[1] - 1].end]
        country, why = self._country(country_of)
        entry = self._row_inside(candidate, name) or self._person_entry(
            text, words, country, titled=bool(offices)
        )
        span = tree.span(self.page.report, *name)
        if entry:
            actor = code(entry, "name", span, self.day)
            if actor.sector_code is None and offices:
                actor = replace(actor, sector_code=offices[-1][1].sector)
        elif offices:
            former = self._former(tree, country_of)
            actor = from_title(span, text, offices[-1][1], country, why, former=former)
        elif len(words) > 1:
            actor = Actor(span, name=text, why=f"“{text}”: a person the catalogue does not know")
        else:
            return
        kind = offices[-1][1].kind if offices else ""
        monarch = any(office.kind == "monarch" for _, office in offices)
        self._keep(
            text, words, Known(actor, kind, actor.country_code), first=monarch or bool(entry)
        )

    def _keep(self, text: str, words: list[str], known: Known, *, first: bool) -> None:
        forms = [text, words[-1]]
        if len(words) > 2:
            forms.append(" ".join(words[-2:]))
        if first and len(words) > 1:
            forms.append(words[0])
        for form in forms:
            before = self.known.get(form)
            if before is None or (not before.actor.entity_code and known.actor.entity_code):
                self.known[form] = known

    def _row_inside(self, candidate: Candidate, name: tuple[int, int]) -> Entry | None:
        """The catalogue's person whose name stands inside the phrase's name."""
        for found in candidate.found:
            if found.first < name[1] and found.last > name[0]:
                chosen = choose((row for row in found.rows if row[0].kind == "person"), self.day)
                if chosen:
                    return chosen[0]
        return None

    def _person_entry(
        self, text: str, words: list[str], country: str | None, *, titled: bool
    ) -> Entry | None:
        rows = [row for row in self.catalogue.rows(text) if row[0].kind == "person"]
        if rows:
            chosen = choose(rows, self.day)
            return chosen[0] if chosen else None
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

    def _former(self, tree: Tree, candidate: Candidate) -> bool:
        return any(
            tree.tokens[position].text.lower() in _FORMER
            for position in range(candidate.first, candidate.last)
        )

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
        chosen = self._chosen(candidate)
        if chosen and chosen[1].kind != "person" and _covers(chosen[0], candidate):
            return (
                self._of_country(candidate, chosen[1], code(chosen[1], chosen[2], span, self.day)),
            )
        person = self._person(candidate, tree, span)
        if person:
            return (person,)
        if chosen and chosen[0].first <= candidate.head < chosen[0].last:
            return (
                self._of_country(candidate, chosen[1], code(chosen[1], chosen[2], span, self.day)),
            )
        pair = self.memory.pair(candidate, tree, span)
        if pair:
            return pair
        described = self._described(candidate, tree, span)
        if described:
            return (described,)
        word = tree.lemma(candidate.head)
        timed = word in WEEKDAY_NUMBER or word in MONTH_NUMBER
        named = candidate.kind == "name" and not candidate.label and chosen is None
        if timed:
            return ()
        if candidate.label in {"PER", "ORG"} or named:
            country, why = self._country(candidate)
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

    def _chosen(self, candidate: Candidate) -> tuple[Found, Entry, How] | None:
        """The catalogue name that covers the head (the last of those inside, else none)."""
        for found in reversed(candidate.found):
            if not found.first <= candidate.head < found.last:
                continue
            rows = found.rows
            inner = self._inner_country(candidate)
            if inner and any(entry.ambiguous for entry, _ in rows):
                rows = tuple(r for r in rows if r[0].country_code == inner) or ()
            row = choose(rows, self.day)
            if row and (not row[0].ambiguous or self._supported(row[0])):
                return found, row[0], row[1]
        return None

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

    def _of_country(self, candidate: Candidate, entry: Entry, actor: Actor) -> Actor:
        """An organ that many states have ("Parliament") takes the country that stands with it."""
        if entry.kind != "organ" or entry.country_code:
            return actor
        country, why = self._country(candidate)
        if country is None:
            country, why = self.memory.bridged(candidate, "parliament")
        if country is None:
            return actor
        return replace(
            actor,
            entity_code=country,
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
        entry = self._row_inside(candidate, name) or self._person_entry(
            text, words, self._country(candidate)[0], titled=False
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

    def _described(self, candidate: Candidate, tree: Tree, span: Span) -> Actor | None:
        """ "the Bahraini monarch", "Russian troops", "protesters in Manama", "the country"."""
        country, why = self._country(candidate)
        if candidate.offices and candidate.offices[-1][0] == candidate.head:
            return self._office(candidate, tree, span, country, why)
        noun = tree.lemma(candidate.head)
        role = candidate.role
        if role is None and noun not in STATE_NOUNS:
            return None
        if country is None and self._definite(tree, candidate):
            country, why = self.memory.bridged(candidate, noun)
        if noun in {"country", "kingdom", "republic", "nation", "state", "emirate", "sultanate"}:
            if country is None:
                return None
            return self._state_actor(span, country, why)
        sector = role.sector if role else None
        body = self._body(candidate) if country is None else None
        if body:
            return replace(
                code(*body, span, self.day),
                sector_code=sector,
                why=f"“{span.text}”: {noun!r} gives sector {sector}, of {body[0].name}",
            )
        text = f"“{span.text}”: {noun!r} gives sector {sector}"
        text += f"; country {country} from {why}" if country else "; no country told"
        return Actor(
            span=span,
            entity_code=country,
            country_code=country,
            sector_code=sector,
            why=text,
        )

    def _body(self, candidate: Candidate) -> tuple[Entry, How] | None:
        """The international body or group whose officials, troops or board the phrase names."""
        for found in candidate.found:
            row = choose(found.rows, self.day)
            if row and row[0].kind in {"body", "group"} and row[0].entity_code:
                return row
        return None

    def _state_actor(self, span: Span, country: str, why: str) -> Actor:
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
        self, candidate: Candidate, tree: Tree, span: Span, country: str | None, why: str
    ) -> Actor | None:
        office = candidate.offices[-1][1]
        plural = tree.tokens[candidate.head].text.lower() != tree.lemma(candidate.head)
        former = self._former(tree, candidate)
        if not plural and not former:
            back = self._back_to(office, country)
            if back:
                return moved(back, span, f"followed back to {back.name}")
            holder = office_holder(self.catalogue, office, country, self.day)
            if holder:
                return moved(code(holder, "name", span, self.day), span, f"the {office.titles[0]}")
        if country is None and self._definite(tree, candidate):
            country, why = self.memory.bridged(candidate, tree.lemma(candidate.head))
        return replace(from_title(span, "", office, country, why, former=former), name=None)

    def _back_to(self, office: Office, country: str | None) -> Actor | None:
        """The person of that office whom the report has named, nearest before, else anywhere."""
        kinds = (
            _LEADING if office.kind == "head_of_state" and not _single(office) else {office.kind}
        )
        known = {
            known.actor.key: known
            for known in self.known.values()
            if known.kind and known.kind in kinds and (country is None or known.country == country)
        }
        for _, _, actor, _ in reversed(self.memory.persons):
            if actor.key in known:
                return actor
        return next(iter(known.values())).actor if len(known) == 1 else None

    def _country(self, candidate: Candidate) -> tuple[str | None, str]:
        """The country that a phrase itself gives, and from which words."""
        tree = self.trees[candidate.sentence]
        for found in candidate.found:
            if found.first <= candidate.head < found.last:
                continue
            if (
                candidate.name
                and found.first < candidate.name[1]
                and found.last > candidate.name[0]
            ):
                continue
            row = choose(found.rows, self.day)
            if row and row[0].kind in {"state", "organ", "group"} and row[0].country_code:
                text = tree.span(self.page.report, found.first, found.last).text
                return row[0].country_code, f"“{text}”"
        heads = [candidate.head, *tree.kids(candidate.head, "nmod:desc")]
        heads += [position for position, _ in candidate.offices if position != candidate.head]
        place = self._place(candidate, tree)
        if place:
            return place
        for head in heads:
            for kid in tree.kids(head, "nmod:poss", "nmod"):
                preposition = tree.case(kid)
                if tree.tokens[kid].deprel != "nmod:poss" and preposition not in {
                    "of", "for", "from", "in", "to", "at",
                }:  # fmt: skip
                    continue
                if preposition == "to" and not candidate.offices:
                    continue
                if preposition == "in" and candidate.role and candidate.role.kind == "body":
                    continue
                other = self.candidates.get((candidate.sentence, kid))
                if other is None:
                    continue
                for actor in self._actors(other):
                    # An ambassador to a country is not of that country.
                    if actor.country_code and preposition != "to":
                        return actor.country_code, f"“{actor.span.text}”"
        return None, ""

    def _place(self, candidate: Candidate, tree: Tree) -> tuple[str, str] | None:
        """The country of a town or province named in the phrase ("a California man")."""
        for position in range(candidate.first, candidate.last):
            if position == candidate.head or tree.tokens[position].upos != "PROPN":
                continue
            if candidate.name and candidate.name[0] <= position < candidate.name[1]:
                continue
            for last in (min(position + 2, candidate.last), position + 1):
                start, end = tree.tokens[position].start, tree.tokens[last - 1].end
                country = self.catalogue.places.get(tree.tags.text[start:end])
                if country:
                    return country, f"“{tree.tags.text[start:end]}”, a place there"
        body = candidate.role is not None and candidate.role.kind == "body"
        for kid in tree.kids(candidate.head, "nmod"):
            if tree.case(kid) in ({"of"} if body else {"of", "in", "from"}):
                first, last = tree.core(kid)
                text = tree.tags.text[tree.tokens[first].start : tree.tokens[last - 1].end]
                country = self.catalogue.places.get(text)
                if country:
                    return country, f"“{text}”, a place there"
        return None

    def _definite(self, tree: Tree, candidate: Candidate) -> bool:
        """Whether the phrase points back: "the", "its", "that", or no article before a mass noun."""
        kids = tree.kids(candidate.head, "det")
        if any(tree.tokens[kid].text.lower() in {"the", "this", "that"} for kid in kids):
            return True
        return not kids and tree.lemma(candidate.head) in {"police", "authorities", "parliament"}

    def _span(self, candidate: Candidate) -> Span:
        tree = self.trees[candidate.sentence]
        return tree.span(self.page.report, candidate.first, candidate.last)


def _covers(found: Found, candidate: Candidate) -> bool:
    """Whether a catalogue name takes in the whole of what the tagger held for a person's name."""
    name = candidate.name
    return name is not None and found.first <= name[0] and name[1] <= found.last


def _single(office: Office) -> bool:
    """Whether a title names one office ("president") rather than any leader ("head of state")."""
    return not {"leader", "ruler", "head of state", "strongman"} & set(office.titles)


def _shares(name: str, words: list[str]) -> bool:
    """Whether a catalogue name and a name of the report agree in a given name, not the surname alone."""
    left = {part.lower() for part in name.replace("-", " ").split()}
    right = {part.lower() for word in words for part in word.replace("-", " ").split()}
    return len(left & right) >= 2 or len(left) == 1
