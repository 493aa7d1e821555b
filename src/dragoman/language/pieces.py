"""Words to word pieces, and the little the encoder is told beside them: how a word is written.

The encoder's vocabulary knows lower case only. Whether a word is capitalised matters for names,
so each piece carries the *case class* of its word, added at the input through what BERT calls the
token type embedding.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dragoman.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from tokenizers import Tokenizer

# Longest sentence in pieces, the two marks at its ends included: longer than 99.9% of news
# sentences, and half of what the encoder's positions allow.
MAX_PIECES = 256
# A longer word is cut before it meets the vocabulary (which knows no word this long anyway).
MAX_WORD_CHARS = 100

LOWER, TITLE, UPPER, MIXED, DIGIT, SINGLE = range(6)
CASE_CLASSES = 6


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """One sentence as the encoder sees it.

    Attributes:
        ids: piece numbers, shape (pieces,), with the opening and closing mark.
        kinds: case class of each piece, shape (pieces,).
        first: position of each word's first piece, shape (words,).
        last: position of each word's last piece, shape (words,).
    """

    ids: NDArray[np.int64]
    kinds: NDArray[np.int64]
    first: NDArray[np.int64]
    last: NDArray[np.int64]


def case_class(word: str) -> int:
    """How a word is written: one of the six case classes."""
    if word.islower():
        return LOWER
    if any(char.isdigit() for char in word):
        return DIGIT
    letters = [char for char in word if char.isalpha()]
    if not letters or not any(char.isupper() for char in letters):
        return LOWER
    if len(letters) == 1:
        return SINGLE
    if all(char.isupper() for char in letters):
        return UPPER
    if letters[0].isupper() and not any(char.isupper() for char in letters[1:]):
        return TITLE
    return MIXED


def to_pieces(tokenizer: Tokenizer, words: Sequence[str]) -> Pieces:
    """Cuts words into pieces; words that would pass ``MAX_PIECES`` are left out at the end.

    Args:
        tokenizer: the encoder's own, with truncation and padding switched off.
        words: words without white space; one that the vocabulary's cleaning would empty (a
            control character) is read as unknown.

    Returns:
        pieces of the first ``len(result.first)`` words, at least one word if any was given.
    """
    encoded = tokenizer.encode(
        [word[:MAX_WORD_CHARS] for word in words], is_pretokenized=True, add_special_tokens=False
    )
    piece_ids = encoded.ids
    word_of = encoded.word_ids
    unknown, opening, closing = (_number(tokenizer, mark) for mark in ("[UNK]", "[CLS]", "[SEP]"))
    ids = [opening]
    kinds = [LOWER]
    first: list[int] = []
    last: list[int] = []
    cursor = 0
    for index, word in enumerate(words):
        begin = cursor
        while cursor < len(piece_ids) and word_of[cursor] == index:
            cursor += 1
        own = piece_ids[begin:cursor] or [unknown]
        room = MAX_PIECES - 1 - len(ids)
        if len(own) > room:
            if index:
                break
            own = own[:room]
        first.append(len(ids))
        ids.extend(own)
        kinds.extend([case_class(word)] * len(own))
        last.append(len(ids) - 1)
    ids.append(closing)
    kinds.append(LOWER)
    return Pieces(_array(ids), _array(kinds), _array(first), _array(last))


def _number(tokenizer: Tokenizer, mark: str) -> int:
    """The number of one of the vocabulary's own marks.

    Raises:
        ModelError: the vocabulary has no such mark, so it is not the encoder's.
    """
    number = tokenizer.token_to_id(mark)
    if number is None:
        raise ModelError(f"the tokenizer has no mark {mark}; it is not that of the encoder")
    return int(number)


def _array(values: list[int]) -> NDArray[np.int64]:
    return np.asarray(values, dtype=np.int64)
