"""Full-text search, suggestions for names, and what there is to know about the record."""

from __future__ import annotations

import importlib.metadata
import tomllib
from collections import Counter
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import Query

from dragoman.record import Hit, Summary, Where
from dragoman.web import words
from dragoman.web.ask import Ask  # noqa: TC001 - FastAPI looks the types up at run time
from dragoman.web.page import Page
from dragoman.web.text import Mark, Piece, pieces

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.entries import Report
    from dragoman.rulebook import PloverType

# Hits looked at: shown, and counted for the filters.
HITS = 200


@dataclass(frozen=True, slots=True)
class Found:
    """A hit with the words found in it marked."""

    hit: Hit
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """What was found.

    Attributes:
        q: what was typed; among: reports or statements; outlet, year: filters chosen.
        found: the hits, best first.
        outlets, years: values of the filters with their counts.
        total: hits before filtering; full: whether there may be more.
    """

    q: str
    among: str
    outlet: str
    year: str
    found: list[Found]
    outlets: tuple[tuple[str, int], ...]
    years: tuple[tuple[str, int], ...]
    total: int
    full: bool


HIT_COLUMNS = (
    "kind", "id", "report_id", "outlet", "published", "title", "start", "end", "text", "matches",
)  # fmt: skip


def search(
    ask: Ask,
    q: Annotated[str, Query(max_length=400)] = "",
    among: Literal["reports", "statements"] = "reports",
    outlet: Annotated[str, Query(max_length=400)] = "",
    year: Annotated[str, Query(max_length=4)] = "",
) -> Page:
    """Full-text search in reports or in what is said."""
    hits = ask.record.search(q, HITS, among=among) if q.strip() else ()
    kept = [
        hit
        for hit in hits
        if (not outlet or (hit.outlet or "") == outlet)
        and (not year or (hit.published or "")[:4] == year)
    ]
    found = [Found(hit, _marked(hit)) for hit in kept]
    flag = " --statements" if among == "statements" else ""
    return Page(
        "search.html", f"Search: {words.short(q, 60)}" if q.strip() else "Search",
        SearchPage(
            q, among, outlet, year, found, _counted(hit.outlet for hit in hits),
            _counted((hit.published or "")[:4] for hit in hits), len(hits), len(hits) == HITS,
        ),
        rows=[_row(hit) for hit in kept], columns=HIT_COLUMNS,
        command=f"dragoman search {_quoted(q)}{flag} --record {ask.file}",
        python=f"open_record({ask.file!r}).search({q!r}, among={among!r})",
    )  # fmt: skip


def _quoted(q: str) -> str:
    import shlex

    return shlex.quote(q)


def _row(hit: Hit) -> dict[str, object]:
    return {
        "kind": hit.kind, "id": hit.id, "report_id": hit.report_id, "outlet": hit.outlet,
        "published": hit.published, "title": hit.title, "start": hit.span.start,
        "end": hit.span.end, "text": hit.span.text, "matches": [m.text for m in hit.matches],
    }  # fmt: skip


def _marked(hit: Hit) -> tuple[Piece, ...]:
    shift = hit.span.start
    marks = [Mark(one.start - shift, one.end - shift, "match", "") for one in hit.matches]
    return pieces(hit.span.text, 0, len(hit.span.text), marks)


def _counted(values: Iterable[str | None]) -> tuple[tuple[str, int], ...]:
    counted = Counter(value for value in values if value)
    return tuple(sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:12])


@dataclass(frozen=True, slots=True)
class SuggestPage:
    """Names that begin with what was typed."""

    names: tuple[str, ...]


def suggest(
    ask: Ask,
    q: Annotated[str, Query(max_length=100)] = "",
    actor: Annotated[str, Query(max_length=100)] = "",
) -> Page:
    """Names of parties that begin with what was typed."""
    typed = (q or actor).strip()
    names = ask.record.actor_names(typed, 20) if typed else ()
    return Page(
        "suggest.html", "Names", SuggestPage(names),
        rows=[{"name": name} for name in names], columns=("name",),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Score:
    """A score on development data under which no version of the program may fall."""

    benchmark: str
    data: str
    score: str
    floor: float


@cache
def scores() -> tuple[Score, ...]:
    """The scores that tests hold; the file is a copy of the project's own, which is not installed."""
    text = resources.files("dragoman.web").joinpath("scores.toml").read_text("utf-8")
    return tuple(
        Score(benchmark, data.removesuffix(".jsonl"), score, floor)
        for benchmark, files in tomllib.loads(text).items()
        for data, kept in files.items()
        for score, floor in kept.items()
        if isinstance(floor, float)
    )


@dataclass(frozen=True, slots=True)
class AboutPage:
    """What there is to know about the record.

    Attributes:
        summary: how much it holds.
        version: of the program; readers: digests of model and rules, with numbers of reports.
        aside: reports set aside, with reasons; outlets: with numbers of reports.
        types: PLOVER's types; licences: of what the pages are made with.
        scores: under which no version may fall; stale: whether stories and ties await a new gathering.
    """

    summary: Summary
    version: str
    readers: tuple[tuple[str, int], ...]
    aside: tuple[Report, ...]
    outlets: tuple[tuple[str, int], ...]
    types: tuple[PloverType, ...]
    licences: str
    scores: tuple[Score, ...]
    stale: bool


def about(ask: Ask) -> Page:
    """What was read and set aside, by what, and what the record cannot see."""
    aside = ask.record.reports(Where(status="set aside", limit=200))
    sample = ask.record.reports(Where(status="read", limit=1))
    readers = Counter(ask.record.read_report(one.id).reader for one in sample)
    summary = ask.summary
    outlets = ask.site.kept("outlets", ask.record, ask.record.outlets)
    return Page(
        "about.html", "About this record",
        AboutPage(
            summary, version(), tuple(readers.most_common()), aside, outlets,
            tuple(words.types().values()), licences(), scores(),
            ask.record.needs_gathering(),
        ),
        rows=[
            {"what": name, "count": value} for name, value in asdict(summary).items()
        ],
        columns=("what", "count"),
        head={
            "version": version(), "readers": [name for name, _ in readers.most_common()],
            "set_aside": [
                {"id": one.id, "source": one.source, "reason": one.reason} for one in aside
            ],
            "scores": [asdict(one) for one in scores()],
            "outlets": [{"outlet": name, "reports": count} for name, count in outlets],
        },
        command=f"dragoman reports --status aside --record {ask.file}",
        python=f"open_record({ask.file!r}).summary()",
    )  # fmt: skip


def version() -> str:
    """The program's version."""
    try:
        return importlib.metadata.version("dragoman")
    except importlib.metadata.PackageNotFoundError:
        return "not installed"


def licences() -> str:
    """The licences of the files in static/."""
    return resources.files("dragoman.web").joinpath("static/LICENSES.txt").read_text("utf-8")
