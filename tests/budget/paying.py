"""Fees and credits in these tests: profile crm-support's levels, and amounts as text."""

from __future__ import annotations

from redmine_sla.budget.fees import MonthlyFee, monthly_fee
from redmine_sla.contract import Contract, Money
from tests.availability.measuring import month_named
from tests.judging import contract

LEVELS = """
vat = "net"
[tiers.5x8xNBD]
title = "Working days 9-17"
fee_percent = { 24 = 6, 12 = 8 }
[tiers.5x12x12]
title = "Working days 8-20"
fee_percent = { 24 = 8, 12 = 10 }
[tiers.7x24x4]
title = "Around the clock"
fee_percent = { 24 = 15, 12 = 20 }
[fees]
clause = "monthly fee"
base = "10 000 000 HUF"
"""


def at_level(tier: str, term: int, *more: str, top: str = "") -> Contract:
    """Profile crm-support at a level and a term, of a deployment for 10,000,000 HUF."""
    return contract(f'tier = "{tier}"', f"term_months = {term}", top, LEVELS, *more)


def fee(under: Contract, month: str) -> MonthlyFee:
    found = monthly_fee(under, month_named(month))
    assert found is not None
    return found


def forint(amount: Money | None) -> str:
    assert amount is not None
    return f"{amount.amount.normalize():f}"


def due(under: Contract, month: str) -> str:
    """The month's fee in HUF."""
    return forint(fee(under, month).total)
