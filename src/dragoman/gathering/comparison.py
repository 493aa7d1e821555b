"""A story, or two reports, laid side by side: what all tell, what some tell, where they differ.

Method: the reports' sentences are aligned, first by what was already found to be one happening or one
utterance, then by their words. An aligned group that every voice has is told by all, any other by
some. Inside an aligned group the figures, dates, names and wording are compared
(:mod:`dragoman.gathering.differences`), and every sentence is held against the catalogue
(:mod:`dragoman.gathering.reference`). A reprinted text is held against its original only: what it
leaves out is said, but its differences from third reports are the original's.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.entries import Comparison, Evidence, Finding
from dragoman.gathering.differences import Line, differ, lines_of, titles_differ
from dragoman.gathering.likeness import containment, cosine, dice
from dragoman.gathering.reference import against_reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.entries import Happening, ReadReport, Story, Utterance
    from dragoman.rulebook import Rulebook

# Two sentences that no happening or utterance joins tell the same from this likeness on.
ALIGNED = 0.5
# Words beyond which a finding's headline is cut.
_HEADLINE = 160


@dataclass(frozen=True, slots=True)
class _Told:
    """One thing told: the lines that tell it, and what joined them."""

    lines: tuple[int, ...]
    kind: str
    background: bool
    why: str


def compare(
    reads: Iterable[ReadReport],
    story: Story | None,
    happenings: Iterable[Happening],
    utterances: Iterable[Utterance],
    rulebook: Rulebook,
) -> Comparison:
    """Lays the reports of a story side by side.

    Args:
        reads: the story's reports, in any order.
        story: the story; None for reports that were put together for this comparison only.
        happenings, utterances: those that have members in these reports; others are passed over.
        rulebook: for what is held against the catalogue.

    Returns:
        Findings in the order: against reference, differ, told by all, told by some (background
        last); each with the words of every report concerned.
    """
    ordered = sorted(reads, key=lambda read: (read.report.day or "9999", read.report.id))
    copies = dict(story.copies) if story else {}
    told_by = [read for read in ordered if read.report.status == "read"]
    lines = [line for read in told_by for line in lines_of(read)]
    told = _told(lines, told_by, tuple(happenings), tuple(utterances))
    findings = [
        *against_reference(told_by, rulebook),
        *differ(lines, [group.lines for group in told], copies),
        *titles_differ(lines, copies),
        *_told_findings(told, lines, told_by),
    ]
    return Comparison(
        story_id=story.id if story else None,
        report_ids=tuple(read.report.id for read in ordered),
        findings=tuple(findings),
    )


def compare_two(
    one: ReadReport,
    other: ReadReport,
    happenings: Iterable[Happening],
    utterances: Iterable[Utterance],
    rulebook: Rulebook,
) -> Comparison:
    """Lays two reports side by side, of one story or not."""
    return compare((one, other), None, happenings, utterances, rulebook)


def _told(
    lines: Sequence[Line],
    voices: Sequence[ReadReport],
    happenings: Sequence[Happening],
    utterances: Sequence[Utterance],
) -> list[_Told]:
    """The aligned groups of prose lines, each line in one group at most; single lines included."""
    place = {(line.report_id, line.index): number for number, line in enumerate(lines)}
    events = {event.id: event for read in voices for event in read.events}
    statements = {statement.id: statement for read in voices for statement in read.statements}
    links: list[tuple[int, int, str]] = []
    for happening in happenings:
        told = [events[id_] for id_ in happening.member_ids if id_ in events]
        links += _chain(place, [(event.report_id, event.sentence) for event in told], "happening")
    for utterance in utterances:
        said = [statements[id_] for id_ in utterance.member_ids if id_ in statements]
        links += _chain(place, [(s.report_id, s.sentence) for s in said], "utterance")
    links += [(a, b, "words") for a, b in _alike(lines)]
    return _groups(lines, links)


def _chain(
    place: dict[tuple[str, int], int], where: Iterable[tuple[str, int]], name: str
) -> list[tuple[int, int, str]]:
    numbers = sorted({place[key] for key in where if key in place})
    return [(numbers[0], number, name) for number in numbers[1:]]


def _alike(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Pairs of prose lines of different reports that are each other's likeliest counterpart."""
    best: dict[tuple[int, str], tuple[float, int]] = {}
    for one, line in enumerate(lines):
        for other, candidate in enumerate(lines):
            if line.report_id == candidate.report_id or "title" in {line.kind, candidate.kind}:
                continue
            score = line_likeness(line, candidate)
            key = (one, candidate.report_id)
            if score >= ALIGNED and (score, -other) > best.get(key, (0.0, 0)):
                best[key] = (score, -other)
    made = []
    for (one, report_id), (_, negative) in sorted(best.items()):
        other = -negative
        back = best.get((other, lines[one].report_id))
        if one < other and report_id == lines[other].report_id and back and -back[1] == one:
            made.append((one, other))
    return made


def line_likeness(one: Line, other: Line) -> float:
    """How far two sentences tell the same, about 0 to 1."""
    overlap = 0.5 * dice(one.words, other.words) + 0.5 * containment(one.words, other.words)
    near = cosine(one.words.embedding, other.words.embedding)
    score = overlap if near is None else 0.5 * overlap + 0.5 * near
    if one.parties and other.parties and not one.parties & other.parties:
        score -= 0.15
    return round(score, 6)


def _groups(lines: Sequence[Line], links: Sequence[tuple[int, int, str]]) -> list[_Told]:
    parent = list(range(len(lines)))

    def top(number: int) -> int:
        while parent[number] != number:
            number = parent[number]
        return number

    reasons: dict[int, set[str]] = defaultdict(set)
    for one, other, name in links:
        first, second = top(one), top(other)
        parent[max(first, second)] = min(first, second)
        reasons[one].add(name)
    groups: dict[int, list[int]] = defaultdict(list)
    for number, line in enumerate(lines):
        if line.kind != "title":
            groups[top(number)].append(number)
    made = []
    for members in groups.values():
        names = sorted({name for number in members for name in reasons[number]})
        made.append(
            _Told(
                lines=tuple(members),
                kind=names[0] if names else "alone",
                background=all(lines[number].background for number in members),
                why="joined by " + ", ".join(names)
                if names
                else "no counterpart in another report",
            )
        )
    return made


def _told_findings(
    told: Sequence[_Told], lines: Sequence[Line], voices: Sequence[ReadReport]
) -> list[Finding]:
    everyone = [read.report.id for read in voices]
    all_tell: list[Finding] = []
    some_tell: list[Finding] = []
    for group in told:
        members = [lines[number] for number in group.lines]
        tellers = {line.report_id for line in members}
        if len(tellers) == 1 and not _worth_telling(members):
            continue
        missing = tuple(id_ for id_ in everyone if id_ not in tellers)
        finding = Finding(
            kind="told by some" if missing else "told by all",
            what=_headline(members),
            evidence=tuple(_evidence(line) for line in members),
            left_out=missing,
            background=group.background,
            why=group.why,
        )
        (some_tell if missing else all_tell).append(finding)
    # What happened before what is background; of each, what most tell before what one tells.
    order = lambda f: (f.background, -len({e.report_id for e in f.evidence}))  # noqa: E731
    return [*sorted(all_tell, key=order), *sorted(some_tell, key=order)]


def _worth_telling(members: Sequence[Line]) -> bool:
    """Whether a line that stands alone tells something that another report could have told."""
    return any(
        line.events
        or line.statements
        or line.numbers
        or len(line.parties) > 1
        or (line.parties and len(line.words.roots) > 5)
        for line in members
    )


def _headline(members: Sequence[Line]) -> str:
    """The shortest telling's own words, cut at a word if they are long."""
    text = min((" ".join(line.span.text.split()) for line in members), key=lambda t: (len(t), t))
    if len(text) <= _HEADLINE:
        return text
    return text[:_HEADLINE].rsplit(" ", 1)[0] + " …"


def _evidence(line: Line) -> Evidence:
    return Evidence(
        report_id=line.report_id,
        span=line.span,
        event_id=line.events[0].id if line.events else None,
        statement_id=line.statements[0].id if line.statements else None,
    )
