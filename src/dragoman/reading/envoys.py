"""Whose envoys a report's persons are, and to whom: told once ("Peru's first minister in Oslo was Ana Ruiz"), meant later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.entries import Actor
    from dragoman.reading.surroundings import Surroundings
    from dragoman.reading.tree import Page, Tree

# Words of a title or style between an envoy's noun and the state that sends or receives him.
_STYLE = frozenset(
    "extraordinary and plenipotentiary minister envoy ad interim d'affaires d’affaires resident general the "
    "government kingdom republic".split()
)
_BEFORE_A_NOUN = frozenset({"ADJ", "NOUN", "PROPN", "DET", "PART", "NUM"})
_HEADS = frozenset("president king queen emperor empress czar tsar prince sultan secretary".split())
_HE = frozenset({"he", "she"})
# How far behind an envoy's noun the state may stand.
_REACH = 9


@dataclass(frozen=True, slots=True)
class Post:
    """Who sends an envoy and who receives him, as far as it is told."""

    sender: Actor | None
    host: Actor | None


class Envoys:
    """The envoys of a report by name; a person keeps the post that was told last.

    Args:
        page: the report's sentences.
        around: its parties.
        words: the nouns for envoys, base forms.
    """

    def __init__(self, page: Page, around: Surroundings, words: frozenset[str]) -> None:
        self._told: dict[str, list[tuple[int, Post]]] = {}
        for tree in page.trees:
            posts = tuple(_posts(tree, around, words))
            person = _only_person(tree, around) if posts else None
            if person is None:
                continue
            sender = next((one.sender for one in posts if one.sender), None)
            host = next((one.host for one in posts if one.host), None)
            self._told.setdefault(person, []).append((tree.sentence.index, Post(sender, host)))

    def post(self, person: str, sentence: int) -> Post | None:
        """The post of a person as told last up to a sentence."""
        told = [post for at, post in self._told.get(person, ()) if at <= sentence]
        sender = next((one.sender for one in reversed(told) if one.sender), None)
        host = next((one.host for one in reversed(told) if one.host), None)
        return Post(sender, host) if told else None


def person_at(tree: Tree, around: Surroundings, position: int) -> str | None:
    """The name of the person at a word whose state is not known there."""
    for actor in around.parties.at(tree.sentence.index, (position,)):
        if actor.name and actor.country_code is None and actor.catalogue_id is None:
            return actor.name
    return None


def _only_person(tree: Tree, around: Surroundings) -> str | None:
    """The one person of a sentence whose state nobody told, by name or as "he"."""
    places = [
        one
        for name in tree.tags.names
        if name.label == "PER" and not _receives(tree, name.first)
        for one in range(name.first, name.last)
    ]
    places += [at for at, token in enumerate(tree.tokens) if token.text.lower() in _HE]
    found = {name for at in places if (name := person_at(tree, around, at))}
    return found.pop() if len(found) == 1 else None


def _receives(tree: Tree, first: int) -> bool:
    """Whether a name is of a head of state or a secretary, who receives envoys and names them."""
    near = tree.tokens[max(0, first - 3) : first + 1]
    return any(token.text.lower() in _HEADS for token in near)


def _posts(tree: Tree, around: Surroundings, words: frozenset[str]) -> Iterator[Post]:
    if not any(tree.lemma(at) in words for at in range(len(tree.tokens))):
        return
    named = around.named(tree)
    for at in range(len(tree.tokens)):
        if tree.lemma(at) not in words or (at and tree.lemma(at - 1) in words):
            continue
        if tree.case(at) not in {"", "as"}:
            # "after the recall of Peru's ambassador": somebody else.
            continue
        sender = _before(tree, named, at) or _behind(tree, around, at, "of")
        host = _behind(tree, around, at, "to")
        if sender or host:
            yield Post(sender, host)


def _before(tree: Tree, named: dict[int, Actor], at: int) -> Actor | None:
    """The state right before an envoy's noun ("the first Peruvian minister", "Peru's envoy")."""
    for here in range(at - 1, max(-1, at - 7), -1):
        if here in named:
            return named[here]
        if tree.tokens[here].upos not in _BEFORE_A_NOUN:
            return None
    return None


def _behind(tree: Tree, around: Surroundings, at: int, preposition: str) -> Actor | None:
    """The state behind an envoy's noun and a preposition ("Envoy Extraordinary of Peru to the King of Norway")."""
    tokens = tree.tokens
    found = False
    for here in range(at + 1, min(at + _REACH, len(tokens))):
        text = tokens[here].text.lower()
        if not found:
            found = text == preposition
            passed = tokens[here].upos == "PROPN" or (preposition == "to" and text == "of")
            if not found and text not in _STYLE and not passed:
                return None
            continue
        actor = around.at(tree, here)
        if actor:
            return actor
        if text not in _STYLE and text != "of" and tokens[here].upos not in {"PROPN", "ADJ"}:
            return None
    return None
