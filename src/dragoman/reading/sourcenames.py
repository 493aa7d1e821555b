"""Where a name stands among the words of a source: as his who speaks, or beside him."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.reading.tree import base

if TYPE_CHECKING:
    from dragoman.language.tags import Name
    from dragoman.reading.saying import Place
    from dragoman.reading.tree import Tree

_OTHERS = frozenset({"he", "she", "they", "i", "we", "you", "who"})
_STYLES = frozenset("mr mrs ms dr prof sir dame lord lady".split())
# Who, and what, is of a body without speaking for it.
_PERSONS = frozenset(
    """chief leader historian adviser advisor member senator lawmaker supporter fighter critic expert faculty post user
    video account page""".split()
)
# What a title may be of right before its bearer's name.
_PLACED = frozenset({"LOC", "ORG"})
# Whose spokesman and aides may stand before the name behind a comma.
_SPOKEN_FOR = frozenset(
    "president minister premier chancellor king queen prince governor mayor senator chairman secretary".split()
)
BY_NAME = frozenset({"named", "called"})


def before_a_person(tree: Tree, name: Name, head: int) -> bool:
    """Whether a body's name tells only whose person speaks ("a Rowers' Front chief"); a spokesman speaks for it."""
    token = tree.tokens[head]
    noun = tree.tokens[token.head] if token.head >= 0 else token
    return (
        name.label == "ORG"
        and base(token.deprel) == "compound"
        and token.head >= name.last
        and noun.text[:1].islower()
        and noun.lemma.lower() in _PERSONS
    )


def _titled_behind_a_body(tree: Tree, first: int, name: Name) -> bool:
    """Whether titles and the name of a body are all that stands before a name, back to the source's first word."""
    bodies = {
        at for one in tree.tags.names if one.label in _PLACED for at in range(one.first, one.last)
    }
    at = name.first - 1
    while at >= first and (
        at in bodies or tree.tokens[at].upos in {"PROPN", "NOUN", "ADJ", "PUNCT"}
    ):
        if tree.tokens[at].text == ",":
            return False
        at -= 1
    while at >= first and tree.tokens[at].upos == "DET":
        at -= 1
    return at < first


def leads_on(tree: Tree, name: Name) -> bool:
    """Whether a name owns what follows or stands before its noun ("Lind's wife", "the Lind campaign")."""
    if name.last >= len(tree.tokens):
        return False
    after = tree.tokens[name.last]
    return after.text in {"'s", "’s"} or (after.upos == "NOUN" and after.text[:1].islower())


def is_bracketed(tree: Tree, source: Place, name: Name) -> bool:
    """Whether a name stands in brackets within the source."""
    before = tree.tags.text[source[0] - tree.offset : tree.tokens[name.first].start]
    return before.count("(") > before.count(")")


def is_own(tree: Tree, source: Place, name: Name) -> bool:
    """Whether the one person named in a source is who speaks, by where the name stands.

    It ends the source or an apposition follows, no preposition, possessor or "and" stands before it, and
    it is not the name of whom somebody speaks for ("the spokesman of the president, Ann Lee,").
    """
    first = tree.position_at(source[0] - tree.offset) or 0
    after = tree.tokens[name.last] if name.last < len(tree.tokens) else None
    ended = after is None or after.start >= source[1] - tree.offset or after.text in {",", "(", "—"}
    if not ended:
        return False
    before = [tree.tokens[one] for one in range(first, name.first)]
    if before and before[-1].text.lower() in BY_NAME:
        before.pop()
    if any(
        (one.upos in {"VERB", "AUX"} and one.text.islower() and one.deprel != "compound")
        or one.text.lower() in _OTHERS
        for one in before
    ):
        return False
    while before and before[-1].text.lower().rstrip(".") in _STYLES:
        before.pop()
    last = before[-1] if before else None
    if last is None:
        return True
    if last.upos in {"ADP", "CCONJ", "PART", "DET"} or last.text in {"(", "’s", "'s"}:
        return False
    if last.text == ",":
        above = tree.tokens[tree.tokens[name.first].head]
        return above.lemma.lower() not in _SPOKEN_FOR
    if not any(one.upos == "ADP" for one in before):
        return True
    if any(one.label in _PLACED and one.last == name.first for one in tree.tags.names):
        return True  # "the first minister of Scotland Ann Lee"
    if _titled_behind_a_body(tree, first, name):
        return True  # "Rowers for Peace President Ann Lee"
    # "the Department of Ports official Ann Lee", but not "the spokesman of President Ann Lee"
    return last.upos == "NOUN" and last.text.islower() and last.lemma.lower() not in _SPOKEN_FOR
