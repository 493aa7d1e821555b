"""Gathering after a few reports have come, changed or been corrected: what they touch, and no more.

The result is what gathering everything anew would give (``tests/properties/test_updates.py``). What is
kept between two runs lies on a shelf that the record provides: cards, parts of happenings with their
links, and what is told of ties.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from dragoman.gathering.around import CardShelf, StoryChange
from dragoman.gathering.cards import make_card
from dragoman.gathering.happenings import group_tellings, tellings_of
from dragoman.gathering.local import regroup
from dragoman.gathering.rejoining import PartShelf, rejoin
from dragoman.gathering.ties import tellings_of as told_of
from dragoman.gathering.ties import ties_of
from dragoman.gathering.utterances import find_utterances, sayings_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from dragoman.entries import ReadReport, Story, Tie, Utterance
    from dragoman.gathering.cards import Card
    from dragoman.gathering.happenings import Group
    from dragoman.gathering.rejoining import RetoldChange
    from dragoman.gathering.ties import Told
    from dragoman.rulebook import Rulebook


class Shelf(CardShelf, PartShelf, Protocol):
    """What is kept between two runs, and the record that it belongs to."""

    def reads(self, report_ids: Iterable[str]) -> Iterable[ReadReport]:
        """Reports with what was read from them, corrections laid over it, as they are now."""

    def put_cards(self, cards: Mapping[str, Card | None]) -> tuple[list[int], dict[int, Card]]:
        """Keep the cards of reports; the numbers of those that are new or differ, and what they were."""

    def put_stories(self, change: StoryChange) -> None:
        """Put stories in the place of others, and what lies around cards in the place of what did."""

    def put_happenings(self, change: RetoldChange) -> None:
        """Put parts and happenings in the place of others."""

    def put_utterances(self, story_ids: Iterable[str], made: Iterable[Utterance]) -> None:
        """Put utterances in the place of those of some stories."""

    def put_told(self, told: Mapping[str, Sequence[Told]]) -> set[tuple[tuple[str, ...], str]]:
        """Keep what reports tell of ties; the members and kinds of all that they tell or told."""

    def kinds_told(self, report_ids: Iterable[str]) -> set[tuple[tuple[str, ...], str]]:
        """The members and kinds of what some reports tell of ties."""

    def told(self, members: tuple[str, ...], kind: str) -> Sequence[Told]:
        """All that is told of some members and a kind, in the voices that count now."""

    def put_ties(self, keys: Collection[tuple[tuple[str, ...], str]], ties: Sequence[Tie]) -> None:
        """Put ties in the place of all those of some members and kinds."""


def update(shelf: Shelf, report_ids: Collection[str], rulebook: Rulebook) -> None:
    """Bring what was gathered up to date with some reports that are new, or no longer what they were."""
    changed = {read.report.id: read for read in shelf.reads(sorted(report_ids))}
    stories = _stories(shelf, changed)
    _within(shelf, stories, changed)
    _ties(shelf, stories, changed, rulebook)


def _stories(shelf: Shelf, changed: Mapping[str, ReadReport]) -> StoryChange:
    """The stories that differ from before, or that hold a report that does."""
    fresh, removed = shelf.put_cards({id_: make_card(read) for id_, read in changed.items()})
    whole = regroup(shelf, fresh, removed) if fresh or removed else StoryChange()
    # A report may be another with the same card: corrected, or coded anew.
    own = tuple(set(shelf.stories_of(sorted(changed))) - set(whole.before))
    whole = replace(whole, before=(*whole.before, *own), after=(*whole.after, *own))
    same = {
        story
        for story in set(whole.before) & set(whole.after)
        if changed.keys().isdisjoint(story.report_ids)
    }
    change = replace(
        whole,
        before=tuple(story for story in whole.before if story not in same),
        after=tuple(story for story in whole.after if story not in same),
    )
    shelf.put_stories(change)
    return change


def _within(shelf: Shelf, stories: StoryChange, changed: Mapping[str, ReadReport]) -> None:
    """Happenings and utterances of the stories that changed, and of reports that are in none."""
    touched = {id_ for story in (*stories.before, *stories.after) for id_ in story.report_ids}
    reads = {read.report.id: read for read in shelf.reads(sorted(touched - changed.keys()))}
    reads.update(changed)
    groups: list[Group] = []
    utterances: list[Utterance] = []
    alone = set(reads)
    for story in stories.after:
        own = [reads[id_] for id_ in story.report_ids]
        alone.difference_update(story.report_ids)
        told = [telling for read in own for telling in tellings_of(read, story.date)]
        groups.extend(group_tellings(told, story.id))
        said = [saying for read in own for saying in sayings_of(read)]
        utterances.extend(find_utterances(said, story.id))
    for id_ in sorted(alone):
        groups.extend(group_tellings(tellings_of(reads[id_]), None))
    shelf.put_utterances({story.id for story in _all(stories)}, utterances)
    shelf.put_happenings(rejoin(shelf, groups, reads.keys(), changed.keys()))


def _ties(
    shelf: Shelf, stories: StoryChange, changed: Mapping[str, ReadReport], rulebook: Rulebook
) -> None:
    """The ties of all that the changed reports tell or told, and of those that have another voice now."""
    book = rulebook.ties
    keys = shelf.put_told({id_: tuple(told_of(read, book, {})) for id_, read in changed.items()})
    copies = [{pair for story in side for pair in story.copies} for side in (stories.before, stories.after)]  # fmt: skip
    keys |= shelf.kinds_told(sorted({copy for copy, _ in copies[0] ^ copies[1]}))
    told = [one for members, kind in sorted(keys) for one in shelf.told(members, kind)]
    shelf.put_ties(keys, ties_of(told, book))


def _all(change: StoryChange) -> tuple[Story, ...]:
    return (*change.before, *change.after)
