"""The application that the commands register with, and the options that they share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.errors import NotFoundError, UnknownValueError, UsageError

if TYPE_CHECKING:
    from dragoman.entries import PositionKind
    from dragoman.record import Record, Where

app = typer.Typer(
    name="dragoman",
    help="Reads what news outlets report about the dealings between states, and keeps the record: "
    "who did what to whom, who said what, and in whose words it stands.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
rules_app = typer.Typer(help="The rulebook: check it.", no_args_is_help=True)
catalogue_app = typer.Typer(help="Your own actors: add and check them.", no_args_is_help=True)
app.add_typer(rules_app, name="rules")
app.add_typer(catalogue_app, name="catalogue")

RecordFile = Annotated[
    Path,
    typer.Option("--record", envvar="DRAGOMAN_RECORD", help="The record's file.", metavar="FILE"),
]
ActorOption = Annotated[
    str | None,
    typer.Option(
        "--actor",
        help="A code (BHR), a name (Bahrain) or a catalogue id (state:BHR). "
        "A state's code or name finds its parties too.",
        metavar="A",
    ),
]
BetweenOption = Annotated[
    tuple[str, str] | None,
    typer.Option("--between", help="Two parties that deal with one another.", metavar="A B"),
]
TypeOption = Annotated[
    str | None,
    typer.Option(
        "--type",
        help="A PLOVER type (SANCTION); for statements direct, indirect or mixed; for ties the kind.",
        metavar="NAME",
    ),
]
SinceOption = Annotated[
    str | None,
    typer.Option(
        "--since", help="On this date or later: 2016, 2016-01 or 2016-01-04.", metavar="DATE"
    ),
]
UntilOption = Annotated[
    str | None, typer.Option("--until", help="On this date or earlier.", metavar="DATE")
]
SureOption = Annotated[
    float | None,
    typer.Option(
        "--sure",
        help="Events and statements of at least this confidence, 0 to 1; 0.75 unless given.",
        metavar="NUMBER",
    ),
]
AllOption = Annotated[
    bool, typer.Option("--all", help="What is less sure than 0.75 as well: all that was read.")
]
OutletOption = Annotated[
    str | None, typer.Option("--outlet", help="Told by this outlet.", metavar="NAME")
]
SaidByOption = Annotated[
    str | None, typer.Option("--said-by", help="Told in a statement of this party.", metavar="A")
]
SpeakerOption = Annotated[
    str | None, typer.Option("--speaker", help="Statements of this party.", metavar="A")
]
AboutOption = Annotated[
    str | None,
    typer.Option("--about", help="Statements in which this party is mentioned.", metavar="A"),
]
StoryOption = Annotated[
    str | None, typer.Option("--story", help="Of the reports of this story.", metavar="ID")
]
ReportOption = Annotated[str | None, typer.Option("--report", help="Of this report.", metavar="ID")]
PositionOption = Annotated[
    str | None,
    typer.Option(
        "--position",
        help="Statements in which the speaker supports, opposes, demands, offers, threatens, denies "
        "or regrets; with --about towards that party.",
        metavar="NAME",
    ),
]
LimitOption = Annotated[
    int | None,
    typer.Option(
        "--limit", min=1, help="At most so many. On a terminal 50 unless given.", metavar="N"
    ),
]
RejectedOption = Annotated[
    bool, typer.Option("--rejected", help="Show what people have rejected as well.")
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="JSON lines on a terminal too, as in a pipe.")
]

DEFAULT_RECORD = Path("dragoman.db")

# Lines that a table on a terminal shows unless --limit says otherwise: a screen or two.
ON_SCREEN = 50


def opened(path: Path, *, write: bool = False) -> Record:
    """The record of `path`, which must be there."""
    from dragoman.record import open_record

    if write:
        # Opening for writing would make a file; a mistyped name is to be an error.
        open_record(path, readonly=True).close()
    return open_record(path, readonly=not write)


def filters(record: Record, **given: Any) -> Where:
    """The filters of a command line, with names that only the catalogue knows turned into codes.

    Raises:
        UnknownValueError, UsageError: for a value that is not allowed.
    """
    from dragoman.record import Where

    for name in ("actor", "said_by", "speaker", "about"):
        if given.get(name):
            given[name] = known_actor(record, given[name])
    if given.get("between"):
        given["between"] = tuple(known_actor(record, words) for words in given["between"])
    return Where(**given)


def line(sure: float | None, every: bool) -> float | None:  # noqa: FBT001
    """From which confidence on entries are told: the usual line unless another or all was asked for.

    Raises:
        UsageError: if both were.
    """
    from dragoman.record import LIKELY

    if every and sure is not None:
        raise UsageError("--all and --sure say different things; give one of them")
    return None if every else LIKELY if sure is None else sure


def event_type(name: str | None) -> str | None:
    """A PLOVER type, written in any case.

    Raises:
        UnknownValueError: names the nearest.
    """
    if name is None:
        return None
    from dragoman.cli.seams import ontology

    types = ontology().types
    if name.upper() not in types:
        raise UnknownValueError(name.upper(), types, what="the PLOVER type")
    return name.upper()


def position_kind(name: str | None) -> PositionKind | None:
    """A position, written in any case ("oppose" is "opposes").

    Raises:
        UnknownValueError: names the nearest.
    """
    if name is None:
        return None
    from typing import get_args

    from dragoman.entries import PositionKind

    kinds: tuple[PositionKind, ...] = get_args(PositionKind)
    for kind in kinds:
        if name.lower() in {kind, kind.removesuffix("s")} or (
            kind == "denies" and name.lower() == "deny"
        ):
            return kind
    raise UnknownValueError(name, kinds, what="the position")


def statement_kind(name: str | None) -> str | None:
    """A kind of statement, written in any case.

    Raises:
        UnknownValueError: names the nearest.
    """
    from typing import get_args

    from dragoman.entries import StatementKind

    if name is not None and name.lower() not in get_args(StatementKind):
        raise UnknownValueError(name, get_args(StatementKind), what="the kind of statement")
    return name and name.lower()


def known_actor(record: Record, words: str) -> str:
    """Words by which the record knows a party: as given, or as the catalogue has it ("Manama").

    Raises:
        NotFoundError: if neither knows it; names the nearest.
    """
    if record.actor_keys(words):
        return words
    from dragoman.cli.seams import catalogue_keys

    keys = catalogue_keys(words)
    for key in keys:
        if record.actor_keys(key):
            return key
    if keys:
        raise NotFoundError("mention in this record of", words)
    raise NotFoundError("actor", words, record.known_names())


def shown_limit(limit: int | None, *, as_json: bool) -> int | None:
    """How many lines to show: all in a pipe, a screenful on a terminal."""
    return limit if limit is not None or as_json else ON_SCREEN
