"""How two parties stand, in sentences, and who could mediate between them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from dragoman.cli.app import (
    DEFAULT_RECORD,
    JsonOption,
    RecordFile,
    SinceOption,
    UntilOption,
    app,
    opened,
)
from dragoman.cli.lists import as_lines, counted, finish
from dragoman.show import screen
from dragoman.show.screen import Column

if TYPE_CHECKING:
    from dragoman.analysis.standing import Standing
    from dragoman.record import Record


@app.command()
def mediators(
    one: Annotated[str, typer.Argument(help="A party: code, name or catalogue id.", metavar="A")],
    other: Annotated[str, typer.Argument(help="Another party.", metavar="B")],
    record: RecordFile = DEFAULT_RECORD,
    since: SinceOption = None,
    until: UntilOption = None,
    as_json: JsonOption = False,  # noqa: FBT002
) -> None:
    """Rank third parties that could mediate between two: mediation told, standing, and contact with both."""
    from dragoman.analysis.mediators import mediators as ranked
    from dragoman.rulebook import load_rulebook

    with opened(record) as store:
        sides = (member(store, one), member(store, other))
        found = ranked(
            sides, store.ties(), store.events(), store.happenings(), load_rulebook().ties,
            since=since, until=until,
        )  # fmt: skip
    rows = (
        {
            "party": item.name,
            "mediation_told": item.told,
            "standing": list(item.standing),
            "contacts": list(item.contacts),
            "tie_ids": list(item.tie_ids),
            "event_ids": list(item.event_ids),
        }
        for item in found
    )
    count = screen.rows(
        rows,
        (
            Column("party", lambda row: row["party"], "bold"),
            Column("mediation told", lambda row: f"{row['mediation_told']:.1f}"),
            Column("standing with A", lambda row: _sign(row["standing"][0])),
            Column("with B", lambda row: _sign(row["standing"][1])),
            Column("contacts", lambda row: " and ".join(map(str, row["contacts"]))),
            Column("rests on", lambda row: counted(len(row["tie_ids"]), "tie"), wide=1),
        ),
        as_json=as_lines(as_json),
    )
    finish(count, "third parties", None)


def standing_of(
    store: Record, one: str, other: str, *, on: str | None, as_known_on: str | None
) -> Standing:
    """How two parties stand by all ties of a record."""
    from dragoman.analysis.standing import standing
    from dragoman.rulebook import load_rulebook

    ties = store.ties()
    days = {report.id: report.day for report in store.each_report()}
    said = [tie.said_by for tie in ties if tie.said_by]
    speakers = {
        id_: entry.speaker.name or entry.speaker.span.text
        for id_, entry in store.entries(said).items()
        if hasattr(entry, "speaker") and entry.speaker
    }
    return standing(
        ties, (member(store, one), member(store, other)), load_rulebook().ties,
        on=on, as_known_on=as_known_on, days=days, speakers=speakers,
    )  # fmt: skip


def member(store: Record, words: str) -> str:
    """The code or name by which ties name a party.

    Raises:
        NotFoundError: if the record knows no such party.
    """
    keys = store.actor_keys(words)
    codes = [key for key in keys if len(key) == 3 and key.isupper()]
    return codes[0] if codes else keys[0].split(":", 1)[-1]


def _sign(value: float | None) -> str:
    return "-" if value is None else f"{value:+.1f}"
