"""What a report tells of ties, as rows and back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dragoman.entries import TieTelling
from dragoman.record import codec
from dragoman.spans import Span

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

    from dragoman.record.inserting import Codings

_COLUMNS = (
    "id", "report", "ord", "sentence", "start", "end", "text", "kind", "state", "date",
    "date_precision", "until", "said_by", "auxiliary", "coder", "why",
)  # fmt: skip


def insert_telling(codings: Codings, telling: TieTelling, seq: int, order: int) -> None:
    """The rows of one telling of report number `seq`, inside the transaction of `codings`."""
    span = telling.span
    number = codings.connection.execute(
        codec.insert("tellings", _COLUMNS),
        (
            telling.id, seq, order, telling.sentence, span.start, span.end, span.text,
            telling.kind, telling.state, telling.date, telling.date_precision, telling.end,
            telling.said_by, json.dumps(telling.auxiliary), telling.coder, telling.why,
        ),
    ).lastrowid  # fmt: skip
    codings.connection.executemany(
        "INSERT INTO telling_parties VALUES (?, ?, ?, ?, ?, ?)",
        [
            (
                number,
                place,
                codings.number(actor),
                actor.span.start,
                actor.span.end,
                actor.span.text,
            )
            for place, actor in enumerate(telling.members)
        ],
    )


def tellings_of(connection: sqlite3.Connection, seq: int, report_id: str) -> Iterator[TieTelling]:
    """The tellings of report number `seq`, in the order of its text."""
    rows = connection.execute(
        "SELECT seq, id, sentence, start, end, text, kind, state, date, date_precision, until, "
        "said_by, auxiliary, coder, why FROM tellings WHERE report = ? ORDER BY ord",
        (seq,),
    ).fetchall()
    for number, id_, sentence, start, end, text, kind, state, *rest in rows:
        date, precision, until, said_by, auxiliary, coder, why = rest
        parties = connection.execute(
            "SELECT c.name, c.entity_code, c.country_code, c.sector_code, c.other_sector_codes, "
            "c.catalogue_id, c.why, p.start, p.end, p.text FROM telling_parties p "
            "JOIN codings c ON c.seq = p.coding WHERE p.telling = ? ORDER BY p.ord",
            (number,),
        )
        yield TieTelling(
            id=id_,
            report_id=report_id,
            sentence=sentence,
            span=Span(start, end, text),
            members=tuple(
                codec.actor_of(tuple(how), first, last, words)
                for *how, first, last, words in parties
            ),
            kind=kind,
            state=state,
            date=date,
            date_precision=precision,
            end=until,
            said_by=said_by,
            auxiliary=tuple(json.loads(auxiliary)),
            coder=coder,
            why=why,
        )
