"""Tie kinds: which relations there are between parties, their states, and what each state ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.errors import RuleError, UnknownValueError
from dragoman.rulebook.tables import Row, read_csv

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class TieKind:
    """One state of one kind of tie: a row of ``rules/ties/kinds.csv``.

    Attributes:
        kind: "diplomatic relations", "recognition", ...
        state: "severed", "restored", ...
        sign: how good (+1) or bad (-1) the state is for the two; an order of our own, not measured.
        directed: whether the members have an order (giver first).
        standing: the state is told as lasting ("is stationed in"), not as a change on a day.
        talk: the state is one of words only (sought, possible, talks).
        follows: states of the same kind that it presupposes.
        ends: states of the same kind whose interval it closes.
        sought: what it counts as while it is only wanted or still to come; empty: as nothing.
        talks: what it counts as while it is only talked about; empty: as nothing.
        gloss: the state in words for people.
    """

    kind: str
    state: str
    sign: float
    directed: bool
    standing: bool
    talk: bool
    follows: tuple[str, ...]
    ends: tuple[str, ...]
    sought: str
    talks: str
    gloss: str


def load_tie_kinds(folders: tuple[Path, ...]) -> dict[tuple[str, str], TieKind]:
    """Reads ``kinds.csv`` of all `folders`; a row of a later folder replaces that of the same state.

    Raises:
        RuleError: where a cell does not hold; the message names file, line and value.
    """
    made: dict[tuple[str, str], TieKind] = {}
    rows: list[Row] = []
    for folder in folders:
        seen: set[tuple[str, str]] = set()
        for row in read_csv(folder / "kinds.csv"):
            one = _kind(row)
            key = (one.kind, one.state)
            if key in seen:
                message = f"{one.kind!r} has the state {one.state!r} twice"
                raise RuleError(message, file=row.file, line=row.line, value=one.state)
            seen.add(key)
            made[key] = one
            rows.append(row)
    for row in rows:
        kind = row.need("kind")
        states = tuple(state for name, state in made if name == kind)
        for column in ("follows", "ends", "sought", "talks"):
            for state in row.many(column):
                if state not in states:
                    raise UnknownValueError(
                        state, states, what=column, file=row.file, line=row.line
                    )
    directed = {(one.kind, one.directed) for one in made.values()}
    for kind, _ in directed:
        if {(kind, True), (kind, False)} <= directed:
            raise RuleError(f"{kind!r} must be directed in all its states or in none", value=kind)
    return made


def _kind(row: Row) -> TieKind:
    return TieKind(
        kind=row.need("kind"),
        state=row.need("state"),
        sign=_sign(row),
        directed=_yes(row, "directed"),
        standing=_yes(row, "standing"),
        talk=_yes(row, "talk"),
        follows=row.many("follows"),
        ends=row.many("ends"),
        sought=row.text("sought"),
        talks=row.text("talks"),
        gloss=row.need("gloss"),
    )


def _yes(row: Row, column: str) -> bool:
    return row.one_of(column, ("yes", "no"), empty=False) == "yes"


def _sign(row: Row) -> float:
    value = row.need("sign")
    try:
        made = float(value)
    except ValueError as error:
        message = f"column 'sign': {value!r} is no number from -1 to 1"
        raise RuleError(message, file=row.file, line=row.line, value=value) from error
    if not -1 <= made <= 1:
        message = f"column 'sign': {value!r} lies outside -1 to 1"
        raise RuleError(message, file=row.file, line=row.line, value=value)
    return made
