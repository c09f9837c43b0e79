"""A window past midnight belongs to the day it starts."""

from __future__ import annotations

from datetime import date

from tests.calendar.moments import HOUR, at, calendar, local, local_windows

WEEK = "Mon 2026-11-23 00:00", "Mon 2026-11-30 00:00"
THURSDAY = date(2026, 11, 26)


def test_weekday_nights_end_on_saturday_morning_and_not_on_monday_morning() -> None:
    assert local_windows(calendar("Mo-Fr 22:00-06:00"), *WEEK) == [
        "Mon 22:00 - Tue 06:00",
        "Tue 22:00 - Wed 06:00",
        "Wed 22:00 - Thu 06:00",
        "Thu 22:00 - Fri 06:00",
        "Fri 22:00 - Sat 06:00",
    ]


def test_a_holiday_closes_the_night_that_starts_on_it_and_not_the_one_that_ends_on_it() -> None:
    nights = calendar("22:00-06:00", holidays=[THURSDAY])
    assert local_windows(nights, "Wed 2026-11-25 12:00", "Sat 2026-11-28 12:00") == [
        "Wed 22:00 - Thu 06:00",
        "Fri 22:00 - Sat 06:00",
    ]


def test_a_special_day_replaces_the_night_that_starts_on_it() -> None:
    nights = calendar("22:00-06:00", special_days={THURSDAY: "20:00-23:00"})
    assert local_windows(nights, "Wed 2026-11-25 12:00", "Fri 2026-11-27 12:00") == [
        "Wed 22:00 - Thu 06:00",
        "Thu 20:00 - Thu 23:00",
    ]


def test_a_special_day_may_itself_run_past_midnight() -> None:
    desk = calendar("Mo-Fr 09:00-17:00", special_days={THURSDAY: "09:00-17:00,22:00-06:00"})
    assert local_windows(desk, "Thu 2026-11-26 00:00", "Fri 2026-11-27 23:00") == [
        "Thu 09:00 - Thu 17:00",
        "Thu 22:00 - Fri 06:00",
        "Fri 09:00 - Fri 17:00",
    ]


def test_nights_that_overlap_the_next_day_count_once() -> None:
    desk = calendar("Mo-Fr 20:00-10:00, Mo-Fr 08:00-12:00")
    assert desk.elapsed(at("Tue 2026-11-24 07:00"), at("Tue 2026-11-24 13:00")) == 5 * HOUR


def test_the_closing_of_a_working_day_is_the_end_of_its_night() -> None:
    nights = calendar("Mo-Fr 22:00-06:00")
    closing = nights.closing(date(2026, 11, 23))
    assert closing
    assert local(closing) == "Tue 2026-11-24 06:00"
    assert nights.closing(date(2026, 11, 28)) is None


def test_at_two_at_night_the_working_day_is_still_yesterdays() -> None:
    nights = calendar("Mo-Fr 22:00-06:00")
    assert local(nights.add_days(at("Tue 2026-11-24 02:00"), 0)) == "Tue 2026-11-24 06:00"
    assert local(nights.add_days(at("Tue 2026-11-24 02:00"), 1)) == "Wed 2026-11-25 06:00"
    assert local(nights.next_business_day(at("Tue 2026-11-24 02:00"))) == "Wed 2026-11-25 06:00"


def test_the_night_of_new_years_eve_goes_on_into_the_new_year() -> None:
    night = "Thu 2026-12-31 12:00", "Fri 2027-01-01 12:00"
    assert local_windows(calendar("22:00-06:00"), *night) == ["Thu 22:00 - Fri 06:00"]
    assert local(calendar("22:00-06:00").add_days(at("Fri 2027-01-01 02:00"), 0)) == (
        "Fri 2027-01-01 06:00"
    )


def test_hours_past_24_say_that_a_long_night_is_meant() -> None:
    assert local_windows(calendar("Fr 17:00-33:00"), *WEEK) == ["Fri 17:00 - Sat 09:00"]


def test_after_a_semicolon_the_next_days_rule_cuts_the_night_as_openstreetmap_has_it() -> None:
    assert local_windows(calendar("Fr 22:00-06:00; Sa 10:00-12:00"), *WEEK) == [
        "Fri 22:00 - Sat 00:00",
        "Sat 10:00 - Sat 12:00",
    ]
    assert local_windows(calendar("Fr 22:00-06:00, Sa 10:00-12:00"), *WEEK) == [
        "Fri 22:00 - Sat 06:00",
        "Sat 10:00 - Sat 12:00",
    ]
