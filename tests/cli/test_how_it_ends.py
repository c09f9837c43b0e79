"""Whatever goes wrong ends with a message, the next step, and a documented exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from redmine_sla.cli import status_board
from redmine_sla.errors import ExitCode
from redmine_sla.sync.lock import only_run
from tests.cli.desk import AS_OF, KEY, run


def test_without_a_configuration_the_places_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    asked = run("status")
    assert asked.exit_code == ExitCode.USAGE
    assert "neither ./sla.toml nor /etc/redmine-sla/sla.toml" in asked.stderr
    assert "next:  name its folder with --config" in asked.stderr


def test_the_configuration_may_be_here_or_named_anywhere(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = run("status", "--as-of", AS_OF, folder=desk).stdout
    assert "#1" in shown
    assert run("status", "--config", str(desk), "--as-of", AS_OF).stdout == shown
    monkeypatch.setenv("REDMINE_SLA_CONFIG", str(desk))
    assert run("status", "--as-of", AS_OF).stdout == shown
    monkeypatch.delenv("REDMINE_SLA_CONFIG")
    monkeypatch.chdir(desk)
    assert run("status", "--as-of", AS_OF).stdout == shown


def test_a_wrong_configuration_tells_every_mistake_at_once(desk: Path) -> None:
    contract = desk / "contracts" / "delta.toml"
    contract.write_text(contract.read_text().replace('"8bh"', '"8h"') + 'colour = "red"\n')
    asked = run("sync", folder=desk)
    assert asked.exit_code == ExitCode.USAGE
    assert "contracts/delta.toml:12" in asked.stderr
    assert "does not say whether closed hours count" in asked.stderr
    assert "colour" in asked.stderr


def test_a_missing_key_says_where_it_was_looked_for(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("REDMINE_SLA_API_KEY")
    asked = run("sync", folder=desk)
    assert asked.exit_code == ExitCode.USAGE
    assert "environment variable REDMINE_SLA_API_KEY" in asked.stderr


def test_a_redmine_out_of_reach_is_told_without_a_traceback(desk: Path) -> None:
    for words in (["sync"], ["sync", "--dry-run"], ["check", "--online"]):
        asked = run(*words, folder=desk)
        assert asked.exit_code == ExitCode.REDMINE, asked.output
        assert "error: " in asked.stderr
        assert "next:" in asked.stderr
        assert "Traceback" not in asked.output
        assert KEY not in asked.output


def test_a_second_run_leaves_at_once(desk: Path) -> None:
    with only_run(desk):
        for words in (["sync"], ["sync", "--dry-run"]):
            asked = run(*words, folder=desk)
            assert asked.exit_code == ExitCode.BUSY
            assert "another run is under way" in asked.stderr


def test_a_mirror_that_is_none_is_told(desk: Path) -> None:
    for part in desk.glob("mirror.db*"):
        part.unlink()
    (desk / "mirror.db").write_text("This is a shopping list. " * 100)
    asked = run("status", folder=desk)
    assert asked.exit_code == ExitCode.STORE
    assert "the file is damaged, or no mirror at all" in asked.stderr


def test_an_instant_without_a_zone_is_refused_with_the_way_to_write_it(desk: Path) -> None:
    for words in (["status"], ["explain", "1"]):
        asked = run(*words, "--as-of", "2026-11-20T15:00", folder=desk)
        assert asked.exit_code == ExitCode.USAGE
        assert "does not say in which zone" in asked.stderr
        assert "2026-11-20T15:00+01:00" in asked.stderr
    assert "is not an instant" in run("status", "--as-of", "today", folder=desk).stderr


@pytest.mark.parametrize("words", [("report",), ("report", "--json"), ("check",)])
def test_a_reader_who_has_seen_enough_is_no_finding(desk: Path, words: tuple[str, ...]) -> None:
    ours, theirs = os.pipe()
    os.close(ours)  # as `head` does
    command = [sys.executable, "-m", "redmine_sla", "--config", str(desk), *words]
    asked = subprocess.run(command, check=False, stdout=theirs, stderr=subprocess.PIPE, text=True)
    os.close(theirs)
    assert (asked.returncode, asked.stderr) == (ExitCode.OK, "")


def test_two_answers_are_not_mixed_on_standard_output(desk: Path, tmp_path: Path) -> None:
    statement = ("statement", "2026-11", "--contract", "delta")
    for words in (("report", "breaches"), ("budget", "--contract", "delta"), statement):
        asked = run(*words, "--csv", "-", "--json", "--as-of", AS_OF, folder=desk)
        assert asked.exit_code == ExitCode.USAGE
        assert asked.stdout == ""
        assert "ask for one, or name a file" in asked.stderr
    both = ("--csv", str(tmp_path / "all.csv"), "--json", "--as-of", AS_OF)
    asked = run("report", "breaches", *both, folder=desk)
    assert asked.exit_code == ExitCode.OK
    assert json.loads(asked.stdout)["subject"] == "breaches"
    assert (tmp_path / "all.csv").stat().st_size


def test_options_that_would_say_nothing_are_refused(desk: Path) -> None:
    for words, said in (
        (("check", "--as-of", AS_OF), "name OLD with --diff"),
        (("check", "--online", "--diff", str(desk)), "run check once for each"),
        (("quarter", "2026Q3", "--draft", "-o", str(desk / "out")), "choose one"),
    ):
        asked = run(*words, folder=desk)
        assert asked.exit_code == ExitCode.USAGE
        assert said in " ".join(asked.stderr.split())


def test_a_fault_of_our_own_is_short_and_says_how_to_see_more(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a wheel\ncame off")

    monkeypatch.setattr(status_board, "print_status", broken)
    asked = run("status", folder=desk)
    assert asked.exit_code == ExitCode.FAULT
    assert "a fault in redmine-sla: RuntimeError: a wheel came off" in asked.stderr
    assert "run it again with -v" in asked.stderr
    assert "Traceback" not in asked.stderr
    assert "Traceback" in run("status", "-v", folder=desk).stderr


def test_an_interruption_is_no_fault(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(status_board, "print_status", interrupted)
    asked = run("status", folder=desk)
    assert asked.exit_code == ExitCode.INTERRUPTED
    assert "Interrupted" in asked.stderr
