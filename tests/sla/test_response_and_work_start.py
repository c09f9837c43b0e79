"""What counts as an answer, and what as the start of work."""

from __future__ import annotations

import pytest

from tests.judging import contract, judged, promising, says

RESPONSE = contract(promising("response", "4bh"))
WORK = contract(promising("work_start", "4bh"))
OPENED = "2026-03-02 09:00 anna opens: Printer\n"


def response(story: str, at: str = "2026-03-02 11:30") -> str:
    return says(judged(OPENED + story, RESPONSE, at=at).reading("response"))


def work_start(story: str, at: str = "2026-03-02 11:30") -> str:
    return says(judged(OPENED + story, WORK, at=at).reading("work_start"))


def test_a_public_note_by_the_provider_is_a_response() -> None:
    assert response("10:00 eva says: Hello") == "met, stopped, due Mon 13:00, used 1:00"


@pytest.mark.parametrize(
    "story",
    [
        "10:00 anna says: And the scanner too",
        "10:00 bela says: Same here",
        "10:00 eva whispers: Seen",
        "10:00 bot says: Your ticket was received",
        "10:00 dora says: I am nobody",
        "10:00 eva status: In Progress",
    ],
)
def test_this_is_no_response(story: str) -> None:
    assert response(story).startswith("on_track, running")


def test_an_answer_before_opening_uses_no_service_time() -> None:
    story = "2026-03-07 10:00 anna opens: Printer\n11:00 eva says: On a Saturday!"
    reading = judged(story, RESPONSE, at="2026-03-09 12:00").reading("response")
    assert says(reading) == "met, stopped, due Mon 13:00, used 0:00"


@pytest.mark.parametrize(
    "story",
    [
        "10:00 eva status: In Progress",
        "10:00 eva books 0.5",
        "11:30 eva field Work started at = 2026-03-02 10:00",
    ],
)
def test_work_starts_with(story: str) -> None:
    assert work_start(story) == "met, stopped, due Mon 13:00, used 1:00"


def test_an_answer_is_no_start_of_work() -> None:
    assert work_start("10:00 eva says: Hello").startswith("on_track, running")


def test_a_customer_who_sets_the_working_status_starts_no_work() -> None:
    assert work_start("10:00 anna status: In Progress").startswith("on_track, running")


def test_resolved_in_time_work_had_begun_in_time() -> None:
    assert work_start("10:00 eva status: Resolved").startswith("met, stopped")


def test_resolved_late_without_a_recorded_start_it_stays_as_late_as_it_was() -> None:
    assert work_start("", at="2026-03-02 14:00").startswith("breached, running, due Mon 13:00")
    assert work_start("15:00 eva status: Resolved", at="2026-03-03 12:00") == (
        "missed, stopped, due Mon 13:00, used 6:00, resolved without it, after it was due"
    )


def test_a_start_in_time_that_is_noted_after_the_due_time_was_in_time() -> None:
    story = "15:00 eva field Work started at = 2026-03-02 10:00; status: Resolved"
    assert work_start(story, at="2026-03-03 12:00") == "met, stopped, due Mon 13:00, used 1:00"


def test_no_word_without_an_instant_takes_a_breach_back() -> None:
    story = "15:00 eva field Work started at = 2026-03-02"
    assert work_start(story, at="2026-03-03 12:00").startswith("breached, running, due Mon 13:00")


def test_resolved_late_without_an_answer_the_response_is_missed() -> None:
    assert response("15:00 eva status: Resolved", at="2026-03-03 12:00").startswith(
        "missed, stopped"
    )


def test_an_instant_written_without_a_time_is_unmeasured() -> None:
    told = work_start("11:30 eva field Work started at = 2026-03-02")
    assert told == "unmeasured, running, Work started at '2026-03-02' is not a date with a time"


def test_a_call_noted_in_the_afternoon_was_an_answer_in_the_morning() -> None:
    story = "15:00 eva field Happened at = 2026-03-02 10:00; says: Called Anna back"
    assert response(story, at="2026-03-02 16:00") == "met, stopped, due Mon 13:00, used 1:00"
