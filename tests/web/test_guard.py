"""Hosts, token, headers, and that nothing names another host."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

import dragoman.web
from dragoman.errors import UsageError
from dragoman.web import create_app, serve
from dragoman.web.guard import bare_host
from dragoman.web.serving import address_of
from web.conftest import BASE

PACKAGE = Path(dragoman.web.__file__).parent


@pytest.mark.parametrize(
    "address", ["/", "/events", "/events.json", "/nowhere", "/static/dragoman.css"]
)
def test_every_answer_is_guarded(client: TestClient, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'self';")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_docs_pages_of_the_framework_are_off(client: TestClient) -> None:
    for address in ("/docs", "/redoc"):
        assert client.get(address).status_code == 404
    assert client.get("/openapi.json").json()["info"]["title"] == "Dragoman"


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "localhost.evil.example:8765"]
)
def test_other_host_names_are_turned_away(path: Path, host: str) -> None:
    client = TestClient(create_app(path), base_url=BASE)
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "dragoman serve" in answer.text


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:1", "127.0.0.1:8765", "[::1]:8765", "LOCALHOST"]
)
def test_own_names_are_served(path: Path, host: str) -> None:
    client = TestClient(create_app(path), base_url=BASE)
    assert client.get("/about", headers={"host": host}).status_code == 200


def test_bare_host() -> None:
    assert bare_host("[::1]:80") == "[::1]"
    assert bare_host("A.example:80") == "a.example"


def test_token_is_asked_for_kept_and_hidden(path: Path) -> None:
    app = create_app(path, token="open sesame", host="0.0.0.0")
    client = TestClient(app, base_url="http://desk.example")
    assert client.get("/").status_code == 401
    assert client.get("/?token=wrong").status_code == 401
    assert client.get("/static/dragoman.css").status_code == 401
    assert client.post("/correct", data={"id": "x", "verdict": "reject"}).status_code == 401
    answer = client.get("/events?type=SANCTION&token=open+sesame", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/events?type=SANCTION"
    assert "httponly" in answer.headers["set-cookie"].lower()
    assert "sesame" not in answer.headers["set-cookie"]
    assert client.get("/events").status_code == 200
    other = TestClient(app, base_url="http://desk.example")
    assert other.get("/", headers={"authorization": "Bearer open sesame"}).status_code == 200
    assert other.get("/", headers={"authorization": "Bearer opensesame"}).status_code == 401
    assert other.get("/", headers={"cookie": "dragoman_token=open sesame"}).status_code == 401


def test_token_never_redirects_to_another_host(path: Path) -> None:
    client = TestClient(create_app(path, token="t"), base_url="http://localhost")
    for address in ("//evil.example/?token=t", "/\\evil.example/?token=t"):
        answer = client.request("GET", f"http://localhost{address}", follow_redirects=False)
        location = answer.headers.get("location", "/")
        assert location.startswith("/")
        assert not location.startswith(("//", "/\\"))


def test_serving_to_others_needs_a_token(path: Path) -> None:
    with pytest.raises(UsageError, match="--token"):
        serve(path, host="0.0.0.0")


def test_address_carries_token_and_start() -> None:
    assert address_of("::1", 80, "a", "/story/x") == "http://[::1]:80/story/x?token=a"
    assert address_of("127.0.0.1", 8765) == "http://127.0.0.1:8765/"


HOSTS = re.compile(r"(?:https?:)?//[\w-]+\.[\w.-]+", re.IGNORECASE)


@pytest.mark.parametrize(
    "file",
    sorted(
        [
            *(PACKAGE / "templates").iterdir(),
            *(PACKAGE / "static").glob("dragoman.*"),
            PACKAGE / "static/map.js",
        ]
    ),
    ids=lambda file: file.name,
)
def test_no_page_names_another_host(file: Path) -> None:
    named = [host for host in HOSTS.findall(file.read_text("utf-8")) if "w3.org" not in host]
    assert not named


def test_templates_have_neither_inline_script_nor_style() -> None:
    for file in (PACKAGE / "templates").iterdir():
        text = file.read_text("utf-8")
        assert not re.search(r"<script(?![^>]*\bsrc=)", text), file.name
        assert not re.search(
            r"<style|\bstyle=|\bon(click|load|error)=|javascript:|\|\s*safe\b", text
        ), file.name


def test_vendored_files_have_versions_and_licences() -> None:
    static = PACKAGE / "static"
    listed = (static / "LICENSES.txt").read_text("utf-8")
    own = {"LICENSES.txt", "dragoman.css", "dragoman.js", "dragoman.svg", "map.js"}
    vendored = [file for file in static.iterdir() if file.name not in own]
    assert len(vendored) == 5
    for file in vendored:
        assert re.search(r"-\d+\.\d+\.\d+[.-]", file.name), file.name
        assert file.name in listed
    assert sum(file.stat().st_size for file in static.iterdir()) < 1_600_000
    used = "".join(file.read_text("utf-8") for file in (PACKAGE / "templates").iterdir())
    assert all(f"/static/{file.name}" in used for file in vendored)


def test_static_files_with_a_version_are_kept_by_browsers(client: TestClient) -> None:
    assert "immutable" in client.get("/static/htmx-2.0.11.min.js").headers["cache-control"]
    assert client.get("/static/dragoman.css").headers["cache-control"] == "no-cache"
    assert client.get("/static/../app.py").status_code == 404
    assert client.get("/static/%2e%2e/app.py").status_code == 404
