"""How fast the web app's pages answer on a large record: `python -m benchmarks.pages [--events N]`.

Makes the record of `benchmarks.record` whole: the parties become states, the reports get their text,
sentences, statements and mentions, and stories, happenings and ties are laid over them. Then asks for
each page, with other ids each time, by the app itself (no socket), and prints one JSON object last: for
each page the median milliseconds on the clock (_ms) and of the processor (_cpu_ms), and which pages take
longer than the budget by the clock. What is made once for a record and kept (the network's places, the
counts of `about`) counts once, under `first_`.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks import record as events_only

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from fastapi.testclient import TestClient

BUDGET_MS = 200.0
KINDS = (
    ("diplomatic relations", "severed"), ("diplomatic relations", "restored"),
    ("alliance", "in force"), ("sanctions", "in force"), ("territorial dispute", "in force"),
)  # fmt: skip
TIES = 6_000


def complete(path: Path) -> None:
    """What the record of events lacks."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("PRAGMA cache_size = -500000")
    states = name_states(connection)
    write_texts(connection)
    write_months(connection)
    write_statements(connection, len(states))
    write_stories(connection)
    write_ties(connection, states)
    connection.commit()
    connection.execute("ANALYZE")
    connection.commit()
    connection.close()


def name_states(connection: sqlite3.Connection) -> list[str]:
    """The made-up codes become those of states, so that the network has something to draw."""
    from dragoman.web.words import states

    codes = sorted(code for code in states() if code.isalpha())[: events_only.STATES]
    for number, code in enumerate(codes):
        old = events_only.code(number)
        connection.execute(
            "UPDATE codings SET name = ?, entity_code = ?, country_code = ?, catalogue_id = ? "
            "WHERE country_code = ?",
            (states()[code], code, code, f"state:{code}", old),
        )
        connection.execute("UPDATE keys SET key = ? WHERE key = ?", (code, old))
        connection.execute(
            "UPDATE keys SET key = ? WHERE key = ?", (f"state:{code}", f"state:{old}")
        )
    return codes


def write_texts(connection: sqlite3.Connection) -> None:
    """Each report's text is its events' sentences; their places follow from it."""
    texts: list[tuple[str, str, int]] = []
    places: list[tuple[int, int, int]] = []
    sentences: list[tuple[int, int, int, str, int, int]] = []
    report, parts, at = 1, list[str](), 0
    rows = connection.execute("SELECT seq, report, text FROM events ORDER BY report, ord")
    for seq, number, text in rows.fetchall():
        if number != report:
            texts.append((f"Report {report}", "\n".join(parts), report))
            report, parts, at = number, [], 0
        places.append((at, at + len(text), seq))
        sentences.append((number, len(parts), len(parts), "prose", at, at + len(text) + 1))
        parts.append(f"{text}.")
        at += len(text) + 2
    texts.append((f"Report {report}", "\n".join(parts), report))
    connection.executemany("UPDATE reports SET title = ?, text = ? WHERE seq = ?", texts)
    # Published over the same twenty years as what they tell.
    connection.execute(
        "UPDATE reports SET first = 10000 * (2001 + seq % 20) + 100 * (1 + seq % 12) + 1 + seq % 28"
    )
    connection.execute(
        "UPDATE reports SET last = first, published = substr(first, 1, 4) || '-' || "
        "substr(first, 5, 2) || '-' || substr(first, 7, 2)"
    )
    connection.executemany("UPDATE events SET start = ?, end = ? WHERE seq = ?", places)
    connection.executemany("INSERT INTO sentences VALUES (?, ?, ?, ?, ?, ?)", sentences)
    connection.execute(
        "INSERT INTO report_keys SELECT k.a, e.report, count(*) FROM event_keys k "
        "JOIN events e ON e.seq = k.event WHERE k.b = 0 GROUP BY k.a, e.report"
    )


def write_months(connection: sqlite3.Connection) -> None:
    """A tenth of all events is dated to the month, as in real records."""
    connection.execute(
        "UPDATE events SET last = first / 100 * 100 + 28, first = first / 100 * 100 + 1, "
        "date = substr(date, 1, 7), date_precision = 'month' WHERE seq % 10 = 3"
    )


def write_statements(connection: sqlite3.Connection, states: int) -> None:
    """One statement for each report: a state speaks of another."""
    chance = random.Random(3)
    made, parties = [], []
    keys: list[tuple[str, int, int, int]] = []
    for seq, text, first in connection.execute("SELECT seq, text, first FROM reports").fetchall():
        words = text.split("\n", 1)[0]
        made.append((seq, f"s{seq:07}", seq, len(words), words, len(words), words, first, first))
        speaker, whom = chance.randrange(states), chance.randrange(states)
        parties.append((seq, "speaker", speaker + 1, 0, 5, "State"))
        for role, who in (("speaker", speaker), ("about", whom)):
            keys.extend((role, 2 * who + kind, first, seq) for kind in (1, 2))
    connection.executemany(
        "INSERT INTO statements (seq, id, report, ord, sentence, start, end, text, kind, "
        "content_start, content_end, content, date_precision, confidence, coder, why, embedding, "
        "first, last) VALUES (?, ?, ?, 0, 0, 0, ?, ?, 'indirect', 0, ?, ?, 'none', 0.8, 'bench', "
        "'bench', x'', ?, ?)",
        made,
    )
    connection.executemany("INSERT INTO statement_parties VALUES (?, ?, ?, ?, ?, ?)", parties)
    connection.executemany("INSERT OR IGNORE INTO statement_keys VALUES (?, ?, ?, ?)", keys)


def write_stories(connection: sqlite3.Connection) -> None:
    """Stories of two to six reports; in each, what the first events tell is one happening."""
    chance = random.Random(4)
    total = connection.execute("SELECT count(*) FROM reports").fetchone()[0]
    stories, happenings = [], []
    held: list[tuple[str, int, str]] = []
    members: list[tuple[str, int, str]] = []
    seq = 1
    while seq < total - 6:
        size = chance.randrange(2, 7)
        id_ = f"y{seq:014x}"
        day = f"{2001 + seq * 20 // total}-06-01"
        stories.append((id_, f"Story {seq}", day, "made for a benchmark", 0, 0))
        held.extend((id_, at, f"r{seq - 1 + at}") for at in range(size))
        happening = f"h{seq:014x}"
        happenings.append((happening, id_, "CONSULT", day, "made for a benchmark", 0))
        members.extend(
            (happening, at, f"e{(seq - 1 + at) * events_only.PER_REPORT:07}") for at in range(size)
        )
        seq += size
    connection.executemany("INSERT INTO stories VALUES (?, ?, ?, ?, ?, ?)", stories)
    connection.executemany("INSERT INTO story_reports VALUES (?, ?, ?)", held)
    connection.executemany("INSERT INTO happenings VALUES (?, ?, ?, ?, ?, ?)", happenings)
    connection.executemany("INSERT INTO happening_members VALUES (?, ?, ?)", members)
    for table in ("stories", "happenings"):
        day = "CAST(replace(date, '-', '') AS INTEGER)"
        connection.execute(f"UPDATE {table} SET first = {day}")
    connection.execute("UPDATE stories SET last = first")


def write_ties(connection: sqlite3.Connection, states: list[str]) -> None:
    """Ties between pairs, the busiest having most."""
    chance = random.Random(5)
    total = connection.execute("SELECT count(*) FROM reports").fetchone()[0]
    for number in range(TIES):
        a, b = sorted(
            {chance.choice(states[: 20 + number // 30]), chance.choice(states)} | {"USA"}
        )[:2]
        kind, state = chance.choice(KINDS)
        since = 2001 + chance.randrange(20)
        id_, first = f"t{number:014x}", since * 10_000 + 101
        connection.execute(
            "INSERT INTO ties (id, kind, state, since, since_precision, told, directed, why, first, "
            "last, told_first, members) VALUES (?, ?, ?, ?, 'year', ?, 0, 'bench', ?, 99999999, ?, ?)",
            (id_, kind, state, str(since), f"{since}-01-01", first, first, json.dumps([a, b])),
        )
        connection.execute("INSERT INTO tie_pairs VALUES (?, ?, ?, 0)", (a, b, id_))
        for at, member in enumerate((a, b)):
            connection.execute("INSERT INTO tie_members VALUES (?, 0, ?, ?)", (id_, at, member))
        for at in range(chance.randrange(1, 4)):
            report = f"r{chance.randrange(total)}"
            connection.execute(
                "INSERT INTO tie_evidence VALUES (?, 0, ?, ?, 0, 12, 'State rebuked', NULL, NULL)",
                (id_, at, report),
            )


def addresses(chance: random.Random, codes: list[str], total: int) -> Mapping[str, str]:
    """A page of each kind, with other ids each time."""
    busy, other, rare, rarer = (
        codes[0],
        codes[1],
        chance.choice(codes[60:]),
        chance.choice(codes[60:]),
    )
    report, story = chance.randrange(total), chance.choice(STORIES)
    return {
        "front": "/", "stories": "/stories", "story": f"/story/{story}",
        "pair_busiest": f"/pair/{busy}/{other}", "pair_busy": f"/pair/{busy}/{chance.choice(codes[5:30])}",
        "pair_median": f"/pair/{rare}/{rarer}", "actor_busiest": f"/actor/{busy}",
        "actor_median": f"/actor/{rare}", "events": "/events",
        "events_filtered": f"/events?between={busy}&between={other}&type=SANCTION&since=2015",
        "events_since": f"/events?since=20{chance.randrange(5, 19):02}", "events_of_outlet": f"/events?outlet=Outlet+{chance.randrange(40)}",
        "events_late": f"/events?offset={chance.randrange(200, 5000)}",
        "statements": "/statements", "statements_of": f"/statements?speaker={rare}", "ties": "/ties",
        "reports": "/reports", "actors": "/actors", "happenings": "/happenings",
        "happenings_between": f"/happenings?between={rare}&between={rarer}",
        "network": "/network", "network_on": f"/network?on=20{chance.randrange(5, 20):02}-0{chance.randrange(1, 9)}-15",
        "map": "/map", "report": f"/report/r{report}",
        "why": f"/why/e{chance.randrange(total * events_only.PER_REPORT):07}",
        "search_rare": f'/search?q="day+{chance.randrange(7000)}"+state',
        "search_common": "/search?q=rebuked", "about": "/about", "suggest": "/suggest.json?q=ba",
        "events_json": f"/events.json?actor={rare}&limit=200",
    }  # fmt: skip


STORIES: list[str] = []


def measured(
    client: TestClient, repeat: int, codes: list[str], total: int
) -> Iterator[tuple[str, float]]:
    """The figures of each page."""
    chance = random.Random(6)
    rounds = [addresses(chance, codes, total) for _ in range(repeat + 1)]
    for name, first in rounds[0].items():
        clock, processor = [], []
        for number, address in enumerate([first, *(one[name] for one in rounds[1:])]):
            begun, spent = time.perf_counter(), time.process_time()
            answer = client.get(address)
            taken = (time.perf_counter() - begun) * 1000
            if answer.status_code not in {200, 404}:
                raise SystemExit(f"{address}: {answer.status_code}")
            if number:
                clock.append(taken)
                processor.append((time.process_time() - spent) * 1000)
            else:
                yield f"first_{name}_ms", round(taken, 1)
        yield f"{name}_ms", round(statistics.median(clock), 1)
        yield f"{name}_cpu_ms", round(statistics.median(processor), 1)


def main() -> None:
    """Make, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    parser.add_argument("--repeat", type=int, default=9)
    parser.add_argument(
        "--keep", type=Path, help="keep the record in this file, and use it if it is there"
    )
    given = parser.parse_args()
    from fastapi.testclient import TestClient

    from dragoman.web import create_app
    from dragoman.web.serving import prepare

    with tempfile.TemporaryDirectory() as folder:
        path = given.keep or Path(folder) / "bench.db"
        if not path.exists():
            actors, recipients = events_only.chosen(given.events)
            events_only.fill(path, given.events, actors, recipients)
            complete(path)
        connection = sqlite3.connect(path)
        (total,) = connection.execute("SELECT count(*) FROM reports").fetchone()
        STORIES[:] = [row[0] for row in connection.execute("SELECT id FROM stories")]
        codes = [
            row[0] for row in connection.execute("SELECT country_code FROM codings ORDER BY seq")
        ]
        connection.close()
        prepare()
        client = TestClient(create_app(path), base_url="http://localhost")
        figures = dict(measured(client, given.repeat, codes, total))
        slow = [
            name.removesuffix("_ms") for name, value in figures.items()
            if name.endswith("_ms") and not name.endswith("_cpu_ms")
            and not name.startswith("first_") and value >= BUDGET_MS
        ]  # fmt: skip
        print(
            json.dumps(
                {"events": given.events, "file_mb": round(path.stat().st_size / 1e6), **figures,
                 "over_200_ms": slow}
            )
        )  # fmt: skip


if __name__ == "__main__":
    main()
