"""Whose estimate the hours booked are taken off.

A ticket's estimate is its own, as Redmine's `estimated_hours` is: that of a parent does not hold
those of its subtasks, which Redmine adds to it in `total_estimated_hours`. So hours are taken off
the estimate of the ticket they are on; where it has none, off that of the nearest ticket that
speaks for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from redmine_sla.budget.bookings import Bookings, latest
from redmine_sla.budget.jobs import Job
from redmine_sla.budget.prices import price_for
from redmine_sla.budget.subtasks import speaking_for
from redmine_sla.budget.work import Work, ticket_counts
from redmine_sla.contract import Money, Terms


@dataclass(frozen=True, slots=True)
class Worked:
    """Hours taken off an estimate, and the last time entry among them."""

    hours: Decimal = Decimal(0)
    last: Work | None = None


def worked_off(booked: Bookings, jobs: Mapping[int, Job], terms: Terms) -> dict[int, Worked]:
    """By the ticket off whose estimate they are taken."""
    found: dict[int, Worked] = {}
    for number, ticket in booked.tickets.items():
        if number is not None:
            holder = _holder(number, jobs, terms, booked.currency)
            before = found.get(holder, Worked())
            found[holder] = Worked(before.hours + ticket.hours, latest(before.last, ticket.last))
    return found


def _holder(number: int, jobs: Mapping[int, Job], terms: Terms, currency: str) -> int:
    job, rules = jobs.get(number), terms.development
    if job is None or rules is None or job.estimated is not None:
        return number
    if isinstance(price_for(number, job.fields, jobs, terms, currency).price, Money):
        return number
    for above in speaking_for(number, jobs, terms):
        counts = ticket_counts(rules.counts, above.tracker, above.fields)
        if counts and above.estimated is not None:
            return above.number
    return number
