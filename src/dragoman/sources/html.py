"""A saved web page: its article's text by trafilatura, its metadata from what the page declares.

The date is taken only from declared metadata (Open Graph, JSON-LD, Dublin Core, ``time`` elements
marked as date of publication), not from guesses over the page's text.
"""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

from dragoman.errors import InputError
from dragoman.sources.build import Raw
from dragoman.sources.text import decode, normal_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

# Trafilatura's own limit for a page; a news page has under 2 MB.
PAGE_LIMIT = 20_000_000
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.IGNORECASE)
_HEADER_CHARSET = re.compile(r"charset=\s*\"?([\w-]{2,30})", re.IGNORECASE)
_PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "pubdate",
    "publishdate", "publish-date", "publication_date", "dc.date", "dc.date.issued",
    "dcterms.created", "dcterms.date", "parsely-pub-date", "sailthru.date", "article.published",
    "cxenseparse:recs:publishtime", "og:published_time", "citation_publication_date",
)  # fmt: skip
_UPDATED = (
    "article:modified_time", "og:updated_time", "datemodified", "last-modified", "lastmod",
    "dc.date.modified", "dcterms.modified", "article.updated",
)  # fmt: skip
_BLOCKS = frozenset(
    "p div br li ul ol h1 h2 h3 h4 h5 h6 blockquote tr table section article figure figcaption hr".split()
)


@dataclass(frozen=True, slots=True)
class _Declared:
    """What the page's head declares; values as written."""

    meta: dict[str, str]
    linked: dict[str, Any]
    canonical: str | None
    title: str | None


def read_page(
    data: bytes, *, source: str, place: str = "", url: str | None = None, content_type: str = ""
) -> Raw:
    """The article of a web page.

    Args:
        data: the page's bytes.
        source: the file's name.
        place: where in the file it stands.
        url: where it was fetched from, if known; a canonical address on the page goes before it.
        content_type: the HTTP header, which may name the encoding.

    Raises:
        InputError: undecodable, too large, or without an article's text.
    """
    if len(data) > PAGE_LIMIT:
        raise InputError(
            f"web page of {len(data) // 1_000_000} MB; the limit is {PAGE_LIMIT // 1_000_000}",
            source=source,
            place=place,
        )
    page = normal_lines(_decoded(data, content_type, source=source, place=place))
    if "\x00" in page:
        raise InputError("NUL character in the page: not text", source=source, place=place)
    import trafilatura

    tree = trafilatura.load_html(page) if page.strip() else None
    if tree is None:
        raise InputError("no web page: nothing to parse", source=source, place=place)
    declared = _declared(tree)
    text = trafilatura.extract(
        page, include_comments=False, include_tables=False, with_metadata=False
    )
    if not text or not text.strip():
        raise InputError("no article text found on the page", source=source, place=place)
    publisher = declared.linked.get("publisher")
    return Raw(
        text=text,
        source=f"{source}#{place}" if place else source,
        outlet=declared.meta.get("og:site_name")
        or (_text(publisher.get("name")) if isinstance(publisher, dict) else None),
        title=declared.meta.get("og:title")
        or _text(declared.linked.get("headline"))
        or declared.title,
        url=declared.canonical or declared.meta.get("og:url") or url,
        published=_first(declared, _PUBLISHED, "datePublished"),
        updated=_first(declared, _UPDATED, "dateModified"),
    )


def plain_text(fragment: str) -> str:
    """The text of an HTML fragment (a feed entry), a paragraph a line; text without tags as it is."""
    if "<" not in fragment and "&" not in fragment:
        return normal_lines(fragment).strip()
    parser = _Blocks()
    parser.feed(fragment)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.pieces).split("\n"))
    return "\n".join(line for line in lines if line)


def looks_like_page(head: str) -> bool:
    """Whether a text begins as a web page does."""
    return bool(
        re.match(
            r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html|head|body)\b",
            head,
            re.IGNORECASE | re.DOTALL,
        )
    )


class _Blocks(HTMLParser):
    """Collects text; block elements end a line, scripts and styles are dropped."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if tag in {"script", "style"}:
            self.hidden += 1
        elif tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"script", "style"}:
            self.hidden = max(0, self.hidden - 1)
        elif tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.pieces.append(data.replace("\n", " "))


def _decoded(data: bytes, content_type: str, *, source: str, place: str) -> str:
    """By byte order mark or UTF-8 if that fits, else by the encoding that header or page declare."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    header = _HEADER_CHARSET.search(content_type)
    meta = _CHARSET.search(data[:4096])
    for name in (header[1] if header else None, meta[1].decode("ascii") if meta else None):
        if name and name.lower().replace("_", "-") not in {"utf-8", "utf8"} and _codec(name):
            try:
                return data.decode(name)
            except UnicodeDecodeError:
                continue
    return decode(data, source=source, place=place)


def _codec(name: str) -> bool:
    try:
        return codecs.lookup(name)._is_text_encoding  # noqa: SLF001 - keeps "zip" and "hex" out
    except LookupError:
        return False


def _declared(tree: Any) -> _Declared:
    meta: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        value = element.get("content")
        if name and value and value.strip():
            meta.setdefault(name.strip().lower(), value.strip())
    for element in tree.iter("time"):
        name = element.get("itemprop") or (
            "pubdate" if element.get("pubdate") is not None else None
        )
        if name and element.get("datetime"):
            meta.setdefault(name.lower(), element.get("datetime").strip())
    canonical = next(
        (e.get("href") for e in tree.iter("link") if (e.get("rel") or "").lower() == "canonical"),
        None,
    )
    titles = [*tree.iter("h1"), *tree.iter("title")]
    words = (" ".join("".join(e.itertext()).split()) for e in titles)
    return _Declared(meta, _linked(tree), canonical or None, next((w for w in words if w), None))


def _linked(tree: Any) -> dict[str, Any]:
    """The JSON-LD object that describes an article, or an empty one."""
    for element in tree.iter("script"):
        if (element.get("type") or "").lower() != "application/ld+json":
            continue
        try:
            data = json.loads(element.text or "")
        except (ValueError, RecursionError):
            continue
        for item in _objects(data, 0):
            if "datePublished" in item or "headline" in item:
                return item
    return {}


def _objects(data: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 4:
        return
    if isinstance(data, dict):
        yield data
        yield from _objects(data.get("@graph"), depth + 1)
    elif isinstance(data, list):
        for item in data:
            yield from _objects(item, depth + 1)


def _first(declared: _Declared, names: tuple[str, ...], linked: str) -> str | None:
    value = next((declared.meta[name] for name in names if name in declared.meta), None)
    return value or _text(declared.linked.get(linked))


def _text(value: Any) -> str | None:
    return value.strip() if isinstance(value, str) and value.strip() else None
