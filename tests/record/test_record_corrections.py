from __future__ import annotations

from dataclasses import replace

import pytest
from tests import factory

from dragoman.errors import NotFoundError, RecordError, UnknownValueError, UsageError
from dragoman.record import Record, Where, open_record, schema

CUT_OFF, LET, BAHRAIN = factory.rupture().events
SAID = factory.rupture().statements[0]


def test_a_rejected_event_is_hidden_unless_asked_for(record: Record) -> None:
    record.correct(BAHRAIN.id, "reject", who="a reader", when="2016-02-01", note="a duplicate")
    assert BAHRAIN not in record.events()
    assert BAHRAIN in record.events(Where(rejected=True))
    assert record.summary().events == 4
    assert {line.key: line.events for line in record.actors()}["state:BHR"] == 1
    assert record.find(BAHRAIN.id) == BAHRAIN
    assert record.read_report("r-rupture") == factory.rupture()
    assert BAHRAIN not in record.read_report("r-rupture", corrected=True).events
    assert all(BAHRAIN not in read.events for read in record.each_read_report())
    assert record.needs_gathering()
    (kept,) = record.corrections(BAHRAIN.id)
    assert (kept.verdict, kept.who, kept.when, kept.note) == (
        "reject", "a reader", "2016-02-01", "a duplicate",
    )  # fmt: skip


def test_the_later_of_two_verdicts_counts(record: Record) -> None:
    record.correct(BAHRAIN.id, "reject")
    record.correct(BAHRAIN.id, "confirm")
    assert replace(BAHRAIN, confidence=1.0) in record.events()
    assert len(record.corrections(BAHRAIN.id)) == 2


def test_what_somebody_confirmed_or_amended_is_sure(record: Record) -> None:
    sure = Where(sure=0.99)
    assert (record.events(sure), record.statements(sure)) == ((), ())
    assert record.less_sure("events", sure) == len(record.events())
    record.correct(BAHRAIN.id, "confirm")
    (said, *others) = record.statements()
    record.correct(said.id, "amend", amend={"date": "2016-02-03"})
    assert [one.id for one in record.events(sure)] == [BAHRAIN.id]
    assert [one.id for one in record.statements(sure)] == [said.id]
    assert record.less_sure("events", sure) == len(record.events()) - 1
    assert record.less_sure("statements", sure) == len(others)
    assert record.less_sure("events", Where()) == 0


def test_amended_fields_are_what_filters_see(record: Record) -> None:
    changes = {
        "event": "REJECT", "quad_code": "3", "event_scale": "-4.2", "date": "2016-02",
        "mode": "meet; yield", "recipient": "IRQ GOV; Saudi Arabia", "auxiliary": None,
    }  # fmt: skip
    record.correct(BAHRAIN.id, "amend", amend=changes)
    (found,) = record.events(Where(between=("BHR", "IRQ")))
    assert found.id == BAHRAIN.id
    assert (found.event, found.quad_code, found.event_scale) == ("REJECT", 3, -4.2)
    assert (found.date, found.date_precision, found.mode) == ("2016-02", "month", ("meet", "yield"))
    assert [(who.entity_code, who.sector_code) for who in found.recipient] == [
        ("IRQ", "GOV"), ("SAU", None),
    ]  # fmt: skip
    assert found.recipient[0].span == BAHRAIN.recipient[0].span
    assert BAHRAIN.id not in {event.id for event in record.events(Where(type="SANCTION"))}
    assert BAHRAIN.id not in {event.id for event in record.events(Where(between=("BHR", "IRN"))) if event.report_id == "r-rupture"}  # fmt: skip
    assert record.find(BAHRAIN.id) == found
    assert record.entries([BAHRAIN.id]) == {BAHRAIN.id: found}
    assert record.read_report("r-rupture") == factory.rupture()
    assert record.read_report("r-rupture", corrected=True).events[2] == found
    record.correct(BAHRAIN.id, "reject")
    assert record.events(Where(between=("BHR", "IRQ"))) == ()
    assert record.events(Where(between=("BHR", "IRQ"), rejected=True)) == (found,)


def test_statements_can_be_amended(record: Record) -> None:
    record.correct(SAID.id, "amend", amend={"speaker": "IRN", "kind": "mixed"})
    (found,) = record.statements(Where(speaker="IRN"))
    assert (found.kind, found.id) == ("mixed", SAID.id)
    assert record.statements(Where(speaker="SAU")) == ()
    # What is said is still about whom it was about, and found once.
    assert record.statements(Where(about="IRN")) == (found,)
    assert len(record.search("security", among="statements")) == 1


def test_ties_can_be_corrected_and_stay_so_after_gathering(record: Record) -> None:
    record.correct("t-bahrain", "amend", amend={"since": "2016-01-05", "state": "downgraded"})
    record.correct("t-saudi", "reject")
    for _ in range(2):
        (tie,) = record.ties(Where(between=("BHR", "IRN")))
        assert (tie.since, tie.since_precision, tie.state) == ("2016-01-05", "day", "downgraded")
        assert "t-saudi" not in {tie.id for tie in record.ties()}
        assert record.gathered() == factory.gathered()
        record.replace_gathered(factory.gathered())


def test_a_correction_of_a_tie_follows_it_to_a_new_id(record: Record) -> None:
    record.correct("t-saudi", "reject")
    made = factory.gathered()
    ties = tuple(replace(tie, id=f"{tie.id}-new") for tie in made.ties)
    record.replace_gathered(replace(made, ties=ties))
    assert [tie.id for tie in record.ties(Where(between=("IRN", "SAU")))] == ["t-mediation-new"]


def test_corrections_survive_a_new_reading(record: Record) -> None:
    record.correct(BAHRAIN.id, "reject")
    assert record.write(replace(factory.rupture(), reader="model-2")) == "reread"
    assert BAHRAIN not in record.events()


def test_a_correction_follows_the_words_when_the_id_has_gone(record: Record) -> None:
    record.correct(BAHRAIN.id, "reject")
    read = factory.rupture()
    coded_anew = replace(BAHRAIN, id="e-new", event="COERCE")
    record.write(replace(read, events=(CUT_OFF, LET, coded_anew), reader="model-2"))
    assert {event.id for event in record.events(Where(report="r-rupture"))} == {CUT_OFF.id, LET.id}


def test_of_two_with_the_same_words_it_follows_the_one_of_the_same_type(record: Record) -> None:
    record.correct(BAHRAIN.id, "reject")
    twins = (replace(BAHRAIN, id="e-a", event="COERCE"), replace(BAHRAIN, id="e-b"))
    record.write(replace(factory.rupture(), events=twins, reader="model-2"))
    assert [event.id for event in record.events(Where(report="r-rupture"))] == ["e-a"]
    neither = tuple(
        replace(twin, event=kind) for twin, kind in zip(twins, ("AID", "COERCE"), strict=True)
    )
    record.write(replace(factory.rupture(), events=neither, reader="model-3"))
    assert len(record.events(Where(report="r-rupture"))) == 2


def test_what_cannot_be_corrected_is_said(record: Record) -> None:
    with pytest.raises(NotFoundError):
        record.correct("nothing", "reject")
    with pytest.raises(UsageError, match="story"):
        record.correct("y-one", "reject")
    with pytest.raises(UnknownValueError, match="'event'"):
        record.correct(BAHRAIN.id, "amend", amend={"evnt": "AID"})
    with pytest.raises(UnknownValueError, match="negation"):
        record.correct(BAHRAIN.id, "amend", amend={"auxiliary": "negative"})
    with pytest.raises(UsageError, match="ISO date"):
        record.correct(BAHRAIN.id, "amend", amend={"date": "last week"})
    with pytest.raises(UsageError, match="codes"):
        record.correct(BAHRAIN.id, "amend", amend={"actor": "the butler"})
    with pytest.raises(UsageError, match="number"):
        record.correct(BAHRAIN.id, "amend", amend={"quad_code": "much"})
    with pytest.raises(UsageError, match="amend needs"):
        record.correct(BAHRAIN.id, "amend")
    with pytest.raises(UsageError, match="amend needs"):
        record.correct(BAHRAIN.id, "reject", amend={"event": "AID"})
    assert record.corrections() == ()


def test_corrections_are_only_ever_added(record: Record) -> None:
    record.correct(BAHRAIN.id, "reject")
    connections = schema.Connections(record.path, readonly=False)
    for command in ("DELETE FROM corrections", "UPDATE corrections SET verdict = 'confirm'"):
        with (
            pytest.raises(RecordError, match="only ever added"),
            connections.writing() as connection,
        ):
            connection.execute(command)
    connections.close()
    assert len(record.corrections()) == 1


def test_corrections_are_still_there_when_the_record_is_opened_again(record: Record) -> None:
    record.correct(SAID.id, "reject")
    record.close()
    with open_record(record.path, readonly=True) as again:
        assert again.statements() == ()
        assert again.statements(Where(rejected=True)) == (SAID,)
        with pytest.raises(RecordError, match="reading only"):
            again.correct(SAID.id, "confirm")
