"""Every page is there, says what it should, and its twins say the same."""

from __future__ import annotations

import csv
import io
import operator
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from tests import factory

from dragoman.exchange import export_rows
from dragoman.exchange.writers import harmless
from dragoman.record import Where, open_record
from dragoman.web import words

if TYPE_CHECKING:
    from pathlib import Path

    from fastapi.testclient import TestClient

SEVERED = factory.rupture().events[0].id
SAID = factory.rupture().statements[0].id

# Address, and words that only a page with content has.
PAGES = {
    "/": "Saudi Arabia cuts ties with Iran",
    "/stories": "Saudi Arabia cuts ties with Iran",
    "/story/y-one": "Told by some only",
    "/pair/BHR/IRN": "Diplomatic relations: severed since 4 January 2016",
    "/pair?between=Bahrain&between=Iran": "Diplomatic relations: severed",
    "/actor/IRN": "Deals most with",
    "/actor?name=Iran": "Deals most with",
    "/events": "Bahrain broke off relations with Tehran on Monday.",
    "/statements": "We will not let Iran undermine our security.",
    "/ties": "diplomatic relations",
    "/reports": "La rupture des relations",
    "/actors": "Adel al-Jubeir",
    "/happenings": "2 reports, 1 happening",
    "/network": "The same as a table",
    "/map": "countries-50m.json",
    "/report/r-rupture": "stormed its embassy",
    "/why/" + SEVERED: "is a phrase of SANCTION",
    "/why/" + SAID: "a quotation after a verb of saying",
    "/why/t-bahrain": "severed in two reports",
    "/why/h-bahrain": "dates one day apart",
    "/why/y-one": "both tell that Bahrain severed relations",
    "/search?q=embassy": "embassy",
    "/search?q=security&among=statements": "undermine our",
    "/about": "not English (fr)",
    "/add": "Paste the text",
}


class Words(HTMLParser):
    """The text of a page, its links, and what it asks the browser to load."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.skip = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags.append(tag)
        self.skip += tag in {"script", "style"}
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        self.loads.extend(
            str(given[name])
            for name in ("src", "data-src", "data-shapes", "action", "hx-get")
            if given.get(name)
        )
        if tag == "link":
            self.loads.append(str(given["href"]))
        if given.get("id"):
            self.ids.append(str(given["id"]))

    def handle_endtag(self, tag: str) -> None:
        self.skip -= tag in {"script", "style"}

    def handle_data(self, data: str) -> None:
        if not self.skip:
            self.text.append(data)


def read(html: str) -> Words:
    words = Words()
    words.feed(html)
    return words


def flat(html: str) -> str:
    return " ".join("".join(read(html).text).split())


@pytest.mark.parametrize("address", PAGES)
def test_page_has_its_content_and_its_frame(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    words = read(answer.text)
    assert PAGES[address] in flat(answer.text) or PAGES[address] in answer.text
    assert {"header", "nav", "main", "footer", "h1"} <= set(words.tags)
    assert words.tags.count("h1") == 1
    assert len(words.ids) == len(set(words.ids)), "an id stands twice"
    assert "dragoman " in flat(answer.text), "no command that gives the same"


@pytest.mark.parametrize("address", PAGES)
def test_links_of_a_page_lead_somewhere_within_the_app(client: TestClient, address: str) -> None:
    words = read(client.get(address).text)
    inner = {link.partition("#")[0] for link in words.links if link.startswith("/")}
    assert inner
    for link in sorted(inner):
        assert client.get(link).status_code == 200, link
    for load in words.loads:
        assert load.startswith("/"), load


@pytest.mark.parametrize("address", PAGES)
def test_twins_have_the_same_rows(client: TestClient, address: str) -> None:
    page = read(client.get(address).text)
    as_json = next(link for link in page.links if ".json" in link)
    as_csv = next(link for link in page.links if ".csv" in link)
    data = client.get(as_json).json()
    answer = client.get(as_csv)
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(rows) == len(data["rows"])
    for row, line in zip(data["rows"], rows, strict=True):
        for name in ("id", "key", "text", "words", "what"):
            if isinstance(row.get(name), str) and name in line:
                assert line[name] == harmless(row[name])


@pytest.mark.parametrize("table", ["events", "statements", "ties", "reports"])
def test_tables_have_the_rows_of_the_export(client: TestClient, path: Path, table: str) -> None:
    with open_record(path, readonly=True) as record:
        expected = [dict(row) for row in export_rows(record, table)]
    assert client.get(f"/{table}.json").json()["rows"] == expected
    assert len(expected) >= 1


def test_filters_are_those_of_the_record(client: TestClient, path: Path) -> None:
    asked = "actor=Bahrain&since=2016-01&until=2016-01-31&outlet=Northern+Wire&type=SANCTION"
    rows = client.get(f"/events.json?{asked}").json()["rows"]
    assert [row["text"] for row in rows] == ["Bahrain broke off relations with Tehran on Monday."]
    with open_record(path, readonly=True) as record:
        for query, where in {
            "between=Saudi+Arabia&between=IRN": Where(between=("Saudi Arabia", "IRN")),
            "said_by=Adel+al-Jubeir": Where(said_by="Adel al-Jubeir"),
            "story=y-one&limit=2": Where(story="y-one", limit=2),
            "since=2016-01-04": Where(since="2016-01-04"),
        }.items():
            rows = client.get(f"/events.json?{query}").json()["rows"]
            assert [row["id"] for row in rows] == [event.id for event in record.events(where)]
            assert rows


def test_filters_show_themselves_and_give_the_command(client: TestClient) -> None:
    text = flat(client.get("/events?between=Bahrain&between=Iran&since=2016&type=SANCTION").text)
    assert (
        "dragoman events --between Bahrain Iran --type SANCTION --since 2016 --record sample.db"
        in text
    )
    assert (
        "open_record('sample.db').events(Where(between=('Bahrain', 'Iran'), type='SANCTION'" in text
    )


def test_empty_fields_of_a_form_ask_for_nothing(client: TestClient) -> None:
    empty = "actor=&between=&between=&type=&since=&until=&outlet=&said_by=&about=&status="
    assert client.get(f"/events.json?{empty}").json() == client.get("/events.json").json()


def test_pages_of_a_table_follow_one_another(client: TestClient) -> None:
    whole = [row["id"] for row in client.get("/events.json").json()["rows"]]
    address, seen = "/events?limit=2", []
    while True:
        page = client.get(address)
        seen += [
            row["id"]
            for row in client.get(address.replace("/events", "/events.json")).json()["rows"]
        ]
        following = [
            link
            for link in read(page.text).links
            if "offset=" in link and 'rel="next"' in page.text
        ]
        forward = [
            link for link in following if int(link.split("offset=")[1].split("&")[0]) == len(seen)
        ]
        if not forward:
            break
        address = forward[0] + ("" if "limit=" in forward[0] else "&limit=2")
    assert seen == whole
    assert len(whole) == 5


def test_both_counts_are_told(client: TestClient) -> None:
    story = client.get("/story/y-one.json").json()["story"]
    assert (story["reports"], story["happenings"], story["tellings"]) == (2, 3, 5)
    assert "2 reports, 3 happenings" in flat(client.get("/").text)


def test_direction_is_told_in_words(client: TestClient) -> None:
    assert "Iraq agrees with or promises Saudi Arabia and Iran AGREE" in flat(
        client.get("/events").text
    )


def test_types_are_explained_in_place(client: TestClient) -> None:
    text = client.get("/events").text
    assert 'href="/about#type-SANCTION" title="reduces relations' in text
    about = client.get("/about").text
    assert 'id="type-SANCTION"' in about
    assert about.count('id="type-') == 16


def test_report_marks_its_entries_letter_by_letter(client: TestClient) -> None:
    html = client.get("/report/r-rupture").text
    assert f'id="{SEVERED}"' in html
    assert f'data-on="{SEVERED}"' in html
    told = factory.rupture().report.text.split("\n")[1]
    assert told in flat(html), "the marked text is not the report's text"


def test_story_lines_lead_to_words_and_to_why(client: TestClient) -> None:
    html = client.get("/story/y-one").text
    found = client.get("/story/y-one.json").json()["rows"]
    assert {row["report_id"] for row in found} == {"r-rupture", "r-voices"}
    texts = {"r-rupture": factory.RUPTURE, "r-voices": factory.VOICES}
    for row in found:
        assert texts[row["report_id"]][row["start"] : row["end"]] == row["words"]
        assert f'data-lights="{row["finding"]}"' in html
    assert any(f'href="/why/{row["event_id"]}"' in html for row in found if row["event_id"])
    assert "a copy of" in html, "a reprint is not told as one voice"


def test_why_gives_the_places_of_words_as_the_w3c_writes_them(client: TestClient) -> None:
    data = client.get(f"/why/{SEVERED}.json").json()
    (passage,) = data["passages"]
    place, quote = passage["selector"]
    text = factory.rupture().report.text
    assert place["type"] == "TextPositionSelector"
    assert text[place["start"] : place["end"]] == quote["exact"] == passage["text"]
    around = quote["prefix"] + quote["exact"] + quote["suffix"]
    assert text.count(around) == 1
    assert len(quote["prefix"]) <= 32


def test_entries_of_a_report_follow_one_another(client: TestClient) -> None:
    read = factory.rupture()
    entries = sorted(
        [*read.events, *read.statements], key=lambda one: (one.span.start, one.span.end, one.id)
    )
    html = client.get(f"/why/{entries[0].id}").text
    assert f"1 of {len(entries)} in this report" in flat(html)
    assert f'rel="next" data-key="j" href="/why/{entries[1].id}"' in html
    assert 'rel="prev"' not in html
    assert f'rel="prev" data-key="k" href="/why/{entries[0].id}"' in (
        client.get(f"/why/{entries[1].id}").text
    )


def test_verbs_agree_and_modes_show(client: TestClient) -> None:
    event = factory.rupture().events[0]
    assert words.sentence(event) == "Saudi Arabia halts dealings with Iran"
    both = replace(event, actor=(*event.actor, factory.party(factory.RUPTURE, "Bahrain")), mode=())
    assert words.sentence(both) == "Saudi Arabia and Bahrain cut or reduce relations with Iran"
    crowd = replace(event.actor[0], name=None, span=replace(event.actor[0].span, text="protesters"))
    alone = replace(event, event="PROTEST", mode=("demo",), actor=(crowd,), recipient=())
    assert words.sentence(alone) == "protesters demonstrate"
    assert "halts dealings with" in client.get("/events").text


def test_pair_tells_its_turning_days(client: TestClient) -> None:
    data = client.get("/pair/BHR/IRN.json").json()
    assert data["turns"] == []
    assert "No day stands out on which the course turned" in client.get("/pair/IRN/SAU").text or (
        "Turning days" not in client.get("/pair/IRN/SAU").text
    )


def test_pair_has_drawing_and_table(client: TestClient) -> None:
    html = client.get("/pair/BHR/IRN").text
    assert '<svg class="drawing lane"' in html
    assert '<rect class="bar bad open"' in html
    assert re.search(r'<circle class="dot q4" cx="[\d.]+%"', html)
    assert '<h2 id="ties">' in html
    data = client.get("/pair/BHR/IRN.json").json()
    assert data["standing"][0]["text"].startswith(
        "Diplomatic relations: severed since 4 January 2016"
    )
    assert {row["kind"] for row in data["rows"]} == {"happening", "tie"}


def test_order_of_a_pair_does_not_matter(client: TestClient) -> None:
    one, other = (client.get(f"/pair/{pair}.json").json() for pair in ("BHR/IRN", "IRN/BHR"))
    assert one["rows"] == other["rows"]
    assert one["course"] == other["course"]


def test_network_changes_with_the_day_but_places_stay(client: TestClient) -> None:
    then = client.get("/network.json?on=2015-12-31").json()
    later = client.get("/network.json?on=2016-02-01").json()
    place = operator.itemgetter("code", "x", "y")
    assert [place(node) for node in then["nodes"]] == [place(node) for node in later["nodes"]]
    pairs = {(row["a"], row["b"]) for row in then["rows"]}
    assert not pairs
    after = {(row["a"], row["b"]): row["sign"] for row in later["rows"]}
    assert after == {("BHR", "IRN"): "bad", ("IRN", "SAU"): "bad"}


def test_map_places_states_at_their_capitals(client: TestClient) -> None:
    nodes = {node["code"]: node for node in client.get("/map.json").json()["nodes"]}
    assert nodes["BHR"]["lon"] == pytest.approx(50.6, abs=0.5)
    assert nodes["BHR"]["lat"] == pytest.approx(26.2, abs=0.5)


def test_names_are_suggested(client: TestClient) -> None:
    assert [row["name"] for row in client.get("/suggest.json?q=sau").json()["rows"]] == [
        "Saudi Arabia"
    ]


def test_search_counts_its_filters(client: TestClient) -> None:
    html = client.get("/search?q=relations").text
    assert "outlet=Northern+Wire" in html
    rows = client.get("/search.json?q=relations&outlet=Northern+Wire").json()["rows"]
    assert [row["report_id"] for row in rows] == ["r-voices"]


@pytest.mark.parametrize(
    ("address", "status", "says"),
    [
        ("/story/nothing", 404, "nothing"),
        ("/report/nothing", 404, "nothing"),
        ("/why/nothing", 404, "nothing"),
        ("/actor/Irann", 404, "did you mean 'Iran'?"),
        ("/events?actor=Irann", 404, "did you mean 'Iran'?"),
        ("/events?since=yesterday", 400, "is no ISO date"),
        ("/events?since=2017&until=2016", 400, "lies after"),
        ("/events?limit=0", 422, "limit"),
        ("/pair", 400, "a pair is two parties"),
        ("/network?on=soon", 400, "is no day"),
        ("/search?q=%22%22", 400, "nothing to search for"),
        ("/nowhere", 404, "there is no such page"),
    ],
)
def test_errors_say_what_and_what_next(
    client: TestClient, address: str, status: int, says: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert says in flat(answer.text)
    assert 'href="/"' in answer.text
    path, _, query = address.partition("?")
    if path != "/nowhere":
        twin = client.get(f"{path}.json?{query}")
        assert twin.status_code == status
        assert says in twin.json()["error"]


def test_empty_record_says_how_to_begin(tmp_path: Path) -> None:
    from fastapi.testclient import TestClient

    from dragoman.web import create_app

    open_record(tmp_path / "e.db").close()
    client = TestClient(create_app(tmp_path / "e.db"), base_url="http://localhost")
    assert "This record is empty" in client.get("/").text
    for address in ("/events", "/network", "/map", "/about", "/actors", "/happenings", "/stories"):
        assert client.get(address).status_code == 200


def test_missing_record_is_told(tmp_path: Path) -> None:
    from fastapi.testclient import TestClient

    from dragoman.web import create_app

    client = TestClient(create_app(tmp_path / "none.db"), base_url="http://localhost")
    answer = client.get("/")
    assert answer.status_code == 503
    assert "there is no record" in answer.text


def test_what_is_less_sure_is_shown_when_asked_for_and_marked(
    own: TestClient, own_path: Path
) -> None:
    doubted = factory.rupture()
    events = (replace(doubted.events[0], confidence=0.6), *doubted.events[1:])
    statements = (replace(doubted.statements[0], confidence=0.3), *doubted.statements[1:])
    with open_record(own_path) as record:
        record.write(replace(doubted, events=events, statements=statements, reader="another"))
    for table in ("events", "statements"):
        usual = own.get(f"/{table}").text
        assert f"1 other {table[:-1]}</a> is less sure" in usual
        assert "sure=0" in usual
        assert 'class="doubt"' not in usual
        every = own.get(f"/{table}?sure=0").text
        assert 'class="doubt" title="confidence 0.' in every
        assert "less sure and not shown" not in every
        assert f"dragoman {table} --all" in every
        found = [row["confidence"] for row in own.get(f"/{table}.json?sure=0").json()["rows"]]
        shown = [row["confidence"] for row in own.get(f"/{table}.json").json()["rows"]]
        assert len(found) == len(shown) + 1
        assert min(found) < 0.75
        assert all(one >= 0.75 for one in shown)
    pair = own.get("/pair/SAU/IRN").text
    assert "1 other happening</a> is less sure and not shown" in pair
    assert "sure=0" in pair
    assert "less sure and not shown" not in own.get("/pair/SAU/IRN?sure=0").text
    assert own.get("/events?sure=2").status_code in {400, 422}
