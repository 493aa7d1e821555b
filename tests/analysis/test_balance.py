"""Structural balance against every division there is, on graphs small enough to try them all."""

from __future__ import annotations

import random
from itertools import combinations, product

import pytest

from dragoman.analysis.balance import balance, parts_of, triads
from dragoman.analysis.positions import positions

CAMPS = {
    ("ARG", "BRA"): 0.6, ("ARG", "CHL"): 0.4, ("BRA", "CHL"): 0.5,
    ("FJI", "TON"): 0.7,
    ("ARG", "FJI"): -0.6, ("BRA", "TON"): -0.3, ("CHL", "FJI"): -0.8,
}  # fmt: skip


def some(seed: int) -> dict[tuple[str, str], float]:
    chance = random.Random(seed)
    pairs = list(combinations("ABCDEFGHI", 2))
    chosen = chance.sample(pairs, chance.randint(8, 30))
    return {pair: chance.choice((-1, 1)) * chance.uniform(0.1, 1) for pair in chosen}


def least(scores: dict[tuple[str, str], float]) -> tuple[int, float]:
    names = sorted({name for pair in scores for name in pair})
    found = []
    for sides in product((1, 2), repeat=len(names)):
        side = dict(zip(names, sides, strict=True))
        against = [
            abs(score)
            for (one, other), score in scores.items()
            if (side[one] == side[other]) != (score > 0)
        ]
        found.append((len(against), sum(against)))
    return min(found)


@pytest.mark.parametrize("seed", range(25))
def test_the_index_is_the_least_of_all_divisions(seed: int) -> None:
    scores = some(seed)
    found = balance(scores)
    index, weight = least(scores)
    assert found.exact
    assert found.index == index == len(found.strained)
    assert sum(abs(scores[pair]) for pair in found.strained) == pytest.approx(weight)


def test_two_camps_without_strain() -> None:
    found = balance(CAMPS)
    assert (found.index, found.strained) == (0, ())
    assert {name for name, camp in found.camps.items() if camp == found.camps["ARG"]} == {
        "ARG", "BRA", "CHL",
    }  # fmt: skip
    assert triads(CAMPS) == ()


def test_a_friend_of_an_enemy_is_named() -> None:
    scores = {**CAMPS, ("ARG", "TON"): 0.2}
    found = balance(scores)
    assert found.strained == (("ARG", "TON"),)
    (first, *_) = triads(scores)
    assert first.kind == "friend of an enemy"
    assert first.strength == 0.2
    assert [triad.kind for triad in triads({("A", "B"): -1, ("A", "C"): -1, ("B", "C"): -1})] == [
        "three enemies"
    ]


def test_parts_are_divided_alone_and_friends_alone_have_no_camp() -> None:
    scores = {("A", "B"): 1.0, ("B", "C"): 1.0, ("X", "Y"): -1.0}
    found = balance(scores)
    assert parts_of(scores) == [("A", "B", "C"), ("X", "Y")]
    assert [found.camps[name] for name in "ABC"] == [0, 0, 0]
    assert found.camps["X"] != found.camps["Y"]
    assert balance({}).index == 0


def test_a_hundred_and_fifty_states_are_divided_exactly() -> None:
    chance = random.Random(7)
    names = [f"S{number:03}" for number in range(155)]
    camp = {name: chance.random() < 0.5 for name in names}
    scores: dict[tuple[str, str], float] = {}
    while len(scores) < 1709:
        one, other = sorted(chance.sample(names, 2))
        alike = (camp[one] == camp[other]) != (chance.random() < 0.05)
        scores[one, other] = chance.uniform(0.1, 1) * (1 if alike else -1)
    found = balance(scores)
    planted = sum(
        (camp[one] == camp[other]) != (score > 0) for (one, other), score in scores.items()
    )
    assert found.exact
    assert 0 < found.index <= planted


def test_places_set_camps_apart_and_stay() -> None:
    names = sorted({name for pair in CAMPS for name in pair})
    at = positions(CAMPS, names)
    assert at == positions(dict(reversed(CAMPS.items())), names[::-1])
    assert all(-1 <= part <= 1 for place in at.values() for part in place)

    def apart(one: str, other: str) -> float:
        return sum((a - b) ** 2 for a, b in zip(at[one], at[other], strict=True))

    assert apart("ARG", "BRA") < apart("ARG", "FJI")
    assert apart("FJI", "TON") < apart("BRA", "TON")


def test_places_stay_near_an_earlier_drawing() -> None:
    names = sorted({name for pair in CAMPS for name in pair})
    before = {name: (-x, -y) for name, (x, y) in positions(CAMPS, names).items()}
    changed = {**CAMPS, ("ARG", "BRA"): 0.5}
    after = positions(changed, [*names, "PER"], before)
    # PER stands beside them; among themselves they lie as they did.
    for one, other in combinations(names, 2):
        for axis in (0, 1):
            gap = before[one][axis] - before[other][axis]
            if abs(gap) > 0.3:
                assert (after[one][axis] - after[other][axis]) * gap > 0
    assert positions({}, []) == {}
    assert set(positions({}, ["PER"])) == {"PER"}
