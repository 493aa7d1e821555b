"""Chains of given mentions, and the figures by which they are scored."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from benchmarks.coref import b_cubed, ceaf, clusters, muc, scores

from dragoman.entries import Part, Report
from dragoman.gathering.chains import chain_mentions, threshold

if TYPE_CHECKING:
    from dragoman.entries import ReadReport
    from dragoman.reading import Reader

TEXTS = {
    "a": "Ostland [1:expelled] the ambassador of Westmark on Monday. The [2:bombing] of a market in Selm came two days "
    "before. Ministers said that [1:the expulsion] of the ambassador was the answer to it.",
    "b": "The ambassador of Westmark was [1:sent home] by Ostland. [2:The explosion] of the bomb in the market of Selm "
    "killed nine people. Traders said they would stay. Farmers [4:harvested] apples.",
}


def marked(reader: Reader) -> tuple[list[tuple[ReadReport, list[tuple[int, int, str]]]], dict]:  # type: ignore[type-arg]
    """The texts read, their marked stretches, and the chain of each."""
    made, gold = [], {}
    for id_, given in TEXTS.items():
        text, spans = "", []
        for piece in re.split(r"(\[\d:[^\]]+\])", given):
            if piece.startswith("["):
                words = piece[3:-1]
                spans.append((len(text), len(text) + len(words), ""))
                gold[id_, len(text), len(text) + len(words)] = piece[1]
                text += words
            else:
                text += piece
        report = Report(id=id_, text=text, parts=(Part("prose", 0, len(text)),))
        made.append((reader.read(report), spans))
    return made, gold


def test_other_words_for_one_act_are_one_chain(reader: Reader) -> None:
    given, gold = marked(reader)
    found = chain_mentions(given, reader.model)
    assert found.keys() == gold.keys()
    together = clusters(found)
    acts = [{key for key, chain in gold.items() if chain == name} for name in "12"]
    assert all(any(len(act & chain) > 1 for chain in together) for act in acts)
    assert all(not (chain & acts[0] and chain & acts[1]) for chain in together)
    assert scores(gold, found)["conll_f1"] > scores(gold, {key: key for key in gold})["conll_f1"]


def test_neither_order_nor_repetition_changes_a_chain(reader: Reader) -> None:
    given, _ = marked(reader)
    turned = [(read, [*reversed(spans), spans[0]]) for read, spans in reversed(given)]
    assert chain_mentions(turned, reader.model) == chain_mentions(given, reader.model)


def test_other_kinds_speak_against_one_chain(reader: Reader) -> None:
    given, _ = marked(reader)
    same = chain_mentions(given, reader.model)
    kinds = [
        (read, [(start, end, f"kind {start}") for start, end, _ in spans]) for read, spans in given
    ]
    assert len(set(chain_mentions(kinds, reader.model).values())) > len(set(same.values()))


def test_a_stretch_outside_all_sentences_is_a_mention_too(reader: Reader) -> None:
    text = "The summit opened."
    read = reader.read(Report(id="x", text=text, status="set aside", reason="for the test"))
    assert not read.sentences
    assert chain_mentions([(read, [(4, 10, ""), (11, 17, "")])], reader.model).keys() == {
        ("x", 4, 10),
        ("x", 11, 17),
    }
    assert chain_mentions([], reader.model) == {}


def test_the_denser_acts_are_marked_the_narrower_a_chain() -> None:
    assert threshold(0.2) < threshold(0.4) < threshold(0.6) <= threshold(1.0) <= 0.3


# Chains of twelve mentions, worked by hand: {1-5}, {6-7}, {8-12}. The first answer joins the small chain to a
# large one, the second joins the two large ones (the example of Bagga and Baldwin 1998).
GOLD = dict(zip(range(12), "aaaaabbccccc", strict=True))


@pytest.mark.parametrize(
    ("answer", "wanted_muc", "wanted_b3", "wanted_ceaf"),
    [
        # links: 9 of 9 kept, 10 made; precision (5 + 2*2/7 + 5*5/7)/12 = 16/21; ceaf (1 + 10/12) over 3 and 2
        ("aaaaaccccccc", (9 / 9, 9 / 10), (1.0, 16 / 21), (11 / 6 / 3, 11 / 6 / 2)),
        # precision (10*5/10 + 2)/12 = 7/12; the joined chain matches one of two with 10/15
        ("aaaaabbaaaaa", (9 / 9, 9 / 10), (1.0, 7 / 12), (5 / 3 / 3, 5 / 3 / 2)),
        # all in one: 9 of 11 links right; (25 + 4 + 25)/144; 10/17 of one chain
        ("xxxxxxxxxxxx", (9 / 9, 9 / 11), (1.0, 54 / 144), (10 / 17 / 3, 10 / 17)),
        # the first chain cut in two (3 and 2): 8 of 9 links; recall (9/5 + 4/5 + 7)/12
        ("aaaddbbccccc", (8 / 9, 8 / 8), (9.6 / 12, 1.0), (2.75 / 3, 2.75 / 4)),
    ],
)
def test_figures_against_hand_worked_examples(
    answer: str,
    wanted_muc: tuple[float, float],
    wanted_b3: tuple[float, float],
    wanted_ceaf: tuple[float, float],
) -> None:
    gold = {("r", n, n): chain for n, chain in GOLD.items()}
    found = {("r", n, n): chain for n, chain in enumerate(answer)}
    a, b = clusters(gold), clusters(found)
    figures = (muc(a, b), b_cubed(a, b), ceaf(a, b))
    wanted = [2 * p * r / (p + r) for r, p in (wanted_muc, wanted_b3, wanted_ceaf)]
    assert figures == pytest.approx(wanted)
    assert scores(gold, found)["conll_f1"] == pytest.approx(sum(wanted) / 3)


def test_what_is_right_scores_one_and_mentions_alone_have_no_links() -> None:
    gold = {("r", n, n): chain for n, chain in GOLD.items()}
    assert scores(gold, gold)["conll_f1"] == pytest.approx(1.0)
    alone = scores(gold, {key: key for key in gold})
    assert alone["muc_f1"] == 0.0
    assert alone["b3_f1"] == pytest.approx(2 * 0.25 / 1.25)
