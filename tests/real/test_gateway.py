"""The gateway on real Redmines: what it reads, and how it tells apart what it cannot read."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from redmine_sla.connectors.redmine import Connection, RedmineGateway
from redmine_sla.sync.failures import (
    Forbidden,
    NotFound,
    NotJson,
    RestDisabled,
    Unauthorized,
)
from redmine_sla.sync.ports import Absence, Missing, Redmine, RequestCount, Row
from tests.harness.server import RedmineServer
from tests.real.gateway_world import World, world_on

pytestmark = pytest.mark.real

AGES_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@pytest.fixture
def world(redmine: RedmineServer) -> World:
    return world_on(redmine)


def all_issues(
    gateway: RedmineGateway, since: datetime | None = None, projects: list[int] | None = None
) -> list[Row]:
    pages = gateway.issue_pages(changed_since=since, projects=projects)
    return [row for page in pages for row in page]


def test_the_gateway_is_what_a_run_needs(world: World) -> None:
    needed: Redmine = world.gateway()
    assert needed.me()["login"] == "bot"
    assert needed.requests_made == RequestCount(reads=1)


def test_the_user_is_known_without_his_key(world: World) -> None:
    me = world.gateway().me()
    assert world.bot not in str(me)
    assert {m["project"]["name"] for m in me["memberships"]} == {"Desk", "Other", "Closed"}


def test_all_names_are_read_and_what_is_not_told_is_unknown(world: World) -> None:
    words = world.gateway().words()
    assert "In Progress" in {s["name"] for s in words.statuses}
    assert {s["name"] for s in words.statuses if s["is_closed"]} == {"Closed", "Rejected"}
    assert {"Bug", "Support"} < {t["name"] for t in words.trackers}
    assert {"Low", "Immediate"} < {p["name"] for p in words.priorities}
    assert {a["name"] for a in words.activities} == {"Design", "Development"}
    assert "SLA bot" in {r["name"] for r in words.roles}
    assert {p["name"]: p["status"] for p in words.projects} == {
        "Desk": 1,
        "Other": 1,
        "Closed": 5,
        "Public": 1,
    }
    assert words.custom_fields is None
    admins = world.gateway(world.redmine.admin_key).words()
    assert {f["name"] for f in admins.custom_fields or ()} == {"SLA class", "SLA key"}


def test_what_belongs_to_a_project(world: World) -> None:
    gateway = world.gateway()
    desk = gateway.project_words(world.projects["desk"])
    assert {m["user"]["name"] for m in desk.memberships or ()} == {"Bot Test", "Weak Test"}
    assert desk.versions == []
    # before 6.1 categories are told only to those who may manage them
    assert desk.categories == ([] if world.redmine.version >= "6.1" else None)
    archived = gateway.project_words(world.projects["archived"])
    assert archived.memberships is None
    with pytest.raises(NotFound):
        gateway.project_words(9999)


def test_tickets_of_all_projects_that_can_be_seen_closed_ones_too(world: World) -> None:
    projects = {row["project"]["name"] for row in all_issues(world.gateway())}
    assert projects == {"Desk", "Other", "Closed", "Public"}


def test_tickets_of_some_projects(world: World) -> None:
    gateway = world.gateway()
    wanted = [world.projects["desk"], world.projects["closed"]]
    assert {r["project"]["name"] for r in all_issues(gateway, projects=wanted)} == {
        "Desk",
        "Closed",
    }
    assert gateway.issue_count(wanted) == 4
    assert gateway.issue_count([world.projects["archived"], world.projects["hidden"]]) == 0
    assert all_issues(gateway, projects=[world.projects["hidden"], 9999]) == []


def test_tickets_since_a_moment_oldest_change_first(world: World) -> None:
    world.ruby(
        "Issue.order(:id).each_with_index { |issue, n| "
        "issue.update_columns(updated_on: Time.utc(2026, 11, 2, 8) + 9 - n + 0.4) }"
    )
    since = datetime(2026, 11, 2, 8, 0, 4, tzinfo=UTC)
    changes = [row["updated_on"] for row in all_issues(world.gateway(), since)]
    assert changes == sorted(changes)
    assert {"2026-11-02T08:00:05Z", "2026-11-02T08:00:09Z"} <= set(changes)
    assert min(changes) >= "2026-11-02T08:00:03Z"


def test_thousands_touched_in_one_second_are_all_read(world: World) -> None:
    world.ruby(
        "first = Issue.find_by!(subject: 'A ticket of desk'); "
        "rows = (1..330).map { |n| first.attributes.except('id').merge("
        "'subject' => \"Crowd #{n}\", 'updated_on' => Time.utc(2026, 11, 2, 8) + n * 0.003) }; "
        "Issue.insert_all!(rows); "
        "Issue.where('root_id = ? and id <> ?', first.id, first.id).update_all('root_id = id')"
    )
    rows = all_issues(world.gateway(), datetime(2026, 11, 2, 7, 59, 59, tzinfo=UTC))
    crowd = [row["subject"] for row in rows if row["subject"].startswith("Crowd")]
    assert sorted(crowd) == sorted(f"Crowd {n}" for n in range(1, 331))


def test_a_ticket_comes_with_its_history_and_relations(world: World) -> None:
    desk = world.issues["desk"]
    world.redmine.admin.put(f"/issues/{desk}.json", {"issue": {"notes": "Looked at it."}})
    world.redmine.admin.post(
        f"/issues/{desk}/relations.json",
        {"relation": {"issue_to_id": world.issues["parent"], "relation_type": "relates"}},
    )
    (row,) = world.gateway().issues([desk])
    assert not isinstance(row, Missing)
    assert [journal["notes"] for journal in row["journals"] if journal["notes"]] == [
        "Looked at it."
    ]
    assert [relation["relation_type"] for relation in row["relations"]] == ["relates"]


def test_tickets_that_cannot_be_read_are_told_apart(world: World) -> None:
    named = world.issues
    world.ruby(f"Issue.find({named['other']}).update!(is_private: true)")
    world.ruby("Role.find_by!(name: 'SLA bot').update!(issues_visibility: 'default')")
    asked = ["desk", "deleted", "moved", "archived", "other", "hidden", "closed"]
    found = world.gateway().issues([named[name] for name in asked])
    absences = {
        name: answer.absence if isinstance(answer, Missing) else "read"
        for name, answer in zip(asked, found, strict=True)
    }
    assert absences == {
        "desk": "read",
        "deleted": Absence.DELETED,
        "moved": Absence.FORBIDDEN,
        "archived": Absence.FORBIDDEN,
        "other": Absence.FORBIDDEN,
        "hidden": Absence.FORBIDDEN,
        "closed": "read",
    }


def test_hours_are_exact_and_come_by_day(world: World) -> None:
    world.ruby(f"""
        bot = User.find_by!(login: 'bot')
        (1..230).each do |n|
          TimeEntry.create!(issue_id: {world.issues["desk"]}, project: Project.find('desk'),
            user: bot, author: bot, activity: TimeEntryActivity.first, hours: 0.35,
            spent_on: n < 130 ? Date.new(2026, 3, 5) : Date.new(2026, 3, 1) + n % 9)
        end
    """)
    gateway = world.gateway()
    desk = [world.projects["desk"]]
    pages = list(gateway.time_entry_pages(spent_from=date(2026, 3, 2), projects=desk))
    rows = [row for page in pages for row in page]
    assert {row["hours"] for row in rows} == {Decimal("0.35")}
    assert [row["spent_on"] for row in rows] == sorted(row["spent_on"] for row in rows)
    assert len({row["id"] for row in rows}) == len(rows)
    assert len(rows) == gateway.time_entry_count(spent_from=date(2026, 3, 2), projects=desk)
    assert gateway.time_entry_count(spent_from=None, projects=None) == 230
    assert gateway.time_entry_count(spent_from=None, projects=[world.projects["other"]]) == 0
    newest = gateway.newest_time_entries(desk)
    assert len(newest) == 100
    assert newest[0]["id"] == max(row["id"] for row in rows)


def test_wiki_pages_are_found_also_under_their_old_name(world: World) -> None:
    gateway = world.gateway()
    desk = world.projects["desk"]
    assert gateway.wiki_page(desk, "Service level") is None
    gateway.save_wiki_page(desk, "Service level", "h1. SLA", comment="first", version=None)
    found = gateway.wiki_page(desk, "Service level")
    assert found is not None
    assert (found["title"], found["text"], found["version"]) == ("Service_level", "h1. SLA", 1)
    world.ruby(
        "page = Project.find('desk').wiki.find_page('Service level'); "
        "page.redirect_existing_links = '1'; page.title = 'Számlák 2026'; page.save!"
    )
    renamed = gateway.wiki_page(desk, "Service level")
    assert renamed is not None
    assert renamed["title"] == "Számlák_2026"


@pytest.mark.parametrize("who", ["nobody", "locked"])
def test_a_wrong_key_reads_nothing_although_redmine_would_answer(world: World, who: str) -> None:
    key = "0" * 40 if who == "nobody" else world.bot
    world.ruby("User.find_by!(login: 'bot').lock!")
    assert world.redmine.admin.request("GET", "/issues.json").ok
    gateway = world.gateway(key)
    with pytest.raises(Unauthorized, match="API key is not accepted"):
        gateway.issue_count(None)
    with pytest.raises(Unauthorized):
        list(gateway.issues([world.issues["public"]]))


def test_rest_switched_off_reads_nothing_although_redmine_would_answer(world: World) -> None:
    world.ruby("Setting.rest_api_enabled = '0'")
    with pytest.raises(RestDisabled) as caught:
        all_issues(world.gateway())
    assert "Enable REST web service" in caught.value.hint


def test_rest_switched_off_in_the_middle_makes_no_ticket_disappear(world: World) -> None:
    gateway = world.gateway()
    gateway.me()
    world.ruby("Setting.rest_api_enabled = '0'")
    with pytest.raises(RestDisabled):
        list(gateway.issues([world.issues["desk"]]))


def test_an_address_beside_redmine_is_named(world: World) -> None:
    gateway = RedmineGateway(Connection(url=f"{world.redmine.url}/redmine", key=world.bot))
    with pytest.raises(NotJson, match="instead of JSON"):
        gateway.me()


def test_rights_are_known_where_there_is_a_membership(world: World) -> None:
    gateway, desk = world.gateway(), world.projects["desk"]
    assert gateway.may(desk, "add_issue_notes") is True
    assert gateway.may(desk, "manage_members") is False
    assert gateway.may_set_private_notes(desk) is True
    assert world.gateway(world.weak).may_set_private_notes(desk) is False
    assert gateway.may(world.projects["public"], "view_issues") is None
    assert world.gateway(world.redmine.admin_key).may(desk, "manage_members") is True


def test_the_servers_clock_is_seen_even_without_a_date_header(world: World) -> None:
    gateway = world.gateway()
    skew = gateway.clock_skew()
    assert skew is not None
    assert abs(skew) <= timedelta(seconds=1)
    assert gateway.server_time() is not None


def test_hours_that_may_be_seen_nowhere_are_forbidden_and_elsewhere_just_missing(
    world: World,
) -> None:
    gateway = world.gateway()
    world.ruby("Role.find_by!(name: 'SLA bot').remove_permission!(:view_time_entries)")
    assert list(gateway.time_entry_pages(spent_from=None, projects=None)) == []
    assert gateway.may(world.projects["desk"], "view_time_entries") is False
    world.ruby("Role.all.each { |role| role.remove_permission!(:view_time_entries) }")
    with pytest.raises(Forbidden):
        list(gateway.time_entry_pages(spent_from=None, projects=None))
