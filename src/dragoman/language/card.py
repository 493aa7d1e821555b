"""The card of a folder of weights: what it is, and whether its files are those that it names."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from dragoman.errors import ModelError

FORMAT = 3  # of the weights folder; raised when graphs, labels or files change their meaning
FILES = ("model.onnx", "types.onnx", "tokenizer.json")
WEIGHTS = Path(__file__).parent / "weights"


def read_card(folder: Path) -> dict[str, Any]:
    """The weights' card, checked against the files beside it.

    Raises:
        ModelError: see ``load``.
    """
    path = folder / "card.json"
    try:
        card = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ModelError(
            f"{path} cannot be read ({error.strerror}); give the folder of a Dragoman model",
            path=str(folder),
        ) from error
    except ValueError as error:
        raise ModelError(f"{path} is not JSON: {error}", path=str(folder)) from error
    if not isinstance(card, dict) or card.get("format") != FORMAT:
        found = card.get("format") if isinstance(card, dict) else None
        raise ModelError(
            f"{path} is of format {found}, this version reads format {FORMAT}; "
            "use the weights that belong to this version",
            path=str(folder),
        )
    if not {"name", "version", "digest", "labels"} <= card.keys():
        raise ModelError(f"{path} lacks name, version, digest or labels", path=str(folder))
    found = weights_digest(folder)
    if found != card["digest"]:
        raise ModelError(
            f"the weights in {folder} are not those of their card (digest {found[:12]}, card says "
            f"{str(card['digest'])[:12]}); fetch them again",
            path=str(folder),
        )
    return card


def weights_digest(folder: Path) -> str:
    """SHA-256 over the weight files, in the order of ``FILES``.

    Raises:
        ModelError: a file is missing.
    """
    digest = hashlib.sha256()
    for name in FILES:
        try:
            digest.update((folder / name).read_bytes())
        except OSError as error:
            raise ModelError(
                f"{folder / name} cannot be read ({error.strerror})", path=str(folder)
            ) from error
    return digest.hexdigest()
