"""How many promises were kept, by clock, class, severity and person; each in one period only."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from redmine_sla.calendar.period import Period
from redmine_sla.report.by import By
from redmine_sla.report.compliance import compliance
from redmine_sla.report.promise import Promise
from redmine_sla.report.scope import Scope
from redmine_sla.report.tally import Tally, broken_in, decided_in, raw_tally, tally
from tests.judging import contract, promising
from tests.notation import BUDAPEST
from tests.report.telling import period, promises

AT = "2026-10-01 00:00"
THIRD = period("2026-07-01", "2026-09-30")

# 2026-07-06 is a Monday. Response within 4, resolution within 8 business hours.
BY_EVA = """
2026-07-06 09:00 anna opens: Printer
           10:00 eva  says: We look into it; assigns: eva
           15:00 eva  status: Resolved
"""
BY_IVAN_LATE = """
2026-07-07 09:00 anna opens: Scanner
           15:00 ivan says: We look into it; assigns: ivan
2026-07-08 15:00 ivan status: Resolved
"""
LATE_OVER_THE_END = """
2026-09-29 09:00 anna opens: Plotter
           10:00 eva  says: We look into it
2026-10-02 10:00 eva  status: Resolved
"""
STILL_IN_TIME = """
2026-09-30 15:00 anna opens: Copier
           16:00 eva  says: We look into it
"""
REJECTED = """
2026-08-03 09:00 anna opens: Fax
           10:00 eva  status: Rejected
"""
ALL = (BY_EVA, BY_IVAN_LATE, LATE_OVER_THE_END, STILL_IN_TIME, REJECTED)


def test_by_clock() -> None:
    rows = {row.group: row.adjusted for row in compliance(promises(*ALL, at=AT), THIRD, [By.CLOCK])}
    # Response: 1, 3 and 4 answered within an hour; 2 after 6 h of 4; 5 was rejected before.
    assert rows[("response",)] == Tally(met=(1, 3, 4), missed=(2,), cancelled=(5,))
    # Resolution: 1 in 6 h; 2 in 8 + 6 h; 3 was due on the 29th at closing; 4 is still in time.
    assert rows[("resolution",)] == Tally(met=(1,), missed=(2, 3), cancelled=(5,))
    assert list(rows) == [("response",), ("resolution",)]


def test_by_person_it_is_who_had_the_ticket_when_the_promise_was_decided() -> None:
    found = promises(BY_EVA, BY_IVAN_LATE, at=AT)
    rows = {row.group: row.adjusted for row in compliance(found, THIRD, [By.ASSIGNEE])}
    # Ivan's late answer fell due at 13:00, when nobody had the ticket yet.
    assert rows == {
        ("Éva Engineer",): Tally(met=(1, 1)),
        ("Ivan Engineer",): Tally(missed=(2,)),
        ("",): Tally(missed=(2,)),
    }


def test_by_two_things_at_once() -> None:
    found = promises(BY_EVA, BY_IVAN_LATE, at=AT)
    groups = [row.group for row in compliance(found, THIRD, [By.CLASS, By.CLOCK])]
    assert groups == [("user", "response"), ("user", "resolution")]


def test_the_share_is_exact_and_leaves_out_what_was_not_judged() -> None:
    found = Tally(met=(1, 2), missed=(3,), unmeasured=(4, 5), cancelled=(6,))
    assert found.share == Decimal(2) / 3
    assert Tally(unmeasured=(1,)).share is None


def test_broken_promises_stand_in_the_order_of_their_due_times() -> None:
    broken = broken_in(promises(*ALL, at=AT), THIRD)
    assert [(one.ticket, one.clock) for one in broken] == [
        (2, "response"),
        (2, "resolution"),
        (3, "resolution"),
    ]


def test_what_fell_due_in_one_quarter_does_not_move_to_the_next_when_it_is_done() -> None:
    later = promises(LATE_OVER_THE_END, at="2026-12-01 09:00")
    fourth = period("2026-10-01", "2026-12-31")
    assert tally(later, THIRD) == Tally(met=(1,), missed=(1,))
    assert tally(later, fourth) == Tally()


def test_raw_stands_beside_adjusted() -> None:
    excluding = contract(
        "classification.text_rules = false",
        promising("resolution", "8bh"),
        "[[exclusions]]\nfrom = 2026-07-07T13:00:00+02:00\nto = 2026-07-07T17:00:00+02:00",
        'reason = "power cut"\nauthor = "J. Kovács"\nagreed_in = 9\ntickets = [1]',
    )
    story = "2026-07-07 09:00 anna opens: Printer\n2026-07-08 11:00 eva status: Resolved"
    found = promises(story, story, under=excluding, at=AT)
    # 10 h of 8 were used; without the 4 h of the power cut 6 h
    assert tally(found, THIRD) == Tally(met=(1,), missed=(2,))
    assert raw_tally(found, THIRD) == Tally(missed=(1, 2))


def test_a_scope_takes_what_it_names() -> None:
    found = promises(BY_EVA, BY_IVAN_LATE, at=AT)
    wanted = Scope(clock=frozenset({"response"}), project=frozenset({"acme"}))
    assert [(one.ticket, one.clock) for one in found if wanted.takes(one)] == [
        (1, "response"),
        (2, "response"),
    ]
    assert not any(Scope(severity=frozenset({"critical"})).takes(one) for one in found)


FOUND = promises(*ALL, at="2026-12-01 09:00")
DAYS = st.dates(date(2026, 6, 1), date(2026, 12, 31))


@given(st.permutations(FOUND), st.lists(DAYS, max_size=6))
def test_whatever_the_order_and_the_partition_the_parts_add_up(
    shuffled: list[Promise], cuts: list[date]
) -> None:
    first, after = date(2026, 5, 31), date(2027, 1, 1)
    bounds = sorted({first, *cuts, after})
    parts = [Period(a, b - timedelta(days=1), BUDAPEST) for a, b in pairwise(bounds)]
    whole = Period(first, after - timedelta(days=1), BUDAPEST)
    assert sum((tally(shuffled, part) for part in parts), Tally()) == tally(FOUND, whole)
    assert sum((raw_tally(shuffled, part) for part in parts), Tally()) == raw_tally(FOUND, whole)
    for one in FOUND:
        times = sum(one in list(decided_in([one], part)) for part in parts)
        assert times == (one.decided is not None)


@given(st.lists(st.sampled_from(FOUND)), st.sets(st.sampled_from(By)))
def test_groups_add_up_to_the_whole(some: list[Promise], by: set[By]) -> None:
    rows = compliance(some, THIRD, sorted(by))
    assert sum((row.adjusted for row in rows), Tally()) == tally(some, THIRD)
