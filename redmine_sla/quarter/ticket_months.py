"""Figures by ticket and month, so that a correction can be named. Tickets that not every reader of
a page may see have no number there: theirs are added up by month.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Protocol, Self, TypeVar

from redmine_sla.budget import Job
from redmine_sla.budget.bookings import Entries
from redmine_sla.budget.jobs import public_job


class _Sum(Protocol):
    def __add__(self, other: Self, /) -> Self: ...


Summed = TypeVar("Summed", bound=_Sum)


def public_ticket_months(
    rows: Iterable[tuple[int | None, date, Summed]], jobs: Mapping[int, Job]
) -> Iterator[tuple[int | None, date, Summed]]:
    """The rows of tickets that may be named, then one a month for all others and for no ticket."""
    others: dict[date, Summed] = {}
    for number, month, found in rows:
        if public_job(jobs, number):
            yield number, month, found
        else:
            before = others.get(month)
            others[month] = found if before is None else before + found
    for month, found in sorted(others.items(), key=lambda item: item[0]):
        yield None, month, found


def ticket_month_figures(
    number: int | None, month: date, hours: Mapping[str, str], entries: Entries
) -> dict[str, Any]:
    """One such row, with the number of its time entries and when one of them was last changed."""
    return {
        **({} if number is None else {"ticket": number}),
        "month": f"{month:%Y-%m}",
        **hours,
        "entries": entries.count,
        "changed": f"{entries.changed:%Y-%m-%dT%H:%M:%SZ}",
    }
