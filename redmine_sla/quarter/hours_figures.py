"""Included hours as figures: what is frozen, and what people calculate with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from redmine_sla.budget import HourAccount, Job, MonthOfHours
from redmine_sla.budget.bookings import Entries
from redmine_sla.budget.jobs import public_job
from redmine_sla.budget.time_rules import OddEntry
from redmine_sla.press.sheet import Sheet
from redmine_sla.quarter.frame import Frame
from redmine_sla.quarter.plain_figures import money_figure, plain


def account_figures(
    account: HourAccount, months: Sequence[MonthOfHours], jobs: Mapping[int, Job]
) -> dict[str, Any]:
    """The account of the period's months, and the hours of each ticket and month so far."""
    return {
        "rollover": str(account.rules.rollover),
        "months": [_month_figures(one) for one in months],
        "tickets": [*_ticket_figures(account, jobs)],
    }


def _month_figures(one: MonthOfHours) -> dict[str, Any]:
    return {
        "month": f"{one.month.first:%Y-%m}",
        "included": plain(one.included),
        "carried_in": plain(one.carried_in),
        "used": plain(one.used),
        "development": plain(one.development),
        "development_not_included": plain(one.outside),
        "beyond": plain(one.beyond),
        "price": money_figure(one.price) if one.price and one.beyond else None,
        "left": plain(one.left),
        "carried_out": plain(one.carried_out),
        "lapsed": plain(one.lapsed),
    }


def _ticket_figures(account: HourAccount, jobs: Mapping[int, Job]) -> Iterator[dict[str, Any]]:
    """Each ticket and month since the contract began, so that a correction can be named."""
    hidden: dict[str, tuple[Decimal, Entries]] = {}
    for number, ticket in sorted(account.tickets.items(), key=lambda item: item[0] or 0):
        for first, hours in sorted(ticket.months.items()):
            month, entries = f"{first:%Y-%m}", ticket.entries[first]
            if public_job(jobs, number):
                yield {"ticket": number, **_ticket_month(month, hours, entries)}
            else:
                before = hidden.get(month)
                hidden[month] = (
                    (before[0] + hours, before[1] + entries) if before else (hours, entries)
                )
    for month, (hours, entries) in sorted(hidden.items()):
        yield _ticket_month(month, hours, entries)


def _ticket_month(month: str, hours: Decimal, entries: Entries) -> dict[str, Any]:
    return {
        "month": month,
        "hours": plain(hours),
        "count": entries.count,
        "changed": f"{entries.changed:%Y-%m-%dT%H:%M:%SZ}",
    }


def odd_figures(one: OddEntry, jobs: Mapping[int, Job]) -> dict[str, Any]:
    """An entry that breaks the time rules; whose it is stays with the provider."""
    named = {"ticket": one.ticket} if public_job(jobs, one.ticket) else {}
    return {
        **named,
        "key": str(one.entry),
        "day": str(one.day),
        "booked": plain(one.booked),
        "counted": plain(one.counted),
    }


def hours_sheet(months: Sequence[MonthOfHours], frame: Frame) -> Sheet:
    """The months for people who calculate."""
    tongue = frame.tongue
    return Sheet(
        "hours",
        tongue.say("Included hours"),
        (
            tongue.say("Month"),
            tongue.say("Included"),
            tongue.say("Carried over from before"),
            tongue.say("Used"),
            tongue.say("Beyond"),
            tongue.say("Price of it"),
            tongue.say("Left"),
            tongue.say("Carried on"),
            tongue.say("Lapsed"),
        ),
        tuple(
            (
                f"{one.month.first:%Y-%m}",
                one.included,
                one.carried_in,
                one.used,
                one.beyond,
                one.price,
                one.left,
                one.carried_out,
                one.lapsed,
            )
            for one in months
        ),
    )


def hours_by_ticket_sheet(rows: Sequence[tuple[Job, Decimal]], frame: Frame) -> Sheet:
    """The hours of each ticket in the period's months."""
    tongue = frame.tongue
    return Sheet(
        "hours_by_ticket",
        tongue.say("Included hours by ticket"),
        (tongue.say("Ticket"), tongue.say("Subject"), tongue.say("Hours")),
        tuple((job.number, job.subject, hours) for job, hours in rows),
    )


def odd_sheet(found: Sequence[OddEntry], frame: Frame) -> Sheet:
    """The time entries that break the contract's time rules at the source."""
    tongue = frame.tongue
    return Sheet(
        "entries_against_time_rules",
        tongue.say("Time entries counted otherwise than booked"),
        (
            tongue.say("Time entry"),
            tongue.say("Ticket"),
            tongue.say("Day"),
            tongue.say("Activity"),
            tongue.say("Booked"),
            tongue.say("Counted"),
        ),
        tuple(
            (one.entry, one.ticket, one.day, one.activity, one.booked, one.counted) for one in found
        ),
    )
