"""The commands that read reports into a record, and the closing summary."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.app import DEFAULT_RECORD, JsonOption, RecordFile, app, opened
from dragoman.cli.lists import as_lines
from dragoman.errors import InputError, UsageError
from dragoman.show import screen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.run_local import RunSummary

# Set-aside reports named at the end of a run; all are in the record.
NAMED = 10

RulesOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules",
        help="A folder laid over the built-in rules; may be given again.",
        metavar="FOLDER",
    ),
]


@app.command()
def read(
    paths: Annotated[
        list[str],
        typer.Argument(help="Files, folders, or - for standard input.", metavar="PATH..."),
    ],
    record: RecordFile = DEFAULT_RECORD,
    rules: RulesOption = None,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", min=1, help="Processes; one a core unless given.", metavar="N"),
    ] = None,
    as_json: JsonOption = False,  # noqa: FBT002
) -> None:
    """Read reports into a record: .txt, .html, .jsonl, .csv, .warc, feeds saved to disk, folders."""
    missing = [path for path in paths if path != "-" and not Path(path).exists()]
    if missing:
        raise InputError("there is no such file or folder; nothing was read", source=missing[0])
    _run(paths, record, tuple(rules or ()), jobs, as_json=as_lines(as_json))


@app.command()
def demo(
    record: Annotated[
        Path, typer.Option("--record", help="The record's file.", metavar="FILE")
    ] = Path("dragoman-demo.db"),
    browser: Annotated[  # noqa: FBT002
        bool, typer.Option("--open", help="Then open a story of them in the browser.")
    ] = False,
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, help="The port, with --open.")
    ] = 8765,
    as_json: JsonOption = False,  # noqa: FBT002
) -> None:
    """Read the sample reports that come with the program, show the record, and say what to try next."""
    from dragoman.demo import examples, next_steps, shown_story

    lines = as_lines(as_json)
    _run([str(examples())], record, (), 1, as_json=lines)
    from dragoman.cli.lists import events, stories
    from dragoman.cli.pairs import ties

    stories(record=record, limit=8, as_json=as_json)
    events(record=record, between=("BHR", "IRN"), limit=8, as_json=as_json)
    ties("BHR", "IRN", record=record, as_json=as_json)
    with opened(record) as store:
        for line in next_steps(store, record):
            screen.note(line)
        story = shown_story(store)
    if browser:
        from dragoman.cli.seams import serve

        start = f"/story/{story}" if story else "/"
        screen.note(f"http://127.0.0.1:{port}{start} (stop with Ctrl+C)")
        serve(record, "127.0.0.1", port, token=None, browser=True, readonly=False, start=start)


def summary_words(summary: RunSummary) -> str:
    """The closing line: "212 reports: 174 read, 30 seen before, 8 set aside"."""
    parts = [f"{summary.read} read"]
    if summary.reread:
        parts.append(f"{summary.reread} read anew")
    parts.append(f"{summary.known} seen before")
    parts.append(f"{len(summary.set_aside)} set aside")
    return f"{summary.reports} reports: {', '.join(parts)}"


def _run(
    paths: Sequence[str], record: Path, rules: tuple[Path, ...], jobs: int | None, *, as_json: bool
) -> None:
    from dragoman.cli.seams import read_paths
    from dragoman.show.progress import Meter, expected

    with Meter(expected(paths)) as meter:
        summary = read_paths(paths, record, rules=rules, jobs=jobs, progress=meter.step)
    words = summary_words(summary)
    screen.note(words)
    for source, reason in summary.set_aside[:NAMED]:
        # Most reasons name file and place themselves.
        screen.note(f"  set aside: {reason if source in reason else f'{source}: {reason}'}")
    more = len(summary.set_aside) - NAMED
    if more > 0:
        screen.note(f"  and {more} more: dragoman reports --status aside --record {record}")
    if not summary.reports:
        raise UsageError(f"there are no reports in {', '.join(paths)}")
    if as_json:
        line = {
            "summary": words, "record": str(record), "reports": summary.reports,
            "read": summary.read, "reread": summary.reread, "seen_before": summary.known,
            "set_aside": [
                {"source": source, "reason": reason} for source, reason in summary.set_aside
            ],
            "seconds": round(summary.seconds, 2),
        }  # fmt: skip
        sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
