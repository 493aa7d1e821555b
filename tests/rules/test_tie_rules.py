"""Tie kinds and tie rules: they load, errors say where, and each rule holds on its own sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dragoman.entries import Part, Report
from dragoman.errors import RuleError, UnknownValueError
from dragoman.reading.surroundings import member_of
from dragoman.rulebook import load_rulebook
from dragoman.rulebook.book import BUILT_IN
from dragoman.rulebook.tierules import load_ties

if TYPE_CHECKING:
    from pathlib import Path

    from dragoman.entries import TieTelling
    from dragoman.reading import Reader

HEADER = "kind,state,sign,directed,standing,talk,follows,ends,sought,talks,gloss\n"
# Of the rules' own sentences at least this many must come out; the rest are known gaps of the
# language model, listed by the failing message when the floor is broken.
CAUGHT = 0.93
SILENT = 0.98


def folder(tmp_path: Path, kinds: str, rules: str = "") -> tuple[Path, ...]:
    (tmp_path / "kinds.csv").write_text(HEADER + kinds, encoding="utf-8")
    if rules:
        (tmp_path / "own.yaml").write_text(rules, encoding="utf-8")
    return (tmp_path,)


def test_built_in_kinds_hold_together() -> None:
    book = load_ties((BUILT_IN / "ties",))
    severed = book.kinds["diplomatic relations", "severed"]
    assert "in force" in severed.ends
    assert "severed" in book.kinds["diplomatic relations", "restored"].ends
    assert book.directed("embassy")
    assert not book.directed("diplomatic relations")
    for row in book.kinds.values():
        assert row.state not in row.ends, f"{row.kind} {row.state} ends itself"
        if row.sought:
            assert book.kinds[row.kind, row.sought].talk, f"{row.kind}: {row.sought} is no talk"


def test_talk_never_counts_as_the_fact() -> None:
    book = load_rulebook().ties
    told = "diplomatic relations", "restored"
    assert book.as_told(*told, ()) == "restored"
    assert book.as_told(*told, ("future",)) == "restoration sought"
    assert book.as_told(*told, ("hypothetical",)) == "restoration sought"
    assert book.as_told(*told, ("negation",)) is None
    assert book.as_told("diplomatic relations", "severed", ("hypothetical",)) is None
    for kind, state in book.kinds:
        counted = book.as_told(kind, state, ("hypothetical",))
        assert counted is None or book.kinds[kind, counted].talk


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        ("pact,signed,2,no,no,no,,,,,x\n", "outside -1 to 1"),
        ("pact,signed,much,no,no,no,,,,,x\n", "no number"),
        (
            "pact,signed,1,no,no,no,,endde,,,x\npact,ended,0,no,no,no,,,,,x\n",
            "did you mean 'ended'",
        ),
        ("pact,signed,1,perhaps,no,no,,,,,x\n", "directed 'perhaps' is not known"),
        ("pact,signed,1,no,no,no,,,,,x\npact,signed,1,no,no,no,,,,,x\n", "twice"),
        ("pact,signed,1,no,no,no,,,,,x\npact,ended,1,yes,no,no,,,,,x\n", "directed in all"),
        ("pact,signed,1,no,no,no,,,,,\n", "'gloss' must not be empty"),
    ],
)
def test_bad_kinds_are_named(tmp_path: Path, kinds: str, words: str) -> None:
    with pytest.raises(RuleError, match=words):
        load_ties(folder(tmp_path, kinds))


RULE = """- id: pact.signed
  kind: pact
  state: signed
  verb: [sign]
  catches: [{text: "Peru signed a pact with Fiji.", members: [PER, FJI]}]
  leaves: ["The star signed shirts."]
"""


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("state: signed", "state: singed"), "did you mean 'signed'"),
        (("kind: pact", "kind: pcat"), "did you mean 'pact'"),
        (("verb: [sign]", "verbs: [sign]"), "did you mean 'verb'"),
        (("verb: [sign]", "verb: ['@signs']"), "word list 'signs' is not known"),
        (("verb: [sign]", "about: [sign]"), "needs 'verb', 'noun' or 'adjective'"),
        (("verb: [sign]", "verb: [sign]\n  one: [subjekt]"), "did you mean 'subject'"),
        (("leaves:", "note:"), "a sentence it catches and one it leaves"),
        (("members: [PER, FJI]", "names: [PER]"), "text, members"),
        (("- id: pact.signed\n  kind", "- kind"), "needs 'id'"),
    ],
)
def test_bad_rules_are_named(tmp_path: Path, change: tuple[str, str], words: str) -> None:
    kinds = "pact,signed,1,no,no,no,,,,,x\n"
    assert load_ties(folder(tmp_path, kinds, RULE)).rules[0].words.verb == ("sign",)
    with pytest.raises(RuleError, match=words) as caught:
        load_ties(folder(tmp_path, kinds, RULE.replace(*change)))
    assert "own.yaml:1" in str(caught.value)


def test_an_unknown_state_names_the_allowed(tmp_path: Path) -> None:
    kinds = "pact,signed,1,no,no,no,,,,,x\npact,ended,1,no,no,no,,,,,x\n"
    with pytest.raises(UnknownValueError, match="allowed: ended, signed"):
        load_ties(folder(tmp_path, kinds, RULE.replace("state: signed", "state: zzz")))


def read(reader: Reader, text: str) -> tuple[TieTelling, ...]:
    report = Report("r", text, published="2024-05-24", parts=(Part("prose", 0, len(text)),))
    return reader.read(report).tellings


def test_rules_catch_their_sentences(reader: Reader) -> None:
    missed, asked = [], 0
    for rule in reader.rulebook.ties.rules:
        for example in rule.catches:
            asked += 1
            found = [
                one
                for one in read(reader, example.text)
                if one.kind == rule.kind
                and {member_of(actor) for actor in one.members} == set(example.members)
                and "negation" not in one.auxiliary
            ]
            if not found:
                missed.append(f"{rule.id}: {example.text}")
    assert len(missed) <= (1 - CAUGHT) * asked, "\n".join(missed)


def test_rules_leave_their_sentences(reader: Reader) -> None:
    book = reader.rulebook.ties
    loud, asked = [], 0
    for rule in book.rules:
        for text in rule.leaves:
            asked += 1
            loud += [
                f"{rule.id}: {text}"
                for one in read(reader, text)
                if one.coder == f"rule:{rule.id}"
                and book.as_told(one.kind, one.state, one.auxiliary)
            ]
    assert len(loud) <= (1 - SILENT) * asked, "\n".join(loud)
