"""The example programs run, and say what they are there to show."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from redmine_sla.cli import main
from tests.cli.desk import fill, folder_at

EXAMPLES = Path(__file__).parents[2] / "examples"
PROGRAMS = (
    "build_a_calendar.py",
    "custom_clock.py",
    "judge_a_ticket.py",
    "list_what_is_late.py",
    "load_contracts.py",
    "run_a_sync.py",
)


def output_of(program: str, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / program), *words],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONPATH": str(EXAMPLES.parent)},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_program_is_short(program: str) -> None:
    assert len((EXAMPLES / program).read_text().splitlines()) < 60


def test_a_calendar_is_built_and_asked() -> None:
    said = output_of("build_a_calendar.py")
    assert "4 business hours   due Mon 2026-10-26 12:30 CET" in said
    assert "2026-10-23: off, holiday" in said


@pytest.mark.parametrize("folder", sorted(path.name for path in (EXAMPLES / "contracts").iterdir()))
def test_contracts_are_loaded(folder: str) -> None:
    assert " within " in output_of("load_contracts.py", str(EXAMPLES / "contracts" / folder))


def test_a_ticket_is_judged_from_plain_data() -> None:
    said = output_of("judge_a_ticket.py")
    assert "Work start: met, stopped, within 8 business hours" in said
    assert "Fri 08:00 CET  served  in service  2:30:00" in said


def test_a_clock_of_ones_own_needs_no_code() -> None:
    assert "Call back: missed (Annex 2" in output_of("custom_clock.py")


def test_what_is_late_is_listed(tmp_path: Path) -> None:
    folder = folder_at(tmp_path / "etc")
    fill(folder)
    said = output_of("list_what_is_late.py", str(folder))
    assert "#1 Nobody can print: Resolution (delta)" in said
    assert "was due 2026-11-17 10:00 CET" in said


def test_units_and_crontab_call_commands_that_are_there() -> None:
    called = 0
    for path in sorted((EXAMPLES / "ops").iterdir()):
        for line in path.read_text().splitlines():
            if line.startswith("#"):
                continue
            for name, options in re.findall(r"bin/redmine-sla (\w+)((?: --?\w+)*)", line):
                known = {flag for option in main.commands[name].params for flag in option.opts}
                assert set(options.split()) <= known, line
                called += 1
    assert called == 4
