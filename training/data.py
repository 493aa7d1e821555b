"""Reads the open data sets into one shape: words, and whichever labels a set has.

Nothing here is passed on: the sets are read where they lie (``--data``, see ``README.md``).
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from dragoman.language.words import split_words

if TYPE_CHECKING:
    from pathlib import Path

UPOS = "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split()
# Names, fine classes of CrossNER politics; the coarse ones of the other sets are their unions.
FINE = "person politician organisation politicalparty country location event election misc".split()
COARSE = {
    "PER": ("person", "politician"),
    "ORG": ("organisation", "politicalparty"),
    "LOC": ("country", "location"),
    "MISC": ("event", "election", "misc"),
}
NER_TAGS = ["O"] + [f"{mark}-{name}" for name in FINE for mark in "BI"]
ATTRIBUTION_TAGS = "O B-source I-source B-content I-content".split()
CUE_TAGS = "O B I".split()
# Where the reports stand whose sentences carry names that we marked.
NAMED = {
    "sample": ("sample/wikinews.jsonl", "sample/voa.jsonl"),
    "rdcr": ("ties/rdcr_dev.jsonl",),
    "polnear_train": ("statements/polnear_train.jsonl",),
    "basil": ("stories/basil.jsonl",),
}
MISSING = -100  # torch's label that the loss leaves out
MIN_ROLE = 20  # roles rarer than this in the training part are left out
MIN_SCRIPT = 3  # and so are rarer ways from a word to its lemma


@dataclass(slots=True)
class Example:
    """One sentence; a label list is None where its set has no such labels."""

    source: str
    words: list[str]
    text: str = ""
    upos: list[str] | None = None
    heads: list[int] | None = None
    deprel: list[str] | None = None
    lemma: list[str] | None = None
    ner: list[str] | None = None
    predicates: list[int] | None = None
    frames: list[tuple[int, list[tuple[int, int, str]]]] | None = None
    cues: list[tuple[int, int]] | None = None
    attributions: list[tuple[int, list[tuple[int, int, str]]]] | None = None
    weight: float = 1.0
    extra: dict[str, Any] = field(default_factory=dict)


def lines(path: Path) -> list[dict[str, Any]]:
    with path.open(encoding="utf-8") as handle:
        return [json.loads(line) for line in handle]


def bio(length: int, spans: list[tuple[int, int, str]]) -> list[str]:
    """Spans as one tag a word; where spans overlap the earlier in the list stays."""
    tags = ["O"] * length
    for start, end, label in spans:
        if any(tag != "O" for tag in tags[start:end]):
            continue
        for index in range(start, end):
            tags[index] = ("B-" if index == start else "I-") + label
    return tags


def lemma_script(form: str, lemma: str) -> str:
    """The way from a word to its lemma: "=" or "letters to cut|letters to add"."""
    if lemma == form:
        return "=" if form != form.lower() else "0|"
    low = form.lower()
    shared = 0
    while shared < min(len(low), len(lemma)) and low[shared] == lemma[shared]:
        shared += 1
    return f"{len(low) - shared}|{lemma[shared:]}"


def read_ewt(path: Path) -> list[Example]:
    found = []
    for row in lines(path):
        tokens = row["tokens"]
        words = [token["text"] for token in tokens]
        example = Example(
            "ewt",
            words,
            row["text"],
            upos=[token["upos"] for token in tokens],
            heads=[token["head"] for token in tokens],
            deprel=[token["deprel"] for token in tokens],
            lemma=[lemma_script(token["text"], token["lemma"]) for token in tokens],
        )
        if row["ner"] is not None:
            example.ner = bio(len(words), [tuple(span) for span in row["ner"]])
        if row["frames"] is not None:
            example.predicates = sorted({frame["predicate"] for frame in row["frames"]})
            example.frames = [
                (frame["predicate"], [tuple(span) for span in frame["args"]])
                for frame in row["frames"]
            ]
        found.append(example)
    return found


def read_names(path: Path, source: str) -> list[Example]:
    return [
        Example(
            source,
            row["tokens"],
            " ".join(row["tokens"]),
            ner=bio(len(row["tokens"]), [tuple(span) for span in row["ner"]]),
        )
        for row in lines(path)
    ]


def read_marked_names(folder: Path, data: Path) -> list[Example]:
    """Sentences whose names we marked ourselves, in the nine classes: our own, and real ones by their place.

    ``names/*.jsonl`` holds ``{id, text, names: [[start, end, class]]}``; without ``text`` a line is
    ``{source, report, start, end, names}``, and the sentence stands in a report of ``data``.
    """
    rows = [row for path in sorted(folder.glob("*.jsonl")) for row in lines(path)]
    held = {
        (source, row["id"]): row["text"]
        for source in {row["source"] for row in rows if "text" not in row}
        for path in NAMED[source]
        for row in lines(data / path)
    }
    found = []
    for row in rows:
        text = row.get("text") or held[row["source"], row["report"]][row["start"] : row["end"]]
        words = split_words(text)
        spans = []
        for start, end, label in row["names"]:
            inside = [n for n, (s, e) in enumerate(words) if s < end and start < e]
            if inside:
                spans.append((inside[0], inside[-1] + 1, label))
        # The scheme, and so the classes that the loss lets stand, is CrossNER's.
        found.append(
            Example("crossner", [text[s:e] for s, e in words], text, ner=bio(len(words), spans))
        )
    return found


_BREAK = re.compile(
    r"(?:[.!?\u2026]+[\"'\u201d\u2019)\]]*)(\s+)(?=[\"'\u201c\u2018(\[]*[A-Z0-9\u201c\"])"
)
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Col|Lt|Sgt|Capt|Rev|Hon|Prof|St|Jr|Sr|vs|No|Jan|Feb|Aug|Sept"
    r"|Oct|Nov|Dec|Inc|Corp|Co|Ltd|Pa|Va|Fla|Calif|Mass|Ill|Wis|Ariz|Conn|Del|Mich|Minn|Tenn|Tex|Ind"
    r"|Ky|Md|Mo|La|Ga|Ala)|\b[A-Z]|\b(?:[A-Za-z]\.)+[A-Za-z])\.$"
)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """A plain cut into sentences, for training only (the reading step has its own)."""
    spans = []
    for paragraph in re.finditer(r"[^\n]+", text):
        start = paragraph.start()
        for match in _BREAK.finditer(text, paragraph.start(), paragraph.end()):
            end = match.start(1)
            if _ABBREVIATED.search(text[max(start, end - 12) : end]):
                continue
            spans.append((start, end))
            start = match.end(1)
        spans.append((start, paragraph.end()))
    return [(start, end) for start, end in spans if text[start:end].strip()]


def read_attributions(path: Path) -> list[Example]:
    """Articles as sentences. A part of an attribution whose cue stands in another sentence is
    tagged in a row of its own whose anchor is the whole sentence (-1)."""
    found = []
    for row in lines(path):
        text = row["text"]
        for start, end in sentence_spans(text):
            words = [(start + s, start + e) for s, e in split_words(text[start:end])]
            if words:
                found.append(_attributed(text, start, end, words, row["attributions"]))
    return found


def _attributed(
    text: str, start: int, end: int, words: list[tuple[int, int]], rows: list[dict[str, Any]]
) -> Example:
    def to_words(span: list[int]) -> tuple[int, int] | None:
        inside = [
            index
            for index, (s, e) in enumerate(words)
            if 2 * (min(e, span[1]) - max(s, span[0])) > e - s
        ]
        return (inside[0], inside[-1] + 1) if inside else None

    cues: list[tuple[int, int]] = []
    anchored: list[tuple[int, list[tuple[int, int, str]]]] = []
    loose: list[tuple[int, int, str]] = []
    for row in rows:
        spans = []
        for role in ("source", "content"):
            for piece in row[role]:
                if piece[0] < end and piece[1] > start:
                    span = to_words(piece)
                    if span:
                        spans.append((*span, role))
        cue = [to_words(piece) for piece in row["cue"] if piece[0] < end and piece[1] > start]
        here = [span for span in cue if span]
        if here:
            cues.append(here[0])
            anchored.append((here[0][0], spans))
        else:
            loose.extend(spans)
    anchored.append((-1, loose))
    return Example(
        "polnear",
        [text[s:e] for s, e in words],
        text[start:end],
        cues=sorted(cues),
        attributions=anchored,
        extra={"rows": len(anchored) - 1, "loose": bool(loose)},
    )


@dataclass(frozen=True, slots=True)
class Labels:
    """Every label list, in the order of the model's outputs; kept in the model card."""

    upos: list[str]
    deprel: list[str]
    scripts: list[str]
    roles: list[str]
    ner: list[str]

    @property
    def role_tags(self) -> list[str]:
        return ["O"] + [f"{mark}-{name}" for name in self.roles for mark in "BI"]


def collect_labels(examples: list[Example]) -> Labels:
    deprel: Counter[str] = Counter()
    scripts: Counter[str] = Counter()
    roles: Counter[str] = Counter()
    for example in examples:
        deprel.update(example.deprel or ())
        scripts.update(example.lemma or ())
        for _, spans in example.frames or ():
            roles.update(label for _, _, label in spans)
    return Labels(
        UPOS,
        sorted(deprel),
        sorted(name for name, count in scripts.items() if count >= MIN_SCRIPT),
        sorted(name for name, count in roles.items() if count >= MIN_ROLE),
        NER_TAGS,
    )
