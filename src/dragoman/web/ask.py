"""What every page is given: the request, a record open for reading, and the site."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path  # noqa: TC003 - FastAPI looks the types up at run time
from typing import TYPE_CHECKING, Annotated

import jinja2
from fastapi import Depends, Request

from dragoman.record import Record, Summary, open_record
from dragoman.web import links, words
from dragoman.web.adding import Jobs
from dragoman.web.views import Views

# Seconds; what counts faster is simply counted again.
SLOW = 0.1

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.web.page import Page


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
    _counted: list[tuple[object, float, Summary, float]] = field(default_factory=list)

    def summary(self, record: Record) -> Summary:
        """How much the record holds; counted anew when its file has changed.

        Counting a record of a million events takes some hundred milliseconds: while one is being
        written, a count may be as many seconds old as it took tenths of a second.
        """
        stamp = tuple(
            (path.stat().st_mtime_ns, path.stat().st_size)
            for path in (
                self.record_path,
                self.record_path.with_name(f"{self.record_path.name}-wal"),
            )
            if path.exists()
        )
        if self._counted:
            known, made, old, cost = self._counted[0]
            if known == stamp or time.monotonic() - made < cost * 10:
                return old
        begun = time.monotonic()
        found = record.summary()
        now = time.monotonic()
        cost = now - begun
        self._counted[:] = [(stamp, now, found, cost if cost > SLOW else 0.0)]
        return found

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
            name_of=words.name_of, voice=words.voice, tie_look=words.tie_look, reason=words.reason, in_marks=words.in_marks, with_ids=words.with_ids, page_key=words.page_key,
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
