"""Letters that stand for a name which the report has spelled out before ("IS" behind "the Islamic State")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.entries import Actor

_LETTERS = re.compile(r"(?:[Tt]he )?((?:[A-Z]\.?){2,6})(?:['’]s)?")
_CAPITAL = re.compile(r"\b[A-Z]")
_SMALL = frozenset("The A An".split())
# Words that stand small inside a name; any other small word makes it a description.
_JOINING = frozenset("of and for the on in to at de la del van von al".split())


def spelled_out(words: str, actors: Iterable[Actor]) -> Actor | None:
    """The one party among some whose name begins with these letters, word by word; None where there is none or several.

    Args:
        words: as they stand in the report.
        actors: whom the report has named so far.
    """
    match = _LETTERS.fullmatch(words)
    if match is None:
        return None
    letters = match[1].replace(".", "")
    found = {
        one.catalogue_id or one.name: one
        for one in actors
        for name in {one.name or "", one.span.text}
        if " " in name and _initials(name) == letters
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _initials(name: str) -> str:
    """The first letters of a name's capitalised words, its article left out; none of a description."""
    words = [word for word in name.split() if word not in _SMALL and not word.startswith("(")]
    if any(word[0].islower() and word not in _JOINING for word in words):
        return ""
    return "".join(word[0] for word in words if _CAPITAL.match(word))
