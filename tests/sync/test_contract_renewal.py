"""One contract follows another: promises stay with the contract of the report, hours and outages
are of the contract in whose days they fall.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Protocol

import pytest

from redmine_sla.budget import DevelopmentBudget
from redmine_sla.contract import Contract
from redmine_sla.mirror import Mirror
from redmine_sla.plan import Plan, SaveWikiPage
from redmine_sla.quarter import Quarter
from redmine_sla.sync.budgets import budgets_of
from redmine_sla.sync.pages import PageMemory
from redmine_sla.sync.planning import Planner
from redmine_sla.sync.quarterly.assembling import Assembly
from redmine_sla.sync.workbench import lay_out
from tests.budget.booking import BUDGET, huf
from tests.mirror.rows import Row, journal
from tests.sync.desk import Desk
from tests.sync.desk_writing import DeskRedmine
from tests.sync.renewal import (
    ACCEPTED,
    AT,
    BEGAN,
    ENDED,
    PRICE,
    PRICED,
    RATE,
    field,
    new,
    old,
    reported,
    spent,
    store,
    under,
)

LAST = Quarter(2026, 4)
IN_OCTOBER = datetime(2026, 10, 30, 12, tzinfo=UTC)
AVAILABLE = "[availability]\nclause = 'A'\npercent = 99"


class Mirrored(Protocol):
    def __call__(self, tickets: Iterable[Row], hours: Iterable[Row] = ()) -> Mirror: ...


@pytest.fixture
def mirrored(tmp_path: Path) -> Iterator[Mirrored]:
    with ExitStack() as opened:

        def put(tickets: Iterable[Row], hours: Iterable[Row] = ()) -> Mirror:
            return opened.enter_context(store(tmp_path, tickets, hours))

        yield put


def budget(mirror: Mirror, of: Contract, *among: Contract, at: datetime = AT) -> DevelopmentBudget:
    bench = lay_out(under(*among), mirror)
    found = budgets_of(bench, mirror, at)[of.name].development
    assert found is not None
    return found


def section(mirror: Mirror, of: Contract, content: str, *among: Contract) -> Any:
    """The figures of a section of the last quarter of 2026."""
    assembly = Assembly(bench=lay_out(under(*among), mirror), mirror=mirror)
    made = assembly.deliverable(of, LAST, AT)
    return next(one.figures for one in made.sections if str(one.content) == content)


WORKED_ON = [
    spent(1, 1, "2026-10-22", "2"),
    spent(2, 1, "2026-11-05", "40"),
    spent(3, None, "2026-11-06", "8"),
    spent(4, None, "2026-10-06", "5"),
]


def test_hours_are_of_the_contract_in_whose_days_they_were_spent(mirrored: Mirrored) -> None:
    mirror = mirrored([reported(1, "2026-10-20")], WORKED_ON)
    # 2 + 5 = 7 h and 40 + 8 = 48 h; x 18 000
    assert budget(mirror, old(), old(), new()).spent == huf("126000")
    assert budget(mirror, new(), old(), new()).spent == huf("864000")


def test_a_contract_that_follows_takes_nothing_from_the_one_before(mirrored: Mirrored) -> None:
    mirror = mirrored([reported(1, "2026-10-20")], WORKED_ON)
    assert budget(mirror, old(), old()).spent == budget(mirror, old(), old(), new()).spent


def test_the_quarters_book_what_the_budgets_do(mirrored: Mirrored) -> None:
    mirror = mirrored([reported(1, "2026-10-20")], WORKED_ON)
    for one, spent_there in ((old(), "126000"), (new(), "864000")):
        figures = section(mirror, one, "budget", old(), new())
        assert figures["spent"] == f"{spent_there} HUF"


def test_on_a_ticket_from_before_any_contract_hours_count_from_the_first_day(
    mirrored: Mirrored,
) -> None:
    mirror = mirrored(
        [reported(1, "2026-10-20")],
        [spent(1, 1, "2026-10-31", "3"), spent(2, 1, "2026-11-01", "4")],
    )
    assert budget(mirror, new(), new()).spent == huf("72000")


def test_what_is_left_of_an_estimate_is_to_come_under_the_contract_in_force(
    mirrored: Mirrored,
) -> None:
    ticket = reported(1, "2026-10-20", estimated_hours=10)
    hours = [spent(1, 1, "2026-10-22", "6"), spent(2, 1, "2026-11-05", "1")]
    mirror = mirrored([ticket], hours)
    before = budget(mirror, old(), old(), new(), at=IN_OCTOBER)
    assert before.estimated == huf("72000")  # 10 - 6 = 4 h
    assert budget(mirror, old(), old(), new()).estimated == huf("0")
    assert budget(mirror, new(), old(), new()).estimated == huf("54000")  # 10 - 6 - 1 = 3 h
    early = budget(mirror, new(), old(), new(), at=IN_OCTOBER)
    assert early.committed == huf("0")


def test_an_agreed_price_is_booked_once_where_its_first_hour_was_worked(
    mirrored: Mirrored,
) -> None:
    prices = (BUDGET, PRICED, RATE)
    carrying = [field(PRICE, "Fixed price", "500 000 HUF"), field(ACCEPTED, "Accepted", "")]
    mirror = mirrored(
        [
            reported(1, "2026-10-20", custom_fields=carrying),
            reported(2, "2026-10-20", custom_fields=carrying),
        ],
        [
            spent(1, 1, "2026-10-22", "2"),
            spent(2, 1, "2026-11-05", "40"),
            spent(3, 2, "2026-11-06", "1"),
        ],
    )
    among = old(*prices), new(*prices)
    found = [budget(mirror, one, *among).tickets for one in among]
    assert [[(one.number, one.spent) for one in each] for each in found] == [
        [(1, huf("500000"))],
        [(2, huf("500000"))],
    ]


def down(number: int, began: str, ended: str) -> Row:
    """A ticket of an outage, written down as it ended."""
    told = [field(BEGAN, "Outage began at", began), field(ENDED, "Outage ended at", ended)]
    details = [
        {"property": "cf", "name": str(one["id"]), "old_value": "", "new_value": one["value"]}
        for one in told
    ]
    noted = journal(1, at=f"{ended[:10]}T12:00:00Z", details=details)
    row = reported(number, began[:10], changed=ended[:10], custom_fields=told)
    return {**row, "journals": [noted]}


def test_an_outage_counts_for_each_contract_in_its_own_days(mirrored: Mirrored) -> None:
    mirror = mirrored([down(2, "2026-10-30 10:00", "2026-11-04 10:00")])
    lost = {}
    for one in (old(AVAILABLE), new(AVAILABLE)):
        stated = section(mirror, one, "availability", old(AVAILABLE), new(AVAILABLE))["stated"]
        lost[one.name] = stated[0]["adjusted"]["down_seconds"]
    # 38 h from Friday 10:00 to the end of October; 82 h from 1 November to Wednesday 10:00
    assert lost == {"old": 38 * 3600, "new": 82 * 3600}


def test_of_the_contract_before_only_outages_are_told(mirrored: Mirrored) -> None:
    promising = "[[targets]]\nclock = 'resolution'\nwithin = '8bh'\nclause = 'R'"
    mirror = mirrored([down(2, "2026-10-30 10:00", "2026-11-04 10:00")])
    among = old(AVAILABLE, promising), new(AVAILABLE, promising)
    assembly = Assembly(bench=lay_out(under(*among), mirror), mirror=mirror)
    told = {}
    for one in among:
        made = assembly.deliverable(one, LAST, AT)
        (open_tickets,) = [part for part in made.sections if str(part.content) == "open_tickets"]
        told[one.name] = [row["ticket"] for row in open_tickets.figures["open"]]
    assert told == {"old": [2], "new": []}


def test_a_promise_broken_after_the_end_is_the_contracts_that_made_it(
    mirrored: Mirrored,
) -> None:
    # reported on Saturday 31 October 11:00, received on Monday 2 November 09:00: due that day at
    # 17:00, in the first days of the contract that follows
    promising = (
        "vat = 'net'",
        "[[targets]]\nclock = 'resolution'\nwithin = '8bh'\nclause = 'R'",
        "[[credits]]\nname = 'back'\nclause = 'M'\nclock = 'resolution'\namount = '5000 HUF'",
        "[fees]\nclause = 'F'\nmonthly = '100 000 HUF'",
    )
    mirror = mirrored([reported(1, "2026-10-31")])
    among = old(*promising), new(*promising)
    broken, credited = {}, {}
    for one in among:
        rows = section(mirror, one, "breaches", *among)["broken"]
        broken[one.name] = [(row["ticket"], row["due"]) for row in rows]
        months = section(mirror, one, "credits", *among)["months"]
        credited[one.name] = [(month["month"], month["owed"]) for month in months]
    assert broken == {"old": [(1, "2026-11-02T16:00:00Z")], "new": []}
    assert credited["old"] == [("2026-10", "5000 HUF")]
    assert {owed for _, owed in credited["new"]} == {"0 HUF"}


def test_the_last_quarter_ends_with_the_contract(mirrored: Mirrored) -> None:
    mirror = mirrored([reported(1, "2026-10-20")], WORKED_ON)
    assembly = Assembly(bench=lay_out(under(old(), new()), mirror), mirror=mirror)
    period = assembly.deliverable(old(), LAST, AT).frame.period
    assert (period.first, period.last) == (date(2026, 10, 1), date(2026, 10, 31))


def plan(mirror: Mirror, *among: Contract) -> Plan:
    pages = PageMemory(DeskRedmine(Desk()), mirror)
    return Planner(lay_out(under(*among), mirror), mirror, pages, AT).plan()


def test_the_page_tells_an_outage_that_began_under_the_contract_before(
    mirrored: Mirrored,
) -> None:
    mirror = mirrored([down(2, "2026-10-30 10:00", "2026-11-04 10:00")])
    pages = {
        one.contract: one.after
        for one in plan(mirror, old(AVAILABLE), new(AVAILABLE)).changes
        if isinstance(one, SaveWikiPage)
    }
    assert "November 2026: 82 h 00 min lost" in pages["new"].replace("\u00a0", " ")


def test_a_ticket_shows_the_budget_its_work_is_booked_on_now(mirrored: Mirrored) -> None:
    mirror = mirrored([reported(1, "2026-10-20")], WORKED_ON)
    bench = lay_out(under(old(), new()), mirror)
    counting = [one.counting for one in budgets_of(bench, mirror, AT).values()]
    assert counting == [frozenset(), {1}]


def test_hours_that_no_contract_takes_are_told(mirrored: Mirrored) -> None:
    hours = [
        spent(1, 1, "2026-10-31", "2"),
        spent(2, 1, "2026-11-01", "1.5"),
        spent(3, None, "2026-11-05", "0.5"),
    ]
    mirror = mirrored([reported(1, "2026-10-20")], hours)
    assert [told for told in plan(mirror, old()).findings if "hours" in told] == [
        "2 hours since 2026-07-01 are no contract's: in acme, last on 2026-11-05; "
        "the contract there is over"
    ]
    assert not [told for told in plan(mirror, old(), new()).findings if "hours" in told]
