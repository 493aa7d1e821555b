"""Gathering as a whole: order, repetition and parts do not matter, and nothing is lost."""

from __future__ import annotations

import random
from dataclasses import replace

from tests.gathering.made_up import actor, plain, say, tell

from dragoman.entries import ReadReport
from dragoman.gathering import gather
from dragoman.rulebook import load_rulebook

RULES = load_rulebook()


def told(report_id: str, day: str, verb: str, said: str) -> ReadReport:
    prose = (
        f"Ostland {verb} relations with Westmark after the fire at the Selm refinery. "
        f"Minister Orla Vance said {said}. The Selm refinery burned for a night."
    )
    read = plain(
        report_id,
        "Ostland breaks with Westmark over Selm refinery",
        prose,
        day,
        f"outlet {report_id}",
    )
    east = actor(read, "Ostland", "state:OST", "OST", 1)
    west = actor(read, "Westmark", "state:WES", "WES", 1)
    read = tell(read, f"Ostland {verb} relations with Westmark after the fire at the Selm refinery", verb, "SANCTION",
                (east,), (west,), date="2031-03-01", date_precision="day")  # fmt: skip
    return say(read, said, actor(read, "Minister Orla Vance", "person:vance", "OST"))


READS = [
    told("a", "2031-03-01", "severed", "the refinery could not burn by chance"),
    told("b", "2031-03-02", "cut", "it was no chance that the refinery burned"),
    plain("c", "Harvest", "Farmers brought apples to the square of Ulm.", "2031-03-01"),
]


def test_one_story_one_happening_one_utterance() -> None:
    gathered = gather(READS, RULES)
    assert [set(story.report_ids) for story in gathered.stories] == [{"a", "b"}]
    assert [len(h.member_ids) for h in gathered.happenings] == [2]
    assert [len(u.member_ids) for u in gathered.utterances] == [2]
    (story,) = gathered.stories
    assert {h.story_id for h in gathered.happenings} == {story.id}
    assert {u.story_id for u in gathered.utterances} == {story.id}


def test_the_order_of_reports_and_the_kind_of_iterable_do_not_matter() -> None:
    wanted = gather(READS, RULES)
    for seed in range(4):
        shuffled = list(READS)
        random.Random(seed).shuffle(shuffled)
        assert gather(iter(shuffled), RULES) == wanted


def test_reports_that_were_set_aside_without_words_do_no_harm() -> None:
    empty = replace(READS[2].report, id="d", text="", title=None, parts=(), status="set aside")
    assert gather([*READS, ReadReport(empty)], RULES) == gather(READS, RULES)


def test_nothing_gives_nothing() -> None:
    gathered = gather([], RULES)
    assert (gathered.stories, gathered.happenings, gathered.utterances, gathered.ties) == (
        (),
        (),
        (),
        (),
    )
