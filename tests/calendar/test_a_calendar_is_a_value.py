"""Calendars compare by what was written, cannot be changed, and are cheap to make."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError
from datetime import date
from time import perf_counter
from typing import Any

import pytest

from redmine_sla.calendar import ServiceCalendar
from tests.calendar.moments import HOUR, at, calendar

WRITTEN: dict[str, Any] = {
    "timezone": "Europe/Budapest",
    "hours": "Mo-Fr 09:00-17:00",
    "holidays": "HU",
    "special_days": {date(2026, 12, 23): "09:00-12:00"},
}


def test_calendars_written_alike_are_equal() -> None:
    one, other = ServiceCalendar(**WRITTEN), ServiceCalendar(**WRITTEN)
    assert one == other
    assert len({one, other}) == 1
    assert one.is_open(at("Fri 2026-11-20 10:00"))
    assert one == other


@pytest.mark.parametrize(
    "changed",
    [
        {"timezone": "Europe/Vienna"},
        {"hours": "Mo-Fr 09:00-18:00"},
        {"holidays": "PL"},
        {"holidays": None},
        {"special_days": None},
        {"working_saturdays": False},
    ],
)
def test_calendars_written_otherwise_differ(changed: dict[str, Any]) -> None:
    assert ServiceCalendar(**WRITTEN) != ServiceCalendar(**{**WRITTEN, **changed})


def test_a_calendar_cannot_be_changed() -> None:
    desk = calendar("24/7")
    with pytest.raises(FrozenInstanceError):
        desk.hours = "off"  # type: ignore[misc]


@pytest.mark.parametrize("holidays", ["HU", None, [], [date(2026, 1, 1)]])
def test_a_calendar_survives_pickling(holidays: str | list[date] | None) -> None:
    desk = ServiceCalendar(**{**WRITTEN, "holidays": holidays})
    start = at("Fri 2026-11-20 10:00")
    due = desk.add(start, 100 * HOUR)
    copy: ServiceCalendar = pickle.loads(pickle.dumps(desk))
    assert copy == desk
    assert copy.add(start, 100 * HOUR) == due


def test_its_text_is_how_to_write_it() -> None:
    assert repr(calendar("24/7", "UTC")) == (
        "ServiceCalendar(timezone='UTC', hours='24/7', holidays=None, special_days=(), "
        "working_saturdays=True)"
    )


def test_making_one_takes_a_few_milliseconds_at_most() -> None:
    ServiceCalendar(**WRITTEN)
    begun = perf_counter()
    for _ in range(10):
        ServiceCalendar(**WRITTEN)
    assert (perf_counter() - begun) / 10 < 0.010
