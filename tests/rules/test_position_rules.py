"""Every sentence of every rule of positions, read by the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dragoman.entries import Part, Report
from dragoman.errors import RuleError, UnknownValueError
from dragoman.rulebook import load_rulebook
from dragoman.rulebook.positions import load_positions

if TYPE_CHECKING:
    from pathlib import Path

    from dragoman.entries import Position
    from dragoman.reading import Reader

RULES = load_rulebook().positions.rules
CATCHES = [(rule.kind, text, toward) for rule in RULES for text, toward in rule.catches]
LEAVES = [(rule.kind, text) for rule in RULES for text in rule.leaves]


def positions(reader: Reader, text: str) -> list[Position]:
    report = Report(id="r", text=text, published="2024-05-23", parts=(Part("prose", 0, len(text)),))
    return [held for one in reader.read(report).statements for held in one.positions]


@pytest.mark.parametrize(("kind", "text", "toward"), CATCHES)
def test_caught(reader: Reader, kind: str, text: str, toward: tuple[str, ...]) -> None:
    found = [one for one in positions(reader, text) if one.kind == kind]
    told = {a.country_code for one in found for a in one.toward if a.country_code}
    assert found
    assert told == set(toward)
    for one in found:
        assert text[one.span.start : one.span.end] == one.span.text


@pytest.mark.parametrize(("kind", "text"), LEAVES)
def test_left(reader: Reader, kind: str, text: str) -> None:
    assert [one.span.text for one in positions(reader, text) if one.kind == kind] == []


def rule_file(folder: Path, text: str) -> Path:
    path = folder / "positions.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_misspelt_kind_is_named_with_the_nearest(tmp_path: Path) -> None:
    text = "- kind: suports\n  verbs: [back]\n  catches: [{text: a, toward: []}]\n  leaves: [b]\n"
    with pytest.raises(UnknownValueError, match="did you mean 'supports'"):
        load_positions(rule_file(tmp_path, text), (), ())


def test_a_rule_without_examples_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="needs a sentence it catches and one it leaves"):
        load_positions(rule_file(tmp_path, "- kind: supports\n  verbs: [back]\n"), (), ())
