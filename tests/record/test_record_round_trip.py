from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from dragoman.entries import (
    AUXILIARY,
    Actor,
    Event,
    Mention,
    Moment,
    Part,
    Place,
    ReadReport,
    Report,
    Sentence,
    Statement,
)
from dragoman.record import open_record
from dragoman.spans import Span

if TYPE_CHECKING:
    import pytest

WORDS = st.text(max_size=12)
MAYBE = st.none() | WORDS
DATES = st.none() | st.sampled_from(
    ("2016", "2016-01", "2016-01-04", "2016-01-04T10:00", "no date")
)
NUMBER = st.floats(0, 1) | st.integers(-10, 10)
WORD_LISTS = st.lists(WORDS, max_size=2).map(tuple)


@st.composite
def reads(draw: st.DrawFn) -> ReadReport:
    text = draw(st.text(min_size=1, max_size=40))

    def spans() -> st.SearchStrategy[Span]:
        return st.tuples(st.integers(0, len(text)), st.integers(0, len(text))).map(
            lambda ends: Span(min(ends), max(ends), text[min(ends) : max(ends)])
        )

    actors = st.builds(
        Actor, spans(), name=MAYBE, entity_code=MAYBE, country_code=MAYBE, sector_code=MAYBE,
        other_sector_codes=WORD_LISTS, catalogue_id=MAYBE, why=WORDS,
    )  # fmt: skip
    sides = st.lists(actors, max_size=2).map(tuple)
    report = draw(st.builds(
        Report, id=st.just("r"), text=st.just(text), outlet=MAYBE, title=MAYBE, url=MAYBE,
        published=DATES, updated=DATES, language=MAYBE, source=WORDS, reason=WORDS, wire=MAYBE,
        parts=st.lists(st.builds(Part, st.just("prose"), st.integers(0, 9), st.integers(0, 9)), max_size=2).map(tuple),
        extra=st.lists(st.tuples(WORDS, WORDS), max_size=2).map(tuple),
    ))  # fmt: skip
    precision = st.sampled_from(("day", "month", "year", "none"))
    events = draw(st.lists(st.builds(
        Event, id=WORDS, report_id=st.just("r"), sentence=st.integers(0, 9), span=spans(),
        trigger=spans(), event=WORDS, actor=sides, recipient=sides, mode=WORD_LISTS,
        context=WORD_LISTS, auxiliary=st.lists(st.sampled_from(AUXILIARY)).map(tuple),
        quad_code=st.integers(1, 4), event_scale=NUMBER, date=DATES, date_precision=precision,
        enddate=DATES, date_why=WORDS,
        event_loc=st.none() | st.builds(Place, spans(), WORDS, MAYBE), said_by=MAYBE,
        confidence=NUMBER, coder=WORDS, why=WORDS,
    ), max_size=3))  # fmt: skip
    statements = draw(st.lists(st.builds(
        Statement, id=WORDS, report_id=st.just("r"), sentence=st.integers(0, 9), span=spans(),
        kind=st.sampled_from(("direct", "indirect", "mixed")), speaker=st.none() | actors,
        cue=st.none() | spans(), content=spans(), addressee=st.none() | actors,
        via=st.none() | actors, date=DATES, date_precision=precision, confidence=NUMBER,
        coder=WORDS, why=WORDS, embedding=st.binary(max_size=8),
    ), max_size=3))  # fmt: skip
    mentions = st.builds(
        Mention, st.integers(0, 9), st.sampled_from(("name", "pronoun")), spans(),
        st.none() | actors, st.none() | st.integers(0, 40),
    )  # fmt: skip
    moments = st.builds(
        Moment, spans(), DATES, DATES, precision, st.sampled_from(("date", "set")), WORDS
    )
    return ReadReport(
        report=report,
        sentences=tuple(draw(st.lists(
            st.builds(Sentence, st.integers(0, 9), st.just("prose"), spans()), max_size=3))),
        mentions=tuple(draw(st.lists(mentions, max_size=3))),
        moments=tuple(draw(st.lists(moments, max_size=2))),
        # Ids are made from content, so that no two entries of a report share one.
        events=tuple(replace(item, id=f"e{number}{item.id}") for number, item in enumerate(events)),
        statements=tuple(
            replace(item, id=f"s{number}{item.id}") for number, item in enumerate(statements)
        ),
        embedding=draw(st.binary(max_size=8)),
        reader=draw(WORDS),
    )  # fmt: skip


@given(first=reads(), second=reads())
# Shrinking is left out: each example makes a file, and thousands of them take minutes.
@settings(max_examples=40, deadline=None, phases=(Phase.explicit, Phase.generate))
def test_any_reading_comes_back_equal_and_a_later_one_takes_its_place(
    tmp_path_factory: pytest.TempPathFactory, first: ReadReport, second: ReadReport
) -> None:
    with open_record(tmp_path_factory.mktemp("round") / "r.db") as record:
        assert record.write(first) == "new"
        assert record.read_report("r") == first
        assert record.read_report("r", corrected=True) == first
        assert {event.id for event in record.events()} == {event.id for event in first.events}
        assert set(record.statements()) == set(first.statements)
    with open_record(record.path) as later:
        second = replace(
            second,
            report=replace(second.report, source=first.report.source),
            reader=f"{first.reader} of the next version",
        )
        assert later.write(second) == "reread"
        assert later.read_report("r") == second
        assert later.summary().reports == 1
        later.search("a")
