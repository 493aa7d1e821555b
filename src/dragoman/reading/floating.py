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


@dataclass(frozen=True, slots=True)
class _Voice:
    """Whose a quotation is, why, by which cue, and the statement whose occasion it shares."""

    speaker: Actor | None
    why: str
    cue: Span | None = None
    like: Statement | None = None


def signature(text: str, quote: Quote) -> re.Match[str] | None:
    """The name behind a dash under or behind a quotation ("..." - Maria Lopes): "dash" and "name"."""
    return _SIGNED.match(text, quote.end) if quote.closed else None


def _statement(page: Page, floating: Floating, neighbours: _Neighbours) -> Statement:
    voice = neighbours.find()
    like = voice.like
    span = cut(page.report.text, floating.quote.start, floating.quote.end)
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
        self.known = [one for one in known if one.speaker and _is_said(one)]
        self.announced = announced
        self.voices = voices

    def find(self) -> _Voice:
        """The voice, from the surest sign to the weakest."""
        signed = self._signed()
        if signed:
            return signed
        one = self._announcing()
        if one and one.speaker:
            words = one.cue.text if one.cue else ""
            return _Voice(one.speaker, f"“{words}” announces the quotation", one.cue, one)
        subject = self._subject(self.tree, before=self.quote.start)
        if subject:
            return _Voice(subject, f"“{subject.span.text}” is the subject of the sentence")
        before = self._before()
        if before and (self.quote.continues or self._same_paragraph(before)):
            return self._going_on(before)
        return self._after() or (self._going_on(before) if before else self._told_of())

    def _going_on(self, before: Statement) -> _Voice:
        assert before.speaker is not None
        words = before.speaker.span.text
        return _Voice(
            before.speaker, f"the quotation goes on after words of “{words}”", like=before
        )

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
        span = cut(text, match.start("name"), match.start("name") + len(name))
        cue = cut(text, *match.span("dash"))
        for tree in self.page.trees:
            at = tree.offset
            if at <= span.start < at + len(tree.tags.text):
                inside = tree.within(span.start - at, span.end - at)
                party = next((one for p in inside if (one := self.voices.at(tree, p))), None)
                why = "the quotation is signed with the name"
                speaker = replace(party, span=span) if party else Actor(span, why=why)
                return _Voice(speaker, why, cue)
        return None

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

    def _ends_open(self, text: str, one: Statement) -> bool:
        return text[one.content.start : self.quote.start].rstrip().endswith(":")

    def _before(self) -> Statement | None:
        near = [
            one
            for one in self.known
            if one.content.start < self.quote.start and self.index - one.sentence <= _REACH
        ]
        return max(near, key=lambda one: (one.content.end, one.sentence), default=None)

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
                    return actor
        return None


def _is_said(statement: Statement) -> bool:
    return not statement.coder.startswith("stance:")
