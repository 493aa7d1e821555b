"""Letters that stand for a name and spell a common word (``rules/capitals.csv``): "IS", "WHO"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dragoman.errors import RuleError
from dragoman.rulebook.tables import read_csv

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Capitals:
    """Letters that spell a common word.

    Attributes:
        letters: as reports write them.
        shown: what the language model, which reads small letters, is shown in their place; as long.
        names: what a report must have in it for the letters to be meant; one of these is enough.
    """

    letters: str
    shown: str
    names: tuple[str, ...]


def load_capitals(path: Path) -> tuple[Capitals, ...]:
    """Reads and checks the table, in the order of the file.

    Raises:
        RuleError: letters that are no capitals, that stand twice, or are not as many as those shown.
    """
    made: dict[str, Capitals] = {}
    for row in read_csv(path):
        letters, shown = row.need("letters"), row.need("shown")
        names = tuple(one.strip() for one in row.need("names").split(";"))
        for words in (letters, shown):
            if not (words.isalpha() and words.isupper()):
                raise RuleError(f"{words!r} is not all capitals", file=path.name, line=row.line)
        if len(letters) != len(shown):
            message = f"{shown!r} is not as long as {letters!r}: places in the text would move"
            raise RuleError(message, file=path.name, line=row.line)
        if letters in made:
            raise RuleError(f"{letters!r} stands twice", file=path.name, line=row.line)
        made[letters] = Capitals(letters, shown, names)
    return tuple(made.values())
