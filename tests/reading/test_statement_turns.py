"""Who "he", "they", "the zoo" and "the president" are who speak, and whose the codes beside them are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dragoman.entries import Part, Report

if TYPE_CHECKING:
    from dragoman.entries import Statement
    from dragoman.reading import Reader

# text, words of the content, name and code of the speaker
SPEAKERS = [
    # who is named in another's words is not "he" outside of them
    ("Robert Mugabe refused to go. “Only Peter Lind may remove me from here,” he declared.",
     "Only Peter Lind", "Robert Mugabe", "ZWE"),
    # the subject of the main clause, not of what stands before it
    ("After Ana Holm released the count in Oslo, Sara Lind met the miners. She said that the mine was safe.",
     "the mine was safe", "Sara Lind", None),
    # the president is not the president-elect
    (("President Donald Trump answered President-elect Joe Biden in Washington. The president said that "
      "the count was wrong."), "the count was wrong", "Donald Trump", "USA"),
    # one office under two names
    (("Representative Peter Lind of Ohio came to the port. The congressman said that the pier was safe."),
     "the pier was safe", "Peter Lind", "USA"),
    # who is of a body speaks again as its kind
    ("The boy fell at the Harbourtown Zoo. The zoo said that he was safe.", "he was safe", "Harbourtown Zoo", None),
    (("Roads are busy, according to the Malta Hauliers Association, an industry group. "
      "The group said that lorries stood for days."), "lorries stood", "Malta Hauliers Association", "MLT"),
    # whose adviser and whose campaign speaks is not she
    ("Hillary Clinton stayed at home. Top Clinton advisers said that the plan was good.", "plan was good", None, "USA"),
    (("Senator Amy Klobuchar spoke in Minnesota. Senator Klobuchar's campaign said that it was broke."),
     "it was broke", None, "USA"),
    # a part is not the whole
    ("Some in the GOP said that the bill was bad.", "bill was bad", None, "USA"),
    ("The Hamas chief said that the road was shut.", "road was shut", None, "PSE"),
    # the name behind a title of a place, a wife's name, a stranger's name
    ("First Minister of Scotland Nora Hale said that the court was right.", "court was right", "Nora Hale", None),
    ("Lind's wife Jonna Lind said that the mask was good.", "mask was good", "Jonna Lind", None),
    ("A student named Wong said that the rain was bad.", "rain was bad", "Wong", None),
    # Mr. Jordan is no state, and Athens County no Greece
    ("Rep. Jim Jordan of Ohio came late. Mr. Jordan said that the records were lost.", "records were lost", "Jim Jordan", None),
    ("Athens County Prosecutor Keller Lind said that the case was old.", "case was old", "Keller Lind", None),
    ("Sustainable Australia said that the river was dry.", "river was dry", "Sustainable Australia", "AUS"),
    # the name at the end of titles and bodies
    ("Moore campaign chairman Bill Lind said that the vote was near.", "vote was near", "Bill Lind", None),
    ("Yesterday, United States House of Representatives Speaker Nancy Pelosi confirmed that the vote was near.",
     "vote was near", "Nancy Pelosi", "USA"),
    ("Businessman and Trump loyalist Stephen Lind said that the vote was near.", "vote was near", "Stephen Lind", None),
    # a name is no second subject beside its description
    (("Even China, Pyongyang's only ally and its economic lifeline to the outside world, said it was "
      '"resolutely opposed" to the test.'), "resolutely opposed", "China", "CHN"),
    # who brought a lawsuit is told of beside it
    ("The lawsuit, which was brought by Ann Lind, said that the port was unsafe.", "port was unsafe", None, None),
    # his office is not he; a given name alone is whose full name was told
    ("Senator Amy Klobuchar of Minnesota fell ill. Her office said that the cut was small.", "cut was small", None, "USA"),
    ("Debbie Lind lost her boat. Debbie said that the sea was rough.", "sea was rough", "Debbie Lind", None),
]  # fmt: skip


def speaker(reader: Reader, text: str, words: str) -> Statement:
    parts = (Part("prose", 0, len(text)),)
    report = Report(id="r", text=text, published="2020-11-26", parts=parts)
    found = [one for one in reader.read(report).statements if words in one.content.text]
    assert found, f"{words!r} is said by nobody"
    return min(found, key=lambda one: len(one.content.text))


@pytest.mark.parametrize(
    ("text", "words", "name", "code"), SPEAKERS, ids=lambda value: str(value)[-40:]
)
def test_who_speaks(
    reader: Reader, text: str, words: str, name: str | None, code: str | None
) -> None:
    told = speaker(reader, text, words).speaker
    assert told is not None
    assert (told.name or "").removeprefix("the ") == (name or "")
    assert told.country_code == code


def test_an_owners_mark_is_no_part_of_a_name(reader: Reader) -> None:
    text = "The code is kept by RIAA's lawyers."
    report = Report(id="r", text=text, parts=(Part("prose", 0, len(text)),))
    names = [
        one.actor.name
        for one in reader.read(report).mentions
        if one.span.text == "RIAA's" and one.actor
    ]
    assert names == ["RIAA"]


def test_they_are_not_the_one_who_spoke_before(reader: Reader) -> None:
    text = "Mr. Lind said that the pier was shut. They argued that the count was wrong."
    told = speaker(reader, text, "count was wrong").speaker
    assert told is None or told.name is None


def test_a_foreigner_of_a_strange_body_takes_no_country(reader: Reader) -> None:
    text = (
        "Indonesia lost a ship off Java. The Indonesian navy looked for it, and Jakarta sent divers. Indonesia's "
        "police came too. Doug Lind of Harbour Marine said that the signal was weak."
    )
    told = speaker(reader, text, "signal was weak").speaker
    assert told is not None
    assert (told.name, told.country_code) == ("Doug Lind", None)


def test_who_heads_a_foreign_mission_takes_no_country(reader: Reader) -> None:
    text = (
        "Haiti buried its dead. Haitian police guarded the roads of Haiti, and the Haitian army slept. Ann Lime, who "
        "heads the U.N. mission, said that the gangs were near."
    )
    told = speaker(reader, text, "gangs were near").speaker
    assert told is not None
    assert told.country_code is None


def test_a_nationality_before_an_unknown_calling_is_the_persons(reader: Reader) -> None:
    text = "French inventor Franky Lind said that the flight was short."
    told = speaker(reader, text, "flight was short").speaker
    assert told is not None
    assert (told.name, told.country_code) == ("Franky Lind", "FRA")
