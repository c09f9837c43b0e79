"""Which occurrences should have their ticket by now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from redmine_sla.calendar import BusinessDays
from redmine_sla.calendar.period import Period
from redmine_sla.contract import Contract
from redmine_sla.duty.occurrences import Occurrence, occurrences
from redmine_sla.duty.stretches import ObligationStretch, stretches
from redmine_sla.duty.working_days import working_days_of


def ticketed_by(contract: Contract, today: date, *, since: date) -> tuple[Occurrence, ...]:
    """Those from `since` on whose ticket is made on `today` or before. Raises `CalendarError`."""
    owed = [stretch for versions in stretches(contract).values() for stretch in versions]
    last = max(_farthest(owed, today), default=since)
    if last < since:
        return ()
    period = Period(since, last, ZoneInfo(contract.timezone))
    return tuple(one for one in occurrences(contract, period) if one.ticket_from <= today)


def _farthest(owed: list[ObligationStretch], today: date) -> Iterator[date]:
    """For each the last day that can lie within its lead time today."""
    for stretch in owed:
        lead, working = stretch.duty.lead_time, working_days_of(stretch.duty, stretch.terms)
        if isinstance(lead, BusinessDays):
            yield working.after(today, lead.count + 1)
        else:
            yield working.later(today, lead) + timedelta(days=1)
