"""People whom the catalogue does not know, by what the report says beside the name: "Ohio man X", "Y, a member of ..."."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.entries import Actor

if TYPE_CHECKING:
    from collections.abc import Callable

    from dragoman.reading.mentions import Candidate
    from dragoman.reading.tree import Tree
    from dragoman.rulebook import Catalogue, Role
    from dragoman.spans import Span

Belonged = tuple[str | None, str]
# Nouns that say nothing of a person's part in affairs, though lists of parties have them.
_NO_PERSON = frozenset({"government", "state", "body", "equipment", "unknown"})


def stranger(
    tree: Tree,
    candidate: Candidate,
    text: str,
    span: Span,
    catalogue: Catalogue,
    beside: Callable[[int], tuple[Actor, ...]],
    country: Belonged,
) -> Actor:
    """A person by the noun before the name ("Ohio man X") or beside it ("X, a member of ...").

    Args:
        text, span: the name.
        beside: codes the description whose head is at a position; none if it describes nobody.
        country: what the phrase itself says of his country.
    """
    unknown = f"“{text}”: a person the catalogue does not know"
    for position in tree.kids(candidate.head, "appos"):
        told = beside(position)
        if len(told) == 1 and told[0].entity_code and not told[0].name:
            return replace(told[0], span=span, name=text, why=f"{unknown}; beside it {told[0].why}")
    role = _noun_before(tree, candidate, catalogue)
    code, where = country
    if role is None:
        code = code if _of_a_nation(candidate, code) else None
        known = f"; country {code} from {where}" if code else ""
        return Actor(span, name=text, entity_code=code, country_code=code, why=f"{unknown}{known}")
    why = f"{unknown}; {role.words[0]!r} gives sector {role.sector}"
    return Actor(
        span,
        name=text,
        entity_code=code,
        country_code=code,
        sector_code=role.sector,
        why=f"{why}; country {code} from {where}" if code else why,
    )


def _of_a_nation(candidate: Candidate, code: str | None) -> bool:
    """Whether the adjective of a state stands before the name ("French inventor X"); a town or paper may be from anywhere."""
    first = candidate.name[0] if candidate.name else 0
    return code is not None and any(
        how == "adjective" and entry.kind == "state" and entry.country_code == code
        for found in candidate.found
        if found.last <= first
        for entry, how in found.rows
    )


def _noun_before(tree: Tree, candidate: Candidate, catalogue: Catalogue) -> Role | None:
    """The noun for a person that stands right before the name ("Ohio man James Fields")."""
    if candidate.name is None:
        return None
    last = candidate.name[0]
    for first in range(max(candidate.first, last - 3), last):
        role = catalogue.roles.get(tree.span_of(first, last).lower())
        if role is not None and role.sector and role.kind not in _NO_PERSON:
            return role
    return None
