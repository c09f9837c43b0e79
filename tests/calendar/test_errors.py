"""What a calendar refuses, and what the message says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from redmine_sla.calendar import CalendarError, NaiveDatetimeError, NeverOpenError
from redmine_sla.errors import ExitCode, SlaError
from tests.calendar.moments import HOUR, at, calendar

DESK = calendar("Mo-Fr 09:00-17:00")
NAIVE = datetime(2026, 11, 20, 10)  # noqa: DTZ001
AWARE = at("Fri 2026-11-20 10:00")


@pytest.mark.parametrize(
    "ask",
    [
        lambda: DESK.is_open(NAIVE),
        lambda: DESK.next_open(NAIVE),
        lambda: DESK.elapsed(NAIVE, AWARE),
        lambda: DESK.elapsed(AWARE, NAIVE),
        lambda: DESK.add(NAIVE, HOUR),
        lambda: DESK.add_days(NAIVE, 1),
        lambda: DESK.add_days(NAIVE, 1, "keep_clock"),
        lambda: DESK.add_calendar_days(NAIVE, 1),
        lambda: DESK.next_business_day(NAIVE),
        lambda: list(DESK.windows(NAIVE, AWARE)),
    ],
)
def test_a_time_without_a_zone_is_refused(ask: Callable[[], object]) -> None:
    with pytest.raises(NaiveDatetimeError, match="has no time zone") as error:
        ask()
    assert "tzinfo=UTC" in error.value.hint


@pytest.mark.parametrize(
    "zone", ["Europe/Budapset", "Budapest/Europe", "", "../etc/passwd", "CEST"]
)
def test_an_unknown_zone_is_refused(zone: str) -> None:
    with pytest.raises(CalendarError, match="is not known") as error:
        calendar("24/7", zone)
    assert error.value.hint


def test_a_mistyped_zone_is_answered_with_the_one_that_is_near() -> None:
    with pytest.raises(CalendarError) as error:
        calendar("24/7", "Europe/Budapset")
    assert "Europe/Budapest" in error.value.hint


@pytest.mark.parametrize("hours", ["off", "2020 Mo-Fr 09:00-17:00", "PH 10:00-12:00"])
def test_a_calendar_that_never_opens_answers_with_an_error_and_not_a_loop(hours: str) -> None:
    never = calendar(hours)
    questions: list[Callable[[], object]] = [
        lambda: never.next_open(AWARE),
        lambda: never.add(AWARE, HOUR),
        lambda: never.add_days(AWARE, 1),
        lambda: never.next_business_day(AWARE),
    ]
    for ask in questions:
        with pytest.raises(NeverOpenError, match="open no service window in the 5 years after"):
            ask()


def test_nor_does_one_that_was_never_open_before() -> None:
    from_2026 = calendar("2026-2030 Mo-Fr 09:00-17:00")
    with pytest.raises(NeverOpenError, match="before"):
        from_2026.add(AWARE, -10_000 * HOUR)
    with pytest.raises(NeverOpenError, match="before"):
        from_2026.add_days(AWARE, -1000)


def test_a_calendar_that_never_opens_still_knows_that_it_is_closed() -> None:
    never = calendar("off")
    assert not never.is_open(AWARE)
    assert never.elapsed(AWARE, AWARE + 1000 * HOUR) == timedelta()


def test_a_date_in_the_wrong_century_is_refused() -> None:
    with pytest.raises(CalendarError, match="the year 2926 is beyond what a calendar knows"):
        DESK.is_open(datetime(2926, 11, 20, tzinfo=UTC))
    with pytest.raises(CalendarError, match="beyond what a calendar knows"):
        DESK.elapsed(datetime(1, 1, 1, tzinfo=UTC), AWARE)


def test_a_target_that_the_hours_cannot_fill_is_refused() -> None:
    with pytest.raises(CalendarError, match="the year 2200 is beyond"):
        calendar("Fr[1] 09:00-10:00").add(AWARE, 10_000 * HOUR)


def test_a_datetime_where_a_date_belongs_is_refused() -> None:
    with pytest.raises(CalendarError, match="stands where a date belongs"):
        calendar("24/7", special_days={AWARE: "off"})
    with pytest.raises(CalendarError, match="stands where a date belongs"):
        calendar("24/7", holidays=[AWARE])
    with pytest.raises(CalendarError, match="stands where a date belongs"):
        DESK.closing(AWARE)


def test_every_error_is_one_of_the_configuration_family() -> None:
    with pytest.raises(SlaError) as error:
        calendar("24/7", "Nowhere")
    assert error.value.exit_code is ExitCode.USAGE
