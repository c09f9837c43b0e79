"""`statement`: what a contract is billed for a month, offline, internal, and maybe a draft."""

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

AFTER = "2026-12-02T08:00+01:00"
MONEY = """
[fees]
clause = "Contract 7.1"
monthly = "100 000 HUF"
round_to = 1
[allowance]
clause = "Contract 7.2"
hours_per_month = 1
overrun_rate = "10 000 HUF"
[[credits]]
name = "late"
clause = "Contract 7.3"
clock = "resolution"
for_each = "hour"
percent_of_fee = 1
cap_percent = 30
"""


@pytest.fixture
def billed(desk: Path) -> Path:
    """The desk of the command line's tests with money in its contract, and two hours booked."""
    priced(desk)
    with Mirror.open(f"sqlite:///{desk}/mirror.db") as mirror, mirror.writing() as batch:
        batch.store_time_entries([entry(1, 1, "1.25"), entry(2, None, "0.75")])
        batch.record(PULLED, datetime(2026, 11, 30, 23, tzinfo=UTC).isoformat())
    return desk


def priced(desk: Path) -> None:
    file = desk / "contracts" / "delta.toml"
    file.write_text(file.read_text().replace("[[targets]]", f'vat = "net"{MONEY}[[targets]]', 1))


def entry(number: int, ticket: int | None, hours: str) -> dict[str, Any]:
    row: dict[str, Any] = {
        "id": number,
        "project": {"id": 1, "name": "Delta"},
        "user": {"id": 21, "name": "Eva Engineer"},
        "activity": {"id": 9, "name": "Development"},
        "hours": hours,
        "comments": "",
        "spent_on": "2026-11-17",
        "created_on": "2026-11-17T15:00:00Z",
        "updated_on": "2026-11-17T15:00:00Z",
    }
    return row | ({"issue": {"id": ticket}} if ticket else {})


def told(folder: Path, *words: str, month: str = "2026-11", at: str = AFTER) -> dict[str, Any]:
    asked = run(
        "statement", month, "--contract", "delta", "--as-of", at, "--json", *words, folder=folder
    )
    assert asked.exit_code == ExitCode.OK, asked.output
    data: dict[str, Any] = json.loads(asked.stdout)
    return data


def forint(amount: str) -> dict[str, str]:
    return {"amount": amount, "currency": "HUF"}


def test_fee_hours_and_credits_add_up(billed: Path) -> None:
    data = told(billed)
    # 1.25 h on a ticket and 0.75 h on none are 2 h, one more than the allowance: 10,000.
    # The late tickets' started hours pass 30 % of the fee: 30,000 come back.
    kinds = [line["kind"] for line in data["lines"]]
    assert kinds[:2] == ["fee", "hours"]
    assert set(kinds[2:]) == {"credit"}
    assert [line["amount"] for line in data["lines"][:2]] == [forint("100000"), forint("10000")]
    assert data["credits"]["owed"] == forint("30000")
    assert data["total"] == forint("80000")
    assert (data["vat"], data["draft"], data["internal"]) == ("net", False, True)
    assert data["known"] == "2026-11-30T23:00:00Z"


def test_the_terminal_shows_the_same(billed: Path) -> None:
    asked = run("statement", "2026-11", "--contract", "delta", "--as-of", AFTER, folder=billed)
    lines = asked.stdout.splitlines()
    assert lines[0] == "Help desk for Delta Zrt.: November 2026"
    assert "Total, net" in asked.stdout
    assert "80,000" in asked.stdout.replace("\u00a0", " ")
    assert "not for the customer" in lines[-1]


def test_as_csv_it_goes_where_it_is_wanted(billed: Path, tmp_path: Path) -> None:
    words = ("statement", "2026-11", "--contract", "delta", "--as-of", AFTER, "--csv")
    shown = run(*words, "-", folder=billed).stdout_bytes
    run(*words, str(tmp_path / "november.csv"), folder=billed)
    assert (tmp_path / "november.csv").read_bytes() == shown
    rows = list(csv.DictReader(io.StringIO(shown.decode("utf-8-sig"))))
    assert rows[-1]["Kind"] == "total"
    assert rows[-1]["Amount (HUF)"] == "80000"


def test_a_month_that_is_not_over_is_a_draft(billed: Path) -> None:
    assert told(billed, at="2026-11-25T08:00+01:00")["draft"] is True
    asked = run(
        "statement",
        "2026-11",
        "--contract",
        "delta",
        "--as-of",
        "2026-11-25T08:00+01:00",
        folder=billed,
    )
    assert "draft" in asked.stdout.splitlines()[0]


def test_a_mirror_older_than_the_months_end_makes_it_a_draft_too(desk: Path) -> None:
    data = told(desk)  # pulled on 20 November
    assert (data["draft"], data["known"]) == (True, "2026-11-20T13:48:00Z")


def test_what_was_booked_after_the_instant_asked_for_is_not_known_then(billed: Path) -> None:
    booked(billed, entry(3, 1, "3") | {"created_on": "2026-11-28T10:00:00Z"})
    before, after = told(billed, at="2026-11-27T08:00+01:00"), told(billed)
    # 2 h and then 5 h are booked for the 17th, one is included
    assert [one["lines"][1]["quantity"] for one in (before, after)] == ["1", "4"]


def booked(folder: Path, *rows: dict[str, Any]) -> None:
    with Mirror.open(f"sqlite:///{folder}/mirror.db") as mirror, mirror.writing() as batch:
        batch.store_time_entries(rows)


OCTOBER = {"spent_on": "2026-10-20", "created_on": "2026-10-20T15:00:00Z"}


def test_what_was_booked_for_a_month_before_is_listed_and_in_no_total(billed: Path) -> None:
    total = told(billed)["total"]
    in_time = entry(3, 1, "2") | OCTOBER | {"updated_on": "2026-10-20T15:00:00Z"}
    late = entry(4, 1, "3") | OCTOBER | {"created_on": "2026-11-05T09:00:00Z"}
    booked(billed, in_time, late | {"updated_on": "2026-11-05T09:00:00Z"})
    data = told(billed)
    assert data["total"] == total
    # 2 h were one beyond the allowance; 5 h are four: 3 x 10,000
    assert data["late_hours"] == [
        {
            "month": "2026-10",
            "hours_beyond_before": "1",
            "hours_beyond_now": "4",
            "difference": forint("30000"),
            "entries": [{"ticket": 1, "booked": 1, "changed": 0}],
        }
    ]
    # October's own statement has them, and nothing to list
    october = told(billed, month="2026-10")
    assert (october["lines"][1]["quantity"], october["late_hours"]) == ("4", [])
    asked = run("statement", "2026-11", "--contract", "delta", "--as-of", AFTER, folder=billed)
    assert "Earlier months: booked or changed since 2026-11-01" in asked.stdout
    assert "HUF 30,000 more" in asked.stdout.replace("\u00a0", " ")


def test_of_a_changed_entry_nobody_knows_what_it_said_before(billed: Path) -> None:
    changed = entry(3, 1, "2") | OCTOBER | {"updated_on": "2026-11-05T09:00:00Z"}
    booked(billed, changed)
    (late,) = told(billed)["late_hours"]
    assert (late["hours_beyond_before"], late["difference"]) == (None, None)
    assert late["entries"] == [{"ticket": 1, "booked": 0, "changed": 1}]
    words = ("statement", "2026-11", "--contract", "delta", "--as-of", AFTER, "--csv", "-")
    shown = run(*words, folder=billed).stdout_bytes.decode("utf-8-sig")
    row = list(csv.DictReader(io.StringIO(shown)))[-1]
    assert (row["Kind"], row["Amount (HUF)"], row["Quantity"]) == ("late hours", "", "1.00")
    assert "what they said before is not known" in row["Note"]


def test_it_says_how_old_the_mirror_is(billed: Path) -> None:
    asked = run("statement", "2026-11", "--contract", "delta", "--as-of", AFTER, folder=billed)
    assert "Pulled 32 hours ago; is the cron running?" in asked.stdout
    assert told(billed)["mirror_pulled"] == "2026-11-30T23:00:00Z"


def test_hours_after_the_last_pull_are_not_held_against_anybody(desk: Path) -> None:
    priced(desk)
    # #1 was due on Tuesday the 17th at 10:00, in a week of 9 h a day. By Friday 14:48 that is
    # 7 + 9 + 9 + 6:48 = 31:48, the 32nd hour has started
    credit = next(line for line in told(desk)["lines"] if line["tickets"] == [1])
    assert credit["quantity"] == "32"


def test_another_month_has_its_own_promises(billed: Path) -> None:
    october = told(billed, month="2026-10")
    assert [line["kind"] for line in october["lines"]] == ["fee"]


def test_what_cannot_be_stated_says_why(billed: Path) -> None:
    for month, contract, said in (
        ("2025-12", "delta", "not in force in 2025-12"),
        ("2027-01", "delta", "has not begun yet"),
        ("2026-12", "delta", "the mirror is older than what is asked for"),
        ("November", "delta", "is not a month"),
        ("9999-12", "delta", "is not a month"),
        ("2026-11", "gamma", "contracts here: delta"),
    ):
        asked = run("statement", month, "--contract", contract, "--as-of", AFTER, folder=billed)
        assert asked.exit_code == ExitCode.USAGE
        assert said in asked.stderr


def test_an_empty_mirror_is_no_free_month(empty: Path) -> None:
    asked = run("statement", "2026-11", "--contract", "delta", "--as-of", AFTER, folder=empty)
    assert asked.exit_code == ExitCode.USAGE
    assert "the mirror is empty" in asked.stderr
