"""The parts that pages are made of: marked text, drawings, networks."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.entries import Happening, Part, Tie
from dragoman.record import Where, open_record
from dragoman.web import drawings, signed
from dragoman.web.text import Mark, blocks, pieces
from dragoman.web.views import TieView, Views, latest

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi.testclient import TestClient

spans = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted)


@given(st.text(min_size=1, max_size=40), st.lists(spans, max_size=8))
def test_pieces_are_the_text_and_know_their_marks(text: str, places: list[list[int]]) -> None:
    marks = [Mark(a, b, f"k{n}", f"m{n}") for n, (a, b) in enumerate(places) if a < b <= len(text)]
    made = pieces(text, 0, len(text), marks)
    assert "".join(piece.text for piece in made) == text
    at = 0
    firsts = []
    for piece in made:
        covering = {
            mark.key for mark in marks if mark.start <= at and mark.end >= at + len(piece.text)
        }
        assert set(piece.keys.split()) == covering
        at += len(piece.text)
        firsts += [piece.first] if piece.first else []
    assert len(firsts) == len(set(firsts)), "an id would stand twice"


@given(st.text(alphabet="ab \n", max_size=60), st.integers(0, 60), st.integers(0, 60))
def test_blocks_lose_nothing_but_white_space(text: str, one: int, other: int) -> None:
    left, right = sorted((min(one, len(text)), min(other, len(text))))
    parts = (Part("furniture", left, right),) if text[left:right].strip() else ()
    made = blocks(text, parts, [])
    assert "".join(
        "".join(piece.text for piece in block.pieces) for block in made
    ).split() == text.replace("\n", "").split() or (
        "".join("".join(p.text for p in b.pieces) for b in made).replace(" ", "")
        == "".join(text.split())
    )
    for block in made:
        words = "".join(piece.text for piece in block.pieces)
        assert text[block.start : block.start + len(words)] == words


def edge(a: str, b: str, score: float) -> signed.Edge:
    sign = "good" if score > 0.05 else "bad" if score < -0.05 else "between"
    return signed.Edge(a, b, score, sign, 1, ())


def test_camps_follow_the_signs_of_the_day() -> None:
    friends = [edge("AAA", "BBB", 0.5), edge("CCC", "DDD", 0.9)]
    assert signed.camps([*friends, edge("BBB", "CCC", -0.7), edge("XXX", "YYY", -1.0)]) == {
        "AAA": 1, "BBB": 1, "CCC": 2, "DDD": 2,
    }  # fmt: skip
    assert signed.camps([*friends, edge("BBB", "CCC", 0.7)]) == {}, "nobody is against anybody"
    # One hostile pair among many friends parts nobody but, at most, the one that stands alone.
    triangle = [edge("AAA", "BBB", 0.9), edge("BBB", "CCC", 0.9), edge("AAA", "CCC", -0.1)]
    assert set(signed.camps(triangle).values()) <= {1, 2}
    assert signed.camps([]) == {}


def tie(since: str | None, until: str | None = None, state: str = "severed") -> TieView:
    made = Tie(
        f"t{since}",
        ("BHR", "IRN"),
        "diplomatic relations",
        state,
        since,
        "day",
        until,
        None,
        None,
        (),
    )
    return TieView(made, ("Bahrain", "Iran"), 1, ("A",))


def test_timeline_places_by_date() -> None:
    made = drawings.timeline(
        [tie("2016-01-04", "2024-06-23"), tie("2024-06-23", None, "restored"), tie(None)], []
    )
    assert made is not None
    first, second = made.bars
    assert first.x == drawings.LEFT
    assert first.x + first.width == pytest.approx(second.x, abs=0.02)
    assert second.x + second.width == pytest.approx(drawings.RIGHT, abs=0.02)
    assert (first.look, second.look) == ("bad", "good")
    assert (first.open, second.open) == (False, True)
    assert [tick.words for tick in made.ticks] == ["2018", "2020", "2022", "2024"]


def test_timeline_of_nothing_dated_is_not_drawn() -> None:
    assert drawings.timeline([tie(None)], []) is None
    assert drawings.course([]) == ()
    assert drawings.columns(()) == ()


def test_course_counts_happenings_not_reports(path: Path) -> None:
    with open_record(path, readonly=True) as record:
        views = Views(record)
        happenings: list[Happening] = list(record.happenings(Where(between=("BHR", "IRN"))))
        (stretch,) = drawings.course(views.occurrences(happenings))
    assert (stretch.name, stretch.happenings, stretch.reports) == ("2016-01", 1, 2)
    assert stretch.conflict == -5.2


def test_dates_as_far_as_known() -> None:
    assert drawings.day_number("2016") == drawings.day_number("2016-01-01")
    assert drawings.day_number("2016-01-04T10:00") == drawings.day_number("2016-01-04")
    assert [drawings.day_number(bad) for bad in (None, "", "soon", "2016-13", "2016-02-30")] == [
        None
    ] * 5


def test_svg_of_the_pages_is_well_formed(client: TestClient) -> None:
    for address in ("/pair/IRN/SAU", "/network"):
        html = client.get(address).text
        for part in html.split("<svg")[1:]:
            ET.fromstring("<svg" + part.split("</svg>")[0] + "</svg>")


def test_network_is_the_same_each_time_and_names_lie_apart(path: Path) -> None:
    with open_record(path, readonly=True) as record:
        one, other = (signed.network(record, None, "2016-01-05") for _ in range(2))
    assert one == other
    assert {node.code for node in one.nodes} == {"BHR", "IRN", "IRQ", "SAU"}
    for node in one.nodes:
        assert 0 <= node.x <= signed.WIDTH
        assert 0 <= node.y <= signed.HEIGHT
        for another in one.nodes:
            if node != another:
                assert abs(node.x - another.x) > 60 or abs(node.y - another.y) > 20


def test_enemies_stand_in_opposite_camps(path: Path) -> None:
    with open_record(path, readonly=True) as record:
        camps = {node.code: node.camp for node in signed.network(record, None, None).nodes}
    assert camps["IRN"] != camps["SAU"]
    assert camps["IRN"] != camps["BHR"]


def test_latest_are_the_last_whatever_the_window() -> None:
    days = [f"20{year:02}-01-01" for year in range(1, 25)]
    calls: list[Where] = []

    def fetch(where: Where) -> list[str]:
        calls.append(where)
        return [day for day in days if not where.since or day >= where.since]

    assert latest(fetch, Where(), "2024-01-01", 2) == ["2024-01-01", "2023-01-01"]
    assert len(calls) == 3, "it looked further back than it had to"
    assert latest(fetch, Where(), "2024-01-01", 100) == list(reversed(days))
    assert latest(fetch, Where(), None, 1) == ["2024-01-01"]
