"""The demo's stories can be told on any day, and are about the five example contracts."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from examples.demo import desk_folder
from examples.demo.people import HOUSES, NAMES
from examples.demo.told import told
from redmine_sla.contract import Configuration, load_folder

DAYS = (
    datetime(2026, 11, 21, 21, 5, tzinfo=UTC),  # the Saturday they were written on
    datetime(2026, 12, 25, 10, 0, tzinfo=UTC),  # a holiday
    datetime(2027, 1, 4, 6, 0, tzinfo=UTC),
    datetime(2027, 3, 29, 0, 30, tzinfo=UTC),  # the night after the clocks went forward
    datetime(2028, 2, 29, 12, 0, tzinfo=UTC),
)


def configured(folder: Path, now: datetime) -> Configuration:
    desk_folder.write(folder, url="http://127.0.0.1:3000", markup="common_mark", now=now)
    return load_folder(folder)


@pytest.mark.parametrize("now", DAYS, ids=str)
def test_they_end_now_and_go_back_for_months(tmp_path: Path, now: datetime) -> None:
    configuration = configured(tmp_path / "desk", now)
    events = told(configuration, now)["events"]
    times = [datetime.fromisoformat(event["at"]) for event in events]
    assert times == sorted(times)
    assert times[-1] <= now
    assert (now - times[-1]).total_seconds() < 5 * 3600
    assert (now - times[0]).days > 120
    assert all(contract.covers(contract.day_of(now)) for contract in configuration.contracts)


def test_in_the_month_they_were_written_for_the_contracts_are_the_examples(tmp_path: Path) -> None:
    configured(tmp_path / "desk", DAYS[0])
    for example in desk_folder.EXAMPLES.glob("*/contracts/*.toml"):
        copied = tmp_path / "desk" / "contracts" / example.name
        assert copied.read_text() == example.read_text()


def test_the_people_are_those_of_the_contracts(tmp_path: Path) -> None:
    """A contact is known by the name that Redmine shows."""
    configuration = configured(tmp_path / "desk", DAYS[0])
    houses = {house.contract: house for house in HOUSES}
    assert {contract.name for contract in configuration.contracts} == houses.keys()
    for contract in configuration.contracts:
        house = houses[contract.name]
        assert contract.projects == (house.project,)
        for contact in contract.terms_at(DAYS[0]).contacts:
            assert contact.login in house.customers
            assert " ".join(NAMES[contact.login or ""]) == contact.name
