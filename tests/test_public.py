"""The public face: few names, sorted, all there, and each explained."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

import dragoman


def test_names_are_few_sorted_and_present() -> None:
    assert len(dragoman.__all__) <= 25
    assert dragoman.__all__ == sorted(dragoman.__all__)
    assert set(dragoman.__all__) == set(dragoman._HOME)
    for name in dragoman.__all__:
        assert getattr(dragoman, name).__name__ == name


def test_public_things_and_their_methods_are_explained() -> None:
    missing = []
    for name in dragoman.__all__:
        thing = getattr(dragoman, name)
        if not inspect.getdoc(thing):
            missing.append(name)
        if inspect.isclass(thing):
            missing += [
                f"{name}.{part}"
                for part, value in vars(thing).items()
                if not part.startswith("_")
                and (inspect.isfunction(value) or isinstance(value, property))
                and not inspect.getdoc(value)
            ]
    assert missing == []


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing_of_that_name"):
        getattr(dragoman, "nothing_of_that_name")  # noqa: B009 - the look-up is what is tested


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = (
        "import sys, dragoman; heavy = {'onnxruntime', 'numpy', 'scipy', 'trafilatura', 'sqlite3', 'fastapi'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
