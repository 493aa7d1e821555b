"""Where content, source and cue begin and end, on hand-made trees and made-up tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.reading.trees import tree_of

from dragoman.reading.edges import tidy, tidy_cue, tidy_source, without_aside
from dragoman.reading.quoted import parted, pieces
from dragoman.reading.quotes import Quote
from dragoman.reading.saying import Saying
from dragoman.reading.sayings import sayings
from dragoman.rulebook import load_rulebook

if TYPE_CHECKING:
    from dragoman.reading.tree import Tree

CALLED = """
The the DET 2 det
council council NOUN 3 nsubj
called call VERB 0 root
the the DET 5 det
post post NOUN 3 obj
and and CCONJ 8 cc
the the DET 8 det
road road NOUN 5 conj
a a DET 10 det
waste waste NOUN 3 xcomp
on on ADP 12 case
Friday Friday PROPN 3 obl
. . PUNCT 3 punct
"""

AGREED = """
They they PRON 2 nsubj
agreed agree VERB 0 root
to to PART 4 mark
share share VERB 2 xcomp
a a DET 6 det
coin coin NOUN 4 obj
and and CCONJ 8 cc
rely rely VERB 4 conj
on on ADP 10 case
ships ship NOUN 8 obl
, , PUNCT 12 punct
said say VERB 2 parataxis
Lind Lind PROPN 12 nsubj
"""

SAW = """
However however ADV 7 advmod
, , PUNCT 1 punct
the the DET 4 det
people people NOUN 7 nsubj
, , PUNCT 4 punct
too too ADV 4 advmod
saw see VERB 10 ccomp
it it PRON 7 obj
, , PUNCT 10 punct
said say VERB 0 root
Lind Lind PROPN 10 nsubj
"""

ADMITTED = """
Lind Lind PROPN 2 nsubj
said say VERB 0 root
it it PRON 4 nsubj
stood stand VERB 2 ccomp
, , PUNCT 8 punct
though though SCONJ 8 mark
she she PRON 8 nsubj
admitted admit VERB 4 advcl
it it PRON 10 nsubj
leaked leak VERB 8 ccomp
"""

WARNED = """
Lind Lind PROPN 2 nsubj
said say VERB 0 root
it it PRON 4 nsubj
stood stand VERB 2 ccomp
and and CCONJ 6 cc
warned warn VERB 4 conj
of of ADP 8 case
tolls toll NOUN 6 obl
"""

PREFERRED = """
Voters voter NOUN 2 nsubj
prefer prefer VERB 0 root
Lind Lind PROPN 2 obj
51 51 NUM 5 nummod
percent percent NOUN 2 obj
"""

DENIED = """
Lind Lind PROPN 2 nsubj
denied deny VERB 0 root
the the DET 4 det
claim claim NOUN 2 obj
that that SCONJ 7 mark
it it PRON 7 nsubj
stood stand VERB 4 acl
"""

DECISION = """
Lind Lind PROPN 2 nsubj
overruled overrule VERB 0 root
the the DET 4 det
judge judge NOUN 6 nmod:poss
's 's PART 4 case
decision decision NOUN 2 obj
on on ADP 8 case
Friday Friday PROPN 2 obl
that that SCONJ 11 mark
it it PRON 11 nsubj
stood stand VERB 6 acl
"""


def place(tree: Tree, words: str) -> tuple[int, int]:
    start = tree.tags.text.index(words)
    return start, start + len(words)


def saying(
    tree: Tree, cue: str, source: str | None, *content: str, coder: str = "rule:say"
) -> Saying:
    """Words of saying as the tags may give them."""
    inside = tree.within(*place(tree, cue))
    verb = next(one for one in inside if tree.tokens[one].upos == "VERB")
    return Saying(
        0, place(tree, cue), place(tree, source) if source else None,
        tuple(place(tree, one) for one in content), (), verb, coder, 0.9,
    )  # fmt: skip


def words(tree: Tree, told: Saying) -> list[str]:
    return [tree.tags.text[start:end] for start, end in told.content]


@pytest.mark.parametrize(
    ("lines", "cue", "source", "content", "expected"),
    [
        # what the verb governs besides belongs to it, when it was said does not
        (CALLED, "called", "The council", "the post", "the post and the road a waste"),
        # a coordinated clause goes on, up to the comma
        (AGREED, "agreed", "They", "to share a coin", "to share a coin and rely on ships"),
        # a clause before its words of saying has its subject, without the link to the sentence before
        (SAW, "said", "Lind", "saw it", "the people , too saw it"),
        (SAW, "said", "Lind", "However , the people , too saw it", "the people , too saw it"),
        # a clause has the noun that it belongs to, unless the cue has that noun
        (DENIED, "denied", "Lind", "that it stood", "the claim that it stood"),
        (DENIED, "denied the claim", "Lind", "that it stood", "that it stood"),
        # a share of those asked is no part of what they hold
        (PREFERRED, "prefer", "Voters", "Lind", "Lind"),
    ],
)
def test_content_is_whole(lines: str, cue: str, source: str, content: str, expected: str) -> None:
    tree = tree_of(lines)
    told = tidy(tree, tree.tags.text, saying(tree, cue, source, content), [])
    assert words(tree, told) == [expected]


def test_a_degree_is_no_link() -> None:
    lines = SAW.replace("However however ADV 7", "However however ADV 2").replace(
        ", , PUNCT 1 punct\nthe", "small small ADJ 7 advcl\nthe"
    )
    tree = tree_of(lines)
    told = saying(tree, "said", "Lind", "However small the people , too saw it")
    assert words(tree, tidy(tree, tree.tags.text, told, [])) == [
        "However small the people , too saw it"
    ]


@pytest.mark.parametrize(
    ("lines", "content", "other"),
    [
        (ADMITTED, "it stood , though she admitted it leaked", ("admitted", "she", "it leaked")),
        (WARNED, "it stood and warned of tolls", ("warned", "Lind", "of tolls")),
    ],
)
def test_content_ends_before_words_of_the_same_speaker(
    lines: str, content: str, other: tuple[str, str, str]
) -> None:
    tree = tree_of(lines)
    first = saying(tree, "said", "Lind", content)
    second = saying(tree, *other, coder="rule:admit")
    assert [words(tree, one) for one in parted(tree, [first, second], [])] == [
        ["it stood"],
        [other[2]],
    ]


def test_words_of_another_speaker_stay_in_the_content() -> None:
    tree = tree_of(ADMITTED.replace("she she PRON", "Brook Brook PROPN"))
    first = saying(tree, "said", "Lind", "it stood , though Brook admitted it leaked")
    second = saying(tree, "admitted", "Brook", "it leaked", coder="rule:admit")
    told = parted(tree, [first, second], [])
    assert words(tree, told[0]) == ["it stood , though Brook admitted it leaked"]


def test_words_left_out_in_the_midst_of_a_phrase() -> None:
    tree = tree_of(DECISION)
    text = tree.tags.text
    told = saying(tree, "overruled", "Lind", "the judge", "decision")
    assert [text[a:b] for a, b in pieces(tree, text, told, [])] == ["the judge 's decision"]
    # when it was said stands between what is said, and is none of it
    told = saying(tree, "overruled", "Lind", "the judge 's decision", "that it stood")
    assert [text[a:b] for a, b in pieces(tree, text, told, [])] == [
        "the judge 's decision",
        "that it stood",
    ]


def test_a_cue_has_the_preposition_of_its_verb() -> None:
    lines = """
    Lind Lind PROPN 2 nsubj
    disagreed disagree VERB 0 root
    with with ADP 5 case
    the the DET 5 det
    king king NOUN 2 obl
    """
    tree = tree_of(lines)
    stance = saying(tree, "disagreed", "Lind", "with the king", coder="stance:disagree")
    told = tidy_cue(tree, stance)
    assert told.cue == place(tree, "disagreed with")
    assert words(tree, told) == ["the king"]
    said = saying(tree, "disagreed", "Lind", "with the king", coder="rule:disagree")
    assert words(tree, tidy_cue(tree, said)) == ["with the king"]


def test_a_source_has_no_even_before_it() -> None:
    lines = """
    Even even ADV 2 advmod
    Lind Lind PROPN 6 nsubj
    , , PUNCT 4 punct
    82 82 NUM 2 appos
    , , PUNCT 2 punct
    said say VERB 0 root
    no no INTJ 6 obj
    """
    tree = tree_of(lines)
    told = tidy_source(tree, tree.tags.text, saying(tree, "said", "Even Lind , 82", "no"))
    assert told.source == place(tree, "Lind , 82")


@pytest.mark.parametrize(
    ("aux", "said", "sources"),
    [
        # what "would" tells of is not told in the past: the warning is the speaker's
        ("would would AUX", "warned warn", ["Lind", "Lind"]),
        # "it has opened and warned" may be
        ("has have AUX", "warned warn", ["Lind", "the road"]),
        # "it would open and warn" is
        ("would would AUX", "warn warn", ["Lind", "the road"]),
    ],
)
def test_whose_the_words_behind_and_are(aux: str, said: str, sources: list[str]) -> None:
    tree = tree_of(f"""
    Lind Lind PROPN 2 nsubj
    said say VERB 0 root
    the the DET 4 det
    road road NOUN 6 nsubj
    {aux} 6 aux
    open open VERB 2 ccomp
    and and CCONJ 8 cc
    {said} VERB 6 conj
    that that SCONJ 11 mark
    tolls toll NOUN 11 nsubj
    rose rise VERB 8 ccomp
    """)
    rules = load_rulebook()
    found = sayings(tree, rules.grammar, rules.cues, lambda _sentence, _position: False)
    text = tree.tags.text
    assert [one.source and text[slice(*one.source)] for one in found] == sources


@pytest.mark.parametrize(
    ("coder", "text", "quoted", "kept"),
    [
        ("stance:praise", "the plan, which ends in May", None, "the plan"),
        ("stance:oppose", "Lind, who has never run a port", None, "Lind"),
        ("stance:praise", "the plan which ends in May", None, "the plan which ends in May"),
        ("stance:praise", "the plan, and what it brings", None, "the plan, and what it brings"),
        ("rule:say", "the plan, which ends in May", None, "the plan, which ends in May"),
        ("stance:praise", 'the plan, which is "bold"', 'which is "bold"', 'the plan, which is "bold"'),
    ],
)  # fmt: skip
def test_what_a_report_adds_behind_a_comma_is_no_part_of_an_attitude(
    coder: str, text: str, quoted: str | None, kept: str
) -> None:
    saying = Saying(0, None, None, ((0, len(text)),), (), None, coder, 0.5)
    start = text.index(quoted) if quoted else 0
    quotes = [Quote(start, len(text), start + 1, len(text) - 1, closed=True)] if quoted else []
    ((begin, end),) = without_aside(text, saying, quotes).content
    assert text[begin:end] == kept
