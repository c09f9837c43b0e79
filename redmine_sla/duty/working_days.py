"""The working days by which an obligation's days are moved and counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from redmine_sla.calendar import BusinessDays, CalendarDays, ServiceCalendar, Target
from redmine_sla.contract import Terms
from redmine_sla.contract.promises.obligations import Obligation

_NOON = time(12)  # a clock time that every local day has


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The dates on which a window of the calendar starts."""

    calendar: ServiceCalendar

    def include(self, day: date) -> bool:
        return self.calendar.opening(day) is not None

    def after(self, day: date, count: int = 1) -> date:
        """The count-th working day after a date. Raises `NeverOpenError`."""
        return self._stepped(day, count)

    def before(self, day: date, count: int = 1) -> date:
        """The count-th working day before a date. Raises `NeverOpenError`."""
        return self._stepped(day, -count)

    def later(self, day: date, span: Target) -> date:
        """The date so many working or calendar days after a date; no days are that date."""
        match span:
            case BusinessDays(count) if count:
                return self.after(day, count)
            case CalendarDays(count):
                return day + timedelta(days=count)
        return day

    def earlier(self, day: date, span: Target) -> date:
        """The date so many working or calendar days before a date; no days are that date."""
        match span:
            case BusinessDays(count) if count:
                return self.before(day, count)
            case CalendarDays(count):
                return day - timedelta(days=count)
        return day

    def _stepped(self, day: date, count: int) -> date:
        noon = datetime.combine(day, _NOON, self.calendar.zone)
        moved = self.calendar.add_days(noon, count, "keep_clock")
        return moved.astimezone(self.calendar.zone).date()


def working_days_of(duty: Obligation, terms: Terms) -> WorkingDays:
    """The working days of the obligation's own calendar, or the tier's, or the contract's.

    Not a channel's: nobody reports an obligation. Extra cover makes no working day: somebody is
    there on a holiday, for what cannot wait. Raises `LookupError` where there is no calendar.
    """
    level = terms.current_tier
    name = duty.calendar or (level.calendar if level else None) or terms.calendar
    calendar = terms.service_calendars[name] if name else terms.calendar_for()
    spec = terms.calendars.get(name) if name else None
    if spec is None or not spec.extra_cover:
        return WorkingDays(calendar)
    return WorkingDays(spec.without_extra_cover(calendar.timezone))
