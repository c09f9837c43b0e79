"""What open tickets will still cost, what the customer has accepted, and prices agreed on tickets.

Rates: 18 000 HUF an hour, so 10 h are 180 000 HUF. The limit is 1 800 000 HUF.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from redmine_sla.budget import Work
from redmine_sla.budget.written_price import NoPrice
from redmine_sla.contract import Money
from tests.budget.booking import AT_18000, BUDGET, DAY, booked, budget, huf, job, work
from tests.judging import contract

AGREED = contract(
    BUDGET, "fixed_price_field = 'price'", "[[development.rates]]\nper_hour = '100 HUF'"
)


def test_committed_is_spent_and_what_is_left_of_the_estimate() -> None:
    # 10 h estimated, 4 h worked: 6 h left. 4 x 18 000 = 72 000, 6 x 18 000 = 108 000.
    seen = budget([work("4")], jobs=[job(estimated="10")])
    assert (seen.spent, seen.estimated, seen.committed) == (
        huf("72000"),
        huf("108000"),
        huf("180000"),
    )
    assert seen.remaining_against_committed == huf("1620000")


def test_an_estimate_that_is_used_up_commits_to_nothing_more() -> None:
    seen = budget([work("11")], jobs=[job(estimated="10")])
    assert (seen.estimated, seen.committed) == (huf("0"), huf("198000"))


def test_a_ticket_that_is_done_commits_to_no_more_than_was_spent() -> None:
    seen = budget([work("4")], jobs=[job(estimated="10", done=True)])
    assert seen.committed == huf("72000")


def test_an_accepted_ticket_commits_to_no_more_though_it_is_open() -> None:
    seen = budget([work("4")], jobs=[job(estimated="10", accepted="2026-03-05")])
    assert seen.committed == huf("72000")


def test_estimates_commit_only_where_the_contract_says_so() -> None:
    under = contract(
        BUDGET, "estimates_commit = false", "[[development.rates]]\nper_hour = '18 000 HUF'"
    )
    assert budget([work("4")], under, jobs=[job(estimated="10")]).committed == huf("72000")


def test_committed_may_be_over_the_limit_before_spent_is() -> None:
    # 90 h worked, 10.01 h left: 90 x 18 000 = 1 620 000, 10.01 x 18 000 = 180 180.
    seen = budget([work("90")], jobs=[job(estimated="100.01")])
    assert (seen.is_over, seen.will_be_over) == (False, True)
    assert seen.remaining_against_committed == huf("-180")
    exactly = budget([work("90")], jobs=[job(estimated="100")])
    assert not exactly.will_be_over


def test_a_ticket_that_does_not_count_commits_to_nothing() -> None:
    under = contract(
        BUDGET,
        "counts = { trackers = 'Feature', fields = { billing = 'budget' } }",
        "[[development.rates]]\nper_hour = '18 000 HUF'",
    )
    jobs = [
        job(1, estimated="1", assignee="eva", billing="budget"),
        job(2, estimated="2", assignee="eva"),
        job(3, estimated="4", assignee="eva", tracker="Bug", billing="budget"),
    ]
    assert budget([], under, jobs=jobs).committed == huf("18000")


PEOPLE = contract(
    BUDGET,
    "counts = { activities = ['Development', 'Design'] }",
    """
    [[development.rates]]
    users = "ivan"
    per_hour = "30 000 HUF"
    [[development.rates]]
    activities = "Design"
    per_hour = "25 000 HUF"
    [[development.rates]]
    roles = "Developer"
    to = 2026-03-31
    per_hour = "18 000 HUF"
    [[development.rates]]
    roles = "Developer"
    from = 2026-04-01
    per_hour = "20 000 HUF"
    """,
)


@pytest.mark.parametrize(
    ("booked", "assignee", "day", "left"),
    [
        # Whoever booked last goes on: 9 h of eva at the rate of the day stated.
        ([work("1")], "ivan", "2026-03-31", "162000"),
        ([work("1")], "ivan", "2026-04-01", "180000"),
        ([work("1", "2026-03-03", user="ivan"), work("1", "2026-03-02")], "eva", None, "240000"),
        ([work("1", activity="Design")], "", "2026-03-31", "225000"),
        # Before the first booking the assignee: 10 h.
        ([], "ivan", "2026-03-31", "300000"),
        ([], "eva", "2026-03-31", "180000"),
    ],
)
def test_what_is_left_is_priced_as_if_the_last_person_or_the_assignee_went_on(
    booked: list[Work], assignee: str, day: str | None, left: str
) -> None:
    stated = date.fromisoformat(day) if day else DAY
    seen = budget(booked, PEOPLE, stated, [job(estimated="10", assignee=assignee)])
    assert (seen.estimated, seen.unpriced_estimate) == (huf(left), Decimal(0))


def test_what_nobody_can_price_is_shown_as_hours_and_never_as_nothing() -> None:
    # #1 has no assignee, #2 one without a fitting role, #3's worker has no rate: 1 + 2 + (4 - 3).
    jobs = [
        job(1, estimated="1"),
        job(2, estimated="2", assignee="eva", role="Guest"),
        job(3, estimated="4"),
    ]
    seen = budget([work("3", ticket=3, role="Guest")], PEOPLE, jobs=jobs)
    assert (seen.committed, seen.unpriced, seen.unpriced_estimate) == (
        huf("0"),
        Decimal(3),
        Decimal(4),
    )


def test_an_agreed_price_stands_for_all_hours_on_its_ticket() -> None:
    entries = [
        work("5", ticket=7, price="450 000 HUF"),
        work("6", ticket=7, price="450 000 HUF"),
        work("1", ticket=8, price="1000"),
    ]
    assert budget(entries, AGREED).spent == huf("451000")


@pytest.mark.parametrize("written", ["to be agreed", "450.000 HUF", "-5000"])
def test_a_price_nobody_can_read_prices_nothing(written: str) -> None:
    seen = budget(
        [work("2", price=written)], AGREED, jobs=[job(estimated="5", assignee="eva", price=written)]
    )
    assert (seen.spent, seen.unpriced, seen.unpriced_estimate) == (huf("0"), Decimal(2), Decimal(3))
    assert seen.tickets[0].price is NoPrice.UNREADABLE


def test_a_price_in_another_currency_prices_nothing() -> None:
    seen = budget([work("2", price="450 EUR")], AGREED, jobs=[job(estimated="5", price="450 EUR")])
    assert (seen.spent, seen.unpriced, seen.unpriced_estimate) == (
        huf("0"),
        Decimal(2),
        Decimal(3),
    )
    assert seen.tickets[0].price is NoPrice.FOREIGN


def test_two_currencies_are_never_added() -> None:
    with pytest.raises(ValueError, match="different currencies"):
        budget([work("1")]).spent + Money.parse("1 EUR")


def test_an_agreed_price_is_committed_when_ordered_and_spent_from_the_first_hour() -> None:
    ordered = job(estimated="50", price="450 000 HUF")
    before = budget([], AGREED, jobs=[ordered])
    assert (before.spent, before.committed) == (huf("0"), huf("450000"))
    for hours in ("0.01", "80"):
        begun = budget([work(hours, price="450 000 HUF")], AGREED, jobs=[ordered])
        assert (begun.spent, begun.ordered, begun.committed) == (
            huf("450000"),
            huf("0"),
            huf("450000"),
        )


def test_an_agreed_price_stays_committed_between_resolved_and_accepted() -> None:
    done = job(done=True, price="500 000 HUF")
    for known, committed in (
        (job(price="500 000 HUF"), "500000"),
        (done, "500000"),
        (replace(done, accepted=date(2026, 6, 1)), "500000"),
        (replace(done, is_dropped=True), "0"),
    ):
        assert budget([], AGREED, jobs=[known]).committed == huf(committed)


def test_nothing_is_to_come_once_the_contract_is_over() -> None:
    ended = AGREED.model_copy(
        update={"terms": AGREED.terms.model_copy(update={"ends": date(2026, 5, 31)})}
    )
    priced = job(done=True, price="500 000 HUF")
    assert budget([], ended, date(2026, 5, 31), [priced]).committed == huf("500000")
    assert budget([], ended, date(2026, 6, 1), [priced]).committed == huf("0")


UNDER_PARENTS = [job(1, price="500 000 HUF"), job(2, parent=1), job(3, parent=2)]


def test_a_price_agreed_on_a_parent_covers_the_hours_on_its_subtasks() -> None:
    entries = [work("10", "2026-03-09", price="500 000 HUF"), work("20", "2026-03-02", ticket=3)]
    for known in (entries, entries[1:]):
        seen = budget(known, AGREED, jobs=UNDER_PARENTS)
        assert (seen.spent, seen.committed) == (huf("500000"), huf("500000"))
        assert [one.number for one in seen.tickets] == [1]
    assert budget(entries, AGREED, date(2026, 3, 2), UNDER_PARENTS).spent == huf("500000")


def test_a_rejected_ticket_or_a_duplicate_has_its_hours_by_rate_and_no_price() -> None:
    # 0.5 h x 100, and not 450 000.
    dropped = replace(job(1, done=True, price="450 000 HUF"), is_dropped=True)
    for known in (dropped, replace(dropped, accepted=date(2026, 6, 1))):
        seen = budget([work("0.5", price="450 000 HUF")], AGREED, jobs=[known])
        assert (seen.spent, seen.committed) == (huf("50"), huf("50"))
        assert seen.tickets[0].price is NoPrice.NONE


def test_a_rejected_parents_price_covers_nothing_and_one_above_it_does() -> None:
    parent = replace(job(2, parent=1, done=True, price="1000"), is_dropped=True)
    entries = [work("20", ticket=3)]
    # 20 h x 100
    alone = budget(entries, AGREED, jobs=[replace(parent, parent=None), job(3, parent=2)])
    assert alone.spent == huf("2000")
    under = budget(entries, AGREED, jobs=[UNDER_PARENTS[0], parent, job(3, parent=2)])
    assert under.spent == huf("500000")


def test_a_price_above_that_is_no_development_covers_nothing() -> None:
    features = contract(
        BUDGET,
        "fixed_price_field = 'price'\ncounts = { trackers = 'Feature' }",
        "[[development.rates]]\nper_hour = '100 HUF'",
    )
    jobs = [job(1, tracker="Epic", price="500 000 HUF"), job(2, parent=1)]
    assert budget([work("20", ticket=2)], features, jobs=jobs).spent == huf("2000")


def test_an_hour_taken_back_takes_the_price_back() -> None:
    # +1 h and -1 h: not begun. 2 h in April begin it in April, whatever was in March.
    ordered = job(price="450 000 HUF")
    taken_back = [work("1", price="450 000 HUF"), work("-1", "2026-03-05", price="450 000 HUF")]
    seen = budget(taken_back, AGREED, jobs=[ordered])
    assert (seen.spent, seen.ordered) == (huf("0"), huf("450000"))
    begun = [*taken_back, work("2", "2026-04-01", price="450 000 HUF")]
    assert list(booked(begun, AGREED).days) == [date(2026, 4, 1)]
    assert budget(begun, AGREED, jobs=[ordered]).spent == huf("450000")


def test_a_subtask_with_a_price_of_its_own_is_not_covered() -> None:
    jobs = [UNDER_PARENTS[0], job(2, parent=1, price="1000")]
    entries = [work("20", ticket=2, price="1000")]
    assert budget(entries, AGREED, jobs=jobs).committed == huf("501000")
    assert budget(entries, AGREED, jobs=jobs).spent == huf("1000")


def test_estimates_of_covered_subtasks_commit_to_nothing_more() -> None:
    jobs = [UNDER_PARENTS[0], job(2, parent=1, estimated="50", assignee="eva")]
    assert budget([], AGREED, jobs=jobs).committed == huf("500000")


def test_where_each_subtask_is_a_promise_its_hours_are_its_own() -> None:
    each = contract(
        "subtasks = 'each'",
        BUDGET,
        "fixed_price_field = 'price'",
        "[[development.rates]]\nper_hour = '100 HUF'",
    )
    assert budget([work("20", ticket=3)], each, jobs=UNDER_PARENTS).spent == huf("2000")


def test_tickets_that_are_each_others_parents_are_no_trap() -> None:
    jobs = [job(1, parent=2), job(2, parent=1)]
    assert budget([work("1")], AGREED, jobs=jobs).spent == huf("100")


def test_an_entry_without_hours_does_not_begin_a_ticket() -> None:
    ordered = job(price="450 000 HUF")
    seen = budget([work("0", price="450 000 HUF")], AGREED, jobs=[ordered])
    assert (seen.spent, seen.ordered) == (huf("0"), huf("450000"))


def test_an_accepted_price_is_spent_though_no_hour_was_booked() -> None:
    done = job(price="450 000 HUF", done=True, accepted="2026-03-05")
    assert budget([], AGREED, jobs=[done]).accepted == huf("450000")
    assert budget([], AGREED, date(2026, 3, 4), [done]).spent == huf("0")


def test_an_agreed_price_is_booked_once_in_the_year_of_its_first_hour() -> None:
    under = contract(
        BUDGET.replace("percent", "period = 'year'\npercent"), "fixed_price_field = 'price'"
    ).model_copy(update={"starts": date(2025, 1, 1)})
    entries = [
        work("1", "2026-01-05", price="1000"),
        work("1", "2025-12-30", price="1000"),
        work("1", "2025-12-31", price="1000"),
    ]
    assert budget(entries, under, date(2025, 12, 31)).spent == huf("1000")
    assert budget(entries, under, date(2026, 12, 31)).spent == huf("0")


def test_accepted_is_what_was_worked_up_to_the_day_of_acceptance() -> None:
    # 2 h before or on the day, 1 h after it; 4 h on a ticket nobody accepted. x 18 000
    entries = [
        work("1", "2026-03-02"),
        work("1", "2026-03-10"),
        work("1", "2026-03-11"),
        work("4", ticket=2),
    ]
    seen = budget(entries, jobs=[job(1, accepted="2026-03-10"), job(2)])
    assert (seen.spent, seen.accepted) == (huf("126000"), huf("36000"))
    assert seen.remaining_against_accepted == huf("1764000")


def test_what_is_accepted_later_is_not_accepted_yet() -> None:
    jobs = [job(accepted="2026-03-10")]
    assert budget([work("1")], AT_18000, date(2026, 3, 9), jobs).accepted == huf("0")
    assert budget([work("1")], AT_18000, date(2026, 3, 10), jobs).accepted == huf("18000")
