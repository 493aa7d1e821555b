"""The shipped language model at run time: onnxruntime and tokenizers, nothing else."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from dragoman.errors import ModelError
from dragoman.language.assembly import Labels, Raw, assemble
from dragoman.language.card import WEIGHTS, read_card
from dragoman.language.paths import act_word, over_pieces, ways
from dragoman.language.pieces import Cutter, Pieces
from dragoman.language.tags import AUXILIARY, EVENT_TYPES, NO_EVENT, Pair, Tags, TypeGuess
from dragoman.language.words import split_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

# Sentences decoded together; the size changes the speed only.
CHUNK = 64
# Pieces of the sentences kept from before: about a thousand sentences, 50 MB.
KEPT_PIECES = 32_768
# Far over any score: forces a given predicate, or keeps any other from being one.
SURE = 1e6
# Joins a sum and the norm after it into one step, which takes five times as long as the two on a CPU.
_SLOW = "SkipLayerNormFusion"


@dataclass(frozen=True, slots=True, eq=False)
class _Sentence:
    """A sentence on its way through the model."""

    text: str
    spans: list[tuple[int, int]]
    words: list[str]
    predicates: list[int] | None = None


def load(path: Path | None = None, *, threads: int = 1) -> OnnxModel:
    """Loads the shipped weights, or those in the folder ``path``.

    Args:
        path: a folder with ``card.json`` and the files it names.
        threads: sentences worked on at once; answers do not depend on it.

    Raises:
        ModelError: a file is missing, damaged (its digest differs) or of another format.
    """
    return OnnxModel(path or WEIGHTS, threads=threads)


class OnnxModel:
    """Tags sentences one at a time, several at once; see ``dragoman.language.LanguageModel``."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        card = read_card(folder)
        self.name: str = f"{card['name']} {card['version']}"
        self.digest: str = card["digest"]
        self.card = card
        self._threads = max(1, threads)
        self._labels = Labels.from_card(card["labels"])
        try:
            tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except Exception as error:  # the tokenizers package raises nothing narrower
            raise ModelError(
                f"{folder / 'tokenizer.json'} is no tokenizer: {error}", path=str(folder)
            ) from error
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._cutter = Cutter(tokenizer)
        self._tagger = _session(folder / "model.onnx")
        self._typer = _session(folder / "types.onnx")
        self._outputs = [output.name for output in self._tagger.get_outputs()]
        self._recent: OrderedDict[str, Tags] = OrderedDict()  # the one used last stands last
        self._keeping = Lock()
        self._held = 0  # what they take, as ``_room`` counts

    def tag(self, sentences: Sequence[str]) -> list[Tags]:
        """Tags each sentence by itself: neither order nor company changes an answer.

        News repeats itself (wire copies, standing phrases): sentences met lately are not run again.
        """
        known = {text: self._recent.get(text) for text in sentences}
        fresh = [text for text, tags in known.items() if tags is None]
        known.update(zip(fresh, self._run([self._read(text) for text in fresh]), strict=True))
        self._keep([tags for tags in known.values() if tags is not None])
        return [tags for text in sentences if (tags := known[text]) is not None]

    def _keep(self, found: Iterable[Tags]) -> None:
        """Puts sentences last in what is kept, and drops the first while there is too much."""
        with self._keeping:
            for tags in found:
                if self._recent.pop(tags.text, None) is None:
                    self._held += _room(tags)
                self._recent[tags.text] = tags
            while self._held > KEPT_PIECES:
                self._held -= _room(self._recent.popitem(last=False)[1])

    def tag_words(
        self,
        sentences: Sequence[Sequence[str]],
        predicates: Sequence[Sequence[int]] | None = None,
    ) -> list[Tags]:
        """Tags sentences that are already cut into words (joined by one space in ``text``).

        Args:
            sentences: the words of each.
            predicates: for each sentence the words to find arguments of, instead of those that
                the model takes for predicates.
        """
        read = []
        for place, words in enumerate(sentences):
            spans, cursor = [], 0
            for word in words:
                spans.append((cursor, cursor + len(word)))
                cursor += len(word) + 1
            given = None if predicates is None else list(predicates[place])
            read.append(_Sentence(" ".join(words), spans, list(words), given))
        return self._run(read)

    def type_pairs(self, tags: Tags, pairs: Sequence[Pair]) -> list[TypeGuess]:
        """PLOVER type of each pair of one sentence that ``tag`` has read."""
        if not pairs or not len(tags.pieces.first):
            return [_no_guess()] * len(pairs)
        # The same side stands in many of a sentence's pairs.
        side = cache(partial(_side, tags, _Edges.of(tags)))
        acts = {act: row for row, act in enumerate(dict.fromkeys(tuple(p.act) for p in pairs))}
        told = np.stack([side(act) for act in acts])
        feed = {
            "states": tags.states,
            "acts": told,
            "starts": np.where(told.any(1), told.astype(bool).argmax(1), -1),
            "which": np.array([acts[tuple(pair.act)] for pair in pairs]),
            **_seen(tags, list(acts)),
            "actor": np.stack([side(tuple(pair.actor)) for pair in pairs]),
            "recipient": np.stack([side(tuple(pair.recipient)) for pair in pairs]),
            "act": np.stack([side(tuple(pair.act)) for pair in pairs]),
        }
        types, auxiliary = self._typer.run(["types", "auxiliary"], feed)
        names = (*EVENT_TYPES, NO_EVENT)
        return [
            TypeGuess(_ranked(names, row), tuple(zip(AUXILIARY, extra.tolist(), strict=True)))
            for row, extra in zip(types, auxiliary, strict=True)
        ]

    def _read(self, text: str) -> _Sentence:
        spans = split_words(text)
        return _Sentence(text, spans, [text[start:end] for start, end in spans])

    def _run(self, sentences: list[_Sentence]) -> list[Tags]:
        results: list[Tags | None] = [None] * len(sentences)
        order = sorted(range(len(sentences)), key=lambda place: len(sentences[place].words))
        if self._threads == 1 or len(sentences) < 2:
            self._run_chunks(sentences, order, results, map)
        else:
            with ThreadPoolExecutor(self._threads) as pool:
                self._run_chunks(sentences, order, results, pool.map)
        return [tags for tags in results if tags is not None]

    def _run_chunks(
        self, sentences: list[_Sentence], order: list[int], results: list[Tags | None], spread: Any
    ) -> None:
        raw: Iterable[Raw] = spread(lambda place: self._infer(sentences[place]), order)
        held: list[Raw] = []
        done = 0
        for one in raw:
            held.append(one)
            if len(held) == CHUNK or done + len(held) == len(order):
                for place, tags in zip(
                    order[done : done + len(held)], assemble(held, self._labels), strict=True
                ):
                    results[place] = tags
                done += len(held)
                held = []

    def _infer(self, sentence: _Sentence) -> Raw:
        pieces = self._cutter.pieces(sentence.words)
        if not len(pieces.first):
            return Raw(sentence.text, sentence.spans, pieces, {})
        forced = np.zeros(len(pieces.first), np.float32)
        if sentence.predicates is not None:
            forced[:] = -SURE
            forced[[place for place in sentence.predicates if place < len(forced)]] = SURE
        feed = {
            "ids": pieces.ids,
            "kinds": pieces.kinds,
            "first": pieces.first,
            "last": pieces.last,
            "forced": forced,
        }
        outputs = self._tagger.run(self._outputs, feed)
        return Raw(
            sentence.text, sentence.spans, pieces, dict(zip(self._outputs, outputs, strict=True))
        )


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    # One thread a sentence: several sentences at once use the cores better than one on several.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=[_SLOW]
        )
    except Exception as error:  # onnxruntime raises classes of its own for every fault
        raise ModelError(f"{path} cannot be loaded: {error}", path=str(path.parent)) from error


def _room(tags: Tags) -> int:
    """What a sentence takes in memory, about in pieces."""
    return 1 + max(len(tags.states), len(tags.tokens))


@dataclass(frozen=True, slots=True)
class _Edges:
    """Where the words of a sentence that have pieces begin and end, in characters and in pieces."""

    starts: list[int]
    ends: list[int]
    first: list[int]
    last: list[int]

    @classmethod
    def of(cls, tags: Tags) -> _Edges:
        pieces: Pieces = tags.pieces
        first, last = pieces.first.tolist(), pieces.last.tolist()
        tokens = tags.tokens[: len(first)]
        return cls([one.start for one in tokens], [one.end for one in tokens], first, last)


def _side(tags: Tags, edges: _Edges, spans: Sequence[tuple[int, int]]) -> NDArray[np.float32]:
    """Weights over the pieces of a side's words, summing to 1; all zero if it has none."""
    weights = np.zeros(len(tags.states), np.float32)
    for start, end in spans:
        for place in range(bisect_right(edges.ends, start), bisect_left(edges.starts, end)):
            weights[edges.first[place] : edges.last[place] + 1] = 1
    total = weights.sum()
    return weights / total if total else weights


def _seen(tags: Tags, acts: Sequence[tuple[tuple[int, int], ...]]) -> dict[str, NDArray[np.int64]]:
    """How each piece's word stands to each act, by the names that the graph gives these numbers."""
    first, last, count = tags.pieces.first, tags.pieces.last, len(tags.states)
    rows = [
        over_pieces(ways(tags.tokens, tags.frames, act_word(tags.tokens, act)), first, last, count)
        for act in acts
    ]
    made = np.stack(rows, axis=1)
    return dict(zip(("places", "steps", "arguments"), made, strict=True))


def _ranked(names: Sequence[str], row: NDArray[np.float32]) -> tuple[tuple[str, float], ...]:
    values = row.tolist()
    order = sorted(range(len(names)), key=lambda place: (-values[place], place))
    return tuple((names[place], values[place]) for place in order)


def _no_guess() -> TypeGuess:
    """Answer for a sentence without words."""
    return TypeGuess(
        ((NO_EVENT, 1.0), *((name, 0.0) for name in EVENT_TYPES)),
        tuple((name, 0.0) for name in AUXILIARY),
    )
