"""The front page, the list of stories, and one story laid side by side."""

from __future__ import annotations

from dataclasses import dataclass

from dragoman.entries import Story
from dragoman.errors import NotFoundError
from dragoman.gathering.comparison import compare as compare_reports
from dragoman.record import LIKELY, Summary, Where
from dragoman.web import compare, words
from dragoman.web.ask import Ask  # noqa: TC001 - FastAPI looks the types up at run time
from dragoman.web.filters import Filters
from dragoman.web.page import Page
from dragoman.web.pages import Asked, Name  # noqa: TC001 - as above
from dragoman.web.pages.tables import Facet, options
from dragoman.web.views import LOOKED_AT, Occurrence, StoryView

# Stories of the front page: about two screens.
ON_FRONT = 20
# Reports of a story that are compared.
COMPARED = 40


@dataclass(frozen=True, slots=True)
class Front:
    """The front page.

    Attributes:
        summary: how much the record holds.
        stories: the latest ones, or those asked for.
        asked: the filters; facets: what may be chosen in them.
        more: address of the next page of a list, None on the last.
    """

    summary: Summary
    stories: list[StoryView]
    asked: Filters
    facets: tuple[Facet, ...]
    more: int | None


def front(ask: Ask) -> Page:
    """The latest stories."""
    summary = ask.summary
    found = ask.record.stories(Where(latest=True, limit=ON_FRONT))
    views = [ask.views.story(story) for story in found]
    return Page(
        "front.html", "What happened", Front(summary, views, Filters(Where()), (), None),
        rows=[story_row(view) for view in views], columns=STORY_COLUMNS,
        command=f"dragoman stories --record {ask.file}",
        python=f"open_record({ask.file!r}).stories()",
    )  # fmt: skip


def stories(ask: Ask, asked: Asked) -> Page:
    """Stories in order of date, by filters."""
    where = asked.page()
    found = ask.record.stories(where)
    size = (where.limit or 1) - 1
    views = [ask.views.story(story) for story in found[:size]]
    more = where.offset + size if len(found) > size else None
    return Page(
        "front.html", "Stories",
        Front(ask.summary, views, asked, options(ask, asked.where), more),
        rows=[story_row(view) for view in views], columns=STORY_COLUMNS,
        command=asked.command("stories", ask.file), python=asked.python("stories", ask.file),
    )  # fmt: skip


STORY_COLUMNS = (
    "id", "date", "title", "reports", "happenings", "tellings", "outlets", "parties", "report_ids",
)  # fmt: skip


def story_row(view: StoryView) -> dict[str, object]:
    """A story's overview as data."""
    return {
        "id": view.story.id, "date": view.story.date, "title": view.story.title,
        "reports": len(view.story.report_ids), "happenings": view.happenings,
        "tellings": view.tellings, "outlets": [name for name, _ in view.outlets],
        "parties": [name for _, name in view.parties], "report_ids": list(view.story.report_ids),
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class StoryPage:
    """One story.

    Attributes:
        view: its overview.
        groups: heading, help and findings, differences first.
        columns: the reports side by side, words of findings marked.
        happenings: what happened, each once, with its tellings, the most told first.
        left: how many of its reports are not shown side by side.
    """

    view: StoryView
    groups: tuple[tuple[str, str, str, list[compare.Line]], ...]
    columns: list[compare.Column]
    happenings: list[Occurrence]
    left: int


def story(ask: Ask, id: str = "", name: Name = None) -> Page:  # noqa: A002
    """A story: what all tell, what some tell, where they differ."""
    id_ = id or next(iter(name or ()), "")
    entry = ask.record.find(id_)
    if not isinstance(entry, Story):
        raise NotFoundError("story", id_)
    view = ask.views.story(entry)
    reports = ask.views.reports(entry.report_ids[:COMPARED])
    happenings = ask.record.happenings(Where(story=entry.id))
    occurrences = ask.views.with_single(
        ask.views.occurrences(happenings), ask.record.events(Where(story=entry.id, limit=LOOKED_AT))
    )
    reads = [ask.record.read_report(report.id, corrected=True) for report in reports]
    utterances = ask.record.utterances(Where(story=entry.id))
    occurrences.sort(
        key=lambda one: (
            one.confidence < LIKELY, -one.reports, one.date or "9999", one.happening.id,
        )
    )  # fmt: skip
    laid = compare_reports(reads, entry, happenings, utterances, words.rulebook())
    lines = compare.lines(laid, reports, reads)
    groups = tuple(
        (kind, heading, compare.HELP[kind], [line for line in lines if line.kind == kind])
        for kind, heading in compare.HEADINGS.items()
    )
    columns = compare.columns(reports, lines, entry.copies)
    left = len(entry.report_ids) - len(columns)
    return Page(
        "story.html", entry.title,
        StoryPage(view, tuple(one for one in groups if one[3]), columns, occurrences, left),
        rows=compare.rows(lines), columns=compare.COLUMNS, head={"story": story_row(view)},
        command=f"dragoman compare {entry.id} --record {ask.file}",
        python=f"open_record({ask.file!r}).find({entry.id!r})",
        wide=True,
    )  # fmt: skip
