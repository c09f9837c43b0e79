"""Reopened soon, a ticket goes on as it was; reopened late, it is a new promise."""

from __future__ import annotations

from tests.judging import contract, judged, promising, says

EIGHT_HOURS = contract(promising("resolution", "8bh"), promising("response", "2bh"))

CLOSED_AT_NOON = """
2026-03-02 09:00 anna opens: Printer
           10:00 eva  says: On it
           12:00 eva  status: Closed
"""


def test_time_spent_closed_is_a_pause() -> None:
    story = CLOSED_AT_NOON + "2026-03-03 09:00 eva status: In Progress"
    reading = judged(story, EIGHT_HOURS, at="2026-03-03 10:00").reading("resolution")
    assert says(reading) == "on_track, running, due Tue 14:00, used 4:00"


def test_a_start_of_work_in_time_is_not_made_late_by_a_reopening() -> None:
    under = contract(promising("work_start", "4bh"))
    story = """
    2026-03-02 09:00 anna opens: Printer
               10:00 eva  status: Resolved
    """
    kept = "met, stopped, due Mon 13:00, used 1:00, resolved before it was due: work had begun"
    reopened = story + "2026-03-03 09:00 anna status: New\n2026-03-05 10:00 eva status: In Progress"
    for told in (story, reopened, reopened + "\n2026-03-06 10:00 eva status: Rejected"):
        assert says(judged(told, under, at="2026-03-09 10:00").reading("work_start")) == kept


def test_resolved_again_within_the_cycle_the_whole_counts() -> None:
    story = CLOSED_AT_NOON + "2026-03-03 09:00 eva status: In Progress\n15:00 eva status: Resolved"
    assessment = judged(story, EIGHT_HOURS, at="2026-03-04 10:00")
    assert says(assessment.reading("resolution")) == "missed, stopped, due Tue 14:00, used 9:00"
    assert says(assessment.reading("response")).startswith("met")


def test_after_five_working_days_a_reopening_is_a_new_cycle_and_the_old_verdict_stays() -> None:
    story = CLOSED_AT_NOON + "2026-03-10 09:00 anna status: New; says: Again!"
    assessment = judged(story, EIGHT_HOURS, at="2026-03-10 12:00")
    told = [(one.cycle, one.clock, says(one)) for one in assessment.readings]
    assert told == [
        (1, "response", "met, stopped, due Mon 11:00, used 1:00"),
        (1, "resolution", "met, stopped, due Mon 17:00, used 3:00"),
        (2, "response", "breached, running, due Tue 11:00, used 3:00"),
        (2, "resolution", "on_track, running, due Tue 17:00, used 3:00"),
    ]


def test_the_border_between_resuming_and_a_new_cycle() -> None:
    # Closed on Monday: five working days later is the next Monday, at closing.
    last_moment = CLOSED_AT_NOON + "2026-03-09 17:00 anna status: New"
    assert (
        len({one.cycle for one in judged(last_moment, EIGHT_HOURS, at="2026-03-12 09:00").readings})
        == 1
    )
    too_late = CLOSED_AT_NOON + "2026-03-09 17:00:01 anna status: New"
    assert (
        len({one.cycle for one in judged(too_late, EIGHT_HOURS, at="2026-03-12 09:00").readings})
        == 2
    )


def test_from_resolved_to_closed_is_no_reopening() -> None:
    story = """
    2026-03-02 09:00 anna opens: Printer
               12:00 eva  status: Resolved
    2026-03-20 12:00 eva  status: Closed
    """
    reading = judged(story, EIGHT_HOURS, at="2026-04-01 10:00").reading("resolution")
    assert says(reading) == "met, stopped, due Mon 17:00, used 3:00"


def test_a_rejection_taken_back_leaves_a_pause() -> None:
    story = """
    2026-03-02 09:00 anna opens: Printer
               10:00 eva  status: Rejected
               12:00 ivan status: In Progress
    """
    reading = judged(story, EIGHT_HOURS, at="2026-03-02 13:00").reading("resolution")
    assert says(reading) == "on_track, running, due Tue 11:00, used 2:00"


def test_the_day_of_a_note_at_night_is_the_customers_own() -> None:
    # 0:30 in Budapest is still the 3rd in UTC
    story = CLOSED_AT_NOON + "2026-03-04 00:30 anna says: It is broken again"
    assessment = judged(story, EIGHT_HOURS, at="2026-03-04 10:00")
    assert assessment.remarks == ("Anna Kiss wrote on the closed ticket on 2026-03-04",)


def test_a_customers_note_on_a_closed_ticket_is_flagged() -> None:
    story = CLOSED_AT_NOON + "2026-03-03 09:00 anna says: It is broken again"
    assessment = judged(story, EIGHT_HOURS, at="2026-03-03 10:00")
    assert assessment.remarks == ("Anna Kiss wrote on the closed ticket on 2026-03-03",)
