"""Which hours apply on which date, and why.

From strong to weak: a special day of the contract, a weekend day worked in place of another
(`working_saturdays`), a public holiday, the weekly hours.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from redmine_sla.calendar.hours import ServiceHours, Span
from redmine_sla.calendar.public_holidays import Holidays

_CONTRACT = "contract"
_DAY = timedelta(days=1)

Windows = tuple[Span, ...]


class DayKind(StrEnum):
    """Why a date has the hours it has."""

    WEEKLY = "weekly hours"
    HOLIDAY = "holiday"
    WORKED_WEEKEND = "worked weekend"
    SPECIAL = "special day"


@dataclass(frozen=True, slots=True)
class ServiceDay:
    """One local date: its windows, the reason for them, and where that was learned.

    A quarter records these, so that it can be shown later by which days it was judged.
    `label` names the holiday, or the day off that a worked weekend day makes up for; `source`
    is `contract` or the holidays package with its version and the country.
    """

    date: date
    windows: Windows
    kind: DayKind
    label: str
    source: str

    @property
    def hours(self) -> str:
        """The windows as text: `09:00-17:00`, past midnight `22:00-30:00`, or `off`."""
        return ",".join(map(str, self.windows)) or "off"


@dataclass(frozen=True)
class Daybook:
    """The dates of a calendar, one by one."""

    hours: ServiceHours
    holidays: Holidays
    special_days: Mapping[date, Windows]
    working_saturdays: bool

    def days(self, first: date, last: date) -> Iterator[ServiceDay]:
        """Every date from `first` to `last`, both included."""
        weekly = self._weekly_windows(first - 6 * _DAY, last + 6 * _DAY)
        day = first
        while day <= last:
            yield self._day(day, weekly)
            day += _DAY

    def _day(self, day: date, weekly: Mapping[date, Windows]) -> ServiceDay:
        if day in self.special_days:
            return ServiceDay(
                day, self.special_days[day], DayKind.SPECIAL, "special day", _CONTRACT
            )
        year = self.holidays.year(day.year)
        if self.working_saturdays and day in year.worked_weekends:
            made_up_for = year.worked_weekends[day]
            label = f"worked for {made_up_for}" if made_up_for else "worked weekend"
            windows = _weekday_windows(day, made_up_for, weekly)
            return ServiceDay(day, windows, DayKind.WORKED_WEEKEND, label, year.source)
        if day in year.days_off:
            return ServiceDay(
                day, self.hours.on_holidays, DayKind.HOLIDAY, year.days_off[day], year.source
            )
        return ServiceDay(day, weekly.get(day, ()), DayKind.WEEKLY, "", _CONTRACT)

    def _weekly_windows(self, first: date, last: date) -> Mapping[date, Windows]:
        found: defaultdict[date, list[Span]] = defaultdict(list)
        for day, span in self.hours.windows(first, last):
            found[day].append(span)
        return {day: tuple(spans) for day, spans in found.items()}


def _weekday_windows(
    worked: date, made_up_for: date | None, weekly: Mapping[date, Windows]
) -> Windows:
    """The windows of a worked weekend day: those which the weekly hours give, in its own week
    (seasons!), to the weekday it makes up for; where that is not known, the commonest ones
    from Monday to Friday.
    """
    monday = worked - worked.weekday() * _DAY
    if made_up_for:
        return weekly.get(monday + made_up_for.weekday() * _DAY, ())
    of_the_week = Counter(weekly.get(monday + at * _DAY, ()) for at in range(5))
    return of_the_week.most_common(1)[0][0]
