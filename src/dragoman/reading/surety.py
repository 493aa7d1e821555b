"""How likely it is that a statement is one, and that its speaker is the right one.

What speaks for and against it is told by how it stands in the report: the word of saying, who of the two witnesses
told it, how the speaker is named and what is known of him, how far a pronoun stands from whom it was followed to, where
speaker, cue and content stand. A logistic regression weighs that. Its weights are a readable table
(``rules/surety.csv``), fitted by ``training.surety`` on statements that were judged one by one.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from dragoman.reading.weighing import weigh

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dragoman.entries import Actor, Mention, Statement

# No statement is held for surer than this, or less likely than its complement.
SUREST = 0.98
_EDGE = 0.02  # the witnesses' own confidence is held this far from 0 and 1
_PRONOUNS = frozenset(
    "he she they it i we you who which that this one him her them his their".split()
)
_CAPITAL = re.compile(r"\b(?!The\b)[A-Z]")
# Words with which contents begin that say something of what they are.
_OPENERS = frozenset(
    "that to the a whether how why what if his her their for of it he they in as on not because".split()
)
_FAR = 7
_MANY = 3


def with_confidence(
    statements: Sequence[Statement], mentions: Sequence[Mention], weights: Mapping[str, float]
) -> tuple[Statement, ...]:
    """The statements of a report, each with the chance that it is right as its ``confidence``.

    Without weights the witnesses' own confidence stays.
    """
    if not weights:
        return tuple(statements)
    company = Company(statements, mentions)
    return tuple(
        replace(
            one,
            confidence=round(
                min(SUREST, max(1 - SUREST, weigh(features(one, company), weights))), 3
            ),
        )
        for one in statements
    )


class Company:
    """What else a report tells: its statements and its parties.

    Args:
        statements: all of the report.
        mentions: its parties.
    """

    def __init__(self, statements: Sequence[Statement], mentions: Sequence[Mention]) -> None:
        self._told = Counter(one.sentence for one in statements)
        self._inside: set[tuple[int, int]] = set()
        self._first: dict[str, int] = {}
        reached = -1
        for start, end in sorted(
            {_place(one) for one in statements}, key=lambda at: (at[0], -at[1])
        ):
            if end <= reached:
                self._inside.add((start, end))
            reached = max(reached, end)
        for one in statements:
            if one.speaker is not None:
                key = one.speaker.key
                self._first[key] = min(one.content.start, self._first.get(key, one.content.start))
        self._named = sorted(
            (
                (one.span.start, one.span.end, one.actor)
                for one in mentions
                if one.actor is not None and one.kind in {"name", "description"}
            ),
            key=lambda one: one[:2],
        )
        self._starts = [start for start, _, _ in self._named]
        self._places: dict[str, list[int]] = {}
        for place, (_, _, actor) in enumerate(self._named):
            self._places.setdefault(actor.key, []).append(place)

    def beside(self, statement: Statement) -> int:
        """How many other statements the same sentence tells."""
        return self._told[statement.sentence] - 1

    def inside(self, statement: Statement) -> bool:
        """Whether it stands in the content of another."""
        return _place(statement) in self._inside

    def spoke(self, statement: Statement) -> bool:
        """Whether the same party is told to speak before."""
        speaker = statement.speaker
        return speaker is not None and self._first[speaker.key] < statement.content.start

    def since(self, speaker: Actor) -> tuple[int, int] | None:
        """Characters since a speaker was told of last, and how many other people were since, at most three.

        None if he was not told of before.
        """
        here = bisect_left(self._starts, speaker.span.start)
        own = self._places.get(speaker.key, [])
        before = bisect_left(own, here)
        if not before:
            return None
        last = own[before - 1]
        others: set[str] = set()
        for _, _, actor in self._named[last + 1 : here]:
            if actor.key != speaker.key and _is_somebody(actor):
                others.add(actor.key)
            if len(others) == _MANY:
                break
        return max(0, speaker.span.start - self._named[last][1]), len(others)


def _place(statement: Statement) -> tuple[int, int]:
    return statement.content.start, statement.content.end


def _is_somebody(actor: Actor) -> bool:
    """Whether a party is one person, or somebody whom no table knows."""
    return bool(actor.name) and (actor.catalogue_id or "person:").startswith("person:")


def features(statement: Statement, company: Company) -> dict[str, float]:
    """The features of a statement, by name; what is not there is 0."""
    witness, _, lemma = statement.coder.partition(":")
    if witness == "model":
        lemma = statement.cue.text.lower() if statement.cue else "-"
    held = min(max(statement.confidence, _EDGE), 1 - _EDGE)
    made = {f"own {witness}": math.log(held / (1 - held))}
    kind = statement.kind
    for name in (
        f"by {witness}",
        f"by {witness} {kind}",
        f"kind {kind}",
        f"{'stance' if witness == 'stance' else 'cue'} {lemma}",
        *_of_content(statement, witness),
        *_of_speaker(statement, witness, company),
        *_of_order(statement, witness),
        *_of_rest(statement, company),
    ):
        made[name] = 1.0
    return made


def _of_content(statement: Statement, witness: str) -> Iterator[str]:
    words = statement.content.text.lower().lstrip("\"“‘'«„").split()
    yield f"content of {_steps(1.5, len(words) + 1, 8)}"
    first = words[0] if words and words[0] in _OPENERS else "other"
    yield f"begins {first}"
    yield f"{witness} begins {first}"


def _of_speaker(statement: Statement, witness: str, company: Company) -> Iterator[str]:
    speaker = statement.speaker
    if speaker is None:
        yield "speaker none"
        return
    low = speaker.span.text.lower().strip("[]() ")
    words = low.split()
    told = "pronoun" if low in _PRONOUNS else "name"
    if told == "name" and not _CAPITAL.search(speaker.span.text):
        told = "description"
    known = "named" if speaker.name else "coded" if speaker.entity_code else "bare"
    if known == "bare" and speaker.sector_code:
        known = "sector"
    yield f"speaker {told}"
    yield f"speaker {told} {known}"
    yield f"{witness} {told}"
    yield f"{witness} {told} {known}"
    yield f"known {known}"
    yield f"{told} of {min(6, len(words))}"
    if told == "pronoun":
        yield f"pronoun {low}"
        yield f"pronoun {low} {known}"
    elif told == "description":
        yield f"head {words[-1]}"
        if words[-1].endswith("s"):
            yield "plural"
    if speaker.sector_code:
        yield f"sector {speaker.sector_code}"
    if not speaker.entity_code:
        yield f"{told} without code"
    if speaker.catalogue_id:
        yield f"catalogue {speaker.catalogue_id.partition(':')[0]}"
    if company.spoke(statement):
        yield f"{told} spoke before"
    since = company.since(speaker)
    if since is None:
        yield f"{told} new"
    else:
        yield f"{told} since {_steps(1, since[0] + 1, 9)}"
        yield f"{told} others since {since[1]}"


def _of_order(statement: Statement, witness: str) -> Iterator[str]:
    cue, speaker, content = statement.cue, statement.speaker, statement.content
    if cue is None:
        yield "no cue"
        return
    yield f"cue of {min(4, len(cue.text.split()))}"
    gap = max(content.start - cue.end, cue.start - content.end, 0)
    yield f"content from cue {_steps(1, gap + 1, _FAR)}"
    if speaker is None:
        return
    places = sorted(
        ((cue.start, "cue"), (speaker.span.start, "speaker"), (content.start, "content"))
    )
    order = " ".join(name for _, name in places)
    yield f"order {order}"
    yield f"{witness} order {order}"
    yield f"speaker from cue {_steps(1, abs(cue.start - speaker.span.start) + 1, _FAR)}"


def _of_rest(statement: Statement, company: Company) -> Iterator[str]:
    if statement.via is not None:
        yield "via"
    if statement.addressee is not None:
        yield "addressee"
    if statement.date is not None:
        yield "dated"
    if statement.occasion is not None:
        yield "occasion"
    if company.inside(statement):
        yield "inside"
    yield f"beside {min(3, company.beside(statement))}"


def _steps(scale: float, number: int, most: int) -> int:
    """A number of 1 and more in steps of powers of two."""
    return min(most, int(scale * math.log2(number)))
