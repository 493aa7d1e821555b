"""What words of saying leave unsaid, each case by itself: the words are found in our own sentences' trees."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dragoman.entries import Sentence
from dragoman.reading.saying import Saying
from dragoman.reading.tree import Tree
from dragoman.reading.unsaid import is_inferred, is_unsaid, without_hearers
from dragoman.spans import Span

if TYPE_CHECKING:
    from dragoman.reading import Reader


def made(reader: Reader, text: str, verb: str, head: str, content: str) -> tuple[Tree, Saying]:
    """A sentence's tree, and a saying with these words."""
    (tags,) = reader.model.tag([text])
    tree = Tree(Sentence(0, "prose", Span(0, len(text), text)), tags)
    words = [token.text for token in tree.tokens]
    place = text.index(content)
    start = text.index(verb)
    saying = Saying(
        sentence=0,
        cue=(start, start + len(verb)),
        source=(text.index(head), text.index(head) + len(head)),
        content=((place, place + len(content)),),
        heads=(words.index(head),),
        verb=words.index(verb),
        coder="rule:test",
        confidence=0.9,
    )
    return tree, saying


@pytest.mark.parametrize(
    ("text", "verb", "head", "content", "unsaid"),
    [
        ("The footage showed a crowd of miners.", "showed", "footage", "a crowd of miners", True),
        ("The survey showed a lead of ten points.", "showed", "survey", "a lead of ten points", False),
        ("The port offices offer a mailbox.", "offer", "offices", "a mailbox", True),
        ("Oman offered condolences.", "offered", "Oman", "condolences", False),
        ("Lind did not respond to the letter.", "respond", "Lind", "the letter", True),
        ("Lind responded to the letter.", "responded", "Lind", "the letter", False),
        ("Lind contended for the nomination.", "contended", "Lind", "the nomination", True),
        ("Lind contended that the pier was shut.", "contended", "Lind", "that the pier was shut", False),
        ("The name refers to the harbour.", "refers", "name", "the harbour", True),
        ("Lind referred to the pier as a gift.", "referred", "Lind", "the pier", False),
        ("The first book that I read was old.", "read", "I", "The first book", True),
        ("The notice read that the pier was shut.", "read", "notice", "that the pier was shut", False),
        ("Lind should insist that they leave.", "insist", "Lind", "that they leave", True),
        ("Lind insisted that they leave.", "insisted", "Lind", "that they leave", False),
        ("Mali declared a state of emergency.", "declared", "Mali", "a state of emergency", True),
        ("Mali declared that it was ready.", "declared", "Mali", "that it was ready", False),
    ],
)  # fmt: skip
def test_what_is_left_unsaid(
    reader: Reader, text: str, verb: str, head: str, content: str, *, unsaid: bool
) -> None:
    tree, saying = made(reader, text, verb, head, content)
    assert is_unsaid(tree, saying, [], reader.rulebook.cues) is unsaid


@pytest.mark.parametrize(
    ("text", "verb", "head", "party", "inferred"),
    [
        ("The tower symbolizes the town.", "symbolizes", "tower", False, True),
        ("The tower symbolizes the town.", "symbolizes", "tower", True, False),
        ("The survey underscored the town.", "underscored", "survey", False, False),
        ("The pier indicates the town.", "indicates", "pier", False, False),
    ],
)
def test_what_a_thing_lets_see(
    reader: Reader, text: str, verb: str, head: str, *, party: bool, inferred: bool
) -> None:
    tree, saying = made(reader, text, verb, head, "the town")
    assert is_inferred(tree, saying, reader.rulebook.cues, lambda *_: party) is inferred


@pytest.mark.parametrize(
    ("text", "verb", "head", "content", "kept"),
    [
        ("Miners protested outside the ministry.", "protested", "Miners", "the ministry", False),
        ("Miners shouted at Lind.", "shouted", "Miners", "Lind", False),
        ("Lind said the pier was shut.", "said", "Lind", "the pier was shut", True),
    ],
)
def test_who_is_called_at_is_no_content(
    reader: Reader, text: str, verb: str, head: str, content: str, *, kept: bool
) -> None:
    tree, saying = made(reader, text, verb, head, content)
    assert bool(without_hearers(tree, saying, []).content) is kept
