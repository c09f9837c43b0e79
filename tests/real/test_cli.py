"""The command line on real Redmines: from `provision` to a second run that writes nothing."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from redmine_sla.connectors.redmine.provisioning import api_key_in
from redmine_sla.errors import ExitCode
from redmine_sla.sync.lock import only_run
from tests.cli.desk import run
from tests.connectors.loopback import Answer, Loopback
from tests.harness import desk as seeds
from tests.harness.server import RedmineServer

pytestmark = pytest.mark.real

ROOT = Path(__file__).parents[2]

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
waiting_customer = "Waiting for customer"
resolved = ["Resolved", "Closed"]
rejected = "Rejected"
[fields]
class = "Problem class"
sla_class = "SLA class"
sla_status = "SLA status"
resolution_due = "Resolution due"
[surfaces]
mode = "fields"
wiki_markup = "common_mark"
[notifications]
ping_url = "{watch}/secret-address"
"""
CONTRACT = """
extends = "help-desk"
title = "Help desk for Delta Zrt."
customer = "Delta Zrt."
provider = "Our Company Kft."
projects = "delta"
language = "en"
starts = 2026-01-01
[[targets]]
clock = "resolution"
within = "8bh"
clause = "Contract 4.2"
"""


class Folder:
    """A configuration folder for a provisioned server, and the command line on it."""

    def __init__(self, folder: Path, redmine: RedmineServer, watch: str) -> None:
        self.path = folder
        self.redmine = redmine
        (folder / "contracts").mkdir(parents=True)
        desk = DESK.format(url=redmine.url, folder=folder, watch=watch)
        (folder / "sla.toml").write_text(desk)
        (folder / "contracts" / "delta.toml").write_text(CONTRACT)

    def run(self, *words: str) -> Result:
        return run(*words, folder=self.path)

    def told(self, *words: str) -> dict[str, Any]:
        asked = self.run(*words, "--json")
        assert asked.exit_code in (ExitCode.OK, ExitCode.FINDINGS), asked.output
        data: dict[str, Any] = json.loads(asked.stdout)
        return data

    def shows(self, ticket: int) -> dict[str, str]:
        """The custom fields of a ticket in Redmine."""
        row = self.redmine.admin.get(f"/issues/{ticket}.json")["issue"]
        return {field["name"]: field["value"] for field in row["custom_fields"]}


@pytest.fixture
def watched() -> Iterator[Loopback]:
    with Loopback(Answer("OK")) as listening:
        yield listening


@pytest.fixture
def folder(
    redmine: RedmineServer, tmp_path: Path, watched: Loopback, monkeypatch: pytest.MonkeyPatch
) -> Folder:
    return _provisioned(redmine, tmp_path, watched, monkeypatch)


@pytest.fixture
def newest(
    redmine_newest: RedmineServer,
    tmp_path: Path,
    watched: Loopback,
    monkeypatch: pytest.MonkeyPatch,
) -> Folder:
    return _provisioned(redmine_newest, tmp_path, watched, monkeypatch)


def _provisioned(
    redmine: RedmineServer, path: Path, watched: Loopback, monkeypatch: pytest.MonkeyPatch
) -> Folder:
    folder = Folder(path / "etc", redmine, watched.url)

    def make(blank: RedmineServer) -> str:
        desk = seeds.Desk(zone="Europe/Budapest")
        desk.customer("anna")
        desk.engineer("eva")
        desk.project("delta")
        late = desk.ticket("Nobody can print", by="anna", at="2026-11-16 09:00")
        late.step("2026-11-16 09:30", "eva", status="In Progress")
        waits = desk.ticket("Invoice wrong", by="anna", at="2026-11-19 16:00")
        waits.step("2026-11-19 16:05", "eva", status="In Progress")
        waits.step("2026-11-19 16:10", "eva", "Which invoice?", status="Waiting for customer")
        blank.seed(desk)
        return api_key_in(blank.runner(folder.run("provision").stdout)) or ""

    monkeypatch.setenv("REDMINE_SLA_API_KEY", redmine.restore_or_make("command-line", make))
    return folder


def number_of(folder: Folder, subject: str) -> int:
    rows = folder.redmine.admin.get("/issues.json", status_id="*")["issues"]
    return next(int(row["id"]) for row in rows if row["subject"] == subject)


def test_from_the_first_look_to_a_second_run_that_writes_nothing(
    folder: Folder, watched: Loopback
) -> None:
    assert folder.run("check", "--online").exit_code == ExitCode.OK
    examined = folder.run("doctor", "--quiet")
    assert "error" not in examined.stdout, examined.stdout

    late = number_of(folder, "Nobody can print")
    before = folder.redmine.admin.get(f"/issues/{late}.json")["issue"]["updated_on"]
    rehearsed = folder.run("sync", "--dry-run")
    assert "+ resolution: breached" in rehearsed.stdout
    assert "2 tickets and 2 wiki pages to write." in rehearsed.stdout
    assert len(folder.told("sync", "--dry-run")["changes"]) == 4
    assert folder.redmine.admin.get(f"/issues/{late}.json")["issue"]["updated_on"] == before
    assert watched.received == []

    first = folder.run("sync")
    assert first.exit_code in (ExitCode.OK, ExitCode.FINDINGS), first.output
    assert "2 tickets and 2 wiki pages written" in first.stdout
    assert folder.shows(late)["SLA status"] == "resolution: breached"
    assert [asked.path for asked in watched.received] == ["/secret-address"]

    second = folder.told("sync")
    assert (second["planned"], second["requests"]["writes"]) == (0, 0)
    third = folder.run("sync")
    assert third.output == "", "cron is told nothing where there is nothing to say"
    assert third.exit_code == ExitCode.OK

    standing = folder.told("status")
    assert {one["ticket"]: one["group"] for one in standing["tickets"]} == {
        late: "late",
        number_of(folder, "Invoice wrong"): "paused",
    }
    ledger = folder.told("explain", str(late), "--clock", "resolution")["clocks"][0]
    assert ledger["verdict"] == "breached"
    assert ledger["due"] == "2026-11-16T16:00:00Z"
    assert ledger["ledger"][-1]["entry"] == "now"


def test_a_full_run_reads_again_what_redmine_does_not_mark(newest: Folder) -> None:
    newest.run("sync")
    assert newest.told("sync")["pulled"]["slow_beat"] is False
    assert newest.told("sync", "--full")["pulled"]["slow_beat"] is True


def test_a_run_under_way_keeps_the_second_one_out(newest: Folder) -> None:
    with only_run(newest.path):
        assert newest.run("sync").exit_code == ExitCode.BUSY
    assert newest.run("sync").exit_code in (ExitCode.OK, ExitCode.FINDINGS)


def test_a_wrong_key_and_an_unknown_project_are_told(
    newest: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    contract = newest.path / "contracts" / "delta.toml"
    contract.write_text(contract.read_text().replace('"delta"', '"dleta"'))
    for words in (["check", "--online"], ["sync"]):
        asked = newest.run(*words)
        assert asked.exit_code == ExitCode.USAGE
        assert 'contracts/delta.toml:6: projects: Redmine shows no project "dleta"' in asked.stderr
    monkeypatch.setenv("REDMINE_SLA_API_KEY", "0" * 40)
    asked = newest.run("sync")
    assert asked.exit_code == ExitCode.REDMINE
    assert "next:" in asked.stderr
    assert "0" * 40 not in asked.output


def test_a_failing_ping_fails_no_run(newest: Folder) -> None:
    desk = newest.path / "sla.toml"
    lines = desk.read_text().splitlines()
    lines[-1] = 'ping_url = "http://127.0.0.1:9/secret-address"'
    desk.write_text("\n".join(lines))
    asked = newest.run("sync")
    assert asked.exit_code in (ExitCode.OK, ExitCode.FINDINGS)
    assert "notifications.ping_url: could not be called" in asked.stderr
    assert "secret-address" not in asked.output


def test_watch_runs_and_ends_on_sigterm(newest: Folder) -> None:
    late = number_of(newest, "Nobody can print")
    command = [sys.executable, "-m", "redmine_sla", "watch", "-c", str(newest.path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as watch:
        alarm = threading.Timer(120, watch.kill)
        alarm.start()
        assert watch.stdout is not None
        assert "written" in watch.stdout.readline()
        watch.send_signal(signal.SIGTERM)
        assert watch.wait() == 0
        alarm.cancel()
    assert newest.shows(late)["SLA status"] == "resolution: breached"


def test_the_example_program_runs_a_sync(newest: Folder) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "examples" / "run_a_sync.py"), str(newest.path)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
    )
    assert done.returncode == 0, done.stderr
    assert "applied: delta, " in done.stdout
    assert "writes" in done.stdout
