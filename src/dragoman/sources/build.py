"""Makes a :class:`~dragoman.entries.Report` of what a file gave, or one that is set aside."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dragoman.entries import Report
from dragoman.ids import content_id
from dragoman.sources.dates import read_date
from dragoman.sources.language import language_of
from dragoman.sources.layout import Layout, lay_out
from dragoman.sources.text import REPORT_LIMIT, check_text, storable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.errors import InputError

# News for the reader, in this order, is what tells the language.
_NEWS = ("title", "prose", "caption")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_LONGEST_ID = 200


@dataclass(frozen=True, slots=True)
class Raw:
    """What a file says of one report, before it is laid out; dates as given.

    ``source`` is the file's name with the place in it ("news.jsonl#line 12").
    """

    text: str
    source: str
    id: str | None = None
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    published: str | None = None
    updated: str | None = None
    extra: tuple[tuple[str, str], ...] = ()


def build(raw: Raw) -> Report:
    """The report of `raw`: laid out, dated, its language told; set aside where it cannot be read."""
    raw = _clean(raw)
    published, updated, extra = _dates(raw)
    report = Report(
        id="",
        text=raw.text,
        outlet=raw.outlet,
        title=raw.title,
        url=raw.url,
        published=published,
        updated=updated,
        source=raw.source,
        extra=tuple(sorted(extra)),
    )
    why = _unreadable(raw.text)
    if why:
        kept = "" if len(raw.text) > REPORT_LIMIT else storable(raw.text)
        report = replace(report, text=kept, status="set aside", reason=f"{raw.source}: {why}")
    else:
        report = _judged(_completed(report, lay_out(raw.text, raw.title)), raw.source)
    return replace(report, id=_id(raw.id, report))


def set_aside(error: InputError) -> Report:
    """A report that stands for a file, or a place in one, that cannot be read."""
    source, place = str(error.data["source"]), str(error.data["place"])
    where = f"{source}#{place}" if place else source
    reason = storable(str(error))
    return Report(
        id=content_id("r", where, reason),
        text="",
        source=storable(where),
        status="set aside",
        reason=reason,
    )


def other_id(report: Report) -> Report:
    """The same report under an id of its own, for a second text that came with an id already seen."""
    return replace(report, id=f"{report.id}~{content_id('', report.text)[:6]}")


def _completed(report: Report, layout: Layout) -> Report:
    """What the file did not give, from the text itself."""
    return replace(
        report,
        parts=layout.parts,
        title=report.title or layout.title,
        outlet=report.outlet or layout.outlet,
        url=report.url or layout.url,
        published=report.published or layout.published,
        updated=report.updated or layout.updated,
        wire=None if _own(layout.wire, report.outlet or layout.outlet) else layout.wire,
    )


def _own(wire: str | None, outlet: str | None) -> bool:
    """Whether the agency is the outlet itself ("Reuters", "www.reuters.com")."""
    return wire is not None and wire.lower() in re.split(r"\W+", (outlet or "").lower())


def _judged(report: Report, source: str) -> Report:
    language = language_of(_sample(report))
    if language in {None, "en"}:
        return replace(report, language=language)
    return replace(
        report,
        language=language,
        status="set aside",
        reason=f"{source}: not English ({language}); kept for search, not read",
    )


def _sample(report: Report) -> str:
    pieces: list[str] = []
    length = 0
    for part in report.parts:
        if part.kind in _NEWS and length < 1000:
            pieces.append(report.text[part.start : min(part.end, part.start + 1000)])
            length += len(pieces[-1])
    return "\n".join(pieces)


def _unreadable(text: str) -> str:
    if len(text) > REPORT_LIMIT:
        return f"text of {len(text):,} characters; one report may have {REPORT_LIMIT:,}"
    if not text or text.isspace():
        return "no text" if not text else "nothing but white space"
    return check_text(text)


def _clean(raw: Raw) -> Raw:
    """Names without characters that cannot be stored; empty names are none."""
    return replace(
        raw,
        source=storable(raw.source),
        outlet=_name(raw.outlet),
        title=_name(raw.title),
        url=_name(raw.url),
        extra=tuple((storable(key), storable(value)) for key, value in raw.extra),
    )


def _name(words: str | None) -> str | None:
    return (storable(words).strip() or None) if words else None


def _dates(raw: Raw) -> tuple[str | None, str | None, list[tuple[str, str]]]:
    extra = list(raw.extra)
    values: list[str | None] = []
    for name, given in (("published", raw.published), ("updated", raw.updated)):
        value = read_date(given) if given else None
        if given and given.strip() and value is None:
            extra.append((f"{name}_as_given", json.dumps(storable(given), ensure_ascii=False)))
        values.append(value)
    return values[0], values[1], extra


def _id(given: str | None, report: Report) -> str:
    """The given id, harmless to show and to store; else one made from the content."""
    if given and given.strip():
        safe = _CONTROLS.sub("_", given.strip())
        if len(safe) <= _LONGEST_ID:
            return safe
        return f"{safe[:_LONGEST_ID]}~{content_id('', safe)}"
    if not report.text.strip():
        return content_id("r", report.source, report.reason)
    return content_id("r", report.outlet, report.title, report.published, report.text)


def as_extra(pairs: Iterable[tuple[str, object]]) -> tuple[tuple[str, str], ...]:
    """Unknown keys with their values as JSON text, sorted by key."""
    return tuple(sorted((key, json.dumps(value, ensure_ascii=False)) for key, value in pairs))
