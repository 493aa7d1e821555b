"""How two parties stand on a day, in a few plain sentences, each with the ties it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.gathering.ties import known_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dragoman.entries import Tie
    from dragoman.rulebook import TieBook

# What is told first; kinds that are not named here follow in the order of their names.
_ORDER = (
    "diplomatic relations", "recognition", "embassy", "ambassador", "armed conflict", "ceasefire",
    "alliance", "defence pact", "military presence", "sanctions", "trade agreement",
    "territorial dispute", "support", "stance", "mediation", "membership",
)  # fmt: skip
_MONTHS = (
    "January February March April May June July August September October November December".split()
)


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence, and the ids of the ties that it rests on, in the order of the sentence."""

    kind: str
    text: str
    tie_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """How the members stand on `on` (None: by all that is told), as known on `as_known_on`."""

    members: tuple[str, str]
    on: str | None
    as_known_on: str | None
    lines: tuple[Line, ...]


def standing(
    ties: Iterable[Tie],
    members: tuple[str, str],
    book: TieBook,
    *,
    on: str | None = None,
    as_known_on: str | None = None,
    days: Mapping[str, str | None] | None = None,
    speakers: Mapping[str, str] | None = None,
) -> Standing:
    """How two parties stand, kind by kind.

    Args:
        ties: any ties; those of the two members alone (and those in which a third stands between
            them) are taken.
        members: two codes or names, in any order.
        book: the tie kinds.
        on: ISO date for what held then; None for all that is told.
        as_known_on: ISO date; leaves out what was told only later. Needs `days`.
        days: the day of each report, by report id.
        speakers: the speaker's name of each statement, by statement id.

    Returns:
        At most one line a kind, diplomatic relations first.
    """
    pair = frozenset(members)
    own = [
        tie
        for tie in ties
        if pair <= set(tie.members) and (len(tie.members) == 2 or tie.kind == "mediation")
    ]
    if as_known_on is not None:
        own = list(known_on(own, days or {}, as_known_on, book))
    if on is not None:
        own = [tie for tie in own if not _begins_after(tie, on)]
    kinds = sorted({tie.kind for tie in own}, key=_place)
    lines = tuple(
        line
        for kind in kinds
        if (line := _line([tie for tie in own if tie.kind == kind], on, book, speakers or {}))
    )
    return Standing(members, on, as_known_on, lines)


def _place(kind: str) -> tuple[int, str]:
    return (_ORDER.index(kind) if kind in _ORDER else len(_ORDER), kind)


def _begins_after(tie: Tie, day: str) -> bool:
    start = tie.since or tie.told
    return start is not None and start > day[: len(start)]


def _holds(tie: Tie, on: str | None) -> bool:
    """Whether the state still holds on a day (None: as far as told)."""
    if tie.until is None:
        return True
    return on is not None and tie.until > on[: len(tie.until)]


def _start(tie: Tie) -> str:
    return tie.since or tie.told or ""


def _later(day: str, than: str) -> bool:
    """Whether a date is surely later than another, each known as far as written."""
    shared = min(len(day), len(than))
    return day[:shared] > than[:shared]


def _line(
    ties: list[Tie], on: str | None, book: TieBook, speakers: Mapping[str, str]
) -> Line | None:
    ties = sorted(ties, key=lambda tie: (_start(tie), tie.state, tie.id))
    holding = [tie for tie in ties if _holds(tie, on)]
    facts = [tie for tie in holding if not book.kinds[tie.kind, tie.state].talk]
    leading = _leading(facts)
    # Talk counts only if it came after the last change: before it, it has been overtaken.
    talk = [
        tie
        for tie in holding
        if book.kinds[tie.kind, tie.state].talk
        and not any(_overtakes(lead, tie, book) for lead in leading)
    ]
    told = [*leading, *talk]
    if not told:
        return None
    parts = [_words(tie, book, speakers) for tie in told]
    wanted = {tie.state for tie in talk} & {"restoration sought", "talks on restoration"}
    if wanted and not any(tie.state == "restored" for tie in leading):
        parts.append("not restored as far as told")
    kind = told[0].kind
    text = f"{kind[0].upper()}{kind[1:]}: {'; '.join(parts)}."
    return Line(kind, text, tuple(tie.id for tie in told))


def _overtakes(lead: Tie, talk: Tie, book: TieBook) -> bool:
    """Whether a change came after words about it: on its day, or told later where it has none."""
    if lead.since:
        return not _later(_start(talk), lead.since)
    standing = book.kinds[lead.kind, lead.state].standing
    return bool(not standing and lead.told and _later(lead.told, _start(talk)))


def _leading(facts: list[Tie]) -> list[Tie]:
    """The last dated change and what is told as standing; of contradicting dates the better told."""
    dated = [tie for tie in facts if tie.since]
    made: dict[tuple[str, tuple[str, ...]], Tie] = {}
    for tie in dated:
        key = (tie.state, tie.members)
        held = made.get(key)
        if held is None or _strength(tie) > _strength(held):
            made[key] = tie
    last = max(made.values(), key=_start, default=None)
    chosen = [tie for tie in made.values() if last is not None and tie.members != last.members]
    chosen += [last] if last is not None else []
    states = {tie.state for tie in chosen}
    chosen += [tie for tie in facts if not tie.since and tie.state not in states]
    return sorted(chosen, key=lambda tie: (_start(tie), tie.id))


def _strength(tie: Tie) -> tuple[int, int, str]:
    return (len({one.report_id for one in tie.evidence}), len(tie.since or ""), _start(tie))


def _words(tie: Tie, book: TieBook, speakers: Mapping[str, str]) -> str:
    reports = len({one.report_id for one in tie.evidence})
    count = f"({reports} {'report' if reports == 1 else 'reports'})"
    row = book.kinds[tie.kind, tie.state]
    who = f", said by {speakers[tie.said_by]}" if tie.said_by in speakers and tie.said_by else ""
    name = _state_words(tie)
    if tie.since is None:
        told = f", told on {_day(tie.told)}" if tie.told else ""
        return f"{name}{told}{who} {count}"
    if row.talk:
        return f"{name} {_on(tie.since)}{who} {count}"
    until = f" until {_day(tie.until)}" if tie.until else ""
    return f"{name} since {_day(tie.since)}{until}{who} {count}"


def _state_words(tie: Tie) -> str:
    if not tie.directed or len(tie.members) < 2:
        return tie.state
    if len(tie.members) > 2:
        return f"{tie.members[0]} between {' and '.join(tie.members[1:])}: {tie.state}"
    return f"{tie.members[0]} to {tie.members[1]}: {tie.state}"


def _on(day: str) -> str:
    return f"on {_day(day)}" if len(day) == 10 else f"in {_day(day)}"


def _day(value: str | None) -> str:
    """A date in words, as far as known: "4 January 2016", "January 2016", "2016"."""
    if not value:
        return "a day not told"
    parts = value.split("-")
    if len(parts) == 1:
        return parts[0]
    month = _MONTHS[int(parts[1]) - 1]
    return f"{int(parts[2])} {month} {parts[0]}" if len(parts) == 3 else f"{month} {parts[0]}"
