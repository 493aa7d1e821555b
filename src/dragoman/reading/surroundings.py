"""What a report tells around a telling: its parties by place, the pair told last, whom it is about."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dragoman.reading.coding import choose, code
from dragoman.reading.envoys import Envoys
from dragoman.reading.parties import Parties
from dragoman.rulebook.ontology import BODIES
from dragoman.spans import cut

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.entries import Actor, Mention, Statement
    from dragoman.reading.envoys import Post
    from dragoman.reading.tree import Page, Tree
    from dragoman.rulebook import Rulebook
    from dragoman.rulebook.catalogue import Hit

# Sectors whose parties stand for their state; of the others only a group of a name is a member.
_FOR_THE_STATE = frozenset({None, "GOV", "MIL", "LEG", "JUD", "SPY", "ELI", "COP", "UNK"})
# Rows of earlier states whose relations the state of the same code carries on. Other rows that share a
# code (a state long absorbed, a breakaway or disputed territory) are members under their own name:
# to recognise Abkhazia is not to recognise Georgia.
_CARRIED_ON = frozenset(
    "austria-hungary kingdom-of-korea kingdom-of-sardinia mali-federation manchukuo newfoundland north-vietnam "
    "north-yemen ottoman-empire papal-states prussia south-vietnam west-germany".split()
)
# Kinds that one state sends to the other, or of which persons are told as doing it.
SENT = frozenset({"embassy", "ambassador", "consular relations", "interests section"})
# How many sentences back the pair of the last telling is still the one that "relations" means.
_MEMORY = 3
# Kinds of catalogue rows that a name inside a phrase may stand for.
_KINDS = frozenset({"state", "body", "organ", "group"})
# A title names what a report is about: it weighs as much as so many mentions.
_TITLE = 5


def member_of(actor: Actor) -> str | None:
    """The member that a party stands for: a state's code, a body's or a group's name; None for none."""
    if actor.entity_code in BODIES or (actor.catalogue_id or "").startswith(("body:", "group:")):
        return actor.name
    row = (actor.catalogue_id or "").split(":")
    if row[0] == "state" and len(row) > 2 and row[2] not in _CARRIED_ON:
        return actor.name
    if actor.sector_code in _FOR_THE_STATE:
        return actor.country_code
    return None


def keys_of(actors: Iterable[Actor]) -> frozenset[str]:
    """The members that parties stand for."""
    return frozenset(key for one in actors if (key := member_of(one)))


class Surroundings:
    """The parties of a report as a telling needs them; made once for a report.

    Attributes:
        parties: the parties by sentence and head.
        statements: the report's statements.
        focus: the members that the report names, those named most first.
        posts: the nouns for envoys, base forms.
    """

    def __init__(
        self,
        page: Page,
        mentions: tuple[Mention, ...],
        statements: tuple[Statement, ...],
        rulebook: Rulebook,
    ) -> None:
        self.parties = Parties(page, mentions, statements)
        self.statements = statements
        self._page = page
        self._catalogue = rulebook.catalogue
        self.posts = rulebook.ties.lists.get("posts", frozenset())
        self._envoys: Envoys | None = None
        self._seen: dict[int, dict[int, Actor]] = {}
        self._last: tuple[int, tuple[Actor, ...]] | None = None
        self._givers: dict[tuple[frozenset[str], bool], str] = {}
        titles = {tree.sentence.index for tree in page.trees if tree.sentence.kind == "title"}
        count = Counter[str]()
        self._example: dict[str, Actor] = {}
        for mention in mentions:
            member = member_of(mention.actor) if mention.actor else None
            if mention.actor is None or member is None or mention.kind == "pronoun":
                continue
            count[member] += _TITLE if mention.sentence in titles else 1
            self._example.setdefault(member, mention.actor)
        self.focus = tuple(sorted(count, key=lambda one: (-count[one], one)))

    def named(self, tree: Tree) -> dict[int, Actor]:
        """The parties named in a sentence by position, names inside other names' phrases too."""
        index = tree.sentence.index
        if index not in self._seen:
            made: dict[int, Actor] = {}
            report = self._page.report
            for hit in self._catalogue.find(tree.tags.text):
                rows = tuple(row for row in hit.rows if row[0].kind in _KINDS)
                chosen = choose(rows, report.day)
                positions = tree.within(hit.start, hit.end)
                if chosen is None or len(rows) < len(hit.rows) or not positions:
                    continue
                if _part_of_a_name(tree, hit, positions):
                    continue
                span = cut(report.text, tree.offset + hit.start, tree.offset + hit.end)
                made.update(dict.fromkeys(positions, code(*chosen, span, report.day)))
            self._seen[index] = made
        return self._seen[index]

    def at(self, tree: Tree, position: int) -> Actor | None:
        """The party at a word: as the report's mentions have it, else as it is named there."""
        for actor in self.parties.at(tree.sentence.index, (position,)):
            if member_of(actor):
                return actor
        return self.named(tree).get(position)

    def post(self, person: str, sentence: int) -> Post | None:
        """Who sends a person as envoy and who receives him, as told up to a sentence."""
        if self._envoys is None:
            self._envoys = Envoys(self._page, self, self.posts)
        return self._envoys.post(person, sentence)

    def speaker(self, tree: Tree, position: int) -> Actor | None:
        """Who says the words at a place, if somebody does."""
        at = tree.offset + tree.tokens[position].start
        for statement in self.statements:
            if statement.content.start <= at < statement.content.end:
                return statement.speaker
        return None

    def remember(self, sentence: int, members: tuple[Actor, ...], kind: str | None) -> None:
        """Keeps the pair told last, for "relations" further on, and who of it was the giver of a `kind`.

        Missions and their envoys have one sender; who recognised whom says less of him.
        """
        if len(members) == 2:
            self._last = (sentence, members)
            if kind:
                self._givers[keys_of(members), kind in SENT] = str(member_of(members[0]))

    def giver(self, members: Iterable[Actor], kind: str) -> str | None:
        """Who was the giver when these two were last told with an order."""
        keys = keys_of(members)
        sent = kind in SENT
        return self._givers.get((keys, sent)) or self._givers.get((keys, not sent))

    def last(self, sentence: int) -> tuple[Actor, ...]:
        """The pair told in the last sentences."""
        if self._last and sentence - self._last[0] <= _MEMORY:
            return self._last[1]
        return ()

    def about(self) -> tuple[Actor, ...]:
        """One mention of each party that the report is about, the weightiest first."""
        return tuple(self._example[one] for one in self.focus)


def _part_of_a_name(tree: Tree, hit: Hit, positions: tuple[int, ...]) -> bool:
    """Whether a hit is a person's name ("Robert Finn") or the style of another state."""
    first, last = positions[0], positions[-1]
    # A capital by itself is hardly ever a person, whatever the tagger says of it.
    alone = {how for _, how in hit.rows} <= {"capital", "metonym"}
    if any(
        name.label == "PER"
        and name.first <= first
        and last < name.last
        and not (alone and (name.first, name.last) == (first, last + 1))
        for name in tree.tags.names
    ):
        return True
    words = [token.text for token in tree.tokens[last + 1 : last + 4]]
    # "the United Kingdom of Libya"
    return (
        tree.tags.text[hit.start : hit.end] == "United Kingdom"
        and words[:1] == ["of"]
        and words[1:2] != ["Great"]
    )
