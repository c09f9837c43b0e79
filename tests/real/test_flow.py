"""The whole flow on real Redmines: provisioned, seeded, judged, written, and written once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from redmine_sla.mirror import Mirror
from redmine_sla.plan import SaveWikiPage, UpdateTicket
from redmine_sla.sync.apply import Result
from redmine_sla.sync.pull.scope import Beat
from redmine_sla.sync.run import prepare
from tests.harness.server import RedmineServer
from tests.real.flow_world import (
    DATED,
    HOT,
    SECRET,
    WAITING,
    World,
    after_first_run,
    make_world,
    now,
    open_mirror,
    written,
)

pytestmark = pytest.mark.real

REQUIRED_LATER = """
    IssueCustomField.create!(name: 'Cost centre', field_format: 'string', is_required: true,
                             trackers: Tracker.all, projects: [Project.find('desk2')])
"""
CLOSED_BEHIND_OUR_BACK = "Project.find('desk2').close"
NO_PRIVATE_NOTES = """
    role = Role.find_by!(name: 'redmine-sla')
    role.remove_permission!(:view_private_notes, :set_notes_private)
"""


@pytest.fixture
def world(redmine: RedmineServer) -> World:
    """Before the first run."""
    return redmine.restore_or_make("flow", make_world)


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    with open_mirror(tmp_path) as opened:
        yield opened


@pytest.fixture
def running(redmine: RedmineServer, tmp_path: Path) -> World:
    """After the first run; `mirror` is the one that run left."""
    world, left = redmine.restore_or_make("flow-running", after_first_run)
    (tmp_path / "mirror.db").write_bytes(left)
    return world


def test_what_is_promised_stands_on_the_tickets_and_in_the_wiki(
    world: World, mirror: Mirror
) -> None:
    report = world.run(mirror)
    assert report.went_well
    assert written(report) >= {world.ticket(each) for each in (HOT, WAITING, DATED)}
    assert world.shown(HOT, "anna1")["SLA status"] == "work start: on track"
    assert world.shown(HOT, "anna1")["Work starts by"]
    assert "paused: waiting for customer" in world.shown(WAITING, "anna1")["SLA status"]
    assert "customer's assent" in world.shown(DATED, "anna2")["SLA status"]
    for project, contract in (("desk1", "alma"), ("desk2", "beta")):
        titles = [title for title, _, _ in world.state()["pages"] if contract in title]
        assert titles
        assert all(SECRET not in world.page(project, title) for title in titles)
    assert "1500000Ft" in "".join(world.page("desk2", "SLA_beta").split())


def test_a_second_run_writes_nothing(running: World, mirror: Mirror) -> None:
    before = running.state()
    second = running.run(mirror)
    assert second.plan.changes == ()
    assert second.requests.writes == 0
    assert running.state() == before


def test_a_lost_mirror_loses_nothing(running: World, mirror: Mirror, tmp_path: Path) -> None:
    as_of = now()
    running.run(mirror, beat=Beat.NOW)
    with open_mirror(tmp_path, "anew") as anew, running.gateway() as redmine:
        prepared = prepare(running.configuration, redmine, anew, as_of=as_of)
        assert prepared.plan.changes == ()
        assert list(anew.tickets()) == list(mirror.tickets())
        judged = running.assessments(anew, as_of)
    assert judged == running.assessments(mirror, as_of)
    assert {running.ticket(each) for each in (HOT, WAITING, DATED)} <= judged.keys()


def test_a_customers_answer_updates_that_ticket_and_its_contracts_page(
    running: World, mirror: Mirror
) -> None:
    number = running.ticket(WAITING)
    answer = {"issue": {"notes": "The one of May."}}
    running.rest("anna1").put(f"/issues/{number}.json", answer)
    report = running.run(mirror)
    assert written(report) == {number}
    assert pages(report.plan.changes) == {"alma"}
    assert "paused" not in running.shown(WAITING)["SLA status"]
    assert running.run(mirror).plan.changes == ()


def test_a_customer_closes_his_ticket(running: World, mirror: Mirror) -> None:
    number = running.ticket(HOT)
    closed = running.seeded.statuses["Closed"]
    running.redmine.admin.put(
        f"/issues/{number}.json", {"issue": {"status_id": running.seeded.statuses["Resolved"]}}
    )
    running.rest("anna1").put(f"/issues/{number}.json", {"issue": {"status_id": closed}})
    assert written(running.run(mirror)) == {number}
    assert running.shown(HOT)["SLA status"] == "met"
    assert not running.shown(HOT)["Done by"]


def test_a_ticket_that_redmine_refuses_is_told_and_stops_nothing(
    running: World, mirror: Mirror
) -> None:
    running.redmine.runner(REQUIRED_LATER)
    refused, fine = running.ticket(DATED), running.ticket(WAITING)
    for login, number in (("anna2", refused), ("anna1", fine)):
        running.rest(login).put(f"/issues/{number}.json", {"issue": {"notes": "Agreed."}})
    report = running.run(mirror)
    outcomes = {
        outcome.change.ticket: outcome
        for outcome in report.applied.outcomes
        if isinstance(outcome.change, UpdateTicket)
    }
    assert not report.went_well
    assert outcomes[refused].result is Result.REFUSED
    assert "Cost centre" in outcomes[refused].message
    assert outcomes[fine].result is Result.APPLIED
    assert pages(report.plan.changes) == {"alma", "beta"}
    again = running.run(mirror)
    assert again.requests.writes == 0
    assert any("not tried again today" in finding for finding in again.findings)


def test_a_closed_project_is_named_and_the_other_contract_goes_on(
    running: World, mirror: Mirror
) -> None:
    number = running.ticket(WAITING)
    running.rest("anna1").put(f"/issues/{number}.json", {"issue": {"notes": "Here it is."}})
    running.redmine.runner(CLOSED_BEHIND_OUR_BACK)
    report = running.run(mirror, beat=Beat.NOW)
    assert any("closed" in finding for finding in report.findings)
    assert written(report) == {number}
    assert report.applied.stopped_by is None


def test_without_the_right_to_private_notes_nothing_is_judged_otherwise(
    running: World, mirror: Mirror
) -> None:
    as_of = now()
    before = running.assessments(mirror, as_of)
    running.redmine.runner(NO_PRIVATE_NOTES)
    report = running.run(mirror, beat=Beat.NOW)
    assert SECRET not in str(list(mirror.tickets()))
    assert report.plan.changes == ()
    assert running.assessments(mirror, as_of) == before


def test_in_wiki_mode_no_ticket_is_touched(world: World, mirror: Mirror) -> None:
    before = world.state()
    report = world.in_mode("wiki").run(mirror)
    after = world.state()
    assert written(report) == set()
    assert after["journals"] == before["journals"]
    assert after["fields"] == before["fields"] == []
    assert f"#{world.ticket(HOT)} " in world.page("desk1", "SLA_alma")
    assert world.in_mode("wiki").run(mirror).plan.changes == ()


@pytest.mark.parametrize("target", ["desk2", "desk3"])
def test_a_moved_ticket_leaves_its_contracts_page(
    running: World, mirror: Mirror, target: str
) -> None:
    number = running.ticket(HOT)
    moved = {"issue": {"project_id": running.seeded.projects[target]}}
    running.redmine.admin.put(f"/issues/{number}.json", moved)
    report = running.run(mirror)
    assert report.applied.stopped_by is None
    assert f"#{number} " not in running.page("desk1", "SLA_alma")
    assert f"#{number} " not in running.page("desk2", "SLA_beta")
    before = running.state()
    assert running.run(mirror).plan.changes == ()
    assert running.state() == before


def test_a_past_run_can_be_told_again(running: World, mirror: Mirror) -> None:
    """What was judged then is judged so still, whatever was written since."""
    then = now() - timedelta(hours=2)
    before = running.assessments(mirror, then)
    number = running.ticket(WAITING)
    running.rest("anna1").put(f"/issues/{number}.json", {"issue": {"notes": "The one of May."}})
    running.run(mirror)
    assert running.assessments(mirror, then) == before


def pages(changes: tuple[object, ...]) -> set[str]:
    """The contracts whose pages are to be written."""
    return {change.contract for change in changes if isinstance(change, SaveWikiPage)}
