"""A contract's years and quarters: where they begin, and which of them a day lies in."""

from __future__ import annotations

from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from redmine_sla.contract.contract import Contract
from redmine_sla.contract.promises.quarterly import QuarterKind

MONTHS_OF_A_QUARTER = 3
MONTHS_OF_A_YEAR = 12
_ANY_NEW_YEAR = date(2000, 1, 1)


def quarters_begin(contract: Contract) -> date:
    """A day on which one of its quarters begins, and every third month another.

    That is its first day, or 1 January where it counts with the calendar. It is as the contract
    counts at its start: an amendment does not move its quarters.
    """
    return contract.starts if counts_own_quarters(contract) else _ANY_NEW_YEAR


def counts_own_quarters(contract: Contract) -> bool:
    """Whether its quarters are counted from its first day, not with the calendar."""
    promised = contract.terms.quarter
    return promised is not None and promised.kind is QuarterKind.CONTRACT


def beginning(anchor: date, months: int, at: int) -> date:
    """The first day of the stretch of so many months that is `at` stretches after the anchor's.

    A month too short for the anchor's date begins it on its last day.
    """
    return anchor + relativedelta(months=at * months)


def place(anchor: date, months: int, day: date) -> int:
    """How many such stretches after the anchor's the one is that holds the day."""
    at = ((day.year - anchor.year) * MONTHS_OF_A_YEAR + day.month - anchor.month) // months
    return at - 1 if beginning(anchor, months, at) > day else at


def days_around(anchor: date, months: int, day: date) -> tuple[date, date]:
    """The first and the last day of the stretch that holds the day."""
    at = place(anchor, months, day)
    first, following = (beginning(anchor, months, one) for one in (at, at + 1))
    return first, following - timedelta(days=1)
