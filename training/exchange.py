"""Sentences with their states exchanged: "Iran accused Bahrain" is shown as "Peru accused Chad".

What is done between two parties does not hang on who they are. The branch would otherwise learn from a name
what is mostly told of it. Names, capitals, adjectives and peoples of one state become those of one other state,
drawn at random; everything else stays, and the spans follow their words.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from training.pairs import Sentence, Span

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable

    from training.pairs import Marked

STATES = Path(__file__).parents[1] / "src/dragoman/rules/actors/states.csv"
SEED = 5  # of which state becomes which: one exchange a sentence, the same in every run
# Forms that the table of states leaves out as too short or not told apart.
_FURTHER = {"U.S.": ("USA", "adjective"), "US": ("USA", "adjective")}


@dataclass(frozen=True, slots=True)
class Forms:
    """The words for states: what each word is of which state, and each state's word for that."""

    known: dict[str, tuple[str, str]]
    words: dict[str, dict[str, str]]
    pattern: re.Pattern[str]


@cache
def forms() -> Forms:
    """The words of the states in ``rules/actors/states.csv`` that have adjectives and peoples."""
    known: dict[str, tuple[str, str]] = {}
    words: dict[str, dict[str, str]] = {}
    with STATES.open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["status"] == "member"]
    for row in rows:
        adjectives, peoples = row["adjectives"].split(";"), row["demonyms"].split(";")
        if not adjectives[0] or not peoples[0]:
            continue
        words[row["code"]] = {
            "name": row["name"],
            "adjective": adjectives[0],
            "capital": row["capital"],
            "people": peoples[-1],
        }
        told = [(one, "name") for one in (row["name"], *row["aliases"].split(";"))]
        told += [(one, "adjective") for one in adjectives] + [(row["capital"], "capital")]
        told += [(one, "people" if one.endswith("s") else "adjective") for one in peoples]
        for word, kind in told:
            if len(word) > 1:
                known.setdefault(word, (row["code"], kind))
    for word, of in _FURTHER.items():
        known.setdefault(word, of)
    longest = sorted(known, key=len, reverse=True)
    return Forms(known, words, re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest))})(?!\w)"))


def twin_of(one: Sentence, rng: random.Random) -> Sentence | None:
    """The sentence with each of its states made another; None if it names none."""
    held = forms()
    codes = sorted(held.words)
    other: dict[str, str] = {}
    made, moves, cursor, length = [], [], 0, 0
    for found in held.pattern.finditer(one.text):
        code, kind = held.known[found[1]]
        if code not in other:
            other[code] = rng.choice(codes)
        word = held.words[other[code]][kind]
        length += found.start() - cursor
        moves.append((found.start(), found.end(), length, length + len(word)))
        made += [one.text[cursor : found.start()], word]
        cursor, length = found.end(), length + len(word)
    if not moves:
        return None

    def moved(pair: Marked) -> Marked:
        sides = (
            tuple(_moved(span, moves) for span in side)
            for side in (pair.actor, pair.recipient, pair.act)
        )
        actor, recipient, act = sides
        return replace(pair, actor=actor, recipient=recipient, act=act)

    text = "".join((*made, one.text[cursor:]))
    return Sentence(
        one.source, text, list(map(moved, one.pairs)), list(map(moved, one.nones)), one.group
    )


def _moved(span: Span, moves: Iterable[tuple[int, int, int, int]]) -> Span:
    """A span's place after the exchange; one that begins or ends inside a word takes in all of it."""
    start, end = span
    shift_start = shift_end = 0
    for old_start, old_end, new_start, new_end in moves:
        if start >= old_end:
            shift_start = new_end - old_end
        elif start > old_start:
            shift_start = new_start - start
        if end >= old_end:
            shift_end = new_end - old_end
        elif end > old_start:
            shift_end = new_end - end
    return start + shift_start, end + shift_end
