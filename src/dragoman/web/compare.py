"""A story laid side by side: its findings, each with the words of each report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.entries import Comparison, Finding
from dragoman.web.text import SHOWN, Block, Mark, blocks

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dragoman.entries import Evidence, FindingKind, Report

# Reports shown beside one another on one page; the others are a click away.
SIDE_BY_SIDE = 12

# How a finding's words look in the texts.
LOOKS: Mapping[str, str] = {
    "told by all": "all", "told by some": "some", "differ": "differ",
    "against reference": "reference",
}  # fmt: skip

HEADINGS: Mapping[str, str] = {
    "differ": "Where they differ",
    "against reference": "Told otherwise than the reference",
    "told by all": "Told by all",
    "told by some": "Told by some only",
}

HELP: Mapping[str, str] = {
    "differ": "The reports tell the same thing in ways that do not go together.",
    "against reference": "A report says something that the catalogue of actors contradicts on that day.",
    "told by all": "Every report of the story tells this.",
    "told by some": "At least one report leaves this out.",
}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one report for a finding; `entry_id` is what they were read as, if anything."""

    report_id: str
    outlet: str
    start: int
    end: int
    text: str
    entry_id: str | None


@dataclass(frozen=True, slots=True)
class Line:
    """A finding: `key` lights up its words in the texts."""

    key: str
    kind: str
    look: str
    what: str
    words: tuple[Words, ...]
    left_out: tuple[str, ...]
    background: bool
    why: str


@dataclass(frozen=True, slots=True)
class Column:
    """A report's text with the words of all findings marked."""

    report: Report
    outlet: str
    copy_of: str | None
    blocks: tuple[Block, ...]
    cut: bool


def lines(comparison: Comparison, reports: Sequence[Report]) -> list[Line]:
    """Findings in the order to be read: differences first, since they are what one came for."""
    outlets = names(reports)
    order = {kind: number for number, kind in enumerate(HEADINGS)}
    found = sorted(comparison.findings, key=lambda one: (order.get(one.kind, 9), one.background))
    return [_line(f"f{number}", one, outlets) for number, one in enumerate(found, 1)]


def _line(key: str, finding: Finding, outlets: Mapping[str, str]) -> Line:
    return Line(
        key=key,
        kind=finding.kind,
        look=LOOKS.get(finding.kind, "some"),
        what=finding.what,
        words=tuple(_words(item, outlets) for item in finding.evidence),
        left_out=tuple(outlets.get(id_, id_) for id_ in finding.left_out),
        background=finding.background,
        why=finding.why,
    )


def _words(item: Evidence, outlets: Mapping[str, str]) -> Words:
    return Words(
        item.report_id, outlets.get(item.report_id, item.report_id), item.span.start, item.span.end,
        item.span.text, item.event_id or item.statement_id,
    )  # fmt: skip


def columns(
    reports: Sequence[Report], found: Sequence[Line], copies: Sequence[tuple[str, str]]
) -> list[Column]:
    """The reports' texts with the words of the findings marked in them."""
    outlets = names(reports)
    original = dict(copies)
    made = []
    for report in reports[:SIDE_BY_SIDE]:
        marks = [
            Mark(words.start, words.end, line.look, line.key)
            for line in found
            for words in line.words
            if words.report_id == report.id
        ]
        made.append(
            Column(
                report, outlets[report.id], outlets.get(original.get(report.id, "")),
                tuple(blocks(report.text, report.parts, marks, 0, SHOWN)),
                len(report.text) > SHOWN,
            )
        )  # fmt: skip
    return made


def names(reports: Sequence[Report]) -> dict[str, str]:
    """What to call each report: its outlet; with a number where an outlet has several."""
    made: dict[str, str] = {}
    for report in reports:
        name = report.outlet or "outlet not known"
        taken = sum(other == name or other.startswith(f"{name} (") for other in made.values())
        made[report.id] = f"{name} ({taken + 1})" if taken else name
    return made


def rows(found: Sequence[Line]) -> list[dict[str, object]]:
    """One row for each report's words of each finding."""
    return [
        {
            "finding": line.key, "kind": line.kind, "what": line.what,
            "background": line.background, "left_out": list(line.left_out),
            "report_id": words.report_id, "outlet": words.outlet, "start": words.start,
            "end": words.end, "words": words.text, "entry_id": words.entry_id, "why": line.why,
        }
        for line in found
        for words in line.words
    ]  # fmt: skip


COLUMNS = (
    "finding", "kind", "what", "background", "left_out", "report_id", "outlet", "start", "end",
    "words", "entry_id", "why",
)  # fmt: skip


def from_groups(
    story_id: str,
    report_ids: Sequence[str],
    groups: Sequence[tuple[str, Sequence[Evidence]]],
) -> Comparison:
    """What all tell and what some tell, by the happenings and utterances alone.

    Args:
        story_id, report_ids: the story.
        groups: for each happening or utterance, what it is in words, and its words in each report.
    """
    made = []
    for what, evidence in groups:
        telling = {item.report_id for item in evidence}
        left_out = tuple(id_ for id_ in report_ids if id_ not in telling)
        kind: FindingKind = "told by some" if left_out else "told by all"
        made.append(Finding(kind, what, tuple(evidence), left_out))
    made.sort(key=lambda one: (len(one.left_out), one.what))
    return Comparison(story_id, tuple(report_ids), tuple(made))
