"""Where the budget is going, on a stated basis; and the burn chart that shows it.

18 000 HUF an hour; the limit is 1 800 000 HUF.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

from redmine_sla.budget import Forecast, Job, Work, bookings, budget_from, forecast
from redmine_sla.budget.burn import burn_chart
from redmine_sla.budget.discretion import Disclosure, ToldMonths, cumulated
from redmine_sla.contract import Contract
from redmine_sla.language import ENGLISH
from redmine_sla.page import LineChart
from tests.budget.booking import BUDGET, huf, job, work
from tests.judging import contract

RATE = "[[development.rates]]\nper_hour = '18 000 HUF'"
A_YEAR = contract("ends = 2026-12-31", BUDGET, RATE)
SPRING = [
    work("50", "2026-01-15"),
    work("10", "2026-03-10"),
    work("5", "2026-04-10"),
    work("6", "2026-05-10"),
]


def ahead(
    entries: list[Work], day: date, under: Contract = A_YEAR, *, jobs: tuple[Job, ...] = ()
) -> Forecast | None:
    known = {one.number: one for one in jobs}
    booked = bookings(under, entries, known, day)
    budget = budget_from(under, known, booked)
    assert budget is not None
    return forecast(under, booked, budget)


def chart(entries: list[Work], day: date, under: Contract = A_YEAR) -> LineChart:
    booked = bookings(under, entries, {}, day)
    budget = budget_from(under, {}, booked)
    assert budget is not None
    totals = cumulated(booked, budget)
    spent = [after - before for before, after in pairwise((Decimal(0), *totals.values()))]
    months = zip(totals, totals, spent, totals.values(), strict=True)
    told = Disclosure(tuple(ToldMonths(*month) for month in months), forecast=True)
    return burn_chart(ENGLISH, under, budget, forecast(under, booked, budget), told)


def test_it_goes_on_as_in_the_last_three_full_months() -> None:
    # March to May: 21 h in 3 months, 7 h or 126 000 a month. Spent: 71 h or 1 278 000.
    # June to December are 7 months: 1 278 000 + 7 x 126 000 = 2 160 000.
    found = ahead(SPRING, date(2026, 5, 31))
    assert found is not None
    assert (found.months, found.average, found.by_trend) == (3, huf("126000"), huf("2160000"))
    # 1 800 000 - 1 278 000 = 522 000: after 4.14 months, in the fifth, October.
    assert found.reached_in == date(2026, 10, 1)
    assert found.until == date(2026, 12, 31)


def test_a_month_in_progress_is_no_basis_and_counts_by_the_days_left_of_it() -> None:
    # On 15 June: March to May, 126 000 a month; 15 of 30 days of June and 6 months are ahead.
    # 1 278 000 + 1 h of June 18 000 + 6.5 x 126 000 = 2 115 000.
    found = ahead([*SPRING, work("1", "2026-06-02")], date(2026, 6, 15))
    assert found is not None
    assert found.by_trend == huf("2115000")
    assert found.course[0] == (date(2026, 6, 1), huf("1359000"))


def test_fewer_full_months_are_said_to_be_fewer() -> None:
    found = ahead(SPRING, date(2026, 2, 10))
    assert found is not None
    # January alone: 900 000 a month. 18 of 28 days of February and 10 months are ahead.
    assert (found.months, found.average) == (1, huf("900000"))


def test_without_a_full_month_there_is_no_forecast() -> None:
    assert ahead(SPRING, date(2026, 1, 30)) is None
    started = A_YEAR.model_copy(update={"starts": date(2026, 1, 2)})
    assert ahead(SPRING, date(2026, 2, 27), started) is None
    assert ahead(SPRING, date(2026, 2, 28), started) is not None


def test_after_the_end_and_without_an_end_there_is_none() -> None:
    assert ahead(SPRING, date(2026, 12, 30)) is not None
    assert ahead(SPRING, date(2026, 12, 31)) is None
    assert ahead(SPRING, date(2026, 5, 31), contract(BUDGET, RATE)) is None


def test_a_contract_that_ends_in_mid_month_has_only_its_days_ahead() -> None:
    # 15 of June's 30 days: 1 278 000 + 0.5 x 126 000 = 1 341 000.
    under = contract("ends = 2026-06-15", BUDGET, RATE)
    found = ahead(SPRING, date(2026, 5, 31), under)
    assert found is not None
    assert found.by_trend == huf("1341000")


def test_without_spending_the_limit_is_never_reached() -> None:
    found = ahead(SPRING[:1], date(2026, 5, 31))
    assert found is not None
    assert (found.by_trend, found.reached_in) == (huf("900000"), None)


def test_no_less_is_expected_than_is_committed() -> None:
    # Spent 5 h or 90 000 in May; 30 000 a month for 7 months: 300 000 by trend. 90 h are left of
    # the estimate: 90 000 + 90 x 18 000 = 1 710 000 committed.
    entries = [work("5", "2026-05-10")]
    found = ahead(entries, date(2026, 5, 31), jobs=(job(1, estimated="95"),))
    assert found is not None
    assert (found.by_trend, found.expected) == (huf("300000"), huf("1710000"))
    by_trend = ahead(entries, date(2026, 5, 31), jobs=(job(1, estimated="16"),))
    # 11 h left: 90 000 + 198 000 = 288 000 is less than the trend.
    assert by_trend is not None
    assert by_trend.expected == huf("300000")


def test_a_trend_below_what_is_committed_is_not_drawn() -> None:
    entries, jobs = [work("5", "2026-05-10")], {1: job(1, estimated="95")}
    booked = bookings(A_YEAR, entries, jobs, date(2026, 5, 31))
    seen = budget_from(A_YEAR, jobs, booked)
    assert seen is not None
    told = Disclosure((), forecast=True)
    drawn = burn_chart(ENGLISH, A_YEAR, seen, forecast(A_YEAR, booked, seen), told)
    assert [one.name for one in drawn.series] == ["Used", "Limit"]


def test_a_limit_reached_already_is_not_reached_again() -> None:
    found = ahead([work("100", "2026-03-10")], date(2026, 5, 31))
    assert found is not None
    assert found.reached_in is None


def test_a_limit_that_will_be_raised_is_compared_month_by_month() -> None:
    raised = contract(
        "ends = 2026-12-31",
        BUDGET,
        RATE,
        "[[amendments]]\nfrom = 2026-08-01\nnote = 'more'\ncontract_sum = '16 000 000 HUF'",
    )
    # From August the limit is 2 400 000, and 2 160 000 is below it.
    found = ahead(SPRING, date(2026, 5, 31), raised)
    assert found is not None
    assert found.reached_in is None


def test_a_years_limit_begins_at_nothing_and_last_years_months_are_its_basis() -> None:
    yearly = contract(
        "ends = 2027-06-30", BUDGET.replace("percent", "period = 'year'\npercent"), RATE
    )
    entries = [work("6", "2026-10-05"), work("6", "2026-12-05")]
    found = ahead(entries, date(2027, 1, 31), yearly)
    assert found is not None
    # November to January: 6 h in 3 months, 36 000 a month; February to June: 5 x 36 000.
    assert (found.average, found.by_trend) == (huf("36000"), huf("180000"))


def test_the_burn_chart_cumulates_what_is_spent_and_dashes_what_is_expected() -> None:
    drawn = chart(SPRING, date(2026, 5, 31))
    used, limit, expected = drawn.series
    assert drawn.points[0] == "Jan 2026"
    assert len(drawn.points) == 12
    # 50 h, 50 h, 60 h, 65 h, 71 h x 18 000
    assert used.values == (
        *(Decimal(1000) * each for each in (900, 900, 1080, 1170, 1278)),
        *([None] * 7),
    )
    assert set(limit.values) == {Decimal(1800000)}
    assert expected.forecast
    assert expected.values[:4] == (None,) * 4
    assert expected.values[4] == used.values[4]
    assert expected.values[-1] == Decimal(2160000)
    assert drawn.unit == "HUF"


def test_the_burn_charts_limit_goes_in_steps_as_the_contract_was_amended() -> None:
    raised = contract(
        "ends = 2026-12-31",
        BUDGET,
        RATE,
        "[[amendments]]\nfrom = 2026-07-15\nnote = 'more'\ncontract_sum = '16 000 000 HUF'",
    )
    limit = chart(SPRING, date(2026, 5, 31), raised).series[1]
    assert limit.values == (*([Decimal(1800000)] * 6), *([Decimal(2400000)] * 6))


def test_in_mid_month_the_dashes_leave_from_the_last_month_that_is_over() -> None:
    drawn = chart(SPRING, date(2026, 5, 20))
    used, _, expected = drawn.series
    assert used.values[4] == Decimal(1278000)
    assert expected.values[3] == used.values[3]
    assert expected.values[2] is None


def test_an_ended_contracts_chart_has_no_dashes() -> None:
    assert len(chart(SPRING, date(2026, 12, 31)).series) == 2
