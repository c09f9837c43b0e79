"""The service calendar: when a contract is served, and every question about that time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from redmine_sla.calendar import days
from redmine_sla.calendar.daybook import Daybook, ServiceDay, Windows
from redmine_sla.calendar.days import CalendarDayRule, DayRule
from redmine_sla.calendar.errors import HoursError
from redmine_sla.calendar.hours import ServiceHours, parse_day_hours
from redmine_sla.calendar.local_time import epoch, instant, plain_date, whole_seconds, zone_named
from redmine_sla.calendar.public_holidays import HolidaySource, holidays_from
from redmine_sla.calendar.windows import WindowTable

_NOTHING = timedelta()


@dataclass(frozen=True, init=False)
class ServiceCalendar:
    """Service hours in a time zone, with holidays and special days.

    Immutable and comparable; what is worked out is kept, year by year. Takes aware datetimes of
    any zone (`NaiveDatetimeError` otherwise) and answers in UTC. Counts whole seconds, rounded
    down, of real elapsed time: a day of 23 or 25 hours counts as such.
    """

    timezone: str
    hours: str
    holidays: str | tuple[tuple[date, str], ...] | None
    special_days: tuple[tuple[date, str], ...]
    working_saturdays: bool
    zone: ZoneInfo = field(compare=False, repr=False)
    daybook: Daybook = field(compare=False, repr=False)
    _table: WindowTable = field(compare=False, repr=False)

    def __init__(
        self,
        *,
        timezone: str,
        hours: str,
        holidays: HolidaySource = None,
        special_days: Mapping[date, str] | None = None,
        working_saturdays: bool = True,
    ) -> None:
        """Build a calendar; raises `CalendarError`.

        `timezone` is an IANA name. `hours` are OpenStreetMap `opening_hours`. `holidays` is a
        country (`HU`), a part of one (`DE-BY`), dates, or dates with labels; they close the
        windows that start on them, unless the hours end with a rule for `PH`. `special_days`
        give the times of a date (`09:00-12:00`, or `off`) and go before everything else.
        With `working_saturdays`, a weekend day that the country works in place of another day
        has the hours of that other weekday.
        """
        zone = zone_named(timezone)
        holiday_list = holidays_from(holidays)
        special = tuple(
            sorted((plain_date(day), text) for day, text in (special_days or {}).items())
        )
        daybook = Daybook(
            hours=ServiceHours.parse(hours),
            holidays=holiday_list,
            special_days={day: _special_windows(day, text) for day, text in special},
            working_saturdays=working_saturdays,
        )
        self.__dict__.update(
            timezone=timezone,
            hours=hours,
            holidays=None if holidays is None else holiday_list.written,
            special_days=special,
            working_saturdays=working_saturdays,
            zone=zone,
            daybook=daybook,
            _table=WindowTable(daybook, zone),
        )

    def is_open(self, moment: datetime) -> bool:
        """Whether `moment` is in service; closing itself no longer is."""
        return self._table.is_open(epoch(moment))

    def next_open(self, moment: datetime) -> datetime:
        """`moment` if it is in service, or else the next opening. Raises `NeverOpenError`."""
        return instant(self._table.next_open(epoch(moment)))

    def elapsed(self, start: datetime, end: datetime) -> timedelta:
        """Service time in `[start, end)`; zero if `end` is not after `start`."""
        begin, finish = epoch(start), epoch(end)
        if finish <= begin:
            return _NOTHING
        return timedelta(seconds=self._table.served(begin, finish))

    def add(self, start: datetime, amount: timedelta) -> datetime:
        """The earliest instant with `amount` of service time between `start` and itself.

        An amount used up exactly at closing is due at closing. Nothing to add is the next open
        instant. A negative amount walks back, to the latest instant with that much service time
        between itself and `start`. Raises `NeverOpenError`.
        """
        begin, service = epoch(start), whole_seconds(amount)
        if service > 0:
            return instant(self._table.earliest(begin, service))
        if service < 0:
            return instant(self._table.latest(begin, -service))
        return instant(self._table.next_open(begin))

    def add_days(self, start: datetime, count: int, rule: DayRule = "end_of_day") -> datetime:
        """`count` working days after `start`; the rules stand at `days.add_working_days`."""
        return days.add_working_days(self._table, self.zone, start, count, rule)

    def add_calendar_days(
        self, start: datetime, count: int, rule: CalendarDayRule = "end_of_day"
    ) -> datetime:
        """`count` dates after the local date of `start`, at its end or at the same clock time."""
        return days.add_calendar_days(self.zone, start, count, rule)

    def next_business_day(self, start: datetime) -> datetime:
        """The closing of the first working day after the local date of `start`."""
        return days.next_business_day(self._table, self.zone, start)

    def windows(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Each open window of `[start, end)`, clipped to it; windows that adjoin are one."""
        begin, finish = epoch(start), epoch(end)
        if begin < finish:
            for opens, closes in self._table.windows(begin, finish):
                yield instant(opens), instant(closes)

    def day(self, day: date) -> ServiceDay:
        """The hours of a local date, and why it has them."""
        return next(self.days(day, day))

    def days(self, first: date, last: date) -> Iterator[ServiceDay]:
        """The hours of every date from `first` to `last`, both included."""
        return self.daybook.days(plain_date(first), plain_date(last))

    def opening(self, day: date) -> datetime | None:
        """The first opening of a local date, or None if no window starts on it."""
        working = self._table.working_day(plain_date(day))
        return instant(working.opens) if working else None

    def closing(self, day: date) -> datetime | None:
        """The last closing of the windows that start on a local date, or None without any."""
        working = self._table.working_day(plain_date(day))
        return instant(working.closes) if working else None

    def end_of_date(self, day: date) -> datetime:
        """The first instant after a local date, open or not."""
        return instant(days.end_of_date(self.zone, plain_date(day)))

    def __reduce__(self) -> tuple[partial[ServiceCalendar], tuple[()]]:
        holidays = dict(self.holidays) if isinstance(self.holidays, tuple) else self.holidays
        build = partial(
            ServiceCalendar,
            timezone=self.timezone,
            hours=self.hours,
            holidays=holidays,
            special_days=dict(self.special_days),
            working_saturdays=self.working_saturdays,
        )
        return build, ()


def _special_windows(day: date, text: str) -> Windows:
    try:
        return parse_day_hours(text)
    except HoursError as error:
        message = f"special day {day}: {error.message}"
        raise HoursError(message, hint=error.hint) from None
