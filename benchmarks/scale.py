"""How grouping grows: the reports of any source, multiplied with changed names and dates.

Each copy of the source has names of its own (every word that a report always writes with a capital is another
word in each copy) and is moved by days of its own, so that each copy's stories are stories of their own;
the words without a capital stay, which makes the copies harder to tell apart than real news. Printed are
the seconds for a quarter, a half and all of ``--reports``, the growth of the processor's seconds from half to all (2 is linear), whether
reports that are shuffled or come in 7 parts make the same stories, and B-cubed F1 against the copies' stories.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.common import note, show
from benchmarks.stories import b_cubed
from dragoman.entries import ReadReport
from dragoman.gathering.cards import make_card
from dragoman.gathering.stories import Grouping, group_cards, join
from dragoman.sources import read_sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dragoman.entries import Report
    from dragoman.gathering.cards import Card

_WORD = re.compile(r"[^\W\d_]+")
_SYLLABLES = "ba do ke li mu na po ra se ti vo xa ze chu fre gri plo sta tra wen".split()
# Copies are spread over so many days.
_DAYS = 3650


def multiplied(reports: Sequence[Report], wanted: int) -> Iterator[tuple[Report, int]]:
    """At least `wanted` reports, copy by copy, each with the number of its copy."""
    names = [_names(report) for report in reports]
    for copy in range(-(-wanted // max(1, len(reports)))):
        for report, own in zip(reports, names, strict=True):
            yield _changed(report, own, copy), copy


def _names(report: Report) -> frozenset[str]:
    """The words that the report never writes without a capital."""
    words = set(_WORD.findall(f"{report.title or ''} {report.text}"))
    return frozenset(w for w in words if w[0].isupper() and w.lower() not in words and len(w) > 2)


def _changed(report: Report, names: frozenset[str], copy: int) -> Report:
    def put(match: re.Match[str]) -> str:
        word = match.group()
        if not copy or word not in names:
            return word
        chance = random.Random(f"{copy}/{word}")
        made = "".join(chance.choice(_SYLLABLES) for _ in range(len(word)))
        return made[: len(word)].capitalize()  # as long as it was, so that the parts stay in place

    day = report.published
    if day and report.day:
        shift = timedelta(days=random.Random(copy).randrange(_DAYS) if copy else 0)
        day = (date.fromisoformat(report.day) + shift).isoformat()
    return replace(
        report, id=f"{copy}-{report.id}", text=_WORD.sub(put, report.text), published=day,
        title=_WORD.sub(put, report.title) if report.title else None,
    )  # fmt: skip


def carded(reports: Sequence[Report], wanted: int) -> tuple[list[Card], dict[str, int]]:
    """The cards of the multiplied reports, and the copy that each is of."""
    copies: dict[str, int] = {}
    cards: list[Card] = []
    for report, copy in multiplied(reports, wanted):
        card = make_card(ReadReport(report))
        if card and len(cards) < wanted:
            cards.append(card)
            copies[card.id] = copy
    return cards, copies


def grown(cards: Sequence[Card]) -> tuple[Grouping, float, float]:
    """The grouping of some cards, its seconds, and the processor's (which other programs do not lengthen)."""
    begun, used = time.perf_counter(), time.process_time()
    grouping = group_cards(cards)
    return grouping, time.perf_counter() - begun, time.process_time() - used


def in_parts(cards: Sequence[Card], parts: int, seed: int) -> Grouping:
    """The grouping of shuffled cards that come in several parts."""
    shuffled = list(cards)
    random.Random(seed).shuffle(shuffled)
    grouping = Grouping()
    for part in range(parts):
        grouping = join(grouping, shuffled[part::parts])
    return grouping


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="any file or folder of reports")
    parser.add_argument("--reports", type=int, default=10_000, help="how many to make")
    args = parser.parse_args()
    reports = [r for r in read_sources([str(args.data)]) if r.status == "read"]
    begun = time.perf_counter()
    cards, copies = carded(reports, args.reports)
    made = time.perf_counter() - begun
    group_cards(cards[: len(reports)])  # what is imported at first use
    seconds: dict[int, float] = {}
    used: dict[int, float] = {}
    for size in (len(cards) // 4, len(cards) // 2, len(cards)):
        grouping, seconds[size], used[size] = grown(cards[:size])
        note(f"{size} reports: {seconds[size]:.2f} s, of a processor {used[size]:.2f} s")
    # Each copy's stories are those that the source's own reports make.
    own = {
        id_: number
        for number, group in enumerate(group_cards(carded(reports, len(reports))[0]).groups)
        for id_ in (member.split("-", 1)[1] for member in group)
    }
    gold = {id_: (copy, own[id_.split("-", 1)[1]]) for id_, copy in copies.items()}
    found = {id_: number for number, group in enumerate(grouping.groups) for id_ in group}
    half, whole = used[len(cards) // 2], used[len(cards)]
    same = [in_parts(cards, parts, parts).groups == grouping.groups for parts in (1, 7)]
    show(
        {
            "reports": len(cards),
            "cards_s": made,
            "seconds": seconds[len(cards)],
            "processor_s": whole,
            "growth": whole / half if half else 0.0,
            "same_shuffled": same[0],
            "same_in_7_parts": same[1],
            "b3_f1": b_cubed(gold, found)[2],
        }
    )


if __name__ == "__main__":
    main()
