"""Colours: every pair that stands together has the contrast that WCAG 2.2 AA asks for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import dragoman.web

CSS = (Path(dragoman.web.__file__).parent / "static/dragoman.css").read_text("utf-8")

# Text on ground: 4.5 to 1 (success criterion 1.4.3).
TEXT = [
    *(
        (name, ground)
        for name in ("ink", "soft", "link", "good", "bad", "between", "coop")
        for ground in ("ground", "panel")
    ),
    *(
        ("on-mark", mark)
        for mark in (
            "m-all",
            "m-some",
            "m-differ",
            "m-reference",
            "m-event",
            "m-statement",
            "m-lit",
        )
    ),
    *(("ink", mark) for mark in ("m-all", "m-differ", "m-reference")),
    ("on-strong", "coop"),
    ("on-strong", "bad"),
]
# Lines and shapes that carry meaning: 3 to 1 (success criterion 1.4.11).
SHAPES = [
    (name, ground)
    for name in ("good", "bad", "between", "coop", "soft", "link")
    for ground in ("ground", "panel")
]


def palettes() -> dict[str, dict[str, str]]:
    found = re.findall(r"^( *):root \{(.*?)\n\1\}", CSS, re.DOTALL | re.MULTILINE)
    light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", body)) for _, body in found[:2])
    return {"light": light, "dark": dark}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrast_is_computed_as_defined() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_shapes_have_contrast(scheme: str) -> None:
    colours = palettes()[scheme]
    assert len(colours) >= 19
    weak = [
        f"{one} on {other}: {contrast(colours[one], colours[other]):.2f} < {least}"
        for pairs, least in ((TEXT, 4.5), (SHAPES, 3.0))
        for one, other in pairs
        if contrast(colours[one], colours[other]) < least
    ]
    assert not weak


def test_both_schemes_name_the_same_colours_and_no_other_is_used() -> None:
    light, dark = palettes().values()
    assert light.keys() == dark.keys()
    rules = re.sub(r":root \{.*?\n *\}", "", CSS, flags=re.DOTALL)
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[;\s,)])", rules), "a colour outside the palette"
