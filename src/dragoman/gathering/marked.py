"""Marked mentions: stretches of a report that tell an act, with what is needed to compare two of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from dragoman.entries import Sentence
from dragoman.gathering.likeness import Words, synonyms, words_of
from dragoman.gathering.words import EMPTY, default_table, root, stem
from dragoman.spans import cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from dragoman.entries import Actor, ReadReport
    from dragoman.language.tags import LanguageModel, Tags

    Vector = NDArray[np.float32]

Key = tuple[str, int, int]

# Verbs of saying: two of them are one act only where the same is said.
SAYING = frozenset(
    """say tell add write tweet call declare announce warn insist argue claim report accuse promise comment
    remark speak state urge deny reply ask answer explain criticize suggest""".split()
)
# Relations of the tree under which the one who acts, and what is acted on, hang on an act.
_AGENT = ("nsubj", "nmod:poss")
_PATIENT = ("obj", "nmod", "obl", "xcomp", "compound", "ccomp")
_NAMING = frozenset({"NOUN", "PROPN", "VERB"})
_COMMON = 8.0  # about the weight of a word that one text in three thousand has


@dataclass(frozen=True, slots=True, eq=False)
class Marked:
    """A mention, ready to be compared.

    Attributes:
        key: report id, start, end; kind: as given, may be empty.
        place: report id and beginning of its sentence.
        head: root, or synonym class, of the word at its head; rarity: how much that word tells.
        verb, saying: whether that word is a verb; one of saying.
        who, whom: who acts and what is acted on: keys of parties, or roots.
        words, context: of the mention; of its sentence.
        phrase: embedding of the mention by itself; setting: of its sentence.
        state, core: mean states, in the sentence, of the mention's words and of its head.
    """

    key: Key
    kind: str
    place: tuple[str, int]
    head: str
    rarity: float
    verb: bool
    saying: bool
    who: frozenset[str]
    whom: frozenset[str]
    words: Words
    context: Words
    phrase: Vector
    setting: Vector
    state: Vector
    core: Vector


@dataclass(frozen=True, slots=True, eq=False)
class Marking:
    """The mentions of a report, and how many of the acts in their sentences they are."""

    mentions: tuple[Marked, ...]
    marked: int
    acts: int


def mark(read: ReadReport, spans: Sequence[tuple[int, int, str]], model: LanguageModel) -> Marking:
    """Reads given stretches (start, end, kind) of a report as mentions of acts."""
    wanted = sorted(set(spans))
    homes = [_home(read, start, end) for start, end, _ in wanted]
    places = sorted({home.span.start: home for home in homes}.items())
    tagged = dict(
        zip(
            (place for place, _ in places),
            model.tag([home.span.text for _, home in places]),
            strict=True,
        )
    )
    phrases = model.tag([read.report.text[start:end] for start, end, _ in wanted])
    mentions: list[Marked] = []
    heads: dict[int, set[int]] = {}
    for (start, end, kind), home, phrase in zip(wanted, homes, phrases, strict=True):
        place = home.span.start
        tags = tagged[place]
        inside = [
            number
            for number, token in enumerate(tags.tokens)
            if token.start + home.span.start < end and token.end + home.span.start > start
        ]
        head = _head(tags, inside)
        heads.setdefault(place, set()).update(() if head is None else (head,))
        key = (read.report.id, start, end)
        mentions.append(_marked(read, key, kind, home, tags, inside, head, phrase.embedding))
    acts = sum(len(found | _predicates(tagged[place])) for place, found in heads.items())
    return Marking(tuple(mentions), sum(map(len, heads.values())), acts)


def _home(read: ReadReport, start: int, end: int) -> Sentence:
    """The sentence of a stretch; its line where the report has no sentence there (page furniture)."""
    for sentence in read.sentences:
        if sentence.span.start <= start < sentence.span.end:
            return sentence
    text = read.report.text
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    return Sentence(-1, "prose", cut(text, first, last if last >= 0 else len(text)))


def _head(tags: Tags, inside: Sequence[int]) -> int | None:
    """The word of a stretch on which its other words hang."""
    own = set(inside)
    tops = [
        number
        for number in inside
        if tags.tokens[number].head not in own and tags.tokens[number].upos not in {"PUNCT", "DET"}
    ]
    return next(iter(tops or inside), None)


def _predicates(tags: Tags) -> set[int]:
    return {f.predicate for f in tags.frames if tags.tokens[f.predicate].upos != "AUX"}


def _marked(
    read: ReadReport,
    key: Key,
    kind: str,
    home: Sentence,
    tags: Tags,
    inside: Sequence[int],
    head: int | None,
    phrase: Vector,
) -> Marked:
    text = read.report.text[key[1] : key[2]]
    token = None if head is None else tags.tokens[head]
    lemma = token.lemma.lower() if token else text.lower()
    who, whom = (frozenset[str](), frozenset[str]())
    if head is not None:
        names = _Names(read, home, tags)
        who, whom = names.sides(head, set(inside))
    return Marked(
        key=key,
        kind=kind,
        place=(read.report.id, home.span.start),
        head=_class(lemma),
        rarity=default_table().weight(stem(lemma)) / _COMMON,
        verb=bool(token and token.upos == "VERB"),
        saying=lemma in SAYING,
        who=who,
        whom=whom,
        words=words_of(text),
        context=words_of(home.span.text),
        phrase=phrase,
        setting=tags.embedding,
        state=_state(tags, inside),
        core=_state(tags, () if head is None else (head,)),
    )


def _known(actor: Actor) -> bool:
    """Whether a party is more than its words: "the market" is best met by its noun."""
    return bool(actor.catalogue_id or actor.entity_code)


def _class(lemma: str) -> str:
    key = root(lemma)
    return synonyms().get(key, key)


def _state(tags: Tags, numbers: Iterable[int]) -> Vector:
    """The mean of the states of some words, of unit length; zero past the model's length limit."""
    first, last = tags.pieces.first, tags.pieces.last
    rows = [
        tags.states[first[number] : last[number] + 1].mean(axis=0)
        for number in numbers
        if number < len(first)
    ]
    if not rows:
        return np.zeros_like(tags.embedding)
    mean = np.mean(rows, axis=0)
    norm = float(np.linalg.norm(mean))
    return np.asarray(mean / norm if norm else mean, dtype=np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class _Names:
    """Who stands behind the words of a sentence."""

    read: ReadReport
    home: Sentence
    tags: Tags

    def sides(self, head: int, inside: set[int]) -> tuple[frozenset[str], frozenset[str]]:
        """Who acts and what is acted on, by roles where the act has a frame, and by the tree."""
        who: set[str | None] = set()
        whom: set[str | None] = set()
        for role, number in self._roles(inside | {head}):
            if role == "ARG0":
                who.add(self._key(number))
            elif role in {"ARG1", "ARG2"}:
                whom.add(self._key(number))
        for number, token in enumerate(self.tags.tokens):
            if token.head != head:
                continue
            if token.deprel.startswith("nsubj:pass"):
                whom.add(self._key(number))
            elif token.deprel.startswith(_AGENT):
                who.add(self._key(number))
            elif token.deprel.startswith(_PATIENT):
                whom.add(self._key(number))
        return frozenset(k for k in who if k), frozenset(k for k in whom if k)

    def _roles(self, numbers: set[int]) -> Iterator[tuple[str, int]]:
        for frame in self.tags.frames:
            if frame.predicate in numbers:
                for argument in frame.arguments:
                    yield argument.label, argument.head

    def _key(self, number: int) -> str | None:
        token = self.tags.tokens[number]
        start, end = token.start + self.home.span.start, token.end + self.home.span.start
        for mention in self.read.mentions:
            actor = mention.actor
            if actor and mention.span.start < end and mention.span.end > start and _known(actor):
                return actor.key
        if token.upos in _NAMING and stem(token.text) not in EMPTY:
            return _class(token.lemma)
        return None
