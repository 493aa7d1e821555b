"""Moving feasts against days known from almanacs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from dragoman.reading.feasts import feast


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("Easter", 2016, "2016-03-27"),
        ("Easter", 2025, "2025-04-20"),
        ("Good Friday", 2024, "2024-03-29"),
        ("Orthodox Easter", 2024, "2024-05-05"),
        ("Passover", 2023, "2023-04-06"),
        ("Hanukkah", 2016, "2016-12-25"),
        ("Rosh Hashanah", 2024, "2024-10-03"),
        ("Yom Kippur", 2023, "2023-09-25"),
        ("Nowruz", 2024, "2024-03-20"),
        ("Nowruz", 2021, "2021-03-20"),
        ("Thanksgiving", 2010, "2010-11-25"),
        ("Memorial Day", 2021, "2021-05-31"),
        ("Diwali", 2020, "2020-11-14"),
        ("Tet", 1968, "1968-01-30"),
        ("Eid al-Adha", 2019, "2019-08-11"),
        ("Eid al-Adha", 2003, "2003-02-11"),
        ("Ramadan", 2016, "2016-06-06"),
        ("Nowruz", 1979, "1979-03-21"),
        ("Lunar New Year", 2024, "2024-02-10"),
        ("Christmas", 1990, "1990-12-25"),
    ],
)
def test_the_day(name: str, year: int, day: str) -> None:
    found = feast(name, year)
    assert found is not None
    assert found.first.isoformat() == day


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("Ramadan", 2015, date(2015, 6, 18)),
        ("Ramadan", 2024, date(2024, 3, 11)),
        ("Eid al-Fitr", 2016, date(2016, 7, 6)),
        ("Eid ul-Adha", 2023, date(2023, 6, 28)),
        ("Ashura", 2022, date(2022, 8, 8)),
        ("Ramadan", 1990, date(1990, 3, 28)),
    ],
)
def test_muslim_feasts_are_within_a_day_of_the_sighting(name: str, year: int, day: date) -> None:
    found = feast(name, year)
    assert found is not None
    assert abs(found.first - day) <= timedelta(1)
    assert "moon" in found.why or "announced" in found.why


def test_what_cannot_be_computed_is_none() -> None:
    assert feast("Holi", 2024) is None
    assert feast("Diwali", 1950) is None
    assert feast("Lunar New Year", 1950) is None
    # Ramadan began twice in 1997 (January and December).
    assert feast("Ramadan", 1997) is None
