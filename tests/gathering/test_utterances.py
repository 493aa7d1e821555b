"""The same words on the same occasion, however they were worded."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from tests.gathering.made_up import actor, plain, say

from dragoman.gathering.utterances import find_utterances, sayings_of

if TYPE_CHECKING:
    from dragoman.entries import ReadReport, Utterance

WHO = "Minister Orla Vance"


def speech(
    report_id: str, words: str, who: str = WHO, key: str = "person:vance", code: str = "OST",
    kind: str = "indirect", day: str = "2031-05-01",
) -> ReadReport:  # fmt: skip
    read = plain(report_id, "Talks", f"{who} said {words}.", day)
    speaker = actor(read, who, key, code) if who else None
    return say(read, words, speaker, kind)


def found(*reads: ReadReport) -> tuple[Utterance, ...]:
    return find_utterances([s for read in reads for s in sayings_of(read)], "y1")


QUOTED = speech("a", '"There is no cause to put off normal relations with Westmark"', kind="direct")


@pytest.mark.parametrize(
    "words",
    [
        "there was no reason to delay normalization of relations with Westmark",
        "Ostland had no grounds to postpone normal ties with Westmark",
        '"We see no cause to put off normal relations with Westmark and its people, who are our friends"',
    ],
)
def test_translated_trimmed_or_indirect_words_are_one_utterance(words: str) -> None:
    other = speech("b", words)
    (utterance,) = found(QUOTED, other)
    assert utterance.member_ids == (QUOTED.statements[0].id, other.statements[0].id)
    assert utterance.speaker == "person:vance"
    assert utterance.story_id == "y1"


@pytest.mark.parametrize(
    "words",
    [
        "the harvest would be the best in ten years",
        "relations with Westmark were a matter for the parliament to settle after the vote",
        "trade with Northland was still small",
    ],
)
def test_other_words_of_the_same_speaker_are_not(words: str) -> None:
    assert found(QUOTED, speech("b", words)) == ()


def test_another_person_who_says_much_the_same_is_not_the_same_utterance() -> None:
    other = speech("b", "there was no reason to delay normal relations with Westmark", who="President Idris Hale",
                   key="person:hale", code="NOR")  # fmt: skip
    assert found(QUOTED, other) == ()


def test_a_speaker_known_by_surname_only_is_the_same() -> None:
    other = speech(
        "b", "there was no reason to delay normal relations with Westmark", who="Vance", key="Vance"
    )
    assert len(found(QUOTED, other)) == 1


def test_two_statements_of_one_report_are_never_one_utterance() -> None:
    read = plain(
        "c",
        "Talks",
        f"{WHO} said we want peace with Westmark. {WHO} said we want peace with Westmark now.",
        "2031-05-01",
    )
    speaker = actor(read, WHO, "person:vance", "OST")
    read = say(
        say(read, "we want peace with Westmark now", speaker),
        "we want peace with Westmark",
        speaker,
    )
    other = speech("d", "we want peace with Westmark now")
    (utterance,) = found(read, other)
    assert len(utterance.member_ids) == 2


def both(report_id: str, *words: str) -> ReadReport:
    """A report in which the minister says several things."""
    prose = " ".join(f"{WHO} said {said}." for said in words)
    read = plain(report_id, "Talks", prose, "2031-05-01")
    for number, said in enumerate(words):
        read = say(read, said, actor(read, WHO, "person:vance", "OST", number))
    return read


def test_what_is_told_in_full_finds_its_counterpart_before_a_scrap_does() -> None:
    one = both(
        "a", "there was no reason to delay the return to normal relations with Westmark at all"
    )
    other = both(
        "b", "normal relations with Westmark",
        "there was no reason not to return to normal relations of Ostland with Westmark",
    )  # fmt: skip
    (utterance,) = found(one, other)
    assert utterance.member_ids == (one.statements[0].id, other.statements[1].id)


def test_words_that_a_report_gives_twice_are_no_rivals_of_each_other() -> None:
    twice = both(
        "a", "Northland was the first country that Ostland turned to for support of the conference",
        "Northland was the country that Ostland turned to first, for support of a conference on peace",
    )  # fmt: skip
    other = both("b", "the first country to look to for support of a conference was Northland")
    assert len(found(twice, other)) == 1


def test_embeddings_carry_what_words_cannot() -> None:
    near, far = bytes([100, 20] * 8), bytes([20, 156] * 8)
    words = (
        "the road that lies ahead of both is long",
        "much remains to be done before the journey ends",
    )
    for embedding, joined in ((near, 1), (far, 0)):
        one, other = speech("a", words[0]), speech("b", words[1])
        reads = [
            say(plain(r.report.id, "Talks", r.report.text.split("\n")[1], "2031-05-01"), r.statements[0].content.text,
                r.statements[0].speaker, embedding=e)
            for r, e in ((one, near), (other, embedding))
        ]  # fmt: skip
        assert len(found(*reads)) == joined


def test_the_order_of_statements_does_not_matter() -> None:
    reads = [QUOTED, speech("b", "there was no reason to delay normalization of relations with Westmark"),
             speech("c", "Ostland had no grounds to postpone normal ties with Westmark"),
             speech("d", "the harvest would be the best in ten years")]  # fmt: skip
    wanted = found(*reads)
    assert [len(u.member_ids) for u in wanted] == [3]
    for seed in range(6):
        shuffled = list(reads)
        random.Random(seed).shuffle(shuffled)
        assert found(*shuffled) == wanted
