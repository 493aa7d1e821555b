"""Quotations in sentences without words of saying: whose they are by what stands beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.entries import Actor, Statement
from dragoman.reading.tree import base
from dragoman.reading.vectors import embedding
from dragoman.spans import cut

if TYPE_CHECKING:
    from dragoman.reading.quotes import Quote
    from dragoman.reading.tree import Page, Tree
    from dragoman.reading.voices import Voices
    from dragoman.spans import Span

# How many sentences back a speaker's words may stand that a quotation goes on from.
_REACH = 3
# "..." - Maria Lopes, teacher: a dash, then a name of a few words up to the end of the line or a comma.
_SIGNED = re.compile(
    r"\s{0,3}(?P<dash>[—–―‒]|--?)\s*(?P<name>[^\W\d_a-z][\w.'’-]*(?:[ \xa0][\w.'’-]+){0,5})[ \xa0]*(?=[,(\n]|$)"
)

# A paragraph set off behind a colon is somebody's words from so many words on; with a mark at its head
# it is a quotation or an item of a list.
_BLOCK_WORDS = 6
_MARKED = frozenset("\"“”„«»‘'`-–—•*·(")
# Ends of a quotation whose sentence may go on behind it.
_OPEN_ENDS = frozenset("?!,")
# "NAME: ..." inside a quoted transcript.
_LABEL = re.compile(r"(?P<name>[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3})(?P<colon>:)\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class Floating:
    """A quotation with the sentence it begins in."""

    tree: Tree
    quote: Quote


def give(
    page: Page,
    left: tuple[Floating, ...],
    made: tuple[Statement, ...],
    announced: tuple[Statement, ...],
    voices: Voices,
) -> tuple[Statement, ...]:
    """A statement for each quotation that is left over, with the likeliest speaker or none.

    Args:
        page: the report.
        left: the quotations, in the order of the text.
        made: the statements read so far.
        announced: words of saying whose content is still to come, as statements without content.
        voices: the report's parties.
    """
    given: list[Statement] = []
    for one in left:
        known = sorted((*made, *given), key=lambda s: (s.content.start, s.content.end))
        given.append(_statement(page, one, _Neighbours(page, one, known, announced, voices)))
    return tuple(given)


def blocks(
    page: Page, announced: tuple[Statement, ...], left: tuple[Floating, ...]
) -> tuple[Statement, ...]:
    """Paragraphs set off without marks behind words of saying that end theirs with a colon.

    Args:
        page: the report.
        announced: words of saying whose content is still to come.
        left: the quotations that float: a paragraph that begins with one is none of these.
    """
    text = page.report.text
    trees = {tree.sentence.index: tree for tree in page.trees}
    begun = {one.quote.start for one in left}
    made = []
    last = {one.sentence: one for one in sorted(announced, key=lambda one: one.content.start)}
    for one in last.values():
        here, following = trees[one.sentence], trees.get(one.sentence + 1)
        if one.speaker is None or one.cue is None or following is None:
            continue
        span = following.sentence.span
        if not _set_off(text, here.sentence.span, span) or one.coder.startswith("stance:"):
            continue
        place = _paragraph(page, span.start)
        if any(place[0] <= start < place[1] for start in begun) or text[place[0]] in _MARKED:
            continue
        if len(text[place[0] : place[1]].split()) < _BLOCK_WORDS:
            continue
        content = cut(text, *place)
        why = f"“{one.cue.text}” and a colon stand before the paragraph"
        made.append(
            replace(
                one,
                sentence=following.sentence.index,
                kind="direct",
                content=content,
                span=content,
                coder="rule:block quotation",
                confidence=0.6,
                why=why,
                embedding=embedding(following),
            )
        )
    return tuple(made)


def _set_off(text: str, here: Span, following: Span) -> bool:
    """Whether a sentence ends with a colon and the next begins a paragraph."""
    return here.text.rstrip().endswith(":") and "\n" in text[here.end : following.start]


def _paragraph(page: Page, start: int) -> tuple[int, int]:
    """From a place to the end of its paragraph, white space left out."""
    text = page.report.text
    stop = next(part.end for part in page.report.parts if part.start <= start < part.end)
    for mark in ("\n\n", "\n"):
        found = text.find(mark, start, stop)
        stop = found if found >= 0 else stop
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    return start, stop


@dataclass(frozen=True, slots=True)
class _Voice:
    """Whose a quotation is, why, by which cue, and the statement whose occasion it shares.

    `start` is where the words begin if not at the mark.
    """

    speaker: Actor | None
    why: str
    cue: Span | None = None
    like: Statement | None = None
    start: int | None = None


def signature(text: str, quote: Quote) -> re.Match[str] | None:
    """The name behind a dash under or behind a quotation ("..." - Maria Lopes): "dash" and "name"."""
    return _SIGNED.match(text, quote.end) if quote.closed else None


def _statement(page: Page, floating: Floating, neighbours: _Neighbours) -> Statement:
    voice = neighbours.find()
    like = voice.like
    start = floating.quote.start if voice.start is None else voice.start
    span = cut(page.report.text, start, floating.quote.end)
    return Statement(
        id="",
        report_id=page.report.id,
        sentence=floating.tree.sentence.index,
        span=span,
        kind="direct",
        speaker=voice.speaker,
        cue=voice.cue,
        content=span,
        addressee=like.addressee if like else None,
        date=like.date if like else None,
        date_precision=like.date_precision if like else "none",
        confidence=0.7 if voice.speaker else 0.3,
        coder="rule:floating quotation",
        why=voice.why,
        occasion=like.occasion if like else None,
        embedding=embedding(floating.tree),
    )


class _Neighbours:
    """What stands beside one floating quotation."""

    def __init__(
        self,
        page: Page,
        floating: Floating,
        known: list[Statement],
        announced: tuple[Statement, ...],
        voices: Voices,
    ) -> None:
        self.page = page
        self.tree = floating.tree
        self.quote = floating.quote
        self.index = floating.tree.sentence.index
        self.every = known
        self.known = [one for one in known if one.speaker and _is_said(one)]
        self.announced = announced
        self.voices = voices

    def find(self) -> _Voice:
        """The voice, from the surest sign to the weakest."""
        signed = self._signed() or self._labelled()
        if signed:
            return signed
        one, does = self._announcing(), "announces"
        if one is None:
            one, does = self._closing(), "closes"
        if one and one.speaker:
            words = one.cue.text if one.cue else ""
            return _Voice(one.speaker, f"“{words}” {does} the quotation", one.cue, one)
        subject = self._subject(self.tree, before=self.quote.start)
        if subject:
            return _Voice(subject, f"“{subject.span.text}” is the subject of the sentence")
        before = self._before()
        if before and (self.quote.continues or self._same_paragraph(before)):
            return self._going_on(before)
        beside = self._beside()
        if beside:
            return beside
        return self._after() or (self._going_on(before) if before else self._told_of())

    def _going_on(self, before: Statement) -> _Voice:
        assert before.speaker is not None
        words = before.speaker.span.text
        return _Voice(
            before.speaker, f"the quotation goes on after words of “{words}”", like=before
        )

    def _beside(self) -> _Voice | None:
        """Who is the subject of the sentence just before, in the quotation's own paragraph."""
        tree = self._tree(self.index - 1)
        if tree is None or "\n" in self.page.report.text[tree.sentence.span.end : self.quote.start]:
            return None
        subject = self._subject(tree, before=self.quote.start)
        if subject is None or not _may_speak(subject):
            return None
        return _Voice(subject, f"“{subject.span.text}” is spoken of just before")

    def _told_of(self) -> _Voice:
        for back in range(1, _REACH):
            tree = self._tree(self.index - back)
            subject = self._subject(tree, before=self.quote.start) if tree else None
            if subject:
                return _Voice(subject, f"“{subject.span.text}” is spoken of just before")
        return _Voice(None, "no speaker is told near these words")

    def _signed(self) -> _Voice | None:
        text = self.page.report.text
        match = signature(text, self.quote)
        if match is None:
            return None
        name = match.group("name").rstrip(".")
        place = match.start("name"), match.start("name") + len(name)
        return self._named(place, match.span("dash"), "the quotation is signed with the name")

    def _labelled(self) -> _Voice | None:
        """The speaker of a transcript's line that is quoted as a whole ("NAME: ...")."""
        match = _LABEL.match(self.page.report.text, self.quote.inner_start)
        if match is None:
            return None
        voice = self._named(match.span("name"), match.span("colon"), "the name before the colon")
        return replace(voice, start=match.end()) if match.end() < self.quote.inner_end else None

    def _named(self, name: tuple[int, int], cue: tuple[int, int], why: str) -> _Voice:
        text = self.page.report.text
        span, mark = cut(text, *name), cut(text, *cue)
        for tree in self.page.trees:
            at = tree.offset
            if at <= span.start < at + len(tree.tags.text):
                inside = tree.within(span.start - at, span.end - at)
                party = next((one for p in inside if (one := self.voices.at(tree, p))), None)
                if party:
                    return _Voice(replace(party, span=span), why, mark)
        return _Voice(Actor(span, why=why), why, mark)

    def _announcing(self) -> Statement | None:
        """Words of saying without content that end with a colon just before, or stand in the sentence."""
        text = self.page.report.text
        near = [
            one
            for one in self.announced
            if one.speaker
            and one.cue
            and one.sentence <= self.index <= one.sentence + 1
            and one.cue.end <= self.quote.start
            and (one.sentence == self.index or self._ends_open(text, one))
        ]
        return max(near, key=lambda one: one.content.start, default=None)

    def _closing(self) -> Statement | None:
        """Words of saying without content that follow a question at once (“Why now?” the king asked)."""
        text = self.page.report.text
        following = self._tree(self.index + 1)
        if following is None or text[self.quote.inner_end - 1] not in _OPEN_ENDS:
            return None
        span = following.sentence.span
        between = text[self.quote.end : span.start]
        if "\n" in between or between.strip() or span.text.rstrip().endswith(":"):
            return None
        near = [one for one in self.announced if one.sentence == self.index + 1 and _is_said(one)]
        return min(near, key=lambda one: one.content.start, default=None)

    def _ends_open(self, text: str, one: Statement) -> bool:
        return text[one.content.start : self.quote.start].rstrip().endswith(":")

    def _before(self) -> Statement | None:
        near = [
            one
            for one in self.known
            if one.content.start < self.quote.start and self.index - one.sentence <= _REACH
        ]
        # Of two that end together ("X said ... “...,” she said") the words of saying told last.
        return max(
            near,
            key=lambda one: (one.content.end, one.sentence, one.cue.start if one.cue else -1),
            default=None,
        )

    def _same_paragraph(self, before: Statement) -> bool:
        text = self.page.report.text
        return "\n" not in text[before.content.end : self.quote.start]

    def _after(self) -> _Voice | None:
        """A sentence behind the quotation in its paragraph that tells who speaks."""
        text = self.page.report.text
        following = self._tree(self.index + 1)
        if following is None or "\n" in text[self.quote.end : following.sentence.span.start]:
            return None
        said = [one for one in self.known if one.sentence == self.index + 1 and one.speaker]
        if said:
            speaker = min(said, key=lambda one: one.content.start).speaker
            return _Voice(speaker, f"the words of “{speaker.span.text if speaker else ''}” follow")
        subject = self._subject(following, before=len(text))
        if subject:
            return _Voice(subject, f"“{subject.span.text}” is spoken of just behind")
        return None

    def _tree(self, index: int) -> Tree | None:
        return next((tree for tree in self.page.trees if tree.sentence.index == index), None)

    def _subject(self, tree: Tree, *, before: int) -> Actor | None:
        """The first party that is a subject in a sentence, up to a character of the report."""
        for position, token in enumerate(tree.tokens):
            if tree.offset + token.start >= before:
                return None
            if base(token.deprel) == "nsubj":
                actor = self.voices.at(tree, position)
                if actor:
                    return self._whole(actor)
        return None

    def _whole(self, actor: Actor) -> Actor:
        """The party with all the words that a statement of its sentence has for it."""
        told = [*self.every, *self.announced]
        over = [one.speaker for one in told if one.speaker and one.speaker.span.holds(actor.span)]
        longest = max(over, key=lambda one: one.span.end - one.span.start, default=None)
        return longest or actor


def _may_speak(actor: Actor) -> bool:
    """Whether a party is a person, a body or a state rather than a thing or a place acted upon."""
    return bool(actor.catalogue_id or actor.name or actor.entity_code or actor.sector_code)


def _is_said(statement: Statement) -> bool:
    return not statement.coder.startswith("stance:")
