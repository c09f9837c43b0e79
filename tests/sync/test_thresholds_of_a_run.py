"""A threshold of the development budget is told by the run that first sees it reached, once.

The limit is 1 800 000 HUF: 75 % are 1 350 000 or 75 h of 18 000, 90 % are 90 h, 100 % are 100 h.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from redmine_sla.budget.thresholds import thresholds
from redmine_sla.contract import Configuration, Contract
from redmine_sla.mirror import Mirror
from redmine_sla.sync.budgets import Budgets
from redmine_sla.sync.crossed_thresholds import crossed_thresholds
from redmine_sla.sync.run import sync
from tests.budget.booking import AT_18000, BUDGET, DAY, booked, budget, work
from tests.judging import contract
from tests.plan.world import DESK
from tests.sync.desk import Desk
from tests.sync.desk_writing import DeskRedmine


def told(
    hours: str, before: str | None, under: Contract = AT_18000, day: date = DAY
) -> tuple[tuple[str, ...], str]:
    entries = [work(hours)]
    known = thresholds(under, booked(entries, under, day))
    budgets = Budgets(development=budget(entries, under, day), reached=known)
    crossed = crossed_thresholds([(under, budgets)], before)
    return tuple(one.replace("\u00a0", " ") for one in crossed.findings), crossed.reached


def test_nothing_is_told_below_the_first() -> None:
    assert told("74.99", None)[0] == ()


def test_one_that_is_reached_is_told_once() -> None:
    _, below = told("74.99", None)
    said, reached = told("75", below)
    assert said == (
        "contract acme: 75 % of the development limit of HUF 1,800,000 are reached: "
        "HUF 1,350,000 spent",
    )
    assert told("80", reached)[0] == ()


def test_of_two_at_once_the_higher_is_told_and_a_later_one_by_itself() -> None:
    said, reached = told("90", None)
    assert [one.split(" of ")[0] for one in said] == ["contract acme: 90 %"]
    assert [one.split(" of ")[0] for one in told("100", reached)[0]] == ["contract acme: 100 %"]


def test_one_that_was_no_longer_reached_is_told_anew() -> None:
    _, reached = told("75", None)
    _, taken_back = told("74", reached)
    assert len(told("75", taken_back)[0]) == 1


def test_the_next_years_limit_has_its_own() -> None:
    yearly = contract(
        BUDGET.replace("percent", "period = 'year'\npercent"),
        "[[development.rates]]\nper_hour = '18 000 HUF'",
    )
    _, reached = told("75", None, yearly)
    assert told("75", reached, yearly, date(2027, 6, 30))[0] == ()
    entries = [work("75", "2027-02-01")]
    day = date(2027, 6, 30)
    known = thresholds(yearly, booked(entries, yearly, day))
    budgets = Budgets(development=budget(entries, yearly, day), reached=known)
    assert len(crossed_thresholds([(yearly, budgets)], reached).findings) == 1


def test_a_contract_without_a_budget_has_none() -> None:
    assert crossed_thresholds([(contract(), Budgets())], None).findings == ()


def test_the_run_after_it_has_nothing_new_to_tell(tmp_path: Path) -> None:
    desk = Desk(projects=(1,))
    ticket = desk.create()
    under = AT_18000.model_copy(update={"projects": ("p1",)})
    config = Configuration(desk=DESK, contracts=(under,))

    def run() -> list[str]:
        desk.tick(300)
        with Mirror.open(f"sqlite:///{tmp_path}/mirror.db") as mirror:
            report = sync(config, DeskRedmine(desk), mirror, as_of=desk.now)
        return [one for one in report.findings if "are reached" in one]

    assert run() == []
    desk.book(ticket, "76")
    assert [len(run()) for _ in range(3)] == [1, 0, 0]
    desk.book(ticket, "14")
    assert [len(run()) for _ in range(2)] == [1, 0]
