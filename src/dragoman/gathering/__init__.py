"""Gathering: what the reports tell together. Stories, happenings, utterances and ties, by key.

Only this module calls the steps; they do not import one another.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dragoman.entries import Gathered, Happening, Utterance
from dragoman.gathering.cards import make_card
from dragoman.gathering.happenings import group_tellings, join_history, tellings_of
from dragoman.gathering.stories import find_stories
from dragoman.gathering.ties import find_ties
from dragoman.gathering.utterances import find_utterances, sayings_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.entries import ReadReport, Story
    from dragoman.gathering.happenings import Group, Telling
    from dragoman.gathering.utterances import Saying
    from dragoman.rulebook import Rulebook

__all__ = ["gather"]


def gather(reads: Iterable[ReadReport], rulebook: Rulebook) -> Gathered:
    """Stories, happenings, utterances and ties of all read reports; their order does not matter.

    Args:
        reads: the reports. They are gone through three times: give something that can be iterated
            again (a list, or an object whose ``__iter__`` reads the record anew). A bare iterator
            is kept whole in memory.
        rulebook: the knowledge.

    Returns:
        All of it, each kind in order of id. Stories, happenings and utterances have at least two
        members: what stands alone is not listed.
    """
    if isinstance(reads, Iterator):
        reads = tuple(reads)
    cards = [card for read in reads if (card := make_card(read))]
    stories = find_stories(cards)
    del cards
    happenings, utterances = _by_story(reads, stories)
    ties = find_ties(reads, stories, happenings, rulebook)
    return Gathered(stories, happenings, utterances, tuple(ties))


def _by_story(
    reads: Iterable[ReadReport], stories: tuple[Story, ...]
) -> tuple[tuple[Happening, ...], tuple[Utterance, ...]]:
    """Happenings and utterances: a story is worked on as soon as its last report has come."""
    story_of = {id_: story for story in stories for id_ in story.report_ids}
    awaited = {story.id: set(story.report_ids) for story in stories}
    told: dict[str, list[Telling]] = {story.id: [] for story in stories}
    said: dict[str, list[Saying]] = {story.id: [] for story in stories}
    groups: list[Group] = []
    utterances: list[Utterance] = []
    for read in reads:
        story = story_of.get(read.report.id)
        if story is None:
            groups.extend(group_tellings(tellings_of(read), None))
            continue
        told[story.id].extend(tellings_of(read, story.date))
        said[story.id].extend(sayings_of(read))
        awaited[story.id].discard(read.report.id)
        if not awaited[story.id]:
            groups.extend(group_tellings(told.pop(story.id), story.id))
            utterances.extend(find_utterances(said.pop(story.id), story.id))
    voices = {copy: source for story in stories for copy, source in story.copies}
    happenings = join_history(groups, voices)
    return happenings, tuple(sorted(utterances, key=lambda utterance: utterance.id))
