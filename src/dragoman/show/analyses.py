"""The analyses asked of a record: what the command line shows, and what Python users may call.

with open_record("dragoman.db") as record:
    print(course_of(record, "Bahrain", "Iran").turns)
    print(network_of(record, until="2024-06-30").strained)
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.errors import UsageError
from dragoman.record import Where
from dragoman.record.days import first_day, last_day

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.analysis.changes import Course, Unit
    from dragoman.analysis.mediators import Mediator
    from dragoman.analysis.network import Network
    from dragoman.analysis.standing import Standing
    from dragoman.entries import Event, Tie
    from dragoman.record import Record
    from dragoman.rulebook import Rulebook


def member(record: Record, words: str) -> str:
    """The code or name by which ties name a party.

    Raises:
        NotFoundError: if the record knows no such party.
    """
    keys = record.actor_keys(words)
    codes = [key for key in keys if len(key) == 3 and key.isupper()]
    return codes[0] if codes else keys[0].split(":", 1)[-1]


def ties_of(
    record: Record,
    where: Where,
    *,
    on: str | None = None,
    as_known_on: str | None = None,
    lasting: bool = False,
) -> tuple[Tie, ...]:
    """The ties that fit, as they held on a day, by what could be known on a day; or those without an end.

    What was told only later is left out: later reports, the end that they tell, and ties that rest on
    nothing else.
    """
    if as_known_on is None:
        return record.ties(where, on=on, lasting=lasting)
    from dragoman.gathering.ties import known_on

    # What ended a tie may fit the filters less than the tie does: it is asked for without them.
    wide = Where(actor=where.actor, between=where.between, type=where.type, rejected=where.rejected)
    ties = record.ties(wide, as_known_on=as_known_on)
    fitting = {tie.id for tie in record.ties(replace(where, limit=None, offset=0))}
    known = known_on(ties, days_of(record, ties), as_known_on, _rulebook().ties)
    found = [
        tie
        for tie in known
        if tie.id in fitting
        and (on is None or _held(tie, on))
        and not (lasting and tie.until is not None)
    ]
    end = None if where.limit is None else where.offset + where.limit
    return tuple(found[where.offset : end])


def _held(tie: Tie, on: str) -> bool:
    """Whether a tie held on some day of a date, as the record has it."""
    begun, ended = first_day(tie.since), last_day(tie.until)
    first, last = first_day(on), last_day(on)
    if first is None or last is None:
        raise UsageError(f"{on!r} is no ISO date; write 2016, 2016-01 or 2016-01-04")
    return begun is not None and begun <= last and (ended is None or ended >= first)


def standing_of(
    record: Record, one: str, other: str, ties: Iterable[Tie], *, on: str | None = None
) -> Standing:
    """How two parties stand, kind by kind, by ties between them as :func:`ties_of` gives them."""
    from dragoman.analysis.standing import standing

    ties = tuple(ties)
    members = (member(record, one), member(record, other))
    return standing(ties, members, _rulebook().ties, on=on, speakers=speakers_of(record, ties))


def days_of(record: Record, ties: Iterable[Tie]) -> dict[str, str | None]:
    """The day of each report that a tie rests on."""
    ids = sorted({one.report_id for tie in ties for one in tie.evidence})
    return record.report_days(ids)


def speakers_of(record: Record, ties: Iterable[Tie]) -> dict[str, str]:
    """Who makes the statements in which ties are told, by the statements' ids."""
    said = [tie.said_by for tie in ties if tie.said_by]
    return {
        id_: entry.speaker.name or entry.speaker.span.text
        for id_, entry in record.entries(said).items()
        if hasattr(entry, "speaker") and entry.speaker
    }


def mediators_of(
    record: Record, one: str, other: str, *, since: str | None = None, until: str | None = None
) -> tuple[Mediator, ...]:
    """Third parties that could mediate between two, the likeliest first."""
    from dragoman.analysis.mediators import mediators

    ties: dict[str, Tie] = {}
    events: dict[str, Event] = {}
    for side in (one, other):
        ties.update((tie.id, tie) for tie in record.ties(Where(actor=side)))
        within = Where(actor=side, since=since, until=until)
        events.update((event.id, event) for event in record.each_event(within))
    return mediators(
        (member(record, one), member(record, other)), ties.values(), events.values(),
        record.happenings_among(list(events)), _rulebook().ties, since=since, until=until,
    )  # fmt: skip


def course_of(
    record: Record,
    one: str,
    other: str,
    *,
    since: str | None = None,
    until: str | None = None,
    unit: Unit | None = None,
) -> Course:
    """The course of cooperation and conflict between two parties, and its turning days."""
    from dragoman.analysis.changes import changes

    events = record.events(Where(between=(one, other), since=since, until=until))
    return changes(
        (member(record, one), member(record, other)), events,
        record.happenings_among([event.id for event in events]),
        since=since, until=until, unit=unit,
    )  # fmt: skip


def network_of(record: Record, *, since: str | None = None, until: str | None = None) -> Network:
    """The signed network of states in a window."""
    from dragoman.analysis.network import network

    rulebook = _rulebook()
    return network(
        record.ties(), record.each_event(Where(since=since, until=until)), record.happenings(),
        rulebook.ties, since=since, until=until, parties=state_names(rulebook),
    )  # fmt: skip


def state_names(rulebook: Rulebook) -> dict[str, str]:
    """The names of states by code, those of today before those of earlier ones."""
    made: dict[str, str] = {}
    for entry in rulebook.catalogue.entries.values():
        if entry.kind == "state" and entry.country_code:
            today = entry.id == f"state:{entry.country_code}"
            if today or entry.country_code not in made:
                made[entry.country_code] = entry.name
    return made


def _rulebook() -> Rulebook:
    from dragoman.rulebook import load_rulebook

    return load_rulebook()
