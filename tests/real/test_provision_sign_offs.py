"""Provisioning of sign-offs: the contact decides by a status; all of it is taken back again."""

from __future__ import annotations

import pytest

from redmine_sla.connectors.redmine.provisioning import provision_script, unprovision_script
from redmine_sla.contract import Contract
from tests.harness.rest import Rest
from tests.harness.server import RedmineServer
from tests.real.provisioned import contract, desk, people
from tests.real.test_provision import state

pytestmark = pytest.mark.real


def under(tracker: str) -> Contract:
    return contract(
        contacts=[{"name": "Anna Customer", "login": "anna", "may": ["sign_off"]}],
        quarter={"clause": "14", "sign_off_by": "sign_off", "sign_off_tracker": tracker},
    )


@pytest.mark.parametrize("tracker", ["SLA sign-off", "Support"])
def test_a_second_run_changes_nothing_and_the_reverse_leaves_all_as_it_was(
    redmine: RedmineServer, tracker: str
) -> None:
    redmine.seed(people())
    before = state(redmine)
    script = provision_script(desk(), [under(tracker)])
    assert f"decide in tracker '{tracker}'" in redmine.runner(script)
    provisioned = state(redmine)
    again = redmine.runner(script)
    assert "decide in tracker" not in again
    assert state(redmine) == provisioned
    redmine.runner(unprovision_script())
    assert state(redmine) == before


def test_the_customer_moves_a_sign_off_and_back_and_no_other_ticket(
    redmine: RedmineServer,
) -> None:
    seeded = redmine.seed(people())
    redmine.runner(provision_script(desk(), [under("SLA sign-off")]))
    trackers = redmine.admin.get("/trackers.json")["trackers"]
    tracker = next(row["id"] for row in trackers if row["name"] == "SLA sign-off")
    statuses = {
        row["name"]: row["id"]
        for row in redmine.admin.get("/issue_statuses.json")["issue_statuses"]
    }
    asked = {"project_id": "alma", "tracker_id": tracker, "subject": "Sign-off: 2026Q3"}
    number = redmine.admin.post("/issues.json", {"issue": asked})["issue"]["id"]
    anna = Rest(redmine.url, seeded.users["anna"].key)

    def put(ticket: int, status: str) -> str:
        path = f"/issues/{ticket}.json"
        anna.request("PUT", path, json={"issue": {"status_id": statuses[status]}})
        name: str = redmine.admin.get(path)["issue"]["status"]["name"]
        return name

    assert put(number, "Closed") == "Closed"
    assert put(number, "New") == "New"
    assert put(number, "Rejected") == "Rejected"
    assert put(seeded.tickets["Nothing prints"], "Closed") == "New"
