"""What every page is given: the request, a record open for reading, and the site."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path  # noqa: TC003 - FastAPI looks the types up at run time
from typing import TYPE_CHECKING, Annotated, TypeVar, cast

import jinja2
from fastapi import Depends, Request

from dragoman.record import LIKELY, Record, Summary, open_record
from dragoman.web import links, words
from dragoman.web.adding import Jobs
from dragoman.web.views import Views

# Seconds; what is made faster is simply made again.
SLOW = 0.1
# Things kept: networks of some days beside the rest.
KEPT = 100

T = TypeVar("T")

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from dragoman.web.page import Page


@dataclass(frozen=True, slots=True)
class Kept:
    """Something made of the record: of which state of its file, when, and at what cost in seconds."""

    stamp: object
    made: float
    value: object
    cost: float


@dataclass(frozen=True)
class Site:
    """What all requests share.

    Attributes:
        record_path: the record's file.
        csrf: the word that every form must bring back: another site's page cannot read it.
        editable: whether corrections and new reports are taken.
        jobs: readings under way.
    """

    record_path: Path
    csrf: str
    editable: bool
    jobs: Jobs = field(default_factory=Jobs)
    _kept: dict[str, Kept] = field(default_factory=dict)

    def summary(self, record: Record) -> Summary:
        """How much the record holds; counted anew when its file has changed."""
        return self.kept("summary", record, record.summary)

    def kept(self, name: str, record: Record, make: Callable[[], T]) -> T:
        """What was made of the record, made anew when its file has changed.

        While a large record is being written, what is slow to make may be ten times as old as making
        it takes.
        """
        stamp = tuple(
            (path.stat().st_mtime_ns, path.stat().st_size)
            for path in (record.path, record.path.with_name(f"{record.path.name}-wal"))
            if path.exists()
        )
        known = self._kept.get(name)
        begun = time.monotonic()
        if known and (known.stamp == stamp or begun - known.made < known.cost * 10):
            return cast("T", known.value)
        value = make()
        now = time.monotonic()
        cost = now - begun
        self._kept.pop(name, None)
        for old in list(self._kept)[: max(0, len(self._kept) - KEPT + 1)]:
            self._kept.pop(old, None)
        self._kept[name] = Kept(stamp, now, value, cost if cost > SLOW else 0.0)
        return value

    @cached_property
    def templates(self) -> jinja2.Environment:
        """The templates; everything that they show is escaped."""
        made = jinja2.Environment(
            loader=jinja2.PackageLoader("dragoman.web", "templates"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        made.globals.update(
            link=links.link, outside=links.outside, types=words.types(), quads=words.QUADS,
            parties=words.parties, with_query=links.with_query, short=words.short,
            state_name=words.state_name, told=words.told, plural=words.plural,
            name_of=words.name_of, voice=words.voice, tie_look=words.tie_look, reason=words.reason, in_marks=words.in_marks, with_ids=words.with_ids, page_key=words.page_key, likely=LIKELY,
        )  # fmt: skip
        made.tests["search_word"] = has_word
        return made


@dataclass(frozen=True)
class Asking:
    """One request: what was asked, the record to answer from, the site."""

    request: Request
    record: Record
    site: Site

    @cached_property
    def views(self) -> Views:
        """Entries made ready to be shown."""
        return Views(self.record)

    @property
    def file(self) -> str:
        """The record's file as one would type it."""
        return self.site.record_path.name

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The query of the address."""
        return list(self.request.query_params.multi_items())

    @cached_property
    def summary(self) -> Summary:
        """How much the record holds."""
        return self.site.summary(self.record)

    def render(self, page: Page) -> str:
        """The page as HTML."""
        url = self.request.url
        path = links.link(url.path.strip("/")) if url.path == "/" else url.path
        return self.site.templates.get_template(page.template).render(
            page=page,
            it=page.it,
            ask=self,
            site=self.site,
            path=path,
            as_json=links.twin(path, url.query, "json"),
            as_csv=links.twin(path, url.query, "csv"),
        )


def has_word(kinds: str, word: str) -> bool:
    """Whether a piece of text is of a kind."""
    return word in kinds.split()


def asking(request: Request) -> Iterator[Asking]:
    """The record opened for this request, read-only, and closed after it."""
    site: Site = request.app.state.site
    with open_record(site.record_path, readonly=True) as record:
        yield Asking(request, record, site)


Ask = Annotated[Asking, Depends(asking)]
