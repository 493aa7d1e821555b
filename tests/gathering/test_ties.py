"""The ledger of ties, on made-up tellings."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from dragoman.analysis.mediators import mediators
from dragoman.analysis.standing import standing
from dragoman.entries import Actor, Event, ReadReport, Report, Story, Tie, TieTelling
from dragoman.gathering.ties import find_ties, known_on
from dragoman.ids import content_id
from dragoman.rulebook import load_rulebook
from dragoman.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.rulebook import Rulebook

TEXT = "Chad and Libya " * 40


@pytest.fixture(scope="module")
def rules() -> Rulebook:
    return load_rulebook()


def state(code: str, at: int = 0) -> Actor:
    return Actor(Span(at, at + 4, "Chad"), code, code, code, None, (), f"state:{code}")


def telling(
    report: str,
    told: str,
    *,
    members: str = "TCD LBY",
    kind: str = "diplomatic relations",
    date: str | None = None,
    auxiliary: tuple[str, ...] = (),
    said_by: str | None = None,
    at: int = 0,
) -> TieTelling:
    codes = members.split()
    precision = {None: "none", 4: "year", 7: "month", 10: "day"}[len(date) if date else None]
    return TieTelling(
        id=content_id("l", report, told, members, kind, date, at),
        report_id=report,
        sentence=at,
        span=Span(at, at + 4, TEXT[at : at + 4]),
        members=tuple(map(state, codes)),
        kind=kind,
        state=told,
        date=date,
        date_precision=precision,  # type: ignore[arg-type]
        said_by=said_by,
        auxiliary=auxiliary,
        coder="rule:test",
    )


def read(report: str, day: str | None, *tellings: TieTelling) -> ReadReport:
    return ReadReport(Report(report, TEXT, published=day), tellings=tellings)


def ties(
    reads: Iterable[ReadReport], rules: Rulebook, stories: tuple[Story, ...] = ()
) -> tuple[Tie, ...]:
    return find_ties(reads, stories, (), rules)


HISTORY = (
    read("a", "1981-03-05", telling("a", "severed", date="1981-03-03")),
    read("b", "1981-04-01", telling("b", "severed", date="1981-03"), telling("b", "severed", at=5)),
    read("c", "1988-10-10", telling("c", "restored", date="1988-10-03"),
         telling("c", "severed", date="1981", at=5)),
    read("d", "1988-09-01", telling("d", "restored", auxiliary=("future",), date="1988-09-01", said_by="s1")),
    read("e", None, telling("e", "severed", date="1981-03-04")),
)  # fmt: skip


def test_tellings_of_one_change_are_one_tie(rules: Rulebook) -> None:
    severed = [t for t in ties(HISTORY, rules) if t.state == "severed"]
    lead, rival = sorted(severed, key=lambda tie: tie.since or "")
    assert (lead.since, lead.since_precision, lead.until, lead.told) == (
        "1981-03-03", "day", "1988-10-03", "1981-03-05",
    )  # fmt: skip
    assert [one.report_id for one in lead.evidence] == ["a", "b", "b", "c"]
    assert rival.since == "1981-03-04"
    assert "1981-03-03 leads" in rival.why
    assert "also told as 1981-03-04" in lead.why


def test_members_are_sorted_unless_directed(rules: Rulebook) -> None:
    given = read(
        "a", "2000-01-01",
        telling("a", "severed", members="TCD LBY", date="2000"),
        telling("a", "closed", members="TCD LBY", kind="embassy", date="2000", at=5),
        telling("a", "offered", members="NOR TCD LBY", kind="mediation", at=10),
    )  # fmt: skip
    members = {tie.kind: (tie.members, tie.directed) for tie in ties([given], rules)}
    assert members["diplomatic relations"] == (("LBY", "TCD"), False)
    assert members["embassy"] == (("TCD", "LBY"), True)
    assert members["mediation"] == (("NOR", "LBY", "TCD"), True)


def test_talk_is_no_fact(rules: Rulebook) -> None:
    given = read(
        "a", "2000-01-01",
        telling("a", "restored", auxiliary=("hypothetical",), date="2000-01-01"),
        telling("a", "severed", auxiliary=("hypothetical",), at=5),
        telling("a", "recognised", kind="recognition", auxiliary=("negation",), at=10),
    )  # fmt: skip
    assert [(t.kind, t.state) for t in ties([given], rules)] == [
        ("diplomatic relations", "restoration sought")
    ]


def test_a_change_is_told_again_after_its_end(rules: Rulebook) -> None:
    given = (
        read("a", "2016-01-05", telling("a", "severed", date="2016-01-03"), telling("a", "severed", date="1988-04", at=5),
             telling("a", "restored", date="1991", at=9)),
    )  # fmt: skip
    severed = {
        tie.since: (tie.until, tie.why) for tie in ties(given, rules) if tie.state == "severed"
    }
    assert severed["1988-04"][0] == "1991"
    assert severed["2016-01-03"][0] is None
    assert "leads" not in severed["2016-01-03"][1]


def test_a_reprint_is_no_voice_of_its_own(rules: Rulebook) -> None:
    given = (
        read("a", "2000-02-01", telling("a", "severed", date="2000-01-05")),
        read("b", "2000-02-01", telling("b", "severed", date="2000-01-05")),
        read("c", "2000-02-01", telling("c", "severed", date="2000-01-06")),
        read("d", "2000-02-01", telling("d", "severed", date="2000-01-06")),
    )
    story = Story("y", "", ("a", "b"), copies=(("b", "a"),))
    leads = {tie.since: "also told as" in tie.why for tie in ties(given, rules, (story,))}
    assert leads == {"2000-01-05": False, "2000-01-06": True}


def test_said_by_only_where_no_outlet_says_it(rules: Rulebook) -> None:
    voiced = telling("b", "severed", date="2000-01-05")
    said = telling("a", "severed", date="2000-01-05", said_by="s1")
    alone = ties([read("a", "2000-01-06", said)], rules)
    both = ties([read("a", "2000-01-06", said), read("b", "2000-01-07", voiced)], rules)
    assert alone[0].said_by == "s1"
    assert both[0].said_by is None
    assert both[0].told == "2000-01-06"


def test_a_month_takes_the_day_of_the_agreement_in_it(rules: Rulebook) -> None:
    def told(words: str) -> list[tuple[str, str | None]]:
        agreed = telling("a", "restored", date="1988-10-03", auxiliary=("hypothetical",))
        agreed = replace(
            agreed, span=Span(agreed.span.start, agreed.span.start + len(words), words)
        )
        given = (
            read("a", "1988-10-04", agreed),
            read("b", "1989-01-01", telling("b", "restored", date="1988-10")),
        )
        return [(tie.state, tie.since) for tie in ties(given, rules)]

    assert told("Chad and Libya agreed to restore relations") == [
        ("restoration sought", "1988-10-03"), ("restored", "1988-10-03"),
    ]  # fmt: skip
    assert told("Chad wants to restore relations") == [
        ("restored", "1988-10"), ("restoration sought", "1988-10-03"),
    ]  # fmt: skip


def test_a_later_envoy_opens_no_second_mission(rules: Rulebook) -> None:
    opened = telling("a", "opened", kind="embassy", date="1921")
    first = replace(
        telling("a", "opened", kind="embassy", date="1922-05-16", at=5),
        coder="rule:embassy.first-envoy",
    )
    closed = telling("a", "closed", kind="embassy", date="1922-01", at=10)
    assert [tie.since for tie in ties([read("a", None, opened, first)], rules)] == ["1921"]
    assert [tie.since for tie in ties([read("a", None, first)], rules)] == ["1922-05-16"]
    again = ties([read("a", None, opened, first, closed)], rules)
    assert [tie.since for tie in again if tie.state == "opened"] == ["1921", "1922-05-16"]


@pytest.mark.parametrize("seed", range(8))
def test_order_does_not_matter(rules: Rulebook, seed: int) -> None:
    expected = ties(HISTORY, rules)
    mixed = list(HISTORY)
    random.Random(seed).shuffle(mixed)
    assert ties(mixed, rules) == expected
    halves = [
        ReadReport(one.report, tellings=tuple(reversed(one.tellings))) for one in reversed(mixed)
    ]
    assert ties(halves, rules) == expected


def test_events_imply_ties_only_where_no_telling_covers_them(rules: Rulebook) -> None:
    event = Event(
        "e1", "a", 0, Span(0, 4, "Chad"), Span(0, 4, "Chad"), "SANCTION", (state("TCD"),),
        (state("LBY"),), ("discontinue",), ("diplomatic",), date="2000-01-05", date_precision="day",
    )  # fmt: skip
    report = Report("a", TEXT, published="2000-01-06")
    implied = ties([ReadReport(report, events=(event,))], rules)
    assert [(t.state, t.since, t.evidence[0].event_id) for t in implied] == [
        ("severed", "2000-01-05", "e1")
    ]
    covered = ReadReport(report, events=(event,), tellings=(telling("a", "lowered", date="2000"),))
    assert [t.state for t in ties([covered], rules)] == ["lowered"]


DAYS = {"a": "1981-03-05", "b": "1981-04-01", "c": "1988-10-10", "d": "1988-09-01", "e": None}


def test_known_on(rules: Rulebook) -> None:
    all_ties = ties(HISTORY, rules)
    early = known_on(all_ties, DAYS, "1981-12-31", rules.ties)
    assert [(t.state, t.until, len(t.evidence)) for t in early] == [("severed", None, 3)]
    late = known_on(all_ties, DAYS, "1988-12-31", rules.ties)
    assert ("severed", "1988-10-03") in [(t.state, t.until) for t in late]


def test_standing_in_words(rules: Rulebook) -> None:
    all_ties = ties(HISTORY, rules)
    now = standing(all_ties, ("TCD", "LBY"), rules.ties)
    assert [line.text for line in now.lines] == [
        "Diplomatic relations: restored since 3 October 1988 (1 report)."
    ]
    then = standing(
        all_ties, ("LBY", "TCD"), rules.ties, on="1988-09-15", as_known_on="1988-09-15", days=DAYS,
        speakers={"s1": "Hissène Habré"},
    )  # fmt: skip
    words = (
        "Diplomatic relations: severed since 3 March 1981 (2 reports); "
        "restoration sought on 1 September 1988, said by Hissène Habré (1 report); "
        "not restored as far as told."
    )
    assert [line.text for line in then.lines] == [words]
    assert set(then.lines[0].tie_ids) <= {tie.id for tie in all_ties}
    assert standing(all_ties, ("TCD", "LBY"), rules.ties, on="1970-01-01").lines == ()


def test_mediators_rank_by_what_is_told_then_by_the_worse_side(rules: Rulebook) -> None:
    given = (
        read("a", "2000-01-01",
             telling("a", "friendly", members="NOR TCD", kind="stance"),
             telling("a", "friendly", members="NOR LBY", kind="stance", at=5),
             telling("a", "friendly", members="FRA TCD", kind="stance", at=10),
             telling("a", "hostile", members="FRA LBY", kind="stance", at=15),
             telling("a", "possible", members="OMN TCD LBY", kind="mediation", at=20)),
    )  # fmt: skip
    found = mediators(("LBY", "TCD"), ties(given, rules), (), (), rules.ties)
    assert [one.name for one in found] == ["OMN", "NOR"]
    assert found[0].tie_ids
    assert found[1].standing == (0.6, 0.6)
    meetings = tuple(
        Event(
            f"e{n}", "a", 0, Span(0, 4, "Chad"), Span(0, 4, "Chad"), "CONSULT",
            (state("FRA"), state(side)), (), quad_code=1, date="2000-01-02", date_precision="day",
        )
        for n, side in enumerate(("TCD", "LBY", "LBY"))
    )  # fmt: skip
    counted = mediators(("LBY", "TCD"), (), meetings, (), rules.ties, since="2000-01-01")
    assert [(one.name, one.contacts, one.event_ids) for one in counted] == [
        ("FRA", (2, 1), ("e0", "e1", "e2"))
    ]
    assert not mediators(("LBY", "TCD"), (), meetings, (), rules.ties, since="2001-01-01")
