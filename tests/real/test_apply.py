"""A plan carried out on real Redmines: written once, refused and ignored without a stop."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from redmine_sla.plan import (
    Change,
    CreateTicket,
    Edit,
    PageNow,
    Plan,
    SaveWikiPage,
    UpdateTicket,
)
from redmine_sla.plan.put_off import PutOff
from redmine_sla.sync.apply import Applied, Result, apply
from tests.harness.server import RedmineServer
from tests.real.provisioned import Provisioned, provisioned_on

pytestmark = pytest.mark.real

AS_OF = datetime(2026, 11, 21, 12, tzinfo=UTC)
FIELD_REQUIRED_LATER = """
    IssueCustomField.create!(name: 'Cost centre', field_format: 'string', is_required: true,
                             is_for_all: true, tracker_ids: Tracker.pluck(:id))
"""
FIELD_READ_ONLY = """
    user, name = JSON.parse($INPUT)
    field = IssueCustomField.find_by!(name: name)
    bot = User.find(user)
    bot.memberships.flat_map(&:roles).uniq.each do |role|
      Tracker.all.each do |tracker|
        IssueStatus.all.each do |status|
          WorkflowPermission.create!(role: role, tracker: tracker, old_status: status,
                                     field_name: field.id.to_s, rule: 'readonly')
        end
      end
    end
"""


@pytest.fixture
def world(redmine: RedmineServer) -> Provisioned:
    return provisioned_on(redmine)


@pytest.fixture
def newest(redmine_newest: RedmineServer) -> Provisioned:
    return provisioned_on(redmine_newest)


def make_read_only(world: Provisioned, field: str) -> None:
    """For the bot, in every tracker and status."""
    me = world.bot.get("/users/current.json")["user"]["id"]
    world.redmine.runner(FIELD_READ_ONLY, given=json.dumps([me, field]))


def new_ticket(world: Provisioned, key: str = "alma/backup/2026-10") -> CreateTicket:
    trackers = world.redmine.admin.get("/trackers.json")["trackers"]
    return CreateTicket(
        key=key,
        key_field=world.fields["sla_key"],
        project=world.seeded.projects["alma"],
        where="alma",
        contract="alma",
        tracker=next(row["id"] for row in trackers if row["name"] == "Support"),
        subject="Backup of October",
        description="Restore a file to prove it.",
        due=date(2026, 10, 3),
        why="new",
    )


def status_of(world: Provisioned, ticket: int) -> str:
    fields = world.redmine.admin.get(f"/issues/{ticket}.json")["issue"]["custom_fields"]
    found: str | None = next(each["value"] for each in fields if each["name"] == "SLA status")
    return found or ""


def ticket(world: Provisioned, subject: str = "Nothing prints", **changes: int) -> UpdateTicket:
    return UpdateTicket(
        ticket=changes.get("number", world.ticket(subject)),
        subject=subject,
        contract="alma",
        edits=(Edit("SLA status", "", "response: on track"),),
        fields={world.fields["sla_status"]: "response: on track"},
        priority=changes.get("priority"),
        place="1/1/1",
    )


def page(world: Provisioned, text: str = "p. All is well\n") -> SaveWikiPage:
    return SaveWikiPage(
        project=world.seeded.projects["alma"],
        where="alma",
        title="SLA alma",
        contract="alma",
        before=None,
        after=text,
        version=None,
        why="new",
    )


def run(world: Provisioned, *changes: Change) -> Applied:
    with world.gateway() as redmine:
        return apply(Plan.of(AS_OF, changes), redmine)


def results(applied: Applied) -> list[Result]:
    return [outcome.result for outcome in applied.outcomes]


def test_a_ticket_is_written_in_one_update(world: Provisioned) -> None:
    high = world.seeded.priorities["High"]
    applied = run(world, ticket(world, priority=high))
    assert results(applied) == [Result.APPLIED]
    assert status_of(world, world.ticket()) == "response: on track"
    journals = world.redmine.admin.get(f"/issues/{world.ticket()}.json?include=journals")
    (journal,) = journals["issue"]["journals"]
    assert {detail["name"] for detail in journal["details"]} == {
        str(world.fields["sla_status"]),
        "priority_id",
    }


def test_a_ticket_of_a_closed_project_is_refused_and_the_next_is_written(
    newest: Provisioned,
) -> None:
    newest.redmine.runner("Project.find_by!(identifier: 'alma').close")
    applied = run(newest, ticket(newest), replace(ticket(newest), ticket=10**6))
    assert results(applied) == [Result.REFUSED, Result.REFUSED]
    assert "is closed" in applied.outcomes[0].message
    assert isinstance(applied.put_off[newest.ticket()], PutOff)


def test_a_field_required_later_is_told_in_redmines_words(world: Provisioned) -> None:
    world.redmine.runner(FIELD_REQUIRED_LATER)
    applied = run(world, ticket(world), page(world))
    assert results(applied) == [Result.REFUSED, Result.APPLIED]
    assert "Cost centre" in applied.outcomes[0].message
    assert status_of(world, world.ticket()) == ""


def test_what_redmine_ignores_in_silence_is_found_and_costs_no_journal(
    world: Provisioned,
) -> None:
    make_read_only(world, "SLA status")
    applied = run(world, ticket(world))
    assert results(applied) == [Result.IGNORED]
    assert '"SLA status" was not taken' in applied.outcomes[0].message
    assert applied.put_off[world.ticket()].fields == {
        world.fields["sla_status"]: "response: on track"
    }
    shown = world.redmine.admin.get(f"/issues/{world.ticket()}.json?include=journals")
    assert shown["issue"]["journals"] == []


class TestAWikiPage:
    PATH = "/projects/alma/wiki/SLA_alma.json"

    @pytest.fixture
    def now(self, newest: Provisioned) -> Callable[[], PageNow]:
        def read() -> PageNow:
            row = newest.redmine.admin.get(self.PATH)["wiki_page"]
            return PageNow(row["text"], row["version"])

        return read

    def test_is_made_and_replaced(self, newest: Provisioned, now: Callable[[], PageNow]) -> None:
        assert results(run(newest, page(newest))) == [Result.APPLIED]
        assert now() == PageNow("p. All is well\n", 1)
        changed = replace(page(newest, "p. One is late\n"), version=1)
        assert results(run(newest, changed)) == [Result.APPLIED]
        assert now() == PageNow("p. One is late\n", 2)

    def test_that_somebody_saved_in_between_is_read_again_and_written(
        self, newest: Provisioned, now: Callable[[], PageNow]
    ) -> None:
        run(newest, page(newest))
        newest.redmine.admin.put(self.PATH, {"wiki_page": {"text": "Somebody's words"}})
        changed = replace(page(newest, "p. One is late\n"), version=1)
        assert results(run(newest, changed)) == [Result.APPLIED]
        assert now() == PageNow("p. One is late\n", 3)

    def test_that_says_the_same_already_is_left_alone(
        self, newest: Provisioned, now: Callable[[], PageNow]
    ) -> None:
        run(newest, page(newest))
        newest.redmine.admin.put(self.PATH, {"wiki_page": {"text": "p. One is late"}})
        changed = replace(page(newest, "p. One is late\n"), version=1)
        assert results(run(newest, changed)) == [Result.SKIPPED]
        assert now().version == 2


class TestANewTicket:
    def made(self, world: Provisioned) -> list[int]:
        rows = world.redmine.admin.get("/issues.json", status_id="*", limit=100)["issues"]
        return [row["id"] for row in rows if row["subject"] == "Backup of October"]

    def test_is_made_once_also_after_somebody_closed_it(self, world: Provisioned) -> None:
        assert results(run(world, new_ticket(world))) == [Result.APPLIED]
        (number,) = self.made(world)
        world.redmine.runner(
            "Issue.find($INPUT.to_i).update!(status: IssueStatus.find_by!(name: 'Closed'))",
            given=str(number),
        )
        again = run(world, new_ticket(world))
        assert results(again) == [Result.SKIPPED]
        assert again.outcomes[0].message == f"it is there already (#{number})"
        assert self.made(world) == [number]

    def test_whose_key_redmine_ignores_is_the_last_of_this_run(self, world: Provisioned) -> None:
        make_read_only(world, "SLA key")
        applied = run(world, new_ticket(world), new_ticket(world, "alma/backup/2026-11"))
        assert results(applied) == [Result.IGNORED, Result.WAITING]
        (number,) = self.made(world)
        assert "did not take its mark alma/backup/2026-10" in applied.outcomes[0].message
        assert applied.put_off[number].fields == {world.fields["sla_key"]: "alma/backup/2026-10"}
        world.redmine.runner("WorkflowPermission.delete_all")
        heal = UpdateTicket(
            ticket=number,
            subject="Backup of October",
            contract="alma",
            edits=(),
            fields=applied.put_off[number].fields,
        )
        assert results(run(world, heal, new_ticket(world))) == [Result.APPLIED, Result.SKIPPED]

    def test_is_not_made_where_redmine_does_not_filter_by_keys(self, newest: Provisioned) -> None:
        newest.redmine.runner(
            "IssueCustomField.find_by!(name: 'SLA key').update!(is_filter: false)"
        )
        applied = run(newest, new_ticket(newest))
        assert results(applied) == [Result.REFUSED]
        assert self.made(newest) == []

    def test_that_got_another_tracker_is_told(self, world: Provisioned) -> None:
        applied = run(world, replace(new_ticket(world), tracker=999))
        assert results(applied) == [Result.IGNORED]
        (number,) = self.made(world)
        assert applied.outcomes[0].message == (
            f"#{number} is made, but without its tracker (Bug instead): workflow or rights"
        )
