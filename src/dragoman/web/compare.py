"""A story laid side by side: its findings, each with the words of each report."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.web.text import SHOWN, Block, Mark, blocks
from dragoman.web.words import voice

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dragoman.entries import Comparison, Evidence, Finding, ReadReport, Report

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
    """The words of one report for a finding; the ids tell what they were read as, if anything."""

    report_id: str
    outlet: str
    start: int
    end: int
    text: str
    event_id: str | None
    statement_id: str | None


@dataclass(frozen=True, slots=True)
class Voice:
    """All the words of one report for a finding."""

    report_id: str
    outlet: str
    words: tuple[Words, ...]


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

    @property
    def voices(self) -> tuple[Voice, ...]:
        """The words by report, in the order in which they are given."""
        found: dict[str, list[Words]] = {}
        for one in self.words:
            found.setdefault(one.report_id, []).append(one)
        return tuple(Voice(id_, ones[0].outlet, tuple(ones)) for id_, ones in found.items())

    @property
    def only(self) -> Words | None:
        """The words, where a finding is nothing but them."""
        one = self.words[0] if len(self.words) == 1 else None
        return one if one and " ".join(one.text.split()) == " ".join(self.what.split()) else None


@dataclass(frozen=True, slots=True)
class Column:
    """A report's text with the words of all findings marked."""

    report: Report
    outlet: str
    copy_of: str | None
    blocks: tuple[Block, ...]
    cut: bool


def lines(
    comparison: Comparison, reports: Sequence[Report], reads: Sequence[ReadReport]
) -> list[Line]:
    """Findings in the order to be read: differences first, since they are what one came for."""
    outlets = names(reports)
    entries = {read.report.id: read for read in reads}
    order = {kind: number for number, kind in enumerate(HEADINGS)}
    found = sorted(comparison.findings, key=lambda one: (order.get(one.kind, 9), one.background))
    return [_line(f"f{number}", one, outlets, entries) for number, one in enumerate(found, 1)]


def _line(
    key: str, finding: Finding, outlets: Mapping[str, str], entries: Mapping[str, ReadReport]
) -> Line:
    return Line(
        key=key,
        kind=finding.kind,
        look=LOOKS.get(finding.kind, "some"),
        what=finding.what,
        words=tuple(_words(item, outlets, entries) for item in finding.evidence),
        left_out=tuple(outlets.get(id_, id_) for id_ in finding.left_out),
        background=finding.background,
        why=finding.why,
    )


def _words(item: Evidence, outlets: Mapping[str, str], entries: Mapping[str, ReadReport]) -> Words:
    event_id, statement_id = item.event_id, item.statement_id
    read = entries.get(item.report_id)
    if event_id is None and statement_id is None and read is not None:
        # Words of a difference (a date, a figure) lead to the entries that they stand in.
        event_id = next((one.id for one in read.events if one.span.overlaps(item.span)), None)
        statement_id = next(
            (one.id for one in read.statements if one.span.overlaps(item.span)), None
        )
    return Words(
        item.report_id, outlets.get(item.report_id, item.report_id), item.span.start, item.span.end,
        item.span.text, event_id, statement_id,
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
    """What to call each report: its outlet, else its file; with a number where there are several."""
    made: dict[str, str] = {}
    for report in reports:
        name = voice(report.outlet, report.source)
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
            "end": words.end, "words": words.text, "event_id": words.event_id,
            "statement_id": words.statement_id, "why": line.why,
        }
        for line in found
        for words in line.words
    ]  # fmt: skip


COLUMNS = (
    "finding", "kind", "what", "background", "left_out", "report_id", "outlet", "start", "end",
    "words", "event_id", "statement_id", "why",
)  # fmt: skip
