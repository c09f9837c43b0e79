"""Amounts and shares as they stand in a line of English."""

from __future__ import annotations

from decimal import Decimal

import pytest

from redmine_sla.budget import amount_text, percent_text
from redmine_sla.contract import Money


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        ("1800000 HUF", "1 800 000 HUF"),
        ("85.5 EUR", "85.50 EUR"),
        ("-1234.565 EUR", "-1 234.57 EUR"),
        ("0 PLN", "0 PLN"),
    ],
)
def test_amounts_read_in_groups_of_three(amount: str, shown: str) -> None:
    assert amount_text(Money.parse(amount)) == shown.replace(" ", "\u00a0")


@pytest.mark.parametrize(
    ("share", "shown"),
    [("0", "0 %"), ("0.3", "30 %"), ("0.7499", "74.9 %"), ("0.99999", "99.9 %"), ("10", "1000 %")],
)
def test_shares_are_cut_to_a_tenth_of_a_percent(share: str, shown: str) -> None:
    assert percent_text(Decimal(share)) == shown.replace(" ", "\u00a0")
