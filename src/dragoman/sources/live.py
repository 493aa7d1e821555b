"""A feed straight from its address; the only place of the package that goes to the network."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from dragoman.errors import InputError
from dragoman.sources.archives import read_whole
from dragoman.sources.build import build, set_aside
from dragoman.sources.feeds import read_feed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.entries import Report

_SECONDS = 20.0


def read_live(url: str, *, timeout: float = _SECONDS) -> Iterator[Report]:
    """The entries of the feed at `url` (http or https) as reports.

    Raises:
        InputError: another kind of address, or nothing answers within `timeout` seconds.
    """
    if urlsplit(url).scheme not in {"http", "https"}:
        raise InputError("a feed's address begins with http:// or https://", source=url)
    request = Request(url, headers={"User-Agent": "dragoman (news reader for research)"})  # noqa: S310
    try:
        with urlopen(request, timeout=timeout) as answer:  # noqa: S310 - scheme checked above
            data = read_whole(answer, source=url)
    except (URLError, TimeoutError, ConnectionError) as error:
        raise InputError(f"does not answer: {error}; try again later", source=url) from error
    for item in read_feed(data, source=url):
        yield set_aside(item) if isinstance(item, InputError) else build(item)
