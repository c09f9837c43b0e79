"""Hours beyond the allowance of months already billed, when somebody changes entries afterwards.

4 h a month; hours beyond cost 10 000 HUF. October is stated; an entry of August is changed then.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from redmine_sla.budget import Work, hour_account
from redmine_sla.budget.corrections import LateWork
from redmine_sla.budget.late_hours import LateHours, late_hours
from redmine_sla.calendar.period import Period
from tests.budget.booking import work
from tests.judging import contract

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31), ZoneInfo("Europe/Budapest"))
STATED = datetime(2026, 10, 1, tzinfo=UTC)
CHANGED = work("1", "2026-08-10", changed="2026-10-05 10:00")


def seen(rollover: str, *entries: Work) -> list[LateHours]:
    under = contract(
        f"vat = 'net'\n[allowance]\nclause = 'A'\nhours_per_month = 4\nrollover = '{rollover}'",
        "overrun_rate = '10 000 HUF'",
    )
    watch = LateWork(OCTOBER.first, STATED)
    now = hour_account(under, watch.watch(entries), OCTOBER.last)
    known = [one for one in entries if one.entry.created < STATED]
    before = hour_account(under, known, OCTOBER.last)
    assert now is not None
    assert before is not None
    return list(late_hours(under, watch.found, before, now, OCTOBER))


@pytest.mark.parametrize(
    ("rollover", "unknown"),
    [
        # Nothing is handed on: August alone is in doubt, not the months before or after it.
        ("none", [8]),
        # August hands its hours on to September, whose own are in doubt then; July is before it.
        ("next_month", [8, 9]),
    ],
)
def test_a_changed_entry_puts_its_month_in_doubt_and_those_it_hands_hours_on_to(
    rollover: str, unknown: list[int]
) -> None:
    found = seen(rollover, CHANGED, work("5", "2026-09-10"))
    assert [one.month.first.month for one in found] == unknown
    assert {(one.before, one.difference) for one in found} == {(None, None)}


def test_what_was_booked_late_costs_the_difference() -> None:
    # August: 5 h were 1 beyond; 2 h more are 3 beyond: 2 x 10 000 more.
    late = work("2", "2026-08-11", booked="2026-10-05 10:00")
    (found,) = seen("none", work("5", "2026-08-10"), late)
    assert (found.before, found.now) == (Decimal(1), Decimal(3))
    assert found.difference is not None
    assert found.difference.amount == Decimal(20000)
