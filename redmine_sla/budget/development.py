"""The money set aside for development: a percentage of the contract sum (contract E, point 11).

Over the limit is booked all the same, and said. What is not known is not priced: hours without a
rate are counted beside the money, never as zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from redmine_sla.budget.amounts import amount_text, percent_text
from redmine_sla.budget.bookings import Bookings, Spending, TicketBookings, bookings
from redmine_sla.budget.jobs import Job
from redmine_sla.budget.limits import LimitedDays, limit_on, limited_days
from redmine_sla.budget.prices import NoPrice, agreed_price, rate_of_the_rest
from redmine_sla.budget.work import Work, ticket_counts
from redmine_sla.contract import Contract, Money, Vat
from redmine_sla.contract.promises.budgets import Development

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketBudget:
    """One ticket's part (`None`: hours booked on no ticket), as `DevelopmentBudget` has the sum.

    `price` is its agreed price; `accepted_on` the day the customer accepted it.
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

    @property
    def committed(self) -> Money:
        return self.spent + self.ordered + self.estimated


@dataclass(frozen=True, slots=True, kw_only=True)
class DevelopmentBudget:
    """The budget as it stands at the end of a day. `limited` are the days the limit is for.

    `spent` is hours by rate or, for a ticket with an agreed price, that price, in full from the
    first hour worked on it. `accepted` is what of that the customer has accepted. `ordered` are
    agreed prices of open tickets on which work has not begun, `estimated` what is left of open
    tickets' estimates, by rate. `unpriced` are hours booked, `unpriced_estimate` hours left of
    estimates, for which the contract has no rate. All amounts are `vat`, and exact over Redmine's
    hours, which have two decimals. `thresholds` are percents of the limit.
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
    def remaining(self) -> Money:
        """What is left of the limit; negative when overspent."""
        return self.limit - self.spent

    @property
    def remaining_against_committed(self) -> Money:
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

    def __str__(self) -> str:
        """One line of English for the customer: no rates, no hours, no names."""
        line = (
            f"{amount_text(self.spent)} of {amount_text(self.limit)} used "
            f"({percent_text(self.share)})"
        )
        if self.is_over:
            line += f", over the limit by {amount_text(-self.remaining)}"
        else:
            line += f", {amount_text(self.remaining)} left"
        if self.vat is not None:
            line += f", {self.vat}"
        if self.unpriced:
            line += "; more work has no price yet"
        return line


def development_budget(
    contract: Contract, work: Iterable[Work], day: date, jobs: Iterable[Job] = ()
) -> DevelopmentBudget | None:
    """The budget at the end of `day`, by the terms then in force.

    `None` where the contract has no such budget or no sum that day. Each entry is priced and
    counted by the terms in force on the day it was spent. `work` is looked through once.
    """
    known = {job.number: job for job in jobs}
    return budget_from(contract, known, bookings(contract, work, known, day))


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
    clerk = _Estimator(contract, rules, limited, day)
    tickets = tuple(clerk.tickets(jobs, booked))
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
    rules: Development
    limited: LimitedDays
    day: date

    def tickets(self, jobs: Mapping[int, Job], booked: Bookings) -> Iterator[TicketBudget]:
        """By number; work on no ticket first."""
        for number in sorted({*booked.tickets, *jobs}, key=lambda one: one or 0):
            job = jobs.get(number) if number is not None else None
            ticket = booked.tickets.get(number, TicketBookings(number=number))
            found = self._ticket(job, ticket)
            if found is not None:
                yield found

    def _ticket(self, job: Job | None, ticket: TicketBookings) -> TicketBudget | None:
        spent = ticket.within(self.limited)
        ordered, estimated, unpriced = self._to_come(job, ticket)
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
        )

    def _to_come(self, job: Job | None, ticket: TicketBookings) -> tuple[Decimal, Decimal, Decimal]:
        """The agreed price not begun, the rest of the estimate by rate, and its unpriced hours."""
        nothing = _NOTHING, _NOTHING, _NOTHING
        if job is None or not job.is_open or self._accepted_on(job):
            return nothing
        if not ticket_counts(self.rules.counts, job.tracker, job.fields):
            return nothing
        price = self._price(job, ticket)
        if isinstance(price, Money):
            return (_NOTHING if ticket.price_day else price.amount), _NOTHING, _NOTHING
        left = max((job.estimated or _NOTHING) - ticket.hours, _NOTHING)
        if not left or not self.rules.estimates_commit:
            return nothing
        rate = None
        if price is not NoPrice.FOREIGN:
            rate = rate_of_the_rest(job, ticket.last, self.rules, self.day)
        if rate is None:
            return _NOTHING, _NOTHING, left
        return _NOTHING, rate.amount * left, _NOTHING

    def _accepted_on(self, job: Job | None) -> date | None:
        day = job.accepted if job else None
        return day if day and day <= self.day else None

    def _price(self, job: Job | None, ticket: TicketBookings) -> Money | NoPrice:
        if job is None or ticket.price is not NoPrice.NONE:
            return ticket.price
        return agreed_price(job.fields, self.rules, self.contract.currency)

    def _money(self, amount: Decimal) -> Money:
        return Money(amount, self.contract.currency)
