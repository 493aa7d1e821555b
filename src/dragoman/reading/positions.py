"""What a speaker holds in his statement: supports, opposes, demands ... towards whom, about which tie.

Four witnesses are heard, none of them a mood score: the cue itself ("denied", "urged"), verbs and
nouns in the content whose subject is the speaker ("we oppose"), phrases that judge a matter ("there
is no reason to delay"), and what events and tie tellings say of the speaker: their PLOVER type as
rules and the language model give it, a tie of his own state that is sought.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.entries import Position
from dragoman.reading.clauses import Clauses
from dragoman.reading.tree import base
from dragoman.spans import cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dragoman.entries import Actor, Event, Mention, PositionKind, Statement, TieTelling
    from dragoman.reading.tree import Page, Tree
    from dragoman.rulebook import Rulebook
    from dragoman.rulebook.positions import PositionRule

# Who speaks of himself in his own words; in indirect speech a pronoun is followed back instead.
_SELF = frozenset({"i", "we"})
_NEGATORS = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor"})
# Verbs that lend their subject to a noun of position ("have no objection", "gave its support").
_LENDING = frozenset(
    "have give express voice offer reiterate repeat declare lend make signal".split()
)
# Kinds that somebody who is told or asked to his face is the other side of.
_TO_A_FACE = frozenset({"demands", "threatens", "offers", "regrets"})
# A position is toward so many parties at most: a longer list is of what is spoken about.
_MOST = 4


def with_positions(
    page: Page,
    statements: tuple[Statement, ...],
    mentions: tuple[Mention, ...],
    events: tuple[Event, ...],
    tellings: tuple[TieTelling, ...],
    rulebook: Rulebook,
) -> tuple[Statement, ...]:
    """The statements with the positions that their speakers hold in them.

    Args:
        page: the report with its trees.
        statements, mentions, events, tellings: what was read from it.
        rulebook: for the words of positions and the grammar.
    """
    if not statements:
        return ()
    finder = _Finder(page, mentions, events, tellings, rulebook)
    return tuple(replace(one, positions=finder.find(one)) for one in statements)


class _Finder:
    """The parties, events and ties of a report by their places; made once for a report."""

    def __init__(
        self,
        page: Page,
        mentions: tuple[Mention, ...],
        events: tuple[Event, ...],
        tellings: tuple[TieTelling, ...],
        rulebook: Rulebook,
    ) -> None:
        self.page = page
        self.text = page.report.text
        self.book = rulebook.positions
        self.rulebook = rulebook
        self.events = events
        self.tellings = tellings
        self.heads: dict[int, dict[int, Actor]] = defaultdict(dict)
        for mention in mentions:
            if mention.head is not None and mention.actor is not None:
                self.heads[mention.sentence].setdefault(mention.head, mention.actor)

    def find(self, statement: Statement) -> tuple[Position, ...]:
        """All positions of one statement, each once, in the order of the text."""
        if statement.speaker is None:
            return ()
        found = [
            *self._by_cue(statement),
            *self._by_words(statement),
            *self._by_phrases(statement),
            *self._by_events(statement),
            *self._by_ties(statement),
        ]
        made: list[Position] = []
        for position in found:
            same = next((one for one in made if _same(one, position)), None)
            if same is None and position.coder.startswith("event:"):
                # What the words said already of the same parties is not said again by the type.
                same = next((one for one in made if one.kind == position.kind), None)
            if same is None:
                made.append(position)
            elif not same.toward or (same.tie is None and position.tie):
                merged = replace(
                    same, toward=same.toward or position.toward, tie=same.tie or position.tie
                )
                made[made.index(same)] = merged
        return tuple(sorted(made, key=lambda one: (one.span.start, one.span.end, one.kind)))

    # -- the four witnesses -----------------------------------------------------------------------

    def _by_cue(self, statement: Statement) -> Iterator[Position]:
        cue, tree = statement.cue, self._tree(statement)
        if cue is None or tree is None:
            return
        inside = tree.within(cue.start - tree.offset, cue.end - tree.offset)
        for place in inside:
            rule, word = self._rule_of(tree, place)
            if rule is None:
                continue
            kind = self._kind(rule, tree, place)
            if kind is None:
                continue
            clauses = Clauses(tree, self.rulebook.grammar)
            toward = self._among(tree, clauses.object(place), statement)
            if statement.addressee and kind in _TO_A_FACE:
                toward = toward or self._others((statement.addressee,), statement)
            toward = toward or self._within(statement)
            made = replace(rule, kind=kind)
            yield self._made(made, cue.start, cue.end, toward, statement, f"word:{word}")
            return

    def _by_words(self, statement: Statement) -> Iterator[Position]:
        for tree in self._trees(statement):
            clauses = Clauses(tree, self.rulebook.grammar)
            for place in self._inside(tree, statement):
                modal = self._modal(tree, clauses, place, statement)
                if modal:
                    yield modal
                rule, word = self._rule_of(tree, place)
                if rule is None or not self._is_speakers(tree, clauses, place, statement):
                    continue
                kind = self._kind(rule, tree, place)
                if kind is None:
                    continue
                subjects = set(tree.kids(place, "nsubj"))
                under = self._under(tree, place, statement, without=subjects)
                first, last = self._edges(tree, place, word)
                toward = self._among(tree, under, statement)
                made = replace(rule, kind=kind)
                yield self._made(made, first, last, toward, statement, f"word:{word}")

    def _by_phrases(self, statement: Statement) -> Iterator[Position]:
        content = statement.content
        for rule in self.book.rules:
            for phrase in rule.phrases:
                for match in phrase.finditer(content.text):
                    start, end = content.start + match.start(), content.start + match.end()
                    toward = self._within(statement)
                    yield self._made(rule, start, end, toward, statement, "phrase")

    def _by_events(self, statement: Statement) -> Iterator[Position]:
        for event in self.events:
            rule = self.book.of_event(event.event)
            in_cue = statement.cue is not None and statement.cue.holds(event.trigger)
            if rule is None or not (in_cue or event.said_by == statement.id):
                continue
            if not any(self._is_side(actor, statement) for actor in event.actor):
                continue
            kind = rule.negated if "negation" in event.auxiliary else rule.kind
            if kind is None or {"hypothetical", "historical"} & set(event.auxiliary):
                continue
            toward = self._others(event.recipient, statement)
            if not toward and not in_cue:
                continue  # what the act is toward is not told: too little to hold it against somebody
            made = replace(rule, kind=kind)
            span = event.trigger
            coder = f"event:{event.event}"
            yield self._made(made, span.start, span.end, toward, statement, coder)

    def _by_ties(self, statement: Statement) -> Iterator[Position]:
        """A tie of the speaker's own state that is sought, told in his words: he supports it."""
        supports = next(rule for rule in self.book.rules if rule.kind == "supports")
        for telling in self.tellings:
            if telling.said_by != statement.id or "negation" in telling.auxiliary:
                continue
            sought = self.rulebook.ties.as_told(telling.kind, telling.state, telling.auxiliary)
            if sought is None or not sought.endswith("sought"):
                continue
            if not any(self._is_side(member, statement) for member in telling.members):
                continue
            toward = self._others(telling.members, statement)
            span = telling.span
            yield Position(supports.kind, span, toward, telling.kind, f"tie:{telling.kind}")

    # -- words ------------------------------------------------------------------------------------

    def _rule_of(self, tree: Tree, place: int) -> tuple[PositionRule | None, str]:
        """The rule whose verb or noun stands at a word; of several the one with most words."""
        token, lemma = tree.tokens[place], tree.lemma(place)
        best: tuple[PositionRule | None, str] = (None, "")
        for rule in self.book.rules:
            if token.upos == "NOUN" and lemma in rule.nouns and len(best[1].split()) < 1:
                best = rule, lemma
            if token.upos != "VERB":
                continue
            for words in rule.verbs:
                if words[0] != lemma or len(words) <= len(best[1].split()):
                    continue
                if all(self._goes_with(tree, place, word) for word in words[1:]):
                    best = rule, " ".join(words)
        return best

    def _goes_with(self, tree: Tree, place: int, word: str) -> bool:
        """Whether a later word of a verb follows it at once or marks a phrase on it."""
        behind = tree.tokens[place + 1].text.lower() if place + 1 < len(tree.tokens) else ""
        if behind == word:
            return True
        kids = tree.children[place]
        return any(
            kid > place
            and (
                tree.tokens[kid].text.lower() == word
                or tree.case(kid) == word
                or any(tree.tokens[m].text.lower() == word for m in tree.kids(kid, "mark"))
            )
            for kid in kids
        )

    def _kind(self, rule: PositionRule, tree: Tree, place: int) -> PositionKind | None:
        return rule.negated if _negated(tree, place) else rule.kind

    def _modal(
        self, tree: Tree, clauses: Clauses, place: int, statement: Statement
    ) -> Position | None:
        """ "Iran must leave": what is demanded of the clause's subject, if it is not the speaker."""
        token = tree.tokens[place]
        rule = next((one for one in self.book.rules if tree.lemma(place) in one.modals), None)
        if rule is None or token.upos != "AUX" or not 0 <= token.head < len(tree.tokens):
            return None
        verb = token.head
        heads = tree.kids(verb, "nsubj")[:1]
        if not heads or any(self._speaks(tree, head, statement) for head in heads):
            return None
        subject = clauses.surface(verb)
        toward = self._among(tree, subject, statement)
        toward = toward or self._among(tree, self._under(tree, verb, statement), statement)
        start, end = tree.offset + token.start, tree.offset + token.end
        if verb == place + 1:
            end = tree.offset + tree.tokens[verb].end
        return self._made(rule, start, end, toward, statement, f"word:{token.text.lower()}")

    def _is_speakers(self, tree: Tree, clauses: Clauses, place: int, statement: Statement) -> bool:
        """Whether the speaker is the one who does what the word says."""
        token = tree.tokens[place]
        if token.upos == "VERB":
            if clauses.passive(place):
                return any(self._speaks(tree, one, statement) for one in clauses.subject(place))
            return any(self._speaks(tree, one, statement) for one in clauses.subject(place))
        owners = tree.kids(place, "nmod:poss")
        if owners:
            return any(self._speaks(tree, one, statement) for one in owners)
        above = token.head
        if base(token.deprel) != "obj" or not 0 <= above < len(tree.tokens):
            return False
        if tree.lemma(above) not in _LENDING:
            return False
        cue = statement.cue
        in_cue = cue is not None and cue.start <= tree.offset + tree.tokens[above].start < cue.end
        heads = clauses.subject(above)
        return in_cue or any(self._speaks(tree, one, statement) for one in heads)

    def _speaks(self, tree: Tree, head: int, statement: Statement) -> bool:
        if tree.tokens[head].text.lower() in _SELF:
            return statement.kind != "indirect"
        actor = self.heads[tree.sentence.index].get(head)
        return actor is not None and self._is_side(actor, statement)

    # -- parties ----------------------------------------------------------------------------------

    def _is_side(self, actor: Actor, statement: Statement) -> bool:
        """Whether a party is the speaker or the state that he speaks for."""
        speaker = statement.speaker
        if speaker is None:
            return False
        return actor.key == speaker.key or (
            speaker.country_code is not None and actor.country_code == speaker.country_code
        )

    def _others(self, actors: Iterable[Actor], statement: Statement) -> tuple[Actor, ...]:
        """The coded parties that are not the speaker's side, each once."""
        made: dict[str, Actor] = {}
        for actor in actors:
            sector = actor.sector_code if actor.sector_code != "UNK" else None
            coded = actor.entity_code or actor.name or sector
            if coded and not self._is_side(actor, statement):
                made.setdefault(actor.key, actor)
        return tuple(made.values())[:_MOST]

    def _among(self, tree: Tree, places: Iterable[int], statement: Statement) -> tuple[Actor, ...]:
        """The parties at these words or inside their phrases."""
        wanted = sorted({one for place in places for one in tree.subtree(place)})
        heads = self.heads[tree.sentence.index]
        return self._others((heads[one] for one in wanted if one in heads), statement)

    def _within(self, statement: Statement) -> tuple[Actor, ...]:
        """The parties that the content names in its first sentence."""
        for tree in self._trees(statement):
            heads = self.heads[tree.sentence.index]
            inside = self._inside(tree, statement)
            return self._others((heads[one] for one in inside if one in heads), statement)
        return ()

    def _under(
        self, tree: Tree, place: int, statement: Statement, *, without: Iterable[int] = ()
    ) -> tuple[int, ...]:
        """The phrases on a word that lie inside the content, and those on what governs a noun."""
        hosts = [place]
        token = tree.tokens[place]
        if token.upos == "NOUN" and base(token.deprel) == "obj":
            hosts.append(token.head)
        inside = set(self._inside(tree, statement))
        left = {*without, *tree.kids(place, "nmod:poss")}
        return tuple(
            kid
            for host in hosts
            for kid in tree.children[host]
            if kid in inside and kid not in left and kid != place
        )

    # -- places -----------------------------------------------------------------------------------

    def _made(
        self,
        rule: PositionRule,
        start: int,
        end: int,
        toward: tuple[Actor, ...],
        statement: Statement,
        coder: str,
    ) -> Position:
        tie = self._tie(statement)
        return Position(rule.kind, cut(self.text, start, end), toward, tie, coder)

    def _tie(self, statement: Statement) -> str | None:
        """The kind of tie that the content concerns: of a telling in it, else by its nouns."""
        content = statement.content
        for telling in self.tellings:
            if telling.said_by == statement.id or content.holds(telling.span):
                return telling.kind
        for tree in self._trees(statement):
            for place in self._inside(tree, statement):
                kind = self.book.ties.get(tree.lemma(place))
                if kind and tree.tokens[place].upos == "NOUN":
                    return kind
        return None

    def _edges(self, tree: Tree, place: int, word: str) -> tuple[int, int]:
        first, last = place, place
        later = word.split()[1:]
        if later and place + 1 < len(tree.tokens):
            last += tree.tokens[place + 1].text.lower() == later[0]
        return tree.offset + tree.tokens[first].start, tree.offset + tree.tokens[last].end

    def _inside(self, tree: Tree, statement: Statement) -> tuple[int, ...]:
        content = statement.content
        return tree.within(content.start - tree.offset, content.end - tree.offset)

    def _trees(self, statement: Statement) -> list[Tree]:
        content = statement.content
        return [tree for tree in self.page.trees if tree.sentence.span.overlaps(content)]

    def _tree(self, statement: Statement) -> Tree | None:
        cue = statement.cue
        if cue is None:
            return None
        return next((tree for tree in self.page.trees if tree.sentence.span.overlaps(cue)), None)


def _negated(tree: Tree, place: int) -> bool:
    """Whether a word or what governs it is told as not so ("did not support", "no objection")."""
    hosts = [place]
    token = tree.tokens[place]
    if token.upos == "NOUN" and base(token.deprel) == "obj":
        hosts.append(token.head)
    if token.upos == "VERB" and token.deprel == "xcomp" and token.head >= 0:
        hosts.append(token.head)
    return any(
        tree.tokens[kid].text.lower() in _NEGATORS for host in hosts for kid in tree.children[host]
    )


def _same(left: Position, right: Position) -> bool:
    return left.kind == right.kind and left.span.overlaps(right.span)
