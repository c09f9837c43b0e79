"""What a promise tells of how it came out."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from redmine_sla.report.judged_promises import promises_of
from redmine_sla.report.promise import Awaited
from redmine_sla.sla.verdict import Motion, Verdict
from tests.judging import contract, promising
from tests.notation import instant
from tests.report.telling import UNDER, judged, promise, promises

AT = "2026-10-01 00:00"

# 2026-07-06 is a Monday.
ASKED_BACK = """
2026-07-06 09:00 anna opens: Printer
           10:00 eva  assigns: eva; says: Which one?; status: Waiting for customer
           12:00 anna says: The one on the second floor
           15:00 eva  status: Resolved
"""
WAITS_QUIETLY = """
2026-07-06 09:00 anna opens: Printer
           10:00 eva  says: We look into it
           16:00 eva  status: Waiting for customer
"""


def test_it_tells_verdict_target_and_what_was_used() -> None:
    found = promise(ASKED_BACK, "resolution", at=AT)
    assert (found.verdict, found.motion) == (Verdict.MET, Motion.STOPPED)
    assert str(found.target) == "8 business hours"
    assert found.clause == "resolution 8bh"
    # 09-10 and 12-15 in service, 10-12 paused; due 17:00 + 2 h = Tuesday 11:00
    assert (found.used, found.target_time) == (timedelta(hours=4), timedelta(hours=8))
    assert found.share_used == pytest.approx(0.5)
    assert found.due == instant("2026-07-07 11:00")
    assert found.decided == found.stopped == instant("2026-07-06 15:00")
    assert found.assignee == "Éva Engineer"


def test_a_pause_tells_who_was_waited_for_and_how_far_the_target_was_used() -> None:
    (pause,) = promise(ASKED_BACK, "resolution", at=AT).pauses
    assert pause.awaited is Awaited.CUSTOMER
    assert pause.reason == "Waiting for customer"
    assert (pause.since, pause.until) == (
        instant("2026-07-06 10:00"),
        instant("2026-07-06 12:00"),
    )
    assert pause.took == timedelta(hours=2)
    assert pause.used_before == Decimal("0.125")
    assert pause.told
    assert pause.in_service


def test_a_pause_set_without_a_word_close_to_the_deadline_shows_both() -> None:
    found = promise(WAITS_QUIETLY, "resolution", at="2026-07-08 12:00")
    (pause,) = found.pauses
    assert pause.used_before == Decimal("0.875")
    assert not pause.told
    assert pause.until is None
    # Monday 16-17, Tuesday 09-17, Wednesday 09-12
    assert pause.took == timedelta(hours=12)
    assert (found.motion, found.due, found.decided) == (Motion.PAUSED, None, None)


def test_a_pause_on_a_day_without_service_is_told() -> None:
    story = """
    2026-07-03 16:00 anna opens: Printer
               16:30 eva  says: We look into it
    2026-07-04 10:00 eva  says: Which one?; status: Waiting for customer
    """
    (pause,) = promise(story, "resolution", at=AT).pauses
    assert not pause.in_service


def test_time_at_rest_before_a_reopening_is_a_pause_for_nobody() -> None:
    story = f"{ASKED_BACK}\n2026-07-07 09:00 anna status: In Progress\n 10:00 eva status: Resolved"
    asked, rest = promise(story, "resolution", at=AT).pauses
    assert (asked.awaited, rest.awaited) == (Awaited.CUSTOMER, Awaited.REST)
    assert rest.reason == "Resolved"


EXCLUDING = contract(
    "classification.text_rules = false",
    promising("resolution", "8bh"),
    """
[[exclusions]]
from = 2026-07-06T13:00:00+02:00
to = 2026-07-06T17:00:00+02:00
reason = "power cut"
author = "J. Kovács"
agreed_in = 9
""",
)
LATE_BUT_FOR_A_POWER_CUT = """
2026-07-06 09:00 anna opens: Printer
2026-07-07 11:30 eva  status: Resolved
"""


def test_an_exclusion_is_a_pause_and_the_raw_verdict_stands_beside_the_adjusted_one() -> None:
    found = promise(LATE_BUT_FOR_A_POWER_CUT, "resolution", EXCLUDING, at=AT)
    (pause,) = found.pauses
    assert pause.awaited is Awaited.EXCLUSION
    assert "power cut" in pause.reason
    assert (found.verdict, found.raw_verdict) == (Verdict.MET, Verdict.MISSED)
    # raw it was late on Monday at closing; adjusted it was due on Tuesday at 13:00, and met
    assert found.raw_decided == instant("2026-07-06 17:00")
    assert found.decided == instant("2026-07-07 11:30")


def test_a_pause_ends_with_the_promise_it_stopped() -> None:
    """The power cut goes on until 17:00, but at 15:00 the promise is kept."""
    story = "2026-07-06 09:00 anna opens: Printer\n2026-07-06 15:00 eva status: Resolved"
    (pause,) = promise(story, "resolution", EXCLUDING, at=AT).pauses
    assert (pause.since, pause.until) == (instant("2026-07-06 13:00"), instant("2026-07-06 15:00"))
    assert pause.within(pause.since, instant(AT)) == timedelta(hours=2)


def test_late_belongs_to_its_due_time_whenever_it_was_done() -> None:
    story = "2026-09-29 09:00 anna opens: Printer\n2026-10-02 10:00 eva status: Resolved"
    found = promise(story, "resolution", at="2026-12-01 09:00")
    assert found.verdict is Verdict.MISSED
    assert found.decided == found.raw_decided == instant("2026-09-29 17:00")
    # 8 h on the 29th, 8 on the 30th, 8 on the 1st, 1 on the 2nd, against 8
    assert found.overrun == timedelta(hours=17)


BY_CLASS = contract(
    "classification.text_rules = false",
    promising("resolution", "2bh", **{"class": "infrastructure"}),
    promising("resolution", "8bh"),
)


def test_late_only_through_a_change_tells_the_target_it_had_at_first() -> None:
    story = """
    2026-07-06 09:00 anna opens: Printer
               09:10 eva  field SLA class = user
               10:00 eva  field SLA class = infrastructure
               15:00 eva  status: Resolved
    """
    found = promise(story, "resolution", BY_CLASS, at=AT)
    assert found.verdict is Verdict.MISSED
    assert [str(said) for said in found.remarks] == [
        "late only through a change: target 8 business hours became 2 business hours"
    ]


def test_in_time_only_through_a_change() -> None:
    story = """
    2026-07-06 09:00 eva  opens: Printer; field Channel = phone; field SLA class = infrastructure
               14:00 eva  field SLA class = user
               15:00 eva  status: Resolved
    """
    found = promise(story, "resolution", BY_CLASS, at=AT)
    assert found.verdict is Verdict.MET
    # 6 h of 2
    assert [str(said) for said in found.remarks] == [
        "in time only through a change (target 2 business hours became 8 business hours): "
        "300% of the first target was used"
    ]


def test_a_private_ticket_is_hidden() -> None:
    found = list(promises_of(judged(ASKED_BACK, UNDER, at=AT, private=True), instant(AT)))
    assert found
    assert all(one.hidden for one in found)


def test_only_what_was_known_then_is_told() -> None:
    found = promise(ASKED_BACK, "resolution", at="2026-07-06 11:00")
    assert found.is_open
    assert found.stopped is None
    (pause,) = found.pauses
    assert pause.until is None


def test_a_ticket_without_clocks_promises_nothing() -> None:
    internal = "2026-07-06 09:00 eva opens: Our own backlog"
    assert promises(internal, at=AT) == []


def test_promises_are_small() -> None:
    """150,000 of them stand beside each other when a quarter is made."""
    assert not hasattr(promise(ASKED_BACK, "response", at=AT), "__dict__")
