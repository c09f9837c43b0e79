"""Prices as people write them on tickets: what is plain is read, what may be two things is not."""

from __future__ import annotations

from decimal import Decimal

import pytest

from redmine_sla.budget.written_price import NoPrice, price_written
from redmine_sla.contract import Money


@pytest.mark.parametrize(
    ("written", "currency", "amount"),
    [
        ("450000", "HUF", "450000"),
        ("450000.0", "HUF", "450000"),
        ("450 000 Ft", "HUF", "450000"),
        ("450\u00a0000 ft.", "HUF", "450000"),
        ("450\u202f000 HUF", "HUF", "450000"),
        ("450 000,00", "HUF", "450000"),
        ("450000,-", "HUF", "450000"),
        ("450 000,- Ft", "HUF", "450000"),
        ("1.250.000 Ft", "HUF", "1250000"),
        ("1.250,50 zł", "PLN", "1250.50"),
        ("1 250,5 PLN", "PLN", "1250.5"),
        ("1,250.50 EUR", "EUR", "1250.50"),
        ("€ 85,50", "EUR", "85.50"),
        ("85.50 €", "EUR", "85.50"),
        ("1 200 000 ₸", "KZT", "1200000"),
        ("1 200 000 тг.", "KZT", "1200000"),
        ("0 HUF", "HUF", "0"),
    ],
)
def test_what_is_plain_is_read(written: str, currency: str, amount: str) -> None:
    assert price_written(written, currency) == Money(Decimal(amount), currency)


@pytest.mark.parametrize(
    "written",
    [
        "450.000 HUF",  # 450 thousand in Budapest, 450 in London
        "450.000",
        "450,000 HUF",
        "1 250,505",
        "45 00 Ft",
        "-5000",
        "- 5000 Ft",
        "5000 Ft + VAT",
        "5000 forint",
        "€ 5000 Ft",
        "to be agreed",
        "1e6",
        "NaN",
    ],
)
def test_what_may_be_two_things_or_is_no_price_is_unreadable(written: str) -> None:
    assert price_written(written, "HUF") is NoPrice.UNREADABLE


def test_another_currency_is_foreign_and_nothing_is_none() -> None:
    assert price_written("450 €", "HUF") is NoPrice.FOREIGN
    assert price_written("450 PLN", "HUF") is NoPrice.FOREIGN
    assert price_written("  ", "HUF") is NoPrice.NONE
