"""The last quarter of a contract that ends in the middle of it: handed over after the end, frozen.

The contract ends on 10 August 2026. One ticket was done in July, another one of 7 August is open
over the end.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from redmine_sla.contract import Configuration
from redmine_sla.contract.files.load import loads_contract, loads_desk
from redmine_sla.contract.promises.quarterly import Content
from redmine_sla.mirror import Mirror
from redmine_sla.sync.judging import quarters_in_motion
from redmine_sla.sync.pages import PageMemory
from redmine_sla.sync.quarterly.drafts import Drafts
from redmine_sla.sync.quarterly.publication import Step
from redmine_sla.sync.workbench import lay_out
from tests.sync.handover import CONTRACT, DESK, THIRD, HelpDesk, Office, at, help_desk

ENDING = loads_contract(
    CONTRACT.replace(
        "starts = 2026-01-01", "starts = 2026-01-01\nends = 2026-08-10\nlanguage = 'en'"
    ),
    "delta",
)
CONFIGURATION = Configuration(desk=loads_desk(DESK), contracts=(ENDING,))


@pytest.fixture
def office(tmp_path: Path) -> Office:
    desk = help_desk()
    del desk.content.issues[max(desk.content.issues)]  # of September
    desk.now = at("2026-08-07T08:00")
    desk.create()
    desk.now = at("2026-08-20T08:00")
    return Office(desk, tmp_path, CONFIGURATION)


def open_one(office: Office) -> int:
    return max(office.desk.content.issues)


def test_it_is_drafted_until_the_contract_ends_and_published_after(office: Office) -> None:
    office.desk.now = at("2026-08-10T08:00")
    office.publish()
    assert office.files == []
    office.desk.now = at("2026-08-20T08:00")
    found = office.publish()
    assert (found.publication.step, found.went_well) == (Step.NEW, True)
    period = found.publication.deliverable.frame.period
    assert str(period) == "2026-07-01 to 2026-08-10"


def test_what_is_open_over_the_end_is_listed_as_open(office: Office) -> None:
    number = open_one(office)
    made = office.publish().publication.deliverable
    (told,) = [one.figures for one in made.sections if one.content is Content.OPEN_TICKETS]
    assert {one["ticket"] for one in told["open"]} == {number}


def broken(office: Office) -> int:
    made = office.look().deliverable
    (levels,) = [one.figures for one in made.sections if one.content is Content.SERVICE_LEVELS]
    return sum(row["broken"] for row in levels["clocks"])


def test_a_promise_broken_after_the_end_restates_it_once(office: Office) -> None:
    # reported on Friday 7 August: the repair is due 5 working days later, on the 13th, for the
    # Saturday is worked
    number = open_one(office)
    office.desk.now = at("2026-08-12T08:00")
    before = broken(office)
    assert office.publish().publication.step is Step.NEW
    office.desk.now = at("2026-08-20T08:00")
    assert broken(office) == before + 1
    assert office.publish().publication.step is Step.RESTATED
    office.desk.set_status(number, 5)
    office.desk.now = at("2026-10-15T08:00")
    assert office.publish().publication.step is Step.UNCHANGED


def test_nothing_else_that_comes_after_the_end_restates_it(office: Office) -> None:
    number = open_one(office)
    office.publish()
    office.desk.now = at("2026-08-25T08:00")
    office.desk.book(number, "40")
    office.desk.set_status(number, 5)
    office.desk.create()
    office.desk.now = at("2026-10-15T08:00")
    assert office.publish().publication.step is Step.UNCHANGED


@pytest.mark.parametrize(
    ("day", "kept"),
    [("2026-08-10", True), ("2026-08-20", True), ("2026-10-20", True), ("2026-11-01", False)],
)
def test_its_draft_is_kept_until_the_quarter_has_settled(day: str, kept: bool) -> None:
    assert quarters_in_motion(ENDING, at(f"{day}T08:00")) == ([THIRD] if kept else [])


def test_its_draft_tells_the_contracts_days(office: Office, tmp_path: Path) -> None:
    office.look()
    redmine = HelpDesk(office.desk)
    with Mirror.open(f"sqlite:///{tmp_path}/mirror.db") as mirror:
        bench = lay_out(CONFIGURATION, mirror)
        drafts = Drafts(bench, mirror, PageMemory(redmine, mirror), office.desk.now)
        (page,) = drafts.changes()
    assert "1 July 2026 – 10 August 2026" in page.after.replace("\u00a0", " ")
