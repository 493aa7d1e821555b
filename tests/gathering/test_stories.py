"""Stories are a function of the set of reports."""

from __future__ import annotations

import json
import math
import random
from dataclasses import replace
from pathlib import Path

import pytest
from benchmarks.scale import carded, in_parts
from benchmarks.stories import b_cubed
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.gathering.made_up import cards, plain, story_reports

from dragoman.entries import ReadReport
from dragoman.gathering import blocks, stories
from dragoman.gathering.blocks import candidate_pairs, key_table
from dragoman.gathering.cards import make_card
from dragoman.gathering.stories import Grouping, find_stories, group_cards, join
from dragoman.sources import read_sources

EXAMPLES = Path(__file__).parents[2] / "examples"
MANY = [read for seed in range(12) for read in story_reports(seed, 1 + seed % 5)]
CARDS = cards(MANY)
WHOLE = group_cards(CARDS)


def test_reports_of_one_happening_are_one_story() -> None:
    assert {frozenset(group) for group in WHOLE.groups} == {
        frozenset(f"s{seed}-{n}" for n in range(1 + seed % 5)) for seed in range(12)
    }


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_reports_does_not_matter(rng: random.Random) -> None:
    shuffled = list(CARDS)
    rng.shuffle(shuffled)
    assert find_stories(shuffled) == WHOLE.stories()


@settings(max_examples=15, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(1, 7))
def test_joining_in_parts_gives_what_grouping_from_scratch_gives(
    rng: random.Random, parts: int
) -> None:
    shuffled = list(CARDS)
    rng.shuffle(shuffled)
    grouping = Grouping()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stories, "ANEW", 2.0)  # never all anew
        for part in range(parts):
            grouping = join(grouping, shuffled[part::parts])
    assert grouping.groups == WHOLE.groups
    assert grouping.copies == WHOLE.copies
    assert grouping.stories() == WHOLE.stories()


def test_many_new_reports_at_once_give_the_same() -> None:
    assert join(group_cards(CARDS[:5]), CARDS[5:]).groups == WHOLE.groups
    few = join(group_cards(CARDS[:-1]), CARDS[-1:])
    assert len(CARDS) * stories.ANEW > 1
    assert few.groups == WHOLE.groups


def test_multiplied_reports_grow_gently_and_keep_their_stories() -> None:
    reports = list(read_sources([str(EXAMPLES / "reports")]))
    many, copies = carded([r for r in reports if r.status == "read"], 390)
    whole = group_cards(many)
    assert in_parts(many, 1, 3).groups == in_parts(many, 7, 4).groups == whole.groups
    found = {id_: number for number, group in enumerate(whole.groups) for id_ in group}
    own = {
        id_.split("-", 1)[1]: n for n, g in enumerate(group_cards(many[:13]).groups) for id_ in g
    }
    gold = {id_: (copy, own[id_.split("-", 1)[1]]) for id_, copy in copies.items()}
    # Reports that name nobody are alike in every copy; nothing that belongs together is parted.
    _, recall, both = b_cubed(gold, found)
    assert recall == 1.0
    assert both > 0.8


def test_candidate_pairs_grow_no_faster_than_n_log_n(monkeypatch: pytest.MonkeyPatch) -> None:
    # Reports of one and the same crowd: past the cap the pairs no longer grow with the square.
    monkeypatch.setattr(blocks, "LARGEST", 10)
    monkeypatch.setattr(blocks, "LARGEST_EVER", 10)
    sizes = (100, 200, 400)
    crowd = cards(story_reports(3, sizes[-1], day=None))
    pairs = [len(candidate_pairs(key_table(crowd[:size]))[0]) for size in sizes]
    for fewer, more, size in zip(pairs, pairs[1:], sizes, strict=False):
        assert more <= 2 * max(fewer, size) * math.log(2 * size) / math.log(size)


def test_joining_is_right_when_a_block_outgrows_the_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blocks, "LARGEST", 6)
    monkeypatch.setattr(blocks, "LARGEST_EVER", 6)
    monkeypatch.setattr(stories, "ANEW", 2.0)
    crowd = cards(story_reports(3, 14, day=None))
    grouping = Grouping()
    for card in crowd:
        grouping = join(grouping, [card])
    assert grouping.groups == group_cards(crowd).groups


def test_a_report_given_again_takes_the_place_of_the_old_one() -> None:
    other = cards(
        [plain("s4-0", "Harvest festival", "Farmers brought apples to the square.", "2031-04-10")]
    )
    changed = join(WHOLE, other)
    assert ("s4-0",) in changed.groups
    assert changed.groups == group_cards([c for c in CARDS if c.id != "s4-0"] + other).groups


@settings(max_examples=10, deadline=None)
@given(st.integers(100, 10**6))
def test_unrelated_reports_change_no_story(seed: int) -> None:
    more = cards(story_reports(seed, 6))
    assert set(WHOLE.groups) < set(group_cards([*CARDS, *more]).groups)


def test_a_reprint_speaks_with_one_voice() -> None:
    original, other = story_reports(21, 2)
    copy = replace(
        original.report, id="copy", outlet="Evening Sheet", wire="outlet 0", published="2031-04-11",
        title="Another title", parts=(),
    )  # fmt: skip
    (story,) = find_stories(cards([original, other, ReadReport(copy, original.sentences)]))
    assert story.copies == (("copy", original.report.id),)
    assert set(story.report_ids) == {original.report.id, other.report.id, "copy"}


def test_the_agency_is_the_original_even_if_the_reprint_is_dated_earlier() -> None:
    agency = story_reports(22, 1)[0]
    agency = replace(
        agency, report=replace(agency.report, outlet="Coast Agency", published="2031-04-12")
    )
    copy = replace(
        agency.report, id="a-copy", outlet="Daily", wire="Coast Agency", published="2031-04-11"
    )
    (story,) = find_stories(cards([agency, ReadReport(copy)]))
    assert story.copies == (("a-copy", agency.report.id),)


def test_a_report_without_a_date_is_placed_by_its_content() -> None:
    reads = story_reports(5, 4)
    undated = replace(reads[2], report=replace(reads[2].report, published=None))
    (story,) = find_stories(cards([*reads[:2], undated, reads[3]]))
    assert len(story.report_ids) == 4
    assert story.report_ids[-1] == undated.report.id
    assert story.date == "2031-04-10"


def test_years_apart_the_same_words_are_another_story() -> None:
    now, then = story_reports(30, 2), story_reports(30, 4, day="2024-01-01")[2:]
    groups = group_cards(cards([*now, *then])).groups
    assert all(len({id_ in {"s30-0", "s30-1"} for id_ in group}) == 1 for group in groups)


def test_the_title_is_one_of_the_reports_own() -> None:
    reads = story_reports(8, 4)
    (story,) = find_stories(cards(reads))
    assert story.title in {read.report.title for read in reads}


def test_reports_without_titles_are_grouped_and_named_by_a_sentence() -> None:
    reads = []
    for read in story_reports(9, 3):
        prose = read.report.text.split("\n", 1)[1]
        bare = replace(read.report, title=None, text=prose, parts=())
        reads.append(ReadReport(bare))
    (story,) = find_stories(cards(reads))
    assert any(story.title and story.title in read.report.text for read in reads)


def test_what_stands_alone_is_no_story() -> None:
    assert find_stories(cards(story_reports(40, 1))) == ()
    assert find_stories([]) == ()


def test_a_report_without_words_has_no_card() -> None:
    empty = plain("e", "T", "Nothing.", None)
    assert (
        make_card(replace(empty, report=replace(empty.report, text="", title=None, parts=())))
        is None
    )


def test_a_crowd_without_dates_is_still_one_story() -> None:
    (group,) = group_cards(cards(story_reports(3, 3 * blocks.LARGEST_EVER, day=None))).groups
    assert len(group) == 3 * blocks.LARGEST_EVER


def test_pairs_come_from_blocks_up_to_the_cap_only(monkeypatch: pytest.MonkeyPatch) -> None:
    crowd = cards(story_reports(3, 9, day=None))
    table = key_table(crowd)
    left, right = candidate_pairs(table)
    brute = set()
    for key in set(table.keys.tolist()):
        owners = sorted(table.owners[table.keys == key].tolist())
        if len(owners) <= 4:
            brute |= {(a, b) for a in owners for b in owners if a < b}
    monkeypatch.setattr(blocks, "LARGEST", 4)
    monkeypatch.setattr(blocks, "LARGEST_EVER", 4)
    left, right = candidate_pairs(table)
    assert set(zip(left.tolist(), right.tolist(), strict=True)) == brute


def _named(source: str, id_: str) -> str:
    file = Path(source).name.split("#")[0]
    return f"{file}#{id_}" if file.endswith(".jsonl") else file


@pytest.mark.parametrize("seed", [1, 2])
def test_the_sample_reports_make_the_stories_that_a_reader_finds(seed: int) -> None:
    wanted = json.loads((EXAMPLES / "expected.json").read_text(encoding="utf-8"))["stories"]
    reports = list(read_sources([str(EXAMPLES / "reports")]))
    random.Random(seed).shuffle(reports)
    names = {report.id: _named(report.source, report.id) for report in reports}
    found = find_stories(cards([ReadReport(report) for report in reports]))
    assert {frozenset(names[id_] for id_ in story.report_ids) for story in found} == set(
        map(frozenset, wanted)
    )
    copies = {(names[copy], names[source]) for story in found for copy, source in story.copies}
    assert copies == {("lantern-king-kremlin.txt", "gulf-courier-2024-05-23-moscow.txt")}
