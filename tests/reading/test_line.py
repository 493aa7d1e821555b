"""The reading line on sentences of our own: what a careful reader finds, the program finds.

The cases follow PLOVER's "where two types could do". Each names the event that must come out; an
empty type says that no event may.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dragoman.entries import Part, Report

if TYPE_CHECKING:
    from dragoman.entries import ReadReport
    from dragoman.reading import Reader

FOUND = [
    ("Ghana said it would send two doctors to Togo.", "AGREE", "GHA", "TGO", ""),
    ("Ghana said it would not lift the sanctions on Togo.", "REJECT", "GHA", "TGO", ""),
    # text, type, actor codes, recipient codes, auxiliary
    (
        "Egypt's president met the Turkish foreign minister in Cairo on Monday.",
        "CONSULT",
        "EGY TUR",
        "",
        "",
    ),
    (
        "Egypt's president will meet the Turkish foreign minister in Cairo.",
        "AGREE",
        "EGY TUR",
        "",
        "",
    ),
    (
        "Saudi Arabia severed diplomatic relations with Iran on Sunday.",
        "SANCTION",
        "SAU",
        "IRN",
        "",
    ),
    ("Saudi Arabia and Bahrain severed ties with Tehran.", "SANCTION", "SAU BHR", "IRN", ""),
    ("Kuwait recalled its ambassador from Iran.", "SANCTION", "KWT", "IRN", ""),
    ("Iran condemned the Israeli raid on Lebanon.", "ACCUSE", "IRN", "ISR", ""),
    ("Bahrain accused Iran of arming militants.", "ACCUSE", "BHR", "IRN", ""),
    ("Turkey sent two planes of relief goods to Sudan.", "AID", "TUR", "SDN", ""),
    ("Turkey promised to send relief goods to Sudan.", "AGREE", "TUR", "SDN", ""),
    ("Russia imposed sanctions on Canada.", "SANCTION", "RUS", "CAN", ""),
    ("Russia threatened Poland with missile strikes.", "THREATEN", "RUS", "POL", ""),
    ("Russian forces shelled the Ukrainian town of Bakhmut.", "ASSAULT", "RUS", "UKR", ""),
    ("Ukraine was attacked by Russia with drones.", "ASSAULT", "RUS", "UKR", ""),
    ("Armenia moved tanks to its border with Azerbaijan.", "MOBILIZE", "ARM", "AZE", ""),
    ("France and Japan held joint naval exercises.", "COOPERATE", "FRA JPN", "", ""),
    ("Norway recognised Palestine as a state.", "SUPPORT", "NOR", "PSE", ""),
    ("Iran and Saudi Arabia restored diplomatic relations.", "SUPPORT", "IRN SAU", "", ""),
    ("Brazil rejected the British proposal.", "REJECT", "BRA", "GBR", ""),
    ("Jordan urged Israel to lift the blockade.", "REQUEST", "JOR", "ISR", ""),
    (
        "Thousands of protesters marched against the government in Lima.",
        "PROTEST",
        "PER",
        "PER",
        "",
    ),
    ("Turkish police arrested two German journalists.", "COERCE", "TUR", "DEU", ""),
    ("Diplomats from Iran and Oman met in Geneva.", "CONSULT", "IRN OMN", "", ""),
    ("Kenya and Somalia held talks on trade in Cairo.", "CONSULT", "KEN SOM", "", ""),
    ("Egypt has sent its foreign minister to Tripoli.", "CONSULT", "EGY", "LBY", ""),
    ("King Hamad of Bahrain hinted at restoring relations with Iran.", "AGREE", "BHR", "IRN", ""),
    ("Israeli jets struck Hezbollah positions in southern Lebanon.", "ASSAULT", "ISR", "LBN", ""),
    ("Egypt will host talks between Libya and Chad in Cairo.", "AGREE", "EGY", "LBY TCD", ""),
    ("Saudi and Emirati jets bombed Sanaa.", "ASSAULT", "SAU ARE", "YEM", ""),
    ("US and British forces bombed Houthi targets in Yemen.", "ASSAULT", "USA GBR", "YEM", ""),
    ("Chad's transitional president visited Moscow.", "CONSULT", "TCD", "RUS", ""),
    ("Turkey lifted its veto on Sweden's membership.", "CONCEDE", "TUR", "SWE", ""),
    (
        "India and China have agreed to pull back troops from the border.",
        "AGREE",
        "IND CHN",
        "",
        "",
    ),
    ("The UN secretary-general visited Kenya.", "CONSULT", "UNO", "KEN", ""),
    ("The secretary general of NATO met the Turkish president.", "CONSULT", "IGO TUR", "", ""),
    ("NATO's secretary general condemned Russia.", "ACCUSE", "IGO", "RUS", ""),
    ("Neither Greece nor Turkey attended the conference.", "CONSULT", "GRC TUR", "", "negation"),
    (
        "Jordan's King Abdullah hosted Palestinian President Mahmoud Abbas in Amman.",
        "CONSULT",
        "PSE",
        "JOR",
        "",
    ),
    (
        "Tonga's king pardoned a dozen prisoners on Friday, and New Zealand wrote off part of the debt.",
        "CONCEDE",
        "TON",
        "TON",
        "",
    ),
    ("Armenia and Turkey are to sign an accord in Zurich.", "AGREE", "ARM TUR", "", ""),
    ("Sergei Lavrov met his Chinese counterpart.", "CONSULT", "RUS CHN", "", ""),
    ("The Kenyan president met visiting Turkish officials.", "CONSULT", "KEN TUR", "", ""),
    (
        "Chad and Niger were supposed to sign a border accord.",
        "SUPPORT",
        "TCD NER",
        "",
        "hypothetical",
    ),
    ("Iran has not withdrawn its troops from Syria.", "RETREAT", "IRN", "SYR", "negation"),
    ("China may impose sanctions on Japan.", "SANCTION", "CHN", "JPN", "hypothetical"),
    ("Uganda withdrew its troops from Somalia.", "RETREAT", "UGA", "SOM", ""),
    ("Uganda will withdraw its troops from Somalia.", "CONCEDE", "UGA", "SOM", ""),
    ("India expelled six Canadian diplomats.", "SANCTION", "IND", "CAN", ""),
    ("Ghana released the Togolese prisoners.", "RETREAT", "GHA", "TGO", ""),
    ("Chile apologised to Bolivia for the incident.", "CONCEDE", "CHL", "BOL", ""),
]

NOTHING = [
    "Germany attacked down the left and beat Brazil 2-1.",
    "The bank launched an attack on fees.",
    "Bahrain is a small island in the Gulf.",
    "Heavy rain hit Kenya and Uganda on Monday.",
    "The war on inflation goes on in Argentina.",
    "She was born in Iran and grew up in Sweden.",
    "A rocket fell into the Sea of Japan.",
]


def read(reader: Reader, text: str) -> ReadReport:
    parts = (Part("prose", 0, len(text)),)
    return reader.read(Report(id="r", text=text, published="2024-05-23", parts=parts))


@pytest.mark.parametrize(("text", "event", "actor", "recipient", "auxiliary"), FOUND)
def test_finds(
    reader: Reader, text: str, event: str, actor: str, recipient: str, auxiliary: str
) -> None:
    events = read(reader, text).events
    told = [
        (
            one.event,
            {actor.entity_code for actor in one.actor},
            {actor.entity_code for actor in one.recipient},
            set(one.auxiliary),
        )
        for one in events
    ]
    assert (event, set(actor.split()), set(recipient.split()), set(auxiliary.split())) in told


@pytest.mark.parametrize("text", NOTHING)
def test_finds_nothing(reader: Reader, text: str) -> None:
    assert [(one.event, one.coder) for one in read(reader, text).events] == []


def test_the_leaders_are_two_people_named(reader: Reader) -> None:
    text = (
        "President Mahmoud Abbas told the summit that Israel had attacked Gaza. "
        "The leaders condemned attacks on merchant ships."
    )
    leaders = [one for one in read(reader, text).mentions if one.span.text == "The leaders"]
    assert [one.actor.entity_code if one.actor else None for one in leaders] == [None]


def test_what_is_answered_is_not_the_answerers_own_act(reader: Reader) -> None:
    text = "Bahrain cut its relations with Iran after the attack on the Saudi embassy in Tehran."
    told = {
        (one.event, one.actor[0].entity_code if one.actor else None)
        for one in read(reader, text).events
    }
    assert ("SANCTION", "BHR") in told
    assert ("ASSAULT", "BHR") not in told


def test_the_three_countries_are_those_of_the_last_list_of_three(reader: Reader) -> None:
    text = "Norway, Ireland and Spain have recognised Palestine, and Israel recalled its envoys from the three countries."
    (recalled,) = [one for one in read(reader, text).events if one.event == "SANCTION"]
    assert {one.entity_code for one in recalled.recipient} == {"NOR", "IRL", "ESP"}
