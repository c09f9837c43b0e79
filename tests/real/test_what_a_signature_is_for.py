"""On a real Redmine: what a signature is for, whose it is, and what is made of a late "no"."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from redmine_sla.quarter.signed import Decision
from redmine_sla.sync.quarterly.publication import Step
from redmine_sla.sync.quarterly.settling import SignOffs, accepted_versions, sign_offs_of
from redmine_sla.sync.workbench import lay_out
from tests.harness.server import RedmineServer
from tests.real.quarter_world import SIGN_OFF, QuarterWorld, contract, make_world, now

pytestmark = pytest.mark.real


@pytest.fixture
def world(redmine_newest: RedmineServer) -> QuarterWorld:
    return redmine_newest.restore_or_make("quarter", make_world)


def status(world: QuarterWorld, name: str) -> int:
    rows = world.redmine.admin.get("/issue_statuses.json")["issue_statuses"]
    return next(int(row["id"]) for row in rows if row["name"] == name)


def decide(world: QuarterWorld, login: str, name: str, words: str = "") -> None:
    """Sets the status of the original's sign-off."""
    body = {"issue": {"status_id": status(world, name), "notes": words}}
    world.rest(login).put(f"/issues/{world.sign_off_ticket()['id']}.json", body)


def stands(world: QuarterWorld, folder: Path, *, mirror: str = "mirror") -> SignOffs:
    """How the sign-offs stand after a run."""
    world.sync(folder, mirror=mirror)
    with world.mirror(folder, mirror) as opened:
        bench = lay_out(world.configuration, opened)
        return sign_offs_of(bench, opened, world.contract, now())


def rename(world: QuarterWorld, login: str, first: str, last: str) -> None:
    """As any user may do himself."""
    body = {"user": {"firstname": first, "lastname": last}}
    world.rest(login).put("/my/account.json", body)


def known_by_number(world: QuarterWorld) -> QuarterWorld:
    anna = {"name": "Anna Kiss", "user": world.seeded.users["anna"].id, "may": ["sign_off"]}
    return replace(world, contract=contract(contacts=[anna]))


def requests(world: QuarterWorld) -> list[dict[str, Any]]:
    rows = world.redmine.admin.get("/issues.json", status_id="*", sort="id")["issues"]
    return [row for row in rows if row["tracker"]["name"] == SIGN_OFF]


def notes(world: QuarterWorld) -> list[str]:
    """What the program said on the original's ticket."""
    path = f"/issues/{world.sign_off_ticket()['id']}.json"
    journals = world.redmine.admin.get(path, include="journals")["issue"]["journals"]
    told = [row for row in journals if row["user"]["name"] == "redmine-sla (program)"]
    return [row["notes"] for row in told if row["notes"]]


def row_of_the_page(world: QuarterWorld) -> str:
    """What customers read of the original on the contract's page."""
    lines: list[str] = world.page("SLA alma")["text"].splitlines()
    return next(line for line in lines if "[[SLA alma 2026Q3" in line)


def test_figures_she_never_saw_are_not_signed(world: QuarterWorld, tmp_path: Path) -> None:
    world.publish(tmp_path)
    decide(world, "anna", "Closed", "fine")
    assert stands(world, tmp_path).found[0].decision is Decision.ACCEPTED
    admin = world.redmine.admin
    for one in admin.get("/projects/alma/files.json")["files"]:
        admin.delete(f"/attachments/{one['id']}.json")
    admin.delete("/projects/alma/wiki/SLA_alma_2026Q3.json")
    world.change_hours("2.5", "60")
    done = world.publish(tmp_path)
    assert done.publication.step is Step.NEW
    assert any("accepted by Anna Kiss, is about a manifest" in one for one in done.plan.findings)
    assert len(requests(world)) == 2

    found = stands(world, tmp_path)
    assert [one.decision for one in found.found] == [Decision.REPLACED, Decision.AWAITED]
    assert any("signs nothing" in finding for finding in found.findings())
    assert "Awaited" in row_of_the_page(world)
    again = world.publish(tmp_path, mirror="another")
    assert again.publication.step is not Step.NEW
    assert len(requests(world)) == 2


def test_nobody_signs_by_taking_her_name(world: QuarterWorld, tmp_path: Path) -> None:
    numbered = known_by_number(world)
    numbered.publish(tmp_path)
    assert numbered.sign_off_ticket()["assigned_to"]["name"] == "Anna Kiss"
    rename(world, "bela", "Anna", "Kiss")
    decide(world, "bela", "Closed")
    for each in (world, numbered):
        assert stands(each, tmp_path).found[0].decision is Decision.AWAITED
    by_name = stands(world, tmp_path, mirror="another")
    assert any('2 members of Alma are called "Anna Kiss"' in one for one in by_name.findings())


def test_a_later_namesake_undoes_nothing_she_signed(world: QuarterWorld, tmp_path: Path) -> None:
    world.publish(tmp_path)
    decide(world, "anna", "Closed")
    rename(world, "bela", "Anna", "Kiss")
    found = stands(world, tmp_path, mirror="another")
    assert found.found[0].decision is Decision.ACCEPTED
    assert list(found.findings()) == []


def test_what_she_signed_stays_signed(world: QuarterWorld, tmp_path: Path) -> None:
    numbered = known_by_number(world)
    numbered.publish(tmp_path)
    decide(world, "anna", "Closed")
    rename(world, "anna", "Anna", "Nagy-Kiss")
    admin = world.redmine.admin
    members = admin.get("/projects/alma/memberships.json")["memberships"]
    anna = world.seeded.users["anna"].id
    (own,) = (row["id"] for row in members if row.get("user", {}).get("id") == anna)
    admin.delete(f"/memberships/{own}.json")
    (version,) = admin.get("/projects/alma/versions.json")["versions"]
    admin.put(f"/versions/{version['id']}.json", {"version": {"name": "Summer"}})
    found = stands(numbered, tmp_path, mirror="another")
    assert found.found[0].decision is Decision.ACCEPTED
    assert list(accepted_versions(found)) == ["Summer"]


def test_a_late_no_is_heard_and_not_fought(world: QuarterWorld, tmp_path: Path) -> None:
    world.publish(tmp_path)
    ticket = world.sign_off_ticket()["id"]
    world.redmine.runner(f"Issue.find({ticket}).update_columns(created_on: 25.days.ago)")
    stands(world, tmp_path)
    assert len(notes(world)) == 1
    assert world.sign_off_ticket()["status"]["name"] == "Closed"
    world.redmine.runner(f"Issue.find({ticket}).journals.update_all(created_on: 1.day.ago)")
    for words in ("We do not accept!", "AGAIN"):
        decide(world, "anna", "New", words)
        for _ in range(2):
            found = stands(world, tmp_path)
            (finding,) = found.findings()
            assert "Anna Kiss opened again" in finding
            assert finding.endswith(words)
            assert world.sign_off_ticket()["status"]["name"] == "New"
            assert len(notes(world)) == 2
    assert "What Anna Kiss did later does not undo it" in notes(world)[1]
    row = row_of_the_page(world)
    assert "Accepted, as nobody answered" in row
    assert "later opened again by Anna Kiss" in row
