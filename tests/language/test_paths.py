"""How words stand to an act; all sentences were written for these tests."""

from __future__ import annotations

import numpy as np
from tests.language.test_mending import tree

from dragoman.language.paths import (
    ARGUMENTS,
    PLACES,
    RELATIONS,
    ROLES,
    STEPS,
    act_word,
    over_pieces,
    ways,
)
from dragoman.language.tags import Argument, Frame

SENTENCE = (
    "Togo/PROPN/nsubj>1 urged/VERB/root>-1 Mali/PROPN/obj>1 to/PART/mark>4 free/VERB/xcomp>1 "
    "two/NUM/nummod>6 miners/NOUN/obj>4"
)


def under(relation: str) -> int:
    return 2 + RELATIONS.index(relation)


def test_under_over_and_beside_the_act() -> None:
    places, steps, _ = ways(tree(SENTENCE), (), 4)
    over, beside = len(RELATIONS), 2 * len(RELATIONS)
    assert places.tolist() == [
        beside + under("nsubj"),
        over + under("xcomp"),
        beside + under("obj"),
        under("mark"),
        1,
        under("obj"),
        under("obj"),
    ]
    assert steps.tolist() == [7, 4, 7, 1, 0, 2, 1]
    assert max(places) < PLACES
    assert max(steps) < STEPS


def test_arguments_of_the_act_alone() -> None:
    frames = (
        Frame(1, (Argument("ARG1", 2, 2, 3),)),
        Frame(
            4, (Argument("ARG0", 2, 2, 3), Argument("ARG1", 6, 5, 7), Argument("ARGM-XYZ", 0, 0, 1))
        ),
    )
    roles = ways(tree(SENTENCE), frames, 4)[2]
    other = len(ROLES) + 1
    assert roles.tolist() == [other, 0, 1, 0, 0, 2, 2]
    assert other < ARGUMENTS


def test_without_an_act_nothing_is_told() -> None:
    tokens = tree(SENTENCE)
    assert act_word(tokens, ()) == -1
    assert not any(numbers.any() for numbers in ways(tokens, (), -1))
    assert act_word(tokens, ((5, 10),)) == 1


def test_a_tree_that_runs_in_a_circle_ends() -> None:
    tokens = tree("a/X/dep>1 b/X/dep>0 c/VERB/root>-1")
    for act in range(3):
        assert len(ways(tokens, (), act)[0]) == 3


def test_numbers_of_words_lie_over_their_pieces() -> None:
    first, last = np.array([1, 2, 4]), np.array([1, 3, 4])
    (row,) = over_pieces((np.array([7, 8, 9]),), first, last, 6)
    assert row.tolist() == [0, 7, 8, 8, 9, 0]
