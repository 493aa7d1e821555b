"""What each head is trained on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import torch
from torch import Tensor
from torch.nn import functional

from training.data import MISSING

if TYPE_CHECKING:
    from training.model import Batch, Tagger

# How much each head counts; set once by the size of their losses, not searched.
WEIGHTS = {
    "upos": 1.0,
    "arc": 1.0,
    "rel": 1.0,
    "lemma": 0.5,
    "ner": 2.0,
    "predicate": 1.0,
    "roles": 3.0,
    "cue": 3.0,
    "attribution": 3.0,
    "embedding": 3.0,
}


def _cross(logits: Tensor, target: Tensor) -> Tensor:
    return functional.cross_entropy(
        logits.float().flatten(0, -2), target.flatten(), ignore_index=MISSING
    )


def _names(logits: Tensor, target: Tensor, masks: Tensor) -> Tensor:
    """Negative log of the summed probability of all tags that the label allows."""
    known = target != MISSING
    scores = functional.log_softmax(logits.float(), -1)[known]
    allowed = masks[target[known]]
    return -torch.logsumexp(scores + (allowed - 1) * 1e4, -1).mean()


def losses(model: Tagger, batch: Batch, name_masks: Tensor) -> dict[str, Tensor]:
    pieces, words, whole = model.states(batch)
    found: dict[str, Tensor] = {}
    if batch.upos is not None:
        found["upos"] = _cross(model.upos(words), batch.upos)
    if batch.lemma is not None:
        found["lemma"] = _cross(model.lemma(words), batch.lemma)
    if batch.heads is not None:
        target = torch.where(batch.heads == MISSING, MISSING, batch.heads + 1)
        found["arc"] = _cross(model.arcs(words, whole, batch.words), target)
        heads = batch.heads.clamp(min=-1)
        found["rel"] = _cross(model.relations(words, whole, heads), batch.deprel)
    if batch.ner is not None:
        found["ner"] = _names(model.ner(words), batch.ner, name_masks)
    if batch.predicate is not None:
        found["predicate"] = _cross(model.predicate(words), batch.predicate)
    if batch.cue is not None:
        found["cue"] = _cross(model.cue(words), batch.cue)
    for name, rows, tagger in (
        ("roles", batch.frames, model.roles),
        ("attribution", batch.attributions, model.attribution),
    ):
        if rows is not None:
            sentence, position, tags = rows
            logits = model.spans(tagger, words, whole, batch.words, sentence, position)
            found[name] = _cross(logits, tags)
    if batch.teacher is not None:
        mine = model.embed(pieces, batch.ids)
        taught = (batch.teacher * batch.teacher).sum(-1)  # 1, or 0 without a teacher
        cosine = (mine * batch.teacher).sum(-1)
        found["embedding"] = ((1 - cosine) * taught).sum() / taught.sum()
    return found


def total(found: dict[str, Tensor]) -> Tensor:
    return torch.stack([WEIGHTS[name] * value for name, value in found.items()]).sum()
