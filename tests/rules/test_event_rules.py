"""Every sentence of every event rule, read by the program.

Not all promises are kept yet: the share that is may only rise. Sentences to leave are all left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dragoman.check import Verdict, check_rules
from dragoman.errors import RuleError, UnknownValueError
from dragoman.rulebook import load_rulebook

if TYPE_CHECKING:
    from pathlib import Path

    from dragoman.reading import Reader

# 669 of 977 sentences to catch were caught with the weights of version 1.0.0; to be raised with them.
CAUGHT = 0.68


@pytest.fixture(scope="module")
def verdicts(reader: Reader) -> list[Verdict]:
    return list(check_rules(reader))


def test_enough_is_caught(verdicts: list[Verdict]) -> None:
    catches = [one for one in verdicts if one.sentence not in one.rule.leaves]
    share = sum(one.kept for one in catches) / len(catches)
    assert share >= CAUGHT, f"{share:.3f} of {len(catches)} sentences caught"


def test_what_must_be_left_is_left(verdicts: list[Verdict]) -> None:
    broken = [
        f"{one.rule.id}: {one.sentence} -> {one.problem}"
        for one in verdicts
        if one.sentence in one.rule.leaves and not one.kept
    ]
    assert broken == []


def test_every_type_has_rules(reader: Reader) -> None:
    told = {rule.event for rule in reader.rulebook.predicates}
    assert told == set(reader.rulebook.ontology.types)


def rule_file(folder: Path, text: str) -> Path:
    (folder / "predicates").mkdir()
    (folder / "predicates" / "own.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_misspelt_type_is_named_with_the_nearest(tmp_path: Path) -> None:
    text = "- id: x.y\n  event: COERSE\n  verb: [seize]\n  catches: [{text: a}]\n  leaves: [b]\n"
    with pytest.raises(UnknownValueError) as error:
        load_rulebook(rule_file(tmp_path, text))
    assert str(error.value) == "own.yaml:1: event 'COERSE' is not known; did you mean 'COERCE'?"


def test_a_rule_without_examples_is_refused(tmp_path: Path) -> None:
    text = "- id: x.y\n  event: COERCE\n  verb: [seize]\n"
    with pytest.raises(RuleError, match="needs a sentence it catches and one it leaves"):
        load_rulebook(rule_file(tmp_path, text))


def test_an_own_rule_lies_over_the_built_in_one(tmp_path: Path) -> None:
    text = (
        "- id: coerce.arrest\n  event: COERCE\n  verb: [nab]\n"
        "  catches: [{text: 'Police nabbed him.'}]\n  leaves: ['He naps.']\n"
    )
    before, after = load_rulebook(), load_rulebook(rule_file(tmp_path, text))
    assert len(before.predicates) == len(after.predicates)
    assert next(rule for rule in after.predicates if rule.id == "coerce.arrest").verb == ("nab",)
    assert before.digest != after.digest
