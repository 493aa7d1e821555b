"""Makes the pages that are drawn from the code: `python docs/build.py`, or with `--check` to compare.

docs/cli.md comes from the help texts of the commands; docs/codebook.md from the export objects, the
entries and the rule tables. A test fails when a page is not as this script makes it.
"""

from __future__ import annotations

import csv
import dataclasses
import inspect
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_type_hints

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

# A page must not depend on the width of the terminal it is made on.
os.environ["COLUMNS"] = "80"

DOCS = Path(__file__).parent
MADE = "<!-- Made by docs/build.py; change the code it is drawn from, not this page. -->"

CLI_INTRO = """\
# The command line

Exit codes: 0 done, 1 could not (the message says what to do), 2 wrong usage. On a terminal lists are
tables; in a pipe they are JSON lines with the keys of the [codebook](codebook.md). Progress, warnings
and the closing summary of a run go to standard error. The record is `dragoman.db` in the working
folder unless `--record` or the environment variable `DRAGOMAN_RECORD` names another.
"""

CODEBOOK_INTRO = """\
# Codebook

What the exports, the record and the Python entries hold. Dates are ISO 8601, written as far as they
are known (`2016`, `2016-01`, `2016-01-04`). What is not known is null, never invented. Offsets count
characters of the report's text from 0, ends are exclusive, and `text[start:end]` is always the words
given. Codes are those of PLOVER (Open Event Data Alliance, manual 1.3, CC BY-SA 4.0).
"""


def cli_page() -> str:
    """The commands and their help."""
    from typer.testing import CliRunner

    from dragoman.cli import app

    runner = CliRunner()

    def help_of(*words: str) -> str:
        answer = runner.invoke(app, [*words, "--help"], prog_name="dragoman")
        lines = [line.rstrip() for line in answer.output.strip().splitlines()]
        return "```text\n" + "\n".join(lines) + "\n```"

    parts = [CLI_INTRO, MADE, help_of()]
    for words in commands(app):
        parts += [f"## dragoman {' '.join(words)}", help_of(*words)]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def commands(app: Any) -> Iterator[tuple[str, ...]]:
    """All commands, those of groups behind their group's name, in the order of the help."""
    from typer.main import get_command

    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        inner = getattr(command, "commands", None)
        if inner is None:
            yield (name,)
        else:
            yield from ((name, part) for part in inner)


def codebook_page() -> str:
    """Export tables, CSV columns, entries, PLOVER's tables."""
    from dragoman import entries
    from dragoman.exchange import rows, writers

    parts = [CODEBOOK_INTRO, MADE, "## Exported tables"]
    for table, shape in writers.SHAPES.items():
        parts.append(f"### {table}")
        parts.extend(shape_parts(shape))
        parts.append(
            "CSV columns: " + ", ".join(f"`{name}`" for name in writers.csv_columns(table))
        )
    parts.append("## Objects inside exported rows")
    inner = (
        rows.ActorRow, rows.PlaceRow, rows.SpanRow, rows.OccasionRow, rows.PositionRow,
        rows.EvidenceRow,
    )  # fmt: skip
    for shape in inner:
        parts.append(f"### {shape.__name__.removesuffix('Row').lower()}")
        parts.extend(shape_parts(shape))
    parts += ["## Entries", "What the Python functions take and give (`dragoman.entries`)."]
    for name, kind in vars(entries).items():
        if not isinstance(kind, type) or kind.__module__ != entries.__name__:
            continue
        if dataclasses.is_dataclass(kind):
            parts += [f"### {name}", *docstring_parts(kind), fields_table(kind)]
    parts.extend(rule_parts())
    return "\n\n".join(part.strip() for part in parts) + "\n"


def shape_parts(shape: type) -> Iterator[str]:
    """The words of an export object's docstring, and its keys."""
    known = dict(attributes(shape))
    if inspect.getdoc(shape) and shape.__name__ != "TieRow":
        yield summary(shape)
    hints = get_type_hints(shape)
    yield table(
        ("key", "type", "meaning"),
        [
            (f"`{name}`", f"`{type_words(hint)}`", known.get(name, ""))
            for name, hint in hints.items()
        ],
    )


def docstring_parts(kind: type) -> Iterator[str]:
    """A docstring's text before its attributes."""
    yield summary(kind)


def fields_table(kind: Any) -> str:
    """A dataclass's fields, their types, and what its docstring says of them."""
    known = dict(attributes(kind))
    return table(
        ("field", "type", "meaning"),
        [
            (f"`{field.name}`", f"`{field.type}`", known.get(field.name, ""))
            for field in dataclasses.fields(kind)
        ],
    )


def summary(kind: type) -> str:
    """A docstring up to its list of attributes, without reST roles."""
    text = (inspect.getdoc(kind) or "").split("\nAttributes:")[0]
    return re.sub(r":\w+:`~?(?:[\w.]+\.)?(\w+)`", r"`\1`", text).replace("``", "`").strip()


def attributes(kind: type) -> Iterator[tuple[str, str]]:
    """Names and meanings of the "Attributes:" of a docstring; "a, b: ..." explains both."""
    _, _, listed = (inspect.getdoc(kind) or "").partition("\nAttributes:\n")
    for item in re.split(r"\n(?=    \S)", listed.rstrip()):
        names, colon, meaning = item.strip().partition(":")
        if colon:
            words = " ".join(meaning.split()).replace("``", "`")
            for name in names.split(","):
                yield name.strip().strip("`"), words


def type_words(hint: Any) -> str:
    """A type as people write it."""
    words = hint.__name__ if isinstance(hint, type) and not hasattr(hint, "__args__") else str(hint)
    words = re.sub(r"dragoman\.\w+\.\w+\.(\w+?)Row\b", lambda found: found[1].lower(), words)
    words = re.sub(r"\b(\w+)Row\b", lambda found: found[1].lower(), words)
    return words.replace("None", "null").replace("str", "text")


def rule_parts() -> Iterator[str]:
    """PLOVER's types and contexts, and the kinds of ties."""
    from dragoman.rulebook.book import BUILT_IN

    yield "## Event types"
    yield rule_table(
        BUILT_IN / "plover" / "types.csv",
        ("type", "gloss", "quad", "scale", "future", "modes", "example"),
    )
    yield "## Contexts"
    with (BUILT_IN / "plover" / "contexts.csv").open(encoding="utf-8", newline="") as stream:
        yield ", ".join(f"`{row['context']}`" for row in csv.DictReader(stream))
    yield "## Kinds of ties and their states"
    yield rule_table(
        BUILT_IN / "ties" / "kinds.csv", ("kind", "state", "gloss", "sign", "directed", "ends")
    )


def rule_table(path: Path, columns: Sequence[str] | None = None) -> str:
    """A rule file as a table."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        names = columns or tuple(reader.fieldnames or ())
        return table(names, [tuple(row.get(name) or "" for name in names) for row in reader])


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(
        "| " + " | ".join(" ".join(cell.replace("|", "\\|").split()) for cell in line) + " |"
        for line in lines
    )


PAGES = {"cli.md": cli_page, "codebook.md": codebook_page}


def main(arguments: list[str]) -> int:
    """Write the pages, or compare them; 1 if one is not as it should be."""
    stale = []
    for name, make in PAGES.items():
        path = DOCS / name
        page = make()
        if path.exists() and path.read_text("utf-8") == page:
            continue
        stale.append(name)
        if "--check" not in arguments:
            path.write_text(page, "utf-8")
    sys.stderr.write(f"{', '.join(stale) or 'nothing'} changed\n")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
