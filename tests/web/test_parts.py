"""The parts that pages are made of: marked text, drawings, networks."""

from __future__ import annotations

import tomllib
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.entries import Happening, Part, Tie
from dragoman.record import Where, open_record
from dragoman.web import drawings, signed
from dragoman.web.pages.find import scores
from dragoman.web.text import Mark, blocks, pieces
from dragoman.web.views import TieView, Views

if TYPE_CHECKING:
    from fastapi.testclient import TestClient

    from dragoman.record import Record

ROOT = Path(__file__).parents[2]

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


def drawn(record: Record, on: str) -> signed.Network:
    return signed.network(record, signed.frame(record), on, on)


def test_network_is_the_same_each_time_and_names_lie_apart(path: Path) -> None:
    with open_record(path, readonly=True) as record:
        one, other = (drawn(record, "2016-01-05") for _ in range(2))
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
        found = drawn(record, "2016-02-01")
    camps = {node.code: node.camp for node in found.nodes}
    assert camps["IRN"] != camps["SAU"]
    assert camps["IRN"] != camps["BHR"]
    assert any("Iran" in side for side in found.camps)
    assert any("Camps:" in line for line in found.words)
    assert (found.since, found.on) == ("2015-02-01", "2016-02-01")


def test_the_window_is_shorter_where_more_happened(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signed, "READ", 1)
    with open_record(path, readonly=True) as record:
        found = drawn(record, "2016-01-06")
        assert found.since is not None
        assert "2016-01-01" <= found.since <= "2016-01-05"


def test_scores_shown_are_held() -> None:
    kept = tomllib.loads((ROOT / "scores.toml").read_text("utf-8"))
    shown = scores()
    assert len(shown) > 10
    for one in shown:
        files = kept[one.benchmark]
        held = files.get(one.data) or files[f"{one.data}.jsonl"]
        assert one.floor <= held[one.score], f"{one} is more than the project's tests hold"
