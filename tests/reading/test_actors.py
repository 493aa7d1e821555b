"""Coding of parties: who it is on that day, of which state or body, in which sector, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dragoman.entries import Part, Report

if TYPE_CHECKING:
    from dragoman.entries import Actor
    from dragoman.reading import Reader

CODED = [
    # phrase, day, country (or the body's code), sector
    ("UN Secretary-General Kofi Annan", "2003-03-04", "UNO", None),
    ("NATO chief Mark Rutte", "2025-02-04", "IGO", None),
    ("Al-Qaeda leader Ayman al-Zawahiri", "2014-02-04", "IMG", "REB"),
    ("a UN envoy", "2014-02-04", "UNO", None),
    ("a Hezbollah official", "2014-02-04", "LBN", "REB"),
    ("peshmerga fighters", "2015-02-04", "IRQ", "MIL"),
    ("Jordan's King Abdullah", "2012-02-04", "JOR", "GOV"),
    ("Saudi King Abdullah", "2012-02-04", "SAU", "GOV"),
    ("King Abdullah of Jordan", "2012-02-04", "JOR", "GOV"),
    ("Donald Trump", "2022-02-04", "USA", "ELI"),
    ("Donald Trump", "2025-02-04", "USA", "GOV"),
    ("nuclear chief Ali Akbar Salehi", "2014-02-04", "IRN", "GOV"),
    ("Iran-backed gunmen", "2019-02-04", None, "UAF"),
    ("anti-American protesters", "2012-02-04", None, "OPP"),
    ("Saudi-led coalition", "2016-02-04", "IGO", "MIL"),
    ("Congolese troops", "2012-02-04", "COD", "MIL"),
    ("Congo-Brazzaville", "1997-06-08", "COG", None),
    ("the Gulf Cooperation Council", "2012-02-04", "IGO", None),
    ("Al Qaeda in the Arabian Peninsula", "2012-02-04", "YEM", "REB"),
    ("the Syrian Red Crescent", "2012-02-04", "SYR", "MED"),
    ("Hutu refugees", "1996-02-04", "RWA", "REF"),
    ("Rosneft", "2012-02-04", "RUS", "BUS"),
    ("ousted Thai premier", "2007-02-04", "THA", "ELI"),
    ("House Speaker Orla Testwood", "2019-02-04", "USA", "LEG"),
    ("former Secretary of State Henry Kissinger", "2011-02-04", "USA", "ELI"),
    ("the Trump administration", "2019-02-04", "USA", "GOV"),
    ("the Ohio governor", "2019-02-04", "USA", "GOV"),
    ("protesters in New Jersey", "2019-02-04", "USA", "OPP"),
    ("New Jersey police", "2019-02-04", "USA", "COP"),
    ("the warring parties", "2019-02-04", None, None),
    ("thirty Russian individuals", "2019-02-04", "RUS", "CVL"),
    ("a member of the Dutch parliament", "2019-02-04", "NLD", "LEG"),
    ("Zambian church leaders", "2019-02-04", "ZMB", "REL"),
    ("Lord Orwin, previously the foreign minister of Malta,", "2019-02-04", "MLT", "ELI"),
    # An unknown person is of the land and calling told before the name.
    ("Peruvian journalist Ana Testwood", "2019-02-04", "PER", "JRN"),
    ("Trump adviser Ann Testwood", "2019-02-04", None, "GOV"),
    ("the Testwood administration", "2019-02-04", None, "GOV"),
    ("the Assad regime", "2015-02-04", "SYR", "GOV"),
    ("the Trump campaign", "2019-02-04", "USA", "PTY"),
    ("the Testwood campaign", "2019-02-04", None, "PTY"),
    # A lawyer is no court; a prosecutor is of one.
    ("Ohio lawyer Ann Testwood", "2019-02-04", "USA", "CVL"),
    ("Pakistani lawyers", "2007-02-04", "PAK", "JUD"),
    ("United States Attorney Ann Testwood", "2019-02-04", "USA", "JUD"),
    ("Ohio County Attorney Ann Testwood", "2019-02-04", "USA", "JUD"),
    # Units, bases and ships are whose they are told to be.
    ("two Hamas tactical units", "2019-02-04", "PSE", "REB"),
    ("the Sudanese army command", "2019-02-04", "SDN", "MIL"),
    ("a Norwegian ship", "2019-02-04", "NOR", None),
    # Who died in office has not left it.
    ("Jovenel Moise", "2021-08-04", "HTI", "GOV"),
    ("the Federal Aviation Administration", "2019-02-04", "USA", "GOV"),
]

ABOUT_MALAWI = (
    "Malawi votes in May. Malawi's farmers sell maize to Zambia. Malawi's parliament met in Lilongwe. "
    "Malawi's courts are shut and Malawi's teachers are at home. Malawi's rivers rose. The rain went on."
)

# A text, the words asked for (their last place in it), country or body, and sector.
TOLD = [
    # Rebels, critics and prisoners of whoever is told to rule over them, not of whoever thanks them.
    ("Sudan's government signed a truce with rebel groups.", "rebel groups", "SDN", "REB"),
    ("Venezuela freed dozens of political activists.", "political activists", "VEN", "SOC"),
    ("Critics of Peru's government were jailed.", "Critics", "PER", "OPP"),
    ("China thanked protesters.", "protesters", None, "OPP"),
    ("Rebels were armed by Libya's government.", "Rebels", None, "REB"),
    ("Activists marched to the Chinese embassy.", "Activists", None, "SOC"),
    ("Turkish jets bombed rebels.", "rebels", None, "REB"),
    # A town that is acted upon is its country's; one that is only a place is none's.
    ("Gunmen attacked Lahore.", "Lahore", "PAK", None),
    ("The bombardment of Aleppo went on.", "Aleppo", "SYR", None),
    ("The mayor slept in Lahore.", "Lahore", None, None),
    # Organs that many states have.
    ("Rwanda and Kenya met. The Senate of Rwanda agreed.", "The Senate", "RWA", "LEG"),
    ("Congress voted for sanctions on Iran.", "Congress", "USA", "LEG"),
    ("Mexico spoke. Congress agreed.", "Congress", "MEX", "LEG"),
    ("Mexico and Peru met. Congress agreed.", "Congress", None, "LEG"),
    (
        "Mexico spoke. State Congress President Orla Testwood agreed.",
        "State Congress President Orla Testwood",
        None,
        None,
    ),
    ("He saw St. John's Episcopal Church in Ohio.", "St. John's Episcopal Church", "USA", "REL"),
    (
        "A hearing opened at the United Nations' highest court.",
        "the United Nations' highest court",
        "UNO",
        "JUD",
    ),
    ("A member of the Rajya Sabha wept.", "A member", "IND", "LEG"),
    ("The Supreme Court freed a man. Pakistan was glad.", "The Supreme Court", "PAK", "JUD"),
    ("The Taliban met Fiji's envoy. The insurgents spoke in Doha.", "The insurgents", "AFG", "REB"),
    ("An assembly of ministers met in Cairo.", "An assembly", None, None),
    ("She met an Independent candidate in Dakar.", "an Independent candidate", None, "PTY"),
    ("Ships of Fiji left the South China Sea.", "the South China Sea", None, None),
    ("Ann Amman was jailed in Malta. Amman wept.", "Amman", None, None),
    ("President Trump spoke. Ann Testwood ran for president.", "president", "USA", "GOV"),
    # Words of time are no words of a party.
    ("That night protesters burned cars in Quito.", "protesters", "ECU", "OPP"),
    ("On Friday 3 January demonstrators marched in Quito.", "demonstrators", "ECU", "OPP"),
    # Pronouns stand for parties and not for things or for whoever was named last.
    ("Iran closed the strait. It said so on Monday.", "It", "IRN", None),
    ("Iran closed the strait. The storm came near. It broke trees.", "It", None, None),
    ("Mexico sent aid. It is clear that more is needed.", "It", None, None),
    ("Chad named an envoy. Niger accused it of lying.", "it", None, None),
    ("Turkey and Libya agreed. Turkey then raised their taxes.", "their", None, None),
    ("Ann Testwood met John Marlow in Oslo. She thanked the hosts.", "She", None, None),
    ("The suspects fled. Fiji sent its police. They were caught.", "They", None, "CVL"),
    # What hangs on a place, or on the only country of a report, is of that country.
    ("Rebels attacked the town of Goma in Congo on Friday.", "Rebels", "COD", "REB"),
    ("Protesters clashed with police in Nairobi.", "police", "KEN", "COP"),
    ("According to CNN, the police shot a man.", "the police", None, "COP"),
    ("A bomber killed 20 people in Kandahar.", "20 people", "AFG", "CVL"),
    ("A bomber said people hate rain in Kandahar.", "people", None, "CVL"),
    ("Dozens of people marched in Algiers.", "people", "DZA", "CVL"),
    ("Moscow said 20 people fled to Chad.", "20 people", None, "CVL"),
    ("Kurdish fighters took the town of Kobani.", "Kurdish fighters", "SYR", "UAF"),
    ("A jet was shot down over Ukraine by pro-Russian rebels.", "pro-Russian rebels", "UKR", "REB"),
    ("The government thanked China for its help.", "The government", None, "GOV"),
    ("Israel freed the mayor of the northern West Bank city of Nablus.", "the mayor", "PSE", "GOV"),
    ("Hong Kong's chief executive spoke in Paris.", "Hong Kong's chief executive", "HKG", "GOV"),
    ("Two police officers were jailed in Paris. The officers wept.", "The officers", "FRA", "COP"),
    # Officers of a report that speaks of police and of no army are the police's.
    ("Police in London chased a man. The officers shot him.", "The officers", "GBR", "COP"),
    ("Police and soldiers in Chad chased a man. The officers shot.", "The officers", "TCD", "MIL"),
    ("State media in Syria spoke of rain.", "State media", "SYR", "JRN"),
    ("An Iraq War veteran met envoys of Chad and Mali.", "An Iraq War veteran", None, "CVL"),
    ("The envoys of the WHO came to Mali.", "the WHO", "UNO", None),
    ("Foreign security forces attacked a village in Chad.", "Foreign security forces", None, "COP"),
    ("Brazil and Peru spoke. In Lima a court freed him.", "a court", "PER", "JUD"),
    # Of a report that is plainly about one land, though it names another, plain nouns are of that land.
    (f"{ABOUT_MALAWI} The police asked for calm.", "The police", "MWI", "COP"),
    (f"{ABOUT_MALAWI} Public schools stayed shut.", "Public schools", "MWI", "EDU"),
    (
        f"{ABOUT_MALAWI} Orla Testwood, a member of the upper house, wept.",
        "Orla Testwood",
        "MWI",
        "LEG",
    ),
    (f"{ABOUT_MALAWI} The minister flew to Zambia. The police saluted.", "The police", None, "COP"),
    (f"{ABOUT_MALAWI} Rebels burned a bridge.", "Rebels", None, "REB"),
    (f"{ABOUT_MALAWI} The pilot slept.", "The pilot", "MWI", None),
    (f"{ABOUT_MALAWI} Critics feared the police state.", "the police state", None, None),
    (f"{ABOUT_MALAWI} Orla Testwood, the energy minister, wept.", "Orla Testwood", "MWI", "GOV"),
    (f"{ABOUT_MALAWI} Judge Orla Testwood freed him.", "Judge Orla Testwood", "MWI", "JUD"),
    (f"{ABOUT_MALAWI} Several speakers came.", "Several speakers", None, "LEG"),
    (f"{ABOUT_MALAWI} A family spokesperson wept.", "A family spokesperson", None, "GOV"),
    (f"{ABOUT_MALAWI} He had played a king.", "a king", None, "GOV"),
    (f"{ABOUT_MALAWI} She wrote to all presidents.", "all presidents", None, "GOV"),
    ("Malawi is dry. He wrote to the leaders of the world.", "the leaders", None, "GOV"),
    ("Malawi and Zambia met. Zambia spoke. Malawi spoke. Police came.", "Police", None, "COP"),
    ("She wrote to Ann Testwood, the Secretary of Transportation.", "Ann Testwood", "USA", "GOV"),
    # A title that two share, a title of a club, and who belongs to somebody's rivals and allies.
    (
        "Malawi mourned. Directors Ann Testwood and Orla Marlow wept.",
        "Orla Marlow",
        None,
        None,
    ),
    ("Malawi mourned. RBX president Ann Testwood wept.", "RBX president Ann Testwood", None, None),
    (
        "Malawi mourned. Mr Banda met his rival in Zomba. Banda praised his rival.",
        "his rival",
        None,
        "UNK",
    ),
    ("Russia's rivals wept.", "Russia's rivals", None, "UNK"),
    (f"{ABOUT_MALAWI} Tech leaders wept.", "Tech leaders", None, "GOV"),
    (f"{ABOUT_MALAWI} Those leaders wept.", "Those leaders", "MWI", "GOV"),
    ("Malawi is dry. He wrote to global leaders.", "global leaders", None, "GOV"),
    # A surname that is also a capital's is no witness of its land.
    (
        f"{ABOUT_MALAWI} Ann Amman fled. Amman hid. Amman fell. The police came.",
        "The police",
        "MWI",
        "COP",
    ),
    # A noun that comes again speaks of the party that bore it, if only one did.
    (
        "The International Court of Justice met. Kenya stayed away. The court regretted it.",
        "The court",
        "UNO",
        "JUD",
    ),
    ("Hamas fired rockets at Israel. The group said so.", "The group", "PSE", "REB"),
    ("Hamas and Hezbollah met envoys of Iran. The group said so.", "The group", None, "UNK"),
    (
        "He entered the Saudi consulate in Turkey. Men waited in the consulate.",
        "the consulate",
        "SAU",
        "GOV",
    ),
    (
        "A resident of Mali saw Minister Omar Testal of Oman. A minister waved.",
        "A minister",
        None,
        "GOV",
    ),
    ("Syria and Jordan declared a state of emergency.", "a state", None, None),
    # Capitals are places after a preposition of place, and governments where they act.
    ("Envoys of Chad met in Paris.", "Paris", "FRA", None),
    ("Chad spoke. Paris refused the plan.", "Paris", "FRA", "GOV"),
    ("Florida, Ohio and Georgia count votes.", "Georgia", "USA", None),
    ("Georgia and Russia fought near Tbilisi.", "Georgia", "GEO", None),
]


def coded(reader: Reader, phrase: str, day: str | None) -> list[Actor]:
    text = f"{phrase} said so."
    report = Report(id="t", text=text, published=day, parts=(Part("prose", 0, len(text)),))
    made = [m.actor for m in reader.read(report).mentions if m.actor and m.kind != "adjective"]
    longest = max((len(one.span.text) for one in made), default=0)
    return [one for one in made if len(one.span.text) == longest]


@pytest.mark.parametrize(("phrase", "day", "country", "sector"), CODED)
def test_a_phrase_is_coded_on_its_day(
    reader: Reader, phrase: str, day: str, country: str | None, sector: str | None
) -> None:
    actor = coded(reader, phrase, day)[0]
    assert (actor.country_code or actor.entity_code, actor.sector_code) == (country, sector)
    assert actor.why.startswith("“")


def test_two_adjectives_before_one_noun_are_two_parties(reader: Reader) -> None:
    made = coded(reader, "Russian and Syrian warplanes", "2016-02-04")
    assert [(one.country_code, one.sector_code) for one in made] == [("RUS", "MIL"), ("SYR", "MIL")]


def test_why_tells_whose_official_it_is(reader: Reader) -> None:
    why = coded(reader, "a Hamas official", "2016-02-04")[0].why
    assert "Hamas" in why
    assert "REB" in why


def test_what_is_not_known_keeps_its_words_and_no_code(reader: Reader) -> None:
    actor = coded(reader, "Ulbrecht Sondervan", "2016-02-04")[0]
    assert actor.entity_code is None
    assert actor.sector_code is None
    assert "catalogue" in actor.why


@pytest.mark.parametrize(("text", "words", "country", "sector"), TOLD)
def test_who_is_meant_in_a_report(
    reader: Reader, text: str, words: str, country: str | None, sector: str | None
) -> None:
    report = Report(id="t", text=text, published="2019-02-04", parts=(Part("prose", 0, len(text)),))
    at = text.rfind(words)
    found = [
        one.actor
        for one in reader.read(report).mentions
        if one.span.start == at and one.span.text == words and one.kind != "adjective"
    ]
    actor = found[0]
    got = (actor.country_code or actor.entity_code, actor.sector_code) if actor else (None, None)
    assert got == (country, sector)


def test_states_and_bodies_before_one_noun_are_both_parties(reader: Reader) -> None:
    made = coded(reader, "U.S. and NATO troops", "2016-02-04")
    assert [one.entity_code for one in made] == ["USA", "IGO"]


def party(reader: Reader, text: str, words: str, day: str | None = "2012-02-04") -> str | None:
    """The country that some words of a text are coded as."""
    report = Report(id="t", text=text, published=day, parts=(Part("prose", 0, len(text)),))
    found = [one for one in reader.read(report).mentions if one.span.text == words]
    assert found, [one.span.text for one in reader.read(report).mentions]
    return found[0].actor.country_code if found[0].actor else None


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Tajik riot police beat women who had blocked the road.", "women", "TJK"),
        ("Chadian judges sentenced eleven teachers to a year.", "eleven teachers", "TCD"),
        ("Israeli police beat worshippers near the gate.", "worshippers", None),
        ("French police trained students.", "students", "FRA"),
        ("Crowd torches Norwegian consulate in Lahore", "Crowd", "PAK"),
        ("Norway's king met pensioners.", "pensioners", None),
        ("Indian officials arrested a man on Friday.", "a man", "IND"),
        ("U.S. troops detained a man on Friday.", "a man", None),
        ("The crew of the Turkish ship greeted a crowd.", "a crowd", None),
        (
            "New Zealand suspended its aid to Tonga and called home its high commissioner.",
            "its high commissioner",
            "NZL",
        ),
        ("The minister flew to Kandahar for talks.", "Kandahar", "AFG"),
        ("A minister spoke in Kandahar.", "Kandahar", None),
        ("The army declared a curfew in Kirkuk.", "Kirkuk", "IRQ"),
        ("Rebels withdrew from Goma on Monday.", "Goma", "COD"),
        ("Russian drones hit Kharkiv on Monday.", "Kharkiv", "UKR"),
        ("Chelsea beat Kharkiv on Monday.", "Kharkiv", None),
        (
            "The government of Mali and rebel groups signed a truce in Algiers.",
            "rebel groups",
            "MLI",
        ),
        ("Kenyan troops and rebels clashed in Somalia.", "rebels", "SOM"),
    ],
)
def test_whose_people_and_places_a_sentence_tells_of(
    reader: Reader, text: str, words: str, country: str | None
) -> None:
    assert party(reader, text, words) == country


def test_without_a_day_a_seat_is_that_of_the_state_there_is(reader: Reader) -> None:
    assert party(reader, "Latvian lawmakers thanked Moscow.", "Moscow", None) == "RUS"
    assert party(reader, "Latvian lawmakers thanked Moscow.", "Moscow", "1985-02-04") == "SUN"


def test_both_countries_are_states_whoever_was_named(reader: Reader) -> None:
    text = "Afghan refugees crossed into Iran. Both countries signed a pact."
    report = Report(id="t", text=text, published="2016-02-04", parts=(Part("prose", 0, len(text)),))
    made = [m.actor for m in reader.read(report).mentions if m.span.text == "Both countries"]
    assert [(one.name, one.sector_code) for one in made if one] == [
        ("Afghanistan", None),
        ("Iran", None),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("She told the Nevada Independent so.", "GBR"),
        ("She greeted every Independent.", "GBR"),
        ("Ships left the South China Sea.", "KOR"),
        ("Ships left the South China Sea.", "CHN"),
    ],
)
def test_part_of_a_longer_name_is_nobody(reader: Reader, text: str, code: str) -> None:
    report = Report(id="t", text=text, published="2019-02-04", parts=(Part("prose", 0, len(text)),))
    assert code not in {one.actor.entity_code for one in reader.read(report).mentions if one.actor}


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        # a body whose name holds an "and" is one party
        ("The operator, Rogaland Fire and Rescue, asked the army for help.",
         "Rogaland Fire and Rescue", "Rogaland Fire and Rescue"),
        # two words of a surname are the person named in full before
        ("Gloria La Riva is a candidate. La Riva criticized President Trump on Friday.",
         "La Riva", "Gloria La Riva"),
        # states in a row stay parties of their own
        ("Chad and Mali asked the army for help.", "Mali", "Mali"),
    ],
)  # fmt: skip
def test_names_of_several_words_are_one_party(
    reader: Reader, text: str, words: str, name: str
) -> None:
    report = Report(id="t", text=text, published="2020-06-05", parts=(Part("prose", 0, len(text)),))
    found = {one.span.text: one.actor for one in reader.read(report).mentions}
    assert words in found
    assert found[words] is not None
    assert found[words].name == name
    assert not {"Rescue", "La", "Riva"} & found.keys()
