"""Time booked and tickets estimated, in few words, for the tests of budgets."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count

from redmine_sla.budget import (
    Bookings,
    DevelopmentBudget,
    Job,
    Work,
    bookings,
)
from redmine_sla.budget.development import budget_from
from redmine_sla.contract import Contract, Money
from redmine_sla.ticket import Ref, TimeEntry
from tests.judging import contract

BUDGET = """
contract_sum = "12 000 000 HUF"
vat = "net"
[development]
percent = 15
clause = "contract, point 11"
"""
AT_18000 = contract(BUDGET, "[[development.rates]]\nper_hour = '18 000 HUF'")
"""15 % of 12 000 000 HUF are 1 800 000 HUF, or 100 hours of 18 000 HUF; since 2026-01-01."""

DAY = date(2026, 6, 30)
PEOPLE = {"eva": 21, "ivan": 22}
_numbers = count(1)


def work(
    hours: str,
    on: str = "2026-03-02",
    *,
    tracker: str = "Feature",
    activity: str = "Development",
    user: str = "eva",
    role: str = "Developer",
    ticket: int | None = 1,
    booked: str = "",
    changed: str = "",
    **fields: str,
) -> Work:
    """Hours spent on a day; `booked` and `changed` are instants in UTC, noon that day if none."""
    created = datetime.fromisoformat(booked or f"{on} 12:00").replace(tzinfo=UTC)
    updated = datetime.fromisoformat(changed).replace(tzinfo=UTC) if changed else created
    entry = TimeEntry(
        id=next(_numbers),
        project=Ref(1, "Acme"),
        user=Ref(PEOPLE[user], user),
        activity=Ref(1, activity),
        spent_on=date.fromisoformat(on),
        hours=Decimal(hours),
        created=created,
        updated=updated,
        ticket=ticket,
    )
    return Work(entry=entry, tracker=tracker, fields=fields, roles=frozenset({role}))


def job(
    number: int = 1,
    *,
    subject: str = "",
    estimated: str = "",
    tracker: str = "Feature",
    done: bool = False,
    assignee: str = "",
    role: str = "Developer",
    accepted: str = "",
    hidden: bool = False,
    parent: int | None = None,
    **fields: str,
) -> Job:
    """A ticket; `accepted` is a day."""
    return Job(
        number=number,
        subject=subject or f"Ticket {number}",
        tracker=tracker,
        fields=fields,
        estimated=Decimal(estimated) if estimated else None,
        is_open=not done,
        assignee=Ref(PEOPLE[assignee], assignee) if assignee else None,
        roles=frozenset({role}) if assignee else frozenset(),
        accepted=date.fromisoformat(accepted) if accepted else None,
        hidden=hidden,
        parent=parent,
    )


def budget(
    entries: Iterable[Work],
    under: Contract = AT_18000,
    day: date = DAY,
    jobs: Iterable[Job] = (),
) -> DevelopmentBudget:
    known = {job.number: job for job in jobs}
    found = budget_from(under, known, bookings(under, entries, known, day))
    assert found is not None
    return found


def booked(entries: Iterable[Work], under: Contract = AT_18000, day: date = DAY) -> Bookings:
    return bookings(under, entries, {}, day)


def huf(amount: str) -> Money:
    return Money(Decimal(amount), "HUF")
