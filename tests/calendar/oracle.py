"""A second, slow opinion: service time counted minute by minute.

Written from the meanings in the design, not from the implementation: a week is a mapping of
weekdays to windows, and every minute asks the wall clock whether it lies within one of them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")

Window = tuple[int, int]
"""Minute of the day at which it starts, and its length in minutes."""


@dataclass(frozen=True)
class SlowCalendar:
    """Windows by weekday (0 is Monday), in a zone, with holidays and special days."""

    zone: str
    week: Mapping[int, Sequence[Window]]
    holidays: frozenset[date] = frozenset()
    special: Mapping[date, Sequence[Window]] = field(default_factory=dict)

    def open_minutes(self, first: datetime, last: datetime) -> list[datetime]:
        """Every UTC minute of `[first, last)` in service; both on the minute."""
        zone = ZoneInfo(self.zone)
        open_on_the_wall: dict[date, set[datetime]] = {}
        found: list[datetime] = []
        moment = first
        while moment < last:
            clock = moment.astimezone(zone).replace(tzinfo=None, fold=0)
            today = clock.date()
            if today not in open_on_the_wall:
                open_on_the_wall[today] = self._wall_minutes(today)
            if clock in open_on_the_wall[today]:
                found.append(moment)
            moment += MINUTE
        return found

    def _wall_minutes(self, today: date) -> set[datetime]:
        """The minutes in service that windows of this date and the two before it may reach."""
        return {
            datetime.combine(today, time()) + timedelta(days=-days_ago, minutes=minute)
            for days_ago in (0, 1, 2)
            for start, length in self._windows_of(today - timedelta(days=days_ago))
            for minute in range(start, start + length)
        }

    def _windows_of(self, day: date) -> Sequence[Window]:
        if day in self.special:
            return self.special[day]
        if day in self.holidays:
            return ()
        return self.week.get(day.weekday(), ())

    def osm_hours(self) -> str:
        rules = [
            f"{WEEKDAYS[weekday]} {times_of(windows)}"
            for weekday, windows in self.week.items()
            if windows
        ]
        return ", ".join(rules) or "off"


def times_of(windows: Sequence[Window]) -> str:
    """Windows in OpenStreetMap's syntax."""
    return (
        ",".join(f"{_clock(start)}-{_clock(start + length)}" for start, length in windows) or "off"
    )


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
