"""Fits the weights of possible events: ``python -m training.weigh``.

For every fully labelled sentence what the rules and the model claim of it (``dragoman.reading.drafting``), with
a model that has not learned from the sentence: ``--fold N FOLDER`` gives the weights of each fold of
``training.events --folds``. A claim is right where its type is that of a labelled event and both sides overlap
it. Their features (``dragoman.reading.weighing``) go into a logistic regression (scikit-learn), with a term for
sentences that we wrote, which is left out of the table; the other weights go into ``rules/weighing.csv``. Prints what the regression reaches on reports that it has not seen either.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from benchmarks.common import lines, reader
from benchmarks.labelled import fits
from benchmarks.labels import fold_of, labelled_texts

from dragoman.reading.clauses import Clauses
from dragoman.reading.drafting import claims_of
from dragoman.reading.parties import Parties
from dragoman.reading.triggers import RuleIndex
from dragoman.reading.weighing import faint, features

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from benchmarks.labels import Labelled

    from dragoman.reading import Reader
    from dragoman.reading.weighing import Claim

from training.candidates import as_report

KEPT = 0.02  # weights smaller than this are left out of the table
WRITTEN = "written"  # what sets sentences that we wrote apart from news
SEEN = 12  # a feature of fewer claims is left out


def claims(
    reading: Reader, data: Path, labels: Path, folds: int, fold: int | None
) -> Iterator[dict[str, Any]]:
    """The claims of a fold of all labelled sentences."""
    texts = labelled_texts(data, labels)
    yield from claims_of_texts(
        reading, (one for one in texts if fold is None or fold_of(one.group, folds) == fold)
    )


def met(claim: Claim, labels: list[dict[str, Any]], start: int, future: str) -> list[int]:
    """Which labels of a sentence that starts at ``start`` a claim meets in type and sides."""
    hits = [
        number
        for number, event in enumerate(labels)
        if event["event"] in {claim.event, future} and fits(claim, event, start)
    ]
    exact = [number for number in hits if labels[number]["event"] == claim.event]
    # A rule's type is that of the act done: what is to come is coded by tense later.
    return exact or (hits if claim.trigger else [])


def claims_of_texts(
    reading: Reader,
    texts: Iterable[Labelled],
    right: Callable[[Claim, list[dict[str, Any]], int, str], list[int]] = met,
) -> Iterator[dict[str, Any]]:
    """A row for each claim and, of each labelled sentence, one with the number of its events."""
    rules = reading.rulebook
    index = RuleIndex(rules)
    for one in texts:
        report = as_report(one.name, one.text, one.published)
        found = reading.read(report)
        page = reading.page(report, found.sentences)
        parties = Parties(page, found.mentions, found.statements)
        for row in one.labels:
            start, end = row["start"], row["end"]
            key = f"{one.source} {row['report']} {start}"
            yield {"sentence": key, "group": one.group, "events": len(row["events"])}
            for tree in page.trees:
                span = tree.sentence.span
                if not (span.start < end and start < span.end):
                    continue
                clauses = Clauses(tree, rules.grammar)
                told, company = claims_of(page, clauses, parties, index, rules, reading.model)
                for claim, guess in told:
                    good = right(claim, row["events"], start, company.futures[claim.event])
                    own = {WRITTEN: 1.0} if one.source == "written" else {}
                    yield {
                        "sentence": key,
                        "group": one.group,
                        "word": tree.offset + tree.tokens[claim.position].start,
                        "event": claim.event,
                        "sides": [
                            [actor.span.start for actor in side]
                            for side in (claim.actor, claim.recipient)
                        ],
                        "coded": claim.coded,
                        "faint": faint(claim, guess, company),
                        "right": good,
                        "features": features(clauses, parties, claim, guess, company) | own,
                    }


def matrix(rows: list[dict[str, Any]], names: dict[str, int]) -> Any:
    from scipy.sparse import csr_matrix

    data, columns, starts = [], [], [0]
    for row in rows:
        for name, value in row["features"].items():
            if name in names:
                columns.append(names[name])
                data.append(value)
        starts.append(len(data))
    return csr_matrix((data, columns, starts), shape=(len(rows), len(names)))


def curve(rows: list[dict[str, Any]], chance: np.ndarray, events: int) -> list[dict[str, float]]:
    """Precision and recall of what is kept at several thresholds, of a word the likeliest claim."""
    best: dict[tuple[str, int], int] = {}
    for place, row in enumerate(rows):
        key = row["sentence"], row["word"]
        if row["coded"] and (key not in best or chance[place] > chance[best[key]]):
            best[key] = place
    made = []
    for least in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8):
        told: dict[Any, int] = {}
        for place in sorted(best.values(), key=lambda one: -chance[one]):
            row = rows[place]
            if chance[place] >= least:
                told.setdefault((row["sentence"], row["event"], str(row["sides"])), place)
        right = [place for place in told.values() if rows[place]["right"]]
        found = {(rows[p]["sentence"], n) for p in right for n in rows[p]["right"][:1]}
        made.append(
            {
                "least": least,
                "told": len(told),
                "precision": len(right) / max(1, len(told)),
                "recall": len(found) / events,
            }
        )
    return made


def fit(rows: list[dict[str, Any]], strength: float, names: dict[str, int]) -> Any:
    from sklearn.linear_model import LogisticRegression

    right = np.array([bool(row["right"]) for row in rows])
    return LogisticRegression(C=strength, max_iter=4000).fit(matrix(rows, names), right)


def write_table(path: Path, table: dict[str, float]) -> None:
    """Write weights as ``rules/weighing.csv`` has them; small ones are left out."""
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("feature", "weight"))
        writer.writerows(
            (name, f"{value:.3f}")
            for name, value in sorted(table.items())
            if not name or abs(value) >= KEPT
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--labels", type=Path, default=Path(__file__).parent / "labels/full.jsonl")
    parser.add_argument(
        "--fold",
        nargs=2,
        action="append",
        default=[],
        metavar=("N", "FOLDER"),
        help="weights of a fold",
    )
    parser.add_argument("--folds", type=int, default=5, help="how many the folds are of")
    parser.add_argument("--kept", type=Path, required=True, help="where the claims are kept")
    parser.add_argument("--strength", type=float, default=0.02, help="of the fit: scikit-learn's C")
    parser.add_argument("--out", type=Path, default=None, help="rules/weighing.csv")
    args = parser.parse_args()
    args.kept.mkdir(parents=True, exist_ok=True)
    for number, folder in args.fold:
        with (args.kept / f"claims_{number}.jsonl").open("w") as stream:
            reading = reader(Path(folder))
            for row in claims(reading, args.data, args.labels, args.folds, int(number)):
                stream.write(json.dumps(row) + "\n")
    kept = [row for path in sorted(args.kept.glob("claims_*.jsonl")) for row in lines(path)]
    rows = [row for row in kept if "features" in row]
    events = sum(row["events"] for row in kept if "events" in row)
    counts: dict[str, int] = defaultdict(int)
    for row in rows:
        for name in row["features"]:
            counts[name] += 1
    names = {
        name: place for place, name in enumerate(sorted(n for n in counts if counts[n] >= SEEN))
    }
    print(
        f"{len(rows)} claims, {sum(bool(r['right']) for r in rows)} right, {events} events, {len(names)} features"
    )
    part = np.array([fold_of("weigh " + row["group"], 5) for row in rows])
    chance = np.zeros(len(rows))
    for number in range(5):
        learn = [row for row, mine in zip(rows, part, strict=True) if mine != number]
        test = [row for row, mine in zip(rows, part, strict=True) if mine == number]
        model = fit(learn, args.strength, names)
        chance[part == number] = model.predict_proba(matrix(test, names))[:, 1]
    for row in curve(rows, chance, events):
        print(json.dumps({key: round(value, 3) for key, value in row.items()}))
    if args.out:
        model = fit(rows, args.strength, names)
        table = {"": float(model.intercept_[0])}
        table |= {name: float(model.coef_[0, place]) for name, place in names.items()}
        table.pop(WRITTEN, None)
        write_table(args.out, table)


if __name__ == "__main__":
    main()
