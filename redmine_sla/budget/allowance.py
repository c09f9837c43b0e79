"""The hours included in a month (profile crm-support: 2, 4 or 8 h a month by service level)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

from redmine_sla.budget.limits import last_of_month, month_after
from redmine_sla.calendar.period import Period
from redmine_sla.contract import Contract, Terms
from redmine_sla.contract.anniversaries import MONTHS_OF_A_QUARTER, place, quarters_begin
from redmine_sla.contract.promises.budgets import Allowance, BrokenMonth, Rollover

_DAY = timedelta(days=1)
_HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What one month of a contract includes, and by which rules it is used.

    `month` are the days of it that are the contract's. `rules` are those in force on the last of
    them that has an allowance. `ends_quarter` says whether the next month is of another quarter of
    those the contract hands over: each month is of the quarter in which it ends.
    """

    month: Period
    hours: Decimal
    rules: Allowance
    ends_quarter: bool

    @property
    def first(self) -> date:
        """The first day of the calendar month."""
        return self.month.first.replace(day=1)

    def carried_over(self, own: Decimal, older: Decimal) -> Decimal:
        """What of the unused hours the next month gets: the month's own, and those it was given.

        `next_month` hands on only the month's own; `quarter` both within a quarter;
        `contract` both. The cap is on what is handed on in all.
        """
        match self.rules.rollover:
            case Rollover.NONE:
                carried = Decimal(0)
            case Rollover.NEXT_MONTH:
                carried = own
            case Rollover.QUARTER:
                carried = Decimal(0) if self.ends_quarter else own + older
            case Rollover.CONTRACT:
                carried = own + older
        cap = self.rules.rollover_cap
        return carried if cap is None else min(carried, cap)


def grants(contract: Contract, until: date) -> Iterator[Grant]:
    """The months of the contract from its start to the one of `until`, that have an allowance."""
    zone = ZoneInfo(contract.timezone)
    last = contract.last_day
    month = contract.starts.replace(day=1)
    while month <= until and (last is None or month <= last):
        covered = Period(month, last_of_month(month), zone).within(contract.starts, last)
        found = covered and _grant(contract, covered)
        if found:
            yield found
        month = month_after(month)


def _grant(contract: Contract, month: Period) -> Grant | None:
    """Levels that change within the month count for their days, added up and rounded once, half up,
    to a hundredth of an hour. The hours of a month with days on which nothing is included (the
    contract starts or ends in it) are shared out `full` over the other days, or lost `by_days`.

    The fee of such a month is counted alike (`budget.fees`).
    """
    stretches = [
        (terms.allowance, terms.allowance_hours() or Decimal(0), days)
        for terms, days in _stretches(contract, month)
        if terms.allowance
    ]
    if not stretches:
        return None
    rules = stretches[-1][0]
    if rules.broken_month is BrokenMonth.FULL:
        length = sum(days for _, _, days in stretches)
    else:
        length = last_of_month(month.first).day
    share = sum((Fraction(hours) * days for _, hours, days in stretches), Fraction(0)) / length
    exact = Decimal(share.numerator) / share.denominator
    hours = exact.quantize(_HUNDREDTH, ROUND_HALF_UP).normalize() + 0
    return Grant(
        month=month, hours=hours, rules=rules, ends_quarter=_ends_quarter(contract, month.first)
    )


def _ends_quarter(contract: Contract, month: date) -> bool:
    ends = last_of_month(month), last_of_month(month_after(month))
    this, following = (place(quarters_begin(contract), MONTHS_OF_A_QUARTER, last) for last in ends)
    return this != following


def _stretches(contract: Contract, month: Period) -> Iterator[tuple[Terms, int]]:
    """The terms in force in the month in order, each with its number of days."""
    starts = [since for since, _ in contract.versions if month.first < since <= month.last]
    edges = [month.first, *starts, month.last + _DAY]
    for first, following in pairwise(edges):
        yield contract.terms_on(first), (following - first).days
