"""For which times availability is stated: months, the quarter, or both, as the contract says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from redmine_sla.availability import Outage, ServiceAvailability, Unmeasured, availability_of
from redmine_sla.calendar.period import Period, month_of
from redmine_sla.contract import Contract
from redmine_sla.contract.promises import availability as promises
from redmine_sla.quarter.reckoning import Reckoning

Events = Sequence[Outage | Unmeasured]
_DAY = timedelta(days=1)


def months_ending_in(contract: Contract, period: Period) -> Iterator[Period]:
    """The whole calendar months whose last day, or the contract's last day in them, is of the
    period. So each month belongs to one quarter, wherever a contract's quarters begin.
    """
    for part in period.months:
        whole = month_of(part.first, period.zone)
        if period.holds(min(whole.last, contract.last_day or whole.last)):
            yield whole


def availability_of_months(
    contract: Contract, events: Events, period: Period, as_of: datetime
) -> tuple[ServiceAvailability, ...]:
    """Each month of the period that has begun and for which availability is promised."""
    return tuple(
        one
        for month in months_ending_in(contract, period)
        if month.begin < as_of and _stated_for(contract, month, promises.Period.MONTH)
        for one in availability_of(contract, events, month, as_of)
    )


def availability_of_quarter(
    contract: Contract, events: Events, period: Period, as_of: datetime
) -> tuple[ServiceAvailability, ...]:
    """The quarter as a whole, where availability is promised for quarters."""
    if not _stated_for(contract, period, promises.Period.QUARTER):
        return ()
    return availability_of(contract, events, period, as_of)


def availability_settled_in(
    contract: Contract, events: Events, month: Period, as_of: datetime
) -> tuple[ServiceAvailability, ...]:
    """What credits of a month look at: the month, or the quarter that ends in it where only
    quarters are promised.
    """
    covered = month.within(contract.starts, contract.last_day)
    if covered is None or month.begin >= as_of:
        return ()
    if _stated_for(contract, month, promises.Period.MONTH):
        return availability_of(contract, events, month, as_of)
    reckoning = Reckoning.of(contract)
    quarter = reckoning.period(reckoning.quarter(covered.first))
    following = reckoning.period(reckoning.quarter(quarter.last + _DAY))
    for whole in (quarter, following):
        part = whole.within(contract.starts, contract.last_day)
        if part is not None and covered.holds(part.last):
            return availability_of_quarter(contract, events, part, as_of)
    return ()


def _stated_for(contract: Contract, period: Period, wanted: promises.Period) -> bool:
    """By the terms of the period's last day that is the contract's."""
    covered = period.within(contract.starts, contract.last_day)
    promise = contract.terms_on(covered.last).availability if covered else None
    return promise is not None and wanted in promise.periods
