"""Money is exact, and has one currency."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from redmine_sla.contract import ConfigurationError, Money, contract_from_mapping
from tests.contract.offers import offer


@pytest.mark.parametrize(
    "text", ["1200000 HUF", "1 200 000 HUF", "1_200_000 HUF", "1200000HUF", "1200000 huf"]
)
def test_thousands_may_be_grouped(text: str) -> None:
    assert Money.parse(text) == Money(Decimal(1_200_000), "HUF")


def test_fractions_are_kept_as_written() -> None:
    assert str(Money.parse("12.50 EUR")) == "12.50 EUR"
    assert str(Money.parse("-0.1 EUR")) == "-0.1 EUR"


@pytest.mark.parametrize(
    "text", ["12,50 EUR", "12 5 EUR", "EUR", "12", "1e3 EUR", "12 €", "NaN EUR"]
)
def test_what_could_be_read_in_two_ways_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not an amount of money"):
        Money.parse(text)


def test_a_currency_nobody_knows_is_refused() -> None:
    with pytest.raises(ValueError, match='"FTS" is not a currency'):
        Money.parse("12 FTS")


def test_money_is_added_multiplied_and_compared_exactly() -> None:
    dime = Money.parse("0.10 EUR")
    assert dime + dime + dime == Money.parse("0.30 EUR")
    assert dime * 3 - dime == Money.parse("0.20 EUR")
    assert Money.parse("333 HUF").percent(Decimal("98.89")) == Money(Decimal("329.3037"), "HUF")
    assert -dime < Money.zero("EUR") <= dime


def test_two_currencies_have_no_sum_and_no_order() -> None:
    with pytest.raises(ValueError, match="in different currencies"):
        Money.parse("1 EUR") + Money.parse("1 HUF")
    with pytest.raises(ValueError, match="in different currencies"):
        assert Money.parse("1 EUR") < Money.parse("1 HUF")


def test_a_float_is_never_money() -> None:
    with pytest.raises(TypeError, match="money takes a Decimal, not float"):
        Money(0.1, "EUR")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "complaint"),
    [
        (12.5, "contract: contract_sum: 12.5 is a binary fraction"),
        (
            {"amount": 12.5, "currency": "EUR"},
            "contract: contract_sum: amount 12.5 is not an exact",
        ),
        ({"amount": "x", "currency": "EUR"}, 'contract: contract_sum: amount "x" is not a number'),
        ({"amount": 12}, "contract: contract_sum: a table is not an amount of money"),
        (True, "contract: contract_sum: True is not an amount of money"),
    ],
)
def test_a_contract_from_plain_data_refuses_inexact_money(value: Any, complaint: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        contract_from_mapping(_mapping(value))
    assert str(refused.value).startswith(complaint)


def test_a_table_of_amount_and_currency_is_money() -> None:
    money = {"amount": Decimal("12.5"), "currency": "KZT"}
    assert contract_from_mapping(_mapping(money)).terms.contract_sum == Money.parse("12.5 KZT")


def _mapping(contract_sum: Any) -> dict[str, Any]:
    wanted = ("title", "customer", "provider", "projects", "starts")
    identity = {key: getattr(offer("information-system"), key) for key in wanted}
    return {
        **identity,
        "extends": "information-system",
        "contract_sum": contract_sum,
        "vat": "net",
    }
