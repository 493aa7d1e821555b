"""Reports are data: nothing in them is run, rendered, followed or taken for a path or a formula."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient
from tests import factory

from dragoman.entries import Gathered, Mention, Part, ReadReport, Story, Tie
from dragoman.ids import content_id
from dragoman.record import open_record
from dragoman.web import create_app
from dragoman.web.links import link, outside
from web.conftest import BASE

if TYPE_CHECKING:
    from pathlib import Path

SCRIPT = "<script>window.stolen=1</script>"
ATTRIBUTE = '" onmouseover="window.stolen=1" x="'
TEXT = (
    f"{SCRIPT} title\n"
    f"Bahrain broke off relations with Iran {SCRIPT} on Monday <img src=x onerror=window.stolen=1>.\n"
    f"=HYPERLINK(1) said Bahrain of Iran {ATTRIBUTE} {{{{ 7*7 }}}} {{% raw %}}."
)
IDS = [
    "../../etc/passwd",
    "a/b.json",
    "x.csv",
    "..",
    ".",
    "%2e%2e",
    "a?b#c",
    "<b>",
    "ü ñ",
    "a\\b",
    "json",
]


def hostile(report_id: str) -> ReadReport:
    told = factory.report(
        report_id, TEXT, outlet=f"=cmd|' /C calc'!A0{SCRIPT}", title=f"{SCRIPT}{ATTRIBUTE}",
        url="javascript:window.stolen=1", source=f"{SCRIPT}.txt", wire=SCRIPT,
        parts=(Part("prose", 0, len(TEXT)),),
    )  # fmt: skip
    bahrain = replace(
        factory.party(TEXT, "Bahrain"), name=f"=1+1{SCRIPT}", catalogue_id=f"{SCRIPT}/../x"
    )
    made = factory.event(
        told, 1, "broke off relations", "SANCTION", (bahrain,), (factory.party(TEXT, "Iran"),),
        date="2016-01-04", date_precision="day", why=SCRIPT, coder=SCRIPT,
    )  # fmt: skip
    mentions = (Mention(1, "name", bahrain.span, bahrain),)
    return ReadReport(told, factory.sentences(TEXT), mentions, (), (made,), (), b"", "reader")


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    with open_record(tmp_path / "h.db") as record:
        for number, report_id in enumerate(IDS):
            read = hostile(report_id)
            event = replace(read.events[0], id=content_id("e", report_id, number))
            record.write(replace(read, events=(event,)))
        record.replace_gathered(
            Gathered(
                (Story("y/../1", f"{SCRIPT}{ATTRIBUTE}", tuple(IDS), "2016-01-04"),), (), (),
                (Tie("t1", (f"{SCRIPT}", "IRN"), SCRIPT, ATTRIBUTE, "2016-01-04", "day", None, None, None, ()),),
            )
        )  # fmt: skip
    return TestClient(create_app(tmp_path / "h.db"), base_url=BASE)


def addresses(client: TestClient) -> list[str]:
    events = [row["id"] for row in client.get("/events.json").json()["rows"]]
    return [
        "/", "/stories", "/events", "/statements", "/ties", "/reports", "/actors", "/happenings",
        "/network", "/about", "/search?q=relations", f"/search?q={SCRIPT}", "/pair/BHR/IRN",
        link("story", "y/../1"), link("actor", f"{SCRIPT}/../x"), link("why", "t1"),
        link("pair", f"{SCRIPT}/../x", "IRN"), f"/events?outlet={SCRIPT}", f"/events?actor={SCRIPT}",
        *(link("why", event) for event in events), *(link("report", report) for report in IDS),
    ]  # fmt: skip


def test_nothing_of_a_report_becomes_markup(client: TestClient) -> None:
    for address in addresses(client):
        answer = client.get(address)
        assert answer.status_code in {200, 404}, address
        html = answer.text
        assert "<script>" not in html, address
        assert "<img" not in html, address
        assert ' onmouseover="' not in html, address
        assert "javascript:" not in html.replace("javascript:window.stolen=1</dd>", ""), address
        assert ">49<" not in html, address


def test_odd_ids_find_their_report_and_nothing_else(client: TestClient) -> None:
    for report_id in IDS:
        for address in (link("report", report_id), link("report", report_id, begin=0)):
            answer = client.get(address)
            assert answer.status_code == 200, address
        data = client.get(f"/report.json?name={link('x', name=report_id).partition('=')[2]}").json()
        assert data["report"]["id"] == report_id
    for address in (
        "/report/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/report/../../etc/passwd",
        "/static/..%2f..%2fapp.py",
    ):
        assert "root:" not in client.get(address).text


def test_csv_has_no_formulas(client: TestClient) -> None:
    for table in ("events", "reports", "ties", "stories", "actors"):
        rows = list(csv.reader(io.StringIO(client.get(f"/{table}.csv").text)))
        assert len(rows) > 1
        for row in rows[1:]:
            assert not [cell for cell in row if cell.startswith(("=", "+", "@", "\t", "\r"))]
    assert "'=cmd|" in client.get("/reports.csv").text


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)",
     "data:text/html,x", "vbscript:x", "file:///etc/passwd", "//evil.example", "https://", "http://[",
     "ftp://x.example", "https:///x", "\x01https://x.example", "", None],
)  # fmt: skip
def test_only_addresses_of_the_web_become_links(url: str | None) -> None:
    assert outside(url) is None


def test_a_report_of_the_web_is_linked_with_its_words() -> None:
    assert outside("https://a.example/x") == "https://a.example/x"
    assert outside("HTTP://a.example/x") == "HTTP://a.example/x"
    assert outside("https://a.example/x", "cut, or-not & <b>") == (
        "https://a.example/x#:~:text=cut%2C%20or%2Dnot%20%26%20%3Cb%3E"
    )


def test_links_never_become_paths() -> None:
    assert link("report", "../x") == "/report?name=..%2Fx"
    assert link("report", "..") == "/report?name=.."
    assert link("report", "a.json") == "/report?name=a.json"
    assert link("pair", "BHR", "a/b", since="2016") == "/pair?name=BHR&name=a%2Fb&since=2016"
    assert link("actor", "state:BHR") == "/actor/state:BHR"
    assert link("actor", "") == "/actor?name="


def test_a_thousand_actors_are_told_in_one_line(tmp_path: Path) -> None:
    names = [f"Tribe{number}" for number in range(1000)]
    text = "Council\n" + " and ".join(names) + " met Iran."
    told = factory.report("many", text)
    party = factory.party(text, "Iran")
    actors = []
    at = 8
    for name in names:
        span = factory.span(text[at:], name)
        span = replace(span, start=span.start + at, end=span.end + at)
        actors.append(
            replace(
                party, span=span, name=name, catalogue_id=None, entity_code=None, country_code=None
            )
        )
        at = span.end
    made = factory.event(told, 1, "met", "CONSULT", tuple(actors), (party,))
    mentions = tuple(Mention(1, "name", actor.span, actor) for actor in actors)
    with open_record(tmp_path / "m.db") as record:
        record.write(ReadReport(told, factory.sentences(text), mentions, (), (made,), (), b"", "x"))
    client = TestClient(create_app(tmp_path / "m.db"), base_url=BASE)
    events = client.get("/events").text
    assert "and 995 more" in events
    assert len(events) < 60_000
    for address in ("/", "/report/many", f"/why/{made.id}", "/actors", "/network", "/actor/IRN"):
        assert client.get(address).status_code == 200, address
    assert len(client.get("/events.json").json()["rows"][0]["actor"]) == 1000


def test_a_huge_report_is_shown_in_parts(tmp_path: Path) -> None:
    line = "Bahrain broke off relations with Iran on Monday, and nothing else was told.\n"
    text = "Long\n" + line * (50_000_000 // len(line))
    told = factory.report("long", text, parts=())
    with open_record(tmp_path / "l.db") as record:
        record.write(ReadReport(told, (), (), (), (), (), b"", "x"))
    client = TestClient(create_app(tmp_path / "l.db"), base_url=BASE)
    page = client.get("/report/long")
    assert page.status_code == 200
    assert len(page.text) < 300_000
    assert "the text goes on" in page.text
    assert "nothing else was told" in client.get("/report/long?begin=49000000").text
    assert client.get("/").status_code == 200
    assert len(client.get("/reports").text) < 30_000
