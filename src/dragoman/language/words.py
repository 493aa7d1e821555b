"""Cuts a sentence into words the way the training trees do (UD English EWT), with offsets.

The rules are deterministic and know nothing but the sentence: white space first, then addresses
and numbers that stay whole, then punctuation, hyphens and clitics ("don't" is ``do`` ``n't``,
"Iran's" is ``Iran`` ``'s``, "Anglo-Irish" is ``Anglo`` ``-`` ``Irish``).

Source of the conventions: Universal Dependencies, English Web Treebank, whose tokens follow the
Linguistic Data Consortium's web treebank guidelines (2012).
"""

from __future__ import annotations

import re

APOSTROPHES = "'\u2019\u02bc`\u00b4"

# What stays one word though it holds punctuation. Order matters: the first that fits wins.
_WHOLE = re.compile(
    r"""
    (?:https?://|www\.)[^\s<>"\u201d]*[^\s<>"\u201d.,;:!?)\]'\u2019]        # web addresses
  | [\w.+-]+@[\w-]+(?:\.[\w-]+)+                                            # e-mail
  | (?:[A-Za-z]\.){2,}                                                      # U.S. , a.m.
  | [A-Z](?:&[A-Z])+(?![a-z])                                               # R&D
  | \d{3}-(?:\d{3}-)?\d{4}(?!\d)                                             # telephone
  | \d+(?:[.,:/]\d+)+(?:(?:st|nd|rd|th|s)(?![^\W_]))?                       # 1,200.5 10:30
  | [A-Za-z]\.(?=\s)                                                        # initials: J. Smith
  | \.\d+                                                                   # .5
  | \.{2,} | \u2026 | -{2,} | [!?]{2,} | ={2,} | \*{2,} | _{2,} | ~{2,}     # runs
  | [:;][-']?[)(DPp](?!\w)                                                  # faces
    """,
    re.VERBOSE,
)

# Shortenings that keep their full stop.
_SHORT = frozenset(
    """mr mrs ms dr prof st sr jr gen col lt sgt capt maj cmdr adm gov sen rep rev hon pres
    inc corp co ltd bros llc plc jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu
    fri sat sun vs etc no vol fig al ave blvd rd mt ft dept est messrs mmes amb brig supt det
    ala ariz ark calif colo conn del fla ga ill ind kan ky la mass mich minn miss mo mont neb nev
    okla ore pa tenn tex va vt wash wis wyo""".split()
)

_LETTERS = re.compile(r"[^\W\d_](?:[^\W_]|(?<=\w)_(?=\w))*", re.UNICODE)
_DIGITS = re.compile(
    r"\d+(?:st|nd|rd|th|s)(?![^\W_])|\d+(?=(?:am|pm|bn|mn|[mkbt])(?![^\W_]))|"
    r"\d[^\W_]*",
    re.IGNORECASE,
)
_NEGATION = re.compile(rf"(?i)(?<=\w)n[{APOSTROPHES}]t\b")
_CLITIC = re.compile(rf"(?i)[{APOSTROPHES}](?:s|re|ve|ll|d|m)(?![^\W_])")
_CLITIC_TAILS = frozenset({"s", "re", "ve", "ll", "d", "m"})
_JOINED = re.compile(r"(?i)\b(can)(not)\b|\b(gon|wan|got)(na|ta)\b")

# Hyphenated beginnings that the treebank leaves on their word.
_PREFIXES = frozenset(
    """a anti bi co counter cyber de e ex extra inter intra mega micro mid mini multi neo non
    over post pre pro proto pseudo quasi re semi sub super trans tri ultra un under uni x""".split()
)


def split_words(text: str) -> list[tuple[int, int]]:
    """Cuts ``text`` into words.

    Returns:
        (start, end) character offsets into ``text``, in order, never empty, never overlapping;
        only white space and control characters lie between them.
    """
    spans: list[tuple[int, int]] = []
    position = 0
    length = len(text)
    while position < length:
        char = text[position]
        if char.isspace() or not (char.isprintable() or ord(char) > 0xFFFF):
            position += 1
            continue
        end = _next_end(text, position)
        spans.extend(_split_word(text, position, end))
        position = end
    return spans


def _next_end(text: str, start: int) -> int:
    """End of the run that begins at ``start``: an address, a number, letters, or one sign."""
    whole = _WHOLE.match(text, start)
    if whole:
        return whole.end()
    clitic = _CLITIC.match(text, start)
    if clitic and start and (text[start - 1].isalnum() or text[start - 1] in ".)%"):
        return clitic.end()
    digits = _DIGITS.match(text, start)
    if digits:
        return digits.end()
    letters = _LETTERS.match(text, start)
    if letters:
        return _letters_end(text, start, letters.end())
    return start + 1


def _letters_end(text: str, start: int, end: int) -> int:
    """Lengthens a run of letters over what belongs to it."""
    length = len(text)
    word = text[start:end].lower()
    if end + 1 < length and text[end] in APOSTROPHES and text[end + 1].isalpha():
        tail = re.match(r"[^\W\d_]+", text[end + 1 :])
        if tail is not None and word.endswith("n") and tail.group().lower() == "t":
            return end + 2
        if tail is not None and tail.group().lower() not in _CLITIC_TAILS:
            return end + 1 + tail.end()
    if end + 1 < length and text[end] == "-" and word in _PREFIXES and text[end + 1].isalpha():
        tail = re.match(r"[^\W_]+", text[end + 1 :])
        if tail is not None:
            return end + 1 + tail.end()
    if (
        end < length
        and text[end] == "."
        and ((word in _SHORT and text[start].isupper()) or word in {"etc", "vs"})
    ):
        return end + 1
    if end + 1 < length and text[end] == "." and text[end + 1].isalpha() and word.isascii():
        domain = re.match(
            r"\.(?:com|org|net|gov|edu|info|co|uk|io|int)\b(?:\.[a-z]{2}\b)?", text[end:]
        )
        if domain is not None:
            return end + domain.end()
    return end


def _split_word(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Parts the negation and the two-in-one words from a run of letters."""
    run = text[start:end]
    negation = _NEGATION.search(run)
    if negation is not None and negation.end() == len(run) and negation.start() > 0:
        return [(start, start + negation.start()), (start + negation.start(), end)]
    joined = _JOINED.fullmatch(run)
    if joined is not None:
        middle = len(joined.group(1) or joined.group(3))
        return [(start, start + middle), (start + middle, end)]
    return [(start, end)]
