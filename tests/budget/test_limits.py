"""The limit on a day, the days it is for, and the thresholds reached on the way to it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from redmine_sla.budget.limits import LimitedDays, limit_on, limited_days
from redmine_sla.budget.thresholds import Threshold, thresholds
from redmine_sla.budget.told import development_blocks
from redmine_sla.contract import Contract
from redmine_sla.language import ENGLISH
from tests.budget.booking import AT_18000, BUDGET, booked, budget, huf, work
from tests.budget.test_told import text
from tests.judging import contract

RATE = "[[development.rates]]\nper_hour = '18 000 HUF'"
RAISED = contract(
    BUDGET,
    RATE,
    """
    [[amendments]]
    from = 2026-07-15
    note = "second module"
    contract_sum = "20 000 000 HUF"
    [[amendments]]
    from = 2026-09-01
    note = "a smaller share"
    development = { percent = 6 }
    """,
)


@pytest.mark.parametrize(
    ("day", "limit"),
    [
        ("2026-07-14", "1800000"),  # 15 % of 12 000 000
        ("2026-07-15", "3000000"),  # 15 % of 20 000 000
        ("2026-08-31", "3000000"),
        ("2026-09-01", "1200000"),  # 6 % of 20 000 000
    ],
)
def test_the_limit_is_the_one_in_force_on_the_day(day: str, limit: str) -> None:
    assert limit_on(RAISED, date.fromisoformat(day)) == huf(limit)


@pytest.mark.parametrize(
    ("period", "day", "first", "last", "whole"),
    [
        ("contract", "2026-08-10", "2026-02-10", "2027-05-20", None),
        ("year", "2026-02-10", "2026-02-10", "2027-02-09", None),
        ("year", "2027-02-09", "2026-02-10", "2027-02-09", None),
        ("year", "2027-02-10", "2027-02-10", "2027-05-20", 365),
        ("quarter", "2026-03-31", "2026-02-10", "2026-03-31", 90),
        ("quarter", "2026-08-10", "2026-07-01", "2026-09-30", None),
        ("quarter", "2026-12-31", "2026-10-01", "2026-12-31", None),
        ("quarter", "2027-05-20", "2027-04-01", "2027-05-20", 91),  # ends in mid-quarter
    ],
)
def test_a_limit_is_for_the_contracts_own_days(
    period: str, day: str, first: str, last: str, whole: int | None
) -> None:
    under = contract(
        "ends = 2027-05-20", BUDGET.replace("percent", f"period = '{period}'\npercent"), RATE
    ).model_copy(update={"starts": date(2026, 2, 10)})
    assert limited_days(under, date.fromisoformat(day)) == LimitedDays(
        date.fromisoformat(first), date.fromisoformat(last), whole
    )


def a_year_from_july(ends: str, *keys: str) -> Contract:
    by_year = BUDGET.replace("percent", "period = 'year'\npercent")
    return contract(f"ends = {ends}", by_year, RATE, *keys).model_copy(
        update={"starts": date(2026, 7, 1)}
    )


def test_a_contract_of_one_year_has_one_years_limit() -> None:
    # 15 % of 12 000 000 are 1 800 000; 100 h in October and 100 h in February are 3 600 000.
    entries = [work("100", "2026-10-01"), work("100", "2027-02-01")]
    under = a_year_from_july("2027-06-30")
    assert not budget(entries, under, date(2026, 12, 31)).is_over
    over = budget(entries, under, date(2027, 2, 1))
    assert (over.limit, over.remaining, over.is_over) == (huf("1800000"), huf("-1800000"), True)


def test_before_and_after_the_contract_it_is_the_first_and_the_last_limit() -> None:
    under = a_year_from_july("2027-06-30")
    for day in (date(2026, 1, 1), date(2027, 7, 1), date(2030, 1, 1)):
        assert limited_days(under, day) == limited_days(under, date(2026, 12, 31))
        assert budget([], under, day).limit == huf("1800000")


def test_a_broken_year_has_its_part_of_the_limit_by_days() -> None:
    # 1 July to 30 September 2027 are 92 days of the 366 to 30 June 2028:
    # 1 800 000 x 92 / 366 = 452 459.016..., in whole forints
    seen = budget([], a_year_from_july("2027-09-30"), date(2027, 7, 1))
    assert seen.limit == huf("452459")
    told = text(development_blocks(ENGLISH, seen))
    assert "15 % of the contract sum of HUF 12,000,000, by days" in told
    assert (
        "It is for 1 July 2027 to 30 September 2027, 92 days of 366, and reduced in proportion."
    ) in told


def test_the_quarters_of_a_limit_are_the_contracts_where_it_counts_its_own() -> None:
    own = "[quarter]\nclause = 'Q'\nkind = 'contract'"
    under = contract(
        BUDGET.replace("percent", "period = 'quarter'\npercent"), RATE, own
    ).model_copy(update={"starts": date(2026, 2, 15)})
    for day, first, last in (
        (date(2026, 5, 14), date(2026, 2, 15), date(2026, 5, 14)),
        (date(2026, 5, 15), date(2026, 5, 15), date(2026, 8, 14)),
    ):
        assert limited_days(under, day) == LimitedDays(first, last)


def test_an_open_ended_contracts_limit_has_no_end() -> None:
    assert limited_days(AT_18000, date(2026, 3, 1)) == LimitedDays(date(2026, 1, 1), None)


def test_work_after_a_contract_that_ends_in_mid_quarter_is_not_the_contracts() -> None:
    under = contract("ends = 2026-05-20", BUDGET, RATE)
    entries = [work("1", "2026-05-20"), work("2", "2026-05-21"), work("4", "2025-12-31")]
    assert budget(entries, under).spent == huf("18000")


def test_the_leap_day_is_a_day_of_february() -> None:
    under = contract(
        BUDGET.replace("percent", "period = 'quarter'\npercent"),
        "[[development.rates]]\nto = 2028-02-29\nper_hour = '18 000 HUF'",
        "[[development.rates]]\nfrom = 2028-03-01\nper_hour = '20 000 HUF'",
    )
    entries = [work("1", "2028-02-29"), work("1", "2028-03-01")]
    assert budget(entries, under, date(2028, 2, 29)).spent == huf("18000")
    assert budget(entries, under, date(2028, 3, 31)).spent == huf("38000")


def test_days_are_the_ones_time_was_spent_on_whatever_the_clocks_do() -> None:
    # Clocks change on 29 March and 25 October 2026: an entry's day has no hour to lose.
    entries = [
        work("1", "2026-03-29", booked="2026-03-28 23:30"),
        work("1", "2026-10-25", booked="2026-10-24 22:30"),
    ]
    assert budget(entries, day=date(2026, 3, 28)).spent == huf("0")
    assert budget(entries, day=date(2026, 3, 29)).spent == huf("18000")
    assert budget(entries, day=date(2026, 10, 25)).spent == huf("36000")


def at(percent: str, day: str | None = None) -> Threshold:
    return Threshold(Decimal(percent), date.fromisoformat(day) if day else None)


def test_a_threshold_is_reached_on_the_day_its_share_is_spent() -> None:
    # 75 % of 1 800 000 are 1 350 000, or 75 h; 90 % are 90 h.
    entries = [work("74.99", "2026-02-01"), work("0.01", "2026-03-03"), work("20", "2026-04-04")]
    assert thresholds(AT_18000, booked(entries)) == (
        at("75", "2026-03-03"),
        at("90", "2026-04-04"),
        at("100"),
    )
    assert thresholds(AT_18000, booked(entries[:1])) == (at("75"), at("90"), at("100"))


def test_the_last_threshold_is_reached_at_exactly_the_limit() -> None:
    assert thresholds(AT_18000, booked([work("100", "2026-02-01")]))[-1] == at("100", "2026-02-01")


def test_a_higher_limit_takes_a_threshold_back_and_a_lower_one_reaches_it() -> None:
    # 80 h are 1 440 000: 80 % of 1 800 000, 48 % of 3 000 000, 120 % of 1 200 000.
    entries = [work("80", "2026-06-01")]
    assert thresholds(RAISED, booked(entries, RAISED, date(2026, 7, 14)))[0] == at(
        "75", "2026-06-01"
    )
    assert thresholds(RAISED, booked(entries, RAISED, date(2026, 7, 15)))[0] == at("75")
    assert thresholds(RAISED, booked(entries, RAISED, date(2026, 9, 1))) == (
        at("75", "2026-09-01"),
        at("90", "2026-09-01"),
        at("100", "2026-09-01"),
    )


def test_a_limit_of_nothing_is_reached_with_the_first_amount() -> None:
    none = contract(BUDGET.replace("12 000 000", "0"), RATE)
    assert thresholds(none, booked([], none)) == (at("75"), at("90"), at("100"))
    spent = booked([work("1", "2026-02-01")], none)
    assert thresholds(none, spent)[0] == at("75", "2026-02-01")


def test_each_year_begins_its_thresholds_anew() -> None:
    under = contract(BUDGET.replace("percent", "period = 'year'\npercent"), RATE)
    entries = [work("80", "2026-12-31"), work("76", "2027-02-01")]
    assert thresholds(under, booked(entries, under, date(2027, 1, 31)))[0] == at("75")
    assert thresholds(under, booked(entries, under, date(2027, 2, 1)))[0] == at("75", "2027-02-01")
