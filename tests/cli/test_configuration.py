"""`init`, `check`, `schema` and `provision`: what comes before the first run."""

from __future__ import annotations

import json
import re
import stat
from pathlib import Path

import pytest

from redmine_sla.contract import profile_names
from redmine_sla.errors import ExitCode
from tests.cli.desk import run


def test_init_writes_a_folder_that_checks_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "etc"
    made = run("init", str(folder))
    assert made.exit_code == ExitCode.OK
    assert f"redmine-sla check --config {folder}" in made.stdout
    assert stat.S_IMODE((folder / "sla.toml").stat().st_mode) == 0o600
    assert run("check", folder=folder).exit_code == ExitCode.OK


@pytest.mark.parametrize("profile", profile_names())
def test_init_starts_from_any_profile(tmp_path: Path, profile: str) -> None:
    assert run("init", str(tmp_path), "--profile", profile).exit_code == ExitCode.OK
    checked = run("check", "--json", folder=tmp_path)
    assert checked.exit_code == ExitCode.OK, checked.output
    assert [one["name"] for one in json.loads(checked.stdout)["contracts"]] == [profile]


def test_init_refuses_what_is_there_and_profiles_that_are_not(tmp_path: Path) -> None:
    run("init", str(tmp_path))
    again = run("init", str(tmp_path))
    assert again.exit_code == ExitCode.USAGE
    assert "holds a configuration already" in again.stderr
    unknown = run("init", str(tmp_path / "other"), "--profile", "helpdesk")
    assert 'did you mean "help-desk"?' in unknown.stderr
    assert not (tmp_path / "other").exists()


def test_check_shows_what_is_promised(desk: Path) -> None:
    asked = run("check", folder=desk)
    assert asked.exit_code == ExitCode.OK
    assert "Help desk for Delta Zrt. (delta)" in asked.stdout
    assert "Resolution  everything      8 business hours  Contract 4.2" in asked.stdout
    assert "08:00-17:00" in asked.stdout
    assert "the configuration is in order" in asked.stdout
    assert run("check", "--quiet", folder=desk).output == ""


def test_check_says_which_promise_never_applies_and_why(desk: Path) -> None:
    contract = desk / "contracts" / "delta.toml"
    own = '[[targets]]\nclock = "work_start"\nclass = "infrastructure"\nwithin = "1bh"\n'
    contract.write_text(f'{contract.read_text()}{own}clause = "annex 2"\n')
    asked = run("check", folder=desk)
    assert "1 business hour   annex 2" in asked.stdout
    (idle,) = (line for line in asked.stdout.splitlines() if "overridden" in line)
    assert "2 business hours" in idle
    assert "overridden by annex 2" in idle
    (told,) = json.loads(run("check", "--json", folder=desk).stdout)["contracts"]
    overridden = {one["within"]: one["overridden_by"] for one in told["targets"]}
    assert overridden["2 business hours"] == "annex 2"
    assert overridden["1 business hour"] is None


def test_check_tells_every_mistake_with_file_and_line(desk: Path) -> None:
    contract = desk / "contracts" / "delta.toml"
    contract.write_text(contract.read_text().replace('"8bh"', '"8h"'))
    (desk / "sla.toml").write_text((desk / "sla.toml").read_text() + "[colours]\n")
    asked = run("check", folder=desk)
    assert asked.exit_code == ExitCode.USAGE
    assert "error: contracts/delta.toml:12: targets[1].within" in asked.stderr
    assert "error: sla.toml:" in asked.stderr
    assert "2 mistakes." in asked.stderr
    told = run("check", "--json", folder=desk)
    assert told.exit_code == ExitCode.USAGE
    problems = json.loads(told.stdout)["problems"]
    assert {(one["file"], one["line"] > 0) for one in problems} == {
        ("contracts/delta.toml", True),
        ("sla.toml", True),
    }


def test_check_warns_of_what_is_hardly_meant(desk: Path) -> None:
    contract = desk / "contracts" / "delta.toml"
    accepted = contract.read_text().replace('accepted_warnings = ["nobody-may"]', "")
    contract.write_text(accepted)
    asked = run("check", folder=desk)
    assert asked.exit_code == ExitCode.OK
    assert "warning: " in asked.stderr
    assert "nobody may approve" in asked.stderr
    codes = {
        one["code"] for one in json.loads(run("check", "--json", folder=desk).stdout)["warnings"]
    }
    assert "nobody-may" in codes


def test_each_kind_of_warning_says_once_how_to_accept_it_and_that_is_enough(tmp_path: Path) -> None:
    run("init", str(tmp_path))
    asked = run("check", folder=tmp_path)
    accepted = re.findall(
        r'accept: if it is meant, write accepted_warnings = \["([\w-]+)"\] at the top of '
        r"contracts/example\.toml",
        asked.stderr,
    )
    assert "nobody-may" in accepted
    assert len(accepted) == len(set(accepted)) == asked.stderr.count("accept: ")
    contract = tmp_path / "contracts" / "example.toml"
    contract.write_text(f"accepted_warnings = {json.dumps(accepted)}\n{contract.read_text()}")
    assert run("check", folder=tmp_path).stderr == ""


def test_what_is_wrong_with_the_desk_itself_cannot_be_accepted(desk: Path) -> None:
    file = desk / "sla.toml"
    file.write_text(file.read_text().replace("[fields]", '[fields]\nclas = "Reach"'))
    told = json.loads(run("check", "--json", folder=desk).stdout)["warnings"]
    assert [one["acceptable_in"] for one in told if one["code"] == "own-role"] == [None]
    said = run("check", folder=desk).stderr
    assert '"clas" is a role of your own' in said
    assert "own-role" not in said


def test_a_clock_that_cannot_be_measured_can_be_accepted(desk: Path) -> None:
    contract = desk / "contracts" / "delta.toml"
    unseen = '[[targets]]\nclock = "arrival"\nwithin = "4ch"\nclause = "Contract 5"\n'
    contract.write_text(contract.read_text() + unseen)
    asked = run("check", folder=desk).stderr
    assert "it stays unmeasured" in asked
    assert '["unmeasurable"] at the top of contracts/delta.toml' in asked
    codes = '"nobody-may", "unmeasurable"'
    contract.write_text(contract.read_text().replace('"nobody-may"', codes))
    assert "unmeasured" not in run("check", folder=desk).stderr


@pytest.mark.parametrize("file", ["desk", "contract", "profile"])
def test_schema_prints_json_schema(file: str) -> None:
    printed = json.loads(run("schema", file).stdout)
    assert printed["$schema"].startswith("http://json-schema.org/draft-07/")


def test_provision_prints_a_script_that_is_made_to_be_read(desk: Path, tmp_path: Path) -> None:
    printed = run("provision", folder=desk)
    assert printed.exit_code == ExitCode.OK
    assert printed.stdout.startswith("# frozen_string_literal: true")
    assert '"name": "SLA status"' in printed.stdout
    written = tmp_path / "provision.rb"
    kept = run("provision", "--dry-run", "-o", str(written), folder=desk)
    assert kept.stdout == ""
    assert f"rails runner -e production {written}" in kept.stderr
    assert '"rehearsal": true' in written.read_text()


def test_provision_prints_the_reverse_without_a_configuration(tmp_path: Path) -> None:
    assert "Takes back" in run("provision", "--undo").stdout
    assert '"force": true' in run("provision", "--undo", "--force").stdout
    assert run("provision", "--force").exit_code == ExitCode.USAGE
    nowhere = run("provision", "--undo", "-o", str(tmp_path / "no" / "where.rb"))
    assert nowhere.exit_code == ExitCode.USAGE
    assert "cannot be written" in nowhere.stderr
