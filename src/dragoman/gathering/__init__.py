"""Gathering: what the reports tell together. Stories, happenings, utterances and ties, by key.

Only this module calls the steps; they do not import one another.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from dragoman.entries import Gathered, Happening, Utterance
from dragoman.gathering.cards import make_card
from dragoman.gathering.happenings import group_tellings, tellings_of
from dragoman.gathering.retelling import Retold, join_kept
from dragoman.gathering.stories import Surroundings, group_kept
from dragoman.gathering.ties import tellings_of as told_of
from dragoman.gathering.ties import ties_of
from dragoman.gathering.updating import Shelf, update
from dragoman.gathering.utterances import find_utterances, sayings_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.entries import ReadReport, Story
    from dragoman.gathering.cards import Card
    from dragoman.gathering.happenings import Group, Telling
    from dragoman.gathering.ties import Told
    from dragoman.gathering.utterances import Saying
    from dragoman.rulebook import Rulebook

__all__ = ["Kept", "Retold", "Shelf", "gather", "gather_kept", "update"]


@dataclass(frozen=True, slots=True)
class Kept:
    """What a later :func:`update` needs of all reports.

    Attributes:
        cards: by which reports are compared.
        around: what lies around each of them.
        retold: parts of happenings, and their links.
        told: what is told of ties, each in its own report's voice.
    """

    cards: tuple[Card, ...] = ()
    around: Surroundings = field(default_factory=Surroundings)
    retold: Retold = field(default_factory=Retold)
    told: tuple[Told, ...] = ()


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
    return gather_kept(reads, rulebook)[0]


def gather_kept(reads: Iterable[ReadReport], rulebook: Rulebook) -> tuple[Gathered, Kept]:
    """As :func:`gather`, with what is kept so that later reports touch only what they must."""
    if isinstance(reads, Iterator):
        reads = tuple(reads)
    cards = tuple(card for read in reads if (card := make_card(read)))
    grouping, around = group_kept(cards)
    stories = grouping.stories()
    happenings, retold, utterances = _by_story(reads, stories)
    told = tuple(one for read in reads for one in told_of(read, rulebook.ties, {}))
    sources = {copy: source for story in stories for copy, source in story.copies}
    voiced = (replace(one, voice=sources.get(one.report_id, one.report_id)) for one in told)
    ties = ties_of(voiced, rulebook.ties)
    return Gathered(stories, happenings, utterances, ties), Kept(cards, around, retold, told)


def _by_story(
    reads: Iterable[ReadReport], stories: tuple[Story, ...]
) -> tuple[tuple[Happening, ...], Retold, tuple[Utterance, ...]]:
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
    happenings, retold = join_kept(groups, voices)
    return happenings, retold, tuple(sorted(utterances, key=lambda utterance: utterance.id))
