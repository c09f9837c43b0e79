"""Days of 23 and 25 hours: service is real elapsed time, at the times the wall clock shows.

Budapest: on 2026-03-29 the clocks jump from 02:00 to 03:00, on 2026-10-25 they go back from 03:00
to 02:00.
"""

from __future__ import annotations

from tests.calendar.moments import HOUR, MINUTE, at, calendar, local, local_windows

ROUND_THE_CLOCK = calendar("24/7")
SPRING = "Sun 2026-03-29 00:00", "Mon 2026-03-30 00:00"
AUTUMN = "Sun 2026-10-25 00:00", "Mon 2026-10-26 00:00"


def test_the_days_of_the_clock_changes_have_23_and_25_hours() -> None:
    assert ROUND_THE_CLOCK.elapsed(*map(at, SPRING)) == 23 * HOUR
    assert ROUND_THE_CLOCK.elapsed(*map(at, AUTUMN)) == 25 * HOUR


def test_24_hours_of_service_end_at_another_clock_time() -> None:
    assert local(ROUND_THE_CLOCK.add(at(SPRING[0]), 24 * HOUR)) == "Mon 2026-03-30 01:00"
    assert local(ROUND_THE_CLOCK.add(at(AUTUMN[0]), 24 * HOUR)) == "Sun 2026-10-25 23:00"


def test_a_night_shift_is_an_hour_shorter_in_spring_and_longer_in_autumn() -> None:
    night = calendar("22:00-06:00")
    assert night.elapsed(at("Sat 2026-03-28 12:00"), at("Sun 2026-03-29 12:00")) == 7 * HOUR
    assert night.elapsed(at("Sat 2026-10-24 12:00"), at("Sun 2026-10-25 12:00")) == 9 * HOUR
    assert local(night.add(at("Sat 2026-03-28 22:00"), 5 * HOUR)) == "Sun 2026-03-29 04:00"


def test_both_passes_of_a_repeated_hour_count() -> None:
    nightly = calendar("02:00-03:00")
    assert nightly.elapsed(*map(at, AUTUMN)) == 2 * HOUR
    assert nightly.is_open(at("2026-10-25 02:30+02:00"))
    assert nightly.is_open(at("2026-10-25 02:30+01:00"))


def test_a_window_that_ends_within_the_repeated_hour_is_entered_twice() -> None:
    late = calendar("20:00-26:30")
    assert local_windows(late, "Sat 2026-10-24 12:00", "Sun 2026-10-25 12:00") == [
        "Sat 20:00 - Sun 02:30",
        "Sun 02:00 - Sun 02:30",
    ]
    assert late.elapsed(at("Sat 2026-10-24 12:00"), at("Sun 2026-10-25 12:00")) == 7 * HOUR


def test_the_pass_of_a_repeated_clock_time_is_told_apart() -> None:
    first, second = at("2026-10-25 02:30").replace(fold=0), at("2026-10-25 02:30").replace(fold=1)
    assert ROUND_THE_CLOCK.elapsed(first, second) == HOUR


def test_a_window_that_starts_in_the_missing_hour_starts_when_that_hour_ends() -> None:
    assert local_windows(calendar("02:30-10:00"), *SPRING) == ["Sun 03:00 - Sun 10:00"]


def test_a_window_that_ends_in_the_missing_hour_ends_when_that_hour_begins() -> None:
    late = calendar("20:00-26:30")
    start, end = at("Sat 2026-03-28 12:00"), at("Sun 2026-03-29 12:00")
    assert late.elapsed(start, end) == 6 * HOUR
    assert local(late.add(start, 6 * HOUR)) == "Sun 2026-03-29 03:00"


def test_a_window_within_the_missing_hour_does_not_exist_that_day() -> None:
    assert local_windows(calendar("02:00-03:00"), *SPRING) == []


def test_the_clocks_of_lord_howe_move_by_half_an_hour() -> None:
    island = calendar("24/7", "Australia/Lord_Howe")
    start, end = (at(f"2026-10-0{day} 00:00", "Australia/Lord_Howe") for day in (4, 5))
    assert island.elapsed(start, end) == 23 * HOUR + 30 * MINUTE


def test_havana_repeats_the_hour_after_midnight() -> None:
    start, end = (at(f"2026-11-0{day} 00:00", "America/Havana") for day in (1, 2))
    assert calendar("24/7", "America/Havana").elapsed(start, end) == 25 * HOUR
    assert calendar("00:00-01:00", "America/Havana").elapsed(start, end) == 2 * HOUR


def test_samoa_left_a_day_out() -> None:
    apia = calendar("Mo-Fr 09:00-17:00", "Pacific/Apia")
    start = at("Thu 2011-12-29 17:00", "Pacific/Apia")
    assert local(apia.next_open(start), "Pacific/Apia") == "Mon 2012-01-02 09:00"
    assert local(apia.add_days(start, 1), "Pacific/Apia") == "Tue 2012-01-03 17:00"


def test_a_clock_time_that_is_missing_on_its_day_is_the_end_of_the_missing_hour() -> None:
    due = ROUND_THE_CLOCK.add_days(at("Sat 2026-03-28 02:30"), 1, "keep_clock")
    assert local(due) == "Sun 2026-03-29 03:00"


def test_a_clock_time_that_is_repeated_on_its_day_is_its_first_pass() -> None:
    due = ROUND_THE_CLOCK.add_days(at("Sat 2026-10-24 02:30"), 1, "keep_clock")
    assert due == at("2026-10-25 02:30+02:00")
