"""Typed questions about what gathering made: stories, happenings, utterances, ties."""

# ruff: noqa: S608 (only names of this package are written into SQL; values are parameters)

from __future__ import annotations

from collections import defaultdict
from operator import attrgetter
from typing import TYPE_CHECKING

from dragoman.entries import Evidence, Gathered, Happening, Story, Tie, Utterance
from dragoman.errors import NotFoundError
from dragoman.record import codec
from dragoman.record.days import UNDATED_FIRST, first_day, last_day
from dragoman.record.queries import (
    CHUNK,
    day,
    event_source,
    marks,
    orders,
    page,
    report_conditions,
    said,
    statement_conditions,
)
from dragoman.record.where import Conditions, Where, names_of
from dragoman.spans import Span

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence


def stories(connection: sqlite3.Connection, where: Where) -> Iterator[Story]:
    """Stories in order of date that have a report which fits."""
    conditions = report_conditions(connection, where)
    within = "1"
    if conditions.parts and broad(where):
        within = (
            "EXISTS (SELECT 1 FROM story_reports m JOIN reports r ON r.id = m.report_id "
            f"WHERE m.story = stories.id AND {conditions.sql})"
        )
    elif conditions.parts:
        within = (
            "id IN (SELECT m.story FROM story_reports m JOIN reports r "
            f"ON r.id = m.report_id WHERE {conditions.sql})"
        )
    for condition, order, limit in orders(where, "first"):
        rows = connection.execute(
            f"SELECT id, title, date, why FROM stories WHERE {within}{condition} "
            f"ORDER BY {order}, id {limit()}",
            conditions.values,
        ).fetchall()
        limit.took(len(rows))
        for row in rows:
            yield story_of(connection, row)


def happenings(connection: sqlite3.Connection, where: Where) -> Iterator[Happening]:
    """Happenings in order of date; of a story, of a type, or with a member that fits."""
    source, values = event_source(connection, where)
    plain = Where(latest=where.latest, limit=where.limit, offset=where.offset)
    within = ""
    if where != plain and broad(where):
        within = (
            "WHERE EXISTS (SELECT 1 FROM happening_members m CROSS JOIN events e ON e.id = m.member_id "
            f"WHERE m.happening = happenings.id AND {source.partition(' WHERE ')[2]})"
        )
    elif where != plain:
        within = (
            "WHERE id IN (SELECT m.happening FROM happening_members m "
            f"WHERE m.member_id IN (SELECT e.id {source}))"
        )
    rows = connection.execute(
        f"SELECT id, story_id, event, date, why FROM happenings {within} "
        f"ORDER BY first, id {page(where)}",
        values if within else (),
    )
    for id_, story_id, event, date, why in rows.fetchall():
        found = members(connection, "happening", id_)
        yield Happening(id_, story_id, found, event, date, why)


def broad(where: Where) -> bool:
    """Whether filters leave much: by date, type or outlet alone.

    Then the groups are gone through in order until a page is full. What is about somebody is rare: its
    entries are looked up first.
    """
    return not (
        where.actor or where.between or where.said_by or where.speaker or where.about or where.story
        or where.report
    )  # fmt: skip


def utterances(connection: sqlite3.Connection, where: Where) -> Iterator[Utterance]:
    """Utterances by id; those with a member that fits."""
    conditions = statement_conditions(connection, where)
    plain = Where(latest=where.latest, limit=where.limit, offset=where.offset)
    within = ""
    if where != plain:
        within = (
            "WHERE id IN (SELECT m.utterance FROM utterance_members m WHERE m.member_id IN "
            f"(SELECT s.id FROM statements s WHERE {conditions.sql}))"
        )
    rows = connection.execute(
        f"SELECT id, story_id, speaker, why FROM utterances {within} ORDER BY id {page(where)}",
        conditions.values if within else (),
    )
    for id_, story_id, speaker, why in rows.fetchall():
        found = members(connection, "utterance", id_)
        yield Utterance(id_, story_id, found, speaker, why)


def story_of(connection: sqlite3.Connection, row: codec.Row) -> Story:
    id_, title, date, why = row
    members = connection.execute(
        "SELECT report_id FROM story_reports WHERE story = ? ORDER BY ord", (id_,)
    )
    copies = connection.execute(
        "SELECT copy_id, original_id FROM story_copies WHERE story = ? ORDER BY ord", (id_,)
    )
    return Story(
        id_, title, tuple(row[0] for row in members), date,
        tuple((copy, original) for copy, original in copies), why,
    )  # fmt: skip


def members(connection: sqlite3.Connection, kind: str, id_: str) -> tuple[str, ...]:
    rows = connection.execute(
        f"SELECT member_id FROM {kind}_members WHERE {kind} = ? ORDER BY ord",
        (id_,),
    )
    return tuple(row[0] for row in rows)


def ties(
    connection: sqlite3.Connection,
    where: Where,
    *,
    on: str | None = None,
    as_known_on: str | None = None,
    lasting: bool = False,
) -> Iterator[Tie]:
    """Ties in order of date.

    Args:
        connection: to the record.
        where: actor, between, type (the kind), since and until (any part of the stretch in which
            the tie held), said_by, outlet and report (of the evidence), rejected, limit, offset.
        on: only ties that held on some day of this date; those with an unknown beginning are left
            out.
        as_known_on: only ties told in a report of that day or before.
        lasting: only ties of which no end is known.

    Raises:
        NotFoundError: if the record knows no such actor.
        UsageError: if `on` or `as_known_on` is no date.
    """
    conditions = Conditions(connection)
    source = _tie_source(connection, conditions, where)
    if where.type is not None:
        conditions.add("t.kind = ?", where.type)
    for since, until in ((where.since, where.until), (on, on)):
        if since is not None:
            conditions.add("t.last >= ?", day(first_day(since), since))
        if until is not None:
            conditions.add("t.first <= ?", day(last_day(until), until))
    if where.since is not None or where.until is not None:
        conditions.add("(t.first < ? OR t.last < ?)", UNDATED_FIRST, UNDATED_FIRST)
    if lasting:
        conditions.add("t.until IS NULL")
    if as_known_on is not None:
        conditions.add("t.told_first <= ?", day(last_day(as_known_on), as_known_on))
    if where.report is not None:
        conditions.add("t.id IN (SELECT tie FROM tie_evidence WHERE report_id = ?)", where.report)
    if where.outlet is not None:
        conditions.add(
            "t.id IN (SELECT v.tie FROM tie_evidence v JOIN reports r ON r.id = v.report_id "
            "WHERE r.outlet = ? COLLATE NOCASE)",
            where.outlet,
        )
    said(conditions, where, "t.said_by IN (SELECT s.id FROM statements s WHERE {})")
    if where.between is not None and where.limit is None and not where.offset:
        yield from _history(connection, source, conditions)
        return
    columns = ", ".join(f"t.{column}" for column in codec.TIE_COLUMNS)
    rows = connection.execute(
        f"SELECT {columns} FROM {source} WHERE {conditions.sql} ORDER BY t.first, t.id {page(where)}",
        conditions.values,
    )
    yield from all_ties(connection, rows.fetchall())


def _tie_source(connection: sqlite3.Connection, conditions: Conditions, where: Where) -> str:
    """What follows FROM in a question about ties: the table, after the stretch of an index for a pair."""
    source = "ties t"
    if where.between is not None:
        one, other = (_tie_names(connection, words) for words in where.between)
        pairs: list[object] = [part for a in one for b in other for part in (a, b, b, a)]
        # A list of values in place of these would be looked for through the whole table; CROSS JOIN keeps
        # the order: first the stretch of the index, then the ties in it.
        fits = " OR ".join(["(a = ? AND b = ?)"] * (len(pairs) // 2))
        source = (
            f"(SELECT DISTINCT tie, layer FROM tie_pairs WHERE {fits}) p "
            "CROSS JOIN ties t ON t.id = p.tie AND t.layer = p.layer"
        )
        conditions.values.extend(pairs)
    conditions.add("t.hidden <= ?", int(where.rejected))
    if where.actor is not None:
        names = _tie_names(connection, where.actor)
        conditions.add(
            "(t.id, t.layer) IN (SELECT m.tie, m.layer FROM tie_members m "
            f"WHERE m.member COLLATE NOCASE IN ({marks(names)}))",
            *names,
        )
    return source


def _history(connection: sqlite3.Connection, source: str, conditions: Conditions) -> list[Tie]:
    """All ties of a question, with their evidence in the same rows: the quickest way to many."""
    rows = connection.execute(
        f"SELECT t.first, t.id, t.layer, {codec.TOLD_TIE} FROM {source} LEFT JOIN tie_evidence v "
        f"ON v.tie = t.id AND v.layer = t.layer WHERE {conditions.sql}",
        conditions.values,
    ).fetchall()
    # By the tie, then the order of its evidence; no two rows are alike in the first four.
    rows.sort()
    return codec.ties_told(rows)


def _tie_names(connection: sqlite3.Connection, words: str) -> tuple[str, ...]:
    """What a party may be called as a member of ties."""
    names = set(names_of(connection, words)) | {words}
    places = marks(names)
    rows = connection.execute(
        f"SELECT DISTINCT name FROM codings WHERE name IS NOT NULL AND catalogue_id IN ({places})",
        tuple(names),
    )
    names.update(row[0] for row in rows.fetchall())
    names.update(name.removeprefix("state:") for name in tuple(names))
    found = connection.execute(
        f"SELECT 1 FROM tie_members WHERE member COLLATE NOCASE IN ({marks(names)}) LIMIT 1",
        tuple(names),
    ).fetchone()
    if found is None and not names_of(connection, words):
        known = connection.execute("SELECT DISTINCT member FROM tie_members")
        everything = [row[0] for row in known]
        everything.extend(
            row[0] for row in connection.execute("SELECT name FROM codings WHERE name IS NOT NULL")
        )
        raise NotFoundError("actor", words, everything)
    return tuple(sorted(names))


def all_ties(connection: sqlite3.Connection, rows: Sequence[codec.Row]) -> Iterator[Tie]:
    """Ties of any number of rows, in the same order."""
    for start in range(0, len(rows), CHUNK):
        yield from ties_of(connection, rows[start : start + CHUNK])


def ties_of(connection: sqlite3.Connection, rows: Sequence[codec.Row]) -> Iterator[Tie]:
    """Ties of their rows, in the same order; their evidence is fetched together."""
    evidence: defaultdict[tuple[str, int], list[Evidence]] = defaultdict(list)
    for tie, layer, report_id, start, end, text, event_id, statement_id in connection.execute(
        "SELECT tie, layer, report_id, start, end, text, event_id, statement_id "
        f"FROM tie_evidence WHERE tie IN ({marks(rows)}) ORDER BY tie, layer, ord",
        [row[0] for row in rows],
    ):
        item = Evidence(report_id, Span(start, end, text), event_id, statement_id)
        evidence[tie, layer].append(item)
    for row in rows:
        yield codec.tie_of(row, evidence.get((row[0], row[1]), ()))


def tie_of(connection: sqlite3.Connection, row: codec.Row) -> Tie:
    return next(ties_of(connection, [row]))


def gathered(connection: sqlite3.Connection) -> Gathered:
    """All that gathering made, as it was given, in order of id."""
    every = Where()
    rows = connection.execute(
        f"SELECT {', '.join(codec.TIE_COLUMNS)} FROM ties WHERE layer = 0 ORDER BY id"
    )
    return Gathered(
        stories=tuple(sorted(stories(connection, every), key=attrgetter("id"))),
        happenings=tuple(sorted(happenings(connection, every), key=attrgetter("id"))),
        utterances=tuple(sorted(utterances(connection, every), key=attrgetter("id"))),
        ties=tuple(all_ties(connection, rows.fetchall())),
    )
