"""The library's surface: small, typed, cheap to import, and strict about instants."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import redmine_sla
from redmine_sla import (
    Motion,
    NaiveDatetimeError,
    People,
    SlaError,
    Verdict,
    judge,
    late,
    load_folder,
    loads_contract,
    sync_folder,
)
from tests.cli.desk import CONTRACT, NOW, fill, folder_at
from tests.cli.desk import TICKETS as ROWS

ROOT = Path(__file__).parents[2]
ROLES = {"working": [2], "waiting_customer": [4], "resolved": [3, "Resolved", 5]}
PEOPLE = People(customers=["Anna Kiss"], providers=[21])
NAMES = {1: "New", 2: "In Progress", 3: "Resolved", 4: "Waiting for customer", 5: "Closed"}


def judged(row: dict[str, Any], **changed: Any) -> redmine_sla.Assessment:
    given: dict[str, Any] = {
        "as_of": NOW,
        "people": PEOPLE,
        "status_roles": ROLES,
        "status_names": NAMES,
        "fields": {"class": "Problem class"},
    }
    return judge(row, loads_contract(CONTRACT), **(given | changed))


def test_every_name_is_there_and_documented() -> None:
    for name in redmine_sla.__all__:
        value = getattr(redmine_sla, name)
        assert value.__doc__, name
        assert name in dir(redmine_sla)
    assert sorted(redmine_sla.__all__) == redmine_sla.__all__
    with pytest.raises(AttributeError, match="no attribute 'judgement'"):
        redmine_sla.judgement  # noqa: B018


def test_importing_it_loads_nothing_heavy() -> None:
    script = "import sys, redmine_sla; print(sorted(sys.modules))"
    loaded = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout
    for module in ("pydantic", "sqlalchemy", "requests", "click", "rich", "holidays"):
        assert f"'{module}'" not in loaded


def test_a_ticket_is_judged_without_a_network() -> None:
    found = judged(ROWS[0])
    reading = found.reading("resolution")
    assert reading is not None
    assert (reading.verdict, reading.motion) == (Verdict.BREACHED, Motion.RUNNING)
    assert found.facts is not None
    assert found.facts.problem_class == "system"
    paused = judged(ROWS[3]).reading("resolution")
    assert paused is not None
    assert paused.motion is Motion.PAUSED


def test_statuses_may_be_known_by_number_alone() -> None:
    by_number = {"working": [2], "waiting_customer": [4], "resolved": [3, 5]}
    found = judged(ROWS[3], status_roles=by_number, status_names={}).reading("resolution")
    assert found is not None
    assert found.motion is Motion.PAUSED


def test_a_status_that_no_history_can_name_is_refused() -> None:
    with pytest.raises(SlaError, match='status "Paused" \\(waiting_customer\\) has no number'):
        judged(ROWS[0], status_roles={"waiting_customer": ["Paused"]})


def test_who_is_unknown_proves_nothing() -> None:
    found = judged(ROWS[0], people=People(customers=["Anna Kiss"]))
    reading = found.reading("work_start")
    assert reading is not None
    assert reading.verdict is Verdict.BREACHED


def test_an_instant_without_a_zone_is_refused_everywhere(tmp_path: Path) -> None:
    naive = datetime(2026, 11, 20, 14)  # noqa: DTZ001
    folder = folder_at(tmp_path / "etc")
    for ask in (
        lambda: judged(ROWS[0], as_of=naive),
        lambda: late(folder, as_of=naive),
        lambda: sync_folder(folder, as_of=naive),
    ):
        with pytest.raises(NaiveDatetimeError, match="has no time zone"):
            ask()


def test_what_is_late_comes_from_the_mirror_oldest_due_first(tmp_path: Path) -> None:
    folder = folder_at(tmp_path / "etc")
    assert late(folder, as_of=NOW) == ()
    fill(folder)
    found = late(folder, as_of=NOW)
    assert [one.number for one in found] == [1]
    assert late(load_folder(folder), as_of=NOW)[0].number == 1
    later = late(folder, as_of=NOW + timedelta(hours=2))
    assert [one.number for one in later] == [1, 2]


def test_a_row_that_is_not_redmines_is_named() -> None:
    with pytest.raises(SlaError, match="ticket #1: `created_on` is missing"):
        judged({**ROWS[0], "created_on": None})
