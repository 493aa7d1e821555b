"""Hand-made trees for tests that must not depend on the language model."""

from __future__ import annotations

import numpy as np

from dragoman.entries import Sentence
from dragoman.language.tags import Name, Tags, Token
from dragoman.reading.tree import Tree
from dragoman.spans import Span


def tree_of(lines: str, names: tuple[Name, ...] = (), kind: str = "prose") -> Tree:
    """A tree from lines "word lemma upos head deprel"; heads count from 1, 0 is the root."""
    rows = [line.split() for line in lines.strip().splitlines()]
    text = " ".join(row[0] for row in rows)
    tokens, place = [], 0
    for word, lemma, upos, head, relation in rows:
        tokens.append(Token(place, place + len(word), word, lemma, upos, int(head) - 1, relation))
        place += len(word) + 1
    return Tree(Sentence(0, kind, Span(0, len(text), text)), tags_of(text, tuple(tokens), names))


def flat(text: str, names: tuple[Name, ...] = ()) -> Tree:
    """The words of a text, all hung on the first."""
    tokens, place = [], 0
    for word in text.split():
        start = text.index(word, place)
        place = start + len(word)
        tokens.append(Token(start, place, word, word.lower(), "X", -1 if not tokens else 0, "dep"))
    return Tree(Sentence(0, "prose", Span(0, len(text), text)), tags_of(text, tuple(tokens), names))


def tags_of(text: str, tokens: tuple[Token, ...], names: tuple[Name, ...]) -> Tags:
    empty = np.zeros(0, dtype=np.float32)
    return Tags(text, tokens, names, (), (), empty, empty, None)
