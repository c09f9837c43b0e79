"""Included hours as figures: what is frozen, and what people calculate with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from redmine_sla.budget import HourAccount, Job, MonthOfHours
from redmine_sla.budget.bookings import Entries
from redmine_sla.press.sheet import Sheet
from redmine_sla.quarter.frame import Frame
from redmine_sla.quarter.plain_figures import money_figure, plain
from redmine_sla.quarter.ticket_months import public_ticket_months, ticket_month_figures


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
        "included_hours": plain(one.included),
        "carried_in_hours": plain(one.carried_in),
        "used_hours": plain(one.used),
        "development_hours": plain(one.development),
        "development_not_included_hours": plain(one.outside),
        "beyond_hours": plain(one.beyond),
        "price": money_figure(one.price) if one.price and one.beyond else None,
        "left_hours": plain(one.left),
        "carried_out_hours": plain(one.carried_out),
        "lapsed_hours": plain(one.lapsed),
    }


def _ticket_figures(account: HourAccount, jobs: Mapping[int, Job]) -> Iterator[dict[str, Any]]:
    """Each ticket and month since the contract began: hours are carried from month to month."""
    rows = (
        (number, month, _Taken(hours, ticket.entries[month]))
        for number, ticket in sorted(account.tickets.items(), key=lambda item: item[0] or 0)
        for month, hours in sorted(ticket.months.items())
    )
    for number, month, taken in public_ticket_months(rows, jobs):
        yield ticket_month_figures(number, month, {"hours": plain(taken.hours)}, taken.entries)


@dataclass(frozen=True, slots=True)
class _Taken:
    hours: Decimal
    entries: Entries

    def __add__(self, other: _Taken) -> _Taken:
        return _Taken(self.hours + other.hours, self.entries + other.entries)


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
