"""The budgets as a run reads them from its mirror and shows them on tickets and the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from redmine_sla.budget.prices import UnusablePrice
from redmine_sla.budget.written_price import NoPrice
from redmine_sla.contract import Configuration, Contract
from redmine_sla.language import ENGLISH
from redmine_sla.mirror import Arrival, Mirror
from redmine_sla.page import Page, render
from redmine_sla.plan import with_budget
from redmine_sla.plan.shown import Shown
from redmine_sla.sync.booked_time import BookedTime
from redmine_sla.sync.budgets import Budgets, budgets_of
from redmine_sla.sync.field_uses import users_of
from redmine_sla.sync.workbench import lay_out
from tests.budget.booking import BUDGET, huf
from tests.judging import contract
from tests.mirror.rows import Row, issue, named, time_entry
from tests.plan.world import DESK

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
RATE = "[[development.rates]]\nper_hour = '18 000 HUF'"
FEATURES = "counts = { trackers = 'Feature' }"
DEVELOPING = contract(BUDGET, FEATURES, RATE)
BOTH = contract("allowance = { clause = 'A', hours_per_month = 4 }", BUDGET, FEATURES, RATE)


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    """#1 and #2 are features, #2 closed; #3 is a fault; #4 is a feature somewhere else."""
    rows: list[Row] = [
        issue(1, estimated_hours=10, tracker=named(2, "Feature")),
        issue(2, closed=True, tracker=named(2, "Feature")),
        issue(3),
        issue(4, project=2, tracker=named(2, "Feature")),
    ]
    hours = [
        time_entry(1, ticket=1, hours="60"),
        time_entry(2, ticket=2, hours="5"),
        time_entry(3, ticket=3, hours="3"),
        time_entry(4, ticket=4, hours="7", project=2),
        time_entry(5, ticket=None, hours="1"),
    ]
    with Mirror.open(f"sqlite:///{tmp_path}/mirror.db") as opened:
        with opened.writing() as batch:
            batch.store_words(
                "projects",
                [
                    {"id": 1, "name": "Acme", "identifier": "acme"},
                    {"id": 2, "name": "Globex", "identifier": "globex"},
                ],
            )
            batch.store_words("trackers", [{"id": 1, "name": "Bug"}, {"id": 2, "name": "Feature"}])
            batch.store_words(
                "statuses",
                [
                    {"id": 1, "name": "New", "is_closed": False},
                    {"id": 5, "name": "Closed", "is_closed": True},
                ],
            )
            batch.store_tickets(
                [Arrival({**row, "journals": []}, read=True, settled=True) for row in rows], AT
            )
            batch.store_time_entries(hours)
        yield opened


def budgets(mirror: Mirror, under: Contract, at: datetime = AT) -> Budgets:
    bench = lay_out(Configuration(desk=DESK, contracts=(under,)), mirror)
    return budgets_of(bench, mirror, at)[under.name]


def test_hours_that_a_contract_only_promises_to_tell_are_read(mirror: Mirror) -> None:
    under = contract("[quarter]\nclause = 'the service record'\ncontents = ['hours']")
    bench = lay_out(Configuration(desk=DESK, contracts=(under,)), mirror)
    time = BookedTime(bench, mirror, under)
    # 60 on #1, 5 on #2, 3 on #3, and 1 on no ticket; the 7 on #4 are in another project.
    hours = [one.entry.hours for one in time.work(time.jobs(AT))]
    assert hours == [Decimal(60), Decimal(5), Decimal(3), Decimal(1)]


def test_all_hours_on_the_contracts_development_tickets_are_booked(mirror: Mirror) -> None:
    seen = budgets(mirror, DEVELOPING).development
    assert seen is not None
    # #1: 60 h, #2: 5 h; x 18 000. Faults and other projects are not development of this contract.
    assert seen.spent == huf("1170000")


def test_what_was_booked_later_was_not_known(mirror: Mirror) -> None:
    seen = budgets(mirror, DEVELOPING, datetime(2026, 11, 2, 11, 59, tzinfo=UTC)).development
    assert seen is not None
    assert seen.spent == huf("0")
    # 10 h estimated on #1, which nobody is assigned to.
    assert seen.unpriced_estimate == Decimal(10)


def test_hours_on_no_ticket_are_the_contracts_whose_project_it_is(mirror: Mirror) -> None:
    everything = contract(BUDGET, RATE)
    seen = budgets(mirror, everything).development
    assert seen is not None
    # 60 + 5 + 3 + 1 = 69 h
    assert seen.spent == huf("1242000")


def test_open_development_tickets_show_it_and_others_do_not(mirror: Mirror) -> None:
    found = budgets(mirror, DEVELOPING)
    assert found.on_ticket(1, ENGLISH).startswith("65\u00a0% or more of")
    assert [found.on_ticket(number, ENGLISH) for number in (2, 3, 4)] == ["", "", ""]


def test_both_budgets_stand_on_the_page_and_no_hour_is_in_both(mirror: Mirror) -> None:
    found = budgets(mirror, BOTH)
    assert found.hours is not None
    assert found.hours.months[-1].used == Decimal(4)  # #3 and what is on no ticket
    page = render(Page(found.blocks(ENGLISH)), "textile")
    assert page.index("Development budget") < page.index("Included hours")


def test_a_closed_parent_without_hours_is_read_for_its_subtask(mirror: Mirror) -> None:
    feature = named(2, "Feature")
    rows = [
        issue(8, closed=True, tracker=feature, estimated_hours=10),
        issue(9, tracker=feature, parent={"id": 8}),
    ]
    with mirror.writing() as batch:
        batch.store_tickets(
            [Arrival({**row, "journals": []}, read=True, settled=True) for row in rows], AT
        )
        batch.store_time_entries([time_entry(6, ticket=9, hours="1")])
    bench = lay_out(Configuration(desk=DESK, contracts=(DEVELOPING,)), mirror)
    jobs = BookedTime(bench, mirror, DEVELOPING).jobs(AT)
    assert (jobs[9].parent, jobs[8].estimated) == (8, Decimal(10))
    each = contract("subtasks = 'each'", BUDGET, FEATURES, RATE)
    assert 8 not in BookedTime(bench, mirror, each).jobs(AT)


def test_a_run_says_that_the_limit_is_exceeded(mirror: Mirror) -> None:
    tight = contract(BUDGET.replace("percent = 15", "percent = 9.74"), FEATURES, RATE)
    # 9.74 % of 12 000 000 are 1 168 800; 65 h cost 1 170 000.
    (said,) = budgets(mirror, tight).findings(tight)
    assert said.replace("\u00a0", " ") == (
        "contract acme: development is over its limit of HUF 1,168,800 by HUF 1,200"
    )
    assert not list(budgets(mirror, DEVELOPING).findings(DEVELOPING))


def test_a_run_says_which_prices_cannot_be_read() -> None:
    found = Budgets(unusable=[UnusablePrice(7, "450.000 HUF", NoPrice.UNREADABLE)])
    (said,) = found.findings(DEVELOPING)
    assert said.startswith('#7: the agreed price "450.000 HUF" cannot be read')


def test_a_contract_without_budgets_has_none(mirror: Mirror) -> None:
    assert budgets(mirror, contract()) == Budgets()
    assert Budgets().blocks(ENGLISH) == ()


def test_the_text_is_a_value_beside_the_others() -> None:
    shown = with_budget(Shown(sla_status="met", why="resolved"), "5 % used")
    assert (shown.values()["budget"], shown.sla_status, shown.why) == (
        "5 % used",
        "met",
        "resolved",
    )
    assert with_budget(Shown(), "5 % used").why == "counts on the development budget"
    assert with_budget(Shown(), "") == Shown()


def test_only_contracts_with_development_need_its_field() -> None:
    amended = contract(
        "contract_sum = '1 HUF'\nvat = 'net'",
        "[[amendments]]\nfrom = 2026-05-01\nnote = 'new'",
        "development = { percent = 15, clause = 'E' }",
    )
    assert users_of("budget", [contract(), DEVELOPING]) == ("acme",)
    assert users_of("budget", [amended]) == ("acme",)
    assert users_of("budget", [contract()]) == ()
    assert users_of("sla_status", [contract()]) == ("acme",)
