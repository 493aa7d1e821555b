"""Words as the gathering steps compare them: stems, how much a word tells, numbers.

A word's weight comes from ``rules/words.tsv``: in how many of the counted news texts it occurs. The
table is shipped, not counted from the record, so that a story never changes because unrelated
reports come in.
"""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

# Letters and digits; an apostrophe or point inside a word belongs to it ("U.S", "king's"), a hyphen
# parts two words ("al-Zayani", "Saudi-Iranian"), points and commas inside a number belong to it.
WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:[’'.][^\W\d_]+)*")

# Words that say nothing of what a text is about: grammar, saying, and the calendar.
EMPTY = frozenset(
    """
    a an the and or but nor if of in on at to for from by with without within as than then so that this
    these those there here it its itself he him his she her hers they them their theirs we us our ours
    you your yours i me my mine who whom whose which what when where why how not no none neither either
    both each every all any some such same other another more most many much less least few several own
    is are was were be been being am do does did done have has had having will would shall should can
    could may might must about above after again against along also already although amid among around
    away back because before behind below between beyond during even ever further however into just like
    long meanwhile near never next now off often once only onto out over per quite rather since still
    through throughout too toward towards under until up upon very via while yet one two first last new
    say says said saying tell tells told added according call called make made take took go went come
    came get got give given see seen know known day days week weeks month months year years time today
    yesterday tomorrow monday tuesday wednesday thursday friday saturday sunday january february march
    april may june july august september october november december al el mr mrs ms s t re ve ll d
    """.split()
)

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
NUMBER_WORDS = {word: value for value, word in enumerate(_ONES)} | {
    word: 10 * (value + 2) for value, word in enumerate(_TENS)
}
MULTIPLES = {
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "bn": 10**9, "trillion": 10**12,
    "dozen": 12,
}  # fmt: skip


def fold(word: str) -> str:
    """Lower case, without accents, so that "Téhéran" meets "Teheran"."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.replace("’", "'").lower())
    return "".join(char for char in plain if not unicodedata.combining(char))


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """A word without accents, possessive and plural: "Ministers’" and "minister" are the same.

    Only the plural is cut: verb forms and derived nouns are met by :func:`root`.
    """
    made = fold(word)
    made = made.removesuffix("'s")
    made = made.replace("'", "").replace(".", "") if not made[:1].isdigit() else made
    if len(made) > 4 and made.endswith("ies"):
        return made[:-3] + "y"
    if len(made) > 3 and made.endswith("s") and not made.endswith(("ss", "us", "is")):
        return made[:-1]
    return made


_ENDINGS = (
    "ization", "isation", "ational", "ations", "ation", "ements", "ement", "ments", "ment", "ingly",
    "edly", "ising", "izing", "ised", "ized", "ises", "izes", "ities", "ness", "ally", "ions", "ion",
    "ing", "ity", "ive", "ise", "ize", "ies", "ied", "ers", "ors", "est", "ed", "er", "or", "al", "ly",
    "es", "e", "s", "y",
)  # fmt: skip


@lru_cache(maxsize=200_000)
def root(word: str) -> str:
    """What forms of a word share: "normalization", "normalise" and "normal" give "normal".

    A plain suffix cutter after Porter (1980, "An algorithm for suffix stripping"), coarser: it
    serves comparison only, so a root need not be a word.
    """
    made = stem(word)
    for ending in _ENDINGS:
        if made.endswith(ending) and len(made) - len(ending) >= 4:
            made = made[: -len(ending)]
            break
    if len(made) > 4 and made[-1] == made[-2]:
        made = made[:-1]
    return made


class WordTable:
    """In how many of `texts` counted texts a word occurs.

    Args:
        counts: texts by stem; stems that occur in fewer than three texts may be left out.
        texts: how many texts were counted.
    """

    def __init__(self, counts: dict[str, int], texts: int) -> None:
        self._weights = {
            word: math.log((texts + 1) / (count + 0.5)) for word, count in counts.items()
        }
        # A stem that is not in the table was met in one text or none.
        self._rare = math.log((texts + 1) / 1.0)

    def knows(self, word: str) -> bool:
        """Whether the stem is in the table."""
        return word in self._weights

    def weight(self, word: str) -> float:
        """How much a stem tells: the inverse document frequency (Sparck Jones 1972), at least 0."""
        if word in EMPTY:
            return 0.0
        return max(0.0, self._weights.get(word, self._rare))


@lru_cache(maxsize=1)
def default_table() -> WordTable:
    """The shipped table."""
    lines = files("dragoman").joinpath("rules/words.tsv").read_text(encoding="utf-8").splitlines()
    texts = 0
    counts: dict[str, int] = {}
    for line in lines:
        if line.startswith("#"):
            continue
        word, _, count = line.partition("\t")
        if word == "texts":
            texts = int(count)
        else:
            counts[word.removeprefix("=")] = int(count)
    return WordTable(counts, texts)
