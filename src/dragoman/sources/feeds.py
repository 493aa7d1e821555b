"""News feeds (RSS, Atom) saved to disk: each entry a report, from its content or its summary."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from dragoman.errors import InputError
from dragoman.sources.build import Raw
from dragoman.sources.html import plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator


def looks_like_feed(head: str) -> bool:
    """Whether a text begins as an RSS or Atom feed does."""
    start = head[:4000].lower()
    return any(mark in start for mark in ("<rss", "<feed", "<rdf:rdf"))


def read_feed(data: bytes, *, source: str) -> Iterator[Raw | InputError]:
    """The entries of a feed, counted from 1."""
    import feedparser

    parsed = feedparser.parse(io.BytesIO(data))
    if not parsed.entries:
        why = parsed.get("bozo_exception") or "it holds no entry"
        yield InputError(f"no feed that can be read: {why}", source=source)
        return
    name = _words(parsed.feed.get("title"))
    for number, entry in enumerate(parsed.entries, start=1):
        yield _entry(entry, name, source, f"entry {number}")


def _entry(entry: Any, feed: str | None, source: str, place: str) -> Raw | InputError:
    contents = [item.get("value", "") for item in entry.get("content", ())]
    text = plain_text(max(contents, key=len, default="") or entry.get("summary", ""))
    if not text:
        return InputError("the entry has no content and no summary", source=source, place=place)
    origin = entry.get("source")
    return Raw(
        text=text,
        source=f"{source}#{place}",
        id=_words(entry.get("id")),
        outlet=(_words(origin.get("title")) if origin else None) or feed,
        title=plain_text(entry.get("title", "")) or None,
        url=_words(entry.get("link")),
        published=_words(entry.get("published")),
        updated=_words(entry.get("updated")),
    )


def _words(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
