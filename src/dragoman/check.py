"""Whether the event rules do what their own sentences promise."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.entries import Part, Report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dragoman.entries import Actor, Event
    from dragoman.reading import Reader
    from dragoman.rulebook import Example, PredicateRule


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one sentence of a rule.

    Attributes:
        rule: the rule.
        sentence: the sentence.
        kept: whether the promise was kept.
        problem: what came out instead, in words.
    """

    rule: PredicateRule
    sentence: str
    kept: bool
    problem: str = ""


def check_rules(
    reader: Reader, rules: tuple[PredicateRule, ...] | None = None
) -> Iterator[Verdict]:
    """Reads every sentence of every rule.

    A sentence to catch is kept where an event of the rule's type (or, for acts still to come, of the
    type that PLOVER gives them) has the promised words among its actor's and recipient's; one to
    leave where this rule makes no event of it.
    """
    for rule in reader.rulebook.predicates if rules is None else rules:
        for example in rule.catches:
            events = _read(reader, example.text)
            kept = any(_promised(reader, rule, example, event) for event in events)
            yield Verdict(rule, example.text, kept, "" if kept else _told(events))
        for sentence in rule.leaves:
            made = [event for event in _read(reader, sentence) if event.coder == f"rule:{rule.id}"]
            yield Verdict(rule, sentence, not made, _told(made) if made else "")


def _read(reader: Reader, text: str) -> tuple[Event, ...]:
    report = Report(id="rule", text=text, parts=(Part("prose", 0, len(text)),))
    return reader.read(report).events


def _promised(reader: Reader, rule: PredicateRule, example: Example, event: Event) -> bool:
    future = reader.rulebook.ontology.types[rule.event].future
    if event.event not in {rule.event, future}:
        return False
    actors = event.actor
    recipients = event.recipient
    if rule.reciprocal or (not recipients and len(actors) > 1):
        recipients = (*recipients, *actors)
        actors = (*actors, *event.recipient)
    return _hold(actors, example.actor) and _hold(recipients, example.recipient)


def _hold(actors: tuple[Actor, ...], words: tuple[str, ...]) -> bool:
    return all(
        any(word in actor.span.text or actor.span.text in word for actor in actors)
        for word in words
    )


def _told(events: tuple[Event, ...] | list[Event]) -> str:
    if not events:
        return "no event"
    return "; ".join(
        f"{event.event} {[a.span.text for a in event.actor]} -> "
        f"{[a.span.text for a in event.recipient]} ({event.coder})"
        for event in events
    )
