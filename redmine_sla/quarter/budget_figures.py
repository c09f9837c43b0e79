"""The development budget as figures: what is frozen, and what people calculate with.

They go to the customer: no hours of priced work, and no amount of one ticket worked on by time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
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
from redmine_sla.budget.burn import cumulated
from redmine_sla.budget.jobs import public_job
from redmine_sla.budget.thresholds import Threshold, thresholds
from redmine_sla.contract import Money
from redmine_sla.press.sheet import Sheet
from redmine_sla.quarter.frame import Frame
from redmine_sla.quarter.plain_figures import money_figure


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetSeen:
    """The budget, and all it was made from.

    `months` are those of the limit up to the period's end: spent in it, and spent by its end.
    `named` are the tickets everybody may see, with something spent or to come; `unnamed` counts the
    others.
    """

    frame: Frame
    jobs: Mapping[int, Job]
    booked: Bookings
    budget: DevelopmentBudget
    ahead: Forecast | None
    reached: tuple[Threshold, ...]
    months: tuple[tuple[date, Money, Money], ...]
    named: tuple[tuple[Job, TicketBudget], ...]

    @classmethod
    def of(cls, frame: Frame, jobs: Mapping[int, Job], booked: Bookings) -> Self | None:
        """All of it; `None` where the contract has no development budget at the period's end."""
        budget = budget_from(frame.contract, jobs, booked)
        if budget is None:
            return None
        pairs = ((public_job(jobs, one.number), one) for one in budget.tickets)
        return cls(
            frame=frame,
            jobs=jobs,
            booked=booked,
            budget=budget,
            ahead=forecast(frame.contract, booked, budget),
            reached=thresholds(frame.contract, booked),
            months=tuple(_months(booked, budget)),
            named=tuple((job, one) for job, one in pairs if job),
        )

    @property
    def unnamed(self) -> int:
        return len(self.budget.tickets) - len(self.named)

    @property
    def in_motion(self) -> tuple[tuple[Job, TicketBudget], ...]:
        """The named ones that are open, were worked on in the period, or accepted in it."""
        return tuple((job, one) for job, one in self.named if self._moves(job, one))

    def _moves(self, job: Job, one: TicketBudget) -> bool:
        period = self.frame.period
        if job.is_open or (one.accepted_on is not None and period.holds(one.accepted_on)):
            return True
        ticket = self.booked.tickets.get(job.number)
        return ticket is not None and any(
            month >= period.first.replace(day=1) for month in ticket.entries
        )


def _months(booked: Bookings, budget: DevelopmentBudget) -> Iterator[tuple[date, Money, Money]]:
    before = Decimal(0)
    for month, total in cumulated(booked, budget).items():
        yield month, Money(total - before, booked.currency), Money(total, booked.currency)
        before = total


def budget_figures(seen: BudgetSeen) -> dict[str, Any]:
    budget, ahead = seen.budget, seen.ahead
    return {
        "limit": money_figure(budget.limit),
        "percent_of_sum": str(budget.percent),
        "vat": str(budget.vat) if budget.vat else None,
        "spent": money_figure(budget.spent),
        "accepted": money_figure(budget.accepted),
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
            "expected": money_figure(ahead.by_trend),
            "limit_reached_in": f"{ahead.reached_in:%Y-%m}" if ahead.reached_in else None,
        }
        if ahead
        else None,
        "months": [
            {
                "month": f"{month:%Y-%m}",
                "spent": money_figure(spent),
                "by_its_end": money_figure(total),
            }
            for month, spent, total in seen.months
        ],
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
        "entries": _entries(seen),
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
    rows = tuple((f"{month:%Y-%m}", spent, total) for month, spent, total in seen.months)
    return Sheet("budget", tongue.say("Development budget"), columns, rows)


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
