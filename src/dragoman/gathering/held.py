"""Two reports, events or statements held against each other, in words: what joins them or keeps them apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dragoman.gathering import happenings, parting, utterances
from dragoman.gathering.cards import make_card, weighty_words
from dragoman.gathering.likeness import dice
from dragoman.gathering.space import COPY, Space, paired

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dragoman.entries import Event, ReadReport, Statement

Facts = list[tuple[str, str]]
# Words in common that are shown of two reports.
_SHOWN = 12


def events_held(
    one: tuple[ReadReport, Event], other: tuple[ReadReport, Event], *, same_story: bool
) -> Facts:
    """How two events compare, sign by sign, as the grouping of happenings compares them."""
    first, second = (
        next(t for t in happenings.tellings_of(read) if t.id == event.id)
        for read, event in (one, other)
    )
    kind = happenings.kind_likeness(first.event, second.event)
    parties = happenings.party_likeness(first, second)
    when = happenings.date_likeness(first, second)
    words = dice(first.words, second.words)
    score = happenings.likeness(first, second)
    made = [
        ("types", {1.0: "the same", 0.6: "types that outlets use for one act"}.get(kind, "never one happening")),
        ("parties", f"alike by {parties:.2f}" if parties else "exclude each other"),
        ("dates", "exclude each other" if when is None else f"add {when:+.2f}" if when else "say nothing, or a day apart"),
        ("words", f"alike by {words:.2f}" + ("; the same word tells the act" if first.trigger == second.trigger else "")),
    ]  # fmt: skip
    if first.unreal != second.unreal:
        made.append(("told as", " / ".join(", ".join(sorted(t.unreal)) or "done" for t in (first, second))))  # fmt: skip
    made.append(("likeness", f"{score:.2f}; one happening from {happenings.THRESHOLD:.2f} on, on average over all tellings"))  # fmt: skip
    if not same_story:
        made.append(("stories", "not one story: only what is told as history joins a happening of another"))  # fmt: skip
    return made


def statements_held(
    one: tuple[ReadReport, Statement], other: tuple[ReadReport, Statement], *, same_story: bool
) -> Facts:
    """How two statements compare, sign by sign."""
    first, second = (utterances.saying_of(read, statement) for read, statement in (one, other))
    found = [sign for sign in utterances.signs(first, second) if sign[1]]
    made = [
        ("speaks for it", "; ".join(f"{words} ({value:+.1f})" for words, value in found if value > 0)),
        ("against it", "; ".join(f"{words} ({value:+.1f})" for words, value in found if value < 0)),
        ("likeness", (f"{utterances.likeness(first, second):.2f}; the same words from {utterances.THRESHOLD:.2f} on, "
         f"or from {utterances.LIKELY:.2f} where the speaker is the same and nothing else comes near")),
    ]  # fmt: skip
    if first.report_id == second.report_id:
        made.append(("reports", "one report: only parts of one quotation join there"))
    elif not same_story:
        made.append(("stories", "not one story: words are compared within one occasion only"))
    return [(label, words) for label, words in made if words]


def reports_held(one: ReadReport, other: ReadReport) -> Facts:
    """How two reports compare by themselves: words in common, likeness, days apart, copied text."""
    cards = [card for read in (one, other) if (card := make_card(read))]
    if len(cards) < 2:
        return [("words", "one of the two has no words to compare")]
    space = Space(sorted(cards, key=lambda card: card.id))
    pair = (np.array([0], dtype=np.int32), np.array([1], dtype=np.int32))
    plain = float(paired(space.matrix, *pair)[0])
    close = float(space.closeness(*pair)[0])
    copied = cards[0].containment(cards[1])
    return [
        ("weighty words in common", _common(one, other)),
        ("likeness of words", f"{plain:.2f}"),
        ("days", _days(cards[0].day, cards[1].day, close)),
        ("likeness", (f"{plain * close:.2f} by themselves; a story joins from {parting.THRESHOLD:.2f} on, on average "
         "over its reports, each taken together with its nearest")),
        ("text in common", f"{copied:.0%} of the shorter's runs of four words; a copy from {COPY:.0%} on"),
    ]  # fmt: skip


def _common(one: ReadReport, other: ReadReport) -> str:
    theirs = set(weighty_words(other))
    shared: Sequence[str] = [word for word in weighty_words(one) if word in theirs]
    return ", ".join(shared[:_SHOWN]) or "none"


def _days(one: int | None, other: int | None, close: float) -> str:
    if one is None or other is None:
        return f"not both known, which leaves {close:.0%} of the likeness"
    return f"{abs(one - other)} apart, which leaves {close:.0%} of the likeness"
