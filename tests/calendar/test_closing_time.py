"""A target used up exactly at closing is due at closing; time only passes while service is open."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest

from tests.calendar.moments import HOUR, at, calendar, local, local_windows

DESK = calendar("Mo-Fr 09:00-17:00")
WITH_LUNCH = calendar("Mo-Fr 08:00-12:00,13:00-17:00")
ROUND_THE_CLOCK = calendar("24/7")


def test_a_target_used_up_at_closing_is_due_at_closing_and_not_at_the_next_opening() -> None:
    assert local(DESK.add(at("Fri 2026-11-20 09:00"), 8 * HOUR)) == "Fri 2026-11-20 17:00"
    assert local(WITH_LUNCH.add(at("Fri 2026-11-20 08:00"), 4 * HOUR)) == "Fri 2026-11-20 12:00"


def test_a_second_more_is_due_after_the_next_opening() -> None:
    due = DESK.add(at("Fri 2026-11-20 09:00"), 8 * HOUR + timedelta(seconds=1))
    assert due == at("Mon 2026-11-23 09:00:01")


def test_a_target_runs_over_the_weekend_only_in_service() -> None:
    assert local(DESK.add(at("Fri 2026-11-20 15:00"), 4 * HOUR)) == "Mon 2026-11-23 11:00"


def test_a_start_outside_service_counts_from_the_next_opening() -> None:
    for start in ("Fri 2026-11-20 17:00", "Sat 2026-11-21 12:00", "Mon 2026-11-23 06:00"):
        assert local(DESK.add(at(start), HOUR)) == "Mon 2026-11-23 10:00"


def test_nothing_to_add_is_the_next_open_instant() -> None:
    assert local(DESK.add(at("Fri 2026-11-20 10:30"), timedelta())) == "Fri 2026-11-20 10:30"
    assert local(DESK.add(at("Fri 2026-11-20 17:00"), timedelta())) == "Mon 2026-11-23 09:00"


def test_opening_is_in_service_and_closing_is_not() -> None:
    assert DESK.is_open(at("Fri 2026-11-20 09:00"))
    assert DESK.is_open(at("Fri 2026-11-20 16:59:59"))
    assert not DESK.is_open(at("Fri 2026-11-20 17:00"))
    assert local(DESK.next_open(at("Fri 2026-11-20 17:00"))) == "Mon 2026-11-23 09:00"


def test_a_negative_amount_walks_back_to_the_latest_instant() -> None:
    assert local(DESK.add(at("Mon 2026-11-23 10:00"), -2 * HOUR)) == "Fri 2026-11-20 16:00"
    assert local(DESK.add(at("Mon 2026-11-23 10:00"), -HOUR)) == "Mon 2026-11-23 09:00"
    assert local(DESK.add(at("Sun 2026-11-22 10:00"), -8 * HOUR)) == "Fri 2026-11-20 09:00"


def test_walking_may_lead_into_years_not_asked_about_before() -> None:
    new_desk = calendar("Mo-Fr 09:00-17:00")
    start = at("Mon 2026-01-05 10:00")
    assert local(new_desk.add(start, -525 * 8 * HOUR)) == "Mon 2024-01-01 10:00"
    assert local(new_desk.add(start, 525 * 8 * HOUR)) == "Mon 2028-01-10 10:00"


def test_elapsed_time_skips_closed_hours_and_a_reversed_range_is_nothing() -> None:
    friday, monday = at("Fri 2026-11-20 16:00"), at("Mon 2026-11-23 10:00")
    assert DESK.elapsed(friday, monday) == 2 * HOUR
    assert DESK.elapsed(monday, friday) == timedelta()
    assert DESK.elapsed(friday, friday) == timedelta()
    assert list(DESK.windows(monday, friday)) == []


def test_the_lunch_break_is_no_service() -> None:
    assert WITH_LUNCH.elapsed(at("Fri 2026-11-20 11:30"), at("Fri 2026-11-20 13:30")) == HOUR
    assert local(WITH_LUNCH.next_open(at("Fri 2026-11-20 12:00"))) == "Fri 2026-11-20 13:00"


def test_windows_are_clipped_to_the_range_so_that_a_ledger_adds_up() -> None:
    assert local_windows(WITH_LUNCH, "Fri 2026-11-20 09:15", "Mon 2026-11-23 08:30") == [
        "Fri 09:15 - Fri 12:00",
        "Fri 13:00 - Fri 17:00",
        "Mon 08:00 - Mon 08:30",
    ]


@pytest.mark.parametrize("hours", ["24/7", "Mo-Su 00:00-24:00", "00:00-12:00,12:00-24:00"])
def test_around_the_clock_has_no_gap_at_midnight_or_new_year(hours: str) -> None:
    always = calendar(hours)
    start, end = at("Mon 2024-01-01 00:00"), at("Fri 2027-01-01 00:00")
    assert always.elapsed(start, end) == end.astimezone(UTC) - start.astimezone(UTC)
    assert list(always.windows(start, end)) == [(start, end)]


def test_answers_are_in_utc_and_whole_seconds() -> None:
    due = DESK.add(at("Fri 2026-11-20 10:00:00.900"), timedelta(seconds=1, microseconds=900_000))
    assert due.tzinfo is UTC
    assert due == at("Fri 2026-11-20 10:00:01")


def test_a_question_may_come_in_any_zone() -> None:
    assert DESK.is_open(at("2026-11-20 03:00", "America/New_York"))
    assert not DESK.is_open(at("2026-11-20 12:00", "America/New_York"))
