"""Where a content begins and ends: what belongs to it by the sentence's tree, and what never does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.reading.tree import base

if TYPE_CHECKING:
    from dragoman.reading.quotes import Quote
    from dragoman.reading.saying import Place, Saying
    from dragoman.reading.tree import Tree

# Words that end no phrase: what they belong to stands behind them.
_OPEN = frozenset(
    {"det", "case", "mark", "amod", "compound", "nummod", "aux", "cop", "cc", "nsubj"}
)
_OUTSIDE = ",;:.-–—― \t\r\n\xa0"
# So few characters between the marks of a content and its end are punctuation or a link.
_WORD = 2


def tidy(tree: Tree, text: str, saying: Saying, quotes: list[Quote]) -> Saying:
    """A saying whose pieces hold neither its own cue nor its source, and end where a phrase ends.

    Args:
        tree: the sentence.
        text: the report's text.
        saying: with its pieces in one form.
        quotes: the quotations that begin in the sentence.
    """
    made: list[Place] = []
    for piece in saying.content:
        for part in _without_own(text, piece, saying, quotes):
            whole = _ended(tree, part, saying, quotes)
            if any(char.isalnum() for char in text[whole[0] : whole[1]]):
                made.append(whole)
    return replace(saying, content=tuple(made))


def _without_own(text: str, piece: Place, saying: Saying, quotes: list[Quote]) -> tuple[Place, ...]:
    """The piece, or what is left of it on both sides of the words of saying themselves.

    Where a quotation is inside, only the sides that hold quoted words stay; else the longer side.
    """
    own = [place for place in (saying.cue, saying.source) if place and _holds(piece, place)]
    if saying.cue is None or saying.cue not in own:
        return (piece,)
    if any(quote.start < saying.cue[0] < quote.end for quote in quotes):
        return (piece,)
    first, last = min(place[0] for place in own), max(place[1] for place in own)
    sides = [_stripped(text, side, quotes) for side in ((piece[0], first), (last, piece[1]))]
    sides = [side for side in sides if side[1] - side[0] > _WORD]
    quoted = [s for s in sides if any(q.start < s[1] and s[0] < q.end for q in quotes)]
    if quoted:
        return tuple(quoted)
    return (max(sides, key=lambda side: side[1] - side[0]),) if sides else ()


def _stripped(text: str, piece: Place, quotes: list[Quote]) -> Place:
    start, end = piece
    ends = {quote.end for quote in quotes}
    while start < end and text[start] in _OUTSIDE:
        start += 1
    while end > start and end not in ends and text[end - 1] in _OUTSIDE:
        end -= 1
    return start, end


def _ended(tree: Tree, piece: Place, saying: Saying, quotes: list[Quote]) -> Place:
    """A piece that does not break off before the word that its last word belongs to."""
    if any(quote.end == piece[1] for quote in quotes):
        return piece
    inside = tree.within(piece[0] - tree.offset, piece[1] - tree.offset)
    if not inside:
        return piece
    last = inside[-1]
    head = tree.tokens[last].head
    if base(tree.tokens[last].deprel) not in _OPEN or head <= last:
        return piece
    stop = max(tree.subtree(head))
    while stop > head and tree.tokens[stop].upos == "PUNCT":
        stop -= 1
    run = range(last + 1, stop + 1)
    taken = [place for place in (saying.cue, saying.source) if place]
    end = tree.offset + tree.tokens[stop].end
    if any(tree.tokens[one].text in {",", ";", ":", "—", "–"} for one in run):
        end = tree.offset + tree.tokens[head].end
    if any(piece[1] < place[1] and place[0] < end for place in taken):
        return piece
    return piece[0], end


def _holds(outer: Place, inner: Place) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
