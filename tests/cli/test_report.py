"""`report`: how promises came out in any period, as table, CSV, JSON and page."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from redmine_sla.errors import ExitCode
from redmine_sla.mirror import Arrival, Mirror
from tests.cli.desk import AS_OF, NOW, run, ticket, to
from tests.cli.test_statement import entry

NOVEMBER = ("--month", "2026-11", "--as-of", AS_OF)
HOSTILE = '=cmd|"/c calc"!A1 {{include(Secret)}} <script>alert(1)</script>'


def data(desk: Path, *words: str) -> dict[str, Any]:
    result = run("report", *words, *NOVEMBER, "--json", folder=desk)
    assert result.exit_code == ExitCode.OK, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def table(desk: Path, *words: str) -> list[dict[str, str]]:
    result = run("report", *words, *NOVEMBER, "--csv", "-", folder=desk)
    assert result.exit_code == ExitCode.OK, result.output
    return list(csv.DictReader(io.StringIO(result.stdout_bytes.decode("utf-8-sig"))))


def test_an_overview_tells_what_was_kept_and_broken(desk: Path) -> None:
    said = run("report", *NOVEMBER, folder=desk).stdout.replace("\u00a0", " ")
    assert "Help desk for Delta Zrt.: November 2026, so far" in said
    # Work began in time on 1-4 and 6, nobody knows when on 5; 6 was done in time, 1 and 5 late.
    assert "work start  user       4       ·       100 %           1" in said
    assert "resolution  user       1       1        50 %" in said
    assert "#1  Resolution  8 business hours  2026-11-17 10:00  not yet" in said
    assert "customer   Waiting for customer" in said
    assert "Known until 2026-11-20 14:48 CET. Pulled" in said
    assert "12 minutes ago." in said


def test_compliance_by_what_is_asked(desk: Path) -> None:
    rows = data(desk, "compliance", "--by", "clock")["compliance"]
    assert [(row["clock"], row["kept"], row["broken"], row["share_kept"]) for row in rows] == [
        ("work_start", 5, 0, "1"),
        ("resolution", 1, 2, "0.3333333333333333333333333333"),
        ("all", 6, 2, "0.75"),
    ]
    assert rows[1]["tickets"] == {
        "kept": [6],
        "broken": [1, 5],
        "share_kept": [1, 5, 6],
        "broken_raw": [1, 5],
    }


def test_pauses_and_waits_lead_to_the_tickets_that_waited(desk: Path) -> None:
    found = data(desk, "pauses")
    (sums,) = (row for row in found["pause_sums"] if row["awaited"] == "customer")
    assert sums["tickets"]["took"] == [4]
    (waits,) = (row for row in found["waiting"] if row["side"] == "Waiting for the customer")
    assert waits["tickets"]["time"] == [4]


def test_hours_lead_to_their_tickets_and_those_on_none_stand_beside(desk: Path) -> None:
    with Mirror.open(f"sqlite:///{desk}/mirror.db") as mirror, mirror.writing() as batch:
        batch.store_time_entries([entry(1, 1, "1.25"), entry(2, 6, "1"), entry(3, None, "0.75")])
    week = data(desk, "workload")["workload"][-1]
    assert (week["hours"], week["hours_on_no_ticket"]) == ("2.25", "0.75")
    assert week["tickets"]["hours"] == [1, 6]
    (eva,) = (row for row in data(desk, "workload")["people"] if row["assignee"] != "nobody")
    assert (eva["hours"], eva["hours_on_no_ticket"], eva["tickets"]["hours"]) == (
        "2.25",
        "0.75",
        [1, 6],
    )
    # of what only tickets have, hours on none have nothing
    scoped = data(desk, "workload", "--class", "user")["workload"][-1]
    assert scoped["hours_on_no_ticket"] is None
    assert data(desk, "workload", "--project", "delta")["workload"][-1]["hours_on_no_ticket"]


def test_nothing_is_judged_past_the_last_pull(desk: Path) -> None:
    words = ("--month", "2026-11", "--as-of", "2026-11-30T23:00+01:00", "--json")
    late = json.loads(run("report", "breaches", *words, folder=desk).stdout)
    # The mirror is of the 20th, 14:48: what was due afterwards may have been done in time.
    assert (late["known"], late["mirror_pulled"]) == ("2026-11-20T13:48:00Z",) * 2
    assert late["as_of"] == "2026-11-30T22:00:00Z"
    assert [row["ticket"] for row in late["breaches"]] == [1, 5]
    said = run("report", *words[:-1], folder=desk).stdout
    assert "is the cron running?" in said


def test_breaches_as_csv_lead_to_their_tickets(desk: Path) -> None:
    rows = table(desk, "breaches")
    assert [(row["Ticket"], row["Done"], row["Late by"]) for row in rows] == [
        ("1", "", "31:48:00"),  # up to the last pull, twelve minutes before
        ("5", "2026-11-20T09:00:00+00:00", "4:00:00"),
    ]
    assert rows[0]["Address"] == "http://127.0.0.1:9/issues/1"


def test_numbers_in_csv_lead_to_the_list_behind_them(desk: Path) -> None:
    row = table(desk, "compliance", "--by", "clock")[1]
    assert row["Tickets"] == "1 5 6"
    assert row["Address"].endswith("&v%5Bissue_id%5D%5B%5D=1,5,6&sort=id")


def test_pauses_say_what_is_odd_about_them(desk: Path) -> None:
    (asked,) = (row for row in data(desk, "pauses")["pauses"] if row["awaited"] == "customer")
    assert (asked["ticket"], asked["look_again"]) == (4, "without a public message")
    assert asked["until"] is None


def test_unmeasured_says_why(desk: Path) -> None:
    (row,) = data(desk, "unmeasured")["unmeasured"]
    assert (row["ticket"], row["clock"]) == (5, "Work start")
    assert row["why"] == "Work started at '2026-11-18' is not a date with a time"


def test_workload_by_week(desk: Path) -> None:
    weeks = data(desk, "workload")["workload"]
    assert [(week["reported"], week["done"], week["open_after"]) for week in weeks] == [
        (0, 0, 0),
        (0, 0, 0),
        (1, 1, 0),
        (6, 1, 5),
    ]
    assert sum(row["open"] for row in data(desk, "workload")["ages"]) == 5


def test_a_scope_leaves_out_what_it_does_not_name(desk: Path) -> None:
    rows = data(desk, "compliance", "--clock", "resolution", "--class", "system")["compliance"]
    assert [(row["clock"], row["class"], row["broken"]) for row in rows] == [
        ("resolution", "system", 1)
    ]


def test_a_period_before_everything_is_empty(desk: Path) -> None:
    result = run("report", "--from", "2026-01-01", "--to", "2026-01-31", folder=desk)
    assert result.exit_code == ExitCode.OK
    assert "No promise was decided." in result.stdout


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (("--by", "colour"), "known: contract, project"),
        (("--clock", "reslution"), "clocks in use: resolution, work_start"),
        (("--contract", "gamma"), "delta"),
        (("--month", "2026-13"), "write it as 2026-09"),
        (("--quarter", "2026Q5"), "2026Q3"),
        (("--month", "2026-11", "--from", "2026-11-01"), "or --month, or --quarter"),
        (("--from", "2026-11-02", "--to", "2026-11-01"), "--to its last"),
        (("--month", "2026-12", "--as-of", AS_OF), "name days that have"),
        (("--csv", "-"), "report breaches --csv"),
        (("breaches", "--csv", "/nowhere/at/all"), "name another file"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_next_step(
    desk: Path, words: tuple[str, ...], hint: str
) -> None:
    result = run("report", *words, folder=desk)
    assert result.exit_code == ExitCode.USAGE, result.output
    assert hint in result.stderr


def test_a_quarter_is_named_as_people_name_it(desk: Path) -> None:
    words = ("report", "--quarter", "2026Q4", "--as-of", AS_OF, "--json")
    found = json.loads(run(*words, folder=desk).stdout)
    assert (found["from"], found["to"]) == ("2026-10-01", "2026-12-31")


def test_days_the_mirror_does_not_hold_are_not_taken_for_quiet_ones(desk: Path) -> None:
    settings = desk / "sla.toml"
    settings.write_text(f"{settings.read_text()}\n[pull]\nsince = 2026-11-18\n")
    said = run("report", *NOVEMBER, folder=desk).stdout
    assert "The mirror holds nothing before 2026-11-18" in said
    assert data(desk)["mirror_holds_from"] == "2026-11-18"


@pytest.mark.parametrize("words", [(), ("--json",), ("breaches", "--csv", "-")])
def test_an_empty_mirror_praises_nobody(empty: Path, words: tuple[str, ...]) -> None:
    result = run("report", *words, *NOVEMBER, folder=empty)
    assert result.exit_code == ExitCode.USAGE
    assert result.stdout == ""
    assert "the mirror is empty" in result.stderr
    assert "next:  run `redmine-sla sync --dry-run`" in result.stderr


def test_nor_does_one_pulled_before_the_days_asked_for(desk: Path) -> None:
    words = ("report", "--from", "2026-11-21", "--as-of", "2026-11-22T12:00+01:00")
    result = run(*words, folder=desk)
    assert result.exit_code == ExitCode.USAGE
    # The 21st begins at 23:00 UTC of the 20th.
    assert "it is of 2026-11-20T13:48Z, and that begins at 2026-11-20T23:00Z" in result.stderr


def test_as_a_page_with_charts_for_the_providers_eyes(desk: Path, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    result = run("report", *NOVEMBER, "--html", str(file), folder=desk)
    assert result.exit_code == ExitCode.OK, result.output
    page = file.read_text()
    assert "Internal" in page
    assert "Resolution" in page
    assert page.count("data:image/svg+xml") == 2
    assert "http://127.0.0.1:9/issues/1" in page


def test_hostile_subjects_are_inert_everywhere(desk: Path, tmp_path: Path) -> None:
    late = ticket(8, HOSTILE, "2026-11-16 09:00", to(2, "2026-11-16 09:30"))
    with Mirror.open(f"sqlite:///{desk}/mirror.db") as mirror, mirror.writing() as batch:
        batch.store_tickets([Arrival(late, read=True, settled=True)], NOW)
    file = tmp_path / "report.html"
    run("report", *NOVEMBER, "--html", str(file), folder=desk)
    assert "<script>alert" not in file.read_text()
    assert "&lt;script&gt;" in file.read_text()
    (row,) = (row for row in table(desk, "breaches") if row["Ticket"] == "8")
    assert row["Subject"] == f"'{HOSTILE}"
