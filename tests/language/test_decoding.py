"""Trees and tag sequences: checked against trying every one."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from dragoman.language.decoding import best_tags, best_tree, is_tree, span_head, spans_of


def all_trees(words: int):
    for heads in itertools.product(range(-1, words), repeat=words):
        if is_tree(heads):
            yield heads


def tree_score(scores, heads):
    return sum(scores[word, head + 1] for word, head in enumerate(heads))


@pytest.mark.parametrize("seed", range(40))
@pytest.mark.parametrize("words", [1, 2, 3, 4, 5])
def test_best_tree_is_the_best_of_all_trees(seed, words):
    scores = np.random.default_rng(seed).normal(size=(words, words + 1)).astype(np.float32)
    found = best_tree(scores)
    assert is_tree(found)
    best = max(tree_score(scores, heads) for heads in all_trees(words))
    assert tree_score(scores, found) == pytest.approx(best, abs=1e-4)


def test_a_cycle_and_two_roots_are_no_trees():
    assert not is_tree([1, 0])
    assert not is_tree([-1, -1])
    assert is_tree([1, -1, 1])


@pytest.mark.parametrize("seed", range(30))
def test_best_tags_is_the_best_legal_sequence(seed):
    random = np.random.default_rng(seed)
    scores = random.normal(size=(4, 5)).astype(np.float32)

    def legal(tags):
        before = 0
        for tag in tags:
            if tag and tag % 2 == 0 and before not in (tag, tag - 1):
                return False
            before = tag
        return True

    best = max(
        sum(scores[place, tag] for place, tag in enumerate(tags))
        for tags in itertools.product(range(5), repeat=4)
        if legal(tags)
    )
    (found,) = best_tags([scores])
    assert legal(found.tolist())
    assert scores[np.arange(4), found].sum() == pytest.approx(best, abs=1e-4)


def best_score(scores):
    """The best legal sequence's score, word by word."""
    kinds = scores.shape[1] // 2
    best = [scores[0, tag] if tag % 2 or not tag else -np.inf for tag in range(1 + 2 * kinds)]
    for row in scores[1:]:
        best = [
            row[tag] + (max(best[tag - 1], best[tag]) if tag and tag % 2 == 0 else max(best))
            for tag in range(1 + 2 * kinds)
        ]
    return max(best)


@pytest.mark.parametrize("seed", range(60))
def test_best_tags_of_long_rows_that_want_to_be_illegal(seed):
    random = np.random.default_rng(seed)
    rows = [random.normal(size=(size, 7)).astype(np.float32) for size in (25, 1, 40, 12)]
    for row in rows:
        row[:, 2::2] += random.choice([0.0, 1.0, 2.0])
    for row, tags in zip(rows, best_tags(rows), strict=True):
        before = np.concatenate([[0], tags[:-1]])
        inside = (tags > 0) & (tags % 2 == 0)
        assert not (inside & (before != tags) & (before != tags - 1)).any()
        reached = row[np.arange(len(row)), tags].sum()
        assert reached == pytest.approx(best_score(row.astype(float)), abs=1e-4)


def test_no_rows_and_rows_without_words():
    assert best_tags([]) == []
    empty, one = best_tags([np.zeros((0, 5), np.float32), np.array([[0, 1, 2, 0, 0]], np.float32)])
    assert empty.tolist() == []
    assert one.tolist() == [1]


@pytest.mark.parametrize("seed", range(20))
def test_one_root_where_many_words_want_to_be_it(seed):
    scores = np.random.default_rng(seed).normal(size=(5, 6)).astype(np.float32)
    scores[:, 0] += 5
    found = best_tree(scores)
    best = max(tree_score(scores, heads) for heads in all_trees(5))
    assert tree_score(scores, found) == pytest.approx(best, abs=1e-4)


def test_best_tags_of_a_row_do_not_depend_on_its_neighbours():
    random = np.random.default_rng(1)
    rows = [random.normal(size=(size, 7)).astype(np.float32) for size in (3, 9, 1, 5)]
    together = best_tags(rows)
    for row, tags in zip(rows, together, strict=True):
        assert best_tags([row])[0].tolist() == tags.tolist()


def test_spans_of_parts_neighbours_of_one_kind():
    assert spans_of(np.array([1, 2, 1, 0, 3, 4])) == [(0, 2, 0), (2, 3, 0), (4, 6, 1)]
    assert spans_of(np.array([0, 0])) == []


def test_span_head_is_the_word_that_leaves_the_span():
    assert span_head(0, 3, [1, 3, 1, -1]) == 1
