"""Entries in a few words: direction is written out, never left to columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.entries import Actor, Event, Position, Statement, Tie


def actor_words(actor: Actor) -> str:
    """A party's name, else its words."""
    return actor.name or actor.span.text


def parties(actors: tuple[Actor, ...]) -> str:
    """Several parties as a list."""
    return ", ".join(dict.fromkeys(actor_words(actor) for actor in actors))


def event_words(event: Event) -> str:
    """Who did what to whom: "Bahrain: SANCTION toward Iran, 2016-01-04"."""
    what = event.event
    if event.mode:
        what += f" ({', '.join(event.mode)})"
    if event.auxiliary:
        what += f" [{', '.join(event.auxiliary)}]"
    toward = f" toward {parties(event.recipient)}" if event.recipient else ""
    date = f", {event.date}" if event.date else ""
    return f"{parties(event.actor) or 'somebody'}: {what}{toward}{date}"


def statement_words(statement: Statement) -> str:
    """Who said what."""
    speaker = actor_words(statement.speaker) if statement.speaker else "somebody"
    return f"{speaker} ({statement.kind}): {' '.join(statement.content.text.split())}"


def tie_words(tie: Tie) -> str:
    """Who stands how to whom, and since when."""
    first, others = tie.members[:1], tie.members[1:]
    if tie.kind == "mediation":
        members = f"{' '.join(first)} between {' and '.join(others)}"
    else:
        members = f"{' '.join(first)}{' to ' if tie.directed else ' and '}{', '.join(others)}"
    return f"{members}: {tie.kind}: {tie.state}{stretch(tie)}"


def stretch(tie: Tie) -> str:
    """From when to when a tie held, with a space before it; empty if neither is known."""
    words = f" since {tie.since}" if tie.since else ""
    return f"{words} until {tie.until}" if tie.until else words


def position_words(position: Position) -> str:
    """What a speaker holds, towards whom, about which tie, and the words that carry it."""
    whom = ", ".join(actor_words(actor) for actor in position.toward)
    about = f" ({position.tie})" if position.tie else ""
    toward = f" toward {whom}" if whom else ""
    return f"{position.kind}{toward}{about}: “{position.span.text}”, by {position.coder}"
