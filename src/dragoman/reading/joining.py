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

from dragoman.reading.edges import tidy, tidy_cue, tidy_source, without_aside
from dragoman.reading.quoted import overlap, parted, pieces, with_quotes
from dragoman.reading.saying import Place, Saying
from dragoman.reading.sayings import is_adding, is_cue
from dragoman.reading.standing import (
    BOTH,
    NOMINAL,
    is_bypassed,
    is_held,
    is_told_of,
    stands,
    weighed,
)
from dragoman.reading.tree import base
from dragoman.reading.unsaid import is_unsaid, without_hearers

if TYPE_CHECKING:
    from dragoman.reading.quotes import Quote
    from dragoman.reading.tree import Tree
    from dragoman.rulebook.cues import Cues

# Tags below this confidence are not heard without a clause of saying beside them: of 0.76 to 0.82, which differ by less than
# chance on the development part of PolNeAR, the value with the best F1 of contents.
TAG_FLOOR = 0.82
# Tags whose content holds a quotation are heard from here on.
QUOTED_FLOOR = 0.5
_TWO = 2


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
        if is_bypassed(tree, tag, ruled):
            continue
        beside = [
            number for number, rule in enumerate(ruled) if number not in heard and _same(tag, rule)
        ]
        if beside:
            heard.update(beside)
            made.append(_merged(tree, tag, ruled[beside[0]], ruled))
        elif tag.confidence >= _floor(tag, quotes) and _tells(tree, tag):
            named = _named(tree, tag, cues)
            if not _asked(tree, named):
                made.append(named)
    made.extend(rule for number, rule in enumerate(ruled) if number not in heard)
    made = [replace(one, content=pieces(tree, text, one, quotes)) for one in made]
    made = [tidy(tree, text, one, quotes) for one in made]
    made = [tidy_cue(tree, tidy_source(tree, text, one)) for one in made]
    made = parted(tree, with_quotes(tree, made, quotes), quotes)
    made = [without_hearers(tree, one, quotes) for one in made]
    made = [_cited(tree, one, made) for one in made]
    made = [_around(one, made) if _according(tree, one, cues) else one for one in made]
    made = [replace(o, source=None, heads=()) if is_told_of(tree, o) else o for o in made]
    kept = [weighed(tree, one, quotes, cues) for one in made if stands(tree, one, quotes, cues)]
    kept = [one for one in kept if is_held(tree, one, quotes, cues)]
    kept = [without_aside(text, o, quotes) for o in kept if not is_unsaid(tree, o, quotes, cues)]
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
            owned = _owned(tree, within, head, tag.cue)
            if owned is not None:
                # "Oman's police said": not Oman alone.
                head = owned
                source = source[0], tree.tokens[owned].end
                within = tree.within(*source)
            beside = _beside(tree, within, head)
            if beside is not None:
                head, source = beside, (tree.tokens[tree.core(beside)[0]].start, source[1])
                within = tree.within(*source)
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


def _beside(tree: Tree, within: tuple[int, ...], head: int | None) -> int | None:
    """The subject beside whose description the tags stop ("China, Pyongyang's only ally, said"); None where there is none."""
    if head is None or base(tree.tokens[head].deprel) != "appos":
        return None
    subject = tree.tokens[head].head
    named = subject < within[0] and base(tree.tokens[subject].deprel) == "nsubj"
    return subject if named else None


def _owned(tree: Tree, within: tuple[int, ...], head: int | None, cue: Place) -> int | None:
    """The subject whose owner alone the tags took for the source; None where they stop rightly."""
    after = tree.tokens[within[-1] + 1 : within[-1] + 2]
    if head is None or not after or after[0].text not in {"'s", "’s", "'", "’"}:
        return None
    token = tree.tokens[head]
    if token.deprel != "nmod:poss" or token.head <= within[-1]:
        return None
    owner = tree.tokens[token.head]
    inside_cue = owner.start < cue[1] and cue[0] < owner.end
    return token.head if base(owner.deprel) == "nsubj" and not inside_cue else None


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
    if not any(tree.tokens[one].upos in NOMINAL for one in kept):
        return None
    if {tree.tokens[one].text.lower() for one in kept} <= {"the", "a", "an"}:
        noun = tree.tokens[kept[-1]].head
        if noun <= kept[-1]:
            return None
        first, last = tree.core(noun)  # "the Taliban, once in power, seek": the whole phrase
        return tree.tokens[first].start, tree.tokens[last - 1].end
    return place[0], min(place[1], tree.tokens[kept[-1]].end)


def _same(tag: Saying, rule: Saying) -> bool:
    return tag.cue is not None and rule.cue is not None and overlap(tag.cue, rule.cue)


def _merged(tree: Tree, tag: Saying, rule: Saying, ruled: tuple[Saying, ...]) -> Saying:
    verb = rule.verb if rule.verb is not None else tag.verb
    tag = _without_hearer(tree, tag, verb)
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
    made = replace(made, through=rule.through, cue=_fuller(tree, tag.cue, rule.cue))
    if rule.verb is None and len(made.content) > 1 and len(rule.content) == 1:
        # "..., according to the police, but ...": the other clause goes its own way.
        near = tuple(piece for piece in made.content if overlap(piece, rule.content[0]))
        made = replace(made, content=near or made.content)
    if rule.through and rule.source:
        retold = rule.content and rule.cue and rule.content[0][1] <= rule.cue[0]
        content = rule.content if retold else made.content
        return replace(made, source=rule.source, heads=rule.heads, content=content)
    if _misplaced(tree, tag, rule) or _behind(tag, rule):
        return replace(made, source=rule.source, heads=rule.heads)
    # Behind its verb the subject is sure ("..., said the king"); the tags' may lie elsewhere.
    turned = (
        rule.source
        and rule.cue
        and rule.source[0] >= rule.cue[1]
        # "saying anybody may come": what follows is said, and says nothing.
        and not any(rule.cue[1] <= piece[0] for piece in tag.content)
    )
    if turned and rule.source and (tag.source is None or not overlap(tag.source, rule.source)):
        confused = any(overlap(piece, rule.source) for piece in tag.content)
        content = rule.content if confused else tag.content
        return replace(made, source=rule.source, heads=rule.heads, content=content)
    if len(tag.content) == 1 and len(rule.content) == 1:
        tail = (tag.content[0][1], rule.content[0][1])
        inside = any(
            o.cue and o.cue != rule.cue and tail[0] <= o.cue[0] and o.cue[1] <= tail[1]
            for o in ruled
        )
        own = rule.cue is not None and rule.content[0][0] <= rule.cue[0] < rule.content[0][1]
        if inside and not own and rule.content[0][0] <= tag.content[0][0]:
            # "reported that ... the king said that ...": what is said holds another's words.
            return replace(made, content=rule.content)
    return made


def _cited(tree: Tree, saying: Saying, made: list[Saying]) -> Saying:
    """Gives "..., citing X" and "..., adding that" to who says what stands before, not to whom that speaks of."""
    if saying.verb is None or saying.cue is None:
        return saying
    verb = tree.tokens[saying.verb]
    if not verb.text.lower().endswith("ing") or tree.kids(saying.verb, "nsubj"):
        return saying
    cue = saying.cue
    before = [o for o in made if o.cue and o.source and o.heads and o.cue[1] <= cue[0]]
    holding = [o for o in before if o.content and all(piece[1] <= cue[0] for piece in o.content)]
    last = max(holding, key=lambda one: one.cue or (0, 0), default=None)
    own = saying.source
    if last is None or own is None or not any(overlap(own, piece) for piece in last.content):
        return saying
    return replace(saying, source=last.source, heads=last.heads)


def _without_hearer(tree: Tree, tag: Saying, verb: int | None) -> Saying:
    """The tags without a piece that is who is spoken to ("warned the envoy that ...")."""
    if verb is None or len(tag.content) < _TWO:
        return tag
    hearers = {one for kid in tree.kids(verb, "iobj") for one in tree.subtree(kid)}
    kept = tuple(
        piece
        for piece in tag.content
        if not hearers.issuperset(tree.within(piece[0] - tree.offset, piece[1] - tree.offset))
    )
    return replace(tag, content=kept) if kept else tag


def _fuller(tree: Tree, tag: Place | None, rule: Place | None) -> Place | None:
    """The tags' cue; the clause's where the tags give no more than an auxiliary of it ("was" told)."""
    if tag is None or rule is None or not (rule[0] <= tag[0] and tag[1] <= rule[1]):
        return tag or rule
    inside = tree.within(tag[0] - tree.offset, tag[1] - tree.offset)
    return tag if any(tree.tokens[one].upos in {"VERB", "NOUN"} for one in inside) else rule


def _misplaced(tree: Tree, tag: Saying, rule: Saying) -> bool:
    """Whether the tags give "..., saying that" to somebody acted upon, where the clause has a subject."""
    if rule.verb is None or not is_adding(tree, rule.verb) or not rule.source or not tag.heads:
        return False
    if any(
        tree.tokens[kid].text.lower() == "according"
        for one in tag.heads
        for kid in tree.kids(one, "case")
    ):
        return False  # "..., according to the agency, citing sources"
    deep = {base(tree.tokens[one].deprel) for one in tag.heads}
    return deep <= {"obj", "iobj", "obl", "nmod"} and any(
        base(tree.tokens[one].deprel) == "nsubj" for one in rule.heads
    )


def _behind(tag: Saying, rule: Saying) -> bool:
    """Whether the tags give the words to a name of the next clause ("Though she called for it, Hana Brook ...")."""
    if not (tag.source and tag.content and rule.source and rule.cue):
        return False
    end = max(piece[1] for piece in tag.content)
    return rule.source[1] <= rule.cue[0] and rule.cue[1] <= end <= tag.source[0]


def _longer(tag: Place | None, rule: Place | None) -> Place | None:
    """The tags' source; the clause's where it takes the tags' in: they stop short, never the clause."""
    if tag is None or rule is None:
        return tag or rule
    return rule if rule[0] <= tag[0] and tag[1] <= rule[1] else tag


def _floor(tag: Saying, quotes: list[Quote]) -> float:
    quoted = any(overlap(piece, (q.start, q.end)) for piece in tag.content for q in quotes)
    return QUOTED_FLOOR if quoted and tag.source else TAG_FLOOR


def _asked(tree: Tree, tag: Saying) -> bool:
    """Whether an attitude stands in a question: "Why should voters support her?" holds nothing."""
    if not tag.coder.startswith("stance:") or not tree.tags.text.rstrip().endswith("?"):
        return False
    return not any(tree.lemma(head) in {"i", "we"} for head in tag.heads)


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
