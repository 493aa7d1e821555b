"""How alike two stretches of words are: roots, synonyms, names, numbers, negation, embeddings."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from dragoman.gathering.words import (
    EMPTY,
    MULTIPLES,
    NUMBER_WORDS,
    WORD,
    default_table,
    fold,
    root,
    stem,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

# Grammar elsewhere, but in what is said they carry a claim; about the weight of a common noun.
_CLAIMING = {"first": 2.0, "last": 2.0, "only": 2.0, "never": 2.0, "no": 1.0, "not": 1.0}
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nothing|nobody|neither|nor|without|cannot|hardly|scarcely)\b|n[’']t\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, eq=False)
class Words:
    """A stretch of words, ready to be compared.

    Attributes:
        roots: each root or synonym class with its weight, sorted by root.
        total: the sum of the weights.
        names: roots of words written with a capital inside the sentence.
        numbers: the values named, in digits or words.
        negations: how many words of negation there are.
        embedding: unit length, int8 steps of 1/127; empty where there is none.
    """

    roots: dict[str, float]
    total: float
    names: frozenset[str]
    numbers: frozenset[float]
    negations: int
    embedding: bytes = b""


def words_of(text: str, embedding: bytes = b"") -> Words:
    """What is compared of a text."""
    roots: dict[str, float] = {}
    names: set[str] = set()
    classes = synonyms()
    table = default_table()
    for place, word in enumerate(WORD.findall(text)):
        plain = stem(word)
        claim = _CLAIMING.get(plain, 0.0)
        if (plain in EMPTY and not claim) or len(plain) < 2:
            continue
        key = root(word)
        key = classes.get(key, key)
        weight = claim or table.weight(plain)
        roots[key] = max(roots.get(key, 0.0), weight)
        if place and word[0].isupper():
            names.add(key)
    return Words(
        roots=dict(sorted(roots.items())),
        total=sum(sorted(roots.values())),
        names=frozenset(names),
        numbers=frozenset(number.value for number in find_numbers(text)),
        negations=len(_NEGATION.findall(text)),
        embedding=embedding,
    )


def shared(one: Words, other: Words) -> float:
    """The weight of the roots that both have."""
    few, many = sorted((one.roots, other.roots), key=len)
    return sum(weight for key, weight in few.items() if key in many)


def containment(one: Words, other: Words) -> float:
    """What share of the shorter's weight stands in the other, 0 to 1; short stretches count less."""
    least = min(one.total, other.total)
    # Four weighty words' worth: two words in common are no sign that two short clauses are the same.
    return shared(one, other) / max(least, 12.0)


def dice(one: Words, other: Words) -> float:
    """Twice the shared weight over the sum of both, 0 to 1."""
    both = one.total + other.total
    return 2 * shared(one, other) / both if both else 0.0


def cosine(one: bytes, other: bytes) -> float | None:
    """The cosine of two int8 embeddings; None where one is missing."""
    if not one or not other or len(one) != len(other):
        return None
    import numpy as np

    a = np.frombuffer(one, dtype=np.int8).astype(np.int32)
    b = np.frombuffer(other, dtype=np.int8).astype(np.int32)
    norm = float(a @ a) * float(b @ b)
    return float(a @ b) / norm**0.5 if norm else None


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a text: its value, and where it stands (characters of that text)."""

    value: float
    start: int
    end: int


_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[A-Za-z]+")


@lru_cache(maxsize=20_000)
def find_numbers(text: str) -> tuple[Number, ...]:
    """The numbers of a text, in digits or words ("forty-four", "1.5 million", "two dozen")."""
    made: list[Number] = []
    tokens = list(_TOKEN.finditer(text))
    place = 0
    while place < len(tokens):
        found = _number_at(text, tokens, place)
        if found is None:
            place += 1
            continue
        number, place = found
        made.append(number)
    return tuple(made)


def _number_at(text: str, tokens: list[re.Match[str]], place: int) -> tuple[Number, int] | None:
    first = tokens[place]
    word = first.group().lower()
    if _DIGITS.fullmatch(word):
        value = _digits(word)
    elif word in NUMBER_WORDS:
        value = float(NUMBER_WORDS[word])
    elif (
        word in {"a", "an"}
        and place + 1 < len(tokens)
        and tokens[place + 1].group().lower() in MULTIPLES
    ):
        value = 1.0
    else:
        return None
    end = first.end()
    place += 1
    while place < len(tokens) and text[end : tokens[place].start()] in {" ", "-", " and "}:
        word = tokens[place].group().lower()
        if word in MULTIPLES:
            value *= MULTIPLES[word]
        elif value % 10 == 0 and 20 <= value < 100 and 0 < NUMBER_WORDS.get(word, 0) < 10:
            value += NUMBER_WORDS[word]
        else:
            break
        end = tokens[place].end()
        place += 1
    return Number(value, first.start(), end), place


def _digits(word: str) -> float:
    groups = re.split(r"[.,]", word)
    # "1,200" and "1.200" are thousands; "1.5" is a fraction.
    if len(groups) > 1 and all(len(group) == 3 for group in groups[1:]):
        return float("".join(groups))
    return float(groups[0] + ("." + groups[1] if len(groups) > 1 else ""))


@lru_cache(maxsize=1)
def synonyms() -> dict[str, str]:
    """Root to class, from ``rules/synonyms.txt``: words that news uses for one another."""
    made: dict[str, str] = {}
    lines = (
        files("dragoman").joinpath("rules/synonyms.txt").read_text(encoding="utf-8").splitlines()
    )
    for line in lines:
        if line.strip() and not line.startswith("#"):
            roots = [root(fold(word)) for word in line.split()]
            for key in roots:
                made.setdefault(key, roots[0])
    return made


def agree_on(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two sets of names share one, or one of them is empty."""
    mine, theirs = set(one), set(other)
    return not mine or not theirs or bool(mine & theirs)
