"""Waiting for the customer stops the time of clocks that pause, in service time, to the second."""

from __future__ import annotations

from redmine_sla.contract import Contract
from tests.judging import contract, judged, promising, says

EIGHT_HOURS = contract(promising("resolution", "8bh"))
VENDOR_PAUSES = contract("third_party_pauses = true", promising("resolution", "8bh"))
ONLY_STATUS = contract("customer_answer_ends_pause = false", promising("resolution", "8bh"))

ASKED = """
2026-03-02 09:00 anna opens: Printer
           10:00 eva  says: Which printer?; status: Waiting for customer
"""


def resolution(story: str, *, at: str, under: Contract = EIGHT_HOURS) -> str:
    return says(judged(story, under, at=at).reading("resolution"))


def test_while_paused_the_rest_is_frozen_and_no_due_time_is_shown() -> None:
    assert resolution(ASKED, at="2026-03-10 12:00") == "on_track, paused, used 1:00"


def test_the_due_time_moves_by_the_service_time_of_the_pause() -> None:
    story = ASKED + "2026-03-02 12:30 eva status: In Progress"
    assert resolution(story, at="2026-03-02 13:00") == "on_track, running, due Tue 11:30, used 1:30"


def test_a_pause_over_a_weekend_counts_only_its_service_time() -> None:
    story = """
    2026-03-06 09:00 anna opens: Printer
               16:00 eva  status: Waiting for customer
    2026-03-09 10:00 eva  status: In Progress
    """
    assert resolution(story, at="2026-03-09 10:00") == "at_risk, running, due Mon 11:00, used 7:00"


def test_seconds_of_a_pause_are_not_lost() -> None:
    story = """
    2026-03-02 09:00    anna opens: Printer
               10:00:10 eva  status: Waiting for customer
               10:00:46 eva  status: In Progress
    2026-03-03 {} eva  status: Resolved
    """
    assert resolution(story.format("09:00:36"), at="2026-03-03 12:00").startswith("met")
    assert resolution(story.format("09:00:37"), at="2026-03-03 12:00").startswith("missed")


def test_the_customers_public_answer_ends_the_pause() -> None:
    story = ASKED + "2026-03-02 14:00 anna says: The blue one"
    assert resolution(story, at="2026-03-02 16:00") == "on_track, running, due Tue 13:00, used 3:00"


def test_where_the_contract_says_so_only_the_status_ends_it() -> None:
    story = ASKED + "2026-03-02 14:00 anna says: The blue one"
    paused = resolution(story, at="2026-03-02 16:00", under=ONLY_STATUS)
    assert paused == "on_track, paused, used 1:00"


def test_a_private_note_or_the_providers_own_note_ends_nothing() -> None:
    story = ASKED + "2026-03-02 14:00 eva says: Still waiting\n15:00 anna whispers: psst"
    assert resolution(story, at="2026-03-02 16:00") == "on_track, paused, used 1:00"


def test_after_the_answer_the_pause_begins_anew_only_with_the_status() -> None:
    story = (
        ASKED
        + """
        2026-03-02 11:00 anna says: The blue one
                   12:00 eva  says: And which floor?
        """
    )
    assert resolution(story, at="2026-03-02 13:00").startswith("on_track, running")


def test_a_breach_does_not_hide_behind_a_later_pause() -> None:
    story = """
    2026-03-02 09:00 anna opens: Printer
    2026-03-03 10:00 eva  status: Waiting for customer
    """
    assert resolution(story, at="2026-03-04 12:00") == "breached, paused, due Mon 17:00, used 9:00"


def test_waiting_for_a_vendor_pauses_only_if_the_contract_says_so() -> None:
    story = """
    2026-03-02 09:00 anna opens: Printer
               10:00 eva  status: Waiting for vendor
    """
    assert resolution(story, at="2026-03-02 12:00") == "on_track, running, due Mon 17:00, used 3:00"
    paused = resolution(story, at="2026-03-02 12:00", under=VENDOR_PAUSES)
    assert paused == "on_track, paused, used 1:00"


def test_who_was_waited_for_is_kept_apart_either_way() -> None:
    story = """
    2026-03-02 09:00 anna opens: Printer
               10:00 eva  status: Waiting for vendor
               11:00 eva  status: Waiting for customer
               12:00 eva  status: In Progress
    """
    reading = judged(story, EIGHT_HOURS, at="2026-03-02 13:00").reading("resolution")
    assert reading is not None
    assert [wait.party for wait in reading.waits] == ["third_party", "customer"]


def test_the_response_clock_does_not_pause() -> None:
    under = contract(promising("response", "4bh"))
    story = """
    2026-03-02 09:00 anna opens: Printer
               10:00 eva  status: Waiting for customer
    """
    reading = judged(story, under, at="2026-03-02 14:00").reading("response")
    assert says(reading) == "breached, running, due Mon 13:00, used 5:00"


def test_calendar_hours_pause_in_real_time() -> None:
    under = contract(promising("resolution", "24ch"))
    story = """
    2026-03-02 09:00 anna opens: Printer
               10:00 eva  status: Waiting for customer
    2026-03-03 10:00 eva  status: In Progress
    """
    reading = judged(story, under, at="2026-03-03 10:00").reading("resolution")
    assert says(reading) == "on_track, running, due Wed 09:00, used 1:00"


def test_day_targets_move_by_the_service_time_of_the_pause() -> None:
    under = contract(promising("resolution", "2bd"))
    story = """
    2026-03-02 09:00 anna opens: Printer
               10:00 eva  status: Waiting for customer
    2026-03-03 12:00 eva  status: In Progress
    """
    # Due Wednesday 17:00; 7 h on Monday and 3 h on Tuesday were paused.
    reading = judged(story, under, at="2026-03-03 12:00").reading("resolution")
    assert says(reading) == "on_track, running, due Fri 11:00, used 1:00"
