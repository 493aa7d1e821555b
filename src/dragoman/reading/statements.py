"""Who said what: the statements of a report, from clauses of saying, the model's tags and quotation marks.

A sentence's words of saying are found by two witnesses and joined (``joining``). What is left over are
quotations in sentences without words of saying: they are given to the speaker whose words they go on
from, or who is told of beside them (``floating``). At last the chain of sources is read off what
stands inside what.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entries import Statement
from dragoman.reading.floating import Floating, blocks, give, signature
from dragoman.reading.joining import join
from dragoman.reading.parties import Parties
from dragoman.reading.quoted import SCARE_WORDS, overlap
from dragoman.reading.quotes import find_quotes, is_name
from dragoman.reading.sayings import sayings
from dragoman.reading.speaking import finished
from dragoman.reading.surety import with_confidence
from dragoman.reading.transcripts import find_turns, statements_of
from dragoman.reading.unsaid import is_inferred
from dragoman.reading.vectors import embedding
from dragoman.reading.voices import Voices
from dragoman.spans import cut

if TYPE_CHECKING:
    from dragoman.entries import Mention, Moment, StatementKind
    from dragoman.reading.quotes import Quote
    from dragoman.reading.saying import Saying
    from dragoman.reading.transcripts import Turn
    from dragoman.reading.tree import Page, Tree
    from dragoman.rulebook import Rulebook
    from dragoman.spans import Span

# Of a content that is all quoted this share stands inside the marks; commas and "and" between two
# quotations stand outside.
_QUOTED = 0.95


def find_statements(
    page: Page,
    mentions: tuple[Mention, ...],
    rulebook: Rulebook,
    moments: tuple[Moment, ...] = (),
) -> tuple[Statement, ...]:
    """All statements of a report, in the order of the text.

    Args:
        page: the report with its trees.
        mentions: its parties.
        rulebook: for the words of saying.
        moments: its time expressions; without them no statement is dated.

    Returns:
        Statements with unique ids; each piece of a content that is told in several pieces
        ("...", he said, "...") is a statement of its own with the same speaker and cue.
    """
    text = page.report.text
    voices = Voices(page, Parties(page, mentions, ()), moments, rulebook.grammar, rulebook.cues)
    turns = find_turns(page.report)
    # The marks around a quoted transcript's line are no quotation beside it.
    quotes = tuple(
        one
        for one in find_quotes(page.report)
        if not any(t.label.start - 1 <= one.start < t.words.start for t in turns)
    )
    made: list[Statement] = [*statements_of(page, turns, voices)]
    announced: list[Statement] = []
    begun: list[Floating] = []
    for tree in page.trees:
        own = [quote for quote in quotes if _in(quote, tree)]
        ruled = sayings(tree, rulebook.grammar, rulebook.cues, voices.is_party)
        here: list[Statement] = []
        for saying in join(tree, text, ruled, own, rulebook.cues):
            if is_inferred(tree, saying, rulebook.cues, voices.is_party):
                continue
            told = _statements(tree, saying, own, voices, page)
            (here if saying.content else announced).extend(told)
        made.extend(here)
        begun.extend(Floating(tree, quote) for quote in own if _begins_in(quote, tree))
    taken = [(one.content.start, one.content.end) for one in made]
    left = tuple(
        one
        for one in begun
        if not any(overlap((one.quote.start, one.quote.end), place) for place in taken)
        and _is_speech(text, one.tree, one.quote)
    )
    made.extend(give(page, left, tuple(made), tuple(announced), voices))
    made.extend(blocks(page, tuple(announced), left))
    made = [one for one in made if not _of_label(one, turns)]
    return with_confidence(finished(page, made, mentions, quotes), mentions, rulebook.surety)


def spoken(statements: tuple[Statement, ...]) -> tuple[Statement, ...]:
    """The statements whose content stands in another's voice, the innermost first.

    What a party wants, plans or opposes ("stance:...") is told by the outlet itself.
    """
    said = [one for one in statements if not one.coder.startswith("stance:")]
    return tuple(sorted(said, key=lambda one: (one.content.end - one.content.start, one.id)))


def _begins_in(quote: Quote, tree: Tree) -> bool:
    span = tree.sentence.span
    return span.start <= quote.start < span.end


def _in(quote: Quote, tree: Tree) -> bool:
    """Whether a quotation begins in the sentence, or ends in it after others ("... We go,” he said)."""
    span = tree.sentence.span
    return _begins_in(quote, tree) or quote.start < span.start < quote.end < span.end


def _is_speech(text: str, tree: Tree, quote: Quote) -> bool:
    """Whether a quotation without words of saying is speech rather than a name or a distance taken."""
    inner = text[quote.inner_start : quote.inner_end]
    sentence = tree.sentence.span
    whole = quote.start <= sentence.start + 1 and quote.end >= sentence.end - 2
    if quote.continues or signature(text, quote):
        return True
    if is_name(inner):
        return False
    announced = text[: quote.start].rstrip(" ").endswith(":") and quote.end >= sentence.end - 2
    return ((whole or announced) and len(inner.split()) > 1) or len(
        inner.split()
    ) >= SCARE_WORDS + 2


def _of_label(statement: Statement, turns: tuple[Turn, ...]) -> bool:
    """Whether words of saying are the label of a transcript's turn, which is a statement already."""
    if statement.coder == "rule:transcript":
        return False
    cue = statement.cue
    return any(
        turn.label.holds(statement.content) or (cue is not None and turn.label.overlaps(cue))
        for turn in turns
    )


# -- entries -------------------------------------------------------------------------------------


def _statements(
    tree: Tree, saying: Saying, quotes: list[Quote], voices: Voices, page: Page
) -> list[Statement]:
    """One statement a piece; words of saying without content give one with the cue in its place."""
    text = page.report.text
    speaker = voices.speaker(tree, saying)
    addressee = voices.addressee(tree, saying)
    moment = voices.moment(tree, saying)
    occasion = voices.occasion(tree, saying)
    via = next((one for head in saying.through if (one := voices.at(tree, head))), None)
    cue = cut(text, *saying.cue) if saying.cue else None
    vector = embedding(tree)
    made = []
    for place in saying.content or ((saying.cue,) if saying.cue else ()):
        content = cut(text, *place)
        made.append(
            Statement(
                id="",
                report_id=page.report.id,
                sentence=tree.sentence.index,
                span=content,
                kind=_kind(text, content, quotes, saying),
                speaker=speaker,
                cue=cue,
                content=content,
                addressee=addressee,
                via=via,
                date=moment.value if moment else None,
                date_precision=moment.precision if moment else "none",
                confidence=saying.confidence,
                coder=saying.coder,
                why=_why(saying, cue),
                embedding=vector,
                occasion=occasion,
            )
        )
    return made


def _why(saying: Saying, cue: Span | None) -> str:
    words = f"“{cue.text}”" if cue else "words of saying"
    if saying.coder.startswith("rule:"):
        return f"{words} with its subject and what it governs"
    if saying.coder.startswith("stance:"):
        return f"{words} tells what the party holds or wants, as the language model reads it"
    return f"{words} with source and content as the language model reads them"


def _kind(text: str, content: Span, quotes: list[Quote], saying: Saying) -> StatementKind:
    inside = [
        quote for quote in quotes if overlap((quote.start, quote.end), (content.start, content.end))
    ]
    speech = [quote for quote in inside if not is_name(text[quote.inner_start : quote.inner_end])]
    if saying.coder.startswith("stance:"):
        speech = [
            quote
            for quote in speech
            if len(text[quote.inner_start : quote.inner_end].split()) >= SCARE_WORDS
        ]
    if not speech and not (inside and _quoted(content, inside)):
        return "indirect"
    return "direct" if _quoted(content, inside) else "mixed"


def _quoted(content: Span, quotes: list[Quote]) -> bool:
    inside = sum(min(q.end, content.end) - max(q.start, content.start) for q in quotes)
    return inside >= _QUOTED * (content.end - content.start)
