"""The doctor on real Redmines: content with what `provision` made, and awake to what is spoiled."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from redmine_sla.connectors.redmine import Connection
from redmine_sla.connectors.redmine.examining import ExaminedGateway
from redmine_sla.contract import Configuration, Contract, Desk
from redmine_sla.sync.doctor import Examined, Finding, Level, examine
from tests.harness.server import RedmineServer
from tests.real.provisioned import Provisioned, contract, desk, provisioned_on

pytestmark = pytest.mark.real

AS_OF = datetime(2026, 11, 21, 12, tzinfo=UTC)
BAD = {Level.WARNING, Level.ERROR}


@pytest.fixture
def world(redmine: RedmineServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Provisioned:
    monkeypatch.setenv("STATE_DIRECTORY", str(tmp_path))
    return provisioned_on(redmine)


def diagnosed(
    world: Provisioned,
    *contracts: Contract,
    with_desk: Desk | None = None,
    key: str = "",
) -> list[Finding]:
    """The findings that are errors or warnings."""
    connection = Connection(url=world.redmine.url, key=key or world.key)
    redmine = ExaminedGateway(connection)
    examined: Examined = redmine
    with redmine:
        configuration = Configuration(
            desk=with_desk or world.desk, contracts=contracts or (contract(),)
        )
        found = examine(examined, configuration, AS_OF)
        assert redmine.requests_made.writes == 0
    return [finding for finding in found if finding.level in BAD]


def diagnosed_by_an_administrator(world: Provisioned) -> list[Finding]:
    """With the bot that `provision` made declared as one, as it is not the key's user now."""
    bots = {"users": ["redmine-sla (program)"]}
    known = desk(world.redmine.url, world.redmine.admin_key, bots=bots)
    return diagnosed(world, with_desk=known, key=world.redmine.admin_key)


def codes(findings: list[Finding]) -> set[str]:
    return {finding.code for finding in findings}


def test_what_provision_made_is_healthy(world: Provisioned) -> None:
    assert diagnosed(world) == []


def test_rest_switched_off(world: Provisioned) -> None:
    world.redmine.runner("Setting.rest_api_enabled = '0'")
    (finding,) = diagnosed(world)
    assert finding.code == "rest-off"
    assert "Enable REST web service" in finding.next_step


def test_a_wrong_key(world: Provisioned) -> None:
    (finding,) = diagnosed(world, key="0" * 40)
    assert finding.code == "key-wrong"
    assert "0" * 40 not in finding.what


def test_an_administrators_key(world: Provisioned) -> None:
    assert codes(diagnosed_by_an_administrator(world)) == {"admin-key"}


def test_a_persons_key(world: Provisioned) -> None:
    found = diagnosed(world, key=world.seeded.users["eva"].key)
    assert "key-of-a-person" in codes(found)


@pytest.mark.parametrize(
    "permission", ["view_private_notes", "edit_issues", "edit_wiki_pages", "view_time_entries"]
)
def test_a_right_taken_away(world: Provisioned, permission: str) -> None:
    world.redmine.runner(f"Role.find_by!(:name => 'redmine-sla').remove_permission!(:{permission})")
    (finding,) = diagnosed(world)
    assert finding.code == f"no-right-{permission.replace('_', '-')}"
    assert "Administration, Roles and permissions" in finding.next_step


def test_private_notes_wanted_and_not_allowed(world: Provisioned) -> None:
    surfaces = {"mode": "fields", "wiki_markup": "common_mark", "private_notes": True}
    wanting = desk(world.redmine.url, world.key, surfaces=surfaces)
    assert diagnosed(world, with_desk=wanting) == []
    world.redmine.runner(
        "Role.find_by!(:name => 'redmine-sla').remove_permission!(:set_notes_private)"
    )
    assert codes(diagnosed(world, with_desk=wanting)) == {"no-right-set-notes-private"}


def test_a_role_that_sees_its_own_tickets_alone(world: Provisioned) -> None:
    world.redmine.runner(
        "Role.find_by!(:name => 'redmine-sla').update!(:issues_visibility => 'own')"
    )
    assert "sees-not-all-tickets" in codes(diagnosed(world))


def test_a_bot_that_is_no_member(world: Provisioned) -> None:
    world.redmine.runner("Member.where(:user_id => User.find_by_login('redmine-sla')).destroy_all")
    assert codes(diagnosed(world)) >= {"project-unknown"}
    world.redmine.runner("Project.update_all(:is_public => true)")
    assert "rights-unknown" in codes(diagnosed(world))


def test_a_field_that_was_removed(world: Provisioned) -> None:
    world.redmine.runner("IssueCustomField.find_by!(:name => 'Done by').destroy!")
    (finding,) = diagnosed(world)
    assert finding.code == "field-missing"
    assert '"Done by" is not seen in project "alma", "alma-web"' in finding.what


def test_a_field_that_is_not_with_the_tracker(world: Provisioned) -> None:
    world.redmine.runner("IssueCustomField.find_by!(:name => 'Done by').trackers.clear")
    assert "field-not-on-tickets" in codes(diagnosed(world))


def test_a_field_that_lists_cannot_be_filtered_by(world: Provisioned) -> None:
    world.redmine.runner(
        "IssueCustomField.find_by!(:name => 'SLA status').update!(:is_filter => false)"
    )
    (finding,) = diagnosed(world)
    assert finding.code == "field-not-filter"
    assert '"SLA status"' in finding.what


def test_names_of_the_configuration_that_lead_nowhere(world: Provisioned) -> None:
    wrong = desk(
        world.redmine.url,
        world.key,
        roles={"provider": ["Manager", "Developr"], "customer": "Reporter"},
        statuses={"working": "In Progres", "waiting_customer": [], "resolved": "Resolved"},
    )
    first = contract(
        projects=["alma", "alma-wbe"],
        classification={"matrix": {"high": {"high": "Very urgent"}}},
        contacts=[{"name": "Anna Reportr", "login": "anna", "may": ["agree_dates"]}],
    )
    second = contract(name="web", projects=["alma-web"])
    found = {one.code: one for one in diagnosed(world, first, second, with_desk=wrong)}
    steps = {code: finding.next_step for code, finding in found.items()}
    assert 'did you mean "Developer"?' in steps["role-unknown"]
    assert 'did you mean "In Progress"?' in steps["status-unknown"]
    assert 'did you mean "alma-web"?' in steps["project-unknown"]
    assert 'did you mean "Anna Reporter"?' in steps["contact-unknown"]
    assert 'what "Eva Developer" does is no evidence' in found["role-unmapped"].what
    assert {"priority-unknown", "contracts-overlap"} <= found.keys()


def test_a_closed_project(world: Provisioned) -> None:
    world.redmine.runner("Project.find('alma-web').close")
    assert codes(diagnosed(world)) == {"project-closed"}


def test_a_project_without_wiki(world: Provisioned) -> None:
    world.redmine.runner("Project.find('alma').disable_module!(:wiki)")
    assert codes(diagnosed(world)) == {"wiki-off"}


def test_a_field_that_became_required_is_seen_with_an_administrators_key(
    world: Provisioned,
) -> None:
    world.redmine.runner("""
        field = IssueCustomField.new(:name => 'Department', :field_format => 'string')
        field.is_for_all = field.is_required = true
        field.trackers = Tracker.all
        field.save!
    """)
    assert codes(diagnosed_by_an_administrator(world)) == {"admin-key", "field-required"}


def test_people_who_write_in_the_other_markup(world: Provisioned) -> None:
    world.redmine.runner("""
        Issue.first.update_column(:description, "h1. What\\n\\nh2. Where\\n\\nh2. When\\n")
    """)
    assert codes(diagnosed(world)) == {"markup-doubtful"}


def test_customers_who_see_their_own_tickets_alone(world: Provisioned) -> None:
    world.redmine.runner("Role.find_by!(:name => 'Reporter').update!(:issues_visibility => 'own')")
    finding = next(one for one in diagnosed(world) if one.code == "role-sees-own-issues")
    assert 'role "Reporter" does not show customers each other\'s tickets' in finding.what
