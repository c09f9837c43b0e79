"""All of a contract's budgets for the provider's eyes: amounts by ticket, people, what is amiss.

It names people, hours and what single tickets cost. Nothing of it is for the customer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from redmine_sla.budget.bookings import bookings
from redmine_sla.budget.development import DevelopmentBudget, budget_from
from redmine_sla.budget.forecast import Forecast, forecast
from redmine_sla.budget.hours import HourAccount, hour_account
from redmine_sla.budget.jobs import Job
from redmine_sla.budget.prices import UnusablePrice, unusable_prices
from redmine_sla.budget.thresholds import Threshold, thresholds
from redmine_sla.budget.time_rules import OddEntry, odd_entries
from redmine_sla.budget.unpriced import Unpriced, unpriced_of
from redmine_sla.budget.work import Work
from redmine_sla.calendar.period import Period
from redmine_sla.contract import Contract


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The budgets at the end of `day`, as known at `known`.

    `odd` are all entries since the contract's start that break its time rules at the source.
    """

    contract: Contract
    day: date
    known: datetime
    jobs: Mapping[int, Job]
    development: DevelopmentBudget | None
    ahead: Forecast | None
    reached: tuple[Threshold, ...]
    unpriced: tuple[Unpriced, ...]
    unusable: tuple[UnusablePrice, ...]
    hours: HourAccount | None
    odd: tuple[OddEntry, ...]

    def subject(self, ticket: int | None) -> str:
        """What the ticket is called; empty where that is not known."""
        job = self.jobs.get(ticket) if ticket is not None else None
        return job.subject if job else ""


def overview_of(
    contract: Contract,
    work: Callable[[], Iterable[Work]],
    jobs: Mapping[int, Job],
    day: date,
    known: datetime,
) -> Overview:
    """All of it. `work` gives what was known of the contract's time, anew each time it is asked."""
    booked = bookings(contract, work(), jobs, day)
    development = budget_from(contract, jobs, booked)
    since = Period(contract.starts, max(day, contract.starts), ZoneInfo(contract.timezone))
    odd = odd_entries(contract, work(), since)
    return Overview(
        contract=contract,
        day=day,
        known=known,
        jobs=jobs,
        development=development,
        ahead=forecast(contract, booked, development) if development else None,
        reached=thresholds(contract, booked) if development else (),
        unpriced=unpriced_of(booked, development.limited) if development else (),
        unusable=unusable_prices(contract, jobs, day),
        hours=hour_account(contract, work(), day),
        odd=tuple(sorted(odd, key=lambda one: (one.day, one.entry))),
    )
