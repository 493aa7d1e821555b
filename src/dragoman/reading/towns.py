"""Towns and provinces that stand as a party: who bombards Aleppo attacks Syria; what happens in it does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entries import Actor
from dragoman.reading.tree import base

if TYPE_CHECKING:
    from dragoman.reading.mentions import Candidate
    from dragoman.reading.tree import Tree
    from dragoman.rulebook import Catalogue
    from dragoman.spans import Span

# What is done upon a town: "the shelling of Aleppo", "an attack on Mosul".
_UPON = frozenset(
    """attack assault strike airstrike raid bombing bombardment shelling siege capture seizure liberation
    blockade offensive invasion occupation recapture takeover advance march sanction embargo curfew""".split()
)
# Who goes to a town visits the state, and who leaves it gives way to it.
_GOING = frozenset(
    """fly travel go head journey jet sail come arrive dispatch send deploy rush visit trip tour call stopover
    pilgrimage return""".split()
)
_LEAVING = frozenset(
    """withdraw withdrawal retreat pull leave evacuate evacuation departure expel drive""".split()
)
# Declared in a town, these are laid upon it.
_LAID = frozenset({"curfew", "law", "emergency", "blackout", "siege", "blockade"})
_BLOWS = frozenset(
    "shell bomb bombard pound besiege hit raid storm blockade strafe encircle".split()
)
_TOWARD = frozenset({"of", "on", "against", "upon", "at"})
_TOWNS = frozenset("city town village province region district enclave".split())
_WHERE = frozenset({"in", "near", "outside", "around"})
# What a town or province itself does, by those who govern it.
_GOVERNS = frozenset(
    """say announce declare ban order impose sue vote approve reject decide agree offer pledge refuse ask demand
    call urge accuse sign pass lift plan consider threaten protest""".split()
)


def town(tree: Tree, candidate: Candidate, catalogue: Catalogue, span: Span) -> Actor | None:
    """The state of a town or province that is acted upon or acts, else None.

    A name that several countries have is no witness of any.
    """
    words = span.text.removeprefix("the ").removeprefix("The ")
    country = catalogue.places.get(words)
    if country is None or f"state:{country}" not in catalogue.entries:
        return None
    if not _is_party(tree, candidate.head):
        return None
    return Actor(
        span=span,
        name=words,
        entity_code=country,
        country_code=country,
        why=f"“{span.text}”: a place in {country} (gazetteer), here acted upon or acting",
    )


def stands_for_a_place(tree: Tree, head: int, name: str, catalogue: Catalogue) -> bool:
    """Whether a town's name, taken for a person's, stands where a place stands ("a market in Omdurman")."""
    return name in catalogue.places and tree.case(head) in _WHERE


def struck(tree: Tree, head: int) -> bool:
    """Whether a name stands where a town does and no club or firm ("drones hit Kharkiv", "withdrew from Goma")."""
    token = tree.tokens[head]
    if token.head < 0:
        return False
    word = tree.lemma(token.head)
    if base(token.deprel) == "obl":
        return tree.case(head) == "from" and word in _LEAVING
    return token.deprel in {"obj", "nsubj:pass"} and word in _BLOWS


def _is_party(tree: Tree, head: int) -> bool:
    token = tree.tokens[head]
    head = tree.first_conjunct(head) if token.deprel == "conj" else head
    token, case = tree.tokens[head], tree.case(head)
    above = token.head
    if above < 0:
        return False
    relation = base(token.deprel)
    if relation == "nsubj" and not token.deprel.endswith("pass"):
        return tree.lemma(above) in _GOVERNS
    if relation == "obj" or token.deprel == "nsubj:pass":
        return tree.tokens[above].upos == "VERB"
    word = tree.lemma(above)
    if case in {"to", "into", "on"} and word in _GOING:
        return True
    if case == "from" and word in _LEAVING:
        return True
    if case == "in":
        # "Declared a curfew in Kirkuk", wherever the tree hangs the place.
        return word in _LAID or (
            relation == "obl" and any(tree.lemma(kid) in _LAID for kid in tree.kids(above, "obj"))
        )
    if case not in _TOWARD:
        return False
    if relation == "nmod":
        if tree.lemma(above) in _TOWNS and case == "of":
            return False
        return tree.lemma(above) in _UPON
    return relation == "obl" and case in {"on", "against", "upon"}
