"""The account of included hours: month by month, what was used, carried over, and went beyond.

What the development budget takes is priced there and is never taken from the allowance, too: no
hour is charged twice, and no hour with a price is published.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import accumulate

from redmine_sla.budget.allowance import Grant, grants
from redmine_sla.budget.bookings import Entries
from redmine_sla.budget.work import Work
from redmine_sla.calendar.period import Period
from redmine_sla.contract import Contract, Money, Terms
from redmine_sla.contract.anniversaries import counts_own_quarters
from redmine_sla.contract.promises.budgets import Allowance

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthOfHours:
    """One month. Hours brought in from before are used first: they lapse first.

    `carried_in + included + beyond == used + left`, and once the month is over
    `left == carried_out + lapsed`; until then nothing is carried or lapses. `development` is the
    part of `used` that was further development. `outside` is development the allowance does not
    cover. `price` is that of the hours `beyond`, each at the rate in force on the day it went
    beyond; `None` where the contract gives none.
    """

    month: Period
    included: Decimal
    carried_in: Decimal
    used: Decimal
    development: Decimal
    outside: Decimal
    beyond: Decimal
    price: Money | None
    left: Decimal
    carried_out: Decimal
    lapsed: Decimal

    @property
    def available(self) -> Decimal:
        return self.included + self.carried_in


@dataclass(slots=True)
class TicketHours:
    """Hours taken from the allowance for one ticket (`None`: for none), by month's first day."""

    number: int | None
    months: dict[date, Decimal] = field(default_factory=dict)
    entries: dict[date, Entries] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class HourAccount:
    """The included hours of a contract from its start to the end of `day`. `own_quarters`: its
    quarters are not the calendar's.
    """

    day: date
    clause: str
    rules: Allowance
    months: tuple[MonthOfHours, ...]
    tickets: Mapping[int | None, TicketHours]
    own_quarters: bool = False

    def within_month(self) -> MonthOfHours | None:
        """The month of the account's day; `None` where it has no allowance."""
        return next((one for one in self.months if one.month.holds(self.day)), None)

    def within(self, period: Period) -> tuple[MonthOfHours, ...]:
        """The months that end in the period, the last one maybe not over yet.

        So each month is stated once, wherever a contract's quarters begin.
        """
        return tuple(one for one in self.months if period.holds(one.month.last))


def hour_account(contract: Contract, work: Iterable[Work], day: date) -> HourAccount | None:
    """The account at the end of `day`; `None` where the contract never had an allowance by then.

    `work` is looked through once. Hours are counted by the contract's time rules, each entry by the
    terms in force on its own day.
    """
    ends = min(day, contract.last_day or day)
    found = tuple(grants(contract, ends))
    if not found:
        return None
    meter = _Meter(contract)
    for one in work:
        if contract.starts <= one.entry.spent_on <= ends:
            meter.take(one)
    return HourAccount(
        day=day,
        clause=found[-1].rules.clause,
        rules=found[-1].rules,
        months=_months(contract, found, meter, ends),
        tickets=meter.tickets,
        own_quarters=counts_own_quarters(contract),
    )


def is_looked_at(work: Work, terms: Terms) -> bool:
    """Whether they stand in the account at all: taken, or as development outside it."""
    rules = terms.allowance
    return rules is not None and work.counts_by(rules.counts) and not work.is_development(terms)


def _is_outside(work: Work, terms: Terms) -> bool:
    rules = terms.allowance
    return rules is not None and not rules.usable_for_development and _develops(work, rules)


def _develops(work: Work, rules: Allowance) -> bool:
    """Without a rule nothing is known to be development."""
    named = rules.development
    return bool(named.trackers or named.activities or named.fields) and work.counts_by(named)


@dataclass(slots=True)
class _Used:
    used: Decimal = _NOTHING
    development: Decimal = _NOTHING
    outside: Decimal = _NOTHING
    days: dict[date, Decimal] = field(default_factory=dict)


class _Meter:
    """Adds up the hours while the work goes by."""

    def __init__(self, contract: Contract) -> None:
        self.months: dict[date, _Used] = {}
        self.tickets: dict[int | None, TicketHours] = {}
        self._terms_on = cache(contract.terms_on)

    def take(self, one: Work) -> None:
        terms = self._terms_on(one.entry.spent_on)
        if terms.allowance is None or not is_looked_at(one, terms):
            return
        hours = one.hours(terms, rounded=True)
        month = self.months.setdefault(one.month, _Used())
        if _is_outside(one, terms):
            month.outside += hours
            return
        month.used += hours
        day = one.entry.spent_on
        month.days[day] = month.days.get(day, _NOTHING) + hours
        if _develops(one, terms.allowance):
            month.development += hours
        ticket = self.tickets.setdefault(one.entry.ticket, TicketHours(one.entry.ticket))
        ticket.months[one.month] = ticket.months.get(one.month, _NOTHING) + hours
        found = ticket.entries.get(one.month)
        this = Entries(1, one.entry.updated)
        ticket.entries[one.month] = found + this if found else this


def _months(
    contract: Contract, found: tuple[Grant, ...], meter: _Meter, ends: date
) -> tuple[MonthOfHours, ...]:
    months: list[MonthOfHours] = []
    for grant in found:
        # A month without an allowance in between breaks the chain: nothing is carried over it.
        before = months[-1] if months else None
        follows = before is not None and (grant.month.first - before.month.last).days == 1
        carried = before.carried_out if before is not None and follows else _NOTHING
        used = meter.months.get(grant.first, _Used())
        is_over = grant.month.last <= ends
        is_last = grant.month.last == contract.last_day
        price = _price(contract, grant, used.days, grant.hours + carried)
        months.append(_month(grant, used, carried, price, is_over=is_over, is_last=is_last))
    return tuple(months)


def _price(
    contract: Contract, grant: Grant, days: Mapping[date, Decimal], available: Decimal
) -> Money | None:
    """What the hours beyond cost, by the days on which they went beyond what was available.

    Hours taken back are those that went beyond last.
    """
    order = sorted(days)
    used = accumulate(days[day] for day in order)
    beyond = [max(hours - available, _NOTHING) for hours in used]
    stays = [*accumulate(reversed(beyond), min)][::-1]
    prices = []
    for day, before, after in zip(order, [_NOTHING, *stays], stays, strict=False):
        if after > before:
            rules = contract.terms_on(day).allowance
            prices.append(
                rules.overrun_rate * (after - before) if rules and rules.overrun_rate else None
            )
    known = [price for price in prices if price is not None]
    if len(known) < len(prices) or (not prices and grant.rules.overrun_rate is None):
        return None
    return sum(known, Money.zero(contract.currency))


def _month(
    grant: Grant,
    used: _Used,
    carried: Decimal,
    price: Money | None,
    *,
    is_over: bool,
    is_last: bool,
) -> MonthOfHours:
    own_used = max(used.used - carried, _NOTHING)
    older = max(carried - used.used, _NOTHING)
    own = max(grant.hours - own_used, _NOTHING)
    beyond = max(own_used - grant.hours, _NOTHING)
    goes_on = is_over and not is_last
    carried_out = grant.carried_over(own, older) if goes_on else _NOTHING
    return MonthOfHours(
        month=grant.month,
        included=grant.hours,
        carried_in=carried,
        used=used.used,
        development=used.development,
        outside=used.outside,
        beyond=beyond,
        price=price,
        left=own + older,
        carried_out=carried_out,
        lapsed=own + older - carried_out if is_over else _NOTHING,
    )
