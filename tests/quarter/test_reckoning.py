"""Where quarters begin: with the calendar's, or counted from the contract's first day."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redmine_sla.quarter.quarter import Quarter, QuarterError
from redmine_sla.quarter.reckoning import Reckoning, covered_period
from tests.judging import contract

BUDAPEST = ZoneInfo("Europe/Budapest")
CALENDAR = Reckoning(date(2000, 1, 1), BUDAPEST)
FROM_FEBRUARY = Reckoning(date(2026, 2, 15), BUDAPEST)


def test_a_calendar_quarter() -> None:
    assert str(CALENDAR.period(Quarter(2026, 3))) == "2026-07-01 to 2026-09-30"
    assert CALENDAR.quarter(date(2026, 9, 30)) == Quarter(2026, 3)


def test_a_contracts_own_quarters_are_counted_from_its_first_day() -> None:
    assert str(FROM_FEBRUARY.period(Quarter(2026, 1))) == "2026-02-15 to 2026-05-14"
    assert str(FROM_FEBRUARY.period(Quarter(2026, 4))) == "2026-11-15 to 2027-02-14"
    assert FROM_FEBRUARY.quarter(date(2027, 2, 14)) == Quarter(2026, 4)
    assert FROM_FEBRUARY.quarter(date(2027, 2, 15)) == Quarter(2027, 1)


def test_a_month_too_short_begins_its_quarter_on_its_last_day() -> None:
    reckoning = Reckoning(date(2025, 11, 30), BUDAPEST)
    assert str(reckoning.period(Quarter(2025, 2))) == "2026-02-28 to 2026-05-29"


@given(
    st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.dates(date(2020, 1, 1), date(2032, 12, 31))
)
def test_every_day_lies_in_one_quarter_and_quarters_leave_no_gap(anchor: date, day: date) -> None:
    reckoning = Reckoning(anchor, BUDAPEST)
    quarter = reckoning.quarter(day)
    period = reckoning.period(quarter)
    assert period.holds(day)
    assert reckoning.period(quarter.next).first == period.last + timedelta(days=1)


def test_a_contract_that_ends_in_mid_quarter_is_stated_up_to_its_end() -> None:
    ending = contract("ends = 2026-08-10")
    assert str(covered_period(ending, Quarter(2026, 3))) == "2026-07-01 to 2026-08-10"


def test_a_quarter_the_contract_does_not_know_is_refused() -> None:
    ending = contract("ends = 2026-08-10")
    with pytest.raises(QuarterError, match="not in force in 2026Q4"):
        covered_period(ending, Quarter(2026, 4))
