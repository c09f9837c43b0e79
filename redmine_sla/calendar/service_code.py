"""Service codes such as `5x8xNBD`, `5x12x12`, `7x24x4`: days x hours x response.

A code is the name of a service level, not its definition: whether 5x8 means 09-17, and what the
last number counts, stand in the profile. A code is only held against them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from redmine_sla.calendar.errors import ServiceCodeError
from redmine_sla.calendar.hours import Span, clock
from redmine_sla.calendar.local_time import weekday_name
from redmine_sla.calendar.service_calendar import ServiceCalendar
from redmine_sla.calendar.target import (
    BusinessDays,
    BusinessTime,
    CalendarDays,
    CalendarTime,
    NextBusinessDay,
    Target,
)

_CODE = re.compile(r"(?P<days>\d+)[x×](?P<hours>\d+)[x×](?:(?P<response>\d+)h?|NBD)", re.IGNORECASE)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ServiceCode:
    """Days a week, hours a day, and the response: a number, or None for next business day."""

    days: int
    hours: int
    response: int | None

    @classmethod
    def parse(cls, text: str) -> ServiceCode:
        """Read `5x8xNBD` or `7x24x4` (`7x24x4h` too). Raises `ServiceCodeError`."""
        code = _CODE.fullmatch(text.strip())
        if code is None:
            raise ServiceCodeError(
                f"service code {text!r} cannot be read",
                hint="write days x hours x response, like 5x8xNBD, 5x12x12 or 7x24x4",
            )
        days, hours = int(code["days"]), int(code["hours"])
        if not (1 <= days <= 7 and 1 <= hours <= 24):
            raise ServiceCodeError(
                f"service code {text!r}: a week has 7 days and a day 24 hours",
                hint="write the days first: 5x8xNBD, 7x24x4",
            )
        return cls(days, hours, int(code["response"]) if code["response"] else None)

    def __str__(self) -> str:
        response = "NBD" if self.response is None else self.response
        return f"{self.days}x{self.hours}x{response}"

    def mismatches(
        self, calendar: ServiceCalendar, response: Target | None, *, week_of: date
    ) -> tuple[str, ...]:
        """What in a profile is not as the code says, one sentence each.

        The weekly hours are those of the week of the date `week_of`, holidays aside; a window
        past midnight counts on the day it starts. Of `response` only the number is compared,
        whatever it counts, or that it is the next business day; None leaves it out.
        """
        monday = week_of - timedelta(days=week_of.weekday())
        return (
            *self._window_mismatches(calendar, monday),
            *(() if response is None else self._response_mismatches(response)),
        )

    def _window_mismatches(self, calendar: ServiceCalendar, monday: date) -> Iterator[str]:
        week: defaultdict[date, list[Span]] = defaultdict(list)
        for day, span in calendar.daybook.hours.windows(monday, monday + timedelta(days=6)):
            week[day].append(span)
        if len(week) != self.days:
            yield f"{self} says {self.days} days a week, the hours open on {len(week)}"
        alike: defaultdict[tuple[Span, ...], list[str]] = defaultdict(list)
        for day, windows in week.items():
            alike[tuple(windows)].append(weekday_name(day))
        for spans, names in alike.items():
            minutes = sum(span.closes - span.opens for span in spans)
            if minutes != self.hours * 60:
                yield (
                    f"{self} says {self.hours} hours a day, {', '.join(map(str, spans))} is "
                    f"{clock(minutes)} ({', '.join(names)})"
                )
        if self.days == 7 and calendar.holidays and not calendar.daybook.hours.on_holidays:
            yield f"{self} says 7 days a week, but public holidays close this calendar"

    def _response_mismatches(self, response: Target) -> Iterator[str]:
        match response:
            case BusinessTime(amount) | CalendarTime(amount):
                agrees = self.response is not None and amount == self.response * _HOUR
            case BusinessDays(1) | NextBusinessDay():
                agrees = self.response in {None, 1}
            case BusinessDays(count) | CalendarDays(count):
                agrees = self.response == count
            case _:
                agrees = False
        if not agrees:
            yield f"{self} names another response than {response}"
