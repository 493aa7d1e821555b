"""The sentences written for training: every label is of a known type and quotes whole words of its sentence."""

from __future__ import annotations

import pytest
from benchmarks.labels import HELD, written_texts

from dragoman.language.tags import AUXILIARY, EVENT_TYPES

HELD_BACK = tuple(written_texts(HELD))
TEXTS = (*written_texts(), *HELD_BACK)


def test_they_are_many_and_each_stands_once() -> None:
    texts = [one.text for one in TEXTS]
    assert len(texts) > 3000
    assert len(set(texts)) == len(texts)
    assert len({one.name for one in TEXTS}) == len(texts)


def test_enough_is_held_back() -> None:
    assert len(HELD_BACK) > 500


def test_every_type_is_told_often() -> None:
    types = [event["event"] for one in TEXTS for label in one.labels for event in label["events"]]
    assert set(types) == set(EVENT_TYPES)
    assert min(types.count(name) for name in EVENT_TYPES) > 100
    silent = sum(not label["events"] for one in TEXTS for label in one.labels)
    assert silent / sum(len(one.labels) for one in TEXTS) > 0.2


@pytest.mark.parametrize("start", range(10))
def test_labels_quote_whole_words(start: int) -> None:
    for one in TEXTS[start::10]:
        for label in one.labels:
            sentence = one.text[label["start"] : label["end"]]
            for event in label["events"]:
                assert set(event["auxiliary"]) <= set(AUXILIARY), one.name
                assert event["actor"] or event["recipient"], one.name
                for begin, end in (*event["actor"], *event["recipient"]):
                    words = sentence[begin:end]
                    assert words == words.strip() != "", (one.name, words)
                    around = f" {sentence} "[begin : end + 2]
                    assert not (around[0].isalnum() and words[0].isalnum()), (one.name, words)
