"""Dates as people and documents give them: what is one, and which days it spans."""

from datetime import date

import pytest

from comity.errors import BadInputError
from comity.intervals import first_day, is_iso, is_one_date, last_day, one_date, overlap


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2020-01-30", date(2020, 1, 30), date(2020, 1, 30)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),
        ("2020", date(2020, 1, 1), date(2020, 12, 31)),
        ("2016/2020", date(2016, 1, 1), date(2020, 12, 31)),
        ("2020-06-21/2020-07", date(2020, 6, 21), date(2020, 7, 31)),
    ],
)
def test_a_date_spans_the_days_it_can_mean(text: str, first: date, last: date):
    assert is_iso(text)
    assert (first_day(text), last_day(text)) == (first, last)


@pytest.mark.parametrize("text", ["", "yesterday", "2020-13", "2021-02-29", "20", "2020-1-3", "2020/2016", "30/1/2020", "2020-01-30T10:00"])
def test_what_is_no_date(text: str):
    assert not is_iso(text)
    with pytest.raises(BadInputError, match="is no date; give one such as"):
        one_date(text)


@pytest.mark.parametrize("text", ["2016/2020", "0001", "0999-12-31", "9000", "9999-12-31"])
def test_a_range_and_the_ends_of_the_calendar_are_no_one_date(text: str):
    assert is_iso(text)
    assert not is_one_date(text)
    with pytest.raises(BadInputError, match="is no date"):
        one_date(text)


@pytest.mark.parametrize("text", ["1000", "2020-01", "8999-12-31"])
def test_a_day_month_or_year_stays_as_it_was_given(text: str):
    assert one_date(text) == text


def test_dates_overlap_where_some_day_lies_in_both():
    assert overlap("2020", "2020-12-31")
    assert overlap("2016/2020", "2020/2025")
    assert not overlap("2020-01", "2020-02")
