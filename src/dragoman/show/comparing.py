"""A story, or two reports, laid side by side, as people have corrected them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dragoman.entries import Comparison, Report, Story
from dragoman.errors import UsageError
from dragoman.gathering.comparison import compare
from dragoman.record import Where

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.record import Record
    from dragoman.rulebook import Rulebook


def compare_entries(record: Record, ids: Sequence[str], rulebook: Rulebook) -> Comparison:
    """The comparison of the reports of a story, or of several reports.

    Args:
        record: an open record.
        ids: one story's id, or two or more ids of reports, or the beginnings of ids.
        rulebook: the knowledge that claims are held against.

    Raises:
        NotFoundError: if there is no such entry.
        UsageError: if the ids are neither one story nor several reports.
    """
    entries = [record.find(id_) for id_ in ids]
    if len(entries) == 1 and isinstance(entries[0], Story):
        story: Story | None = entries[0]
        report_ids: Sequence[str] = entries[0].report_ids
    elif len(entries) > 1 and all(isinstance(entry, Report) for entry in entries):
        story, report_ids = None, [entry.id for entry in entries]
    else:
        kinds = " and ".join(f"a {type(entry).__name__.lower()}" for entry in entries)
        raise UsageError(f"a comparison takes one story, or two reports; this is {kinds}")
    # What joins reports may lie in other stories too: the comparison passes over what does not.
    places = [Where(story=story.id)] if story else [Where(report=id_) for id_ in report_ids]
    happenings = {item.id: item for place in places for item in record.happenings(place)}
    utterances = {item.id: item for place in places for item in record.utterances(place)}
    reads = [record.read_report(id_, corrected=True) for id_ in report_ids]
    return compare(reads, story, happenings.values(), utterances.values(), rulebook)
