from __future__ import annotations

import random

import pytest
from tests.analysis.made import event, happening, tie

from dragoman.analysis.dealings import dealings
from dragoman.analysis.network import network
from dragoman.rulebook import TieBook, load_rulebook

TIES = (
    tie("t1", "ARG BRA", "alliance", "in force", None, told="2020-05-01"),
    tie("t2", "ARG CHL", "diplomatic relations", "severed", "2021-03-01"),
    tie("t3", "ARG CHL", "diplomatic relations", "restored", "2023-03-01"),
    tie("t4", "BRA CHL", "trade agreement", "signed", "2019-01-01"),
    tie("t5", "BRA CHL", "stance", "improvement sought", "2020-01-01"),
    tie("t6", "OPEC BRA", "support", "in force", "2020-01-01"),
)  # fmt: skip
EVENTS = (
    event("e1", "ACCUSE", "ARG", "CHL", "2021-04-01"),
    event("e2", "ACCUSE", "ARG", "CHL", "2021-04-01"),
    event("e3", "CONSULT", "BRA PER", "", "2021-05-01"),
    event("e4", "ACCUSE", "BRA PER", "CHL", "2021-06-01"),
    event("e5", "ASSAULT", "PER", "CHL", "2021-06-02", "negation"),
    event("e6", "SUPPORT", "PER", "CHL", "2022-06-02"),
)
HAPPENINGS = (happening("h1", "e1", "e2"),)


@pytest.fixture(scope="module")
def book() -> TieBook:
    return load_rulebook().ties


def test_a_pair_deals_when_one_acts_on_the_other_or_they_meet() -> None:
    found = dealings(EVENTS, HAPPENINGS)
    assert {pair: [one.id for one in group] for pair, group in found.items()} == {
        ("ARG", "CHL"): ["h1"],
        ("BRA", "PER"): ["e3"],
        ("BRA", "CHL"): ["e4"],
        ("CHL", "PER"): ["e4", "e6"],
    }
    (one,) = found["ARG", "CHL"]
    assert (one.score, one.event_ids, one.report_ids) == (-2.0, ("e1", "e2"), ("r-e1", "r-e2"))
    assert list(dealings(EVENTS, HAPPENINGS, since="2022", until="2022-06")) == [("CHL", "PER")]


def test_an_exact_date_leads_over_one_told_more_often() -> None:
    events = [
        event("a", "ACCUSE", "ARG", "CHL", "2021-04"), event("b", "ACCUSE", "ARG", "CHL", "2021-04"),
        event("c", "ACCUSE", "ARG", "CHL", "2021-04-02"),
    ]  # fmt: skip
    (one,) = dealings(events, [happening("h", "a", "b", "c")])["ARG", "CHL"]
    assert one.date == one.day == "2021-04-02"


def test_ties_and_happenings_are_two_voices(book: TieBook) -> None:
    made = network(TIES, EVENTS, HAPPENINGS, book, since="2021", until="2021-12-31")
    by_pair = {(edge.a, edge.b): edge for edge in made.edges}
    foes = by_pair["ARG", "CHL"]
    assert (foes.ties_score, foes.happenings_score, foes.score, foes.sign) == (
        -0.9,
        -0.2,
        -0.55,
        -1,
    )
    assert (foes.tie_ids, foes.happening_ids) == (("t2",), ("h1",))
    assert by_pair["ARG", "BRA"].happenings_score is None
    # A wish is no state of things.
    assert by_pair["BRA", "CHL"].tie_ids == ("t4",)
    assert by_pair["CHL", "PER"].happening_ids == ("e4",)


def test_the_window_decides_what_holds(book: TieBook) -> None:
    late = network(TIES, (), (), book, until="2024-01-01")
    assert {(edge.a, edge.b): edge.tie_ids for edge in late.edges}["ARG", "CHL"] == ("t3",)
    early = network(TIES, (), (), book, until="2018-12-31")
    assert early.edges == ()
    assert (early.nodes, early.frustration, early.exact, early.camps) == ((), 0, True, ())


def test_strain_is_named_with_its_triad(book: TieBook) -> None:
    made = network(TIES, EVENTS, HAPPENINGS, book, since="2021", until="2021-12-31")
    assert made.frustration == made.bound == 1
    (strained,) = made.strained
    assert strained.strained
    assert ("ARG", "BRA", "CHL") in [triad.members for triad in made.triads]
    camp = {node.name: node.camp for node in made.nodes}
    assert camp["ARG"] != camp["CHL"]
    assert [sorted(side) for side in made.camps[0]] in (
        [["ARG", "BRA", "OPEC", "PER"], ["CHL"]],
        [["CHL"], ["ARG", "BRA", "OPEC", "PER"]],
    )
    assert next(node for node in made.nodes if node.name == "CHL").enemies == 2


def test_only_the_parties_asked_for(book: TieBook) -> None:
    made = network(TIES, EVENTS, (), book, parties={"ARG", "BRA", "CHL", "PER"})
    assert "OPEC" not in {node.name for node in made.nodes}
    assert "OPEC" in {node.name for node in network(TIES, (), (), book).nodes}


@pytest.mark.parametrize("seed", range(5))
def test_order_does_not_matter(book: TieBook, seed: int) -> None:
    ties, events = list(TIES), list(EVENTS)
    random.Random(seed).shuffle(ties)
    random.Random(seed).shuffle(events)
    assert network(ties, events, HAPPENINGS, book) == network(TIES, EVENTS, HAPPENINGS, book)
