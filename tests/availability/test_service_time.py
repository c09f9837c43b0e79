"""Over which time availability is a share: real months, service windows, the contract's days."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from redmine_sla.sla.verdict import Verdict
from tests.availability.measuring import (
    days,
    down,
    in_month,
    month_named,
    over,
    promising_percent,
    services,
)
from tests.judging import contract

HOUR = 3600


@pytest.mark.parametrize(
    ("month", "hours"),
    [
        ("2026-03", 743),  # 31 x 24 less the hour skipped on the 29th
        ("2026-10", 745),  # 31 x 24 and the hour shown twice on the 25th
        ("2026-02", 672),  # 28 x 24
        ("2028-02", 696),  # 29 x 24: a leap year
    ],
)
def test_a_month_is_as_long_as_it_really_is(month: str, hours: int) -> None:
    one = in_month(month, promising_percent("98.89"))
    assert one.adjusted.whole == hours * HOUR


def test_an_outage_over_the_skipped_hour_took_an_hour_less() -> None:
    # 01:00 to 04:00 on the wall of 29 March 2026 are two hours
    one = in_month(
        "2026-03", promising_percent("98.89"), down("2026-03-29 01:00", "2026-03-29 04:00")
    )
    assert one.adjusted.down == 2 * HOUR


def test_in_the_month_of_summer_time_the_limit_is_that_of_743_hours() -> None:
    # 2.5 % of 743 h = 2,674,800 s is 66,870 s = 18:34:30; of 744 h it would be 18:36
    under = promising_percent("97.5")
    kept = in_month("2026-03", under, down("2026-03-10 00:00", "2026-03-10 18:34:30"))
    assert kept.verdict is Verdict.MET
    broken = in_month("2026-03", under, down("2026-03-10 00:00", "2026-03-10 18:34:31"))
    assert broken.verdict is Verdict.MISSED


WINDOW = contract(
    "calendars.lunch = { hours = 'Mo-Fr 08:00-12:00,13:00-17:00', holidays = 'HU' }",
    "[availability]",
    "clause = 'A'",
    "percent = 97.5",
    "measured = 'window'",
    "calendar = 'lunch'",
)


def test_in_the_window_only_its_hours_count() -> None:
    # March 2026 has 22 weekdays, none of them a holiday: 176 h
    one = in_month("2026-03", WINDOW, down("2026-03-05 11:00", "2026-03-05 14:00"))
    assert one.adjusted.whole == 176 * HOUR
    # 11:00 to 12:00 and 13:00 to 14:00; the lunch between does not count
    assert one.adjusted.down == 2 * HOUR


def test_a_holiday_and_a_night_are_outside_the_window() -> None:
    # May 2026 has 21 weekdays; Friday the 1st and Whit Monday the 25th are holidays: 19 x 8 h
    one = in_month("2026-05", WINDOW, down("2026-04-30 17:00", "2026-05-04 08:00"))
    assert (one.adjusted.whole, one.adjusted.down) == (152 * HOUR, 0)
    assert one.verdict is Verdict.MET


def test_without_a_calendar_of_its_own_the_window_is_the_contracts() -> None:
    under = promising_percent("97.5", "measured = 'window'")
    # office: Mo-Fr 09-17, 22 weekdays in March: 176 h
    assert in_month("2026-03", under).adjusted.whole == 176 * HOUR


TIERS = """
tier = "windowed"
term_months = 12
calendars.always = { hours = "24/7" }
[tiers.windowed]
title = "Working hours"
calendar = "office"
availability = 97.5
[tiers.always]
title = "Around the clock"
calendar = "always"
availability = 98.89
[availability]
clause = "A"
measured = "window"
"""
AMENDED = """
[[amendments]]
from = 2026-09-16
note = "around the clock"
tier = "always"
"""


def test_the_window_is_that_of_the_level_in_force_on_each_day() -> None:
    # 1 to 15 September: 11 weekdays x 8 h = 88 h; 16 to 30: 15 x 24 h = 360 h
    one = in_month("2026-09", contract(TIERS, AMENDED))
    assert one.adjusted.whole == (88 + 360) * HOUR


def test_each_stretch_of_a_month_allows_by_its_own_percentage() -> None:
    # 2.5 % of 88 h = 316,800 s: 7,920 s. 1.11 % of 360 h = 1,296,000 s: 14,385.6 s.
    # Together 22,305.6 s = 6:11:45.6, wherever in the month they are lost.
    under = contract(TIERS, AMENDED)
    one = in_month("2026-09", under, down("2026-09-20 00:00", "2026-09-20 06:11:45"))
    assert one.adjusted.allowed == Decimal("22305.6")
    assert one.verdict is Verdict.MET
    broken = in_month("2026-09", under, down("2026-09-20 00:00", "2026-09-20 06:11:46"))
    assert broken.verdict is Verdict.MISSED


def test_a_contract_that_ends_in_mid_quarter_is_held_to_its_own_days() -> None:
    under = contract("ends = 2026-08-15", "[availability]", "clause = 'A'", "percent = 97.5")
    quarter = days("2026-07-01", "2026-09-30")
    one = over(quarter, under, down("2026-08-15 12:00", "2026-08-20 12:00"))
    # 31 + 15 days = 46 x 24 h = 1104 h; down from noon to the end of the last day
    assert (one.adjusted.whole, one.adjusted.down) == (1104 * HOUR, 12 * HOUR)
    assert str(one.period) == "2026-07-01 to 2026-08-15"
    assert services(month_named("2026-09"), under) == {}


def test_a_contract_is_not_answerable_for_the_days_before_it() -> None:
    under = contract("[availability]", "clause = 'A'", "percent = 97.5")
    one = over(
        days("2025-12-01", "2026-01-31"), under, down("2025-12-31 20:00", "2026-01-01 02:00")
    )
    assert (one.adjusted.whole, one.adjusted.down) == (744 * HOUR, 2 * HOUR)


def test_a_contract_without_the_promise_states_none() -> None:
    assert services(month_named("2026-09"), contract()) == {}


def test_a_month_that_still_runs_is_stated_as_far_as_it_went() -> None:
    under = promising_percent("97.5")
    # 18 h may be lost in September; by the 11th at 00:00, 240 h have passed and 6 h "so far"
    fine = in_month(
        "2026-09", under, down("2026-09-02 00:00", "2026-09-02 06:00"), at="2026-09-11 00:00"
    )
    assert fine.adjusted.share == Decimal("0.975")
    assert fine.verdict is Verdict.ON_TRACK
    close = in_month(
        "2026-09", under, down("2026-09-02 00:00", "2026-09-02 06:01"), at="2026-09-11 00:00"
    )
    assert close.verdict is Verdict.AT_RISK
    lost = in_month(
        "2026-09", under, down("2026-09-02 00:00", "2026-09-02 18:01"), at="2026-09-11 00:00"
    )
    assert lost.verdict is Verdict.BREACHED
    assert lost.adjusted.overrun == timedelta(minutes=1)
