"""The one instant of a decision."""

from __future__ import annotations

from datetime import UTC, datetime

from redmine_sla.calendar.local_time import epoch, instant


def moment(as_of: datetime | None) -> datetime:
    """That instant, or now, in UTC and whole seconds. Raises `NaiveDatetimeError`."""
    return instant(epoch(as_of or datetime.now(UTC)))
