"""The budgets of contracts as a run shows them: on their pages, and on development tickets."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from redmine_sla.budget import (
    DevelopmentBudget,
    HourAccount,
    Job,
    bookings,
    budget_from,
    hour_account,
    known_by,
)
from redmine_sla.budget.prices import UnusablePrice, unusable_prices
from redmine_sla.budget.thresholds import Threshold, thresholds
from redmine_sla.budget.told import development_blocks
from redmine_sla.budget.told_hours import allowance_blocks
from redmine_sla.budget.told_on_tickets import ticket_text
from redmine_sla.budget.unpriced import NEXT_STEP, Unpriced, unpriced_of, without_a_rate
from redmine_sla.budget.work import ticket_counts
from redmine_sla.budget.written_price import NoPrice
from redmine_sla.contract import Contract
from redmine_sla.language import ENGLISH, Tongue
from redmine_sla.mirror import Mirror
from redmine_sla.page import Block
from redmine_sla.sync.booked_time import BookedTime, jobs_of
from redmine_sla.sync.workbench import Workbench
from redmine_sla.ticket.reading import ReadingError


@dataclass(frozen=True, slots=True)
class Budgets:
    """`counting` are the open tickets whose work is booked on the development budget, `unusable`
    prices on tickets that price nothing, `unpriced` hours without a price.
    """

    development: DevelopmentBudget | None = None
    reached: Sequence[Threshold] = ()
    hours: HourAccount | None = None
    counting: frozenset[int] = frozenset()
    unusable: Sequence[UnusablePrice] = ()
    unpriced: Sequence[Unpriced] = ()

    def findings(self, contract: Contract) -> Iterator[str]:
        """What the run's report says: a limit exceeded, hours that no rate fits, and prices nobody
        can read.

        Thresholds are told once, by the run that first sees them reached: `crossed_thresholds`.
        """
        budget = self.development
        if budget is not None and budget.is_over:
            yield (
                f"contract {contract.name}: development is over its limit of "
                f"{ENGLISH.money(budget.limit)} by {ENGLISH.money(-budget.remaining)}"
            )
        for person, hours in without_a_rate(self.unpriced).items():
            yield (
                f"contract {contract.name}: {ENGLISH.hours(hours)} of {person} have no price, so "
                f"what is spent is not known: {NEXT_STEP}"
            )
        for one in self.unusable:
            why = "is in another currency" if one.why is NoPrice.FOREIGN else "cannot be read"
            yield (
                f'#{one.ticket}: the agreed price "{one.written}" {why}, so its hours have no '
                f'price; write it as "450 000 {contract.currency}"'
            )

    def blocks(self, tongue: Tongue) -> tuple[Block, ...]:
        """Both on the contract's page."""
        development, hours = self.development, self.hours
        return (
            *(development_blocks(tongue, development, self.reached) if development else ()),
            *(allowance_blocks(tongue, hours) if hours else ()),
        )

    def on_ticket(self, number: int, tongue: Tongue) -> str:
        """What a ticket shows of the development budget; empty where it does not count on it."""
        if self.development is None or number not in self.counting:
            return ""
        return ticket_text(tongue, self.development)


def budgets_of(
    bench: Workbench,
    mirror: Mirror,
    as_of: datetime,
    *,
    unreadable: Callable[[ReadingError], None] | None = None,
) -> dict[str, Budgets]:
    """Those of each contract of the workbench by its name, as known at an instant; the tickets are
    read once for all. Nothing is read for a contract that then has neither.

    Raises `MirrorError`. A ticket that cannot be read raises `ReadingError`, or is told to
    `unreadable` and left out.
    """
    found = {contract.name: Budgets() for contract in bench.contracts}
    times = [
        BookedTime(bench, mirror, contract)
        for contract in bench.contracts
        for terms in [contract.terms_at(as_of)]
        if terms.development or terms.allowance
    ]
    for time, jobs in zip(times, jobs_of(times, mirror, as_of, unreadable), strict=True):
        found[time.contract.name] = _budgets(time, jobs, as_of)
    return found


def _budgets(time: BookedTime, jobs: Mapping[int, Job], as_of: datetime) -> Budgets:
    contract = time.contract
    terms, day = contract.terms_at(as_of), contract.day_of(as_of)
    hours = hour_account(contract, known_by(time.work(jobs), as_of), day)
    rules = terms.development
    if rules is None:
        return Budgets(hours=hours)
    booked = bookings(contract, known_by(time.work(jobs), as_of), jobs, day)
    development = budget_from(contract, jobs, booked)
    return Budgets(
        development=development,
        reached=thresholds(contract, booked),
        unusable=unusable_prices(contract, jobs, day),
        unpriced=unpriced_of(booked, development.limited) if development else (),
        hours=hours if terms.allowance else None,
        counting=frozenset(
            one.number
            for one in jobs.values()
            if one.is_open and ticket_counts(rules.counts, one.tracker, one.fields)
        ),
    )
