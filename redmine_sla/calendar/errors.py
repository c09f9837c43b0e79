"""What can be wrong with a calendar, a target or a service code."""

from __future__ import annotations

from redmine_sla.errors import SlaError


class CalendarError(SlaError):
    """A calendar cannot be built, or cannot answer the question asked."""


class HoursError(CalendarError):
    """Service hours that cannot be read, or that no clock could be held against."""


class NaiveDatetimeError(CalendarError):
    """A time without a zone: nobody can say which instant it is."""


class NeverOpenError(CalendarError):
    """The calendar has no open window within reach of the question."""


class TargetError(SlaError):
    """A target that cannot be read, or that could be read in two ways."""


class ServiceCodeError(SlaError):
    """A service code (`5x8xNBD`) that cannot be read."""
