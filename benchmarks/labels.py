"""Where the labels without text (training/labels/) point, and in which fold a report is."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.common import lines

if TYPE_CHECKING:
    from collections.abc import Iterator

# The sets of the data folder, by the name that the labels give them.
TEXTS = {
    "sample": ("sample/wikinews.jsonl", "sample/voa.jsonl"),
    "re3d": ("ties/re3d.jsonl",),
    "polnear_train": ("statements/polnear_train.jsonl",),
    "pairs": ("events/pairs.jsonl",),
    "spans": ("events/spans.jsonl",),
    "conllpp_train": ("language/conllpp_train.jsonl",),
    "giveme5w1h": ("stories/giveme5w1h_dev.jsonl",),
    "basil": ("stories/basil.jsonl",),
    "meantime": ("dates/meantime.jsonl",),
    "conllpp_dev": ("language/conllpp_dev.jsonl",),
    "ewt": ("language/ud_ewt_srl_train.jsonl",),
}
# Of these a line is a sentence, and some sentences stand in several lines and files.
SENTENCES = frozenset({"pairs", "spans", "conllpp_train", "conllpp_dev", "ewt"})
# CoNLL-2003's reports are Reuters's of August 1996 (Tjong Kim Sang and De Meulder 2003); its lines have no date, nor have those of
# EWT, whose weblogs and newsgroups speak mostly of 2003 to 2006.
PUBLISHED = {"conllpp_train": "1996-08-30", "conllpp_dev": "1996-08-30", "ewt": "2004-06-30"}
# News sentences that we wrote ourselves, every event of each labelled; they hold their text.
WRITTEN = Path(__file__).parents[1] / "training" / "written"
# Of the same make, and learned by no weights: what they tell of news like them is measured there.
HELD = WRITTEN.with_name("held")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text and the labels in it: ``{start, end, events}`` each, offsets counted in the text."""

    source: str
    name: str
    text: str
    published: str | None
    labels: tuple[dict[str, Any], ...]

    @property
    def group(self) -> str:
        """What stays together when folds are made."""
        return group_of(self.source, self.name, self.text)


def labelled_texts(data: Path, labels: Path) -> Iterator[Labelled]:
    """Each text of the data folder that has labels, in the order of the folder; then those we wrote."""
    yield from texts_of(data, labels)
    yield from written_texts()


def texts_of(data: Path, labels: Path) -> Iterator[Labelled]:
    """Each text of the data folder that has labels in a file, in the order of the folder."""
    rows: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in lines(labels):
        rows.setdefault((row["source"], row["report"]), []).append(row)
    for source, files in TEXTS.items():
        for line in (one for name in files for one in lines(data / name)):
            mine = rows.get((source, line["id"]))
            if mine:
                text = line["text"] if "text" in line else " ".join(line["tokens"])
                published = line.get("published") or PUBLISHED.get(source)
                yield Labelled(source, line["id"], text, published, tuple(mine))


def written_texts(folder: Path = WRITTEN) -> Iterator[Labelled]:
    """What we wrote: sentences that stand alone, and reports with their sentences' places."""
    for path in sorted(folder.glob("*.jsonl")):
        for line in lines(path):
            alone = {"start": 0, "end": len(line["text"]), "events": line.get("events")}
            labels = tuple({"report": line["id"], **one} for one in line.get("sentences", [alone]))
            yield Labelled("written", line["id"], line["text"], line.get("published"), labels)


def fold_of(text: str, folds: int) -> int:
    """The fold that a sentence or a report belongs to."""
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % folds


def group_of(source: str, report: str, text: str) -> str:
    """What stays together when folds are made: a report, or a sentence that stands alone.

    Of a sentence only the letters count: the sets space the same one in different ways.
    """
    if source not in SENTENCES:
        return report
    return "".join(char for char in text.lower() if char.isalnum())
