"""Whether the clause around a time expression tells what was or what is to come."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from dragoman.reading.tree import Tree

Tense = Literal["future", "present", "past", "open"]

_MODALS = frozenset("will shall 'll ’ll would may might could should must wo can".split())
# Governors whose infinitive tells what did happen (or is said to have), not a purpose or a plan.
_IMPLICATIVE = frozenset(
    """manage fail begin start continue use seem appear happen tend refuse force help make prompt cause
    lead allow enable decline serve say report know believe think claim suspect get compel""".split()
)
# Participles and adjectives that put their "on Thursday" ahead: "due on Friday", "a vote set for May".
_AHEAD = frozenset(
    "schedule slate due plan expect upcoming set earmark aim intend pencil anticipate".split()
)
_AHEAD_WORDS = re.compile(
    r"\b(?:will|shall|due|scheduled|slated|going to|(?:is|are|set|expected|plans?|planned|hopes?) to|ahead of)\b",
    re.IGNORECASE,
)
_BEFORE_NAMED = re.compile(
    r"\b(?:ahead of|by|until|till|no later than|in time for|starting|from)\s+(?:next\s+|the\s+)?$",
    re.IGNORECASE,
)


# Past and present are written alike, and in news mostly the past is meant.
_ALIKE = frozenset(
    "hit cut put set quit shut spread let cost beat read split burst cast broadcast hurt upset bid".split()
)


def tense_at(tree: Tree, start: int) -> Tense:
    """The tense of the clause that holds the character `start` of the sentence.

    Without a tree (words past the model's limit, or no model) the words "will", "due", "ahead of" and
    their like decide.
    """
    before = tree.tags.text[max(0, start - 25) : start]
    if _BEFORE_NAMED.search(before) and re.search(r"ahead of|no later", before, re.IGNORECASE):
        return "future"
    position = tree.position_at(start)
    if position is None or tree.tokens[position].upos == "X":
        return "future" if _AHEAD_WORDS.search(tree.tags.text) else "open"
    for above in (position, *tree.ancestors(position)):
        found = _clause_tense(tree, above)
        if found:
            return found
    return "open"


def _clause_tense(tree: Tree, here: int) -> Tense | None:
    """The tense of the clause headed by `here`; None where `here` heads none."""
    token = tree.tokens[here]
    lemma = tree.lemma(here)
    if lemma in _AHEAD and (token.upos == "ADJ" or token.text.lower().endswith(("ed", "set"))):
        return "future"
    if token.upos not in {"VERB", "AUX"} and not tree.kids(here, "cop", "aux"):
        return None
    helpers = {tree.tokens[kid].text.lower() for kid in tree.kids(here, "aux")}
    perfect = bool(helpers & {"have", "has", "had", "'ve", "having"})
    if helpers & _MODALS:
        return "past" if perfect else "future"
    marks = {tree.tokens[kid].text.lower() for kid in tree.kids(here, "mark", "aux")}
    if marks & {"since", "after"} and token.text.lower().endswith("ing"):
        # "will visit ... after taking office in July"
        return "past"
    if "to" in marks and token.deprel != "root":
        governor = token.head
        plain = tree.lemma(governor) if governor >= 0 else ""
        if perfect or plain in _IMPLICATIVE:
            return "past"
        return "future"
    if "to" in marks:
        # A headline: "Ministers to meet on Thursday".
        return "future"
    if perfect or helpers & {"was", "were", "did"}:
        return "past"
    if token.deprel == "conj" and 0 <= token.head < len(tree.tokens) and not helpers:
        above = _clause_tense(tree, token.head)
        if above == "future" and token.text.lower() == lemma:
            return "future"
    copula = {tree.tokens[kid].text.lower() for kid in tree.kids(here, "cop")}
    found = _finite(token.text.lower(), lemma, helpers | copula)
    if found == "present" and tree.sentence.kind != "prose":
        # Headlines and captions tell the past in the present tense.
        return "open"
    return found


def _finite(word: str, lemma: str, helpers: set[str]) -> Tense | None:
    if helpers & {"is", "are", "am", "'s", "’s", "'re", "’re", "do", "does"}:
        return "present"
    if helpers & {"was", "were", "been"}:
        return "past"
    if word in _ALIKE:
        return "past"
    if word.endswith("ing"):
        # A participle borrows its tense from the clause above.
        return None
    if word == lemma or word.endswith("s"):
        return "present"
    return "past"
