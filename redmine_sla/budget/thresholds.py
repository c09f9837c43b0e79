"""Shares of the limit at which people are told, and the day each was reached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from redmine_sla.budget.bookings import Bookings
from redmine_sla.budget.limits import limit_on, limited_days
from redmine_sla.contract import Contract


@dataclass(frozen=True, slots=True)
class Threshold:
    """`reached` is the day from which at least `percent` of the limit was used ever since.

    `None` while less is used, also where it was reached once and the limit then rose. Of a limit of
    nothing every share is reached with the first amount spent.
    """

    percent: Decimal
    reached: date | None


def thresholds(contract: Contract, booked: Bookings) -> tuple[Threshold, ...]:
    """The contract's thresholds as they stand at the end of the day up to which was booked.

    The limit is the one in force on each day, so that an amendment may cross a threshold, too.
    Days are those the work was for, whenever it was written down.
    """
    rules = contract.terms_on(booked.day).development
    if rules is None:
        return ()
    limited = limited_days(contract, booked.day)
    spent = {day: one.amount for day, one in booked.days.items() if limited.holds(day)}
    amended = {since for since, _ in contract.versions if limited.first <= since <= booked.day}
    reached: dict[Decimal, date] = {}
    total = Decimal(0)
    for day in sorted({limited.first, *spent, *amended}):
        total += spent.get(day, Decimal(0))
        limit = limit_on(contract, day)
        for percent in rules.thresholds:
            if limit is not None and 0 < total >= limit.percent(percent).amount:
                reached.setdefault(percent, day)
            else:
                reached.pop(percent, None)
    return tuple(Threshold(percent, reached.get(percent)) for percent in rules.thresholds)
