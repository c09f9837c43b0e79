"""A ticket of the tool's own is made once for its key, also where Redmine does not take the key."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from redmine_sla.plan import Change, Plan, UpdateTicket
from redmine_sla.plan.keyless import made_once
from redmine_sla.sync.apply import Applied, Result, apply
from redmine_sla.ticket.reading import ticket_from_row
from tests.sync.desk import Desk
from tests.sync.desk_writing import DeskRedmine
from tests.sync.publication import ticket

AS_OF = datetime(2026, 10, 1, 8, tzinfo=UTC)
KEY = 7


@pytest.fixture
def desk() -> Desk:
    return Desk(fields={KEY: "SLA key", 8: "Team"})


def run(desk: Desk, *changes: Change) -> Applied:
    return apply(Plan.of(AS_OF, changes), DeskRedmine(desk))


def test_it_gets_what_it_was_given(desk: Desk) -> None:
    given: dict[str, Any] = {"assignee": 8, "watchers": (7, 9), "fields": {8: "Ops"}, "priority": 4}
    applied = run(desk, ticket("k/1", start=date(2026, 10, 1), due=date(2026, 10, 9), **given))
    (made,) = desk.content.issues.values()
    assert applied.outcomes[0].number == made["id"]
    assert (made["start_date"], made["due_date"]) == ("2026-10-01", "2026-10-09")
    assert (made["assigned_to"]["id"], made["priority"]["id"]) == (8, 4)
    assert [each["value"] for each in made["custom_fields"]] == ["k/1", "Ops"]


def test_without_a_start_it_has_none_so_that_a_due_date_may_be_past(desk: Desk) -> None:
    run(desk, ticket("k/1", due=date(2026, 9, 1)))
    (made,) = desk.content.issues.values()
    assert (made["start_date"], made["due_date"]) == (None, "2026-09-01")


def test_one_that_somebody_moved_to_another_project_is_found(desk: Desk) -> None:
    run(desk, ticket("k/1"))
    (number,) = desk.content.issues
    desk.move(number, 2)
    applied = run(desk, ticket("k/1"))
    assert applied.outcomes[0].result is Result.SKIPPED
    assert applied.outcomes[0].message == f"it is there already (#{number})"
    assert len(desk.content.issues) == 1


def test_none_is_made_where_redmine_cannot_be_asked_for_keys(desk: Desk) -> None:
    desk.unfilterable = {KEY}
    assert run(desk, ticket("k/1")).outcomes[0].result is Result.REFUSED
    assert desk.content.issues == {}


def test_values_passed_over_are_told_and_make_no_second_ticket(desk: Desk) -> None:
    desk.unwritable = {8}
    applied = run(desk, ticket("k/1", fields={8: "Ops"}))
    (number,) = desk.content.issues
    assert applied.outcomes[0].result is Result.IGNORED
    assert applied.outcomes[0].message == (
        f"#{number} is made, but without field 8: workflow or rights"
    )
    assert applied.put_off == {}
    assert run(desk, ticket("k/1", fields={8: "Ops"})).outcomes[0].result is Result.SKIPPED


class TestAKeyThatRedmineDoesNotTake:
    def once(self, desk: Desk, applied: Applied, as_of: datetime) -> tuple[Change, ...]:
        """What a run plans after one that put that off."""
        standing = {number: ticket_from_row(row) for number, row in desk.content.issues.items()}
        return tuple(made_once([ticket("k/1"), ticket("k/2")], applied.put_off, standing, as_of))

    def test_ends_the_making_in_this_run(self, desk: Desk) -> None:
        desk.unwritable = {KEY}
        applied = run(desk, ticket("k/1"), ticket("k/2"))
        (number,) = desk.content.issues
        first, second = applied.outcomes
        assert first.result is Result.IGNORED
        assert f"#{number} is made, but Redmine did not take its mark k/1" in first.message
        assert second.result is Result.WAITING
        assert applied.put_off[number].fields == {KEY: "k/1"}

    def test_is_not_tried_again_for_a_day(self, desk: Desk) -> None:
        desk.unwritable = {KEY}
        applied = run(desk, ticket("k/1"))
        assert self.once(desk, applied, AS_OF + timedelta(hours=23)) == (ticket("k/2"),)

    def test_is_then_written_on_the_ticket_that_was_made(self, desk: Desk) -> None:
        desk.unwritable = {KEY}
        applied = run(desk, ticket("k/1"))
        (number,) = desk.content.issues
        given, other = self.once(desk, applied, AS_OF + timedelta(days=1))
        assert isinstance(given, UpdateTicket)
        assert (given.ticket, given.fields) == (number, {KEY: "k/1"})
        assert other == ticket("k/2")
        desk.unwritable = set()
        assert run(desk, given).outcomes[0].result is Result.APPLIED
        assert run(desk, ticket("k/1")).outcomes[0].message == f"it is there already (#{number})"

    def test_is_no_reason_against_a_new_ticket_once_that_one_is_deleted(self, desk: Desk) -> None:
        desk.unwritable = {KEY}
        applied = run(desk, ticket("k/1"))
        desk.delete(next(iter(desk.content.issues)))
        assert self.once(desk, applied, AS_OF + timedelta(days=1))[0] == ticket("k/1")
