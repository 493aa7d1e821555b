"""Two reports side by side: what all tell, what some tell, where they differ, what is against reference."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from tests.gathering.made_up import actor, dated, plain, say, tell

from dragoman.entries import Comparison, Finding, ReadReport, Story
from dragoman.gathering.comparison import compare, compare_two
from dragoman.gathering.happenings import group_tellings, tellings_of
from dragoman.gathering.retelling import join_history
from dragoman.gathering.utterances import find_utterances, sayings_of
from dragoman.rulebook import load_rulebook

RULES = load_rulebook()


def laid_out(*reads: ReadReport, copies: tuple[tuple[str, str], ...] = ()) -> Comparison:
    ids = tuple(read.report.id for read in reads)
    y = Story("y1", "t", ids, copies=copies)
    happenings = join_history(
        group_tellings([t for read in reads for t in tellings_of(read)], "y1")
    )
    utterances = find_utterances([s for read in reads for s in sayings_of(read)], "y1")
    return compare(reads, y, happenings, utterances, RULES)


def of_kind(comparison: Comparison, kind: str) -> list[Finding]:
    return [finding for finding in comparison.findings if finding.kind == kind]


def words(finding: Finding) -> set[str]:
    return {evidence.span.text for evidence in finding.evidence}


def test_what_both_tell_and_what_one_tells() -> None:
    one = plain(
        "a",
        "Talks",
        "Ostland and Westmark opened talks in the port of Selm. Fishermen from Ostland blocked 12 boats.",
        "2031-03-01",
    )
    other = plain(
        "b",
        "Meeting",
        "In the port of Selm talks opened between Ostland and Westmark.",
        "2031-03-01",
    )
    comparison = laid_out(one, other)
    (both,) = of_kind(comparison, "told by all")
    assert {e.report_id for e in both.evidence} == {"a", "b"}
    (single,) = of_kind(comparison, "told by some")
    assert single.left_out == ("b",)
    assert words(single) == {"Fishermen from Ostland blocked 12 boats."}
    assert not single.background


def test_history_is_told_apart_as_background() -> None:
    one = plain(
        "a",
        "Talks",
        "Ostland and Westmark opened talks in the port. Ostland broke with Westmark in 2016.",
        "2031-03-01",
    )
    one = dated(one, "2016", "2016")
    one = tell(one, "Ostland broke with Westmark in 2016", "broke", "SANCTION",
               (actor(one, "Ostland", "state:OST", "OST", 1),), (actor(one, "Westmark", "state:WES", "WES", 1),),
               auxiliary=("historical",))  # fmt: skip
    other = plain("b", "Talks", "Ostland and Westmark opened talks in the port.", "2031-03-01")
    findings = of_kind(laid_out(one, other), "told by some")
    assert [(f.background, f.left_out) for f in findings] == [(True, ("b",))]


@pytest.mark.parametrize(
    ("left", "right", "wanted"),
    [
        (
            "Police arrested 40 people over the raid on the embassy.",
            "Over the raid on the embassy 44 arrests were made.",
            ("40", "44"),
        ),
        (
            "The talks on the border lasted five days.",
            "The talks on the border lasted four days.",
            ("five", "four"),
        ),
        (
            "Guards shot twenty-one marchers at the border bridge.",
            "At the border bridge guards shot 22 marchers.",
            ("twenty-one", "22"),
        ),
    ],
)
def test_figures_differ(left: str, right: str, wanted: tuple[str, str]) -> None:
    (finding,) = of_kind(
        laid_out(plain("a", "T", left, "2031-03-01"), plain("b", "T", right, "2031-03-01")),
        "differ",
    )
    assert finding.what.startswith("figure")
    starts = sorted(span.split()[0] for span in words(finding))
    assert starts == sorted(wanted)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Police arrested 40 people over the raid.", "Forty people were arrested over the raid."),
        ("Police arrested 40 people over the raid.", "The two ministers talked for 3 hours."),
    ],
)
def test_equal_or_unlike_figures_do_not_differ(left: str, right: str) -> None:
    assert (
        of_kind(
            laid_out(plain("a", "T", left, "2031-03-01"), plain("b", "T", right, "2031-03-01")),
            "differ",
        )
        == []
    )


def test_a_length_of_time_given_otherwise_is_shown_as_such() -> None:
    one = plain(
        "a",
        "T",
        "The embassies of Ostland and Westmark are to open within two months.",
        "2031-03-01",
    )
    other = plain(
        "b", "T", "The embassies of Ostland and Westmark are to open in 60 days.", "2031-03-01"
    )
    (finding,) = of_kind(laid_out(one, other), "differ")
    assert "about the same length" in finding.why


def test_dates_of_the_same_differ_and_times_apart_do_not() -> None:
    def told(id_: str, day: str, text: str, words_: str, value: str) -> ReadReport:
        return dated(plain(id_, "T", text, day), words_, value)

    one = told(
        "a",
        "2031-03-05",
        "The envoy of Ostland reached Selm on Thursday.",
        "Thursday",
        "2031-03-04",
    )
    other = told(
        "b",
        "2031-03-05",
        "The envoy of Ostland reached Selm on Wednesday.",
        "Wednesday",
        "2031-03-03",
    )
    (finding,) = of_kind(laid_out(one, other), "differ")
    assert words(finding) == {"Thursday", "Wednesday"}
    same = told(
        "c",
        "2031-03-06",
        "The envoy of Ostland reached Selm two days ago.",
        "two days ago",
        "2031-03-04",
    )
    assert of_kind(laid_out(one, same), "differ") == []
    vague = told(
        "d", "2031-03-06", "The envoy of Ostland reached Selm in March.", "March", "2031-03"
    )
    assert of_kind(laid_out(one, vague), "differ") == []


def test_an_agreement_and_a_step_towards_it_differ() -> None:
    one = plain(
        "a",
        "T",
        "Ostland and Westmark agreed to resume relations when their ministers met.",
        "2031-03-01",
    )
    other = plain(
        "b",
        "T",
        "Ostland and Westmark agreed to start talks on how relations might be resumed.",
        "2031-03-01",
    )
    findings = of_kind(laid_out(one, other), "differ")
    assert len(findings) == 1
    assert any("agreed to start talks on how" in text for text in words(findings[0]))
    assert any(text.startswith("agreed to resume relations") for text in words(findings[0]))


def test_a_title_that_tells_as_done_what_was_agreed() -> None:
    one = plain(
        "a", "Ostland and Westmark Relations Are Resumed", "The harbour was calm.", "2031-03-01"
    )
    one = tell(one, "Ostland and Westmark Relations Are Resumed", "Resumed", "SUPPORT",
               (actor(one, "Ostland", "state:OST", "OST"),), (actor(one, "Westmark", "state:WES", "WES"),))  # fmt: skip
    other = plain(
        "b",
        "Talks",
        "Ostland and Westmark agreed to resume their relations within a month.",
        "2031-03-01",
    )
    other = tell(other, "Ostland and Westmark agreed to resume their relations within a month", "agreed", "AGREE",
                 (actor(other, "Ostland", "state:OST", "OST"),), (actor(other, "Westmark", "state:WES", "WES"),))  # fmt: skip
    assert any("title" in f.why for f in of_kind(laid_out(one, other), "differ"))


def test_claims_of_the_same_words_differ() -> None:
    who = "The king"
    texts = {
        "a": "the Arab summit was the first to call for an end to the war in Gaza",
        "b": "for the first time the position of the Arab summit on an end to the war in Gaza was unanimous",
    }
    reads = []
    for id_, said in texts.items():
        read = plain(id_, "T", f"{who} said {said}.", "2031-03-01")
        reads.append(say(read, said, actor(read, who, "person:king", "OST")))
    findings = of_kind(laid_out(*reads), "differ")
    assert any("unanimous" in finding.why for finding in findings)


def test_one_utterance_quoted_in_other_words_differs_and_in_the_same_does_not() -> None:
    def quoted(id_: str, said: str) -> ReadReport:
        read = plain(id_, "Talks", f"The king said {said}.", "2031-03-01")
        king = actor(read, "The king", "person:king", "OST")
        return say(read, said, king, "direct", embedding=bytes([100, 20] * 8))

    words_of_one = (
        '"Northland is the country to which we have turned with a call to support the conference"'
    )
    one, same = quoted("a", words_of_one), quoted("c", words_of_one)
    other = quoted("b", '"The country I would look to to start a round about Gaza is Northland"')
    (finding,) = of_kind(laid_out(one, other), "differ")
    assert finding.what.startswith("quotation: ")
    assert words(finding) == {r.statements[0].content.text for r in (one, other)}
    assert of_kind(laid_out(one, same), "differ") == []


def test_an_undated_report_takes_the_day_of_the_other_for_what_is_background() -> None:
    one = plain(
        "a", "Talks", "Fishermen of Selm opened talks in the port about tariffs.", "2031-03-01"
    )
    other = plain(
        "b", "Talks",
        "Ostland broke with Westmark over 7 ships in 2016. Ostland and Northland have quarrelled over 3 ports for many years.",
        None,
    )  # fmt: skip
    other = dated(other, "2016", "2016")
    other = tell(other, "Ostland broke with Westmark over 7 ships in 2016", "broke", "SANCTION",
                 (actor(other, "Ostland", "state:OST", "OST"),), (actor(other, "Westmark", "state:WES", "WES"),))  # fmt: skip
    findings = [f for f in of_kind(laid_out(one, other), "told by some") if f.left_out == ("a",)]
    assert [finding.background for finding in findings] == [True, True]


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("The five-member Gulf Cooperation Council met in Doha.", True),
        ("The six-member Gulf Cooperation Council met in Doha.", False),
        ("The 21-member Arab League met in Doha.", True),
        ("Ministers of the 22-nation Arab League met in Doha.", False),
        ("The seven-member crew of the ship was freed.", False),
        ("The European Union's 28 member states agreed.", True),
        ("The 27 members of the European Union agreed.", False),
    ],
)
def test_numbers_of_members_against_the_catalogue(text: str, wrong: bool) -> None:
    findings = of_kind(laid_out(plain("a", "T", text, "2024-05-23")), "against reference")
    assert bool(findings) == wrong
    for finding in findings:
        (evidence,) = finding.evidence
        assert evidence.span.text in text


def test_members_are_counted_on_the_day_of_the_report() -> None:
    text = "The European Union's 28 member states agreed."
    assert of_kind(laid_out(plain("a", "T", text, "2016-05-23")), "against reference") == []


def test_what_a_reprint_leaves_out_is_said_and_third_reports_differ_once() -> None:
    body = "Police arrested 40 people over the raid on the embassy. Envoys of Ostland signed 3 papers on trade."
    one = plain("a", "T", body, "2031-03-01", "Agency")
    copy = plain("b", "T", body.split(". ", maxsplit=1)[0] + ".", "2031-03-01", "Daily")
    third = plain(
        "c", "T", "Police arrested 44 people over the raid on the embassy.", "2031-03-01", "Post"
    )
    comparison = laid_out(one, copy, third, copies=(("b", "a"),))
    assert len(of_kind(comparison, "differ")) == 1
    papers = next(f for f in of_kind(comparison, "told by some") if "papers" in f.what)
    assert set(papers.left_out) == {"b", "c"}


def test_a_report_that_was_set_aside_leaves_nothing_out() -> None:
    one = plain("a", "T", "Ostland and Westmark opened talks in Selm.", "2031-03-01")
    other = plain("b", "T", "Ostland and Westmark opened talks in Selm.", "2031-03-01")
    aside = plain("c", "T", "Ostland et Westmark.", "2031-03-01", status="set aside")
    aside = replace(aside, sentences=())
    comparison = laid_out(one, other, aside)
    assert comparison.report_ids == ("a", "b", "c")
    assert [f.left_out for f in comparison.findings] == [()]


def test_every_piece_of_evidence_quotes_its_report_and_order_does_not_matter() -> None:
    reads = [
        plain(
            "a",
            "One",
            "Police arrested 40 people over the raid. Ostland closed 2 ports.",
            "2031-03-01",
        ),
        plain(
            "b",
            "Two",
            "Police arrested 44 people over the raid. Ostland recalled its envoy.",
            "2031-03-01",
        ),
        plain(
            "c",
            "Three",
            "The 21-member Arab League met. Police arrested 40 people over the raid.",
            "2031-03-02",
        ),
    ]
    texts = {read.report.id: read.report.text for read in reads}
    wanted = laid_out(*reads)
    assert wanted.findings
    for finding in wanted.findings:
        assert len({e.report_id for e in finding.evidence} & set(finding.left_out)) == 0
        for evidence in finding.evidence:
            span = evidence.span
            assert texts[evidence.report_id][span.start : span.end] == span.text
    for order in permutations(reads):
        assert laid_out(*order).findings == wanted.findings


def test_two_reports_of_no_story_can_be_compared() -> None:
    one = plain("a", "T", "Ostland and Westmark opened talks in Selm.", "2031-03-01")
    other = plain("b", "T", "Farmers brought 300 apples to the square.", "2031-03-01")
    comparison = compare_two(one, other, (), (), RULES)
    assert comparison.story_id is None
    assert {f.kind for f in comparison.findings} <= {"told by some"}
