"""Who said what: statements from quotation marks, from clauses of saying, and from the model's tags.

Three witnesses are heard in this order. *Quotation marks* decide what is direct; a quotation without
words of saying beside it is given to the speaker of its neighbours. *Clauses*: a verb of saying with
its subject and what it governs. *The model's attribution tags*, where neither of the two spoke.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from dragoman.entries import Statement
from dragoman.ids import content_id
from dragoman.reading.clauses import Clauses
from dragoman.reading.parties import Parties
from dragoman.reading.quotes import find_quotes
from dragoman.reading.tree import base
from dragoman.spans import Span, cut

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.entries import Actor, Mention, Report, StatementKind
    from dragoman.language.tags import Attribution
    from dragoman.reading.quotes import Quote
    from dragoman.reading.tree import Page, Tree
    from dragoman.rulebook import Rulebook
    from dragoman.rulebook.cues import Cues

# Quoted words fewer than this, in the midst of a clause, are a name, a title or a distance taken
# ("the 'peace plan'"), unless a verb of saying governs them.
SCARE_WORDS = 4
# Attribution tags below this confidence are not heard on their own.
TAG_FLOOR = 0.5


@dataclass(frozen=True, slots=True)
class Saying:
    """A cue with its speaker and content, as token positions and character offsets of the report."""

    sentence: int
    cue: tuple[int, int] | None
    speakers: tuple[int, ...]
    addressees: tuple[int, ...]
    content: tuple[int, int] | None
    verb: int | None
    coder: str
    confidence: float


def find_statements(
    page: Page, mentions: tuple[Mention, ...], rulebook: Rulebook
) -> tuple[Statement, ...]:
    """All statements of a report, in the order of the text."""
    return _Reader(page, mentions, rulebook).run()


class _Reader:
    """The statements of one report while it is read in order."""

    def __init__(self, page: Page, mentions: tuple[Mention, ...], rulebook: Rulebook) -> None:
        self.page = page
        self.report: Report = page.report
        self.cues = rulebook.cues
        self.parties = Parties(page, mentions, ())
        self.quotes = find_quotes(page.report)
        self.grammar = rulebook.grammar
        self.made: list[Statement] = []
        self.last: tuple[int, Actor | None] | None = None

    def run(self) -> tuple[Statement, ...]:
        floating: list[tuple[Tree, Quote]] = []
        for tree in self.page.trees:
            clauses = Clauses(tree, self.grammar)
            quotes = [q for q in self.quotes if _inside(q, tree)]
            sayings = list(_sayings(clauses, self.cues))
            used: set[Quote] = set()
            for saying in sayings:
                self._attribute(tree, saying, quotes, used)
            for attribution in tree.tags.attributions:
                self._tagged(tree, attribution, quotes, used)
            left = [q for q in quotes if q not in used and self._is_speech(tree, q)]
            if left and self.made and any(s.sentence == tree.sentence.index for s in self.made):
                left = [q for q in left if not self._join(tree, q)]
            floating.extend((tree, quote) for quote in left)
        self._float(floating)
        return tuple(
            sorted(_unique(self.made), key=lambda s: (s.content.start, s.content.end, s.id))
        )

    # -- clauses of saying ------------------------------------------------------------------------

    def _attribute(self, tree: Tree, saying: Saying, quotes: list[Quote], used: set[Quote]) -> None:
        own = [q for q in quotes if q not in used and _belongs(q, saying, tree, self.cues)]
        content = saying.content
        if own:
            spoken = (own[0].start, own[-1].end)
            content = _union(spoken, content, saying)
        if content is None:
            return
        verb = tree.lemma(saying.verb) if saying.verb is not None else ""
        if verb in self.cues.act_verbs and not own and not _that_clause(tree, saying):
            return
        used.update(own)
        self._add(tree, saying, content, own)

    def _add(self, tree: Tree, saying: Saying, content: tuple[int, int], own: list[Quote]) -> None:
        index = tree.sentence.index
        speakers = self.parties.at(index, saying.speakers)
        addressees = self.parties.at(index, saying.addressees)
        speaker = speakers[0] if speakers else None
        if speaker is None and saying.speakers:
            speaker = _unknown(tree, self.report, saying.speakers[0])
        cue = cut(self.report.text, *saying.cue) if saying.cue else None
        span = cut(self.report.text, *content)
        self._keep(
            Statement(
                id="",
                report_id=self.report.id,
                sentence=index,
                span=span,
                kind=_kind(span, own),
                speaker=speaker,
                cue=cue,
                content=span,
                addressee=addressees[0] if addressees else None,
                confidence=saying.confidence,
                coder=saying.coder,
                why=f"{saying.coder}: “{cue.text if cue else ''}” with its subject and what it governs",
                embedding=embedding(tree),
            )
        )

    def _keep(self, statement: Statement) -> None:
        pieces = [statement.content]
        if statement.cue:
            pieces.append(statement.cue)
        if statement.speaker and _near(statement.speaker.span, statement.content):
            pieces.append(statement.speaker.span)
        start = min(piece.start for piece in pieces)
        end = max(piece.end for piece in pieces)
        made = replace(statement, span=cut(self.report.text, start, end))
        self.made.append(replace(made, id=statement_id(made)))

    # -- the model's tags -------------------------------------------------------------------------

    def _tagged(self, tree: Tree, tag: Attribution, quotes: list[Quote], used: set[Quote]) -> None:
        if tag.confidence < TAG_FLOOR or not tag.content or tag.cue is None or tag.source is None:
            return
        offset = tree.offset
        content = (offset + tag.content[0][0], offset + tag.content[-1][1])
        if any(_overlap(content, (s.content.start, s.content.end)) for s in self.made):
            return
        cue = (offset + tag.cue[0], offset + tag.cue[1])
        head = tree.head_of(tree.within(*tag.source))
        own = [q for q in quotes if _overlap((q.start, q.end), content)]
        used.update(own)
        saying = Saying(
            tree.sentence.index, cue, (head,) if head is not None else (), (), content, None,
            "model:attribution", tag.confidence,
        )  # fmt: skip
        self._add(tree, saying, content, own)

    # -- quotations without words of saying -------------------------------------------------------

    def _is_speech(self, tree: Tree, quote: Quote) -> bool:
        words = self.report.text[quote.inner_start : quote.inner_end].split()
        sentence = tree.sentence.span
        whole = quote.start <= sentence.start + 1 and quote.end >= sentence.end - 2
        return whole or quote.continues or len(words) >= SCARE_WORDS + 2

    def _join(self, tree: Tree, quote: Quote) -> bool:
        """A further quotation of a sentence that already has its speaker ("...," he said. "...")."""
        for position, statement in enumerate(self.made):
            if statement.sentence != tree.sentence.index or statement.kind == "indirect":
                continue
            span = cut(self.report.text, quote.start, quote.end)
            made = replace(statement, content=span, kind="direct", span=span)
            self.made.insert(position + 1, replace(made, id=statement_id(made)))
            return True
        return False

    def _float(self, floating: list[tuple[Tree, Quote]]) -> None:
        """Gives each quotation without words of saying to the speaker of its nearest neighbour."""
        for tree, quote in floating:
            speaker, why = self._neighbour(tree, quote)
            span = cut(self.report.text, quote.start, quote.end)
            self._keep(
                Statement(
                    id="",
                    report_id=self.report.id,
                    sentence=tree.sentence.index,
                    span=span,
                    kind="direct",
                    speaker=speaker,
                    cue=None,
                    content=span,
                    confidence=0.7 if speaker else 0.3,
                    coder="rule:floating quotation",
                    why=why,
                    embedding=embedding(tree),
                )
            )

    def _neighbour(self, tree: Tree, quote: Quote) -> tuple[Actor | None, str]:
        index = tree.sentence.index
        before = [s for s in self.made if s.speaker and s.content.start < quote.start]
        near = [s for s in before if index - s.sentence <= 2]
        if near:
            last = max(near, key=lambda s: s.content.start)
            assert last.speaker is not None
            return last.speaker, f"the quotation goes on after words of “{last.speaker.span.text}”"
        after = [s for s in self.made if s.speaker and 0 < s.sentence - index <= 1]
        if after:
            nearest = min(after, key=lambda s: s.content.start)
            assert nearest.speaker is not None
            return nearest.speaker, f"the words of “{nearest.speaker.span.text}” follow"
        for back in range(1, 3):
            subject = self._subject_of(index - back)
            if subject:
                return subject, f"“{subject.span.text}” is spoken of just before"
        return None, "no speaker is told near these words"

    def _subject_of(self, index: int) -> Actor | None:
        for tree in self.page.trees:
            if tree.sentence.index != index:
                continue
            for position, token in enumerate(tree.tokens):
                if base(token.deprel) == "nsubj":
                    actors = self.parties.at(index, (position,))
                    if actors:
                        return actors[0]
        return None


# -- clauses -------------------------------------------------------------------------------------


def _sayings(clauses: Clauses, cues: Cues) -> Iterable[Saying]:
    tree = clauses.tree
    for position, token in enumerate(tree.tokens):
        lemma = token.lemma.lower()
        if token.upos == "VERB" and lemma in cues.cue_verbs:
            saying = _verb_saying(clauses, position, cues)
            if saying:
                yield saying
    yield from _according(tree, cues)


def _verb_saying(clauses: Clauses, verb: int, cues: Cues) -> Saying | None:
    tree = clauses.tree
    speakers = clauses.subject(verb)
    content = _content(clauses, verb, cues)
    addressees = clauses.phrases(verb, "to")
    if tree.lemma(verb) in {"tell", "inform", "assure", "remind", "notify", "ask", "warn", "urge"}:
        addressees = clauses.object(verb) or clauses.indirect(verb) or addressees
    first, last = verb, verb + 1
    while (
        first > 0
        and tree.tokens[first - 1].head == verb
        and (base(tree.tokens[first - 1].deprel) == "aux")
    ):
        first -= 1
    cue = (tree.offset + tree.tokens[first].start, tree.offset + tree.tokens[last - 1].end)
    if not speakers and content is None:
        return None
    return Saying(
        tree.sentence.index,
        cue,
        speakers,
        addressees,
        content,
        verb,
        f"rule:{tree.lemma(verb)}",
        0.9,
    )


def _content(clauses: Clauses, verb: int, cues: Cues) -> tuple[int, int] | None:
    """What a verb of saying governs: its clause, or the clause that it stands beside."""
    tree = clauses.tree
    for kid in tree.kids(verb, "ccomp"):
        return _extent(tree, tree.subtree(kid))
    if base(tree.tokens[verb].deprel) == "parataxis":
        above = tree.tokens[verb].head
        mine = set(tree.subtree(verb))
        rest = [one for one in tree.subtree(above) if one not in mine]
        before = [one for one in rest if one < min(mine)]
        return _extent(tree, tuple(before or rest))
    for kid in tree.kids(verb, "parataxis"):
        return _extent(tree, tree.subtree(kid))
    lemma = tree.lemma(verb)
    if lemma in cues.expressive or lemma in {
        "describe",
        "call",
        "note",
        "stress",
        "underline",
        "emphasize",
        "emphasise",
        "reiterate",
        "reaffirm",
    }:
        for kid in (*tree.kids(verb, "obj"), *tree.kids(verb, "obl")):
            if len(tree.subtree(kid)) > 1 and tree.tokens[kid].upos in {"NOUN", "VERB", "PROPN"}:
                return _extent(tree, tree.subtree(kid))
        for kid in tree.kids(verb, "advcl", "xcomp"):
            return _extent(tree, tree.subtree(kid))
    if lemma in {"promise", "pledge", "vow", "hope", "demand", "agree"}:
        for kid in tree.kids(verb, "xcomp"):
            return _extent(tree, tree.subtree(kid))
    return None


def _according(tree: Tree, cues: Cues) -> Iterable[Saying]:
    text = tree.tags.text.lower()
    for phrase in cues.according:
        start = text.find(phrase)
        while start >= 0:
            positions = tree.within(start, start + len(phrase))
            if positions:
                above = tree.tokens[positions[0]].head
                mine = tree.subtree(above) if above >= 0 else positions
                rest = tuple(one for one in range(len(tree.tokens)) if one not in set(mine))
                if above >= 0 and rest:
                    yield Saying(
                        tree.sentence.index,
                        (tree.offset + start, tree.offset + start + len(phrase)),
                        (above,),
                        (),
                        _longest(tree, rest),
                        None,
                        f"rule:{phrase}",
                        0.9,
                    )
            start = text.find(phrase, start + 1)


def _longest(tree: Tree, positions: tuple[int, ...]) -> tuple[int, int] | None:
    runs: list[list[int]] = []
    for position in positions:
        if runs and position == runs[-1][-1] + 1:
            runs[-1].append(position)
        else:
            runs.append([position])
    longest = max(runs, key=len, default=None)
    return _extent(tree, tuple(longest)) if longest else None


def _extent(tree: Tree, positions: tuple[int, ...]) -> tuple[int, int] | None:
    """Report offsets of a stretch of words, without punctuation at its edges except quotation marks."""
    kept = list(positions)
    while kept and tree.tokens[kept[0]].upos == "PUNCT" and tree.tokens[kept[0]].text in ",;:-–—":
        kept.pop(0)
    while kept and tree.tokens[kept[-1]].text in {",", ";", ":", ".", "–", "—", "-"}:
        kept.pop()
    if not kept:
        return None
    return tree.offset + tree.tokens[kept[0]].start, tree.offset + tree.tokens[kept[-1]].end


# -- quotations ----------------------------------------------------------------------------------


def _inside(quote: Quote, tree: Tree) -> bool:
    span = tree.sentence.span
    return span.start <= quote.start < span.end


def _belongs(quote: Quote, saying: Saying, tree: Tree, cues: Cues) -> bool:
    """Whether a quotation in the sentence is what this verb of saying gives."""
    if saying.cue is None:
        return False
    if quote.start <= saying.cue[0] < quote.end:
        return False
    positions = tree.within(quote.inner_start - tree.offset, quote.inner_end - tree.offset)
    words = len([one for one in positions if tree.tokens[one].upos != "PUNCT"])
    if saying.content and saying.content[0] <= quote.start and quote.end <= saying.content[1] + 2:
        return True
    if words < SCARE_WORDS:
        return False
    # The nearest verb of saying takes it: no other stands between the two.
    left, right = sorted((saying.cue[0], quote.start))
    return not any(
        left < tree.offset + token.start < right
        and token.upos == "VERB"
        and token.lemma.lower() in cues.cue_verbs
        and tree.offset + token.start != saying.cue[0]
        and not quote.start <= tree.offset + token.start < quote.end
        for token in tree.tokens
    )


def _union(
    spoken: tuple[int, int],
    content: tuple[int, int] | None,
    saying: Saying,
) -> tuple[int, int]:
    if content is None or not _overlap(spoken, content):
        return spoken
    # A clause that begins before the quotation belongs to what is said ("that Russia 'can play'").
    start = content[0] if content[0] < spoken[0] - 1 else spoken[0]
    end = content[1] if content[1] > spoken[1] + 1 else spoken[1]
    if saying.cue and start < saying.cue[0] < end:
        return spoken
    return start, end


def _that_clause(tree: Tree, saying: Saying) -> bool:
    if saying.verb is None:
        return True
    for kid in tree.kids(saying.verb, "ccomp"):
        return any(tree.tokens[mark].text.lower() == "that" for mark in tree.kids(kid, "mark"))
    return tree.lemma(saying.verb) in {"express", "voice", "hint", "signal", "hope", "describe"}


def _kind(content: Span, own: list[Quote]) -> StatementKind:
    if not own:
        return "indirect"
    if own[0].start <= content.start + 1 and own[-1].end >= content.end - 2 and len(own) == 1:
        return "direct"
    quoted = sum(min(q.end, content.end) - max(q.start, content.start) for q in own)
    return "direct" if quoted >= 0.95 * (content.end - content.start) else "mixed"


def _near(span: Span, content: Span) -> bool:
    gap = max(span.start, content.start) - min(span.end, content.end)
    return gap < 200  # a speaker named in another paragraph does not stretch the statement's span


def _unknown(tree: Tree, report: Report, head: int) -> Actor | None:
    """A speaker that is no coded party stays what he is: his words, without a code."""
    from dragoman.entries import Actor

    if tree.tokens[head].upos == "PUNCT":
        return None
    first, last = tree.core(head)
    span = tree.span(report, first, last)
    return Actor(span, name=None, why=f"“{span.text}”: not coded")


def _overlap(left: tuple[int, int], right: tuple[int, int]) -> bool:
    return left[0] < right[1] and right[0] < left[1]


def embedding(tree: Tree) -> bytes:
    """The sentence's embedding in int8 steps of 1/127."""
    vector = np.asarray(tree.tags.embedding, dtype=np.float32)
    steps = np.clip(np.rint(vector * 127.0), -127, 127).astype(np.int8)
    return bytes(steps.tobytes())


def statement_id(statement: Statement) -> str:
    """The id of a statement from its report, content and speaker's words."""
    speaker = statement.speaker.span.start if statement.speaker else None
    return content_id(
        "s", statement.report_id, statement.content.start, statement.content.end, speaker
    )


def _unique(statements: list[Statement]) -> list[Statement]:
    """Each content once; one that lies inside another of the same speaker is dropped."""
    made: list[Statement] = []
    for statement in sorted(
        statements, key=lambda s: (s.content.start, -(s.content.end - s.content.start), s.id)
    ):
        inside = [
            other
            for other in made
            if other.content.holds(statement.content)
            and (other.content == statement.content or _speaker(other) == _speaker(statement))
        ]
        if not inside:
            made.append(statement)
    return made


def _speaker(statement: Statement) -> str | None:
    return statement.speaker.key if statement.speaker else None
