"""The resolution clock: from the report to the resolved status, in service time."""

from __future__ import annotations

from tests.judging import contract, judged, promising, says

EIGHT_HOURS = contract(promising("resolution", "8bh"))


def resolution(story: str, *, at: str = "2026-04-01 12:00") -> str:
    return says(judged(story, EIGHT_HOURS, at=at).reading("resolution"))


def test_a_ticket_resolved_within_its_hours_is_met() -> None:
    assert (
        resolution(
            """
            2026-03-02 10:00 anna opens: Printer
            2026-03-03 09:30 eva status: Resolved
            """
        )
        == "met, stopped, due Tue 10:00, used 7:30"
    )


def test_the_last_moment_is_in_time_and_the_next_is_not() -> None:
    story = "2026-03-02 10:00 anna opens: Printer\n2026-03-03 {} eva status: Resolved"
    assert resolution(story.format("10:00:00")).startswith("met")
    assert resolution(story.format("10:00:01")).startswith("missed")


def test_a_target_used_up_at_closing_is_due_at_closing() -> None:
    assert (
        resolution("2026-03-02 09:00 anna opens: Printer", at="2026-03-02 17:00")
        == "at_risk, running, due Mon 17:00, used 8:00"
    )
    assert resolution("2026-03-02 09:00 anna opens: Printer", at="2026-03-02 17:00:01").startswith(
        "breached"
    )


def test_a_report_outside_the_window_is_received_at_the_next_opening() -> None:
    assert (
        resolution("2026-03-06 20:00 anna opens: Printer", at="2026-03-07 12:00")
        == "on_track, pending, due Mon 17:00, used 0:00"
    )


def test_nights_weekends_and_holidays_do_not_count() -> None:
    # Good Friday and Easter Monday 2026 are 3 and 6 April.
    assert (
        resolution("2026-04-02 16:00 anna opens: Printer", at="2026-04-07 10:00")
        == "on_track, running, due Tue 16:00, used 2:00"
    )


def test_from_three_quarters_of_the_target_a_ticket_is_at_risk() -> None:
    story = "2026-03-02 09:00 anna opens: Printer"
    assert resolution(story, at="2026-03-02 14:59:59").startswith("on_track")
    assert resolution(story, at="2026-03-02 15:00").startswith("at_risk")


def test_a_provider_may_close_without_resolving_first() -> None:
    assert resolution(
        """
        2026-03-02 10:00 anna opens: Printer
                   11:00 eva status: Closed
        """
    ).startswith("met, stopped")


def test_a_rejected_or_duplicate_ticket_is_cancelled() -> None:
    for ending in ("status: Rejected", "status: Duplicate", "duplicates #7"):
        story = f"2026-03-02 10:00 anna opens: Printer\n11:00 eva {ending}"
        assert resolution(story).startswith("cancelled, stopped")


def test_what_was_kept_before_the_rejection_stays_kept() -> None:
    assert resolution(
        """
        2026-03-02 10:00 anna opens: Printer
                   11:00 eva status: Resolved
        2026-03-03 11:00 eva duplicates #7
        """
    ).startswith("met, stopped")
