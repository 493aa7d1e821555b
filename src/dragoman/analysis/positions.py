"""Places for drawing a signed graph, the same each time.

Each connected part is placed by the eigenvectors of its normalised signed Laplacian that belong to the
two least eigenvalues (Kunegis et al. 2010; Galimberti et al. 2019): friends lie together, opposed camps
on opposite sides. The parts stand side by side, the largest first, each with room for its size.
Eigenvectors are free in sign, and in direction where eigenvalues are equal; both are fixed by the
parties' own names, and further by the places of an earlier drawing where one is given.
"""

from __future__ import annotations

from hashlib import sha256
from math import sqrt
from typing import TYPE_CHECKING

from dragoman.analysis.balance import parts_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    import numpy.typing as npt

    Points = npt.NDArray[np.float64]

Place = tuple[float, float]

# Far under the least score that is drawn, far above the errors of floating point.
_TILT = 1e-5
# A shelf of parts is so much wider than a square of the same room.
_WIDER = 1.3


def positions(
    scores: Mapping[tuple[str, str], float],
    names: Sequence[str],
    earlier: Mapping[str, Place] | None = None,
) -> dict[str, Place]:
    """A place for each party, from -1 to 1 across and down.

    Args:
        scores: how pairs stand, -1 to 1; a pair that is not there counts as 0.
        names: the parties; their order does not matter.
        earlier: places of an earlier drawing; each part of the new one is turned or mirrored to lie as
            near to them as it can.
    """
    wanted = set(names)
    tied = {pair: score for pair, score in scores.items() if score and wanted.issuperset(pair)}
    parts = parts_of(tied)
    alone = sorted(wanted - {name for part in parts for name in part})
    shapes = [_shape(part, tied, earlier or {}) for part in parts]
    shapes += [{name: (0.0, 0.0)} for name in alone]
    return _side_by_side(shapes)


def _shape(
    part: Sequence[str], scores: Mapping[tuple[str, str], float], earlier: Mapping[str, Place]
) -> dict[str, Place]:
    """The places of one connected part about its own middle, from -1 to 1."""
    import numpy as np

    at = _spectral(scores, part)
    at = at - (at.max(axis=0) + at.min(axis=0)) / 2
    shared = [number for number, name in enumerate(part) if name in earlier]
    if len(shared) > 1:
        target = np.array([earlier[part[number]] for number in shared], dtype=float)
        own = at[shared] - at[shared].mean(axis=0)
        left, _, right = np.linalg.svd(own.T @ (target - target.mean(axis=0)))
        at = at @ (left @ right)
    at = at / max(float(np.abs(at).max()), 1e-12)
    return {name: (float(x), float(y)) for name, (x, y) in zip(part, at, strict=True)}


def _spectral(scores: Mapping[tuple[str, str], float], part: Sequence[str]) -> Points:
    """The two least eigenvectors, each with its first large part made positive."""
    import numpy as np

    number = {name: at for at, name in enumerate(part)}
    signed = np.zeros((len(part), len(part)))
    for (one, other), score in scores.items():
        if one in number:
            signed[number[one], number[other]] = signed[number[other], number[one]] = score
    root = np.sqrt(np.abs(signed).sum(axis=1))
    # A tilt of each party's own parts equal eigenvalues, whoever else is there.
    laplacian = np.diag([1 + _TILT * _own(name) for name in part]) - signed / np.outer(root, root)
    _, vectors = np.linalg.eigh(laplacian)
    chosen = vectors[:, :2] / root[:, None]
    for column in range(2):
        chosen[:, column] /= float(np.abs(chosen[:, column]).max())
        first = int(np.argmax(np.abs(chosen[:, column]) > 0.5))
        chosen[:, column] *= 1.0 if chosen[first, column] > 0 else -1.0
    return np.asarray(chosen, dtype=np.float64)


def _side_by_side(shapes: Sequence[Mapping[str, Place]]) -> dict[str, Place]:
    """The parts on shelves, from left to right and top to bottom, the whole from -1 to 1."""
    width = _WIDER * sqrt(sum(4 * len(shape) for shape in shapes))
    made: dict[str, Place] = {}
    left = top = height = 0.0
    for shape in shapes:
        radius = sqrt(len(shape))
        if left and left + 2 * radius > width:
            left, top, height = 0.0, top + height, 0.0
        for name, (x, y) in shape.items():
            # A little room between the parts.
            made[name] = (left + radius * (1 + 0.8 * x), top + radius * (1 + 0.8 * y))
        left, height = left + 2 * radius, max(height, 2 * radius)
    return _fitted(made)


def _fitted(made: Mapping[str, Place]) -> dict[str, Place]:
    if not made:
        return {}
    across = [x for x, _ in made.values()]
    down = [y for _, y in made.values()]
    middle = ((min(across) + max(across)) / 2, (min(down) + max(down)) / 2)
    half = max(max(across) - min(across), max(down) - min(down), 1e-9) / 2
    return {
        name: (round((x - middle[0]) / half, 6), round((y - middle[1]) / half, 6))
        for name, (x, y) in sorted(made.items())
    }


def _own(name: str) -> float:
    """A number from 0 to 1 that is a name's own, the same on every machine."""
    return int.from_bytes(sha256(name.encode()).digest()[:4], "big") / 2**32
