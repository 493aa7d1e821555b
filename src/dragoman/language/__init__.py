"""The language model: what one pass over a sentence tells, and the interface for others' models.

``load`` gives the shipped model. Only this package imports onnxruntime.
"""

from dragoman.language.tags import (
    AUXILIARY,
    EVENT_TYPES,
    NO_EVENT,
    Argument,
    Attribution,
    Frame,
    LanguageModel,
    Name,
    Pair,
    Tags,
    Token,
    TypeGuess,
)
from dragoman.language.words import split_words

__all__ = [
    "AUXILIARY",
    "EVENT_TYPES",
    "NO_EVENT",
    "Argument",
    "Attribution",
    "Frame",
    "LanguageModel",
    "Name",
    "Pair",
    "Tags",
    "Token",
    "TypeGuess",
    "digest",
    "load",
    "split_words",
]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path


def load(path: "Path | None" = None, *, threads: int = 1) -> LanguageModel:
    """Loads the shipped weights, or those in the folder ``path``.

    Args:
        path: a folder with ``card.json`` and the files it names.
        threads: sentences worked on at once; answers do not depend on it.

    Raises:
        ModelError: a file is missing, damaged (its digest differs) or of another format.
    """
    # onnxruntime takes a third of a second to import: only where a model is really loaded.
    from dragoman.language.onnx_model import load as load_onnx

    return load_onnx(path, threads=threads)


def digest(path: "Path | None" = None) -> str:
    """Hash of the shipped weights, or of those in the folder ``path``, without loading them.

    Raises:
        ModelError: as ``load``, but for what only running the weights can tell.
    """
    from dragoman.language.card import WEIGHTS, read_card

    return str(read_card(path or WEIGHTS)["digest"])
