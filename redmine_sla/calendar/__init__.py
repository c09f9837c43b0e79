"""Service calendars and targets: when a contract is served, and when something is due.

Pure: no files, no network, no clock.
"""

from redmine_sla.calendar.daybook import DayKind, ServiceDay
from redmine_sla.calendar.days import CALENDAR_DAY_RULES, DAY_RULES, CalendarDayRule, DayRule
from redmine_sla.calendar.errors import (
    CalendarError,
    HoursError,
    NaiveDatetimeError,
    NeverOpenError,
    ServiceCodeError,
    TargetError,
)
from redmine_sla.calendar.finding import CalendarFinding, Severity
from redmine_sla.calendar.hours import parse_day_hours
from redmine_sla.calendar.lint import lint
from redmine_sla.calendar.public_holidays import HolidaySource
from redmine_sla.calendar.service_calendar import ServiceCalendar
from redmine_sla.calendar.service_code import ServiceCode
from redmine_sla.calendar.target import (
    Agreed,
    BusinessDays,
    BusinessTime,
    CalendarDays,
    CalendarTime,
    NextBusinessDay,
    Target,
)

__all__ = [
    "CALENDAR_DAY_RULES",
    "DAY_RULES",
    "Agreed",
    "BusinessDays",
    "BusinessTime",
    "CalendarDayRule",
    "CalendarDays",
    "CalendarError",
    "CalendarFinding",
    "CalendarTime",
    "DayKind",
    "DayRule",
    "HolidaySource",
    "HoursError",
    "NaiveDatetimeError",
    "NeverOpenError",
    "NextBusinessDay",
    "ServiceCalendar",
    "ServiceCode",
    "ServiceCodeError",
    "ServiceDay",
    "Severity",
    "Target",
    "TargetError",
    "lint",
    "parse_day_hours",
]
