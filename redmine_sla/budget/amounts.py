"""Amounts and shares as they stand in a line of English text."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from redmine_sla.contract import Money

_NBSP = "\u00a0"
_CENT = Decimal("0.01")


def amount_text(money: Money) -> str:
    """`1 800 000 HUF`, `85.50 EUR`: groups of three, two decimals where there are any."""
    rounded = money.amount.quantize(_CENT, ROUND_HALF_UP)
    shown = f"{rounded:,.2f}".removesuffix(".00").replace(",", _NBSP)
    return f"{shown}{_NBSP}{money.currency}"


def percent_text(share: Decimal) -> str:
    """A share of 1 as `74.9 %`. Cut, not rounded: 99.96 % must not read as all of it."""
    percent = (share * 100).quantize(Decimal("0.1"), ROUND_DOWN)
    return f"{percent.normalize():f}{_NBSP}%" if percent else f"0{_NBSP}%"
