"""Moments and calendars as the tests write them down: local clock time, no arithmetic."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from redmine_sla.calendar import ServiceCalendar

BUDAPEST = "Europe/Budapest"

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


def calendar(
    hours: str,
    zone: str = BUDAPEST,
    special_days: dict[date, str] | None = None,
    *,
    holidays: str | list[date] | None = None,
    working_saturdays: bool = True,
) -> ServiceCalendar:
    return ServiceCalendar(
        timezone=zone,
        hours=hours,
        holidays=holidays,
        special_days=special_days,
        working_saturdays=working_saturdays,
    )


def at(text: str, zone: str = BUDAPEST) -> datetime:
    """`Fri 2026-11-20 10:00`; a trailing `+01:00` picks one pass of a repeated hour.

    The weekday is optional and checked.
    """
    weekday, _, clock = (" " + text if text[0].isdigit() else text).partition(" ")
    moment = datetime.fromisoformat(clock)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(zone))
    assert not weekday or f"{moment:%a}" == weekday, f"{text} is a {moment:%A}"
    return moment


def local(moment: datetime, zone: str = BUDAPEST) -> str:
    """The moment as a clock on the wall shows it: `Fri 2026-11-20 10:00`."""
    return f"{moment.astimezone(ZoneInfo(zone)):%a %Y-%m-%d %H:%M}"


def local_windows(
    calendar: ServiceCalendar, start: str, end: str, zone: str = BUDAPEST
) -> list[str]:
    """Windows as the wall clock shows them: `Fri 09:00 - Fri 17:00`."""
    wall = ZoneInfo(zone)
    return [
        f"{opens.astimezone(wall):%a %H:%M} - {closes.astimezone(wall):%a %H:%M}"
        for opens, closes in calendar.windows(at(start, zone), at(end, zone))
    ]
