from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dragoman.analysis.outlook import Act, Outlook

if TYPE_CHECKING:
    from pathlib import Path

ACTS = [
    Act("FJI", "meets", "PER", 1), Act("FJI", "meets", "TON", 10), Act("FJI", "meets", "TON", 11),
    Act("FJI", "accuses", "NRU", 11), Act("CHL", "visits", "FJI", 12),
]  # fmt: skip


def best(outlook: Outlook, known: str, kind: str, way: str, day: int) -> list[object]:
    scores = outlook.scores(known, kind, way, day)
    return sorted(scores, key=lambda party: -scores[party])


def test_what_happened_often_and_lately_leads() -> None:
    outlook = Outlook()
    outlook.add(ACTS)
    assert best(outlook, "FJI", "meets", "object", 13)[:2] == ["TON", "PER"]
    assert best(outlook, "TON", "meets", "subject", 13)[0] == "FJI"
    assert best(outlook, "FJI", "accuses", "object", 13)[0] == "NRU"


def test_less_exact_memories_stand_in() -> None:
    outlook = Outlook()
    outlook.add(ACTS)
    # Nothing is known of visits by Fiji, but who visited it is.
    assert best(outlook, "FJI", "visits", "object", 13)[0] in {"CHL", "TON"}
    assert "TON" in best(outlook, "CHL", "meets", "object", 13)
    assert outlook.scores("XXX", "sings to", "object", 13) == {}


def test_memories_fade() -> None:
    outlook = Outlook()
    outlook.add([Act("A", "meets", "B", 0), Act("A", "meets", "B", 1), Act("A", "meets", "C", 200)])
    scores = outlook.scores("A", "meets", "object", 201)
    assert scores["C"] > scores["B"] > 0


def test_the_benchmark_ranks_fairly(tmp_path: Path) -> None:
    from benchmarks.outlook import COUNTS, acts, ranks

    (tmp_path / "train.txt").write_text("0\t0\t1\t0\t-1\r\n0\t0\t1\t24\t-1\r\n0\t0\t2\t24\t-1\r\n")
    (tmp_path / "valid.txt").write_text("0\t0\t1\t48\t-1\n0\t0\t2\t48\t-1\n")
    found = ranks(acts(tmp_path / "train.txt"), acts(tmp_path / "valid.txt"), 10, COUNTS)
    # Objects 1 and 2 are both true: neither stands in the other's way. Subject 0 is first for each.
    assert sorted(found) == [1.0, 1.0, 1.0, 1.0]
    never = ranks([], acts(tmp_path / "valid.txt")[:1], 10, COUNTS)
    assert never == [pytest.approx(5.5), pytest.approx(5.5)]
