"""`redmine-sla quarter` on a real Redmine, with a whole contract: what a service manager types."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from redmine_sla.connectors.redmine.provisioning import api_key_in
from redmine_sla.errors import ExitCode
from tests.cli.desk import run
from tests.harness.server import RedmineServer
from tests.real.quarter_world import people

pytestmark = pytest.mark.real

DESK = """
[redmine]
url = "{url}"
[mirror]
url = "sqlite:///{folder}/mirror.db"
[roles]
provider = ["Manager", "Developer"]
customer = "Reporter"
[statuses]
working = "In Progress"
waiting_customer = "Feedback"
resolved = ["Resolved", "Closed"]
rejected = "Rejected"
[fields]
sla_status = "SLA status"
sla_key = "SLA key"
[surfaces]
mode = "fields"
wiki_markup = "{markup}"
"""
CONTRACT = """
extends = "information-system"
title = "Maintenance for Alma Kft."
customer = "Alma Kft."
provider = "Our Company Kft."
projects = "alma"
language = "hu"
timezone = "Europe/Budapest"
currency = "HUF"
starts = 2026-01-01
contract_sum = "12 000 000 HUF"
vat = "net"
[[contacts]]
name = "Anna Kiss"
login = "anna"
may = ["sign_off", "verify_work", "agree_dates"]
[development.counts]
trackers = "Bug"
[[development.rates]]
per_hour = "17 321 HUF"
[quarter]
sign_off_by = "sign_off"
sign_off_tracker = "SLA sign-off"
tacit_after = "10bd"
"""


class Folder:
    """A configuration folder for a provisioned server, and the command line on it."""

    def __init__(self, folder: Path, redmine: RedmineServer) -> None:
        self.path = folder
        self.redmine = redmine
        markup = redmine.runner("puts Setting.text_formatting").strip()
        (folder / "contracts").mkdir(parents=True)
        desk = DESK.format(url=redmine.url, folder=folder, markup=markup)
        (folder / "sla.toml").write_text(desk)
        (folder / "contracts" / "alma.toml").write_text(CONTRACT)

    def run(self, *words: str) -> Result:
        return run(*words, folder=self.path)

    def told(self, *words: str) -> dict[str, Any]:
        """The one publication that the command tells of."""
        asked = self.run("quarter", *words, "--json")
        assert asked.exit_code in (ExitCode.OK, ExitCode.FINDINGS), asked.output
        (publication,) = json.loads(asked.stdout)["publications"]
        return dict(publication)


@pytest.fixture
def folder(redmine: RedmineServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    redmine.seed(people())
    made = Folder(tmp_path / "folder", redmine)
    script = made.run("provision")
    assert script.exit_code == 0, script.output
    key = api_key_in(redmine.runner(script.stdout))
    monkeypatch.setenv("REDMINE_SLA_API_KEY", key or "")
    return made


def test_published_once_and_restated_when_a_time_entry_changes(folder: Folder) -> None:
    first = folder.told("2026Q3")
    assert first["step"] == "published", first
    assert first["results"]["applied"] == len(first["changes"]), first["findings"]
    again = folder.told("2026Q3")
    assert (again["step"], again["changes"]) == ("unchanged", []), again
    assert again["sha256"] == first["sha256"]
    assert again["judged_by_other"] == []

    admin = folder.redmine.admin
    entry = admin.get("/time_entries.json")["time_entries"][0]
    body = {"time_entry": {"hours": entry["hours"] + 1}}
    admin.put(f"/time_entries/{entry['id']}.json", body)
    restated = folder.told("2026Q3")
    assert (restated["step"], restated["restatement"]) == ("restated", 1)
    assert restated["differences"], restated
    assert folder.told("2026Q3")["step"] == "unchanged"


def test_what_happens_after_the_quarter_restates_nothing(folder: Folder) -> None:
    first = folder.told("2026Q3", "--as-of", "2026-10-05T09:00Z")
    assert first["frozen"] == "2026-10-05T09:00:00Z"
    admin = folder.redmine.admin
    rows = admin.get("/issues.json", status_id="open")["issues"]
    (late,) = (row["id"] for row in rows if row["subject"] == "VAT is wrong")
    statuses = admin.get("/issue_statuses.json")["issue_statuses"]
    closed = next(row["id"] for row in statuses if row["name"] == "Closed")
    admin.put(f"/issues/{late}.json", {"issue": {"status_id": closed, "notes": "Done"}})
    hours = {"issue_id": late, "hours": 3, "activity_id": 9, "comments": "afterwards"}
    admin.post("/time_entries.json", {"time_entry": hours})
    later = folder.told("2026Q3")
    assert later["differences"] == []
    assert later["step"] == "unchanged"


def test_what_customers_get_names_no_rate(folder: Folder, tmp_path: Path) -> None:
    written = folder.run("quarter", "2026Q3", "--output", str(tmp_path / "out"))
    assert written.exit_code == 0, written.output
    files = {file.name: file.read_bytes() for file in (tmp_path / "out").iterdir()}
    assert sorted(files) == [
        "2026Q3-alma-manifest.json",
        "2026Q3-alma.html",
        "2026Q3-alma.pdf",
        "2026Q3-alma.xlsx",
    ]
    manifest = files["2026Q3-alma-manifest.json"].decode()
    assert '"percent": "15"' in manifest
    for text in (manifest, files["2026Q3-alma.html"].decode()):
        assert "17321" not in "".join(text.split())
    assert folder.redmine.admin.get("/projects/alma/files.json")["files"] == []


def test_a_rehearsal_writes_nothing(folder: Folder) -> None:
    asked = folder.run("quarter", "2026Q3", "--dry-run")
    assert "2026Q3-alma.pdf" in asked.stdout
    assert folder.redmine.admin.get("/projects/alma/files.json")["files"] == []
    assert folder.redmine.admin.get("/projects/alma/versions.json")["versions"] == []


def test_a_quarter_that_is_not_over_is_only_drafted(folder: Folder) -> None:
    told = folder.told("2026Q4")
    assert (told["step"], told["sha256"]) == ("draft", None)
    assert [change["kind"] for change in told["changes"]] == ["wiki_page"]
    assert folder.redmine.admin.get("/projects/alma/files.json")["files"] == []


def test_mistakes_end_with_a_word(folder: Folder) -> None:
    for words, said in (
        (("2026Q9",), "is not a quarter"),
        (("2025Q3",), "no contract hands 2025Q3 over"),
        (("2026Q3", "--contract", "nobody"), 'there is no contract "nobody"'),
        (("2025Q3", "--contract", "alma"), "is not in force in 2025Q3"),
        (("2026Q3", "--dry-run", "--output", "x"), "choose one"),
    ):
        asked = folder.run("quarter", *words)
        assert asked.exit_code == ExitCode.USAGE, asked.output
        assert said in asked.stderr
