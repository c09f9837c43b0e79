"""Once a ticket has come to rest, what is done on it afterwards keeps and breaks no promise."""

from __future__ import annotations

from redmine_sla.sla.ledger import Entry, ledger
from tests.judging import contract, judged, promising, says
from tests.notation import instant

UNDER = contract(promising("response", "4bh"), promising("work_start", "4bh"))
OPENED = "2026-03-02 09:00 anna opens: Printer\n"
MUCH_LATER = "2026-04-01 12:00"


def reading(story: str, clock: str, at: str = MUCH_LATER) -> str:
    return says(judged(OPENED + story, UNDER, at=at).reading(clock))


def test_time_booked_in_the_evening_on_a_ticket_resolved_in_time_is_no_late_start() -> None:
    story = "10:00 eva status: Resolved\n16:00 eva books 0.5"
    assert reading(story, "work_start") == (
        "met, stopped, due Mon 13:00, used 1:00, resolved before it was due: work had begun"
    )


def test_a_courtesy_note_days_later_breaks_no_promise_that_was_no_longer_owed() -> None:
    resolved = "10:00 eva status: Resolved\n"
    before = reading(resolved, "response")
    assert before.startswith("cancelled, stopped")
    assert reading(resolved + "2026-03-04 10:00 eva says: Is all well?", "response") == before


def test_a_note_on_a_rejected_ticket_answers_nothing() -> None:
    story = "10:00 eva status: Rejected\n16:00 eva says: This is not ours"
    assert reading(story, "response") == (
        "cancelled, stopped, due Mon 13:00, used 1:00, cancelled: Rejected"
    )


def test_the_note_that_comes_with_the_resolution_is_an_answer() -> None:
    assert reading("10:00 eva says: Done; status: Resolved", "response").startswith("met, stopped")


def test_an_answer_given_before_and_noted_after_is_an_answer() -> None:
    story = """
    11:00 eva status: Resolved
    15:00 eva field Happened at = 2026-03-02 10:00; says: I had called Anna
    """
    assert reading(story, "response").startswith("met, stopped, due Mon 13:00, used 1:00")


def test_a_rejection_after_the_due_time_takes_no_breach_back() -> None:
    story = "15:00 eva status: Rejected"
    assert reading(story, "response") == (
        "missed, stopped, due Mon 13:00, used 6:00, cancelled: Rejected, after it was due"
    )


def test_what_ended_without_its_event_counts_until_the_end_and_not_until_today() -> None:
    story = OPENED + "15:00 eva status: Resolved"
    at = MUCH_LATER
    found = judged(story, UNDER, at=at).reading("response")
    assert says(found) == (
        "missed, stopped, due Mon 13:00, used 6:00, resolved without it, after it was due"
    )
    assert found is not None
    lines = ledger(found, instant(at))
    assert [
        (line.entry, line.what) for line in lines if line.at == instant("2026-03-02 15:00")
    ] == [(Entry.STOP, "resolved without it, after it was due")]
    assert lines[-1].entry is Entry.STOP
