"""Amounts and hours as figures: exact, and the same however they were added up."""

from __future__ import annotations

from decimal import Decimal

from redmine_sla.contract import Money


def plain(number: Decimal) -> str:
    """`7.25`: without zeros at the end, never as a power of ten."""
    return f"{number.normalize() + 0:f}"


def money_figure(money: Money) -> str:
    """`1800000 HUF`."""
    return f"{plain(money.amount)} {money.currency}"
