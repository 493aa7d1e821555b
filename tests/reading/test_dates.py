"""Time expressions, resolved on flat sentences where no tree is needed, on trees where tense decides."""

from __future__ import annotations

import pytest
from tests.reading.trees import flat, tree_of

from dragoman.entries import Moment, Part, Report
from dragoman.language.tags import Name
from dragoman.reading.dates import find_moments
from dragoman.reading.tree import Page, Tree

DAY = "2024-05-23"  # a Thursday


def in_tree(tree: Tree, published: str | None = DAY) -> list[Moment]:
    text = tree.sentence.span.text
    report = Report(id="r", text=text, published=published, parts=(Part("prose", 0, len(text)),))
    made = find_moments(Page(report, (tree,)))
    for moment in made:
        assert text[moment.span.start : moment.span.end] == moment.span.text
    return list(made)


def moments(text: str, published: str | None = DAY) -> list[Moment]:
    return in_tree(flat(text), published)


def dated(text: str, published: str | None = DAY) -> list[tuple[str | None, str | None]]:
    return [(one.value, one.end) for one in moments(text, published) if one.kind == "date"]


@pytest.mark.parametrize(
    ("text", "value", "end"),
    [
        ("They met on 3 January 2016 in Riyadh.", "2016-01-03", None),
        ("They met on January 3, 2016 in Riyadh.", "2016-01-03", None),
        ("They met on Sunday, 3 January 2016 in Riyadh.", "2016-01-03", None),
        ("The pact of 10.03.2023 holds.", "2023-03-10", None),
        ("The pact of 25/12/2023 holds.", "2023-12-25", None),
        ("They met on Thursday in Moscow.", "2024-05-23", None),
        ("They met on Tuesday in Moscow.", "2024-05-21", None),
        ("They met Tuesday evening in Moscow.", "2024-05-21", None),
        ("They met early on Sunday in Moscow.", "2024-05-19", None),
        ("They met last Thursday in Moscow.", "2024-05-16", None),
        ("They come next Monday to Moscow.", "2024-05-27", None),
        ("They met on Friday last week in Moscow.", "2024-05-17", None),
        ("They met yesterday in Moscow.", "2024-05-22", None),
        ("They met this morning in Moscow.", "2024-05-23", None),
        ("They met last night in Moscow.", "2024-05-22", None),
        ("Shells fell overnight on the port.", "2024-05-22", "2024-05-23"),
        ("On the night of 2 January it burned.", "2024-01-02", None),
        ("Ties ended in 2016 after the attack.", "2016", None),
        ("Ties ended in January 2016 after the attack.", "2016-01", None),
        ("Ties ended in late January 2016 there.", "2016-01", None),
        ("They met in mid-March in Beijing.", "2024-03", None),
        ("They met at the end of May in Beijing.", "2024-05", None),
        ("They met at the beginning of 2016 there.", "2016", None),
        ("They met in March in Beijing.", "2024-03", None),
        ("They met in November in Beijing.", "2023-11", None),
        ("They met in March last year in Beijing.", "2023-03", None),
        ("It opened 35 years ago in Manama.", "1989", None),
        ("It opened two days ago in Manama.", "2024-05-21", None),
        ("It opened two and a half years ago there.", "2021-11", None),
        ("It will open next year in Manama.", "2025", None),
        ("It opened last month in Manama.", "2024-04", None),
        ("It opened last week in Manama.", "2024-05-13", "2024-05-19"),
        ("It opened last weekend in Manama.", "2024-05-18", "2024-05-19"),
        ("Trade fell in the third quarter of 2005 in Asia.", "2005-07", "2005-09"),
        ("Trade fell in the second half of last year there.", "2023-07", "2023-12"),
        ("War went on in the 1990s there.", "1990", "1999"),
        ("It was a war of the 19th century there.", "1801", "1900"),
        ("War lasted 1980-1988 there.", "1980", "1988"),
        ("War lasted from 1980 to 1988 there.", "1980", "1988"),
        ("In 2010-11 it fell.", "2010", "2011"),
        ("The revolt of spring 2011 failed.", "2011-03", "2011-05"),
        ("They met between 5 and 8 March there.", "2024-03-05", "2024-03-08"),
        ("They met from 12 to 15 May there.", "2024-05-12", "2024-05-15"),
        ("They met on 12-15 May 2016 there.", "2016-05-12", "2016-05-15"),
        ("They met from 30 May to 2 June 2016 there.", "2016-05-30", "2016-06-02"),
        ("They met from January to March 2016 there.", "2016-01", "2016-03"),
        ("Trade grew in the past two years there.", "2022", "2024-05-23"),
        ("Trade grew over the last decade there.", "2014", "2024-05-23"),
        ("Trade grew in the past ten days there.", "2024-05-13", "2024-05-23"),
        ("Since 1979 they have not spoken.", "1979", None),
        ("Guns fell silent for Eid al-Fitr 2024 there.", "2024-04-10", None),
        ("Guns fell silent for Ramadan 2024 there.", "2024-03-11", "2024-04-09"),
        ("They met in FY2024 there.", "2024", None),
        ("They met on 2016/01/04 there.", "2016-01-04", None),
        ("It fell fifteen years ago today.", "2009-05-23", None),
        ("It fell a month ago today.", "2024-04-23", None),
        ("It fell two years ago this month.", "2022-05", None),
        ("It fell half a century ago.", "1974", None),
        ("It fell half a decade ago.", "2019", None),
        ("It fell two Fridays ago.", "2024-05-10", None),
        ("It fell a week ago Tuesday.", "2024-05-14", None),
        ("They meet a week from Monday.", "2024-06-03", None),
        ("They meet on Monday week.", "2024-06-03", None),
        ("They met on the first Sunday of March 2012 there.", "2012-03-04", None),
        ("They met on the last Friday in April there.", "2024-04-26", None),
        ("They met in the first ten days of January there.", "2024-01-01", "2024-01-10"),
        ("Trade fell in the first nine months of 2013 there.", "2013-01", "2013-09"),
        ("They met the year before last there.", "2022", None),
        ("They leave by year's end.", "2024", None),
        ("Earlier in the week they met.", "2024-05-20", "2024-05-26"),
        ("It grew January through March there.", "2024-01", "2024-03"),
        ("They met in the first week of March 2014 there.", "2014-03-01", "2014-03-07"),
        ("It was the worst war of last century.", "1900", "1999"),
        ("They met on Thanksgiving 2010 there.", "2010-11-25", None),
    ],
)  # fmt: skip
def test_value(text: str, value: str, end: str | None) -> None:
    assert dated(text) == [(value, end)]


@pytest.mark.parametrize(
    "text",
    [
        "They met on Thursday.",
        "They met yesterday.",
        "It opened two years ago.",
        "In March it fell.",
        "They met on 5 March.",
        "They met last week.",
        "It grew in the past two years.",
    ],
)
def test_without_a_date_nothing_is_guessed(text: str) -> None:
    (found,) = moments(text, published=None)
    assert found.value is None
    assert found.precision == "none"
    assert "no date" in found.why or "not known" in found.why


@pytest.mark.parametrize(
    "text",
    [
        "They met recently.",
        "Later, they met.",
        "The following day they met.",
        "Two days later they met.",
        "They met several years ago.",
        "They will meet soon.",
        "They met on 03/04/2024 there.",
        "The attacks of 9/11 changed it.",
        "They fast at Holi there.",
        "It fell more than a decade ago.",
        "It fell at the turn of the century.",
        "Unfortunately, that day has come.",
        "They knew that hour would come.",
    ],
)
def test_what_cannot_be_known_has_no_value(text: str) -> None:
    assert dated(text) == [(None, None)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("On 3 January 2016 they left; the following day they came back.", ["2016-01-03", "2016-01-04"]),
        ("On 3 January 2016 they left; two days later they came back.", ["2016-01-03", "2016-01-05"]),
        ("On 3 January 2016 they left; a day earlier it burned.", ["2016-01-03", "2016-01-02"]),
        ("In 1990 they left; a year later they came back.", ["1990", "1991"]),
        ("In 1990 they left; two days later they came back.", ["1990", None]),
        ("In January 2016 they left; the same month they came back.", ["2016-01", "2016-01"]),
        ("In 2011 they came in March there.", ["2011", "2011-03"]),
        ("They met on 5 and 8 March 2016 there.", ["2016-03-05", "2016-03-08"]),
        ("They met in January and February 2016 there.", ["2016-01", "2016-02"]),
    ],
)  # fmt: skip
def test_what_was_told_before_and_after_helps(text: str, values: list[str | None]) -> None:
    assert [value for value, _ in dated(text)] == values


def test_a_date_told_long_before_no_longer_anchors() -> None:
    text = "\n".join(
        ["On 3 January 2016 they left.", *["It rained."] * 5, "The next day they met."]
    )
    trees, place = [], 0
    for line in text.split("\n"):
        tree = flat(line)
        sentence = type(tree.sentence)(
            len(trees), "prose", type(tree.sentence.span)(place, place + len(line), line)
        )
        trees.append(Tree(sentence, tree.tags))
        place += len(line) + 1
    report = Report(id="r", text=text, published=DAY, parts=(Part("prose", 0, len(text)),))
    assert [one.value for one in find_moments(Page(report, tuple(trees)))] == ["2016-01-03", None]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("The two-day visit ended.", "duration", "P2D"),
        ("It was the first time in eight years.", "duration", "P8Y"),
        ("They spoke for thirty minutes.", "duration", "PT30M"),
        ("It is a decades-long feud.", "duration", "PXY"),
        ("They meet every year.", "set", "P1Y"),
        ("They meet on Fridays.", "set", "XXXX-WXX-5"),
        ("They met at 14:00 GMT yesterday.", "time", "2024-05-22"),
        ("They met at 16:15 UTC, June 1, 2009.", "time", "2009-06-01"),
    ],
)
def test_lengths_sets_and_times_are_no_dates(text: str, kind: str, value: str) -> None:
    found = [one for one in moments(text) if one.kind == kind]
    assert [one.value for one in found] == [value]


@pytest.mark.parametrize(
    "text",
    [
        "Some 2016 troops and $2,000 were sent; 1,999 came back.",
        "A 45-year-old man drove a 2011 Toyota.",
        "Resolution 2231 and UN Resolution 242 and Agenda 2030 and Vision 2030 stand.",
        "COP28 was loud, and more than 2000 came.",
        "The Arab Spring and the Sunday Times.",
        "They march on the capital and may win.",
    ],
)
def test_what_only_looks_like_a_time(text: str) -> None:
    assert moments(text) == []


def test_a_person_called_may_is_no_month() -> None:
    assert in_tree(flat("A plan of May was told.", (Name(3, 4, "PER", "politician"),))) == []
    assert dated("A plan of May was told.") == [("2024-05", None)]


def test_a_well_known_day_told_long_after_needs_its_year() -> None:
    assert dated("After the October 7 attack it began.", "2024-05-23") == [("2023-10-07", None)]
    assert dated("After the October 7 attack it began.", "2026-05-23") == [(None, None)]
    assert dated("After the October 7, 2023 attack it began.", "2026-05-23") == [
        ("2023-10-07", None)
    ]


WILL = """
The the DET 2 det
king king NOUN 4 nsubj
{aux} {aux} AUX 4 aux
{verb} {lemma} VERB 0 root
there there ADV 4 advmod
on on ADP 7 case
Saturday Saturday PROPN 4 obl
"""


@pytest.mark.parametrize(
    ("aux", "verb", "lemma", "value"),
    [
        ("will", "travel", "travel", "2024-05-25"),
        ("would", "travel", "travel", "2024-05-25"),
        ("had", "travelled", "travel", "2024-05-18"),
        ("is", "travelling", "travel", "2024-05-25"),
        ("was", "travelling", "travel", "2024-05-18"),
    ],
)
def test_the_tense_gives_a_weekday_its_side(aux: str, verb: str, lemma: str, value: str) -> None:
    tree = tree_of(WILL.format(aux=aux, verb=verb, lemma=lemma))
    assert [one.value for one in in_tree(tree)] == [value]


@pytest.mark.parametrize(
    ("aux", "verb", "lemma", "value"),
    [
        ("will", "travel", "travel", ("date", "2024-06-06")),
        ("had", "travelled", "travel", ("duration", "P2W")),
    ],
)
def test_in_two_weeks_is_a_day_only_of_what_is_to_come(
    aux: str, verb: str, lemma: str, value: tuple[str, str]
) -> None:
    tree = tree_of(
        f"""
        They they PRON 3 nsubj
        {aux} {aux} AUX 3 aux
        {verb} {lemma} VERB 0 root
        there there ADV 3 advmod
        in in ADP 7 case
        two two NUM 7 nummod
        weeks week NOUN 3 obl
        """
    )
    assert [(one.kind, one.value) for one in in_tree(tree)] == [value]


def test_a_headline_infinitive_is_to_come_and_an_achievement_is_not() -> None:
    headline = tree_of(
        """
        Ministers minister NOUN 3 nsubj
        to to PART 3 mark
        meet meet VERB 0 root
        on on ADP 5 case
        Tuesday Tuesday PROPN 3 obl
        """,
        kind="title",
    )
    assert [one.value for one in in_tree(headline)] == ["2024-05-28"]
    managed = tree_of(
        """
        Ministers minister NOUN 2 nsubj
        managed manage VERB 0 root
        to to PART 4 mark
        meet meet VERB 2 xcomp
        on on ADP 6 case
        Tuesday Tuesday PROPN 4 obl
        """
    )
    assert [one.value for one in in_tree(managed)] == ["2024-05-21"]


def test_a_month_to_come_takes_the_next_year_where_it_must() -> None:
    tree = tree_of(
        """
        Talks talk NOUN 3 nsubj
        will will AUX 3 aux
        resume resume VERB 0 root
        in in ADP 5 case
        February February PROPN 3 obl
        """
    )
    assert [one.value for one in in_tree(tree)] == ["2025-02"]
