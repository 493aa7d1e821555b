"""Events of real news against labels with codes: ``python -m benchmarks.real --data LABELS --reports FOLDER``.

``LABELS`` (``benchmarks/judged/real.jsonl``) names sentences of reports under ``FOLDER``, every event of each with the words and
the codes of its parties; no weights have learned these events. An event told is **right** where its type, both sides, the codes of
its parties, and whether it is denied or still to come are as labelled (``precision``, ``recall``; a company may be coded as its
country's or as MNC; a sentence that stands alone may leave a code out), **found** where type and sides are (``found_precision``, ``found_recall``);
``likely_`` is of what pages and commands tell by default. ``triples`` compares (actor code,
recipient code, type) of each sentence as sets. Without ``--all`` a quarter of the longer reports is read.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.common import f1, note, overlap, reader, show
from benchmarks.labels import SENTENCES, fold_of, texts_of
from dragoman.entries import Part, Report
from dragoman.record.where import LIKELY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.entries import Actor, Event

Triple = tuple[str, str, str]
FIRM = "MNC"
_AHEAD = frozenset({"future", "hypothetical"})
_BANDS = (0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a labelled event: the places of its parties in the report, and their codes (None: no code)."""

    spans: tuple[tuple[int, int], ...]
    codes: tuple[str | None, ...]

    def holds(self, parties: Sequence[Actor]) -> bool:
        """Whether these are the parties, by their words; of a longer list nearly all."""
        if not self.spans:
            return not any(one.entity_code for one in parties)
        met = sum(any(self._on(one, span) for one in parties) for span in self.spans)
        missed = len(self.spans) - met
        return met > 0 and (missed < 2 or missed < len(self.spans) / 2)

    def coded(self, parties: Sequence[Actor], *, alone: bool = False) -> bool:
        """Whether each has the code of the words that it stands on, and no coded one stands elsewhere.

        Of a sentence that stands ``alone`` a party may lack the code that its report would have told.
        """
        for one in parties:
            codes = {
                code
                for span, code in zip(self.spans, self.codes, strict=True)
                if self._on(one, span)
            }
            if not codes and one.entity_code and len(parties) > 1:
                return False
            if alone and one.entity_code is None:
                continue
            if codes and one.entity_code not in codes and FIRM not in {one.entity_code, *codes}:
                return False
        return True

    @staticmethod
    def _on(party: Actor, span: tuple[int, int]) -> bool:
        return overlap((party.span.start, party.span.end), span)


@dataclass(frozen=True, slots=True)
class Label:
    """A labelled event."""

    event: str
    auxiliary: frozenset[str]
    actor: Side
    recipient: Side

    def sides(self, event: Event) -> tuple[tuple[Side, Sequence[Actor]], ...]:
        """Which parties to hold against which side: of mutual acts all parties may stand on one."""
        told = (*event.actor, *event.recipient)
        if len(self.actor.spans) > 1 and not self.recipient.spans:
            return ((self.actor, told),)
        if len(event.actor) > 1 and not event.recipient and self.recipient.spans:
            both = Side(
                self.actor.spans + self.recipient.spans, self.actor.codes + self.recipient.codes
            )
            return ((both, told),)
        return (self.actor, event.actor), (self.recipient, event.recipient)

    def verdict(self, event: Event, *, alone: bool = False) -> str:
        """``right``, ``code`` or ``status`` where type and sides are met, else what is not; empty if nothing is."""
        met = [side.holds(parties) for side, parties in self.sides(event)]
        if event.event != self.event:
            return "type" if all(met) else ""
        if not all(met):
            return ("recipient" if met[0] else "actor") if any(met) and len(met) > 1 else ""
        if not all(side.coded(parties, alone=alone) for side, parties in self.sides(event)):
            return "code"
        denied = ("negation" in event.auxiliary) == ("negation" in self.auxiliary)
        ahead = bool(_AHEAD & set(event.auxiliary)) == bool(_AHEAD & self.auxiliary)
        return "right" if denied and ahead else "status"


# From best to worst: which verdict counts where an event is held against several labels.
VERDICTS = ("right", "status", "code", "type", "recipient", "actor", "no-event")
FOUND = frozenset(VERDICTS[:3])


def label_of(row: dict[str, Any], start: int) -> Label:
    """A label as it stands in the file, of a sentence that starts at ``start``."""

    def side(name: str) -> Side:
        spans = tuple((start + begin, start + end) for begin, end in row[name])
        return Side(spans, tuple(row[f"{name}_codes"]))

    return Label(row["event"], frozenset(row["auxiliary"]), side("actor"), side("recipient"))


def judge(event: Event, labels: Sequence[Label], *, alone: bool = False) -> tuple[str, int | None]:
    """The best verdict that the labels give an event, and which label gives it."""
    given = [
        (VERDICTS.index(verdict), number)
        for number, label in enumerate(labels)
        if (verdict := label.verdict(event, alone=alone))
    ]
    if not given:
        return "no-event", None
    place, number = min(given)
    return VERDICTS[place], number


def triples_of(
    actor: Iterable[str | None], recipient: Iterable[str | None], event: str
) -> set[Triple]:
    """All pairs of codes across an event; ``-`` for a party without one, empty for a side without a party."""
    sides = ({one or "-" for one in side} or {""} for side in (actor, recipient))
    left, right = sides
    return {(one, other, event) for one in left for other in right}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="labels with codes")
    parser.add_argument("--reports", type=Path, required=True, help="the folder with the reports")
    parser.add_argument("--model", type=Path, default=None)
    parser.add_argument("--all", action="store_true", help="read all reports, not a quarter")
    parser.add_argument("--errors", default="", help="verdicts to print, with commas between")
    args = parser.parse_args()
    reading = reader(args.model)
    verdicts: Counter[str] = Counter()
    bands: Counter[tuple[float, bool]] = Counter()
    likely: Counter[str] = Counter()
    wanted = found = shared = told_triples = labelled_triples = 0
    for one in texts_of(args.reports, args.data):
        if not args.all and one.source not in SENTENCES and fold_of(one.name, 4):
            continue
        parts = (Part("prose", 0, len(one.text)),)
        read = reading.read(Report(one.name, one.text, published=one.published, parts=parts))
        for row in one.labels:
            labels = [label_of(event, row["start"]) for event in row["events"]]
            told = [e for e in read.events if row["start"] <= e.trigger.start < row["end"]]
            wanted += len(labels)
            met: set[int] = set()
            for event in told:
                verdict, number = judge(event, labels, alone=one.source in SENTENCES)
                verdicts[verdict] += 1
                likely[verdict] += event.confidence >= LIKELY
                band = max((one for one in _BANDS if one <= event.confidence), default=0.0)
                bands[band, verdict == "right"] += 1
                if verdict in FOUND and number is not None:
                    met.add(number)
                if verdict in args.errors.split(","):
                    sides = [
                        [(a.span.text, a.entity_code) for a in side]
                        for side in (event.actor, event.recipient)
                    ]
                    note("\n#", " ".join(one.text[row["start"] : row["end"]].split()))
                    note("  ", verdict, event.confidence, event.event, *sides, event.coder)
            found += len(met)
            mine = {
                triple
                for event in told
                for triple in triples_of(
                    (a.entity_code for a in event.actor),
                    (a.entity_code for a in event.recipient),
                    event.event,
                )
            }
            theirs = {
                triple
                for label in labels
                for triple in triples_of(label.actor.codes, label.recipient.codes, label.event)
            }
            shared += len(mine & theirs)
            told_triples += len(mine)
            labelled_triples += len(theirs)
    told_events = sum(verdicts.values())
    note(dict(verdicts))
    for band in _BANDS:
        right, wrong = bands[band, True], bands[band, False]
        note(f"confidence from {band}, to the next: {right} of {right + wrong} right")
    _, _, triples = f1(shared, told_triples, labelled_triples)
    show(
        {
            "precision": verdicts["right"] / max(1, told_events),
            "recall": verdicts["right"] / max(1, wanted),
            "found_precision": sum(verdicts[one] for one in FOUND) / max(1, told_events),
            "found_recall": found / max(1, wanted),
            "likely_precision": likely["right"] / max(1, sum(likely.values())),
            "likely_recall": likely["right"] / max(1, wanted),
            "triple_f1": triples,
            "told": told_events,
            "wanted": wanted,
        }
    )


if __name__ == "__main__":
    main()
