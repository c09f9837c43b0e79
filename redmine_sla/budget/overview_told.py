"""The provider's overview of budgets as a table and as data. In English, as all internal things."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import Any

from redmine_sla.budget.data import money_data, plain_number
from redmine_sla.budget.development import DevelopmentBudget, TicketBudget
from redmine_sla.budget.forecast import Forecast
from redmine_sla.budget.hours import HourAccount, MonthOfHours
from redmine_sla.budget.overview import Overview
from redmine_sla.budget.written_price import NoPrice
from redmine_sla.contract import Money
from redmine_sla.press.sheet import Cell, Sheet

INTERNAL = "internal: rates can be read from it, not for the customer"

WHY = {
    NoPrice.NONE: "no rate fits",
    NoPrice.UNREADABLE: "the ticket's price cannot be read",
    NoPrice.FOREIGN: "the ticket's price is in another currency",
}

_COLUMNS = (
    "Kind",
    "Ticket",
    "What",
    "Person",
    "Activity",
    "Day",
    "Spent",
    "Committed",
    "Accepted",
    "Price",
    "Hours",
    "Counted",
    "Note",
)


def overview_sheet(seen: Overview) -> Sheet:
    """A row for each ticket, month of the allowance, and entry or price that is amiss, by kind."""
    rows: list[Sequence[Cell]] = []
    if seen.development is not None:
        rows += [_ticket_row(seen, one) for one in seen.development.tickets]
    rows += [
        _row(
            "unpriced", what=WHY[one.why], person=one.person, activity=one.activity, hours=one.hours
        )
        for one in seen.unpriced
    ]
    rows += [
        _row("unusable price", one.ticket, what=seen.subject(one.ticket), note=one.written)
        for one in seen.unusable
    ]
    if seen.hours is not None:
        rows += [
            _row("month", what=f"{one.month.first:%Y-%m}", price=one.price, hours=one.used)
            for one in seen.hours.months
        ]
    rows += [
        _row(
            "entry",
            one.ticket,
            what=f"time entry {one.entry}",
            person=one.person,
            activity=one.activity,
            day=one.day,
            hours=one.booked,
            counted=one.counted,
            note=one.clause,
        )
        for one in seen.odd
    ]
    return Sheet("budget", f"Budgets of {seen.contract.title} ({INTERNAL})", _COLUMNS, tuple(rows))


def _row(kind: str, ticket: int | None = None, **cells: Cell) -> Sequence[Cell]:
    return (kind, ticket, *(cells.get(name.lower()) for name in _COLUMNS[2:]))


def _ticket_row(seen: Overview, one: TicketBudget) -> Sequence[Cell]:
    return _row(
        "ticket",
        one.number,
        what=seen.subject(one.number),
        day=one.accepted_on,
        spent=one.spent,
        committed=one.committed,
        accepted=one.accepted,
        price=one.price if isinstance(one.price, Money) else None,
        hours=one.unpriced or None,
        note=price_note(one),
    )


def price_note(one: TicketBudget) -> str:
    """How a ticket's work is priced, where no agreed price stands for it."""
    if isinstance(one.price, Money):
        return ""
    return "by time" if one.price is NoPrice.NONE else WHY[one.price]


def overview_data(seen: Overview) -> dict[str, Any]:
    """JSON-ready: hours are strings, exact; instants are UTC; for money see `money_data`."""
    contract = seen.contract
    return {
        "internal": True,
        "contract": contract.name,
        "number": contract.number,
        "customer": contract.customer,
        "day": seen.day.isoformat(),
        "known": f"{seen.known.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "development": _development(seen, seen.development) if seen.development else None,
        "hours": _hours(seen.hours) if seen.hours else None,
        "entries_against_time_rules": [
            {
                "entry": one.entry,
                "ticket": one.ticket,
                "day": one.day.isoformat(),
                "person": one.person,
                "activity": one.activity,
                "booked": plain_number(one.booked),
                "counted": plain_number(one.counted),
                "clause": one.clause,
            }
            for one in seen.odd
        ],
    }


def _development(seen: Overview, budget: DevelopmentBudget) -> dict[str, Any]:
    return {
        "clause": budget.clause,
        "vat": str(budget.vat) if budget.vat else None,
        "limit": money_data(budget.limit),
        "percent": plain_number(budget.percent),
        "base": money_data(budget.base),
        "from": budget.limited.first.isoformat(),
        "to": budget.limited.last.isoformat() if budget.limited.last else None,
        "spent": money_data(budget.spent),
        "committed": money_data(budget.committed),
        "accepted": money_data(budget.accepted),
        "agreed_to_come": money_data(budget.ordered),
        "estimated_to_come": money_data(budget.estimated),
        "remaining": money_data(budget.remaining),
        "remaining_against_committed": money_data(budget.remaining_against_committed),
        "remaining_against_accepted": money_data(budget.remaining_against_accepted),
        "over": budget.is_over,
        "will_be_over": budget.will_be_over,
        "unpriced_hours": plain_number(budget.unpriced),
        "unpriced_estimated_hours": plain_number(budget.unpriced_estimate),
        "thresholds": [
            {
                "percent": plain_number(one.percent),
                "reached": one.reached.isoformat() if one.reached else None,
            }
            for one in seen.reached
        ],
        "forecast": _forecast(seen.ahead) if seen.ahead else None,
        "tickets": [_ticket(seen, one) for one in budget.tickets],
        "unpriced": [
            {
                "person": one.person,
                "activity": one.activity,
                "hours": plain_number(one.hours),
                "why": WHY[one.why],
            }
            for one in seen.unpriced
        ],
        "unusable_prices": [
            {"ticket": one.ticket, "written": one.written, "why": WHY[one.why]}
            for one in seen.unusable
        ],
    }


def _forecast(ahead: Forecast) -> dict[str, Any]:
    return {
        "until": ahead.until.isoformat(),
        "basis": [f"{month:%Y-%m}" for month in ahead.basis],
        "average_a_month": money_data(ahead.average),
        "expected": money_data(ahead.expected),
        "by_trend": money_data(ahead.by_trend),
        "limit_reached_in": f"{ahead.reached_in:%Y-%m}" if ahead.reached_in else None,
    }


def _ticket(seen: Overview, one: TicketBudget) -> dict[str, Any]:
    return {
        "ticket": one.number,
        "subject": seen.subject(one.number),
        "spent": money_data(one.spent),
        "committed": money_data(one.committed),
        "accepted": money_data(one.accepted),
        "accepted_on": one.accepted_on.isoformat() if one.accepted_on else None,
        "price": money_data(one.price) if isinstance(one.price, Money) else None,
        "priced": price_note(one) or "agreed",
        "unpriced_hours": plain_number(one.unpriced),
        "unpriced_estimated_hours": plain_number(one.unpriced_estimate),
    }


def _hours(account: HourAccount) -> dict[str, Any]:
    return {
        "clause": account.clause,
        "rollover": str(account.rules.rollover),
        "months": [{"month": f"{one.month.first:%Y-%m}", **_month(one)} for one in account.months],
    }


def _month(one: MonthOfHours) -> dict[str, Any]:
    return dict(_month_hours(one)) | {"price": money_data(one.price)}


def _month_hours(one: MonthOfHours) -> Iterator[tuple[str, str]]:
    for name in (
        "included",
        "carried_in",
        "used",
        "development",
        "outside",
        "beyond",
        "left",
        "carried_out",
        "lapsed",
    ):
        yield name, plain_number(getattr(one, name))
