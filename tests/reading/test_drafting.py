"""Which of the claims of a sentence are kept, and with what reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dragoman.entries import Actor, Part, Report
from dragoman.reading.drafting import _one_name
from dragoman.reading.weighing import Claim, weigh
from dragoman.spans import Span

if TYPE_CHECKING:
    from dragoman.entries import Event
    from dragoman.reading import Reader


def events(reader: Reader, text: str) -> tuple[Event, ...]:
    report = Report(id="t", text=text, published="2024-05-23", parts=(Part("prose", 0, len(text)),))
    return reader.read(report).events


def sides(event: Event) -> tuple[set[str | None], set[str | None]]:
    return {one.entity_code for one in event.actor}, {one.entity_code for one in event.recipient}


def test_weights_add_up_to_a_chance() -> None:
    weights = {"": -1.0, "own rule": 2.0, "title 1": 0.5}
    assert weigh({}, weights) == pytest.approx(0.2689, abs=1e-4)
    assert weigh({"own rule": 0.5}, weights) == pytest.approx(0.5)
    # A feature that nobody has seen counts for nothing.
    assert weigh({"own rule": 0.5, "new": 9.0}, weights) == pytest.approx(0.5)
    assert weigh({"own rule": 1.0, "title 1": 1.0}, weights) > 0.8


def test_a_saying_behind_the_sentence_does_not_close_it(reader: Reader) -> None:
    (event,) = events(reader, "Sweden freed two Danish sailors on Friday, Danish officials said.")
    assert event.event == "RETREAT"
    assert sides(event) == ({"SWE"}, {"DNK"})


def test_the_content_of_a_charge_is_no_event(reader: Reader) -> None:
    found = events(reader, "Chad accused Niger of shelling Sudanese villages.")
    assert [one.event for one in found] == ["ACCUSE"]


def test_an_interview_is_no_dealing_with_the_outlet(reader: Reader) -> None:
    assert not events(reader, "Chadian President Idriss Deby spoke with the BBC on Monday.")
    (event,) = events(reader, "Chadian President Idriss Deby spoke with Niger's leader on Monday.")
    assert event.event == "CONSULT"


def test_nothing_is_asked_of_whom_something_is_to_be_done_to(reader: Reader) -> None:
    found = events(reader, "President Trump urged for the National Guard to be brought in.")
    assert all(not one.recipient for one in found if one.event == "REQUEST")
    (event,) = events(reader, "Amnesty called for Saudi Arabia to free the activist.")
    assert sides(event) == ({"NGO"}, {"SAU"})


def test_how_things_stand_is_no_act(reader: Reader) -> None:
    assert not events(reader, "The rebels in Yemen are backed by Iran.")
    assert events(reader, "Iran is backing the rebels in Yemen.")
    (event,) = events(reader, "The rebels in Yemen were banned by Oman on Monday.")
    assert event.event == "COERCE"


def test_what_only_governs_an_act_is_none(reader: Reader) -> None:
    found = events(
        reader, "The King of Bahrain has now again hinted at restoring relations with Iran."
    )
    assert [one.event for one in found] == ["AGREE"]


def test_one_raid_told_twice_is_one_event(reader: Reader) -> None:
    found = events(reader, "Chadian jets raided the rebels in Niger, hitting targets in the hills.")
    assert len([one for one in found if one.event == "ASSAULT"]) == 1


def test_whoever_launches_missiles_strikes(reader: Reader) -> None:
    found = events(reader, "Iran launched missiles targeting Norwegian troops in Oman.")
    assert any(sides(one) == ({"IRN"}, {"NOR"}) for one in found if one.event == "ASSAULT")


def test_the_navies_of_several_states_are_several(reader: Reader) -> None:
    text = "Iran has expanded cooperation with the navies of China, India and Oman."
    (event,) = events(reader, text)
    assert event.event == "COOPERATE"
    assert sides(event)[0] == {"IRN", "CHN", "IND", "OMN"}


def test_the_currency_of_a_sum_is_no_party(reader: Reader) -> None:
    found = events(
        reader, "Norway gave Chad US$5 million, and Peru sent Niger 3 million Canadian dollars."
    )
    codes = {code for one in found for side in sides(one) for code in side}
    assert codes & {"NOR", "TCD"}
    assert not codes & {"USA", "CAN"}


def test_the_first_to_do_it_has_done_it(reader: Reader) -> None:
    (event,) = events(reader, "Norway was the first country to expel the Swedish ambassador.")
    assert "future" not in event.auxiliary


def test_who_is_named_before_a_murder_was_murdered(reader: Reader) -> None:
    found = events(reader, "Norway condemned the Chadian minister's assassination.")
    assert not any("TCD" in sides(one)[0] for one in found)


def test_the_reasons_say_what_was_weighed(reader: Reader) -> None:
    (event,) = events(reader, "Norway condemned Sweden.")
    assert f"right with a chance of {event.confidence:.2f}" in event.why


def test_who_did_it_is_told_where_the_tree_hides_him(reader: Reader) -> None:
    (event,) = events(reader, "The Kenyan sailors were released yesterday by Putin himself.")
    assert event.event == "RETREAT"
    assert sides(event) == ({"RUS"}, {"KEN"})


def types(reader: Reader, text: str) -> list[str]:
    return [one.event for one in events(reader, text)]


def test_a_verb_with_its_own_subject_tells_an_act_of_its_own(reader: Reader) -> None:
    text = "Finland praised Indonesia for the ballot and urged it to keep the militias in check."
    assert types(reader, text) == ["SUPPORT", "REQUEST"]


def test_a_relative_clause_inside_a_demand_tells_a_fact(reader: Reader) -> None:
    text = "Peru urged Chile to free the three Peruvian fishermen whom the Chilean navy had arrested on Friday."
    assert "COERCE" in types(reader, text)


def test_two_who_act_together_stay_together(reader: Reader) -> None:
    text = "Slovenia and Croatia ratified their fisheries treaty on Saturday, with a European Union commissioner looking on."
    (event,) = events(reader, text)
    assert event.event == "SUPPORT"
    assert sides(event) == ({"SVN", "HRV"}, set())


def test_aid_cut_and_an_envoy_recalled_are_two_acts(reader: Reader) -> None:
    text = "Norway cut off aid to Pakistan and recalled its ambassador from Islamabad."
    assert types(reader, text) == ["SANCTION", "SANCTION"]


def test_what_is_asked_with_whether_is_left_open(reader: Reader) -> None:
    assert types(reader, "Whether Chad also asked Niger for help, the minister did not say.") == []


GAME = (
    "The striker scored the only goal of the match. The referee whistled for a penalty. The coach praised his team. "
    "The stadium was full of fans."
)


def test_in_a_report_of_a_game_a_blow_is_the_games(reader: Reader) -> None:
    blow = "Ghana attacked Togo on Friday."
    (alone,) = events(reader, blow)
    told = [one for one in events(reader, f"{blow} {GAME}") if one.event == alone.event]
    assert all(one.confidence < 0.8 * alone.confidence for one in told)


def test_nobody_stands_twice_among_the_parties(reader: Reader) -> None:
    text = (
        "Croatian Foreign Minister Mate Granic landed at Belgrade airport on Friday morning "
        "for talks with his Yugoslav counterparts."
    )
    for event in events(reader, text):
        spans = [(one.span.start, one.span.end) for one in (*event.actor, *event.recipient)]
        assert len(spans) == len(set(spans))


@pytest.mark.parametrize(
    ("text", "actor", "sector"),
    [
        ("A rebel attack on the Chadian base killed ten soldiers.", "rebel", "REB"),
        ("Protests spread in Chad after the police killing of Moussa Tall.", "police", "COP"),
        ("The editor was sentenced in a Turkish court on Monday.", "a Turkish court", "JUD"),
    ],
)
def test_whose_act_a_noun_or_a_court_tells(
    reader: Reader, text: str, actor: str, sector: str
) -> None:
    found = [one for one in events(reader, text) if one.event in {"ASSAULT", "SANCTION"}]
    assert [(one.span.text, one.sector_code) for one in found[0].actor] == [(actor, sector)]


@pytest.mark.parametrize(
    ("first", "second", "known", "one"),
    [
        ("La", "Riva", None, True),
        ("Chad", "Niger", "state:TCD", False),
        ("La", "riva", None, False),
    ],
)
def test_the_halves_of_a_name_are_no_two_parties(
    first: str, second: str, known: str | None, one: bool
) -> None:
    left = Actor(Span(0, len(first), first), catalogue_id=known)
    start = len(first) + 1
    right = Actor(Span(start, start + len(second), second))
    assert _one_name(Claim(0, True, (left,), (right,), "REQUEST")) is one
    assert _one_name(Claim(0, True, (right,), (left,), "REQUEST")) is one
    apart = Actor(Span(start + 4, start + 4 + len(second), second))
    assert not _one_name(Claim(0, True, (left,), (apart,), "REQUEST"))
