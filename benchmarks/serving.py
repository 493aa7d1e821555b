"""How the web app answers while reports are read: `python -m benchmarks.serving [--reports N]`.

Writes N short reports of its own making to a file, starts `dragoman serve` on a free port and
`dragoman read` on the file, both as programs of their own on one record, and asks for pages over
loopback, as one visitor after the other would, until the reading and its gathering have ended and at
least `--requests` answers came. Prints one JSON object last: median, 99th percentile and longest
milliseconds, how many answers were errors (and the first of them), and how the reading went.
"""

from __future__ import annotations

import argparse
import http.client
import json
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from dragoman.record import open_record

STATES = (
    "Norway", "Chad", "Peru", "Kenya", "Oman", "Japan", "Ghana", "Chile", "Latvia", "Jordan", "Nepal",
    "Cuba", "Iceland", "Mali", "Fiji", "Malta", "Angola", "Bhutan", "Gabon", "Haiti",
)  # fmt: skip
SENTENCES = (
    "{a} recalled its ambassador from {b} on Monday.",
    "The foreign minister of {a} met his counterpart from {b} in Geneva on Tuesday.",
    '"We want good relations with {b}," the president of {a} said.',
    "{a} accused {b} of breaking the fishing accord of {year}.",
    "{a} and {b} agreed to resume talks on trade.",
    "{a} sent relief goods to {b} after the flood.",
    "{a} imposed sanctions on {b} over the border dispute.",
    "The government of {a} condemned the arrest of two reporters in {b}.",
)
PAGES = (
    "/", "/stories", "/events", "/statements", "/ties", "/reports", "/actors", "/happenings", "/network",
    "/about", "/search?q=ambassador", "/events.json?limit=20", "/pair/NOR/TCD", "/pair/PER/KEN",
    "/actor/OMN", "/actor/JPN",
)  # fmt: skip


def reports(count: int) -> str:
    """Short reports, one a line."""
    chance = random.Random(7)
    lines = []
    for number in range(count):
        a, b = chance.sample(STATES, 2)
        told = chance.sample(SENTENCES, 2)
        text = " ".join(one.format(a=a, b=b, year=2000 + number % 20) for one in told)
        day = f"{2015 + number % 9}-{number % 12 + 1:02}-{number % 28 + 1:02}"
        lines.append(
            json.dumps(
                {"id": f"n{number}", "outlet": f"Outlet {number % 9}", "published": day,
                 "title": f"{a} and {b}, dispatch {number}", "text": text}
            )
        )  # fmt: skip
    return "\n".join(lines) + "\n"


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return int(made.getsockname()[1])


def wait_for(port: int) -> None:
    """Wait until the server answers."""
    for _ in range(600):
        try:
            ask(port, "/about.json")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit("the server did not start")


def ask(port: int, address: str) -> tuple[int, bytes]:
    """The status and body of a page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request("GET", address)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, body


def visit(
    port: int, reading: subprocess.Popen[bytes], least: int, pause: float
) -> dict[str, object]:
    """Ask for pages until all is read; what came of it."""
    chance = random.Random(8)
    taken: dict[str, list[float]] = {}
    errors = []
    stories: list[str] = []
    asked = 0
    after = 0
    while reading.poll() is None or asked < least:
        address = chance.choice((*PAGES, *(f"/story/{id_}" for id_ in stories[:3])))
        begun = time.perf_counter()
        status, body = ask(port, address)
        taken.setdefault(address.split("/")[1].split("?")[0] or "front", []).append(
            (time.perf_counter() - begun) * 1000
        )
        asked += 1
        after += reading.poll() is not None
        # A party that no report has named yet, or a story that was gathered anew, is not there.
        if status not in {200, 404}:
            errors.append(f"{address}: {status} {body[:200]!r}")
        if asked % 50 == 0:
            rows = json.loads(ask(port, "/stories.json?limit=5")[1])["rows"]
            stories = [row["id"] for row in rows]
        time.sleep(pause)
    times = sorted(one for each in taken.values() for one in each)
    return {
        "requests": asked, "after_the_end": after, "median_ms": round(statistics.median(times), 1),
        "p99_ms": round(times[int(len(times) * 0.99)], 1), "max_ms": round(times[-1], 1),
        "errors": len(errors), "first_error": errors[0] if errors else None,
        "median_by_page_ms": {
            name: round(statistics.median(each), 1) for name, each in sorted(taken.items())
        },
    }  # fmt: skip


def main() -> None:
    """Serve, read, visit, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=10_000)
    parser.add_argument("--requests", type=int, default=2_000)
    parser.add_argument("--pause", type=float, default=0.05, help="seconds between two requests")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source, record = Path(folder) / "reports.jsonl", Path(folder) / "record.db"
        source.write_text(reports(given.reports), "utf-8")
        open_record(record).close()
        port = free_port()
        run = [sys.executable, "-m", "dragoman"]
        serving = subprocess.Popen([*run, "serve", "--record", str(record), "--port", str(port)])
        try:
            wait_for(port)
            begun = time.monotonic()
            reading = subprocess.Popen(
                [*run, "read", str(source), "--record", str(record), "--jobs", "1"],
                stdout=subprocess.DEVNULL,
            )
            figures = visit(port, reading, given.requests, given.pause)
            seconds = time.monotonic() - begun
            about = json.loads(ask(port, "/about.json")[1])
        finally:
            serving.terminate()
            serving.wait(20)
        held = {row["what"]: row["count"] for row in about["rows"]}
        print(
            json.dumps(
                {"reports": given.reports, "read": held["read"], "events": held["events"],
                 "reading_exit": reading.returncode, "seconds": round(seconds, 1), **figures}
            )
        )  # fmt: skip


if __name__ == "__main__":
    main()
