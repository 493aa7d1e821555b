"""The front page, the list of stories, and one story laid side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.entries import Comparison, Event, Evidence, Report, Statement, Story
from dragoman.errors import NotFoundError
from dragoman.record import Record, Summary, Where
from dragoman.web import compare
from dragoman.web.ask import Ask  # noqa: TC001 - FastAPI looks the types up at run time
from dragoman.web.filters import Filters
from dragoman.web.page import Page
from dragoman.web.pages import Asked, Name
from dragoman.web.pages.tables import Facet, options
from dragoman.web.views import Occurrence, StoryView, latest
from dragoman.web.words import short

if TYPE_CHECKING:
    from collections.abc import Sequence

# Stories of the front page: about two screens.
ON_FRONT = 20
# Reports of a story that are compared.
COMPARED = 60


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
    found = latest(ask.record.stories, Where(), summary.last, ON_FRONT)
    found.sort(key=lambda story: story.date is None)
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
        Front(ask.summary, views, asked, options(ask.record, asked.where), more),
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
        happenings: what happened, each once, with its tellings.
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
    occurrences = ask.views.occurrences(ask.record.happenings(Where(story=entry.id)))
    lines = compare.lines(laid(ask.record, entry, occurrences), reports)
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
        python=f"compare(open_record({ask.file!r}), [{entry.id!r}])",
    )  # fmt: skip


def laid(record: Record, entry: Story, occurrences: Sequence[Occurrence]) -> Comparison:
    """The story's comparison."""
    groups: list[tuple[str, Sequence[Evidence]]] = []
    for one in occurrences:
        event = one.first.event
        actors = ", ".join(actor.name or actor.span.text for actor in event.actor[:5])
        recipients = ", ".join(actor.name or actor.span.text for actor in event.recipient[:5])
        what = " ".join(filter(None, (actors or "somebody", one.first.phrase, recipients)))
        groups.append(
            (f"{what} ({one.date or 'no date'})", [_evidence(t.event) for t in one.tellings])
        )
    utterances = record.utterances(Where(story=entry.id))
    found = record.entries([id_ for one in utterances for id_ in one.member_ids])
    for utterance in utterances:
        members = [found[id_] for id_ in utterance.member_ids if id_ in found]
        said = [one for one in members if isinstance(one, Statement)]
        if said:
            speaker = next((one.speaker for one in said if one.speaker), None)
            who = (speaker.name or speaker.span.text) if speaker else "Somebody"
            groups.append(
                (f"{who}: {short(said[0].content.text, 140)}", [_evidence(one) for one in said])
            )
    return compare.from_groups(entry.id, entry.report_ids, groups)


def _evidence(entry: Event | Statement) -> Evidence:
    if isinstance(entry, Event):
        return Evidence(entry.report_id, entry.span, event_id=entry.id)
    return Evidence(entry.report_id, entry.span, statement_id=entry.id)


def report_name(report: Report) -> str:
    """What to call a report."""
    return report.title or short(report.text, 80) or report.id
