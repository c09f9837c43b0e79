"""What is to be expected of the development budget, as customers read it."""

from __future__ import annotations

from datetime import date

import pytest

from redmine_sla.budget import Work, bookings, budget_from, forecast
from redmine_sla.budget.discretion import Disclosure
from redmine_sla.budget.told_forecast import forecast_words
from redmine_sla.language import ENGLISH
from tests.budget.booking import BUDGET, budget, job, work
from tests.judging import contract

A_YEAR = contract("ends = 2026-12-31", BUDGET, "[[development.rates]]\nper_hour = '18 000 HUF'")


@pytest.mark.parametrize(
    ("entries", "day", "words"),
    [
        (
            [work("5", "2026-03-10"), work("4", "2026-05-10")],
            date(2026, 5, 31),
            # 9 h in 3 months, 54 000 a month; 162 000 + 7 x 54 000
            "If spending goes on as in the last 3 full months, on average HUF 54,000 a month, "
            "HUF 540,000 will be used by 31 December 2026. That is within the limit.",
        ),
        (
            [work("50", "2026-01-10")],
            date(2026, 1, 31),
            # 900 000 + 11 x 900 000
            "If spending goes on as in the last full month, HUF 900,000 a month, "
            "HUF 10,800,000 will be used by 31 December 2026. "
            "The limit is then reached in February 2026.",
        ),
        (
            [work("50", "2026-01-10")],
            date(2026, 1, 30),
            "There is no forecast before the contract has run for one full month.",
        ),
        ([work("50", "2026-01-10")], date(2026, 12, 31), ""),
    ],
)
def test_the_forecast_says_its_basis_or_why_there_is_none(
    entries: list[Work], day: date, words: str
) -> None:
    made = bookings(A_YEAR, entries, {}, day)
    seen = budget_from(A_YEAR, {}, made)
    assert seen is not None
    told = forecast_words(
        ENGLISH, seen, forecast(A_YEAR, made, seen), Disclosure((), forecast=True)
    )
    assert told.replace("\u00a0", " ") == words


LESS = (
    "If spending goes on as in the last 3 full months, on average HUF 30,000 a month, less will be "
    "used by 31 December 2026 than is agreed and estimated already."
)


@pytest.mark.parametrize(
    ("estimated", "words"),
    [
        # 90 000 spent, 300 000 by trend; the limit is 1 800 000, or 100 h.
        ("100", f"{LESS} That is within the limit."),
        ("100.01", f"{LESS} That is more than the limit."),
    ],
)
def test_a_trend_below_what_is_committed_is_said_to_be_and_no_estimate_is_told(
    estimated: str, words: str
) -> None:
    jobs = {1: job(1, estimated=estimated)}
    made = bookings(A_YEAR, [work("5", "2026-05-10")], jobs, date(2026, 5, 31))
    seen = budget_from(A_YEAR, jobs, made)
    assert seen is not None
    told = forecast_words(
        ENGLISH, seen, forecast(A_YEAR, made, seen), Disclosure((), forecast=True)
    )
    assert told.replace("\u00a0", " ") == words


def test_an_open_ended_contract_has_nothing_to_forecast_to() -> None:
    assert forecast_words(ENGLISH, budget([]), None, Disclosure((), forecast=True)).startswith(
        "The contract has no end yet"
    )
