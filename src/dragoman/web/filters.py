"""The filters of the command line, in the query of an address, and back as words that give the same."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, fields, replace
from typing import Annotated, Literal

from fastapi import Query

from dragoman.record import LIKELY, Where

PAGE = 50  # rows of a table on one page, unless asked otherwise
MOST = 1_000  # rows of one page at most

# The commands and methods that ask from which confidence on to tell.
_BY_SURENESS = frozenset({"events", "statements", "timeline", "export"})

Text = Annotated[str | None, Query(max_length=400)]


@dataclass(frozen=True, slots=True)
class Filters:
    """What a page was asked to show: the fields of :class:`dragoman.record.Where`, as typed."""

    where: Where

    @property
    def everything(self) -> bool:
        """Whether what is less sure than usual is asked for as well."""
        return not self.where.sure

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The filters that are set, as parameters of an address, without limit and offset."""
        found: list[tuple[str, str]] = []
        for item in fields(Where):
            value = getattr(self.where, item.name)
            if item.name in {"limit", "offset"} or value is None or value is False:
                continue
            if item.name == "sure" and value == LIKELY:
                continue
            if item.name == "between":
                found.extend(("between", one) for one in value)
            else:
                found.append((item.name, _typed(value)))
        return tuple(found)

    def get(self, name: str) -> str:
        """The value of a filter as shown in its field."""
        value = getattr(self.where, name)
        if name == "sure" and value == LIKELY:
            return ""
        return "" if value is None or value is False else _typed(value)

    def page(self, offset: int | None = None) -> Where:
        """The filters with one row more than a page, to see whether there is a next one."""
        limit = self.where.limit or PAGE
        return replace(
            self.where, limit=limit + 1, offset=self.where.offset if offset is None else offset
        )

    def command(self, what: str, record: str) -> str:
        """The command that prints the same."""
        words = ["dragoman", *what.split()]
        asked = dict[str, list[str]]()
        for name, value in self.pairs:
            asked.setdefault(name, []).append(value)
        least = asked.pop("sure", None)
        if least and words[1] in _BY_SURENESS:
            words.extend(["--sure", *least] if float(least[0]) else ["--all"])
        for name, values in asked.items():
            words.append(f"--{name.replace('_', '-')}")
            if name == "status":
                words.append(values[0].removeprefix("set "))
            elif name != "rejected":
                words.extend(values)
        return shlex.join([*words, "--record", record])

    def python(self, method: str, record: str) -> str:
        """The Python that gives the same."""
        asked: list[str] = []
        for item in fields(Where):
            value = getattr(self.where, item.name)
            if item.name == "sure" and (not value or method not in _BY_SURENESS):
                continue
            if value not in (None, False) and item.name not in {"limit", "offset"}:
                asked.append(f"{item.name}={value!r}")
        inner = f"Where({', '.join(asked)})" if asked else ""
        return f"open_record({record!r}).{method}({inner})"


def filters(
    actor: Text = None,
    between: Annotated[list[str] | None, Query(max_length=2)] = None,
    type: Text = None,  # noqa: A002 - the name of the filter everywhere else
    since: Text = None,
    until: Text = None,
    outlet: Text = None,
    said_by: Text = None,
    speaker: Text = None,
    about: Text = None,
    story: Text = None,
    report: Text = None,
    status: Annotated[Literal["read", "set aside", ""] | None, Query()] = None,
    sure: Annotated[Literal[""] | float | None, Query()] = None,
    rejected: Annotated[Literal["yes", "no", ""] | None, Query()] = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = PAGE,
    offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
) -> Filters:
    """The filters of a request. Empty fields of a form mean: not asked.

    Raises:
        UsageError: for what cannot be meant; see :class:`dragoman.record.Where`.
    """
    both = tuple(name.strip() for name in between or () if name.strip())
    return Filters(
        Where(
            actor=_given(actor) or (both[0] if len(both) == 1 else None),
            between=(both[0], both[1]) if len(both) == 2 else None,
            type=_given(type),
            since=_given(since),
            until=_given(until),
            outlet=_given(outlet),
            said_by=_given(said_by),
            speaker=_given(speaker),
            about=_given(about),
            story=_given(story),
            report=_given(report),
            status=status or None,
            sure=LIKELY if sure is None or sure == "" else sure,
            rejected=rejected == "yes",
            limit=limit,
            offset=offset,
        )
    )


def _typed(value: object) -> str:
    """A value as it stands in an address."""
    if value is True:
        return "yes"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _given(value: str | None) -> str | None:
    return (value or "").strip() or None
