"""Overviews: who stands in the record and how often, and how much it holds."""

# ruff: noqa: S608 (only names of this package are written into SQL; values are parameters)

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.entries import Happening
from dragoman.record.queries import CHUNK, marks
from dragoman.record.where import Conditions, Where, names_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from dragoman.entries import Event


@dataclass(frozen=True, slots=True)
class ActorLine:
    """A party of the record, and how often it stands in it.

    `key` is what :class:`Where` finds it by; `sector_code` is the one that it always has, if any. A party without a name is counted under none, and found
    by its code.
    """

    key: str
    name: str | None
    entity_code: str | None
    country_code: str | None
    sector_code: str | None
    mentions: int
    events: int
    statements: int


@dataclass(frozen=True, slots=True)
class Setting:
    """Where an event stands: its report's outlet, file and date, its happening and its story."""

    outlet: str | None
    source: str
    published: str | None
    happening_id: str | None
    story_id: str | None


@dataclass(frozen=True, slots=True)
class Summary:
    """How much the record holds. `first` and `last` are the first and last day of publication."""

    reports: int
    read: int
    set_aside: int
    outlets: int
    sentences: int
    events: int
    statements: int
    actors: int
    stories: int
    happenings: int
    utterances: int
    ties: int
    corrections: int
    first: str | None
    last: str | None


def actors(connection: sqlite3.Connection, where: Where) -> Iterator[ActorLine]:
    """All parties with a name, those that stand in most events and statements first."""
    only, values = "", []
    if where.actor is not None:
        rows = actor_rows(connection, where.actor)
        only, values = f"AND c.seq IN ({marks(rows)})", list(rows)
    # What is hidden is counted apart and taken off: it is little, and the counts of all come from
    # stretches of indexes.
    found = connection.execute(
        "SELECT k.key, min(c.name), min(c.entity_code), min(c.country_code), "
        "CASE WHEN min(coalesce(c.sector_code, '')) = max(coalesce(c.sector_code, '')) "
        "THEN min(c.sector_code) END, "
        "coalesce((SELECT sum(mentions) FROM report_keys WHERE key = k.seq), 0), "
        "(SELECT count(*) FROM event_keys WHERE a = k.seq AND b = 0), "
        "(SELECT count(*) FROM statement_keys WHERE role = 'speaker' AND key = k.seq), k.seq "
        "FROM codings c JOIN keys k ON k.key = coalesce(c.catalogue_id, c.name) "
        f"WHERE coalesce(c.catalogue_id, c.name) IS NOT NULL {only} GROUP BY k.seq",
        values,
    ).fetchall()
    hidden_events = _hidden(connection, "event_keys f", "f.event", "events", "f.a", "f.b = 0")
    hidden_statements = _hidden(
        connection, "statement_keys f", "f.statement", "statements", "f.key", "f.role = 'speaker'"
    )
    lines = [
        ActorLine(
            key, name, entity, country, sector, mentions,
            told - hidden_events.get(seq, 0), said - hidden_statements.get(seq, 0),
        )
        for key, name, entity, country, sector, mentions, told, said, seq in found
    ]  # fmt: skip
    lines.sort(key=lambda line: (-line.events - line.statements, -line.mentions, line.key))
    end = None if where.limit is None else where.offset + where.limit
    yield from lines[where.offset : end]


def _hidden(
    connection: sqlite3.Connection, keys: str, column: str, table: str, key: str, which: str
) -> dict[int, int]:
    """How many hidden entries each key has."""
    return dict(
        connection.execute(
            f"SELECT {key}, count(*) FROM {table} h CROSS JOIN {keys} ON {column} = h.seq "
            f"WHERE h.hidden <> 0 AND {which} GROUP BY {key}"
        )
    )


def actor_rows(connection: sqlite3.Connection, words: str) -> tuple[int, ...]:
    """The numbers of the codings of a party, and of those that belong to a code.

    Raises:
        NotFoundError: if the record knows no such actor.
    """
    conditions = Conditions(connection)
    conditions.keys(words)
    names = names_of(connection, words)
    places = marks(names)
    rows = connection.execute(
        f"SELECT seq FROM codings WHERE catalogue_id IN ({places}) OR entity_code IN ({places}) "
        f"OR country_code IN ({places}) OR (catalogue_id IS NULL AND name IN ({places}))",
        names * 4,
    )
    return tuple(row[0] for row in rows)


def settings(connection: sqlite3.Connection, entries: Sequence[Event]) -> dict[str, Setting]:
    """Where events stand, by event id."""
    happening = groups(connection, "happening", [entry.id for entry in entries])
    told = {}
    ids = sorted({entry.report_id for entry in entries})
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        rows = connection.execute(
            "SELECT r.id, r.outlet, r.source, r.published, (SELECT min(story) FROM story_reports m "
            f"WHERE m.report_id = r.id) FROM reports r WHERE r.id IN ({marks(part)})",
            part,
        )
        told.update({row[0]: row[1:] for row in rows})
    return {
        entry.id: Setting(
            outlet=told[entry.report_id][0],
            source=told[entry.report_id][1],
            published=told[entry.report_id][2],
            happening_id=happening.get(entry.id),
            story_id=told[entry.report_id][3],
        )
        for entry in entries
    }


def groups(connection: sqlite3.Connection, kind: str, ids: Sequence[str]) -> dict[str, str]:
    """The happening of events, or the utterance of statements, by the members' ids."""
    found: dict[str, str] = {}
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        found.update(
            connection.execute(
                f"SELECT member_id, min({kind}) FROM {kind}_members "
                f"WHERE member_id IN ({marks(part)}) GROUP BY member_id",
                part,
            )
        )
    return found


def happenings_among(connection: sqlite3.Connection, ids: Sequence[str]) -> tuple[Happening, ...]:
    """The happenings of these events, with only these as members, in order of id."""
    members: dict[str, list[str]] = {}
    for event, happening in groups(connection, "happening", ids).items():
        members.setdefault(happening, []).append(event)
    made: list[Happening] = []
    wanted = sorted(members)
    for start in range(0, len(wanted), CHUNK):
        part = wanted[start : start + CHUNK]
        rows = connection.execute(
            "SELECT id, story_id, event, date, why FROM happenings "
            f"WHERE id IN ({marks(part)}) ORDER BY id",
            part,
        )
        made.extend(
            Happening(id_, story, tuple(sorted(members[id_])), event, date, why)
            for id_, story, event, date, why in rows
        )
    return tuple(made)


def report_days(connection: sqlite3.Connection, ids: Sequence[str]) -> dict[str, str | None]:
    """The day of publication of reports, by id; None where it is not known."""
    found: dict[str, str | None] = {}
    for start in range(0, len(ids), CHUNK):
        part = ids[start : start + CHUNK]
        rows = connection.execute(
            f"SELECT id, published FROM reports WHERE id IN ({marks(part)})", part
        )
        found.update((id_, day[:10] if day and len(day) >= 10 else None) for id_, day in rows)
    return found


def names_from(connection: sqlite3.Connection, start: str, limit: int) -> tuple[str, ...]:
    """Names that begin with `start`, whatever the case, in order."""
    rows = connection.execute(
        "SELECT DISTINCT name FROM codings WHERE name >= ? COLLATE NOCASE "
        "AND name < ? COLLATE NOCASE ORDER BY name COLLATE NOCASE, name LIMIT ?",
        (start, start + "\U0010ffff", limit),
    )
    return tuple(row[0] for row in rows)


def happenings_told(connection: sqlite3.Connection) -> dict[str, int]:
    """How many happenings each story tells."""
    return dict(
        connection.execute(
            "SELECT story_id, count(*) FROM happenings WHERE story_id IS NOT NULL GROUP BY story_id"
        )
    )


def utterances_told(connection: sqlite3.Connection) -> dict[str, int]:
    """How many utterances each story tells."""
    return dict(
        connection.execute(
            "SELECT story_id, count(*) FROM utterances WHERE story_id IS NOT NULL GROUP BY story_id"
        )
    )


def outlets(connection: sqlite3.Connection) -> tuple[tuple[str, int], ...]:
    """Outlets and their numbers of reports, by name."""
    rows = connection.execute(
        "SELECT outlet, count(*) FROM reports WHERE outlet IS NOT NULL GROUP BY outlet "
        "ORDER BY outlet"
    )
    return tuple((outlet, count) for outlet, count in rows)


def summary(connection: sqlite3.Connection) -> Summary:
    """How much the record holds."""

    def count(sql: str) -> int:
        return int(connection.execute(f"SELECT count(*) FROM {sql}").fetchone()[0])

    first, last = connection.execute(
        "SELECT min(published), max(published) FROM reports"
    ).fetchone()
    reports_, read = count("reports"), count("reports WHERE status = 'read'")
    return Summary(
        reports=reports_, read=read, set_aside=reports_ - read,
        outlets=len(outlets(connection)), sentences=count("sentences"),
        events=count("events WHERE hidden = 0"), statements=count("statements WHERE hidden = 0"),
        actors=count(
            "(SELECT DISTINCT coalesce(catalogue_id, name) AS k FROM codings) "
            "WHERE k IS NOT NULL"
        ),
        stories=count("stories"), happenings=count("happenings"), utterances=count("utterances"),
        ties=count("ties WHERE hidden = 0"), corrections=count("corrections"),
        first=first and first[:10], last=last and last[:10],
    )  # fmt: skip
