"""`status`: each open ticket once, where it belongs, with the promise that presses most."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from redmine_sla.errors import ExitCode
from tests.cli.desk import AS_OF, run


def shown(folder: Path, *words: str) -> str:
    asked = run("status", "--as-of", AS_OF, *words, folder=folder)
    assert asked.exit_code == ExitCode.OK, asked.output
    return asked.stdout


def told(folder: Path, *words: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(shown(folder, "--json", *words))
    return data


def test_tickets_stand_in_groups_most_pressing_first(desk: Path) -> None:
    lines = shown(desk).splitlines()
    heads = [line for line in lines if line.endswith(" (1)")]
    assert heads == ["Late (1)", "At risk (1)", "On track (1)", "Paused (1)", "Unmeasured (1)"]
    rows = [line.split() for line in lines if line.lstrip().startswith("#")]
    assert [row[0] for row in rows] == ["#1", "#2", "#3", "#4", "#5"]
    assert " ".join(rows[0][1:8]) == "resolution 2026-11-17 10:00 CET -32:00 500 %"
    assert " ".join(rows[1][1:8]) == "resolution 2026-11-20 16:30 CET 1:30 81 %"


def test_it_says_how_old_the_mirror_is_and_what_has_no_clock(desk: Path) -> None:
    last = shown(desk).splitlines()[-1]
    assert last.startswith("1 open ticket without a clock. Pulled 12 minutes ago.")
    asked = run("status", "--as-of", "2026-11-20T17:30+01:00", folder=desk)
    assert "Pulled 2 hours ago; is the cron running?" in asked.stdout


def test_words_of_customers_are_shown_as_they_are(desk: Path) -> None:
    assert "A new [bold]colour[/bold]" in shown(desk)


def test_only_what_is_late(desk: Path) -> None:
    assert [one["ticket"] for one in told(desk, "--late")["tickets"]] == [1]


def test_sorted_by_what_was_asked_for(desk: Path) -> None:
    def numbers(order: str) -> list[int]:
        return [one["ticket"] for one in told(desk, "--sort", order)["tickets"]]

    assert numbers("due")[:3] == [1, 2, 3]
    assert numbers("share")[:2] == [1, 2]
    assert numbers("ticket") == [1, 2, 3, 4, 5]
    assert set(numbers("contract")) == {1, 2, 3, 4, 5}


def test_json_tells_every_clock(desk: Path) -> None:
    data = told(desk)
    assert data["as_of"] == "2026-11-20T14:00:00Z"
    assert data["mirror_pulled"] == "2026-11-20T13:48:00Z"
    assert data["without_clocks"] == 1
    late = data["tickets"][0]
    assert (late["group"], late["clock"]) == ("late", "resolution")
    assert late["standing"] == "resolution: breached"
    assert late["due"] == "2026-11-17T09:00:00Z"
    assert late["remaining_seconds"] == -32 * 3600
    assert [clock["verdict"] for clock in late["clocks"]] == ["met", "breached"]
    paused = next(one for one in data["tickets"] if one["group"] == "paused")
    assert paused["due"] is None


def test_the_past_can_be_asked_for(desk: Path) -> None:
    asked = run("status", "--as-of", "2026-11-16T09:10+01:00", "--json", folder=desk)
    data = json.loads(asked.stdout)
    assert [one["ticket"] for one in data["tickets"]] == [1]
    assert data["tickets"][0]["clock"] == "work_start"


def test_a_contract_that_is_not_there_is_named(desk: Path) -> None:
    assert told(desk, "--contract", "delta")["tickets"]
    asked = run("status", "--contract", "dleta", folder=desk)
    assert asked.exit_code == ExitCode.USAGE
    assert "contracts here: delta" in asked.stderr


def test_an_empty_mirror_is_no_empty_desk(empty: Path) -> None:
    asked = run("status", folder=empty)
    assert "Nothing was pulled yet." in asked.stdout
    assert "sync" in asked.stdout
