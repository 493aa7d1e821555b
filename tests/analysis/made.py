"""Made-up events between states for the analyses."""

from __future__ import annotations

from dragoman.entries import Actor, Event, Happening, Tie
from dragoman.spans import Span

HERE = Span(0, 1, "x")
SCORES = {
    "CONSULT": (1, 2.1), "SUPPORT": (1, 4.6), "COOPERATE": (2, 6.8), "ACCUSE": (3, -2.0),
    "SANCTION": (4, -5.2), "ASSAULT": (4, -9.3), "AGREE": (1, 4.2),
}  # fmt: skip


def state(code: str) -> Actor:
    return Actor(HERE, code, code, code, catalogue_id=f"state:{code}")


def event(id_: str, kind: str, one: str, other: str, day: str | None, *auxiliary: str) -> Event:
    """`one` and `other` are codes, several set apart by a space; an empty `other` is no recipient."""
    quad, scale = SCORES[kind]
    return Event(
        id_, f"r-{id_}", 0, HERE, HERE, kind, tuple(map(state, one.split())),
        tuple(map(state, other.split())), auxiliary=auxiliary, quad_code=quad, event_scale=scale,
        date=day, date_precision={None: "none", 4: "year", 7: "month", 10: "day"}[day and len(day)],
    )  # fmt: skip


def happening(id_: str, *members: str) -> Happening:
    return Happening(id_, None, members, "")


def tie(id_: str, members: str, kind: str, state: str, since: str | None, **given: object) -> Tie:
    defaults: dict[str, object] = {
        "until": None, "told": since, "said_by": None, "evidence": (), "since_precision": "day",
    }  # fmt: skip
    return Tie(id_, tuple(members.split()), kind, state, since, **(defaults | given))  # type: ignore[arg-type]
