"""From raw outputs to tags, with outputs made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from dragoman.language.assembly import COARSE, Labels, Raw, assemble
from dragoman.language.pieces import Pieces

NER = ["O"] + [f"{mark}-{fine}" for group in COARSE.values() for fine in group for mark in "BI"]
ROLES = ["ARG0", "ARG1", "ARGM-TMP"]
WORDS = ["Peru", "told", "Chile", "Haiti", "today"]


@pytest.fixture
def labels():
    return Labels.from_card(
        {
            "upos": ["NOUN", "PROPN", "VERB"],
            "deprel": ["dep", "nsubj", "obj"],
            "roles": ROLES,
            "ner": NER,
            "relation": np.zeros((2, 3)).tolist(),
            "relation_bias": [0.0, 0.0, 1.0],
        }
    )


def raw(**changed):
    size = len(WORDS)
    arcs = np.zeros((size, size + 1), np.float32)
    arcs[1, 0] = 9  # "told" is the root
    arcs[[0, 2, 3, 4], 2] = 9
    spans, cursor = [], 0
    for word in WORDS:
        spans.append((cursor, cursor + len(word)))
        cursor += len(word) + 1
    outputs = {
        "upos": np.array([1, 2, 1, 1, 0]),
        "ner": np.log(np.full((size, len(NER)), 1 / len(NER), np.float32)),
        "arcs": arcs,
        "relation": np.array([1, 0, 2, 2, 0]),
        "dep": np.zeros((size, 2), np.float32),
        "head": np.zeros((size + 1, 2), np.float32),
        "predicates": np.array([-1]),
        "roles": np.zeros((1, size, 7), np.float32),
        "cue": tags([0] * size, 3),
        "anchors": np.array([-1]),
        "attribution": tags([0] * size, 5)[None],
        "embedding": np.zeros((1, 384), np.float32),
        "states": np.zeros((size + 2, 384), np.float32),
    }
    places = np.arange(1, size + 1)
    pieces = Pieces(np.zeros(size + 2, int), np.zeros(size + 2, int), places, places)
    return Raw(" ".join(WORDS), spans, pieces, outputs | changed)


def tags(chosen, count):
    """Scores that make ``chosen`` the tags."""
    scores = np.full((len(chosen), count), -5.0, np.float32)
    scores[np.arange(len(chosen)), chosen] = -0.1
    return scores


def test_tree_and_labels(labels):
    (found,) = assemble([raw()], labels)
    assert [token.head for token in found.tokens] == [1, -1, 1, 1, 1]
    assert [token.deprel for token in found.tokens] == ["nsubj", "root", "obj", "obj", "dep"]


def test_where_the_tree_overrules_a_head_the_label_is_found_anew(labels):
    arcs = raw().outputs["arcs"].copy()
    arcs[1] = [8, 0, 0, 9, 0, 0]  # "told" would hang on "Chile", which hangs on "told"
    (found,) = assemble([raw(arcs=arcs)], labels)
    assert found.tokens[1].head == -1
    assert found.tokens[1].deprel == "root"


def test_a_numbered_role_is_given_once_to_the_surest(labels):
    row = tags([1, 0, 3, 3, 5], 7)
    row[3] *= 2  # "Haiti" less sure to be ARG1 than "Chile": further from "O" is surer
    row[3, 0] = -1
    roles = np.stack([np.zeros_like(row), row])
    (found,) = assemble([raw(predicates=np.array([-1, 1]), roles=roles)], labels)
    (frame,) = found.frames
    assert [(a.label, a.first, a.last) for a in frame.arguments] == [
        ("ARG0", 0, 1),
        ("ARG1", 2, 3),
        ("ARGM-TMP", 4, 5),
    ]


def test_the_sentence_itself_may_stand_before_the_predicates_or_not(labels):
    row = tags([1, 0, 3, 0, 0], 7)
    with_it = raw(predicates=np.array([-1, 1]), roles=np.stack([np.zeros_like(row), row]))
    without = raw(predicates=np.array([1]), roles=row[None])
    none = raw(predicates=np.array([-1]), roles=row[None])
    first, second, third = assemble([with_it, without, none], labels)
    assert first.frames == second.frames
    assert [(a.label, a.first) for a in first.frames[0].arguments] == [("ARG0", 0), ("ARG1", 2)]
    assert third.frames == ()


def test_a_coarse_name_is_the_sum_of_its_fine_ones(labels):
    ner = np.full((5, len(NER)), 0.001, np.float32)
    ner[:, 0] = 0.9
    ner[2, 0] = 0.4
    ner[2, [NER.index("B-country"), NER.index("B-location")]] = (0.25, 0.3)
    (found,) = assemble([raw(ner=np.log(ner))], labels)
    (name,) = found.names
    assert (name.first, name.last, name.label, name.detail) == (2, 3, "LOC", "location")


def test_the_source_next_to_the_cue_is_taken(labels):
    rows = np.stack([tags([0] * 5, 5), tags([1, 0, 3, 0, 1], 5)])
    changed = {"cue": tags([0, 1, 0, 0, 0], 3), "anchors": np.array([-1, 1]), "attribution": rows}
    (found,) = assemble([raw(**changed)], labels)
    (told,) = found.attributions
    assert told.source == (0, 4)
    assert told.cue == (5, 9)
    assert told.content == ((10, 15),)
    assert 0 < told.confidence < 1
