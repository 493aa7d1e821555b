"""Words in a party's place that name no known party, and the state that they say is theirs ("Turkish tankers")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entries import Actor
from dragoman.reading.tree import base

if TYPE_CHECKING:
    from dragoman.reading.parties import Parties
    from dragoman.reading.tree import Page, Tree

# "A Chinese-run mine" is China's as a Chinese mine is; "an Iran-backed mine" would not be Iran's.
_HELD_BY = frozenset("run own operate flag register build hold administer".split())
# What is named after a land and is nobody's: waters, languages, times and frames of mind.
_NOBODYS = frozenset(
    """language ocean sea gulf soil territory side border flag name origin descent accent style election century
    pressure threat influence aggression interest policy war history waters airspace""".split()
)


def stranger(page: Page, tree: Tree, parties: Parties, head: int) -> Actor:
    """The party that the words around a head may be, though neither catalogue nor report know it."""
    span = tree.span(page.report, *tree.core(head))
    unknown = f"“{span.text}”: no party that the catalogue knows"
    if tree.lemma(head) in _NOBODYS:
        return Actor(span, why=unknown)
    owners = {
        actor.country_code: actor
        for kid in _before(tree, head)
        for actor in parties.at(tree.sentence.index, (kid,))
        if actor.country_code and (actor.catalogue_id or "").startswith("state:")
    }
    if len(owners) != 1:
        return Actor(span, why=unknown)
    ((code, owner),) = owners.items()
    why = f"{unknown}; country {code} from “{owner.span.text}”"
    return Actor(span, entity_code=code, country_code=code, why=why)


def _before(tree: Tree, head: int) -> tuple[int, ...]:
    """The words before a noun that may say whose it is."""
    own = [kid for kid in tree.kids(head, "amod", "compound", "nmod:poss") if kid < head]
    held = [
        inner
        for kid in own
        if base(tree.tokens[kid].deprel) == "amod" and tree.lemma(kid) in _HELD_BY
        for inner in tree.children[kid]
        if inner < kid
    ]
    return (*own, *held)
