"""Rows of people.csv: our own table first, then the factbook, then REIGN where neither speaks."""

from __future__ import annotations

import difflib
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from factbook import FACTBOOK_GOOD_FOR, factbook_holders
from holders import Holder, hand_holders
from reign import reign_holders
from tables import plain, slug, unique

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HEADER = (
    "id",
    "name",
    "surname",
    "aliases",
    "country",
    "office",
    "title",
    "sector",
    "from",
    "until",
    "good_for",
    "source",
    "body",
    "note",
)
# Two spellings of one name are at least this alike (checked by eye on the REIGN list).
SAME_NAME = 0.82
PARTICLES = frozenset(
    "al el bin ibn abu de da dos del della di van von der den la le ould "
    "sheikh king prince queen emir sultan ayatollah president general".split()
)


def tokens(holder: Holder) -> set[str]:
    """The telling words of a person's names, folded."""
    words = re.split(r"[^a-z']+", plain(" ".join([holder.name, *holder.aliases])).lower())
    return {w.replace("'", "") for w in words if len(w) > 1 and w not in PARTICLES}


def alike(one: Holder, other: Holder) -> bool:
    """Whether the surname of the one is found among the names of the other, either way."""
    for a, b in ((one, other), (other, one)):
        names = tokens(b)
        key = tokens(replace(a, name=a.surname, aliases=()))
        if key and all(
            any(difflib.SequenceMatcher(None, k, n).ratio() >= SAME_NAME for n in names)
            for k in key
        ):
            return True
    return bool(tokens(one) & tokens(other)) and one.surname in one.aliases


def overlap(one: Holder, other: Holder) -> bool:
    """Whether two terms share a time (month precision; an open end reaches the date known)."""
    a, b = one.until or one.good_for, other.until or other.good_for
    return one.begun[:7] <= b[:7] and other.begun[:7] <= a[:7]


def merged(facts: Path) -> list[Holder]:
    """All rows: a source speaks only where no better one names the same person and time."""
    kept = list(hand_holders())
    snapshot = list(factbook_holders(facts))
    for found in snapshot:
        same = [
            i
            for i, k in enumerate(kept)
            if k.country == found.country
            and not k.until
            and k.office
            in {
                found.office,
                "monarch",
                "head_of_state",
                "head_of_government",
                "local",
                "religious",
            }
            and alike(k, found)
        ]
        for i in same:
            kept[i] = replace(kept[i], good_for=FACTBOOK_GOOD_FOR, source="own; factbook")
        if not same:
            kept.append(found)
    better = list(kept)
    kept.extend(
        found
        for found in reign_holders(facts)
        if not any(
            k.country == found.country and overlap(k, found) and alike(k, found) for k in better
        )
    )
    return kept


def rows(facts: Path) -> Iterator[tuple[str, ...]]:
    """The rows of people.csv, by country and day; identifiers are unique and stable."""
    seen: dict[str, int] = {}
    for h in sorted(set(merged(facts)), key=lambda h: (h.country, h.begun, h.name, h.office)):
        place = h.country.lower() or h.body
        name = "-".join(p for p in (place, slug(h.name), h.begun[:4]) if p)
        seen[name] = seen.get(name, 0) + 1
        key = name if seen[name] == 1 else f"{name}-{seen[name]}"
        aliases = [a for a in unique(h.aliases) if a != h.name]
        yield (
            key,
            h.name,
            h.surname,
            ";".join(aliases),
            h.country,
            h.office,
            h.title,
            h.sector,
            h.begun,
            h.until,
            h.good_for,
            h.source,
            h.body,
            h.note,
        )
