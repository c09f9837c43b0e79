"""Tickets that speak for their subtasks: in their price, their estimate, and their acceptance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from redmine_sla.budget.jobs import Job
from redmine_sla.contract import Terms


def speaking_for(number: int, jobs: Mapping[int, Job], terms: Terms) -> Iterator[Job]:
    """The ticket's parent, the parent's parent, and so on, as far as they are known.

    There are none where each subtask is a promise of its own. A rejected ticket, or a duplicate,
    speaks for nothing.
    """
    if not terms.parent_speaks_for_subtasks:
        return
    met = {number}
    job = jobs.get(number)
    while job and job.parent and job.parent not in met:
        met.add(job.parent)
        job = jobs.get(job.parent)
        if job and not job.is_dropped:
            yield job


def acceptances(
    number: int | None, jobs: Mapping[int, Job], terms: Terms, until: date
) -> list[date]:
    """The days up to `until` on which the customer accepted the ticket, or one that speaks for it,
    in order.
    """
    if number is None or number not in jobs:
        return []
    line = (jobs[number], *speaking_for(number, jobs, terms))
    return sorted(job.accepted for job in line if job.accepted and job.accepted <= until)
