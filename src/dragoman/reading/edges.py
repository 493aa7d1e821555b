"""Where source, cue and content begin and end: what belongs to each by the sentence's tree, and what not."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.reading.saying import EDGES, MARKS
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
# What stands before a noun and never ends a cue ("said in a", "features a").
_BEFORE_NOUN = frozenset({"det", "case", "amod", "compound", "nummod", "nmod:poss"})
# How words hang on a clause that tell when, where and how of it.
_ADVERBIAL = frozenset({"obl", "advcl", "advmod", "parataxis", "discourse", "cc", "punct"})
# What stands before a source and is the outlet's own word.
_FOCUS = frozenset({"even"})
_GOVERNED = frozenset({"obj", "xcomp", "ccomp"})
# What links a sentence to the one before it; "but" is as often part of what is said.
_LINKING = frozenset({"and", "however", "still"})
# A clause that a report adds to what it tells of.
_ASIDE = re.compile(r", (?:which|who|whose|whom|where)\s[^\"“”]*\Z")
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
            whole = _whole(tree, _ended(tree, part, saying, quotes), saying)
            whole = _begun(tree, whole, saying)
            if any(char.isalnum() for char in text[whole[0] : whole[1]]):
                made.append(whole)
    return replace(saying, content=tuple(made))


def without_aside(text: str, saying: Saying, quotes: list[Quote]) -> Saying:
    """An attitude's content without what the report adds behind a comma ("praised the plan, which ends in May").

    Of words of saying such a clause is more often said than not.
    """
    if not saying.coder.startswith("stance:"):
        return saying
    made = []
    for start, end in saying.content:
        aside = _ASIDE.search(text, start, end)
        quoted = aside and any(quote.end > aside.start() and quote.start < end for quote in quotes)
        made.append((start, aside.start() if aside and not quoted else end))
    return replace(saying, content=tuple(made))


def tidy_source(tree: Tree, text: str, saying: Saying) -> Saying:
    """A source without a comma that closes nothing or an "even" before it, and with the comma of its apposition.

    "Reed (R-Ohio)," has no comma of its own; "Lind, the envoy of Oman" before its verb has two.
    """
    if saying.source is None:
        return saying
    start, end = saying.source
    last = tree.position_at(end - tree.offset - 1)
    if last and tree.tokens[last].upos == "ADP" and tree.tokens[last].start + tree.offset > start:
        # "Said the king on Thursday": the preposition is the day's.
        end = tree.tokens[last - 1].end + tree.offset
    end = _without_year(tree, start, end)
    saying = _with_its_name(tree, saying, start)
    start = saying.source[0] if saying.source else start
    start, end = _completed(tree, start, end, saying)
    inside = tree.within(start - tree.offset, end - tree.offset)
    if len(inside) > 1 and tree.tokens[inside[0]].text.lower() in _FOCUS:
        inside = inside[1:]
        start = tree.offset + tree.tokens[inside[0]].start
    elif len(inside) > 2 and tree.span_of(inside[0], inside[0] + 2).lower() == "such as":
        inside = inside[2:]
        start = tree.offset + tree.tokens[inside[0]].start
    words = text[start:end]
    before = saying.cue is not None and end <= saying.cue[0]
    if words.endswith(",") and "," not in words[:-1]:
        end -= 1
    elif before and "," in words and text[end : end + 1] == "," and _is_apposed(tree, inside):
        end += 1
    return replace(saying, source=(start, end))


def _without_year(tree: Tree, start: int, end: int) -> int:
    """Where a source ends whose last words tell when it spoke: "a panel in 2001 found"."""
    inside = tree.within(start - tree.offset, end - tree.offset)
    year = tree.tokens[inside[-1]].text if inside else ""
    if (
        len(inside) > 2
        and len(year) == 4
        and year.isdigit()
        and tree.tokens[inside[-2]].text.lower() == "in"
    ):
        return tree.offset + tree.tokens[inside[-3]].end
    return end


def _with_its_name(tree: Tree, saying: Saying, start: int) -> Saying:
    """A source with the name that the tree takes for a second subject ("Chad, the only ally of Mali, said")."""
    first = tree.position_at(start - tree.offset)
    if (
        saying.source is None
        or saying.verb is None
        or not first
        or tree.tokens[first - 1].text != ","
    ):
        return saying
    subjects = tree.kids(saying.verb, "nsubj")
    told = [one for one in saying.heads if one in subjects]
    if not any(tree.kids(one, "det", "nmod:poss") for one in told):
        return saying  # "of Mr. Lee, officials said": no name's description
    for other in subjects:
        begins, ends = tree.core(other)
        if ends == first - 1 and tree.tokens[other].upos == "PROPN":
            begun = tree.offset + tree.tokens[begins].start
            return replace(saying, source=(begun, saying.source[1]), heads=(other,))
    return saying


def _completed(tree: Tree, start: int, end: int, saying: Saying) -> tuple[int, int]:
    """A source with the name before its apposition, and with the time of its participle.

    "Oman, the only neighbour that spoke, said"; "a paper released last year found".
    """
    inside = tree.within(start - tree.offset, end - tree.offset)
    if not inside or saying.cue is None:
        return start, end
    first, last = inside[0], inside[-1]
    for head in saying.heads:
        named = tree.tokens[head].head
        apposed = tree.tokens[head].deprel == "appos" and head in inside and named >= 0
        if apposed and tree.tokens[first - 1].text == "," and named == first - 2:
            start = tree.offset + tree.tokens[tree.core(named)[0]].start
    if tree.tokens[last].upos == "VERB" and base(tree.tokens[last].deprel) == "acl":
        timed = [kid for kid in tree.kids(last, "obl:unmarked") if kid > last]
        behind = max((max(tree.subtree(kid)) for kid in timed), default=last)
        until = tree.offset + tree.tokens[behind].end
        if until <= saying.cue[0] and min(timed, default=0) <= last + 2:
            end = until
    return start, end


def _is_apposed(tree: Tree, inside: tuple[int, ...]) -> bool:
    """Whether an apposition runs to the end of the words, or one word closes them as an age or a place does."""
    behind = tree.span_of(inside[0], inside[-1] + 1).rpartition(", ")[2]
    if behind and " " not in behind:
        return all(tree.tokens[one].deprel != "conj" for one in inside[-2:])
    return any(
        base(tree.tokens[one].deprel) == "appos" and max(tree.subtree(one)) <= inside[-1] + 1
        for one in inside
    )


def tidy_cue(tree: Tree, saying: Saying) -> Saying:
    """A cue that does not break off inside a phrase: "said in a" of "said in a letter" is "said".

    What the words left over belong to is the content where it begins right behind them.
    """
    if saying.cue is None or saying.verb is None:
        return saying
    inside = list(tree.within(saying.cue[0] - tree.offset, saying.cue[1] - tree.offset))
    content = saying.content
    while len(inside) > 1 and inside[-1] > saying.verb:
        last = tree.tokens[inside[-1]]
        if base(last.deprel) not in _BEFORE_NOUN or last.head <= inside[-1]:
            break
        head = tree.offset + tree.tokens[last.head].start
        holding = [piece for piece in content if piece[0] <= head < piece[1]]
        if base(last.deprel) == "case" and (holding or _belongs(tree, saying, last.text, head)):
            break
        if holding:
            content = _from(content, holding[0], tree.offset + last.start)
        inside.pop()
    end = min(tree.offset + tree.tokens[inside[-1]].end, saying.cue[1])
    return _with_preposition(tree, replace(saying, cue=(saying.cue[0], end), content=content))


def _with_preposition(tree: Tree, saying: Saying) -> Saying:
    """A cue with the preposition that its verb asks for: "disagreed with" the king, "described it as"."""
    assert saying.cue is not None
    following = tree.position_at(saying.cue[1] + 1 - tree.offset)
    if following is None or saying.verb != following - 1:
        return saying
    token = tree.tokens[following]
    word = tree.tokens[token.head]
    begins = [one for one in saying.content if one[0] == tree.offset + token.start]
    governed = token.deprel == "case" and word.head == saying.verb and base(word.deprel) == "obl"
    if not begins or not governed or (saying.coder.startswith("rule:") and token.text != "as"):
        return saying
    start = tree.offset + tree.tokens[following + 1].start
    content = tuple((start, one[1]) if one == begins[0] else one for one in saying.content)
    return replace(saying, cue=(saying.cue[0], tree.offset + token.end), content=content)


def _belongs(tree: Tree, saying: Saying, preposition: str, head: int) -> bool:
    """Whether a preposition is part of the cue: "reported by", "called on", "according to"."""
    if not saying.coder.startswith("rule:") or saying.verb is None or preposition.lower() == "by":
        return True
    source = saying.source
    return tree.lemma(saying.verb) == "call" or bool(source and source[0] <= head < source[1])


def _from(content: tuple[Place, ...], piece: Place, start: int) -> tuple[Place, ...]:
    """The content with one of its pieces beginning earlier."""
    return tuple((min(start, one[0]), one[1]) if one == piece else one for one in content)


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
    further = _further(tree, inside, saying.verb)
    if further > last and saying.cue and saying.cue[1] <= piece[0]:
        end = tree.offset + tree.tokens[further].end
        end = max([end, *(quote.end for quote in quotes if piece[0] < quote.start < end)])
        return piece if _enters(saying, piece[1], end) else (piece[0], end)
    head = tree.tokens[last].head
    if base(tree.tokens[last].deprel) not in _OPEN or head <= last:
        return piece
    stop = max(tree.subtree(head))
    while stop > head and tree.tokens[stop].upos == "PUNCT":
        stop -= 1
    run = range(last + 1, stop + 1)
    end = tree.offset + tree.tokens[stop].end
    if any(tree.tokens[one].text in {",", ";", ":", "—", "–"} for one in run):
        end = tree.offset + tree.tokens[head].end
    return piece if _enters(saying, piece[1], end) else (piece[0], end)


def _enters(saying: Saying, start: int, end: int) -> bool:
    """Whether words from `start` to `end` are of the saying's own cue or source."""
    taken = [place for place in (saying.cue, saying.source) if place]
    return any(start < place[1] and place[0] < end for place in taken)


def _with_noun(tree: Tree, piece: Place, root: int, saying: Saying) -> Place:
    """A clause with the noun that it belongs to, where that is the cue's object ("denied" "the claim" "that ...")."""
    noun = tree.tokens[root].head
    if saying.cue is None or base(tree.tokens[root].deprel) != "acl" or noun < 0:
        return piece
    token = tree.tokens[noun]
    if token.head != saying.verb or token.deprel != "obj" or token.upos != "NOUN":
        return piece
    start = tree.offset + tree.tokens[tree.core(noun)[0]].start
    between = tree.tags.text[saying.cue[1] - tree.offset : start - tree.offset]
    follows = saying.cue[1] <= start < piece[0] and not between.strip()
    return (start, piece[1]) if follows else piece


def _whole(tree: Tree, piece: Place, saying: Saying) -> Place:
    """A clause before its words of saying with its subject, where the tags begin behind that."""
    inside = tree.within(piece[0] - tree.offset, piece[1] - tree.offset)
    root = tree.head_of(inside)
    before = saying.cue is not None and piece[1] <= saying.cue[0]
    if root is not None and not before:
        return _with_noun(tree, piece, root, saying)
    if root is None or tree.tokens[root].upos != "VERB":
        return piece
    if tree.tokens[inside[0]].text in MARKS:
        return piece  # what stands before a quotation may be the outlet's own
    for kid in tree.kids(root, "nsubj"):
        under = tree.subtree(kid)
        start = tree.offset + tree.tokens[under[0]].start
        if under[-1] < inside[0] and not _enters(saying, start, piece[0]):
            return start, piece[1]
    return piece


def _begun(tree: Tree, piece: Place, saying: Saying) -> Place:
    """A piece without the "And" or "However" that opens its sentence: the outlet's own link to the one before."""
    first = tree.tokens[0]
    opens = piece[0] == tree.offset + first.start and saying.cue and piece[1] <= saying.cue[0]
    if not opens or first.text.lower() not in _LINKING or first.head == 1:
        return piece
    behind = 1
    while behind < len(tree.tokens) and tree.tokens[behind].text in EDGES:
        behind += 1
    if behind == len(tree.tokens) or tree.offset + tree.tokens[behind].start >= piece[1]:
        return piece
    return tree.offset + tree.tokens[behind].start, piece[1]


def _further(tree: Tree, inside: tuple[int, ...], verb: int | None) -> int:
    """The last word of the phrases that go on right behind some words and hang on them.

    What the verb of saying governs besides counts as well ("called the deal" "a mistake"). Adverbials do
    not: they may as well tell when and where it was said.
    """
    last = inside[-1]
    while last + 1 < len(tree.tokens) and not _breaks(tree, last + 1):
        top = last + 1
        while tree.tokens[top].head > top:
            top = tree.tokens[top].head
        relation = tree.tokens[top].deprel
        head = tree.tokens[top].head
        governed = head == verb and base(relation) in _GOVERNED
        within = head in inside and (base(relation) not in _ADVERBIAL or relation == "obl:agent")
        counted = bool(tree.kids(top, "nummod"))  # "preferred her" "51 percent to 24"
        if counted or not (governed or within):
            break
        stop = max(tree.subtree(top))
        while last < stop and not _breaks(tree, last + 1):
            last += 1
        if last < stop:
            break
    return last


def _breaks(tree: Tree, position: int) -> bool:
    """Whether punctuation breaks a phrase off here; the hyphen inside a word and quotation marks do not."""
    token = tree.tokens[position]
    if token.upos != "PUNCT" or token.text in MARKS:
        return False
    return not (token.text == "-" and token.start == tree.tokens[position - 1].end)


def _holds(outer: Place, inner: Place) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
