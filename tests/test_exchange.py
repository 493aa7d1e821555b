"""States exchanged in a training sentence: the marked words follow, and nothing else changes."""

from __future__ import annotations

import random

from training.exchange import twin_of
from training.pairs import Marked, Sentence

TEXT = (
    "Iranian officials in Tehran accused Bahrain, and Bahrain accused Iran of spying on Bahrainis."
)


def marked(actor: str, recipient: str, act: str) -> Marked:
    sides = (((TEXT.index(word), TEXT.index(word) + len(word)),) for word in (actor, recipient))
    at = TEXT.index(act)
    first, second = sides
    return Marked(first, second, ("ACCUSE",), act=((at, at + len(act)),))


def test_spans_follow_their_words() -> None:
    one = Sentence("own", TEXT, [marked("Iranian officials", "Bahrain", "accused")])
    for seed in range(30):
        twin = twin_of(one, random.Random(seed))
        assert twin is not None
        (pair,) = twin.pairs
        words = [twin.text[s:e] for ((s, e),) in (pair.actor, pair.recipient, pair.act)]
        assert words[0].endswith(" officials")
        assert twin.text.split(" accused ")[1].startswith(f"{words[1]}, and {words[1]}")
        assert words[2] == "accused"
        # One state is one other throughout: "Iranian officials" and "accused Iran".
        assert twin.text.count(words[1]) >= 2


def test_a_sentence_without_states_has_no_twin() -> None:
    assert twin_of(Sentence("own", "The rebels fled.", []), random.Random(1)) is None
