"""Typed questions about reports, events and statements. Each takes a connection and gives entries."""

# ruff: noqa: S608 (only names of this package are written into SQL; values are parameters)

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from dragoman.errors import UsageError
from dragoman.record import codec
from dragoman.record.days import UNDATED_FIRST, first_day, last_day
from dragoman.record.where import Conditions, Where

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from dragoman.entries import Actor, Event, Report, Statement

# How many rows are turned into entries at a time: enough to make the queries for their parties
# cheap, few enough to keep little in memory.
CHUNK = 500


def reports(connection: sqlite3.Connection, where: Where) -> Iterator[Report]:
    """Reports in order of publication; undated ones last."""
    conditions = report_conditions(connection, where)
    columns = ", ".join(f"r.{column}" for column in codec.REPORT_COLUMNS)
    rows = connection.execute(
        f"SELECT r.id, {columns} FROM reports r WHERE {conditions.sql} "
        f"ORDER BY r.first, r.id {page(where)}",
        conditions.values,
    )
    for row in rows:
        yield codec.report_of(row[0], row[1:])


def report_ids(connection: sqlite3.Connection, where: Where) -> list[str]:
    """The ids of reports, in order of publication."""
    conditions = report_conditions(connection, where)
    rows = connection.execute(
        f"SELECT r.id FROM reports r WHERE {conditions.sql} ORDER BY r.first, r.id {page(where)}",
        conditions.values,
    )
    return [row[0] for row in rows]


def report_conditions(connection: sqlite3.Connection, where: Where) -> Conditions:
    conditions = Conditions(connection)
    _told(conditions, where)
    if where.status is not None:
        conditions.add("r.status = ?", where.status)
    _within(conditions, "r", where)
    if where.actor is not None:
        keys = conditions.keys(where.actor)
        conditions.add(
            f"r.seq IN (SELECT report FROM report_keys WHERE key IN ({marks(keys)}))", *keys
        )
    if where.between is not None or where.type is not None:
        inner = Where(between=where.between, type=where.type, rejected=where.rejected)
        source, found = event_source(connection, inner)
        conditions.add(f"r.seq IN (SELECT e.report {source})", *found)
    said(conditions, where, "r.seq IN (SELECT s.report FROM statements s WHERE {})")
    return conditions


def events(connection: sqlite3.Connection, where: Where) -> Iterator[Event]:
    """Events in order of date, then of their reports and places; undated ones last."""
    source, values = event_source(connection, where)
    columns = ", ".join(f"e.{column}" for column in codec.EVENT_COLUMNS)
    # By the date of the index that is gone through, so that only the page asked for is sorted.
    first = "k.first" if " k CROSS JOIN " in source else "e.first"
    for condition, order, limit in orders(where, first):
        rows = connection.execute(
            "SELECT e.seq, (SELECT id FROM reports WHERE seq = e.report) AS told, "
            f"{columns} {source}{condition} ORDER BY {order}, told, e.ord, e.layer {limit()}",
            values,
        )
        while chunk := rows.fetchmany(CHUNK):
            limit.took(len(chunk))
            yield from event_entries(connection, chunk)


def count_events(connection: sqlite3.Connection, where: Where) -> int:
    """How many events there are, whatever the limit."""
    source, values = event_source(connection, where)
    return int(connection.execute(f"SELECT count(*) {source}", values).fetchone()[0])


def event_source(connection: sqlite3.Connection, where: Where) -> tuple[str, list[object]]:
    """What follows SELECT: sources and conditions; and the parameters."""
    conditions = Conditions(connection)
    source = "FROM events e"
    pairs = _pairs_wanted(conditions, where)
    if pairs:
        joined = " OR ".join("(a = ? AND b = ?)" for _ in pairs)
        inner = f"SELECT event, first FROM event_keys WHERE {joined}"
        if len(pairs) > 1:
            inner = inner.replace("SELECT", "SELECT DISTINCT", 1)
        # CROSS JOIN keeps the order: first the stretch of the index, then the events in it.
        source = f"FROM ({inner}) k CROSS JOIN events e ON e.seq = k.event"
        conditions.values.extend(key for pair in pairs for key in pair)
    if where.actor is not None and where.between is not None:
        keys = conditions.keys(where.actor)
        conditions.add(
            f"e.seq IN (SELECT event FROM event_keys WHERE b = 0 AND a IN ({marks(keys)}))", *keys
        )
    conditions.add("e.hidden <= ?", int(where.rejected))
    if where.type is not None:
        conditions.add("e.event = ?", where.type)
    if where.sure is not None:
        # With a plus, so that the index of confidence is left aside: the list is read in order of date.
        conditions.add("+e.confidence >= ?", where.sure)
    _within(conditions, "e", where)
    _in_reports(conditions, "e", where)
    said(conditions, where, "e.said_by IN (SELECT s.id FROM statements s WHERE {})")
    return f"{source} WHERE {conditions.sql}", conditions.values


def _pairs_wanted(conditions: Conditions, where: Where) -> list[tuple[int, int]]:
    """The pairs of keys in `event_keys` that hold the events asked for."""
    if where.between is not None:
        one, other = (conditions.keys(words) for words in where.between)
        return sorted({(min(a, b), max(a, b)) for a in one for b in other})
    if where.actor is not None:
        return [(key, 0) for key in conditions.keys(where.actor)]
    return []


def event_entries(connection: sqlite3.Connection, rows: Sequence[codec.Row]) -> Iterator[Event]:
    parties: dict[int, dict[str, list[Actor]]] = {}
    numbers = [row[0] for row in rows]
    found = connection.execute(
        "SELECT p.event, p.role, p.start, p.end, p.text, c.name, c.entity_code, c.country_code, "
        "c.sector_code, c.other_sector_codes, c.catalogue_id, c.why "
        "FROM event_parties p CROSS JOIN codings c ON c.seq = p.coding "
        f"WHERE p.event IN ({marks(numbers)}) ORDER BY p.event, p.role, p.ord",
        numbers,
    )
    for event, role, start, end, text, *coding in found:
        actor = codec.actor_of(tuple(coding), start, end, text)
        parties.setdefault(event, {}).setdefault(role, []).append(actor)
    for number, report_id, *row in rows:
        yield codec.event_of(tuple(row), report_id, parties.get(number, {}))


def statements(connection: sqlite3.Connection, where: Where) -> Iterator[Statement]:
    """Statements in order of date (the report's where they have none), report and place."""
    conditions = statement_conditions(connection, where)
    columns = ", ".join(f"s.{column}" for column in codec.STATEMENT_COLUMNS)
    for condition, order, limit in orders(where, "s.first"):
        rows = connection.execute(
            f"SELECT s.seq, (SELECT id FROM reports WHERE seq = s.report) AS told, {columns} "
            f"FROM statements s WHERE {conditions.sql}{condition} "
            f"ORDER BY {order}, told, s.ord, s.layer {limit()}",
            conditions.values,
        )
        while chunk := rows.fetchmany(CHUNK):
            limit.took(len(chunk))
            yield from statement_entries(connection, chunk)


def less_sure(
    connection: sqlite3.Connection, table: Literal["events", "statements"], where: Where, most: int
) -> int:
    """How many entries fit all filters but that of confidence, counted up to `most`."""
    if not where.sure:
        return 0
    wide = replace(where, sure=None, latest=False, limit=None, offset=0)
    # Where nothing but a time is asked for, all that is later would be read to find the few that are less sure.
    dated = wide == Where(since=where.since, until=where.until, rejected=where.rejected)
    if table == "events":
        source, values = event_source(connection, wide)
        source += " AND e.confidence < ?"
    else:
        conditions = statement_conditions(connection, wide)
        source = f"FROM statements s WHERE {conditions.sql} AND s.confidence < ?"
        values = conditions.values
    if dated:
        source = source.replace(" WHERE ", f" INDEXED BY {table}_confidence WHERE ", 1)
    found = connection.execute(
        f"SELECT count(*) FROM (SELECT 1 {source} LIMIT ?)", (*values, where.sure, most)
    )
    return int(found.fetchone()[0])


def statement_conditions(connection: sqlite3.Connection, where: Where) -> Conditions:
    conditions = Conditions(connection)
    conditions.add("s.hidden <= ?", int(where.rejected))
    if where.type is not None:
        conditions.add("s.kind = ?", where.type)
    if where.sure is not None:
        conditions.add("+s.confidence >= ?", where.sure)
    if where.actor is not None:
        _with_role(conditions, ("speaker", "addressee", "via", "about"), where.actor)
    if where.between is not None:
        one, other = where.between
        parts = []
        for speaker, whom in ((one, other), (other, one)):
            parts.append(
                f"({_role_part(conditions, ('speaker',), speaker)} AND "
                f"{_role_part(conditions, ('addressee', 'about'), whom)})"
            )
        conditions.add(f"({' OR '.join(parts)})")
    for words in (where.speaker, where.said_by):
        if words is not None:
            _with_role(conditions, ("speaker",), words)
    if where.about is not None:
        role = "about" if where.position is None else "toward"
        _with_role(conditions, (role,), where.about)
    if where.position is not None:
        conditions.add(
            "s.seq IN (SELECT statement FROM statement_positions WHERE kind = ?)", where.position
        )
    _within(conditions, "s", where)
    _in_reports(conditions, "s", where)
    return conditions


def statement_entries(
    connection: sqlite3.Connection, rows: Sequence[codec.Row]
) -> Iterator[Statement]:
    parties: dict[int, dict[str, Actor]] = {}
    numbers = [row[0] for row in rows]
    found = connection.execute(
        "SELECT p.statement, p.role, p.start, p.end, p.text, c.name, c.entity_code, "
        "c.country_code, c.sector_code, c.other_sector_codes, c.catalogue_id, c.why "
        "FROM statement_parties p CROSS JOIN codings c ON c.seq = p.coding "
        f"WHERE p.statement IN ({marks(numbers)})",
        numbers,
    )
    for statement, role, start, end, text, *coding in found:
        actor = codec.actor_of(tuple(coding), start, end, text)
        parties.setdefault(statement, {})[role] = actor
    for number, report_id, *row in rows:
        yield codec.statement_of(tuple(row), report_id, parties.get(number, {}))


def _role_part(conditions: Conditions, roles: tuple[str, ...], words: str) -> str:
    keys = conditions.keys(words)
    conditions.values.extend((*roles, *keys))
    return (
        "s.seq IN (SELECT statement FROM statement_keys "
        f"WHERE role IN ({marks(roles)}) AND key IN ({marks(keys)}))"
    )


def _with_role(conditions: Conditions, roles: tuple[str, ...], words: str) -> None:
    conditions.parts.append(_role_part(conditions, roles, words))


def said(conditions: Conditions, where: Where, shape: str) -> None:
    """Entries told inside statements of a speaker, or about somebody."""
    inner = Where(
        speaker=where.speaker, said_by=where.said_by, about=where.about, position=where.position
    )
    if inner == Where():
        return
    found = statement_conditions(conditions.connection, inner)
    conditions.add(shape.format(found.sql), *found.values)


def _told(conditions: Conditions, where: Where) -> None:
    """Conditions on a report that stands in the query as r."""
    if where.outlet is not None:
        conditions.add("r.outlet = ? COLLATE NOCASE", where.outlet)
    if where.report is not None:
        conditions.add("r.id = ?", where.report)
    if where.story is not None:
        conditions.add("r.id IN (SELECT report_id FROM story_reports WHERE story = ?)", where.story)


def _in_reports(conditions: Conditions, table: str, where: Where) -> None:
    inner = Conditions(conditions.connection)
    _told(inner, where)
    if where.status is not None:
        inner.add("r.status = ?", where.status)
    if inner.parts:
        conditions.add(
            f"{table}.report IN (SELECT r.seq FROM reports r WHERE {inner.sql})", *inner.values
        )


_TABLES = {"e": "events", "s": "statements", "r": "reports"}


def _within(conditions: Conditions, table: str, where: Where) -> None:
    """Some day of the entry lies between since and until."""
    if where.since is not None:
        since = day(first_day(where.since), where.since)
        conditions.add(f"{table}.last >= ?", since)
        # The index is by the first day: where those begin that reach beyond since is asked of the few
        # that span several days, so that all that is older need not be gone through.
        conditions.add(
            f"{table}.first >= coalesce((SELECT min(+p.first) FROM {_TABLES[table]} p "
            f"INDEXED BY {_TABLES[table]}_spans WHERE p.last > p.first AND p.last >= ? AND p.first < ?), ?)",
            since, since, since,
        )  # fmt: skip
    if where.until is not None:
        conditions.add(f"{table}.first <= ?", day(last_day(where.until), where.until))
    if where.since is not None or where.until is not None:
        conditions.add(f"{table}.first < ?", UNDATED_FIRST)


def day(day: int | None, date: str) -> int:
    if day is None:
        raise UsageError(f"{date!r} is no ISO date; write 2016, 2016-01 or 2016-01-04")
    return day


class Rows:
    """The rows still wanted, as the queries that give them take them."""

    def __init__(self, where: Where) -> None:
        self.left = where.limit
        self.offset = where.offset

    def __call__(self) -> str:
        """The end of a query."""
        return page(Where(limit=self.left, offset=self.offset))

    def took(self, count: int) -> None:
        """So many rows came."""
        self.left = None if self.left is None else max(0, self.left - count)


def orders(where: Where, first: str) -> Iterator[tuple[str, str, Rows]]:
    """The queries that give entries in the order asked for: a further condition, ORDER BY, the limit.

    The latest first takes two: undated ones stand behind all others, and a query for both could not go
    through the index backwards.
    """
    rows = Rows(where)
    if not where.latest:
        yield "", first, rows
        return
    yield f" AND {first} < {UNDATED_FIRST}", f"{first} DESC", rows
    if rows.left != 0:
        yield f" AND {first} >= {UNDATED_FIRST}", first, rows


def page(where: Where) -> str:
    if where.limit is None and not where.offset:
        return ""
    return f"LIMIT {-1 if where.limit is None else int(where.limit)} OFFSET {int(where.offset)}"


def marks(values: Iterable[object]) -> str:
    return ", ".join("?" for _ in values)
