"""What a sentence's tags are: the entries that the language model hands to the reading steps.

Token indices count from 0; ends are not included. Character offsets count in the sentence's own
string. Another model can be laid in the place of the shipped one by fulfilling ``LanguageModel``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from dragoman.language.pieces import Pieces

# The PLOVER types in the order of the type head, then the answer "no event between these two".
EVENT_TYPES = (
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
)  # fmt: skip
NO_EVENT = "NONE"
# PLOVER's auxiliary modes, as told of one pair.
AUXILIARY = ("historical", "future", "hypothetical", "negation")


@dataclass(frozen=True, slots=True)
class Token:
    """A word with its place in the Universal Dependencies tree."""

    start: int
    end: int
    text: str
    lemma: str
    upos: str
    head: int  # token index, -1 for the root
    deprel: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name: PER, ORG, LOC or MISC (nationality words, named events and elections).

    ``detail`` is the finer class, as CrossNER politics has them: person, politician,
    organisation, politicalparty, country, location, event, election, misc.
    """

    first: int
    last: int  # not included
    label: str
    detail: str


@dataclass(frozen=True, slots=True)
class Argument:
    """A PropBank argument (ARG0, ARG1, ARGM-TMP, ...) and the word at its head."""

    label: str
    head: int
    first: int
    last: int  # not included


@dataclass(frozen=True, slots=True)
class Frame:
    """A predicate, verbal or nominal, and its arguments in the order of the sentence."""

    predicate: int
    arguments: tuple[Argument, ...]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said what in this sentence, as character offsets.

    ``cue`` is None where the sentence carries words attributed by another sentence (a quotation
    that goes on). ``confidence`` is the geometric mean of the tags' probabilities, 0 to 1.
    """

    source: tuple[int, int] | None
    cue: tuple[int, int] | None
    content: tuple[tuple[int, int], ...]
    confidence: float


@dataclass(frozen=True, slots=True, eq=False)
class Tags:
    """All that one pass reads from a sentence.

    Attributes:
        text: the sentence.
        tokens: every word, those past the model's length limit included (these as ``X``).
        embedding: float32, shape (384,), unit norm; all zero where the sentence has no word.
        states: opaque, float32, shape (pieces, 384): what ``type_pairs`` goes on from.
        pieces: opaque: where the words lie in ``states``.
    """

    text: str
    tokens: tuple[Token, ...]
    names: tuple[Name, ...]
    frames: tuple[Frame, ...]
    attributions: tuple[Attribution, ...]
    embedding: NDArray[np.float32]
    states: NDArray[np.float32]
    pieces: Pieces


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sides whose dealing is to be typed, as character offsets into the sentence.

    ``act`` are the words that carry the act, where they are known: the answer is then about this act.
    """

    actor: tuple[tuple[int, int], ...]
    recipient: tuple[tuple[int, int], ...] = ()
    act: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class TypeGuess:
    """PLOVER type of a pair: all 16 types and "NONE" with probabilities, best first.

    ``auxiliary`` gives each auxiliary mode a probability of its own.
    """

    probabilities: tuple[tuple[str, float], ...]
    auxiliary: tuple[tuple[str, float], ...] = ()

    @property
    def best(self) -> str:
        """The most probable answer, "NONE" among them."""
        return self.probabilities[0][0]

    @property
    def confidence(self) -> float:
        """The probability of ``best``, 0 to 1."""
        return self.probabilities[0][1]


class LanguageModel(Protocol):
    """What the reading steps need of a language model."""

    @property
    def name(self) -> str:
        """Name and version, for people."""

    @property
    def digest(self) -> str:
        """Hash of the weights: two models with one digest give the same answers."""

    def tag(self, sentences: Sequence[str]) -> list[Tags]:
        """Tags each sentence by itself: neither order nor company changes an answer."""

    def type_pairs(self, tags: Tags, pairs: Sequence[Pair]) -> list[TypeGuess]:
        """PLOVER type of each pair of one sentence that ``tag`` has read."""
