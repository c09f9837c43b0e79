"""Amounts as each language's businesses print them: decimals, separators, symbols, hard spaces."""

from __future__ import annotations

from decimal import Decimal

import pytest

from redmine_sla.contract import Money
from redmine_sla.contract.words import Language
from redmine_sla.language import tongue_for

HARD = "\u00a0"


def printed(language: str, amount: str, currency: str) -> str:
    return tongue_for(Language(language)).money(Money(Decimal(amount), currency))


@pytest.mark.parametrize(
    ("language", "amount", "currency", "text"),
    [
        ("en", "1234567", "HUF", "HUF_1,234,567"),
        ("en", "1234.5", "EUR", "EUR_1,234.50"),
        ("en", "1234.5", "KZT", "KZT_1,234.50"),
        ("hu", "1234567", "HUF", "1_234_567_Ft"),
        ("hu", "1234.5", "EUR", "1_234,50_EUR"),
        ("pl", "1234567.5", "PLN", "1_234_567,50_zł"),
        ("pl", "1234567", "HUF", "1_234_567_HUF"),
        ("sk", "1234567.5", "EUR", "1_234_567,50_€"),
        ("ru", "48000000", "KZT", "48_000_000,00_₸"),
        ("kk", "48000000", "KZT", "48_000_000,00_₸"),
        ("ru", "99.99", "EUR", "99,99_€"),
    ],
)
def test_an_amount_stands_as_on_an_invoice(
    language: str, amount: str, currency: str, text: str
) -> None:
    assert printed(language, amount, currency) == text.replace("_", HARD)


def test_the_spaces_within_an_amount_are_hard_ones() -> None:
    assert printed("hu", "1234567", "HUF").encode("ascii", "backslashreplace") == (
        rb"1\xa0234\xa0567\xa0Ft"
    )
    assert ascii(printed("kk", "1000", "KZT")) == r"'1\xa0000,00\xa0\u20b8'"
    assert ascii(printed("pl", "1000", "PLN")) == r"'1\xa0000,00\xa0z\u0142'"
    assert ascii(printed("sk", "1000", "EUR")) == r"'1\xa0000,00\xa0\u20ac'"


def test_whole_forints_have_no_decimals_and_broken_ones_show_them() -> None:
    assert printed("hu", "1000.00", "HUF") == f"1{HARD}000{HARD}Ft"
    assert printed("hu", "1000.50", "HUF") == f"1{HARD}000,50{HARD}Ft"
    assert printed("hu", "1000.001", "HUF") == f"1{HARD}000{HARD}Ft"
    assert printed("hu", "1000.125", "HUF") == f"1{HARD}000,13{HARD}Ft"


def test_a_currency_without_a_minor_unit_is_rounded_to_whole_ones() -> None:
    assert printed("en", "1000.5", "JPY") == f"JPY{HARD}1,001"


@pytest.mark.parametrize(
    ("amount", "text"),
    [("0.005", "0,01"), ("0.004", "0,00"), ("1.125", "1,13"), ("2.675", "2,68"), ("1.135", "1,14")],
)
def test_half_a_cent_goes_up(amount: str, text: str) -> None:
    assert printed("sk", amount, "EUR") == f"{text}{HARD}€"


def test_a_negative_amount_keeps_its_sign_before_everything() -> None:
    assert printed("hu", "-1500", "HUF") == f"-1{HARD}500{HARD}Ft"
    assert printed("en", "-1500", "EUR") == f"-EUR{HARD}1,500.00"
    assert printed("pl", "-0.004", "PLN") == f"0,00{HARD}zł"


def test_an_amount_beyond_the_precision_of_floats_is_exact() -> None:
    assert printed("pl", "90071992547409931234567890.01", "PLN") == (
        "90 071 992 547 409 931 234 567 890,01 zł".replace(" ", HARD)
    )
