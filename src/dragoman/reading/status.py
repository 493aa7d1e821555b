"""Whether an act is told as done, denied, to come, or only thought of: PLOVER's auxiliary modes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.reading.tree import base

if TYPE_CHECKING:
    from dragoman.reading.clauses import Clauses
    from dragoman.rulebook import Grammar

_NEGATORS = frozenset({"not", "n't", "n’t", "never", "nor", "neither"})
_BE = frozenset({"is", "are", "was", "were", "'s", "’s", "'re", "’re"})
_FUTURE_AUX = frozenset({"will", "shall", "'ll", "’ll", "wo", "wil"})
# "said it would send": what is reported as to come.
_REPORTED_AUX = frozenset({"would", "'d", "’d"})
_MODAL_AUX = frozenset({"may", "might", "could", "would", "should", "can", "must", "ought"})
# Words under which a clause is content of its governor ("hinted at restoring"), not a time for it.
_CONTENT_MARKS = frozenset(
    {"to", "at", "on", "about", "in", "of", "for", "from", "against", "toward"}
)
# "The first to recognise": an infinitive that tells what has been done.
_RANKS = frozenset({"first", "second", "third", "last", "latest", "only"})
# Behind these stands what happened, whatever the verb above looks to.
_TOLD_BEFORE = frozenset("after following since amid despite because due during before".split())
_CONDITIONS = frozenset({"if", "unless", "whether", "should", "lest", "until"})


def auxiliary(clauses: Clauses, position: int, *, verbal: bool) -> frozenset[str]:
    """Which of negation, future and hypothetical the clause of a trigger tells.

    Looks at the trigger's own auxiliaries and modifiers, and up the chain of governing words as long
    as they make what hangs on them not (yet) a fact.
    """
    grammar = clauses.grammar
    made: set[str] = set()
    # Two negations cancel: "no reason not to restore", "no reason to delay".
    denials = 0

    def add(more: set[str]) -> None:
        nonlocal denials
        denials += "negation" in more
        made.update(more - {"negation"})

    add(_own(clauses, position, verbal=verbal))
    here = position
    tree = clauses.tree
    for above in tree.ancestors(position):
        token = tree.tokens[here]
        relation = base(token.deprel)
        if relation == "conj":
            if not _has_own_aux(clauses, here):
                add(_own(clauses, above, verbal=tree.tokens[above].upos in {"VERB", "AUX"}))
            here = above
            continue
        if relation == "csubj" and tree.lemma(above) in {"be", "exist"}:
            # "there is no reason not to restore": the reason's standing passes to the restoring.
            for noun in tree.kids(above, "nsubj", "obj"):
                if tree.lemma(noun) in grammar.future_governors | grammar.hypothetical_governors:
                    add(_governed(clauses, noun, grammar, here))
                    add(_own(clauses, noun, verbal=False))
            break
        if not _binds(clauses, here, above, relation):
            break
        add(_governed(clauses, above, grammar, here))
        add(_own(clauses, above, verbal=tree.tokens[above].upos in {"VERB", "AUX"}))
        here = above
    if denials % 2:
        made.add("negation")
    elif denials:
        made.add("future")
    if "hypothetical" in made:
        made.discard("future")
    return frozenset(made)


def _own(clauses: Clauses, position: int, *, verbal: bool) -> set[str]:
    tree = clauses.tree
    made: set[str] = set()
    for kid in tree.children[position]:
        token = tree.tokens[kid]
        word, relation = token.text.lower(), token.deprel
        if relation == "advmod" and (word in _NEGATORS or word in {"no", "without"}):
            made.add("negation")
        if relation == "det" and word == "no":
            made.add("negation")
        if base(relation) == "aux":
            if word in _FUTURE_AUX or (word in _REPORTED_AUX and _reported(clauses, position)):
                made.add("future")
            elif word in _MODAL_AUX:
                made.add("hypothetical")
        if relation == "mark" and word == "to" and verbal and _arranged(clauses, position):
            made.add("future")
        if relation in {"mark", "case"}:
            if word in _CONDITIONS:
                made.add("hypothetical")
            elif word == "without":
                made.add("negation")
        if relation == "amod" and not verbal:
            forms = {token.lemma.lower(), word}
            if forms & clauses.grammar.future_modifiers:
                made.add("future")
            elif forms & clauses.grammar.hypothetical_modifiers:
                made.add("hypothetical")
        if verbal and base(relation) in {"nsubj", "obj"} and _no(clauses, kid):
            made.add("negation")
    return made


def _arranged(clauses: Clauses, position: int) -> bool:
    """Whether an infinitive is the sentence's or clause's own verb: "are to sign", a headline's "Ministers to meet"."""
    tree = clauses.tree
    helpers = {tree.tokens[kid].text.lower() for kid in tree.kids(position, "aux")}
    return bool(helpers & _BE) or tree.tokens[position].deprel == "root"


def _reported(clauses: Clauses, position: int) -> bool:
    """Whether a clause is what somebody says, and not under a condition."""
    tree = clauses.tree
    here = tree.first_conjunct(position)
    token = tree.tokens[here]
    if base(token.deprel) not in {"ccomp", "parataxis", "root"}:
        return False
    conditions = [
        mark
        for kid in tree.kids(here, "advcl")
        for mark in tree.kids(kid, "mark")
        if tree.tokens[mark].text.lower() in _CONDITIONS
    ]
    if conditions:
        return False
    if base(token.deprel) == "ccomp":
        return (
            tree.lemma(token.head) in clauses.grammar.reporting | clauses.grammar.future_governors
        )
    # "It would send troops, the ministry said."
    return any(
        tree.lemma(kid) in clauses.grammar.reporting
        for kid in tree.kids(here, "parataxis", "ccomp")
    )


def _no(clauses: Clauses, position: int) -> bool:
    tree = clauses.tree
    if tree.tokens[position].text.lower() in {"nobody", "nothing", "none", "neither"}:
        return True
    return any(
        tree.tokens[kid].text.lower() in {"no", "neither"}
        for kid in tree.kids(position, "det", "cc", "advmod")
    )


def _has_own_aux(clauses: Clauses, position: int) -> bool:
    return bool(clauses.tree.kids(position, "aux", "nsubj"))


def _binds(clauses: Clauses, here: int, above: int, relation: str) -> bool:
    """Whether the governing word's standing passes down to what hangs on it."""
    tree = clauses.tree
    lemma = tree.lemma(above)
    grammar = clauses.grammar
    if lemma in grammar.reporting:
        return False
    if relation in {"xcomp", "ccomp"}:
        return True
    if relation in {"acl", "advcl"}:
        marks = {tree.tokens[kid].text.lower() for kid in tree.kids(here, "mark")}
        if marks & _CONTENT_MARKS and lemma in (
            grammar.hypothetical_governors | grammar.future_governors | grammar.negative_governors
        ):
            return True
        return (
            "to" in marks
            or bool(marks & {"for", "from", "of"})
            or (
                relation == "acl"
                and (
                    lemma in grammar.hypothetical_governors | grammar.future_governors
                    and tree.tokens[here].deprel != "acl:relcl"
                )
            )
        )
    if relation in {"obj", "nsubj"}:
        return lemma in (
            grammar.light
            | grammar.hypothetical_governors
            | grammar.negative_governors
            | grammar.future_governors
        )
    if relation in {"obl", "nmod"}:
        # "Called its envoy home after the arrest": what was before stands by itself.
        told = tree.case(here).split(" ")[0] in _TOLD_BEFORE
        return not told and lemma in grammar.hypothetical_governors | grammar.future_governors
    return False


def _ranked(clauses: Clauses, above: int) -> bool:
    """Whether an infinitive tells what was done, and by whom first: "the latest country to recall"."""
    tree = clauses.tree
    return tree.lemma(above) in _RANKS or any(
        tree.lemma(kid) in _RANKS for kid in tree.kids(above, "amod")
    )


def _governed(clauses: Clauses, above: int, grammar: Grammar, here: int) -> set[str]:
    tree = clauses.tree
    lemma = tree.lemma(above)
    relation = base(tree.tokens[here].deprel)
    made: set[str] = set()
    if lemma in grammar.negative_governors:
        made.add("negation")
    if lemma in grammar.hypothetical_governors:
        made.add("hypothetical")
    elif lemma in grammar.future_governors and relation != "nsubj":
        made.add("future")
    elif (
        relation in {"acl", "advcl"}
        and not _ranked(clauses, above)
        and any(tree.tokens[kid].text.lower() == "to" for kid in tree.kids(here, "mark"))
    ):
        # An infinitive of purpose is not told as having happened: "flew to Cairo to meet ...".
        made.add("future")
    return made
