"""How two parties stand, in sentences; the days on which their course turned; who could mediate.

The answers are the analysis's; here they are put into the words and addresses of a page.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.analysis.mediators import mediators as third_parties
from dragoman.analysis.standing import standing
from dragoman.entries import Happening
from dragoman.errors import NotFoundError
from dragoman.record import Where
from dragoman.web import words
from dragoman.web.views import Views, happened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.analysis.mediators import Mediator as ThirdParty
    from dragoman.entries import Event, Tie
    from dragoman.record import Record
    from dragoman.web.views import TieView

# Events of either side looked at for contacts with third parties: the latest ones.
CONTACTS = 300
SHOWN = 8


@dataclass(frozen=True, slots=True)
class Sentence:
    """How two stand in one kind of tie, with the ties it rests on."""

    text: str
    tie_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mediator:
    """A party that could mediate, what speaks for it, and the entries behind that."""

    key: str
    name: str
    why: str
    ids: tuple[str, ...]


def member(record: Record, asked: str) -> str:
    """What a party is called as a member of ties: a state's code, else its name."""
    keys = [key.removeprefix("state:") for key in record.actor_keys(asked)]
    return next((key for key in [asked.upper(), *keys] if key in words.states()), asked)


def sentences(record: Record, members: tuple[str, str], ties: Sequence[TieView]) -> list[Sentence]:
    """How two parties stand, kind by kind.

    Args:
        record: for who says so.
        members: as the ties name them.
        ties: those of the two.
    """
    known = words.tie_kinds()
    told = standing(
        # A kind of a person's own rules or correction has no place in the built-in order.
        [view.tie for view in ties if (view.tie.kind, view.tie.state) in known], members, words.rulebook().ties,
        speakers=Views(record).speakers([view.tie for view in ties]),
    )  # fmt: skip
    return [Sentence(with_names(line.text), line.tie_ids) for line in told.lines]


_CODE = re.compile(r"\b[A-Z]{3}\b")


def with_names(text: str) -> str:
    """Text with states' names in place of their codes."""
    return _CODE.sub(lambda match: words.state_name(match.group()), text)


def mediators(record: Record, members: tuple[str, str]) -> list[Mediator]:
    """Third parties that stand well with both, or of which mediation is told; the best first."""
    ties: dict[str, Tie] = {}
    events: dict[str, Event] = {}
    for side in members:
        try:
            ties.update(
                {
                    tie.id: tie
                    for tie in record.ties(Where(actor=side))
                    if (tie.kind, tie.state) in words.tie_kinds()
                }
            )
            found = record.events(Where(actor=side, latest=True, limit=CONTACTS))
        except NotFoundError:
            continue
        events.update({event.id: event for event in found if happened(event)})
    # Contacts are counted by occurrence: the happening's id stands for its members.
    grouped: dict[str, list[str]] = {}
    for event_id, happening in record.happenings_of(list(events)).items():
        grouped.setdefault(happening, []).append(event_id)
    happenings = [Happening(id_, None, tuple(ids), "") for id_, ids in sorted(grouped.items())]
    ranked = third_parties(
        members, ties.values(), events.values(), happenings, words.rulebook().ties
    )
    return [_mediator(one, members) for one in ranked[:SHOWN]]


def _mediator(one: ThirdParty, members: tuple[str, str]) -> Mediator:
    parts = ["mediation by it is told"] if one.told > 0 else []
    for side, score, count in zip(members, one.standing, one.contacts, strict=True):
        name = words.state_name(side)
        stands = "no tie told" if score is None else f"stands at {score:+.2f}"
        met = words.plural(count, "cooperative happening")
        parts.append(f"with {name}: {stands}, {met}")
    return Mediator(
        one.name, words.state_name(one.name), "; ".join(parts), one.tie_ids[:6] + one.event_ids[:6]
    )
