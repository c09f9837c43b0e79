"""Provisioning on real Redmines: it makes what is missing, once, and takes back only that."""

from __future__ import annotations

import json
from typing import Any

import pytest

from redmine_sla.connectors.redmine.provisioning import (
    ProvisionOptions,
    api_key_in,
    provision_script,
    unprovision_script,
)
from tests.harness.errors import ScriptFailed
from tests.harness.rest import Rest
from tests.harness.server import RedmineServer
from tests.real.provisioned import Provisioned, contract, desk, people, provision, provisioned_on

pytestmark = pytest.mark.real

STATE = """
    tables = ActiveRecord::Base.connection.tables - %w[settings tokens sqlite_sequence]
    rows = tables.sort.to_h do |table|
      [table, ActiveRecord::Base.connection.select_rows("SELECT * FROM #{table}").map(&:to_s).sort]
    end
    settings = Setting.available_settings.keys.sort.to_h { |name| [name, Setting[name].to_s] }
    keys = Token.where(:action => 'api').order(:user_id).pluck(:user_id, :value)
    puts JSON.generate([rows.reject { |_, found| found.empty? }, settings, keys])
"""
REST_OFF = "Setting.rest_api_enabled = '0'"


@pytest.fixture
def world(redmine: RedmineServer) -> Provisioned:
    return provisioned_on(redmine)


def state(redmine: RedmineServer) -> Any:
    """All that stands in the database, and the settings in force."""
    return json.loads(redmine.runner(STATE))


def write(world: Provisioned, ticket: int, **by_role: str) -> None:
    """The bot writes fields."""
    values = [{"id": world.fields[role], "value": value} for role, value in by_role.items()]
    world.bot.put(f"/issues/{ticket}.json", {"issue": {"custom_fields": values}})


def shown(rest: Rest, ticket: int) -> dict[str, str | None]:
    row = rest.get(f"/issues/{ticket}.json")["issue"]
    return {field["name"]: field["value"] or None for field in row.get("custom_fields", ())}


def test_a_second_run_keeps_everything_and_changes_nothing(world: Provisioned) -> None:
    before = state(world.redmine)
    again = provision(world.redmine)
    assert state(world.redmine) == before
    assert api_key_in(again) is None
    assert "created" not in again
    assert "added" not in again
    assert "kept custom field 'SLA status'" in again


def test_the_reverse_leaves_redmine_as_it_was_and_can_run_twice(redmine: RedmineServer) -> None:
    redmine.seed(people())
    redmine.runner(REST_OFF)
    before = state(redmine)
    provision(redmine, ProvisionOptions(quiet_mail=True))
    assert state(redmine) != before
    said = redmine.runner(unprovision_script())
    assert "removed custom field 'SLA status'" in said
    assert state(redmine) == before
    assert "Nothing here was made by redmine-sla" in redmine.runner(unprovision_script())
    assert state(redmine) == before
    assert redmine.mails() == []


def test_a_rehearsal_says_it_all_and_does_nothing(redmine: RedmineServer) -> None:
    redmine.seed(people())
    before = state(redmine)
    said = provision(redmine, ProvisionOptions(rehearsal=True))
    assert "created custom field 'SLA status'" in said
    assert "Nothing was changed" in said
    assert api_key_in(said) is None
    assert state(redmine) == before


def test_an_administrator_runs_it_with_rails_runner(redmine_newest: RedmineServer) -> None:
    redmine_newest.seed(people())
    said = redmine_newest.rails_runner(provision_script(desk(), [contract()]))
    assert api_key_in(said) is not None
    assert "removed user 'redmine-sla'" in redmine_newest.rails_runner(unprovision_script())


def test_the_bot_can_do_all_that_a_run_needs(world: Provisioned) -> None:
    ticket = world.ticket()
    redmine = world.gateway()
    project = redmine.me()["memberships"][0]["project"]["id"]
    write(world, ticket, sla_status="resolution: on track", resolution_due="2026-03-06 17:00")
    assert shown(world.customer, ticket)["SLA status"] == "resolution: on track"
    redmine.save_wiki_page(project, "SLA alma", "Page", comment="", version=None)
    assert redmine.may_set_private_notes(project)
    assert list(redmine.newest_time_entries([project])) == []
    assert redmine.project_words(project).memberships
    made = redmine.create_issue({"project_id": project, "subject": "Review of the log files"})
    version = world.bot.post(f"/projects/{project}/versions.json", {"version": {"name": "2026Q1"}})
    assert made["author"]["id"] == redmine.me()["id"]
    assert version["version"]["name"] == "2026Q1"


def test_the_bot_watches_nothing_and_gets_no_mail(world: Provisioned) -> None:
    write(world, world.ticket(), sla_status="resolution: on track")
    watched = world.redmine.admin.get(f"/issues/{world.ticket()}.json", include="watchers")
    assert "redmine-sla" not in str(watched["issue"]["watchers"])
    assert not any("example.invalid" in mail for mail in world.redmine.mails())


def test_a_customer_sees_what_is_written_and_cannot_write_it(world: Provisioned) -> None:
    ticket = world.ticket()
    write(world, ticket, sla_status="resolution: at risk")
    world.redmine.runner("Role.find_by!(:name => 'Reporter').add_permission!(:edit_issues)")
    wanted = [
        {"id": world.fields["sla_status"], "value": "resolution: met"},
        {"id": world.fields["impact"], "value": "high"},
        {"id": world.fields["class"], "value": "infrastructure"},
    ]
    for rest in (world.customer, world.engineer):
        rest.put(f"/issues/{ticket}.json", {"issue": {"custom_fields": wanted}})
        assert shown(rest, ticket)["SLA status"] == "resolution: at risk"
        assert shown(rest, ticket)["Impact"] == "high"
    assert shown(world.engineer, ticket)["Problem class"] == "infrastructure"


@pytest.mark.parametrize("may_set", [(), ("class",)])
def test_a_customer_chooses_the_class_only_where_a_contract_lets_him(
    redmine: RedmineServer, may_set: tuple[str, ...]
) -> None:
    seeded = redmine.seed(people())
    redmine.runner(provision_script(desk(), [contract(customer_may_set=may_set)]))
    fields = redmine.admin.get("/custom_fields.json")["custom_fields"]
    number = next(field["id"] for field in fields if field["name"] == "Problem class")
    wanted = [{"id": number, "value": "infrastructure"}]
    report = {"project_id": "alma", "subject": "All is down", "custom_fields": wanted}
    anna = Rest(redmine.url, seeded.users["anna"].key)
    made = anna.post("/issues.json", {"issue": report})["issue"]
    assert shown(anna, made["id"])["Problem class"] == ("infrastructure" if may_set else None)


def test_the_key_of_our_own_tickets_is_not_for_customers(world: Provisioned) -> None:
    assert "SLA key" not in shown(world.customer, world.ticket())
    assert "SLA key" in shown(world.engineer, world.ticket())


def test_fields_are_on_the_contracts_projects_alone(world: Provisioned) -> None:
    assert shown(world.engineer, world.ticket("Elsewhere")) == {}
    assert "SLA status" in shown(world.engineer, world.ticket())


def test_customers_filter_and_sort_by_the_fields(world: Provisioned) -> None:
    write(world, world.ticket(), sla_status="resolution: at risk")
    number = world.fields["sla_status"]
    found = {f"cf_{number}": "~at risk", "sort": f"cf_{number}:desc"}
    nothing = {f"cf_{number}": "~breached"}
    assert world.customer.get("/issues.json", **found)["total_count"] == 1
    assert world.customer.get("/issues.json", **nothing)["total_count"] == 0


def test_saved_queries_are_listed_for_customers_and_tell_no_lies_elsewhere(
    world: Provisioned,
) -> None:
    queries = {row["name"]: row["id"] for row in world.customer.get("/queries.json")["queries"]}
    assert set(queries) >= {"SLA at risk", "SLA breached", "SLA: due next"}
    write(world, world.ticket(), sla_status="resolution: at risk", resolution_due="2026-03-06")

    def listed(name: str, **where: Any) -> list[str]:
        rows = world.customer.get("/issues.json", query_id=queries[name], **where)["issues"]
        return [row["subject"] for row in rows]

    assert listed("SLA at risk") == ["Nothing prints"]
    assert listed("SLA: due next") == ["Nothing prints"]
    assert listed("SLA breached") == []
    assert listed("SLA at risk", project_id="alma") == ["Nothing prints"]
    assert listed("SLA at risk", project_id="other") == []


def test_a_missing_status_can_be_entered_and_left_by_the_provider(world: Provisioned) -> None:
    statuses = world.redmine.admin.get("/issue_statuses.json")["issue_statuses"]
    waiting = next(row["id"] for row in statuses if row["name"] == "Waiting for customer")

    def put(status: int) -> int:
        path = f"/issues/{world.ticket()}.json"
        world.engineer.put(path, {"issue": {"status_id": status}})
        number: int = world.engineer.get(path)["issue"]["status"]["id"]
        return number

    assert put(waiting) == waiting
    assert put(2) == 2


def test_what_a_person_made_is_used_as_it_is_and_given_back(redmine: RedmineServer) -> None:
    redmine.seed(people())
    redmine.runner("""
        field = IssueCustomField.new(:name => 'Severity', :field_format => 'list')
        field.possible_values = %w[critical priority function]
        field.description = 'ours'
        field.is_for_all = true
        field.trackers = [Tracker.first]
        field.save!
    """)
    before = state(redmine)
    said = provision(redmine)
    assert "kept custom field 'Severity'" in said
    assert "added trackers Feature, Support to custom field 'Severity'" in said
    assert redmine.runner("puts IssueCustomField.first.description") == "ours\n"
    redmine.runner(unprovision_script())
    assert state(redmine) == before


def test_values_that_people_entered_are_not_lost_unless_forced(world: Provisioned) -> None:
    ticket = world.ticket()
    write(world, ticket, sla_status="resolution: at risk")
    value = [{"id": world.fields["impact"], "value": "high"}]
    world.engineer.put(f"/issues/{ticket}.json", {"issue": {"custom_fields": value}})
    said = world.redmine.runner(unprovision_script())
    assert "kept custom field 'Impact': 1 tickets hold values that people entered" in said
    assert "removed custom field 'SLA status'" in said
    assert shown(world.engineer, ticket)["Impact"] == "high"
    assert "removed custom field 'Impact'" in world.redmine.runner(unprovision_script(force=True))


def test_what_somebody_renamed_is_his_by_now(world: Provisioned) -> None:
    world.redmine.runner("IssueCustomField.find_by!(:name => 'Done by').update!(:name => 'Until')")
    said = world.redmine.runner(unprovision_script())
    assert "'Until': somebody renamed it" in said
    assert "Until" in shown(world.engineer, world.ticket())


def test_a_bot_that_has_written_is_locked_so_that_its_words_stay_signed(
    world: Provisioned,
) -> None:
    write(world, world.ticket(), sla_status="resolution: at risk")
    said = world.redmine.runner(unprovision_script())
    assert "kept user 'redmine-sla': locked" in said
    assert world.bot.request("GET", "/users/current.json").status_code == 401
    again = provision(world.redmine)
    assert "unlocked user 'redmine-sla'" in again
    assert api_key_in(again) not in {None, world.key}


def test_a_lost_key_is_replaced_on_demand(world: Provisioned) -> None:
    said = provision(world.redmine, ProvisionOptions(new_key=True))
    assert api_key_in(said) not in {None, world.key}
    assert world.bot.request("GET", "/users/current.json").status_code == 401


def test_quiet_mail_is_a_choice_and_then_fields_alone_mail_nobody(world: Provisioned) -> None:
    assert "mails those who follow the ticket" in world.said
    world.redmine.runner("User.update_all(:mail_notification => 'all')")
    write(world, world.ticket(), sla_status="resolution: at risk")
    noisy = len(world.redmine.mails())
    assert noisy > 0
    provision(world.redmine, ProvisionOptions(quiet_mail=True))
    write(world, world.ticket(), sla_status="resolution: breached")
    assert len(world.redmine.mails()) == noisy
    note = {"issue": {"notes": "We look into it"}}
    world.engineer.put(f"/issues/{world.ticket()}.json", note)
    assert len(world.redmine.mails()) > noisy


def test_a_contract_added_later_extends_what_was_made(world: Provisioned) -> None:
    both = [contract(), contract(name="other", projects=["other"])]
    said = world.redmine.runner(provision_script(desk(), both))
    assert "added projects Other to custom field 'SLA status'" in said
    assert "added 'redmine-sla' to project 'other'" in said
    assert "added 1 projects to query 'SLA at risk'" in said
    assert "SLA status" in shown(world.engineer, world.ticket("Elsewhere"))


def test_a_missing_tracker_is_made_after_the_projects_first_one(redmine: RedmineServer) -> None:
    redmine.seed(people())
    script = provision_script(desk(), [contract(select={"trackers": ["Fault"]})])
    said = redmine.runner(script)
    assert "created tracker 'Fault'" in said
    trackers = redmine.admin.get("/projects/alma.json", include="trackers")["project"]["trackers"]
    assert "Fault" in {row["name"] for row in trackers}
    assert "created" not in redmine.runner(script)


def test_names_that_lead_nowhere_are_told_all_at_once_and_nothing_is_done(
    redmine: RedmineServer,
) -> None:
    redmine.seed(people())
    before = state(redmine)
    wrong = desk(
        roles={"provider": "Developr", "customer": "Reporter"},
        fields={"sla_status": "SLA status"},
        statuses={"working": "in progress", "waiting_customer": [], "resolved": "Resolved"},
    )
    with pytest.raises(ScriptFailed) as failure:
        redmine.runner(provision_script(wrong, [contract(projects=["alma", "almaa"])]))
    said = failure.value.stderr
    assert "role 'Developr' does not exist; there are: " in said
    assert "contract alma: project 'almaa' does not exist" in said
    assert "'in progress' does not exist, but 'In Progress' does" in said
    assert state(redmine) == before


def test_a_field_that_cannot_hold_the_value_is_refused_by_name(redmine: RedmineServer) -> None:
    redmine.seed(people())
    redmine.runner("""
        IssueCustomField.create!(:name => 'SLA status', :field_format => 'int', :is_for_all => true)
    """)
    with pytest.raises(ScriptFailed, match="'SLA status' is of the format 'int'"):
        provision(redmine)


def test_the_line_for_the_wiki_markup_is_the_servers_own(redmine: RedmineServer) -> None:
    redmine.seed(people())
    markup = redmine.runner("puts Setting.text_formatting").strip()
    said = provision(redmine)
    assert f'wiki_markup = "{markup}"' in said
    assert ("correct it" in said) == (markup != "common_mark")
    redmine.runner("Setting.text_formatting = 'markdown'")
    assert 'wiki_markup = "common_mark"' in provision(redmine)


def test_names_of_a_configuration_cannot_run_as_ruby(redmine_newest: RedmineServer) -> None:
    redmine_newest.seed(people())
    name = "PLAN_IN_JSON\n#{exit} '"
    script = provision_script(desk(fields={"sla_status": name}), [contract()])
    assert redmine_newest.runner(script).count("#{exit} '") == 2
