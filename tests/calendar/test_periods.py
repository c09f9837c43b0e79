"""Periods: whole local days, their months, and their true length in hours."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from redmine_sla.calendar.period import Period, month_of

BUDAPEST = ZoneInfo("Europe/Budapest")


def test_a_month_with_a_change_to_summer_time_is_an_hour_short() -> None:
    march = month_of(date(2026, 3, 15), BUDAPEST)
    assert march.end - march.begin == timedelta(days=31, hours=-1)


def test_february_of_a_leap_year_has_its_29th() -> None:
    assert month_of(date(2028, 2, 1), BUDAPEST).last == date(2028, 2, 29)


def test_months_of_a_period_are_cut_to_it() -> None:
    spring = Period(date(2026, 2, 15), date(2026, 4, 3), BUDAPEST)
    assert [str(month) for month in spring.months] == [
        "2026-02-15 to 2026-02-28",
        "2026-03-01 to 2026-03-31",
        "2026-04-01 to 2026-04-03",
    ]


def test_december_is_followed_by_january() -> None:
    turn = Period(date(2026, 12, 31), date(2027, 1, 1), BUDAPEST)
    assert [month.last for month in turn.months] == [date(2026, 12, 31), date(2027, 1, 1)]


def test_its_end_is_the_first_instant_of_the_next_day() -> None:
    day = Period(date(2026, 3, 1), date(2026, 3, 1), BUDAPEST)
    assert day.contains(day.begin)
    assert not day.contains(day.end)


def test_what_two_periods_share() -> None:
    quarter = Period(date(2026, 7, 1), date(2026, 9, 30), BUDAPEST)
    assert str(quarter.within(date(2026, 1, 1), date(2026, 8, 10))) == "2026-07-01 to 2026-08-10"
    assert quarter.within(date(2026, 10, 1), None) is None


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="ends before it begins"):
        Period(date(2026, 1, 2), date(2026, 1, 1), BUDAPEST)
