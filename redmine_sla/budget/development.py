"""The money set aside for development: a part of the contract sum (profile information-system).

Over the limit is booked all the same, and said. What is not known is not priced: hours without a
rate are counted beside the money, never as zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from redmine_sla.budget.bookings import Bookings, Spending, TicketBookings
from redmine_sla.budget.estimates import Worked, worked_off
from redmine_sla.budget.jobs import Job
from redmine_sla.budget.limits import LimitedDays, limit_on, limited_days
from redmine_sla.budget.prices import Agreed, price_for, rate_of_the_rest
from redmine_sla.budget.subtasks import acceptances
from redmine_sla.budget.work import ticket_counts
from redmine_sla.budget.written_price import NoPrice
from redmine_sla.contract import Contract, Money, Terms, Vat
from redmine_sla.contract.promises.budgets import Development

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketBudget:
    """One ticket's part (`None`: hours booked on no ticket), as `DevelopmentBudget` has the sum.

    `price` is its agreed price; `accepted_on` the day the customer accepted it. `by_time` and
    `by_time_accepted` are the parts of `spent` and `accepted` that are at rates.
    """

    number: int | None
    spent: Money
    accepted: Money
    ordered: Money
    estimated: Money
    unpriced: Decimal = _NOTHING
    unpriced_estimate: Decimal = _NOTHING
    price: Money | NoPrice = NoPrice.NONE
    accepted_on: date | None = None
    by_time: Decimal = _NOTHING
    by_time_accepted: Decimal = _NOTHING

    @property
    def committed(self) -> Money:
        return self.spent + self.ordered + self.estimated


@dataclass(frozen=True, slots=True, kw_only=True)
class DevelopmentBudget:
    """The budget as it stands at the end of a day. `limited` are the days the limit is for.

    `spent` is hours by rate or, for a ticket with an agreed price, that price, in full from the
    first hour worked on it. `accepted` is what of that the customer has accepted. `ordered` are
    agreed prices of tickets on which no time is booked, open or done and not accepted yet;
    `estimated` what is left of open tickets' estimates, by rate (see `budget.estimates`).
    `unpriced` are hours booked, `unpriced_estimate` hours left of estimates, for which the contract
    has no rate. All amounts are `vat`, and exact over Redmine's hours, which have two decimals.
    `thresholds` are percents of the limit.
    """

    day: date
    limited: LimitedDays
    percent: Decimal
    base: Money
    limit: Money
    spent: Money
    accepted: Money
    ordered: Money
    estimated: Money
    unpriced: Decimal
    unpriced_estimate: Decimal
    vat: Vat | None
    clause: str
    thresholds: tuple[Decimal, ...]
    tickets: tuple[TicketBudget, ...]

    @property
    def committed(self) -> Money:
        """What is spent, and what open tickets will still cost."""
        return self.spent + self.ordered + self.estimated

    @property
    def accepted_at_prices(self) -> Money:
        """What is accepted without the work by time."""
        by_time = sum((one.by_time_accepted for one in self.tickets), _NOTHING)
        return Money(self.accepted.amount - by_time, self.accepted.currency)

    @property
    def remaining(self) -> Money:
        """What is left of the limit; negative when overspent."""
        return self.limit - self.spent

    @property
    def remaining_against_committed(self) -> Money:
        """What is left of the limit once all that is committed is spent."""
        return self.limit - self.committed

    @property
    def remaining_against_accepted(self) -> Money:
        return self.limit - self.accepted

    @property
    def is_over(self) -> bool:
        """More than the limit is spent; exactly the limit is not over it."""
        return self.limit < self.spent

    @property
    def will_be_over(self) -> bool:
        """More than the limit is committed."""
        return self.limit < self.committed

    @property
    def share(self) -> Decimal:
        """The part of the limit that is used: 1 is all of it. A limit of nothing is always used."""
        if not self.limit.amount:
            return Decimal(1)
        return self.spent.amount / self.limit.amount


def budget_from(
    contract: Contract, jobs: Mapping[int, Job], booked: Bookings
) -> DevelopmentBudget | None:
    """The budget at the end of the day up to which was booked; `None` where there is none."""
    day = booked.day
    terms = contract.terms_on(day)
    rules, limit = terms.development, limit_on(contract, day)
    if rules is None or terms.contract_sum is None or limit is None:
        return None
    limited = limited_days(contract, day)
    tickets = tuple(_Estimator(contract, terms, rules, limited, day, jobs).tickets(booked))
    zero = Money.zero(contract.currency)
    return DevelopmentBudget(
        day=day,
        limited=limited,
        percent=rules.percent,
        base=terms.contract_sum,
        limit=limit,
        spent=sum((one.spent for one in tickets), zero),
        accepted=sum((one.accepted for one in tickets), zero),
        ordered=sum((one.ordered for one in tickets), zero),
        estimated=sum((one.estimated for one in tickets), zero),
        unpriced=sum((one.unpriced for one in tickets), _NOTHING),
        unpriced_estimate=sum((one.unpriced_estimate for one in tickets), _NOTHING),
        vat=terms.vat,
        clause=rules.clause,
        thresholds=rules.thresholds,
        tickets=tickets,
    )


@dataclass(frozen=True, slots=True)
class _Estimator:
    """Says of each ticket what is booked on it and what is still to come."""

    contract: Contract
    terms: Terms
    rules: Development
    limited: LimitedDays
    day: date
    jobs: Mapping[int, Job]

    def tickets(self, booked: Bookings) -> Iterator[TicketBudget]:
        """By number; work on no ticket first."""
        worked = worked_off(booked, self.jobs, self.terms)
        for number in sorted({*booked.tickets, *self.jobs}, key=lambda one: one or 0):
            job = self.jobs.get(number) if number is not None else None
            ticket = booked.tickets.get(number, TicketBookings(number=number))
            off = worked.get(number, Worked()) if number is not None else Worked()
            found = self._ticket(job, ticket, off)
            if found is not None:
                yield found

    def _ticket(
        self, job: Job | None, ticket: TicketBookings, worked: Worked
    ) -> TicketBudget | None:
        spent = ticket.within(self.limited)
        ordered, estimated, unpriced = self._to_come(job, ticket, worked)
        if spent == Spending() and not (ordered or estimated or unpriced):
            return None
        return TicketBudget(
            number=ticket.number,
            spent=self._money(spent.amount),
            accepted=self._money(spent.accepted),
            ordered=self._money(ordered),
            estimated=self._money(estimated),
            unpriced=spent.unpriced,
            unpriced_estimate=unpriced,
            price=self._price(job, ticket),
            accepted_on=self._accepted_on(job),
            by_time=spent.by_time,
            by_time_accepted=spent.by_time_accepted,
        )

    def _to_come(
        self, job: Job | None, ticket: TicketBookings, worked: Worked
    ) -> tuple[Decimal, Decimal, Decimal]:
        """The agreed price not begun, the rest of the estimate by rate, and its unpriced hours."""
        nothing = _NOTHING, _NOTHING, _NOTHING
        if job is None or not self._is_going_on(job):
            return nothing
        agreed = self._agreed(job)
        if isinstance(agreed.price, Money):
            is_to_come = agreed.on == job.number and ticket.price_day is None
            return (agreed.price.amount if is_to_come else _NOTHING), _NOTHING, _NOTHING
        left = max((job.estimated or _NOTHING) - worked.hours, _NOTHING)
        if not left or not job.is_open or not self.rules.estimates_commit:
            return nothing
        rate = None
        if agreed.price is NoPrice.NONE:
            rate = rate_of_the_rest(job, worked.last, self.rules, self.day)
        if rate is None:
            return _NOTHING, _NOTHING, left
        return _NOTHING, rate.amount * left, _NOTHING

    def _is_going_on(self, job: Job) -> bool:
        """Whether anything may still be booked on it: not once the contract is over, either."""
        settled = job.is_dropped or self._accepted_on(job) is not None
        counts = ticket_counts(self.rules.counts, job.tracker, job.fields)
        return counts and not settled and self.limited.holds(self.day)

    def _accepted_on(self, job: Job | None) -> date | None:
        """Its own acceptance, or the first by a ticket that speaks for it."""
        if job is None:
            return None
        return next(iter(acceptances(job.number, self.jobs, self.terms, self.day)), None)

    def _price(self, job: Job | None, ticket: TicketBookings) -> Money | NoPrice:
        """Its own: what covers it from above stands with the ticket it was agreed on."""
        if job is None or ticket.price is not NoPrice.NONE:
            return ticket.price
        agreed = self._agreed(job)
        return agreed.price if agreed.on == job.number else NoPrice.NONE

    def _agreed(self, job: Job) -> Agreed:
        return price_for(job.number, job.fields, self.jobs, self.terms, self.contract.currency)

    def _money(self, amount: Decimal) -> Money:
        return Money(amount, self.contract.currency)
