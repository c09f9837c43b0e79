"""Which tickets are still to be made, by what the mirror knows of those that stand."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from redmine_sla.contract import Configuration, Contract, Desk
from redmine_sla.duty import State
from redmine_sla.mirror import Arrival, Mirror
from redmine_sla.sync.duties import DutyBook, duty_changes
from redmine_sla.sync.workbench import lay_out
from tests.duty.telling import owing, period
from tests.notation import instant
from tests.plan.world import DESK_IN_WORDS

KEY = 7
WEEKLY = owing("FREQ=WEEKLY;BYDAY=TU", 'lead_time = "2bd"')
Row = dict[str, Any]


def desk(more: str = "", mode: str = "fields") -> Desk:
    text = DESK_IN_WORDS.replace("[fields]", '[fields]\nsla_key = "SLA key"')
    surfaces = f'[surfaces]\nmode = "{mode}"\nwiki_markup = "common_mark"'
    required = '[required_fields]\ntracker = "Task"'
    return Desk.model_validate(tomllib.loads(f"{text}\n{surfaces}\n{required}\n{more}\n"))


@pytest.fixture
def mirror(tmp_path: Path) -> Iterator[Mirror]:
    """A project with one ticket of its tracker, whose fields tell the field's number."""
    with Mirror.open(f"sqlite:///{tmp_path}/mirror.db") as opened:
        with opened.writing() as batch:
            batch.store_words("statuses", [{"id": 1, "name": "New", "is_closed": False}])
            batch.store_words("trackers", [{"id": 1, "name": "Task"}])
            batch.store_words("projects", [{"id": 1, "name": "Acme", "identifier": "acme"}])
            batch.store_words("memberships", [], 1)
        hold(opened, 1, "")
        yield opened


def hold(mirror: Mirror, number: int, key: str | None, *, read: bool = True) -> None:
    """A ticket with that key in its field; `None`: its tracker does not have the field."""
    fields = [{"id": KEY, "name": "SLA key", "value": key}] if key is not None else []
    row: Row = {
        "id": number,
        "project": {"id": 1, "name": "Acme"},
        "tracker": {"id": 1, "name": "Task"},
        "status": {"id": 1, "name": "New", "is_closed": False},
        "priority": {"id": 2, "name": "Normal"},
        "author": {"id": 41, "name": "SLA Bot"},
        "subject": "Review",
        "created_on": "2026-03-01T06:00:00Z",
        "updated_on": "2026-03-01T06:00:00Z",
        "custom_fields": fields,
        **({"journals": []} if read else {}),
    }
    with mirror.writing() as batch:
        batch.store_tickets([Arrival(row, read=read, settled=True)], instant("2026-03-20 12:00"))


def book(mirror: Mirror, *contracts: Contract, at: Desk | None = None) -> DutyBook:
    configuration = Configuration(desk=at or desk(), contracts=contracts or (WEEKLY,))
    return DutyBook(lay_out(configuration, mirror), mirror)


def wanted(mirror: Mirror, at: str, under: Contract = WEEKLY, on: Desk | None = None) -> list[str]:
    """The nominal days for which a ticket is to be made at that local time."""
    changes = book(mirror, under, at=on).new_tickets(under, instant(at))
    return [change.key.removeprefix("acme/review/") for change in changes]


def test_made_from_its_lead_time_on_and_missed_runs_are_made_up_for(mirror: Mirror) -> None:
    for number, day in enumerate(("01-06", "01-13", "01-20", "01-27", "02-03"), start=2):
        hold(mirror, number, f"acme/review/2026-{day}")
    assert wanted(mirror, "2026-02-05 23:00") == []  # Tuesday 10, two working days before
    assert wanted(mirror, "2026-02-06 00:00") == ["2026-02-10"]
    assert wanted(mirror, "2026-02-26 12:00") == ["2026-02-10", "2026-02-17", "2026-02-24"]


def test_not_before_the_quarter_before_nor_before_the_day_the_desk_names(mirror: Mirror) -> None:
    long = owing("FREQ=MONTHLY;BYMONTHDAY=2", keys="").model_copy(
        update={"starts": date(2025, 1, 1)}
    )
    assert wanted(mirror, "2026-08-03 12:00", long)[0] == "2026-04-02"
    since = desk("[obligations]\ntickets_from = 2026-07-01")
    assert wanted(mirror, "2026-08-03 12:00", long, since) == ["2026-07-02", "2026-08-02"]


def test_a_ticket_that_only_a_list_has_told_of_stands_too(mirror: Mirror) -> None:
    hold(mirror, 2, "acme/review/2026-01-06", read=False)
    assert wanted(mirror, "2026-01-08 12:00") == []


def test_a_ticket_with_the_key_of_another_contract_is_not_taken_for_it(mirror: Mirror) -> None:
    hold(mirror, 2, "acme-two/review/2026-01-06")
    hold(mirror, 3, "see acme/review/2026-01-06")
    assert wanted(mirror, "2026-01-08 12:00") == ["2026-01-06"]


def test_of_a_ticket_and_its_copy_the_first_counts_and_the_copy_is_told(mirror: Mirror) -> None:
    hold(mirror, 5, "acme/review/2026-01-06")
    hold(mirror, 4, "acme/review/2026-01-06")
    known = book(mirror)
    assert {key: ticket.id for key, ticket in known.tickets(WEEKLY).items()} == {
        "acme/review/2026-01-06": 4
    }
    assert known.findings == [
        "#4 and #5 both stand for acme/review/2026-01-06: #4 counts; empty the field on the other"
    ]


def test_where_the_field_is_not_on_tickets_of_the_tracker_none_is_made(mirror: Mirror) -> None:
    hold(mirror, 1, None)
    bench = book(mirror).bench
    changes, findings = duty_changes(bench, mirror, instant("2026-01-08 12:00"))
    assert changes == ()
    assert len(findings) == 1


def test_in_wiki_mode_without_the_field_nothing_is_wanted_and_nothing_complained_of(
    mirror: Mirror,
) -> None:
    text = desk(mode="wiki").model_dump(by_alias=True)
    text["fields"].pop("sla_key")
    quiet = book(mirror, at=Desk.model_validate(text))
    assert list(quiet.new_tickets(WEEKLY, instant("2026-01-08 12:00"))) == []
    assert quiet.findings == []


def test_outcomes_are_read_off_the_tickets_that_stand(mirror: Mirror) -> None:
    hold(mirror, 2, "acme/review/2026-03-03")
    hold(mirror, 3, "acme/review/2026-03-10", read=False)
    found = book(mirror).outcomes(
        WEEKLY, period("2026-03-01", "2026-03-20"), instant("2026-03-12 12:00")
    )
    assert [(one.ticket, one.state) for one in found] == [
        (2, State.MISSED),
        (3, State.UNMEASURED),  # its history was never read
        (None, State.UPCOMING),
    ]
