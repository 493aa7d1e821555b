"""The rows of a report and of what was read from it, and of ties.

Every function works inside the one transaction of the connection that it is given.
"""

from __future__ import annotations

import itertools
import string
from collections import Counter
from typing import TYPE_CHECKING

from dragoman.record import codec
from dragoman.record.days import bounds
from dragoman.record.tellings import insert_telling

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from dragoman.entries import Actor, Event, ReadReport, Statement, Tie
    from dragoman.spans import Span

_PLAIN = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


class Codings:
    """How parties were coded and what they are asked for by, as numbers; new ones are added.

    Lives as long as one transaction: what it remembers holds only if that is kept.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._numbers: dict[tuple[object, ...], int] = {}
        self._keys: dict[tuple[str, ...], tuple[int, ...]] = {}

    def number(self, actor: Actor) -> int:
        """The number of the way an actor was coded."""
        how = (
            actor.name, actor.entity_code, actor.country_code, actor.sector_code,
            actor.other_sector_codes, actor.catalogue_id, actor.why,
        )  # fmt: skip
        number = self._numbers.get(how)
        if number is None:
            number = self._numbers[how] = self._look_up(codec.coding_row(actor))
        return number

    def keys(self, actor: Actor) -> tuple[int, ...]:
        """The numbers of an actor's keys."""
        names = codec.actor_keys(actor)
        numbers = self._keys.get(names)
        if numbers is None:
            numbers = self._keys[names] = tuple(self._key(name) for name in names)
        return numbers

    def _look_up(self, row: codec.Row) -> int:
        found = self.connection.execute(
            "SELECT seq FROM codings WHERE digest = ?", row[:1]
        ).fetchone()
        if found is not None:
            return int(found[0])
        columns = (
            "digest", "name", "entity_code", "country_code", "sector_code", "other_sector_codes",
            "catalogue_id", "why",
        )  # fmt: skip
        number = self.connection.execute(codec.insert("codings", columns), row).lastrowid
        assert number is not None
        return number

    def _key(self, name: str) -> int:
        found = self.connection.execute("SELECT seq FROM keys WHERE key = ?", (name,)).fetchone()
        if found is not None:
            return int(found[0])
        number = self.connection.execute("INSERT INTO keys (key) VALUES (?)", (name,)).lastrowid
        assert number is not None
        return number


def fill_report(codings: Codings, seq: int, read: ReadReport) -> None:
    """All rows that belong to a report."""
    codings.connection.executemany(
        "INSERT INTO sentences VALUES (?, ?, ?, ?, ?, ?)",
        [
            (seq, order, item.index, item.kind, item.span.start, item.span.end)
            for order, item in enumerate(read.sentences)
        ],
    )
    codings.connection.executemany(
        "INSERT INTO moments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(seq, order, *codec.moment_row(item)) for order, item in enumerate(read.moments)],
    )
    _insert_mentions(codings, seq, read)
    for order, event in enumerate(read.events):
        insert_event(codings, event, seq, order, 0)
    for order, statement in enumerate(read.statements):
        number = insert_statement(codings, statement, seq, order, read.report.published, 0)
        _insert_about(codings, statement, number, read)
    for order, telling in enumerate(read.tellings):
        insert_telling(codings, telling, seq, order)


def _insert_mentions(codings: Codings, seq: int, read: ReadReport) -> None:
    rows = []
    counts: Counter[int] = Counter()
    for order, item in enumerate(read.mentions):
        actor = item.actor
        coding = None if actor is None else codings.number(actor)
        place = (None, None) if actor is None else (actor.span.start, actor.span.end)
        rows.append((
            seq, order, item.sentence, item.kind, item.span.start, item.span.end, item.head,
            coding, *place,
        ))  # fmt: skip
        if actor is not None:
            counts.update(codings.keys(actor))
    for actor in _parties(read):
        # A party of an event or a statement counts as met, though nothing may mention it by name.
        for key in codings.keys(actor):
            counts.setdefault(key, 0)
    codings.connection.executemany(
        "INSERT INTO mentions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows
    )
    codings.connection.executemany(
        "INSERT INTO report_keys VALUES (?, ?, ?)",
        [(key, seq, times) for key, times in sorted(counts.items())],
    )


def _parties(read: ReadReport) -> Iterable[Actor]:
    for event in read.events:
        yield from event.actor
        yield from event.recipient
    for said in read.statements:
        yield from (
            party for party in (said.speaker, said.addressee, said.via) if party is not None
        )


def insert_event(
    codings: Codings, event: Event, seq: int, order: int, layer: int, hidden: int = 0
) -> None:
    number = codings.connection.execute(
        codec.insert("events", (*codec.EVENT_COLUMNS, "hidden")),
        (*codec.event_row(event, layer=layer, report=seq, order=order), hidden),
    ).lastrowid
    rows = [
        (number, role, place, codings.number(actor), *_offsets(actor.span))
        for role, actors in (("actor", event.actor), ("recipient", event.recipient))
        for place, actor in enumerate(actors)
    ]
    codings.connection.executemany("INSERT INTO event_parties VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    first, _ = bounds(event.date, event.enddate)
    codings.connection.executemany(
        "INSERT INTO event_keys VALUES (?, ?, ?, ?)",
        [(a, b, first, number) for a, b in sorted(_pairs(codings, event))],
    )


def _pairs(codings: Codings, event: Event) -> set[tuple[int, int]]:
    """Keys of the event's parties, each with 0, and of the parties that deal with one another."""
    actors = [codings.keys(actor) for actor in event.actor]
    recipients = [codings.keys(actor) for actor in event.recipient]
    pairs = {(key, 0) for keys in (*actors, *recipients) for key in keys}
    meetings = [(one, other) for one in actors for other in recipients]
    if not recipients:
        # A mutual event: all parties are actors, and each deals with each.
        meetings = [
            (one, other) for number, one in enumerate(actors) for other in actors[number + 1 :]
        ]
    for one, other in meetings:
        pairs.update((min(a, b), max(a, b)) for a in one for b in other)
    return pairs


def insert_statement(
    codings: Codings,
    statement: Statement,
    seq: int,
    order: int,
    told: str | None,
    layer: int,
    hidden: int = 0,
) -> int:
    row = codec.statement_row(statement, layer=layer, report=seq, order=order, told=told)
    number = codings.connection.execute(
        codec.insert("statements", (*codec.STATEMENT_COLUMNS, "hidden")), (*row, hidden)
    ).lastrowid
    assert number is not None
    codings.connection.executemany(
        "INSERT INTO statement_positions VALUES (?, ?)",
        [(number, kind) for kind in sorted({one.kind for one in statement.positions})],
    )
    parties = {
        "speaker": statement.speaker, "addressee": statement.addressee, "via": statement.via,
    }  # fmt: skip
    for role, actor in parties.items():
        if actor is None:
            continue
        codings.connection.execute(
            "INSERT INTO statement_parties VALUES (?, ?, ?, ?, ?, ?)",
            (number, role, codings.number(actor), *_offsets(actor.span)),
        )
        codings.connection.executemany(
            "INSERT INTO statement_keys SELECT ?, ?, first, seq FROM statements WHERE seq = ?",
            [(role, key, number) for key in sorted(set(codings.keys(actor)))],
        )
    toward = {
        key
        for position in statement.positions
        for actor in position.toward
        for key in codings.keys(actor)
    }
    codings.connection.executemany(
        "INSERT INTO statement_keys SELECT 'toward', ?, first, seq FROM statements WHERE seq = ?",
        [(key, number) for key in sorted(toward)],
    )
    return number


def _insert_about(codings: Codings, statement: Statement, number: int, read: ReadReport) -> None:
    """Whom the words are about: all who are mentioned in them."""
    about = {
        key
        for mention in read.mentions
        if mention.actor is not None and statement.content.holds(mention.span)
        for key in codings.keys(mention.actor)
    }
    codings.connection.executemany(
        "INSERT INTO statement_keys SELECT 'about', ?, first, seq FROM statements WHERE seq = ?",
        [(key, number) for key in sorted(about)],
    )


def insert_tie(connection: sqlite3.Connection, tie: Tie, layer: int, hidden: int = 0) -> None:
    connection.execute(
        codec.insert("ties", (*codec.TIE_COLUMNS, "hidden")), (*codec.tie_row(tie, layer), hidden)
    )
    connection.executemany(
        "INSERT INTO tie_members VALUES (?, ?, ?, ?)",
        [(tie.id, layer, order, member) for order, member in enumerate(tie.members)],
    )
    connection.executemany(
        "INSERT OR IGNORE INTO tie_pairs VALUES (?, ?, ?, ?)",
        [
            (*sorted(pair, key=_folded), tie.id, layer)
            for pair in itertools.combinations(set(tie.members), 2)
        ],
    )
    connection.executemany(
        "INSERT INTO tie_evidence VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                tie.id, layer, order, item.report_id, *_offsets(item.span), item.event_id,
                item.statement_id,
            )
            for order, item in enumerate(tie.evidence)
        ],
    )  # fmt: skip


def _folded(name: str) -> str:
    """As SQLite folds case: plain letters alone."""
    return name.translate(_PLAIN)


def _offsets(span: Span) -> tuple[int, int, str]:
    return span.start, span.end, span.text
