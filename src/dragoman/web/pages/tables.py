"""The tables: events, statements, ties, reports, actors, happenings, utterances, by filters."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from dragoman.exchange.rows import members_row, report_row, tie_row
from dragoman.exchange.tables import event_rows, statement_rows
from dragoman.web.ask import Ask  # noqa: TC001 - FastAPI looks the types up at run time
from dragoman.web.page import Page
from dragoman.web.pages import Asked  # noqa: TC001 - as above

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.entries import Report, Statement
    from dragoman.record import ActorLine, Where
    from dragoman.web.filters import Filters
    from dragoman.web.views import Occurrence, TieView, Told

# Rows in which the values of filters are counted: enough for shares, quick on any record.
COUNTED = 500

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Facet:
    """A filter with the values to choose from: value, words, how many rows have it."""

    name: str
    label: str
    values: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table's page.

    Attributes:
        what: its name, as in the address and on the command line.
        asked: the filters; fields: those that this table has.
        facets: counted values; counted: in how many rows they were counted.
        rows: entries to show; more: offset of the next page, None on the last.
        texts: statements' reports, for their outlet and date.
        less_sure: how many more there are that are less sure than asked for.
    """

    what: str
    asked: Filters
    fields: tuple[str, ...]
    facets: tuple[Facet, ...]
    counted: int
    rows: Sequence[Told | Statement | TieView | Report | ActorLine | Occurrence]
    more: int | None
    texts: dict[str, Report]
    less_sure: int = 0


FIELDS = (
    "actor",
    "between",
    "type",
    "since",
    "until",
    "outlet",
    "said_by",
    "about",
    "sure",
    "rejected",
)


def events(ask: Ask, asked: Asked) -> Page:
    """Events: who did what to whom, each with the words that tell it."""
    found, more = _cut(ask.record.events(asked.page()), asked)
    sample = ask.record.events(replace(asked.where, limit=COUNTED, offset=0))
    told = ask.views.told(sample)
    facets = (
        _facet("type", "Type", (one.event.event for one in told)),
        _facet("outlet", "Outlet", (one.outlet for one in told)),
        _facet("since", "Year", ((one.event.date or "")[:4] for one in told)),
    )
    return Page(
        "events.html", "Events",
        Table(
            "events", asked, FIELDS, facets, len(sample), ask.views.told(found), more, {},
            ask.record.less_sure("events", asked.where),
        ),
        rows=lambda: event_rows(ask.record, found), table="events",
        command=asked.command("events", ask.file), python=asked.python("events", ask.file),
    )  # fmt: skip


def statements(ask: Ask, asked: Asked) -> Page:
    """Statements: who said what, directly or indirectly."""
    found, more = _cut(ask.record.statements(asked.page()), asked)
    sample = ask.record.statements(replace(asked.where, limit=COUNTED, offset=0))
    facets = (
        _facet("type", "Kind", (one.kind for one in sample)),
        _facet(
            "speaker", "Speaker",
            (one.speaker.name for one in sample if one.speaker and one.speaker.name),
        ),
    )  # fmt: skip
    fields = ("speaker", "about", "between", "type", "since", "until", "outlet", "sure", "rejected")
    return Page(
        "statements.html", "Statements",
        Table(
            "statements", asked, fields, facets, len(sample), found, more, _texts(ask, found),
            ask.record.less_sure("statements", asked.where),
        ),
        rows=lambda: statement_rows(ask.record, found), table="statements",
        command=asked.command("statements", ask.file), python=asked.python("statements", ask.file),
    )  # fmt: skip


def ties(ask: Ask, asked: Asked) -> Page:
    """Ties: who stands how to whom, since when, and who says so."""
    found, more = _cut(ask.record.ties(asked.page()), asked)
    sample = ask.record.ties(replace(asked.where, limit=COUNTED, offset=0))
    facets = (_facet("type", "Kind", (tie.kind for tie in sample)),)
    fields = ("actor", "between", "type", "since", "until", "outlet", "rejected")
    return Page(
        "ties.html", "Ties",
        Table("ties", asked, fields, facets, len(sample), ask.views.ties(found), more, {}),
        rows=[tie_row(tie) for tie in found], table="ties",
        command=asked.command("export ties --format jsonl", ask.file),
        python=asked.python("ties", ask.file),
    )  # fmt: skip


def reports(ask: Ask, asked: Asked) -> Page:
    """Reports in order of publication."""
    found, more = _cut(ask.record.reports(asked.page()), asked)
    facets = options(ask, asked.where)
    fields = ("actor", "between", "type", "since", "until", "outlet", "status")
    return Page(
        "reports.html", "Reports",
        Table("reports", asked, fields, facets, ask.summary.reports, found, more, {}),
        rows=[report_row(report) for report in found], table="reports",
        command=asked.command("reports", ask.file), python=asked.python("reports", ask.file),
    )  # fmt: skip


def actors(ask: Ask, asked: Asked) -> Page:
    """The parties of the record, those met most often first."""
    if asked.where.actor:
        every = ask.record.actors(replace(asked.where, limit=None, offset=0))
    else:
        # All are counted to find those met most often: once for each state of the record.
        every = ask.site.kept("actors", ask.record, ask.record.actors)
    page = asked.page()
    found, more = _cut(every[page.offset :][: page.limit], asked)
    return Page(
        "actors.html", "Parties",
        Table("actors", asked, ("actor",), (), 0, found, more, {}),
        rows=[asdict(line) for line in found], columns=ACTOR_COLUMNS,
        command=asked.command("actors", ask.file), python=asked.python("actors", ask.file),
    )  # fmt: skip


ACTOR_COLUMNS = (
    "key", "name", "entity_code", "country_code", "sector_code", "mentions", "events", "statements",
)  # fmt: skip


def happenings(ask: Ask, asked: Asked) -> Page:
    """Happenings: what several reports tell, once."""
    # What several reports tell is told, however sure each of them is.
    found, more = _cut(ask.record.happenings(replace(asked.page(), sure=None)), asked)
    return Page(
        "happenings.html", "Happenings",
        Table(
            "happenings", asked, tuple(one for one in FIELDS if one != "sure"), (), 0,
            ask.views.occurrences(found), more, {},
        ),
        rows=[members_row(one) for one in found], table="happenings",
        command=asked.command("export happenings --format jsonl", ask.file),
        python=asked.python("happenings", ask.file),
    )  # fmt: skip


def options(ask: Ask, where: Where) -> tuple[Facet, ...]:
    """The outlets of the record, with their numbers of reports."""
    counted = ask.site.kept("outlets", ask.record, ask.record.outlets)
    outlets = tuple((name, name, count) for name, count in counted)
    ranked = sorted(outlets, key=lambda item: (-item[2], item[0]))[:12]
    return (Facet("outlet", "Outlet", tuple(ranked)),) if ranked and not where.outlet else ()


def _facet(name: str, label: str, values: Iterable[str | None]) -> Facet:
    counted = Counter(value for value in values if value)
    ranked = sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:12]
    return Facet(name, label, tuple((value, value, count) for value, count in ranked))


def _cut(found: Sequence[T], asked: Filters) -> tuple[Sequence[T], int | None]:
    """The rows of the page, and where the next one begins."""
    size = (asked.page().limit or 1) - 1
    if len(found) > size:
        return found[:size], asked.where.offset + size
    return found, None


def _texts(ask: Ask, found: Iterable[Statement]) -> dict[str, Report]:
    ids = dict.fromkeys(one.report_id for one in found)
    return {report.id: report for report in ask.views.reports(ids)}
