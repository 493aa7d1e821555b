"""The app against its own OpenAPI: whatever fits the schema, or nearly does, is no server error.

Requests are made by schemathesis from the schema that the app serves. No answer may be a server error,
whether the request is good or bad, and every answer carries the headers of safety.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from tests import factory

from dragoman.record import open_record
from dragoman.web import create_app
from web.conftest import BASE

if TYPE_CHECKING:
    from pathlib import Path

    from schemathesis import Case

# Requests made up for each operation; more on a machine that has time.
EXAMPLES = int(os.environ.get("DRAGOMAN_EXAMPLES", "12"))

OPERATIONS = {
    found.ok().label: found.ok()
    for found in schemathesis.openapi.from_dict(
        create_app("none.db").openapi()
    ).get_all_operations()
}


@pytest.fixture(scope="module")
def readonly(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    path: Path = tmp_path_factory.mktemp("schema") / "sample.db"
    with open_record(path) as record:
        for read in factory.sample():
            record.write(read)
        record.replace_gathered(factory.gathered())
    # Reports added would be read with the real model, by threads that outlive the test: that way in is
    # tested on its own, and here it must refuse.
    return TestClient(
        create_app(path, readonly_corrections=True), base_url=BASE, raise_server_exceptions=False
    )


def test_every_page_and_its_twins_are_in_the_schema() -> None:
    paths = {label.partition(" ")[2] for label in OPERATIONS}
    for page in ("/story", "/pair", "/why", "/network", "/map", "/report", "/search", "/about"):
        assert {page, f"{page}.json", f"{page}.csv"} <= paths
    assert {"POST /correct", "POST /add"} <= OPERATIONS.keys()


@pytest.mark.parametrize("label", OPERATIONS)
def test_no_request_is_a_server_error(readonly: TestClient, label: str) -> None:
    @given(case=OPERATIONS[label].as_strategy())
    @settings(
        max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
        phases=(Phase.explicit, Phase.generate), suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def asks(case: Case) -> None:
        given = case.as_transport_kwargs(base_url=BASE)
        for name in ("cookies", "timeout", "verify", "allow_redirects"):
            given.pop(name, None)
        if isinstance(given.get("data"), bytes):
            given["content"] = given.pop("data")
        answer = readonly.request(**given)
        assert answer.status_code < 500, f"{answer.status_code}: {answer.text[:300]}"
        assert answer.headers["content-security-policy"].startswith("default-src 'self'")

    asks()
