"""Who speaks, to whom, and when: from the words of a source to the party behind them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.entries import Actor, Occasion
from dragoman.reading.clauses import Clauses
from dragoman.reading.naming import Naming
from dragoman.reading.saying import extent
from dragoman.reading.tree import base
from dragoman.spans import cut

if TYPE_CHECKING:
    from dragoman.entries import Moment
    from dragoman.reading.parties import Parties
    from dragoman.reading.saying import Place, Saying
    from dragoman.reading.tree import Page, Tree
    from dragoman.rulebook import Grammar
    from dragoman.rulebook.cues import Cues
    from dragoman.spans import Span

# Verbs whose object is spoken to.
_TELLING = frozenset("tell inform assure remind notify ask warn urge brief address advise".split())
_SPEAKING = frozenset({"speak", "talk", "write"})
# Pronouns that stand for the noun before them.
_RELATIVE = frozenset({"who", "which", "that", "whom"})
# Relations of a name that stands beside its title.
_BESIDE = frozenset({"appos", "flat", "nmod:desc"})
# Kinds of occasions where who stands behind "with" or "to" is spoken to ("in an interview with ...").
_FACE_TO_FACE = frozenset({"interview", "call", "meeting", "letter", "speech", "statement"})
# Prepositions of an occasion ("during talks"), and nouns that stand for a part of one ("at the start of").
_AT = frozenset("at in during on via through over to by".split())
_PARTS = frozenset(
    "start beginning opening end close course side sideline sidelines margin margins middle midst part".split()
)


class Voices:
    """The parties of a report as speakers and addressees; made once for a report."""

    def __init__(
        self,
        page: Page,
        parties: Parties,
        moments: tuple[Moment, ...],
        grammar: Grammar,
        cues: Cues,
    ) -> None:
        self._text = page.report.text
        self._naming = Naming(page, parties)
        self._parties = parties
        self._moments = moments
        self._grammar = grammar
        self._occasions = cues.occasions

    def speaker(self, tree: Tree, saying: Saying) -> Actor | None:
        """The party behind the source's words, with these words as its span.

        One that cannot be coded stays what it is: his words, without a code.
        """
        if saying.source is None:
            return None
        span = cut(self._text, *saying.source)
        found = self._named_before(tree, span) if span.text in {"who", "Who"} else None
        found = found or self._party(tree, saying.heads) or self._inside(tree, saying)
        found = self._naming.named(tree, saying, found)
        if found is None and span.text.lower() in _RELATIVE:
            return self._antecedent(tree, saying, span)
        if found is None:
            return Actor(span, why=f"“{span.text}”: not coded")
        return replace(found, span=span)

    def _named_before(self, tree: Tree, span: Span) -> Actor | None:
        """The person named last before "who", where a name stands right before it."""
        first = tree.position_at(span.start - tree.offset) or 0
        last = first - 1
        while last > 0 and tree.tokens[last].upos == "PUNCT":
            last -= 1
        if last < 0 or tree.tokens[last].upos != "PROPN":
            return None
        people = [one for one in tree.tags.names if one.label == "PER" and one.last <= first]
        if not people:
            return None
        inside = range(people[-1].first, people[-1].last)
        found = next((one for place in inside if (one := self._party(tree, (place,)))), None)
        words = tree.span_of(people[-1].first, people[-1].last)
        return replace(found, why=f"“who” stands for “{words}”; {found.why}") if found else None

    def _antecedent(self, tree: Tree, saying: Saying, span: Span) -> Actor:
        """Whom "who" or "which" stands for: the noun phrase before it, coded or in its own words."""
        first = tree.position_at(span.start - tree.offset) or 0
        above = tree.tokens[saying.verb].head if saying.verb is not None else -1
        nouns = {"NOUN", "PROPN"}
        if not (0 <= above < first and tree.tokens[above].upos in nouns):
            above = next((p for p in range(first - 1, -1, -1) if tree.tokens[p].upos in nouns), -1)
        if above < 0:
            return Actor(span, why=f"“{span.text}”: not coded")
        words = tree.span_of(*tree.core(above))
        found = self._party(tree, (above,))
        why = f"“{span.text}” stands for “{words}”"
        if found:
            return replace(found, span=span, why=f"{why}; {found.why}")
        named = tree.tokens[above].upos == "PROPN"
        return Actor(span, name=words if named else None, why=why)

    def at(self, tree: Tree, position: int) -> Actor | None:
        """The party at a word, with its own words as its span."""
        return self._party(tree, (position,))

    def by_surname(self, words: str) -> Actor | None:
        """The one person of the report whose name ends with the same word, whatever its capitals."""
        return self._naming.by_surname(words)

    def is_party(self, sentence: int, position: int) -> bool:
        """Whether a coded party stands at a word."""
        found = self._parties.at(sentence, (position,))
        return bool(found and (found[0].entity_code or found[0].sector_code or found[0].name))

    def _party(self, tree: Tree, heads: tuple[int, ...]) -> Actor | None:
        found = self._parties.at(tree.sentence.index, heads)
        return found[0] if found else None

    def _inside(self, tree: Tree, saying: Saying) -> Actor | None:
        """The party beside the head within the source's words ("the envoy, Geir Pedersen, ...").

        Whose widow or envoy somebody is does not speak himself.
        """
        if saying.source is None:
            return None
        start, end = saying.source[0] - tree.offset, saying.source[1] - tree.offset
        inside = tree.within(start, end)
        owners = [p for p in inside if tree.tokens[p].deprel == "nmod:poss"]
        owned = {one for owner in owners for one in tree.subtree(owner)}
        # "The lawsuit, which was brought by Ann Lind": she is told of beside.
        clauses = [p for p in inside if tree.tokens[p].deprel == "acl:relcl"]
        owned |= {
            one for clause in clauses if clause not in saying.heads for one in tree.subtree(clause)
        }
        inside = tuple(p for p in inside if p not in owned)
        beside = [p for p in inside if base(tree.tokens[p].deprel) in _BESIDE]
        first = [p for p in inside if tree.tokens[p].upos in {"NOUN", "PROPN"}]
        for position in (*beside, *first):
            found = self._party(tree, (position,))
            if found and (position in beside or found.span.start == saying.source[0]):
                return found
        return None

    def addressee(self, tree: Tree, saying: Saying) -> Actor | None:
        """To whom the words are spoken, if told in the clause of saying itself."""
        verb = saying.verb
        if verb is None:
            return None
        clauses = Clauses(tree, self._grammar)
        heads: tuple[int, ...] = ()
        if tree.lemma(verb) in _TELLING:
            heads = clauses.indirect(verb) or clauses.object(verb)
        heads = heads or tuple(k for k in tree.kids(verb, "obl") if tree.case(k) == "to")
        # "Speaking to reporters in Amman, he said ..."
        heads = heads or tuple(
            kid
            for clause in tree.kids(verb, "advcl")
            if tree.lemma(clause) in _SPEAKING
            for kid in tree.kids(clause, "obl")
            if tree.case(kid) in {"to", "with"}
        )
        if not heads:
            before = min((*saying.heads, verb))
            fronted = [p for p in range(before) if base(tree.tokens[p].deprel) == "obl"]
            heads = tuple(
                kid
                for occasion in (*tree.kids(verb, "obl"), *fronted)
                if tree.case(occasion).split(" ")[-1] in _AT
                if self._kind_of(tree, occasion) in _FACE_TO_FACE
                for kid in tree.kids(occasion, "nmod")
                if tree.case(kid) in {"with", "to"}
            )
        for head in heads:
            token = tree.tokens[head]
            if _taken(tree.offset + token.start, saying.content) or token.upos == "VERB":
                continue
            if self._kind_of(tree, head):
                continue  # "told a news conference": on that occasion, to whoever was there
            found = self._party(tree, (head,))
            if found:
                return found
            place = extent(tree, tuple(range(*tree.core(head))))
            if place and token.upos in {"NOUN", "PROPN", "PRON"}:
                span = cut(self._text, *place)
                return Actor(span, why=f"“{span.text}”: not coded")
        return None

    def occasion(self, tree: Tree, saying: Saying) -> Occasion | None:
        """At what meeting, in what broadcast or post the words were spoken, if the clause of saying tells."""
        verb = saying.verb
        if verb is None:
            return None
        before = min((*saying.heads, verb))
        fronted = [p for p in range(before) if base(tree.tokens[p].deprel) == "obl"]
        told = tree.kids(verb, "obj", "iobj") if tree.lemma(verb) in _TELLING else ()
        for phrase in (*told, *tree.kids(verb, "obl", "nmod", "advmod"), *fronted):
            if phrase not in told and tree.case(phrase).split(" ")[-1] not in _AT:
                continue
            inner = phrase
            if tree.lemma(phrase) in _PARTS:
                inner = next(
                    (one for one in tree.kids(phrase, "nmod") if tree.case(one) == "of"), phrase
                )
            kind = self._kind_of(tree, inner)
            first, last = tree.core(inner)
            start = tree.offset + tree.tokens[first].start
            if kind is None or _taken(start, saying.content):
                continue
            ends = [
                max(tree.subtree(one))
                for one in tree.kids(inner, "nmod")
                if tree.case(one) in {"with", "of", "between"}
            ]
            stop = max([last - 1, *ends])
            end = tree.offset + tree.tokens[stop].end
            if any(start < place[1] and place[0] < end for place in saying.content):
                end = tree.offset + tree.tokens[last - 1].end
            return Occasion(kind, cut(self._text, start, end))
        return None

    def _kind_of(self, tree: Tree, noun: int) -> str | None:
        """The kind of occasion that a noun names, a compound first ("press conference")."""
        lemma = tree.lemma(noun)
        for kid in tree.kids(noun, "compound", "amod"):
            kind = self._occasions.get(f"{tree.lemma(kid)} {lemma}")
            if kind:
                return kind
        return self._occasions.get(lemma)

    def moment(self, tree: Tree, saying: Saying) -> Moment | None:
        """When the words were spoken: the time expression of the clause of saying nearest to its cue.

        What stands inside the content or the source tells of something else.
        """
        cue = saying.cue
        if cue is None:
            return None
        span = tree.sentence.span
        near = [
            (max(moment.span.start, cue[0]) - min(moment.span.end, cue[1]), moment.span, moment)
            for moment in self._moments
            if moment.value and moment.kind == "date"
            and span.start <= moment.span.start < span.end
            and not _taken(moment.span.start, saying.content)
            and _hangs_on(tree, moment.span, saying)
        ]  # fmt: skip
        return min(near, key=lambda one: one[:2])[2] if near else None


def _hangs_on(tree: Tree, span: Span, saying: Saying) -> bool:
    """Whether a time expression hangs on the verb of saying, or on its subject right behind it.

    "Said on Monday" and "said the king on Monday" do; "said in her 1976 book" does not.
    """
    inside = tree.within(span.start - tree.offset, span.end - tree.offset)
    head = tree.head_of(inside)
    if head is None:
        return False
    above = tree.tokens[head].head
    return above == saying.verb or above in saying.heads


def _taken(place: int, pieces: tuple[Place, ...]) -> bool:
    return any(start <= place < end for start, end in pieces)
