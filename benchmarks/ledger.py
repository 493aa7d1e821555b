"""How fast ties are worked out and asked for: `python -m benchmarks.ledger [--events N]`.

Makes read reports of five events and one telling of a tie each, between 200 states met as often as states
are in the news (as in benchmarks.record), with dates over twenty years. Prints one JSON object last: seconds for
all ties anew (`all_ties_s`, one process), milliseconds for the ties of the busiest pair alone when one more
report tells of it (`one_pair_ms`), and for asking a record that holds all ties for a pair's history, its first page
and how the two stand (`busiest_history_ms`, `busiest_page_ms`, `median_history_ms`), best of five, of the processor
(_cpu) too; and how many pairs, from the busiest on, have a whole history that takes longer than 50 ms
(`pairs_over_50_ms`, of `pairs`).
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import tempfile
import time
from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.record import PER_REPORT, STATES, TYPES, code, measure
from dragoman.analysis.standing import standing
from dragoman.entries import Actor, Event, Gathered, ReadReport, Report, TieTelling
from dragoman.gathering.ties import Told, find_ties, ledger, tellings_of
from dragoman.record import Where, open_record
from dragoman.rulebook import load_rulebook
from dragoman.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.analysis.standing import Standing
    from dragoman.record import Record
    from dragoman.rulebook import Rulebook

# Ties on one page of a history.
PAGE = 200
# What a pair's history may take.
BOUND_MS = 50.0
WORDS = Span(0, 30, "The two states broke relations")
NAME = Span(0, 3, "The")


def state(number: int) -> Actor:
    name = code(number)
    return Actor(NAME, name, name, name, catalogue_id=f"state:{name}")


def reports(count: int, kinds: list[tuple[str, str]]) -> Iterator[ReadReport]:
    """Read reports, the same each time."""
    chance = random.Random(1)
    weights = list(itertools.accumulate(1 / (rank + 1) for rank in range(STATES)))
    parties = [state(number) for number in range(STATES)]
    for number in range(count):
        one, other, *more = chance.choices(range(STATES), cum_weights=weights, k=2 * PER_REPORT)
        if one == other:
            other = (one + 1) % STATES
        day = f"{2001 + number * 20 // count}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
        kind, told = chance.choice(kinds)
        name = f"r{number:07}"
        events = tuple(
            Event(
                f"e{number:07}{at}", name, at, WORDS, NAME, TYPES[at % len(TYPES)],
                (parties[a],), (parties[b],), date=day, date_precision="day",
            )
            for at, (a, b) in enumerate(itertools.pairwise((one, other, *more)))
            if at < PER_REPORT
        )  # fmt: skip
        telling = TieTelling(
            f"l{number:07}", name, 0, WORDS, (parties[one], parties[other]), kind, told, day, "day",
            coder="rule:bench",
        )  # fmt: skip
        report = Report(name, WORDS.text, published=day)
        yield ReadReport(report, events=events, tellings=(telling,))


def standing_now(record: Record, pair: tuple[str, ...], book: Rulebook) -> Standing:
    """How two parties stand, asked and worked out."""
    lasting = record.ties(Where(between=(pair[0], pair[1])), lasting=True)
    return standing(lasting, (pair[0], pair[1]), book.ties)


def over_bound(record: Record, ranked: list[tuple[str, ...]]) -> int:
    """How many pairs, from the busiest on, have a history that takes longer than the bound."""
    for number, pair in enumerate(ranked):
        figures: dict[str, object] = {}
        where = Where(between=(pair[0], pair[1]))
        measure(figures, "own", lambda where=where: record.ties(where))  # type: ignore[misc]
        if float(str(figures["own_ms"])) <= BOUND_MS:
            return number
    return len(ranked)


def main() -> None:
    """Make, work out, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    args = parser.parse_args()
    book = load_rulebook()
    kinds = sorted(key for key, row in book.ties.kinds.items() if row.kind != "mediation")
    count = args.events // PER_REPORT
    begun = time.perf_counter()
    made = sum(1 for _ in reports(count, kinds))
    making = time.perf_counter() - begun
    begun = time.perf_counter()
    ties = find_ties(reports(count, kinds), (), (), book)
    figures: dict[str, object] = {
        "events": args.events, "reports": made, "ties": len(ties),
        # Making the reports is not part of the work.
        "all_ties_s": round(time.perf_counter() - begun - making, 1),
    }  # fmt: skip
    pairs = Counter(tuple(sorted(tie.members)) for tie in ties)
    ranked = [pair for pair, _ in pairs.most_common()]
    busiest, median = ranked[0], ranked[len(ranked) // 2]
    own: list[Told] = [
        told
        for read in reports(count, kinds)
        for told in tellings_of(read, book.ties, {})
        if tuple(sorted(told.members)) == busiest
    ]
    figures["busiest_pair_tellings"] = len(own)
    measure(figures, "one_pair", lambda: ledger(own, book.ties))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        with open_record(path) as record:
            # The first reports make the states known to the record.
            for read in itertools.islice(reports(count, kinds), 2_000):
                record.write(read)
            record.replace_gathered(Gathered(ties=ties))
        with open_record(path, readonly=True) as record:
            for name, pair in (("busiest", busiest), ("median", median)):
                where = Where(between=(pair[0], pair[1]))
                found = record.ties(where)
                figures[f"{name}_ties"] = len(found)
                measure(figures, f"{name}_history", lambda where=where: record.ties(where))  # type: ignore[misc]
                first = replace(where, limit=PAGE)
                measure(figures, f"{name}_page", lambda where=first: record.ties(where))  # type: ignore[misc]
                measure(figures, f"{name}_standing", partial(standing_now, record, pair, book))
            figures["pairs"], figures["pairs_over_50_ms"] = len(ranked), over_bound(record, ranked)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
