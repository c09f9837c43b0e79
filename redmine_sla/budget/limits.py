"""The limit of the development budget: how much, on which day, for which days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from redmine_sla.budget.fees import rounded
from redmine_sla.contract import Contract, Money
from redmine_sla.contract.anniversaries import (
    MONTHS_OF_A_QUARTER,
    MONTHS_OF_A_YEAR,
    days_around,
    quarters_begin,
)
from redmine_sla.contract.promises.budgets import BudgetPeriod

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LimitedDays:
    """The days one limit is for, both ends included; `last` is `None` for an open-ended contract.

    `whole` are the days of the whole year or quarter, where the contract's start or end cuts it
    short: its limit is then for its part of the days.
    """

    first: date
    last: date | None
    whole: int | None = None

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)

    @property
    def days(self) -> int | None:
        """How many they are; `None` for those of an open-ended contract."""
        return (self.last - self.first).days + 1 if self.last else None

    def part_of(self, limit: Money) -> Money:
        """What these days have of the limit of whole ones, rounded as fees are."""
        if self.whole is None or self.days is None:
            return limit
        return rounded(Money(limit.amount * self.days / self.whole, limit.currency), None)


def limit_on(contract: Contract, day: date) -> Money | None:
    """The limit in force on a day; `None` where the terms then have no budget or no sum.

    Each year or quarter has the whole limit, a broken one its part of it by days.
    """
    terms = contract.terms_on(day)
    if terms.development is None or terms.contract_sum is None:
        return None
    whole = terms.contract_sum.percent(terms.development.percent)
    return limited_days(contract, day).part_of(whole)


def limited_days(contract: Contract, day: date) -> LimitedDays:
    """The days the limit in force on a day is for. Raises `ValueError` where there is none.

    Years are the contract's, from its first day on; quarters are those it hands over. Before the
    contract it is the first limit, after it the last one.
    """
    day = max(contract.starts, min(day, contract.last_day or day))
    rules = contract.terms_on(day).development
    if rules is None:
        raise ValueError(f"contract {contract.name} has no development budget on {day}")
    match rules.period:
        case BudgetPeriod.CONTRACT:
            return LimitedDays(contract.starts, contract.last_day)
        case BudgetPeriod.YEAR:
            first, last = days_around(contract.starts, MONTHS_OF_A_YEAR, day)
        case BudgetPeriod.QUARTER:
            first, last = days_around(quarters_begin(contract), MONTHS_OF_A_QUARTER, day)
    own = max(first, contract.starts), min(last, contract.last_day or last)
    is_whole = own == (first, last)
    return LimitedDays(*own, whole=None if is_whole else (last - first).days + 1)


def month_after(first: date, months: int = 1) -> date:
    """The first day of the month that many months after the one of `first`."""
    ahead = first.year * MONTHS_OF_A_YEAR + first.month - 1 + months
    return date(ahead // MONTHS_OF_A_YEAR, ahead % MONTHS_OF_A_YEAR + 1, 1)


def last_of_month(day: date) -> date:
    return month_after(day) - _DAY


def months_between(first: date, last: date) -> Iterator[date]:
    """The first day of each month from the one of `first` to the one of `last`."""
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = month_after(month)
