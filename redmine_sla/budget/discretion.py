"""Which sums of the development budget a customer may read: those no ticket's own amount is in.

A ticket's estimate stands on the ticket for all to read, and work often takes as long as was
estimated. So an amount by time that stands for one ticket alone tells the rate, which is the
provider's own; so does the difference of two amounts. What is used of the limit is told whatever
it stands for: the contract promises that. What else is told singles no ticket out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate, combinations, pairwise

from redmine_sla.budget.bookings import Bookings
from redmine_sla.budget.development import DevelopmentBudget
from redmine_sla.budget.forecast import Forecast
from redmine_sla.budget.limits import month_after, months_between

_NOTHING = Decimal(0)

ByTicket = Mapping[int | None, Decimal]
"""Amounts by time, of each ticket that has one."""


@dataclass(frozen=True, slots=True)
class ToldMonths:
    """Months told in one sum: `spent` in them, and `total` spent of the limit by their end.

    `first` and `last` are first days of months.
    """

    first: date
    last: date
    spent: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What may be told: the months, as many in one sum as it takes, and the forecast."""

    stretches: tuple[ToldMonths, ...]
    forecast: bool


def acceptance_is_told(budget: DevelopmentBudget) -> bool:
    """Whether neither what is accepted nor what is not stands for the time on one ticket."""
    accepted, used = _accepted(budget), _used(budget)
    if not accepted or accepted == used:
        return True
    return not _singles_out(accepted, {}) and not _singles_out(accepted, used)


def told_of(
    booked: Bookings, budget: DevelopmentBudget, months: Sequence[date], ahead: Forecast | None
) -> Disclosure:
    """What may be told of these months, first days in order, and of the forecast.

    A month is told with those after it, or at the end with those before it, until their sum is of
    several tickets.
    """
    accepted = _accepted(budget)
    if not acceptance_is_told(budget) or accepted == _used(budget):
        accepted = {}
    reached = {point.month: point for point in _points(booked, budget)}
    now = reached[budget.day.replace(day=1)]
    told = [_Point(month_after(budget.limited.first, -1), {}, _NOTHING)]
    for month in months:
        if _may_follow(told[-1], reached[month], accepted):
            told.append(reached[month])
    while len(told) > 1 and not _may_follow(told[-1], now, accepted):
        told.pop()
    if now.month in months and told[-1] is not now:
        told.append(now)
    known = [_between(*pair) for pair in combinations([*told, now], 2)]
    return Disclosure(
        stretches=tuple(_stretches(told)),
        forecast=ahead is None or _adds_nothing(_of_months(booked, ahead.basis), known, accepted),
    )


@dataclass(frozen=True, slots=True)
class _Point:
    """What was spent of the limit by the end of a month, and of it by time on each ticket."""

    month: date
    by_ticket: ByTicket
    total: Decimal


def _points(booked: Bookings, budget: DevelopmentBudget) -> Iterator[_Point]:
    """The end of each month from the limit's first to that of the budget's day."""
    months: dict[date, dict[int | None, Decimal]] = {}
    for number, ticket in booked.tickets.items():
        for day, one in ticket.days.items():
            if one.by_time and budget.limited.holds(day):
                month = months.setdefault(day.replace(day=1), {})
                month[number] = month.get(number, _NOTHING) + one.by_time
    reached: dict[int | None, Decimal] = {}
    for first, total in cumulated(booked, budget).items():
        for number, amount in months.get(first, {}).items():
            reached[number] = reached.get(number, _NOTHING) + amount
        yield _Point(first, _some(reached), total)


def cumulated(booked: Bookings, budget: DevelopmentBudget) -> dict[date, Decimal]:
    """What of the limit was spent by the end of each month up to the budget's day."""
    found = dict.fromkeys(months_between(budget.limited.first, budget.day), _NOTHING)
    for day, one in booked.days.items():
        if budget.limited.holds(day):
            found[day.replace(day=1)] += one.amount
    return dict(zip(found, accumulate(found.values()), strict=True))


def _stretches(told: Sequence[_Point]) -> Iterator[ToldMonths]:
    for before, after in pairwise(told):
        spent = after.total - before.total
        yield ToldMonths(month_after(before.month), after.month, spent, after.total)


def _may_follow(before: _Point, after: _Point, accepted: ByTicket) -> bool:
    """Whether the second may be told where the first is."""
    between = _between(before, after)
    if _singles_out(between, {}):
        return False
    return not accepted or not any(
        _singles_out(accepted, other) for other in (after.by_ticket, between)
    )


def _adds_nothing(amounts: ByTicket, known: Sequence[ByTicket], accepted: ByTicket) -> bool:
    """Whether a sum of these beside those that are known singles no ticket out."""
    if not amounts or amounts in known:
        return True
    others = [{}, *known, *([accepted] if accepted else [])]
    return not any(_singles_out(amounts, other) for other in others)


def _between(before: _Point, after: _Point) -> ByTicket:
    found = {
        ticket: amount - before.by_ticket.get(ticket, _NOTHING)
        for ticket, amount in after.by_ticket.items()
    }
    return _some(found)


def _singles_out(one: ByTicket, other: ByTicket) -> bool:
    """Whether the difference of the two sums is the amount of a single ticket.

    Time on no ticket was never estimated: its amount tells nothing.
    """
    apart = [key for key in one.keys() | other.keys() if one.get(key) != other.get(key)]
    return len(apart) == 1 and apart[0] is not None


def _of_months(booked: Bookings, months: Sequence[date]) -> ByTicket:
    found: dict[int | None, Decimal] = {}
    for number, ticket in booked.tickets.items():
        for day, one in ticket.days.items():
            if day.replace(day=1) in months:
                found[number] = found.get(number, _NOTHING) + one.by_time
    return _some(found)


def _accepted(budget: DevelopmentBudget) -> ByTicket:
    return _some({one.number: one.by_time_accepted for one in budget.tickets})


def _used(budget: DevelopmentBudget) -> ByTicket:
    return _some({one.number: one.by_time for one in budget.tickets})


def _some(amounts: ByTicket) -> ByTicket:
    return {ticket: amount for ticket, amount in amounts.items() if amount}
