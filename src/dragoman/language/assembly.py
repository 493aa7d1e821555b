"""From the network's raw outputs to ``Tags``; decodes many sentences at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from dragoman.language.attaching import in_one
from dragoman.language.decoding import best_tags, best_tree, span_head, spans_of
from dragoman.language.lemmas import lemma as base_form
from dragoman.language.mending import joined, mend
from dragoman.language.tags import Argument, Attribution, Frame, Name, Tags, Token

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from dragoman.language.pieces import Pieces

# The coarse name classes and the fine ones that each takes in.
COARSE = {
    "PER": ("person", "politician"),
    "ORG": ("organisation", "politicalparty"),
    "LOC": ("country", "location"),
    "MISC": ("event", "election", "misc"),
}
_LABELS = tuple(COARSE)
_SOURCE, _CONTENT = 0, 1


@dataclass(frozen=True, slots=True, eq=False)
class Labels:
    """The label lists of a model, in the order of its outputs."""

    upos: tuple[str, ...]
    deprel: tuple[str, ...]
    roles: tuple[str, ...]
    ner: tuple[str, ...]
    relation: NDArray[np.float32]  # (rank, labels): scores a label given a head
    relation_bias: NDArray[np.float32]
    groups: tuple[tuple[str, NDArray[np.int64]], ...]  # coarse tag, fine columns

    @staticmethod
    def from_card(card: Mapping[str, Any]) -> Labels:
        """Reads the lists from a model card."""
        ner = tuple(card["ner"])
        groups = [("O", np.array([0]))]
        for label, fine in COARSE.items():
            for mark in "BI":
                columns = [ner.index(f"{mark}-{name}") for name in fine]
                groups.append((f"{mark}-{label}", np.array(columns)))
        return Labels(
            tuple(card["upos"]),
            tuple(card["deprel"]),
            tuple(card["roles"]),
            ner,
            np.asarray(card["relation"], np.float32),
            np.asarray(card["relation_bias"], np.float32),
            tuple(groups),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Raw:
    """One sentence's outputs as the network gave them; none for a sentence without words."""

    text: str
    spans: list[tuple[int, int]]
    pieces: Pieces
    outputs: Mapping[str, NDArray[Any]]


def assemble(raws: Sequence[Raw], labels: Labels) -> list[Tags]:
    """Tags of each sentence; each depends on its own outputs alone."""
    live = [raw for raw in raws if raw.outputs]
    roles = best_tags([row for raw in live for row in raw.outputs["roles"][_first(raw) :]])
    attributed = best_tags([row for raw in live for row in raw.outputs["attribution"]])
    cues = best_tags([raw.outputs["cue"] for raw in live])
    names = best_tags(_coarse([raw.outputs["ner"] for raw in live], labels))
    done: dict[int, Tags] = {}
    role_at = row_at = 0
    for place, raw in enumerate(live):
        own = len(raw.outputs["roles"]) - _first(raw)
        rows = len(raw.outputs["attribution"])
        tokens, heads = _tokens(raw, labels)
        named = joined(_names(raw.outputs["ner"], names[place], labels), tokens)
        done[id(raw)] = Tags(
            raw.text,
            in_one(tokens, named),
            named,
            _frames(raw, roles[role_at : role_at + own], heads, labels),
            _attributions(raw, cues[place], attributed[row_at : row_at + rows]),
            raw.outputs["embedding"][0],
            raw.outputs["states"],
            raw.pieces,
        )
        role_at += own
        row_at += rows
    return [done[id(raw)] if raw.outputs else _empty(raw) for raw in raws]


def _empty(raw: Raw) -> Tags:
    nothing = np.zeros((0, 384), np.float32)
    return Tags(raw.text, (), (), (), (), np.zeros(384, np.float32), nothing, raw.pieces)


def _first(raw: Raw) -> int:
    """The first row of a predicate: a graph may put the sentence itself (-1) before them."""
    return int(raw.outputs["predicates"][0] < 0)


def _coarse(rows: Sequence[NDArray[np.float32]], labels: Labels) -> list[NDArray[np.float32]]:
    """Log probabilities of the coarse name tags: each the sum over its fine ones."""
    if not rows:
        return []
    together = np.concatenate(rows)
    columns = [np.logaddexp.reduce(together[:, fine], axis=1) for _, fine in labels.groups]
    ends = np.cumsum([len(row) for row in rows])[:-1]
    return np.split(np.stack(columns, axis=1), ends)


def _tokens(raw: Raw, labels: Labels) -> tuple[tuple[Token, ...], list[int]]:
    """All words of the sentence; those past the model's limit hang on the root as ``X``."""
    outputs = raw.outputs
    scores = outputs["arcs"]
    heads = best_tree(scores)
    relations = outputs["relation"].tolist()
    greedy = (scores.argmax(1) - 1).tolist()
    for place, (head, first) in enumerate(zip(heads, greedy, strict=True)):
        if head != first:  # the tree overruled the best single head: label the new one
            both = outputs["dep"][place] * outputs["head"][head + 1]
            relations[place] = int((both @ labels.relation + labels.relation_bias).argmax())
    tokens = []
    for (start, end), head, upos_at, relation_at in zip(
        raw.spans, heads, outputs["upos"].tolist(), relations, strict=False
    ):
        word, upos = raw.text[start:end], labels.upos[upos_at]
        relation = "root" if head < 0 else labels.deprel[relation_at]
        tokens.append(Token(start, end, word, base_form(word, upos), upos, head, relation))
    root = heads.index(-1)
    for start, end in raw.spans[len(heads) :]:
        word = raw.text[start:end]
        tokens.append(Token(start, end, word, word, "X", root, "dep"))
    return mend(tuple(tokens)), heads


def _names(ner: NDArray[np.float32], tags: NDArray[np.int64], labels: Labels) -> tuple[Name, ...]:
    found = []
    for first, last, kind in spans_of(tags):
        fine = COARSE[_LABELS[kind]]
        sums = [
            ner[first, labels.ner.index(f"B-{name}")]
            + ner[first + 1 : last, labels.ner.index(f"I-{name}")].sum()
            for name in fine
        ]
        found.append(Name(first, last, _LABELS[kind], fine[int(np.argmax(sums))]))
    return tuple(found)


def _frames(
    raw: Raw, tags: Sequence[NDArray[np.int64]], heads: list[int], labels: Labels
) -> tuple[Frame, ...]:
    frames = []
    first = _first(raw)
    scores = raw.outputs["roles"][first:]
    for predicate, row, score in zip(
        raw.outputs["predicates"][first:].tolist(), tags, scores, strict=True
    ):
        arguments = tuple(
            Argument(labels.roles[kind], span_head(first, last, heads), first, last)
            for first, last, kind in _once(spans_of(row), score, labels)
        )
        frames.append(Frame(predicate, arguments))
    return tuple(frames)


def _once(
    spans: list[tuple[int, int, int]], score: NDArray[np.float32], labels: Labels
) -> list[tuple[int, int, int]]:
    """Of several spans with one numbered role only the surest.

    A predicate has one ARG0, one ARG1: a second part is C-ARG1, a relative word R-ARG1.
    """
    numbered = [kind for _, _, kind in spans if labels.roles[kind][3:].isdigit()]
    if len(numbered) == len(set(numbered)):
        return spans
    surest: dict[int, tuple[float, tuple[int, int, int]]] = {}
    for first, last, kind in spans:
        tags = np.full(last - first, 2 * kind + 2)
        tags[0] = 2 * kind + 1
        places = np.arange(first, last)
        margin = float((score[places, tags] - score[places, 0]).mean())
        if kind not in surest or margin > surest[kind][0]:
            surest[kind] = (margin, (first, last, kind))
    return [span for span in spans if span[2] not in numbered or surest[span[2]][1] == span]


def _attributions(
    raw: Raw, cue_tags: NDArray[np.int64], rows: Sequence[NDArray[np.int64]]
) -> tuple[Attribution, ...]:
    cues = {first: last for first, last, _ in spans_of(cue_tags)}
    scores = raw.outputs["attribution"]
    found = []
    for row, (anchor, tags) in enumerate(zip(raw.outputs["anchors"].tolist(), rows, strict=True)):
        spans = spans_of(tags)
        if anchor < 0 and not spans:
            continue
        chosen = [scores[row, place, tag] for place, tag in enumerate(tags.tolist()) if tag]
        cue = None
        if anchor >= 0:
            cue = (anchor, cues.get(anchor, anchor + 1))
            chosen.append(raw.outputs["cue"][anchor, 1])
        sources = [span for span in spans if span[2] == _SOURCE]
        contents = [span for span in spans if span[2] == _CONTENT]
        found.append(
            Attribution(
                _chars(raw, _nearest(sources, anchor)) if sources else None,
                _chars(raw, cue) if cue else None,
                tuple(_chars(raw, span[:2]) for span in contents),
                float(np.exp(np.mean(chosen))),
            )
        )
    return tuple(sorted(found, key=lambda one: one.cue or (-1, -1)))


def _nearest(spans: Sequence[tuple[int, int, int]], anchor: int) -> tuple[int, int]:
    """Of several source spans the one next to the cue."""
    best = min(spans, key=lambda span: (max(span[0] - anchor, anchor - span[1]), span[0]))
    return best[:2]


def _chars(raw: Raw, words: tuple[int, int]) -> tuple[int, int]:
    return raw.spans[words[0]][0], raw.spans[words[1] - 1][1]
