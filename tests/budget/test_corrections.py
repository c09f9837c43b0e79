"""Time for months already stated that somebody booked or changed afterwards."""

from __future__ import annotations

from datetime import UTC, date, datetime

from redmine_sla.budget import Work, known_by
from redmine_sla.budget.corrections import Late, LateWork
from tests.budget.booking import work

APRIL = date(2026, 4, 1)
STATED = datetime(2026, 4, 3, 8, tzinfo=UTC)


def late(*entries: Work) -> tuple[Late, ...]:
    watch = LateWork(APRIL, STATED)
    assert list(watch.watch(entries)) == list(entries)
    return watch.found


def test_an_entry_booked_after_its_month_was_stated_is_late() -> None:
    assert late(
        work("1", "2026-03-30", booked="2026-04-03 07:59:59"),
        work("1", "2026-03-30", booked="2026-04-03 08:00:00", ticket=2),
    ) == (Late(2, date(2026, 3, 1), booked=1),)


def test_an_entry_changed_afterwards_is_named_by_ticket_and_month() -> None:
    assert late(
        work("1", "2026-03-30", changed="2026-05-01 10:00"),
        work("1", "2026-03-02", changed="2026-05-01 10:00"),
        work("1", "2026-02-02", changed="2026-05-01 10:00"),
        work("1", "2026-02-03", booked="2026-05-01 10:00", changed="2026-05-02 10:00"),
        work("1", "2026-02-03", ticket=None, changed="2026-05-01 10:00"),
    ) == (
        Late(None, date(2026, 2, 1), changed=1),
        Late(1, date(2026, 2, 1), booked=1, changed=1),
        Late(1, date(2026, 3, 1), changed=2),
    )


def test_the_periods_own_entries_are_not_late() -> None:
    assert not late(work("1", "2026-04-01", booked="2026-05-01 10:00"))


def test_what_is_booked_later_was_not_known() -> None:
    entries = [work("1", booked="2026-04-03 08:00:00"), work("1", booked="2026-04-03 08:00:01")]
    assert list(known_by(entries, STATED)) == entries[:1]
