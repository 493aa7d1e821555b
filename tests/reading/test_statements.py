"""Who said what, in awkward makes of quotation: sentences of our own, read by the whole line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dragoman.entries import Part, Report
from dragoman.reading.quotes import is_name
from dragoman.reading.statements import spoken

if TYPE_CHECKING:
    from dragoman.entries import ReadReport, Statement
    from dragoman.reading import Reader


def read(reader: Reader, text: str, *, title: str = "") -> ReadReport:
    """The text as a report of 23 May 2024: its paragraphs are its parts, the title the first."""
    whole = f"{title}\n\n{text}" if title else text
    parts, start = [], 0
    for number, paragraph in enumerate(whole.split("\n\n")):
        kind = "title" if title and number == 0 else "prose"
        if paragraph.strip():
            parts.append(Part(kind, start, start + len(paragraph)))
        start += len(paragraph) + 2
    return reader.read(Report(id="r", text=whole, published="2024-05-23", parts=tuple(parts)))


def said(reader: Reader, text: str, words: str, *, title: str = "") -> Statement:
    """The shortest statement whose content holds these words."""
    found = read(reader, text, title=title).statements
    holding = [one for one in found if words in one.content.text]
    told = [(one.speaker and one.speaker.span.text, one.content.text) for one in found]
    assert holding, f"{words!r} is said by nobody in {told}"
    return min(holding, key=lambda one: len(one.content.text))


# text, words of the content, words of the speaker, kind
MAKES = [
    ('"We want calm in the Gulf," Hassan Karimi said.', "want calm", "Hassan Karimi", "direct"),
    ("“We want calm in the Gulf,” Hassan Karimi said.", "want calm", "Hassan Karimi", "direct"),
    ("‘We want calm in the Gulf,’ Hassan Karimi said.", "want calm", "Hassan Karimi", "direct"),
    ("'We want calm in the Gulf,' Hassan Karimi said.", "want calm", "Hassan Karimi", "direct"),
    ("«We want calm in the Gulf», Hassan Karimi said.", "want calm", "Hassan Karimi", "direct"),
    ("„We want calm in the Gulf“, Hassan Karimi said.", "want calm", "Hassan Karimi", "direct"),
    ("''We want calm in the Gulf,'' Hassan Karimi said.", "want calm", "Hassan Karimi", "direct"),
    ("”We want calm in the Gulf,” Hassan Karimi said.", "want calm", "Hassan Karimi", "direct"),
    ('Hassan Karimi said: "We want calm in the Gulf."', "want calm", "Hassan Karimi", "direct"),
    ('Hassan Karimi said that Iran wanted "calm and trade".', "calm and", "Hassan Karimi", "mixed"),
    ("Hassan Karimi said that Iran wanted calm.", "wanted calm", "Hassan Karimi", "indirect"),
    ("Iran wanted calm, said Hassan Karimi.", "wanted calm", "Hassan Karimi", "indirect"),
    # a second piece behind the words of saying, in the sentence and in the next
    ('"We want calm," Hassan Karimi said, "and we want trade."', "want trade", "Hassan Karimi", "direct"),
    ('"We want calm," Hassan Karimi said. "We also want trade."', "want trade", "Hassan Karimi", "direct"),
    # a quotation opened anew in each paragraph, and one left open for good
    ("“We want calm,” Hassan Karimi said. “We are ready.\n\n“We also want trade.”",
     "want trade", "Hassan Karimi", "direct"),
    ('Hassan Karimi said: "We want calm in the Gulf', "want calm", "Hassan Karimi", "direct"),
    # an odd mark before: the next quotation is still found
    ('The gun is 5" wide. "We want calm," Hassan Karimi said.', "want calm", "Hassan Karimi", "direct"),
    # a colon at the end of a paragraph
    ("Hassan Karimi added:\n\n“We want calm in the Gulf, and we want it now.”",
     "want calm", "Hassan Karimi", "direct"),
    # a sentence of its own, the speaker told before or behind
    ('Hassan Karimi spoke for an hour. "We want calm in the Gulf and beyond it."',
     "want calm", "Hassan Karimi", "direct"),
    ('"We want calm in the Gulf and beyond it." Hassan Karimi spoke for an hour.',
     "want calm", "Hassan Karimi", "direct"),
    # signed
    ("“We want calm in the Gulf.” — Hassan Karimi, teacher", "want calm", "Hassan Karimi", "direct"),
    # a quotation inside a quotation belongs to the outer speaker
    ("“My father told me ‘never lie’ every day,” Hassan Karimi said.",
     "My father told", "Hassan Karimi", "direct"),
    # the mark of the next sentence does not reach over the stop
    ("Hassan Karimi said, “We want calm.” Oman welcomed it.", "want calm", "Hassan Karimi", "direct"),
    # anonymous and collective speakers stay what they are
    ("Officials said that the border would open.", "border would open", "Officials", "indirect"),
    ("Sources close to the talks said that the border would open.",
     "border would open", "Sources close to the talks", "indirect"),
    ("According to Turkish officials, the border will open.", "border will open", "Turkish officials", "indirect"),
    # the comma that closes an apposition belongs to it
    ('"We want calm," Sara Lind, the envoy of Oman, said.', "want calm", "Sara Lind, the envoy of Oman,", "direct"),
    ('"We want calm," said Sara Lind, whose talks in Doha had failed.',
     "want calm", "Sara Lind, whose talks in Doha had failed", "direct"),
    # a transcript, set plainly and in marks
    ("LIND: Who will open the border?\n\nKARIMI: We will open it in May.",
     "open it in May", "KARIMI", "indirect"),
    ("“KARIMI: We will open the border in May, and we will do it alone.",
     "We will open", "KARIMI", "direct"),
    # the subject of the sentence before in the paragraph, not the speaker of another paragraph
    ("“Trade is small,” Sara Lind said.\n\nVladimir Putin looked further ahead. “It will grow in all our ports.”",
     "will grow", "Vladimir Putin", "direct"),
    # a noun of saying with its owner
    ("Oman rejected Iran's claim that the border was open.", "border was open", "Iran's", "indirect"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "speaker", "kind"), MAKES)
def test_makes_of_quotation(reader: Reader, text: str, words: str, speaker: str, kind: str) -> None:
    told = said(reader, text, words)
    assert told.speaker is not None
    assert told.speaker.span.text == speaker
    assert told.kind == kind


# text, words of the content, catalogue name or code of the speaker
RESOLVED = [
    ("King Hamad of Bahrain met Vladimir Putin on Thursday. He said that peace was near.",
     "peace was near", "Hamad bin Isa Al Khalifa"),
    ("King Hamad of Bahrain came to Moscow. The Bahraini monarch noted that peace was near.",
     "peace was near", "Hamad bin Isa Al Khalifa"),
    ("Vladimir Putin spoke in Moscow. “Trade is still small,” the Russian president said.",
     "Trade is still small", "Vladimir Putin"),
    ("Vladimir Putin, who had said that trade was small, left Moscow.", "trade was small", "Vladimir Putin"),
    ("Iran's foreign ministry said that the border would open.", "border would open", "IRN"),
    ("A spokesman for the Kuwaiti government said that the border would open.", "border would open", "KWT"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "who"), RESOLVED)
def test_speakers_are_followed_back(reader: Reader, text: str, words: str, who: str) -> None:
    speaker = said(reader, text, words).speaker
    assert speaker is not None
    assert who in {speaker.name, speaker.entity_code}


@pytest.mark.parametrize(
    "text",
    [
        'The "peace plan" failed in a week.',
        "The minister joined the ‘Eurasian Water and Trade Vision Group’ in Baku.",
        'The film "The Long Road To The Sea" was shown in Doha.',
        "A dozen ministers' cars and the kings' guards filled the road.",
        'The 5" gun was shown.',
    ],
)
def test_names_and_distances_are_no_speech(reader: Reader, text: str) -> None:
    assert [
        one.content.text for one in read(reader, text).statements if one.kind != "indirect"
    ] == []


def test_headline_with_a_colon(reader: Reader) -> None:
    told = said(
        reader,
        "The king was in Moscow.",
        "reason",
        title="Bahrain: no reason to delay ties with Iran",
    )
    assert told.speaker is not None
    assert told.speaker.entity_code == "BHR"
    assert told.content.text == "no reason to delay ties with Iran"


def test_headline_with_a_topic_is_no_statement(reader: Reader) -> None:
    found = read(
        reader, "It was a long day.", title="Yemen: rebels shell the port of Mokha"
    ).statements
    assert [one for one in found if one.coder == "rule:label"] == []


def test_words_of_saying_are_no_part_of_what_is_said(reader: Reader) -> None:
    text = "During his talks in Doha, Hassan Karimi said, “We want calm,” adding that “the border is open.”"
    told = said(reader, text, "want calm")
    assert told.content.text == "“We want calm,”"
    text = "The border had opened for the first time in years, said Hassan Karimi of Iran on Thursday in Doha."
    told = said(reader, text, "had opened")
    assert told.content.text == "The border had opened for the first time in years"


def test_the_next_words_of_saying_end_what_is_said(reader: Reader) -> None:
    text = "Hassan Karimi said that the border was open, adding that trade would grow in May."
    told = said(reader, text, "border was open")
    assert told.content.text == "that the border was open"
    assert said(reader, text, "trade would grow").speaker is not None


def test_content_does_not_break_off_before_its_noun(reader: Reader) -> None:
    text = (
        "Hassan Karimi has called for taxing income from the sale of oil at a low 15 percent rate."
    )
    ends = [one.content.text.split()[-1] for one in read(reader, text).statements]
    assert set(ends) <= {"rate"}


def test_an_interview_is_told_turn_by_turn(reader: Reader) -> None:
    text = (
        "Mara Lind: Who will open the border?\n\nHassan Karimi: We will open it in May. I told them so.\n\n"
        "Mara Lind: You said that the road was safe.\n\nHassan Karimi: Yes, and it was true then."
    )
    found = [one for one in read(reader, text).statements if one.coder == "rule:transcript"]
    assert [one.speaker and one.speaker.span.text for one in found] == [
        "Mara Lind", "Hassan Karimi", "Mara Lind", "Hassan Karimi",
    ]  # fmt: skip
    assert found[1].content.text == "We will open it in May. I told them so."
    assert found[1].addressee is not None
    assert found[1].addressee.span.text == "Mara Lind"
    inner = [one for one in read(reader, text).statements if one.cue and one.cue.text == "said"]
    assert inner
    assert inner[0].speaker is not None
    assert inner[0].speaker.span.text == "You"
    assert inner[0].speaker.name == "Hassan Karimi"


def test_a_single_note_is_no_transcript(reader: Reader) -> None:
    text = "Note: the border is closed.\n\nOman is calm.\n\nUpdate: the border is open."
    assert [one for one in read(reader, text).statements if one.coder == "rule:transcript"] == []


@pytest.mark.parametrize(
    ("text", "words", "who"),
    [
        ("He met Vladimir Putin, who said that trade was small.", "trade was small", "Vladimir Putin"),
        ("The Omani army said that it was calm. They also said the road was open.",
         "road was open", "OMN"),
    ],
)  # fmt: skip
def test_pronouns_of_speakers(reader: Reader, text: str, words: str, who: str) -> None:
    speaker = said(reader, text, words).speaker
    assert speaker is not None
    assert who in {speaker.name, speaker.entity_code}


def test_page_furniture_says_nothing(reader: Reader) -> None:
    text = "Read more: minister says border to open.\n\nOman is calm."
    report = Report(
        id="r",
        text=text,
        parts=(Part("furniture", 0, 41), Part("prose", 43, len(text))),
    )
    assert reader.read(report).statements == ()


def test_agency_passes_the_words_on(reader: Reader) -> None:
    text = "Bahrain's state news agency reported that King Hamad said that there was no reason to wait."
    told = said(reader, text, "no reason to wait")
    assert told.speaker is not None
    assert told.speaker.name == "Hamad bin Isa Al Khalifa"
    assert told.via is not None
    assert told.via.span.text == "Bahrain's state news agency"


def test_quoted_as_saying(reader: Reader) -> None:
    text = (
        "The Financial Times quoted Iran's foreign minister as saying that the border would open."
    )
    told = said(reader, text, "border would open")
    assert told.speaker is not None
    assert told.speaker.entity_code == "IRN"
    assert told.via is not None
    assert told.via.span.text == "The Financial Times"


def test_inverted_subject_is_dated_too(reader: Reader) -> None:
    text = "“We agree to the plan,” said the king of Bahrain on Thursday."
    told = said(reader, text, "We agree")
    assert told.speaker is not None
    assert told.speaker.span.text == "the king of Bahrain"
    assert told.date == "2024-05-23"


def test_addressee_and_day(reader: Reader) -> None:
    told = said(
        reader, "Vladimir Putin told reporters on Monday that trade was small.", "trade was small"
    )
    assert told.addressee is not None
    assert told.addressee.span.text == "reporters"
    assert told.date == "2024-05-20"
    assert told.date_precision == "day"


def test_day_inside_the_words_is_not_when_they_were_said(reader: Reader) -> None:
    told = said(
        reader, "Vladimir Putin said that the army would leave on Monday.", "army would leave"
    )
    assert told.date is None


def test_participle_keeps_the_speaker(reader: Reader) -> None:
    text = "King Hamad of Bahrain said, “The region wants peace,” adding that “Russia is a friend of ours.”"
    told = said(reader, text, "Russia is a friend")
    assert told.speaker is not None
    assert told.speaker.name == "Hamad bin Isa Al Khalifa"


def test_what_is_wanted_is_told_by_the_outlet(reader: Reader) -> None:
    found = read(reader, "Kuwait recalled its ambassador from Iran.").statements
    assert spoken(found) == ()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Eurasian Trade Vision Group", True),
        ("The War of the Winds", True),
        ("We agree", False),
        ("No", False),
        ("Stop It Now!", False),
    ],
)
def test_names_by_their_capitals(words: str, expected: bool) -> None:
    assert is_name(words) is expected


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.sampled_from(['"', "“", "”", "‘", "’", "'", "''", "«", "»", "„", "‹", "›", "said", "he said,", "Iran",
                         "We go", "told", "no", ".", ",", ":", "?", " — ", "\n", "\n\n", " ", " "]),
        max_size=24,
    )
)  # fmt: skip
def test_no_marks_make_it_fail(reader: Reader, pieces: list[str]) -> None:
    found = read(reader, "".join(pieces) or " ")
    text = found.report.text
    for one in found.statements:
        for span in (one.span, one.content, one.cue, one.speaker and one.speaker.span):
            assert span is None or text[span.start : span.end] == span.text
            assert span is None or span.text.strip()
        assert one.span.holds(one.content)
    assert len({one.id for one in found.statements}) == len(found.statements)


def test_what_is_recalled_is_no_attitude(reader: Reader) -> None:
    text = "Kuwait recalled its ambassador from Iran on Tuesday."
    report = Report(id="r", text=text, parts=(Part("prose", 0, len(text)),))
    assert reader.read(report).statements == ()
