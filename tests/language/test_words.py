"""Cutting a sentence into words, as the treebank does."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.language.words import split_words


def cut(text):
    return [text[start:end] for start, end in split_words(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("They don't agree.", ["They", "do", "n't", "agree", "."]),
        ("They won’t agree.", ["They", "wo", "n’t", "agree", "."]),
        ("It cannot hold", ["It", "can", "not", "hold"]),
        ("Iran's envoy", ["Iran", "'s", "envoy"]),
        ("the ministers' talks", ["the", "ministers", "'", "talks"]),
        ("We've said they'll go", ["We", "'ve", "said", "they", "'ll", "go"]),
        ("Greek-Turkish talks", ["Greek", "-", "Turkish", "talks"]),
        ("an anti-Kremlin rally", ["an", "anti-Kremlin", "rally"]),
        ("the U.S. and the U.N.", ["the", "U.S.", "and", "the", "U.N."]),
        ("Mr. Sato met Gen. Diaz", ["Mr.", "Sato", "met", "Gen.", "Diaz"]),
        ("It ended on Friday.", ["It", "ended", "on", "Friday", "."]),
        ("$3.5bn or 1,200 tonnes", ["$", "3.5", "bn", "or", "1,200", "tonnes"]),
        ("at 10:30 on the 3rd", ["at", "10:30", "on", "the", "3rd"]),
        ("“Never,” he said", ["“", "Never", ",", "”", "he", "said"]),
        ("Wait... no", ["Wait", "...", "no"]),
        ("see https://example.org/a?b=1.", ["see", "https://example.org/a?b=1", "."]),
        ("write to press@example.org now", ["write", "to", "press@example.org", "now"]),
        ("Sana'a and O'Neill", ["Sana'a", "and", "O'Neill"]),
        ("", []),
        (" \t\n", []),
        ("\x00\x01", []),
    ],
)
def test_cuts(text, words):
    assert cut(text) == words


@given(st.text(max_size=80))
def test_words_keep_order_and_lose_nothing_visible(text):
    spans = split_words(text)
    cursor = 0
    for start, end in spans:
        assert cursor <= start < end <= len(text)
        between = text[cursor:start]
        assert not any(char.isalnum() for char in between)
        cursor = end
    assert not any(char.isalnum() for char in text[cursor:])


def test_a_long_run_is_cut_in_time_that_grows_with_its_length():
    for text in ("x" * 10_000, "'" * 10_000, "a-" * 5_000, "1." * 5_000, "a." * 5_000):
        assert split_words(text)[-1][1] == len(text)
