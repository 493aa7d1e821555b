"""Words of saying as they stand in a sentence: the value, and the edges of its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.reading.tree import base

if TYPE_CHECKING:
    from dragoman.reading.tree import Tree

Place = tuple[int, int]
# Punctuation that no content or source keeps at its edges.
EDGES = frozenset(",;:.-–—―")
MARKS = frozenset({'"', "“", "”", "„", "«", "»", "‘", "’", "'", "''", "``"})


@dataclass(frozen=True, slots=True)
class Saying:
    """A cue with its source and content, before the speaker is known.

    Attributes:
        sentence: index of the sentence.
        cue, source, content: characters of the report, ends not included; content in pieces.
        heads: token positions of the source's heads.
        verb: token position of the verb or noun of saying; None where there is none.
        coder: the rule or model that spoke.
        confidence: 0 to 1.
        through: token positions of who passes the words on ("the agency quoted him as saying").
    """

    sentence: int
    cue: Place | None
    source: Place | None
    content: tuple[Place, ...]
    heads: tuple[int, ...]
    verb: int | None
    coder: str
    confidence: float
    through: tuple[int, ...] = ()


def extent(tree: Tree, positions: tuple[int, ...]) -> Place | None:
    """Characters of the report from the first to the last word, without punctuation at the edges.

    Quotation marks and brackets stay.
    """
    kept = list(positions)
    while kept and tree.tokens[kept[0]].text in EDGES:
        kept.pop(0)
    while kept and tree.tokens[kept[-1]].text in EDGES:
        kept.pop()
    if not kept:
        return None
    return tree.offset + tree.tokens[kept[0]].start, tree.offset + tree.tokens[kept[-1]].end


def bare(tree: Tree, positions: range) -> Place | None:
    """The words of a source, without quotation marks or a preposition at their edges.

    The comma behind an apposition closes it and belongs to it ("Sara Lind, the envoy, said").
    """
    kept = [*positions]
    while len(kept) > 1 and tree.tokens[kept[0]].upos in {"ADP", "SCONJ", "CCONJ"}:
        kept.pop(0)
    while kept and (tree.tokens[kept[0]].text in MARKS or tree.tokens[kept[0]].text in EDGES):
        kept.pop(0)
    while kept and (tree.tokens[kept[-1]].text in MARKS or tree.tokens[kept[-1]].text in EDGES):
        kept.pop()
    place = extent(tree, tuple(kept))
    if place is None or not any(tree.tokens[one].text == "," for one in kept):
        return place
    closed = kept[-1] + 1 < len(tree.tokens) and tree.tokens[kept[-1] + 1].text == ","
    inner = any(
        base(tree.tokens[one].deprel) in {"appos", "acl"} or tree.tokens[one].upos == "NUM"
        for one in kept
    )
    if closed and inner:
        return place[0], tree.offset + tree.tokens[kept[-1] + 1].end
    return place


def phrase_at(tree: Tree, first: int) -> int | None:
    """The head of the noun phrase that begins at a position, if one does."""
    for head in range(first, min(first + 9, len(tree.tokens))):
        if tree.tokens[head].upos in {"VERB", "AUX", "PUNCT"}:
            return None
        if tree.tokens[head].upos in {"NOUN", "PROPN", "PRON"} and tree.core(head)[0] == first:
            above = tree.tokens[head].head
            # The "port" of "port officials" heads nothing.
            inner = tree.tokens[head].deprel in {"compound", "nmod:poss"} and above > head
            if not inner and not first <= above < tree.core(head)[1]:
                return head
    return None
