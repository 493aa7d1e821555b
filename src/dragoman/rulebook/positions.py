"""Positions: by which words, event types and ties a speaker supports, opposes, demands and so on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from dragoman.entries import PositionKind
from dragoman.errors import RuleError, UnknownValueError
from dragoman.rulebook.tables import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_KINDS: tuple[PositionKind, ...] = get_args(PositionKind)
_FIELDS = frozenset(
    "kind verbs nouns phrases modals events negated catches leaves __line__".split()
)


@dataclass(frozen=True, slots=True)
class PositionRule:
    """The words and types of one position.

    Attributes:
        kind: supports, opposes, demands, offers, threatens, denies or regrets.
        verbs, nouns: base forms, parted into words.
        phrases: what is looked for in a content as a whole.
        modals: auxiliaries that demand something of their clause's subject.
        events: PLOVER types that say the same of their actor.
        negated: what the same words mean when negated; None: nothing.
        catches: sentences with the countries that the position is toward.
        leaves: sentences that must give no such position.
        line: where the rule stands in the file.
    """

    kind: PositionKind
    verbs: tuple[tuple[str, ...], ...]
    nouns: frozenset[str]
    phrases: tuple[re.Pattern[str], ...]
    modals: frozenset[str]
    events: frozenset[str]
    negated: PositionKind | None
    catches: tuple[tuple[str, tuple[str, ...]], ...]
    leaves: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class PositionBook:
    """All rules of positions, in the order of the file, and the nouns that name a tie."""

    rules: tuple[PositionRule, ...]
    ties: Mapping[str, str]

    def of_event(self, event: str) -> PositionRule | None:
        """The rule of a PLOVER type, if one names it."""
        return next((rule for rule in self.rules if event in rule.events), None)


def load_positions(path: Path, events: Iterable[str], ties: Iterable[str]) -> PositionBook:
    """Reads and checks the rules.

    Args:
        path: the file.
        events: the PLOVER types there are.
        ties: the kinds of ties there are.

    Raises:
        RuleError: naming file, line, value and the nearest allowed value.
    """
    types, kinds = tuple(events), tuple(sorted(set(ties)))
    rules: list[PositionRule] = []
    nouns: dict[str, str] = {}
    for row in read_yaml(path) or []:
        if "ties" in row:
            for kind, words in row["ties"].items():
                if kind != "__line__":
                    _one_of(kind, kinds, "tie kind", path, row)
                    nouns.update(dict.fromkeys(map(str, words), str(kind)))
        else:
            rules.append(_rule(row, types, path))
    return PositionBook(tuple(rules), nouns)


def _rule(row: Mapping[str, Any], types: tuple[str, ...], path: Path) -> PositionRule:
    for key in row:
        _one_of(key, tuple(sorted(_FIELDS)), "field", path, row)
    kind = _one_of(str(row.get("kind", "")), _KINDS, "kind", path, row)
    negated = str(row.get("negated") or "")
    if negated:
        _one_of(negated, _KINDS, "negated", path, row)
    for event in row.get("events", ()):
        _one_of(str(event), types, "event", path, row)
    if not row.get("catches") or not row.get("leaves"):
        raise RuleError(
            f"rule {kind!r} needs a sentence it catches and one it leaves",
            file=path.name,
            line=row["__line__"],
        )
    return PositionRule(
        kind=next(one for one in _KINDS if one == kind),
        verbs=tuple(tuple(str(verb).split()) for verb in row.get("verbs", ())),
        nouns=frozenset(map(str, row.get("nouns", ()))),
        phrases=tuple(re.compile(phrase, re.IGNORECASE) for phrase in row.get("phrases", ())),
        modals=frozenset(map(str, row.get("modals", ()))),
        events=frozenset(map(str, row.get("events", ()))),
        negated=next((one for one in _KINDS if one == negated), None),
        catches=tuple((str(c["text"]), tuple(map(str, c["toward"]))) for c in row["catches"]),
        leaves=tuple(map(str, row["leaves"])),
        line=int(row["__line__"]),
    )


def _one_of(
    value: str, allowed: tuple[str, ...], what: str, path: Path, row: Mapping[str, Any]
) -> str:
    if value not in allowed:
        raise UnknownValueError(value, allowed, what=what, file=path.name, line=row["__line__"])
    return value
