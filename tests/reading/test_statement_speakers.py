"""Who speaks where the words stand apart from the name, by whole readings of our own sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.reading.told import said, statements

if TYPE_CHECKING:
    from dragoman.reading import Reader


# text, words of the content, words of the speaker, his name or code (None: neither is asked)
SPEAKERS = [
    # the person told something is not who speaks, though he stands right behind the verb
    ("“Trade will grow in every port,” the king told Sara Lind of The Harbour Post.",
     "Trade will grow", "the king", None),
    # who is shown speaks, not the picture
    ("The film ends with footage of Sara Lind saying, “We want calm in the Gulf.”",
     "want calm", "Sara Lind", "Sara Lind"),
    # what a participle behind a comma adds is the subject's, not the object's before it
    (("In May, several shipping firms granted Hassan Karimi a loan on a new pier, saying his “plans for the "
     "port were sound.”"), "plans for the", "several shipping firms", None),
    # whoever issues a statement says what it says
    ("On Monday Sara Lind issued a statement at the port saying, “The count is far from over.”",
     "The count is far", "Sara Lind", "Sara Lind"),
    # a club's or a body's name before a title is not the speaker's
    ("“We played well in the rain,” Harbourtown coach Sara Lind said.", "played well",
     "Harbourtown coach Sara Lind", "Sara Lind"),
    # who leads a movement is not who leads the country
    (("Vladimir Putin spoke in Moscow. The leader of the Clean Rivers movement, Sara Lind, said that the "
     "water was bad."), "water was bad", "The leader of the Clean Rivers movement, Sara Lind,", "Sara Lind"),
    # a part of a name is still his whose title stands beside it
    ("Bahrain's King Hamad bin Isa, who is visiting Oman, said that the road was open.", "road was open",
     "Bahrain's King Hamad bin Isa, who is visiting Oman,", "BHR"),
    # the same noun again is the same speaker
    (("A U.S. State Department spokesperson said that Haiti needed calm. “We were saddened by the reports "
     "from the harbour,” the spokesperson said."), "saddened by", "the spokesperson", "USA"),
    # a quotation goes on after the words of saying told last
    (("Sara Lind said she came because “most people do not know the port,” she said. “We must know where "
     "we came from.”"), "where we came from", "she", "Sara Lind"),
    # the comma that closes nothing stays outside
    ("Senator Sara Lind (R-Ohio), in particular, said that the port was closed.", "port was closed",
     "Senator Sara Lind (R-Ohio)", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "source", "who"), SPEAKERS)
def test_who_speaks(reader: Reader, text: str, words: str, source: str, who: str | None) -> None:
    speaker = said(reader, text, words).speaker
    assert speaker is not None
    assert speaker.span.text == source
    assert who is None or who in {speaker.name, speaker.entity_code}


def test_who_is_accused_says_nothing(reader: Reader) -> None:
    text = "The prison holds a former member of the guard, who is accused of plotting against the state."
    assert [
        one.content.text
        for one in statements(reader, text)
        if one.speaker and one.speaker.span.text == "who"
    ] == []


def test_an_act_is_no_attitude(reader: Reader) -> None:
    text = "On Friday a federal judge sentenced a doctor from Ohio to ten years in prison."
    assert statements(reader, text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "On Friday the harbour firm sued the city of Lowmere over its new docks.",
        "The northern state has blocked all flights to the islands since May.",
        "Gunmen came to the village after the shopkeeper was accused of theft.",
        "The council members signed the treaty on Monday in the old town hall.",
    ],
)
def test_a_deed_is_no_attitude(reader: Reader, text: str) -> None:
    """Acts that no list names: an attitude needs a word of speech, belief, will or stance."""
    assert statements(reader, text) == ()


@pytest.mark.parametrize(
    ("text", "speaker", "content"),
    [
        ("Kuwait opposes the new oil tax.", "Kuwait", "the new oil tax"),
        ("The mayor sees the bridge as a waste of money.", "The mayor", "the bridge as a waste"),
        ("The study found that the lake is warmer than before.", "The study", "the lake is warmer"),
        ("Mara Lind raised concerns about the new dam.", "Mara Lind", "the new dam"),
    ],
)
def test_a_stance_is_an_attitude(reader: Reader, text: str, speaker: str, content: str) -> None:
    found = [one for one in statements(reader, text) if content in one.content.text]
    assert [one.speaker.span.text for one in found if one.speaker] == [speaker]


def test_a_name_that_things_bear_is_said_by_nobody(reader: Reader) -> None:
    text = "People from the islands get no citizenship. Instead, they are called nationals on their passports."
    assert [one for one in statements(reader, text) if one.speaker is None] == []


def test_a_quoted_transcript_is_told_turn_by_turn(reader: Reader) -> None:
    text = (
        "Mara Lind asked Hassan Karimi about the port.\n\n"
        "“LIND: Who will open the border?\n\n“KARIMI: We will open it “at once” in May. I told them so.\n\n"
        "“LIND: Is the road safe?\n\n“KARIMI: Yes, and it was safe then.”"
    )
    found = [one for one in statements(reader, text) if one.coder == "rule:transcript"]
    assert [one.speaker and one.speaker.name for one in found] == [
        "Mara Lind", "Hassan Karimi", "Mara Lind", "Hassan Karimi",
    ]  # fmt: skip
    assert found[1].content.text == "We will open it “at once” in May. I told them so."
    assert found[3].content.text == "Yes, and it was safe then."
    assert found[1].cue is not None
    assert found[1].cue.text == ":"


def test_a_paragraph_behind_a_colon_is_what_was_said(reader: Reader) -> None:
    text = (
        "On Tuesday Hassan Karimi wrote:\n\n"
        "This border has been closed for nine years. It must open before the winter.\n\n"
        "Oman is calm."
    )
    told = said(reader, text, "closed for nine years")
    assert told.coder == "rule:block quotation"
    assert told.content.text.endswith("before the winter.")
    assert told.speaker is not None
    assert told.speaker.span.text == "Hassan Karimi"
    assert all("Oman is calm" not in one.content.text for one in statements(reader, text))


def test_a_list_behind_a_colon_is_no_speech(reader: Reader) -> None:
    text = "Hassan Karimi wrote:\n\n- the border between the two states will open in May"
    assert [one for one in statements(reader, text) if one.coder == "rule:block quotation"] == []


def test_marks_of_two_makes_hold_one_quotation(reader: Reader) -> None:
    text = 'Oman was quiet.\n\n"You have one port that is open. You have another that is shut for good,” Sara Lind said.'
    told = said(reader, text, "another that is shut")
    assert told.content.text.startswith('"You have one port')
    assert told.speaker is not None
    assert told.speaker.span.text == "Sara Lind"


def test_a_signed_paragraph_is_one_quotation(reader: Reader) -> None:
    text = "“My aunt works here. She says ‘money is all they want.” Nobody listens to her.” ― Sara Lind"
    told = said(reader, text, "My aunt works")
    assert "Nobody listens" in told.content.text
    assert told.speaker is not None
    assert told.speaker.span.text == "Sara Lind"


def test_a_quotation_within_the_clause_does_not_end_it(reader: Reader) -> None:
    text = "Sara Lind claimed “Oman exaggerates” the number of ships in port and added that trade fell."
    assert "the number of ships" in said(reader, text, "exaggerates").content.text


def test_a_cue_does_not_break_off_inside_a_phrase(reader: Reader) -> None:
    text = "Sara Lind said on Twitter. “Black sea ports have done above and beyond.”"
    cues = [one.cue.text for one in statements(reader, text) if one.cue]
    assert all(not cue.endswith((" on", " in", " in a", " at a")) for cue in cues)


def test_he_is_not_who_is_named_in_his_own_words(reader: Reader) -> None:
    text = (
        "Vladimir Putin met the envoys in May. “The plan is sound,” said Hassan Karimi, a lawyer in Muscat. "
        "“It says that Vladimir Putin picks the envoys of the port,” he told The Harbour Post."
    )
    speaker = said(reader, text, "picks the envoys").speaker
    assert speaker is not None
    assert speaker.span.text == "he"
    assert speaker.name == "Hassan Karimi"


def test_who_is_named_since_goes_before_who_spoke_last(reader: Reader) -> None:
    text = (
        "“The plan is sound,” said Hassan Karimi, a lawyer. Vladimir Putin came to Muscat on Monday. "
        "He said that the port would open."
    )
    speaker = said(reader, text, "port would open").speaker
    assert speaker is not None
    assert speaker.name == "Vladimir Putin"


def test_he_in_an_answer_is_not_who_answers(reader: Reader) -> None:
    text = (
        "Mara Lind: Who will open the border?\n\nHassan Karimi: We will. The mayor wrote to me, and he said that "
        "the road was safe.\n\nMara Lind: Is it?\n\nHassan Karimi: Yes."
    )
    speaker = said(reader, text, "road was safe").speaker
    assert speaker is not None
    assert speaker.name != "Hassan Karimi"


def test_we_would_like_is_said_by_who_answers(reader: Reader) -> None:
    text = (
        "Mara Lind: What is next?\n\nHassan Karimi: We would like to confirm that the road is safe.\n\n"
        "Mara Lind: When?\n\nHassan Karimi: In May."
    )
    speaker = said(reader, text, "the road is safe").speaker
    assert speaker is not None
    assert speaker.name == "Hassan Karimi"


def test_who_is_told_something_is_not_what_is_said(reader: Reader) -> None:
    text = "A total of nine ships were lost, officials told state media, adding that the search went on."
    contents = [one.content.text for one in statements(reader, text)]
    assert "state media" not in contents
    assert "A total of nine ships were lost" in contents


def test_a_cue_is_more_than_its_auxiliary(reader: Reader) -> None:
    text = (
        "Scientists have disclosed new steps toward clean ports. Oman was told that it could join."
    )
    cues = {one.cue.text for one in statements(reader, text) if one.cue}
    assert not cues & {"have", "was", "has", "is"}


def test_what_is_called_off_is_no_statement(reader: Reader) -> None:
    assert statements(reader, "The coast guard called off its search on Tuesday.") == ()


def test_a_program_of_a_name_is_no_statement(reader: Reader) -> None:
    text = 'Hungary launched a military development program dubbed "Winter 2026" in May.'
    assert [one for one in statements(reader, text) if one.coder == "stance:launch"] == []


def test_who_is_quoted_as_saying_what_stands_before(reader: Reader) -> None:
    text = (
        "“We will never sign,” state television quoted Hassan Karimi as telling officers on Monday."
    )
    told = said(reader, text, "never sign")
    assert told.content.text == "“We will never sign,”"
    assert told.speaker is not None
    assert told.speaker.span.text == "Hassan Karimi"
    assert told.via is not None
    assert told.via.span.text == "state television"


def test_who_is_warned_is_spoken_to(reader: Reader) -> None:
    text = "Kuwait's emir warned Iraq's prime minister, Hassan Karimi, that the talks could fail."
    told = said(reader, text, "talks could fail")
    assert told.addressee is not None
    assert told.addressee.span.text.startswith("Iraq's prime minister")
    assert [one.content.text for one in statements(reader, text)] == ["that the talks could fail"]


def test_a_statement_in_a_statement_whose_subject_the_tree_hides(reader: Reader) -> None:
    text = (
        "Egypt's foreign ministry said in a statement that Sameh Shoukry had told his Turkish counterpart "
        "that ties would improve."
    )
    told = said(reader, text, "that ties would improve")
    assert told.speaker is not None
    assert told.speaker.name == "Sameh Shoukry"
    assert told.via is not None


def test_a_news_conference_is_an_occasion_and_no_hearer(reader: Reader) -> None:
    told = said(
        reader, "Hassan Karimi told a news conference in Muscat that trade was small.", "trade"
    )
    assert told.addressee is None
    assert told.occasion is not None
    assert told.occasion.kind == "press conference"


def test_who_is_spoken_to_in_the_clause_before(reader: Reader) -> None:
    told = said(
        reader, "Speaking to reporters in Muscat, Hassan Karimi said trade was small.", "trade"
    )
    assert told.addressee is not None
    assert told.addressee.span.text == "reporters"


def test_a_claim_whose_owner_the_tree_hides(reader: Reader) -> None:
    text = "Following the debate a paper did a check on Vladimir Putin’s claim that there have been “thousands of ships” in port."
    told = said(reader, text, "thousands of ships")
    assert told.speaker is not None
    assert told.speaker.name == "Vladimir Putin"


def test_what_is_lauded_in_quoted_words_is_said(reader: Reader) -> None:
    text = (
        "Sara Lind lauded Hassan Karimi as a “powerful voice of freedom.” He was hailed as a hero."
    )
    found = statements(reader, text)
    assert [one.coder for one in found if "voice of freedom" in one.content.text] == ["rule:laud"]
    assert [one for one in found if one.content.text == "He"] == []


def test_words_of_saying_behind_a_question_close_it(reader: Reader) -> None:
    text = (
        "The council met in May. Olav Berg spoke of “a dear and useless bridge.” "
        "“Did we not ask for it first?” Hana Brook writes to Olav Berg."
    )
    told = said(reader, text, "ask for it first")
    assert told.speaker is not None
    assert (told.speaker.span.text, told.cue and told.cue.text) == ("Hana Brook", "writes")


def test_a_short_quotation_behind_a_colon_is_speech(reader: Reader) -> None:
    told = said(reader, "Hana Brook is rolling out a new message: “Come back.”", "Come back")
    assert told.content.text == "“Come back.”"
    assert told.speaker is not None
    assert told.speaker.span.text == "Hana Brook"


def test_she_in_a_clause_speaks_and_not_who_is_named_behind_it(reader: Reader) -> None:
    text = (
        "Though she called the plan “reckless” and called for the ministers to be “thrown out” at "
        "once, Hana Brook voted for it."
    )
    told = said(reader, text, "thrown out")
    assert told.speaker is not None
    assert told.speaker.span.text == "she"


def test_an_age_closes_the_source_with_its_comma(reader: Reader) -> None:
    told = said(reader, "Hana Brook, 82, said that the road was open.", "road was open")
    assert told.speaker is not None
    assert told.speaker.span.text == "Hana Brook, 82,"


def test_a_question_holds_no_attitude(reader: Reader) -> None:
    asked = statements(reader, "Why should voters support a second term for the mayor?")
    assert not [one for one in asked if one.coder.startswith("stance:")]


def test_a_clause_that_goes_its_own_way_is_not_according_to_anybody(reader: Reader) -> None:
    text = "Three ships sank, according to port officials, but the navy keeps a base in the bay."
    told = [one for one in statements(reader, text) if one.coder == "rule:according to"]
    assert [one.content.text for one in told] == ["Three ships sank"]
