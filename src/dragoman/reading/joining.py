"""One answer from two witnesses: the model's attribution tags and the clauses of saying.

The tags know the edges of source, cue and content; the clauses know the verbs of saying, the heads and
the persons spoken to; the quotation marks know what is direct. Where both speak of one cue the tags
give the edges and the clause fills what they leave open. All edges are brought into one form here:
content keeps its quotation marks, the comma inside them and an opening "that"; punctuation outside the
marks goes; pieces with nothing but white space between them are one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.reading.quotes import is_name
from dragoman.reading.sayings import Place, Saying, is_cue

if TYPE_CHECKING:
    from dragoman.reading.quotes import Quote
    from dragoman.reading.tree import Tree
    from dragoman.rulebook.cues import Cues

# Tags below this confidence are not heard without a clause of saying beside them: the value with the best
# F1 over source, cue and content on the development part of PolNeAR.
TAG_FLOOR = 0.6
# What both witnesses tell is at least this sure.
BOTH = 0.9
# Quoted words fewer than this, in the midst of a clause, are a name, a title or a distance taken
# ("the 'peace plan'"), unless a verb of saying governs them.
SCARE_WORDS = 4
_OUTSIDE = ",;:.-–—― \t\r\n\xa0"


def join(
    tree: Tree, text: str, ruled: tuple[Saying, ...], quotes: list[Quote], cues: Cues
) -> tuple[Saying, ...]:
    """The sayings of a sentence, in the order of their cues.

    Args:
        tree: the sentence.
        text: the report's text.
        ruled: what the clauses say.
        quotes: the quotations that begin in the sentence.
        cues: the rulebook's lists.
    """
    made: list[Saying] = []
    heard: set[int] = set()
    for tag in from_tags(tree):
        beside = [
            number for number, rule in enumerate(ruled) if number not in heard and _same(tag, rule)
        ]
        if beside:
            heard.update(beside)
            made.append(_merged(tag, ruled[beside[0]]))
        elif tag.confidence >= TAG_FLOOR:
            made.append(_named(tree, tag, cues))
    made.extend(rule for number, rule in enumerate(ruled) if number not in heard)
    made = [replace(one, content=pieces(text, one, quotes)) for one in made]
    made = _with_quotes(tree, made, quotes)
    kept = [one for one in made if _stands(tree, one, quotes, cues)]
    return tuple(sorted(kept, key=lambda one: one.cue or (0, 0)))


def from_tags(tree: Tree) -> tuple[Saying, ...]:
    """The model's attributions with a cue, as characters of the report."""
    made = []
    offset = tree.offset
    for tag in tree.tags.attributions:
        if tag.cue is None:
            continue
        inside = tree.within(*tag.cue)
        verbs = [one for one in inside if tree.tokens[one].upos in {"VERB", "NOUN"}]
        heads: tuple[int, ...] = ()
        if tag.source:
            within = tree.within(*tag.source)
            head = tree.head_of(within)
            heads = tuple(one for one in tree.conjuncts(head) if one in within) if head else ()
            heads = heads or ((head,) if head is not None else ())
        made.append(
            Saying(
                sentence=tree.sentence.index,
                cue=(offset + tag.cue[0], offset + tag.cue[1]),
                source=(offset + tag.source[0], offset + tag.source[1]) if tag.source else None,
                content=tuple((offset + start, offset + end) for start, end in tag.content),
                heads=heads,
                verb=tree.head_of(tuple(verbs)) if verbs else None,
                coder="model:attribution",
                confidence=tag.confidence,
            )
        )
    return tuple(made)


def _same(tag: Saying, rule: Saying) -> bool:
    return tag.cue is not None and rule.cue is not None and overlap(tag.cue, rule.cue)


def _merged(tag: Saying, rule: Saying) -> Saying:
    return replace(
        tag,
        source=_longer(tag.source, rule.source),
        heads=tag.heads or rule.heads,
        content=tag.content or rule.content,
        verb=rule.verb if rule.verb is not None else tag.verb,
        coder=rule.coder,
        confidence=max(tag.confidence, BOTH),
    )


def _longer(tag: Place | None, rule: Place | None) -> Place | None:
    """The tags' source; the clause's where it takes the tags' in: they stop short, never the clause."""
    if tag is None or rule is None:
        return tag or rule
    return rule if rule[0] <= tag[0] and tag[1] <= rule[1] else tag


def _named(tree: Tree, tag: Saying, cues: Cues) -> Saying:
    """Tells words from attitudes: a cue that is no word of saying ("wants", "opposed") is an attitude."""
    if tag.verb is None:
        return tag
    lemma = tree.lemma(tag.verb)
    if lemma in cues.cue_nouns or is_cue(tree, tag.verb, cues):
        return tag
    # What a party wants or holds, told without its words, is less sure to be a statement at all.
    return replace(tag, coder=f"attitude:{lemma}", confidence=tag.confidence / 2)


# -- edges ---------------------------------------------------------------------------------------


def pieces(text: str, saying: Saying, quotes: list[Quote]) -> tuple[Place, ...]:
    """The content's pieces with their edges in the one form."""
    made: list[Place] = []
    for piece in sorted(saying.content):
        whole = _snapped(text, piece, saying, quotes)
        if whole is None:
            continue
        if made and not text[made[-1][1] : whole[0]].strip():
            made[-1] = (made[-1][0], max(made[-1][1], whole[1]))
        else:
            made.append(whole)
    return tuple(made)


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


# -- quotations ----------------------------------------------------------------------------------


def _with_quotes(tree: Tree, sayings: list[Saying], quotes: list[Quote]) -> list[Saying]:
    """Gives each quotation that no content holds to the nearest words of saying in its sentence."""
    made = list(sayings)
    for quote in quotes:
        place = (quote.start, quote.end)
        if any(overlap(place, piece) for one in made for piece in one.content):
            continue
        if is_name(_inner(tree, quote)):
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


def _takes(tree: Tree, saying: Saying, quote: Quote) -> bool:
    """Whether words of saying may govern a quotation that stands apart from them."""
    if saying.coder.startswith("attitude:") or saying.source is None:
        return False
    long = len(_inner(tree, quote).split()) >= SCARE_WORDS
    if not saying.content:
        return long or saying.cue is not None
    # "“We agree,” he said. “We sign.”": a second piece of what was already quoted.
    text = tree.tags.text
    first = text[saying.content[0][0] - tree.offset : saying.content[0][1] - tree.offset]
    return long and first[:1] in "\"“'‘«„»`"


def _inner(tree: Tree, quote: Quote) -> str:
    return tree.tags.text[quote.inner_start - tree.offset : quote.inner_end - tree.offset]


def _gap(left: Place, right: Place) -> int:
    return max(left[0], right[0]) - min(left[1], right[1])


def _stands(tree: Tree, saying: Saying, quotes: list[Quote], cues: Cues) -> bool:
    """Whether a saying is kept: one that the clauses alone saw must be of words, not of an act.

    Words of saying without content are kept where they end the sentence: they announce a quotation.
    """
    if not saying.content:
        return saying.source is not None
    if not saying.coder.startswith("rule:") or saying.verb is None or saying.confidence >= BOTH:
        return True
    if saying.cue and any(quote.start <= saying.cue[0] < quote.end for quote in quotes):
        return False  # "I think" inside a quotation is part of what is said
    return saying.source is not None and (
        tree.lemma(saying.verb) not in cues.act_verbs or _that_clause(tree, saying.verb, cues)
    )


def _that_clause(tree: Tree, verb: int, cues: Cues) -> bool:
    for kid in tree.kids(verb, "ccomp"):
        return any(tree.tokens[mark].text.lower() == "that" for mark in tree.kids(kid, "mark"))
    return tree.lemma(verb) in cues.expressive
