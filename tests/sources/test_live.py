"""A feed from its address; the network is played."""

from __future__ import annotations

import io
from typing import Any
from urllib.error import URLError

import pytest

from dragoman.errors import InputError
from dragoman.sources import live

ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour Post</title><entry>
<title>Envoys</title><id>tag:1</id><content>The envoys met.</content></entry></feed>"""


def test_entries_are_reports(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "urlopen", lambda *_, **__: io.BytesIO(ATOM))
    [report] = live.read_live("https://example.org/feed")
    assert (report.id, report.text, report.outlet) == ("tag:1", "The envoys met.", "Harbour Post")
    assert report.source == "https://example.org/feed#entry 1"


def test_only_the_web_is_asked() -> None:
    with pytest.raises(InputError, match="begins with http"):
        list(live.read_live("file:///etc/hosts"))


def test_no_answer_is_an_error_that_names_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise URLError("no route")

    monkeypatch.setattr(live, "urlopen", fail)
    with pytest.raises(InputError, match=r"https://example\.org/feed: does not answer"):
        list(live.read_live("https://example.org/feed"))
