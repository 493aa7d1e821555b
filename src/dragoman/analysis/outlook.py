"""An outlook: which party is likeliest to be on the other side of an act, by what went before.

A plain method that is hard to beat on event data: what happened often and lately between the same two, in
the same manner, happens again (recurrency; cf. Gastinger et al. 2024), with less and less exact memories
behind it where the exact one is short: the two in any manner, the other way round, and who is generally met
so. Every memory fades by a half-life. Nothing is learned; the weights were chosen on the validation part
of ICEWS14. An outlook is a ranking by memory, not a cause, and knows nothing that was never reported.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping

Party = int | str


@dataclass(frozen=True, slots=True)
class Act:
    """Who did what to whom on a day (a number that counts days)."""

    subject: Party
    kind: Party
    object: Party
    day: int


@dataclass(frozen=True, slots=True)
class Weights:
    """Half-lives in days and weights of the memories, from the most exact to the least.

    Attributes:
        exact: the same one, in the same manner, and the other. long: the same, hardly fading.
        pair: the two in any manner. back: the other way round. kind: who is met in that manner.
    """

    exact: tuple[float, float] = (20.0, 1.0)
    long: tuple[float, float] = (300.0, 0.3)
    pair: tuple[float, float] = (30.0, 0.15)
    back: tuple[float, float] = (15.0, 0.1)
    kind: tuple[float, float] = (60.0, 0.002)


class _Fading:
    """Counts by key and party that fade by a half-life."""

    def __init__(self, half_life: float) -> None:
        self._half_life = half_life
        self._held: dict[Hashable, dict[Party, tuple[float, int]]] = defaultdict(dict)

    def add(self, key: Hashable, party: Party, day: int) -> None:
        value, last = self._held[key].get(party, (0.0, day))
        self._held[key][party] = (value * 0.5 ** ((day - last) / self._half_life) + 1.0, day)

    def at(self, key: Hashable, day: int) -> Iterable[tuple[Party, float]]:
        for party, (value, last) in self._held.get(key, {}).items():
            yield party, value * 0.5 ** ((day - last) / self._half_life)


class Outlook:
    """The memory of all acts so far. Acts are added in order of days; a day is asked before it is added."""

    def __init__(self, weights: Weights | None = None) -> None:
        self.weights = weights = weights or Weights()
        self._memories = {
            name: (_Fading(getattr(weights, name)[0]), getattr(weights, name)[1])
            for name in ("exact", "long", "pair", "back", "kind")
        }
        self._today: dict[tuple[Party, str, int], dict[Party, float]] = {}

    def add(self, acts: Iterable[Act]) -> None:
        """Remember acts; both sides are remembered as what may be asked for."""
        self._today.clear()
        for act in acts:
            for one, other, way in (
                (act.subject, act.object, "object"),
                (act.object, act.subject, "subject"),
            ):
                for name, key in _keys(one, act.kind, way).items():
                    # What is known of the one asked from the other side is kept under its other way.
                    self._memories[name][0].add(key, other, act.day)

    def scores(self, known: Party, kind: Party, way: str, day: int) -> Mapping[Party, float]:
        """How likely each party is the other side, by any scale; parties never met are left out.

        Args:
            known: the side that is known.
            kind: the act.
            way: "object" where the object is asked for, "subject" where the subject is.
            day: the day of the act; only what was added before it counts.
        """
        made = dict(self._general(kind, way, day))
        other = {"object": "subject", "subject": "object"}[way]
        keys = _keys(known, kind, way) | {"back": (known, kind, other)}
        for name, key in keys.items():
            if name == "kind":
                continue
            memory, weight = self._memories["exact" if name == "back" else name]
            weight = self._memories["back"][1] if name == "back" else weight
            for party, value in memory.at(key, day):
                made[party] = made.get(party, 0.0) + weight * value
        return made

    def _general(self, kind: Party, way: str, day: int) -> Mapping[Party, float]:
        """Who is met in a manner, whoever asks: worked out once a day."""
        key = (kind, way, day)
        if key not in self._today:
            memory, weight = self._memories["kind"]
            self._today[key] = {
                party: weight * value for party, value in memory.at((kind, way), day)
            }
        return self._today[key]


def _keys(one: Party, kind: Party, way: str) -> dict[str, Hashable]:
    return {
        "exact": (one, kind, way),
        "long": (one, kind, way),
        "pair": (one,),
        "kind": (kind, way),
    }
