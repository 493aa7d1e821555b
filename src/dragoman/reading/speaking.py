"""Behind whom the words stand in the end: pronouns and nouns of speakers, and the chain of sources."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.entries import Actor
from dragoman.ids import content_id
from dragoman.reading.naming import PAPERS
from dragoman.spans import cut

if TYPE_CHECKING:
    from dragoman.entries import Mention, Statement
    from dragoman.reading.quotes import Quote
    from dragoman.reading.tree import Page
    from dragoman.spans import Span

# A speaker named further away than this many characters does not stretch the statement's span.
_FAR = 200
_SPEAKERS = frozenset({"i", "we", "me", "us", "my", "our", "myself", "ourselves"})
# Pronouns of a speaker who is told before, and how many sentences back his last words may stand.
_GOING_ON = frozenset({"they", "it"})
_BACK = 2
# A speaker told by one noun in the singular, and how many sentences back he may have been told in full.
_THE_NOUN = re.compile(r"[Tt]he [a-z-]+(?<!s)")
_AGAIN = 6
_AFTER_HEAD = re.compile(r"[,(—–]|\s(?:of|for|at|from|in|on|to|with|by|who|which|that)\s")
# "You see, ..." and "you know" say nothing.
_FILLERS = frozenset({"see", "know"})
_ANYBODY = frozenset({"you", "they", "it", "one", "that", "this", "which", "what"})
# So many characters back a party is spoken of just before.
_STRETCH = 600
# Pronouns of one person, and words that say which of the two he is.
_PERSON = frozenset({"he", "she"})
_SHE = frozenset(
    "mrs ms miss madam queen princess lady spokeswoman congresswoman chairwoman woman wife mother "
    "daughter sister".split()
)
_HE = frozenset(
    "mr king prince lord sir spokesman congressman chairman man husband father son brother sultan emir "
    "pope archbishop imam ayatollah".split()
)


def finished(
    page: Page,
    statements: list[Statement],
    mentions: tuple[Mention, ...],
    quotes: tuple[Quote, ...],
) -> tuple[Statement, ...]:
    """Spans, ids, speakers behind pronouns and nouns, and through whom the words come; each once.

    Args:
        page: the report with its trees.
        statements: all that were found, in any order.
        mentions: the report's parties.
        quotes: its quotations: who is named inside one is no speaker outside it.
    """
    text = page.report.text
    ordered = sorted(
        statements,
        key=lambda one: (one.content.start, -one.content.end, -one.confidence, one.coder),
    )
    turns = _Turns(page, statements, mentions, quotes)
    people = turns.people()
    made: dict[str, Statement] = {}
    askers = _askers(statements)
    for statement in ordered:
        before = list(made.values())
        told = statement
        if told.speaker and told.speaker.span.start in people:
            told = replace(told, speaker=people[told.speaker.span.start])
        told = _again(_followed(told, before, turns), before)
        told = _through(told, _outer(told, before, told.speaker), askers)
        if _is_talk(told, before):
            continue
        told = _spanned(text, told)
        told = replace(told, id=statement_id(told))
        made.setdefault(told.id, told)
    return tuple(made.values())


def statement_id(statement: Statement) -> str:
    """The id of a statement from its report, content and speaker's words."""
    speaker = statement.speaker.span.start if statement.speaker else None
    return content_id(
        "s", statement.report_id, statement.content.start, statement.content.end, speaker
    )


class _Turns:
    """Who speaks as "he" or "she": the one whose words were told last, unless another is named since."""

    def __init__(
        self,
        page: Page,
        statements: list[Statement],
        mentions: tuple[Mention, ...],
        quotes: tuple[Quote, ...],
    ) -> None:
        self._quoted = tuple((quote.start, quote.end) for quote in quotes)
        self._named = {
            (
                tree.offset + tree.tokens[name.first].start,
                tree.offset + tree.tokens[name.last - 1].end,
            )
            for tree in page.trees
            for name in tree.tags.names
            if name.label == "PER"
        }
        self._mentions = [
            one
            for one in mentions
            if one.actor
            and one.kind in {"name", "description"}
            and not self._in_quotes(one.span.start)
        ]
        told = {
            one.speaker.span.start: one
            for one in statements
            if one.speaker
            and not one.coder.startswith("rule:transcript")
            and not self._in_quotes(one.speaker.span.start)
        }
        self._told = [told[start] for start in sorted(told)]

    def people(self) -> dict[int, Actor]:
        """The speakers behind pronouns that stand for another than the report's mentions have it."""
        made: dict[int, Actor] = {}
        for number, one in enumerate(self._told):
            speaker = one.speaker
            if speaker is None or speaker.span.text.lower() not in _PERSON | _GOING_ON:
                continue
            person = speaker.span.text.lower() in _PERSON
            if not person and (one.coder.startswith("stance:") or self._is_near(speaker)):
                continue
            last = self._last(number, made, person=person)
            if last is None or last.key == speaker.key or not _fits(last, speaker.span.text):
                continue
            why = f"“{speaker.span.text}” goes on after words of “{last.span.text}”; {last.why}"
            made[speaker.span.start] = replace(last, span=speaker.span, why=why)
        return made

    def _last(self, number: int, made: dict[int, Actor], *, person: bool) -> Actor | None:
        """Who spoke last before a speaker, if nobody else was named since outside his words."""
        here = self._told[number]
        assert here.speaker is not None
        start = here.speaker.span.start
        for one in reversed(self._told[:number]):
            if one.coder.startswith("stance:") or one.speaker is None:
                continue
            if here.sentence - one.sentence > _BACK:
                return None
            actor = made.get(one.speaker.span.start, one.speaker)
            if self.is_person(one.speaker) != person or _says_nothing(one.speaker):
                return None
            since = one.speaker.span.end
            others = any(
                since <= other.span.start < start
                and other.actor
                and other.actor.key != actor.key
                and (other.actor.key == here.speaker.key or self._is_named(other.span))
                for other in self._mentions
            )
            return None if others else actor
        return None

    def _is_near(self, speaker: Actor) -> bool:
        """Whether the party that a pronoun was followed to stands outside of quotations just before."""
        start = speaker.span.start
        return any(
            one.actor is not None
            and one.actor.key == speaker.key
            and start - _STRETCH <= one.span.start < start
            for one in self._mentions
        )

    def is_person(self, speaker: Actor) -> bool:
        """Whether a speaker's words name one person, or are "he" or "she"."""
        words = speaker.span.text.lower()
        return (
            words in _PERSON
            or (speaker.catalogue_id or "").startswith("person:")
            or self._is_named(speaker.span)
        )

    def _is_named(self, span: Span) -> bool:
        return any(start < span.end and span.start < end for start, end in self._named)

    def _in_quotes(self, place: int) -> bool:
        return any(start <= place < end for start, end in self._quoted)


def _says_nothing(speaker: Actor) -> bool:
    """Whether a speaker's words are a pronoun that leads to nobody."""
    return speaker.span.text.lower() in _GOING_ON | _SPEAKERS | _ANYBODY | {"who"}


def _fits(actor: Actor, pronoun: str) -> bool:
    """Whether nothing in the words that name a person speaks against "he" or "she"."""
    words = set(re.findall(r"\w+", actor.span.text.lower()))
    said = words & {"he", "she"}
    if said:
        return pronoun.lower() in said
    against = _SHE if pronoun.lower() == "he" else _HE
    return not words & against


def _is_talk(statement: Statement, before: list[Statement]) -> bool:
    """Whether words inside an interview's answer are ascribed to nobody in particular ("you see that ...")."""
    speaker, cue = statement.speaker, statement.cue
    if speaker is None or cue is None or statement.coder == "rule:transcript":
        return False
    if speaker.span.text.lower() == "you" and cue.text.lower() in _FILLERS:
        return True
    if speaker.name or speaker.entity_code or speaker.sector_code:
        return False
    stance = statement.coder.startswith("stance:")
    if speaker.span.text.lower() not in (_ANYBODY | _PERSON if stance else _ANYBODY):
        return False
    return any(one.coder == "rule:transcript" and one.content.holds(cue) for one in before)


def _followed(statement: Statement, before: list[Statement], turns: _Turns) -> Statement:
    """A speaker told by a pronoun that leads to nobody: he who spoke last goes on ("They also said ...")."""
    speaker = statement.speaker
    if speaker is None or speaker.span.text.lower() not in _GOING_ON:
        return statement
    if speaker.name or speaker.entity_code or speaker.sector_code:
        return statement
    if statement.coder.startswith("stance:"):
        return statement
    last = next(
        (
            one.speaker
            for one in reversed(before)
            if one.speaker
            and not one.coder.startswith(("stance:", "rule:transcript"))
            and 0 < statement.sentence - one.sentence <= _BACK
        ),
        None,
    )
    if last is None or last.span.text.lower() in _GOING_ON | _SPEAKERS:
        return statement
    if turns.is_person(last) and " and " not in last.span.text:
        return statement  # "they" are not the one who spoke before
    why = f"“{speaker.span.text}” goes on after words of “{last.span.text}”"
    return replace(statement, speaker=replace(last, span=speaker.span, why=f"{why}; {last.why}"))


def _again(statement: Statement, before: list[Statement]) -> Statement:
    """A speaker told by his noun again: "a State Department spokesman ..." and then "the spokesman".

    He is who spoke under that noun in the sentences before, where one alone did.
    """
    speaker = statement.speaker
    if speaker is None or speaker.name or not _THE_NOUN.fullmatch(speaker.span.text):
        return statement
    noun = speaker.span.text.split()[1].lower()
    told = {
        one.speaker.key: one.speaker
        for one in before
        if one.speaker
        and 0 <= statement.sentence - one.sentence <= _AGAIN
        and one.speaker.span.start < speaker.span.start
        and _same_noun(noun, one.speaker.span.text.lower())
    }
    if len(told) != 1:
        return statement
    last = next(iter(told.values()))
    why = f"“{speaker.span.text}” speaks again, before “{last.span.text}”"
    return replace(statement, speaker=replace(last, span=speaker.span, why=f"{why}; {last.why}"))


def _same_noun(noun: str, words: str) -> bool:
    """Whether a noun heads a speaker's words, beside others; a spokesman may be a spokesperson too."""
    phrase = _AFTER_HEAD.split(words, maxsplit=1)[0].split()
    if (
        len(phrase) < 2
        or noun in PAPERS
        or (len(phrase) == 2 and len(phrase) == len(words.split()))
    ):
        return False
    stem = "spokes" if noun.startswith("spokes") else noun
    return phrase[-1] == noun or (stem != noun and phrase[-1].startswith(stem))


def _outer(
    statement: Statement, before: list[Statement], speaker: Actor | None
) -> Statement | None:
    """The nearest statement inside whose content these words are said to be said.

    "I" and "we" are who speaks, not who is told to want or think.
    """
    if statement.cue is None:
        return None
    cue = statement.cue
    own = speaker is not None and _bare(speaker) in _SPEAKERS
    around = [
        one
        for one in before
        if one.content.holds(cue)
        and one.content != statement.content
        and not (own and one.coder.startswith("stance:"))
    ]
    return min(around, key=lambda one: one.content.end - one.content.start, default=None)


def _bare(speaker: Actor) -> str:
    """A speaker's words without the brackets of an editor ("[we]")."""
    return speaker.span.text.lower().strip("[]() ")


def _askers(statements: list[Statement]) -> frozenset[str]:
    """Who asks in an interview: most of his turns hold a question, and "you" is who answers."""
    asked: dict[str, list[bool]] = {}
    for one in statements:
        if one.coder == "rule:transcript" and one.speaker:
            asked.setdefault(one.speaker.key, []).append("?" in one.content.text)
    return frozenset(key for key, turns in asked.items() if 2 * sum(turns) >= len(turns))


def _through(statement: Statement, outer: Statement | None, askers: frozenset[str]) -> Statement:
    if outer is None or outer.speaker is None or outer.coder.startswith("stance:"):
        return statement
    speaker: Actor | None = statement.speaker
    if statement.coder == "rule:transcript":
        return statement
    himself = speaker is not None and speaker.key == outer.speaker.key
    if speaker and himself and outer.kind == "direct" and speaker.span.text.lower() in _PERSON:
        # Who speaks of "him" does not speak of himself.
        why = f"“{speaker.span.text}”: not who says these words, {outer.speaker.span.text}"
        return replace(statement, speaker=Actor(speaker.span, why=why), via=outer.speaker)
    if speaker is not None and _bare(speaker) in _SPEAKERS:
        why = f"“{speaker.span.text}” in words of {outer.speaker.span.text}"
        return replace(statement, speaker=replace(outer.speaker, span=speaker.span, why=why))
    asks = outer.speaker.key in askers
    yours = speaker is not None and _bare(speaker) in {"you", "your"}
    if speaker and yours and outer.addressee and asks and outer.addressee.key not in askers:
        why = f"“{speaker.span.text}” in words to {outer.addressee.span.text}"
        return replace(statement, speaker=replace(outer.addressee, span=speaker.span, why=why))
    if speaker is not None and speaker.key == outer.speaker.key:
        return statement
    return replace(statement, via=outer.speaker)


def _spanned(text: str, statement: Statement) -> Statement:
    pieces = [statement.content]
    if statement.cue and _near(statement.cue, statement.content):
        pieces.append(statement.cue)
    if statement.speaker and _near(statement.speaker.span, statement.content):
        pieces.append(statement.speaker.span)
    start = min(piece.start for piece in pieces)
    end = max(piece.end for piece in pieces)
    return replace(statement, span=cut(text, start, end))


def _near(span: Span, content: Span) -> bool:
    return max(span.start, content.start) - min(span.end, content.end) < _FAR
