"""The shipped weights and the class that runs them. All sentences were written for these tests."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace

import numpy as np
import pytest

from dragoman.errors import ModelError
from dragoman.language import AUXILIARY, EVENT_TYPES, NO_EVENT, Pair, load
from dragoman.language.card import WEIGHTS, read_card
from dragoman.language.pieces import MAX_PIECES, case_class

SENTENCES = [
    "Iran's foreign minister said on Monday that Tehran would not send its envoy to Bahrain.",
    "The ambassador of Norway met the Chilean president in Santiago.",
    "“We will never accept these terms,” the Egyptian spokesman told reporters in Cairo.",
    "Police did not arrest the two Peruvian journalists.",
    "Rain is expected over the weekend.",
]
ODD = [
    "",
    " ",
    "\x00\x01\x02",
    "x" * 10_000,
    "😀 👩‍👩‍👧 🇳🇴",
    "\u202eabc\u202c",
    "((((((",
    "'" * 500,
    "word " * 2_000,
    "\ud800 lone surrogate",
    "ﷺ 你好 مرحبا",
    "a",
]


@pytest.fixture(scope="module")
def model():
    return load()


def plain(tags):
    """Everything of a sentence's tags that can be compared."""
    return (
        tags.text,
        tags.tokens,
        tags.names,
        tags.frames,
        tags.attributions,
        tags.embedding.tobytes(),
        tags.states.tobytes(),
    )


def test_answers_do_not_depend_on_order_company_or_threads(model):
    alone = [plain(model.tag([text])[0]) for text in SENTENCES]
    together = [plain(tags) for tags in load().tag(SENTENCES)]
    backwards = [plain(tags) for tags in load().tag(SENTENCES[::-1])][::-1]
    threaded = [plain(tags) for tags in load(threads=2).tag(SENTENCES * 30)][:5]
    assert alone == together == backwards == threaded


def test_sentences_met_lately_are_not_run_again_and_not_all_are_kept(monkeypatch):
    monkeypatch.setattr("dragoman.language.onnx_model.KEPT_PIECES", 60)
    model = load()
    runs = []
    infer = model._infer
    monkeypatch.setattr(model, "_infer", lambda one: runs.append(one.text) or infer(one))
    first = model.tag([SENTENCES[1], SENTENCES[1]])
    again = model.tag([SENTENCES[1]])
    assert first[0] is first[1] is again[0]
    assert runs == [SENTENCES[1]]
    model.tag(SENTENCES)
    assert sum(len(tags.states) for tags in model._recent.values()) <= 60
    model.tag(["", " ", "\n", *SENTENCES, *ODD])
    assert sum(len(tags.states) for tags in model._recent.values()) <= 60
    assert plain(model.tag([SENTENCES[1]])[0]) == plain(first[0])


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_sentences_do_not_crash_and_form_a_tree(model, text):
    (tags,) = model.tag([text])
    assert tags.text == text
    assert sum(token.head == -1 for token in tags.tokens) == (1 if tags.tokens else 0)
    for token in tags.tokens:
        assert text[token.start : token.end] == token.text
        assert -1 <= token.head < len(tags.tokens)
    (guess,) = model.type_pairs(tags, [Pair(((0, 1),), ())])
    assert {name for name, _ in guess.probabilities} == {*EVENT_TYPES, NO_EVENT}


def test_words_past_the_limit_hang_on_the_root(model):
    (tags,) = model.tag(["peace " * 400])
    read = len(tags.pieces.first)
    assert read == MAX_PIECES - 2
    assert len(tags.tokens) == 400
    root = next(place for place, token in enumerate(tags.tokens) if token.head == -1)
    assert {(t.upos, t.head, t.deprel) for t in tags.tokens[read:]} == {("X", root, "dep")}


def test_a_plain_sentence_is_read_as_people_read_it(model):
    (tags,) = model.tag([SENTENCES[0]])
    words = {token.text: token for token in tags.tokens}
    assert words["said"].lemma == "say"
    assert words["said"].upos == "VERB"
    assert tags.tokens[words["minister"].head].text == "said"
    names = {
        (tags.text[tags.tokens[n.first].start : tags.tokens[n.last - 1].end], n.label)
        for n in tags.names
    }
    assert {("Tehran", "LOC"), ("Bahrain", "LOC")} <= names
    frame = next(f for f in tags.frames if tags.tokens[f.predicate].text == "send")
    labels = {a.label: tags.tokens[a.head].text for a in frame.arguments}
    assert labels["ARG0"] == "Tehran"
    assert labels["ARG1"] == "envoy"
    assert labels["ARGM-NEG"] == "not"
    (told,) = [one for one in tags.attributions if one.cue is not None]
    assert tags.text[slice(*told.source)] == "Iran's foreign minister"
    assert tags.text[slice(*told.cue)].startswith("said")
    assert "Tehran would not send its envoy to Bahrain" in tags.text[slice(*told.content[0])]


def test_types_rank_every_answer_and_sum_to_one(model):
    text = "Chile condemned the shelling of the port by Norway."
    (tags,) = model.tag([text])
    forth, back = model.type_pairs(
        tags, [Pair(((0, 5),), ((44, 50),)), Pair(((44, 50),), ((0, 5),))]
    )
    assert forth.best == "ACCUSE"
    values = [value for _, value in forth.probabilities]
    assert values == sorted(values, reverse=True)
    assert sum(values) == pytest.approx(1, abs=1e-4)
    assert [name for name, _ in forth.auxiliary] == list(AUXILIARY)
    assert forth != back
    assert model.type_pairs(tags, []) == []


def test_a_pair_is_typed_alike_alone_and_among_others(model):
    (tags,) = model.tag(["Peru sent doctors to Haiti and recalled its envoy from Chile."])
    pairs = [Pair(((0, 4),), ((21, 26),)), Pair(((0, 4),), ((55, 60),)), Pair(((0, 4),))]
    together = model.type_pairs(tags, pairs)
    for pair, guess in zip(pairs, together, strict=True):
        (alone,) = model.type_pairs(tags, [pair])
        assert alone.best == guess.best
        assert alone.confidence == pytest.approx(guess.confidence, abs=1e-5)


def test_embeddings_of_like_sentences_are_nearer(model):
    tags = model.tag(
        [
            "Moscow will withdraw its troops from the border, the minister said.",
            "The minister announced that Russian forces are to leave the frontier.",
            "The film festival opened with a comedy about a baker.",
        ]
    )
    first, second, other = (one.embedding for one in tags)
    assert np.linalg.norm(first) == pytest.approx(1, abs=1e-4)
    assert first @ second > first @ other + 0.2


def test_given_words_and_predicates_are_kept(model):
    words = [["Peru", "did", "n't", "recall", "its", "envoy", "."], []]
    first, second = model.tag_words(words, [[3], []])
    assert [token.text for token in first.tokens] == words[0]
    assert first.text == "Peru did n't recall its envoy ."
    assert [frame.predicate for frame in first.frames] == [3]
    assert second.tokens == ()


@pytest.mark.parametrize(
    ("word", "same_as"), [("Peru", "Chile"), ("NATO", "UN"), ("said", ","), ("1990s", "3rd")]
)
def test_case_classes(word, same_as):
    assert case_class(word) == case_class(same_as)
    assert case_class("Peru") != case_class("peru") != case_class("NATO")


def copy_of(tmp_path):
    folder = tmp_path / "weights"
    shutil.copytree(WEIGHTS, folder)
    return folder


def test_a_missing_folder_is_refused(tmp_path):
    with pytest.raises(ModelError, match="cannot be read"):
        load(tmp_path / "nothing")


def test_another_format_is_refused(tmp_path):
    folder = copy_of(tmp_path)
    card = json.loads((folder / "card.json").read_text())
    (folder / "card.json").write_text(json.dumps(card | {"format": 99}))
    with pytest.raises(ModelError, match="format 99"):
        load(folder)


def test_changed_weights_are_refused(tmp_path):
    folder = copy_of(tmp_path)
    with (folder / "types.onnx").open("ab") as handle:
        handle.write(b"x")
    with pytest.raises(ModelError, match="not those of their card"):
        load(folder)


def test_a_missing_file_is_refused(tmp_path):
    folder = copy_of(tmp_path)
    (folder / "tokenizer.json").unlink()
    with pytest.raises(ModelError, match=r"tokenizer\.json cannot be read"):
        load(folder)


def test_the_card_says_what_it_must():
    card = read_card(WEIGHTS)
    assert card["licence"] == "CC BY-SA 4.0"
    assert all({"name", "use", "licence", "from"} <= source.keys() for source in card["data"])
    assert card["weaknesses"]
    assert sum(file.stat().st_size for file in WEIGHTS.iterdir()) <= 30_000_000


def test_tags_are_unchanging(model):
    (tags,) = model.tag(["Rain fell."])
    with pytest.raises(AttributeError):
        tags.text = "Sun shone."
    assert replace(tags.tokens[0], text="Snow").text == "Snow"
