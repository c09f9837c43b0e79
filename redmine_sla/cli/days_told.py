"""Service hours in words, and the days on which they were others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from redmine_sla.calendar import DayKind, ServiceCalendar
from redmine_sla.cli.output import on_date
from redmine_sla.sla.reading import Reading


def served_words(calendar: ServiceCalendar) -> str:
    """`Mo-Fr 09:00-17:00, Europe/Budapest, not on public holidays of HU`."""
    if calendar.hours == "24/7":
        return "around the clock"
    said = f"{calendar.hours}, {calendar.timezone}"
    if isinstance(calendar.holidays, str):
        said += f", not on public holidays of {calendar.holidays}"
    return said


def unusual_days(reading: Reading, as_of: datetime) -> Iterator[str]:
    """`Fri 2026-10-23 off: National Day`, for each such day while the clock was counted.

    Weekends and other days off of the week are no news; nor are days outside the count.
    """
    calendar = reading.calendar
    if reading.counted is None or reading.counted.count.calendar is not calendar:
        return
    count = reading.counted.count
    end = max(count.end(as_of), count.start)
    first, last = (moment.astimezone(calendar.zone).date() for moment in (count.start, end))
    for day in calendar.days(first, last):
        if day.kind is not DayKind.WEEKLY:
            label = f": {day.label}" if day.label else f": {day.kind}"
            yield f"{on_date(day.date)} {day.hours}{label}"
