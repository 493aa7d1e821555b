"""A story with all that belongs to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.entries import Event, Report, Statement, Story
from dragoman.errors import NotFoundError
from dragoman.record import Where
from dragoman.show.words import event_words, statement_words

if TYPE_CHECKING:
    from dragoman.record import Record


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report of a story; `copy_of` is the report whose text it reprints."""

    id: str
    outlet: str | None
    title: str | None
    published: str | None
    url: str | None
    copy_of: str | None


@dataclass(frozen=True, slots=True)
class Group:
    """A happening or an utterance of a story, in words, and what it joins."""

    id: str
    what: str
    date: str | None
    member_ids: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class StoryView:
    """A story with its reports, happenings and utterances."""

    id: str
    title: str
    date: str | None
    why: str
    reports: tuple[ReportLine, ...]
    happenings: tuple[Group, ...]
    utterances: tuple[Group, ...]


def story_view(record: Record, story_id: str) -> StoryView:
    """A story with all that belongs to it.

    Raises:
        NotFoundError: if there is no such story.
    """
    story = record.find(story_id)
    if not isinstance(story, Story):
        raise NotFoundError("story", story_id)
    originals = dict(story.copies)
    reports = []
    for id_ in story.report_ids:
        found = record.find(id_)
        if isinstance(found, Report):
            reports.append(ReportLine(
                found.id, found.outlet, found.title, found.published, found.url,
                originals.get(found.id),
            ))  # fmt: skip
    inside = Where(story=story.id)
    happenings = []
    for happening in record.happenings(inside):
        members = record.entries(happening.member_ids)
        told = [item for item in members.values() if isinstance(item, Event)]
        what = event_words(max(told, key=_surest)) if told else happening.event
        happenings.append(
            Group(happening.id, what, happening.date, happening.member_ids, happening.why)
        )
    utterances = []
    for utterance in record.utterances(inside):
        members = record.entries(utterance.member_ids)
        said = [item for item in members.values() if isinstance(item, Statement)]
        what = statement_words(max(said, key=_surest)) if said else utterance.speaker or ""
        utterances.append(Group(utterance.id, what, None, utterance.member_ids, utterance.why))
    return StoryView(
        story.id, story.title, story.date, story.why, tuple(reports), tuple(happenings),
        tuple(utterances),
    )  # fmt: skip


def _surest(entry: Event | Statement) -> tuple[float, str]:
    return entry.confidence, entry.id
