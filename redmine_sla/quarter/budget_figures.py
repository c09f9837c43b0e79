"""The development budget as figures: what is frozen, and what people calculate with.

They go to the customer: no hours of priced work, and no amount of one ticket worked on by time
(see `budget.discretion`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from redmine_sla.budget import (
    Bookings,
    DevelopmentBudget,
    Forecast,
    Job,
    TicketBudget,
    budget_from,
    forecast,
)
from redmine_sla.budget.bookings import Entries
from redmine_sla.budget.discretion import Disclosure, ToldMonths, acceptance_is_told, told_of
from redmine_sla.budget.jobs import public_job
from redmine_sla.budget.limits import last_of_month, months_between
from redmine_sla.budget.thresholds import Threshold, thresholds
from redmine_sla.contract import Contract, Money
from redmine_sla.press.sheet import Sheet
from redmine_sla.quarter.frame import Frame
from redmine_sla.quarter.plain_figures import money_figure


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetSeen:
    """The budget, and all it was made from.

    `told` are the months of the limit that end with the period or before it, and the forecast, as
    far as they may be told. `named` are the tickets everybody may see, with something spent or to
    come; `unnamed` counts the others.
    """

    frame: Frame
    jobs: Mapping[int, Job]
    booked: Bookings
    budget: DevelopmentBudget
    ahead: Forecast | None
    reached: tuple[Threshold, ...]
    told: Disclosure
    named: tuple[tuple[Job, TicketBudget], ...]

    @classmethod
    def of(cls, frame: Frame, jobs: Mapping[int, Job], booked: Bookings) -> Self | None:
        """All of it; `None` where the contract has no development budget on the last day stated."""
        budget = budget_from(frame.contract, jobs, booked)
        if budget is None:
            return None
        ahead = forecast(frame.contract, booked, budget)
        months = [
            month
            for month in months_between(budget.limited.first, budget.day)
            if _end_of(month, frame.contract) <= frame.period.last
        ]
        pairs = ((public_job(jobs, one.number), one) for one in budget.tickets)
        return cls(
            frame=frame,
            jobs=jobs,
            booked=booked,
            budget=budget,
            ahead=ahead,
            reached=thresholds(frame.contract, booked),
            told=told_of(booked, budget, months, ahead),
            named=tuple((job, one) for job, one in pairs if job),
        )

    @property
    def unnamed(self) -> int:
        return len(self.budget.tickets) - len(self.named) - self.has_time_on_no_ticket

    @property
    def has_time_on_no_ticket(self) -> bool:
        return any(one.number is None for one in self.budget.tickets)

    @property
    def stated(self) -> tuple[ToldMonths, ...]:
        """The months told whose last one ends in the period."""
        holds, contract = self.frame.period.holds, self.frame.contract
        return tuple(one for one in self.told.stretches if holds(_end_of(one.last, contract)))

    @property
    def in_motion(self) -> tuple[tuple[Job, TicketBudget], ...]:
        """The named ones that are open, worked on or accepted in the period, or still to come."""
        return tuple((job, one) for job, one in self.named if self._moves(job, one))

    def _moves(self, job: Job, one: TicketBudget) -> bool:
        period = self.frame.period
        if job.is_open or one.ordered.amount:
            return True
        if one.accepted_on is not None and period.holds(one.accepted_on):
            return True
        ticket = self.booked.tickets.get(job.number)
        return ticket is not None and any(
            month >= period.first.replace(day=1) for month in ticket.entries
        )


def _end_of(month: date, contract: Contract) -> date:
    """The last day of a month that is the contract's."""
    return min(last_of_month(month), contract.last_day or date.max)


def budget_figures(seen: BudgetSeen) -> dict[str, Any]:
    budget, ahead = seen.budget, seen.ahead
    return {
        "limit": money_figure(budget.limit),
        "contract_sum_percent": str(budget.percent),
        "vat": str(budget.vat) if budget.vat else None,
        "spent": money_figure(budget.spent),
        "accepted": money_figure(budget.accepted) if acceptance_is_told(budget) else None,
        "accepted_at_agreed_prices": money_figure(budget.accepted_at_prices),
        "agreed_not_begun": money_figure(budget.ordered),
        "remaining": money_figure(budget.remaining),
        "over": budget.is_over,
        "will_be_over": budget.will_be_over,
        "has_unpriced_work": bool(budget.unpriced),
        "thresholds": [
            {"name": f"{one.percent:f} %", "reached": str(one.reached) if one.reached else None}
            for one in seen.reached
        ],
        "forecast": {
            "until": str(ahead.until),
            "full_months": ahead.months,
            "average_a_month": money_figure(ahead.average),
            # What is committed is not told: the estimates in it are of single tickets.
            "expected": None if ahead.rests_on_committed else money_figure(ahead.by_trend),
            "limit_reached_in": f"{ahead.reached_in:%Y-%m}" if ahead.reached_in else None,
        }
        if ahead and seen.told.forecast
        else None,
        "months": [_stretch_figures(one, seen.booked.currency) for one in seen.told.stretches],
        "tickets": [
            {
                "ticket": job.number,
                "agreed_price": money_figure(one.price) if isinstance(one.price, Money) else None,
                "accepted_on": str(one.accepted_on) if one.accepted_on else None,
            }
            for job, one in seen.named
            if one.accepted_on or isinstance(one.price, Money)
        ],
        "tickets_not_named": seen.unnamed,
        "time_on_no_ticket": seen.has_time_on_no_ticket,
        "entries": _entries(seen),
    }


def _stretch_figures(one: ToldMonths, currency: str) -> dict[str, Any]:
    """By its last month; `first_month` is the first where there are several."""
    several = {"first_month": f"{one.first:%Y-%m}"} if one.first < one.last else {}
    return {
        "month": f"{one.last:%Y-%m}",
        **several,
        "spent": money_figure(Money(one.spent, currency)),
        "by_its_end": money_figure(Money(one.total, currency)),
    }


def _entries(seen: BudgetSeen) -> list[dict[str, Any]]:
    """How many entries each ticket has in each month, and when one was last touched."""
    rows: list[dict[str, Any]] = []
    hidden: dict[date, Entries] = {}
    for number, ticket in sorted(seen.booked.tickets.items(), key=lambda item: item[0] or 0):
        for month, entries in sorted(ticket.entries.items()):
            if public_job(seen.jobs, number):
                rows.append({"ticket": number, **_counted(month, entries)})
            else:
                hidden[month] = hidden[month] + entries if month in hidden else entries
    return [*rows, *(_counted(month, entries) for month, entries in sorted(hidden.items()))]


def _counted(month: date, entries: Entries) -> dict[str, Any]:
    return {
        "month": f"{month:%Y-%m}",
        "count": entries.count,
        "changed": f"{entries.changed:%Y-%m-%dT%H:%M:%SZ}",
    }


def months_sheet(seen: BudgetSeen) -> Sheet:
    tongue = seen.frame.tongue
    columns = tongue.say("Month"), tongue.say("Spent"), tongue.say("Spent by its end")
    currency = seen.booked.currency
    rows = tuple(
        (_months_of(one), Money(one.spent, currency), Money(one.total, currency))
        for one in seen.told.stretches
    )
    return Sheet("budget", tongue.say("Development budget"), columns, rows)


def _months_of(one: ToldMonths) -> str:
    """As `2026-07`, or `2026-07/2026-09` (ISO 8601) for several."""
    first = f"{one.first:%Y-%m}/" if one.first < one.last else ""
    return f"{first}{one.last:%Y-%m}"


def tickets_sheet(seen: BudgetSeen) -> Sheet:
    tongue = seen.frame.tongue
    return Sheet(
        "development",
        tongue.say("Development tickets"),
        (
            tongue.say("Ticket"),
            tongue.say("Subject"),
            tongue.say("Agreed price"),
            tongue.say("Accepted"),
        ),
        tuple(
            (
                job.number,
                job.subject,
                one.price if isinstance(one.price, Money) else None,
                one.accepted_on,
            )
            for job, one in seen.named
        ),
    )
