"""How long a record takes to take in one more report: `python -m benchmarks.arrival [--events N]`.

Makes read reports of five events, a statement and a telling of a tie each. Four reports share a story, whose
words and parties are its own; the parties are 200 states, met as often as states are in the news (as in
benchmarks.record), over twenty years; one event in five is told as history. The reports are written to a record and
gathered as a whole; then one more report comes at a time, the first of the busiest pair. Prints one
JSON object last: seconds for writing all and gathering all; and for each of ten arrivals the milliseconds
for writing the report and for bringing all up to date (`update_ms`, the median, and `update_worst_ms`), of the
processor too, and how much of it ties take (`ties_ms`).
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
import statistics
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.common import note
from benchmarks.record import PER_REPORT, STATES, code
from dragoman.entries import Actor, Event, Part, ReadReport, Report, Sentence, Statement, TieTelling
from dragoman.gathering import gather_kept, update, updating
from dragoman.record import open_record
from dragoman.rulebook import load_rulebook
from dragoman.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dragoman.gathering.around import StoryChange
    from dragoman.gathering.updating import Shelf
    from dragoman.rulebook import Rulebook

ARRIVALS = 10
PER_STORY = 4
_SYLLABLES = "ba do ke li mu na po ra se ti vo xa ze chu fre gri plo sta tra wen".split()
_VERBS = (("rebuked", "ACCUSE"), ("met", "CONSULT"), ("praised", "SUPPORT"), ("sanctioned", "SANCTION"), ("warned", "THREATEN"))  # fmt: skip
_WEIGHTS = list(itertools.accumulate(1 / (rank + 1) for rank in range(STATES)))


class Reports:
    """The same reports each time they are gone through."""

    def __init__(self, count: int, kinds: list[tuple[str, str]]) -> None:
        self.count, self.kinds = count, kinds

    def __iter__(self) -> Iterator[ReadReport]:
        return (report(number, number // PER_STORY, self.kinds) for number in range(self.count))


def report(
    number: int, of: int, kinds: list[tuple[str, str]], pair: tuple[int, ...] = ()
) -> ReadReport:
    """One read report of a story; if a pair of states is given, the story is theirs."""
    story, chance = random.Random(f"s{of}"), random.Random(f"r{number}")
    parties = story.choices(range(STATES), cum_weights=_WEIGHTS, k=4)
    parties = [*pair, *parties[len(pair) :]]
    nouns = ["".join(story.choices(_SYLLABLES, k=4)) for _ in range(10)]
    day = date(2001, 1, 1) + timedelta(days=story.randrange(365 * 20) + number % 3)
    name = f"r{number:07}"
    title = f"{code(parties[0])} and {code(parties[1])}: the {nouns[number % 10]}"
    text, sentences, events = title, [Sentence(0, "title", Span(0, len(title), title))], []
    for place in range(PER_REPORT):
        a, b = (parties[0], parties[1]) if place < 2 else chance.sample(range(4), 2)
        if place >= 2:
            a, b = parties[a], parties[b]
        verb, kind = _VERBS[(story.randrange(5) + place) % 5]
        words = f"State {code(a)} {verb} state {code(b)} over the {' and the '.join(chance.sample(nouns, 3))}."
        start = len(text) + 1
        text = f"{text}\n{words}"
        span = Span(start, start + len(words), words)
        sentences.append(Sentence(place + 1, "prose", span))
        told = day - timedelta(days=chance.randrange(30, 3000) if place == 4 else 0)
        at = start + words.index(verb)
        events.append(
            Event(
                f"e{number:07}{place}", name, place + 1, span, Span(at, at + len(verb), verb), kind,
                (state(a, start + 6),), (state(b, start + words.index(code(b), 9)),), date=told.isoformat(),
                date_precision="day", auxiliary=("historical",) if place == 4 else (),
            )
        )  # fmt: skip
    said = sentences[-1].span
    statement = Statement(
        f"s{number:07}", name, PER_REPORT, said, "indirect", events[-1].actor[0], None, said
    )
    kind, told_state = chance.choice(kinds)
    telling = TieTelling(
        f"l{number:07}", name, 1, sentences[1].span, (*events[0].actor, *events[0].recipient), kind, told_state,
        (day - timedelta(days=chance.randrange(2000))).isoformat(), "day", coder="rule:bench",
    )  # fmt: skip
    parts = (Part("title", 0, len(title)), Part("prose", len(title) + 1, len(text)))
    made = Report(
        name,
        text,
        f"outlet {number % 40}",
        title,
        published=day.isoformat(),
        language="en",
        parts=parts,
    )
    return ReadReport(
        made, tuple(sentences), events=tuple(events), statements=(statement,), tellings=(telling,)
    )


def state(number: int, at: int) -> Actor:
    """A party where its code stands."""
    name = code(number)
    return Actor(Span(at, at + 3, name), name, name, name, catalogue_id=f"state:{name}")


def arrive(path: Path, read: ReadReport, book: Rulebook) -> dict[str, float]:
    """Milliseconds that one report takes."""
    taken: dict[str, float] = {}
    ties = updating._ties  # noqa: SLF001

    def timed(
        shelf: Shelf, stories: StoryChange, changed: Mapping[str, ReadReport], rulebook: Rulebook
    ) -> None:
        begun = time.perf_counter()
        ties(shelf, stories, changed, rulebook)
        taken["ties_ms"] = 1000 * (time.perf_counter() - begun)

    updating._ties = timed  # noqa: SLF001
    with open_record(path) as record:
        begun = time.perf_counter()
        record.write(read)
        taken["write_ms"] = 1000 * (time.perf_counter() - begun)
        begun, used = time.perf_counter(), time.process_time()
        with record.updating("bench") as (shelf, changed):
            update(shelf, changed, book)
        taken["update_ms"] = 1000 * (time.perf_counter() - begun)
        taken["update_cpu_ms"] = 1000 * (time.process_time() - used)
    updating._ties = ties  # noqa: SLF001
    return taken


def make(path: Path, reports: Reports, book: Rulebook, figures: dict[str, object]) -> None:
    """Write the reports to a record and gather them as a whole."""
    begun = time.perf_counter()
    with open_record(path) as record:
        for read in reports:
            record.write(read)
        figures["write_all_s"] = round(time.perf_counter() - begun, 1)
        note(f"written: {figures['write_all_s']} s")
        begun = time.perf_counter()
        made, kept = gather_kept(reports, book)
        figures["gather_all_s"] = round(time.perf_counter() - begun, 1)
        note(f"gathered: {figures['gather_all_s']} s")
        begun = time.perf_counter()
        record.replace_gathered(made, kept, "bench")
        figures["keep_all_s"] = round(time.perf_counter() - begun, 1)
        figures["stories"], figures["ties"] = len(made.stories), len(made.ties)
        figures["happenings"], figures["links"] = len(made.happenings), len(kept.retold.links)


def main() -> None:
    """Make, write, gather, let more arrive, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="a folder to keep the record in, or to find it")
    args = parser.parse_args()
    book = load_rulebook()
    kinds = sorted(key for key, row in book.ties.kinds.items() if row.kind != "mediation")
    count = args.events // PER_REPORT
    figures: dict[str, object] = {"events": args.events, "reports": count}
    with tempfile.TemporaryDirectory() as folder:
        path = (args.keep or Path(folder)) / "arrival.db"
        if not path.exists():
            make(path, Reports(count, kinds), book, figures)
        with open_record(path) as record:
            _, there = record.ungathered("bench") or (0, count)
        arrivals = []
        for number in range(there, there + ARRIVALS):
            # By turns one of a new story and one more of a story that is there.
            of = number if number % 2 else number % (count // PER_STORY)
            read = report(number, of, kinds, (0, 1) if number == there else ())
            arrivals.append(arrive(path, read, book))
            note(" ".join(f"{key} {value:.0f}" for key, value in arrivals[-1].items()))
        for key in arrivals[0]:
            figures[key] = round(statistics.median(one[key] for one in arrivals), 1)
        figures["update_worst_ms"] = round(max(one["update_ms"] for one in arrivals), 1)
        figures["busiest_pair_ms"] = round(arrivals[0]["update_ms"], 1)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
