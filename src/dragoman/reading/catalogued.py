"""The catalogue's names as they stand in a sentence, without those that are part of another's name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.reading.tree import Tree
    from dragoman.rulebook import Catalogue, Entry
    from dragoman.rulebook.catalogue import Hit, How

_WATERS = frozenset({"Sea", "Ocean", "Gulf", "Strait", "Straits", "Channel", "Bay"})
# "Every Independent" is no newspaper.
_ONE_OF_MANY = frozenset(
    "a an any each every no some another one many most all few these those".split()
)
_STYLES = frozenset({"Mr", "Mrs", "Ms", "Miss", "Dr", "Rep", "Sen"})


@dataclass(frozen=True, slots=True)
class Found:
    """A catalogue name inside a sentence: its tokens, its characters, and the rows that bear it."""

    first: int
    last: int
    rows: tuple[tuple[Entry, How], ...]
    start: int
    end: int


# "the National Telecommunications Commission (NTC)"
_DEFINED = re.compile(
    r"((?:[A-Z][\w’'-]*\s+(?:(?:of|the|and|for|on|in)\s+)*){1,8})\(([A-Z]{2,8})\)"
)


def own_acronyms(text: str, catalogue: Catalogue) -> frozenset[str]:
    """Acronyms that a report gives a meaning of its own, other than the catalogue's.

    The words before the bracket begin with the acronym's letters, and no name of the catalogue's rows
    for the acronym stands among them.
    """
    made = set()
    for match in _DEFINED.finditer(text):
        words, acronym = match[1].split(), match[2]
        initials = "".join(word[0] for word in words if word[0].isupper())
        if not initials.endswith(acronym):
            continue
        known = {row[0].id for hit in catalogue.find(acronym) for row in hit.rows}
        meant = {row[0].id for hit in catalogue.find(match[1]) for row in hit.rows}
        if known and not known & meant:
            made.add(acronym)
    return frozenset(made)


def words_between(tree: Tree, found: Found) -> str:
    """The words of a name as they stand."""
    return tree.tags.text[tree.tokens[found.first].start : tree.tokens[found.last - 1].end]


def find_names(tree: Tree, catalogue: Catalogue) -> tuple[Found, ...]:
    """The catalogue's names in a sentence, as token positions."""
    made = []
    for hit in catalogue.find(tree.tags.text):
        positions = tree.within(hit.start, hit.end)
        if positions and not (
            _in_place(tree, positions, hit, catalogue)
            or _goes_on(tree, positions, hit)
            or _of_a_bearer(tree, positions, hit)
        ):
            made.append(Found(positions[0], positions[-1] + 1, hit.rows, hit.start, hit.end))
    return tuple(made)


def _in_place(tree: Tree, positions: tuple[int, ...], hit: Hit, catalogue: Catalogue) -> bool:
    """Whether the name is part of a longer name of a place elsewhere ("Jersey" in "New Jersey")."""
    own = {entry.country_code for entry, _ in hit.rows}
    first, last = positions[0], positions[-1] + 1
    after = tree.tokens[last] if last < len(tree.tokens) else None
    side = tree.tokens[last - 1].text in {"South", "North"}
    if after is not None and after.upos == "PROPN" and (side or after.text in _WATERS):
        return True  # "the South China Sea" is neither Korea's nor China's
    if first > 1 and tree.tokens[first - 1].text == "of" and tree.tokens[first - 2].text in _WATERS:
        return True  # nor is the Sea of Japan Japan
    for start, end in ((first - 1, last), (first, last + 1)):
        if start >= 0 and end <= len(tree.tokens):
            # "the South" of "the South Carolina coast"
            article = end - start > 2 and tree.tokens[start].text.lower() == "the"
            country = catalogue.places.get(tree.span_of(start + article, end))
            if country and country not in own:
                return True
    return False


def _of_a_bearer(tree: Tree, positions: tuple[int, ...], hit: Hit) -> bool:
    """Whether a state's name is a person's or a county's ("Mr. Jordan", "Athens County")."""
    if any(entry.kind != "state" for entry, _ in hit.rows):
        return False
    first, after = positions[0], positions[-1] + 1
    before = tree.tokens[first - 1] if first else None
    behind = tree.tokens[after] if after < len(tree.tokens) else None
    if behind is not None and behind.text == "County":
        return True
    return before is not None and before.text.rstrip(".") in _STYLES


def _goes_on(tree: Tree, positions: tuple[int, ...], hit: Hit) -> bool:
    """Whether an outlet's or a seat's name is the beginning of another's ("The National Telecom Commission")."""
    after = positions[-1] + 1
    if all(how in {"capital", "metonym"} for _, how in hit.rows):
        # "St. John's Church" is no town.
        return (
            tree.tags.text[hit.start : hit.end].endswith(("'s", "’s"))
            and after < len(tree.tokens)
            and tree.tokens[after].text[:1].isupper()
        )
    if any(entry.kind != "outlet" for entry, _ in hit.rows):
        return False
    before = tree.tokens[positions[0] - 1] if positions[0] else None
    if before is not None and before.text.lower() in _ONE_OF_MANY:
        return True
    if before is not None and before.upos == "PROPN" and before.head == positions[-1]:
        return True  # "the Nevada Independent"
    if after >= len(tree.tokens):
        return False
    token = tree.tokens[after]
    return token.upos == "PROPN" and tree.tokens[positions[-1]].head >= after
