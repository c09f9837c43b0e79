"""The monthly fee: percentages by level and term, broken months, changes on the way, rounding."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redmine_sla.budget.fees import monthly_fee, rounded
from redmine_sla.contract import Money
from tests.availability.measuring import month_named
from tests.budget.paying import at_level, due, fee, forint
from tests.judging import contract


@pytest.mark.parametrize(
    ("tier", "term", "amount"),
    [  # of 10,000,000 HUF
        ("5x8xNBD", 24, "600000"),  # 6 %
        ("5x12x12", 24, "800000"),  # 8 %
        ("7x24x4", 24, "1500000"),  # 15 %
        ("5x8xNBD", 12, "800000"),  # 8 %
        ("5x12x12", 12, "1000000"),  # 10 %
        ("7x24x4", 12, "2000000"),  # 20 %
    ],
)
def test_the_six_fees_of_the_offer(tier: str, term: int, amount: str) -> None:
    assert due(at_level(tier, term), "2026-09") == amount


def test_a_fixed_fee_goes_before_levels_and_bases() -> None:
    under = at_level("7x24x4", 24, 'monthly = "250 000 HUF"')
    assert due(under, "2026-09") == "250000"


def test_the_last_month_is_paid_by_its_days() -> None:
    under = at_level("5x8xNBD", 24, top="ends = 2026-09-12")
    # 600,000 x 12 / 30
    assert due(under, "2026-09") == "240000"
    (part,) = fee(under, "2026-09").parts
    assert (part.days, part.of_days) == (12, 30)


def test_the_last_month_is_paid_in_full_where_the_contract_says_so() -> None:
    under = at_level("5x8xNBD", 24, 'broken_month = "full"', top="ends = 2026-09-12")
    assert due(under, "2026-09") == "600000"


def test_a_month_outside_the_contract_costs_nothing() -> None:
    under = at_level("5x8xNBD", 24, top="ends = 2026-09-12")
    assert monthly_fee(under, month_named("2026-10")) is None
    assert monthly_fee(under, month_named("2025-12")) is None
    assert monthly_fee(contract(), month_named("2026-09")) is None


def test_a_contract_that_ends_on_leap_day_has_paid_all_of_february() -> None:
    under = at_level("5x8xNBD", 24, top="ends = 2028-02-29")
    assert due(under, "2028-02") == "600000"  # 29 of 29 days
    under = at_level("5x8xNBD", 24, top="ends = 2028-02-28")
    # 600,000 x 28 / 29 = 579,310.3448..., in whole forints unless the contract says otherwise
    assert due(under, "2028-02") == "579310"
    to_the_filler = at_level("5x8xNBD", 24, "round_to = 0.01", top="ends = 2028-02-28")
    assert due(to_the_filler, "2028-02") == "579310.34"
    under = at_level("5x8xNBD", 24, top="ends = 2027-02-28")
    assert due(under, "2027-02") == "600000"


@pytest.mark.parametrize(
    ("money", "paid"),
    [("0.5 HUF", "1"), ("0.49 HUF", "0"), ("0.005 EUR", "0.01"), ("0.5 JPY", "1")],
)
def test_amounts_are_rounded_to_what_their_currency_is_paid_in(money: str, paid: str) -> None:
    assert rounded(Money.parse(money), None).amount == Decimal(paid)


RAISED = """
[[amendments]]
from = 2026-09-11
note = "around the clock"
tier = "7x24x4"
"""


def test_two_levels_in_one_month_are_paid_by_their_days() -> None:
    # 600,000 x 10/30 = 200,000 and 1,500,000 x 20/30 = 1,000,000
    found = fee(at_level("5x8xNBD", 24, RAISED), "2026-09")
    assert [forint(part.amount) for part in found.parts] == ["200000", "1000000"]
    assert [(part.first.day, part.last.day) for part in found.parts] == [(1, 10), (11, 30)]
    assert forint(found.total) == "1200000"


def test_in_full_months_two_levels_share_the_days_there_are() -> None:
    # 1 to 10 at 600,000 and 11 to 15 at 1,500,000, a whole month's fee for 15 days:
    # 600,000 x 10/15 + 1,500,000 x 5/15 = 400,000 + 500,000
    under = at_level("5x8xNBD", 24, 'broken_month = "full"', RAISED, top="ends = 2026-09-15")
    assert due(under, "2026-09") == "900000"


def test_a_base_amended_in_mid_month_counts_from_its_day() -> None:
    # February 2027: 14 days of 600,000, 14 of 6 % of 12,000,000 = 720,000
    change = """
    [[amendments]]
    from = 2027-02-15
    note = "extended"
    fees.base = "12 000 000 HUF"
    """
    assert due(at_level("5x8xNBD", 24, change), "2027-02") == "660000"  # 300,000 + 360,000


def test_an_amendment_that_leaves_the_fee_alone_leaves_the_sum_alone() -> None:
    # 600,001 HUF in two parts of 10 and 20 days would be rounded twice
    change = """
    [[amendments]]
    from = 2026-09-11
    note = "a new contact"
    at_risk_at = 80
    """
    under = at_level("5x8xNBD", 24, 'monthly = "600 001 HUF"', "round_to = 1", change)
    (part,) = fee(under, "2026-09").parts
    assert (part.days, forint(part.amount)) == (30, "600001")


@pytest.mark.parametrize(
    ("step", "amount"),
    [  # 1,250,005 x 12/30 = 500,002 and its neighbours
        ("1", "500002"),
        ("5", "500000"),
        ("4", "500004"),  # 500,002 is halfway between 500,000 and 500,004: up
        ("1000", "500000"),
    ],
)
def test_amounts_are_rounded_half_up_to_the_step_agreed(step: str, amount: str) -> None:
    rules = ('monthly = "1 250 005 HUF"', f"round_to = {step}")
    assert due(at_level("5x8xNBD", 24, *rules, top="ends = 2026-09-12"), "2026-09") == amount


def test_half_a_forint_is_rounded_up() -> None:
    # 125 x 15/30 = 62.5
    rules = ('monthly = "125 HUF"', "round_to = 1")
    assert due(at_level("5x8xNBD", 24, *rules, top="ends = 2026-09-15"), "2026-09") == "63"


def test_a_contract_without_figures_has_a_fee_that_nobody_knows() -> None:
    under = contract("[fees]", 'clause = "A"')
    assert fee(under, "2026-09").total is None
    assert fee(under, "2026-09").percent(Decimal(10)) is None


money = st.decimals(min_value=0, max_value=10**9, places=4)


@given(money, st.sampled_from(["0.01", "0.05", "1", "5", "100"]))
def test_rounding_moves_by_half_a_step_at_most(amount: Decimal, step: str) -> None:
    made = rounded(Money(amount, "HUF"), Decimal(step)).amount
    assert made % Decimal(step) == 0
    assert -Decimal(step) / 2 < made - amount <= Decimal(step) / 2


@given(st.integers(min_value=1, max_value=29), st.integers(min_value=1, max_value=10**9))
def test_the_parts_of_a_month_add_up_to_a_whole_one_within_their_rounding(
    day: int, base: int
) -> None:
    change = f"""
    [[amendments]]
    from = 2026-09-{day + 1:02}
    note = "one forint more"
    fees.monthly = "{base + 1} HUF"
    """
    under = at_level("5x8xNBD", 24, f'monthly = "{base} HUF"', "round_to = 1", change)
    total = fee(under, "2026-09").total
    assert total is not None
    assert base <= total.amount <= base + 1
