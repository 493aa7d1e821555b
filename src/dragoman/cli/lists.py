"""The commands that list what is in the record."""

from __future__ import annotations

from typing import Annotated, Any, Literal

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
    PositionOption,
    RecordFile,
    RejectedOption,
    ReportOption,
    SaidByOption,
    SinceOption,
    SpeakerOption,
    StoryOption,
    SureOption,
    TypeOption,
    UntilOption,
    app,
    event_type,
    filters,
    line,
    opened,
    position_kind,
    shown_limit,
    statement_kind,
)
from dragoman.show import screen
from dragoman.show.screen import Column

StatusOption = Annotated[
    Literal["read", "aside"] | None, typer.Option("--status", help="Read, or set aside.")
]


def codes(actors: list[dict[str, Any]]) -> str:
    """Parties of an export row in a few words."""
    return ", ".join(dict.fromkeys(actor["entity_name"] or actor["raw_text"] for actor in actors))


def held(positions: list[dict[str, Any]]) -> str:
    """What a speaker holds, towards whom, in a few words."""
    words = [
        f"{one['kind']} {codes(one['toward'])}" if one["toward"] else one["kind"]
        for one in positions
    ]
    return "; ".join(dict.fromkeys(words))


def counted(number: int, what: str) -> str:
    """ "1 report", "2 reports"."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def shared(row: dict[str, Any]) -> str:
    """What several reports of a story tell: "2 happenings, 1 utterance"."""
    counts = [(row[f"{what}s"], what) for what in ("happening", "utterance")]
    return ", ".join(counted(number, what) for number, what in counts if number) or "-"


def deed(row: dict[str, Any]) -> str:
    """An event's export row in words: direction is written out, never left to columns."""
    what = " ".join(row["event"])
    if row["mode"]:
        what += f" ({', '.join(row['mode'])})"
    if row["auxiliary"]:
        what += f" [{', '.join(row['auxiliary'])}]"
    toward = f" toward {codes(row['recipient'])}" if row["recipient"] else ""
    return f"{codes(row['actor']) or 'somebody'}: {what}{toward}"


REPORTS = (
    Column("published", lambda row: (row["published"] or "")[:10], "dim"),
    Column("outlet", lambda row: row["outlet"] or "-", wide=1),
    Column("title", lambda row: row["title"] or "-", wide=3),
    Column("status", lambda row: row["reason"] or row["status"], wide=1),
    Column("id", lambda row: row["id"], "dim"),
)
EVENTS = (
    Column("date", lambda row: row["date"] or "", "dim"),
    Column("who did what to whom", deed, "bold", wide=2),
    Column("in these words", lambda row: row["text"], wide=3),
    Column("outlet", lambda row: row["outlet"] or "-", wide=1),
    Column("id", lambda row: row["id"], "dim"),
)
STATEMENTS = (
    Column("speaker", lambda row: codes([row["speaker"]]) if row["speaker"] else "-", wide=1),
    Column("kind", lambda row: row["kind"]),
    Column("words", lambda row: row["content"]["text"], wide=3),
    Column("holds", lambda row: held(row["position"]), wide=1),
    Column("date", lambda row: row["date"] or "", "dim"),
    Column("id", lambda row: row["id"], "dim"),
)
STORIES = (
    Column("date", lambda row: row["date"] or "", "dim"),
    Column("title", lambda row: row["title"], wide=2),
    Column("told in", lambda row: counted(len(row["report_ids"]), "report")),
    Column("in common", shared, wide=1),
    Column("id", lambda row: row["id"], "dim"),
)
ACTORS = (
    Column("name", lambda row: row["name"] or "unnamed", wide=1),
    Column("code", lambda row: " ".join(filter(None, (row["entity_code"], row["sector_code"])))),
    Column("events", lambda row: str(row["events"])),
    Column("statements", lambda row: str(row["statements"])),
    Column("mentions", lambda row: str(row["mentions"])),
    Column("found by", lambda row: row["key"], "dim"),
)
HITS = (
    Column("published", lambda row: (row["published"] or "")[:10], "dim"),
    Column("outlet", lambda row: row["outlet"] or "-", wide=1),
    Column("passage", lambda row: row["text"], wide=4),
    Column("id", lambda row: row["id"], "dim"),
)


def finish(count: int, what: str, limit: int | None, more: int = 0) -> None:
    """A word on standard error where the list is empty or was cut, or where `more` are less sure."""
    if not count:
        screen.note(f"no {what}")
    elif limit is not None and count == limit and screen.on_terminal():
        screen.note(f"the first {count}; --limit N shows more")
    if more:
        screen.note(f"{less_sure_words(more)}: --all shows them too")


def less_sure_words(count: int) -> str:
    """ "3 more are less sure"."""
    from dragoman.record import MANY

    if count >= MANY:
        return f"{MANY} and more others are less sure"
    return f"{count} more {'is' if count == 1 else 'are'} less sure"


def as_lines(given: bool) -> bool:  # noqa: FBT001
    """Whether to write JSON lines."""
    return given or not screen.on_terminal()


@app.command()
def reports(
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
    story: StoryOption = None,
    status: StatusOption = None,
    limit: LimitOption = None,
    as_json: JsonOption = False,  # noqa: FBT002
) -> None:
    """List reports: those that mention an actor, tell an event, carry a statement."""
    lines = as_lines(as_json)
    most = shown_limit(limit, as_json=lines)
    with opened(record) as store:
        from dragoman.exchange import export_rows

        where = filters(
            store, actor=actor, between=between, type=event_type(type_), since=since, until=until,
            outlet=outlet, said_by=said_by, speaker=speaker, about=about, limit=most,
            story=story, status="set aside" if status == "aside" else status,
        )  # fmt: skip
        count = screen.rows(export_rows(store, "reports", where), REPORTS, as_json=lines)
    finish(count, "reports", most)


@app.command()
def events(
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
    story: StoryOption = None,
    report: ReportOption = None,
    sure: SureOption = None,
    every: AllOption = False,  # noqa: FBT002
    limit: LimitOption = None,
    rejected: RejectedOption = False,  # noqa: FBT002
    as_json: JsonOption = False,  # noqa: FBT002
) -> None:
    """List events: who did what to whom, each with the words that tell it."""
    lines = as_lines(as_json)
    most = shown_limit(limit, as_json=lines)
    with opened(record) as store:
        from dragoman.exchange import export_rows

        where = filters(
            store, actor=actor, between=between, type=event_type(type_), since=since, until=until,
            outlet=outlet, said_by=said_by, speaker=speaker, about=about, limit=most,
            rejected=rejected, story=story, report=report, sure=line(sure, every),
        )  # fmt: skip
        count = screen.rows(export_rows(store, "events", where), EVENTS, as_json=lines)
        more = store.less_sure("events", where)
    finish(count, "events", most, more)


@app.command()
def statements(
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
    story: StoryOption = None,
    report: ReportOption = None,
    position: PositionOption = None,
    sure: SureOption = None,
    every: AllOption = False,  # noqa: FBT002
    limit: LimitOption = None,
    rejected: RejectedOption = False,  # noqa: FBT002
    as_json: JsonOption = False,  # noqa: FBT002
) -> None:
    """List statements: who said what, directly or indirectly."""
    lines = as_lines(as_json)
    most = shown_limit(limit, as_json=lines)
    with opened(record) as store:
        from dragoman.exchange import export_rows

        where = filters(
            store, actor=actor, between=between, type=statement_kind(type_), since=since,
            until=until, outlet=outlet, said_by=said_by, speaker=speaker, about=about, limit=most,
            position=position_kind(position), rejected=rejected, story=story, report=report,
            sure=line(sure, every),
        )  # fmt: skip
        count = screen.rows(export_rows(store, "statements", where), STATEMENTS, as_json=lines)
        more = store.less_sure("statements", where)
    finish(count, "statements", most, more)


@app.command()
def stories(
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
    limit: LimitOption = None,
    as_json: JsonOption = False,  # noqa: FBT002
) -> None:
    """List stories: reports that tell the same, and what several of them tell: happenings, utterances."""
    lines = as_lines(as_json)
    most = shown_limit(limit, as_json=lines)
    with opened(record) as store:
        from dragoman.exchange.rows import story_row

        where = filters(
            store, actor=actor, between=between, type=event_type(type_), since=since, until=until,
            outlet=outlet, said_by=said_by, speaker=speaker, about=about, limit=most,
        )  # fmt: skip
        told, said = store.happenings_told(), store.utterances_told()
        rows = [
            {
                **story_row(story),
                "date": story.date,
                "happenings": told.get(story.id, 0),
                "utterances": said.get(story.id, 0),
            }
            for story in store.stories(where)
        ]
        count = screen.rows(rows, STORIES, as_json=lines)
    finish(count, "stories", most)


@app.command()
def actors(
    record: RecordFile = DEFAULT_RECORD,
    actor: ActorOption = None,
    limit: LimitOption = None,
    as_json: JsonOption = False,  # noqa: FBT002
) -> None:
    """List the parties of the record, and how often each stands in it."""
    from dataclasses import asdict

    lines = as_lines(as_json)
    most = shown_limit(limit, as_json=lines)
    with opened(record) as store:
        where = filters(store, actor=actor, limit=most)
        found = (asdict(line) for line in store.actors(where))
        count = screen.rows(found, ACTORS, as_json=lines)
    finish(count, "actors", most)


@app.command()
def search(
    words: Annotated[
        list[str],
        typer.Argument(help='All must occur; "a phrase", begin*, A OR B, -not.', metavar="WORDS"),
    ],
    record: RecordFile = DEFAULT_RECORD,
    statements_only: Annotated[  # noqa: FBT002
        bool, typer.Option("--statements", help="Search what is said, not whole reports.")
    ] = False,
    limit: LimitOption = None,
    as_json: JsonOption = False,  # noqa: FBT002
) -> None:
    """Search the texts; shows the passage with most of the words."""
    lines = as_lines(as_json)
    most = limit or ON_SEARCH
    with opened(record) as store:
        hits = store.search(
            " ".join(words), most, among="statements" if statements_only else "reports"
        )
        rows = [
            {
                "kind": hit.kind, "id": hit.id, "report_id": hit.report_id, "outlet": hit.outlet,
                "published": hit.published, "title": hit.title, "start": hit.span.start,
                "end": hit.span.end, "text": hit.span.text,
                "matches": [
                    {"start": match.start, "end": match.end, "text": match.text}
                    for match in hit.matches
                ],
            }
            for hit in hits
        ]  # fmt: skip
        count = screen.rows(rows, HITS, as_json=lines)
    finish(count, "report with these words", most)


# Hits beyond the first few are seldom looked at.
ON_SEARCH = 20
