"""Writing: a report with all that was read from it, what gathering made, and corrections.

Every function here works inside the one transaction of the connection that it is given.
"""

# ruff: noqa: S608 (only names of this package are written into SQL; values are parameters)

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from dragoman.entries import Event, Statement, Tie
from dragoman.errors import RecordError
from dragoman.ids import content_id
from dragoman.record import codec, corrections, gathered, reading_back
from dragoman.record.days import bounds

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from dragoman.entries import Actor, Gathered, ReadReport, Report
    from dragoman.record.corrections import Correction
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
    entries: tuple[Event | Statement, ...] = (*read.events, *read.statements)
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
    )


def replace_gathered(connection: sqlite3.Connection, made: Gathered) -> None:
    """Put what gathering made in the place of what it made before, and lay corrections over it."""
    for table in ("stories", "happenings", "utterances", "ties"):
        connection.execute(f"DELETE FROM {table}")
    for story in made.stories:
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
    for happening in made.happenings:
        connection.execute(
            "INSERT INTO happenings (id, story_id, event, date, why, first) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (
                happening.id, happening.story_id, happening.event, happening.date, happening.why,
                bounds(happening.date)[0],
            ),
        )  # fmt: skip
        _members(connection, "happening", happening.id, happening.member_ids)
    for utterance in made.utterances:
        connection.execute(
            "INSERT INTO utterances (id, story_id, speaker, why) VALUES (?, ?, ?, ?)",
            (utterance.id, utterance.story_id, utterance.speaker, utterance.why),
        )
        _members(connection, "utterance", utterance.id, utterance.member_ids)
    for tie in made.ties:
        _insert_tie(connection, tie, layer=0)
    lay_over_ties(connection, made.ties)
    mark_gathered(connection, fresh=True)


def mark_gathered(connection: sqlite3.Connection, *, fresh: bool) -> None:
    """Note whether what was gathered rests on all that was read."""
    connection.execute(
        "INSERT INTO meta (key, value) VALUES ('gathered', ?) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value <> excluded.value",
        ("fresh" if fresh else "stale",),
    )


def lay_over_report(
    connection: sqlite3.Connection,
    seq: int,
    report: Report,
    events: Sequence[Event],
    statements: Sequence[Statement],
) -> None:
    """Lay the corrections over a report's entries, in the place of what was laid over before."""
    decided = corrections.for_report(connection, report.id)
    for table in ("events", "statements"):
        connection.execute(f"DELETE FROM {table} WHERE report = ? AND layer = 1", (seq,))
        connection.execute(
            f"UPDATE {table} SET hidden = 0 WHERE report = ? AND hidden <> 0",
            (seq,),
        )
    if not decided:
        return
    entries: tuple[Event | Statement, ...] = (*events, *statements)
    aimed = corrections.aimed(decided, entries)
    for order, event in enumerate(events):
        laid = corrections.lay(event, aimed.get(event.id, ()))
        _hide(connection, "events", event.id, amended=laid.entry != event, rejected=laid.rejected)
        if laid.entry != event:
            assert isinstance(laid.entry, Event)
            _insert_event(connection, laid.entry, seq, order, 1, hidden=int(laid.rejected))
    for order, statement in enumerate(statements):
        laid = corrections.lay(statement, aimed.get(statement.id, ()))
        _hide(
            connection,
            "statements",
            statement.id,
            amended=laid.entry != statement,
            rejected=laid.rejected,
        )
        if laid.entry != statement:
            assert isinstance(laid.entry, Statement)
            number = _insert_statement(
                connection, laid.entry, seq, order, report.published, 1, hidden=int(laid.rejected)
            )
            _copy_about(connection, statement.id, number)


def lay_over_ties(connection: sqlite3.Connection, ties: Sequence[Tie]) -> None:
    """Lay the corrections over the ties, in the place of what was laid over before."""
    connection.execute("DELETE FROM ties WHERE layer = 1")
    connection.execute("UPDATE ties SET hidden = 0 WHERE hidden <> 0")
    decided = corrections.for_report(connection, None)
    aimed = corrections.aimed(decided, ties) if decided else {}
    for tie in ties:
        if tie.id not in aimed:
            continue
        laid = corrections.lay(tie, aimed[tie.id])
        _hide(connection, "ties", tie.id, amended=laid.entry != tie, rejected=laid.rejected)
        if laid.entry != tie:
            assert isinstance(laid.entry, Tie)
            _insert_tie(connection, laid.entry, layer=1, hidden=int(laid.rejected))


def correct(
    connection: sqlite3.Connection,
    entry: corrections.Entry,
    verdict: corrections.Verdict,
    amend: Mapping[str, str | None],
    *,
    who: str | None,
    when: str | None,
    note: str,
) -> tuple[Correction, ...]:
    """Add what a person decided about an entry, and lay it over the result.

    Raises:
        UnknownValueError, UsageError: for a field or a value that is not allowed.
    """
    kind = corrections.kind_of(entry)
    report_id = None if isinstance(entry, Tie) else entry.report_id
    changes = {
        field: corrections.checked(connection, kind, field, value) for field, value in amend.items()
    }
    decided: list[tuple[str | None, str | None]] = [*changes.items()] or [(None, None)]
    made = tuple(
        corrections.Correction(
            kind, entry.id, report_id, corrections.words_of(entry), corrections.coding_of(entry),
            verdict, field, value, who, when, note,
        )
        for field, value in decided
    )  # fmt: skip
    for correction in made:
        corrections.keep(connection, correction)
    if report_id is None:
        lay_over_ties(connection, gathered.gathered(connection).ties)
        return made
    read = reading_back.read_report(connection, report_id)
    (seq,) = connection.execute("SELECT seq FROM reports WHERE id = ?", (report_id,)).fetchone()
    lay_over_report(connection, seq, read.report, read.events, read.statements)
    mark_gathered(connection, fresh=False)
    return made


def _hide(
    connection: sqlite3.Connection,
    table: str,
    id_: str,
    *,
    amended: bool,
    rejected: bool,
) -> None:
    hidden = 2 if amended else int(rejected)
    if hidden:
        connection.execute(
            f"UPDATE {table} SET hidden = ? WHERE id = ? AND layer = 0",
            (hidden, id_),
        )


def _replace(connection: sqlite3.Connection, seq: int, read: ReadReport, id_: str) -> None:
    """Put a new reading in the place of an old one; the report keeps its number and id."""
    for table in ("sentences", "mentions", "moments", "events", "statements", "report_keys"):
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
    """All rows that belong to a report."""
    connection.executemany(
        "INSERT INTO sentences VALUES (?, ?, ?, ?, ?, ?)",
        [
            (seq, order, item.index, item.kind, item.span.start, item.span.end)
            for order, item in enumerate(read.sentences)
        ],
    )
    connection.executemany(
        "INSERT INTO moments VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [(seq, order, *codec.moment_row(item)) for order, item in enumerate(read.moments)],
    )
    _insert_mentions(connection, seq, read)
    for order, event in enumerate(read.events):
        _insert_event(connection, event, seq, order, 0)
    for order, statement in enumerate(read.statements):
        number = _insert_statement(connection, statement, seq, order, read.report.published, 0)
        _insert_about(connection, statement, number, read)
    lay_over_report(connection, seq, read.report, read.events, read.statements)
    mark_gathered(connection, fresh=False)


def _insert_mentions(connection: sqlite3.Connection, seq: int, read: ReadReport) -> None:
    rows = []
    counts: Counter[int] = Counter()
    for order, item in enumerate(read.mentions):
        actor = item.actor
        coding = None if actor is None else _coding(connection, actor)
        place = (None, None) if actor is None else (actor.span.start, actor.span.end)
        rows.append((
            seq, order, item.sentence, item.kind, item.span.start, item.span.end, item.head,
            coding, *place,
        ))  # fmt: skip
        if actor is not None:
            counts.update(_keys(connection, actor))
    for actor in _parties(read):
        # A party of an event or a statement counts as met, though nothing may mention it by name.
        for key in _keys(connection, actor):
            counts.setdefault(key, 0)
    connection.executemany("INSERT INTO mentions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
    connection.executemany(
        "INSERT INTO report_keys VALUES (?, ?, ?)",
        [(key, seq, times) for key, times in sorted(counts.items())],
    )


def _insert_event(
    connection: sqlite3.Connection, event: Event, seq: int, order: int, layer: int, hidden: int = 0
) -> None:
    number = connection.execute(
        codec.insert("events", (*codec.EVENT_COLUMNS, "hidden")),
        (*codec.event_row(event, layer=layer, report=seq, order=order), hidden),
    ).lastrowid
    rows = [
        (number, role, place, _coding(connection, actor), *_offsets(actor.span))
        for role, actors in (("actor", event.actor), ("recipient", event.recipient))
        for place, actor in enumerate(actors)
    ]
    connection.executemany("INSERT INTO event_parties VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
    first, _ = bounds(event.date, event.enddate)
    connection.executemany(
        "INSERT INTO event_keys VALUES (?, ?, ?, ?)",
        [(a, b, first, number) for a, b in sorted(_pairs(connection, event))],
    )


def _pairs(connection: sqlite3.Connection, event: Event) -> set[tuple[int, int]]:
    """Keys of the event's parties, each with 0, and of the parties that deal with one another."""
    actors = [_keys(connection, actor) for actor in event.actor]
    recipients = [_keys(connection, actor) for actor in event.recipient]
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


def _insert_statement(
    connection: sqlite3.Connection,
    statement: Statement,
    seq: int,
    order: int,
    told: str | None,
    layer: int,
    hidden: int = 0,
) -> int:
    row = codec.statement_row(statement, layer=layer, report=seq, order=order, told=told)
    number = connection.execute(
        codec.insert("statements", (*codec.STATEMENT_COLUMNS, "hidden")), (*row, hidden)
    ).lastrowid
    assert number is not None
    parties = {
        "speaker": statement.speaker, "addressee": statement.addressee, "via": statement.via,
    }  # fmt: skip
    for role, actor in parties.items():
        if actor is None:
            continue
        connection.execute(
            "INSERT INTO statement_parties VALUES (?, ?, ?, ?, ?, ?)",
            (number, role, _coding(connection, actor), *_offsets(actor.span)),
        )
        connection.executemany(
            "INSERT INTO statement_keys SELECT ?, ?, first, seq FROM statements WHERE seq = ?",
            [(role, key, number) for key in sorted(set(_keys(connection, actor)))],
        )
    return number


def _insert_about(
    connection: sqlite3.Connection, statement: Statement, number: int, read: ReadReport
) -> None:
    """Whom the words are about: all who are mentioned in them."""
    about = {
        key
        for mention in read.mentions
        if mention.actor is not None and statement.content.holds(mention.span)
        for key in _keys(connection, mention.actor)
    }
    connection.executemany(
        "INSERT INTO statement_keys SELECT 'about', ?, first, seq FROM statements WHERE seq = ?",
        [(key, number) for key in sorted(about)],
    )


def _copy_about(connection: sqlite3.Connection, id_: str, number: int) -> None:
    connection.execute(
        "INSERT INTO statement_keys SELECT 'about', k.key, new.first, new.seq "
        "FROM statement_keys k JOIN statements old ON old.seq = k.statement, statements new "
        "WHERE old.id = ? AND old.layer = 0 AND k.role = 'about' AND new.seq = ?",
        (id_, number),
    )


def _insert_tie(connection: sqlite3.Connection, tie: Tie, layer: int, hidden: int = 0) -> None:
    connection.execute(
        codec.insert("ties", (*codec.TIE_COLUMNS, "hidden")), (*codec.tie_row(tie, layer), hidden)
    )
    connection.executemany(
        "INSERT INTO tie_members VALUES (?, ?, ?, ?)",
        [(tie.id, layer, order, member) for order, member in enumerate(tie.members)],
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


def _parties(read: ReadReport) -> Iterable[Actor]:
    for event in read.events:
        yield from event.actor
        yield from event.recipient
    for said in read.statements:
        yield from (
            party for party in (said.speaker, said.addressee, said.via) if party is not None
        )


def _members(connection: sqlite3.Connection, kind: str, id_: str, members: Iterable[str]) -> None:
    connection.executemany(
        f"INSERT INTO {kind}_members ({kind}, ord, member_id) VALUES (?, ?, ?)",
        [(id_, order, member) for order, member in enumerate(members)],
    )


def _coding(connection: sqlite3.Connection, actor: Actor) -> int:
    """The number of the way an actor was coded; a new one is added."""
    row = codec.coding_row(actor)
    found = connection.execute("SELECT seq FROM codings WHERE digest = ?", row[:1]).fetchone()
    if found is not None:
        return int(found[0])
    columns = (
        "digest", "name", "entity_code", "country_code", "sector_code", "other_sector_codes",
        "catalogue_id", "why",
    )  # fmt: skip
    number = connection.execute(codec.insert("codings", columns), row).lastrowid
    assert number is not None
    return number


def _keys(connection: sqlite3.Connection, actor: Actor) -> tuple[int, ...]:
    """The numbers of an actor's keys; new ones are added."""
    numbers = []
    for key in codec.actor_keys(actor):
        found = connection.execute("SELECT seq FROM keys WHERE key = ?", (key,)).fetchone()
        if found is None:
            found = (connection.execute("INSERT INTO keys (key) VALUES (?)", (key,)).lastrowid,)
        numbers.append(int(found[0]))
    return tuple(numbers)


def _offsets(span: Span) -> tuple[int, int, str]:
    return span.start, span.end, span.text


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
        for party in (statement.speaker, statement.addressee, statement.via):
            if party is not None:
                yield f"a party of statement {statement.id}", party.span
