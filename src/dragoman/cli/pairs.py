"""The commands about pairs of parties, stories side by side, and reasons."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path  # noqa: TC003 Typer reads it
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.app import (
    DEFAULT_RECORD,
    AllOption,
    JsonOption,
    LimitOption,
    RecordFile,
    RejectedOption,
    SinceOption,
    SureOption,
    TypeOption,
    UntilOption,
    app,
    filters,
    known_actor,
    line,
    opened,
    shown_limit,
)
from dragoman.cli.lists import as_lines, counted, finish
from dragoman.entries import Report, Story
from dragoman.errors import DragomanError
from dragoman.show import screen
from dragoman.show.screen import Column

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dragoman.entries import Comparison

TIES = (
    Column("from", lambda row: row["from"] or "", "dim"),
    Column("until", lambda row: row["until"] or "", "dim"),
    Column("members", lambda row: ", ".join(row["members"]), wide=1),
    Column("tie", lambda row: row["kind"], wide=1),
    Column("state", lambda row: row["state"], "bold", wide=1),
    Column("told in", lambda row: counted(len(_told_in(row)), "report")),
    Column("id", lambda row: row["id"], "dim"),
)
TIMELINE = (
    Column("date", lambda row: row["date"] or "no date", "dim"),
    Column("what", lambda row: row["what"], wide=1),
    Column("told in", lambda row: counted(row["reports"], "report")),
    Column("id", lambda row: row["id"], "dim"),
)


@app.command()
def ties(
    one: Annotated[str, typer.Argument(help="A party: code, name or catalogue id.", metavar="A")],
    other: Annotated[str | None, typer.Argument(help="Another party.", metavar="[B]")] = None,
    record: RecordFile = DEFAULT_RECORD,
    on: Annotated[
        str | None, typer.Option("--on", help="Ties that held on this date.", metavar="DATE")
    ] = None,
    as_known_on: Annotated[
        str | None,
        typer.Option(
            "--as-known-on",
            help="Only what was told in reports of that day or before.",
            metavar="DATE",
        ),
    ] = None,
    type_: TypeOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    limit: LimitOption = None,
    rejected: RejectedOption = False,  # noqa: FBT002
    as_json: JsonOption = False,  # noqa: FBT002
) -> None:
    """Show how a party stands to others, or two parties to one another, since when, and who says so."""
    lines = as_lines(as_json)
    most = shown_limit(limit, as_json=lines)
    with opened(record) as store:
        from dragoman.exchange.rows import tie_row
        from dragoman.record import Where
        from dragoman.show.analyses import standing_of, ties_of

        where = filters(
            store, actor=None if other else one, between=(one, other) if other else None,
            type=type_, since=since, until=until, limit=most, rejected=rejected,
        )  # fmt: skip
        found = ties_of(store, where, on=on, as_known_on=as_known_on)
        if other is not None and not lines:
            sides = known_actor(store, one), known_actor(store, other)
            between = Where(between=sides, type=type_, rejected=rejected)
            # What has ended says nothing of how they stand by all that is told.
            lasting = on is None and as_known_on is None
            known = ties_of(store, between, as_known_on=as_known_on, lasting=lasting)
            for line in standing_of(store, *sides, known, on=on).lines:
                screen.say(line.text)
        count = screen.rows(map(tie_row, found), TIES, as_json=lines)
    finish(count, "ties", most)


@app.command()
def timeline(
    one: Annotated[str, typer.Argument(help="A party.", metavar="A")],
    other: Annotated[str, typer.Argument(help="Another party.", metavar="B")],
    record: RecordFile = DEFAULT_RECORD,
    since: SinceOption = None,
    until: UntilOption = None,
    sure: SureOption = None,
    every: AllOption = False,  # noqa: FBT002
    limit: LimitOption = None,
    as_json: JsonOption = False,  # noqa: FBT002
) -> None:
    """Show what happened between two parties, in order of date; what many reports tell is one line."""
    from dragoman.show.timeline import timeline_and_rest

    lines = as_lines(as_json)
    most = shown_limit(limit, as_json=lines)
    with opened(record) as store:
        where = filters(
            store, between=(one, other), since=since, until=until, sure=line(sure, every)
        )
        found, more = timeline_and_rest(store, where)
        count = screen.rows((asdict(line) for line in found[:most]), TIMELINE, as_json=lines)
    finish(count, "dealings between the two", most, more)


@app.command()
def story(
    story_id: Annotated[
        str, typer.Argument(help="The story's id, or its beginning.", metavar="ID")
    ],
    record: RecordFile = DEFAULT_RECORD,
    as_json: JsonOption = False,  # noqa: FBT002
) -> None:
    """Show a story: its reports, which copies which, what happened, and what was said."""
    from dragoman.show.story import story_view

    with opened(record) as store:
        view = story_view(store, story_id)
    if as_lines(as_json):
        screen.one(asdict(view))
        return
    screen.say(f"{view.title}  ({view.id})")
    told = counted(len(view.reports), "report")
    screen.say(f"{told}, {counted(len(view.happenings), 'happening')} in common. {view.why}")
    screen.rows(
        (asdict(item) for item in view.reports),
        (
            Column("published", lambda row: (row["published"] or "")[:10], "dim"),
            Column("outlet", lambda row: row["outlet"] or "-", wide=1),
            Column("title", lambda row: row["title"] or "-", wide=3),
            Column("copy of", lambda row: row["copy_of"] or ""),
            Column("id", lambda row: row["id"], "dim"),
        ),
        as_json=False,
    )
    for heading, items in (("happened", view.happenings), ("said", view.utterances)):
        screen.rows(
            (asdict(item) for item in items),
            (
                Column(heading, lambda row: row["what"], wide=1),
                Column("told in", lambda row: counted(len(row["member_ids"]), "passage")),
                Column("id", lambda row: row["id"], "dim"),
            ),
            as_json=False,
        )


@app.command()
def compare(
    one: Annotated[str, typer.Argument(help="A story, or a report.", metavar="STORY|REPORT")],
    other: Annotated[str | None, typer.Argument(help="Another report.", metavar="[REPORT]")] = None,
    html: Annotated[
        Path | None, typer.Option(help="Write one page to mail or print.", metavar="FILE")
    ] = None,
    record: RecordFile = DEFAULT_RECORD,
    as_json: JsonOption = False,  # noqa: FBT002
) -> None:
    """Lay the reports of a story, or two reports, side by side: what all tell, some tell, tell apart."""
    from dragoman.cli.seams import compare as laid

    with opened(record) as store:
        found = laid(store, [one] if other is None else [one, other])
        reports = [store.find(id_) for id_ in found.report_ids]
        story = store.find(found.story_id) if found.story_id else None
    if html is not None:
        _write_page(html, found, reports, story)
        return
    if as_lines(as_json):
        for finding in found.findings:
            screen.one(asdict(finding))
        return
    # On a terminal reports go by letters, and the list of letters comes first.
    letters = {report.id: _letter(number) for number, report in enumerate(reports)}
    for report in reports:
        assert isinstance(report, Report)
        date = (report.published or "no date")[:10]
        outlet = report.outlet or "outlet not known"
        screen.say(f"{letters[report.id]}  {date}  {outlet}: {report.title or '-'}  ({report.id})")
    screen.rows(
        (asdict(finding) for finding in found.findings),
        (
            Column("", lambda row: row["kind"], "bold"),
            Column("what", lambda row: row["what"], wide=4),
            Column("in", lambda row: _lettered(_told_in(row), letters)),
            Column("not in", lambda row: _lettered(row["left_out"], letters)),
        ),
        as_json=False,
    )


def _write_page(
    path: Path, found: Comparison, reports: Iterable[object], story: object | None
) -> None:
    from dragoman.exchange.comparison_html import comparison_html

    page = comparison_html(
        found,
        [report for report in reports if isinstance(report, Report)],
        story if isinstance(story, Story) else None,
    )
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as error:
        raise DragomanError(f"{path} cannot be written ({error.strerror}); name a file in a folder that is there") from error  # fmt: skip
    screen.say(f"{path}: {len(found.findings)} findings of {len(found.report_ids)} reports")


@app.command()
def why(
    entry_id: Annotated[str, typer.Argument(help="An id, or its beginning.", metavar="ID")],
    other_id: Annotated[
        str | None, typer.Argument(help="Another: why were the two joined, or not?", metavar="[ID]")
    ] = None,
    record: RecordFile = DEFAULT_RECORD,
    as_json: JsonOption = False,  # noqa: FBT002
) -> None:
    """Show why an entry stands in the record: its exact words, the rule or model, the coding, the date."""
    from dragoman.show import why as reasons

    with opened(record) as store:
        if other_id is None:
            found = reasons.why(store, entry_id)
        else:
            found = reasons.why_two(store, entry_id, other_id)
    if as_lines(as_json):
        screen.one(asdict(found))
        return
    _print_why(found)


STYLES = {
    "telling": "underline", "content": "underline", "actor": "bold cyan", "speaker": "bold cyan",
    "recipient": "bold magenta", "trigger": "bold yellow", "cue": "bold yellow",
}  # fmt: skip


def _print_why(found: Any) -> None:
    from rich.table import Table
    from rich.text import Text

    console = screen.out()
    console.print(Text(screen.plain(f"{found.kind} {found.id}"), "dim"))
    console.print(Text(screen.plain(found.headline), "bold"))
    for passage in found.passages:
        marks = [(mark.start, mark.end, STYLES[mark.role]) for mark in passage.marks]
        console.print()
        console.print(screen.marked(passage.span.text, passage.span.start, marks))
        where = f"{passage.outlet or 'outlet not known'}, {passage.published or 'no date'}"
        place = f"{passage.report_id}, characters {passage.span.start} to {passage.span.end}"
        console.print(Text(screen.plain(f"  {where}; {place}"), "dim"))
    facts = Table.grid(padding=(0, 2))
    for label, words in found.facts:
        facts.add_row(Text(screen.plain(label), "dim"), Text(screen.plain(words)))
    console.print()
    console.print(facts)


def _told_in(row: dict[str, Any]) -> list[str]:
    return list(dict.fromkeys(item["report_id"] for item in row["evidence"]))


def _letter(number: int) -> str:
    """A, B, ..., Z, AA, AB, ..."""
    more, last = divmod(number, 26)
    return (_letter(more - 1) if more else "") + chr(ord("A") + last)


def _lettered(ids: Iterable[str], letters: Mapping[str, str]) -> str:
    return " ".join(sorted((letters.get(id_, id_) for id_ in ids), key=lambda one: (len(one), one)))
