"""Time entries with what a contract's rules look at."""

from __future__ import annotations

from decimal import Decimal

import pytest

from redmine_sla.budget import amount_text, percent_text, work_on
from redmine_sla.contract import Money
from tests.notation import WORDS, ticket


def test_each_entry_of_a_ticket_carries_tracker_fields_and_roles() -> None:
    told = ticket(
        """
        2026-03-02 09:00 anna opens: Report; tracker: Feature; field Channel = phone
                   10:00 eva  books 0.5
        """
    )
    names = {"channel": "Channel", "impact": "Impact", "unknown": "No such field"}
    (work,) = work_on(told, WORDS, names, {21: frozenset({"Developer"})})
    assert (work.tracker, dict(work.fields)) == ("Feature", {"channel": "phone"})
    assert work.roles == {"Developer"}
    assert work.entry.hours == Decimal("0.5")


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
