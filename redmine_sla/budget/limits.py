"""The limit of the development budget: how much, on which day, for which days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from redmine_sla.contract import Contract, Money
from redmine_sla.contract.promises.budgets import BudgetPeriod

_DAY = timedelta(days=1)
_MONTHS_OF_A_QUARTER = 3
_MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class LimitedDays:
    """The days one limit is for, both ends included; `last` is `None` for an open-ended contract.

    A year or a quarter that the contract's start or end cuts short has the whole limit.
    """

    first: date
    last: date | None

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


def limit_on(contract: Contract, day: date) -> Money | None:
    """The limit in force on a day; `None` where the terms then have no budget or no sum."""
    terms = contract.terms_on(day)
    if terms.development is None or terms.contract_sum is None:
        return None
    return terms.contract_sum.percent(terms.development.percent)


def limited_days(contract: Contract, day: date) -> LimitedDays:
    """The days the limit in force on a day is for. Raises `ValueError` where there is none."""
    rules = contract.terms_on(day).development
    if rules is None:
        raise ValueError(f"contract {contract.name} has no development budget on {day}")
    match rules.period:
        case BudgetPeriod.CONTRACT:
            return LimitedDays(contract.starts, contract.last_day)
        case BudgetPeriod.YEAR:
            first, following = date(day.year, 1, 1), date(day.year + 1, 1, 1)
        case BudgetPeriod.QUARTER:
            month = (day.month - 1) // _MONTHS_OF_A_QUARTER * _MONTHS_OF_A_QUARTER + 1
            first = date(day.year, month, 1)
            following = month_after(first, _MONTHS_OF_A_QUARTER)
    last = following - _DAY
    ends = contract.last_day
    return LimitedDays(max(first, contract.starts), min(last, ends) if ends else last)


def month_after(first: date, months: int = 1) -> date:
    """The first day of the month that many months after the one of `first`."""
    ahead = first.year * _MONTHS_OF_A_YEAR + first.month - 1 + months
    return date(ahead // _MONTHS_OF_A_YEAR, ahead % _MONTHS_OF_A_YEAR + 1, 1)


def last_of_month(day: date) -> date:
    return month_after(day) - _DAY


def months_between(first: date, last: date) -> Iterator[date]:
    """The first day of each month from the one of `first` to the one of `last`."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = month_after(month)
