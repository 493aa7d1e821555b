"""Quotations and the words of saying that govern them: whole pieces, second pieces, whose they are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.reading.quotes import is_name
from dragoman.reading.tree import base

if TYPE_CHECKING:
    from dragoman.reading.quotes import Quote
    from dragoman.reading.saying import Place, Saying
    from dragoman.reading.tree import Tree

# Quoted words fewer than this, in the midst of a clause, are a name, a title or a distance taken
# ("the 'peace plan'"), unless a verb of saying governs them.
SCARE_WORDS = 4
_ADDING = frozenset(f"rule:{verb}" for verb in "add say note warn stress explain argue".split())
# Words that the tags sometimes leave out between two pieces of one phrase.
_LINKS = frozenset("of for in on to with at from by the a an and that".split())
# So few characters part "said" from "adding" that belongs to it.
BESIDE = 2
# A few quoted words belong to a verb of saying no further away than this ("described it as “old”").
_NEAR = 25
_OUTSIDE = ",;:.-–—― \t\r\n\xa0"
# What breaks a phrase off, and how words hang on a verb that are no part of what it governs.
_BREAKS = frozenset('\n"“”‘«»-–—―()[];:')
_ASIDE = frozenset({"obl", "advmod", "advcl", "conj", "parataxis"})
# What joins other words of the same speaker to his first, without and with a pronoun for him.
_AND = frozenset({"and", "but", "or", "then", "also", ","})
_THOUGH = frozenset({"though", "although", "but", ","})
_PRONOUNS = frozenset({"he", "she", "it", "they"})
_STOPS = frozenset(",.!?…;—–")


def pieces(tree: Tree, text: str, saying: Saying, quotes: list[Quote]) -> tuple[Place, ...]:
    """The content's pieces with their edges in the one form."""
    made: list[Place] = []
    for piece in sorted(saying.content):
        whole = _snapped(text, piece, saying, quotes)
        if whole is None:
            continue
        between = text[made[-1][1] : whole[0]].strip().lower() if made else ""
        if made and (
            not between or between in _LINKS or _is_gap(tree, text, made[-1], whole, saying)
        ):
            made[-1] = (made[-1][0], max(made[-1][1], whole[1]))
        else:
            made.append(whole)
    return tuple(made)


def _is_gap(tree: Tree, text: str, left: Place, right: Place, saying: Saying) -> bool:
    """Whether the tags left words out of the midst of a phrase ("the judge" 's decision "that ...").

    Not where punctuation stands at either end, nor where the words hang on the cue's own verb ("praised
    the deal on Friday that ..."): these are left out rightly.
    """
    if any(o and overlap((left[1], right[0]), o) for o in (saying.cue, saying.source)):
        return False
    between = text[left[1] : right[0]].strip()
    if between == "," and text[slice(*left)].lower() == "that":
        return True
    before = saying.cue is not None and right[1] <= saying.cue[0]
    ends = between[:1] + between.rstrip("," if before else "")[-1:]
    if set(between) & _BREAKS or not ends.replace("'", "x").isalnum():
        return False
    if before:
        return True  # what stands before the cue is none of its own phrases
    inside = tree.within(left[1] - tree.offset, right[0] - tree.offset)
    return not any(
        tree.tokens[one].head == saying.verb and base(tree.tokens[one].deprel) in _ASIDE
        for one in inside
    )


def _snapped(text: str, piece: Place, saying: Saying, quotes: list[Quote]) -> Place | None:
    start, end = piece
    for quote in quotes:
        if not overlap((start, end), (quote.start, quote.end)):
            continue
        if saying.cue and quote.start <= saying.cue[0] < quote.end:
            continue  # words of saying inside the quotation: somebody is quoted in it
        if saying.source and quote.inner_start <= saying.source[0] < quote.inner_end:
            continue
        start, end = min(start, quote.start), max(end, quote.end)
    ends = {quote.end for quote in quotes}
    while start < end and text[start] in _OUTSIDE:
        start += 1
    while end > start and end not in ends and text[end - 1] in _OUTSIDE:
        end -= 1
    return (start, end) if any(char.isalnum() for char in text[start:end]) else None


def overlap(left: Place, right: Place) -> bool:
    """Whether two stretches share a character."""
    return left[0] < right[1] and right[0] < left[1]


def with_quotes(tree: Tree, sayings: list[Saying], quotes: list[Quote]) -> list[Saying]:
    """Gives each quotation that no content holds to the nearest words of saying in its sentence."""
    made = list(sayings)
    for quote in quotes:
        place = (quote.start, quote.end)
        if any(overlap(place, piece) for one in made for piece in one.content):
            continue
        if is_name(inner(tree, quote)):
            continue
        near = [
            (_gap(one.cue, place), number)
            for number, one in enumerate(made)
            if one.cue and not overlap(one.cue, place) and _takes(tree, one, quote)
        ]
        if near:
            _, number = min(near)
            taker = made[number]
            made[number] = replace(taker, content=tuple(sorted((*taker.content, place))))
    return made


def parted(tree: Tree, sayings: list[Saying], quotes: list[Quote]) -> list[Saying]:
    """Ends a quotation's piece where the next words of saying begin (“...,” adding that “...”)."""
    made = []
    for saying in sayings:
        cut_pieces = []
        for piece in saying.content:
            # A quotation without a stop at its end goes on in the clause (“He errs” in much, and ...).
            ends = [q.end for q in quotes if q.start == piece[0] and _is_stopped(tree, q)]
            later = [
                one.cue[0]
                for one in sayings
                if ends and one.cue and one is not saying and ends[0] <= one.cue[0] < piece[1]
            ]
            last = ends[0] if later else _before_next(tree, saying, piece, sayings, quotes)
            cut_pieces.append((piece[0], last))
        made.append(replace(saying, content=tuple(cut_pieces)))
    return _participles(made, quotes)


def _is_stopped(tree: Tree, quote: Quote) -> bool:
    """Whether a quotation ends with a stop or a comma inside or right behind its mark."""
    text = tree.tags.text
    inside = text[quote.inner_end - tree.offset - 1 : quote.inner_end - tree.offset]
    behind = text[quote.end - tree.offset : quote.end - tree.offset + 1]
    return inside in _STOPS or (behind in _STOPS and behind != "")


def _before_next(
    tree: Tree, saying: Saying, piece: Place, sayings: list[Saying], quotes: list[Quote]
) -> int:
    """Where a piece ends before words of saying of the same speaker ("..., adding that", "and said")."""
    for other in sayings:
        cue, verb = other.cue, other.verb
        if other is saying or cue is None or verb is None or not piece[0] < cue[0] < piece[1]:
            continue
        if saying.cue is None or cue[0] < saying.cue[1] or enclosed(cue, quotes):
            continue
        token = tree.tokens[verb]
        text = tree.tags.text[: cue[0] - tree.offset].rstrip()
        adds = token.text.lower().endswith("ing") and text.endswith(",") and other.coder in _ADDING
        goes_on = _goes_on(tree, saying, other, piece)
        if goes_on is not None:
            return goes_on
        if adds or (token.deprel == "conj" and token.head == saying.verb):
            links = text.removesuffix("and").removesuffix("but").rstrip(" ,")
            end = tree.offset + len(links)
            return end if end > piece[0] else piece[1]
    return piece[1]


def _goes_on(tree: Tree, saying: Saying, other: Saying, piece: Place) -> int | None:
    """Where a piece ends before other words of its own speaker ("..., though she admitted that", "and warned")."""
    assert other.cue is not None
    assert other.verb is not None
    first, links = other.cue[0], _AND
    if other.source and piece[0] < other.source[0] < first:
        words = tree.tags.text[other.source[0] - tree.offset : other.source[1] - tree.offset]
        if words.lower() not in _PRONOUNS:
            return None
        first, links = other.source[0], _THOUGH
    elif other.source != saying.source or tree.tokens[other.verb].text == tree.lemma(other.verb):
        return None  # another's words, or an infinitive: "to clean the mines and reclaim the land"
    inside = tree.within(piece[0] - tree.offset, first - tree.offset)
    cut = len(inside)
    while cut and tree.tokens[inside[cut - 1]].text.lower() in links:
        cut -= 1
    between = {tree.tokens[one].text.lower() for one in inside[cut:]}
    if not cut or not between or (links is _THOUGH and between == {","}):
        return None
    return tree.offset + tree.tokens[inside[cut - 1]].end


def _participles(sayings: list[Saying], quotes: list[Quote]) -> list[Saying]:
    """Gives "adding that ..." the source of the words of saying before it."""
    made: list[Saying] = []
    for saying in sorted(sayings, key=lambda one: one.cue or (0, 0)):
        before = [
            one
            for one in made
            if one.source and one.cue and not one.coder.startswith("stance:")
            and not enclosed(one.cue, quotes)
        ]  # fmt: skip
        if saying.coder in _ADDING and before and saying.cue and not enclosed(saying.cue, quotes):
            last = before[-1]
            # "Winds rose, the pilot said, adding ...": who said it adds it, whatever the tree says.
            if last.cue and saying.cue[0] - last.cue[1] <= BESIDE:
                made.append(replace(saying, source=last.source, heads=last.heads))
                continue
            inside = saying.source and enclosed(saying.source, quotes)
            if saying.source is None or inside:
                made.append(replace(saying, source=last.source, heads=last.heads))
                continue
        made.append(saying)
    return made


def enclosed(place: Place, quotes: list[Quote]) -> bool:
    return any(quote.start <= place[0] < quote.end for quote in quotes)


def _takes(tree: Tree, saying: Saying, quote: Quote) -> bool:
    """Whether words of saying may govern a quotation that stands apart from them."""
    if saying.coder.startswith("stance:") or saying.source is None:
        return False
    long = len(inner(tree, quote).split()) >= SCARE_WORDS
    if not saying.content:
        near = saying.cue is not None and _gap(saying.cue, (quote.start, quote.end)) <= _NEAR
        return long or near
    # "“We agree,” he said. “We sign.”": a second piece of what was already quoted.
    text = tree.tags.text
    first = text[saying.content[0][0] - tree.offset : saying.content[0][1] - tree.offset]
    return long and first[:1] in "\"“'‘«„»`"


def inner(tree: Tree, quote: Quote) -> str:
    """The quoted words, as far as they stand in the sentence."""
    first = max(0, quote.inner_start - tree.offset)
    return tree.tags.text[first : max(0, quote.inner_end - tree.offset)]


def _gap(left: Place, right: Place) -> int:
    return max(left[0], right[0]) - min(left[1], right[1])
