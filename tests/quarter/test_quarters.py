"""`2026Q3`: three months of a year."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redmine_sla.quarter import Quarter, QuarterError

QUARTERS = st.builds(Quarter, st.integers(1990, 2090), st.integers(1, 4))


@pytest.mark.parametrize("text", ["2026Q3", "2026q3", " 2026-Q3 "])
def test_it_is_read_as_people_write_it(text: str) -> None:
    assert str(Quarter.parse(text)) == "2026Q3"


@pytest.mark.parametrize("text", ["2026Q5", "2026Q0", "Q3", "2026-09", "", "26Q3"])
def test_anything_else_is_refused_with_what_would_be_right(text: str) -> None:
    with pytest.raises(QuarterError, match="2026Q3"):
        Quarter.parse(text)


@pytest.mark.parametrize("text", ["0000Q1", "0001Q4", "9999Q4"])
def test_years_no_calendar_reaches_around_are_refused(text: str) -> None:
    with pytest.raises(QuarterError, match="no quarter is counted in"):
        Quarter.parse(text)


def test_it_has_the_days_of_its_months() -> None:
    third = Quarter(2026, 3)
    assert (third.first_day, third.last_day) == (date(2026, 7, 1), date(2026, 9, 30))


def test_years_follow_each_other() -> None:
    assert str(Quarter(2026, 4).next) == "2027Q1"
    assert str(Quarter(2026, 1).previous) == "2025Q4"


@given(QUARTERS)
def test_next_and_previous_undo_each_other_and_the_text_reads_back(quarter: Quarter) -> None:
    assert quarter.next.previous == quarter
    assert quarter < quarter.next
    assert Quarter.parse(str(quarter)) == quarter


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_every_day_lies_in_one_quarter(day: date) -> None:
    quarter = Quarter.of(day)
    assert quarter.previous.last_day < quarter.first_day <= day
    assert day <= quarter.last_day < quarter.next.first_day
