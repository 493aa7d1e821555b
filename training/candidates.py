"""Writes what the branch for the PLOVER type is asked at run time: ``python -m training.candidates``.

For every sentence of the sets that ``training.events`` learns from, the words that may carry an act and
the parties in their places, as the package finds them (``dragoman.reading.proposals``), and the parties
that the event rules fill in. One JSON object a line: ``{set, key, candidates: [{act, actor, recipient,
lemma, knows, wide}]}`` with offsets in the sentence; ``knows`` are the types that some rule has for the word.
Needs the package with its weights, not torch; takes a few minutes.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.labels import labelled_texts

from dragoman.entries import Part, Report
from dragoman.reading.actors import resolve
from dragoman.reading.clauses import Clauses
from dragoman.reading.filling import fill
from dragoman.reading.mentions import find_candidates
from dragoman.reading.parties import Parties
from dragoman.reading.proposals import asked_pair, candidates
from dragoman.reading.sentences import find_sentences
from dragoman.reading.triggers import RuleIndex
from dragoman.run_local import make_reader
from training.data import lines
from training.pairs import key_of, rule_sentences

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dragoman.reading import Reader


def read(
    reader: Reader, index: RuleIndex, report: Report, places: Sequence[tuple[int, int]] = ()
) -> Iterator[tuple[int, int, list[Any]]]:
    """The candidates of each sentence of a report, with the sentence's start and end.

    With ``places`` only of the sentences that share a character with one of them.
    """
    rules = reader.rulebook
    sentences = find_sentences(report)
    page = reader.page(report, sentences)
    mentions = resolve(page, find_candidates(page, rules.catalogue, rules.grammar), rules.catalogue)
    parties = Parties(page, mentions, ())
    for tree in page.trees:
        span = tree.sentence.span
        if places and not any(span.start < end and start < span.end for start, end in places):
            continue
        clauses = Clauses(tree, rules.grammar)
        asked = []
        for trigger in index.triggers(clauses):
            filled = fill(page, clauses, parties, trigger)
            if filled:
                asked.append((trigger.position, filled.actor, filled.recipient, False))
        asked += [
            (one.position, one.actor, one.recipient, one.wide)
            for one in candidates(page, clauses, parties, index.nouns)
        ]
        found: dict[str, Any] = {}
        for position, actor, recipient, wide in asked:
            pair = asked_pair(clauses, position, actor, recipient)
            lemma = tree.lemma(position)
            knows = {
                rule.event
                for table in (index.verbs, index.nouns)
                for _, rule in table.get(lemma, ())
            }
            row = {
                "act": pair.act,
                "actor": pair.actor,
                "recipient": pair.recipient,
                "lemma": lemma,
                "knows": sorted(knows),
                "wide": wide,
            }
            found.setdefault(json.dumps([pair.act, pair.actor, pair.recipient]), row)
        yield span.start, span.end, list(found.values())


def as_report(key: str, text: str, published: str | None = None) -> Report:
    return Report(id=key, text=text, published=published, parts=(Part("prose", 0, len(text)),))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--own", type=Path, default=Path(__file__).parent / "sentences")
    parser.add_argument("--labels", type=Path, default=Path(__file__).parent / "labels")
    parser.add_argument("--model", type=Path, default=None)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    reader = make_reader(model=args.model, threads=1)
    index = RuleIndex(reader.rulebook)
    single = [row["text"] for row in lines(args.data / "events" / "pairs.jsonl")]
    single += [row["text"] for row in lines(args.data / "events" / "spans.jsonl")]
    single += [row["text"] for path in sorted(args.own.glob("*.jsonl")) for row in lines(path)]
    single += [text for text, *_ in rule_sentences()]
    args.out.parent.mkdir(parents=True, exist_ok=True)
    with args.out.open("w", encoding="utf-8") as stream:
        for text in dict.fromkeys(single):
            # A text that is cut into several sentences keeps the offsets of the whole.
            found = [
                moved(row, start)
                for start, _, rows in read(reader, index, as_report("", text))
                for row in rows
            ]
            stream.write(json.dumps({"key": key_of(text), "candidates": found}) + "\n")
        for one in labelled_texts(args.data, args.labels / "full.jsonl"):
            places = [(label["start"], label["end"]) for label in one.labels]
            report = as_report(one.name, one.text, one.published)
            told = list(read(reader, index, report, places))
            for label in one.labels:
                start, end = label["start"], label["end"]
                # Where sentences are cut otherwise than when they were labelled, all that overlap.
                found = [
                    moved(row, begin - start)
                    for begin, final, rows in told
                    if begin < end and start < final
                    for row in rows
                ]
                key = f"{one.source} {one.name} {start}"
                stream.write(json.dumps({"key": key, "candidates": found}) + "\n")


def moved(row: dict[str, Any], by: int) -> dict[str, Any]:
    sides = {
        side: [(start + by, end + by) for start, end in row[side]]
        for side in ("act", "actor", "recipient")
    }
    return {**row, **sides}


if __name__ == "__main__":
    main()
