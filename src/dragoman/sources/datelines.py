"""The dateline in front of a report's first sentence: place, day, agency."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.sources.dates import find_day

if TYPE_CHECKING:
    from dragoman.sources.layout_rules import LayoutRules

_CAPITAL_PLACE = r"[A-Z][A-Z.'’]+(?:[ /-](?:[A-Z][A-Z.'’]*|DE|OF|AND)){0,4}"
_PLACE = r"[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){0,3}"
_REGION = r"(?:, ?[A-Z][\w.'’]*(?: [A-Z][\w.'’]+){0,3})?"
_DAY = (
    r"(?:,? (?:(?:on )?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\.? \d{1,2}"
    r"|\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*)(?:,? (?:19|20)\d\d)?)"
)
_AGENCY = r"[(/\[](?P<agency>[A-Za-z][\w .&/’'-]{1,40})[)/\]]"
_DASH = r"\s?(?:[—–―]|--?)+\s?"
_BY = r"(?:By [A-Z][\w.'’-]+ [A-Z][\w.'’-]+(?: and [A-Z][\w.'’-]+ [A-Z][\w.'’-]+)? )?"
# Words in capitals before a colon that are no places.
_NO_PLACE = frozenset(
    "breaking update updated exclusive watch video photos photo opinion analysis factbox timeline "
    "host byline note correction explainer live more read q a developing title summary file photo".split()
)
_FORMS = tuple(
    re.compile(form)
    for form in (
        # MANAMA, May 23 (Reuters) - / SAN JOSE, Costa Rica (AP) — / MOSCOW, January 4. /TASS/.
        rf"{_BY}(?P<place>{_CAPITAL_PLACE}){_REGION}{_DAY}?\.?,? ?{_AGENCY}(?:{_DASH}|\s?[:.]\s|\s)",
        # Beirut (AFP) -, Manama, May 23 (BNA):
        rf"{_BY}(?P<place>{_PLACE}){_REGION}{_DAY}?\.?,? ?{_AGENCY}(?:{_DASH}|\s?:\s|\s)",
        # WASHINGTON —, RAMALLAH, West Bank —, NEW DELHI, Jan. 4 —
        rf"{_BY}(?P<place>{_CAPITAL_PLACE}){_REGION}{_DAY}?\s?(?:[—–―]|--?)+\s+",
        # Manama, May 23 -
        rf"(?P<place>{_PLACE}){_REGION}{_DAY}\s?(?:[—–―]|--?)+\s+",
        # DUBAI: The king
        rf"(?P<place>{_CAPITAL_PLACE}){_REGION}{_DAY}?:\s+(?=[A-Z“\"])",
        # (CNN) The king / (Reuters) -
        rf"(?P<place>){_AGENCY}(?:{_DASH}|\s?:\s|\s)\s*",
    )
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where a dateline ends (characters from the start of the paragraph), its agency and its day."""

    end: int
    wire: str | None
    day: str | None


def find_dateline(paragraph: str, rules: LayoutRules) -> Dateline | None:
    """The dateline at the start of `paragraph`; None where there is none for sure."""
    words = paragraph.translate({0x00A0: " ", 0x202F: " ", 0x2009: " "})
    for number, form in enumerate(_FORMS):
        hit = form.match(words)
        if hit is None:
            continue
        agency = hit.groupdict().get("agency")
        wire = rules.wires.get(agency.lower().strip()) if agency else None
        place = hit["place"]
        if not place and wire is None:
            continue
        if number == 1 and wire is None:  # "Hamas (the movement) — ..." is prose
            continue
        if (
            number == 0
            and wire is None
            and not words[: hit.end()].rstrip().endswith(("—", "–", "-", "―", ":"))
        ):
            continue
        if number == 4 and (
            place.lower() in _NO_PLACE or len(place) < 4 or not _once(place, words)
        ):
            continue
        if len(place) == 1 or place.lower() in _NO_PLACE:
            continue
        return Dateline(hit.end(), wire, find_day(words[: hit.end()]))
    return None


def _once(place: str, words: str) -> bool:
    """Whether the words before a colon are a place and not a speaker of a transcript."""
    return not re.search(rf"\b{re.escape(place)}:.+\b{re.escape(place)}:", words)


def wire_in(line: str, rules: LayoutRules) -> str | None:
    """The agency that signs a byline, if one does."""
    bare = re.sub(r"^\W*(?:by|source|via|from|agency)\b:?\s*", "", line, flags=re.IGNORECASE)
    names = [name.strip(" .()[]—-").lower() for name in re.split(r"[,/|&·•]|\band\b| - ", bare)]
    return next((rules.wires[name] for name in names if name in rules.wires), None)
