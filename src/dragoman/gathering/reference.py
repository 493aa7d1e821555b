"""What reports state against the catalogue: numbers of members, offices out of their dates."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dragoman.entries import Evidence, Finding
from dragoman.gathering.likeness import find_numbers
from dragoman.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dragoman.entries import Mention, ReadReport, Sentence
    from dragoman.rulebook import Rulebook
    from dragoman.rulebook.catalogue import Catalogue, Entry

_NUMBER = r"(?P<number>\d+|[A-Za-z]+(?:-(?:one|two|three|four|five|six|seven|eight|nine))?)"
_MEMBERS = r"(?:member|nation|state|country|strong)"
# "the five-member Gulf Cooperation Council", "the 22-nation Arab League", "the 21-member League"
_BEFORE = re.compile(
    _NUMBER + r"[-\s]" + _MEMBERS + r"\s+(?P<body>(?:[\w.'’&-]+\s+){0,5}[\w.'’&-]+)", re.IGNORECASE
)
# "the 27 members of the European Union", "the European Union's 27 members"
_OF = re.compile(
    _NUMBER
    + r"\s+(?:member\s+(?:states|countries|nations)|members)\s+of\s+(?:the\s+)?(?P<body>(?:[\w.'’&-]+\s+){0,5}[\w.'’&-]+)",
    re.IGNORECASE,
)
_POSSESSED = re.compile(
    r"(?P<body>(?:[\w.'’&-]+\s+){0,5}[\w.&-]+)['’]s?\s+"
    + _NUMBER
    + r"\s+(?:member\s+(?:states|countries|nations)|members)",
    re.IGNORECASE,
)
_FORMER = re.compile(
    r"\b(?:former|ex|late|then|previous|past|deposed|ousted|outgoing|elect|designate)\b",
    re.IGNORECASE,
)


def against_reference(reads: Iterable[ReadReport], rulebook: Rulebook) -> list[Finding]:
    """What the reports say that the catalogue says otherwise, on the day of each report.

    A report without a date is held against the catalogue only where the catalogue has known but one
    answer at all times.
    """
    made: dict[tuple[str, str], Finding] = {}
    for read in reads:
        for sentence in read.sentences:
            for what, span, why in (
                *_counts(read, sentence, rulebook.catalogue),
                *_offices(read, sentence, rulebook.catalogue),
            ):
                finding = Finding(
                    "against reference", what, (Evidence(read.report.id, span),), why=why
                )
                key = (read.report.id, what)
                made.setdefault(key, finding)
    return list(made.values())


def _counts(
    read: ReadReport, sentence: Sentence, catalogue: Catalogue
) -> Iterator[tuple[str, Span, str]]:
    text, offset = sentence.span.text, sentence.span.start
    for pattern in (_BEFORE, _OF, _POSSESSED):
        for match in pattern.finditer(text):
            numbers = find_numbers(match["number"])
            body = _body(read, sentence, match, catalogue) if numbers else None
            if body is None:
                continue
            said = int(numbers[0].value)
            known = _members(body.id.removeprefix("body:"), read.report.day, catalogue)
            if known is None or known == said:
                continue
            span = Span(offset + match.start(), offset + match.end(), match.group())
            day = read.report.day or "at any time"
            yield (
                f"{body.name}: {said} members said, {known} in the catalogue ({day})",
                span,
                f"members.csv lists {known} members of {body.name} on {day}",
            )


def _members(body: str, day: str | None, catalogue: Catalogue) -> int | None:
    """How many members a body had; None where the catalogue lists none, or does not know."""
    count = len(catalogue.members(body, day))
    if day is None:
        everything = {
            m.country for m in catalogue.memberships if m.body == body and m.status == "member"
        }
        if any(
            m.until or m.status != "member" for m in catalogue.memberships if m.body == body
        ) or count != len(everything):
            return None
    # A list of one or two is an incomplete list.
    return count if count > 2 else None


def _body(
    read: ReadReport, sentence: Sentence, match: re.Match[str], catalogue: Catalogue
) -> Entry | None:
    """The body that the words name: by the catalogue's names, a mention, or a short form of a body told before."""
    words, start = match["body"], match.start("body")
    for hit in catalogue.find(words):
        for entry, _ in hit.rows:
            if entry.kind == "body":
                return entry
    first, last = sentence.span.start + start, sentence.span.start + match.end("body")
    for mention in read.mentions:
        actor = mention.actor
        if (
            actor
            and actor.catalogue_id
            and first <= mention.span.start < last
            and actor.catalogue_id.startswith("body:")
        ):
            return catalogue.entries.get(actor.catalogue_id)
    short = words.split()[0]
    named = {
        mention.actor.catalogue_id
        for mention in read.mentions
        if mention.actor
        and (mention.actor.catalogue_id or "").startswith("body:")
        and short in (mention.actor.name or "").split()
    }
    return (
        catalogue.entries.get(next(iter(named)) or "")
        if len(named) == 1 and short[:1].isupper()
        else None
    )


def _offices(
    read: ReadReport, sentence: Sentence, catalogue: Catalogue
) -> Iterator[tuple[str, Span, str]]:
    day = read.report.day
    if day is None:
        return
    for mention in read.mentions:
        if mention.sentence != sentence.index:
            continue
        entry = _held_before(mention, day, catalogue)
        if entry is None or _FORMER.search(sentence.span.text):
            continue
        yield (
            f"{entry.name}: {entry.office} until {entry.until} in the catalogue, not on {day}",
            mention.span,
            f"people.csv ends the office of {entry.name} on {entry.until}",
        )


def _held_before(mention: Mention, day: str, catalogue: Catalogue) -> Entry | None:
    """The office that the mention gives a person who held it no longer; None where it agrees."""
    actor = mention.actor
    if actor is None or not (actor.catalogue_id or "").startswith("person:"):
        return None
    entry = catalogue.entries.get(actor.catalogue_id or "")
    if entry is None or not entry.until or not entry.office:
        return None
    terms = [e for e in catalogue.entries.values() if e.kind == "person" and e.name == entry.name]
    held = [e for e in terms if e.office and e.office.lower() in mention.span.text.lower()]
    if not held or any(e.holds_on(day) for e in held):
        return None
    return max(held, key=lambda e: e.until or "")
