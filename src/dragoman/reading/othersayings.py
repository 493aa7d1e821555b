"""Who says what without a verb of saying: nouns, "according to", headlines and transcripts with a colon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.reading.saying import MARKS, Place, Saying, bare, extent, phrase_at
from dragoman.reading.tree import base

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dragoman.reading.tree import Tree
    from dragoman.rulebook.cues import Cues

# What belongs to a noun's phrase behind it; other children there are clauses or stand beside it.
_PHRASAL = frozenset(
    {"nmod", "compound", "flat", "appos", "conj", "nummod", "fixed", "acl", "amod"}
)
# How many words a label before a colon or behind a dash may have ("Bahrain: no reason to delay").
_LABEL_WORDS = 6
# Where a clause begins that goes its own way.
_TURNS = frozenset({"but", "while", "although", "though", "whereas"})
_LABEL_BREAKS = frozenset({":", "-", "–", "—", "―"})


def by_nouns(tree: Tree, cues: Cues) -> Iterator[Saying]:
    """A noun of saying with its owner and its clause: "the minister's claim that the talks failed"."""
    for noun in range(len(tree.tokens)):
        if tree.lemma(noun) not in cues.cue_nouns or tree.tokens[noun].upos != "NOUN":
            continue
        owner = _owner(tree, noun)
        clause = _that_clause(tree, noun)
        if owner is None or not clause:
            continue
        under = tree.subtree(owner)
        source = extent(tree, tuple(one for one in under if one < noun))
        content = extent(tree, clause)
        if source and content:
            token = tree.tokens[noun]
            yield Saying(
                sentence=tree.sentence.index,
                cue=(tree.offset + token.start, tree.offset + token.end),
                source=source,
                content=(content,),
                heads=tree.conjuncts(owner),
                verb=noun,
                coder=f"rule:{tree.lemma(noun)}",
                confidence=0.7,
            )


def _owner(tree: Tree, noun: int) -> int | None:
    """Whose claim it is: by the tree, else the name or pronoun that stands right before it as owner."""
    owner = tree.kid(noun, "nmod:poss")
    if owner is not None or noun < 1:
        return owner
    before = tree.tokens[noun - 1]
    if before.text not in {"'s", "’s"} or not 0 <= before.head < noun:
        return None
    return before.head if tree.tokens[before.head].upos in {"PROPN", "NOUN"} else None


def _that_clause(tree: Tree, noun: int) -> tuple[int, ...]:
    """The clause with "that" which a noun governs, by the tree or right behind it."""
    for kid in tree.kids(noun, "acl", "ccomp"):
        marks = [one for one in tree.kids(kid, "mark") if tree.tokens[one].text.lower() == "that"]
        if kid > noun and marks:
            return tree.subtree(kid)
    behind = noun + 1
    if behind >= len(tree.tokens) or tree.tokens[behind].text.lower() != "that":
        return ()
    if tree.tokens[behind].upos != "SCONJ":
        return ()
    ends = [max(tree.subtree(kid)) for kid in tree.kids(noun, "acl", "ccomp") if kid > behind]
    return tuple(range(behind, max(ends) + 1)) if ends else ()


def according_to(tree: Tree, cues: Cues) -> Iterator[Saying]:
    text = tree.tags.text.lower()
    for phrase in sorted(cues.according):
        start = text.find(phrase)
        while start >= 0:
            positions = tree.within(start, start + len(phrase))
            head = phrase_at(tree, positions[-1] + 1) if positions else None
            if head is not None:
                source = _run(tree, head, positions[-1] + 1)
                taken = {*positions, *source}
                rest = tuple(one for one in range(_goes_on(tree, taken)) if one not in taken)
                content = _longest(tree, rest)
                if content and source:
                    yield Saying(
                        sentence=tree.sentence.index,
                        cue=(tree.offset + start, tree.offset + start + len(phrase)),
                        source=bare(tree, range(source[0], source[-1] + 1)),
                        content=(content,),
                        heads=tree.conjuncts(head),
                        verb=None,
                        coder=f"rule:{phrase}",
                        confidence=0.8,
                    )
            start = text.find(phrase, start + 1)


def _goes_on(tree: Tree, taken: set[int]) -> int:
    """Where what is "according to" ends: at a clause behind it that goes on with "but" or "while"."""
    behind, end = max(taken) + 1, len(tree.tokens)
    told = any(tree.tokens[one].upos in {"VERB", "AUX"} for one in range(min(taken)))
    words = [token.text.lower() for token in tree.tokens[behind : behind + 2]]
    turns = words and (words[0] in _TURNS or (words[0] == "," and words[-1] in _TURNS))
    return behind if told and turns else end


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


def by_labels(tree: Tree, is_party: Callable[[int, int], bool]) -> Iterator[Saying]:
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
            if head is None and not title and not behind and _capitals(tree, label):
                head = label[-1]
            if head is None or len(rest) < 3 or _topic(tree, head, rest):
                continue
            if (
                not title
                and not _capitals(tree, label)
                and not any(
                    name.label == "PER"
                    and name.first <= head < name.last
                    # "Hana Brook:" speaks, "Hana Brook Image:" does not
                    and (name.last > label[-1] or tree.tokens[name.last].upos == "PUNCT")
                    for name in tree.tags.names
                )
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


def _capitals(tree: Tree, label: tuple[int, ...]) -> bool:
    """Whether a label is set in capitals, as the names of a transcript's speakers are."""
    words = [tree.tokens[one].text for one in label]
    return len("".join(words)) > 2 and all(word.isupper() or word in {"-", "."} for word in words)


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
    if tree.tokens[rest[0]].text in MARKS:
        return False
    return any(
        base(tree.tokens[one].deprel) == "nsubj"
        and tree.tokens[one].text.lower() not in {"we", "i", "it", "there", "this", "that"}
        for one in rest
    )
