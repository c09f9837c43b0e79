"""Findings of `check` about a calendar as it will run in given years.

Nothing here changes a calendar; the contract decides what to do about a finding.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from operator import itemgetter

from redmine_sla.calendar.daybook import DayKind
from redmine_sla.calendar.finding import CalendarFinding
from redmine_sla.calendar.hours import MINUTES_A_DAY, ServiceHours, Span
from redmine_sla.calendar.lint_hours import lint_hours, lint_times
from redmine_sla.calendar.local_time import covered, midnight, offsets, wall_seconds
from redmine_sla.calendar.service_calendar import ServiceCalendar

_ALL_DAY = (Span(0, MINUTES_A_DAY),)
_DAY = timedelta(days=1)


def lint(calendar: ServiceCalendar, years: range) -> tuple[CalendarFinding, ...]:
    """All findings about a calendar over the given years, those of the contract."""
    first, last = date(years[0], 1, 1), date(years[-1], 12, 31)
    return (
        *lint_hours(calendar.daybook.hours, first, last),
        *_special_days(calendar),
        *_never_open(calendar, first, last),
        *_lost_to_clock_changes(calendar, first, last),
        *_without_holidays(calendar, first),
        *_with_holidays(calendar, years),
    )


def _special_days(calendar: ServiceCalendar) -> Iterator[CalendarFinding]:
    """Each way of writing the hours once, with the first date that has them."""
    first_dates = {hours: day for day, hours in reversed(calendar.special_days)}
    for hours, day in sorted(first_dates.items(), key=itemgetter(1)):
        for finding in lint_times(ServiceHours.parse(hours)):
            yield replace(finding, message=f"special day {day}: {finding.message}")


def _never_open(calendar: ServiceCalendar, first: date, last: date) -> Iterator[CalendarFinding]:
    if not any(day.windows for day in calendar.days(first, last)):
        yield CalendarFinding(
            "error",
            "never-open",
            f"hours {calendar.hours!r} are never open from {first} to {last}",
            "correct the hours, or the seasons in them",
        )


def _lost_to_clock_changes(
    calendar: ServiceCalendar, first: date, last: date
) -> Iterator[CalendarFinding]:
    """Windows that lie within an hour the clocks jump over."""
    begins, ends = midnight(calendar.zone, first), midnight(calendar.zone, last + 2 * _DAY)
    stretches = offsets(calendar.zone, begins, ends)
    for day in calendar.days(first + _DAY, last):
        for span in day.windows:
            wall = wall_seconds(day.date, span.opens), wall_seconds(day.date, span.closes)
            if not any(covered(*wall, stretches)):
                yield CalendarFinding(
                    "warning",
                    "lost-to-clock-change",
                    f"window {span} does not exist on {day.date}: the clocks of "
                    f"{calendar.timezone} jump over it",
                    "widen it, or give that date hours of its own",
                )


def _without_holidays(calendar: ServiceCalendar, first: date) -> Iterator[CalendarFinding]:
    if calendar.holidays:
        return
    hours = calendar.daybook.hours
    if hours.has_holiday_rule:
        yield CalendarFinding(
            "error",
            "no-holidays-for-rule",
            f"hours {calendar.hours!r} have a rule for public holidays (PH), but no holidays",
            "name the country, like holidays = 'HU', or the dates",
        )
    elif calendar.holidays is None and not _open_around_the_clock(calendar, first):
        yield CalendarFinding(
            "warning",
            "no-holidays",
            f"hours {calendar.hours!r} have no holidays, so public holidays are working days",
            "name the country, like holidays = 'HU'; an empty list says that none is meant",
        )


def _with_holidays(calendar: ServiceCalendar, years: range) -> Iterator[CalendarFinding]:
    if not calendar.holidays:
        return
    hours = calendar.daybook.hours
    if _open_around_the_clock(calendar, date(years[0], 1, 1)) and not hours.has_holiday_rule:
        yield CalendarFinding(
            "warning",
            "closed-on-holidays",
            f"hours {calendar.hours!r} are around the clock, yet public holidays close them",
            "leave the holidays out, or add '; PH off' to say that it is meant",
        )
    for year in years:
        yield from _year_of_holidays(calendar, year)


def _year_of_holidays(calendar: ServiceCalendar, year: int) -> Iterator[CalendarFinding]:
    known = calendar.daybook.holidays.year(year)
    estimated = sorted(day for day in known.estimated if calendar.day(day).kind is DayKind.HOLIDAY)
    if estimated:
        dates = ", ".join(map(str, estimated))
        yield CalendarFinding(
            "warning",
            "holiday-estimated",
            f"{known.source} only estimates the date of {dates}",
            "when it is official, update holidays, or set special days",
        )
    if not known.swaps_known and calendar.working_saturdays:
        yield CalendarFinding(
            "warning",
            "swaps-unknown",
            f"{known.source} knows no working days moved to a weekend in {year}: "
            "there is no decree, or it is not in this version",
            "when it is published, update holidays, or set special days",
        )
    if not known.days_off:
        yield CalendarFinding(
            "warning",
            "year-without-holidays",
            f"{known.source} gives no holidays in {year}",
            "list that year's dates, or update holidays",
        )


def _open_around_the_clock(calendar: ServiceCalendar, day: date) -> bool:
    week = calendar.daybook.hours.windows(day, day + 6 * _DAY)
    return [span for _, span in week] == [*_ALL_DAY] * 7
