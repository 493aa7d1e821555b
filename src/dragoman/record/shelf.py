"""The record as the shelf of :mod:`dragoman.gathering.updating`: what is kept, asked for and replaced.

Lives as long as one transaction.
"""

# ruff: noqa: S608 (only names of this package are written into SQL; values are parameters)

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np

from dragoman.entries import Event
from dragoman.gathering.happenings import telling_of
from dragoman.gathering.retelling import Part
from dragoman.record import codec, gathered, keeping, overlay, reading_back, writing
from dragoman.record.inserting import insert_tie
from dragoman.record.lookup import entries_by_id
from dragoman.record.overview import report_days
from dragoman.record.queries import CHUNK, marks

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from dragoman.entries import ReadReport, Story, Tie, Utterance
    from dragoman.gathering.around import Around, StoryChange
    from dragoman.gathering.cards import Card
    from dragoman.gathering.happenings import Telling
    from dragoman.gathering.rejoining import RetoldChange
    from dragoman.gathering.retelling import Key, Link
    from dragoman.gathering.ties import Told

    Columns = tuple[NDArray[np.uint64], NDArray[np.int64], NDArray[np.int64]]

_Value = TypeVar("_Value")


class RecordShelf:
    """What one record keeps for gathering, inside the transaction of a connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._posted: dict[int, NDArray[np.int32]] = {}

    def reads(self, report_ids: Iterable[str]) -> Iterator[ReadReport]:
        """Reports with what was read from them, corrections laid over it."""
        for id_ in report_ids:
            yield reading_back.read_report(self.connection, id_, corrected=True, whole=False)

    # ------------------------------------------------------------ cards and stories

    def posted(self, terms: Sequence[int]) -> Columns:
        """Which cards have which of these among their key terms: (term, number, day or -1)."""
        lacking = [term for term in terms if term not in self._posted]
        found: dict[int, list[bytes]] = {term: [] for term in lacking}
        for term, cards in self._each(
            "SELECT term, cards FROM card_terms WHERE term IN ({})", lacking
        ):
            found[term].append(cards)
        for term, parts in found.items():
            self._posted[term] = np.frombuffer(b"".join(parts), "<i4").reshape(-1, 2)
        own = [self._posted[term] for term in terms]
        rows = np.concatenate(own).astype(np.int64) if own else np.zeros((0, 2), dtype=np.int64)
        repeated = np.repeat(np.array(terms, dtype=np.uint64), [len(part) for part in own])
        return repeated, rows[:, 0], rows[:, 1]

    def edges(self, numbers: Iterable[int]) -> Around:
        """The cards near each of these, with their likeness."""
        return self._around("card_edges", numbers)

    def neighbours(self, numbers: Iterable[int]) -> Around:
        """The cards that sharpen each of these."""
        return self._around("card_neighbours", numbers)

    def linked(self, numbers: Iterable[int]) -> Around:
        """The cards that may share a story with each of these."""
        return self._around("card_links", numbers)

    def _around(self, table: str, numbers: Iterable[int]) -> Around:
        made: Around = {}
        for card, other, likeness in self._each(
            f"SELECT card, other, likeness FROM {table} WHERE card IN ({{}})", numbers
        ):
            made.setdefault(card, {})[other] = likeness
        return made

    def cards(self, numbers: Iterable[int]) -> dict[int, Card]:
        """Cards by the numbers of their reports."""
        columns = ", ".join(f"c.{column}" for column in keeping.CARD_COLUMNS)
        found = self._each(
            f"SELECT c.report, r.id, {columns} FROM cards c JOIN reports r ON r.seq = c.report "
            "WHERE c.report IN ({})",
            numbers,
        )
        return {number: keeping.card_of(id_, tuple(row)) for number, id_, *row in found}

    def stories_of(self, report_ids: Iterable[str]) -> list[Story]:
        """The stories that hold one of these reports."""
        ids = {row[0] for row in self._each("SELECT story FROM story_reports WHERE report_id IN ({})", report_ids)}  # fmt: skip
        rows = self._each("SELECT id, title, date, why FROM stories WHERE id IN ({})", sorted(ids))
        return [gathered.story_of(self.connection, row) for row in rows]

    def put_cards(self, cards: Mapping[str, Card | None]) -> tuple[list[int], dict[int, Card]]:
        """Keep the cards of reports; the numbers of those that are new or differ, and what they were."""
        numbers: dict[str, int] = dict(
            self._each("SELECT id, seq FROM reports WHERE id IN ({})", cards)
        )
        old = self.cards(numbers.values())
        fresh: list[tuple[int, Card]] = []
        removed: dict[int, Card] = {}
        for id_, card in sorted(cards.items()):
            number = numbers[id_]
            was = old.get(number)
            if card and was and keeping.card_row(card) == keeping.card_row(was):
                continue
            if was is not None:
                removed[number] = was
                keeping.remove_card(self.connection, number, was)
            if card is not None:
                fresh.append((number, card))
        keeping.insert_cards(self.connection, fresh)
        self._posted.clear()
        return [number for number, _ in fresh], removed

    def put_stories(self, change: StoryChange) -> None:
        """Put stories in the place of others, and what lies around cards in the place of what did."""
        self._delete("stories", "id", (story.id for story in change.before))
        for story in change.after:
            writing.insert_story(self.connection, story)
        for table, pairs in (("card_edges", change.edges), ("card_links", change.links)):
            both = [
                row
                for (one, other), likeness in pairs
                for row in ((one, other, likeness), (other, one, likeness))
            ]
            self.connection.executemany(
                f"DELETE FROM {table} WHERE card = ? AND other = ?",
                [row[:2] for row in both if row[2] is None],
            )
            keeping.insert_near(
                self.connection, table, [(a, b, value) for a, b, value in both if value is not None]
            )
        self._delete("card_neighbours", "card", (card for card, _ in change.neighbours))
        keeping.insert_near(
            self.connection,
            "card_neighbours",
            [(card, *near) for card, own in change.neighbours for near in own],
        )

    # ------------------------------------------------------------ happenings and utterances

    def parts_told_in(self, report_ids: Iterable[str]) -> list[Part]:
        """Parts with a telling in one of these reports."""
        rows = self._each(
            "SELECT DISTINCT part FROM part_members WHERE report_id IN ({})", report_ids
        )
        return list(self.parts({row[0] for row in rows}).values())

    def parts_with(self, keys: Iterable[Key]) -> set[str]:
        """The parts that have one of these keys."""
        return {
            row[0]
            for key in keys
            for row in self.connection.execute(
                "SELECT part FROM part_keys WHERE actor = ? AND recipient = ? AND year = ?", key
            )
        }

    def parts(self, ids: Iterable[str]) -> dict[str, Part]:
        """Parts by id."""
        wanted = sorted(set(ids))
        members: dict[str, list[tuple[str, str]]] = {}
        for part, telling, report in self._each(
            "SELECT part, telling, report_id FROM part_members WHERE part IN ({}) ORDER BY part, ord",
            wanted,
        ):
            members.setdefault(part, []).append((telling, report))
        columns = ", ".join(keeping.PART_COLUMNS)
        made = {}
        for row in self._each(f"SELECT {columns} FROM parts WHERE id IN ({{}})", wanted):
            id_, story, historical, day, first, report, place, best = row
            order = (first, report, place)
            made[id_] = Part(id_, story, bool(historical), day, order, tuple(members[id_]), best)
        return made

    def retelling(self, ids: Iterable[str]) -> list[str]:
        """The parts that retell one of these."""
        return [row[0] for row in self._each("SELECT id FROM parts WHERE best IN ({})", ids)]

    def links(self, ids: Iterable[str]) -> list[Link]:
        """The links with one of these at either end."""
        wanted = sorted(set(ids))
        found: set[Link] = set()
        for column in ("part", "other"):
            rows = self._each(
                f"SELECT part, other, score FROM part_links WHERE {column} IN ({{}})", wanted
            )
            found.update((one, other, score) for one, other, score in rows)
        return sorted(found)

    def tellings(self, ids: Iterable[str]) -> dict[str, Telling]:
        """Tellings by id, with the stories as they are now."""
        found = entries_by_id(self.connection, sorted(set(ids)))
        events = {id_: entry for id_, entry in found.items() if isinstance(entry, Event)}
        reports = sorted({event.report_id for event in events.values()})
        days = report_days(self.connection, reports)
        undated = [id_ for id_ in reports if days[id_] is None]
        dates: dict[str, str | None] = dict(
            self._each(
                "SELECT m.report_id, s.date FROM story_reports m JOIN stories s ON s.id = m.story "
                "WHERE m.report_id IN ({})",
                undated,
            )
        )
        return {
            id_: telling_of(event, days[event.report_id], dates.get(event.report_id))
            for id_, event in events.items()
        }

    def voices(self, report_ids: Iterable[str]) -> dict[str, str]:
        """The originals of those reports that reprint others."""
        return dict(
            self._each(
                "SELECT copy_id, original_id FROM story_copies WHERE copy_id IN ({})", report_ids
            )
        )

    def put_happenings(self, change: RetoldChange) -> None:
        """Put parts and happenings in the place of others."""
        for table, column in (
            ("part_links", "part"), ("part_links", "other"), ("part_keys", "part"),
            ("part_members", "part"), ("parts", "id"),
        ):  # fmt: skip
            self._delete(table, column, change.gone)
        keeping.insert_parts(self.connection, change.come)
        self.connection.executemany(
            "UPDATE parts SET best = ? WHERE id = ?", [(best, id_) for id_, best in change.best]
        )
        old = self._each(
            "SELECT DISTINCT happening FROM happening_members WHERE member_id IN ({})",
            change.tellings,
        )
        self._delete("happenings", "id", {row[0] for row in old})
        for happening in change.happenings:
            writing.insert_happening(self.connection, happening)

    def put_utterances(self, story_ids: Iterable[str], made: Iterable[Utterance]) -> None:
        """Put utterances in the place of those of some stories."""
        self._delete("utterances", "story_id", story_ids)
        for utterance in made:
            writing.insert_utterance(self.connection, utterance)

    # ------------------------------------------------------------ ties

    def put_told(self, told: Mapping[str, Sequence[Told]]) -> set[tuple[tuple[str, ...], str]]:
        """Keep what reports tell of ties; the members and kinds of all that they tell or told."""
        before = self.kinds_told(told)
        self._delete("told", "report_id", told)
        keeping.insert_told(self.connection, (one for own in told.values() for one in own))
        return before | {(one.members, one.kind) for own in told.values() for one in own}

    def kinds_told(self, report_ids: Iterable[str]) -> set[tuple[tuple[str, ...], str]]:
        """The members and kinds of what some reports tell of ties."""
        rows = self._each(
            "SELECT DISTINCT members, kind FROM told WHERE report_id IN ({})", report_ids
        )
        return {(codec.members_of(members), kind) for members, kind in rows}

    def told(self, members: tuple[str, ...], kind: str) -> list[Told]:
        """All that is told of some members and a kind, in the voices that count now."""
        columns = ", ".join(f"t.{column}" for column in keeping.TOLD_COLUMNS)
        rows = self.connection.execute(
            f"SELECT {columns}, (SELECT original_id FROM story_copies WHERE copy_id = t.report_id) "
            "FROM told t WHERE t.members = ? AND t.kind = ?",
            (codec.members_key(members), kind),
        )
        return [keeping.told_of(row, voice) for *row, voice in rows]

    def put_ties(self, keys: Collection[tuple[tuple[str, ...], str]], ties: Sequence[Tie]) -> None:
        """Put ties in the place of all those of some members and kinds; what stays as it was is left."""
        columns = ", ".join(codec.TIE_COLUMNS)
        rows = [
            row
            for members, kind in sorted(keys)
            for row in self.connection.execute(
                f"SELECT {columns} FROM ties WHERE members = ? AND kind = ? AND layer = 0",
                (codec.members_key(members), kind),
            )
        ]
        before = {tie.id: tie for tie in gathered.all_ties(self.connection, rows)}
        after = {tie.id: tie for tie in ties}
        self._delete("ties", "id", [i for i, tie in before.items() if after.get(i) != tie])
        new = [tie for id_, tie in after.items() if before.get(id_) != tie]
        for tie in new:
            insert_tie(self.connection, tie, layer=0)
        overlay.lay_over_changed_ties(self.connection)

    # ------------------------------------------------------------ helpers

    def _each(self, command: str, values: Iterable[object]) -> list[codec.Row]:
        """The rows of a query over any number of values, which stand where its braces are."""
        return [
            row
            for part in _chunks(list(values))
            for row in self.connection.execute(command.format(marks(part)), part)
        ]

    def _delete(self, table: str, column: str, values: Iterable[object]) -> None:
        self.connection.executemany(
            f"DELETE FROM {table} WHERE {column} = ?", [(value,) for value in values]
        )


def _chunks(values: Sequence[_Value]) -> Iterator[list[_Value]]:
    for start in range(0, len(values), CHUNK):
        yield list(values[start : start + CHUNK])
