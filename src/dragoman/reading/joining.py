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

from dragoman.reading.edges import tidy
from dragoman.reading.quotes import is_name
from dragoman.reading.saying import Place, Saying
from dragoman.reading.sayings import is_cue
from dragoman.reading.tree import base

if TYPE_CHECKING:
    from dragoman.reading.quotes import Quote
    from dragoman.reading.tree import Tree
    from dragoman.rulebook.cues import Cues

# Tags below this confidence are not heard without a clause of saying beside them: the value with the best
# F1 over source, cue and content on the development part of PolNeAR.
TAG_FLOOR = 0.72
# Tags whose content holds a quotation are heard from here on.
QUOTED_FLOOR = 0.5
# What both witnesses tell is at least this sure.
BOTH = 0.9
# Verbs with which somebody binds himself to an act, and says so.
_UNDERTAKING = frozenset({"offer", "promise", "pledge", "vow", "threaten"})
# Quoted words fewer than this, in the midst of a clause, are a name, a title or a distance taken
# ("the 'peace plan'"), unless a verb of saying governs them.
SCARE_WORDS = 4
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "SYM", "X"})
_ADDING = frozenset(f"rule:{verb}" for verb in "add say note warn stress explain argue".split())
# Words that the tags sometimes leave out between two pieces of one phrase.
_LINKS = frozenset("of for in on to with at from by the a an and that".split())
# So few characters part "said" from "adding" that belongs to it.
_BESIDE = 2
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
    tags = from_tags(tree)
    for tag in tags:
        beside = [
            number for number, rule in enumerate(ruled) if number not in heard and _same(tag, rule)
        ]
        if beside:
            heard.update(beside)
            made.append(_merged(tag, ruled[beside[0]], ruled))
        elif tag.confidence >= _floor(tag, quotes) and _tells(tree, tag):
            made.append(_named(tree, tag, cues))
    made.extend(rule for number, rule in enumerate(ruled) if number not in heard)
    made = [replace(one, content=pieces(text, one, quotes)) for one in made]
    made = [tidy(tree, text, one, quotes) for one in made]
    made = _parted(tree, _with_quotes(tree, made, quotes), quotes)
    made = [_around(one, made) if _according(tree, one, cues) else one for one in made]
    kept = [_weighed(tree, one, quotes, cues) for one in made if _stands(tree, one, quotes, cues)]
    # An attitude that nobody is told to hold ("the fish is called a ray") is none.
    # "Recalled its envoy" is an act, told as an event, and holds no attitude in words.
    acts = {f"stance:{lemma}" for lemma in cues.either}
    kept = [
        one
        for one in kept
        if (one.source or not one.coder.startswith("stance:")) and one.coder not in acts
    ]
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
        source = _words_of_source(tree, tag.source)
        if source:
            within = tree.within(*source)
            head = tree.head_of(within)
            heads = tuple(one for one in tree.conjuncts(head) if one in within) if head else ()
            heads = heads or ((head,) if head is not None else ())
        made.append(
            Saying(
                sentence=tree.sentence.index,
                cue=(offset + tag.cue[0], offset + tag.cue[1]),
                source=(offset + source[0], offset + source[1]) if source else None,
                content=tuple((offset + start, offset + end) for start, end in tag.content),
                heads=heads,
                verb=tree.head_of(tuple(verbs)) if verbs else None,
                coder="model:attribution",
                confidence=tag.confidence,
            )
        )
    return tuple(made)


def _words_of_source(tree: Tree, place: Place | None) -> Place | None:
    """The tags' source without adverbs at its edges; None where it holds no noun or pronoun."""
    if place is None:
        return None
    kept = list(tree.within(*place))
    while kept and (
        tree.tokens[kept[-1]].upos == "ADV"
        or (len(kept) > 1 and tree.tokens[kept[-1]].text.lower() in {"who", "which"})
    ):
        kept.pop()
    if not any(tree.tokens[one].upos in _NOMINAL for one in kept):
        return None
    return place[0], min(place[1], tree.tokens[kept[-1]].end)


def _same(tag: Saying, rule: Saying) -> bool:
    return tag.cue is not None and rule.cue is not None and overlap(tag.cue, rule.cue)


def _merged(tag: Saying, rule: Saying, ruled: tuple[Saying, ...]) -> Saying:
    verb = rule.verb if rule.verb is not None else tag.verb
    made = replace(
        tag,
        source=_longer(tag.source, rule.source)
        if rule.verb is not None
        else tag.source or rule.source,
        heads=tag.heads or rule.heads,
        content=tag.content or rule.content,
        verb=verb,
        coder=rule.coder,
        confidence=max(tag.confidence, BOTH),
    )
    made = replace(made, through=rule.through)
    if rule.through and rule.source:
        return replace(made, source=rule.source, heads=rule.heads)
    # Behind its verb the subject is sure ("..., said the king"); the tags' may lie elsewhere.
    turned = rule.source and rule.cue and rule.source[0] >= rule.cue[1]
    if turned and rule.source and (tag.source is None or not overlap(tag.source, rule.source)):
        confused = any(overlap(piece, rule.source) for piece in tag.content)
        content = rule.content if confused else tag.content
        return replace(made, source=rule.source, heads=rule.heads, content=content)
    if len(tag.content) == 1 and len(rule.content) == 1:
        tail = (tag.content[0][1], rule.content[0][1])
        inside = any(o.cue and tail[0] <= o.cue[0] and o.cue[1] <= tail[1] for o in ruled)
        if inside and rule.content[0][0] <= tag.content[0][0]:
            # "reported that ... the king said that ...": what is said holds another's words.
            return replace(made, content=rule.content)
    return made


def _longer(tag: Place | None, rule: Place | None) -> Place | None:
    """The tags' source; the clause's where it takes the tags' in: they stop short, never the clause."""
    if tag is None or rule is None:
        return tag or rule
    return rule if rule[0] <= tag[0] and tag[1] <= rule[1] else tag


def _floor(tag: Saying, quotes: list[Quote]) -> float:
    quoted = any(overlap(piece, (q.start, q.end)) for piece in tag.content for q in quotes)
    return QUOTED_FLOOR if quoted and tag.source else TAG_FLOOR


def _tells(tree: Tree, tag: Saying) -> bool:
    """Whether a cue holds more than "was" or "also"."""
    if tag.cue is None:
        return False
    inside = tree.within(tag.cue[0] - tree.offset, tag.cue[1] - tree.offset)
    return any(tree.tokens[one].upos not in {"AUX", "ADV", "DET", "PART"} for one in inside)


def _named(tree: Tree, tag: Saying, cues: Cues) -> Saying:
    """Tells words from attitudes: a cue that is no word of saying ("wants", "opposed") is an attitude."""
    if tag.verb is None:
        return tag
    lemma = tree.lemma(tag.verb)
    if lemma in cues.cue_nouns or is_cue(tree, tag.verb, cues) or _according(tree, tag, cues):
        return tag
    # What a party wants or holds, told without its words, is less sure to be a statement at all.
    return replace(tag, coder=f"stance:{lemma}", confidence=tag.confidence / 2)


def _according(tree: Tree, saying: Saying, cues: Cues) -> bool:
    if saying.cue is None:
        return False
    start, end = saying.cue[0] - tree.offset, saying.cue[1] - tree.offset
    return tree.tags.text[start:end].lower() in cues.according


def _weighed(tree: Tree, saying: Saying, quotes: list[Quote], cues: Cues) -> Saying:
    """Makes an act of speech told without its words ("urged Iran to stop", "recalled its envoy") a stance."""
    if saying.verb is None or saying.coder.startswith("stance:") or not saying.content:
        return saying
    lemma = tree.lemma(saying.verb)
    if lemma not in cues.act_verbs and lemma not in cues.either:
        return saying
    quoted = any(
        overlap(piece, (quote.start, quote.end)) for piece in saying.content for quote in quotes
    )
    # "The law was passed, the agency reported": what stands before such a verb is told by it.
    before = saying.cue is not None and saying.content[0][1] <= saying.cue[0]
    if (
        quoted
        or (before and lemma in cues.either)
        or _that_clause(tree, saying.verb, cues, bare=lemma in cues.either)
    ):
        return saying
    return replace(saying, coder=f"stance:{lemma}")


# -- edges ---------------------------------------------------------------------------------------


def pieces(text: str, saying: Saying, quotes: list[Quote]) -> tuple[Place, ...]:
    """The content's pieces with their edges in the one form."""
    made: list[Place] = []
    for piece in sorted(saying.content):
        whole = _snapped(text, piece, saying, quotes)
        if whole is None:
            continue
        between = text[made[-1][1] : whole[0]].strip().lower() if made else ""
        if made and (not between or between in _LINKS):
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


def _parted(tree: Tree, sayings: list[Saying], quotes: list[Quote]) -> list[Saying]:
    """Ends a quotation's piece where the next words of saying begin (“...,” adding that “...”)."""
    made = []
    for saying in sayings:
        cut_pieces = []
        for piece in saying.content:
            ends = [q.end for q in quotes if q.start == piece[0]]
            later = [
                one.cue[0]
                for one in sayings
                if ends and one.cue and one is not saying and ends[0] <= one.cue[0] < piece[1]
            ]
            last = ends[0] if later else _before_next(tree, saying, piece, sayings, quotes)
            cut_pieces.append((piece[0], last))
        made.append(replace(saying, content=tuple(cut_pieces)))
    return _participles(made, quotes)


def _before_next(
    tree: Tree, saying: Saying, piece: Place, sayings: list[Saying], quotes: list[Quote]
) -> int:
    """Where a piece ends before words of saying of the same speaker ("..., adding that", "and said")."""
    for other in sayings:
        cue, verb = other.cue, other.verb
        if other is saying or cue is None or verb is None or not piece[0] < cue[0] < piece[1]:
            continue
        if saying.cue is None or cue[0] < saying.cue[1] or _enclosed(cue, quotes):
            continue
        token = tree.tokens[verb]
        text = tree.tags.text[: cue[0] - tree.offset].rstrip()
        adds = token.text.lower().endswith("ing") and text.endswith(",") and other.coder in _ADDING
        if adds or (token.deprel == "conj" and token.head == saying.verb):
            links = text.removesuffix("and").removesuffix("but").rstrip(" ,")
            end = tree.offset + len(links)
            return end if end > piece[0] else piece[1]
    return piece[1]


def _around(saying: Saying, sayings: list[Saying]) -> Saying:
    """Takes "he said" into what stands "according to" another, so that the chain of sources shows."""
    content = saying.content
    for other in sayings:
        if other.cue is None or other is saying or other.verb is None:
            continue
        if set(other.content) & set(content) and other.source and saying.cue:
            pieces_ = [*content, other.cue, other.source, *other.content]
            whole = (min(p[0] for p in pieces_), max(p[1] for p in pieces_))
            if not overlap(whole, saying.cue) and not (
                saying.source and overlap(whole, saying.source)
            ):
                content = (whole,)
    return replace(saying, content=content)


def _participles(sayings: list[Saying], quotes: list[Quote]) -> list[Saying]:
    """Gives "adding that ..." the source of the words of saying before it."""
    made: list[Saying] = []
    for saying in sorted(sayings, key=lambda one: one.cue or (0, 0)):
        before = [
            one
            for one in made
            if one.source and one.cue and not one.coder.startswith("stance:")
            and not _enclosed(one.cue, quotes)
        ]  # fmt: skip
        if saying.coder in _ADDING and before and saying.cue and not _enclosed(saying.cue, quotes):
            last = before[-1]
            # "Winds rose, the pilot said, adding ...": who said it adds it, whatever the tree says.
            if last.cue and saying.cue[0] - last.cue[1] <= _BESIDE:
                made.append(replace(saying, source=last.source, heads=last.heads))
                continue
            inside = saying.source and _enclosed(saying.source, quotes)
            if saying.source is None or inside:
                made.append(replace(saying, source=last.source, heads=last.heads))
                continue
        made.append(saying)
    return made


def _enclosed(place: Place, quotes: list[Quote]) -> bool:
    return any(quote.start <= place[0] < quote.end for quote in quotes)


def _takes(tree: Tree, saying: Saying, quote: Quote) -> bool:
    """Whether words of saying may govern a quotation that stands apart from them."""
    if saying.coder.startswith("stance:") or saying.source is None:
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
    if saying.source is None and not saying.coder.startswith("rule:"):
        return False  # told by nobody, and no verb of saying: too little to be a statement
    if saying.verb is not None and _is_asked(tree, saying.verb):
        return False
    if not saying.content:
        return saying.source is not None and not (saying.cue and _enclosed(saying.cue, quotes))
    if not saying.coder.startswith("rule:") or saying.verb is None or saying.confidence >= BOTH:
        return True
    if saying.heads and not any(_may_say(tree, one) for one in saying.heads):
        return False
    if saying.cue and _enclosed(saying.cue, quotes):
        return False  # "I think" inside a quotation is part of what is said
    return saying.source is not None and (
        tree.lemma(saying.verb) not in cues.act_verbs
        or _that_clause(tree, saying.verb, cues)
        or _undertakes(tree, saying.verb)
    )


def _undertakes(tree: Tree, verb: int) -> bool:
    """Whether the speaker gives word of an act of his own: "offered to help", "threatened to leave"."""
    return tree.lemma(verb) in _UNDERTAKING and any(
        tree.tokens[mark].text.lower() == "to"
        for kid in tree.kids(verb, "xcomp")
        for mark in tree.kids(kid, "mark")
    )


def _is_asked(tree: Tree, verb: int) -> bool:
    """Whether the verb tells what was done to its subject ("When asked about ..., he ...")."""
    token = tree.tokens[verb]
    if base(token.deprel) != "advcl" or not token.text.lower().endswith("ed"):
        return False
    if tree.kids(verb, "nsubj", "aux", "obj"):
        return False
    kids = [tree.tokens[kid].text.lower() for kid in tree.children[verb] if kid < verb]
    return bool({"when", "if", "once", "as"} & set(kids))


def _may_say(tree: Tree, head: int) -> bool:
    """Whether a word can be somebody who says something; "what" and "chained" cannot."""
    token = tree.tokens[head]
    return token.upos in _NOMINAL and token.text.lower() not in {"what", "how", "why"}


def _that_clause(tree: Tree, verb: int, cues: Cues, *, bare: bool = False) -> bool:
    """Whether the verb governs a clause of words, one without "that" only if `bare`."""
    for kid in tree.kids(verb, "ccomp"):
        return bare or any(
            tree.tokens[mark].text.lower() == "that" for mark in tree.kids(kid, "mark")
        )
    return tree.lemma(verb) in cues.expressive
