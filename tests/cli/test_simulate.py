"""`simulate`: the same history under other terms, side by side, and nothing is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from redmine_sla.errors import ExitCode
from tests.cli.desk import run

CRM = """
extends = "crm-support"
title = "CRM support for Alma Kft."
customer = "Alma Kft."
provider = "Our Company Kft."
projects = "delta"
language = "en"
starts = 2026-01-01
tier = "5x8xNBD"
term_months = 24
vat = "net"
fees = { base = "10 000 000 HUF" }
"""
OCTOBER_ON = ("--from", "2026-10-01", "--to", "2026-11-30", "--as-of", "2026-11-30T23:00+01:00")


@pytest.fixture
def crm(desk: Path) -> Path:
    """The desk's tickets under the contract of offer A, smallest level."""
    (desk / "contracts" / "delta.toml").write_text(CRM)
    return desk


def data(folder: Path, *words: str) -> dict[str, Any]:
    result = run("simulate", "--contract", "delta", *words, *OCTOBER_ON, "--json", folder=folder)
    assert result.exit_code == ExitCode.OK, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_another_level_side_by_side(crm: Path) -> None:
    found = data(crm, "--tier", "7x24x4")
    actual, simulated = found["actual"], found["simulated"]
    # Faults of functions. 10 working days from 16 November end on the 30th at 17:00: #1 is late.
    # In 5 calendar days #2 and #3, reported on the 20th, were due on the 25th at midnight, too.
    assert actual["broken_tickets"] == [1]
    assert simulated["broken_tickets"] == [1, 2, 3]
    assert simulated["by_clock"]["Resolution"]["broken"] == 3
    # 6 and 15 % of 10 million HUF, for two months
    assert actual["fee"] == {"amount": "1200000", "currency": "HUF"}
    assert simulated["fee"] == {"amount": "3000000", "currency": "HUF"}
    # November's fee comes back, once
    assert actual["credits"]["amount"] == "600000"
    assert simulated["credits"]["amount"] == "1500000"
    assert simulated["net"]["amount"] == "1500000"


def test_the_tickets_that_make_the_difference(crm: Path) -> None:
    rows = data(crm, "--tier", "7x24x4")["differences"]
    assert [
        (row["ticket"], row["actual"]["verdict"], row["simulated"]["verdict"]) for row in rows
    ] == [(2, "on_track", "breached"), (3, "on_track", "breached")]
    assert rows[0]["simulated"]["due"] == "2026-11-25T23:00:00Z"


def test_the_level_bought_makes_no_difference(crm: Path) -> None:
    found = data(crm, "--tier", "5x8xNBD")
    assert found["differences"] == []
    assert found["actual"] == found["simulated"]


def test_terms_from_a_file_are_laid_over(crm: Path, tmp_path: Path) -> None:
    file = tmp_path / "stricter.toml"
    file.write_text('[[targets]]\nname = "repair-function-windowed"\nwithin = "1bd"\n')
    found = data(crm, "--terms", str(file))
    # All but #6 (done within two hours) and #4 (waiting for the customer) took longer.
    assert found["simulated"]["broken_tickets"] == [1, 2, 3, 5]
    assert found["simulated"]["fee"] == found["actual"]["fee"]


def test_fee_and_credits_are_of_whole_months(crm: Path) -> None:
    days = ("--from", "2026-10-15", "--to", "2026-11-30", "--as-of", "2026-11-30T23:00+01:00")
    words = ("simulate", "--contract", "delta", "--tier", "5x12x12", *days, "--json")
    found = json.loads(run(*words, folder=crm).stdout)
    assert found["actual"]["fee"]["amount"] == "600000"


def test_on_a_terminal(crm: Path) -> None:
    words = ("simulate", "--contract", "delta", "--tier", "7x24x4", *OCTOBER_ON)
    said = run(*words, folder=crm).stdout
    assert "5x8xNBD (as agreed)  7x24x4 (simulated)" in said
    assert "#2  Resolution  on track, due 2026-12-04 17:00  breached, due 2026-11-26 00:00" in said
    assert "Nothing was written." in said


def test_the_level_is_that_of_the_days(crm: Path) -> None:
    """An amendment before the period settles it; one within it is named beside the first."""
    for day, level in (("2026-09-01", "5x12x12"), ("2026-11-01", "5x8xNBD, then 5x12x12")):
        amended = f'[[amendments]]\nfrom = {day}\nnote = "more"\ntier = "5x12x12"\n'
        (crm / "contracts" / "delta.toml").write_text(CRM + amended)
        assert data(crm, "--tier", "7x24x4")["actual"]["terms"] == level


def test_nothing_is_written(crm: Path) -> None:
    before = {file: file.read_bytes() for file in crm.rglob("*") if file.is_file()}
    data(crm, "--tier", "7x24x4")
    after = {file: file.read_bytes() for file in crm.rglob("*") if file.is_file()}
    assert {file: content for file, content in after.items() if file in before} == before


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("--tier", "9x24x1"), "it has 5x8xNBD, 5x12x12, 7x24x4"),
        ((), "--tier, or a file of terms with --terms"),
        (("--tier", "7x24x4", "--month", "2025-12"), "it is in force from 2026-01-01"),
        (("--terms", "/nowhere.toml"), "name a file in UTF-8"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_next_step(
    crm: Path, words: tuple[str, ...], hint: str
) -> None:
    result = run("simulate", "--contract", "delta", *words, folder=crm)
    assert result.exit_code == ExitCode.USAGE, result.output
    assert hint in result.stderr


def test_mistakes_in_the_terms_name_file_line_and_key(crm: Path, tmp_path: Path) -> None:
    file = tmp_path / "typo.toml"
    file.write_text("\ntargetts = 1\n")
    words = ("simulate", "--contract", "delta", "--terms", str(file))
    assert f"{file}:2: targetts" in run(*words, folder=crm).stderr


def test_before_what_the_mirror_holds_nothing_is_told(crm: Path) -> None:
    desk = crm / "sla.toml"
    desk.write_text(f"{desk.read_text()}\n[pull]\nsince = 2026-11-01\n")
    words = ("simulate", "--contract", "delta", "--tier", "7x24x4", "--month", "2026-10")
    result = run(*words, folder=crm)
    assert result.exit_code == ExitCode.USAGE
    assert "the mirror holds nothing before 2026-11-01" in result.stderr


def test_an_empty_mirror_is_no_history(empty: Path) -> None:
    (empty / "contracts" / "delta.toml").write_text(CRM)
    words = ("simulate", "--contract", "delta", "--tier", "7x24x4", "--month", "2026-11")
    result = run(*words, folder=empty)
    assert result.exit_code == ExitCode.USAGE
    assert "the mirror is empty" in result.stderr
