"""To which month and quarter a promise belongs: that of its verdict, among those of its contract.

A promise outlives the contract it was made under: what was reported on the last day is still to be
repaired in time. But the contract has no month and no quarter after its last day, and one that
follows it never made the promise. So what is decided after the last day counts on that day: in the
last month and the last quarter, which are stated anew if they were stated before. Its real instant
is shown as it is.

A ticket that comes back after the last day, too late to resume what was promised before, is
promised nothing more: what is decided of that is of no month and no quarter.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from redmine_sla.calendar.period import Period, month_of
from redmine_sla.contract import Contract

_SECOND = timedelta(seconds=1)


def counted_at(contract: Contract, promised: datetime, decided: datetime) -> datetime:
    """The instant by which a promise made at `promised` and decided at `decided` belongs to a month
    and a quarter: its own, or the last one of the contract.
    """
    day = contract.last_day
    if day is None or not contract.covers(contract.day_of(promised)):
        return decided
    return min(decided, Period(day, day, ZoneInfo(contract.timezone)).end - _SECOND)


def last_month(contract: Contract) -> Period | None:
    """The calendar month in which the contract ends, whole; `None` where it is open-ended."""
    zone, day = ZoneInfo(contract.timezone), contract.last_day
    return None if day is None else month_of(day, zone)
