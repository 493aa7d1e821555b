"""Whose a description is that does not say it: "the government", "police", "rebels" in a town, "the court"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.reading.again import Again
from dragoman.reading.facing import ABROAD, POLICED, facing, policing
from dragoman.reading.homeland import HYPHENS, Homeland, hyphened, of_all_lands, one_of_the_land
from dragoman.reading.referring import definite, is_plural

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.entries import Actor
    from dragoman.reading.catalogued import Found
    from dragoman.reading.following import Memory
    from dragoman.reading.mentions import Candidate
    from dragoman.reading.tree import Page, Tree
    from dragoman.rulebook import Catalogue

Belonged = tuple[str | None, str]
_NATIONAL = frozenset(
    "country kingdom republic nation state emirate sultanate monarchy government authorities authority "
    "regime junta parliament army military navy police court ministry cabinet president monarch king".split()
)
LAND = frozenset({"country", "kingdom", "republic", "nation", "emirate", "sultanate"})
# Which sectors stand where their deeds are told: rebels of the land they fight in, its police and crowds.
_OF_THE_PLACE = frozenset({"REB", "UAF", "OPP", "COP", "JUD", "LEG", "CRM", "PRM"})
_HOME_FORCES = frozenset(
    {"army", "military", "government forces", "government troops", "security forces"}
)
_DWELLERS = frozenset(
    """civilian villager resident inhabitant citizen farmer herder fisherman shopkeeper voter local
    tribesman elder worker miner teacher student doctor nurse farmworker peasant crowd mob marcher survivor
    evacuee inmate pensioner rioter looter trader vendor driver youth""".split()
)
_GATHERING = frozenset({"crowd", "mob"})
# People of whom a number is told are, as a rule, of the place where it is told: "20 people in Kandahar".
_COUNTED = frozenset(
    """people child woman man family pupil worshipper mourner shopper commuter patient pedestrian boy girl
    person student protester""".split()
)
_MANY = frozenset({"dozen", "score", "hundred", "thousand", "number", "ten"})
_STATE_MEDIA = frozenset({"state media", "state television", "state tv", "state radio"})
_TRAVELLING = frozenset(
    "mercenary hijacker pirate hacker exile critic dissident observer monitor".split()
)
# Of another land than the one that is spoken of.
_ELSEWHERE = frozenset(
    """foreign international multinational unspecified unknown unidentified other another neighboring
    neighbouring allied global first second third next world western eastern northern southern""".split()
)
_SINGLING = frozenset("only most same single every each no which what own such new old".split())
_AT = frozenset(
    "in at near outside inside across around throughout within off along over northwest northeast southwest "
    "southeast north south east west".split()
)
_HOSTS = frozenset(
    """city town village capital port province region district governorate island peninsula coast suburb
    outskirts part area neighborhood neighbourhood airport valley resort county state prefecture oblast
    north south east west northeast northwest southeast southwest center centre side""".split()
)
_ONLY = "the only country that the report names"
# Who governs and polices a land.
_RULERS = frozenset({"GOV", "COP"})
_ABOUT = "the country that the report is about"
# What every land has of its own, and who goes from land to land.
_AGAINST_RULERS = frozenset({"REB", "OPP", "UAF"})
_SERVICES = frozenset({"EDU", "MED"})
_CROSSING = frozenset({"REB", "UAF", "CRM", "PRM"})


class Bridging:
    """Gives the country or the party that a description of a report leaves unsaid.

    Args:
        page: the report.
        catalogue: all rows.
        candidates: its noun phrases by sentence and head position.
        memory: who has been spoken of so far.
        actors_of: codes a candidate (each once).
        led: the countries whose leaders it names.
    """

    def __init__(
        self,
        page: Page,
        catalogue: Catalogue,
        candidates: dict[tuple[int, int], Candidate],
        memory: Memory,
        actors_of: Callable[[Candidate], tuple[Actor, ...]],
        led: frozenset[str],
    ) -> None:
        self.catalogue = catalogue
        self.trees = {tree.sentence.index: tree for tree in page.trees}
        self.memory = memory
        self.actors_of = actors_of
        self.candidates = candidates
        self._by_sentence: dict[int, list[Candidate]] = {}
        for (sentence, _), one in candidates.items():
            self._by_sentence.setdefault(sentence, []).append(one)
        self.again = Again(self.trees, candidates, self._by_sentence, actors_of)
        self._placed: dict[int, Belonged] = {}
        self.homeland = Homeland(page, catalogue, candidates.values(), led)
        self.home = self.homeland.only

    # -- countries --------------------------------------------------------------------------------

    def country(self, candidate: Candidate, noun: str) -> Belonged:
        """The country that a description's surroundings give; none where they give several."""
        role = candidate.role
        sector = role.sector if role else None
        tree = self.trees[candidate.sentence]
        words = {tree.tokens[at].text.lower() for at in range(candidate.first, candidate.head)}
        behind_hyphen = candidate.first and tree.tokens[candidate.first - 1].text in HYPHENS
        if words & _ELSEWHERE or behind_hyphen or of_all_lands(tree, candidate):
            return None, ""
        definite_one = definite(tree, candidate) and not is_plural(tree, candidate.head)
        if definite_one and noun in LAND:
            if words & _SINGLING or any(word.endswith("est") for word in words):
                return None, ""
            if tree.kids(candidate.head, "acl", "nmod"):
                return None, ""
            found = self._land_named(candidate)
            if not found[0]:
                found = self._spoken_of(candidate, reach=1)
            if found[0]:
                return found
            return self.placed(candidate.sentence) if not self.home else (self.home, _ONLY)
        national = noun in _NATIONAL or (role is not None and role.kind == "government")
        pointed = national and definite(tree, candidate)
        if pointed and sector not in {"COP", "JUD"}:
            found = self._spoken_of(candidate, reach=1 if sector == "GOV" else 0)
            if found[0]:
                return found
        if sector in _AGAINST_RULERS and (found := self._ruler_beside(candidate, tree))[0]:
            return found
        stays = self._stays(candidate, tree, noun, sector)
        if (pointed and sector == "GOV") or stays or self._counted(candidate, tree, noun):
            found = self.placed(candidate.sentence)
            if found[0]:
                return found
        found = self.faced(candidate, sector)
        if found[0]:
            return found
        if len(self.trees) == 1 and (
            self._acts_here(candidate.sentence)
            or (sector in {"REB", "UAF"} and self.home in ABROAD)
        ):
            # "The government thanked China": of a lone sentence the one country may be the other party.
            return None, ""
        domestic = sector in {"GOV", "MIL"} or stays
        pointing = (
            definite(tree, candidate) or is_plural(tree, candidate.head) or _is_organ(candidate)
        )
        if domestic and self.home and pointing:
            return self.home, _ONLY
        served = sector in _SERVICES and self._unbound(candidate, tree)
        if pointing and noun != "state" and (sector == "GOV" or stays or served):
            return self.at_home(candidate, sector)
        return None, ""

    def at_home(self, candidate: Candidate, sector: str | None) -> Belonged:
        """The country that the report is plainly about, where nothing near says that another is meant."""
        about = None if self.home else self.homeland.about
        if about is None and not self.home and sector in _RULERS and not candidate.name:
            about = self.homeland.ruled
        if about is None or len(self.trees) == 1 or sector in _CROSSING:
            return None, ""
        if not one_of_the_land(self.trees[candidate.sentence], candidate):
            return None, ""
        near = {code for _, _, code in self._named(candidate)}
        near |= {
            actor.country_code
            for told in (self.memory.states, self.memory.persons)
            for sentence, _, actor, _ in told
            if candidate.sentence - 1 <= sentence <= candidate.sentence and actor.country_code
        }
        return (about, _ABOUT) if near <= {about} else (None, "")

    def of_an_organ(self, candidate: Candidate) -> Belonged:
        """The country of an organ that many states have ("the Navy", "Parliament")."""
        found = self.placed(candidate.sentence)
        if self.home:
            return self.home, _ONLY
        if found[0] and self.trees[candidate.sentence].lemma(candidate.head) != "navy":
            return found
        return None, ""

    def _ruler_beside(self, candidate: Candidate, tree: Tree) -> Belonged:
        """The state whose rulers are coordinated with a party: "Chad's council and four rebel groups agreed"."""
        if not self._unbound(candidate, tree):
            return None, ""
        group = tree.conjuncts(tree.first_conjunct(candidate.head))
        beside = (
            self.candidates.get((candidate.sentence, at)) for at in group if at != candidate.head
        )
        told = {
            actor.country_code: f"“{actor.span.text}”, coordinated with them"
            for one in beside
            if one is not None and one.kind == "description"
            for actor in self.actors_of(one)
            if actor.sector_code == "GOV"
            and actor.country_code
            and actor.country_code not in ABROAD
        }
        return next(iter(told.items())) if len(told) == 1 else (None, "")

    def _stays(self, candidate: Candidate, tree: Tree, noun: str, sector: str | None) -> bool:
        """Whether who is so called belongs, as a rule, to the land where the sentence places them."""
        if noun in _TRAVELLING or candidate.offices or not self._unbound(candidate, tree):
            return False
        words = tree.span_of(max(candidate.first, candidate.head - 1), candidate.head + 1).lower()
        if words in _STATE_MEDIA:
            return True
        if sector == "MIL":
            return noun in _HOME_FORCES or words in _HOME_FORCES
        if sector in _OF_THE_PLACE:
            return candidate.role is None or candidate.role.kind != "party"
        plural = is_plural(tree, candidate.head)
        if sector in {"LAB", "AGR"} and plural:
            return True
        return noun in _DWELLERS and (plural or noun in _GATHERING)

    def _counted(self, candidate: Candidate, tree: Tree, noun: str) -> bool:
        """Whether a phrase is "20 people" or the people of "dozens of people"."""
        if noun not in _COUNTED or not self._unbound(candidate, tree):
            return False
        if tree.kids(candidate.head, "nummod"):
            return is_plural(tree, candidate.head) or noun == "people"
        above = tree.tokens[candidate.head].head
        return above >= 0 and tree.case(candidate.head) == "of" and tree.lemma(above) in _MANY

    def faced(self, candidate: Candidate, sector: str | None) -> Belonged:
        """The country whose state the sentence tells to rule over a party ("Mali freed activists")."""
        tree = self.trees[candidate.sentence]
        if not self._unbound(candidate, tree):
            return None, ""
        found = facing(tree, candidate, sector, self._named(candidate))
        if found[0] or sector not in POLICED:
            return found
        near = self._by_sentence.get(candidate.sentence, ())
        others = ((one, self.actors_of(one)) for one in near if one.role and one is not candidate)
        return policing(tree, candidate, others)

    def _named(self, candidate: Candidate) -> list[tuple[Candidate, Found, str]]:
        """The states that a sentence names outside a phrase, with the phrases in which it does so."""
        tree = self.trees[candidate.sentence]
        made: list[tuple[Candidate, Found, str]] = []
        for one in self._by_sentence.get(candidate.sentence, ()):
            for found in one.found:
                if candidate.first <= found.first < candidate.last or hyphened(tree, found):
                    continue
                made.extend((one, found, code) for code in self.homeland.countries_of(tree, found))
        return made

    def _acts_here(self, sentence: int) -> bool:
        """Whether a sentence names the report's only country as a party, and not as a place."""
        tree = self.trees[sentence]
        return self.placed(sentence)[0] is None and any(
            one.kind == "name"
            and tree.case(one.head) not in _AT
            and self._state_of(one) == self.home
            for one in self._by_sentence.get(sentence, ())
        )

    def _unbound(self, candidate: Candidate, tree: Tree) -> bool:
        """Whether a phrase names no party whose people they are ("pro-Russian rebels", "Kurdish fighters")."""
        return all(
            hyphened(tree, found)
            or all(
                row.kind in {"people", "region"} and not row.country_code for row, _ in found.rows
            )
            for found in candidate.found
        )

    def _land_named(self, candidate: Candidate) -> Belonged:
        """The one state that the sentence names before as such, be it as a place ("in Chad ... the republic")."""
        named = {
            one[2].country_code: one[2]
            for one in self.memory.states
            if one[0] == candidate.sentence
            and one[1] < candidate.head
            and one[2].country_code
            and (one[2].catalogue_id or "").startswith("state:")
        }
        if len(named) != 1:
            return None, ""
        code, actor = next(iter(named.items()))
        return code, f"“{actor.span.text}”, the land named before"

    def _spoken_of(self, candidate: Candidate, *, reach: int) -> Belonged:
        """The one state spoken of just before, else the one that was subject; in doubt none.

        What is only the place of something ("off Japan") does not count.
        """
        here = candidate.sentence
        for back in range(reach + 1):
            near = [
                one
                for one in self.memory.states
                if one[0] == here - back
                and one[2].country_code
                and one[2].sector_code not in {"JRN", "BUS", "EDU"}
                and (back or one[1] < candidate.head)
                and self.trees[one[0]].case(one[1]) not in _AT
            ]
            codes = {one[2].country_code for one in near}
            if len(codes) == 1:
                actor = near[-1][2]
                return actor.country_code, f"“{actor.span.text}”, named just before"
            if codes:
                subjects = {one[2].country_code: one[2] for one in near if one[3]}
                if len(subjects) == 1:
                    actor = next(iter(subjects.values()))
                    return actor.country_code, f"“{actor.span.text}”, who acts just before"
                return None, ""
        return None, ""

    def placed(self, sentence: int) -> Belonged:
        """The one country in which a sentence places what it tells."""
        if sentence not in self._placed:
            found = self._places(sentence)
            codes = {code for code, _ in found}
            self._placed[sentence] = found[0] if len(codes) == 1 else (None, "")
        return self._placed[sentence]

    def _places(self, sentence: int) -> list[Belonged]:
        tree = self.trees[sentence]
        made: list[Belonged] = []
        for one in self._by_sentence.get(sentence, ()):
            if one.name or one.label in {"PER", "ORG"} or (not one.found and one.kind != "name"):
                continue
            words = tree.span_of(one.first, one.last)
            town = self.catalogue.places.get(words) or self.catalogue.places.get(
                tree.tokens[one.head].text
            )
            seat = any(how in {"capital", "metonym"} for f in one.found for _, how in f.rows)
            named = any(f.first <= one.head < f.last for f in one.found)
            if town and tree.tokens[one.head].upos == "PROPN" and not (seat or named):
                made.append((town, f"“{words}”, a place there"))
            elif self._is_place(tree, one):
                code = self._state_of(one)
                if code:
                    made.append((code, f"“{words}”, where it happens"))
        return made

    def _is_place(self, tree: Tree, one: Candidate) -> bool:
        """Whether a state's name stands in a phrase of place: "in Syria", "the town of X in Syria"."""
        head = tree.tokens[one.head]
        if one.kind == "adjective":
            return head.head >= 0 and tree.lemma(head.head) in _HOSTS
        case = tree.case(one.head)
        if case in _AT:
            return True
        above = head.head
        owned = head.deprel == "nmod:poss" or case == "of"
        return owned and above >= 0 and tree.lemma(above) in _HOSTS

    def _state_of(self, one: Candidate) -> str | None:
        codes = {
            entry.country_code
            for found in one.found
            if found.first <= one.head < found.last
            for entry, _ in found.rows
            if entry.kind == "state"
        }
        return next(iter(codes)) if len(codes) == 1 else None


def _is_organ(candidate: Candidate) -> bool:
    """Whether a phrase is the bare name of what a state has one of ("Congress", "Parliament")."""
    role = candidate.role
    return candidate.kind == "name" and role is not None and role.kind == "parliament"
