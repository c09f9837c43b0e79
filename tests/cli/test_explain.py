"""`explain`: a ledger that a customer can re-add by hand."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from redmine_sla.errors import ExitCode
from redmine_sla.mirror import Arrival, Departure, Gone, Mirror
from tests.cli.desk import AS_OF, NOW, run, ticket, to

AGAIN = "2026-11-17 09:00"


def shown(folder: Path, *words: str) -> str:
    asked = run("explain", *words, "--as-of", AS_OF, folder=folder)
    assert asked.exit_code == ExitCode.OK, asked.output
    return asked.stdout


def told(folder: Path, *words: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(shown(folder, *words, "--json"))
    return data


def test_the_head_says_by_what_it_is_judged(desk: Path) -> None:
    text = shown(desk, "1")
    for line in (
        "#1 Nobody can print",
        "Contract   Help desk for Delta Zrt. (delta)",
        "Level      Working days 8-17, terms in force since 2026-01-01",
        "Reported   Mon 2026-11-16 09:00 CET by Anna Kiss (customer)",
        "Judged at  Fri 2026-11-20 15:00 CET",
        "Standing   resolution: breached",
        "Class      system, 100 % sure",
        "           system +100.0: chosen by the provider",
        "People     Anna Kiss (customer), Eva Engineer (provider)",
    ):
        assert line in text.splitlines()


def test_reopened_long_after_it_is_judged_by_the_terms_of_that_day(desk: Path) -> None:
    amended = '[[amendments]]\nfrom = 2026-10-01\nnote = "warned earlier"\nat_risk_at = 50\n'
    contract = desk / "contracts" / "delta.toml"
    contract.write_text(f"{contract.read_text()}\n{amended}")
    rows = {
        40: ticket(40, "Once", "2026-09-01 09:00", to(3, "2026-09-01 10:00")),
        41: ticket(41, "Again", "2026-09-01 09:00", to(3, "2026-09-01 10:00"), to(1, AGAIN)),
    }
    with Mirror.open(f"sqlite:///{desk}/mirror.db") as mirror, mirror.writing() as batch:
        batch.store_tickets([Arrival(row, read=True, settled=True) for row in rows.values()], NOW)
    assert told(desk, "40")["terms_since"] == "2026-01-01"
    assert told(desk, "41")["terms_since"] == "2026-10-01"


def test_the_ledger_shows_each_window_each_pause_and_running_totals(desk: Path) -> None:
    text = shown(desk, "1", "--clock", "resolution")
    assert "Promise    8 business hours: Contract 4.2" in text
    assert "Served     Mo-Fr 08:00-17:00, Europe/Budapest, not on public holidays of HU" in text
    assert "Due        Tue 2026-11-17 10:00 CET" in text
    rows = [re.split(r"\s{2,}", line) for line in text.splitlines() if line[:4] in ("Mon ", "Tue ")]
    assert rows[1:4] == [
        ["Mon 2026-11-16 09:00-10:00 CET", "+", "in service", "1:00", "1:00"],
        [
            "Mon 2026-11-16 10:00-12:00 CET",
            "pause",
            "excluded: power cut (agreed in #17)",
            "(2:00)",
            "1:00",
        ],
        ["Mon 2026-11-16 12:00-17:00 CET", "+", "in service", "5:00", "6:00"],
    ]
    assert "Work start" not in text


def test_exclusions_are_shown_raw_and_adjusted(desk: Path) -> None:
    raw = "without the exclusions: breached, due Mon 2026-11-16 17:00 CET, used 42:00"
    assert f"Raw        {raw}" in shown(desk, "1")
    assert "Raw" not in shown(desk, "2")
    clock = told(desk, "1")["clocks"][1]
    assert clock["without_exclusions"]["used_seconds"] == clock["used_seconds"] + 2 * 3600


@pytest.mark.parametrize("number", ["1", "2", "3", "4", "5", "6"])
def test_every_ledger_adds_up_to_what_it_proves(desk: Path, number: str) -> None:
    for clock in told(desk, number)["clocks"]:
        lines = clock["ledger"]
        served = [line for line in lines if line["entry"] == "served"]
        total = 0
        for line in served:
            total += line["amount_seconds"]
            assert line["total_seconds"] == total
        if clock["used_seconds"] is not None:
            assert total == clock["used_seconds"]


def test_seconds_are_shown_where_they_count(desk: Path) -> None:
    text = shown(desk, "4", "--clock", "resolution")
    assert "Fri 2026-11-20 08:00:00-09:00:30 CET" in text
    assert "2:00:30 of 8:00 used (25 %), 5:59:30 left" in text
    assert "Due        frozen while paused" in text


def test_holidays_on_the_way_are_named(desk: Path) -> None:
    asked = run(
        "explain", "1", "--clock", "resolution", "--as-of", "2026-12-28T12:00Z", folder=desk
    )
    assert re.search(r"Fri 2026-12-25 off: \w+", asked.stdout)


def test_a_ticket_without_clocks_says_why(desk: Path) -> None:
    text = shown(desk, "7")
    assert "No clocks  internal: opened by the provider" in text
    assert told(desk, "7")["clocks"] == []


def test_what_cannot_be_measured_says_why(desk: Path) -> None:
    why = "Why        Work started at '2026-11-18' is not a date with a time"
    assert why in shown(desk, "5")


def test_the_past_is_told_as_it_was_known(desk: Path) -> None:
    asked = run("explain", "1", "--as-of", "2026-11-16T09:10+01:00", "--json", folder=desk)
    clocks = json.loads(asked.stdout)["clocks"]
    assert [(clock["clock"], clock["verdict"]) for clock in clocks] == [
        ("work_start", "on_track"),
        ("resolution", "on_track"),
    ]


def test_a_ticket_that_is_not_in_the_mirror_has_a_next_step(desk: Path, empty: Path) -> None:
    asked = run("explain", "99", folder=desk)
    assert asked.exit_code == ExitCode.USAGE
    assert "#99 is not in the mirror" in asked.stderr
    assert "`redmine-sla sync --dry-run`" in asked.stderr


def test_before_the_first_pull_it_says_so(empty: Path) -> None:
    assert "nothing was pulled from Redmine yet" in run("explain", "1", folder=empty).stderr


def test_a_ticket_that_left_says_how(desk: Path) -> None:
    with Mirror.open(f"sqlite:///{desk}/mirror.db") as mirror, mirror.writing() as batch:
        batch.remove_tickets([Departure(1, Gone.DELETED, 1)], NOW)
    assert "#1 was deleted in Redmine" in run("explain", "1", folder=desk).stderr


def test_a_ticket_of_no_contract_says_so(desk: Path) -> None:
    contract = desk / "contracts" / "delta.toml"
    contract.write_text(contract.read_text().replace("2026-01-01", "2026-11-18"))
    asked = run("explain", "1", folder=desk)
    assert "#1 has no contract" in asked.stderr
    assert "2026-11-16" in asked.stderr


def test_an_unknown_clock_names_those_there_are(desk: Path) -> None:
    asked = run("explain", "1", "--clock", "resolve", folder=desk)
    assert "clocks on it: work_start, resolution" in asked.stderr


def test_a_ticket_cannot_be_judged_before_it_was_reported(desk: Path) -> None:
    before = (NOW - timedelta(days=10)).isoformat()
    assert "was only reported" in run("explain", "1", "--as-of", before, folder=desk).stderr
