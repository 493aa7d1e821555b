"""Trees mended where the parser errs; all sentences were written for these tests."""

from __future__ import annotations

import pytest

from dragoman.language.attaching import in_one
from dragoman.language.mending import mend
from dragoman.language.tags import Name, Token


def tree(rows: str) -> tuple[Token, ...]:
    """A tree from "word/CLASS/relation>head" a word, heads counted from 0."""
    made, start = [], 0
    for row in rows.split():
        word, upos, rest = row.split("/")
        relation, head = rest.split(">")
        made.append(
            Token(
                text=word,
                lemma=word.lower(),
                upos=upos,
                head=int(head),
                deprel=relation,
                start=start,
                end=start + len(word),
            )
        )
        start += len(word) + 1
    return tuple(made)


CONDEMNED = (
    "Togo/PROPN/nsubj>1 condemned/VERB/root>-1 the/DET/det>3 coup/NOUN/obj>1 by/ADP/case>6 "
    "Major/NOUN/compound>6 Mendi/PROPN/obl:agent>1"
)
PASSIVE = "Togo/PROPN/nsubj:pass>2 was/AUX/aux:pass>2 condemned/VERB/root>-1 by/ADP/case>4 Mali/PROPN/obl:agent>2"


def test_what_is_done_by_somebody_is_the_object_of_an_active_verb() -> None:
    agent = mend(tree(CONDEMNED))[6]
    assert (agent.head, agent.deprel) == (3, "nmod")


@pytest.mark.parametrize(
    "rows",
    [
        PASSIVE,
        # Nothing stands before "by" that somebody could have done.
        "Togo/PROPN/nsubj>1 won/VERB/root>-1 it/PRON/obj>1 by/ADP/case>4 stealth/NOUN/obl:agent>1",
    ],
)
def test_other_agents_stay(rows: str) -> None:
    given = tree(rows)
    assert mend(given) == given


def test_a_name_hung_on_another_over_the_verb_is_its_subject() -> None:
    made = mend(
        tree(
            "Chad/PROPN/nmod:poss>2 's/PART/case>0 King/PROPN/nmod:desc>6 Omar/PROPN/flat>6 hosted/VERB/root>-1 "
            "President/PROPN/nmod:desc>6 Bello/PROPN/obj>4"
        )
    )
    assert [(one.head, one.deprel) for one in made][:4] == [
        (3, "nmod:poss"),
        (0, "case"),
        (3, "compound"),
        (4, "nsubj"),
    ]


def test_two_clauses_read_as_one_are_two() -> None:
    made = mend(
        tree(
            "Norway/PROPN/nsubj>6 and/CCONJ/cc>2 Spain/PROPN/conj>0 left/VERB/xcomp>6 and/CCONJ/cc>5 "
            "Chad/PROPN/conj>0 stayed/VERB/root>-1"
        )
    )
    assert [(one.head, one.deprel) for one in made] == [
        (3, "nsubj"), (2, "cc"), (0, "conj"), (-1, "root"), (5, "cc"), (6, "nsubj"), (3, "conj"),
    ]  # fmt: skip


ROUNDED = (
    "Police/NOUN/nsubj>1 rounded/VERB/root>-1 up/ADP/compound:prt>1 more/ADJ/advmod>5 than/ADP/fixed>3 "
    "100/NUM/nummod>6 activists/NOUN/obl>1"
)


def test_counted_people_behind_a_verb_without_an_object_are_it() -> None:
    assert mend(tree(ROUNDED))[6].deprel == "obj"


EXECUTED = (
    "Chad/PROPN/nsubj>1 executed/VERB/root>-1 the/DET/det>3 cleric/NOUN/compound>1 Nur/PROPN/flat>3"
)


def test_a_noun_hung_on_the_verb_before_it_is_its_object() -> None:
    assert mend(tree(EXECUTED))[3].deprel == "obj"
    assert mend(tree(EXECUTED.replace("the/DET/det>3", "in/ADP/case>3")))[3].deprel == "compound"


@pytest.mark.parametrize(
    "rows",
    [
        ROUNDED.replace("activists", "days"),
        ROUNDED.replace("up/ADP/compound:prt", "him/PRON/obj"),
        ROUNDED.replace("than/ADP/fixed>3", "for/ADP/case>6"),
    ],
)
def test_measures_and_phrases_behind_a_verb_stay(rows: str) -> None:
    assert mend(tree(rows))[6].deprel == "obl"


def test_what_a_colon_sets_before_a_clause_is_no_second_subject() -> None:
    rows = "Libya/PROPN/nsubj>3 :/PUNCT/punct>3 premier/NOUN/nsubj>3 quits/VERB/root>-1"
    first, _, second, _ = mend(tree(rows))
    assert (first.deprel, second.deprel) == ("dislocated", "nsubj")
    alone = mend(tree("Libya/PROPN/nsubj>2 :/PUNCT/punct>2 quits/VERB/root>-1"))
    assert alone[0].deprel == "nsubj"


def test_a_name_beside_the_subject_says_whose_it_is() -> None:
    rows = "the/DET/det>1 Berg/PROPN/nsubj>3 team/NOUN/nsubj>3 left/VERB/root>-1"
    article, name, noun, _ = mend(tree(rows))
    assert (article.head, name.head, name.deprel, noun.deprel) == (2, 2, "compound", "nsubj")
    title = mend(tree(rows.replace("team/NOUN", "Lind/PROPN")))
    assert title[1].deprel == "nsubj"


def test_who_is_joined_to_the_subject_behind_its_verb_is_that_of_the_next() -> None:
    rows = (
        "Chad/PROPN/nsubj>1 paid/VERB/root>-1 tax/NOUN/obj>1 and/CCONJ/cc>4 Mali/PROPN/conj>0 "
        "is/AUX/aux>6 leaving/VERB/ccomp>1"
    )
    made = mend(tree(rows))
    assert [(one.head, one.deprel) for one in made][3:] == [
        (6, "cc"), (6, "nsubj"), (6, "aux"), (1, "conj"),
    ]  # fmt: skip
    passive = mend(tree(rows.replace("is/AUX/aux>", "is/AUX/aux:pass>")))
    assert passive[4].deprel == "nsubj:pass"
    marked = mend(tree(rows.replace("is/AUX/aux>6", "that/SCONJ/mark>6")))
    assert (marked[4].head, marked[4].deprel) == (0, "conj")


def test_what_a_preposition_brings_hangs_on_what_stands_before_it() -> None:
    rows = (
        "Chad/PROPN/nsubj>1 fought/VERB/root>-1 against/ADP/case>3 rebels/NOUN/nmod>5 in/ADP/case>5 "
        "Mali/PROPN/obl>1"
    )
    made = mend(tree(rows))
    assert [(made[3].head, made[3].deprel), (made[5].head, made[5].deprel)] == [
        (1, "obl"),
        (3, "nmod"),
    ]
    told = mend(
        tree(
            "Chad/PROPN/nsubj>4 with/ADP/case>2 Mali/PROPN/nmod>4 among/ADP/case>4 members/NOUN/root>-1"
        )
    )
    assert (told[2].head, told[2].deprel) == (4, "nmod")


def test_what_stands_behind_a_compound_is_the_whole_s() -> None:
    rows = (
        "Togo/PROPN/nsubj>1 widened/VERB/root>-1 trade/NOUN/compound>5 and/CCONJ/cc>4 open/ADJ/conj>2 "
        "ties/NOUN/obj>1 between/ADP/case>8 both/DET/det>8 lands/NOUN/nmod>2"
    )
    mended = mend(tree(rows))
    assert mended[8].head == 5
    assert mended[4].head == 2
    assert mended[2].head == 5


def test_who_has_the_owner_s_mark_is_the_owner() -> None:
    rows = "Togo/PROPN/compound>3 's/PART/case>0 highest/ADJ/amod>3 court/NOUN/nsubj>4 sat/VERB/root>-1"
    assert mend(tree(rows))[0].deprel == "nmod:poss"


def test_what_stands_before_the_verb_of_saying_is_no_part_of_the_quotation() -> None:
    rows = (
        "Of/ADP/case>1 rain/NOUN/obl>6 Lind/PROPN/nsubj>3 said/VERB/root>-1 “/PUNCT/punct>6 it/PRON/nsubj>6 "
        "falls/VERB/ccomp>3 ”/PUNCT/punct>6"
    )
    assert mend(tree(rows))[1].head == 3
    assert mend(tree(rows.replace("“", ",").replace("”", ",")))[1].head == 6


def test_with_whom_a_border_is_shared_says_which_border() -> None:
    rows = (
        "Togo/PROPN/nsubj>1 moved/VERB/root>-1 tanks/NOUN/obj>1 to/ADP/case>5 its/PRON/nmod:poss>5 "
        "{}/NOUN/obl>1 with/ADP/case>7 Mali/PROPN/obl>1"
    )
    assert mend(tree(rows.format("border")))[7].head == 5
    assert mend(tree(rows.format("coast")))[7].head == 1


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ("La/PROPN/nsubj>2 Riva/PROPN/nsubj>2 left/VERB/root>-1", (0, "flat")),
        ("La/PROPN/compound>2 Riva/PROPN/compound>2 house/NOUN/root>-1", (2, "compound")),
        ("La/PROPN/nsubj>2 Riva/PROPN/obj>2 left/VERB/root>-1", (2, "obj")),
    ],
)
def test_the_words_of_one_name_are_one_phrase(rows: str, wanted: tuple[int, str]) -> None:
    made = in_one(tree(rows), (Name(0, 2, "PER", "person"),))
    assert (made[1].head, made[1].deprel) == wanted
