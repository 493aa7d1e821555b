"""What the language model is shown of a report: "IS" and "WHO" spell common words, and its vocabulary has small letters only.

Where a report speaks of the Islamic State, "IS has claimed the attack" is read as with the letters of another name, and told as written.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from dragoman.language.tags import LanguageModel, Tags
    from dragoman.rulebook.capitals import Capitals


# "This IS true" only stresses the word.
_STRESSED = (
    r"(?<!\b[Tt]his )(?<!\b[Tt]hat )(?<!\b[Ii]t )(?<!\b[Hh]e )(?<!\b[Ss]he )(?<!\b[Tt]here )"
)


def meant(text: str, known: Iterable[Capitals]) -> Mapping[str, str]:
    """Which letters stand for a name in a report, with what is shown in their place."""
    return {
        one.letters: one.shown
        for one in known
        if re.search(rf"\b{one.letters}\b", text)
        and any(re.search(rf"\b{re.escape(name)}\b", text) for name in one.names)
    }


def tagged(
    model: LanguageModel, texts: Sequence[str], shown: Mapping[str, str]
) -> tuple[Tags, ...]:
    """The tags of sentences, of which the model is shown other letters where these stand for a name.

    Args:
        model: reads the sentences.
        texts: the sentences, as the report has them.
        shown: letters that stand for a name, with what to show instead.
    """
    if not shown:
        return tuple(model.tag(texts))
    pattern = re.compile(rf"{_STRESSED}(?<![\w.])(?:{'|'.join(shown)})(?![\w.]*\w)")
    others = [
        pattern.sub(lambda found: shown[found[0]], text) if text.upper() != text else text
        for text in texts
    ]
    return tuple(map(_as_written, model.tag(others), texts))


def _as_written(tags: Tags, text: str) -> Tags:
    if tags.text == text:
        return tags
    tokens = tuple(
        one
        if text[one.start : one.end] == one.text
        else replace(one, text=text[one.start : one.end], lemma=text[one.start : one.end])
        for one in tags.tokens
    )
    return replace(tags, text=text, tokens=tokens)
