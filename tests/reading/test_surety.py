"""How likely a statement is right: what speaks for and against it, and that its confidence follows the table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.entries import Actor, Mention, Part, Report, Statement
from dragoman.reading.surety import SUREST, Company, features, with_confidence
from dragoman.spans import cut

if TYPE_CHECKING:
    from dragoman.reading import Reader

TEXT = 'Anna Lind met Omar Said in Oslo. Omar Said left early. She said that the pier was shut, and he wrote: "We go."'
LIND = "person:Anna Lind"


def actor(words: str, name: str | None, place: int = 0) -> Actor:
    start = TEXT.index(words, place)
    key = f"person:{name}" if name else None
    return Actor(cut(TEXT, start, start + len(words)), name=name, catalogue_id=key)


def statement(number: int, speaker: Actor, cue: str, content: str, **given: object) -> Statement:
    at, to = TEXT.index(cue), TEXT.index(content)
    words = cut(TEXT, to, to + len(content))
    made = Statement(
        id=f"s{number}", report_id="r", sentence=2, span=words, kind="indirect", speaker=speaker,
        cue=cut(TEXT, at, at + len(cue)), content=words, confidence=0.8, coder="rule:say",
    )  # fmt: skip
    return replace(made, **given)  # type: ignore[arg-type]


def mention(who: Actor) -> Mention:
    return Mention(0, "name", who.span, who)


SHE = statement(0, actor("She", "Anna Lind"), "said", "that the pier was shut")
HE = statement(
    1,
    actor("he", "Omar Said", TEXT.index("he wrote")),
    "wrote",
    '"We go."',
    kind="direct",
    coder="rule:write",
)
NAMES = (
    mention(actor("Anna Lind", "Anna Lind")),
    mention(actor("Omar Said", "Omar Said")),
    mention(actor("Omar Said", "Omar Said", 30)),
)


def test_a_pronoun_is_weighed_by_who_was_named_since() -> None:
    company = Company((SHE, HE), NAMES)
    told = features(SHE, company)
    assert {"speaker pronoun named", "pronoun she", "pronoun others since 1"} <= told.keys()
    assert {
        "order speaker cue content",
        "begins that",
        "by rule indirect",
        "cue say",
        "beside 1",
    } <= told.keys()
    assert "pronoun new" not in told
    assert "pronoun new" in features(SHE, Company((SHE,), ()))
    assert "pronoun others since 0" in features(SHE, Company((SHE,), NAMES[:1]))


def test_who_spoke_before_and_what_stands_inside_is_seen() -> None:
    again = replace(HE, speaker=replace(HE.speaker, name="Anna Lind", catalogue_id=LIND))  # type: ignore[type-var]
    assert "pronoun spoke before" in features(again, Company((SHE, again), NAMES))
    assert "pronoun spoke before" not in features(HE, Company((SHE, HE), NAMES))
    inner = replace(SHE, id="s2", content=cut(TEXT, SHE.content.start + 5, SHE.content.end))
    assert "inside" in features(inner, Company((SHE, inner), NAMES))
    assert "inside" not in features(SHE, Company((SHE, inner), NAMES))


def test_what_nobody_says_and_no_word_tells() -> None:
    bare = replace(SHE, speaker=None, cue=None)
    told = features(bare, Company((bare,), ()))
    assert {"speaker none", "no cue"} <= told.keys()
    assert not [name for name in told if name.startswith(("order", "pronoun"))]


@pytest.mark.parametrize(
    ("weights", "chance"),
    [({"": 0.0}, 0.5), ({"": 9.0}, SUREST), ({"": -9.0}, 1 - SUREST), ({"pronoun she": 1.0}, 0.731), ({}, 0.8)],
)  # fmt: skip
def test_confidence_follows_the_table(weights: dict[str, float], chance: float) -> None:
    (found,) = with_confidence((SHE,), NAMES, weights)
    assert found.confidence == pytest.approx(chance, abs=0.001)
    assert replace(found, confidence=SHE.confidence) == SHE


@given(order=st.permutations((SHE, HE, replace(SHE, id="s3", coder="stance:say"))))
def test_the_order_of_the_statements_changes_nothing(order: list[Statement]) -> None:
    weights = {"beside 2": 0.7, "inside": -1.0, "pronoun spoke before": 0.4, "by stance": -0.5}
    made = {one.id: one.confidence for one in with_confidence(order, NAMES, weights)}
    usual = {
        one.id: one.confidence
        for one in with_confidence(sorted(order, key=lambda one: one.id), NAMES, weights)
    }
    assert made == usual


def test_plain_words_of_a_named_speaker_are_surer_than_a_vague_attitude(reader: Reader) -> None:
    text = (
        "King Hamad of Bahrain said on Monday that his country would reopen its embassy in Tehran. "
        "Some supported a fair for local crafts."
    )
    report = Report(id="r", text=text, published="2024-05-23", parts=(Part("prose", 0, len(text)),))
    found = reader.read(report).statements
    plain = next(one for one in found if "reopen" in one.content.text)
    vague = [one for one in found if one.coder == "stance:support"]
    assert plain.confidence > 0.9
    assert vague
    assert all(one.confidence < 0.75 for one in vague)
