"""Hours in OpenStreetMap's syntax: what is read, and what is refused with the reason."""

from __future__ import annotations

from datetime import date

import pytest

from redmine_sla.calendar import HoursError
from tests.calendar.moments import calendar

MONDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 29)


def week(hours: str) -> list[str]:
    days = calendar(hours).days(MONDAY, SUNDAY)
    return [f"{day.date:%a} {day.hours}" for day in days if day.windows]


def test_several_windows_a_day() -> None:
    assert week("Mo,We 08:00-12:00,13:00-17:00; Tu 09:00-12:00") == [
        "Mon 08:00-12:00,13:00-17:00",
        "Tue 09:00-12:00",
        "Wed 08:00-12:00,13:00-17:00",
    ]


def test_a_rule_without_times_is_open_all_day() -> None:
    assert week("Mo-Tu") == ["Mon 00:00-24:00", "Tue 00:00-24:00"]
    assert len(week("24/7")) == len(week("Mo-Su 00:00-24:00")) == 7
    assert week("24/7; Su off") == week("Mo-Sa")


def test_overlapping_windows_are_one() -> None:
    assert week("Mo 09:00-13:00,12:00-17:00") == ["Mon 09:00-17:00"]


def test_seasons_and_single_dates() -> None:
    hours = "Mo-Fr 09:00-17:00; Jul-Aug Mo-Fr 08:00-14:00; Dec 24 off"
    assert calendar(hours).day(date(2026, 7, 1)).hours == "08:00-14:00"
    assert calendar(hours).day(date(2026, 9, 1)).hours == "09:00-17:00"
    assert calendar(hours).day(date(2026, 12, 24)).hours == "off"


def test_the_first_friday_of_a_month() -> None:
    monthly = calendar("Fr[1] 09:00-12:00")
    opened = [
        day.date.day for day in monthly.days(date(2026, 11, 1), date(2026, 12, 31)) if day.windows
    ]
    assert opened == [6, 4]


@pytest.mark.parametrize(
    ("hours", "reason"),
    [
        ("9-17", "cannot be read from character 1"),
        ("Mo-Fr 9-17", "cannot be read from character 7"),
        ("", "cannot be read"),
        ("Mo-Fr 09:00-25:99", "cannot be read"),
        ('Mo-Fr 09:00-17:00 "by phone"', "a comment cannot be measured"),
        ("Mo-Fr unknown", "'unknown' hours cannot be measured"),
        ("Mo-Fr 09:00-17:00 || Sa 10:00-12:00", "a fallback rule"),
        ("sunrise-sunset", "the sun keeps no contract"),
        ("Mo-Fr 09:00+", "an open end"),
        ("Mo-Fr 09:00-17:00/30", "a repetition"),
        ("Mo-Fr 09:00-17:00; SH off", "school holidays"),
        ("Mo-Su,PH 09:00-17:00", "need a rule of their own"),
        ("PH off; Mo-Fr 09:00-17:00", "need a rule of their own"),
    ],
)
def test_hours_that_no_clock_can_be_held_against_are_refused(hours: str, reason: str) -> None:
    with pytest.raises(HoursError) as error:
        calendar(hours)
    assert reason in error.value.message
    assert error.value.hint


@pytest.mark.parametrize(
    "hours", ["Mo-Fr 09:00-17:00", "Jan 10 09:00-17:00", "09:00-17:00; PH off"]
)
def test_a_special_day_takes_times_only(hours: str) -> None:
    with pytest.raises(HoursError, match=r"special day 2026-11-23: hours .* times only"):
        calendar("24/7", special_days={MONDAY: hours})
