"""Every command explains itself, and asking for help costs next to nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click
import pytest

from redmine_sla.cli import main
from tests.cli.desk import run

ROOT = Path(__file__).parents[2]
COMMANDS = (
    "init",
    "check",
    "schema",
    "provision",
    "doctor",
    "sync",
    "watch",
    "status",
    "explain",
    "schedule",
    "report",
    "quarter",
    "simulate",
    "statement",
    "budget",
    "classify",
)
READING = (
    "check",
    "doctor",
    "sync",
    "status",
    "explain",
    "schedule",
    "report",
    "simulate",
    "statement",
    "budget",
    "classify",
)
HEAVY = ("pydantic", "sqlalchemy", "requests", "redminelib", "rich", "holidays", "schedule")


def test_the_commands_stand_in_the_order_in_which_a_new_desk_needs_them() -> None:
    assert tuple(main.commands) == COMMANDS
    listed = run("--help").output
    places = [listed.index(f"\n  {name} ") for name in COMMANDS]
    assert places == sorted(places)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_says_what_it_does_and_what_each_option_means(name: str) -> None:
    command = main.commands[name]
    assert command.help
    assert command.short_help
    assert len(command.short_help) <= 64
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{name} {parameter.opts}"
    asked = run(name, "--help")
    assert asked.exit_code == 0
    assert command.help.splitlines()[0][:30] in asked.output


@pytest.mark.parametrize("name", READING)
def test_what_reads_answers_in_json(name: str) -> None:
    assert "--json" in run(name, "--help").output


def test_what_writes_into_redmine_can_be_rehearsed() -> None:
    for name in ("sync", "provision"):
        assert "--dry-run" in run(name, "--help").output


def test_the_help_documents_the_exit_codes() -> None:
    assert "another run is under way" in run("-h").output


def test_the_version_is_told() -> None:
    asked = run("--version")
    assert asked.exit_code == 0
    assert asked.output.startswith("redmine-sla ")


@pytest.mark.parametrize("name", COMMANDS)
def test_the_documents_name_each_command(name: str) -> None:
    assert f"| `{name}` |" in (ROOT / "README.md").read_text()
    assert name in (ROOT / "CHANGELOG.md").read_text()


@pytest.mark.parametrize("words", [["--help"], ["sync", "--help"], ["explain", "--help"]])
def test_asking_for_help_loads_nothing_heavy(words: list[str]) -> None:
    script = (
        "import sys; from redmine_sla.cli import main; "
        f"main({words!r}, standalone_mode=False); print(sorted(sys.modules), file=sys.stderr)"
    )
    asked = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert "Usage:" in asked.stdout
    for module in HEAVY:
        assert f"'{module}'" not in asked.stderr
