"""Who says what by the clauses of a sentence: verbs of saying, "according to", headlines with a colon."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.reading.clauses import Clauses
from dragoman.reading.tree import base

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dragoman.reading.tree import Tree
    from dragoman.rulebook import Grammar
    from dragoman.rulebook.cues import Cues

Place = tuple[int, int]
# Punctuation that no content or source keeps at its edges.
_EDGES = frozenset(",;:.-–—―")
_MARKS = frozenset({'"', "“", "”", "„", "«", "»", "‘", "’", "'", "''", "``"})
# Verbs whose object is a speaker ("quoted him as saying").
_QUOTING = frozenset({"quote", "cite", "report", "describe"})
# Verbs behind which the person spoken to stands at once, not the subject ("..., told the paper").
_WITH_OBJECT = frozenset("tell inform assure remind notify call accuse quote cite".split())
# What may follow a verb of saying at once and is not its subject ("he, too, said Monday that ...").
_NOT_SUBJECTS = frozenset(
    "that this these those all monday tuesday wednesday thursday friday saturday sunday late early last "
    "next yesterday today tonight there".split()
)
# What belongs to a noun's phrase behind it; other children there are clauses or stand beside it.
_PHRASAL = frozenset(
    {"nmod", "compound", "flat", "appos", "conj", "nummod", "fixed", "acl", "amod"}
)
# How many words a label before a colon or behind a dash may have ("Bahrain: no reason to delay").
_LABEL_WORDS = 6
_LABEL_BREAKS = frozenset({":", "-", "–", "—", "―"})


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


def sayings(
    tree: Tree, grammar: Grammar, cues: Cues, is_party: Callable[[int, int], bool]
) -> tuple[Saying, ...]:
    """All that a sentence's clauses say of who says what.

    Args:
        tree: the sentence.
        grammar, cues: the rulebook's lists.
        is_party: whether a party stands at a token position of a sentence (index, position).
    """
    clauses = Clauses(tree, grammar)
    made = [*_verbs(clauses, cues), *_according(tree, cues)]
    if not made:
        made.extend(_labels(tree, is_party))
    return tuple(made)


def is_cue(tree: Tree, position: int, cues: Cues) -> bool:
    """Whether a verb of saying stands at the position, "point out" and "go on" included."""
    lemma = tree.lemma(position)
    if tree.tokens[position].upos != "VERB":
        return False
    if lemma in cues.cue_verbs:
        return True
    return any(
        f"{lemma} {tree.tokens[kid].text.lower()}" in cues.cue_verbs
        for kid in tree.kids(position, "compound:prt", "advmod")
    )


def extent(tree: Tree, positions: tuple[int, ...]) -> Place | None:
    """Characters of the report from the first to the last word, without punctuation at the edges.

    Quotation marks and brackets stay.
    """
    kept = list(positions)
    while kept and tree.tokens[kept[0]].text in _EDGES:
        kept.pop(0)
    while kept and tree.tokens[kept[-1]].text in _EDGES:
        kept.pop()
    if not kept:
        return None
    return tree.offset + tree.tokens[kept[0]].start, tree.offset + tree.tokens[kept[-1]].end


# -- verbs ---------------------------------------------------------------------------------------


def _verbs(clauses: Clauses, cues: Cues) -> Iterator[Saying]:
    tree = clauses.tree
    for verb in range(len(tree.tokens)):
        if not is_cue(tree, verb, cues):
            continue
        turned = _inverted(tree, verb)
        quoted, through = _quoted_as(clauses, verb)
        heads = quoted or turned or clauses.subject(verb)
        content = _before(tree, verb) if turned else _content(clauses, verb, cues)
        if not heads and content is None:
            continue
        yield Saying(
            sentence=tree.sentence.index,
            cue=_cue(tree, verb),
            source=_source(tree, heads, verb),
            content=(content,) if content else (),
            heads=heads,
            verb=verb,
            coder=f"rule:{tree.lemma(verb)}",
            confidence=0.8,
            through=through,
        )


def _quoted_as(clauses: Clauses, verb: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Who is quoted and who quotes in "the agency quoted the minister as saying ..."; empty if neither."""
    tree = clauses.tree
    if verb == 0 or tree.tokens[verb - 1].text.lower() != "as":
        return (), ()
    for above in tree.ancestors(verb):
        if tree.lemma(above) in _QUOTING:
            return clauses.object(above), clauses.subject(above)
    return (), ()


def _inverted(tree: Tree, verb: int) -> tuple[int, ...]:
    """The subject behind its verb in "..., said the king of Bahrain": the phrase that follows at once.

    Trees often hang such a verb on the wrong noun; the order of the words is sure.
    """
    tokens = tree.tokens
    if verb == 0 or verb + 1 >= len(tokens) or tree.lemma(verb) in _WITH_OBJECT:
        return ()
    before = tokens[verb - 1].text
    if before not in _MARKS and before not in {",", "–", "—", "-"}:
        return ()
    if tokens[verb].text.lower().endswith("ing") or tree.kids(verb, "obj", "iobj", "aux", "cop"):
        return ()
    if tokens[verb + 1].upos not in {"PROPN", "DET", "NOUN", "ADJ", "NUM"}:
        return ()
    if tokens[verb + 1].text.lower() in _NOT_SUBJECTS:
        return ()
    if any(kid > verb or tokens[kid].upos == "PRON" for kid in tree.kids(verb, "nsubj")):
        return ()
    if any(kid > verb for kid in tree.kids(verb, "ccomp")) or base(tokens[verb].deprel) == "acl":
        return ()
    head = _phrase(tree, verb + 1)
    if head is None or (tokens[head].head > head and base(tokens[head].deprel) == "nsubj"):
        return ()  # "the envoy, ..., said the talks had failed": a clause begins here
    return tree.conjuncts(head)


def _before(tree: Tree, verb: int) -> Place | None:
    """The words before an inverted verb of saying, from the sentence's start."""
    return extent(tree, tuple(range(verb)))


def _cue(tree: Tree, verb: int) -> Place:
    """The verb with its auxiliaries and particle ("has said", "pointed out")."""
    first = last = verb
    while first > 0 and tree.tokens[first - 1].head == verb:
        if base(tree.tokens[first - 1].deprel) not in {"aux", "advmod"}:
            break
        first -= 1
    while first < verb and base(tree.tokens[first].deprel) == "advmod":
        first += 1
    if tree.kids(verb, "compound:prt") == (verb + 1,):
        last += 1
    return tree.offset + tree.tokens[first].start, tree.offset + tree.tokens[last].end


def _source(tree: Tree, heads: tuple[int, ...], verb: int) -> Place | None:
    """The subject's whole phrase, as far as it lies on one side of the verb."""
    if not heads:
        return None
    under = set(tree.subtree(heads[0]))
    if verb in under:
        under -= set(tree.subtree(verb))
    if tree.tokens[verb].deprel == "acl:relcl":
        first, last = tree.core(heads[0])
        return _bare(tree, range(first, last))
    last = first = heads[0]
    while first - 1 in under and first - 1 != verb:
        first -= 1
    while last + 1 < len(tree.tokens) and last + 1 != verb:
        # A name is not cut, whatever the tree says of its last part.
        if last + 1 not in under and {tree.tokens[last].upos, tree.tokens[last + 1].upos} != {
            "PROPN"
        }:
            break
        last += 1
    return _bare(tree, range(first, last + 1))


def _bare(tree: Tree, positions: range) -> Place | None:
    """The words of a source, without quotation marks at their edges."""
    kept = [*positions]
    while kept and (tree.tokens[kept[0]].text in _MARKS or tree.tokens[kept[0]].text in _EDGES):
        kept.pop(0)
    while kept and (tree.tokens[kept[-1]].text in _MARKS or tree.tokens[kept[-1]].text in _EDGES):
        kept.pop()
    return extent(tree, tuple(kept))


def _content(clauses: Clauses, verb: int, cues: Cues) -> Place | None:
    """What a verb of saying governs: its clause, or the clause that it stands beside."""
    tree = clauses.tree
    lemma = tree.lemma(verb)
    for kid in tree.kids(verb, "ccomp"):
        return extent(tree, tree.subtree(kid))
    if base(tree.tokens[verb].deprel) == "parataxis":
        above = tree.tokens[verb].head
        mine = set(tree.subtree(verb))
        rest = [one for one in tree.subtree(above) if one not in mine]
        before = [one for one in rest if one < min(mine)]
        return extent(tree, tuple(before or rest))
    for kid in tree.kids(verb, "parataxis"):
        return extent(tree, tree.subtree(kid))
    if lemma in cues.expressive:
        for kid in tree.kids(verb, "obj", "obl"):
            if len(tree.subtree(kid)) > 1 and tree.tokens[kid].upos in {"NOUN", "VERB", "PROPN"}:
                return extent(tree, tree.subtree(kid))
        for kid in tree.kids(verb, "advcl", "xcomp"):
            return extent(tree, tree.subtree(kid))
    if lemma in cues.act_verbs:
        for kid in tree.kids(verb, "xcomp"):
            return extent(tree, tree.subtree(kid))
    return None


# -- other makes ---------------------------------------------------------------------------------


def _according(tree: Tree, cues: Cues) -> Iterator[Saying]:
    text = tree.tags.text.lower()
    for phrase in sorted(cues.according):
        start = text.find(phrase)
        while start >= 0:
            positions = tree.within(start, start + len(phrase))
            head = _phrase(tree, positions[-1] + 1) if positions else None
            if head is not None:
                source = _run(tree, head, positions[-1] + 1)
                taken = {*positions, *source}
                rest = tuple(one for one in range(len(tree.tokens)) if one not in taken)
                content = _longest(tree, rest)
                if content and source:
                    yield Saying(
                        sentence=tree.sentence.index,
                        cue=(tree.offset + start, tree.offset + start + len(phrase)),
                        source=_bare(tree, range(source[0], source[-1] + 1)),
                        content=(content,),
                        heads=tree.conjuncts(head),
                        verb=None,
                        coder=f"rule:{phrase}",
                        confidence=0.8,
                    )
            start = text.find(phrase, start + 1)


def _phrase(tree: Tree, first: int) -> int | None:
    """The head of the noun phrase that begins at a position, if one does."""
    for head in range(first, min(first + 9, len(tree.tokens))):
        if tree.tokens[head].upos in {"VERB", "AUX", "PUNCT"}:
            return None
        if tree.tokens[head].upos in {"NOUN", "PROPN", "PRON"} and tree.core(head)[0] == first:
            above = tree.tokens[head].head
            if not first <= above < tree.core(head)[1]:
                return head
    return None


def _run(tree: Tree, head: int, first: int) -> tuple[int, ...]:
    """The words from `first` on that belong to a phrase: its core, "of" phrases and appositions."""
    under = set(tree.subtree(head))
    clauses = [
        kid
        for kid in tree.children[head]
        if base(tree.tokens[kid].deprel) not in _PHRASAL and kid > head
    ]
    stop = min((tree.subtree(kid)[0] for kid in clauses), default=len(tree.tokens))
    last = head
    while last + 1 < stop and last + 1 in under:
        last += 1
    return tuple(range(first, last + 1))


def _longest(tree: Tree, positions: tuple[int, ...]) -> Place | None:
    runs: list[list[int]] = []
    for position in positions:
        if runs and position == runs[-1][-1] + 1:
            runs[-1].append(position)
        else:
            runs.append([position])
    longest = max(runs, key=len, default=None)
    return extent(tree, tuple(longest)) if longest else None


def _labels(tree: Tree, is_party: Callable[[int, int], bool]) -> Iterator[Saying]:
    """A headline's speaker before a colon or behind a dash, and the speaker of a line of a dialogue."""
    title = tree.sentence.kind in {"title", "heading"}
    for place, token in enumerate(tree.tokens):
        if token.text not in _LABEL_BREAKS or not 0 < place < len(tree.tokens) - 1:
            continue
        before, after = tuple(range(place)), tuple(range(place + 1, len(tree.tokens)))
        for label, rest, behind in ((before, after, False), (after, before, True)):
            if (token.text != ":" or behind) and not title:
                continue
            if (not behind and token.text != ":") or len(label) > _LABEL_WORDS:
                continue
            head = _label_head(tree, label, is_party)
            if head is None or len(rest) < 3 or _topic(tree, head, rest):
                continue
            if not title and not any(
                name.label == "PER" and name.first <= head < name.last for name in tree.tags.names
            ):
                continue
            content, source = extent(tree, rest), extent(tree, label)
            if content and source:
                yield Saying(
                    tree.sentence.index,
                    (tree.offset + token.start, tree.offset + token.end),
                    source,
                    (content,),
                    (head,),
                    None,
                    "rule:label",
                    0.6,
                )
                return


def _label_head(
    tree: Tree, label: tuple[int, ...], is_party: Callable[[int, int], bool]
) -> int | None:
    if any(tree.tokens[one].upos in {"VERB", "AUX", "PUNCT", "ADP"} for one in label):
        return None
    head = tree.head_of(label)
    index = tree.sentence.index
    if head is not None and is_party(index, head):
        return head
    return next((one for one in reversed(label) if is_party(index, one)), None)


def _topic(tree: Tree, head: int, rest: tuple[int, ...]) -> bool:
    """Whether a place's name before a colon is what is told of, not who speaks ("Yemen: army retreats").

    It is where the words behind tell with a subject of their own.
    """
    person = any(n.label == "PER" and n.first <= head < n.last for n in tree.tags.names)
    if person or tree.tokens[head].upos != "PROPN":
        return False
    if tree.tokens[rest[0]].text in _MARKS:
        return False
    return any(
        base(tree.tokens[one].deprel) == "nsubj"
        and tree.tokens[one].text.lower() not in {"we", "i", "it", "there", "this", "that"}
        for one in rest
    )
