"""`schedule`: what is owed and what came of it, offline; as table, JSON, and calendar file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.cli.desk import AS_OF, CONTRACT, fill, folder_at, run

VISITS = """
[[obligations]]
name = "visit"
title = "Maintenance visit"
clause = "Contract 6"
rhythm = "FREQ=WEEKLY;BYDAY=TU"
time = 10:00:00
[[obligations]]
name = "stocktaking"
title = "Our own stocktaking"
clause = "Contract 7"
rhythm = "FREQ=MONTHLY;BYMONTHDAY=1"
visible = false
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = folder_at(tmp_path / "desk")
    (folder / "contracts" / "delta.toml").write_text(CONTRACT + VISITS)
    fill(folder)
    return folder


def told(desk: Path, *options: str) -> str:
    answered = run("schedule", "-c", str(desk), "--as-of", AS_OF, *options)
    assert answered.exit_code == 0, answered.output
    return answered.stdout


def test_it_tells_the_weeks_around_day_by_day(desk: Path) -> None:
    lines = told(desk).splitlines()
    assert lines[0] == "Help desk for Delta Zrt. (delta)"
    past, coming = (next(row for row in lines if day in row) for day in ("11-17", "11-24"))
    assert "Tue 2026-11-17 10:00 CET" in past
    assert "not recorded" in past
    assert "there is no ticket for it" in past
    assert "to come" in coming


def test_it_says_how_old_the_mirror_is(desk: Path, tmp_path: Path) -> None:
    assert told(desk).splitlines()[-1] == "Pulled 12 minutes ago."
    (delta,) = json.loads(told(desk, "--json"))
    assert delta["mirror_pulled"] == "2026-11-20T13:48:00Z"
    file = str(tmp_path / "delta.ics")
    written = run("schedule", "-c", str(desk), "--as-of", AS_OF, "--ics", file)
    assert written.stderr == f"{file} is written. Pulled 12 minutes ago.\n"


def test_of_an_empty_mirror_it_tells_only_what_is_to_come(tmp_path: Path) -> None:
    empty = folder_at(tmp_path / "empty")
    (empty / "contracts" / "delta.toml").write_text(CONTRACT + VISITS)
    said = told(empty)
    assert "not recorded" not in said
    assert "11-17" not in said
    assert "11-24" in said
    assert "The mirror is empty: run `redmine-sla sync --dry-run`" in said
    (delta,) = json.loads(told(empty, "--json"))
    assert delta["mirror_pulled"] is None
    assert {one["state"] for one in delta["occurrences"]} == {"upcoming"}


def test_json_tells_all_that_is_known(desk: Path) -> None:
    (delta,) = json.loads(told(desk, "--json"))
    assert (delta["contract"], delta["as_of"]) == ("delta", "2026-11-20T14:00:00Z")
    visit = next(one for one in delta["occurrences"] if one["key"] == "delta/visit/2026-11-24")
    assert visit["begin"] == "2026-11-24T09:00:00Z"
    assert (visit["state"], visit["ticket"]) == ("upcoming", None)


def test_the_calendar_file_holds_what_the_customer_may_see(desk: Path, tmp_path: Path) -> None:
    file = tmp_path / "delta.ics"
    told(desk, "--contract", "delta", "--ics", str(file))
    events = Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    days = sorted(str(event["UID"]).rpartition("/")[2] for event in events)
    assert (days[0], days[-1]) == ("2026-07-07", "2027-03-30")  # the quarter before to the next
    assert {str(event["SUMMARY"]) for event in events} == {"Maintenance visit"}
    printed = run("schedule", "-c", str(desk), "--as-of", AS_OF, "--ics", "-")
    assert printed.stdout_bytes == file.read_bytes()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--ics", "-", "--json"), "ask for one"),
        (("--contract", "gamma"), "gamma"),
        (("--ics", "/nowhere/x.ics"), "name another file"),
    ],
)
def test_what_cannot_be_is_refused(desk: Path, options: tuple[str, ...], said: str) -> None:
    refused = run("schedule", "-c", str(desk), "--as-of", AS_OF, *options)
    assert refused.exit_code == 2
    assert said in refused.stderr


def test_of_several_contracts_one_must_be_named_for_a_file(desk: Path) -> None:
    other = (CONTRACT + VISITS).replace('projects = "delta"', 'projects = "other"')
    (desk / "contracts" / "other.toml").write_text(other)
    refused = run("schedule", "-c", str(desk), "--ics", "-")
    assert refused.exit_code != 0
    assert "--contract: delta, other" in refused.stderr
