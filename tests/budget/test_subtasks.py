"""Parents that speak for their subtasks do so in estimate and acceptance as in their price.

18 000 HUF an hour.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from tests.budget.booking import BUDGET, budget, huf, job, work
from tests.judging import contract

RATE = "[[development.rates]]\nper_hour = '18 000 HUF'"
EACH = contract("subtasks = 'each'", BUDGET, RATE)
SUBTASK = job(2, parent=1)


def test_hours_on_a_subtask_are_taken_off_its_parents_estimate() -> None:
    # 6 h x 18 000 = 108 000 spent; 10 - 6 = 4 h left, at the rate of who worked: 72 000.
    seen = budget([work("6", ticket=2)], jobs=[job(1, estimated="10"), SUBTASK])
    assert (seen.spent, seen.estimated, seen.committed) == (
        huf("108000"),
        huf("72000"),
        huf("180000"),
    )


def test_they_are_taken_off_with_the_parents_own_and_off_the_nearest_estimate() -> None:
    # #1 has 10 h, #2 none, #3 below it none: 1 + 2 + 3 h are taken off, 4 h left.
    entries = [work("1"), work("2", ticket=2), work("3", ticket=3)]
    jobs = [job(1, estimated="10"), SUBTASK, job(3, parent=2)]
    assert budget(entries, jobs=jobs).estimated == huf("72000")
    # With 5 h of its own, #2 takes its own and those of #3: 5 - 5 = 0 left; 10 - 1 = 9 h of #1.
    nearer = [jobs[0], replace(SUBTASK, estimated=Decimal(5)), jobs[2]]
    assert budget(entries, jobs=nearer).estimated == huf("162000")


def test_an_estimate_of_the_subtasks_own_comes_to_the_parents_as_in_redmine() -> None:
    # As Redmine's total: 10 h of the parent and 4 h of the subtask, of which 1 h is worked: 13 h.
    jobs = [job(1, estimated="10", assignee="eva"), job(2, parent=1, estimated="4")]
    assert budget([work("1", ticket=2)], jobs=jobs).estimated == huf("234000")


def test_a_parent_that_is_no_development_holds_no_estimate() -> None:
    features = contract(BUDGET, "counts = { trackers = 'Feature' }", RATE)
    jobs = [job(1, estimated="10", tracker="Epic"), SUBTASK]
    seen = budget([work("6", ticket=2)], features, jobs=jobs)
    assert (seen.committed, seen.unpriced_estimate) == (huf("108000"), Decimal(0))


def test_what_the_customer_accepts_on_the_parent_he_accepts_on_its_subtasks() -> None:
    # 5 h before the acceptance, 1 h after it.
    entries = [work("5", ticket=2), work("1", "2026-03-11", ticket=2)]
    jobs = [job(1, accepted="2026-03-10"), SUBTASK]
    seen = budget(entries, jobs=jobs)
    assert (seen.accepted, seen.spent) == (huf("90000"), huf("108000"))
    assert budget(entries, day=date(2026, 3, 9), jobs=jobs).accepted == huf("0")


def test_what_was_worked_before_the_last_of_two_acceptances_is_accepted() -> None:
    # 5 h by 2 March, 1 h on 11 March; the subtask was accepted on the 3rd, its parent on the 12th.
    entries = [work("5", ticket=2), work("1", "2026-03-11", ticket=2)]
    jobs = [job(1, accepted="2026-03-12"), job(2, parent=1, accepted="2026-03-03")]
    assert budget(entries, jobs=jobs).accepted == huf("108000")
    assert budget(entries, day=date(2026, 3, 11), jobs=jobs).accepted == huf("90000")


def test_an_accepted_parent_leaves_nothing_to_come_on_its_subtasks() -> None:
    jobs = [job(1, accepted="2026-03-10"), job(2, parent=1, estimated="10", assignee="eva")]
    assert budget([], jobs=jobs).committed == huf("0")


def test_a_price_on_a_subtask_is_accepted_with_its_parent() -> None:
    under = contract(BUDGET, "fixed_price_field = 'price'", RATE)
    jobs = [job(1, accepted="2026-03-10"), job(2, parent=1, price="450 000 HUF")]
    seen = budget([], under, jobs=jobs)
    assert (seen.spent, seen.accepted) == (huf("450000"), huf("450000"))


def test_where_each_subtask_is_a_promise_nothing_is_taken_from_above() -> None:
    jobs = [job(1, estimated="10", assignee="eva", accepted="2026-03-10"), SUBTASK]
    open_parent = [replace(jobs[0], accepted=None), SUBTASK]
    assert budget([work("5", ticket=2)], EACH, jobs=jobs).accepted == huf("0")
    # 5 h of the subtask and the parent's whole 10 h: 270 000.
    assert budget([work("5", ticket=2)], EACH, jobs=open_parent).committed == huf("270000")


def test_the_rate_of_whoever_worked_on_the_subtask_last_goes_on() -> None:
    by_person = contract(
        BUDGET,
        "[[development.rates]]\nusers = 'ivan'\nper_hour = '30 000 HUF'",
        RATE,
    )
    entries = [work("1"), work("1", "2026-03-03", ticket=2, user="ivan")]
    # 8 h left x 30 000
    seen = budget(entries, by_person, jobs=[job(1, estimated="10"), SUBTASK])
    assert seen.estimated == huf("240000")
