"""The service time of tickets by the side that was awaited."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from redmine_sla.calendar.period import Period
from redmine_sla.report.course import Course, WhoseTurn
from redmine_sla.report.waiting import Waited, both_sides, waited_for, waited_in
from tests.notation import BUDAPEST, instant
from tests.report.telling import courses, period

AT = "2026-10-01 00:00"
JULY = period("2026-07-01", "2026-07-31")

# 2026-07-06 is a Monday; service is Mo-Fr 09-17.
TO_AND_FRO = """
2026-07-06 09:00 anna opens: Printer
           10:00 eva  says: Which one?; status: Waiting for customer
           12:00 anna says: The one on the second floor
           13:00 eva  status: Waiting for vendor
2026-07-07 10:00 eva  status: In Progress
           12:00 eva  status: Resolved
2026-07-08 09:00 anna status: In Progress
           11:00 eva  status: Closed
"""
FOREVER = "2026-07-30 16:00 anna opens: Scanner"


def hours(number: float) -> timedelta:
    return timedelta(hours=number)


def test_a_tickets_life_is_split_without_a_gap() -> None:
    (course,) = courses(TO_AND_FRO, at=AT)
    assert [stay.side for stay in course.stays] == [
        WhoseTurn.PROVIDER,
        WhoseTurn.CUSTOMER,
        WhoseTurn.PROVIDER,
        WhoseTurn.THIRD_PARTY,
        WhoseTurn.PROVIDER,
        WhoseTurn.NOBODY,
        WhoseTurn.PROVIDER,
        WhoseTurn.NOBODY,
    ]
    assert course.stays[0].since == instant("2026-07-06 09:00")
    assert all(one.until == two.since for one, two in pairwise(course.stays))
    assert course.stays[-1].until is None


def test_service_time_by_side() -> None:
    found = waited_in(courses(TO_AND_FRO, at=AT), JULY, instant(AT))
    assert found == Waited(
        provider=hours(1 + 1 + 2 + 2),  # 9-10, 12-13; 10-12; 9-11
        customer=hours(2),  # 10-12
        third_party=hours(4 + 1),  # 13-17, 9-10
        at_rest=hours(5),  # 12-17, until the reopening at 9
    )


def test_each_sides_time_leads_to_the_tickets_that_waited() -> None:
    found = waited_for(courses(TO_AND_FRO, FOREVER, at=AT), JULY, instant(AT))
    # FOREVER: Thu 30 July 16-17 and the whole 31st
    assert found == {
        WhoseTurn.PROVIDER: (hours(6 + 1 + 8), (1, 2)),
        WhoseTurn.CUSTOMER: (hours(2), (1,)),
        WhoseTurn.THIRD_PARTY: (hours(5), (1,)),
        WhoseTurn.NOBODY: (hours(5), (1,)),
    }


def test_both_sides_see_the_same_tickets_and_other_clocks() -> None:
    found = both_sides(courses(TO_AND_FRO, FOREVER, at=AT), JULY)
    assert found is not None
    assert found.tickets == (1,)
    assert found.service_time == hours(6 + 5)
    assert found.wall_clock == timedelta(days=2, hours=2)


def test_nothing_came_to_its_end() -> None:
    assert both_sides(courses(FOREVER, at=AT), JULY) is None


def test_what_has_no_clocks_counts_for_nobody() -> None:
    internal = "2026-07-06 09:00 eva opens: Our own backlog"
    assert waited_in(courses(internal, at=AT), JULY, instant(AT)) == Waited()


FOUND = courses(TO_AND_FRO, FOREVER, at=AT)


@given(
    st.permutations(FOUND),
    st.lists(st.dates(date(2026, 7, 2), date(2026, 8, 30)), max_size=5),
)
def test_whatever_the_order_and_the_partition_the_times_add_up(
    shuffled: list[Course], cuts: list[date]
) -> None:
    bounds = sorted({date(2026, 7, 1), *cuts, date(2026, 9, 1)})
    parts = [Period(a, b - timedelta(days=1), BUDAPEST) for a, b in pairwise(bounds)]
    whole = Period(bounds[0], bounds[-1] - timedelta(days=1), BUDAPEST)
    as_of = instant(AT)
    parted = sum((waited_in(shuffled, part, as_of) for part in parts), Waited())
    assert parted == waited_in(FOUND, whole, as_of)


def test_a_reopening_after_the_period_leaves_its_tickets_ended_and_its_times_as_they_were() -> None:
    ended = "2026-07-27 09:00 anna opens: Slow\n2026-07-30 12:00 eva status: Resolved"
    reopened = ended + "\n2026-08-03 10:00 anna status: New"
    first, again = (courses(story, at="2026-08-10 12:00") for story in (ended, reopened))
    as_of = instant("2026-08-10 12:00")
    assert both_sides(again, JULY) == both_sides(first, JULY)
    assert waited_in(again, JULY, as_of) == waited_in(first, JULY, as_of)
    august = Period(date(2026, 8, 1), date(2026, 8, 31), JULY.zone)
    # Thursday 12-17, Friday 8 hours, Monday 9-10.
    assert waited_in(again, august, as_of).at_rest == hours(14)
