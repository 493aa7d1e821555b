"""What a noun phrase of a tree is like as what a pronoun may stand for: plural, a person, a subject."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.reading.tree import base

if TYPE_CHECKING:
    from dragoman.entries import Actor
    from dragoman.reading.mentions import Candidate
    from dragoman.reading.tree import Tree

_POINTING = frozenset({"the", "this", "that", "these", "those"})
JOINT = ("group:", "body:", "organ:")
_LONE = frozenset(
    """man woman boy girl suspect gunman attacker officer policeman policewoman soldier driver teenager
    victim assailant""".split()
)


def is_plural(tree: Tree, position: int) -> bool:
    """Whether a noun stands in the plural."""
    return tree.tokens[position].text.lower() != tree.lemma(position)


def is_person(tree: Tree, candidate: Candidate, actor: Actor) -> bool:
    """Whether a phrase names one person: by name, by "he", by a title, or as "a gunman"; an outlet is none."""
    if (actor.catalogue_id or "").startswith("outlet:"):
        return False
    if candidate.name or (candidate.kind == "pronoun" and candidate.pronoun in {"he", "she"}):
        return True
    if is_plural(tree, candidate.head):
        return False
    titled = bool(candidate.offices) and candidate.offices[-1][0] == candidate.head
    return (
        (titled and candidate.kind != "pronoun")
        or (bool(candidate.offices) and actor.name is not None)
        or tree.lemma(candidate.head) in _LONE
    )


def is_subject(tree: Tree, head: int) -> bool:
    token = tree.tokens[head]
    return base(token.deprel) == "nsubj" or (
        token.deprel == "conj" and base(tree.tokens[tree.first_conjunct(head)].deprel) == "nsubj"
    )


def holds(tree: Tree, noun: int, position: int) -> bool:
    """Whether a position lies under a noun ("its" in "the plan of its leaders")."""
    return noun == position or noun in tree.ancestors(position)


def says_of_a_matter(tree: Tree, position: int) -> bool:
    """Whether "it" is the subject of "is clear that ...", "is time to ...", "takes": no party."""
    token = tree.tokens[position]
    if base(token.deprel) != "nsubj" or token.head < 0:
        return False
    return bool(tree.kids(token.head, "cop")) or bool(tree.kids(token.head, "csubj"))


def of_the_catalogue(actor: Actor) -> bool:
    """Whether a name in the plural is one party of the catalogue ("the United States")."""
    return (actor.catalogue_id or "").startswith(("state:", *JOINT))


def definite(tree: Tree, candidate: Candidate) -> bool:
    """Whether the phrase points back: "the", "its", "that", or no article before a mass noun."""
    kids = tree.kids(candidate.head, "det")
    if any(tree.tokens[kid].text.lower() in _POINTING for kid in kids):
        return True
    return not kids and tree.lemma(candidate.head) in {"police", "authorities", "parliament"}
