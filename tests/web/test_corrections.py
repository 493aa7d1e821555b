"""Corrections from the browser: added, shown, kept; and never taken from anybody else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from fastapi.testclient import TestClient
from tests import factory

from dragoman.record import open_record
from dragoman.web import create_app
from web.conftest import BASE, csrf_of
from web.test_pages import flat

if TYPE_CHECKING:
    from pathlib import Path

SEVERED = factory.rupture().events[0].id
SAID = factory.rupture().statements[0].id


def send(client: TestClient, **data: object) -> object:
    return client.post("/correct", data={"csrf": csrf_of(client), **data})


def test_rejected_events_leave_the_lists_and_stay_on_record(own: TestClient) -> None:
    answer = own.post(
        "/correct",
        data={
            "csrf": csrf_of(own),
            "id": SEVERED,
            "verdict": "reject",
            "who": "Ada",
            "note": "not <b>so</b>",
        },
        follow_redirects=False,
    )
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/why/{SEVERED}?done=reject#decided"
    page = own.get(f"/why/{SEVERED}?done=reject")
    assert "Rejected." in page.text
    assert "reject: not <b>so</b> Ada" in flat(page.text)
    assert "<b>so</b>" not in page.text
    assert SEVERED not in [row["id"] for row in own.get("/events.json").json()["rows"]]
    assert SEVERED in [row["id"] for row in own.get("/events.json?rejected=yes").json()["rows"]]
    assert own.get(f"/why/{SEVERED}.json").json()["rejected"] is True
    assert {"what": "corrections", "count": 1} in own.get("/about.json").json()["rows"]


def test_amended_fields_win_and_outlive_a_new_reading(own: TestClient, own_path: Path) -> None:
    html = own.get(f"/why/{SEVERED}").text
    assert 'value="2016-01-03"' in html
    assert 'value="Saudi Arabia"' in html
    answer = own.post(
        "/correct",
        data={
            "csrf": csrf_of(own), "id": SEVERED, "verdict": "amend",
            "fields": ["event", "date", "actor", "mode"],
            "values": ["ACCUSE", "2016-01-02", "Saudi Arabia", "discontinue"],
        },
    )  # fmt: skip
    assert answer.status_code == 200
    made = own.get(f"/why/{SEVERED}.json").json()
    assert [(one["field"], one["value"]) for one in made["corrections"]] == [
        ("event", "ACCUSE"), ("date", "2016-01-02"),
    ]  # fmt: skip
    with open_record(own_path) as record:
        assert record.write(replace(factory.rupture(), reader="model-2+rules-2")) == "reread"
    row = next(row for row in own.get("/events.json").json()["rows"] if row["id"] == SEVERED)
    assert (row["event"], row["date"]) == (["ACCUSE"], "2016-01-02")


def test_confirmed_statement_and_tie(own: TestClient) -> None:
    for id_ in (SAID, "t-bahrain"):
        assert send(own, id=id_, verdict="confirm").status_code == 200  # type: ignore[attr-defined]
        assert own.get(f"/why/{id_}.json").json()["corrections"][0]["verdict"] == "confirm"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"id": SEVERED, "verdict": "amend"}, "nothing was changed"),
        (
            {"id": SEVERED, "verdict": "amend", "fields": ["date"], "values": ["soon"]},
            "is no ISO date",
        ),
        (
            {"id": SEVERED, "verdict": "amend", "fields": ["actor"], "values": ["the moon men"]},
            "no party of the record",
        ),
        (
            {"id": SEVERED, "verdict": "amend", "fields": ["id"], "values": ["x"]},
            "field of the event",
        ),
        ({"id": "y-one", "verdict": "reject"}, "corrections are made to"),
    ],
)
def test_what_cannot_be_is_told_on_the_page(
    own: TestClient, data: dict[str, object], says: str
) -> None:
    answer = own.post("/correct", data={"csrf": csrf_of(own), **data})
    assert answer.status_code == 422
    assert says in flat(answer.text)
    assert own.get(f"/why/{SEVERED}.json").json()["corrections"] == []


def test_forms_of_other_sites_are_refused(own: TestClient, own_path: Path) -> None:
    good = {"id": SEVERED, "verdict": "reject"}
    for data, headers in (
        (good, {}),
        ({**good, "csrf": "guess"}, {}),
        ({**good, "csrf": "ü"}, {}),
        ({**good, "csrf": csrf_of(own)}, {"sec-fetch-site": "cross-site"}),
        ({**good, "csrf": csrf_of(own)}, {"sec-fetch-site": "same-site"}),
    ):
        assert own.post("/correct", data=data, headers=headers).status_code == 403
    with open_record(own_path) as record:
        assert record.corrections() == ()


def test_nothing_changes_by_a_get(own: TestClient) -> None:
    query = f"id={SEVERED}&verdict=reject&csrf={csrf_of(own)}"
    assert own.get(f"/correct?{query}").status_code == 405


def test_reading_only_takes_nothing(own_path: Path) -> None:
    own = TestClient(create_app(own_path, readonly_corrections=True), base_url=BASE)
    page = own.get(f"/why/{SEVERED}").text
    assert '<form action="/correct"' not in page
    assert "for reading only" in page
    data = {"csrf": csrf_of(own), "id": SEVERED, "verdict": "reject"}
    assert own.post("/correct", data=data).status_code == 403
    assert own.post("/add", data={"csrf": csrf_of(own), "text": "x"}).status_code == 403
    assert 'href="/add"' not in own.get("/").text
