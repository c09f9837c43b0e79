"""The gateway on real Redmines: what it writes, what is refused, and notes that stay private."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from redmine_sla.connectors.redmine import RedmineGateway
from redmine_sla.sync.failures import (
    Conflict,
    Forbidden,
    NoteShown,
    NotFound,
    PrivacyUnproved,
    Refused,
)
from redmine_sla.sync.ports import IssueUpdate, RequestCount
from tests.harness.server import RedmineServer
from tests.real.gateway_world import World, world_on

pytestmark = pytest.mark.real


@pytest.fixture
def world(redmine: RedmineServer) -> World:
    return world_on(redmine)


def priority(world: World, name: str) -> int:
    given = world.gateway().words().priorities
    return next(int(row["id"]) for row in given if row["name"] == name)


def test_one_request_writes_fields_priority_and_note(world: World) -> None:
    gateway, desk = world.gateway(), world.issues["desk"]
    high = priority(world, "High")
    gateway.me()
    gateway.update_issue(
        IssueUpdate(desk, fields={world.field: "system"}, priority=high, note="Judged.")
    )
    assert gateway.requests_made == RequestCount(reads=1, writes=1)
    (journal,) = world.journals(desk)
    assert journal["notes"] == "Judged."
    assert {detail["name"] for detail in journal["details"]} == {str(world.field), "priority_id"}


def test_what_redmine_ignores_in_silence_is_told_by_reading_back(world: World) -> None:
    gateway = world.gateway()
    immediate = priority(world, "Immediate")
    updates = [
        IssueUpdate(world.issues["desk"], fields={world.field: "user"}, priority=immediate),
        IssueUpdate(world.issues["other"], fields={world.locked: "K-1"}),
        IssueUpdate(world.issues["public"], fields={9999: "x"}, note="x"),
        IssueUpdate(world.issues["parent"], priority=immediate),
    ]
    for update in updates:
        gateway.update_issue(update)
    spent = gateway.requests_made.reads
    told = {(found.ticket, found.what.split(":")[0]) for found in gateway.ignored(updates)}
    assert told == {
        (world.issues["other"], 'field "SLA key" was not taken'),
        (world.issues["public"], "field 9999 is not on the ticket"),
        (world.issues["parent"], "the priority was not taken"),
    }
    assert gateway.requests_made.reads == spent + 1


def test_a_value_redmine_refuses(world: World) -> None:
    world.ruby(f"IssueCustomField.find({world.field}).update!(max_length: 3)")
    with pytest.raises(Refused) as caught:
        world.gateway().update_issue(
            IssueUpdate(world.issues["desk"], fields={world.field: "much too long"})
        )
    (message,) = caught.value.messages
    assert message.lower() == "sla class is too long (maximum is 3 characters)"


def test_a_required_field_added_later_makes_old_tickets_refuse(world: World) -> None:
    world.ruby(
        "IssueCustomField.create!(name: 'Host', field_format: 'string', is_for_all: true, "
        "is_required: true, trackers: Tracker.all)"
    )
    with pytest.raises(Refused, match="Host cannot be blank"):
        world.gateway().update_issue(
            IssueUpdate(world.issues["desk"], fields={world.field: "user"})
        )


def test_a_closed_project_is_named_as_closed(world: World) -> None:
    with pytest.raises(Forbidden, match='the project "Closed" is closed') as caught:
        world.gateway().update_issue(IssueUpdate(world.issues["closed"], note="x"))
    assert "reopen" in caught.value.hint


def test_a_right_that_is_missing_is_named(world: World) -> None:
    world.ruby("Role.find_by!(name: 'SLA bot').remove_permission!(:edit_issues, :add_issue_notes)")
    with pytest.raises(Forbidden, match="may not edit issues in the project"):
        world.gateway().update_issue(IssueUpdate(world.issues["desk"], note="x"))


def test_an_archived_and_a_deleted_ticket(world: World) -> None:
    gateway = world.gateway()
    with pytest.raises(Forbidden):
        gateway.update_issue(IssueUpdate(world.issues["archived"], note="x"))
    with pytest.raises(NotFound):
        gateway.update_issue(IssueUpdate(world.issues["deleted"], note="x"))


def test_a_ticket_is_made_once(world: World) -> None:
    gateway = world.gateway()
    made = gateway.create_issue(
        {
            "project_id": world.projects["desk"],
            "subject": "Quarterly review",
            "custom_fields": [{"id": world.field, "value": "2026-Q4"}],
        }
    )
    assert made["subject"] == "Quarterly review"
    assert {f["id"]: f["value"] for f in made["custom_fields"]}[world.field] == "2026-Q4"
    assert gateway.requests_made.writes == 1
    with pytest.raises(Refused, match="Subject cannot be blank"):
        gateway.create_issue({"project_id": world.projects["desk"]})


def text_of(gateway: RedmineGateway, project: int) -> tuple[str, int]:
    page = gateway.wiki_page(project, "SLA")
    assert page is not None
    return page["text"], page["version"]


def test_wiki_pages_are_made_replaced_and_never_overwritten(world: World) -> None:
    gateway, desk = world.gateway(), world.projects["desk"]
    gateway.save_wiki_page(desk, "SLA", "one", comment="", version=None)
    with pytest.raises(Conflict):
        gateway.save_wiki_page(desk, "SLA", "another first", comment="", version=None)
    gateway.save_wiki_page(desk, "SLA", "two", comment="judged at 08:00", version=1)
    assert text_of(gateway, desk) == ("two", 2)
    with pytest.raises(Conflict):
        gateway.save_wiki_page(desk, "SLA", "stale", comment="", version=1)
    assert text_of(gateway, desk) == ("two", 2)


def test_a_page_saved_as_it_is_makes_no_version(world: World) -> None:
    gateway, desk = world.gateway(), world.projects["desk"]
    gateway.save_wiki_page(desk, "SLA", "one", comment="", version=None)
    gateway.save_wiki_page(desk, "SLA", "one", comment="again", version=1)
    assert text_of(gateway, desk) == ("one", 1)


def test_no_page_is_written_in_a_closed_project_or_without_the_right(world: World) -> None:
    with pytest.raises(Forbidden):
        world.gateway().save_wiki_page(
            world.projects["closed"], "SLA", "x", comment="", version=None
        )
    world.ruby("Role.find_by!(name: 'SLA bot').remove_permission!(:edit_wiki_pages)")
    with pytest.raises(Forbidden):
        world.gateway().save_wiki_page(world.projects["desk"], "SLA", "x", comment="", version=None)


SECRET = "The customer is late with his bill."


def secret_for(ticket: int, fields: Mapping[int, str] | None = None) -> IssueUpdate:
    return IssueUpdate(ticket, fields=fields or {}, note=SECRET, private_note=True)


def test_a_private_note_stays_private(world: World) -> None:
    desk = world.issues["desk"]
    world.gateway().update_issue(secret_for(desk, fields={world.field: "user"}))
    private = {journal["notes"]: journal["private_notes"] for journal in world.journals(desk)}
    assert private[SECRET] is True


def test_no_private_note_is_sent_without_the_right(world: World) -> None:
    with pytest.raises(PrivacyUnproved, match="may not keep notes private") as caught:
        world.gateway(world.weak).update_issue(secret_for(world.issues["desk"]))
    assert "Set notes as private" in caught.value.hint
    assert world.journals(world.issues["desk"]) == []


def test_no_private_note_is_sent_where_the_right_cannot_be_known(world: World) -> None:
    with pytest.raises(PrivacyUnproved, match="cannot be known"):
        world.gateway().update_issue(secret_for(world.issues["public"]))
    assert world.journals(world.issues["public"]) == []


def without_the_right_in_between(world: World, role_keeps: str) -> RedmineGateway:
    """A gateway that knew the right, which was taken away since."""
    gateway = world.gateway()
    assert gateway.may_set_private_notes(world.projects["desk"])
    world.ruby(
        "role = Role.find_by!(name: 'SLA bot'); role.remove_permission!(:set_notes_private); "
        f"role.remove_permission!(:edit_own_issue_notes) unless '{role_keeps}' == 'editing'"
    )
    return gateway


def test_a_note_that_became_public_is_emptied_where_its_author_may(world: World) -> None:
    gateway = without_the_right_in_between(world, "editing")
    desk = world.issues["desk"]
    with pytest.raises(NoteShown, match="its text is removed now"):
        gateway.update_issue(secret_for(desk, fields={world.field: "user"}))
    assert not any(journal["notes"] for journal in world.journals(desk))


def test_a_note_that_became_public_and_cannot_be_hidden_is_cried_out(world: World) -> None:
    gateway = without_the_right_in_between(world, "nothing")
    with pytest.raises(NoteShown, match="do so by hand, at once"):
        gateway.update_issue(secret_for(world.issues["desk"]))


def test_an_update_that_changes_nothing_is_not_sent(world: World) -> None:
    gateway = world.gateway()
    with pytest.raises(ValueError, match="changes nothing"):
        gateway.update_issue(IssueUpdate(world.issues["desk"]))
    assert gateway.requests_made == RequestCount()
