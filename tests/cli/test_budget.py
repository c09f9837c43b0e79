"""`budget`: how a contract's budgets stand, offline and for the provider alone."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from redmine_sla.errors import ExitCode
from redmine_sla.mirror import Mirror
from redmine_sla.sync.run import PULLED
from tests.cli.desk import run
from tests.cli.test_statement import entry

AFTER = "2026-12-02T08:00+01:00"
MONEY = """
ends = 2027-06-30
contract_sum = "1 000 000 HUF"
vat = "net"
[development]
clause = "contract, point 11"
percent = 15
counts = { activities = ["Development", "Design"] }
[[development.rates]]
activities = "Development"
per_hour = "20 000 HUF"
[allowance]
clause = "4 hours"
hours_per_month = 4
[time]
clause = "0.25 h"
minimum = 0.25
unit = 0.25
"""


@pytest.fixture
def booked(desk: Path) -> Path:
    """7.1 h of development and 0.75 h of it on no ticket, 2 h of design, 3 h of support."""
    file = desk / "contracts" / "delta.toml"
    file.write_text(file.read_text().replace("[[targets]]", f"{MONEY}[[targets]]", 1))
    design, support = entry(3, 2, "2"), entry(4, 2, "3")
    design["activity"] = {"id": 10, "name": "Design"}
    support["activity"] = {"id": 11, "name": "Support"}
    with Mirror.open(f"sqlite:///{desk}/mirror.db") as mirror, mirror.writing() as batch:
        batch.store_time_entries([entry(1, 1, "7.1"), entry(2, None, "0.75"), design, support])
        batch.record(PULLED, datetime(2026, 11, 30, 23, tzinfo=UTC).isoformat())
    return desk


def told(folder: Path, at: str = AFTER) -> dict[str, Any]:
    asked = run("budget", "--contract", "delta", "--as-of", at, "--json", folder=folder)
    assert asked.exit_code == ExitCode.OK, asked.output
    data: dict[str, Any] = json.loads(asked.stdout)
    return data


def forint(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "HUF"}


def test_the_limit_and_what_is_left_of_it_add_up(booked: Path) -> None:
    data = told(booked)
    found = data["development"]
    # 15 % of 1 000 000; 7.85 h x 20 000 = 157 000.
    assert [found[name] for name in ("limit", "base", "spent", "committed", "accepted")] == [
        forint(amount) for amount in ("150000", "1000000", "157000", "157000", "0")
    ]
    assert (found["remaining"], found["over"], found["percent"]) == (forint("-7000"), True, "15")
    assert found["remaining_against_accepted"] == forint("150000")
    assert [one["reached"] for one in found["thresholds"]] == ["2026-11-17"] * 3
    assert found["forecast"]["basis"] == ["2026-09", "2026-10", "2026-11"]
    assert (data["internal"], data["known"]) == (True, "2026-11-30T23:00:00Z")


def test_each_ticket_and_what_is_amiss_is_named(booked: Path) -> None:
    data = told(booked)
    found = data["development"]
    assert [
        (one["ticket"], one["spent"]["amount"], one["unpriced_hours"]) for one in found["tickets"]
    ] == [
        (None, "15000", "0"),
        (1, "142000", "0"),
        (2, "0", "2"),
    ]
    assert found["unpriced"] == [
        {"person": "Eva Engineer", "activity": "Design", "hours": "2", "why": "no rate fits"}
    ]
    (odd,) = data["entries_against_time_rules"]
    assert (odd["person"], odd["ticket"], odd["booked"], odd["counted"]) == (
        "Eva Engineer",
        1,
        "7.1",
        "7.25",
    )
    assert data["hours"]["months"][-2]["month"] == "2026-11"
    assert data["hours"]["months"][-2]["used"] == "3"


def test_an_earlier_instant_knows_less(booked: Path) -> None:
    data = told(booked, at="2026-11-17T12:00+01:00")
    assert data["development"]["spent"] == forint("0")
    assert data["day"] == "2026-11-17"


def test_the_terminal_shows_the_same(booked: Path) -> None:
    said = run("budget", "--contract", "delta", "--as-of", AFTER, folder=booked).stdout
    said = said.replace("\u00a0", " ")
    for words in (
        "HUF 150,000, net: 15 % of HUF 1,000,000",
        "over the limit by at least HUF 7,000; 2 h booked have no price",
        "75 % 2026-11-17",
        "Hours without a price",
        "Time entries against the time rules",
        "not for the customer",
    ):
        assert words in said


def test_as_csv_it_goes_where_it_is_wanted(booked: Path) -> None:
    words = ("budget", "--contract", "delta", "--as-of", AFTER, "--csv", "-")
    shown = run(*words, folder=booked).stdout_bytes
    rows = list(csv.DictReader(io.StringIO(shown.decode("utf-8-sig"))))
    assert [row["Spent (HUF)"] for row in rows if row["Kind"] == "ticket"][1] == "142000.0"
    assert {row["Kind"] for row in rows} == {"ticket", "unpriced", "month", "entry"}


def test_what_cannot_be_told_says_why(booked: Path) -> None:
    for contract, at, said in (
        ("gamma", AFTER, "contracts here: delta"),
        ("delta", "2025-12-01T08:00+01:00", "is not in force on 2025-12-01"),
    ):
        asked = run("budget", "--contract", contract, "--as-of", at, folder=booked)
        assert asked.exit_code == ExitCode.USAGE
        assert said in asked.stderr


def test_an_empty_mirror_is_no_unused_budget(empty: Path) -> None:
    asked = run("budget", "--contract", "delta", "--as-of", AFTER, folder=empty)
    assert asked.exit_code == ExitCode.USAGE
    assert "the mirror is empty" in asked.stderr
