"""The gateway on real Redmines: versions, files, pages with pictures, tickets found by a key."""

from __future__ import annotations

import hashlib
import re
from datetime import date

import pytest

from redmine_sla.plan import Attachment
from redmine_sla.sync.failures import (
    FilterIgnored,
    Forbidden,
    Refused,
    TooLarge,
    WrongAnswer,
)
from redmine_sla.sync.ports import IssueUpdate
from tests.harness.server import RedmineServer
from tests.real.gateway_world import World
from tests.real.publishing_world import publishing_world_on

pytestmark = pytest.mark.real

REPORT = Attachment("negyedév.pdf", b"%PDF-1.7 of the quarter\n", "application/pdf", "The quarter")
BLUE = Attachment("chart.png", b"\x89PNG blue", "image/png")
RED = Attachment("chart.png", b"\x89PNG reds", "image/png")


@pytest.fixture
def world(redmine: RedmineServer) -> World:
    return publishing_world_on(redmine)


@pytest.fixture
def newest(redmine_newest: RedmineServer) -> World:
    return publishing_world_on(redmine_newest)


def forbid(world: World, right: str) -> None:
    world.ruby(f"Role.find_by!(name: 'SLA bot').remove_permission!(:{right})")


class TestVersions:
    def test_are_made_once_and_listed_without_those_shared_by_others(self, world: World) -> None:
        gateway, desk = world.gateway(), world.projects["desk"]
        world.ruby(
            "Version.create!(project: Project.find_by!(identifier: 'other'), name: '2026-Q3', "
            "sharing: 'system')"
        )
        made = gateway.create_version(desk, "2026-Q3", description="Q3", due=date(2026, 10, 15))
        (found,) = gateway.versions(desk)
        assert (found["id"], found["name"], found["due_date"], found["status"]) == (
            made["id"],
            "2026-Q3",
            "2026-10-15",
            "open",
        )
        with pytest.raises(Refused, match="Name has already been taken"):
            gateway.create_version(desk, "2026-Q3")

    def test_need_a_right_that_is_named(self, newest: World) -> None:
        forbid(newest, "manage_versions")
        with pytest.raises(
            Forbidden, match='may not make versions in the project "Desk"'
        ) as caught:
            newest.gateway().create_version(newest.projects["desk"], "2026-Q3")
        assert "Manage versions" in caught.value.hint


class TestFiles:
    def test_stand_under_their_version_with_the_digest_of_their_bytes(self, world: World) -> None:
        gateway, desk = world.gateway(), world.projects["desk"]
        version = gateway.create_version(desk, "2026-Q3")["id"]
        gateway.publish_file(desk, version, REPORT)
        (file,) = gateway.files(desk)
        assert (file.filename, file.size, file.version) == ("negyedév.pdf", REPORT.size, version)
        assert file.digest == hashlib.sha256(REPORT.content).hexdigest() == REPORT.sha256
        assert file.description == "The quarter"
        assert gateway.download(file, at_most=1000) == REPORT.content
        with pytest.raises(WrongAnswer, match="no more than 3"):
            gateway.download(file, at_most=3)

    def test_that_somebody_changed_on_the_disk_are_not_taken_for_the_same(
        self, newest: World
    ) -> None:
        gateway, desk = newest.gateway(), newest.projects["desk"]
        gateway.publish_file(desk, gateway.create_version(desk, "2026-Q3")["id"], REPORT)
        newest.ruby("File.binwrite(Attachment.last.diskfile, '%PDF-1.7 of a quarter!\\n')")
        (file,) = gateway.files(desk)
        with pytest.raises(WrongAnswer, match="are not those Redmine lists"):
            gateway.download(file, at_most=1000)

    def test_larger_than_redmine_takes_name_its_setting(self, world: World) -> None:
        gateway, desk = world.gateway(), world.projects["desk"]
        version = gateway.create_version(desk, "2026-Q3")["id"]
        with pytest.raises(TooLarge, match="has 6291456 bytes, Redmine takes 5242880") as caught:
            gateway.publish_file(
                desk, version, Attachment("all.zip", bytes(6 * 1024**2), "application/zip")
            )
        assert '"Maximum attachment size"' in caught.value.hint
        assert "6144 KB" in caught.value.hint
        assert gateway.files(desk) == []

    def test_of_a_kind_redmine_does_not_take_are_refused_in_its_words(self, newest: World) -> None:
        newest.ruby("Setting.attachment_extensions_denied = 'pdf'")
        gateway, desk = newest.gateway(), newest.projects["desk"]
        version = gateway.create_version(desk, "2026-Q3")["id"]
        with pytest.raises(Refused, match=r"\.pdf is not allowed"):
            gateway.publish_file(desk, version, REPORT)

    @pytest.mark.parametrize(
        ("ruby", "reason"),
        [
            (
                "Role.find_by!(name: 'SLA bot').remove_permission!(:manage_files)",
                "may not publish files",
            ),
            (
                "Project.find_by!(identifier: 'desk').disable_module!(:files)",
                'module "Files" is switched off',
            ),
            ("Project.find_by!(identifier: 'desk').close", 'project "Desk" is closed'),
        ],
    )
    def test_that_may_not_be_published_say_why(self, newest: World, ruby: str, reason: str) -> None:
        gateway, desk = newest.gateway(), newest.projects["desk"]
        version = gateway.create_version(desk, "2026-Q3")["id"]
        newest.ruby(ruby)
        with pytest.raises(Forbidden, match=reason):
            gateway.publish_file(desk, version, REPORT)


class TestAPageWithAPicture:
    def shown(self, world: World) -> list[str]:
        """The addresses of the pictures that the page shows a person."""
        html = world.redmine.admin.request("GET", "/projects/desk/wiki/SLA").text
        return re.findall(r'<img src="[^"]*/attachments/download/(\d+)/chart.png"', html)

    def test_shows_the_newest_of_its_name_and_keeps_the_others(self, world: World) -> None:
        gateway, desk = world.gateway(), world.projects["desk"]
        markup = world.ruby("puts Setting.text_formatting").strip()
        text = "!chart.png!" if markup == "textile" else "![](chart.png)"
        gateway.save_wiki_page(desk, "SLA", text, comment="", version=None, attachments=[BLUE])
        (blue,) = gateway.wiki_attachments(desk, "SLA")
        assert self.shown(world) == [str(blue.id)]
        gateway.save_wiki_page(desk, "SLA", text, comment="", version=1, attachments=[RED])
        old, new = gateway.wiki_attachments(desk, "SLA")
        assert old == blue
        assert self.shown(world) == [str(new.id)]
        assert gateway.download(new, at_most=new.size) == RED.content
        page = gateway.wiki_page(desk, "SLA")
        assert page is not None
        assert page["version"] == 1  # the same words make no version

    def test_says_why_it_may_not_be_saved(self, newest: World) -> None:
        forbid(newest, "edit_wiki_pages")
        with pytest.raises(Forbidden, match="may not edit wiki pages"):
            newest.gateway().save_wiki_page(
                newest.projects["desk"], "SLA", "x", comment="", version=None, attachments=[BLUE]
            )

    def test_needs_the_module(self, newest: World) -> None:
        newest.ruby("Project.find_by!(identifier: 'desk').disable_module!(:wiki)")
        with pytest.raises(Forbidden, match='module "Wiki" is switched off'):
            newest.gateway().save_wiki_page(
                newest.projects["desk"], "SLA", "x", comment="", version=None
            )


class TestTicketsWithAKey:
    def test_are_found_closed_and_wherever_they_went(self, world: World) -> None:
        gateway = world.gateway()
        for issue in ("desk", "other"):
            gateway.update_issue(IssueUpdate(world.issues[issue], fields={world.field: "acme/1"}))
        gateway.update_issue(IssueUpdate(world.issues["parent"], fields={world.field: "acme/10"}))
        world.ruby(
            f"Issue.find({world.issues['desk']}).update!(status: IssueStatus.find_by!(name: "
            "'Closed'))"
        )
        found = gateway.tickets_with(world.field, "acme/1")
        assert [row["id"] for row in found] == sorted([world.issues["desk"], world.issues["other"]])
        assert gateway.tickets_with(world.field, "acme/2") == []

    def test_are_not_known_where_redmine_does_not_filter(self, world: World) -> None:
        with pytest.raises(FilterIgnored) as caught:
            world.gateway().tickets_with(world.locked, "acme/1")
        assert "Used as a filter" in caught.value.hint
        with pytest.raises(FilterIgnored):
            world.gateway().tickets_with(9999, "acme/1")


class TestANewTicket:
    def test_has_what_it_was_given(self, world: World) -> None:
        gateway, desk = world.gateway(), world.projects["desk"]
        me = gateway.me()["id"]
        version = gateway.create_version(desk, "2026-Q3")["id"]
        trackers = {row["name"]: row["id"] for row in gateway.words().trackers}
        made = gateway.create_issue(
            {
                "project_id": desk,
                "tracker_id": trackers["Support"],
                "subject": "Sign off",
                "start_date": "",
                "due_date": "2026-01-31",
                "assigned_to_id": me,
                "fixed_version_id": version,
                "watcher_user_ids": [me],
                "custom_fields": [{"id": world.field, "value": "acme/1"}],
            }
        )
        assert (made["due_date"], made.get("start_date")) == ("2026-01-31", None)
        assert made["assigned_to"]["id"] == me
        assert made["fixed_version"]["id"] == version
        assert [watcher["id"] for watcher in made["watchers"]] == [me]

    def test_needs_a_right_that_is_named(self, newest: World) -> None:
        forbid(newest, "add_issues")
        with pytest.raises(Forbidden, match="may not add issues") as caught:
            newest.gateway().create_issue({"project_id": newest.projects["desk"], "subject": "x"})
        assert "Add issues" in caught.value.hint


class TestAStatus:
    def status(self, world: World, name: str) -> int:
        rows = world.gateway().words().statuses
        return next(int(row["id"]) for row in rows if row["name"] == name)

    def test_is_set_with_its_note(self, world: World) -> None:
        gateway, desk = world.gateway(), world.issues["desk"]
        update = IssueUpdate(desk, status=self.status(world, "Closed"), note="Accepted.")
        gateway.update_issue(update)
        assert list(gateway.ignored([update])) == []
        (journal,) = world.journals(desk)
        assert journal["notes"] == "Accepted."
        assert [detail["name"] for detail in journal["details"]] == ["status_id"]

    def test_that_the_workflow_forbids_leaves_no_note(self, world: World) -> None:
        closed = self.status(world, "Closed")
        world.ruby(
            "role = Role.find_by!(name: 'SLA bot')\n"
            f"WorkflowTransition.where(role_id: role.id, new_status_id: {closed}).delete_all"
        )
        with pytest.raises(Refused, match=r'does not lead #\d+ from "New" to status'):
            world.gateway().update_issue(
                IssueUpdate(world.issues["desk"], status=closed, note="Accepted.")
            )
        assert world.journals(world.issues["desk"]) == []
