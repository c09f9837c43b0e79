"""The six ways of counting working days, and the two of counting calendar days.

2026-11-20 is a Friday. The desk is open Mo-Fr 09:00-17:00, without holidays unless one is named.
"""

from __future__ import annotations

from datetime import date
from typing import cast

import pytest

from redmine_sla.calendar import DAY_RULES, CalendarError, DayRule
from tests.calendar.moments import at, calendar, local

DESK = calendar("Mo-Fr 09:00-17:00")
FRIDAY, FRIDAY_EVENING, SATURDAY = (
    "Fri 2026-11-20 10:00",
    "Fri 2026-11-20 18:00",
    "Sat 2026-11-21 12:00",
)


@pytest.mark.parametrize(
    ("rule", "friday", "friday_evening", "saturday"),
    [
        ("end_of_day", "Mon 2026-11-23 17:00", "Tue 2026-11-24 17:00", "Tue 2026-11-24 17:00"),
        ("clip_to_day", "Mon 2026-11-23 10:00", "Tue 2026-11-24 09:00", "Tue 2026-11-24 09:00"),
        (
            "inclusive_end_of_day",
            "Fri 2026-11-20 17:00",
            "Mon 2026-11-23 17:00",
            "Mon 2026-11-23 17:00",
        ),
        ("keep_clock", "Mon 2026-11-23 10:00", "Mon 2026-11-23 18:00", "Mon 2026-11-23 12:00"),
        (
            "roll_then_keep_clock",
            "Mon 2026-11-23 10:00",
            "Mon 2026-11-23 18:00",
            "Tue 2026-11-24 12:00",
        ),
        (
            "keep_clock_then_open",
            "Mon 2026-11-23 10:00",
            "Tue 2026-11-24 09:00",
            "Mon 2026-11-23 12:00",
        ),
    ],
)
def test_one_working_day_after_friday_friday_evening_and_saturday(
    rule: DayRule, friday: str, friday_evening: str, saturday: str
) -> None:
    starts = FRIDAY, FRIDAY_EVENING, SATURDAY
    dues = [local(DESK.add_days(at(start), 1, rule)) for start in starts]
    assert dues == [friday, friday_evening, saturday]


@pytest.mark.parametrize(
    ("rule", "friday", "friday_evening", "saturday"),
    [
        ("end_of_day", "Fri 2026-11-20 17:00", "Mon 2026-11-23 17:00", "Mon 2026-11-23 17:00"),
        ("clip_to_day", "Fri 2026-11-20 10:00", "Mon 2026-11-23 09:00", "Mon 2026-11-23 09:00"),
        (
            "inclusive_end_of_day",
            "Fri 2026-11-20 10:00",
            "Mon 2026-11-23 09:00",
            "Mon 2026-11-23 09:00",
        ),
        ("keep_clock", FRIDAY, FRIDAY_EVENING, SATURDAY),
        ("roll_then_keep_clock", FRIDAY, FRIDAY_EVENING, "Mon 2026-11-23 12:00"),
        ("keep_clock_then_open", FRIDAY, "Mon 2026-11-23 09:00", "Mon 2026-11-23 09:00"),
    ],
)
def test_no_working_day_is_the_day_that_the_start_counts_on(
    rule: DayRule, friday: str, friday_evening: str, saturday: str
) -> None:
    starts = FRIDAY, FRIDAY_EVENING, SATURDAY
    dues = [local(DESK.add_days(at(start), 0, rule)) for start in starts]
    assert dues == [friday, friday_evening, saturday]


@pytest.mark.parametrize(
    ("rule", "friday", "friday_evening", "saturday"),
    [
        ("end_of_day", "Thu 2026-11-19 17:00", "Thu 2026-11-19 17:00", "Thu 2026-11-19 17:00"),
        ("clip_to_day", "Thu 2026-11-19 10:00", "Thu 2026-11-19 17:00", "Thu 2026-11-19 17:00"),
        (
            "inclusive_end_of_day",
            "Fri 2026-11-20 17:00",
            "Fri 2026-11-20 17:00",
            "Fri 2026-11-20 17:00",
        ),
        ("keep_clock", "Thu 2026-11-19 10:00", "Thu 2026-11-19 18:00", "Fri 2026-11-20 12:00"),
        (
            "roll_then_keep_clock",
            "Thu 2026-11-19 10:00",
            "Thu 2026-11-19 18:00",
            "Thu 2026-11-19 12:00",
        ),
        (
            "keep_clock_then_open",
            "Thu 2026-11-19 10:00",
            "Fri 2026-11-20 09:00",
            "Fri 2026-11-20 12:00",
        ),
    ],
)
def test_a_negative_count_goes_back_and_lands_on_the_same_point_of_the_day(
    rule: DayRule, friday: str, friday_evening: str, saturday: str
) -> None:
    starts = FRIDAY, FRIDAY_EVENING, SATURDAY
    dues = [local(DESK.add_days(at(start), -1, rule)) for start in starts]
    assert dues == [friday, friday_evening, saturday]


@pytest.mark.parametrize("rule", DAY_RULES)
def test_a_holiday_moves_every_rule_to_the_next_day(rule: DayRule) -> None:
    monday_off = calendar("Mo-Fr 09:00-17:00", holidays=[date(2026, 11, 23)])
    assert monday_off.add_days(at(FRIDAY), 2, rule) == DESK.add_days(at(FRIDAY), 3, rule)


def test_a_start_before_opening_counts_on_the_same_day() -> None:
    assert local(DESK.add_days(at("Fri 2026-11-20 07:00"), 1)) == "Mon 2026-11-23 17:00"


def test_a_start_in_the_lunch_break_counts_on_the_same_day() -> None:
    with_lunch = calendar("Mo-Fr 08:00-12:00,13:00-17:00")
    assert local(with_lunch.add_days(at("Fri 2026-11-20 12:30"), 1)) == "Mon 2026-11-23 17:00"


def test_a_short_day_clips_the_clock_time_to_its_closing() -> None:
    short = calendar("Mo-Th 09:00-17:00; Fr 10:00-13:00")
    afternoon, morning = at("Thu 2026-11-19 15:00"), at("Thu 2026-11-19 09:30")
    assert local(short.add_days(afternoon, 1, "clip_to_day")) == "Fri 2026-11-20 13:00"
    assert local(short.add_days(morning, 1, "clip_to_day")) == "Fri 2026-11-20 10:00"


def test_a_day_with_a_special_closing_is_due_then() -> None:
    early = calendar("Mo-Fr 09:00-17:00", special_days={date(2026, 11, 23): "09:00-12:00"})
    assert local(early.add_days(at(FRIDAY), 1)) == "Mon 2026-11-23 12:00"


def test_days_may_be_counted_far_ahead_and_far_back() -> None:
    assert local(DESK.add_days(at(FRIDAY), 2610)) == "Fri 2036-11-21 17:00"
    assert local(DESK.add_days(at("Fri 2036-11-21 10:00"), -2610)) == "Fri 2026-11-20 17:00"


@pytest.mark.parametrize(
    ("start", "due"),
    [
        ("Thu 2026-11-19 16:59", "Fri 2026-11-20 17:00"),
        (FRIDAY, "Mon 2026-11-23 17:00"),
        (FRIDAY_EVENING, "Mon 2026-11-23 17:00"),
        (SATURDAY, "Mon 2026-11-23 17:00"),
        ("Mon 2026-11-23 07:00", "Tue 2026-11-24 17:00"),
    ],
)
def test_next_business_day_is_the_closing_of_the_first_working_day_after_the_date(
    start: str, due: str
) -> None:
    assert local(DESK.next_business_day(at(start))) == due


def test_calendar_days_end_with_the_local_date_or_keep_the_clock() -> None:
    start = at("Fri 2026-11-20 10:00")
    assert local(DESK.add_calendar_days(start, 3)) == "Tue 2026-11-24 00:00"
    assert local(DESK.add_calendar_days(start, 3, "keep_clock")) == "Mon 2026-11-23 10:00"
    assert local(DESK.add_calendar_days(start, 0)) == "Sat 2026-11-21 00:00"


def test_calendar_days_keep_the_clock_over_a_clock_change() -> None:
    start = at("Fri 2026-10-23 10:00")
    assert local(DESK.add_calendar_days(start, 3, "keep_clock")) == "Mon 2026-10-26 10:00"


def test_the_local_date_decides_and_not_the_date_in_utc() -> None:
    tokyo = calendar("Mo-Fr 09:00-17:00", "Asia/Tokyo")
    thursday_night_in_utc = at("Thu 2026-11-19 23:30", "UTC")
    assert local(tokyo.add_days(thursday_night_in_utc, 1), "Asia/Tokyo") == "Mon 2026-11-23 17:00"
    assert local(tokyo.add_calendar_days(thursday_night_in_utc, 1), "Asia/Tokyo") == (
        "Sun 2026-11-22 00:00"
    )


def test_an_unknown_rule_is_refused_with_the_six_that_are_known() -> None:
    with pytest.raises(CalendarError, match="'end_of_month' is not known") as error:
        DESK.add_days(at(FRIDAY), 1, cast(DayRule, "end_of_month"))
    assert all(rule in error.value.hint for rule in DAY_RULES)
