from __future__ import annotations

import logging
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests import factory

from dragoman.entries import ReadReport, Statement
from dragoman.errors import RecordError
from dragoman.record import Record, Where, open_record, report_digest
from dragoman.spans import Span

if TYPE_CHECKING:
    from pathlib import Path


def test_what_was_written_is_read_back_equal(record: Record) -> None:
    for read in factory.sample():
        assert record.read_report(read.report.id) == read
    assert record.gathered() == factory.gathered()


def test_writing_the_same_again_changes_nothing(record: Record) -> None:
    before = record.summary()
    assert [record.write(read) for read in factory.sample()] == ["same"] * 3
    assert record.summary() == before
    assert record.needs_gathering() is False


def test_known_asks_for_id_content_and_reader(record: Record) -> None:
    report = factory.rupture().report
    digest = report_digest(report)
    assert record.known(report.id, digest, factory.READER)
    assert not record.known(report.id, digest, "model-2+rules-1")
    assert not record.known("other", digest, factory.READER)
    assert not record.known(
        report.id, report_digest(replace(report, published=None)), factory.READER
    )


def test_the_digest_leaves_out_what_reading_adds() -> None:
    report = factory.rupture().report
    added = replace(report, language="de", status="set aside", reason="x", parts=(), source="moved")
    assert report_digest(added) == report_digest(report)
    assert report_digest(replace(report, text="other")) != report_digest(report)
    assert report_digest(replace(report, title="other")) != report_digest(report)


def test_another_reader_replaces_what_was_read(record: Record) -> None:
    read = factory.rupture()
    again = replace(read, events=read.events[:1], mentions=(), statements=(), reader="model-2")
    assert record.write(again) == "reread"
    assert record.read_report("r-rupture") == again
    assert record.summary().events == 3
    assert record.events(Where(actor="BHR")) == factory.voices().events[:1]
    assert record.search("undermine", among="statements") == ()
    assert record.needs_gathering()


def test_a_changed_text_of_the_same_source_replaces_it(record: Record) -> None:
    report = factory.report("r-rupture", "A new title\nNothing of the old words is left.")
    with open_record(record.path) as later:
        assert later.write(ReadReport(report, reader=factory.READER)) == "reread"
        assert later.summary().reports == 3
        assert later.search("stormed") == ()
        assert [hit.id for hit in later.search("new title")] == ["r-rupture"]


def test_another_text_from_another_source_is_kept_beside_the_first(
    record: Record, caplog: pytest.LogCaptureFixture
) -> None:
    read = factory.voices()
    other = replace(
        read,
        report=replace(read.report, text=read.report.text + "\nMore.", source="third.jsonl"),
    )
    with caplog.at_level(logging.WARNING, "dragoman.record"):
        assert record.write(other) == "new"
    assert "third.jsonl" in caplog.text
    assert "r-voices" in caplog.text
    assert record.read_report("r-voices") == read
    (kept,) = (report for report in record.reports() if report.id.startswith("r-voices~"))
    assert kept.text.endswith("More.")
    assert {event.report_id for event in record.read_report(kept.id).events} == {kept.id}
    assert record.summary().events == 7
    # It is known from then on, and not written once more.
    assert record.known("r-voices", report_digest(other.report), factory.READER)
    assert record.write(other) == "same"


def test_two_texts_under_one_id_in_one_file_are_both_kept(empty: Record) -> None:
    one = ReadReport(factory.report("a", "One.\nText."), reader="x")
    two = ReadReport(factory.report("a", "Two.\nText."), reader="x")
    assert [empty.write(one), empty.write(two)] == ["new", "new"]
    assert sorted(report.text[:3] for report in empty.reports()) == ["One", "Two"]
    # Reading the same file again changes nothing, though a report that was known before comes first.
    with open_record(empty.path) as again:
        assert again.known("a", report_digest(one.report), "x")
        assert again.write(two) == "same"
        assert again.summary().reports == 2


def test_statements_of_a_renamed_report_are_still_found_by_their_events(empty: Record) -> None:
    read = factory.rupture()
    empty.write(ReadReport(factory.report("r-rupture", "Short.\nOther.", source="z"), reader="x"))
    assert empty.write(read) == "new"
    (event,) = (event for event in empty.events() if event.said_by)
    said = empty.find(event.said_by or "")
    assert isinstance(said, Statement)
    assert said.report_id == event.report_id
    assert said.report_id != "r-rupture"


@pytest.mark.parametrize("field", ["events", "mentions", "sentences", "statements", "moments"])
def test_words_that_do_not_stand_there_are_refused(empty: Record, field: str) -> None:
    read = factory.rupture()
    first, *rest = getattr(read, field)
    wrong = replace(first, span=Span(first.span.start + 1, first.span.end + 1, first.span.text))
    with pytest.raises(RecordError, match="report r-rupture"):
        empty.write(replace(read, **{field: (wrong, *rest)}))  # type: ignore[arg-type]
    assert empty.summary().reports == 0


def test_an_id_given_twice_is_refused(empty: Record) -> None:
    read = factory.rupture()
    twice = replace(read, events=(*read.events, read.events[0]))
    with pytest.raises(RecordError, match=read.events[0].id):
        empty.write(twice)
    assert empty.summary().reports == 0


def test_a_text_that_is_no_unicode_is_refused_with_its_id(empty: Record) -> None:
    with pytest.raises(RecordError, match="r-half"):
        empty.write(ReadReport(factory.report("r-half", "Half\nof a \ud83d sign."), reader="x"))
    assert empty.summary().reports == 0


def test_gathering_is_needed_after_writing_and_not_after_gathering(empty: Record) -> None:
    assert not empty.needs_gathering()
    empty.write(factory.rupture())
    assert empty.needs_gathering()
    empty.replace_gathered(factory.gathered())
    assert not empty.needs_gathering()


def test_the_order_of_writing_does_not_change_what_is_asked(tmp_path: Path) -> None:
    answers = []
    for number, order in enumerate((factory.sample(), factory.sample()[::-1])):
        with open_record(tmp_path / f"{number}.db") as record:
            for read in order:
                record.write(read)
            answers.append(
                (record.events(), record.statements(), record.reports(), record.actors(),
                 record.search("relations"))
            )  # fmt: skip
    assert answers[0] == answers[1]
