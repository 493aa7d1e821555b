"""Interviews and transcripts: paragraphs that begin with the speaker's name, turn by turn."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.entries import Actor, Statement
from dragoman.spans import cut

if TYPE_CHECKING:
    from dragoman.entries import Report
    from dragoman.reading.tree import Page
    from dragoman.reading.voices import Voices
    from dragoman.spans import Span

# "((Sara Lind)) We agree." and "Sara Lind: We agree." at the head of a paragraph, and a quoted line
# of a transcript there (“LIND: We agree.).
_LABEL = re.compile(
    r"(?:^|\n)[ \t\xa0]*(?P<label>\(\((?P<marked>[^()\n]{1,60})\)\)"
    r"|[\"“](?P<quoted>[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}):"
    r"|(?P<plain>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}):)[ \t\xa0]+(?=\S)"
)
# So many turns, by at least two speakers one of whom speaks twice, make a transcript: a single "Note: ..."
# or "Background: ..." makes none.
_TURNS = 4


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's words: his name, the label around it, what in it says so, and what he says."""

    name: Span
    label: Span
    cue: Span
    words: Span


def find_turns(report: Report) -> tuple[Turn, ...]:
    """The turns of a report that is an interview or a transcript, in the order of the text."""
    text = report.text
    prose = [part for part in report.parts if part.kind == "prose"]
    found = [
        match
        for match in _LABEL.finditer(text)
        if any(part.start <= match.start("label") < part.end for part in prose)
    ]
    names = [match.group(_named(match)) for match in found]
    if len(found) < _TURNS or not 2 <= len(set(names)) <= len(names) - 1:
        return ()
    made = []
    for number, match in enumerate(found):
        name = match.span(_named(match))
        last = number + 1 == len(found)
        # Behind the last label only its own paragraph is his: the report may go on in its own voice.
        stop = _paragraph_end(text, match.end()) if last else found[number + 1].start()
        stop = min(stop, max(part.end for part in prose))
        words = text[match.end() : stop].rstrip()
        if match.group("quoted") and words.endswith(("”", '"')) and not _opened(words):
            words = words[:-1].rstrip()
        stop = match.end() + len(words)
        if stop > match.end():
            label = cut(text, *match.span("label"))
            colon = cut(text, label.end - 1, label.end)
            made.append(
                Turn(
                    cut(text, *name),
                    label,
                    label if match.group("marked") else colon,
                    cut(text, match.end(), stop),
                )
            )
    return tuple(made)


def _named(match: re.Match[str]) -> str:
    """Which of the label's forms stands here."""
    return next(form for form in ("marked", "quoted", "plain") if match.group(form))


def _opened(words: str) -> bool:
    """Whether the mark that closes the words was opened among them."""
    if words.endswith("”"):
        return words.count("“") >= words.count("”")
    return words.count('"') % 2 == 0


def _paragraph_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def statements_of(page: Page, turns: tuple[Turn, ...], voices: Voices) -> tuple[Statement, ...]:
    """A statement a turn, spoken to who answers or to who spoke before."""
    speakers = {turn.name.text: _speaker(page, turn, voices) for turn in reversed(turns)}
    made = []
    for number, turn in enumerate(turns):
        speaker = replace(speakers[turn.name.text], span=turn.name)
        # He speaks to who answers him, else to who spoke before.
        near = [*turns[number + 1 : number + 2], *turns[max(0, number - 1) : number]]
        other = next((one for one in near if one.name.text != turn.name.text), None)
        addressee = None
        if other is not None:
            addressee = replace(speakers[other.name.text], span=other.name)
        made.append(
            Statement(
                id="",
                report_id=page.report.id,
                sentence=_sentence(page, turn),
                span=turn.words,
                kind="direct",
                speaker=speaker,
                cue=turn.cue,
                content=turn.words,
                addressee=addressee,
                confidence=0.8,
                coder="rule:transcript",
                why=f"“{turn.name.text}” stands before the words, as in all turns of the transcript",
            )
        )
    return tuple(made)


def _speaker(page: Page, turn: Turn, voices: Voices) -> Actor:
    for tree in page.trees:
        if tree.sentence.span.overlaps(turn.name):
            inside = tree.within(turn.name.start - tree.offset, turn.name.end - tree.offset)
            party = next((one for place in inside if (one := voices.at(tree, place))), None)
            if party and party.name != turn.name.text:
                return replace(party, span=turn.name)
    known = voices.by_surname(turn.name.text) if turn.name.text.isupper() else None
    if known:
        why = f"“{turn.name.text}” is {known.name}, whom the report names; {known.why}"
        return replace(known, span=turn.name, why=why)
    return Actor(turn.name, name=turn.name.text, why="the name before the words of a transcript")


def _sentence(page: Page, turn: Turn) -> int:
    return next(
        (t.sentence.index for t in page.trees if t.sentence.span.overlaps(turn.words)),
        page.trees[0].sentence.index,
    )
