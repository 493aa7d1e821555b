"""Gathering by what new reports touch gives what gathering everything anew gives."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.gathering.made_up import actor, plain, say, story_reports, tell

from dragoman.entries import ReadReport, TieTelling
from dragoman.gathering import blocks, gather, gather_kept, parting, update
from dragoman.ids import content_id
from dragoman.record import open_record
from dragoman.rulebook import load_rulebook

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dragoman.record import Record

RULES = load_rulebook()
STAMP = "test"
ACTS = (("severed", "SANCTION"), ("cut", "SANCTION"), ("met", "CONSULT"), ("rebuked", "ACCUSE"))
SIDES = (("Ostland", "OST"), ("Westmark", "WES"), ("Nordfold", "NOR"))


def dealings(seed: int) -> list[ReadReport]:
    """Reports of a few invented states over three years: news, history, reprints, sayings, ties."""
    rng = random.Random(seed)
    made: list[ReadReport] = []
    for number in range(26):
        year, month = rng.choice((2031, 2032, 2033)), rng.choice((3, 4))
        place = rng.choice(("Selm", "Vark", "Ulm"))
        (one, code), (other, second) = rng.sample(SIDES, 2)
        verb, kind = rng.choice(ACTS)
        told = rng.choice((year, 2031))
        when = rng.choice((f"{told}-{month:02}-01", f"{told}", f"{told}-{month:02}", None))
        filler = " ".join(f"The {place} {word} burned." for word in rng.sample(("mill", "dock", "refinery", "market"), 2))  # fmt: skip
        said = f"the fire at {place} was no chance"
        prose = f"{one} {verb} relations with {other} after the fire at {place}. Minister Orla Vance said {said}. {filler}"
        day = rng.choice((f"{year}-{month:02}-{rng.randint(1, 9):02}", None))
        read = plain(f"r{number:02}", f"{one} and {other}: the fire at {place}", prose, day, f"outlet {rng.randint(1, 3)}")  # fmt: skip
        if made and rng.random() < 0.2:
            # A reprint.
            source = rng.choice(made).report
            read = ReadReport(
                replace(source, id=f"r{number:02}", outlet="Echo", wire=source.outlet)
            )
            made.append(read)
            continue
        pair = (actor(read, one, f"state:{code}", code, 1), actor(read, other, f"state:{second}", second, 1))  # fmt: skip
        words = f"{one} {verb} relations with {other} after the fire at {place}"
        precision = {None: "none", 4: "year", 7: "month", 10: "day"}[when and len(when)]
        read = tell(read, words, verb, kind, pair[:1], pair[1:], date=when, date_precision=precision,
                    mode=("discontinue",), context=("diplomatic",))  # fmt: skip
        read = say(read, said, actor(read, "Minister Orla Vance", "person:vance", code))
        if rng.random() < 0.5:
            event = read.events[0]
            telling = TieTelling(
                content_id("l", read.report.id), read.report.id, event.sentence, event.span, pair,
                "diplomatic relations", rng.choice(("severed", "restored")), when, precision, coder="rule:test",
            )  # fmt: skip
            read = replace(read, tellings=(telling,))
        made.append(read)
    return [*made, *story_reports(seed, 3)]


def written(record: Record, reads: Sequence[ReadReport]) -> None:
    for read in reads:
        record.write(read)
    with record.updating(STAMP) as (shelf, changed):
        update(shelf, changed, RULES)


def begun(path: Path, reads: Sequence[ReadReport]) -> Record:
    """A record in which some reports were gathered as a whole."""
    record = open_record(path)
    for read in reads:
        record.write(read)
    record.replace_gathered(*gather_kept(record.each_read_report(), RULES), STAMP)
    return record


def later(path: Path, read: ReadReport) -> None:
    """A run of its own, in which a report that is there is another than it was."""
    with open_record(path) as record:
        before = len(tuple(record.each_read_report()))
        written(record, [read])
        assert len(tuple(record.each_read_report())) == before
        same(record)


def same(record: Record) -> None:
    expected = gather(record.each_read_report(), RULES)
    found = record.gathered()
    for name in ("stories", "happenings", "utterances"):
        assert getattr(found, name) == getattr(expected, name), name
    assert found.ties == tuple(sorted(expected.ties, key=lambda tie: tie.id))


@pytest.mark.parametrize("seed", range(6))
def test_any_order_and_number_of_parts(tmp_path: Path, seed: int) -> None:
    reads = dealings(seed)
    rng = random.Random(seed)
    rng.shuffle(reads)
    first, parts = rng.choice((0, 1, 12)), rng.choice((1, 3, len(reads)))
    with begun(tmp_path / "r.db", reads[:first]) as record:
        for part in range(parts):
            written(record, reads[first:][part::parts])
            if part % 5 == 0:
                same(record)
        same(record)
        found = record.gathered()
        assert all((found.stories, found.happenings, found.utterances, found.ties))


@pytest.mark.parametrize("seed", range(101, 113))
def test_one_report_after_the_other(tmp_path: Path, seed: int) -> None:
    """History that retells what later turns out to be told by more."""
    reads = dealings(seed)
    random.Random(seed).shuffle(reads)
    with begun(tmp_path / "r.db", ()) as record:
        for read in reads:
            written(record, [read])
        same(record)


@pytest.mark.parametrize("seed", range(4))
def test_reports_that_change(tmp_path: Path, seed: int) -> None:
    """Read anew with another text, another date, without their events; corrected by people."""
    reads = dealings(seed)
    rng = random.Random(seed)
    path = tmp_path / "r.db"
    begun(path, reads).close()
    for _ in range(8):
        read = rng.choice(reads)
        kind = rng.randrange(4)
        if kind == 0:
            later(path, replace(read, events=(), tellings=(), reader="another"))
        elif kind == 1:
            other = rng.choice(reads)
            report = replace(other.report, id=read.report.id, source=read.report.source)
            later(path, ReadReport(report, other.sentences))
        elif kind == 2:
            day = rng.choice(("2033-03-05", "2031-04-02", None))
            later(path, replace(read, report=replace(read.report, published=day)))
        else:
            with open_record(path) as record:
                if events := record.read_report(read.report.id).events:
                    record.correct(events[0].id, "reject", who="a tester")
                    written(record, [])
                    same(record)


@pytest.mark.parametrize("seed", range(3))
def test_blocks_that_outgrow_their_cap(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blocks, "LARGEST", 5)
    monkeypatch.setattr(blocks, "LARGEST_EVER", 4)
    reads = [*dealings(seed), *story_reports(seed + 50, 9)]
    random.Random(seed).shuffle(reads)
    with begun(tmp_path / "r.db", reads[:20]) as record:
        for read in reads[20:]:
            written(record, [read])
        same(record)


@pytest.mark.parametrize("seed", range(4))
def test_groups_that_outgrow_their_cap(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parts of a large group stay as they were, or not, whatever comes and goes beside them."""
    monkeypatch.setattr(parting, "LARGEST_GROUP", 4)
    reads = [*dealings(seed), *story_reports(seed + 50, 9)]
    rng = random.Random(seed)
    rng.shuffle(reads)
    with begun(tmp_path / "r.db", reads[:20]) as record:
        for read in reads[20:]:
            written(record, [read])
            same(record)
    for read in rng.sample(reads, 5):
        other = rng.choice(reads)
        report = replace(other.report, id=read.report.id, source=read.report.source)
        later(tmp_path / "r.db", ReadReport(report, other.sentences))


@pytest.mark.parametrize("seed", range(3))
def test_a_report_that_changes_within_its_story(tmp_path: Path, seed: int) -> None:
    """The same reports are linked as before, and what is told of them is another."""
    reads = story_reports(seed, 5)
    begun(tmp_path / "r.db", reads).close()
    for read in reads:
        day = date.fromisoformat(read.report.published or "") - timedelta(days=1)
        report = replace(read.report, published=day.isoformat(), title=None)
        later(tmp_path / "r.db", replace(read, report=report))


def test_corrected_ties_stay_corrected(tmp_path: Path) -> None:
    reads = dealings(3)
    with begun(tmp_path / "r.db", reads[:-4]) as record:
        tie = record.ties()[0]
        record.correct(tie.id, "reject", who="a tester")
        written(record, reads[-4:])
        assert tie.id not in {one.id for one in record.ties()}
