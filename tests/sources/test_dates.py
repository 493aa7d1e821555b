"""Dates of publication."""

from __future__ import annotations

import pytest

from dragoman.sources.dates import leading_date, read_date, read_time_line


@pytest.mark.parametrize(
    ("given", "iso"),
    [
        ("2019-03-04", "2019-03-04"),
        ("2019-03", "2019-03"),
        ("2019", "2019"),
        ("2019-03-04T08:05:09Z", "2019-03-04T08:05:09Z"),
        ("2019-03-04T08:05:09.123+0300", "2019-03-04T08:05:09+03:00"),
        ("2019-03-04 08:05", "2019-03-04T08:05"),
        ("Mon, 04 Mar 2019 08:05:09 GMT", "2019-03-04T08:05:09Z"),
        ("Mon, 4 Mar 2019 08:05:09 -0500", "2019-03-04T08:05:09-05:00"),
        ("20190304", "2019-03-04"),
        ("20190304T080509Z", "2019-03-04T08:05:09Z"),
        ("4 March 2019", "2019-03-04"),
        ("March 4th, 2019", "2019-03-04"),
        ("04.03.2019 08:05 MSK", "2019-03-04T08:05+03:00"),
        ("25/03/2019", "2019-03-25"),
        ("March 4, 2019 12:05 a.m.", "2019-03-04T00:05"),
        ("March 4, 2019 8:05 IST", "2019-03-04T08:05"),
    ],
)
def test_dates_that_are_read(given: str, iso: str) -> None:
    assert read_date(given) == iso


@pytest.mark.parametrize(
    "given",
    ["03/04/2019", "March 4", "2019-02-30", "2019-13", "yesterday", "", "8:05", "2019-03-04T25:00",
     "31.04.2019", "Monday", "1551686400"],
)  # fmt: skip
def test_dates_that_are_not_known_for_sure(given: str) -> None:
    assert read_date(given) is None


def test_a_line_with_other_words_is_no_time_line() -> None:
    assert read_time_line("On March 4, 2019 the envoys met") is None
    assert read_time_line("2019 2018") is None
    assert read_time_line("March 4, 2019 to March 6, 2019") is None


def test_leading_date() -> None:
    assert leading_date("date 2019-03-04 Envoys") == ("2019-03-04", 16)
    assert leading_date("2,019 envoys") is None
