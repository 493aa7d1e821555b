"""Standard output and standard error: a table for eyes, JSON lines for programs.

Text of reports comes from outside. It is shown as plain text: no markup of it is obeyed, and control
characters (which can move the cursor, colour or retitle a terminal) are shown as marks.
"""

from __future__ import annotations

import json
import sys
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from rich.console import Console
    from rich.text import Text

# From this width on the columns of a table stand well apart; how long a word is kept whole in any.
_ROOMY, _WORD = 100, 12
# Characters that turn the direction of the text that follows.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        title: its heading.
        cell: makes the cell from a row.
        style: a rich style.
        wide: its share of the width that is left; its text may be folded. 0 keeps each cell whole.
    """

    title: str
    cell: Callable[[Any], str]
    style: str = ""
    wide: int = 0


def safe(text: str) -> str:
    """Text with a mark for each character that a terminal obeys."""
    return "".join(
        "\N{REPLACEMENT CHARACTER}"
        if unicodedata.category(character) == "Cc" or character in _TURNING
        else character
        for character in text
    )


def plain(text: str) -> str:
    """Text on one line, with nothing in it that a terminal obeys."""
    return safe(" ".join(text.split()))


def on_terminal() -> bool:
    """Whether a person looks at standard output."""
    return sys.stdout.isatty()


def out() -> Console:
    """The console of standard output."""
    from rich.console import Console

    return Console(highlight=False, markup=False, emoji=False, soft_wrap=False)


def note(words: str) -> None:
    """A line for people on standard error."""
    sys.stderr.write(f"{safe(' '.join(words.splitlines()))}\n")


def say(words: str) -> None:
    """A line for people on standard output."""
    sys.stdout.write(f"{safe(' '.join(words.splitlines()))}\n")


def rows(items: Iterable[Mapping[str, Any]], columns: Sequence[Column], *, as_json: bool) -> int:
    """Show rows: as JSON lines, or as a table. Gives back how many there were."""
    if as_json:
        count = 0
        for item in items:
            sys.stdout.write(json.dumps(item, ensure_ascii=False) + "\n")
            count += 1
        return count
    return _table(items, columns)


def _table(items: Iterable[Any], columns: Sequence[Column]) -> int:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    cells = [[plain(column.cell(item)) for column in columns] for item in items]
    console = out()
    roomy = console.width >= _ROOMY
    table = Table(
        box=SIMPLE_HEAD,
        pad_edge=False,
        show_edge=False,
        collapse_padding=not roomy,
        expand=roomy and any(one.wide for one in columns),
    )
    for place, column in enumerate(columns):
        # So wide that no common word is cut in two.
        words = [len(word) for row in cells for word in row[place].split()]
        table.add_column(
            column.title,
            style=column.style,
            overflow="fold",
            no_wrap=not column.wide,
            ratio=(column.wide or None) if roomy else None,
            min_width=min(max(words, default=0), _WORD) if column.wide else None,
        )
    for row in cells:
        table.add_row(*map(Text, row))
    count = len(cells)
    if count:
        console.print(table)
    return count


def marked(text: str, offset: int, marks: Sequence[tuple[int, int, str]]) -> Text:
    """A passage with stretches of it in a style.

    Args:
        text: the passage.
        offset: where the passage begins in its report.
        marks: start, end (in the report) and style; later ones lie over earlier ones.
    """
    from rich.text import Text

    # One character for one character, so that the offsets hold.
    shown = Text("".join(" " if sign.isspace() else safe(sign) for sign in text))
    for start, end, style in marks:
        shown.stylize(style, max(0, start - offset), max(0, end - offset))
    return shown


def one(item: Mapping[str, Any]) -> None:
    """One JSON object on a line."""
    sys.stdout.write(json.dumps(item, ensure_ascii=False) + "\n")
