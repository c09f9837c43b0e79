"""Where the development budget is going, and on what that is based.

The basis is plain: what the last full months cost on average goes on being spent, and no less than
is committed will be. A forecast is no account: its amounts are rounded to a hundredth, all that is
booked stays exact.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from redmine_sla.budget.bookings import Bookings
from redmine_sla.budget.development import DevelopmentBudget
from redmine_sla.budget.limits import last_of_month, limit_on, month_after, months_between
from redmine_sla.contract import Contract, Money

FULL_MONTHS = 3
"""So many full months are averaged, or as many as there are."""

_CENTS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What will be spent by `until`, the last day of the limit.

    `by_trend` is what is spent plus the `average` of a month for the time left, a broken month by
    its days; `committed` is what is agreed and estimated already. `basis` are the first days of the
    months that are averaged. `reached_in` is the first day of the month in which the trend reaches
    the limit then in force; `None`: not before the end, or it is reached already. `course` is the
    trend at the end of each month to come, the current one included.
    """

    until: date
    basis: tuple[date, ...]
    average: Money
    by_trend: Money
    committed: Money
    reached_in: date | None
    course: tuple[tuple[date, Money], ...]

    @property
    def expected(self) -> Money:
        """By trend, and no less than is committed."""
        return self.committed if self.rests_on_committed else self.by_trend

    @property
    def rests_on_committed(self) -> bool:
        """Whether more is committed than the trend would spend."""
        return self.by_trend < self.committed

    @property
    def months(self) -> int:
        """So many months are averaged."""
        return len(self.basis)


def forecast(contract: Contract, booked: Bookings, budget: DevelopmentBudget) -> Forecast | None:
    """The forecast from the budget's day on.

    `None` where the limit has no end (an open-ended contract), after its end, and while the
    contract has not run for one full month.
    """
    day, until = budget.day, budget.limited.last
    history = _full_months(contract, day)
    if until is None or until <= day or not history:
        return None
    recent = history[-FULL_MONTHS:]
    spent = sum(
        (one.amount for on, one in booked.days.items() if on.replace(day=1) in recent),
        Decimal(0),
    )
    average = Fraction(spent) / len(recent)
    course = []
    expected = Fraction(budget.spent.amount)
    reached_in = None
    already = budget.limit <= budget.spent
    for month in months_between(day, until):
        ends = min(last_of_month(month), until)
        expected += average * _part_ahead(month, day, ends)
        if ends > day:
            course.append((month, _money(expected, contract.currency)))
        limit = limit_on(contract, ends)
        if not already and reached_in is None and limit and expected >= Fraction(limit.amount):
            reached_in = month
    return Forecast(
        until=until,
        basis=tuple(recent),
        average=_money(average, contract.currency),
        by_trend=_money(expected, contract.currency),
        committed=budget.committed,
        reached_in=reached_in,
        course=tuple(course),
    )


def _full_months(contract: Contract, day: date) -> list[date]:
    """The months that lie wholly in the contract and are over at the end of the day."""
    months = months_between(contract.starts, day)
    return [one for one in months if contract.starts <= one and last_of_month(one) <= day]


def _part_ahead(month: date, day: date, ends: date) -> Fraction:
    """The part of a month that is after the day and not after the end."""
    begins = max(month.toordinal(), day.toordinal() + 1)
    length = month_after(month).toordinal() - month.toordinal()
    return Fraction(max(0, ends.toordinal() + 1 - begins), length)


def _money(amount: Fraction, currency: str) -> Money:
    return Money(Decimal(round(amount * _CENTS)) / _CENTS, currency)
