"""Acts that no rule names: candidates by word and place, and what the model is believed of."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dragoman.entries import Part, Report
from dragoman.reading.actors import resolve
from dragoman.reading.catalogued import own_acronyms
from dragoman.reading.clauses import Clauses
from dragoman.reading.mentions import find_candidates
from dragoman.reading.parties import Parties
from dragoman.reading.proposals import asked_pair, candidates
from dragoman.reading.sentences import find_sentences
from dragoman.reading.tree import Page, Tree

if TYPE_CHECKING:
    from dragoman.reading import Reader


def found(reader: Reader, text: str) -> list[tuple[str, list[str], list[str]]]:
    report = Report(id="t", text=text, published="2024-05-23", parts=(Part("prose", 0, len(text)),))
    sentences = find_sentences(report)
    tags = reader.model.tag([one.span.text for one in sentences])
    page = Page(report, tuple(map(Tree, sentences, tags)))
    catalogue = reader.rulebook.catalogue
    mentions = resolve(page, find_candidates(page, catalogue, reader.rulebook.grammar), catalogue)
    parties = Parties(page, mentions, ())
    made = []
    for tree in page.trees:
        clauses = Clauses(tree, reader.rulebook.grammar)
        for one in candidates(page, clauses, parties):
            pair = asked_pair(clauses, one.position, one.actor, one.recipient)
            start, end = pair.act[0]
            made.append(
                (
                    tree.tags.text[start:end],
                    [actor.span.text for actor in one.actor],
                    [actor.span.text for actor in one.recipient],
                )
            )
    return made


def test_every_verb_and_its_places(reader: Reader) -> None:
    made = found(reader, "Peru lashed out at Chile and courted Brazil.")
    assert ("lashed", ["Peru"], ["Chile"]) in made
    assert ("courted", ["Peru"], ["Brazil"]) in made


def test_a_subject_that_nobody_knows_keeps_its_words(reader: Reader) -> None:
    assert ("greeted", ["The choir"], ["Norway"]) in found(reader, "The choir greeted Norway.")


def test_coordinated_parties_are_one_side(reader: Reader) -> None:
    made = found(reader, "Peru and Chile courted Brazil.")
    assert ("courted", ["Peru", "Chile"], ["Brazil"]) in made


def test_a_party_elsewhere_in_the_sentence_may_be_the_other_side(reader: Reader) -> None:
    made = found(reader, "Peru launched raids with jets over the hills, killing rebels of Chile.")
    assert any(sides == ["Peru"] and "Chile" in others for _, sides, others in made)


def test_an_act_on_nobody_known_has_its_doer_alone(reader: Reader) -> None:
    made = found(reader, "Peru massed troops along the river of Brazil.")
    assert ("massed", ["Peru"], []) in made
    assert ("courted", ["Peru"], []) not in found(reader, "Peru courted Brazil.")


def test_what_comes_from_a_party_is_its_act(reader: Reader) -> None:
    made = found(reader, "A demand from Peru for talks with Chile was ignored.")
    assert ("demand", ["Peru"], ["Chile"]) in made


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("The National Telecommunications Commission (NTC) refused. NTC is silent.", {"NTC"}),
        ("The United Nations (UN) met.", set()),
        ("The Utah Nurses (UNX) met.", set()),
    ],
)
def test_acronyms_with_a_meaning_of_their_own(reader: Reader, text: str, own: set[str]) -> None:
    assert own_acronyms(text, reader.rulebook.catalogue) == own


def test_things_are_of_the_state_that_is_named_before_them(reader: Reader) -> None:
    def country(text: str) -> str | None:
        report = Report(
            id="t", text=text, published="2012-02-04", parts=(Part("prose", 0, len(text)),)
        )
        (event,) = reader.read(report).events
        (one,) = event.recipient
        return one.country_code

    assert country("Egyptian frigates seized three Turkish drilling tenders.") == "TUR"
    assert country("Kyrgyz villagers stormed a Chinese-run gold mine.") == "CHN"


def test_thousands_of_a_people_are_that_people(reader: Reader) -> None:
    made = found(reader, "Tens of thousands of Romanians courted Brazil.")
    assert ("courted", ["Romanians"], ["Brazil"]) in made


def test_what_an_act_draws_comes_from_whom_it_names(reader: Reader) -> None:
    made = found(reader, "The vote drew praise from Peru.")
    assert any(word == "praise" and actor == ["Peru"] for word, actor, _ in made)
