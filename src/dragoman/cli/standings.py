"""The analyses: who could mediate, the network of states, the course between two parties."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer

from dragoman.cli.app import (
    DEFAULT_RECORD,
    JsonOption,
    LimitOption,
    RecordFile,
    SinceOption,
    UntilOption,
    app,
    filters,
    known_actor,
    opened,
    shown_limit,
)
from dragoman.cli.lists import as_lines, counted, finish
from dragoman.errors import UnknownValueError
from dragoman.show import screen
from dragoman.show.screen import Column

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dragoman.analysis.changes import Unit
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
    from dragoman.show.analyses import mediators_of

    with opened(record) as store:
        sides = known_pair(store, one, other)
        found = mediators_of(store, *sides, since=since, until=until)
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


@app.command()
def network(
    record: RecordFile = DEFAULT_RECORD,
    since: SinceOption = None,
    until: UntilOption = None,
    limit: LimitOption = None,
    as_json: JsonOption = False,  # noqa: FBT002
) -> None:
    """Show who stands well or badly with whom: camps, and the ties that fit no division into camps.

    The frustration index is the least number of ties that stand against any division into two camps of
    friends; those ties are named, and the triads that do not fit together (the friend of an enemy).
    """
    from dragoman.rulebook import load_rulebook
    from dragoman.show.analyses import network_of, state_names
    from dragoman.show.networks import network_words

    lines = as_lines(as_json)
    most = shown_limit(limit, as_json=lines)
    with opened(record) as store:
        filters(store, since=since, until=until)
        found = network_of(store, since=since, until=until)
    if lines:
        screen.one(asdict(found))
        return
    names = state_names(load_rulebook())
    for line in network_words(found, names):
        screen.say(line)
    edges = sorted(found.edges, key=lambda edge: (-abs(edge.score), edge.a, edge.b))[: most or None]
    count = screen.rows(
        (asdict(edge) | {"pair": (edge.a, edge.b)} for edge in edges),
        (
            Column("pair", lambda row: " and ".join(names[code] for code in row["pair"]), wide=2),
            Column("stand", lambda row: f"{row['score']:+.2f}", "bold"),
            Column("by ties", lambda row: _sign(row["ties_score"])),
            Column("by happenings", lambda row: _sign(row["happenings_score"])),
            Column("rests on", _rests_on, wide=1),
            Column("", lambda row: "strained" if row["strained"] else ""),
        ),
        as_json=False,
    )
    finish(count, "pairs of states", most)


@app.command()
def changes(
    one: Annotated[str, typer.Argument(help="A party: code, name or catalogue id.", metavar="A")],
    other: Annotated[str, typer.Argument(help="Another party.", metavar="B")],
    record: RecordFile = DEFAULT_RECORD,
    since: SinceOption = None,
    until: UntilOption = None,
    unit: Annotated[
        str | None,
        typer.Option(
            "--by", help="day, week or month; by the length unless given.", metavar="UNIT"
        ),
    ] = None,
    limit: LimitOption = None,
    as_json: JsonOption = False,  # noqa: FBT002
) -> None:
    """Show the course of cooperation and conflict between two parties, and the days on which it turned.

    Counted in happenings, not reports, each with its PLOVER score.
    """
    from dragoman.show.analyses import course_of
    from dragoman.show.networks import turn_words

    lines = as_lines(as_json)
    most = shown_limit(limit, as_json=lines)
    with opened(record) as store:
        sides = known_pair(store, one, other)
        filters(store, since=since, until=until)
        found = course_of(store, *sides, since=since, until=until, unit=_unit(unit))
        told = turn_words(store, found)
    if lines:
        screen.one(asdict(found))
        return
    if found.rank:
        screen.say(f"{found.rank.words[0].upper()}{found.rank.words[1:]}.")
    for line in told:
        screen.say(line)
    periods = [period for period in found.periods if period.happenings]
    count = screen.rows(
        (asdict(period) for period in periods[-most if most else None :]),
        (
            Column(found.unit, lambda row: row["start"], "dim"),
            Column("happenings", lambda row: str(row["happenings"])),
            Column("told in", lambda row: counted(row["reports"], "report")),
            Column("cooperation", lambda row: f"{row['cooperation']:+.1f}"),
            Column("conflict", lambda row: f"{row['conflict']:+.1f}"),
            Column("net", lambda row: f"{row['net']:+.1f}", "bold"),
        ),
        as_json=False,
    )
    finish(count, f"{found.unit}s with a happening between the two", most)
    if found.undated:
        screen.note(f"{counted(found.undated, 'happening')} without a known day left out")


def known_pair(store: Record, one: str, other: str) -> tuple[str, str]:
    """Two parties by words that the record knows.

    Raises:
        NotFoundError: if it knows no such party.
    """
    return known_actor(store, one), known_actor(store, other)


def _unit(name: str | None) -> Unit | None:
    from dragoman.analysis.changes import Unit

    units = get_args(Unit)
    if name is not None and name.lower() not in units:
        raise UnknownValueError(name, units, what="the unit")
    return next((unit for unit in units if name and unit == name.lower()), None)


def _rests_on(row: Mapping[str, Any]) -> str:
    ties, happenings = len(row["tie_ids"]), len(row["happening_ids"])
    parts = [counted(ties, "tie")] if ties else []
    parts += [counted(happenings, "happening")] if happenings else []
    return ", ".join(parts)


def _sign(value: float | None) -> str:
    return "-" if value is None else f"{value:+.1f}"
