"""A story, or two reports, laid side by side: what all tell, what some tell, where they differ.

Method: what is told is taken unit by unit. The members of an utterance are one unit, those of a
happening another; the sentences in which neither was found are aligned by their words. A unit that
every report has is told by all, any other by some. The figures, dates and wording of aligned
sentences are compared (:mod:`dragoman.gathering.differences`), and every sentence is held against
the catalogue (:mod:`dragoman.gathering.reference`). A reprinted text is held against its original
only: what it leaves out is said, but its differences from third reports are the original's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.entries import Comparison, Evidence, Finding, Statement
from dragoman.gathering.differences import (
    Line,
    differ,
    lines_of,
    quotations_differ,
    titles_differ,
)
from dragoman.gathering.likeness import containment, cosine, dice
from dragoman.gathering.reference import against_reference

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dragoman.entries import Event, Happening, ReadReport, Story, Utterance
    from dragoman.rulebook import Rulebook

# Two sentences that no happening or utterance joins tell the same from this likeness on.
ALIGNED = 0.5
# Words beyond which a finding's headline is cut.
_HEADLINE = 160
_FEWEST = 6


@dataclass(frozen=True, slots=True)
class _Told:
    """One thing told: the words that tell it, the lines they stand in, and what joined them."""

    evidence: tuple[Evidence, ...]
    lines: tuple[int, ...]
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
    days = [read.report.day for read in told_by if read.report.day]
    day = (story.date if story else None) or min(days, default=None)
    lines = [line for read in told_by for line in lines_of(read, day)]
    alike = _alike(lines)
    spoken = tuple(utterances)
    told = _told(lines, told_by, tuple(happenings), spoken, alike)
    findings = [
        *against_reference(told_by, rulebook),
        *differ(lines, _counterparts(told, lines) | set(alike), copies),
        *titles_differ(lines, copies),
        *quotations_differ(_members(spoken, told_by), copies),
        *_told_findings(told, lines, told_by, alike),
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
    reads: Sequence[ReadReport],
    happenings: Sequence[Happening],
    utterances: Sequence[Utterance],
    alike: Sequence[tuple[int, int]],
) -> list[_Told]:
    """The units: utterances, happenings, then what the remaining sentences tell."""
    place = {(line.report_id, line.index): number for number, line in enumerate(lines)}
    members: dict[str, Event | Statement] = {}
    for read in reads:
        members.update({event.id: event for event in read.events})
        members.update({statement.id: statement for statement in read.statements})
    made: list[_Told] = []
    taken: set[int] = set()
    units = [
        *(("utterance", unit.member_ids, unit.why) for unit in utterances),
        *(("happening", unit.member_ids, unit.why) for unit in happenings),
    ]
    for name, ids, why in units:
        found = [members[id_] for id_ in ids if id_ in members]
        found = [m for m in found if (m.report_id, m.sentence) in place]
        numbers = tuple(sorted({place[m.report_id, m.sentence] for m in found}))
        # A happening told in the very sentences of an utterance, or of another, is told already.
        if not found or set(numbers) <= taken:
            continue
        taken |= set(numbers)
        made.append(
            _Told(
                evidence=_each_once(_of_member(member) for member in found),
                lines=numbers,
                background=all(lines[number].background for number in numbers),
                why=f"one {name}: {why}",
            )
        )
    return [*made, *_rest(lines, taken, alike)]


def _members(utterances: Sequence[Utterance], reads: Sequence[ReadReport]) -> list[list[Statement]]:
    """The statements of each utterance, report by report."""
    of = {statement.id: statement for read in reads for statement in read.statements}
    return [[of[id_] for id_ in unit.member_ids if id_ in of] for unit in utterances]


def _each_once(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Without words that stand inside other words of the same report: two acts of one clause are told once."""
    given = tuple(evidence)
    kept: list[Evidence] = []
    for each in sorted(given, key=lambda e: (e.report_id, e.span.start, -e.span.end)):
        last = kept[-1] if kept else None
        if last is None or last.report_id != each.report_id or last.span.end < each.span.end:
            kept.append(each)
    return tuple(each for each in given if any(each is other for other in kept))


def _of_member(member: Event | Statement) -> Evidence:
    if isinstance(member, Statement):
        return Evidence(member.report_id, member.content, statement_id=member.id)
    return Evidence(member.report_id, member.span, event_id=member.id)


def _rest(lines: Sequence[Line], taken: set[int], alike: Sequence[tuple[int, int]]) -> list[_Told]:
    """The prose lines in which no unit was found, joined where they are alike in pairs.

    A line that is alike to one of a unit is told there already. Groups join from the most alike
    down, and only where all their lines of different reports are alike: no chains.
    """
    pairs = {(a, b): line_likeness(lines[a], lines[b]) for a, b in alike}
    covered = taken | {a for a, b in pairs if b in taken} | {b for a, b in pairs if a in taken}
    free = [n for n, line in enumerate(lines) if line.kind != "title" and n not in covered]
    group_of: dict[int, tuple[int, ...]] = {number: (number,) for number in free}
    for (a, b), _ in sorted(pairs.items(), key=lambda row: (-row[1], row[0])):
        if a not in group_of or b not in group_of or group_of[a] == group_of[b]:
            continue
        across = [(min(x, y), max(x, y)) for x in group_of[a] for y in group_of[b]]
        if all(pair in pairs for pair in across):
            joined = tuple(sorted((*group_of[a], *group_of[b])))
            group_of.update(dict.fromkeys(joined, joined))
    return [
        _Told(
            evidence=tuple(_evidence(lines[number]) for number in group),
            lines=group,
            background=all(lines[number].background for number in group),
            why="told in words alike" if len(group) > 1 else "no counterpart in another report",
        )
        for group in sorted(set(group_of.values()))
    ]


def _counterparts(told: Sequence[_Told], lines: Sequence[Line]) -> set[tuple[int, int]]:
    """In each aligned group, each line with its likest counterpart in each other report."""
    made: set[tuple[int, int]] = set()
    for group in told:
        for one in group.lines:
            best: dict[str, tuple[float, int]] = {}
            for other in group.lines:
                if lines[one].report_id == lines[other].report_id:
                    continue
                row = (line_likeness(lines[one], lines[other]), -other)
                best[lines[other].report_id] = max(best.get(lines[other].report_id, row), row)
            made |= {(min(one, -other), max(one, -other)) for _, other in best.values()}
    return made


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


def _told_findings(
    told: Sequence[_Told],
    lines: Sequence[Line],
    voices: Sequence[ReadReport],
    alike: Sequence[tuple[int, int]],
) -> list[Finding]:
    everyone = [read.report.id for read in voices]
    all_tell: list[Finding] = []
    some_tell: list[Finding] = []
    for group in told:
        tellers = {evidence.report_id for evidence in group.evidence}
        tellers |= {
            lines[b if a in group.lines else a].report_id
            for a, b in alike
            if (a in group.lines) != (b in group.lines)
        }
        if len(tellers) == 1 and not _worth_telling([lines[number] for number in group.lines]):
            continue
        missing = tuple(id_ for id_ in everyone if id_ not in tellers)
        finding = Finding(
            kind="told by some" if missing else "told by all",
            what=_headline(group.evidence),
            evidence=group.evidence,
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


def _headline(evidence: Sequence[Evidence]) -> str:
    """The shortest telling's own words that make a clause, cut at a word if they are long."""
    texts = sorted((" ".join(e.span.text.split()) for e in evidence), key=lambda t: (len(t), t))
    # A scrap says too little to stand for the whole.
    text = next((t for t in texts if len(t.split()) >= _FEWEST), texts[-1])
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
