"""Made-up reports for the tests of gathering: all words our own, all happenings invented."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dragoman.entries import (
    Actor,
    Event,
    Mention,
    Moment,
    Part,
    ReadReport,
    Report,
    Sentence,
    Statement,
)
from dragoman.gathering.cards import Card, make_card
from dragoman.ids import content_id
from dragoman.spans import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

_SYLLABLES = "ba do ke li mu na po ra se ti vo xa ze chu fre gri plo sta tra wen".split()
_FILLERS = (
    "officials spoke of the matter at length while crowds waited outside the hall for an answer "
    "nobody could say how long it would last and traders watched prices with some concern"
).split()


def name(rng: random.Random) -> str:
    """An invented name."""
    return "".join(rng.choice(_SYLLABLES) for _ in range(4)).capitalize()


def story_reports(seed: int, reports: int, day: str | None = "2031-04-10") -> list[ReadReport]:
    """Reports of one invented happening: shared names and nouns, told in each report's own order."""
    rng = random.Random(seed)
    who = [name(rng) for _ in range(6)]
    what = [name(rng).lower() for _ in range(6)]
    made = []
    for number in range(reports):
        own = random.Random(f"{seed}/{number}")
        sentences = []
        for _ in range(8):
            words = own.sample(_FILLERS, 3) + own.sample(what, 4)
            own.shuffle(words)
            sentences.append(f"{own.choice(who)} and {own.choice(who)} {' '.join(words)}.")
        title = f"{who[number % 6]} and {who[(number + 1) % 6]}: the {what[number % 6]}"
        when = None
        if day is not None:
            when = (date.fromisoformat(day) + timedelta(days=number % 3)).isoformat()
        made.append(
            plain(f"s{seed}-{number}", title, " ".join(sentences), when, f"outlet {number}")
        )
    return made


def plain(
    report_id: str,
    title: str,
    prose: str,
    day: str | None,
    outlet: str | None = None,
    **given: object,
) -> ReadReport:
    """A report with a title and prose, its prose cut at full stops."""
    text = f"{title}\n{prose}"
    sentences = [Sentence(0, "title", Span(0, len(title), title))]
    at = len(title) + 1
    for piece in prose.split(". "):
        words = piece if piece.endswith((".", '"')) else f"{piece}."
        start = text.index(words, at)
        sentences.append(Sentence(len(sentences), "prose", Span(start, start + len(words), words)))
        at = start + len(words)
    defaults: dict[str, object] = {
        "id": report_id, "text": text, "outlet": outlet, "title": title, "published": day,
        "language": "en", "parts": (Part("title", 0, len(title)), Part("prose", len(title) + 1, len(text))),
    }  # fmt: skip
    return ReadReport(Report(**(defaults | given)), tuple(sentences))  # type: ignore[arg-type]


def cards(reads: Sequence[ReadReport]) -> list[Card]:
    """Their cards."""
    return [card for read in reads if (card := make_card(read))]


def actor(read: ReadReport, words: str, key: str, code: str | None = None, nth: int = 0) -> Actor:
    """A party where its words stand: `key` is the catalogue row."""
    return Actor(
        _span(read, words, nth), key.rsplit(":", maxsplit=1)[-1], code, code, "GOV", (), key
    )


def _span(read: ReadReport, words: str, nth: int = 0) -> Span:
    at = -1
    for _ in range(nth + 1):
        at = read.report.text.index(words, at + 1)
    return Span(at, at + len(words), words)


def _sentence(read: ReadReport, at: int) -> int:
    return next(s.index for s in read.sentences if s.span.start <= at < s.span.end)


def tell(
    read: ReadReport, words: str, trigger: str, kind: str, actors: tuple[Actor, ...],
    recipients: tuple[Actor, ...], **given: object,
) -> ReadReport:  # fmt: skip
    """The report with one more event."""
    span = _span(read, words)
    at = _span(read, trigger)
    defaults: dict[str, object] = {
        "id": content_id("e", read.report.id, span.start, trigger, kind), "report_id": read.report.id,
        "sentence": _sentence(read, span.start), "span": span, "trigger": at, "event": kind,
        "actor": actors, "recipient": recipients,
    }  # fmt: skip
    event = Event(**(defaults | given))  # type: ignore[arg-type]
    mentions = tuple(
        Mention(_sentence(read, who.span.start), "name", who.span, who)
        for who in (*actors, *recipients)
    )
    return _with(read, events=(*read.events, event), mentions=(*read.mentions, *mentions))


def say(
    read: ReadReport, words: str, speaker: Actor | None, kind: str = "indirect", **given: object
) -> ReadReport:
    """The report with one more statement."""
    span = _span(read, words)
    defaults: dict[str, object] = {
        "id": content_id("s", read.report.id, span.start), "report_id": read.report.id,
        "sentence": _sentence(read, span.start), "span": span, "kind": kind, "speaker": speaker,
        "cue": None, "content": span,
    }  # fmt: skip
    return _with(read, statements=(*read.statements, Statement(**(defaults | given))))  # type: ignore[arg-type]


def dated(read: ReadReport, words: str, value: str) -> ReadReport:
    """The report with one more resolved date."""
    precision = {4: "year", 7: "month"}.get(len(value), "day")
    moment = Moment(_span(read, words), value, None, precision)  # type: ignore[arg-type]
    return _with(read, moments=(*read.moments, moment))


def _with(read: ReadReport, **given: object) -> ReadReport:
    from dataclasses import replace

    return replace(read, **given)  # type: ignore[arg-type]
