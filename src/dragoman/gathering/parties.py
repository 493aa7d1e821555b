"""By what the parties of two tellings are compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.entries import Actor


def codes(actors: Iterable[Actor]) -> frozenset[str]:
    """By what parties are compared: the country, the body's row, else the name.

    "Bahrain", "Manama" and "the king of Bahrain" act for one state.
    """
    made = set()
    for actor in actors:
        if actor.catalogue_id and actor.catalogue_id.startswith("body:"):
            made.add(actor.catalogue_id)
        else:
            made.add(actor.country_code or actor.entity_code or actor.key)
    return frozenset(made)


def vague(actor: Actor) -> bool:
    """Whether a party is told by a description alone: "the leaders" may be whoever acts elsewhere."""
    return not (actor.catalogue_id or actor.country_code or actor.entity_code or actor.name)
