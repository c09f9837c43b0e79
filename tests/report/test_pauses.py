"""Pauses by party and reason, and those that deserve a second look."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from redmine_sla.report.pauses import Doubt, by_reason, pauses_begun, pauses_in
from redmine_sla.report.promise import Awaited
from tests.judging import contract, promising
from tests.report.telling import UNDER, period, promises

AT = "2026-10-01 00:00"
JULY = period("2026-07-01", "2026-07-31")

# 2026-07-06 is a Monday, 8 business hours for a resolution.
ASKED_EARLY = """
2026-07-06 09:00 anna opens: Printer
           10:00 eva  says: Which one?; status: Waiting for customer
           12:00 anna says: The one on the second floor
           15:00 eva  status: Resolved
"""
PARKED = """
2026-07-06 09:00 anna opens: Scanner
           09:30 eva  says: We look into it
           16:00 eva  status: Waiting for customer
2026-07-07 10:00 anna says: And?
           10:30 eva  status: Resolved
"""
ON_A_SATURDAY = """
2026-07-10 15:00 anna opens: Plotter
           15:30 eva  says: We look into it
2026-07-11 11:00 eva  says: Which one?; status: Waiting for customer
2026-07-13 09:00 anna says: That one
           10:00 eva  status: Resolved
"""


def test_a_pause_is_doubted_for_what_is_odd_about_it() -> None:
    found = pauses_begun(promises(ASKED_EARLY, PARKED, ON_A_SATURDAY, at=AT), JULY)
    assert {one.ticket: one.doubts for one in found} == {
        1: frozenset(),
        2: frozenset({Doubt.CLOSE, Doubt.UNTOLD}),  # 7 of 8 hours used, and no word
        3: frozenset({Doubt.NO_SERVICE}),
    }


def test_they_add_up_by_party_and_reason() -> None:
    found = pauses_in(promises(ASKED_EARLY, PARKED, at=AT), JULY)
    (sums,) = by_reason(found, JULY.begin, JULY.end)
    assert (sums.awaited, sums.reason) == (Awaited.CUSTOMER, "Waiting for customer")
    assert sums.tickets == (1, 2)
    # 10-12, and 16-17 with 09-10 of the next day
    assert sums.took == timedelta(hours=4)


def test_a_pause_that_stops_two_clocks_counts_once() -> None:
    two = contract(
        "classification.text_rules = false",
        promising("commitment", "1bh"),
        promising("resolution", "16bh"),
    )
    found = pauses_begun(promises(ASKED_EARLY, under=two, at=AT), JULY)
    assert [(one.ticket, one.promise.clock) for one in found] == [(1, "commitment")]


def test_an_exclusion_that_clocks_meet_and_leave_at_different_times_is_one_pause() -> None:
    under = contract(
        "classification.text_rules = false",
        promising("response", "8bh"),
        promising("resolution", "16bh"),
        """
        [[exclusions]]
        from = 2026-07-06T10:00:00+02:00
        to = 2026-07-06T15:00:00+02:00
        reason = "power cut"
        author = "J. Kovács"
        agreed_in = 9
        """,
    )
    story = """
    2026-07-06 09:00 anna opens: Printer
               12:00 eva  says: We look into it
               16:00 eva  status: Resolved
    """
    found = promises(story, under=under, at=AT)
    assert len({pause.until for one in found for pause in one.pauses}) == 2
    (one,) = pauses_begun(found, JULY)
    assert (one.pause.until, one.pause.took) == (
        datetime(2026, 7, 6, 13, tzinfo=UTC),
        timedelta(hours=5),
    )


OVER_THE_END = """
2026-07-31 09:00 anna opens: Printer
           15:00 eva  says: Which one?; status: Waiting for customer
2026-08-03 10:00 anna says: That one
"""
AUGUST = period("2026-08-01", "2026-08-31")


def test_a_pause_begins_in_one_period_and_lies_in_two() -> None:
    found = promises(OVER_THE_END, at=AT)
    assert [len(pauses_begun(found, each)) for each in (JULY, AUGUST)] == [1, 0]
    assert [len(pauses_in(found, each)) for each in (JULY, AUGUST)] == [1, 1]


def test_each_period_has_its_part_of_the_time() -> None:
    (pause,) = pauses_in(promises(OVER_THE_END, at=AT), JULY)
    # Friday 15-17, Monday 09-10
    assert pause.pause.within(JULY.begin, JULY.end) == timedelta(hours=2)
    assert pause.pause.within(AUGUST.begin, AUGUST.end) == timedelta(hours=1)
    assert pause.pause.took == timedelta(hours=3)


@given(st.lists(st.datetimes(datetime(2026, 7, 30), datetime(2026, 8, 5)), max_size=6))  # noqa: DTZ001
def test_the_parts_of_a_pause_add_up(cuts: list[datetime]) -> None:
    (one,) = pauses_in(promises(OVER_THE_END, at=AT), JULY)
    instants = sorted(cut.replace(microsecond=0, tzinfo=UTC) for cut in cuts)
    bounds = [JULY.begin, *instants, AUGUST.end]
    parts = (one.pause.within(begin, end) for begin, end in pairwise(bounds))
    assert sum(parts, timedelta()) == one.pause.took


def test_a_third_party_is_told_apart() -> None:
    pausing = UNDER.terms.model_copy(update={"third_party_pauses": True})
    story = """
    2026-07-06 09:00 anna opens: Printer
               10:00 eva  says: We ask the vendor; status: Waiting for vendor
    """
    under = UNDER.model_copy(update={"terms": pausing})
    found = pauses_in(promises(story, under=under, at=AT), JULY)
    (sums,) = by_reason(found, JULY.begin, JULY.end)
    assert (sums.awaited, sums.reason) == (Awaited.THIRD_PARTY, "Waiting for vendor")
