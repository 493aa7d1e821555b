from __future__ import annotations

from dataclasses import replace

import pytest
from tests import factory

from dragoman.entries import Event, Happening, Report, Statement, Story, Tie, Utterance
from dragoman.errors import NotFoundError, UsageError
from dragoman.record import Record, Where, queries
from dragoman.record.days import first_day, last_day

CUT_OFF, LET, BAHRAIN = factory.rupture().events
BAHRAIN_TOO, OFFER = factory.voices().events
SAID = factory.rupture().statements[0]


def ids(entries: tuple[Event, ...]) -> list[str]:
    return [entry.id for entry in entries]


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (Where(), [BAHRAIN_TOO, CUT_OFF, BAHRAIN, LET, OFFER]),
        (Where(between=("BHR", "IRN")), [BAHRAIN_TOO, BAHRAIN]),
        (Where(between=("Iran", "bahrain")), [BAHRAIN_TOO, BAHRAIN]),
        (Where(between=("state:BHR", "IRN")), [BAHRAIN_TOO, BAHRAIN]),
        (Where(between=("BHR", "SAU")), []),
        # Both are recipients of an offer: they do not deal with one another in it.
        (Where(between=("Iran", "Saudi Arabia")), [CUT_OFF, LET]),
        (Where(actor="IRQ"), [OFFER]),
        (Where(actor="Iraq", type="AGREE"), [OFFER]),
        (Where(actor="Iraq", type="SANCTION"), []),
        (Where(type="SANCTION"), [BAHRAIN_TOO, CUT_OFF, BAHRAIN]),
        # A month overlaps each of its days; what has no date is left out.
        (Where(since="2016-01-04"), [BAHRAIN_TOO, BAHRAIN]),
        (Where(until="2016-01-03"), [BAHRAIN_TOO, CUT_OFF]),
        (Where(since="2016", until="2016"), [BAHRAIN_TOO, CUT_OFF, BAHRAIN]),
        (Where(since="2017"), []),
        (Where(sure=0.0), [BAHRAIN_TOO, CUT_OFF, BAHRAIN, LET, OFFER]),
        (Where(sure=1.0), []),
        (Where(outlet="northern wire"), [BAHRAIN_TOO, OFFER]),
        (Where(said_by="Adel al-Jubeir"), [LET]),
        # The one whose name holds the words, whatever their case.
        (Where(said_by="adel"), [LET]),
        (Where(said_by="SAU"), [LET]),
        (Where(about="IRN"), [LET]),
        (Where(about="BHR"), []),
        (Where(report="r-voices"), [BAHRAIN_TOO, OFFER]),
        (Where(story="y-one", type="AGREE"), [OFFER]),
        (Where(story="y-two"), []),
        (Where(limit=2), [BAHRAIN_TOO, CUT_OFF]),
        (Where(limit=2, offset=3), [LET, OFFER]),
        (Where(between=("BHR", "IRN"), since="2016-01-04", outlet="The Gulf Courier"), [BAHRAIN]),
        (Where(actor="BHR", between=("BHR", "IRN")), [BAHRAIN_TOO, BAHRAIN]),
        (Where(actor="IRQ", between=("BHR", "IRN")), []),
    ],
)  # fmt: skip
def test_events(record: Record, where: Where, expected: list[Event]) -> None:
    assert ids(record.events(where)) == ids(tuple(expected))
    if where.limit is None:
        assert record.count_events(where) == len(expected)


def test_a_name_that_is_not_known_is_answered_with_the_nearest(record: Record) -> None:
    with pytest.raises(NotFoundError, match="did you mean 'Bahrain'"):
        record.events(Where(actor="Bahran"))
    with pytest.raises(NotFoundError, match="Iraqq"):
        record.ties(Where(between=("Iran", "Iraqq")))
    for words in ("%", "_ran", " "):
        with pytest.raises(NotFoundError):
            record.events(Where(actor=words))


@pytest.mark.parametrize(
    "given",
    [{"since": "yesterday"}, {"until": "2016-1-4"}, {"since": "2017", "until": "2016"}, {"limit": -1}],
)  # fmt: skip
def test_filters_that_cannot_be_meant_are_refused(given: dict[str, str]) -> None:
    with pytest.raises(UsageError):
        Where(**given)  # type: ignore[arg-type]


def test_statements(record: Record) -> None:
    assert record.statements() == (SAID,)
    for where in (
        Where(speaker="Adel al-Jubeir"), Where(speaker="SAU"), Where(said_by="SAU"),
        Where(about="Iran"), Where(actor="Iran"), Where(between=("SAU", "IRN")),
        Where(between=("IRN", "SAU")), Where(type="direct"), Where(since="2016-01-04"),
    ):  # fmt: skip
        assert record.statements(where) == (SAID,), where
    for where in (
        Where(speaker="IRN"), Where(about="BHR"), Where(type="indirect"), Where(until="2016-01-03"),
        Where(outlet="Northern Wire"), Where(between=("SAU", "BHR")),
    ):  # fmt: skip
        assert record.statements(where) == (), where


def test_reports(record: Record) -> None:
    def found(**given: object) -> list[str]:
        return [report.id for report in record.reports(Where(**given))]  # type: ignore[arg-type]

    assert found() == ["r-rupture", "r-voices", "r-aside"]
    assert found(status="set aside") == ["r-aside"]
    assert found(actor="IRQ") == ["r-voices"]
    assert found(between=("SAU", "IRN")) == ["r-rupture"]
    assert found(type="AGREE") == ["r-voices"]
    assert found(since="2016-01-05") == ["r-voices"]
    assert found(speaker="SAU") == ["r-rupture"]
    assert found(story="y-one") == ["r-rupture", "r-voices"]


def test_stories_happenings_and_utterances(record: Record) -> None:
    made = factory.gathered()
    assert record.stories() == made.stories
    assert record.stories(Where(actor="IRQ")) == made.stories
    assert record.stories(Where(outlet="Nobody")) == ()
    by_id = {item.id: item for item in made.happenings}
    assert record.happenings() == (by_id["h-saudi"], by_id["h-bahrain"], by_id["h-offer"])
    assert record.happenings(Where(between=("BHR", "IRN"))) == (by_id["h-bahrain"],)
    assert record.happenings(Where(story="y-one", type="AGREE")) == (by_id["h-offer"],)
    assert record.utterances(Where(speaker="SAU")) == made.utterances
    assert record.utterances(Where(speaker="IRN")) == ()
    assert record.happenings_told() == {"y-one": 3}
    assert record.utterances_told() == {"y-one": len(made.utterances)}
    assert record.happenings_of([BAHRAIN.id, LET.id]) == {BAHRAIN.id: "h-bahrain"}


def test_a_pairs_history_holds_all_evidence_of_each_tie_in_its_order(record: Record) -> None:
    made = factory.gathered()
    tie = next(one for one in made.ties if one.id == "t-bahrain")
    others = (one for one in made.ties if one is not tie)
    first = tie.evidence[0]
    more = tuple(replace(first, report_id=one) for one in ("r-z", "r-a", "r-m"))
    told = (
        replace(tie, evidence=(first, *more)),
        replace(tie, id="t-aside", since=None, since_precision="none", until=None, evidence=()),
        replace(tie, id="t-ended", since="2011", since_precision="year", until="2012"),
    )
    record.replace_gathered(replace(made, ties=(*others, *told)))
    where = Where(between=("Iran", "Bahrain"))
    assert record.ties(where) == (told[2], told[0], told[1])
    # By pages it is the same, one way or the other.
    assert record.ties(replace(where, limit=9)) == record.ties(where)
    lasting = tuple(one for one in record.ties(where) if one.until is None)
    assert record.ties(where, lasting=True) == lasting
    assert told[2] not in lasting
    assert told[1] in lasting


def test_ties(record: Record) -> None:
    def found(*between: str, **given: str) -> list[str]:
        where = Where(between=between) if len(between) == 2 else Where(actor=between[0])
        return [tie.id for tie in record.ties(where, **given)]

    assert found("Bahrain", "Iran") == ["t-bahrain"]
    assert found("IRN", "SAU") == ["t-saudi", "t-mediation"]
    assert found("Iraq") == ["t-mediation"]
    assert found("SAU", on="2016-01-03") == ["t-saudi"]
    assert found("SAU", on="2016-01-02") == []
    assert found("SAU", on="2023-03-10") == ["t-saudi"]
    assert found("SAU", on="2023-03-11") == []
    assert found("BHR", on="2030") == ["t-bahrain"]
    assert found("IRN", as_known_on="2016-01-04") == ["t-saudi", "t-bahrain"]
    assert found("IRN", as_known_on="2016-01-03") == []
    assert [tie.id for tie in record.ties(Where(said_by="SAU"))] == ["t-mediation"]
    assert [tie.id for tie in record.ties(Where(type="mediation"))] == ["t-mediation"]
    assert [tie.id for tie in record.ties(Where(since="2020"))] == ["t-saudi", "t-bahrain"]


def test_a_pair_of_very_many_ties_keeps_the_evidence_of_each(empty: Record) -> None:
    """Beyond one stretch of rows the evidence of a pair is fetched at once: nothing else may differ."""
    for read in factory.sample():
        empty.write(read)
    made = factory.gathered()
    first = made.ties[0]
    many = tuple(
        replace(first, id=f"t-{number:04}", evidence=first.evidence[: number % 2 + 1])
        for number in range(1_203)
    )
    empty.replace_gathered(replace(made, ties=(*many, *made.ties[1:])))
    asked = Where(between=("Iran", "bahrain"))
    found = empty.ties(asked)
    assert found == many
    assert found == tuple(
        tie
        for start in range(0, 1_300, 100)
        for tie in empty.ties(replace(asked, limit=100, offset=start))
    )


def test_actors_are_counted(record: Record) -> None:
    lines = {line.key: line for line in record.actors()}
    iran = lines["state:IRN"]
    assert (iran.name, iran.entity_code, iran.events, iran.mentions) == ("Iran", "IRN", 5, 3)
    assert lines["person:adel-al-jubeir"].statements == 1
    assert record.actors(Where(limit=1))[0].key == "state:IRN"
    of_saudi = {line.key for line in record.actors(Where(actor="SAU"))}
    assert of_saudi == {"state:SAU", "person:adel-al-jubeir"}
    assert record.actor_names("i") == ("Iran", "Iraq")


def test_summary_counts(record: Record) -> None:
    summary = record.summary()
    assert (summary.reports, summary.read, summary.set_aside) == (3, 2, 1)
    assert (summary.events, summary.statements, summary.sentences) == (5, 1, 7)
    assert (summary.stories, summary.happenings, summary.utterances, summary.ties) == (1, 3, 1, 3)
    assert (summary.first, summary.last) == ("2016-01-04", "2016-01-05")
    assert record.outlets() == (("Northern Wire", 1), ("The Gulf Courier", 1))


@pytest.mark.parametrize(
    ("begin", "kind"),
    [("r-ru", Report), (CUT_OFF.id[:8], Event), (SAID.id, Statement), ("y-", Story),
     ("h-off", Happening), ("u", Utterance), ("t-bah", Tie)],
)  # fmt: skip
def test_find_by_the_beginning_of_an_id(record: Record, begin: str, kind: type) -> None:
    found = record.find(begin)
    assert isinstance(found, kind)
    assert found.id.startswith(begin)


def test_find_says_what_is_wrong(record: Record) -> None:
    with pytest.raises(NotFoundError, match="zzz"):
        record.find("zzz")
    with pytest.raises(NotFoundError):
        record.find("")
    with pytest.raises(UsageError, match="r-rupture"):
        record.find("r-")
    # No pattern signs are obeyed.
    with pytest.raises(NotFoundError):
        record.find("r_rupture")


def test_settings_tell_where_events_stand(record: Record) -> None:
    setting = record.settings([BAHRAIN_TOO])[BAHRAIN_TOO.id]
    assert setting.outlet == "Northern Wire"
    assert setting.published == "2016-01-05T08:30"
    assert setting.happening_id == "h-bahrain"
    assert setting.story_id == "y-one"
    assert record.settings([LET])[LET.id].happening_id is None


def test_search_shows_the_sentence_with_the_words(record: Record) -> None:
    (hit,) = record.search("embassies storming")
    assert hit.id == "r-rupture"
    assert hit.snippet.startswith("Saudi Arabia severed")
    assert [match.text for match in hit.matches] == ["stormed", "embassy"]
    text = record.read_report(hit.id).report.text
    assert all(text[match.start : match.end] == match.text for match in hit.matches)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("relations Iran", {"r-rupture"}),
        ('"broke off relations"', {"r-voices"}),
        ('"relations broke off"', set()),
        ("mediat*", {"r-voices"}),
        ("mediate OR embassy", {"r-voices", "r-rupture"}),
        ("relations -embassy", {"r-voices", "r-aside"}),
        ("anglais", {"r-aside"}),
        ("al-jubeir", set()),
        ('"embassy', {"r-rupture"}),
        ("AND embassy( NEAR", set()),
        ("title:embassy", set()),
    ],
)
def test_search_words(record: Record, words: str, found: set[str]) -> None:
    assert {hit.id for hit in record.search(words)} == found


def test_search_among_statements(record: Record) -> None:
    (hit,) = record.search("security", among="statements")
    assert (hit.kind, hit.id, hit.report_id) == ("statement", SAID.id, "r-rupture")
    assert hit.matches[0].text == "security"
    assert factory.RUPTURE[hit.matches[0].start : hit.matches[0].end] == "security"


def test_search_for_nothing_is_refused(record: Record) -> None:
    for words in ("", "  ", '""', "-embassy", "***"):
        with pytest.raises(UsageError):
            record.search(words)


def test_readings_can_be_gone_through_again(record: Record) -> None:
    readings = record.each_read_report()
    assert [read.report.id for read in readings] == ["r-rupture", "r-voices", "r-aside"]
    assert list(readings) == list(factory.sample())


def test_readings_without_mentions_and_dates(record: Record) -> None:
    lean = list(record.each_read_report(whole=False))
    assert any(read.mentions for read in factory.sample())
    assert lean == [replace(read, mentions=(), moments=()) for read in factory.sample()]


def test_a_sector_is_shown_only_where_it_is_always_the_same(record: Record) -> None:
    lines = {line.key: line.sector_code for line in record.actors()}
    # Iran stands in the sample as a state and as its government.
    assert lines["state:IRN"] is None
    assert lines["person:adel-al-jubeir"] == "GOV"


def test_the_latest_come_first_and_undated_ones_last(record: Record) -> None:
    for ask in (record.events, record.statements, record.stories):
        plain = ask(Where())
        found = ask(Where(latest=True))
        assert sorted(one.id for one in found) == sorted(one.id for one in plain)
        for count in range(len(plain) + 1):
            assert ask(Where(latest=True, limit=count)) == found[:count]
    dates = [event.date for event in record.events(Where(latest=True))]
    dated = [date for date in dates if date]
    assert dated == sorted(dated, reverse=True)
    assert dates[: len(dated)] == dated, "an undated one stands before a dated one"
    with pytest.raises(UsageError, match="offset"):
        Where(latest=True, offset=1)


def test_what_reaches_into_a_stretch_of_time_is_in_it(record: Record) -> None:
    """Whatever spans several days is found by each of them, however far back it begins."""
    for since in ("2015-12-31", "2016-01-01", "2016-01-03", "2016-01-15", "2016-01-31", "2016-02"):
        asked = first_day(since) or 0
        expected = [
            event.id
            for event in record.events()
            if event.date and (last_day(event.date) or 0) >= asked
        ]
        assert [event.id for event in record.events(Where(since=since))] == expected, since


def test_happenings_and_stories_by_date_alone(record: Record) -> None:
    assert [one.id for one in record.happenings(Where(since="2016-01-04"))] == ["h-bahrain"]
    assert record.happenings(Where(type="ACCUSE")) == ()
    assert [one.id for one in record.stories(Where(outlet="Northern Wire"))] == ["y-one"]
    assert record.stories(Where(since="2017")) == ()


def test_a_list_is_read_in_order_of_date_and_doubts_by_their_index(record: Record) -> None:
    wanted = Where(sure=0.99, since="2016")
    with record._connections.reading() as connection:
        source, values = queries.event_source(connection, wanted)
        plan = connection.execute(
            f"EXPLAIN QUERY PLAN SELECT e.seq {source} ORDER BY e.first LIMIT 50", values
        ).fetchall()
        asked: list[str] = []
        connection.set_trace_callback(asked.append)
        counted = queries.less_sure(connection, "events", wanted, 1000)
        connection.set_trace_callback(None)
    assert not any("events_confidence" in row[3] for row in plan)
    assert any("INDEXED BY events_confidence" in one for one in asked)
    assert counted == record.count_events(Where(since="2016"))
    assert record.less_sure("events", replace(wanted, type="SANCTION")) == record.count_events(
        Where(since="2016", type="SANCTION")
    )
    assert record.less_sure("statements", wanted) == len(record.statements(Where(since="2016")))
