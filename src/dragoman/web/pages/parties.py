"""The pages of a pair and of one party."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from dragoman.analysis.changes import changes
from dragoman.errors import NotFoundError, UsageError
from dragoman.record import ActorLine, Record, Where
from dragoman.show.networks import turn_words
from dragoman.show.timeline import timeline as lines_of
from dragoman.web import drawings, words
from dragoman.web.ask import Ask  # noqa: TC001 - FastAPI looks the types up at run time
from dragoman.web.page import Page
from dragoman.web.pages import Asked, Name  # noqa: TC001 - as above
from dragoman.web.standing import Mediator, Sentence, mediators, member, sentences
from dragoman.web.views import Occurrence, TieView, Told, happened

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.analysis.changes import Course, Turn
    from dragoman.entries import Event, Report, Statement
    from dragoman.web.filters import Filters

# Lines of a list on these pages; the tables have the rest.
LISTED = 12
# Tellings of a pair that its page rests on: the latest ones where there are more.
DRAWN = 400
# Tellings of a party in which its partners are counted: the latest ones.
PARTNERS = 300


@dataclass(frozen=True, slots=True)
class PairPage:
    """How two parties stand.

    Attributes:
        one, other: as asked for; names: what to call them.
        standing: how they stand, in sentences, each with the tie it rests on.
        ties: all ties, with their stretches of time.
        happenings: what happened between them, latest first; reports: in how many reports.
        course: cooperation and conflict with turning days; turns: these in sentences.
        line, columns, stretches: the drawings and the table of cooperation and conflict.
        states: what each tie says, by its id.
        said: statements of either about the other: heading and statements.
        mediators: parties that could mediate, and why.
        texts: statements' reports.
        asked: the filters; less_sure: how many happenings more there are that are less sure than asked for.
    """

    one: str
    other: str
    names: tuple[str, str]
    standing: list[Sentence]
    ties: list[TieView]
    happenings: list[Occurrence]
    reports: int
    course: Course
    turns: list[tuple[Turn, str]]
    line: drawings.Timeline | None
    columns: tuple[drawings.Column, ...]
    stretches: tuple[drawings.Stretch, ...]
    states: dict[str, str]
    said: tuple[tuple[str, list[tuple[Statement, int]]], ...]
    mediators: list[Mediator]
    texts: dict[str, Report]
    cut: bool
    asked: Filters
    less_sure: int


PAIR_COLUMNS = ("date", "kind", "id", "what", "reports", "words", "report_id")


def pair(ask: Ask, asked: Asked, a: str = "", b: str = "", name: Name = None) -> Page:
    """How two parties stand: ties, happenings, cooperation and conflict, words."""
    both = [part for part in (a, b, *(name or ()), *(asked.where.between or ())) if part]
    if len(both) != 2:
        raise UsageError("a pair is two parties: /pair/BHR/IRN, or /pair?between=BHR&between=IRN")
    one, other = both
    where = replace(asked.where, actor=None, between=(one, other), limit=None, offset=0)
    record = ask.record
    # How things change rests on all that was read; what is listed is as sure as was asked for.
    events = record.events(replace(where, sure=None, latest=True, limit=DRAWN))
    cut = len(events) == DRAWN
    if cut and (oldest := min((event.date for event in events if event.date), default=None)):
        where = replace(where, since=oldest)
    occurrences = [
        done
        for done in ask.views.occurrences(record.happenings(replace(where, sure=None)))
        if happened(done.first.event)
    ]
    known = ask.views.with_single(occurrences, events)
    occurrences = [done for done in known if done.confidence >= (where.sure or 0.0)]
    occurrences.sort(key=lambda done: (done.day, done.happening.id), reverse=True)
    ties = ask.views.ties(record.ties(where))
    stretches = drawings.course(occurrences)
    names = (display_name(record, one), display_name(record, other))
    said = tuple(
        (
            f"{speaker_name} on {whom_name}",
            _said(ask, replace(where, between=None, speaker=speaker, about=whom)),
        )
        for speaker, whom, speaker_name, whom_name in (
            (one, other, *names), (other, one, *reversed(names)),
        )
    )  # fmt: skip
    members = (member(record, one), member(record, other))
    course = changes(members, events, record.happenings_among([event.id for event in events]))
    turns = list(zip(course.turns, turn_words(record, course), strict=True))
    standing = sentences(record, members, ties)
    between = mediators(record, members)
    filters = replace(asked, where=where)
    return Page(
        "pair.html", f"{names[0]} and {names[1]}",
        PairPage(
            one, other, names, standing, ties, occurrences,
            len({told.event.report_id for done in occurrences for told in done.tellings}),
            course, turns, drawings.timeline(ties, occurrences, [turn.day for turn in course.turns]), drawings.columns(stretches), stretches,
            {view.tie.id: view.tie.state for view in ties}, said, between,
            _texts(ask, (entry for _, found in said for entry, _ in found)), cut,
            asked, len(known) - len(occurrences),
        ),
        rows=lambda: [asdict(line) for line in lines_of(record, where)], columns=PAIR_COLUMNS,
        head={
            "pair": [one, other],
            "standing": [asdict(sentence) for sentence in standing],
            "course": [asdict(stretch) for stretch in stretches],
            "turns": [asdict(turn) for turn in course.turns],
            "rank": asdict(course.rank) if course.rank else None,
            "mediators": [asdict(found) for found in between],
        },
        command=replace(filters, where=replace(where, between=None)).command(
            f"timeline {_word(one)} {_word(other)}", ask.file
        ),
        python=filters.python("events", ask.file),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ActorPage:
    """A party.

    Attributes:
        name: what to call it; key: as asked for.
        lines: how it stands in the record; for a state, its parties too.
        partners: whom it deals with most: key, name, happenings or events counted.
        told: its latest events; statements: its latest words; ties: its ties.
        texts: statements' reports.
    """

    name: str
    key: str
    lines: list[ActorLine]
    partners: list[tuple[str, str, int]]
    told: list[Told]
    statements: list[tuple[Statement, int]]
    ties: list[TieView]
    texts: dict[str, Report]


def actor(ask: Ask, asked: Asked, key: str = "", name: Name = None) -> Page:
    """A party: how often it is met, with whom it deals, what it does, says, and how it stands."""
    words_ = key or next(iter(name or ()), "") or asked.where.actor or ""
    if not words_:
        raise UsageError("which party? write /actor/IRN, or /actor?name=Iran")
    record = ask.record
    if not record.actor_keys(words_):
        raise NotFoundError("actor", words_, record.known_names())
    where = Where(actor=words_, since=asked.where.since, until=asked.where.until)
    least = asked.where.sure
    lines = list(record.actors(Where(actor=words_, limit=40)))
    events = record.events(replace(where, latest=True, limit=PARTNERS))
    said = _said(ask, replace(where, actor=None, speaker=words_, sure=least))
    keys = set(record.actor_keys(words_))
    return Page(
        "actor.html", display_name(record, words_),
        ActorPage(
            display_name(record, words_), words_, lines, partners(events, keys),
            recent(ask, [one for one in events if one.confidence >= (least or 0.0)]), said,
            ask.views.ties(record.ties(where)),
            _texts(ask, (one for one, _ in said)),
        ),
        rows=[asdict(line) for line in lines],
        columns=("key", "name", "entity_code", "country_code", "sector_code", "mentions", "events",
                 "statements"),
        head={"partners": [
            {"key": found, "name": called, "events": count}
            for found, called, count in partners(events, keys)
        ]},
        command=f"dragoman events --actor {_word(words_)} --record {ask.file}",
        python=replace(asked, where=replace(where, sure=least)).python("events", ask.file),
    )  # fmt: skip


def recent(ask: Ask, events: Sequence[Event]) -> list[Told]:
    """The latest events: by the day on which they happened, else by that of their report."""
    told = ask.views.told([event for event in events if happened(event)])
    # What is told as history has its place by its date alone.
    told = [one for one in told if one.event.date or "historical" not in one.event.auxiliary]
    return sorted(told, key=lambda one: (one.day, one.event.id), reverse=True)[:LISTED]


def partners(events: Iterable[Event], keys: set[str]) -> list[tuple[str, str, int]]:
    """Whom a party deals with most: key, name, and in how many events of those looked at."""
    met: Counter[tuple[str, str]] = Counter()
    for event in events:
        others = {
            (words.pair_key(party), words.state_name(party.country_code) if party.country_code
             else words.name_of(party))
            for party in (*event.actor, *event.recipient)
            if not {party.key, party.entity_code, party.country_code, words.page_key(party)} & keys
        }  # fmt: skip
        met.update(others)
    ranked = sorted(met.items(), key=lambda item: (-item[1], item[0]))
    return [(key, name, count) for (key, name), count in ranked[:LISTED]]


def display_name(record: Record, asked: str) -> str:
    """What to call a party that was asked for by a code, an id or a name."""
    code = asked.removeprefix("state:").upper()
    if code in words.states():
        return words.states()[code]
    for line in record.actors(Where(actor=asked, limit=60)):
        if line.key == asked and line.name:
            return line.name
    return words.state_name(asked)


def _said(ask: Ask, where: Where) -> list[tuple[Statement, int]]:
    """The latest statements; the same words given several times stand once, with how often."""
    try:
        found = ask.record.statements(replace(where, latest=True, limit=5 * LISTED))
    except NotFoundError:
        # A party that is only named in ties says nothing.
        return []
    groups = ask.record.utterances_of([one.id for one in found])
    once: dict[str, Statement] = {}
    times: Counter[str] = Counter()
    for one in found:
        key = groups.get(one.id, one.id)
        times[key] += 1
        once.setdefault(key, one)
    return [(one, times[key]) for key, one in list(once.items())[:LISTED]]


def _texts(ask: Ask, found: Iterable[Statement]) -> dict[str, Report]:
    ids = dict.fromkeys(one.report_id for one in found)
    return {report.id: report for report in ask.views.reports(ids)}


def _word(name: str) -> str:
    import shlex

    return shlex.quote(name)
