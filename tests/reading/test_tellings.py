"""Tellings of ties: who, what, since when, and whether it is told as done. All words our own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dragoman.entries import Part, Report
from dragoman.reading.surroundings import member_of
from dragoman.reading.tiewords import forms_of

if TYPE_CHECKING:
    from dragoman.entries import TieTelling
    from dragoman.reading import Reader


def read(reader: Reader, text: str, published: str | None = "2024-05-24") -> tuple[TieTelling, ...]:
    report = Report("r", text, published=published, parts=(Part("prose", 0, len(text)),))
    return reader.read(report).tellings


def row(reader: Reader, one: TieTelling) -> tuple[str, str, str | None, str | None]:
    """Members, kind, the state as it counts, date."""
    members = " ".join(str(member_of(actor)) for actor in one.members)
    state = reader.rulebook.ties.as_told(one.kind, one.state, one.auxiliary)
    return members, one.kind, state, one.date


FOUND = [
    ("Chad severed diplomatic relations with Libya on 3 March 1981.", ("LBY TCD", "diplomatic relations", "severed", "1981-03-03")),
    ("Diplomatic relations between Chad and Libya were severed in March 1981.", ("LBY TCD", "diplomatic relations", "severed", "1981-03")),
    ("Peru raised its legation in Oslo to an embassy on 4 May 1950.", ("PER NOR", "embassy", "raised", "1950-05-04")),
    ("Fiji and Oman will restore diplomatic relations.", ("FJI OMN", "diplomatic relations", "restoration sought", "2024-05-24")),
    ("Fiji and Oman agreed to start talks on how relations might be resumed.", ("FJI OMN", "diplomatic relations", "talks on restoration", "2024-05-24")),
    ("Fiji will not restore relations with Oman.", ("FJI OMN", "diplomatic relations", None, None)),
    ("There is no reason to delay normal relations with Gabon, the president of Chad said.", ("GAB TCD", "diplomatic relations", "restoration sought", "2024-05-24")),
    ("Kenya and Norway will mark 60 years of diplomatic relations next year.", ("KEN NOR", "diplomatic relations", "established", "1965")),
    ("A French brigade is stationed in Djibouti.", ("FRA DJI", "military presence", "in force", None)),
    ("The Peruvian legation opened in Oslo in 1942 and was raised to an embassy in 1949.", ("PER NOR", "embassy", "raised", "1949")),
    ("Ana Ruiz presented her credentials as the first Peruvian ambassador to Norway on 3 May 1950.", ("PER NOR", "ambassador", "appointed", "1950-05-03")),
    ("The Peruvian ambassador to Chile was accredited to Fiji on 3 May 1950.", ("PER FJI", "ambassador", "appointed", "1950-05-03")),
    ("A Peruvian interests section was opened in the Dutch embassy at Khartoum in 1967.", ("PER SDN", "interests section", "opened", "1967")),
    ("Peru did not recognise Fiji until 1972.", ("PER FJI", "recognition", "recognised", "1972")),
    ("Peru was one of the first countries to recognise Fiji.", ("PER FJI", "recognition", "recognised", None)),
    ("Chad set up relations with Fiji the same day that it recognised the republic, on 7 December 1987.", ("FJI TCD", "diplomatic relations", "established", "1987-12-07")),
    # the year of what it followed, where nothing else dates it
    ("Chad ended its relations with Libya after the attack on its embassy in 1981.", ("LBY TCD", "diplomatic relations", "severed", "1981")),
    ("In April 1988, nine months after hundreds of people had died in clashes in Lima, Chad severed relations with Fiji.", ("FJI TCD", "diplomatic relations", "severed", "1988-04")),
    ("Quito and Oslo have reached an agreement for the resumption of relations, it was said in Lima on Friday.", ("ECU NOR", "diplomatic relations", "restoration sought", "2024-05-24")),
    ("Peru recognized Fiji on 3 July 1921. The two states established diplomatic relations that August.", ("FJI PER", "diplomatic relations", "established", "1921-08")),
    ("Peru severed diplomatic relations with Fiji in 1970. The two states restored diplomatic relations in December of the following year.", ("FJI PER", "diplomatic relations", "restored", "1971-12")),
    ("Peru recognized Fiji on 3 July 1921. Peru and Fiji established relations on 5 September of the same year.", ("FJI PER", "diplomatic relations", "established", "1921-09-05")),
    ("On May 31, 2006, Norway resumed full diplomatic relations with Peru, and the Liaison Office in Lima became an Embassy, with Juan Holm as chargé.", ("NOR PER", "embassy", "opened", "2006-05-31")),
    ("Two ships of the French Navy are stationed in Djibouti, and the republic's plans have long been supported by Egypt.", ("EGY DJI", "support", "in force", None)),
    ("China pledged its full support to Laos on Monday.", ("CHN LAO", "support", "offered", "2024-05-20")),
    ("Peru was the only country in the world to recognise Fiji.", ("PER FJI", "recognition", "recognised", None)),
    ("Peru signed a pact with Fiji in 1906, and established consular relations in 1925.", ("PER FJI", "consular relations", "established", "1925")),
    ("In May 1940, Juan Holm presented his credentials as Minister Plenipotentiary of Chile to the Government of Peru.", ("CHL PER", "ambassador", "appointed", "1940-05")),
    ("Peru signed a treaty with the Kingdom of Norway thus recognising Norwegian independence.", ("PER NOR", "recognition", "recognised", None)),
    ("After the troubles of 1917, Peru and Fiji had full diplomatic relations.", ("FJI PER", "diplomatic relations", "in force", None)),
    ("A Peruvian consulate in Oslo was opened in 1869 and closed on 9 April 1917.", ("PER NOR", "consular relations", "established", "1869")),
    ("Peru's first representative in Norway was Ana Ruiz. She presented her new credentials on 7 May 1925.", ("PER NOR", "ambassador", "appointed", "1925-05-07")),
    ("On 3 March 1949, Ana Ruiz presented her credentials as Ambassador Extraordinary and Plenipotentiary of Peru to the King of Norway.", ("PER NOR", "ambassador", "appointed", "1949-03-03")),
    ("Peru recognised the independence of Fiji from Norway in 1972.", ("PER FJI", "recognition", "recognised", "1972")),
    ("Laos has good relations with Vietnam.", ("LAO VNM", "stance", "friendly", None)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_tellings(
    reader: Reader, text: str, expected: tuple[str, str, str | None, str | None]
) -> None:
    found = [row(reader, one) for one in read(reader, text)]
    assert any(
        one[:3] == expected[:3] and (expected[2] is None or one[3] == expected[3]) for one in found
    ), found


NOT_TOLD = [
    ("A Peruvian interests section was opened in the Dutch embassy at Khartoum in 1967.", "embassy opened"),
    ("The Peruvian ambassador to Chile, Ana Ruiz, was accredited to Fiji on 3 May 1950.", "PER CHL ambassador appointed"),
    ("The Peruvian ambassador to Chile, Ana Ruiz, presented her credentials to Fiji in 1950.", "PER CHL ambassador appointed"),
    ("Peru signed an armistice with the Allies in Moscow on 3 May 1945.", "ceasefire agreed"),
    ("Peru established relations with the former British colony in 1975.", "GBR PER diplomatic relations established"),
    ("In 1878 the Treaties of Lima and Berlin recognised the independence of Fiji.", "recognition recognised"),
    ("Peru passed a law that opened the way for the establishment of relations with Fiji.", "diplomatic relations established"),
    ("Since the collapse of the union in 1991, Peru and Fiji have established relations.", "established 1991"),
    ("Peru recognised the independence of Fiji from Norway in 1972.", "PER NOR recognition"),
    ("The first Peruvian chargé d'affaires presented his credentials in Oslo on 3 May 1950.", "embassy opened"),
    ("The Peruvian embassy in Oslo became a consulate in 1984.", "embassy opened"),
    ("Peru recognised the various members of the Central American Federation as separate states.", "Federation recognition"),
    ("In the 1960s Peru closed its embassy in Oslo.", "closed 196"),
    ("Chad was fought over by Libyan and French forces for years.", "armed conflict"),
    ("Peru restored relations with Fiji after a visit by the minister in July 1972.", "restored 1972"),
    ("The establishment of relations between Peru and Fiji had to await the end of the war.", "diplomatic relations established"),
    ("Ana Ruiz was recalled on 3 May 2008 after the recall of Chad's ambassador to Peru.", "TCD PER ambassador recalled 2008-05-03"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), NOT_TOLD)
def test_what_is_not_told(reader: Reader, text: str, words: str) -> None:
    told = [" ".join(filter(None, row(reader, one))) for one in read(reader, text)]
    assert not any(words in one for one in told), told


QUIET = [
    "Norway recognised the need for more ferries.",
    "The storm cut power lines near the embassy in Quito.",
    "Two banks in Peru broke off merger talks.",
    "The envoys found refuge in the Peruvian legation in Oslo from 1956 to 1960.",
    "Castro claimed the throne of Fiji in 1926 and failed to win Peruvian recognition.",
    "The treaty, which Peru never signed, recognised the independence of Fiji.",
    "Peru recognised Carl Holm as consul of the new council.",
    "Chad voiced support for mending the fence between Peru and Fiji.",
    "Somalia wanted Kenyan support for it.",
    "Peru and Norway knew that in 1847 the colony was recognised by several European states.",
    "Its authority to conduct relations ended when Peru took over in 1835.",
    "Peru turned to Fiji with a question.",
    "Women make up half of the Rwandan parliament.",
]


@pytest.mark.parametrize("text", QUIET)
def test_nothing_is_told(reader: Reader, text: str) -> None:
    book = reader.rulebook.ties
    assert not [
        one for one in read(reader, text) if book.as_told(one.kind, one.state, one.auxiliary)
    ]


def test_words_are_the_reports_own(reader: Reader) -> None:
    text = "Chad severed relations with Libya on Friday. Fiji opened an embassy in Oslo, officials said."
    report = Report("r", text, published="2024-05-24", parts=(Part("prose", 0, len(text)),))
    tellings = reader.read(report).tellings
    assert len(tellings) >= 2
    for one in tellings:
        assert text[one.span.start : one.span.end] == one.span.text
        assert one.why.startswith("rule ")
    assert len({one.id for one in tellings}) == len(tellings)
    assert tellings == reader.read(report).tellings


def test_a_missing_member_comes_from_the_pair_told_before(reader: Reader) -> None:
    text = "Chad opened an embassy in Oslo in 1990. Relations were severed on 3 March 1996."
    severed = [one for one in read(reader, text) if one.state == "severed"]
    assert [member_of(actor) for actor in severed[0].members] == ["NOR", "TCD"]
    assert severed[0].date == "1996-03-03"
    assert "the pair told before" in severed[0].why


def test_what_a_stranger_does_is_not_laid_on_the_pair_told_before(reader: Reader) -> None:
    text = "Chad opened an embassy in Oslo in 1990. Mbeki Torun later broke relations with Peru."
    assert not [one for one in read(reader, text) if one.state == "severed"]


def test_a_verb_with_a_subject_of_its_own_is_about_that(reader: Reader) -> None:
    text = "Much was done in building relations between Peru and Fiji, good contacts have been established, the envoy added."
    assert "established" not in {one.state for one in read(reader, text)}


def test_the_sender_is_who_the_envoy_comes_from(reader: Reader) -> None:
    text = (
        "The first Chilean minister to Norway was Juan Holm, named on 20 June 1858. "
        "Holm presented his credentials in Oslo on 18 September 1858."
    )
    (last,) = [
        one for one in read(reader, text) if one.date == "1858-09-18" and one.kind == "ambassador"
    ]
    assert [member_of(actor) for actor in last.members] == ["CHL", "NOR"]


def test_another_mission_in_the_sentence_is_no_host(reader: Reader) -> None:
    text = "Fiji is small. The state of Fiji is young. The Peruvian embassy closed on 30 August 1996, and its work was done by the embassy in Oslo."
    (one,) = [one for one in read(reader, text) if one.state == "closed"]
    assert [member_of(actor) for actor in one.members] == ["PER", "FJI"]


def test_what_is_told_before_an_act_has_another_day(reader: Reader) -> None:
    text = "Prior to the establishment of diplomatic relations between Peru and Fiji, a shop opened on 21 October 1986."
    assert not [one for one in read(reader, text) if one.date == "1986-10-21"]


def test_without_a_date_nothing_is_reckoned(reader: Reader) -> None:
    text = "Kenya and Norway will mark 60 years of diplomatic relations next year."
    assert not [one for one in read(reader, text, published=None) if one.date]


def test_forms() -> None:
    assert {"severs", "severed", "severing"} <= forms_of("sever")
    assert {"broke", "broken", "breaking"} <= forms_of("break")
    assert {"embassies"} <= forms_of("embassy")
    assert {"cutting"} <= forms_of("cut")
    assert "recalled" in forms_of("recall")
