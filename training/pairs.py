"""Sentences with marked pairs, from every set that the branch for the PLOVER type learns from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from benchmarks.labels import group_of, labelled_texts

from dragoman.language.paths import act_word, over_pieces, ways
from dragoman.language.tags import EVENT_TYPES, NO_EVENT
from dragoman.rulebook import load_rulebook
from training.data import lines

if TYPE_CHECKING:
    import random
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from torch import Tensor

    from dragoman.language.tags import Frame, Token

NAMES = (*EVENT_TYPES, NO_EVENT)
YIELD = ("CONCEDE", "RETREAT")  # one class in pairs.jsonl
# Types that one side does to the other: the same pair turned round does nothing.
ONE_WAY = frozenset(
    {"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SANCTION", "COERCE", "AID", "PROTEST"}
)
TURNED = 0.3  # how much a turned pair counts beside a labelled one: "mutual" acts are not marked
# Words that stand between the same parties as the act, and are seldom it.
SAYING = frozenset({"say", "tell", "add", "have", "be", "make", "take", "get", "begin", "continue"})
MARKED = 2.0  # how much a published pair counts, which is given without its act
WRITTEN = "written"  # the source of news that we wrote
NONES = 12  # candidates without an event that an epoch sees of one fully labelled sentence
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Marked:
    """A pair, and the word between them, with the types that its label may mean."""

    actor: tuple[Span, ...]
    recipient: tuple[Span, ...]
    allowed: tuple[str, ...]
    auxiliary: tuple[str, ...] | None = None
    weight: float = 1.0
    act: tuple[Span, ...] = ()


@dataclass(slots=True)
class Sentence:
    """A sentence and its pairs; ``nones`` are drawn from anew in each epoch.

    ``twin`` is the same with other states in it (``training.exchange``), shown in its place now and then.
    """

    source: str
    text: str
    pairs: list[Marked]
    nones: list[Marked] = field(default_factory=list)
    group: str = ""  # what stays together when folds are made
    twin: Sentence | None = None
    states: Tensor | None = None
    words: list[Span] = field(default_factory=list)
    pieces: Any = None
    tokens: tuple[Token, ...] = ()
    frames: tuple[Frame, ...] = ()
    _seen: dict[tuple[Span, ...], np.ndarray] = field(default_factory=dict)

    def seen_from(self, act: tuple[Span, ...]) -> np.ndarray:
        """How the word of each piece stands to the act, (3, pieces)."""
        if act not in self._seen:
            word = act_word(self.tokens, act)
            told = ways(self.tokens, self.frames, word)
            pieces = self.pieces
            self._seen[act] = over_pieces(told, pieces.first, pieces.last, len(self.states))
        return self._seen[act]

    def drawn(self, rng: random.Random) -> list[Marked]:
        """The pairs of one epoch."""
        few = self.nones if len(self.nones) <= NONES else rng.sample(self.nones, NONES)
        return [*self.pairs, *few]


def key_of(text: str) -> str:
    """What a sentence that stands alone goes by among the candidates."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class Candidates:
    """What ``training.candidates`` wrote, by key."""

    def __init__(self, path: Path | None) -> None:
        self.rows = {row["key"]: row["candidates"] for row in lines(path)} if path else {}

    def of(self, key: str) -> list[dict[str, Any]]:
        """The candidates of one sentence."""
        found: list[dict[str, Any]] = self.rows.get(key, [])
        return found


def spans_of(row: dict[str, Any], side: str) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in row[side])


def touch(left: Iterable[Span], right: Iterable[Span]) -> bool:
    """Whether a span of one side shares a character with one of the other."""
    return any(a < d and c < b for a, b in left for c, d in right)


def with_candidates(one: Sentence, rows: list[dict[str, Any]]) -> Sentence:
    """Adds to a sentence with one marked pair the candidates on it, and those that turn it round.

    Other candidates are left out: what they tell is not labelled.
    """
    (pair, *_) = one.pairs
    if pair.allowed == (NO_EVENT,):
        # Our sentences without an event hold none at all.
        for row in rows:
            sides = spans_of(row, "actor"), spans_of(row, "recipient")
            one.nones.append(Marked(*sides, (NO_EVENT,), None, 1.0, spans_of(row, "act")))
        return one
    on_pair = [row for row in rows if _same_sides(row, pair.actor, pair.recipient)]
    for row in _likely(on_pair, pair.allowed):
        one.pairs.append(
            Marked(
                spans_of(row, "actor"),
                spans_of(row, "recipient"),
                pair.allowed,
                pair.auxiliary,
                1.0,
                spans_of(row, "act"),
            )
        )
    if ONE_WAY.issuperset(pair.allowed) and pair.actor and pair.recipient:
        for row in rows:
            if _same_sides(row, pair.recipient, pair.actor) and row not in on_pair:
                sides = spans_of(row, "actor"), spans_of(row, "recipient")
                act = spans_of(row, "act")
                one.nones.append(Marked(*sides, (NO_EVENT,), None, TURNED, act))
    return one


def _same_sides(row: dict[str, Any], actor: tuple[Span, ...], recipient: tuple[Span, ...]) -> bool:
    if not row["recipient"] and len(row["actor"]) > 1 and recipient:
        return touch(row["actor"], actor) and touch(row["actor"], recipient)
    left = touch(row["actor"], actor) if actor else not row["actor"]
    right = touch(row["recipient"], recipient) if recipient else not row["recipient"]
    return left and right


def _likely(rows: list[dict[str, Any]], types: tuple[str, ...]) -> list[dict[str, Any]]:
    """Of several words between the same sides those that may be meant.

    Those in whose places the sides stand go before those that only share the sentence with a side, and
    of each the ones that some rule has for the type; of words of which no more is known the nearest.
    """
    near = [row for row in rows if not row["wide"]]
    for group in (near, rows):
        known = [row for row in group if set(types) & set(row["knows"])]
        if known:
            return known
    if near:
        return [row for row in near if row["lemma"] not in SAYING] or near
    return sorted(rows, key=_reach)[:1]


def _reach(row: dict[str, Any]) -> int:
    """Characters between a word and its sides."""
    (act, *_) = row["act"]
    sides = [*row["actor"], *row["recipient"]]
    return sum(max(start - act[1], act[0] - end, 0) for start, end in sides)


def read_pairs(path: Path, known: Candidates) -> list[Sentence]:
    """One marked pair a line, 15 classes; lines of one sentence are one."""
    spans = lambda row, side: tuple((s["start"], s["end"]) for s in row[side])  # noqa: E731
    found: dict[str, Sentence] = {}
    for row in lines(path):
        allowed = YIELD if row["event"] == "YIELD" else (row["event"],)
        pair = Marked(spans(row, "actor"), spans(row, "recipient"), allowed, weight=MARKED)
        held = found.setdefault(
            row["text"], Sentence("pairs", row["text"], [], group=plain(row["text"]))
        )
        held.pairs.append(pair)
    return [with_candidates(one, known.of(key_of(one.text))) for one in found.values()]


def read_own(folder: Path, known: Candidates, weight: float = 1.0) -> list[Sentence]:
    """The project's own sentences, every ``*.jsonl`` in the folder."""
    found = []
    for path in sorted(folder.glob("*.jsonl")):
        for row in lines(path):
            if row["event"] not in NAMES:
                raise SystemExit(f"{path}: {row['id']} has no PLOVER type: {row['event']}")
            pair = Marked(
                tuple(map(tuple, row["actor"])),
                tuple(map(tuple, row["recipient"])),
                (row["event"],),
                tuple(row["auxiliary"] or ()),
                weight,
            )
            one = Sentence("own", row["text"], [pair], group=row["text"])
            found.append(with_candidates(one, known.of(key_of(one.text))))
    return found


def read_rules(known: Candidates) -> list[Sentence]:
    """The sentences of the event rules: what each must catch and must leave (``rules/predicates``)."""
    found = []
    for text, event, actor, recipient in rule_sentences():
        pair = Marked(actor, recipient, (event,))
        one = Sentence("rules", text, [pair], group=text)
        found.append(with_candidates(one, known.of(key_of(text))))
    return found


def rule_sentences() -> Iterator[tuple[str, str, tuple[Span, ...], tuple[Span, ...]]]:
    """Text, type and sides of each; a sentence that stands under several rules comes once, as of the first.

    Sentences to leave are no event where their rule is of a type of its own and no other rule catches them.
    """
    rules = load_rulebook().predicates
    caught: dict[str, tuple[str, str, tuple[Span, ...], tuple[Span, ...]]] = {}
    for rule in rules:
        for example in rule.catches:
            sides = [
                tuple(
                    (example.text.index(word), example.text.index(word) + len(word))
                    for word in words
                )
                for words in (example.actor, example.recipient)
                if all(word in example.text for word in words)
            ]
            if len(sides) == 2 and (sides[0] or sides[1]):
                caught.setdefault(example.text, (example.text, rule.event, sides[0], sides[1]))
    yield from caught.values()
    left = {text for rule in rules for text in rule.leaves} - caught.keys()
    for text in sorted(left):
        yield text, NO_EVENT, (), ()


def plain(text: str) -> str:
    """The letters of a sentence: the sets space the same sentence in different ways."""
    return group_of("pairs", "", text)


def read_typed(
    path: Path, labels: Path, others: Iterable[Sentence], known: Candidates, weight: float = 1.0
) -> list[Sentence]:
    """The sentences of events/spans.jsonl with the types that we gave to their marked pairs.

    Three quarters of them stand in events/pairs.jsonl too and are left out: ``others`` holds these.
    """
    seen = {plain(one.text) for one in others}
    types = {row["report"]: row for row in lines(labels)} if labels.exists() else {}
    found = []
    for row in lines(path):
        label = types.get(row["id"])
        actor = tuple((s["start"], s["end"]) for s in row["actor"] + row["reciprocal"])
        recipient = tuple((s["start"], s["end"]) for s in row["recipient"])
        if label is None or not actor or plain(row["text"]) in seen:
            continue
        allowed = tuple(name for name in (label["event"], label["or"]) if name)
        pair = Marked(actor, recipient, allowed, None, weight)
        one = Sentence("spans", row["text"], [pair], group=plain(row["text"]))
        found.append(with_candidates(one, known.of(key_of(one.text))))
    return found


def read_full(data: Path, labels: Path, known: Candidates) -> list[Sentence]:
    """Real sentences of which every event is labelled: a candidate on none of them is no event.

    A label line is ``{source, report, start, end, events: [{event, mode, auxiliary, actor: [[s, e]],
    recipient: [[s, e]]}]}``, offsets counted in the sentence.
    """
    if not labels.exists():
        return []
    found = []
    for told in labelled_texts(data, labels):
        for row in told.labels:
            text = told.text[row["start"] : row["end"]]
            rows = known.of(f"{told.source} {told.name} {row['start']}")
            source = WRITTEN if told.source == WRITTEN else "full"
            one = Sentence(source, text, [], group=told.group)
            _label(one, rows, row["events"])
            found.append(one)
    return found


def _label(one: Sentence, rows: list[dict[str, Any]], events: list[dict[str, Any]]) -> None:
    types: dict[int, list[dict[str, Any]]] = {}
    doubtful: set[int] = set()
    for event in events:
        actor, recipient = spans_of(event, "actor"), spans_of(event, "recipient")
        on = [row for row in rows if tells(row, actor, recipient)]
        likely = _likely(on, (event["event"],))
        for row in on:
            place = rows.index(row)
            if row in likely:
                types.setdefault(place, []).append(event)
            else:
                doubtful.add(place)
        # A candidate with one side only, on parties that have an event with two, is neither.
        every = (*actor, *recipient)
        for place, row in enumerate(rows):
            if not (row["actor"] and row["recipient"]) and touch(
                row["actor"] or row["recipient"], every
            ):
                doubtful.add(place)
    for place, row in enumerate(rows):
        sides = spans_of(row, "actor"), spans_of(row, "recipient")
        act = spans_of(row, "act")
        held = types.get(place)
        if held:
            allowed = tuple(dict.fromkeys(event["event"] for event in held))
            auxiliary = tuple(held[0]["auxiliary"]) if len(held) == 1 else None
            one.pairs.append(Marked(*sides, allowed, auxiliary, 1.0, act))
        elif place not in doubtful:
            one.nones.append(Marked(*sides, (NO_EVENT,), None, 1.0, act))


def tells(row: dict[str, Any], actor: tuple[Span, ...], recipient: tuple[Span, ...]) -> bool:
    """Whether a candidate has the sides of a labelled event (all parties are actors if reciprocal)."""
    if recipient or len(actor) < 2:
        return _same_sides(row, actor, recipient)
    sides = [span for side in ("actor", "recipient") for span in spans_of(row, side)]
    return sum(touch(sides, [span]) for span in actor) > 1


def side_weights(
    words: list[Span], first: np.ndarray, last: np.ndarray, count: int, spans: tuple[Span, ...]
) -> np.ndarray:
    """Weights over the pieces of a side's words, summing to 1; all zero if it has none."""
    weights = np.zeros(count, np.float32)
    for (start, end), begin, final in zip(words, first, last, strict=False):
        if any(start < e and end > s for s, e in spans):
            weights[begin : final + 1] = 1
    return weights / weights.sum() if weights.any() else weights
