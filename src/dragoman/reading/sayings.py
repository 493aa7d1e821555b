"""Who says what by the clauses of a sentence: verbs of saying, "according to", headlines with a colon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.reading.clauses import Clauses
from dragoman.reading.othersayings import according_to, by_labels, by_nouns
from dragoman.reading.saying import MARKS, Place, Saying, bare, extent, phrase_at
from dragoman.reading.tree import base

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dragoman.reading.tree import Tree
    from dragoman.rulebook import Grammar
    from dragoman.rulebook.cues import Cues

# Verbs whose object is a speaker ("quoted him as saying").
_QUOTING = frozenset({"quote", "cite", "report", "describe"})
# Verbs behind which the person spoken to stands at once, not the subject ("..., told the paper").
_WITH_OBJECT = frozenset("tell inform assure remind notify call accuse quote cite".split())
# Objects that say nothing themselves, though the tree hangs "saying" on them.
_MUTE = frozenset(
    "decision move step ban plan proposal attack strike act action visit trip deal agreement vote law bill "
    "measure rule charge resignation dismissal arrest killing death election victory defeat withdrawal".split()
)
# "Issued a statement saying": the words are those of whoever issued it.
_PAPERS = frozenset(
    "statement letter release tweet post message memo communique communiqué note email e-mail".split()
)
_ISSUING = frozenset(
    "issue release publish post write send make put deliver tweet circulate sign".split()
)
# What shows somebody who speaks.
_PICTURES = frozenset(
    "footage video clip audio recording tape film image picture photo photograph transcript".split()
)
_MODALS = frozenset("will would can could may might shall should must 'll ’ll 'd ’d".split())
# What may follow a verb of saying at once and is not its subject ("he, too, said Monday that ...").
_NOT_SUBJECTS = frozenset(
    "that this these those all monday tuesday wednesday thursday friday saturday sunday late early last "
    "next yesterday today tonight there".split()
)


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
    made = [*_verbs(clauses, cues), *by_nouns(tree, cues), *according_to(tree, cues)]
    if not made:
        made.extend(by_labels(tree, is_party))
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


# -- verbs ---------------------------------------------------------------------------------------


def _verbs(clauses: Clauses, cues: Cues) -> Iterator[Saying]:
    tree = clauses.tree
    for verb in range(len(tree.tokens)):
        if not is_cue(tree, verb, cues):
            continue
        turned = _inverted(tree, verb)
        quoted, through = _quoted_as(clauses, verb)
        heads = quoted or turned or _shown(tree, _subject(clauses, verb), verb)
        if tree.lemma(verb) in _WITH_OBJECT and not quoted:
            # "..., the king told Sara Lind": who follows at once is spoken to.
            heads = tuple(one for one in heads if one < verb)
        content = _before(tree, verb) if turned else _content(clauses, verb, cues)
        if not heads and content:
            heads = _just_before(tree, verb)
        retold = _retold(clauses, verb)
        if retold:
            # "“...,” the agency quoted the minister as saying."
            heads, through = clauses.object(verb), clauses.subject(verb)
            content = _before(tree, min(*(tree.core(one)[0] for one in through), verb))
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


def _retold(clauses: Clauses, verb: int) -> bool:
    """Whether the verb quotes its object "as saying" what stands before it."""
    tree = clauses.tree
    if tree.lemma(verb) not in {"quote", "cite"} or not clauses.object(verb):
        return False
    saying = [
        kid
        for kid in tree.kids(verb, "advcl", "xcomp", "obl")
        if kid > verb and tree.tokens[kid].text.lower().endswith("ing")
        if tree.tokens[kid - 1].text.lower() == "as"
    ]
    subject = clauses.subject(verb)
    opening = tree.tokens[0].text in MARKS
    return bool(saying and subject and opening) and not any(
        tree.kids(kid, "ccomp", "parataxis") for kid in saying
    )


def _just_before(tree: Tree, verb: int) -> tuple[int, ...]:
    """The name right before a verb that the tree leaves without a subject, where its clause begins there."""
    last = verb - 1
    while last >= 0 and tree.tokens[last].upos in {"AUX", "ADV", "PART"}:
        last -= 1
    if last < 0 or tree.tokens[last].upos != "PROPN":
        return ()
    first = last
    while first > 0 and tree.tokens[first - 1].upos == "PROPN":
        first -= 1
    opens = first == 0 or tree.tokens[first - 1].text.lower() in {"that", ",", *MARKS}
    return (first,) if opens else ()


def _quoted_as(clauses: Clauses, verb: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Who is quoted and who quotes in "the agency quoted the minister as saying ..."; empty if neither."""
    tree = clauses.tree
    if verb == 0 or tree.tokens[verb - 1].text.lower() != "as":
        return (), ()
    for above in tree.ancestors(verb):
        if tree.lemma(above) in _QUOTING:
            return clauses.object(above), clauses.subject(above)
    return (), ()


def is_adding(tree: Tree, verb: int) -> bool:
    """Whether the verb adds to its sentence behind a comma ("..., saying that ...")."""
    return (
        verb > 0
        and tree.tokens[verb].text.lower().endswith("ing")
        and tree.tokens[verb - 1].text == ","
        and not tree.kids(verb, "nsubj")
    )


def _subject(clauses: Clauses, verb: int) -> tuple[int, ...]:
    """Who says it; behind a comma it is who the clause above tells of, whatever noun the tree hangs it on."""
    tree = clauses.tree
    token = tree.tokens[verb]
    beside = _coordinated(tree, verb)
    if beside is not None:
        return clauses.subject(beside)
    if base(token.deprel) != "acl" or not token.text.lower().endswith("ing"):
        return clauses.subject(verb)
    # "explained the ban saying": a ban says nothing, a letter or an envoy does.
    mute = (
        token.deprel == "acl"
        and tree.tokens[token.head].deprel == "obj"
        and (tree.lemma(token.head) in _MUTE or _issued(tree, token.head))
    )
    if not is_adding(tree, verb) and not mute:
        return clauses.subject(verb)
    for above in tree.ancestors(verb):
        if tree.tokens[above].upos in {"VERB", "AUX"} or tree.kids(above, "cop"):
            found = tuple(one for one in clauses.surface(above) if one < verb)
            if found:
                return found
    return clauses.subject(verb)


def _issued(tree: Tree, paper: int) -> bool:
    """Whether somebody issues a paper, whose words are then his."""
    above = tree.tokens[paper].head
    return above >= 0 and tree.lemma(paper) in _PAPERS and tree.lemma(above) in _ISSUING


def _coordinated(tree: Tree, verb: int) -> int | None:
    """The verb of saying that another goes on from, where the tree hangs it on what is said.

    "The king said the road would open and warned that ...": what "would" tells of is not told in the past.
    """
    token = tree.tokens[verb]
    inner = tree.tokens[token.head]
    if (
        token.deprel != "conj"
        or base(inner.deprel) != "ccomp"
        or not inner.head < token.head < verb
    ):
        return None
    modal = any(tree.tokens[one].text.lower() in _MODALS for one in tree.kids(token.head, "aux"))
    shared = tree.kids(token.head, "aux:pass") and not tree.kids(verb, "ccomp")
    own = tree.kids(verb, "nsubj", "aux")
    past = token.text.lower() != tree.lemma(verb) and not token.text.lower().endswith("ing")
    return inner.head if modal and past and not shared and not own else None


def _shown(tree: Tree, heads: tuple[int, ...], verb: int) -> tuple[int, ...]:
    """Who speaks in a picture of him ("footage of the king saying ..."): not the picture."""
    if base(tree.tokens[verb].deprel) not in {"acl", "advcl"} or len(heads) != 1:
        return heads
    if tree.lemma(heads[0]) not in _PICTURES:
        return heads
    shown = [
        kid
        for kid in tree.kids(heads[0], "nmod")
        if kid < verb and tree.tokens[tree.core(kid)[0] - 1].text.lower() == "of"
    ]
    return tree.conjuncts(shown[0]) if shown else heads


def _inverted(tree: Tree, verb: int) -> tuple[int, ...]:
    """The subject behind its verb in "..., said the king of Bahrain": the phrase that follows at once.

    Trees often hang such a verb on the wrong noun; the order of the words is sure.
    """
    tokens = tree.tokens
    if verb == 0 or verb + 1 >= len(tokens) or tree.lemma(verb) in _WITH_OBJECT:
        return ()
    before = tokens[verb - 1].text
    if before not in MARKS and before not in {",", "–", "—", "-"}:
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
    head = phrase_at(tree, verb + 1)
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
        return bare(tree, range(first, last))
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
    if first > verb:
        last = _run_on(tree, first, last)
    return bare(tree, range(first, last + 1))


def _run_on(tree: Tree, first: int, last: int) -> int:
    """The last word of a source; one whose relative clause breaks off before its verb runs on to its end."""
    relative = [
        one
        for one in range(first + 1, last + 1)
        if tree.tokens[one].text.lower() in {"who", "whose", "which"}
    ]
    if not relative or any(
        tree.tokens[one].upos in {"VERB", "AUX"} for one in range(relative[-1], last + 1)
    ):
        return last
    while last + 1 < len(tree.tokens) and tree.tokens[last + 1].upos != "PUNCT":
        last += 1
    return last


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
