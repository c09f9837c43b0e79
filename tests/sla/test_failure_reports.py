"""Profile information-system: each failure gets a report, also when the ticket is long resolved."""

from __future__ import annotations

from tests.judging import contract, judged, promising, says

UNDER = contract(promising("failure_report", "2bd"))
DOWN = """
2026-03-02 09:00 anna opens: Down
           11:00 eva  field Outage ended at = 2026-03-02 10:00; status: Resolved
"""


def report(story: str, at: str) -> str:
    return says(judged(story, UNDER, at=at).reading("failure_report"))


def test_the_report_is_still_owed_after_the_ticket_is_resolved() -> None:
    assert report(DOWN, "2026-03-03 09:00") == "on_track, running, due Wed 17:00, used 7:00"


def test_never_written_it_is_a_broken_promise_and_not_an_unmeasured_one() -> None:
    assert report(DOWN, "2026-03-09 09:00").startswith("breached, running, due Wed 17:00")


def test_written_after_the_resolution_it_is_judged_by_when_it_was_written() -> None:
    half = DOWN + "2026-03-03 10:00 eva field Failure cause = disk\n"
    in_time = half + "2026-03-04 10:00 eva field Failure measures = new disk"
    assert report(in_time, "2026-03-20 09:00").startswith("met, stopped, due Wed 17:00")
    late = half + "2026-03-05 10:00 eva field Failure measures = new disk"
    assert report(late, "2026-03-20 09:00").startswith("missed, stopped, due Wed 17:00")


def test_a_cause_known_before_the_outage_ended_need_not_be_typed_again() -> None:
    story = """
    2026-03-02 09:00 anna opens: Down
               09:30 eva  field Failure cause = disk
               11:00 eva  field Outage ended at = 2026-03-02 10:00
               12:00 eva  field Failure measures = new disk
    """
    assert report(story, "2026-03-09 09:00") == "met, stopped, due Wed 17:00, used 2:00"


def test_an_outage_that_ended_before_it_was_reported_is_owed_a_report_too() -> None:
    story = """
    2026-03-02 09:00 anna opens: It was down this morning
               11:00 eva  field Outage ended at = 2026-03-02 08:30
    """
    assert report(story, "2026-03-03 09:00").startswith("on_track, running, due Wed 17:00")


def test_an_end_that_nobody_timed_leaves_the_report_unmeasured_and_not_forgotten() -> None:
    story = """
    2026-03-02 09:00 anna opens: Down
               11:00 eva  field Outage ended at = 2026-03-02
    """
    assert report(story, "2026-03-03 09:00") == (
        "unmeasured, pending, Outage ended at '2026-03-02' is not a date with a time"
    )


def test_the_causes_of_one_failure_are_no_report_of_the_next() -> None:
    story = (
        DOWN
        + """
        2026-03-03 10:00 eva  field Failure cause = disk; field Failure measures = new disk
        2026-03-16 10:00 anna status: New; says: Down again
                   11:00 eva  field Outage ended at = 2026-03-16 10:30
        """
    )
    assert report(story, "2026-03-17 09:00").startswith("on_track, running, due Wed 17:00")
