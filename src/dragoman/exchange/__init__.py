"""Out of the record, and in from others' data."""

from dragoman.exchange.tables import TABLES, TableName, event_rows, export_rows, statement_rows
from dragoman.exchange.writers import FORMATS, Format, export

__all__ = [
    "FORMATS",
    "TABLES",
    "Format",
    "TableName",
    "event_rows",
    "export",
    "export_rows",
    "statement_rows",
]
