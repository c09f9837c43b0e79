"""Money and numbers as programs read them."""

from __future__ import annotations

from decimal import Decimal

from redmine_sla.contract import Money


def money_data(amount: Money | None) -> dict[str, str] | None:
    """`{"amount": "1800000", "currency": "HUF"}`, or `None` for what is not known.

    One shape in all JSON the commands print: no amount is read without its currency, wherever a
    program takes it from; nothing has to be parsed out of a text; as a string it stays exact; and
    contract files take money in the same shape.
    """
    if amount is None:
        return None
    return {"amount": plain_number(amount.amount), "currency": amount.currency}


def plain_number(number: Decimal) -> str:
    """Exact, without an exponent and without zeros at its end."""
    return f"{number.normalize() + 0:f}"
