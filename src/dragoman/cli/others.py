"""The commands for export, corrections, rules and the web pages."""

# ruff: noqa: TC001, TC003 (typer reads annotations when it runs)

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Literal

import typer

from dragoman.cli.app import (
    DEFAULT_RECORD,
    AboutOption,
    ActorOption,
    AllOption,
    BetweenOption,
    JsonOption,
    LimitOption,
    OutletOption,
    RecordFile,
    SaidByOption,
    SinceOption,
    SpeakerOption,
    SureOption,
    TypeOption,
    UntilOption,
    app,
    catalogue_app,
    event_type,
    filters,
    line,
    opened,
    rules_app,
    statement_kind,
)
from dragoman.cli.lists import as_lines, less_sure_words
from dragoman.cli.reading import RulesOption
from dragoman.errors import UsageError
from dragoman.show import screen
from dragoman.show.screen import Column

Table = Literal["reports", "events", "statements", "ties", "stories", "utterances", "happenings"]


@app.command()
def export(
    table: Annotated[Table, typer.Argument(help="What to export.")],
    format_: Annotated[
        Literal["jsonl", "csv", "parquet"],
        typer.Option("--format", help="Parquet needs the extra tables."),
    ] = "jsonl",
    out: Annotated[
        Path | None, typer.Option("--out", help="A file; standard output unless given.")
    ] = None,
    record: RecordFile = DEFAULT_RECORD,
    actor: ActorOption = None,
    between: BetweenOption = None,
    type_: TypeOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    outlet: OutletOption = None,
    said_by: SaidByOption = None,
    speaker: SpeakerOption = None,
    about: AboutOption = None,
    sure: SureOption = None,
    every: AllOption = False,  # noqa: FBT002
    limit: LimitOption = None,
) -> None:
    """Export a table of the record, or the part of it that the filters leave."""
    from dragoman.exchange import export as write

    if format_ == "parquet" and out is None and sys.stdout.isatty():
        raise UsageError("Parquet is not for a terminal; name a file with --out")
    kind = type_
    if table in {"statements", "utterances"}:
        kind = statement_kind(type_)
    elif table != "ties":
        kind = event_type(type_)
    with opened(record) as store:
        where = filters(
            store, actor=actor, between=between, type=kind, since=since, until=until,
            outlet=outlet, said_by=said_by, speaker=speaker, about=about, limit=limit,
            sure=line(sure, every) if table in {"events", "statements"} else sure,
        )  # fmt: skip
        count = write(store, table, format_, out or sys.stdout.buffer, where)
        more = store.less_sure(table, where) if table in {"events", "statements"} else 0
    if more:
        screen.note(f"{less_sure_words(more)}: --all exports them too")
    if out is not None:
        screen.note(f"{count} {table} written to {out}")


@app.command()
def correct(
    entry_id: Annotated[
        str, typer.Argument(help="The id of an event, a statement or a tie.", metavar="ID")
    ],
    verdict: Annotated[
        Literal["reject", "amend", "confirm"] | None,
        typer.Argument(help="Left out: show the corrections made so far."),
    ] = None,
    amend: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            help="What to amend, FIELD=VALUE; several lists or parties set apart by ; "
            "(actor=IRN GOV; type=SANCTION is written event=SANCTION). May be given again.",
            metavar="FIELD=VALUE",
        ),
    ] = None,
    who: Annotated[str | None, typer.Option("--who", help="Who decided.", envvar="USER")] = None,
    when: Annotated[str | None, typer.Option("--when", help="When; today unless given.")] = None,
    words: Annotated[str, typer.Option("--note", help="Why.")] = "",
    record: RecordFile = DEFAULT_RECORD,
    as_json: JsonOption = False,  # noqa: FBT002
) -> None:
    """Reject, amend or confirm an entry. What people decide outlives every new reading."""
    with opened(record, write=verdict is not None) as store:
        if verdict is None:
            found = store.corrections(store.find(entry_id).id)
        else:
            found = store.correct(
                entry_id, verdict, amend=_changes(amend or []), who=who, when=when or _today(),
                note=words,
            )  # fmt: skip
    if as_lines(as_json):
        for correction in found:
            screen.one(asdict(correction))
        return
    for correction in found:
        what = f" {correction.field} = {correction.value}" if correction.field else ""
        screen.say(f"{correction.verdict} {correction.entry_kind} {correction.entry_id}{what}")
    if not found:
        screen.note("no corrections")


@app.command()
def explain(
    type_: Annotated[str, typer.Argument(help="A PLOVER type.", metavar="TYPE")],
    as_json: JsonOption = False,  # noqa: FBT002
) -> None:
    """Explain a PLOVER type: what it is, an example, its modes and its score."""
    from dragoman.cli.seams import ontology

    name = event_type(type_)
    assert name is not None
    found = ontology().types[name]
    if as_lines(as_json):
        screen.one(asdict(found))
        return
    quads = ("verbal cooperation", "material cooperation", "verbal conflict", "material conflict")
    screen.say(f"{found.name}: {found.gloss}")
    screen.say(f"  example: {found.example}")
    screen.say(f"  {quads[found.quad - 1]} (quad code {found.quad}), score {found.scale:+.1f}")
    if found.modes:
        screen.say(f"  modes: {', '.join(found.modes)}")
    if found.future:
        screen.say(f"  while still to come: {found.future}")


@app.command()
def serve(
    record: RecordFile = DEFAULT_RECORD,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port.")] = 8765,
    host: Annotated[
        str, typer.Option("--host", help="Any other address lets others in, and needs --token.")
    ] = "127.0.0.1",
    token: Annotated[
        str | None, typer.Option("--token", help="A word that every visitor must bring.")
    ] = None,
    browser: Annotated[  # noqa: FBT002
        bool, typer.Option("--open/--no-open", help="Open the page in the browser.")
    ] = False,
    readonly: Annotated[  # noqa: FBT002
        bool, typer.Option("--readonly", help="Take no corrections and no new reports.")
    ] = False,
) -> None:
    """Show the record in a browser, at http://127.0.0.1:8765 unless told otherwise."""
    from dragoman.cli.seams import serve as run

    opened(record).close()
    screen.note(f"http://{host}:{port} (stop with Ctrl+C)")
    run(record, host, port, token=token, browser=browser, readonly=readonly)


@rules_app.command("check")
def rules_check(rules: RulesOption = None, as_json: JsonOption = False) -> None:  # noqa: FBT002
    """See whether each rule catches the sentences that it must, and leaves those that it must."""
    from dragoman.cli.seams import check_rules

    total = 0
    broken = []
    for verdict in check_rules(tuple(rules or ())):
        total += 1
        if not verdict.kept:
            broken.append(
                {"rule": verdict.rule.id, "sentence": verdict.sentence, "problem": verdict.problem}
            )
    screen.rows(
        broken,
        (
            Column("rule", lambda row: row["rule"], "bold"),
            Column("sentence", lambda row: row["sentence"], wide=1),
            Column("came out", lambda row: row["problem"], wide=1),
        ),
        as_json=as_lines(as_json),
    )
    screen.note(f"{total} sentences: {total - len(broken)} as promised, {len(broken)} not")
    if broken:
        raise typer.Exit(1)


@catalogue_app.command("check")
def catalogue_check(
    folder: Annotated[Path, typer.Argument(help="A folder with rules of your own.")],
) -> None:
    """See whether the actors of a folder of your own fit with the built-in ones."""
    from dragoman.cli.seams import check_catalogue

    rows = check_catalogue(folder)
    screen.say(f"{folder}: {rows} rows, no errors")


@catalogue_app.command("add")
def catalogue_add(
    folder: Annotated[Path, typer.Argument(help="A folder with rules of your own.")],
    kind: Annotated[
        Literal["state", "organ", "body", "group", "person"], typer.Argument(help="What it is.")
    ],
    name: Annotated[str, typer.Argument(help="Its usual name.")],
    fields: Annotated[
        list[str] | None,
        typer.Option("--set", help="A column and its value.", metavar="COLUMN=VALUE"),
    ] = None,
) -> None:
    """Add an actor to a folder of your own, and check the folder."""
    from dragoman.cli.seams import add_to_catalogue

    changes = _changes(fields or [])
    file = add_to_catalogue(
        folder, kind, name, {key: value or "" for key, value in changes.items()}
    )
    screen.say(f"{name} added to {file}; use it with: dragoman read PATH --rules {folder}")


def _changes(given: list[str]) -> dict[str, str | None]:
    changes: dict[str, str | None] = {}
    for item in given:
        field, sign, value = item.partition("=")
        if not sign:
            raise UsageError(f"{item!r} is not FIELD=VALUE")
        changes[field.strip()] = value.strip() or None
    return changes


def _today() -> str:
    from datetime import datetime

    return datetime.now().astimezone().date().isoformat()
