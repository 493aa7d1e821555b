"""The language of a text, by py3langid (a naive Bayes model over byte n-grams; Lui and Baldwin 2012)."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

# Under 40 letters names decide, not the language.
FEWEST_LETTERS = 40
# The first 1,000 characters tell: over the development reports 3,000 told nothing else.
_SAMPLE = 1000
# Languages of news; small languages near English (Pidgin, Scots) would be false alarms.
_LANGUAGES = (
    "af", "am", "ar", "az", "be", "bg", "bn", "bs", "ca", "cs", "da", "de", "el", "en", "es", "et",
    "fa", "fi", "fr", "ga", "gu", "ha", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka",
    "kk", "km", "kn", "ko", "ku", "ky", "lo", "lt", "lv", "mk", "ml", "mn", "mr", "ms", "my", "ne",
    "nl", "no", "pa", "pl", "ps", "pt", "ro", "ru", "si", "sk", "sl", "so", "sq", "sr", "sv", "sw",
    "ta", "te", "th", "tl", "tr", "uk", "ur", "uz", "vi", "zh",
)  # fmt: skip
# Words of English and of no other language of the set, all together a quarter of English news.
_ENGLISH = frozenset("the of and to that with for was said by from has have which is are".split())
# At least this share and this many different ones, "the" among them, and the text is English: over
# 807 development reports it knew 762, and the model never said otherwise. It spares most runs the
# model's 1.5 s of loading.
_SHARE, _DIFFERENT = 0.15, 5
_WORD = re.compile(r"[^\W\d_]+")
# Log-likelihood by which another language must beat English, in a text of names and few words: one
# foreign word of six letters is worth about ten.
_MARGIN = 20.0


def language_of(text: str) -> str | None:
    """ISO 639-1 code of the language of `text`; None where too little or no clear text stands."""
    sample = text[:_SAMPLE]
    if sum(map(str.isalpha, sample)) < FEWEST_LETTERS:
        return None
    if _plainly_english(sample):
        return "en"
    ranked: list[tuple[str, float]] = _model().rank(
        sample.encode("utf-8", "replace").decode("utf-8")
    )
    best, score = ranked[0]
    if best == "en":
        return "en"
    english = dict(ranked)["en"]
    return str(best) if score - english >= _MARGIN else None


def _plainly_english(sample: str) -> bool:
    words = [word.lower() for word in _WORD.findall(sample)]
    hits = [word for word in words if word in _ENGLISH]
    different = set(hits)
    return "the" in different and len(different) >= _DIFFERENT and len(hits) >= _SHARE * len(words)


@cache
def _model() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    model = LanguageIdentifier.from_model_file(MODEL_FILE)
    model.set_languages(list(_LANGUAGES))
    return model
