"""The seven tables of a record as streams of export objects."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar, get_args

from dragoman.errors import UnknownValueError
from dragoman.exchange import rows
from dragoman.record import Where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dragoman.entries import Event, Statement
    from dragoman.record import Record

TableName = Literal[
    "reports", "events", "statements", "ties", "stories", "utterances", "happenings"
]
TABLES: tuple[TableName, ...] = get_args(TableName)

ExportRow: TypeAlias = "Mapping[str, Any]"

T = TypeVar("T")

# Rows whose neighbours (happening, story, utterance) are looked up at once.
_BATCH = 500


def export_rows(record: Record, table: str, where: Where | None = None) -> Iterator[ExportRow]:
    """The export objects of a table, in the order of the record's own lists.

    Reports, events and statements are streamed: memory stays flat.

    Raises:
        UnknownValueError: if there is no such table.
        NotFoundError: if `where` names an actor that the record does not know.
    """
    asked = where or Where()
    if table == "reports":
        return map(rows.report_row, record.each_report(asked))
    if table == "events":
        return event_rows(record, record.each_event(asked))
    if table == "statements":
        return statement_rows(record, record.each_statement(asked))
    if table == "ties":
        return map(rows.tie_row, record.ties(asked))
    if table == "stories":
        return map(rows.story_row, record.stories(asked))
    if table == "utterances":
        return map(rows.members_row, record.utterances(asked))
    if table == "happenings":
        return map(rows.members_row, record.happenings(asked))
    raise UnknownValueError(table, TABLES, what="the table")


def event_rows(record: Record, events: Iterable[Event]) -> Iterator[rows.EventRow]:
    """Events as they are exported."""
    for batch in _batches(events):
        settings = record.settings(batch)
        yield from (rows.event_row(event, settings[event.id]) for event in batch)


def statement_rows(record: Record, statements: Iterable[Statement]) -> Iterator[rows.StatementRow]:
    """Statements as they are exported."""
    for batch in _batches(statements):
        groups = record.utterances_of([entry.id for entry in batch])
        yield from (rows.statement_row(entry, groups.get(entry.id)) for entry in batch)


def _batches(items: Iterable[T]) -> Iterator[list[T]]:
    iterator = iter(items)
    while batch := list(islice(iterator, _BATCH)):
        yield batch
