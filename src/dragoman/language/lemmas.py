"""Base forms of English words, by word class (lemminflect's dictionary and rules)."""

from __future__ import annotations

from functools import lru_cache

_CLASSES = frozenset({"VERB", "AUX", "NOUN", "ADJ", "ADV"})
# What the dictionary takes for something else, or gives in another form than the treebank's.
_FIXED = {
    ("n't", "PART"): "not", ("n’t", "PART"): "not", ("'ll", "AUX"): "will", ("’ll", "AUX"): "will",
    ("wo", "AUX"): "will", ("ca", "AUX"): "can", ("'ve", "AUX"): "have", ("’ve", "AUX"): "have",
    ("'re", "AUX"): "be", ("’re", "AUX"): "be", ("'m", "AUX"): "be", ("’m", "AUX"): "be",
    ("'s", "AUX"): "be", ("’s", "AUX"): "be", ("'d", "AUX"): "would", ("’d", "AUX"): "would",
    ("talks", "NOUN"): "talk", ("an", "DET"): "a",
}  # fmt: skip


@lru_cache(maxsize=65536)
def lemma(word: str, upos: str) -> str:
    """The base form of `word` in lower case; names stay as they stand.

    Args:
        word: the word as it stands in the text.
        upos: its Universal Dependencies word class.
    """
    if upos == "PROPN":
        return word
    lower = word.lower()
    fixed = _FIXED.get((lower, upos))
    if fixed:
        return fixed
    if upos not in _CLASSES:
        return lower
    # lemminflect takes a quarter of a second to import and load.
    from lemminflect import getLemma

    found = getLemma(lower, upos=upos)
    return str(found[0]) if found else lower
