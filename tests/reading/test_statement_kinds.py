"""What is no statement: questions put to somebody, captions, what is held or published."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dragoman.entries import Part, Report

if TYPE_CHECKING:
    from dragoman.reading import Reader


def spoken(reader: Reader, text: str) -> list[tuple[str | None, str]]:
    """Speaker and content of each statement."""
    report = Report(id="r", text=text, parts=(Part("prose", 0, len(text)),))
    return [
        (one.speaker.span.text if one.speaker else None, one.content.text)
        for one in reader.read(report).statements
    ]


@pytest.mark.parametrize(
    "text",
    [
        "What are your views on the dispute between Chad and Libya?",
        "Do you think that Kenya should withdraw?",
        "What is the one law in Malta that you think needs changing?",
        "The spring issue of the magazine published an interview with the Dutch commissioner for harbours.",
        "Vice presidential nominee Ann Lind.Image: Nora Hale for President.",
        "If we confirm that the ore is there, a mine follows.",
        "There are several theories, however, the birth of such a moon has never been observed.",
        # nothing is told to have been said
        "Oman has so far refrained from commenting on the offer.",
        "The Chadian ministry had no comment on the ship's departure.",
        "Sara Lind did not respond to the letter.",
        # a picture shows it, an office offers things, a paper is only referred to
        "The footage showed a crowd of miners who threw stones at the gate.",
        "The port offices offer a mailbox and an address.",
        "The harbour office discussed the budget with Sara Lind.",
        "The name refers to the old harbour.",
        "Can you tell us what the harbour was like?",
        "Phil LindImage: Harbour Party.",
        "The storm claimed 300 lives in Malta.",
        "Sara Lind contended for the party's nomination in May.",
        # a part of a name, a thing that lets something be seen, an act that is its own word
        "On Friday, Qaboos bin Said, the long-serving Sultan of Oman, died aged 79.",
        "The ship lay low in the water, indicating that it was full.",
        "The new pier symbolizes the town's wealth.",
        "The governor declared a state of emergency on Monday.",
        # only supposed
        "Policy makers should consider a ban on the old boats.",
        "A crowd protested outside the ministry on Monday.",
    ],
)
def test_nobody_says_it(reader: Reader, text: str) -> None:
    assert spoken(reader, text) == []


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("Why do you think that the talks failed?", "you", "that the talks failed"),
        ("You said that Chad must pay, did you not?", "You", "that Chad must pay"),
        ("I think that Kenya should withdraw.", "I", "that Kenya should withdraw"),
        (
            "A panel of judges in 2001 found that the island was Dutch.",
            "A panel of judges",
            "that the island was Dutch",
        ),
        ("The ministry published an appeal for calm.", "The ministry", "an appeal for calm"),
        (
            "Sara Lind did not say when the ministers would meet.",
            "Sara Lind",
            "when the ministers would meet",
        ),
        ("Chad discussed whether the pact should go on.", "Chad", "whether the pact should go on"),
        ("The minister referred to the pier as a gift.", "The minister", "the pier as a gift"),
        ("Oman offered its condolences.", "Oman", "its condolences"),
        ("“No ship may leave,” the notice read.", "the notice", "“No ship may leave,”"),
        # who is spoken to is no part of what is said
        ("Sara Lind told the captain, “The pier is closed.”", "Sara Lind", "“The pier is closed.”"),
        # what only opens the sentence is not said
        (
            "Turning to the miners, Sara Lind said, “The pier is closed.”",
            "Sara Lind",
            "“The pier is closed.”",
        ),
        ("If it rains, the minister said, the road will be shut.", "the minister", "If it rains"),
        ("Mr. Lind was quoted as saying, “The pier is here.”", "Mr. Lind", "“The pier is here.”"),
        # each clause has its own source
        (
            "The police counted five ships; the port later reported that six had left.",
            "the port",
            "that six had left",
        ),
        (
            "A Harbour Office paper released last year found that the pier was unsafe.",
            "A Harbour Office paper released last year",
            "that the pier was unsafe",
        ),
    ],
)
def test_somebody_does(reader: Reader, text: str, speaker: str, content: str) -> None:
    assert (speaker, content) in spoken(reader, text)


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ('Trying to turn the miners\' words against them, Lind said, "Yes it is a power grab on behalf of the people."',
         '"Yes it is a power grab on behalf of the people."'),
        ("Of the reason for the strike, Lind said, “Family is a big one.”", "“Family is a big one.”"),
    ],
)  # fmt: skip
def test_what_only_opens_the_sentence_is_not_said(reader: Reader, text: str, content: str) -> None:
    assert spoken(reader, text) == [("Lind", content)]
