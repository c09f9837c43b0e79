"""The statement as a table and as data, for billing. In English, as all that is internal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from redmine_sla.budget.data import money_data, plain_number
from redmine_sla.budget.late_hours import LateHours
from redmine_sla.budget.misses import Unjudged
from redmine_sla.budget.statement import Statement, StatementLine
from redmine_sla.contract import Money
from redmine_sla.press.sheet import Cell, Sheet

INTERNAL = "internal: for the provider's own billing, not for the customer"


def statement_sheet(statement: Statement) -> Sheet:
    """A row for each line, one for the total, and below it what earlier months' bills may lack."""
    shared = (
        statement.contract.name,
        f"{statement.month.first:%Y-%m}",
        "draft" if statement.is_draft else "final",
        str(statement.vat or ""),
    )
    total = ("total", "Total", "", None, "", statement.total, None, None, "", _sum_note(statement))
    return Sheet(
        "statement",
        f"Statement of {statement.contract.title} ({INTERNAL})",
        (
            "Contract",
            "Month",
            "State",
            "VAT",
            "Kind",
            "What",
            "Clause",
            "Quantity",
            "Unit",
            "Amount",
            "First day",
            "Last day",
            "Tickets",
            "Note",
        ),
        (
            *(
                (
                    *shared,
                    str(one.kind),
                    one.what,
                    one.clause,
                    one.quantity,
                    one.unit,
                    one.amount,
                    one.first,
                    one.last,
                    " ".join(f"#{number}" for number in one.tickets),
                    one.note,
                )
                for one in statement.lines
            ),
            (*shared, *total),
            *((*shared, *_late_row(one)) for one in statement.late_hours),
        ),
    )


def statement_data(statement: Statement) -> dict[str, Any]:
    """JSON-ready: quantities are strings, exact; instants are UTC; for money see `money_data`."""
    contract = statement.contract
    return {
        "internal": True,
        "contract": contract.name,
        "number": contract.number,
        "customer": contract.customer,
        "month": f"{statement.month.first:%Y-%m}",
        "from": statement.month.first.isoformat(),
        "to": statement.month.last.isoformat(),
        "known": _utc(statement.known),
        "draft": statement.is_draft,
        "complete": statement.is_complete,
        "vat": str(statement.vat) if statement.vat else None,
        "lines": [_line_data(one) for one in statement.lines],
        "total": money_data(statement.total),
        "credits": {
            "owed": money_data(statement.credits.adjusted.total),
            "without_exclusions": money_data(statement.credits.raw.total),
        },
        "late_hours": [_late_data(one) for one in statement.late_hours],
        "not_measured": [_unjudged_data(one) for one in statement.credits.unjudged],
    }


def _line_data(one: StatementLine) -> dict[str, Any]:
    return {
        "kind": str(one.kind),
        "what": one.what,
        "clause": one.clause,
        "quantity": plain_number(one.quantity),
        "unit": one.unit,
        "amount": money_data(one.amount),
        "from": one.first.isoformat(),
        "to": one.last.isoformat(),
        "tickets": list(one.tickets),
        "note": one.note or None,
    }


def difference_words(one: LateHours, told: Callable[[Money], str] = str) -> str:
    """What the hours beyond cost more or less than without what was booked since."""
    if one.difference is None:
        return "entries were changed: what they said before is not known"
    if not one.difference.amount:
        return "nothing more"
    if one.difference.amount < 0:
        return f"{told(-one.difference)} less"
    return f"{told(one.difference)} more"


def _late_row(one: LateHours) -> tuple[Cell, ...]:
    """Without an amount: it is in no total."""
    return (
        "late hours",
        f"Hours beyond the allowance of {one.month.first:%Y-%m}, with what was booked since",
        "",
        one.now,
        "h",
        None,
        one.month.first,
        one.month.last,
        " ".join(f"#{number}" for number in one.tickets),
        f"{difference_words(one)}; not in the total",
    )


def _late_data(one: LateHours) -> dict[str, Any]:
    return {
        "month": f"{one.month.first:%Y-%m}",
        "hours_beyond_before": None if one.before is None else plain_number(one.before),
        "hours_beyond_now": plain_number(one.now),
        "difference": money_data(one.difference),
        "entries": [
            {"ticket": late.ticket, "booked": late.booked, "changed": late.changed}
            for late in one.late
        ],
    }


def _unjudged_data(one: Unjudged) -> dict[str, Any]:
    return {
        "ticket": one.subject.ticket,
        "promise": one.subject.title,
        "clause": one.subject.clause,
        "reason": str(one.reason),
    }


def _sum_note(statement: Statement) -> str:
    return "" if statement.is_complete else "some amounts are not known"


def _utc(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
