"""Writing: a report with all that was read from it, what gathering made, and corrections.

Every function here works inside the one transaction of the connection that it is given.
"""

# ruff: noqa: S608 (only names of this package are written into SQL; values are parameters)

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from dragoman.errors import RecordError
from dragoman.ids import content_id
from dragoman.record import codec, overlay
from dragoman.record.days import bounds
from dragoman.record.inserting import Codings, fill_report, insert_tie

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from dragoman.entries import (
        Event,
        Gathered,
        Happening,
        ReadReport,
        Statement,
        Story,
        TieTelling,
        Utterance,
    )
    from dragoman.gathering import Kept
    from dragoman.spans import Span

Outcome = Literal["new", "same", "reread"]

log = logging.getLogger("dragoman.record")


def write(connection: sqlite3.Connection, read: ReadReport, seen: set[str]) -> Outcome:
    """Write a report and all that was read from it.

    Args:
        connection: inside a transaction.
        read: what to write.
        seen: ids of reports met in this run; the id written is added. A second text under one of
            them is another report, even out of the same file.

    Raises:
        RecordError: if words do not stand where a span says, or two entries have one id.
    """
    report = read.report
    check(read)
    digest, words = codec.report_digest(report), codec.text_digest(report)
    rows = connection.execute(
        "SELECT seq, id, digest, text_digest, reader, source FROM reports "
        "WHERE id = ? OR given_id = ? ORDER BY seq",
        (report.id, report.id),
    ).fetchall()
    for seq, id_, old_digest, _, reader, _ in rows:
        if old_digest == digest:
            seen.add(id_)
            if reader == read.reader:
                return "same"
            _replace(connection, seq, read, id_)
            return "reread"
    for seq, id_, _, old_words, _, source in rows:
        if id_ not in seen and (old_words == words or source == report.source):
            seen.add(id_)
            _replace(connection, seq, read, id_)
            return "reread"
    id_ = report.id
    if rows:
        id_ = f"{report.id}~{digest[:6]}"
        log.warning(
            "%s: another report has the id %r already; this one is kept as %r",
            report.source or "input", report.id, id_,
        )  # fmt: skip
    seen.add(id_)
    _insert(connection, read, id_)
    return "new"


def check(read: ReadReport) -> None:
    """See that every span quotes the report, and that ids are each given once.

    Raises:
        RecordError: naming the report and the first entry for which it does not hold.
    """
    text = read.report.text
    for what, span in _spans(read):
        if text[span.start : span.end] != span.text or span.start < 0:
            raise RecordError(
                f"report {read.report.id}: {what} says {span.text[:60]!r} at {span.start}, where "
                f"the text has {text[max(span.start, 0) : span.end][:60]!r}; nothing of it is kept"
            )
    entries: tuple[Event | Statement | TieTelling, ...] = (
        *read.events, *read.statements, *read.tellings,
    )  # fmt: skip
    ids = Counter(entry.id for entry in entries)
    for id_, times in ids.items():
        if times > 1:
            raise RecordError(
                f"report {read.report.id}: {times} entries have the id {id_}; nothing of it is kept"
            )


def renamed(read: ReadReport, report_id: str) -> ReadReport:
    """The same report under another id, and its entries under ids made from that."""
    if report_id == read.report.id:
        return read
    entries: tuple[Event | Statement, ...] = (*read.events, *read.statements)
    new = {entry.id: content_id(entry.id[:1], entry.id, report_id) for entry in entries}
    return replace(
        read,
        report=replace(read.report, id=report_id),
        events=tuple(
            replace(
                event,
                id=new[event.id],
                report_id=report_id,
                said_by=new.get(event.said_by, event.said_by) if event.said_by else None,
            )
            for event in read.events
        ),
        statements=tuple(
            replace(statement, id=new[statement.id], report_id=report_id)
            for statement in read.statements
        ),
        tellings=tuple(
            replace(
                telling,
                id=content_id(telling.id[:1], telling.id, report_id),
                report_id=report_id,
                said_by=new.get(telling.said_by, telling.said_by) if telling.said_by else None,
            )
            for telling in read.tellings
        ),
    )


def replace_gathered(
    connection: sqlite3.Connection, made: Gathered, kept: Kept | None, stamp: str
) -> None:
    """Put what gathering made in the place of what it made before, and lay corrections over it.

    Args:
        connection: inside a transaction.
        made: what it made.
        kept: what later runs need to gather only what has changed; None if they are to gather all.
        stamp: what it was made with.
    """
    # Imported here: NumPy takes a tenth of a second, and most commands only ask.
    from dragoman.record.keeping import replace_kept

    for table in ("stories", "happenings", "utterances", "ties"):
        connection.execute(f"DELETE FROM {table}")
    for story in made.stories:
        insert_story(connection, story)
    for happening in made.happenings:
        insert_happening(connection, happening)
    for utterance in made.utterances:
        insert_utterance(connection, utterance)
    for tie in made.ties:
        insert_tie(connection, tie, layer=0)
    overlay.lay_over_ties(connection, made.ties)
    replace_kept(connection, kept)
    connection.execute("DELETE FROM ungathered")
    mark_fresh(connection, stamp if kept else "")


def insert_story(connection: sqlite3.Connection, story: Story) -> None:
    """The rows of a story."""
    connection.execute(
        "INSERT INTO stories (id, title, date, why, first, last) VALUES (?, ?, ?, ?, ?, ?)",
        (story.id, story.title, story.date, story.why, *bounds(story.date)),
    )
    connection.executemany(
        "INSERT INTO story_reports (story, ord, report_id) VALUES (?, ?, ?)",
        [(story.id, order, id_) for order, id_ in enumerate(story.report_ids)],
    )
    connection.executemany(
        "INSERT INTO story_copies (story, ord, copy_id, original_id) VALUES (?, ?, ?, ?)",
        [(story.id, order, *pair) for order, pair in enumerate(story.copies)],
    )


def insert_happening(connection: sqlite3.Connection, happening: Happening) -> None:
    """The rows of a happening."""
    connection.execute(
        "INSERT INTO happenings (id, story_id, event, date, why, first) VALUES (?, ?, ?, ?, ?, ?)",
        (
            happening.id, happening.story_id, happening.event, happening.date, happening.why,
            bounds(happening.date)[0],
        ),
    )  # fmt: skip
    _members(connection, "happening", happening.id, happening.member_ids)


def insert_utterance(connection: sqlite3.Connection, utterance: Utterance) -> None:
    """The rows of an utterance."""
    connection.execute(
        "INSERT INTO utterances (id, story_id, speaker, why) VALUES (?, ?, ?, ?)",
        (utterance.id, utterance.story_id, utterance.speaker, utterance.why),
    )
    _members(connection, "utterance", utterance.id, utterance.member_ids)


def mark_fresh(connection: sqlite3.Connection, stamp: str) -> None:
    """Note that what was gathered rests on all that was read, and what it was made with."""
    for key, value in (("gathered", "fresh"), ("gathered_with", stamp)):
        connection.execute(
            "INSERT INTO meta (key, value) VALUES (?, ?) "
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value",
            (key, value),
        )


def mark_changed(connection: sqlite3.Connection, seq: int) -> None:
    """Note that what was gathered does not know a report as it is."""
    connection.execute("INSERT OR IGNORE INTO ungathered VALUES (?)", (seq,))
    connection.execute(
        "INSERT INTO meta (key, value) VALUES ('gathered', 'stale') "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value"
    )


def _replace(connection: sqlite3.Connection, seq: int, read: ReadReport, id_: str) -> None:
    """Put a new reading in the place of an old one; the report keeps its number and id."""
    for table in (
        "sentences",
        "mentions",
        "moments",
        "events",
        "statements",
        "tellings",
        "report_keys",
    ):
        connection.execute(f"DELETE FROM {table} WHERE report = ?", (seq,))
    report = read.report
    names = ", ".join(f"{column} = ?" for column in codec.REPORT_COLUMNS)
    connection.execute(
        f"UPDATE reports SET digest = ?, text_digest = ?, reader = ?, {names} WHERE seq = ?",
        (
            codec.report_digest(report), codec.text_digest(report), read.reader,
            *codec.report_row(report, read.embedding), seq,
        ),
    )  # fmt: skip
    _fill(connection, seq, renamed(read, id_))


def _insert(connection: sqlite3.Connection, read: ReadReport, id_: str) -> None:
    report = read.report
    columns = ("id", "given_id", "digest", "text_digest", "reader", *codec.REPORT_COLUMNS)
    seq = connection.execute(
        codec.insert("reports", columns),
        (
            id_, report.id, codec.report_digest(report), codec.text_digest(report), read.reader,
            *codec.report_row(report, read.embedding),
        ),
    ).lastrowid  # fmt: skip
    assert seq is not None
    _fill(connection, seq, renamed(read, id_))


def _fill(connection: sqlite3.Connection, seq: int, read: ReadReport) -> None:
    """All rows that belong to a report, with people's corrections laid over them."""
    fill_report(Codings(connection), seq, read)
    overlay.lay_over_report(connection, seq, read.report, read.events, read.statements)
    mark_changed(connection, seq)


def _members(connection: sqlite3.Connection, kind: str, id_: str, members: Iterable[str]) -> None:
    connection.executemany(
        f"INSERT INTO {kind}_members ({kind}, ord, member_id) VALUES (?, ?, ?)",
        [(id_, order, member) for order, member in enumerate(members)],
    )


def _spans(read: ReadReport) -> Iterable[tuple[str, Span]]:
    """Every span of a reading, each with what it belongs to."""
    for sentence in read.sentences:
        yield f"sentence {sentence.index}", sentence.span
    for mention in read.mentions:
        yield "a mention", mention.span
        if mention.actor is not None:
            yield "the party of a mention", mention.actor.span
    for moment in read.moments:
        yield "a date", moment.span
    for event in read.events:
        yield f"event {event.id}", event.span
        yield f"the trigger of event {event.id}", event.trigger
        for actor in (*event.actor, *event.recipient):
            yield f"a party of event {event.id}", actor.span
        if event.event_loc is not None:
            yield f"the place of event {event.id}", event.event_loc.span
    for statement in read.statements:
        yield f"statement {statement.id}", statement.span
        yield f"the content of statement {statement.id}", statement.content
        if statement.cue is not None:
            yield f"the cue of statement {statement.id}", statement.cue
        if statement.occasion is not None:
            yield f"the occasion of statement {statement.id}", statement.occasion.span
        for position in statement.positions:
            yield f"a position of statement {statement.id}", position.span
            for actor in position.toward:
                yield f"a party of a position of statement {statement.id}", actor.span
        for party in (statement.speaker, statement.addressee, statement.via):
            if party is not None:
                yield f"a party of statement {statement.id}", party.span
    for telling in read.tellings:
        yield f"telling {telling.id}", telling.span
        for actor in telling.members:
            yield f"a party of telling {telling.id}", actor.span
