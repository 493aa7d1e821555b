"""How the words of a sentence stand to the word that carries an act: by the tree, and as its arguments.

The branch for event types reads the sentence from where the act stands; these numbers tell it what the tags already say of
who does what there. They are made alike in training and at run time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from dragoman.language.tags import Frame, Token

# Relations without their subtypes, but for those that tell who does something.
RELATIONS = (
    "acl acl:relcl advcl advmod amod appos aux aux:pass case cc ccomp compound conj cop csubj dep det discourse "
    "dislocated expl flat iobj list mark nmod nmod:poss nsubj nsubj:pass nummod obj obl obl:agent parataxis punct root "
    "vocative xcomp"
).split()
ROLES = (
    "ARG0 ARG1 ARG2 ARG3 ARG4 ARGM-TMP ARGM-LOC ARGM-NEG ARGM-MOD ARGM-ADV ARGM-MNR ARGM-PRP ARGM-DIR ARGM-CAU "
    "ARGM-GOL ARGM-COM ARGM-PRD R-ARG0 R-ARG1"
).split()
_RELATION = {name: number for number, name in enumerate(RELATIONS)}
_ROLE = {name: number + 1 for number, name in enumerate(ROLES)}
_OTHER = _RELATION["dep"]
# Kinds of place: 0 no act is told, 1 the act, then under it, over it, and beside it by relation; steps; arguments.
PLACES = 2 + 3 * len(RELATIONS)
STEPS = 8
ARGUMENTS = 2 + len(ROLES)


def act_word(tokens: Sequence[Token], act: Sequence[tuple[int, int]]) -> int:
    """Position of the first word that the words of an act touch; -1 if there is none."""
    if not act:
        return -1
    start, end = min(act)
    found = (at for at, one in enumerate(tokens) if one.start < end and start < one.end)
    return next(found, -1)


def over_pieces(
    told: tuple[NDArray[np.int64], ...],
    first: NDArray[np.int64],
    last: NDArray[np.int64],
    count: int,
) -> NDArray[np.int64]:
    """Numbers of words laid over the pieces of each, (kinds of number, pieces)."""
    lengths = last - first + 1
    places = np.repeat(first, lengths) + np.concatenate([np.arange(one) for one in lengths])
    made = np.zeros((len(told), count), np.int64)
    for row, numbers in enumerate(told):
        made[row, places] = np.repeat(numbers[: len(first)], lengths)
    return made


def ways(
    tokens: Sequence[Token], frames: Sequence[Frame], act: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """For each word its place in the tree as seen from the act, its steps from it, and its role there.

    Args:
        act: position of the word that carries the act; -1 where none is told (all numbers are 0 then).
    """
    count = len(tokens)
    places, steps, roles = (np.zeros(count, np.int64) for _ in range(3))
    if not 0 <= act < count:
        return places, steps, roles
    # Each word over the act: through which relation, how far.
    above: dict[int, tuple[int, int]] = {}
    here, over = act, tokens[act].head
    while over >= 0 and over not in above and over != act:
        above[over] = (_number(tokens[here].deprel), len(above) + 1)
        here, over = over, tokens[over].head
    known: dict[int, tuple[int, int]] = {act: (1, 0)}
    base = 2 + len(RELATIONS)
    for word, (relation, distance) in above.items():
        known[word] = (base + relation, 4 + min(distance, 3) - 1)
    for word in range(count):
        chain = []
        at = word
        while at not in known and 0 <= at < count and at not in chain:
            chain.append(at)
            at = tokens[at].head
        for one in reversed(chain):
            known[one] = _beneath(
                known.get(tokens[one].head), tokens[one], child=tokens[one].head == act
            )
        places[word], steps[word] = known[word]
    for frame in frames:
        if frame.predicate == act:
            for argument in frame.arguments:
                number = _ROLE.get(argument.label, len(ROLES) + 1)
                roles[argument.first : argument.last] = number
    return places, steps, roles


def _beneath(over: tuple[int, int] | None, token: Token, *, child: bool) -> tuple[int, int]:
    """The place of a word by that of its head."""
    size = len(RELATIONS)
    if child:
        return 2 + _number(token.deprel), 1
    if over is None or 2 + size <= over[0] < 2 + 2 * size:
        # Hangs on a word over the act, or on none: beside the act.
        return 2 + 2 * size + _number(token.deprel), 7
    place, step = over
    return place, min(step + 1, 3) if place < 2 + size else step


def _number(relation: str) -> int:
    found = _RELATION.get(relation)
    return _RELATION.get(relation.split(":", maxsplit=1)[0], _OTHER) if found is None else found
