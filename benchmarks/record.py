"""How fast a large record answers: `python -m benchmarks.record [--events N] [--keep FILE]`.

Makes a record of synthetic events, put straight into the tables, and asks for the events of pairs of
actors. The parties are 200 states, met as states are in the news: the k-th most often met 1/k as often
as the first (Zipf), so that the busiest pair has far more events than the median one. Prints one JSON
object last: milliseconds on the clock (_ms) and of the processor (_cpu_ms), the best of five, with
the pages in memory. Whether the budget is kept is judged by the processor: on a busy machine the clock
measures the other work.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import sqlite3
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from dragoman.record import Where, open_record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

STATES = 200
TYPES = ("AGREE", "CONSULT", "SUPPORT", "ACCUSE", "REJECT", "SANCTION", "ASSAULT")
PER_REPORT = 5
CHUNK = 50_000
BUDGET_MS = 50.0


def code(number: int) -> str:
    """A three-letter code that is no state's: QAA, QAB, ..."""
    return "Q" + "".join(chr(65 + part) for part in divmod(number, 26))


def chosen(events: int) -> tuple[list[int], list[int]]:
    """The actor and the recipient of each event."""
    chance = random.Random(1)
    weights = list(itertools.accumulate(1 / (rank + 1) for rank in range(STATES)))
    actors = chance.choices(range(STATES), cum_weights=weights, k=events)
    return actors, chance.choices(range(STATES), cum_weights=weights, k=events)


def fill(path: Path, events: int, actors: list[int], recipients: list[int]) -> None:
    """Make the record."""
    open_record(path).close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -500000")
    for number in range(STATES):
        # Two keys each, as the reader makes them: the catalogue row and the code.
        connection.execute(
            "INSERT INTO codings VALUES (?, ?, ?, ?, ?, NULL, '[]', ?, 'synthetic')",
            (number + 1, f"d{number}", f"State {code(number)}", code(number), code(number),
             f"state:{code(number)}"),
        )  # fmt: skip
        connection.executemany(
            "INSERT INTO keys VALUES (?, ?)",
            [(2 * number + 1, code(number)), (2 * number + 2, f"state:{code(number)}")],
        )
    chance = random.Random(2)
    days = [chance.randrange(365 * 20) for _ in range(events)]
    for start in range(0, events, CHUNK):
        rows(connection, start, min(events, start + CHUNK), actors, recipients, days)
    connection.commit()
    connection.execute("ANALYZE")
    connection.commit()
    connection.close()


def rows(
    connection: sqlite3.Connection, start: int, end: int, actors: list[int], recipients: list[int],
    days: list[int],
) -> None:  # fmt: skip
    """The rows of events number `start` to `end`."""
    reports = range(start // PER_REPORT, -(-end // PER_REPORT))
    connection.executemany(
        "INSERT INTO reports (seq, id, given_id, digest, text_digest, reader, outlet, source, "
        "status, reason, published, first, last, parts, extra, embedding, text) "
        "VALUES (?, ?, ?, ?, '', 'x', ?, 'bench', 'read', '', '2020-01-01', 20200101, 20200101, "
        "'[]', '[]', x'', ?)",
        [(n + 1, f"r{n}", f"r{n}", f"d{n}", f"Outlet {n % 40}", f"Report {n}.") for n in reports],
    )
    connection.executemany(
        "INSERT INTO events (seq, id, report, ord, sentence, start, end, text, trigger_start, "
        "trigger_end, trigger_text, event, mode, context, auxiliary, quad_code, event_scale, date, "
        "date_precision, date_why, confidence, coder, why, first, last) VALUES (?, ?, ?, ?, 0, 0, 60, "
        "?, 6, 12, 'rebuked', ?, '[]', '[\"diplomatic\"]', '[]', 3, -2.0, ?, 'day', 'told', 0.8, "
        "'rule:bench', 'a phrase of the benchmark', ?, ?)",
        [event_row(n, actors[n], recipients[n], days[n]) for n in range(start, end)],
    )
    connection.executemany(
        "INSERT INTO event_parties VALUES (?, ?, 0, ?, 0, 9, 'the state')",
        itertools.chain.from_iterable(
            ((n + 1, "actor", actors[n] + 1), (n + 1, "recipient", recipients[n] + 1))
            for n in range(start, end)
        ),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO event_keys VALUES (?, ?, ?, ?)",
        itertools.chain.from_iterable(
            key_rows(n, actors[n], recipients[n], days[n]) for n in range(start, end)
        ),
    )


def event_row(number: int, actor: int, recipient: int, day: int) -> tuple[object, ...]:
    """One event's columns."""
    text = f"State {code(actor)} rebuked state {code(recipient)} on day {day}"
    date = f"{2001 + day // 365}-{day % 365 // 31 + 1:02}-{day % 28 + 1:02}"
    first = int(date.replace("-", ""))
    return (
        number + 1, f"e{number:07}", number // PER_REPORT + 1, number % PER_REPORT, text,
        TYPES[number % len(TYPES)], date, first, first,
    )  # fmt: skip


def key_rows(number: int, actor: int, recipient: int, day: int) -> Iterator[tuple[int, ...]]:
    """The keys and pairs of one event."""
    first = (2001 + day // 365) * 10_000 + (day % 365 // 31 + 1) * 100 + day % 28 + 1
    one, other = ((2 * who + 1, 2 * who + 2) for who in (actor, recipient))
    for key in (*one, *other):
        yield key, 0, first, number + 1
    for a in one:
        for b in other:
            yield min(a, b), max(a, b), first, number + 1


def measure(figures: dict[str, object], name: str, task: Callable[[], object]) -> None:
    """Note the best of five: `name`_ms on the clock, `name`_cpu_ms of this process."""
    clock, processor = [], []
    for _ in range(5):
        begun, spent = time.perf_counter(), time.process_time()
        task()
        clock.append((time.perf_counter() - begun) * 1000)
        processor.append((time.process_time() - spent) * 1000)
    figures[f"{name}_ms"] = round(min(clock), 2)
    figures[f"{name}_cpu_ms"] = round(min(processor), 2)


def main() -> None:
    """Make, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument(
        "--keep", type=Path, help="keep the record in this file, and use it if it is there"
    )
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.keep or Path(folder) / "bench.db"
        begun = time.perf_counter()
        actors, recipients = chosen(given.events)
        if not path.exists():
            fill(path, given.events, actors, recipients)
        made = time.perf_counter() - begun
        counts: dict[tuple[int, int], int] = {}
        for pair in zip(actors, recipients, strict=True):
            key = (min(pair), max(pair))
            counts[key] = counts.get(key, 0) + 1
        ranked = sorted(counts, key=lambda pair: (counts[pair], pair))
        # The typical event's pair: half of all events belong to pairs as busy as this or less.
        running = list(itertools.accumulate(counts[pair] for pair in ranked))
        typical = ranked[next(n for n, sum_ in enumerate(running) if sum_ * 2 >= given.events)]
        between = {
            name: (code(pair[0]), code(pair[1]))
            for name, pair in {
                "median": ranked[len(ranked) // 2], "typical": typical, "busiest": ranked[-1],
            }.items()
        }  # fmt: skip
        with open_record(path, readonly=True) as record:
            figures: dict[str, object] = {
                "events": given.events,
                "made_s": round(made, 1),
                "file_mb": round(path.stat().st_size / 1e6),
            }
            for name, two in between.items():
                where = Where(between=two)
                figures[f"{name}_pair_events"] = record.count_events(where)
                measure(figures, f"{name}_pair", lambda where=where: record.events(where))  # type: ignore[misc]
            busiest = between["busiest"]
            page = Where(between=busiest, limit=100)
            late = Where(between=busiest, since="2015", type="SANCTION", limit=100)
            measure(figures, "busiest_pair_first_100", lambda: record.events(page))
            measure(figures, "busiest_pair_filtered_100", lambda: record.events(late))
            measure(
                figures,
                "one_actor_first_100",
                lambda: record.events(Where(actor=code(0), limit=100)),
            )
            measure(figures, "by_id", lambda: record.find("e0000007"))
            measure(figures, "unknown_name", lambda: record.actor_keys("nobody"))
        worst = max(
            float(str(figures[name]))
            for name in (
                "median_pair_cpu_ms",
                "typical_pair_cpu_ms",
                "busiest_pair_first_100_cpu_ms",
            )
        )
        figures["under_50_ms"] = worst < BUDGET_MS
        print(json.dumps(figures))


if __name__ == "__main__":
    main()
