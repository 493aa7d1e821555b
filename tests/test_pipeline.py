"""The steps as data name functions that exist."""

from __future__ import annotations

from importlib import import_module

import pytest

from dragoman.pipeline import STEPS, Step


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.name)
def test_the_function_exists(step: Step) -> None:
    parts = step.function.split(".")
    for length in range(len(parts), 0, -1):
        try:
            thing = import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        break
    for name in parts[length:]:
        thing = getattr(thing, name)
    assert callable(thing)


def test_no_step_reads_what_no_earlier_one_writes() -> None:
    written: set[str] = set()
    for step in STEPS:
        assert set(step.reads) <= written
        written |= set(step.writes)
