"""`check --diff`: what a changed configuration does to the open tickets, before it is at work."""

from __future__ import annotations

import io
import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console

from redmine_sla.cli.check_difference import print_consequences
from redmine_sla.connectors.folder import open_mirror
from redmine_sla.contract import load_folder
from redmine_sla.errors import ExitCode
from redmine_sla.sync.diffing import consequences
from tests.cli.desk import AS_OF, CONTRACT, run


@pytest.fixture
def draft(desk: Path) -> Path:
    """A copy of the desk's folder, to be changed; its own mirror is empty."""
    folder = desk.parent / "draft"
    shutil.copytree(desk, folder, ignore=shutil.ignore_patterns("*.db"))
    settings = folder / "sla.toml"
    settings.write_text(settings.read_text().replace("mirror.db", "draft.db"))
    return folder


def change(folder: Path, before: str, after: str) -> None:
    contract = folder / "contracts" / "delta.toml"
    assert before in contract.read_text()
    contract.write_text(contract.read_text().replace(before, after))


def data(old: Path, new: Path) -> tuple[int, dict[str, Any]]:
    result = run("check", "--diff", str(old), str(new), "--as-of", AS_OF, "--json")
    assert result.exit_code in (ExitCode.OK, ExitCode.FINDINGS), result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return result.exit_code, found


def test_the_same_twice_changes_nothing(desk: Path, draft: Path) -> None:
    code, found = data(desk, draft)
    assert code == ExitCode.OK
    assert (found["keys"], found["promises"], found["classes"]) == ([], [], [])
    assert found["open_tickets"] == 6  # all but #6, which is closed


def test_a_shorter_target_moves_dues_and_makes_some_late(desk: Path, draft: Path) -> None:
    change(draft, 'within = "8bh"', 'within = "6bh"')
    code, found = data(desk, draft)
    assert [(one["ticket"], one["effect"]) for one in found["promises"]] == [
        # Friday 08:30 and 6 hours are 14:30; it is 15:00.
        (2, "becomes_late"),
        (1, "earlier"),
        (3, "earlier"),
        (4, "otherwise"),  # waits for the customer: its due is frozen
    ]
    assert found["promises"][0]["before"]["due"] == "2026-11-20T15:30:00Z"
    assert found["promises"][0]["after"]["due"] == "2026-11-20T13:30:00Z"
    assert code == ExitCode.FINDINGS


def test_a_longer_target_ends_well(desk: Path, draft: Path) -> None:
    change(draft, 'within = "8bh"', 'within = "80bh"')
    code, found = data(desk, draft)
    effects = {one["ticket"]: one["effect"] for one in found["promises"]}
    assert effects == {1: "freed", 2: "later", 3: "later", 4: "otherwise", 5: "freed"}
    assert code == ExitCode.OK


def test_the_keys_are_named_as_in_the_file(desk: Path, draft: Path) -> None:
    change(draft, 'within = "8bh"', 'within = "6bh"')
    _, found = data(desk, draft)
    assert found["keys"] == [
        {
            "where": "delta",
            "key": "targets[1].within",
            "before": "8 business hours",
            "after": "6 business hours",
        }
    ]


def test_a_promise_that_is_given_up_is_lost(desk: Path, draft: Path) -> None:
    change(draft, 'clock = "resolution"', 'clock = "response"')
    _, found = data(desk, draft)
    effects = {(one["ticket"], one["promise"], one["effect"]) for one in found["promises"]}
    assert (3, "Resolution", "lost") in effects
    assert (3, "Response", "gained") in effects
    assert (1, "Response", "becomes_late") in effects  # nobody answered since Monday


def test_another_class_is_told(desk: Path, draft: Path) -> None:
    change(draft, 'language = "en"', 'language = "en"\nclassification.default_class = "system"')
    _, found = data(desk, draft)
    moved = {one["ticket"]: (one["before"], one["after"]) for one in found["classes"]}
    assert set(moved) >= {3, 4}
    assert all(
        before.startswith("user") and after.startswith("system") for before, after in moved.values()
    )


def test_a_contract_more_or_less_is_one_difference(desk: Path, draft: Path) -> None:
    more = CONTRACT.replace('projects = "delta"', 'projects = "omega"')
    (draft / "contracts" / "omega.toml").write_text(more)
    _, found = data(desk, draft)
    assert found["keys"] == [
        {"where": "omega", "key": "", "before": None, "after": "Help desk for Delta Zrt."}
    ]


def test_an_amendment_tells_only_what_it_changes(desk: Path, draft: Path) -> None:
    amendment = (
        '\n[[amendments]]\nfrom = 2026-12-01\nnote = "sooner"\n'
        'targets = [{ clock = "resolution", within = "4bh", clause = "Amendment 1" }]\n'
    )
    for folder in (desk, draft):
        contract = folder / "contracts" / "delta.toml"
        contract.write_text(contract.read_text() + amendment)
    change(draft, 'author = "E. Manager"', 'author = "A. Manager"')
    _, found = data(desk, draft)
    assert [one["key"] for one in found["keys"]] == ["exclusions[1].author"]


def test_on_a_terminal_the_worst_stands_first(desk: Path, draft: Path) -> None:
    change(draft, 'within = "8bh"', 'within = "6bh"')
    result = run("-c", str(draft), "check", "--diff", str(desk), "--as-of", AS_OF)
    assert "delta  targets[1].within  8 business hours  6 business hours" in result.stdout
    assert "#2  Resolution  becomes late" in result.stdout
    assert "6 open tickets judged by both" in result.stdout


def test_its_numbers_lead_to_the_tickets(desk: Path, draft: Path) -> None:
    change(draft, 'within = "8bh"', 'within = "6bh"')
    before, after = load_folder(desk), load_folder(draft)
    with open_mirror(before) as mirror:
        found = consequences(before, after, mirror, datetime.fromisoformat(AS_OF))
    shown = io.StringIO()
    screen = Console(file=shown, force_terminal=True, width=200)
    print_consequences(screen, found, ZoneInfo("Europe/Budapest"), "https://r.example/")
    assert "https://r.example/issues/2" in shown.getvalue()
    assert "%5D=1,2,3,4&sort=id" in shown.getvalue()


def test_without_a_mirror_the_keys_are_told(empty: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft"
    shutil.copytree(empty, draft, ignore=shutil.ignore_patterns("*.db"))
    change(draft, 'within = "8bh"', 'within = "6bh"')
    result = run("check", "--diff", str(empty), str(draft))
    assert result.exit_code == ExitCode.OK
    assert "targets[1].within" in result.stdout
    assert "The mirror is empty, so nothing is known of tickets" in result.stdout


def test_mistakes_in_either_folder_are_told(desk: Path, draft: Path) -> None:
    change(draft, 'within = "8bh"', 'within = "8h"')
    result = run("check", "--diff", str(desk), str(draft))
    assert result.exit_code == ExitCode.USAGE
    assert "contracts/delta.toml" in result.stderr
    assert f"redmine-sla check {draft}" in result.stderr


def test_no_secret_is_shown(desk: Path, draft: Path) -> None:
    settings = draft / "sla.toml"
    key = "5ec7e7" * 6 + "0000"
    settings.write_text(
        settings.read_text().replace("http_retries", f'api_key = "{key}"\nhttp_retries')
    )
    result = run("check", "--diff", str(desk), str(draft), "--json")
    assert key not in result.output
    assert "draft.db" not in result.output  # an address of a database may hold a password
