"""Numbers, shares, hours, elapsed times and lists in the six languages."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from redmine_sla.contract.words import Language
from redmine_sla.language import ENGLISH, tongue_for

HARD = "\u00a0"
LANGUAGES = tuple(Language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "12,345.6"),
        ("hu", "12_345,6"),
        ("pl", "12_345,6"),
        ("sk", "12_345,6"),
        ("ru", "12_345,6"),
        ("kk", "12_345,6"),
    ],
)
def test_a_number_has_the_separators_of_the_language(language: str, text: str) -> None:
    said = tongue_for(Language(language)).number(Decimal("12345.6"))
    assert said == text.replace("_", HARD)


def test_a_number_is_exact_unless_decimals_are_asked_for() -> None:
    assert ENGLISH.number(Decimal("0.123456789")) == "0.123456789"
    assert ENGLISH.number(Decimal("0.125"), 2) == "0.13"
    assert ENGLISH.number(Decimal("2.5"), 0) == "3"
    assert ENGLISH.number(7, 1) == "7.0"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "74.9_%"),
        ("hu", "74,9%"),
        ("pl", "74,9%"),
        ("sk", "74,9_%"),
        ("ru", "74,9_%"),
        ("kk", "74,9%"),
    ],
)
def test_a_share_is_written_as_the_language_does(language: str, text: str) -> None:
    assert tongue_for(Language(language)).percent(Decimal("0.749")) == text.replace("_", HARD)


@pytest.mark.parametrize(
    ("share", "text"), [("0.9996", "99.9"), ("0.99999", "99.9"), ("1", "100"), ("0.0009", "0")]
)
def test_a_share_is_cut_and_never_rounded_up(share: str, text: str) -> None:
    assert ENGLISH.percent(Decimal(share)) == f"{text}{HARD}%"


@given(st.fractions(min_value=0, max_value=1))
def test_less_than_all_never_reads_as_all(share: Fraction) -> None:
    part = Decimal(share.numerator) / Decimal(share.denominator)
    assert (ENGLISH.percent(part) == f"100{HARD}%") is (part == 1)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "7.25_h"),
        ("hu", "7,25_óra"),
        ("pl", "7,25_h"),
        ("sk", "7,25_h"),
        ("ru", "7,25_ч"),
        ("kk", "7,25_сағ"),
    ],
)
def test_hours_carry_their_unit(language: str, text: str) -> None:
    assert tongue_for(Language(language)).hours(Decimal("7.25")) == text.replace("_", HARD)


def test_hours_are_rounded_half_up_to_a_hundredth() -> None:
    assert ENGLISH.hours(Decimal(100)) == f"100{HARD}h"
    assert ENGLISH.hours(Decimal("0.125")) == f"0.13{HARD}h"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "26_h_05_min"),
        ("hu", "26_óra_05_perc"),
        ("pl", "26_h_05_min"),
        ("sk", "26_h_05_min"),
        ("ru", "26_ч_05_мин"),
        ("kk", "26_сағ_05_мин"),
    ],
)
def test_elapsed_time_is_hours_and_minutes(language: str, text: str) -> None:
    span = timedelta(days=1, hours=2, minutes=5, seconds=59)
    assert tongue_for(Language(language)).duration(span) == text.replace("_", HARD)


def test_an_overrun_is_negative_and_no_day_longer() -> None:
    assert ENGLISH.duration(-timedelta(minutes=90)) == f"-1{HARD}h{HARD}30{HARD}min"
    assert ENGLISH.duration(-timedelta(seconds=30)) == f"0{HARD}h{HARD}00{HARD}min"


@pytest.mark.parametrize(
    ("language", "three", "either"),
    [
        ("en", "a, b and c", "a or b"),
        ("hu", "a, b és c", "a vagy b"),
        ("pl", "a, b i c", "a lub b"),
        ("sk", "a, b a c", "a alebo b"),
        ("ru", "a, b и c", "a или b"),
        ("kk", "a, b, c", "a не b"),
    ],
)
def test_lists_end_as_the_language_ends_them(language: str, three: str, either: str) -> None:
    tongue = tongue_for(Language(language))
    assert tongue.listed("abc") == three
    assert tongue.either("ab") == either


def test_a_list_of_one_or_none_is_that() -> None:
    for language in LANGUAGES:
        assert tongue_for(language).listed(["a"]) == "a"
        assert tongue_for(language).listed([]) == ""
