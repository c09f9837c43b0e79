"""What came in, what was done, what is left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from redmine_sla.calendar.period import Period
from redmine_sla.report.course import Work
from redmine_sla.report.workload import (
    Booked,
    Loose,
    by_assignee,
    hours_by_person,
    loose_by_person,
    open_by_age,
    weeks_of,
    workload,
)
from redmine_sla.report.workload_listings import workload_listing
from tests.notation import BUDAPEST, instant
from tests.report.telling import courses, period

AT = "2026-10-01 00:00"
JULY = period("2026-07-01", "2026-07-31")

DONE = """
2026-07-06 09:00 anna opens: Printer
           10:00 eva  assigns: eva; books 1.25
           15:00 eva  status: Resolved
"""
FROM_JUNE = """
2026-06-20 09:00 anna opens: Scanner
2026-07-20 10:00 ivan status: Resolved; books 0.5
"""
REOPENED = """
2026-06-20 09:00 anna opens: Plotter
2026-06-21 09:00 eva  status: Resolved
2026-07-31 23:59 anna status: In Progress
2026-08-01 00:00 eva  status: Closed; books 3
"""
OPEN = "2026-07-25 09:00 anna opens: Copier"
ALL = (DONE, FROM_JUNE, REOPENED, OPEN)


def test_a_month_of_work() -> None:
    july = workload(courses(*ALL, at=AT), JULY)
    assert july.open_before == (2,)
    assert july.reported == (1, 4)
    assert july.reopened == (3,)
    assert july.done == (1, 2)
    assert july.open_after == (3, 4)
    assert july.hours == Booked(Decimal("1.75"), (1, 2))


def test_the_last_instant_of_the_month_belongs_to_the_next() -> None:
    august = workload(courses(REOPENED, at=AT), period("2026-08-01", "2026-08-31"))
    assert (august.open_before, august.done, august.open_after) == ((1,), (1,), ())


def test_by_person() -> None:
    found = courses(*ALL, at=AT)
    assert {name: len(own) for name, own in by_assignee(found).items()} == {
        "Éva Engineer": 1,
        "": 3,
    }
    assert hours_by_person(found, JULY) == {
        "Ivan Engineer": Booked(Decimal("0.5"), (2,)),
        "Éva Engineer": Booked(Decimal("1.25"), (1,)),
    }


def test_hours_on_no_ticket_are_told_beside_the_others() -> None:
    loose = [
        Loose(contract="acme", project="acme", work=Work(day, "Éva Engineer", Decimal(hours)))
        for day, hours in ((date(2026, 7, 6), "2"), (date(2026, 7, 31), "0.5"))
    ]
    loose.append(replace(loose[0], work=Work(date(2026, 8, 1), "Éva Engineer", Decimal(9))))
    assert loose_by_person(loose, JULY) == {"Éva Engineer": Decimal("2.5")}
    # weeks from Monday 6 July: 2 h of Éva's on none; in the last, that of the 31st
    rows = workload_listing(courses(*ALL, at=AT), loose, JULY, instant(AT)).rows
    assert [[(entry.value, entry.tickets) for entry in row[-2:]] for row in rows[1::3]] == [
        [(Decimal("1.25"), (1,)), (Decimal(2), ())],
        [(Decimal(0), ()), (Decimal("0.5"), ())],
    ]


def test_weeks_begin_on_monday_and_fill_the_period() -> None:
    weeks = list(weeks_of(JULY))
    assert [str(week) for week in weeks] == [
        "2026-07-01 to 2026-07-05",
        "2026-07-06 to 2026-07-12",
        "2026-07-13 to 2026-07-19",
        "2026-07-20 to 2026-07-26",
        "2026-07-27 to 2026-07-31",
    ]


def test_the_open_ones_by_age() -> None:
    found = courses(*ALL, at=AT)
    # 6.6 days since the report of 4; 41 days since that of 3
    assert open_by_age(found, JULY.end) == ((), (4,), (), (3,), ())


FOUND = courses(*ALL, at=AT)
DAYS = st.dates(date(2026, 6, 15), date(2026, 8, 5))


@given(DAYS, st.integers(0, 40))
def test_nothing_appears_and_nothing_vanishes(first: date, days: int) -> None:
    found = workload(FOUND, Period(first, first + timedelta(days=days), BUDAPEST))
    come = sorted((*found.open_before, *found.reported, *found.reopened))
    assert come == sorted((*found.done, *found.open_after))


def test_the_backlog_at_an_instant_is_what_was_reported_before_it() -> None:
    (course,) = courses(OPEN, at=AT)
    assert not course.open_at(instant("2026-07-25 09:00"))
    assert course.open_at(instant("2026-07-25 09:01"))
