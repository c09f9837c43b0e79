"""The development budget as figures: what is frozen, and what people calculate with.

They go to the customer: no hours of priced work, and no amount of one ticket worked on by time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from redmine_sla.budget import Bookings, DevelopmentBudget, Forecast, Job, TicketBudget
from redmine_sla.budget.bookings import Entries
from redmine_sla.budget.burn import cumulated
from redmine_sla.budget.jobs import public_job
from redmine_sla.budget.thresholds import Threshold
from redmine_sla.contract import Money
from redmine_sla.press.sheet import Sheet
from redmine_sla.quarter.frame import Frame
from redmine_sla.quarter.plain_figures import money_figure


@dataclass(frozen=True, slots=True)
class BudgetSeen:
    """The budget, and all it was made from."""

    frame: Frame
    jobs: Mapping[int, Job]
    booked: Bookings
    budget: DevelopmentBudget
    ahead: Forecast | None
    reached: tuple[Threshold, ...]

    @property
    def months(self) -> Iterator[tuple[date, Money, Money]]:
        """Each month of the limit up to the period's end: spent in it, and spent by its end."""
        before = Decimal(0)
        for month, total in cumulated(self.booked, self.budget).items():
            yield month, self._money(total - before), self._money(total)
            before = total

    @property
    def named(self) -> list[tuple[Job, TicketBudget]]:
        """The tickets everybody may see, with something spent or to come."""
        pairs = ((public_job(self.jobs, one.number), one) for one in self.budget.tickets)
        return [(job, one) for job, one in pairs if job]

    @property
    def unnamed(self) -> int:
        return len(self.budget.tickets) - len(self.named)

    def _money(self, amount: Decimal) -> Money:
        return Money(amount, self.booked.currency)


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
