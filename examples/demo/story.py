"""Telling a contract's past: its tickets, at times that are counted back from now.

The same stories can be told on any day. What is to be at risk right now began so many served hours
ago; what happened over a weekend happened over the last one that suits.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import NamedTuple, Unpack
from zoneinfo import ZoneInfo

from examples.demo.people import House
from redmine_sla.calendar import ServiceCalendar
from redmine_sla.contract import Contract
from redmine_sla.quarter import Quarter
from tests.harness.desk import Desk
from tests.harness.past import Given, Past


class Week(NamedTuple):
    """The days of a week, as stories name them: `f"{week.thu} 14:20"`."""

    mon: date
    tue: date
    wed: date
    thu: date
    fri: date
    sat: date
    sun: date


class Story:
    """The tickets of one contract, up to `now`. Times are local to the contract."""

    def __init__(self, house: House, contract: Contract, office: str, now: datetime) -> None:
        self.house = house
        self.contract = contract
        self.now = now
        self.calendars = contract.terms_at(now).service_calendars
        self.office = self.calendars[office]
        self.zone = ZoneInfo(contract.timezone)
        self.desk = Desk(zone=contract.timezone, roles=[], statuses=[])
        self.desk.project(house.project, members={})
        self.last_quarter = Quarter.of(self.today()).previous

    def ticket(self, subject: str, *, by: str, at: str, **given: Unpack[Given]) -> Past:
        """A ticket in the contract's project, known by its subject and its time."""
        given.setdefault("tracker", "Bug")
        return self.desk.ticket(
            subject,
            by=by,
            at=at,
            reference=self.reference(subject, at),
            **given,
        )

    def reference(self, subject: str, at: str) -> str:
        return f"{self.house.project}: {subject} ({at})"

    def ago(self, *, hours: float, served: str = "") -> str:
        """So long ago: round the clock, or in the hours of the contract's calendar of that name."""
        amount = timedelta(seconds=round(hours * 3600))
        calendar: ServiceCalendar | None = self.calendars[served] if served else None
        return self.local(calendar.add(self.now, -amount) if calendar else self.now - amount)

    def local(self, instant: datetime) -> str:
        return instant.astimezone(self.zone).strftime("%Y-%m-%d %H:%M:%S")

    def today(self) -> date:
        return self.now.astimezone(self.zone).date()

    def week_before(self, day: date) -> Week:
        """The last week, before the one of that day, with five working days and a free weekend.

        The Monday after it is a working day too.
        """
        monday = day - timedelta(days=day.weekday())
        for _ in range(26):
            monday -= timedelta(weeks=1)
            week = self._week(monday)
            if self._is_plain(week):
                return week
        raise LookupError(f"no plain week in half a year before {day}")

    def week_of_last_quarter(self, share: float) -> Week:
        """Such a week of the last quarter, `share` (below 1) of the way through it."""
        return self.week_of(self.last_quarter, share)

    def week_of(self, quarter: Quarter, share: float) -> Week:
        monday = quarter.first_day + timedelta(days=-quarter.first_day.weekday() % 7)
        plain = []
        while monday + timedelta(days=6) <= quarter.last_day:
            week = self._week(monday)
            if self._is_plain(week):
                plain.append(week)
            monday += timedelta(weeks=1)
        return plain[int(share * len(plain))]

    def _week(self, monday: date) -> Week:
        return Week(*(monday + timedelta(days=number) for number in range(7)))

    def _is_plain(self, week: Week) -> bool:
        working = [self.office.day(day).windows for day in (*week, week.mon + timedelta(weeks=1))]
        return [bool(windows) for windows in working] == [True] * 5 + [False] * 2 + [True]

    def weeks_ago(self, number: int) -> Week:
        """Such a week, at least so many weeks ago."""
        return self.week_before(self.today() - timedelta(weeks=number - 1))
