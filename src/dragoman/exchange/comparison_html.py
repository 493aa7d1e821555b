"""A comparison as one HTML file that can be mailed: no script, no address of another host, printable."""

from __future__ import annotations

from html import escape
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dragoman.entries import Comparison, Evidence, Finding, Report, Story

_HEADS = (
    ("against reference", "Against the catalogue"),
    ("differ", "Where they differ"),
    ("told by all", "Told by all"),
    ("told by some", "Told by some only"),
)
# Words of the report that are shown before and after a piece of evidence.
_AROUND = 80

_STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.5 Georgia, "Times New Roman", serif; color: #1b1b1b; background: #fff;
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin-bottom: .25rem; }
h2 { font-size: 1.2rem; margin-top: 2rem; border-bottom: 2px solid #1b1b1b; padding-bottom: .2rem; }
h3 { font-size: 1rem; margin: 1.2rem 0 .3rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid #ccc; }
th { width: 14rem; font-weight: normal; color: #444; }
mark { background: #fff3bf; color: inherit; padding: 0 .1em; }
.why, .note { color: #555; font-size: .9rem; }
.back { color: #444; font-style: italic; }
section article { break-inside: avoid; }
@media print { body { margin: 0; max-width: none; font-size: 11pt; } mark { background: none; text-decoration: underline; } }
"""


def comparison_html(
    comparison: Comparison, reports: Iterable[Report], story: Story | None = None
) -> str:
    """The page, whole: UTF-8 text to be written to a file.

    Args:
        comparison: what to show.
        reports: at least those that the comparison names; for outlets, dates and the words around.
        story: for the title.
    """
    by_id = {report.id: report for report in reports}
    title = story.title if story and story.title else "Reports side by side"
    body = [f"<h1>{escape(title)}</h1>", _sources(comparison, by_id)]
    for kind, head in _HEADS:
        found = [finding for finding in comparison.findings if finding.kind == kind]
        body.append(f"<section><h2>{head} ({len(found)})</h2>")
        body.extend(_finding(finding, by_id) for finding in found)
        if not found:
            body.append('<p class="note">Nothing found.</p>')
        body.append("</section>")
    inner = "\n".join(body)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        # Even if something slipped through the escaping, nothing may be loaded or run.
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n{inner}\n</body>\n</html>\n"
    )


def _sources(comparison: Comparison, by_id: dict[str, Report]) -> str:
    rows = []
    for id_ in comparison.report_ids:
        report = by_id.get(id_)
        day = (report.day if report else None) or "undated"
        title = (report.title if report else None) or ""
        note = "" if report is None or report.status == "read" else f" (set aside: {report.reason})"
        rows.append(
            f"<tr><th>{escape(_name(id_, by_id))}, {escape(day)}</th><td>{escape(title + note)}</td></tr>"
        )
    return f"<table>{''.join(rows)}</table>"


def _finding(finding: Finding, by_id: dict[str, Report]) -> str:
    rows = "".join(_evidence(evidence, by_id) for evidence in finding.evidence)
    left = ""
    if finding.left_out:
        names = "; ".join(escape(_name(id_, by_id)) for id_ in finding.left_out)
        left = f'<p class="note">Left out by: {names}</p>'
    back = ' <span class="back">(background)</span>' if finding.background else ""
    why = f'<p class="why">{escape(finding.why)}</p>' if finding.why else ""
    return (
        f"<article><h3>{escape(finding.what)}{back}</h3><table>{rows}</table>{left}{why}</article>"
    )


def _evidence(evidence: Evidence, by_id: dict[str, Report]) -> str:
    report = by_id.get(evidence.report_id)
    before = after = ""
    if report is not None:
        before = _tail(report.text[max(0, evidence.span.start - _AROUND) : evidence.span.start])
        after = _head(report.text[evidence.span.end : evidence.span.end + _AROUND])
    return (
        f"<tr><th>{escape(_name(evidence.report_id, by_id))}</th>"
        f"<td>{escape(before)}<mark>{escape(evidence.span.text)}</mark>{escape(after)}</td></tr>"
    )


def _tail(text: str) -> str:
    """What stands before, from its last line on, beginning at a word."""
    line = text.rsplit("\n", 1)[-1]
    return line if len(line) < len(text) or len(text) < _AROUND else "… " + line.partition(" ")[2]


def _head(text: str) -> str:
    line = text.split("\n", 1)[0]
    return line if len(line) < len(text) or len(text) < _AROUND else line.rpartition(" ")[0] + " …"


def _name(id_: str, by_id: dict[str, Report]) -> str:
    report = by_id.get(id_)
    if report is None:
        return id_
    # A page that is mailed says nothing of the folders of who made it.
    return report.outlet or PurePath(report.source).name or id_
