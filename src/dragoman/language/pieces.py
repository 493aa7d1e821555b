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
# Words whose pieces are kept at hand.
MOST_WORDS = 50_000

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


class Cutter:
    """Cuts words into pieces; remembers the words that it has met, since the same few come again.

    Args:
        tokenizer: the encoder's own, with truncation and padding switched off.

    Raises:
        ModelError: the vocabulary lacks a mark, so it is not the encoder's.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._unknown, self._opening, self._closing = (
            _number(tokenizer, mark) for mark in ("[UNK]", "[CLS]", "[SEP]")
        )
        self._met: dict[str, tuple[list[int], int]] = {}

    def pieces(self, words: Sequence[str]) -> Pieces:
        """Pieces of a sentence; words that would pass ``MAX_PIECES`` are left out at the end.

        Args:
            words: words without white space; one that the vocabulary's cleaning would empty (a
                control character) is read as unknown.

        Returns:
            pieces of the first ``len(result.first)`` words, at least one word if any was given.
        """
        ids = [self._opening]
        kinds = [LOWER]
        first: list[int] = []
        last: list[int] = []
        for cut, kind in self._cut(words):
            room = MAX_PIECES - 1 - len(ids)
            if len(cut) > room and first:
                break
            own = cut[:room]
            first.append(len(ids))
            ids.extend(own)
            kinds.extend([kind] * len(own))
            last.append(len(ids) - 1)
        ids.append(self._closing)
        kinds.append(LOWER)
        return Pieces(_array(ids), _array(kinds), _array(first), _array(last))

    def _cut(self, words: Sequence[str]) -> list[tuple[list[int], int]]:
        """Pieces and case class of each word."""
        met = self._met  # another thread may put a smaller one in its place
        long: dict[str, tuple[list[int], int]] = {}
        new = list({word for word in words if word not in met})
        if new:
            if len(met) + len(new) > MOST_WORDS:
                self._met = met = {word: met[word] for word in words if word in met}
            encoded = self._tokenizer.encode(
                [word[:MAX_WORD_CHARS] for word in new],
                is_pretokenized=True,
                add_special_tokens=False,
            )
            own: list[list[int]] = [[] for _ in new]
            for piece, place in zip(encoded.ids, encoded.word_ids, strict=True):
                if place is not None:
                    own[place].append(piece)
            for word, ids in zip(new, own, strict=True):
                held = met if len(word) <= MAX_WORD_CHARS else long
                held[word] = (ids or [self._unknown], case_class(word))
        return [met.get(word) or long[word] for word in words]


def to_pieces(tokenizer: Tokenizer, words: Sequence[str]) -> Pieces:
    """Pieces of one sentence, as ``Cutter.pieces`` gives them."""
    return Cutter(tokenizer).pieces(words)


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
