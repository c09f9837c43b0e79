"""A ticket comes to rest once: what is clicked on it afterwards does not change how."""

from __future__ import annotations

from tests.judging import contract, judged, promising, says

UNDER = contract(promising("resolution", "8bh"))
OPENED = "2026-03-02 09:00 anna opens: Printer\n"


def resolution(story: str, at: str = "2026-04-01 12:00") -> str:
    return says(judged(OPENED + story, UNDER, at=at).reading("resolution"))


def test_a_rejected_ticket_that_is_closed_was_not_repaired() -> None:
    story = "10:00 eva status: Rejected\n2026-03-20 10:00 eva status: Closed"
    assert resolution(story).startswith("cancelled, stopped")


def test_a_late_repair_cannot_be_rejected_away() -> None:
    story = "2026-03-04 10:00 eva status: Resolved\n2026-03-20 10:00 eva status: Rejected"
    assert resolution(story).startswith("missed, stopped, due Mon 17:00")


def test_a_repair_in_time_stays_one() -> None:
    story = "12:00 eva status: Resolved\n2026-03-20 10:00 eva status: Duplicate"
    assert resolution(story).startswith("met, stopped")


def test_rejected_twice_and_taken_back_twice_leaves_two_pauses() -> None:
    story = """
    10:00 eva  status: Rejected
    11:00 ivan status: In Progress
    12:00 eva  status: Rejected
    12:30 eva  status: Closed
    13:00 ivan status: In Progress
    """
    assert resolution(story, "2026-03-02 14:00") == "on_track, running, due Tue 11:00, used 3:00"


def test_a_duplicate_found_while_closed_keeps_its_verdict_if_it_is_reopened() -> None:
    story = """
    12:00 eva  status: Resolved
    14:00 eva  duplicates #7
    15:00 anna status: New
    2026-03-06 12:00 eva status: Resolved
    """
    assert resolution(story) == "met, stopped, due Mon 17:00, used 3:00"
    assert resolution(story, "2026-03-04 12:00") == "met, stopped, due Mon 17:00, used 3:00"
