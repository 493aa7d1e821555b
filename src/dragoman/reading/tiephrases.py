"""Whom a phrase means: its own party, somebody told by his relation to one, or a part of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.reading.tree import base

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.entries import Actor
    from dragoman.reading.surroundings import Surroundings
    from dragoman.reading.tree import Tree

PLACES = frozenset({"in", "at"})
# Heads of phrases that name who helped, not with whom something was done: "with the help of China".
HELP = frozenset("help aid support assistance mediation backing blessing consent".split())
# Heads of phrases that stand for the state that "of" names.
BODIES_OF = frozenset("government people kingdom republic state president king queen court".split())
# Heads of phrases that name somebody by his relation to another; and another's house or people.
_RELATED = frozenset(
    "ally allies partner enemy enemies friend rival counterpart colony possession protectorate "
    "dominion".split()
)
_OTHERS = _RELATED | {"embassy", "legation", "citizen"}
# Heads of phrases that name a part of what "of" names ("the part of Peru that became Chile").
_PARTS = frozenset("component part province member successor half".split())
# What states sign and say; what stands in its name is no party ("the Treaty of Paris recognised ...").
PAPERS = frozenset(
    "treaty agreement accord convention protocol declaration act armistice constitution law resolution pact charter "
    "communiqué communique letter note statement".split()
)


def phrase(tree: Tree, head: int) -> tuple[int, ...]:
    """The positions of a phrase without the clauses and coordinated phrases in it."""
    made = [head]
    for kid in tree.children[head]:
        relation = base(tree.tokens[kid].deprel)
        if relation in {"nmod", "compound", "amod", "flat", "appos"}:
            made.extend(phrase(tree, kid))
    return tuple(sorted(made))


def is_paper(tree: Tree, head: int) -> bool:
    """Whether a phrase means what is signed or said ("the Treaties of Lima and Oslo")."""
    lemma = tree.lemma(head).lower()
    return bool({lemma, lemma.removesuffix("s"), lemma.removesuffix("ies") + "y"} & PAPERS)


def owner(tree: Tree, around: Surroundings, head: int) -> Actor | None:
    """Whose government, people or kingdom a phrase means ("the Government of Peru in exile")."""
    if tree.lemma(head).lower() not in BODIES_OF or head in around.named(tree):
        return None
    named = around.named(tree)
    behind = [token.text.lower() for token in tree.tokens[head + 1 : head + 3]]
    if behind[:1] == ["of"]:
        # "the Government of Peru in exile", whatever the tree hangs where.
        at = head + 2 + (behind[1:] == ["the"])
        if at in named:
            return named[at]
    return next(
        (named[kid] for kid in tree.kids(head, "nmod") if tree.case(kid) == "of" and kid in named),
        None,
    )


def of_a_stranger(tree: Tree, around: Surroundings, head: int) -> bool:
    """Whether a phrase means the government of somebody who is not known ("the government of President Ruiz")."""
    if tree.lemma(head) not in BODIES_OF or head in around.named(tree):
        return False
    whose = [kid for kid in tree.kids(head, "nmod") if tree.case(kid) == "of"]
    return bool(whose) and all(
        tree.tokens[kid].upos == "PROPN"
        and around.at(tree, kid) is None
        and not set(phrase(tree, kid)) & around.named(tree).keys()
        for kid in whose
    )


def where(tree: Tree, around: Surroundings, head: int) -> Iterator[Actor]:
    """The party in whose city a mission stands."""
    named = around.named(tree)
    for one in phrase(tree, head):
        if one != head and one in named and tree.case(one) in PLACES:
            yield named[one]


def of_another(tree: Tree, head: int, slot: str) -> bool:
    """Whether a phrase names a party other than the one inside it ("with American allies")."""
    return slot not in {"object", "inside", "subject"} and tree.lemma(head) in _OTHERS


def related(tree: Tree, head: int) -> bool:
    """Whether a phrase names somebody by his relation to the party inside it ("the former British colony")."""
    return tree.lemma(head) in _RELATED


def partial(tree: Tree, head: int) -> bool:
    """Whether a phrase means parts of what "of" names."""
    return tree.lemma(head) in _PARTS and any(
        tree.case(kid) == "of" for kid in tree.kids(head, "nmod")
    )


def apart(tree: Tree, kid: int, host: int) -> bool:
    """Whether a word within a phrase stands in or is the name of another party ("with American allies")."""
    while kid not in {host, -1}:
        if (tree.case(kid) and of_another(tree, kid, "with")) or partial(tree, kid):
            return True
        kid = tree.tokens[kid].head
    return False
