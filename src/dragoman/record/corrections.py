"""What people decided about entries, laid over what was read.

A correction names its entry by id. Where the id has gone, since the report was read anew and coded
otherwise, it follows the entry by report and exact words (a tie: by members, kind and state): if
several entries have these words, by the type it had as well. Corrections are only ever added; of two
that say different things about one field, or about whether the entry stands, the later one counts.
"""

# ruff: noqa: S608 (only names of this package are written into SQL; values are parameters)

from __future__ import annotations

import json
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, get_args

from dragoman.entries import (
    AUXILIARY,
    Actor,
    Event,
    Precision,
    Statement,
    StatementKind,
    Tie,
)
from dragoman.errors import UnknownValueError, UsageError
from dragoman.record.days import first_day

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from dragoman.spans import Span

Verdict = Literal["reject", "amend", "confirm"]
Entry: TypeAlias = Event | Statement | Tie

LISTS = frozenset({"mode", "context", "auxiliary"})
PARTIES = frozenset({"actor", "recipient", "speaker", "addressee"})
DATES = frozenset({"date", "enddate", "since", "until"})
NUMBERS = frozenset({"quad_code", "event_scale"})
FIELDS: Mapping[str, tuple[str, ...]] = {
    "event": (
        "event", "mode", "context", "auxiliary", "quad_code", "event_scale", "date", "enddate",
        "actor", "recipient",
    ),
    "statement": ("kind", "speaker", "addressee", "date"),
    "tie": ("kind", "state", "since", "until"),
}  # fmt: skip

# PLOVER's entity codes that are no state's: their parties have no country code.
BODIES = frozenset({"IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"})


@dataclass(frozen=True, slots=True)
class Correction:
    """One decision of one person about one entry.

    Attributes:
        entry_kind: event, statement or tie.
        entry_id, report_id, words, coding: the entry as it was when it was corrected; a tie has no
            report_id.
        verdict: reject (hide it), amend (`field` is `value`), confirm (it stands).
        value: as typed; for parties a JSON list of codings; None clears the field.
        who, when: as given by the caller, never invented.
    """

    entry_kind: str
    entry_id: str
    report_id: str | None
    words: str
    coding: str
    verdict: Verdict
    field: str | None = None
    value: str | None = None
    who: str | None = None
    when: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Laid:
    """An entry with its corrections laid over it."""

    entry: Entry
    rejected: bool


COLUMNS = "entry_kind, entry_id, report_id, words, coding, verdict, field, value, who, made, note"


def kind_of(entry: Entry) -> str:
    """The kind of the entry: event, statement or tie."""
    return type(entry).__name__.lower()


def words_of(entry: Entry) -> str:
    """What an entry is known by when its id has gone."""
    if isinstance(entry, Tie):
        return f"{'|'.join(entry.members)} {entry.kind} {entry.state}"
    return entry.span.text


def coding_of(entry: Entry) -> str:
    """What tells entries of the same words apart."""
    return entry.event if isinstance(entry, Event) else entry.kind


def for_report(connection: sqlite3.Connection, report_id: str | None) -> tuple[Correction, ...]:
    """All corrections to entries of a report, oldest first; None: to ties."""
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM corrections WHERE report_id IS ? ORDER BY seq",
        (report_id,),
    )
    return tuple(Correction(*row) for row in rows)


def listed(connection: sqlite3.Connection, entry_id: str | None) -> tuple[Correction, ...]:
    """All corrections, oldest first, or those to one entry."""
    where = "" if entry_id is None else "WHERE entry_id = ?"
    rows = connection.execute(
        f"SELECT {COLUMNS} FROM corrections {where} ORDER BY seq",
        () if entry_id is None else (entry_id,),
    )
    return tuple(Correction(*row) for row in rows)


def keep(connection: sqlite3.Connection, correction: Correction) -> None:
    """Add a row to the corrections."""
    connection.execute(
        f"INSERT INTO corrections ({COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            correction.entry_kind, correction.entry_id, correction.report_id, correction.words,
            correction.coding, correction.verdict, correction.field, correction.value,
            correction.who, correction.when, correction.note,
        ),
    )  # fmt: skip


def aimed(
    corrections: Iterable[Correction], entries: Sequence[Entry]
) -> dict[str, list[Correction]]:
    """Which corrections belong to which of `entries` (all of one report, or all ties), by id."""
    ids = {entry.id for entry in entries}
    found: dict[str, list[Correction]] = {}
    for correction in corrections:
        if correction.entry_id in ids:
            target: str | None = correction.entry_id
        else:
            target = _follow(correction, entries)
        if target is not None:
            found.setdefault(target, []).append(correction)
    return found


def lay(entry: Entry, corrections: Iterable[Correction]) -> Laid:
    """Lay corrections over an entry, oldest first. What somebody confirmed or amended is sure."""
    rejected, decided = False, False
    for correction in corrections:
        rejected = correction.verdict == "reject"
        decided = decided or not rejected
        if correction.verdict == "amend" and correction.field is not None:
            entry = _amended(entry, correction.field, correction.value)
    if decided and not isinstance(entry, Tie):
        entry = replace(entry, confidence=1.0)
    return Laid(entry, rejected)


def checked(connection: sqlite3.Connection, kind: str, field: str, value: str | None) -> str | None:
    """`value` as it will be kept.

    Raises:
        UnknownValueError: if such an entry has no such field to amend, or the value is not allowed.
        UsageError: if the value is of the wrong form.
    """
    if field not in FIELDS[kind]:
        raise UnknownValueError(field, FIELDS[kind], what=f"the field of the {kind}")
    if field in PARTIES:
        parties = [_party(connection, part) for part in _items(value)]
        if field in {"speaker", "addressee"} and len(parties) > 1:
            raise UsageError(f"a statement has one {field}; {len(parties)} were given")
        return json.dumps(parties, ensure_ascii=False)
    if field in DATES and value and first_day(value) is None:
        raise UsageError(f"{value!r} is no ISO date; write 2016, 2016-01 or 2016-01-04")
    if field in NUMBERS:
        _number(field, value)
    if field == "auxiliary":
        for part in _items(value):
            if part not in AUXILIARY:
                raise UnknownValueError(part, AUXILIARY, what="auxiliary mode")
    if field == "kind" and kind == "statement" and value not in get_args(StatementKind):
        raise UnknownValueError(str(value), get_args(StatementKind), what="kind of statement")
    if field in {"event", "state", "kind"} and not value:
        raise UsageError(f"{field} cannot be empty")
    return value


def _follow(correction: Correction, entries: Sequence[Entry]) -> str | None:
    """The entry that a correction follows when its id has gone: None if that is not certain."""
    same = [
        entry
        for entry in entries
        if kind_of(entry) == correction.entry_kind and words_of(entry) == correction.words
    ]
    if len(same) > 1:
        same = [entry for entry in same if coding_of(entry) == correction.coding]
    return same[0].id if len(same) == 1 else None


def _amended(entry: Entry, field: str, value: str | None) -> Entry:
    changes: dict[str, Any] = {field: value}
    if field in LISTS:
        changes = {field: _items(value)}
    elif field in PARTIES:
        changes = {field: _parties(entry, field, value)}
    elif field in NUMBERS:
        changes = {field: _number(field, value)}
    elif field in {"date", "since"}:
        changes[f"{field}_precision"] = precision(value)
        if field == "date" and isinstance(entry, Event):
            changes["date_why"] = "as a person corrected it"
    known = {item.name for item in fields(entry)}
    return replace(entry, **{name: kept for name, kept in changes.items() if name in known})


def precision(date: str | None) -> Precision:
    """How far a date is known."""
    if not date:
        return "none"
    return {4: "year", 7: "month"}.get(len(date), "day")  # type: ignore[return-value]


def _items(value: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (value or "").split(";") if part.strip())


def _number(field: str, value: str | None) -> int | float:
    try:
        return int(value or "") if field == "quad_code" else float(value or "")
    except ValueError:
        raise UsageError(f"{field} must be a number, not {value!r}") from None


def _party(connection: sqlite3.Connection, words: str) -> dict[str, Any]:
    """A coding from "IRN", "IRN GOV", or the name or catalogue id of a party of the record."""
    row = connection.execute(
        "SELECT name, entity_code, country_code, sector_code, other_sector_codes, catalogue_id "
        "FROM codings WHERE catalogue_id = ? OR name = ? COLLATE NOCASE ORDER BY seq LIMIT 1",
        (words, words),
    ).fetchone()
    if row is not None:
        name, entity, country, sector, others, catalogue_id = row
        return {
            "name": name, "entity_code": entity, "country_code": country, "sector_code": sector,
            "other_sector_codes": json.loads(others), "catalogue_id": catalogue_id,
        }  # fmt: skip
    codes = words.split()
    if not all(len(code) == 3 and code.isalpha() and code.isupper() for code in codes):
        raise UsageError(
            f"{words!r} is no party of the record and no codes; write codes (IRN, IRN GOV), or a "
            "name that the record knows; several parties are set apart by ;"
        )
    entity, *sectors = codes
    return {
        "entity_code": entity, "country_code": None if entity in BODIES else entity,
        "sector_code": sectors[0] if sectors else None, "other_sector_codes": sectors[1:],
    }  # fmt: skip


def _parties(entry: Entry, field: str, value: str | None) -> tuple[Actor, ...] | Actor | None:
    """The parties of a kept value; each takes the words of the party that it replaces."""
    old: Actor | tuple[Actor, ...] | None = getattr(entry, field, None)
    before = old if isinstance(old, tuple) else (old,) if old else ()
    assert not isinstance(entry, Tie)
    stand_in: Span = entry.trigger if isinstance(entry, Event) else entry.span
    made = []
    for number, coding in enumerate(json.loads(value or "[]")):
        span = before[number].span if number < len(before) else stand_in
        coding["other_sector_codes"] = tuple(coding["other_sector_codes"])
        made.append(Actor(span=span, why="as a person corrected it", **coding))
    if isinstance(entry, Statement):
        return made[0] if made else None
    return tuple(made)
