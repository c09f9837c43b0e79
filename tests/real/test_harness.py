"""The real servers do what the tests on them rely on."""

from __future__ import annotations

import re
import time
from typing import Any

import pytest

from tests.harness.errors import HarnessError, ScriptFailed
from tests.harness.server import ADMIN_LOGIN, ADMIN_PASSWORD, RedmineServer

pytestmark = pytest.mark.real


def make_project(redmine: RedmineServer) -> int:
    project = {"name": "Desk", "identifier": "desk"}
    made: int = redmine.admin.post("/projects.json", {"project": project})["project"]["id"]
    return made


def make_issue(redmine: RedmineServer, project: int, **more: Any) -> int:
    issue = {"project_id": project, "subject": "Printer prints blanks", **more}
    made: int = redmine.admin.post("/issues.json", {"issue": issue})["issue"]["id"]
    return made


def title(redmine: RedmineServer) -> str:
    page = redmine.admin.request("GET", "/").text
    return page.partition("<title>")[2].partition("</title>")[0].strip()


class TestAServer:
    def test_is_of_the_release_asked_for(self, redmine: RedmineServer) -> None:
        assert redmine.version.startswith(f"{redmine.release}.")
        about = redmine.runner("puts Redmine::VERSION.to_s").strip()
        assert about == redmine.version

    def test_has_the_default_data_and_one_administrator(self, redmine: RedmineServer) -> None:
        statuses = redmine.admin.get("/issue_statuses.json")["issue_statuses"]
        assert [status["name"] for status in statuses] == [
            *("New", "In Progress", "Resolved", "Feedback", "Closed", "Rejected")
        ]
        assert [user["login"] for user in redmine.admin.get("/users.json")["users"]] == ["admin"]
        assert redmine.admin.get("/issues.json")["total_count"] == 0

    def test_serves_pages_with_their_style(self, redmine: RedmineServer) -> None:
        page = redmine.admin.request("GET", "/login").text
        (style, *_) = re.findall(r'href="([^"]*application[^"]*css[^"]*)"', page)
        answer = redmine.admin.request("GET", style)
        assert answer.ok
        assert answer.headers["Content-Type"].startswith("text/css")

    def test_lets_its_administrator_log_in(self, redmine: RedmineServer) -> None:
        answer = redmine.admin.request("GET", "/users/current.json")
        assert answer.json()["user"]["login"] == ADMIN_LOGIN
        script = "puts User.try_to_login($INPUT.split[0], $INPUT.split[1])&.login"
        assert redmine.runner(script, given=f"{ADMIN_LOGIN} {ADMIN_PASSWORD}").strip() == "admin"

    def test_keeps_the_mails_it_would_have_sent(self, redmine: RedmineServer) -> None:
        anna = redmine.add_user("anna")
        project = make_project(redmine)
        member = {"user_id": anna.id, "role_ids": [4]}
        redmine.admin.post(f"/projects/{project}/memberships.json", {"membership": member})
        issue = make_issue(redmine, project, assigned_to_id=anna.id)
        (mail,) = [mail for mail in redmine.mails() if mail["To"] == "anna@example.net"]
        assert mail["Subject"] == f"[Desk - Bug #{issue}] (New) Printer prints blanks"
        redmine.restore()
        assert redmine.mails() == []


class TestAReset:
    def test_undoes_what_was_done_by_rest(self, redmine: RedmineServer) -> None:
        first = make_issue(redmine, make_project(redmine))
        redmine.restore()
        assert redmine.admin.get("/projects.json")["total_count"] == 0
        assert redmine.admin.request("GET", f"/issues/{first}.json").status_code == 404
        assert make_issue(redmine, make_project(redmine)) == first, "numbers start again"

    def test_undoes_files(self, redmine: RedmineServer) -> None:
        token = redmine.admin.upload(b"one", "one.txt")
        uploads = [{"token": token, "filename": "one.txt"}]
        issue = make_issue(redmine, make_project(redmine), uploads=uploads)
        shown = redmine.admin.get(f"/issues/{issue}.json", include="attachments")["issue"]
        address = shown["attachments"][0]["content_url"].removeprefix(redmine.url)
        assert redmine.admin.request("GET", address).content == b"one"
        assert list(redmine.folder.glob("files/**/*_one.txt"))
        redmine.restore()
        assert not list(redmine.folder.glob("files/*"))

    def test_undoes_settings_the_server_holds_in_memory(self, redmine: RedmineServer) -> None:
        before = title(redmine)
        redmine.runner("Setting.app_title = 'Other'")
        assert title(redmine) == "Other"
        redmine.restore()
        assert title(redmine) == before

    def test_brings_back_a_named_state(self, redmine: RedmineServer) -> None:
        project = make_project(redmine)
        token = redmine.admin.upload(b"one", "one.txt")
        uploads = [{"token": token, "filename": "one.txt"}]
        make_issue(redmine, project, uploads=uploads)
        redmine.save("one-issue")
        second = make_issue(redmine, project)
        redmine.restore("one-issue")
        assert redmine.admin.get("/issues.json")["total_count"] == 1
        assert list(redmine.folder.glob("files/**/*_one.txt"))
        assert make_issue(redmine, project) == second

    def test_makes_a_shared_state_once(self, redmine: RedmineServer) -> None:
        first = redmine.restore_or_make("shared", make_project)
        make_issue(redmine, first)

        def not_again(server: RedmineServer) -> int:
            raise AssertionError("made twice")

        assert redmine.restore_or_make("shared", not_again) == first
        assert redmine.admin.get("/issues.json")["total_count"] == 0

    def test_refuses_a_state_nobody_saved(self, redmine: RedmineServer) -> None:
        project = make_project(redmine)
        with pytest.raises(HarnessError, match="no saved state 'nowhere'"):
            redmine.restore("nowhere")
        with pytest.raises(HarnessError, match=r"not a name for a state: '\.\./blank'"):
            redmine.restore("../blank")
        assert make_issue(redmine, project), "and goes on serving"

    def test_is_quick_enough_to_do_between_tests(self, redmine: RedmineServer) -> None:
        def reset_and_ask() -> float:
            began = time.monotonic()
            redmine.restore()
            redmine.admin.get("/issues.json")
            return time.monotonic() - began

        assert min(reset_and_ask() for _ in range(3)) < 1.0


class TestAScript:
    def test_returns_what_it_prints(self, redmine: RedmineServer) -> None:
        assert redmine.runner("puts $INPUT.upcase, 'árvíz'", given="x") == "X\nárvíz\n"

    def test_leaves_nothing_behind_but_what_it_wrote(self, redmine: RedmineServer) -> None:
        redmine.runner("KEPT = 1; Setting.app_title = 'Kept'")
        assert redmine.runner("print defined?(KEPT).inspect, Setting.app_title") == "nilKept"

    def test_that_fails_says_where(self, redmine: RedmineServer) -> None:
        with pytest.raises(ScriptFailed) as failure:
            redmine.runner("puts 'before'\nIssue.find(1)")
        assert failure.value.status == 1
        assert failure.value.stdout == "before\n"
        assert "Couldn't find Issue" in failure.value.stderr
        assert "script.rb:2" in failure.value.stderr

    def test_may_end_itself_with_a_status(self, redmine: RedmineServer) -> None:
        with pytest.raises(ScriptFailed) as failure:
            redmine.runner("abort 'not here'")
        assert failure.value.stderr == "not here\n"

    def test_can_be_run_as_an_administrator_would(self, redmine_newest: RedmineServer) -> None:
        make_project(redmine_newest)
        assert redmine_newest.rails_runner("puts Project.count") == "1\n"


class TestAUser:
    def test_comes_in_by_key_and_by_password(self, redmine: RedmineServer) -> None:
        anna = redmine.add_user("anna")
        current = redmine.as_user("anna").get("/users/current.json")
        assert current["user"]["id"] == anna.id
        assert redmine.as_user("anna").key == anna.key
        script = "puts User.try_to_login('anna', $INPUT)&.login"
        assert redmine.runner(script, given=anna.password) == "anna\n"
