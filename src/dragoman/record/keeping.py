"""What gathering keeps between two runs, as rows: cards, parts of happenings, what is told of ties.

Every function works inside the one transaction of the connection that it is given.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from dragoman.gathering.blocks import key_terms
from dragoman.gathering.cards import Card
from dragoman.gathering.ties import Told
from dragoman.record import codec
from dragoman.spans import Span

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from dragoman.gathering import Kept, Retold
    from dragoman.gathering.stories import Surroundings

CARD_COLUMNS = (
    "day", "outlet", "wire", "title", "titled", "length", "reach", "terms", "weights",
    "title_terms", "shingles",
)  # fmt: skip
PART_COLUMNS = (
    "id", "story_id", "historical", "day", "first_day", "first_report", "first_place", "best",
)  # fmt: skip
TOLD_COLUMNS = (
    "members", "kind", "state", "date", "until", "day", "report_id", "start", "end", "text",
    "said_by", "event_id", "coder",
)  # fmt: skip
_TABLES = (
    "cards", "card_terms", "card_edges", "card_neighbours", "card_links", "parts", "part_members",
    "part_keys", "part_links", "told",
)  # fmt: skip
# So many reports share a row of card_terms.
SHELF = 4096


def replace_kept(connection: sqlite3.Connection, kept: Kept | None) -> None:
    """Put all that is kept in the place of what was."""
    for table in reversed(_TABLES):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608
    if kept is None:
        return
    numbers = dict(connection.execute("SELECT id, seq FROM reports"))
    insert_cards(connection, ((numbers[card.id], card) for card in kept.cards))
    insert_around(connection, [numbers[id_] for id_ in kept.around.ids], kept.around)
    insert_parts(connection, kept.retold)
    insert_told(connection, kept.told)


def insert_cards(connection: sqlite3.Connection, cards: Iterable[tuple[int, Card]]) -> None:
    """Cards under the numbers of their reports, with their key terms."""
    terms: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    command = codec.insert("cards", ("report", *CARD_COLUMNS))
    for number, card in cards:
        connection.execute(command, (number, *card_row(card)))
        day = -1 if card.day is None else card.day
        for term in key_terms(card).tolist():
            terms[term, number // SHELF].append((number, day))
    connection.executemany(
        "INSERT INTO card_terms VALUES (?, ?, ?) "
        "ON CONFLICT (term, shelf) DO UPDATE SET cards = CAST(cards || excluded.cards AS BLOB)",
        [(*key, np.array(rows, dtype="<i4").tobytes()) for key, rows in sorted(terms.items())],
    )


def remove_card(connection: sqlite3.Connection, number: int, card: Card) -> None:
    """A card is no more; what lies around it is not touched."""
    connection.execute("DELETE FROM cards WHERE report = ?", (number,))
    for term in key_terms(card).tolist():
        key = (term, number // SHELF)
        (cards,) = connection.execute(
            "SELECT cards FROM card_terms WHERE term = ? AND shelf = ?", key
        ).fetchone()
        rows = np.frombuffer(cards, "<i4").reshape(-1, 2)
        connection.execute(
            "UPDATE card_terms SET cards = ? WHERE term = ? AND shelf = ?",
            (rows[rows[:, 0] != number].tobytes(), *key),
        )


def insert_around(
    connection: sqlite3.Connection, numbers: Sequence[int], around: Surroundings
) -> None:
    """What lies around cards, which are given by their places in `numbers`."""
    for table, pairs in (("card_edges", around.edges), ("card_links", around.links)):
        both = [(numbers[a], numbers[b], likeness) for a, b, likeness in pairs]
        both.extend([(b, a, likeness) for a, b, likeness in both])
        insert_near(connection, table, sorted(both))
    insert_near(
        connection,
        "card_neighbours",
        sorted((numbers[a], numbers[b], likeness) for a, b, likeness in around.neighbours),
    )


def insert_near(
    connection: sqlite3.Connection, table: str, rows: Iterable[tuple[int, int, float]]
) -> None:
    """Cards around cards, in the place of what was told of the same pairs."""
    connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES (?, ?, ?)", rows)  # noqa: S608


def card_row(card: Card) -> codec.Row:
    """The values of CARD_COLUMNS."""
    return (
        card.day, card.outlet, card.wire, card.title, int(card.titled), card.length, card.reach,
        card.terms.astype("<u4").tobytes(), card.weights.astype("<f4").tobytes(),
        card.title_terms.astype("<u4").tobytes(), card.shingles.astype("<u4").tobytes(),
    )  # fmt: skip


def card_of(report_id: str, row: codec.Row) -> Card:
    """The card of the values of CARD_COLUMNS."""
    day, outlet, wire, title, titled, length, reach, terms, weights, title_terms, shingles = row
    return Card(
        id=report_id, day=day, outlet=outlet, wire=wire, title=title, titled=bool(titled),
        length=length, terms=np.frombuffer(terms, "<u4"), weights=np.frombuffer(weights, "<f4"),
        title_terms=np.frombuffer(title_terms, "<u4"), shingles=np.frombuffer(shingles, "<u4"),
        reach=reach,
    )  # fmt: skip


def insert_parts(connection: sqlite3.Connection, retold: Retold) -> None:
    """Parts with their members, keys and links."""
    connection.executemany(
        codec.insert("parts", PART_COLUMNS),
        [
            (part.id, part.story_id, int(part.historical), part.day, *part.order, part.best)
            for part in retold.parts
        ],
    )
    connection.executemany(
        "INSERT INTO part_members VALUES (?, ?, ?, ?)",
        [
            (part.id, order, *member)
            for part in retold.parts
            for order, member in enumerate(part.members)
        ],
    )
    connection.executemany(
        "INSERT INTO part_keys VALUES (?, ?, ?, ?)", [(*key, id_) for key, id_ in retold.keys]
    )
    connection.executemany("INSERT INTO part_links VALUES (?, ?, ?)", retold.links)


def insert_told(connection: sqlite3.Connection, told: Iterable[Told]) -> None:
    """What reports tell of ties."""
    connection.executemany(
        codec.insert("told", TOLD_COLUMNS),
        [
            (
                codec.members_key(one.members), one.kind, one.state, one.date, one.end, one.day,
                one.report_id, one.start, one.stop, one.words.text, one.said_by, one.event_id,
                one.coder,
            )
            for one in told
        ],
    )  # fmt: skip


def told_of(row: codec.Row, voice: str | None) -> Told:
    """What is told, of the values of TOLD_COLUMNS, in the voice of its source."""
    members, kind, state, date, until, day, report_id, start, end, text, said_by, event, coder = row
    return Told(
        members=codec.members_of(members), kind=kind, state=state, date=date, end=until, day=day,
        report_id=report_id, voice=voice or report_id, start=start, stop=end,
        words=Span(start, end, text), said_by=said_by, event_id=event, coder=coder,
    )  # fmt: skip
