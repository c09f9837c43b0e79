"""What was booked on the development budget: one look at each time entry, summed by day and ticket.

Sums are exact and do not depend on the order of the entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache

from redmine_sla.budget.jobs import Job
from redmine_sla.budget.limits import LimitedDays
from redmine_sla.budget.prices import agreed_price, cost_of, price_for
from redmine_sla.budget.subtasks import acceptances
from redmine_sla.budget.work import Work, ticket_counts
from redmine_sla.budget.written_price import NoPrice
from redmine_sla.contract import Contract, Money

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Spending:
    """Amounts at rates and at agreed prices, of each what the customer has accepted, and hours
    without a price.
    """

    by_time: Decimal = _NOTHING
    by_time_accepted: Decimal = _NOTHING
    agreed: Decimal = _NOTHING
    agreed_accepted: Decimal = _NOTHING
    unpriced: Decimal = _NOTHING

    @property
    def amount(self) -> Decimal:
        return self.by_time + self.agreed

    @property
    def accepted(self) -> Decimal:
        return self.by_time_accepted + self.agreed_accepted

    def __add__(self, other: Spending) -> Spending:
        return Spending(
            by_time=self.by_time + other.by_time,
            by_time_accepted=self.by_time_accepted + other.by_time_accepted,
            agreed=self.agreed + other.agreed,
            agreed_accepted=self.agreed_accepted + other.agreed_accepted,
            unpriced=self.unpriced + other.unpriced,
        )


@dataclass(frozen=True, slots=True)
class UnpricedHours:
    """Hours nobody could price: whose, at what, and why. `person` is for the provider's eyes."""

    day: date
    person: str
    activity: str
    why: NoPrice


@dataclass(frozen=True, slots=True)
class Entries:
    """How many time entries there are, and when one of them was last booked or changed."""

    count: int
    changed: datetime

    def __add__(self, other: Entries) -> Entries:
        return Entries(self.count + other.count, max(self.changed, other.changed))


@dataclass(slots=True, kw_only=True)
class TicketBookings:
    """What was booked on one ticket (`None`: on no ticket), by day and by month's first day.

    `price` is the agreed one, and `price_day` the day it was booked: that of the first hour worked
    on the ticket or its subtasks and not taken back, or of its acceptance if that came before.
    `hours` are all on the ticket itself that count.
    """

    number: int | None
    days: dict[date, Spending] = field(default_factory=dict)
    entries: dict[date, Entries] = field(default_factory=dict)
    hours: Decimal = _NOTHING
    last: Work | None = None
    price: Money | NoPrice = NoPrice.NONE
    price_day: date | None = None

    def within(self, limited: LimitedDays) -> Spending:
        """The sum over the days one limit is for."""
        return _sum(found for day, found in self.days.items() if limited.holds(day))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookings:
    """All of a contract's development up to and with `day`, since the contract began.

    `days` are the sums of each day on which something was spent, in order. `gaps` are the hours
    without a price.
    """

    currency: str
    day: date
    tickets: Mapping[int | None, TicketBookings]
    days: Mapping[date, Spending]
    gaps: Mapping[UnpricedHours, Decimal]


def bookings(
    contract: Contract, work: Iterable[Work], jobs: Mapping[int, Job], day: date
) -> Bookings:
    """Look through the work once. Each entry counts and is priced by the terms of its own day.

    Time after the contract's end is not the contract's. An agreed price stands for all hours on
    its ticket and, where the contract's parents speak for them, on its subtasks, from the day the
    terms know such prices; while those hours add up to nothing it is not begun. A price nobody can
    read, or in another currency, prices nothing: its hours are unpriced.
    """
    ends = min(day, contract.last_day or day)
    clerk = _Clerk(contract, jobs, ends)
    for one in work:
        if contract.starts <= one.entry.spent_on <= ends:
            clerk.book(one)
    clerk.book_prices()
    return Bookings(
        currency=contract.currency,
        day=day,
        tickets=clerk.tickets,
        days=_by_day(clerk.tickets.values()),
        gaps=clerk.gaps,
    )


class _Clerk:
    """Keeps the accounts of the tickets while the work goes by."""

    def __init__(self, contract: Contract, jobs: Mapping[int, Job], ends: date) -> None:
        self.contract = contract
        self.jobs = jobs
        self.ends = ends
        self.tickets: dict[int | None, TicketBookings] = {}
        self.gaps: dict[UnpricedHours, Decimal] = {}
        self._at_price: dict[int | None, tuple[Money, dict[date, Decimal]]] = {}
        self._terms_on = cache(contract.terms_on)

    def book(self, one: Work) -> None:
        day = one.entry.spent_on
        terms = self._terms_on(day)
        rules = terms.development
        if rules is None or not one.counts_by(rules.counts):
            return
        ticket = self._ticket(one.entry.ticket)
        ticket.hours += one.entry.hours
        ticket.last = latest(ticket.last, one)
        self._note_entry(ticket, one)
        agreed = price_for(one.entry.ticket, one.fields, self.jobs, terms, self.contract.currency)
        price = agreed.price
        if price is not NoPrice.NONE:
            self._ticket(agreed.on).price = price
        if isinstance(price, Money):
            _, days = self._at_price.setdefault(agreed.on, (price, {}))
            days[day] = days.get(day, _NOTHING) + one.entry.hours
            return
        cost = cost_of(one, terms, rules) if price is NoPrice.NONE else None
        if cost is not None:
            self._add(ticket, day, self._spent(ticket, day, cost))
            return
        self._add(ticket, day, Spending(unpriced=one.entry.hours))
        gap = UnpricedHours(day, one.entry.user.name, one.entry.activity.name, price)
        self.gaps[gap] = self.gaps.get(gap, _NOTHING) + one.entry.hours

    def book_prices(self) -> None:
        """Those of tickets that were begun, and of those accepted before, or without, an hour."""
        for number, (known, days) in self._at_price.items():
            begun = _begun(days)
            if begun is not None:
                self._book_price(self._ticket(number), known, begun)
        for job in self.jobs.values():
            accepted = next(iter(self._acceptances(job.number)), None)
            if accepted is None or accepted < self.contract.starts or job.is_dropped:
                continue
            rules = self._terms_on(accepted).development
            if rules is None or not ticket_counts(rules.counts, job.tracker, job.fields):
                continue
            price = agreed_price(job.fields, rules, self.contract.currency)
            if isinstance(price, Money):
                ticket = self._ticket(job.number)
                ticket.price = price
                self._book_price(ticket, price, accepted)

    def _book_price(self, ticket: TicketBookings, price: Money, day: date) -> None:
        """Once, on the earliest of its days, in whatever order they come."""
        booked = ticket.price_day
        if booked is not None:
            if booked <= day:
                return
            self._add(ticket, booked, self._price_spent(ticket, -price))
        ticket.price_day = day
        self._add(ticket, day, self._price_spent(ticket, price))

    def _price_spent(self, ticket: TicketBookings, price: Money) -> Spending:
        is_accepted = bool(self._acceptances(ticket.number))
        return Spending(
            agreed=price.amount, agreed_accepted=price.amount if is_accepted else _NOTHING
        )

    def _spent(self, ticket: TicketBookings, day: date, cost: Money) -> Spending:
        """What was worked after the last acceptance is not accepted yet."""
        is_accepted = any(day <= accepted for accepted in self._acceptances(ticket.number))
        return Spending(
            by_time=cost.amount, by_time_accepted=cost.amount if is_accepted else _NOTHING
        )

    def _acceptances(self, number: int | None) -> list[date]:
        return acceptances(number, self.jobs, self._terms_on(self.ends), self.ends)

    def _add(self, ticket: TicketBookings, day: date, spending: Spending) -> None:
        before = ticket.days.get(day)
        ticket.days[day] = before + spending if before else spending

    def _note_entry(self, ticket: TicketBookings, one: Work) -> None:
        found = ticket.entries.get(one.month)
        this = Entries(1, one.entry.updated)
        ticket.entries[one.month] = found + this if found else this

    def _ticket(self, number: int | None) -> TicketBookings:
        return self.tickets.setdefault(number, TicketBookings(number=number))


def latest(one: Work | None, other: Work | None) -> Work | None:
    """The one that was worked later."""
    both = [work for work in (one, other) if work is not None]
    return max(both, key=lambda work: (work.entry.spent_on, work.entry.id), default=None)


def _begun(days: Mapping[date, Decimal]) -> date | None:
    """The day since which the hours add up to something, whatever was taken back before."""
    begun, total = None, _NOTHING
    for day, hours in sorted(days.items()):
        total += hours
        if total <= 0:
            begun = None
        elif begun is None:
            begun = day
    return begun


def _by_day(tickets: Iterable[TicketBookings]) -> dict[date, Spending]:
    days: dict[date, Spending] = {}
    for ticket in tickets:
        for day, spending in ticket.days.items():
            before = days.get(day)
            days[day] = before + spending if before else spending
    return dict(sorted(days.items()))


def _sum(spendings: Iterable[Spending]) -> Spending:
    total = Spending()
    for spending in spendings:
        total += spending
    return total
