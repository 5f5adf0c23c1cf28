"""Periods read back what they write, for every year, half, quarter, month and range."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from store.period import Kind, Period, PeriodError
from tests.store.rows import periods


@given(periods())
def test_text_reads_back(period: Period) -> None:
    assert Period.parse(str(period)) == period
    assert str(Period.parse(str(period))) == str(period)


@given(periods())
def test_parts_cover_it_without_gap(period: Period) -> None:
    parts = period.parts
    assert (parts[0].start, parts[-1].end) == (period.start, period.end)
    assert all(now.end + timedelta(days=1) == after.start for now, after in pairwise(parts))


@given(periods(), st.integers(-40, 40))
def test_shift_and_back(period: Period, steps: int) -> None:
    try:
        shifted = period.shift(steps)
    except PeriodError:
        reject()  # out of the calendar's years
    assert shifted.shift(-steps) == period


@given(periods())
def test_a_year_before_is_the_same_days(period: Period) -> None:
    before = period.year_before()
    assert (before.start.year, before.start.month) == (period.start.year - 1, period.start.month)
    assert before.kind is period.kind


@given(
    st.dates(date(1970, 1, 1), date(2100, 12, 31)), st.sampled_from([Kind.YEAR, Kind.HALF, Kind.QUARTER, Kind.MONTH])
)
def test_a_day_is_in_its_period(day: date, kind: Kind) -> None:
    period = Period.containing(day, kind)
    assert period.start <= day <= period.end
    assert period.contains(Period.containing(day, Kind.MONTH))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2017", "2017-01-01", "2017-12-31"),
        ("2017H2", "2017-07-01", "2017-12-31"),
        ("2017Q3", "2017-07-01", "2017-09-30"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2016Q4..2017Q1", "2016-10-01", "2017-03-31"),
        (" 2017Q3 ", "2017-07-01", "2017-09-30"),
    ],
)
def test_days(text: str, first: str, last: str) -> None:
    period = Period.parse(text)
    assert (period.start.isoformat(), period.end.isoformat()) == (first, last)


@pytest.mark.parametrize(
    "text", ["", "17", "2017Q5", "2017-13", "2017H3", "Q3 2017", "1969", "2101", "2017Q3..", "2017..2017Q4"]
)
def test_what_is_no_period(text: str) -> None:
    with pytest.raises(PeriodError):
        Period.parse(text)


@given(st.text(max_size=20))
def test_any_text_is_a_period_or_refused(text: str) -> None:
    try:
        period = Period.parse(text)
    except PeriodError:
        return
    assert Period.parse(str(period)) == period
