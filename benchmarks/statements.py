"""Who said what, against articles with annotated attributions (statements/polnear_dev.jsonl).

    python -m benchmarks.statements --data FILE

FILE has one article a line: ``text``, ``attributions`` with ``source``, ``cue`` and ``content``, each a
list of ``[start, end]`` characters (several where a span stands in several pieces), and optionally
``id``, ``outlet``, ``title``, ``published``. Each article is read whole, as the program reads a report.

- ``source_f1``, ``cue_f1``, ``content_f1``: spans of the statements' speaker, cue and content against the
  annotated pieces, exact, each span of the text counted once; ``_precision`` and ``_recall`` beside them.
- ``direct_found``: of the direct quotations (an attribution whose content holds a quotation mark and
  that has a source), the share found with the right source span, to the character: a statement whose
  content covers more than half of a quoted piece, with a speaker whose span is the annotated one.
- ``direct_speaker``: the same where the speaker's span and the annotated one overlap.
- ``direct_content``: the same whoever the speaker.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from benchmarks.common import arguments, f1, lines, note, overlap, reader, show
from dragoman.sources.build import Raw, build

if TYPE_CHECKING:
    from dragoman.entries import Statement
    from dragoman.spans import Span

ROLES = ("source", "cue", "content")
MARKS = frozenset('"“”„«»‹›')


@dataclass
class Totals:
    """Right, given and wanted spans of each role; direct quotations by how far they were found."""

    spans: dict[str, list[int]] = field(default_factory=lambda: {role: [0, 0, 0] for role in ROLES})
    direct: int = 0
    content: int = 0
    speaker: int = 0
    exact: int = 0
    shown: int = 0

    def result(self) -> dict[str, object]:
        made: dict[str, object] = {}
        for role, (right, given, wanted) in self.spans.items():
            precision, recall, both = f1(right, given, wanted)
            made[f"{role}_f1"] = both
            made[f"{role}_precision"] = precision
            made[f"{role}_recall"] = recall
        made["direct_found"] = self.exact / max(1, self.direct)
        made["direct_speaker"] = self.speaker / max(1, self.direct)
        made["direct_content"] = self.content / max(1, self.direct)
        made["direct"] = self.direct
        return made


def given(statements: tuple[Statement, ...]) -> dict[str, set[tuple[int, int]]]:
    """The spans of each role that a reading gives."""

    def places(spans: list[Span | None]) -> set[tuple[int, int]]:
        return {(span.start, span.end) for span in spans if span is not None}

    return {
        "source": places([one.speaker.span if one.speaker else None for one in statements]),
        "cue": places([one.cue for one in statements]),
        "content": places([one.content for one in statements]),
    }


def score(
    text: str,
    attributions: list[dict[str, Any]],
    statements: tuple[Statement, ...],
    totals: Totals,
    *,
    errors: int = 0,
) -> None:
    """Adds one article to the totals."""
    found = given(statements)
    for role in ROLES:
        wanted = {(start, end) for told in attributions for start, end in told[role]}
        count = totals.spans[role]
        count[0] += len(wanted & found[role])
        count[1] += len(found[role])
        count[2] += len(wanted)
    for told in attributions:
        pieces = [(s, e) for s, e in told["content"] if MARKS & set(text[s:e])]
        if not pieces or not told["source"]:
            continue
        totals.direct += 1
        sources = [(start, end) for start, end in told["source"]]
        near = [one for one in statements if any(_covers(one.content, piece) for piece in pieces)]
        spans = [(one.speaker.span.start, one.speaker.span.end) for one in near if one.speaker]
        totals.content += bool(near)
        totals.speaker += any(overlap(one, source) for one in spans for source in sources)
        right = any(one in sources for one in spans)
        totals.exact += right
        if not right and totals.shown < errors:
            totals.shown += 1
            note(
                "direct:", [text[s:e] for s, e in sources], [text[s:e] for s, e in told["cue"]],
                [text[s : min(e, s + 100)] for s, e in pieces],
                "| read:", [(one.speaker and one.speaker.span.text, one.coder) for one in near],
            )  # fmt: skip


def _covers(content: Span, piece: tuple[int, int]) -> bool:
    shared = min(content.end, piece[1]) - max(content.start, piece[0])
    return shared > (piece[1] - piece[0]) / 2


def main() -> None:
    args = arguments(__doc__ or "")
    reading = reader(args.model)
    totals = Totals()
    for number, line in enumerate(lines(args.data)):
        report = build(
            Raw(
                text=line["text"],
                source=f"{args.data.name}#line {number + 1}",
                id=line.get("id"),
                outlet=line.get("outlet"),
                title=line.get("title"),
                published=line.get("published"),
            )
        )
        if report.text != line["text"]:
            note("line", number + 1, ": the text was changed on the way in; offsets may not fit")
        statements = reading.read(report).statements
        score(line["text"], line["attributions"], statements, totals, errors=args.errors)
    show(totals.result())


if __name__ == "__main__":
    main()
