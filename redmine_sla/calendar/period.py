"""A stretch of whole local days: what is stated for a month, a quarter, or from a day to a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)
_MONTHS = 12


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From `first` to `last`, both included, where the clocks show `zone`. Never empty."""

    first: date
    last: date
    zone: ZoneInfo

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a period from {self.first} to {self.last}: it ends before it begins")

    @property
    def begin(self) -> datetime:
        """Its first instant, as UTC."""
        return _midnight(self.first, self.zone)

    @property
    def end(self) -> datetime:
        """The first instant that no longer belongs to it, as UTC."""
        return _midnight(self.last + _DAY, self.zone)

    @property
    def days(self) -> Iterator[date]:
        """Each of its days."""
        day = self.first
        while day <= self.last:
            yield day
            day += _DAY

    def contains(self, instant: datetime) -> bool:
        return self.begin <= instant < self.end

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last

    def within(self, first: date, last: date | None) -> Period | None:
        """The part from `first` to `last` (open-ended: `None`); `None` where they do not meet."""
        begin, end = max(self.first, first), min(self.last, last or self.last)
        return Period(begin, end, self.zone) if begin <= end else None

    @property
    def months(self) -> tuple[Period, ...]:
        """Its calendar months, the first and the last cut to it."""
        found = []
        month = self.first.replace(day=1)
        while month <= self.last:
            following = _next_month(month)
            found.append(
                Period(max(month, self.first), min(following - _DAY, self.last), self.zone)
            )
            month = following
        return tuple(found)

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"


def month_of(day: date, zone: ZoneInfo) -> Period:
    """The whole calendar month a day lies in."""
    first = day.replace(day=1)
    return Period(first, _next_month(first) - _DAY, zone)


def _next_month(first: date) -> date:
    if first.month == _MONTHS:
        return date(first.year + 1, 1, 1)
    return date(first.year, first.month + 1, 1)


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)
