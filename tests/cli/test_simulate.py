"""`simulate`: the same history under other terms, side by side, and nothing is written."""

from __future__ import annotations

import io
import json
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

import pytest
from rich.console import Console

from redmine_sla.calendar.period import month_of
from redmine_sla.cli.comparison_view import print_comparison
from redmine_sla.connectors.folder import open_mirror
from redmine_sla.contract import load_folder
from redmine_sla.contract.files.variant import under_tier
from redmine_sla.errors import ExitCode
from redmine_sla.mirror import Arrival, Mirror
from redmine_sla.sync.run import PULLED
from redmine_sla.sync.simulating import Trial, simulate
from tests.cli.desk import NOW, run, ticket, to
from tests.cli.test_statement import entry

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
    """The desk's tickets under a contract of profile crm-support, smallest level."""
    (desk / "contracts" / "delta.toml").write_text(CRM)
    pulled(desk, datetime(2026, 11, 30, 22, tzinfo=UTC))
    return desk


def pulled(folder: Path, at: datetime) -> None:
    with Mirror.open(f"sqlite:///{folder}/mirror.db") as mirror, mirror.writing() as batch:
        batch.record(PULLED, at.isoformat())


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


def test_availability_stands_under_both_with_what_it_gives_back(crm: Path) -> None:
    desk = crm / "sla.toml"
    fields = 'outage_began_at = "Down at"\noutage_ended_at = "Up at"\n[surfaces]'
    desk.write_text(desk.read_text().replace("[surfaces]", fields))
    back = """
    [[credits]]
    name = "down"
    clause = "Contract 9"
    availability = true
    percent_of_fee = 10
    """
    (crm / "contracts" / "delta.toml").write_text(CRM + back)
    # October has 745 hours: at 98.89 % 8:16 may be lost, at 93.3 % 49:54. Ten are.
    outage = ticket(8, "Down", "2026-10-05 09:00", to(5, "2026-10-05 20:00"))
    outage["custom_fields"] += [
        {"id": 5, "name": "Down at", "value": "2026-10-05 09:00"},
        {"id": 6, "name": "Up at", "value": "2026-10-05 19:00"},
    ]
    with Mirror.open(f"sqlite:///{crm}/mirror.db") as mirror, mirror.writing() as batch:
        batch.store_tickets([Arrival(outage, read=True, settled=True)], NOW)
    found = data(crm, "--tier", "7x24x4")
    october, simulated = found["actual"]["availability"][0], found["simulated"]["availability"][0]
    assert (october["verdict"], simulated["verdict"]) == ("met", "missed")
    assert (october["promised"], simulated["promised"]) == ("0.933", "0.9889")
    assert simulated["tickets"] == [8]
    # 10 % of 1,500,000 beside what the late tickets of November give
    plain = {"actual": 600_000, "simulated": 1_500_000}
    assert [int(found[side]["credits"]["amount"]) - plain[side] for side in plain] == [0, 150_000]


def test_hours_beyond_the_allowance_stand_under_both(crm: Path) -> None:
    file = crm / "contracts" / "delta.toml"
    file.write_text(CRM + 'allowance = { overrun_rate = "10 000 HUF" }\n')
    with Mirror.open(f"sqlite:///{crm}/mirror.db") as mirror, mirror.writing() as batch:
        batch.store_time_entries([entry(1, 1, "5")])
    found = data(crm, "--tier", "7x24x4")
    # 2 h a month, and 8 h: of the five in November three are beyond, and none
    assert found["actual"]["hours"] == {
        "included": "4",
        "used": "5",
        "beyond": "3",
        "price": {"amount": "30000", "currency": "HUF"},
    }
    assert (found["simulated"]["hours"]["included"], found["simulated"]["hours"]["beyond"]) == (
        "16",
        "0",
    )
    actual = found["actual"]
    assert int(actual["net"]["amount"]) == 1_200_000 + 30_000 - int(actual["credits"]["amount"])


def test_nothing_is_judged_past_the_last_pull(crm: Path) -> None:
    pulled(crm, datetime(2026, 11, 20, 13, 48, tzinfo=UTC))
    found = data(crm, "--tier", "7x24x4")
    # Nothing was due before the 20th; who knows what was done since.
    assert found["simulated"]["broken_tickets"] == []
    assert found["known"] == "2026-11-20T13:48:00Z"
    words = ("simulate", "--contract", "delta", "--tier", "7x24x4", *OCTOBER_ON)
    said = run(*words, folder=crm).stdout
    assert "Pulled 10 days ago; is the cron running?" in said
    assert "Not compared: the development budget and the obligations." in said


def test_a_mirror_older_than_the_period_is_no_history(crm: Path) -> None:
    pulled(crm, datetime(2026, 9, 30, 13, tzinfo=UTC))
    words = ("simulate", "--contract", "delta", "--tier", "7x24x4", *OCTOBER_ON)
    result = run(*words, folder=crm)
    assert result.exit_code == ExitCode.USAGE
    assert "the mirror is older than what is asked for" in result.stderr


def test_numbers_on_a_terminal_lead_to_their_tickets(crm: Path) -> None:
    screen = Console(file=io.StringIO(), force_terminal=True, width=200)
    configuration = load_folder(crm)
    contract = configuration.contract_named("delta")
    period = month_of(date(2026, 11, 1), ZoneInfo("Europe/Budapest"))
    trial = Trial(
        contract, under_tier(contract, "7x24x4"), period, datetime(2026, 11, 30, tzinfo=UTC)
    )
    with open_mirror(configuration) as mirror:
        found = simulate(configuration, mirror, trial)
    print_comparison(screen, found, contract, "https://r.example/")
    shown = cast("io.StringIO", screen.file).getvalue()
    assert "https://r.example/issues/2" in shown
    assert "%5D=1,2,3&sort=id" in shown


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
    assert re.search(r"5x8xNBD \(as agreed\) +7x24x4 \(simulated\)\n", said)
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
