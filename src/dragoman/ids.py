"""Ids made from content: the same words in the same report get the same id, on every machine."""

from __future__ import annotations

import hashlib

# 12 hexadecimal digits are 48 bits: among ten million entries the chance of one clash is about 16 %
# for the whole set, and a clash only joins two entries of one kind; 14 digits (56 bits) bring it
# under 0.1 %.
DIGITS = 14


def content_id(prefix: str, *parts: object) -> str:
    """An id of `prefix` and a hash of `parts`; the parts' order counts, None is kept apart from ''."""
    digest = hashlib.sha256()
    for part in parts:
        token = "\x00" if part is None else str(part)
        digest.update(f"{len(token)}:".encode())
        digest.update(token.encode("utf-8", "surrogatepass"))
    return f"{prefix}{digest.hexdigest()[:DIGITS]}"
